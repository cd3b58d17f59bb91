"""How strength grows over the planned block: each movement's max in each week, and the weight on the bar.

A fold over what is placed, after the solve: no price depends on it. What it goes by (repetitions, reserve,
share of the sets, breaks) is known before.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import groupby
from typing import NamedTuple

from mesocycle.models.strength import Exercise, Weights
from mesocycle.solver.placement.problem import Problem
from mesocycle.solver.prescription.ceiling import SAME
from mesocycle.solver.prescription.clock import WeekKind, week_kinds
from mesocycle.solver.prescription.loads import Neighbours, implement_of, neighbours
from mesocycle.solver.prescription.schemes import standing
from mesocycle.solver.prescription.zones import PrescribedSet
from mesocycle.solver.rules import progressive_overload

# A weight so far above its target is too heavy for it.
TOO_HEAVY = Fraction(11, 10)
# From one working week to the next: at the same repetitions; where they fall, or the old weight returns.
STEP, FALLING_STEP = Fraction(105, 100), Fraction(110, 100)
# No growth in the last days before an A race, by its distance in metres.
LONG_RACE, LONG_DAYS, SHORT_DAYS = 42_195, 21, 14
# In the first exposures of what is new no more than half of a week counts.
NOVEL_SHARE = Fraction(1, 2)
# After a break the max comes back in so many weeks.
CLIMBING_WEEKS = 2


class Exposure(NamedTuple):
    """A movement done in a session: in which week (index) and session, what a set is, how many are done.

    `due` are the sets that the week allows, `novel` tells that it is one of the first, `day` is that on
    which it is done.
    """

    week: int
    session: str
    one_set: PrescribedSet
    sets: int
    due: int
    novel: bool
    day: int = 0


class Load(NamedTuple):
    """What is on the bar: as a weight where there is a record, else as a share of the max at first.

    Attributes
    ----------
    max : Fraction
        The week's max as a share of the first one.
    weight : Fraction or None
        In the runner's unit.
    ends : bool
        Whether the week asks for more than the heaviest weight there is.
    share : Fraction
        What is loaded as a share of the first max.
    first, before : Fraction or None
        The same the first time, and the last time; None where there is none.
    sets : tuple of Fraction
        What each set of a line loads, where they are written one by one.
    """

    max: Fraction
    weight: Fraction | None
    ends: bool
    share: Fraction
    first: Fraction
    before: Fraction | None
    sets: tuple[Fraction, ...] = ()


@dataclass
class _Line:
    """A movement in one session: what was loaded first and last, at how many repetitions, in which wave.

    `fall` is what the log leaves of the weight of last time.
    """

    share: Fraction | None = None
    first: Fraction | None = None
    reps: int = 0
    wave: int = 0
    fall: Fraction = Fraction(1)


@dataclass
class Growth:
    """The path of one movement's max through the block.

    Attributes
    ----------
    record : Fraction or None
        The 1RM that it rests on.
    implement, weights : str, Weights
        What it is loaded with.
    rate, most : Fraction
        What a first full week earns, and the most that all weeks do, as shares of the first max.
    least_share : Fraction
        Least share of the sets that counts.
    max, after_break : Fraction
        The max as a share of the first one, and what a break has left of it.
    climb, climbing : Fraction, int
        What comes back in a week after a break, and in how many more weeks.
    logged : bool
        Whether the max is what the log says already.
    """

    problem: Problem
    exercise: Exercise
    settings: progressive_overload.Parameters
    record: Fraction | None
    implement: str
    weights: Weights
    rate: Fraction
    most: Fraction
    least_share: Fraction
    max: Fraction = Fraction(1)
    earned: Fraction = Fraction(0)
    growing_weeks: int = 0
    after_break: Fraction = Fraction(1)
    climb: Fraction = Fraction(0)
    climbing: int = 0
    last_week: int = -1
    logged: bool = False
    lines: dict[str, _Line] = field(default_factory=dict)

    def week(self, kind: WeekKind, exposures: Sequence[Exposure]) -> list[Load]:
        """Take a week in which the movement is done, in one session or several."""
        index = kind.number - 1
        self.max = min(self.max + self.earned, max(self.max, 1 + self.most))
        self.earned = Fraction(0)
        self._follow_log(max((exposure.day for exposure in exposures), default=0))
        settled = not self.climbing
        away = self._away(index)
        if away is not None:
            self.after_break, self.climbing = away, CLIMBING_WEEKS
            self.climb = (1 - away) / CLIMBING_WEEKS
        elif self.climbing:
            self.climbing -= 1
            self.after_break += self.climb
        self.last_week = index
        loads = [self._load(kind, exposure, away is not None, settled) for exposure in exposures]
        earning = [exposure for exposure in exposures if self._standing(exposure) is None]
        if earning and kind.working and away is None and settled and not self._near_race(index):
            self.earned = self.rate * Fraction(str(self.settings.slowing)) ** self.growing_weeks
            self.earned *= self._share(index, earning)
            self.growing_weeks += 1
        return loads

    def _follow_log(self, day: int) -> None:
        """After the day it was told the max is what the log says; where that is less, weights fall."""
        past = self.problem.instance.past
        told = None if past is None else past.maxes.get(self.exercise.id)
        if told is None or day <= told[0] or self.record is None or self.logged:
            return
        self.logged, before, self.max = True, self.max, told[1] / self.record
        for line in self.lines.values():
            line.fall = min(Fraction(1), self.max / before)

    def _away(self, index: int) -> Fraction | None:
        """What a break leaves of the max, if the movement is done for the first time after it."""
        rule, returns = self.problem.settings.return_from_break, self.problem.instance.returns
        since = [week for week in returns if self.last_week < week <= index]
        return None if rule is None or not since else rule.share(returns[since[-1]])

    def _share(self, index: int, exposures: Sequence[Exposure]) -> Fraction:
        """The week's share of the sets, and of what it allows the part that is done."""
        share = self.problem.factors[index].own
        if any(exposure.novel for exposure in exposures):
            share = min(share, NOVEL_SHARE)
        done, due = (sum(each) for each in zip(*((e.sets, e.due) for e in exposures), strict=True))
        return max(share, self.least_share) * min(Fraction(1), Fraction(done, due))

    def _near_race(self, index: int) -> bool:
        thursday = 7 * index + 3
        return any(
            0 <= run.day - thursday <= (LONG_DAYS if run.race.distance >= LONG_RACE else SHORT_DAYS)
            for run in self.problem.calendar.races
            if run.race is not None and run.race.priority == "A"
        )

    def _standing(self, exposure: Exposure) -> Fraction | None:
        """What the training max of a scheme stands for, as a share of the first max; None without one."""
        line = exposure.one_set.line
        unit, most = self.weights.unit, 1 + self.most
        return None if line is None else standing(line, self.exercise, self.record, unit, most)

    def _written(self, exposure: Exposure, line: _Line, top: int) -> Load:
        """Sets that are written one by one load what is written, of this week's max."""
        own = self._standing(exposure)
        now = (self.max if own is None else own) * self.after_break
        before, line.fall, targets = (
            line.share,
            Fraction(1),
            [now * one.share for one in exposure.one_set.each],
        )
        sets = tuple(map(self._nearest, targets))
        line.share = share = sets[top]
        line.first = share if line.first is None else line.first
        weight = None if self.record is None or self._too_heavy(targets[top]) else share * self.record
        return Load(now, weight, False, share, line.first, before, sets)

    def _load(self, kind: WeekKind, exposure: Exposure, returning: bool, settled: bool) -> Load:
        line, one_set = self.lines.setdefault(exposure.session, _Line()), exposure.one_set
        if one_set.line is not None:
            return self._written(exposure, line, one_set.line.top)
        now = self.max * self.after_break
        target = now * one_set.share
        before = line.share
        if before is None:
            share = self._nearest(target)
        else:
            last = before if line.fall == 1 else self._nearest(line.fall * before)
            share = self._after(last, target, line, kind, one_set, returning, settled)
        line.fall = Fraction(1)
        if kind.working or before is None:
            line.reps, line.wave = one_set.reps, one_set.wave
        line.share = share
        line.first = share if line.first is None else line.first
        weight = None if self.record is None or self._too_heavy(target) else share * self.record
        return Load(now, weight, self._ends(share, target), share, line.first, before)

    def _after(
        self,
        last: Fraction,
        target: Fraction,
        line: _Line,
        kind: WeekKind,
        one_set: PrescribedSet,
        returning: bool,
        settled: bool,
    ) -> Fraction:
        """What follows a weight: less only after a break or in a new wave, no more than a step above."""
        if returning:
            return self._nearest(self.after_break * last)
        if not kind.working:
            return last
        share = self._nearest(target)
        if share > last:
            fast = one_set.reps < line.reps or not settled
            return self._at_most(share, last, last * (FALLING_STEP if fast else STEP))
        return last if settled and one_set.wave <= line.wave else share

    def _too_heavy(self, target: Fraction) -> bool:
        """Whether even the lightest weight there is lies far above a target."""
        lightest = self._neighbours(Fraction(0)).above
        return lightest is not None and lightest > TOO_HEAVY * target * (self.record or 1)

    def _ends(self, share: Fraction, target: Fraction) -> bool:
        """Whether what is loaded is the heaviest there is, and too light."""
        if self.record is None or SAME * share >= target:
            return False
        return self._neighbours(share).above is None

    def _nearest(self, target: Fraction) -> Fraction:
        """The nearest that can be loaded if it lies little above, else the next lower one."""
        if self.record is None:
            return target
        near = self._neighbours(target)
        nearest = near.nearest(target * self.record)
        if nearest > SAME * target * self.record and near.below is not None:
            nearest = near.below
        return nearest / self.record

    def _at_most(self, share: Fraction, before: Fraction, most: Fraction) -> Fraction:
        """No more than so much, or one step of the kit if that is more."""
        if self.record is None:
            return min(share, most)
        step = self._neighbours(before).above
        most = max(most, before if step is None else step / self.record)
        if share <= most:
            return share
        below = self._neighbours(most).below
        return before if below is None else below / self.record

    def _neighbours(self, share: Fraction) -> Neighbours:
        return neighbours(share * (self.record or 1), self.implement, self.weights)


