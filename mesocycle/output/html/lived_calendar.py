"""The calendar of a block that is lived by: each run and lift where it stands, with what became of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from mesocycle.models.clock import format_day
from mesocycle.models.living import DayNow, LiftNow, RunNow, WeekNow
from mesocycle.models.numbers import counted
from mesocycle.models.plan import PlannedSession, PlannedWeek
from mesocycle.output.html.calendar import (
    Calendar,
    Item,
    WeekRow,
    laid_out,
    lift_item,
    run_item,
    week_row,
)
from mesocycle.output.living_words import WHY

NOT_LOGGED = "not logged"


def lived_calendar(
    seen: Sequence[WeekNow],
    weeks: Sequence[PlannedWeek],
    numbers: Mapping[str, int],
    today: date,
    units: str,
) -> Calendar:
    """Lay out a block as it stands.

    Parameters
    ----------
    seen : sequence of WeekNow
        All its weeks, day by day.
    weeks : sequence of PlannedWeek
        The same in the plan.
    numbers : mapping of str to int
        The number of each lift's card, by the id of its session.
    today : date
        The day.
    units : str
        "km" or "mi".
    """
    days = days_of(seen)
    lifts = [lift for day in days.values() for lift in day.lifts]
    items = [
        *(_run(run, units) for day in days.values() for run in day.runs),
        *(_lift(lift, numbers, absent(lift, days)) for lift in lifts),
    ]
    planned = _planned_sets(lifts)
    rows = [_row(week, one, planned[week.week], today, units) for week, one in zip(weeks, seen, strict=True)]
    laid = laid_out(rows, items)
    return replace(laid, weeks=tuple(_marked(week, days) for week in laid.weeks))


def place(lift: LiftNow) -> PlannedSession | None:
    """The card of a lift at the day and time where it stands; None beside the plan."""
    if lift.card is None:
        return None
    return lift.card.model_copy(update={"date": lift.date, "start": lift.start, "end": lift.end})


def moved(lift: LiftNow) -> str:
    """The day that a lift has left: "moved from Tue 15 Sep"; empty if it stands on its own."""
    if lift.planned_date is None or lift.planned_date == lift.date:
        return ""
    return f"moved from {format_day(lift.planned_date)}"


def became(lift: LiftNow) -> str:
    """What became of a lift: "done", "not logged", "skipped, no time"; empty for what is to come."""
    match lift.status:
        case "planned":
            return ""
        case "skipped":
            return "skipped" if lift.why is None else f"skipped, {WHY[lift.why]}"
        case "assumed":
            return NOT_LOGGED
        case "done":
            return "done" if lift.card is not None else "done, beside the plan"


def absent(lift: LiftNow, days: Mapping[date, DayNow]) -> str:
    """Why a lift that is to come cannot be on its day: "sick" or "away"; empty if it can."""
    day = days.get(lift.date)
    return "" if day is None or lift.status != "planned" else day.absence or ""


def _planned_sets(lifts: Iterable[LiftNow]) -> Counter[int]:
    """The sets that each week was planned with, those of skipped lifts too."""
    sets: Counter[int] = Counter()
    for lift in lifts:
        if lift.card is not None:
            sets[lift.week] += lift.card.sets
    return sets


def _row(week: PlannedWeek, seen: WeekNow, planned: int, today: date, units: str) -> WeekRow:
    """A week with its totals; what was skipped is not trimmed, so the planned sets tell how it is shaded."""
    row = week_row(week.model_copy(update={"sets": planned}), units)
    if seen.days[-1].date < today:
        return replace(row, sets=f"{counted(seen.sets_done, 'set')} done")
    return replace(row, current=seen.days[0].date <= today)


def _marked(week: WeekRow, days: Mapping[date, DayNow]) -> WeekRow:
    """A week that says which day is today, and where the runner was sick or away."""
    return replace(
        week,
        days=tuple(
            replace(day, today=days[day.date].today, absence=days[day.date].absence or "")
            for day in week.days
        ),
    )


def _run(run: RunNow, units: str) -> Item:
    item = run_item(run.run, units)
    match run.status:
        case "dropped":
            return replace(item, status="dropped", became=("dropped",))
        case "done":
            return replace(item, status="done", became=("done",))
        case _:
            change = "" if not run.changed else "added" if run.id is None else "changed"
            return replace(item, became=tuple(filter(None, (change,))))


def _lift(lift: LiftNow, numbers: Mapping[str, int], absence: str) -> Item:
    session = place(lift)
    words = tuple(filter(None, (became(lift), f"you are {absence}" if absence else "", moved(lift))))
    status = "" if lift.status == "planned" else lift.status
    if session is None:
        size = counted(lift.sets, "set") if lift.sets else f"{lift.end - lift.start} min"
        return Item("lift", "", lift.date, lift.start, lift.end, detail=size, status=status, became=words)
    item = lift_item(numbers[lift.id or ""], session.model_copy(update={"sets": lift.sets}))
    return replace(item, status=status, became=words)


def days_of(seen: Iterable[WeekNow]) -> dict[date, DayNow]:
    """All days of a block."""
    return {day.date: day for week in seen for day in week.days}


def lifts_of(seen: Iterable[WeekNow]) -> Iterator[LiftNow]:
    """All lifts of a block, in order of time."""
    return (lift for week in seen for day in week.days for lift in day.lifts)
