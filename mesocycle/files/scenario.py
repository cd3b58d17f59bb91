"""Scenario files: read, checked, and every problem told with its line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from mesocycle.files import explain
from mesocycle.files.yaml_source import Document, read, shortened
from mesocycle.models.clock import parse_day, parse_weekday
from mesocycle.models.errors import Problem, ScenarioFileError
from mesocycle.models.scenario import Scenario

More = Callable[[Scenario], Iterable[Problem]]


def load(path: str | Path, more: More | None = None) -> tuple[Scenario, Document]:
    """Read a scenario file.

    Parameters
    ----------
    path : str or Path
        The file; "-" reads standard input.
    more : callable, optional
        Further checks of a scenario that is right by itself; yields problems.

    Returns
    -------
    tuple of Scenario and Document
        The scenario, and the file it came from.

    Raises
    ------
    ScenarioFileError
        With all problems at once, each with its line and column.
    """
    document = read(path)
    return validate(document, more), document


def validate(document: Document, more: More | None = None) -> Scenario:
    """Turn a document into a scenario.

    Parameters
    ----------
    document : Document
        What `read` returned.
    more : callable, optional
        Further checks of a scenario that is right by itself; yields problems.

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
        problems = [document.locate(problem) for problem in explain.problems(error, document.data)]
        raise ScenarioFileError(shortened(problems), document.name) from None
    _refuse(document, _same_day(document.data))
    if more is not None:
        _refuse(document, more(scenario))
    return scenario


def _refuse(document: Document, problems: Iterable[Problem]) -> None:
    located = [document.locate(problem) for problem in problems]
    if located:
        raise ScenarioFileError(shortened(located), document.name)


def _same_day(data: Any) -> Iterator[Problem]:
    """Keys that differ in the file and mean the same day: the model would silently keep the last one."""
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
