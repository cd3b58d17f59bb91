"""Scenario files: read, checked, and every problem reported with its line."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from mesocycle.files import explain
from mesocycle.files.foreign import refuse_foreign
from mesocycle.files.reading import read_bytes
from mesocycle.files.yaml_source import MAX_BYTES, Document, parse, shortened
from mesocycle.models.clock import parse_day, parse_weekday
from mesocycle.models.errors import Problem, ScenarioError, ScenarioFileError
from mesocycle.models.scenario import Scenario

More = Callable[[Scenario], Iterable[Problem]]
# Where one of these is wrong, the rest cannot be judged without false alarms.
HOLDS_THE_REST = ("start", "weeks", "end", "schema_version")
ROUNDS = 8
Keys = tuple[str | int, ...]
# What decides what is lifted, how deep the key of one session lies, and where it is said that it has no room.
LIFTED = (("strength", "sessions"), ("strength", "program"), ("strength", "exercises"))
SESSION_DEPTH = 3
ROOM = (("strength", "program"), ("athlete", "availability"), ("athlete", "equipment"))
# Entries that other parts of the file name: without one that is wrong its name seems unknown.
NAMED = (("strength", "schemes"), ("strength", "exercises"))


def load(path: str | Path, more: More | None = None) -> tuple[Scenario, Document]:
    """Read a scenario file.

    Parameters
    ----------
    path : str or Path
        The file; "-" reads standard input.
    more : callable, optional
        Further checks of a valid scenario; yields problems.

    Returns
    -------
    tuple of Scenario and Document
        The scenario, and the file it came from.

    Raises
    ------
    ScenarioFileError
        With all problems at once, each with its line and column.
    """
    return load_bytes(read_bytes(path, MAX_BYTES), str(path), more)


def load_bytes(raw: bytes, name: str, more: More | None = None) -> tuple[Scenario, Document]:
    """Read the content of a scenario file as `load` does; `name` is how problems call the file.

    Raises
    ------
    ScenarioFileError
        With all problems at once, each with its line and column.
    """
    refuse_foreign(raw, name)
    document = parse(raw, name)
    return validate(document, more), document


def validate(document: Document, more: More | None = None) -> Scenario:
    """Turn a document into a scenario.

    Parameters
    ----------
    document : Document
        What `read` returned.
    more : callable, optional
        Further checks of a valid scenario; yields problems.

    Returns
    -------
    Scenario
        A scenario without a known problem.

    Raises
    ------
    ScenarioFileError
        With the problems by line, at most 50 of them.
    """
    try:
        scenario = Scenario.model_validate(document.data)
    except ValidationError as error:
        problems = list(explain.problems(error, document.data))
        problems += _behind(document.data, problems, more)
        located = [document.locate(problem) for problem in problems]
        raise ScenarioFileError(shortened(located), document.name) from None
    _refuse(document, same_day(document.data))
    if more is not None:
        _refuse(document, more(scenario))
    return scenario


def from_data(data: Mapping[str, Any], more: More | None = None) -> Scenario:
    """Turn plain data into a scenario.

    Raises
    ------
    ScenarioError
        With all its problems, without places.
    """
    try:
        scenario = Scenario.model_validate(dict(data))
    except ValidationError as error:
        raise ScenarioError(tuple(explain.problems(error, dict(data)))) from None
    wrong = (*same_day(data), *(more(scenario) if more is not None else ()))
    if wrong:
        raise ScenarioError(wrong)
    return scenario


def _behind(data: Any, known: list[Problem], more: More | None) -> list[Problem]:
    """Look for what the known problems hide: leave the wrong parts out, and check the rest."""
    if any(not problem.path or problem.path[0] in HOLDS_THE_REST for problem in known):
        return []
    rest = copy.deepcopy(data)
    known_paths, wrong, hidden = [problem.path for problem in known], known, list[Problem]()
    # Leaving a part out may leave its parent incomplete, which then goes too.
    for _ in range(ROUNDS):
        for problem in wrong:
            _leave_out(rest, problem.path)
        try:
            scenario = Scenario.model_validate(rest)
        except ValidationError as error:
            wrong = list(explain.problems(error, rest))
            hidden += [problem for problem in wrong if not _follows(problem, known_paths)]
            continue
        further = more(scenario) if more is not None else ()
        return hidden + [problem for problem in further if not _follows(problem, known_paths)]
    return hidden


def _follows(problem: Problem, left_out: list[Keys]) -> bool:
    """Whether a problem may only come of what was left out: it is about that, or rests on it."""
    path = problem.path
    return any(
        path[: len(out)] == out[: len(path)]
        or (problem.message == explain.MISSING and path[:-1] == out[:-1])
        or (out[:2] in LIFTED and _rests_on(problem, out))
        or (out[:2] in NAMED and len(out) > 2 and problem.value == out[2])
        for out in left_out
    )


def _rests_on(problem: Problem, out: Keys) -> bool:
    """Whether a claim about sessions rests on a part of them that was left out.

    Without a part a session takes another time, without any the default program is looked at, and an
    exercise of the runner's own that was left out is not unknown.
    """
    session = problem.path[:SESSION_DEPTH] == out[:SESSION_DEPTH]
    return session or problem.path[:2] in ROOM or problem.value in out[2:]


def _leave_out(data: Any, path: Keys) -> None:
    """Delete the deepest entry of a mapping that lies on a path; parts of a list are never left out alone."""
    last: tuple[dict[Any, Any], Any] | None = None
    here = data
    for part in path:
        if isinstance(here, dict):
            key = next((key for key in here if str(key) == str(part)), None)
            if key is None:
                break
            last, here = (here, key), here[key]
        elif isinstance(here, list) and isinstance(part, int) and part < len(here):
            here = here[part]
        else:
            break
    if last is not None:
        last[0].pop(last[1], None)


def _refuse(document: Document, problems: Iterable[Problem]) -> None:
    located = [document.locate(problem) for problem in problems]
    if located:
        raise ScenarioFileError(shortened(located), document.name)


def same_day(data: Any) -> Iterator[Problem]:
    """Yield keys that differ and mean the same day: the model would silently keep the last one."""
    for path in (("runs", "week"), ("runs", "dates"), ("athlete", "availability")):
        here = data
        for part in path:
            here = here.get(part) if isinstance(here, Mapping) else None
        seen: dict[str, str] = {}
        for key in here if isinstance(here, Mapping) else ():
            day = _day(key)
            if day in seen:
                yield Problem(
                    (*path, str(key)),
                    f"`{seen[day]}` and `{key}` are the same day",
                    str(key),
                    "leave one out",
                )
            seen.setdefault(day, str(key))


def _day(key: Any) -> str:
    for parser in (parse_weekday, parse_day):
        try:
            return str(parser(key))
        except ValueError:
            continue
    return str(key).strip().lower()
