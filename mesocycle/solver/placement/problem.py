"""The problem: calendar, lifts and options of one scenario, with the policy and deload weeks decided."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from mesocycle.models.clock import MINUTES_PER_DAY, WEEKDAY_NAMES, format_day, format_time
from mesocycle.models.scenario import PolicySwitches, Scenario
from mesocycle.solver.instance.calendar import Calendar, DatedRun
from mesocycle.solver.instance.instance import Instance
from mesocycle.solver.instance.phases import WeekFactors
from mesocycle.solver.placement.slots import Options
from mesocycle.solver.prescription.lifts import Lift
from mesocycle.solver.prescription.versions import Version

if TYPE_CHECKING:
    from mesocycle.solver.rules import RuleSettings


class When(NamedTuple):
    """When an instance of a rule is.

    `name` identifies it among the rule's others and puts them in order, `day` is the day it speaks of, a week
    by its Monday. `about` is the date, or the number of the week, that its sentence names and by which alone
    it differs from its like; None where there is no such one.
    """

    name: str
    day: int | None = None
    about: date | int | None = None


@dataclass(frozen=True, eq=False)
class Problem:
    """What the rules are grounded on.

    `deload_weeks` are week indices; `deload_is_choice` means that they are one pattern of several,
    so that the sets given up for it are priced.
    """

    instance: Instance
    factors: tuple[WeekFactors, ...]
    deload_weeks: frozenset[int]
    deload_is_choice: bool
    lifts: tuple[Lift, ...]
    options: Options

    @property
    def scenario(self) -> Scenario:
        """The runner's wishes."""
        return self.instance.scenario

    @property
    def settings(self) -> RuleSettings:
        """Of every rule."""
        return self.instance.settings

    @property
    def calendar(self) -> Calendar:
        """Dated runs and weeks."""
        return self.instance.calendar

    @property
    def policy(self) -> PolicySwitches:
        """The switches, with `auto` decided."""
        return self.instance.policy

    def seen_with(self, **changes: Any) -> Problem:
        """The same problem where something that is known of the scenario is otherwise."""
        return replace(self, instance=replace(self.instance, **changes))

    @property
    def lifts_a_day(self) -> int:
        """Lifts that a day may hold."""
        limit = self.settings.one_lift_per_day
        return limit.most if limit is not None and limit.hard else len(self.lifts)

    @property
    def most_a_day(self) -> int:
        """Sessions that a day may hold, small ones too."""
        small = Counter(lift.week for lift in self.lifts if not lift.is_lift)
        return self.lifts_a_day + max(small.values(), default=0)

    def sessions_by_week(self) -> list[list[Lift]]:
        """The sessions of each week, small ones too."""
        weeks: list[list[Lift]] = [[] for _ in self.calendar.weeks]
        for lift in self.lifts:
            weeks[lift.week].append(lift)
        return weeks

    def lifts_by_week(self) -> list[list[Lift]]:
        """The lifts of each week, without small sessions."""
        return [[lift for lift in week if lift.is_lift] for week in self.sessions_by_week()]

    def lift_at(self, option: int) -> Lift:
        """The lift of an option, given by its position in the table."""
        return self.lifts[int(self.options.lift[option])]

    def version_at(self, option: int) -> Version:
        """The version of an option likewise."""
        return self.lift_at(option).versions[int(self.options.version[option])]

    def on(self, day: int) -> str:
        """Name a day in a sentence: "Wed 16 Sep"."""
        return format_day(self.calendar.date_of(day))

    def weekday(self, day: int) -> str:
        """Name a day by its weekday."""
        return WEEKDAY_NAMES[day % 7]

    def date(self, day: int) -> date:
        """Date of a day."""
        return self.calendar.date_of(day)

    def at_day(self, day: int, more: str = "", alone: bool = True) -> When:
        """An instance of a rule for a day; `alone` means that its sentence names no other."""
        date = self.date(day)
        return When(f"{date} {more}".rstrip(), day, date if alone else None)

    def at_week(self, index: int, more: str = "", alone: bool = True) -> When:
        """An instance of a rule for a week, given by its index; `alone` as in `at_day`."""
        return When(f"week {index + 1:02d} {more}".rstrip(), 7 * index, index + 1 if alone else None)

    def at_run(self, run: DatedRun, more: str = "") -> When:
        """An instance of a rule for a run, named by its date and time."""
        time = format_time(run.start % MINUTES_PER_DAY)
        return When(f"{run.date} {time} {more}".rstrip(), run.day, run.date)

    def at_lift(self, lift: Lift, more: str = "", alone: bool = True) -> When:
        """An instance of a rule for a lift; `alone` as in `at_day`."""
        return When(f"{lift.id} {more}".rstrip(), 7 * lift.week, lift.week + 1 if alone else None)

    def whose(self, run: DatedRun) -> str:
        """Name a run by its day: "Thursday's tempo"."""
        return f"{WEEKDAY_NAMES[run.day % 7]}'s {run.name}"
