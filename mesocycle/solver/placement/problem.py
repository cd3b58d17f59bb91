"""The problem: calendar, lifts and options of one scenario, with the policy and deload weeks decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from mesocycle.models.clock import MINUTES_PER_DAY, WEEKDAY_NAMES, format_day, format_time
from mesocycle.models.scenario import PolicySwitches, Scenario
from mesocycle.solver.instance.calendar import Calendar, DatedRun
from mesocycle.solver.instance.phases import WeekFactors
from mesocycle.solver.placement.slots import Options
from mesocycle.solver.prescription.lifts import Lift


@dataclass(frozen=True, eq=False)
class Problem:
    """What the rules are grounded on.

    `policy` has `auto` resolved. `deload_weeks` are week indices; `deload_is_choice` tells that they are
    one pattern of several, so that the sets given up for it are priced.
    """

    scenario: Scenario
    settings: Mapping[str, Any]
    calendar: Calendar
    policy: PolicySwitches
    factors: tuple[WeekFactors, ...]
    deload_weeks: frozenset[int]
    deload_is_choice: bool
    lifts: tuple[Lift, ...]
    options: Options

    @property
    def most_a_day(self) -> int:
        """Lifts that a day may hold."""
        one = self.settings.get("one_lift_per_day")
        most: int = one.most if one is not None and one.hard else len(self.lifts)
        return most

    def lifts_by_week(self) -> list[list[Lift]]:
        """The lifts of each week."""
        weeks: list[list[Lift]] = [[] for _ in self.calendar.weeks]
        for lift in self.lifts:
            weeks[lift.week].append(lift)
        return weeks

    def on(self, day: int) -> str:
        """Name a day in a sentence: "Wed 16 Sep"."""
        return format_day(self.calendar.date_of(day))

    def weekday(self, day: int) -> str:
        """Name a day by its weekday."""
        return WEEKDAY_NAMES[day % 7]

    def date(self, day: int) -> date:
        """Date of a day."""
        return self.calendar.date_of(day)

    def when(self, run: DatedRun) -> str:
        """Name a run by its date and time: "2026-09-15 06:30"."""
        return f"{run.date} {format_time(run.start % MINUTES_PER_DAY)}"

    def whose(self, run: DatedRun) -> str:
        """Name a run by its day: "Thursday's tempo"."""
        return f"{WEEKDAY_NAMES[run.day % 7]}'s {run.name}"
