"""Living blocks told command by command, printed by the commands themselves."""

from __future__ import annotations

import contextlib
import shlex
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from click.testing import CliRunner

from mesocycle.cli import cli

SCENARIOS = Path(__file__).parent.parent / "scenarios"
SEASONS = sorted((SCENARIOS / "living").glob("*.season"))

# A week of a living block: when, and what is called.
WEEK = (
    ("2026-09-07T06:00", "start half_marathon.yaml -o half.block --timezone Europe/Berlin"),
    ("2026-09-15T18:10", 'done --set "back squat 80x5x3 rir 2" --rpe 7'),
    ("2026-09-17T07:00", "move B sat 12:00"),
    ("2026-09-17T07:01", "undo"),
    ("2026-09-21T07:00", "sick mon..tue"),
    ("2026-09-21T07:01", "run change thu --to fri --minutes 50"),
    ("2026-09-21T07:02", "replan --yes"),
    ("2026-09-22T07:00", "week"),
    ("2026-09-22T07:01", "history"),
)
# The same block, when its plan has changed.
FEED = (
    ("2026-09-21T07:00", "run change sat --minutes 50"),
    ("2026-09-21T07:01", "run update coach.csv --yes"),
)
# So many lines of one command are shown.
MOST_LINES = 24


def week() -> str:
    """A week that did not go to plan."""
    with _folder():
        return "\n".join(_called(WEEK))


def feed() -> str:
    """A plan that changed."""
    with _folder():
        _called(WEEK[:1])
        return "\n".join(_called(FEED))


def page(season: Path) -> str:
    """A told season as a page: its title, what it tells, and each command with what it printed."""
    lines = season.read_text(encoding="utf-8").splitlines()
    title, *head = (line.removeprefix("#").strip() for line in lines[: _head(lines)])
    told = [f"# {title}", "", " ".join(head).strip().replace("../", "scenarios/"), ""]
    told += [f"Written by docs/build.py from `scenarios/living/{season.name}`.", ""]
    with _folder():
        for remark, calls in _parts(lines[_head(lines) :]):
            told += [*([remark, ""] if remark else []), *_called(calls), ""]
    return "\n".join(told)


def _head(lines: list[str]) -> int:
    return next(at for at, line in enumerate(lines) if not line.startswith("#"))


def _parts(lines: Iterable[str]) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """What is remarked on, and the commands up to the next remark."""
    remark, calls = "", list[tuple[str, str]]()
    for line in lines:
        if line.startswith("#"):
            if calls:
                yield remark, calls
                remark, calls = "", []
            remark = f"{remark} {line.removeprefix('#').strip()}".strip()
        else:
            moment, command = line.split(maxsplit=1)
            calls.append((moment, command))
    yield remark, calls


@contextlib.contextmanager
def _folder() -> Iterator[None]:
    """A folder with the example scenarios and plans, to call commands in."""
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        for file in (*SCENARIOS.glob("*.yaml"), *SCENARIOS.glob("living/*.csv")):
            Path(file.name).write_bytes(file.read_bytes())
        yield


def _called(calls: Iterable[tuple[str, str]]) -> list[str]:
    """Commands and what they print, in a fence."""
    lines = ["```text"]
    for moment, command in calls:
        call = [*shlex.split(command), "--now", moment]
        done = CliRunner().invoke(cli, call, env={"COLUMNS": "90", "MESOCYCLE_BLOCK": ""})
        if done.exit_code != 0:
            raise SystemExit(f"{command} does not work any more: {done.output}")
        lines += [f"$ mesocycle {command}", *_shortened(done.stdout), ""]
    return [*lines[:-1], "```"]


def _shortened(text: str) -> list[str]:
    lines = text.rstrip().splitlines()
    return lines if len(lines) <= MOST_LINES else [*lines[:MOST_LINES], "..."]
