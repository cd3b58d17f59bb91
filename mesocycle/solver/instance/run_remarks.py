"""What a coach would remark on the runs themselves; they are fixed, so nothing is planned around it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mesocycle.models.clock import format_day, weeks_text
from mesocycle.models.training import RunType, in_units
from mesocycle.solver.instance.calendar import Calendar
from mesocycle.solver.instance.dated_runs import DatedRun

# More than this on the eve of a race is no shake-out run; and a long run of more than half of a week's
# kilometres is more than the week carries (design values).
EVE_METRES, EVE_MINUTES = 10_000, 60
LONG_SHARE = 0.5


def run_remarks(calendar: Calendar, units: str) -> Iterator[str]:
    """Yield remarks on runs, where they apply; distances in km or mi."""
    yield from _eves(calendar, units)
    yield from _long_runs(calendar)


def _eves(calendar: Calendar, units: str) -> Iterator[str]:
    """Hard or long runs on the day before an A or B race."""
    for race in calendar.races:
        if race.race is None or race.race.priority == "C":
            continue
        name = race.race.name or "your race"
        for run in calendar.runs_on(race.day - 1):
            far = "" if run.metres is None else f"{_distance(run.metres, units)} "
            what = f"{far}{run.name} on {format_day(run.date)}"
            if run.key and run.type is not RunType.RACE:
                yield f"{what[:1].upper()}{what[1:]}: nothing hard is run on the day before {name}."
            elif (run.metres or 0) > EVE_METRES or run.end - run.start > EVE_MINUTES:
                yield f"{what[:1].upper()}{what[1:]}: that is far for the day before {name}."


def _distance(metres: int, units: str) -> str:
    return f"{round(in_units(metres, units), 1):g} {units}"


def _long_runs(calendar: Calendar) -> Iterator[str]:
    """Long runs that are most of their week."""
    by_week: dict[int, list[DatedRun]] = {}
    for run in calendar.runs:
        by_week.setdefault(run.day // 7, []).append(run)
    weeks = [
        week.number
        for week in calendar.weeks
        if week.phase not in ("taper", "recovery")
        and len(week.days) == 7
        and _is_most(by_week.get(week.number - 1, []))
    ]
    if weeks:
        yield (
            f"In {weeks_text(weeks)} the long run is more than half of the week's distance: more easy "
            "kilometres around it would carry it better."
        )


def _is_most(runs: Sequence[DatedRun]) -> bool:
    metres = [run.metres for run in runs if run.type is not RunType.CROSS]
    long = [run.metres or 0 for run in runs if run.type is RunType.LONG]
    if not long or any(each is None for each in metres) or any(run.type is RunType.RACE for run in runs):
        return False
    return max(long) > LONG_SHARE * sum(each or 0 for each in metres)
