"""The library's functions for plans that are there: a run plan in, a planned block out, two side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from mesocycle.models.result import Result
from mesocycle.models.scenario import PROGRAM
from mesocycle.models.training import parse_length
from mesocycle.output.formats import FORMATS, ExportOptions

if TYPE_CHECKING:
    from mesocycle.importing.plan import Imported
    from mesocycle.models.difference import PlanDifference
    from mesocycle.models.explanation import Explanation

__all__ = ["compare_plans", "export", "import_plan"]


def import_plan(
    source: str | Path,
    *,
    today: date | None = None,
    start_date: date | None = None,
    race_date: date | None = None,
    race_distance: str = "",
    weeks: int | None = None,
    start_times: str = "",
    timezone: str = "",
    date_order: Literal["dmy", "mdy"] | None = None,
    units: Literal["km", "mi"] | None = None,
    name: str = "",
    policy: str = "stack_hard",
    program: str = PROGRAM,
    own_lifts: bool = False,
    free_times: str = "",
    busy: str | Path | Sequence[str | Path] = (),
) -> Imported:
    """Turn somebody's run plan into a scenario.

    Parameters
    ----------
    source : str or Path
        A calendar file (.ics), a table (.csv), weeks of workouts (YAML or JSON), or events of intervals.icu.
    today : date, optional
        What lies before it is left out; the day it is called if left out.
    start_date, race_date : date, optional
        For a plan that has weeks and no dates: its first week, or its race.
    race_distance : str
        Of the race that the plan leads to, where it does not say: "half_marathon", "15 km".
    weeks : int, optional
        At most so many, from 1 to 52.
    start_times : str
        For runs without a time: "06:30, weekend 08:00, pm 18:00, lift 18:30".
    timezone : str
        The runner's, such as "Europe/Berlin"; the calendar's own if empty.
    date_order : "dmy" or "mdy", optional
        What 03/04/2026 means in a table.
    units : "km" or "mi", optional
        Of numbers that have none.
    name, policy, program : str
        For the scenario.
    own_lifts : bool
        Place the plan's own strength sessions, where it has any, not a program.
    free_times : str
        When lifts may stand: "weekdays 06:00-08:00 17:00-21:00, weekend 09:00-18:00".
    busy : str or Path, or a sequence of them
        Calendars whose events are no time for lifts.

    Returns
    -------
    Imported
        `text` is the scenario file with comments, `unsure` and `notes` tell what to look at.

    Raises
    ------
    ScenarioFileError
        If a file cannot be read, or holds no run to come.
    ValueError
        If an argument cannot be read, or two of them exclude each other.
    """
    from mesocycle.importing.draft import DraftOptions
    from mesocycle.importing.plan import ImportOptions, gathered, open_plan, written
    from mesocycle.importing.times import StartTimes, parse_free_times, parse_start_times

    options = ImportOptions(
        today=today or date.today(),
        start_date=start_date,
        race_date=race_date,
        race_metres=parse_length(race_distance) if race_distance else None,
        weeks=weeks,
        times=parse_start_times(start_times) if start_times else StartTimes(),
        zone=_zone(timezone),
        date_order=date_order,
        units=units,
        draft=DraftOptions(
            name=name,
            policy=policy,
            program=program,
            own_lifts=own_lifts,
            availability=parse_free_times(free_times) if free_times else {},
        ),
        busy=[Path(calendar) for calendar in ([busy] if isinstance(busy, (str, Path)) else busy)],
    )
    path = Path(source)
    return written(gathered(open_plan(path, options), path, options), path.name, options)


def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, OSError):
        raise ValueError(f"there is no time zone {name!r}; write it like Europe/Berlin") from None


def export(
    result: Result,
    form: str = "ics",
    *,
    timezone: str = "",
    alarm_minutes: int | None = None,
    runs: bool = False,
    stamp: datetime | None = None,
    explanation: Explanation | None = None,
) -> str:
    """Write a result for other programs.

    Parameters
    ----------
    result : Result
        From `solve`.
    form : str
        "ics", "csv", "md", "html", "intervals" or "json".
    timezone : str
        For a calendar: where its times hold, such as "Europe/Berlin"; everywhere if empty.
    alarm_minutes : int, optional
        For a calendar: remind of each lift so long before it.
    runs : bool
        For a calendar: put the fixed runs in too.
    stamp : datetime, optional
        For a calendar: when it was written, with a time zone; of two files the later one holds. Now if left
        out.
    explanation : Explanation, optional
        For html and md: from `explain`, of this result; then cards tell what other days would cost.

    Returns
    -------
    str
        The file's content, to be written with the line ends it has.

    Raises
    ------
    ValueError
        If there is no such format or time zone, or no plan where the format holds nothing else.
    """
    if form not in FORMATS:
        raise ValueError(f"there is no format {form!r}; one of {', '.join(FORMATS)}")
    writer = FORMATS[form]
    if writer.needs_plan and result.plan is None:
        raise ValueError(f"there is no plan to write as {form}: {result.headline}")
    _zone(timezone)
    options = ExportOptions(stamp or datetime.now(UTC), timezone, alarm_minutes, runs, explanation)
    return writer.write(result, options)


# A result, the same as plain data, or the file that holds it.
ResultLike = Result | Mapping[str, Any] | str | Path


def compare_plans(a: ResultLike, b: ResultLike) -> PlanDifference:
    """Tell what changed from one plan to another, without any solver.

    Parameters
    ----------
    a, b : Result, mapping, str or Path
        From `solve`, as plain data from `Result.to_dict`, or the file that `solve --format json` wrote.

    Returns
    -------
    PlanDifference
        Sessions, weeks, and what each rule charges, as far as they differ; `headline` sums it up. Sessions
        are the same if they have the same id, such as "w03-A".

    Raises
    ------
    ScenarioFileError
        If a file cannot be read or is wrong.
    ValueError
        If plain data is no result, or a result has no plan.
    """
    from mesocycle.solver.plan.difference import difference_between

    return difference_between(_result(a), _result(b))


def _result(given: ResultLike) -> Result:
    """The result that is given, read first where it is a file or plain data."""
    from mesocycle.files.plan_file import read_result

    if isinstance(given, Result):
        return given
    if isinstance(given, Mapping):
        return Result.from_dict(given)
    if isinstance(given, (str, Path)):
        return read_result(given)
    kind = type(given).__name__
    raise TypeError(f"expected a Result, plain data (a mapping) or the path of a file, found {kind}")
