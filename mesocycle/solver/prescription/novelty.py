"""What is new to the runner, and the weeks in which nothing new begins."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from mesocycle.models.scenario import Scenario
from mesocycle.models.strength import Exercise
from mesocycle.solver.instance.calendar import Calendar

if TYPE_CHECKING:
    from mesocycle.solver.rules import RuleSettings

# A movement is new for its first two exposures (repeated-bout effect: Doma 2017, Nosaka 2005).
NEW_EXPOSURES = 2
# From here on a movement is too heavy, or lowers too much, to be begun in a guarded week.
HEAVY_START = 0.8


def new_movements(scenario: Scenario) -> Callable[[str], bool]:
    """Tell which exercises are new: those not familiar, if the runner lists those or is new to lifting."""
    familiar = scenario.history.familiar
    if familiar is None:
        is_new = scenario.athlete.experience == "new"
        return lambda _: is_new
    known = frozenset(familiar)
    return lambda name: name not in known


def asks_little(exercise: Exercise) -> bool:
    """Whether it may begin at any time, for want of anything better."""
    return max(exercise.lower_body_load, exercise.eccentric_load) < HEAVY_START


def is_known(scenario: Scenario) -> Callable[[Exercise], bool]:
    """Tell what stands in for a new exercise first: the familiar; without a list what asks little."""
    familiar = scenario.history.familiar
    if familiar is None:
        return asks_little
    known = frozenset(familiar)
    return lambda one: one.id in known


def guarded_weeks(calendar: Calendar, settings: RuleSettings) -> frozenset[int]:
    """Weeks (indices) in which no new movement begins: peak, taper, and the days before an A race."""
    guard = settings.novelty_guard
    if guard is None:
        return frozenset()
    goals = [run.day for run in calendar.races if run.race is not None and run.race.priority == "A"]
    return frozenset(
        index
        for index, week in enumerate(calendar.weeks)
        if week.phase in ("peak", "taper")
        or any(day - guard.race_days < week.last_day + 1 and week.first_day <= day for day in goals)
    )
