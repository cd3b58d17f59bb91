"""Stretches judged without the diagnosis: every start and version, the optimum's own builder, and counting.

Nothing here uses thinned tables, switches or the solver's parameters for feasibility: a set of rule instances
is built in as hard rules and solved with presolve and the full relaxation; "infeasible" is confirmed without.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from itertools import combinations, product
from typing import Any

import numpy as np
import pytest

import mesocycle as mc
from mesocycle.models.clock import MINUTES_PER_DAY
from mesocycle.models.plan import Status
from mesocycle.solver.diagnose.assumption_model import Effort
from mesocycle.solver.diagnose.search import whole_block
from mesocycle.solver.diagnose.week_range import WeekRange, cut
from mesocycle.solver.model.block import build_block
from mesocycle.solver.model.fronts import Comparison, front
from mesocycle.solver.model.grounding import Grounded
from mesocycle.solver.model.rows import Block
from mesocycle.solver.model.search import Deadline, search
from mesocycle.solver.placement.slots import Options
from mesocycle.solver.prescription.versions import Space, Version
from mesocycle.solver.rules.base import Apart, Bar, Case, Close, Home, Limit

# Sessions with more combinations of sets than this are not tried in full.
MOST_VERSIONS = 20
Instance = tuple[str, str]
Hard = Close | Bar | Limit | Apart | Home


def whole_stretch(
    scenario: mc.Scenario, weeks: Iterable[int], pattern: int | None = None, inside: bool = False
) -> WeekRange:
    """Weeks (indices) with all their starts and all versions, of every pattern of lighter weeks or of one.

    `inside` keeps to the starts in free windows.
    """
    whole = whole_block(scenario, Effort(Deadline(None)), pattern)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("mesocycle.solver.diagnose.week_range.front", _all_if_few)
        return cut(whole.problem, whole.lifts, weeks, inside=inside)


def _all_if_few(space: Space, compared: Sequence[Comparison]) -> tuple[Version, ...]:
    """All versions of a small session; of a large one those that are needed, as nothing can try the rest."""
    return space.every() if space.count <= MOST_VERSIONS else front(space, compared)


def instances_of(stretch: WeekRange) -> tuple[Instance, ...]:
    """Names of the hard cases of a stretch."""
    return tuple(dict.fromkeys((rule, case.scope) for rule, case in hard(stretch)))


def hard(stretch: WeekRange) -> list[tuple[str, Hard]]:
    """The hard cases, which are all that a stretch has."""
    return [(rule, case) for rule, case in stretch.grounded.cases if isinstance(case, Hard)]


def barred(stretch: WeekRange, case: Bar) -> Any:
    """Which options have a version that a case bars."""
    options, lift = stretch.problem.options, stretch.problem.lifts[case.lift]
    marks = case.amount.of(lift.sets) > 0
    mine = options.lift == case.lift
    mask = np.zeros(len(options), dtype=bool)
    mask[mine] = marks[options.version[mine]]
    return mask


def counted(stretch: WeekRange, case: Limit) -> Any:
    """What each option counts in a sum by its version."""
    options = stretch.problem.options
    terms = np.zeros(len(options), dtype=np.int64)
    for count in case.versions:
        mine = options.lift == count.lift
        amounts = count.amount.of(stretch.problem.lifts[count.lift].sets)
        terms[mine] += count.coefficient * amounts[options.version[mine]]
    return terms


def block_of(stretch: WeekRange, on: Collection[Instance]) -> tuple[int, ...] | None:
    """Some choice of options that keeps these instances, or None where it is proven that there is none."""
    kept = [(rule, case) for rule, case in hard(stretch) if (rule, case.scope) in on]
    others = tuple((rule, case) for rule, case in kept if not isinstance(case, Apart))
    problem = stretch.problem.seen_with(settings=replace(stretch.problem.settings, one_lift_per_day=None))
    block = build_block(Grounded(problem, others), reduce=False)
    for _, case in kept:
        # The builder's own rows for spacing count on those of the days before.
        if isinstance(case, Apart):
            _keep_apart(block, case)
    answer = search(block, Deadline(None))
    assert answer.status in (Status.OPTIMAL, Status.INFEASIBLE)
    assert answer.chosen is None or broken(stretch, answer.chosen).isdisjoint(on)
    return answer.chosen


def _keep_apart(block: Block, case: Apart) -> None:
    """Of the loaded lifts of a day none stands too close to a later one, of the same day or another."""
    options = block.grounded.problem.options.take(block.positions)
    loaded = np.flatnonzero(options.loaded & (options.start >= case.day * MINUTES_PER_DAY))
    of_day = loaded[options.day[loaded] == case.day]
    ways = zip(options.lift[loaded].tolist(), options.start[loaded].tolist(), strict=True)
    for lift, start in sorted(set(ways)):
        before = of_day[(options.start[of_day] <= start) & (start - options.start[of_day] < case.minutes)]
        others = before[options.lift[before] != lift]
        here = loaded[(options.start[loaded] == start) & (options.lift[loaded] == lift)]
        if len(others):
            # Those before lie as close to each other: one of them at most, too.
            block.model.add_at_most_one([block.chosen[at] for at in (*others.tolist(), *here.tolist())])


def broken(stretch: WeekRange, chosen: Sequence[int]) -> frozenset[Instance]:
    """The instances that a choice of options breaks, by counting."""
    return frozenset((rule, case.scope) for rule, case in hard(stretch) if _breaks(stretch, case, chosen))


def _breaks(stretch: WeekRange, case: Case, chosen: Sequence[int]) -> bool:
    options = stretch.problem.options
    at = np.array(chosen, dtype=np.int64)
    match case:
        case Close():
            return bool(np.isin(at, case.options).any())
        case Bar():
            return bool(barred(stretch, case)[at].any())
        case Limit():
            total = int(counted(stretch, case)[at].sum())
            for kind, first, last, coefficient in case.days:
                total += coefficient * int(_days(options, at, kind, first, last))
            return bool(total > case.most)
        case Apart():
            starts = options.start[at[options.loaded[at]]]
            return any(
                min(pair) // MINUTES_PER_DAY == case.day and max(pair) - min(pair) < case.minutes
                for pair in combinations(starts.tolist(), 2)
            )
        case Home():
            mine = at[np.isin(options.lift[at], case.lifts)]
            return len(set((options.day[mine] % 7).tolist())) > 1
    raise AssertionError(f"a stretch has no such case: {case}")


def _days(options: Options, at: Any, kind: str, first: int, last: int) -> int:
    mask = (options.day[at] >= first) & (options.day[at] <= last)
    return int(np.count_nonzero(mask & options.of_kind(kind)[at]))


def least_breaks(stretch: WeekRange) -> list[frozenset[Instance]]:
    """Of the sets of instances that some choice of starts breaks the least ones, by trying every choice.

    Instances can hold together if and only if one of these sets lies outside them. For three lifts at most.
    """
    names = instances_of(stretch)
    least: list[int] = []
    for mask in sorted(_Table(stretch, names).masks(), key=int.bit_count):
        if not any(one & mask == one for one in least):
            least.append(mask)
    return [frozenset(name for at, name in enumerate(names) if mask >> at & 1) for mask in least]


class _Table:
    """What each option breaks by itself, what it adds to each sum; one more column for a lift left out."""

    def __init__(self, stretch: WeekRange, names: Sequence[Instance]) -> None:
        self.options = options = stretch.problem.options
        self.lifts = stretch.problem.lifts
        self.out = len(options)
        row = {name: at for at, name in enumerate(names)}
        self.alone = np.zeros((len(names), self.out + 1), dtype=bool)
        self.apart: list[tuple[int, int, int]] = []
        self.home: list[tuple[int, tuple[int, ...]]] = []
        rows, most, adds = list[int](), list[int](), list[Any]()
        for rule, case in hard(stretch):
            at = row[rule, case.scope]
            if isinstance(case, Close):
                self.alone[at, case.options] = True
            elif isinstance(case, Bar):
                self.alone[at, :-1] |= barred(stretch, case)
            elif isinstance(case, Limit):
                terms = np.append(counted(stretch, case), 0)
                for kind, first, last, coefficient in case.days:
                    mask = (options.day >= first) & (options.day <= last)
                    terms[:-1][mask & options.of_kind(kind)] += coefficient
                rows.append(at)
                most.append(case.most)
                adds.append(terms)
            elif isinstance(case, Apart):
                self.apart.append((at, case.day, case.minutes))
            else:
                self.home.append((at, case.lifts))
        self.rows, self.most = np.array(rows, dtype=np.int64), np.array(most, dtype=np.int64)
        self.adds = np.array(adds, dtype=np.int64).reshape(len(rows), self.out + 1)

    def masks(self) -> set[int]:
        """What each choice breaks, a bit for each instance."""
        assert len(self.lifts) <= 3
        if not self.lifts:
            return self._with_each((), np.array([self.out]))
        *outer, last = [self._different(lift.index) for lift in self.lifts]
        found: set[int] = set()
        for first in product(*(part.tolist() for part in outer)):
            pairs = combinations(enumerate(first), 2)
            if all(self._possible(a, at, b, np.array([to]))[0] for (a, at), (b, to) in pairs):
                found |= self._with_each(first, last)
        return found

    def _different(self, lift: int) -> Any:
        """Positions of a lift's options, without those that are worse at the same start; and of none."""
        mine = np.flatnonzero(self.options.lift == lift)
        facts = [self.options.end[mine], self.options.loaded[mine]]
        table = np.vstack([*facts, self.alone[:, mine], self.adds[:, mine]])
        kept: list[int] = []
        for start in np.unique(self.options.start[mine]):
            least: list[int] = []
            for at in np.flatnonzero(self.options.start[mine] == start).tolist():
                if not any((table[:, other] <= table[:, at]).all() for other in least):
                    least = [o for o in least if not (table[:, at] <= table[:, o]).all()] + [at]
            kept += least
        return np.append(mine[kept], self.out)

    def _with_each(self, first: Sequence[int], last: Any) -> set[int]:
        """What these options of the first lifts break with each of the last one's."""
        for number, at in enumerate(first):
            last = last[self._possible(number, at, len(first), last)]
        chosen = list(first)
        broken = self.alone[:, last] | self.alone[:, chosen].any(axis=1, keepdims=True)
        broken[self.rows] |= (
            self.adds[:, last] + self.adds[:, chosen].sum(axis=1)[:, None] > self.most[:, None]
        )
        for number, at in enumerate(first):
            self._pairs(broken, number, at, len(first), last)
            for other in range(number):
                self._pairs(broken, other, first[other], number, np.full(len(last), at))
        columns = np.unique(np.packbits(broken, axis=0, bitorder="little"), axis=1)
        return {int.from_bytes(column.tobytes(), "little") for column in columns.T}

    def _pairs(self, broken: Any, lift: int, at: int, other: int, those: Any) -> None:
        """Mark what an option of a lift breaks together with each of another's."""
        if at == self.out:
            return
        there = np.flatnonzero(those != self.out)
        start, day = self.options.start, self.options.day
        near = there[self.options.loaded[those[there]]] if self.options.loaded[at] else there[:0]
        early, late = np.minimum(start[at], start[those[near]]), np.maximum(start[at], start[those[near]])
        for row, when, minutes in self.apart:
            broken[row, near[(early // MINUTES_PER_DAY == when) & (late - early < minutes)]] = True
        for row, lifts in self.home:
            if lift in lifts and other in lifts:
                broken[row, there[day[those[there]] % 7 != day[at] % 7]] = True

    def _possible(self, lift: int, at: int, other: int, those: Any) -> Any:
        """Whether two lifts can be placed like this at all: no overlap, and equal sessions in their order."""
        start, end, day = (
            np.append(column, -1) for column in (self.options.start, self.options.end, self.options.day)
        )
        placed, both = those != self.out, (those != self.out) & (at != self.out)
        fine = ~(both & (start[those] < end[at]) & (start[at] < end[those]))
        if self.lifts[other].twin == lift:
            fine &= ~placed | (at != self.out)
            fine &= ~both | (day[those] >= day[at])
        return fine


def minimal_conflicts(least: Sequence[frozenset[Instance]], most: int) -> list[frozenset[Instance]] | None:
    """All least sets of instances that meet each of these sets; None if there are more than so many."""
    found: list[frozenset[Instance]] = [frozenset()]
    for broken in sorted(least, key=len):
        missed = [one for one in found if not one & broken]
        hits = [one for one in found if one & broken]
        more = {one | {name} for one in missed for name in broken}
        found = hits + [one for one in more if not any(hit <= one for hit in hits)]
        found = [one for one in found if not any(other < one for other in found)]
        if len(found) > most:
            return None
    return found
