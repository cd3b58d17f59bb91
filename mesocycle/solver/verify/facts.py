"""What the rules are judged on: every planned lift with its own facts, and the runs around it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from mesocycle.models.clock import MINUTES_PER_DAY, format_day, weekday_name
from mesocycle.models.plan import CostCase
from mesocycle.models.scenario import PolicySwitches, Scenario
from mesocycle.solver.instance.calendar import Calendar, DatedRun, Week
from mesocycle.solver.instance.instance import Instance
from mesocycle.solver.verify.shares import WeekShares
from mesocycle.solver.verify.wanted import FULL_DOSE, LOADED_DOSE, Wanted

if TYPE_CHECKING:
    from mesocycle.solver.rules import RuleSettings
    from mesocycle.solver.rules.base import Parameters


class Broken(NamedTuple):
    """A hard rule broken: what happened, and on which dates."""

    text: str
    dates: tuple[date, ...]


Finding = Broken | CostCase


@dataclass(frozen=True)
class Lift:
    """A planned lift as the checker reads it; `start` and `end` are moments, `dose` is in thousandths.

    `sets` and `turns` go by item: 0 sets and no turn where it is left out, else the form in which it is done.
    `rotated` is what the plan says changes with it.
    """

    wanted: Wanted
    date: date
    day: int
    start: int
    end: int
    sets: tuple[int, ...]
    dose: int
    leg_sets: int
    turns: tuple[int | None, ...] = ()
    rotated: tuple[str, ...] = ()

    @property
    def minutes(self) -> int:
        """How long it takes."""
        return self.end - self.start

    @property
    def loaded(self) -> bool:
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
        return f"{self.wanted.name} on {format_day(self.date)}"


@dataclass(frozen=True)
class RunTimes:
    """The runs in order of start, with what is looked up in them."""

    runs: tuple[DatedRun, ...]
    starts: tuple[int, ...]
    latest_ends: tuple[int, ...]
    keys: tuple[DatedRun, ...]
    key_starts: tuple[int, ...]

    def before(self, lift: Lift) -> tuple[DatedRun, int] | None:
        """The last run that started by the lift's start, and minutes since all such runs have ended."""
        at = bisect_right(self.starts, lift.start) - 1
        return None if at < 0 else (self.runs[at], lift.start - self.latest_ends[at])

    def after(self, lift: Lift) -> tuple[DatedRun, int] | None:
        """The first run that starts later than the lift does, and minutes from the lift's end to it."""
        at = bisect_right(self.starts, lift.start)
        return None if at == len(self.runs) else (self.runs[at], self.starts[at] - lift.end)

    def keys_after(self, lift: Lift) -> Iterator[tuple[DatedRun, int]]:
        """The key runs that start with the lift or later, and minutes from the lift's end to each."""
        for at in range(bisect_left(self.key_starts, lift.start), len(self.keys)):
            yield self.keys[at], self.key_starts[at] - lift.end


@dataclass(frozen=True)
class Facts:
    """All that a check looks at; `lifts` are in order of time, `deloads` are week indices.

    `deloads_chosen` tells that the lighter weeks are one pattern of several.
    """

    instance: Instance
    shares: tuple[WeekShares, ...]
    deloads: frozenset[int]
    deloads_chosen: bool
    wanted: tuple[Wanted, ...]
    lifts: tuple[Lift, ...]
    run_times: RunTimes
    key_days: frozenset[int]
    run_days: frozenset[int]
    race_weeks: frozenset[int]

    @property
    def scenario(self) -> Scenario:
        """The runner's wishes."""
        return self.instance.scenario

    @property
    def calendar(self) -> Calendar:
        """Dated runs and weeks."""
        return self.instance.calendar

    @property
    def settings(self) -> RuleSettings:
        """Of every rule."""
        return self.instance.settings

    @property
    def policy(self) -> PolicySwitches:
        """The switches, with `auto` decided."""
        return self.instance.policy

    @property
    def loaded(self) -> Iterator[Lift]:
        """Lifts that load the legs, in order of time."""
        return (lift for lift in self.lifts if lift.loaded)

    @property
    def left_out(self) -> list[Wanted]:
        """Wanted sessions that the plan leaves out."""
        placed = {lift.wanted.id for lift in self.lifts}
        return [wanted for wanted in self.wanted if wanted.id not in placed]

    def wanted_by_week(self) -> list[list[Wanted]]:
        """Sessions wanted, for each week."""
        weeks: list[list[Wanted]] = [[] for _ in self.calendar.weeks]
        for wanted in self.wanted:
            weeks[wanted.week].append(wanted)
        return weeks

    def lifts_by_week(self) -> list[list[Lift]]:
        """Planned lifts, for each week by their date."""
        weeks: list[list[Lift]] = [[] for _ in self.calendar.weeks]
        for lift in self.lifts:
            weeks[lift.day // 7].append(lift)
        return weeks

    def first_date(self, week: Week) -> date:
        """First date of a week inside the block."""
        return self.calendar.date_of(week.first_day)


Check = Callable[[Facts, Any], Iterator[Finding]]
# By rule. What a rule of the prescription asks for is checked as the plan is read (`cards`).
CHECKS: dict[str, Check] = {}
Checking = TypeVar("Checking", bound=Check)


def check(function: Checking) -> Checking:
    """Enter the check of the rule of its name."""
    CHECKS[function.__name__] = function
    return function


def run_times(calendar: Calendar) -> RunTimes:
    """Prepare the look-ups; a run may end after a later one, so ends are made to rise."""
    latest_ends: list[int] = []
    for run in calendar.runs:
        latest_ends.append(max(run.end, latest_ends[-1]) if latest_ends else run.end)
    keys = tuple(run for run in calendar.runs if run.key)
    return RunTimes(
        runs=calendar.runs,
        starts=tuple(run.start for run in calendar.runs),
        latest_ends=tuple(latest_ends),
        keys=keys,
        key_starts=tuple(run.start for run in keys),
    )


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
    seen = round(float(units if amount is None else amount), 3)
    return CostCase(text=text, dates=dates, amount=seen, unit=unit, points=points)


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


def apart(one: Lift, after: Lift) -> str:
    """Say how far two lifts lie apart: "A on Mon 14 Sep and B on Tue 15 Sep are 1 day apart"."""
    days = after.day - one.day
    return f"{one} and {after} are {plural(days, 'day')} apart" if days else f"{one} and {after} share a day"


def whose(run: DatedRun) -> str:
    """Name a run by its day: "Thursday's tempo"."""
    return f"{weekday_name(run.date)}'s {run.name}"


def plural(count: int, noun: str) -> str:
    """Write "1 lift" or "2 lifts"."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
