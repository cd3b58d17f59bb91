"""The library's functions for living blocks: begin one, keep a copy of it, and make it anew from that."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from mesocycle.api import ScenarioLike, scenario_of
from mesocycle.diary import beginning
from mesocycle.diary.block import Block
from mesocycle.diary.carried import carried_into
from mesocycle.files.reading import read_bytes
from mesocycle.files.scenario import validate
from mesocycle.files.yaml_source import MAX_BYTES, parse
from mesocycle.models.errors import BlockError
from mesocycle.models.scenario import Scenario
from mesocycle.solver import solve as solver
from mesocycle.solver.model.search import Progress
from mesocycle.solver.rules.check import problems

__all__ = ["Block", "backup", "restore", "start"]


def start(
    scenario: ScenarioLike,
    path: str | Path,
    *,
    timezone: str = "",
    after: str | Path | None = None,
    now: datetime | None = None,
    time_limit: float | None = None,
    progress: Progress | None = None,
) -> Block:
    """Plan a block and begin to live by it.

    Parameters
    ----------
    scenario : Scenario, mapping, str or Path
        As for `solve`. Of a file the text is kept, comments and all; the file itself is not needed any more.
    path : str or Path
        The block file, which must not exist yet.
    timezone : str
        Where the runner lives, such as "Europe/Berlin"; the machine's if empty. It stays.
    after : str or Path, optional
        The block file that this block goes on from: its maxes, exercises, mileage and last lift go into the
        scenario, where that says nothing of its own.
    now : datetime, optional
        The moment; the real one if left out.
    time_limit, progress : optional
        As for `solve`.

    Raises
    ------
    BlockError
        If there is such a file, it cannot be written, there is no such time zone, or no plan was found.
    ScenarioError
        If the scenario is wrong.
    """
    zone = timezone or local_zone()
    beginning.zone_of(zone)
    read, text = scenario_of(scenario), _text(scenario)
    if after is not None:
        name = str(scenario) if isinstance(scenario, (str, Path)) else "scenario"
        document, _ = carried_into(parse(text.encode(), name), Path(after), now)
        read, text = validate(document, problems), document.raw.decode("utf-8-sig")
    result = solver.solve(read, time_limit=time_limit, progress=progress)
    beginning.begin(Path(path), text, result, zone, now)
    return Block(path, now=now)


def local_zone() -> str:
    """The time zone of this machine."""
    from tzlocal import get_localzone_name  # who names a zone does not need it

    try:
        return get_localzone_name()
    except Exception as error:  # whatever this system has instead of one
        raise BlockError("this machine does not say its time zone", "name yours with --timezone") from error


def _text(scenario: ScenarioLike) -> str:
    """A scenario as a text that reads back as the same."""
    if isinstance(scenario, (str, Path)):
        return read_bytes(scenario, MAX_BYTES).decode("utf-8-sig")
    data: Mapping[str, Any] = (
        scenario.model_dump(mode="json", exclude_defaults=True)
        if isinstance(scenario, Scenario)
        else scenario
    )
    return json.dumps(data, indent=2, ensure_ascii=False, default=str) + "\n"


def backup(path: str | Path) -> Iterator[str]:
    """Everything in a block file, as lines of JSON.

    Raises
    ------
    BlockError
        If it is no block file, or damaged.
    """
    return beginning.backup(Path(path))


def restore(source: str | Path, path: str | Path, *, now: datetime | None = None) -> Block:
    """Make a block file anew from a backup.

    Raises
    ------
    ScenarioFileError
        If the backup cannot be read; the line that is wrong is named.
    BlockError
        If there is a file of that name already, or it cannot be written.
    """
    beginning.restore(source, Path(path))
    return Block(path, now=now)
