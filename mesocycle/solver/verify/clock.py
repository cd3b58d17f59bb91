"""The repetitions of the main lifts, worked out a second time: each movement goes by a clock of its own."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from mesocycle.models.strength import Role
from mesocycle.solver.instance.instance import Instance
from mesocycle.solver.verify.content import Move
from mesocycle.solver.verify.loads import is_counted
from mesocycle.solver.verify.season import AWAY, a_races

if TYPE_CHECKING:
    from mesocycle.solver import rules


FOUNDATION = (10, 8)
STRENGTH = (6, 5, 5, 5, 4)
FIVE = 5
FOUNDATION_RIR, STRENGTH_RIR = 3, 2
POWER = (3, 3)


class Beat(NamedTuple):
    """What a clock shows in a week: zone, repetitions, reserve, and in which wave of strength."""

    zone: str
    reps: int
    rir: int
    wave: int = 0


@dataclass
class _Hand:
    """Where the clock of a movement stands: steps, peak weeks at five, waves and when the last one began."""

    steps: int = 0
    fives: int = 0
    wave: int = 0
    since: int | None = None


def follows(move: Move) -> bool:
    """Whether an exercise goes by the clock: a main lift without written repetitions or load."""
    entry, exercise = move.entry, move.exercise
    is_open = entry.reps is None and entry.load is None and not entry.written and entry.scheme is None
    return exercise.role is Role.MAIN and is_open and is_counted(exercise)


class Clock:
    """The clocks of all movements, week by week in order."""

    def __init__(self, instance: Instance, deloads: frozenset[int]) -> None:
        self.instance, self.deloads = instance, deloads
        self.rule = instance.settings.load_rep_zone
        self.new = instance.scenario.athlete.experience == "new"
        self.foundation = 0 if self.rule is None else _foundation_weeks(instance, self.rule)
        # A race ends a wave, one after the block too.
        self.waves = not any(race.priority == "A" for race in instance.scenario.races)
        self.hands: dict[str, _Hand] = {}

    def beat(self, name: str, week: int, counts: bool) -> Beat | None:
        """What a movement shows in a week; `counts` where the week has room for a lift."""
        rule = self.rule
        if rule is None:
            return None
        hand = self.hands.setdefault(name, _Hand())
        phase = self.instance.calendar.weeks[week].phase
        returns = week in self.instance.returns
        if counts and not returns and phase not in AWAY and week not in self.deloads:
            self._go_on(hand, week, phase, rule)
        # A return shows the step before the last one.
        number = max(1, hand.steps - returns) - 1
        if number < self.foundation:
            return Beat("foundation", FOUNDATION[min(number, 1)], FOUNDATION_RIR, hand.wave)
        if rule.build == "power" and phase == "build" and not self.new:
            return Beat("power", *POWER, hand.wave)
        return Beat("strength", self._reps(number), STRENGTH_RIR, hand.wave)

    def _reps(self, number: int) -> int:
        """Repetitions of a step of strength, counted with those of foundation."""
        return STRENGTH[min(number - self.foundation, len(STRENGTH) - 1)]

    def _go_on(self, hand: _Hand, week: int, phase: str, rule: rules.load_rep_zone.Parameters) -> None:
        """Take a working week: a step, or a new wave; in peak weeks five stay five every other time."""
        if self.waves and hand.since is not None and week - hand.since >= rule.wave_weeks:
            hand.steps, hand.fives = self.foundation + 1, 0
            hand.wave, hand.since = hand.wave + 1, week
            return
        last = hand.steps - 1
        if phase == "peak" and last >= self.foundation and self._reps(last) <= FIVE:
            hand.fives += 1
            if hand.fives % 2 == 0:
                hand.steps = self.foundation + len(STRENGTH)
        else:
            hand.steps += 1
        if hand.since is None and hand.steps > self.foundation:
            hand.since = week


def _foundation_weeks(instance: Instance, rule: rules.load_rep_zone.Parameters) -> int:
    if instance.scenario.history.strength_phase == "strength":
        return 0
    if instance.scenario.athlete.experience != "new":
        return rule.foundation
    third = (2 * len(instance.calendar.weeks) + 3) // 6
    return min(rule.new_foundation, max(2, third))


def week_of_test(instance: Instance, expected: Collection[int], deloads: Collection[int]) -> int | None:
    """The week in which strength is tested: the first that works after a lighter one, far from a race."""
    rule, weeks = instance.settings.strength_test, instance.calendar.weeks
    if rule is None or len(weeks) < rule.least_weeks:
        return None
    light = sorted(week for week in deloads if week not in instance.returns)
    after = range(light[0] + 1, len(weeks)) if light else range(0)
    works = [
        week
        for week in after
        if week in expected
        and week not in deloads
        and week not in instance.returns
        and weeks[week].phase not in AWAY
    ]
    if not works:
        return None
    last = weeks[works[0]].last_day
    near = any(last <= day <= last + rule.race_days for day in a_races(instance.calendar))
    return None if near else works[0]
