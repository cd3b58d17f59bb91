"""What the rules say of a block that is lived by already: facts bind the future, and are not judged again.

A session that is settled stands where it stands. What only speaks of settled sessions forbids nothing any
more. What also speaks of others binds those: a limit that settled sessions exceed by themselves becomes "no
worse", and where more can only help, those that were left out count as done, as nothing is crammed in.
Prices stay: what is settled costs the same in every block.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property

import numpy as np

from mesocycle.models.clock import MINUTES_PER_DAY
from mesocycle.solver.placement.problem import Problem
from mesocycle.solver.placement.slots import KINDS, build_options
from mesocycle.solver.prescription.lifts import Lift
from mesocycle.solver.rules.base import Apart, Bar, Case, Changes, Close, Count, Home, LeaveOut, Limit

# What cases about what was done are filed under; no rule has that name.
SETTLED = "settled"
# More than any block costs otherwise.
DONE_POINTS = 100_000


def settled_cases(problem: Problem, cases: Sequence[tuple[str, Case]]) -> tuple[tuple[str, Case], ...]:
    """The cases as they bind what is not settled."""
    facts = _Facts(problem)
    return tuple((rule, bound) for rule, case in cases for bound in facts.bound(case))


def done_cases(problem: Problem) -> tuple[tuple[str, Case], ...]:
    """What was done takes place, whatever that costs."""
    done = tuple(
        lift.index for lift in problem.lifts if lift.settled is not None and lift.settled.start is not None
    )
    return ((SETTLED, LeaveOut(done, (DONE_POINTS,) * len(done))),) if done else ()


class _Facts:
    """The settled sessions of a problem, and what they come to."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.lifts = problem.lifts
        self.is_settled = np.array([lift.settled is not None for lift in self.lifts], dtype=bool)
        past = problem.instance.past
        self.now = 0 if past is None else past.now
        self.changed = frozenset() if past is None else past.changes

    def bound(self, case: Case) -> Iterator[Case]:
        """What is left of a case."""
        match case:
            case Close():
                free = case.options[~self.is_settled[self.problem.options.lift[case.options]]]
                if len(free):
                    yield replace(case, options=free)
            case Bar():
                if not self.is_settled[case.lift]:
                    yield case
            case Limit(points=None):
                yield from self._limit(case)
            case Home(points=None):
                yield from self._home(case)
            case Changes():
                yield self._changes(case)
            case Apart():
                # What starts within so many minutes after a day that is past may still be open.
                if (case.day + 1) * MINUTES_PER_DAY + case.minutes > self.now:
                    yield case
            case _:
                yield case

    def _limit(self, case: Limit) -> Iterator[Limit]:
        """A hard sum with what is settled in it; nothing where it speaks of nothing else."""
        open_counts = [count for count in case.versions if not self.is_settled[count.lift]]
        open_days = any(self._open_in(first, last) for _, first, last, _ in case.days)
        if not open_counts and not open_days:
            return
        done = self._done(case)
        helps = all(self._most(count) <= 0 for count in open_counts) and all(c <= 0 for *_, c in case.days)
        forgiven = self._forgiven(case) if helps else 0
        most = max(case.most + forgiven, done + self._least(case, open_counts))
        steps = tuple(step for each in case.steps for step in self._limit(each))
        yield replace(case, most=most, steps=steps)

    def _open_in(self, first: int, last: int) -> list[Lift]:
        """Sessions that may still stand on one of these days."""
        return [
            lift
            for lift in self.lifts
            if lift.settled is None and lift.week in range(first // 7, last // 7 + 1)
        ]

    def _done(self, case: Limit) -> int:
        """What settled sessions come to in a sum."""
        total = 0
        for count in case.versions:
            lift = self.lifts[count.lift]
            if lift.settled is not None and lift.settled.start is not None:
                total += count.coefficient * count.amount.at(lift.versions[0].sets)
        for kind, first, last, coefficient in case.days:
            total += coefficient * sum(n for day, n in self._by_day[kind].items() if first <= day <= last)
        return total

    def _forgiven(self, case: Limit) -> int:
        """What a demand lacks by sessions that were left out."""
        gone = [lift for lift in self.lifts if lift.settled is not None and lift.settled.start is None]
        total = 0
        for count in case.versions:
            lift = self.lifts[count.lift]
            if lift in gone:
                total += max(0, -count.coefficient * count.amount.at(lift.own))
        for _, first, last, coefficient in case.days:
            weeks = range(first // 7, last // 7 + 1)
            total += max(0, -coefficient) * sum(lift.week in weeks for lift in gone)
        return total

    def _most(self, count: Count) -> int:
        """The most that an open session can come to in a sum."""
        ends = self.lifts[count.lift].space.extremes(count.amount)
        return max(0, *(count.coefficient * end for end in ends))

    def _least(self, case: Limit, counts: Sequence[Count]) -> int:
        """The least that what is open can come to: leaving out is always possible."""
        total = 0
        for count in counts:
            ends = self.lifts[count.lift].space.extremes(count.amount)
            total += min(0, *(count.coefficient * end for end in ends))
        for _, first, last, coefficient in case.days:
            total += min(0, coefficient) * len(self._open_in(first, last))
        return total

    @cached_property
    def _by_day(self) -> dict[str, Counter[int]]:
        """By kind, how many settled sessions of it each day holds."""
        settled = tuple(
            lift if lift.settled is not None else replace(lift, versions=()) for lift in self.lifts
        )
        grid = self.problem.scenario.strength.grid_minutes
        options = build_options(self.problem.calendar, settled, grid, None)
        return {kind: Counter(options.day[options.of_kind(kind)].tolist()) for kind in KINDS}

    def _home(self, case: Home) -> Iterator[Home]:
        """A home weekday that has to be: that of most settled sessions; those elsewhere do not count."""
        days = {
            lift: self.lifts[lift].settled.start // MINUTES_PER_DAY % 7  # type: ignore[union-attr, operator]
            for lift in case.lifts
            if self.lifts[lift].settled is not None and self.lifts[lift].settled.start is not None  # type: ignore[union-attr]
        }
        usual = Counter(days.values()).most_common(1)
        kept = tuple(lift for lift in case.lifts if lift not in days or days[lift] == usual[0][0])
        yield replace(case, lifts=kept)

    def _changes(self, case: Changes) -> Changes:
        """What changes from now on: stretches with a change that was made are in order."""
        done = {week for scope, week in self.changed if scope == case.scope}
        still = [
            at
            for at, (week, lift) in enumerate(zip(case.weeks, case.lifts, strict=True))
            if not self.is_settled[lift] and all(abs(week - other) >= case.apart_weeks for other in done)
        ]
        return replace(
            case,
            lifts=tuple(case.lifts[at] for at in still),
            weeks=tuple(case.weeks[at] for at in still),
            whole=tuple(case.whole[at] for at in still),
            stretches=tuple(stretch for stretch in case.stretches if done.isdisjoint(stretch)),
        )