def growth_of(problem: Problem, exercise: Exercise, settings: progressive_overload.Parameters) -> Growth:
    """The path of a movement before its first week."""
    strength, experience = problem.scenario.strength, problem.scenario.athlete.experience
    new = experience == "new"
    percent = {
        "new": settings.new_percent,
        "trained": settings.trained_percent,
        "advanced": settings.advanced_percent,
    }[experience]
    rate = Fraction(str(percent)) / 100
    return Growth(
        problem=problem,
        exercise=exercise,
        settings=settings,
        record=problem.instance.ladder.one_rms.get(exercise.id),
        implement=implement_of(exercise, problem.instance.kit),
        weights=strength.weights,
        rate=rate if exercise.legs else rate * Fraction(str(settings.upper_share)),
        most=Fraction(str(settings.new_most_percent if new else settings.most_percent)) / 100,
        least_share=Fraction(str(settings.new_least_share)) if new else Fraction(0),
    )


def loads_of(problem: Problem, done: Mapping[str, Iterable[Exposure]]) -> dict[tuple[str, int, str], Load]:
    """What is loaded of each movement, by its id, week (index) and session; in order of weeks."""
    settings = problem.settings.progressive_overload
    kinds = week_kinds(problem.instance, problem.deload_weeks)
    loads: dict[tuple[str, int, str], Load] = {}
    if settings is None:
        return loads
    for name, exposures in done.items():
        growth = growth_of(problem, problem.instance.exercises[name], settings)
        in_order = sorted(exposures, key=lambda exposure: exposure.week)
        for week, of_week in groupby(in_order, key=lambda exposure: exposure.week):
            members = list(of_week)
            found = growth.week(kinds[week], members)
            loads |= {(name, week, each.session): load for each, load in zip(members, found, strict=True)}
    return loads
