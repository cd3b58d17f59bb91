"""What the rules are checked on: every planned lift with its own facts, and the runs around it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import accumulate, islice
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from mesocycle.models.clock import MINUTES_PER_DAY, format_day, weekday_name
from mesocycle.models.plan import CostCase
from mesocycle.models.sessions import Kind
from mesocycle.solver.instance.calendar import Calendar, DatedRun, Week
from mesocycle.solver.instance.instance import Instance
from mesocycle.solver.verify.expected import ExpectedSession
from mesocycle.solver.verify.items import FULL_DOSE, LOADED_DOSE, Item
from mesocycle.solver.verify.shares import WeekShares

if TYPE_CHECKING:
    from mesocycle.solver.rules.base import Parameters
    from mesocycle.solver.verify.growth import Loads


class Broken(NamedTuple):
    """A hard rule broken: what happened, and on which dates."""

    text: str
    dates: tuple[date, ...]


Finding = Broken | CostCase


@dataclass(frozen=True)
class Lift:
    """A planned lift as the checker reads it; `start` and `end` are moments, `dose` is in thousandths.

    `sets` and `forms` go by item: 0 sets and no form where it is left out, else the number of the form in
    which it is done. `rotated` is what the plan says changes with it.
    """

    expected: ExpectedSession
    date: date
    day: int
    start: int
    end: int
    sets: tuple[int, ...]
    dose: int
    forms: tuple[int | None, ...]
    rotated: tuple[str, ...]

    @property
    def items(self) -> Iterator[tuple[Item, int]]:
        """Its items, each with its sets."""
        return self.expected.with_sets(self.sets)

    @property
    def minutes(self) -> int:
        """How long it takes."""
        return self.end - self.start

    @property
    def is_lift(self) -> bool:
        """Whether it is a lift; core, plyo and mobility are none."""
        return self.expected.kind is Kind.LIFT

    @property
    def loads_legs(self) -> bool:
        """Whether it loads the legs: a quarter of the full dose or more."""
        return self.dose >= LOADED_DOSE

    @property
    def full(self) -> bool:
        """Whether it reaches the full dose."""
        return self.dose >= FULL_DOSE

    @property
    def time(self) -> int:
        """When it starts, in minutes since midnight."""
        return self.start - self.day * MINUTES_PER_DAY

    def __str__(self) -> str:
        return f"{self.expected.name} on {format_day(self.date)}"


class WeekFacts(NamedTuple):
    """A week with the sessions expected in it, and the lifts planned on its dates."""

    week: Week
    expected: list[ExpectedSession]
    lifts: list[Lift]

    @property
    def without_small(self) -> WeekFacts:
        """The same without core, plyo and mobility."""
        return WeekFacts(
            self.week,
            [session for session in self.expected if session.kind is Kind.LIFT],
            [lift for lift in self.lifts if lift.is_lift],
        )


@dataclass(frozen=True)
class Facts:
    """All that a check looks at; `lifts` are in order of time, `deloads` week indices, `loads` by session."""

    instance: Instance
    shares: tuple[WeekShares, ...]
    deloads: frozenset[int]
    expected: tuple[ExpectedSession, ...]
    lifts: tuple[Lift, ...]
    loads: Loads

    @property
    def calendar(self) -> Calendar:
        """Dated runs and weeks."""
        return self.instance.calendar

    @cached_property
    def loading(self) -> tuple[Lift, ...]:
        """Sessions that load the legs, of whatever kind, in order of time."""
        return tuple(lift for lift in self.lifts if lift.loads_legs)

    @cached_property
    def loaded(self) -> tuple[Lift, ...]:
        """Lifts that load the legs, in order of time."""
        return tuple(lift for lift in self.loading if lift.is_lift)

    @cached_property
    def small(self) -> tuple[Lift, ...]:
        """Core, plyo and mobility, in order of time."""
        return tuple(lift for lift in self.lifts if not lift.is_lift)

    @cached_property
    def left_out(self) -> list[ExpectedSession]:
        """Expected sessions that the plan leaves out."""
        placed = {lift.expected.id for lift in self.lifts}
        return [session for session in self.expected if session.id not in placed]

    @cached_property
    def missed(self) -> frozenset[int]:
        """Weeks, by index, in which a session was missed that is past by now, or given up."""
        past = self.instance.past
        gone = set() if past is None else {name for name, one in past.settled.items() if one.start is None}
        return frozenset(session.week for session in self.expected if session.id in gone)

    @cached_property
    def weeks(self) -> tuple[WeekFacts, ...]:
        """The weeks of the block, each with its sessions and lifts."""
        weeks = tuple(WeekFacts(week, [], []) for week in self.calendar.weeks)
        for session in self.expected:
            weeks[session.week].expected.append(session)
        for lift in self.lifts:
            weeks[lift.day // 7].lifts.append(lift)
        return weeks

    def first_date(self, week: int) -> date:
        """First date inside the block of a week, given by its index."""
        return self.calendar.date_of(self.calendar.weeks[week].first_day)

    @cached_property
    def key_days(self) -> frozenset[int]:
        """Days with a key run."""
        return frozenset(run.day for run in self.calendar.runs if run.key)

    @cached_property
    def run_days(self) -> frozenset[int]:
        """Days with a run."""
        return frozenset(run.day for run in self.calendar.runs)

    @cached_property
    def latest_ends(self) -> tuple[int, ...]:
        """By run in order of start, when it and all before have ended: a long one may outlast a later one."""
        return tuple(accumulate((run.end for run in self.calendar.runs), max))

    @cached_property
    def key_runs(self) -> tuple[DatedRun, ...]:
        """The key runs in order of start."""
        return tuple(run for run in self.calendar.runs if run.key)

    def run_before(self, lift: Lift) -> tuple[DatedRun, int] | None:
        """The last run that started by the lift's start, and minutes since all such runs have ended."""
        started = bisect_right(self.calendar.runs, lift.start, key=_start)
        if not started:
            return None
        return self.calendar.runs[started - 1], lift.start - self.latest_ends[started - 1]

    def run_after(self, lift: Lift) -> tuple[DatedRun, int] | None:
        """The first run that starts later than the lift does, and minutes from the lift's end to it."""
        started = bisect_right(self.calendar.runs, lift.start, key=_start)
        return next(((run, run.start - lift.end) for run in self.calendar.runs[started : started + 1]), None)

    def key_runs_after(self, lift: Lift) -> Iterator[tuple[DatedRun, int]]:
        """The key runs that start with the lift or later, and minutes from the lift's end to each."""
        first = bisect_left(self.key_runs, lift.start, key=_start)
        return ((run, run.start - lift.end) for run in islice(self.key_runs, first, None))


