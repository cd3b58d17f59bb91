"""Which versions a bound needs, out of all there are, without listing them.

What an option costs beyond its lift's least (its reduced cost, `relaxation`) has a part of its place and a
part of its version. The part of the version is a sum over the exercises, but for a few functions of such sums
that have a lower bound of that form (`Amount.slope`). The part of the place never falls as versions take
longer or load the legs more (`Rule.place`), so a few *probes* bound it from below: for some loads on the legs
a session of the fewest minutes that so much load takes. So all versions that may cost no more than some limit
are found exercise by exercise, leaving off what is above the limit already; none is missed, and the bound
holds for the whole space (docs/model.md).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from itertools import pairwise

import numpy as np

from mesocycle.solver.model.grounding import Cases, Grounded, with_versions
from mesocycle.solver.model.relaxation import CLOSED, SCALE, Weighted
from mesocycle.solver.placement.problem import Problem
from mesocycle.solver.placement.slots import Bools, Ints, TooManyError
from mesocycle.solver.prescription.amounts import Amount
from mesocycle.solver.prescription.items import LOADED_DOSE, REFERENCE_DOSE
from mesocycle.solver.prescription.versions import Space, Version
from mesocycle.solver.rules.base import Bar, Price

# So many unfinished versions of one lift are kept at a time, and so many options of all lifts; beyond, the
# block is called unproven. An option with all its facts takes about 250 bytes.
MOST_UNFINISHED = 400_000
MOST_PLACED = 4_000_000
# Loads on the legs at which a place is probed; where legs count as loaded or heavy is among them.
PROBES = (0, LOADED_DOSE, 4000, 6000, REFERENCE_DOSE)


def probes_of(space: Space) -> tuple[Version, ...]:
    """For each load that a version can have, one that takes no longer than any version of so much load."""
    found = []
    for load in PROBES:
        least = _least_tenths(space, load)
        if least is not None:
            found.append(Version(sets=(), minutes=space.minutes_after(least), dose=load, leg_sets=0))
    return tuple(found)


def _least_tenths(space: Space, load: int) -> int | None:
    """Tenths of seconds that so much load takes at least, or None where no version has so much.

    A lower bound: each unit gives load at the best rate of any number of its sets, up to its most.
    """
    rates: list[tuple[Fraction, int]] = []
    shortest: list[int] = []
    for unit, ways in zip(space.units, space.ways, strict=True):
        done = [n for n in ways if n]
        loads = [int(space.doses[list(unit), n].sum()) for n in done]
        times = [max(1, int(space.tenths[list(unit), n].sum())) for n in done]
        shortest += times
        pairs = zip(loads, times, strict=True)
        rates.append((max((Fraction(*pair) for pair in pairs), default=Fraction(0)), max(loads, default=0)))
    total, missing = Fraction(0), Fraction(load)
    for rate, most in sorted(rates, reverse=True):
        if rate and missing > 0:
            part = min(missing, Fraction(most))
            total, missing = total + part / rate, missing - part
    return None if missing > 0 else max(min(shortest, default=0), math.floor(total))


class Places:
    """Probes of all lifts at all their starts, and what rules charge them there."""

    def __init__(self, problem: Problem, placing: Callable[[Problem], Cases]) -> None:
        self.problem = problem
        self.placing = placing
        self.probes: list[list[Version]] = [[] for _ in problem.lifts]
        self.parts: list[tuple[Grounded, Ints, Bools]] = []
        known: dict[int, tuple[Version, ...]] = {}
        for lift in problem.lifts:
            if id(lift.space) not in known:
                known[id(lift.space)] = probes_of(lift.space)
        self.add([known[id(lift.space)] for lift in problem.lifts])

    def add(self, probes: Sequence[Sequence[Version]]) -> None:
        """Place further probes, given by lift."""
        lifts = tuple(
            replace(lift, versions=tuple(more)) for lift, more in zip(self.problem.lifts, probes, strict=True)
        )
        probed = with_versions(self.problem, lifts, most=MOST_PLACED)
        grounded = Grounded(probed, self.placing(probed))
        first = np.array([len(own) for own in self.probes], dtype=np.int64)
        numbers = probed.options.version + first[probed.options.lift] if len(probed.options) else first[:0]
        self.parts.append((grounded, numbers, ~grounded.shut()))
        for own, more in zip(self.probes, probes, strict=True):
            own += more

    def least(self, weighted: Weighted) -> list[Ints]:
        """By lift and probe, the least reduced cost of a place; `CLOSED` where there is none."""
        firsts = np.cumsum([0, *map(len, self.probes)])
        least = np.full(int(firsts[-1]), CLOSED, dtype=np.int64)
        for grounded, numbers, open_options in self.parts:
            costs = np.where(open_options, weighted.placed(grounded), CLOSED)
            np.minimum.at(least, firsts[grounded.problem.options.lift] + numbers, costs)
        return [least[first:last] for first, last in pairwise(firsts.tolist())]

    def below(self, lift: int, minutes: Ints, dose: Ints, least: Ints) -> Ints:
        """A lower bound of the place of versions that take so long and load so much."""
        bounds = np.full(len(minutes), -CLOSED, dtype=np.int64)
        for probe, cost in zip(self.probes[lift], least.tolist(), strict=True):
            fits = (minutes >= probe.minutes) & (dose >= probe.dose) & (_class(dose) == _class(probe.dose))
            bounds[fits] = np.maximum(bounds[fits], cost)
        return bounds

    def cells(self, lift: int, minutes: Ints, dose: Ints, step: tuple[int, int]) -> list[Version]:
        """Probes, not known yet, that bound such versions to so many minutes and so much load."""
        every, load = step
        corners = np.column_stack([minutes // every * every, dose // load * load])
        # What counts as loaded does so from the threshold on.
        corners[:, 1] = np.maximum(corners[:, 1], np.array([0, LOADED_DOSE, REFERENCE_DOSE])[_class(dose)])
        known = {(probe.minutes, probe.dose) for probe in self.probes[lift]}
        pairs = [tuple(pair) for pair in np.unique(corners, axis=0).tolist()]
        return [Version((), long, heavy, 0) for long, heavy in pairs if (long, heavy) not in known]


def _class(dose: Ints | int) -> Ints:
    """Whether so much load counts as none, as loaded or as heavy."""
    dose = np.asarray(dose)
    return (dose >= LOADED_DOSE).astype(np.int64) + (dose >= REFERENCE_DOSE)


def _front(minutes: Ints, dose: Ints, costs: Ints) -> Ints:
    """Positions that no other is as good as in all three; of equals the first."""
    order = np.lexsort([np.arange(len(costs)), costs, dose, minutes])
    rows, row = np.unique(minutes, return_inverse=True)
    columns, column = np.unique(dose, return_inverse=True)
    # One more row and column of what nothing can be as good as.
    least = np.full((len(rows) + 1, len(columns) + 1), CLOSED + 1, dtype=np.int64)
    np.minimum.at(least, (row + 1, column + 1), costs)
    least = np.minimum.accumulate(np.minimum.accumulate(least, axis=0), axis=1)
    before = np.minimum(least[row, column + 1], least[row + 1, column])
    same = (np.diff(row[order]) == 0) & (np.diff(column[order]) == 0)
    first = np.concatenate([[True], ~same])[: len(order)]
    kept: Ints = order[first & (costs[order] < before[order])]
    return kept


@dataclass(frozen=True, eq=False)
class Pricing:
    """What the versions of each lift cost, read off the cases once."""

    problem: Problem
    content: Cases

    @cached_property
    def prices(self) -> list[list[Price]]:
        """By lift what its versions cost."""
        prices: list[list[Price]] = [[] for _ in self.problem.lifts]
        for _, case in self.content:
            if isinstance(case, Price) and case.points:
                prices[case.lift].append(case)
        return prices

    @cached_property
    def bars(self) -> list[list[Bar]]:
        """By lift what its versions may not hold."""
        bars: list[list[Bar]] = [[] for _ in self.problem.lifts]
        for _, case in self.content:
            if isinstance(case, Bar):
                bars[case.lift].append(case)
        return bars

    def exact(self, lift: int, sets: Ints, weighted: Weighted) -> Ints:
        """Reduced cost of versions but for their place; `CLOSED` where one is barred."""
        costs = -weighted.versions(lift, sets)
        for price in self.prices[lift]:
            costs += SCALE * price.points * price.amount.of(sets)
        for bar in self.bars[lift]:
            costs[bar.amount.of(sets) > 0] = CLOSED
        return costs

    def within(
        self,
        lift: int,
        weighted: Weighted,
        places: Places,
        least: Ints,
        limit: int,
    ) -> tuple[Ints, Ints]:
        """All versions of a lift whose reduced cost may be no more than a limit.

        Parameters
        ----------
        lift : int
            Its index.
        weighted : Weighted
            The multipliers.
        places : Places
            Its probes.
        least : Ints
            Their least reduced costs.
        limit : int
            Most points times `SCALE`.

        Returns
        -------
        Ints, Ints
            Their sets, by version and item, and for each a lower bound of its reduced cost.
        """
        space = self.problem.lifts[lift].space
        least_place = int(least.min(initial=CLOSED))
        if least_place >= CLOSED:
            return np.zeros((0, len(space.items)), dtype=np.int64), np.zeros(0, dtype=np.int64)
        steps, base = self._steps(lift, weighted)
        rest = np.cumsum([0, *(int(step.min()) for step in steps[::-1])])[::-1][1:]
        counts, costs = np.zeros((1, 0), dtype=np.int64), np.array([base + least_place], dtype=np.int64)
        room = None if space.most_minutes is None else space.room(space.most_minutes)
        tenths = np.zeros(1, dtype=np.int64)
        for at, (unit, ways, step) in enumerate(zip(space.units, space.ways, steps, strict=True)):
            grown = costs[:, None] + step[None]
            keep = grown + int(rest[at]) <= limit
            longer = tenths[:, None] + space.tenths[list(unit)][:, list(ways)].sum(axis=0)[None]
            if room is not None:
                keep &= longer <= room
            number, way = np.nonzero(keep)
            counts = np.column_stack([counts[number], np.array(ways, dtype=np.int64)[way]])
            costs, tenths = grown[number, way], longer[number, way]
            if len(counts) > MOST_UNFINISHED:
                raise TooManyError
        sets = space.all_sets(counts)
        sets = sets[sets.any(axis=1)] if space.items else sets
        minutes, dose = self.problem.lifts[lift].minutes.of(sets), Amount(space.doses).of(sets)
        bounds = self.exact(lift, sets, weighted) + places.below(lift, minutes, dose, least)
        good = bounds <= limit
        return sets[good], bounds[good]

    def lightest(self, lift: int, sets: Ints, weighted: Weighted) -> Ints:
        """Positions of the versions of which one has the least reduced cost of them all.

        Theorem: of two versions that count for as many kinds, one that takes no longer, loads no more and
        costs no more wherever it stands also costs no more at any start where the other may stand.
        """
        own = self.problem.lifts[lift]
        minutes, dose = own.minutes.of(sets), Amount(own.space.doses).of(sets)
        costs = self.exact(lift, sets, weighted)
        jumps = own.per_set("landings", lambda item: item.contacts).of(sets) > 0
        kinds = 2 * _class(dose) + jumps
        kept = [
            members[_front(minutes[members], dose[members], costs[members])]
            for members in (np.flatnonzero(kinds == kind) for kind in np.unique(kinds))
        ]
        return np.sort(np.concatenate([np.zeros(0, dtype=np.int64), *kept]))

    def _steps(self, lift: int, weighted: Weighted) -> tuple[list[Ints], int]:
        """A lower bound of a version's cost: a part for each unit and number of sets, and a constant part."""
        space = self.problem.lifts[lift].space
        parts: list[tuple[int, Amount]] = [
            (SCALE * price.points, price.amount) for price in self.prices[lift]
        ]
        parts += [(-weight, count.amount) for weight, count in weighted.counts[lift]]
        base = 0
        table = np.zeros_like(space.tenths)
        for weight, amount in parts:
            end = amount.low if weight > 0 else amount.high
            base += weight * end
            if amount.slope == 1:
                table = table + weight * amount.table
            elif amount.slope:
                numerator, denominator = amount.slope.as_integer_ratio()
                table = table + (weight * numerator * amount.table) // denominator
        steps = [
            np.array([int(table[list(unit), n].sum()) for n in ways], dtype=np.int64)
            for unit, ways in zip(space.units, space.ways, strict=True)
        ]
        return steps, base
