"""Reading a planned block back from its JSON: any file gives a result or problems."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from mesocycle.files import explain
from mesocycle.files.reading import StrictJSONError, read_bytes, strict_json
from mesocycle.files.safe_text import shown
from mesocycle.files.yaml_build import MAX_DEPTH
from mesocycle.files.yaml_source import shortened
from mesocycle.models.clock import format_time
from mesocycle.models.errors import Problem, ScenarioFileError
from mesocycle.models.invariants import MAX_WEEKS
from mesocycle.models.names import hidden_character
from mesocycle.models.plan import Plan, PlannedExercise, PlannedSession, PlannedWeek
from mesocycle.models.result import SCHEMA_VERSION, Result
from mesocycle.models.strength import RepsUnit
from mesocycle.models.training import Part

MAX_BYTES = 16_000_000
# The longest block has fewer runs and sessions, and no sentence of Mesocycle is as long.
MOST_ENTRIES, MOST_TEXT = 5_000, 5_000
MOST_VALUES = 200_000  # in all; the longest block has half as many
MOST_PROBLEMS = 1_000
LARGEST = 1e9
YEARS = range(1990, 2201)
HOW = "plans come from `mesocycle solve SCENARIO --format json`"
_SCENARIO = re.compile(rb"^\s*(?:runs|start|athlete|strength|schema_version)\s*:", re.MULTILINE)

At = tuple[str | int, ...]


def read_result(path: str | Path) -> Result:
    """Read a result from the JSON that `solve --format json` writes.

    Parameters
    ----------
    path : str or Path
        The file; "-" reads standard input.

    Returns
    -------
    Result
        Sound enough to be written in other formats; the rules are not checked.

    Raises
    ------
    ScenarioFileError
        If there is no such regular file, it is larger than 16 MB, no JSON, or no result of this version.
    """
    return parse_result(read_bytes(path, MAX_BYTES), str(path))


def parse_result(raw: bytes, name: str) -> Result:
    """Read a result from bytes with the same guards as `read_result`; `name` is how problems call the file.

    Raises
    ------
    ScenarioFileError
        If the bytes are too many, no JSON, or no result of this version.
    """
    data = _json(raw, name)
    _refuse(_mistaken(data), name)
    if _more_values_than(MOST_VALUES, data):
        raise _wrong(name, Problem((), f"the file holds more than {MOST_VALUES:,} values"))
    _refuse(_unfit(data), name)
    try:
        result = Result.from_dict(data)
    except ValidationError as error:
        raise _wrong(name, *map(_reworded, explain.problems(error, data))) from None
    _refuse(_unsound(result), name)
    return result


# --- the file --------------------------------------------------------------------------------------------


def _json(raw: bytes, name: str) -> Any:
    if len(raw) > MAX_BYTES:
        raise _wrong(name, Problem((), f"the file is larger than {MAX_BYTES // 1_000_000} MB"))
    try:
        return strict_json(raw.decode("utf-8-sig"))
    except RecursionError:
        raise _wrong(name, Problem((), f"the nesting is deeper than {MAX_DEPTH}")) from None
    except UnicodeDecodeError as error:
        message = f"the byte 0x{raw[error.start]:02x} at {error.start} is no UTF-8"
        raise _wrong(name, Problem((), message, remedy="save it as UTF-8")) from None
    except json.JSONDecodeError as error:
        if not raw.strip():
            raise _wrong(name, Problem((), "the file is empty", remedy=HOW)) from None
        if not raw.lstrip().startswith((b"{", b"[")) and _SCENARIO.search(raw):
            raise _wrong(name, _a_scenario(name)) from None
        problem = Problem((), f"no JSON: {error.msg[:1].lower()}{error.msg[1:]}", remedy=HOW)
        raise _wrong(name, replace(problem, line=error.lineno, column=error.colno)) from None
    except ValueError as error:  # a key twice, NaN, a number of thousands of digits
        message = str(error) if isinstance(error, StrictJSONError) else "a number has too many digits"
        raise _wrong(name, Problem((), message)) from None


# --- what it holds ---------------------------------------------------------------------------------------


def _mistaken(data: Any) -> Iterator[Problem]:
    """Yield why this is no result, or one of another version."""
    if not isinstance(data, Mapping):
        yield Problem((), "the file holds no result", shown(data), HOW)
    elif "is_base" in data or "rows" in data:
        what = "a row of" if "is_base" in data else "the table of"
        where = (
            "the plan of a row is the part called `result`; `compare -o FOLDER` writes each to its own file"
        )
        yield Problem((), f"this is {what} `mesocycle compare`, not one plan", remedy=where)
    elif {"headline", "counts"} <= set(data):
        yield Problem((), "this is what `mesocycle diff` tells of two plans, not a plan", remedy=HOW)
    elif "status" not in data and isinstance(data.get("runs"), Mapping):
        yield _a_scenario("SCENARIO")
    elif data.get("schema_version") != SCHEMA_VERSION:
        version = data.get("schema_version")
        value = "" if version is None else shown(version)
        message = "is missing" if version is None else "another version than this program reads"
        yield Problem(("schema_version",), message, value, f"schema_version {SCHEMA_VERSION}; {HOW}")


def _a_scenario(name: str) -> Problem:
    file = name if re.fullmatch(r"[\w./-]+", name) and name != "-" else "SCENARIO"
    remedy = f"`mesocycle solve {file} --format ics` plans and exports it"
    return Problem((), "this is a scenario, not a plan", remedy=remedy)


def _more_values_than(most: int, data: Any) -> bool:
    left, count = [data], 0
    while left and count <= most:
        value = left.pop()
        inner = value.values() if isinstance(value, Mapping) else value if isinstance(value, list) else ()
        count += len(inner)
        left.extend(inner)
    return count > most


def _unfit(value: Any, path: At = ()) -> Iterator[Problem]:
    """Yield what no result holds: text that cannot be shown, numbers and lists that are too large."""
    if len(path) > MAX_DEPTH:
        yield Problem(path[:3], f"the nesting is deeper than {MAX_DEPTH}")
    elif isinstance(value, str):
        yield from _unreadable_text(value, path)
    elif isinstance(value, (int, float)):
        if not (math.isfinite(value) and abs(value) <= LARGEST):
            yield Problem(path, "the number is too large", shown(value))
    elif isinstance(value, (list, Mapping)):
        if len(value) > MOST_ENTRIES:
            yield Problem(path, f"more than {MOST_ENTRIES:,} entries", f"{len(value):,} entries")
            return
        pairs: Iterable[tuple[Any, Any]] = value.items() if isinstance(value, Mapping) else enumerate(value)
        for key, item in pairs:
            wrong = [] if isinstance(key, int) else list(_unreadable_text(key, path))
            yield from wrong or _unfit(item, (*path, key))


def _unreadable_text(text: str, path: At) -> Iterator[Problem]:
    code = hidden_character(text)
    if code:
        yield Problem(path, f"the text holds the invisible character {code}", shown(text), "leave it out")
    elif len(text) > MOST_TEXT:
        yield Problem(path, f"the text is longer than {MOST_TEXT:,} characters", shown(text))


def _reworded(problem: Problem) -> Problem:
    """The same with a remedy for plans: examples of scenarios are no help here."""
    if problem.message == "is missing":
        return replace(problem, remedy=HOW)
    if problem.message.startswith("unknown key"):
        return replace(problem, remedy="leave it out; or another version of mesocycle wrote the plan")
    return problem


def _unsound(result: Result) -> Iterator[Problem]:
    """Yield contradictions, which would make a useless calendar."""
    if result.units not in ("km", "mi"):
        yield Problem(("units",), "expected km or mi", shown(result.units))
    for number, run in enumerate(result.runs):
        yield from _unlikely_day(run.date, ("runs", number, "date"))
        if not 1 <= run.minutes <= 1440:
            yield Problem(("runs", number, "minutes"), "a run takes 1 to 1440 minutes", str(run.minutes))
        yield from _below_zero(run, ("distance_km",), ("runs", number))
    if result.plan is not None:
        yield from _unsound_plan(result.plan)


def _unsound_plan(plan: Plan) -> Iterator[Problem]:
    if not 1 <= len(plan.weeks) <= MAX_WEEKS:
        yield Problem(("weeks",), f"a block has 1 to {MAX_WEEKS} weeks", f"{len(plan.weeks)} weeks")
    for number, week in enumerate(plan.weeks):
        yield from _unsound_week(week, plan.weeks[0], number)
    weeks, ids = {week.week: week for week in plan.weeks}, set[str]()
    for number, session in enumerate(plan.sessions):
        at: At = ("sessions", number)
        yield from _unsound_session(session, at)
        session_week = weeks.get(session.week)
        if session_week is None or not 0 <= (session.date - session_week.start).days < 7:
            day = f"{session.date}, week {session.week}"
            yield Problem((*at, "date"), "the day does not lie in the session's week", day)
        if session.id in ids:
            yield Problem((*at, "id"), "two sessions have the same id", shown(session.id))
        ids.add(session.id)


def _unsound_week(week: PlannedWeek, first: PlannedWeek, number: int) -> Iterator[Problem]:
    at: At = ("weeks", number)
    yield from _unlikely_day(week.start, (*at, "start"))
    if week.week != number + 1:
        yield Problem((*at, "week"), f"weeks count from 1: expected {number + 1}", str(week.week))
    if week.start.weekday() or (week.start - first.start).days != 7 * number:
        message = "weeks start on Mondays, each seven days after the one before"
        yield Problem((*at, "start"), message, week.start.isoformat())
    yield from _below_zero(week, ("distance_km", "sets", "full_sets", "minutes", "sessions"), at)
    for pattern, sets in week.pattern_sets.items():
        if sets < 0:
            yield Problem((*at, "pattern_sets", pattern), "a number below 0", shown(sets))


def _unsound_session(session: PlannedSession, at: At) -> Iterator[Problem]:
    yield from _unlikely_day(session.date, (*at, "date"))
    if session.end <= session.start:
        times = f"{format_time(session.start)} to {format_time(session.end)}"
        yield Problem((*at, "end"), "a session ends after it starts, on the same day", times)
    yield from _below_zero(session, ("sets", "lower_body_dose"), at)
    for number, item in enumerate(session.exercises):
        yield from _unsound_exercise(item, (*at, "exercises", number))


def _unsound_exercise(item: PlannedExercise, at: At) -> Iterator[Problem]:
    units = [unit.value for unit in RepsUnit]
    if item.reps_unit not in units:
        yield Problem((*at, "reps_unit"), f"expected one of {', '.join(units)}", shown(item.reps_unit))
    yield from _below_zero(item, ("sets", "reps", "load", "rir", "rest_seconds", "weight"), at)


def _below_zero(part: Part, keys: Iterable[str], at: At) -> Iterator[Problem]:
    for key in keys:
        value = getattr(part, key)
        if value is not None and value < 0:
            yield Problem((*at, key), "a number below 0", shown(value))


def _unlikely_day(day: date, at: At) -> Iterator[Problem]:
    if day.year not in YEARS:
        span = f"the year lies between {YEARS[0]} and {YEARS[-1]}"
        yield Problem(at, span, day.isoformat())


def _refuse(problems: Iterable[Problem], name: str) -> None:
    first = list(islice(problems, MOST_PROBLEMS))
    if first:
        raise _wrong(name, *first)


def _wrong(name: str, *problems: Problem) -> ScenarioFileError:
    return ScenarioFileError(shortened(list(problems)), name)
