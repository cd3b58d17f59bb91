"""A block as a calendar: weeks, days, and their runs and lifts, each at the row of its time of day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from mesocycle.models.clock import (
    MINUTES_PER_DAY,
    MONTHS,
    WEEKDAY_NAMES,
    format_day,
    format_hours,
    format_time,
)
from mesocycle.models.difference import Move
from mesocycle.models.numbers import counted
from mesocycle.models.plan import CalendarRun, PlannedSession, PlannedWeek, Standing
from mesocycle.models.sessions import Kind
from mesocycle.output.run_words import distance
from mesocycle.output.words import size

ROW_MINUTES = 30
NOON_ROW = MINUTES_PER_DAY // 2 // ROW_MINUTES
DAYS = 7


@dataclass(frozen=True)
class Item:
    """An item of a day: a run, a lift, or the place that a lift has left.

    Attributes
    ----------
    kind : str
        "run", "lift", "left" (where a lift is in another plan) or "gap" (the time to or from a lift).
    name : str
        The kind of the run, or the session's name.
    title : str
        The runner's own name for a run.
    detail : str
        How much: "14 sets", "9 km".
    change : str
        The difference from another plan: "moved from Tue 17:00".
    over_midnight : bool
        Whether it is the rest of an item from the day before.
    number : int
        Of a lift, in the plan's order from 1; 0 for others.
    small : bool
        Whether it is core, plyo or mobility.
    status : str
        In a block that is lived by: "done", "assumed", "skipped" or "dropped"; empty for what is to come.
    became : tuple of str
        The same in words, and where it was planned: "skipped, sick", "moved from Tue 15 Sep".
    row, span : int
        Where it stands in its day and how many rows it takes; rows count from 1.
    """

    kind: Literal["run", "lift", "left", "gap"]
    name: str
    date: date
    start: int
    end: int
    key: bool = False
    title: str = ""
    detail: str = ""
    change: str = ""
    over_midnight: bool = False
    number: int = 0
    small: bool = False
    status: Literal["", "done", "assumed", "skipped", "dropped"] = ""
    became: tuple[str, ...] = ()
    row: int = 1
    span: int = 1

    @property
    def time(self) -> str:
        """When it starts, "06:30"."""
        return format_time(self.start)

    @property
    def until(self) -> str:
        """When it ends, "07:15"."""
        return format_time(self.end)

    @property
    def gone(self) -> bool:
        """Whether it did not take place, and will not."""
        return self.status in ("skipped", "dropped")


@dataclass(frozen=True)
class DayCell:
    """A day with its items by time; `today`, and "sick" or "away", in a block that is lived by."""

    date: date
    items: tuple[Item, ...]
    today: bool = False
    absence: str = ""

    @property
    def weekday(self) -> str:
        """The day's name."""
        return WEEKDAY_NAMES[self.date.weekday()]

    @property
    def month(self) -> str:
        """The month's short name."""
        return MONTHS[self.date.month - 1]


@dataclass(frozen=True)
class WeekRow:
    """A week: its days, and its totals in words; `current` where it goes on."""

    number: int
    start: date
    days: tuple[DayCell, ...]
    phase: str = ""
    shade: Literal["", "trimmed", "lighter"] = ""
    remark: str = ""
    distance: str = ""
    sets: str = ""
    minutes: int = 0
    current: bool = False

    @property
    def since(self) -> str:
        """Its Monday, "7 Sep"."""
        return format_day(self.start).split(" ", 1)[1]


@dataclass(frozen=True)
class Calendar:
    """Weeks that share one scale of the day: `rows` of half an hour, noon before row `noon`."""

    weeks: tuple[WeekRow, ...]
    rows: int
    noon: int


def plan_calendar(
    weeks: Iterable[PlannedWeek],
    sessions: Sequence[PlannedSession],
    runs: Iterable[CalendarRun],
    units: str,
    moves: Iterable[Move] = (),
) -> Calendar:
    """Lay out a plan.

    Parameters
    ----------
    weeks, sessions, runs
        The plan's weeks and lifts, and the fixed runs.
    units : str
        "km" or "mi".
    moves : iterable of Move
        Differences from another plan, to be marked.
    """
    changes = {move.session: move for move in moves}
    items = [
        *(run_item(run, units) for run in runs),
        *(lift_item(number, session, changes.get(session.id)) for number, session in enumerate(sessions, 1)),
        *(
            _left(move, move.before)
            for move in changes.values()
            if move.before is not None and move.change in ("moved", "left out")
        ),
    ]
    return laid_out((week_row(week, units) for week in weeks), items)


def laid_out(weeks: Iterable[WeekRow], items: Iterable[Item]) -> Calendar:
    """Put items on the days of weeks, each at its time."""
    by_day = _by_day(items)
    return _calendar([replace(week, days=_days(week.start, by_day)) for week in weeks])


def run_calendar(start: date, numbers: Sequence[int], runs: Iterable[CalendarRun], units: str) -> Calendar:
    """Lay out the runs of some weeks of a block that has no lifts; `start` is the Monday of the first."""
    mondays = [(number, start + timedelta(weeks=number - numbers[0])) for number in numbers]
    weeks = (WeekRow(number, monday, ()) for number, monday in mondays)
    return laid_out(weeks, (run_item(run, units) for run in runs))