def _start(run: DatedRun) -> int:
    return run.start


Check = Callable[[Facts, Any], Iterator[Finding]]
# By rule. What a rule of the prescription demands is checked as the plan is read (`cards`).
CHECKS: dict[str, Check] = {}
Checking = TypeVar("Checking", bound=Check)


def check(function: Checking) -> Checking:
    """Enter the check of the rule of its name."""
    CHECKS[function.__name__] = function
    return function


def price(
    weight: int,
    text: str,
    dates: tuple[date, ...],
    units: int,
    unit: str,
    per: int = 1,
    amount: float | None = None,
) -> CostCase:
    """Price so many units, `per` of them costing the weight; points are rounded half up.

    `amount` is what the reader sees where the units are not that.
    """
    points = (2 * weight * units + per) // (2 * per)
    shown = round(float(units if amount is None else amount), 3)
    return CostCase(text=text, dates=dates, amount=shown, unit=unit, points=points)


def judge(
    settings: Parameters,
    text: str,
    dates: tuple[date, ...],
    units: int,
    unit: str,
    per: int = 1,
    amount: float | None = None,
) -> Finding:
    """Call it a breach where the rule is hard, else price it."""
    if settings.hard:
        return Broken(text, dates)
    return price(settings.weight, text, dates, units, unit, per, amount)


def apart(first: Lift, second: Lift) -> str:
    """Say how far two lifts lie apart: "A on Mon 14 Sep and B on Tue 15 Sep are 1 day apart"."""
    days = second.day - first.day
    return (
        f"{first} and {second} are {plural(days, 'day')} apart"
        if days
        else f"{first} and {second} share a day"
    )


def whose(run: DatedRun) -> str:
    """Name a run by its day: "Thursday's tempo"."""
    return f"{weekday_name(run.date)}'s {run.name}"


def plural(count: int, noun: str) -> str:
    """Write "1 lift" or "2 lifts"."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def words(name: str) -> str:
    """Write the name of an exercise or pattern in words."""
    return name.replace("_", " ")