def _sets(sets: int, full: int) -> str:
    """A number of sets, "1 set", or a share of the full ones, "18 of 28 sets"."""
    return counted(sets, "set") if sets == full else f"{sets} of {counted(full, 'set')}"


def run_item(run: CalendarRun, units: str) -> Item:
    """A run as an item of its day."""
    size = distance(run.distance_km, units) or f"{run.minutes} min"
    end = run.start + run.minutes
    return Item("run", run.type, run.date, run.start, end, key=run.key, title=run.title, detail=size)


def lift_item(number: int, lift: PlannedSession, move: Move | None = None) -> Item:
    """A lift as an item of its day; `number` is 0 where nothing is to be read of it."""
    change, detail = "" if move is None else _change(move), size(lift)
    return Item(
        kind="lift",
        name=lift.session,
        date=lift.date,
        start=lift.start,
        end=lift.end,
        detail=detail,
        change=change,
        number=number,
        small=lift.kind is not Kind.LIFT,
    )


def _change(move: Move) -> str:
    match move.change:
        case "moved" if move.before is not None:
            return f"moved from {_place(move.before)}"
        case "resized" if move.before is not None:
            return f"was {counted(move.before.sets, 'set')} in {move.before.end - move.before.start} min"
        case _:
            return "added"


def _left(move: Move, before: Standing) -> Item:
    name = move.session.partition("-")[2]
    text = f"moved to {_place(move.after)}" if move.after is not None else "left out"
    return Item("left", name, before.date, before.start, before.end, change=text)


def _place(session: Standing) -> str:
    return f"{format_day(session.date)} {format_time(session.start)}"


def week_row(week: PlannedWeek, units: str) -> WeekRow:
    """A week with its totals, and without its days."""
    less = week.sets < week.full_sets
    remark = "lighter week" if week.deload else "trimmed" if less else ""
    return WeekRow(
        number=week.week,
        start=week.start,
        days=(),
        phase=week.phase,
        shade="lighter" if week.deload else "trimmed" if less else "",
        remark=remark,
        distance=distance(week.distance_km, units, 0),
        sets=_sets(week.sets, week.full_sets) if week.sets or week.full_sets else "",
        minutes=week.minutes,
    )


def _by_day(items: Iterable[Item]) -> Mapping[date, list[Item]]:
    days: dict[date, list[Item]] = {}
    for item in items:
        for part in _over_midnight(item):
            days.setdefault(part.date, []).append(part)
    return days


def _over_midnight(item: Item) -> Iterator[Item]:
    """Split an item that ends on the next day: its rest is an item of that day."""
    if item.end <= MINUTES_PER_DAY:
        yield item
        return
    until = f"until {item.until}"
    yield replace(item, detail=", ".join(filter(None, (item.detail, until))))
    rest = item.end - MINUTES_PER_DAY
    tomorrow = item.date + timedelta(days=1)
    yield replace(item, date=tomorrow, start=0, end=rest, title="", detail=until, over_midnight=True)


def _days(monday: date, by_day: Mapping[date, list[Item]]) -> tuple[DayCell, ...]:
    dates = [monday + timedelta(days=day) for day in range(DAYS)]
    return tuple(DayCell(day, tuple(_placed(by_day.get(day, ())))) for day in dates)


def _placed(items: Iterable[Item]) -> Iterator[Item]:
    """Give each item its rows; what would share a row with the item before it begins below that."""
    before: Item | None = None
    for item in sorted(items, key=lambda item: (item.start, item.end, item.kind)):
        free = before.row + before.span if before is not None else 1
        row = max(free, item.start // ROW_MINUTES + 1)
        last = -(-min(item.end, MINUTES_PER_DAY) // ROW_MINUTES)
        placed = replace(item, row=row, span=max(row, last) + 1 - row)
        if before is not None and row > free and _rest_between(before, item):
            between = format_hours(item.start - before.end)
            yield Item(
                "gap", "", item.date, before.end, item.start, detail=between, row=free, span=row - free
            )
        yield placed
        before = placed


def _rest_between(before: Item, item: Item) -> bool:
    """Whether the hours between two items are told: where one of them is a lift, and both take place."""
    return {before.kind, item.kind} in ({"run", "lift"}, {"lift"}) and not (before.gone or item.gone)


def _calendar(weeks: Sequence[WeekRow]) -> Calendar:
    items = [item for week in weeks for day in week.days for item in day.items]
    first = min((item.row for item in items), default=1)
    last = max((item.row + item.span - 1 for item in items), default=first)

    def shifted(day: DayCell) -> DayCell:
        return replace(day, items=tuple(replace(item, row=item.row - first + 1) for item in day.items))

    return Calendar(
        weeks=tuple(replace(week, days=tuple(map(shifted, week.days))) for week in weeks),
        rows=last - first + 1,
        noon=NOON_ROW - first + 2,
    )
