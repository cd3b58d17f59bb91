"""A bound of the points that holds for every block of the space, found by columns that join.

The relaxation is solved over a few versions of each lift at the starts that an optimum may need. Starts that
its multipliers let cost less than the best of their lift join, until there are none; then `pricing` looks
through all versions for those that do, and they join, until there are none. From then on the bound holds for
every block of the space.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Sequence
from contextlib import suppress
from functools import cached_property

import numpy as np

from mesocycle.models.plan import Reference
from mesocycle.solver.model.block import build_block, needed
from mesocycle.solver.model.goal import POINTS, Goal
from mesocycle.solver.model.grounding import Cases, Grounded, joined, with_versions
from mesocycle.solver.model.nearness import Nearness, nearness
from mesocycle.solver.model.pricing import MOST_PLACED, Places, Pricing
from mesocycle.solver.model.relaxation import CLOSED, SCALE, Weighted, multipliers, whole
from mesocycle.solver.model.search import Deadline, TimeUpError
from mesocycle.solver.placement.problem import Problem
from mesocycle.solver.placement.slots import NEVER, Ints, Options, TooManyError, begins
from mesocycle.solver.prescription.amounts import Amount
from mesocycle.solver.prescription.lifts import Lift
from mesocycle.solver.prescription.versions import Space

# So many versions of a lift are listed at a time while the relaxation is still poor.
LISTED = 12
# Where more might join they are grouped by minutes and load, in steps of so many, before any is listed.
CELLS = ((10, 500), (2, 100))
# So many starts of a lift and day join the relaxation at a time.
JOINING = 3
# What a version has to save to join, in points times `SCALE`; the bound makes up for it.
NEGLIGIBLE = SCALE // 2**12


class Bounded:
    """One pattern of lighter weeks with its relaxation over all versions.

    Attributes
    ----------
    bound, scaled : int or None
        A bound of the points that holds for every block of the space, and the same times `SCALE` before it is
        rounded up; None before it is known.
    weighted, claimed : Weighted, Ints
        The multipliers that prove it, and what each lift costs at least under them.
    members : list of sets
        By lift, the sets of the versions that the relaxation is solved over; others are only listed.
    """

    def __init__(
        self,
        few: Problem,
        reference: Reference | None,
        deadline: Deadline,
        workers: int = 1,
        goal: Goal = POINTS,
        limit: Deadline | None = None,
        like: Bounded | None = None,
    ) -> None:
        self.goal = goal
        self.few = few
        self.reference = reference
        self.deadline = deadline
        # For the bound; half of the time is kept for a block: without one there is nothing to lift by.
        self.limit = deadline.part(0.5) if limit is None else limit
        self.workers = workers
        self.lifts = few.lifts
        self.content: Cases | None = None
        self.scaled: int | None = None
        self.joined: list[tuple[int, tuple[int, ...], int]] = []
        self.members = [{version.sets for version in lift.versions} for lift in few.lifts]
        if like is not None:
            self._begin_with(like)
        with suppress(TooManyError, TimeUpError):  # then no bound is known
            self.content = goal.content(few, self.limit.check)
            self.pricing = Pricing(few, self.content)
            self._solve()
        self.limit = deadline

    @cached_property
    def places(self) -> Places:
        """Where probes of the lifts may stand."""
        return Places(self.few, lambda problem: self.goal.placing(problem, self.limit.check))

    @property
    def bound(self) -> int | None:
        """No block of the space has fewer points; None where that is not known yet."""
        return None if self.scaled is None else max(0, whole(self.scaled))

    @property
    def known(self) -> Cases:
        """The cases about days, lifts and versions; raises TimeUpError if there was no time for them."""
        if self.content is None:
            raise TimeUpError
        return self.content

    def grounded(
        self,
        lifts: tuple[Lift, ...],
        placed: Sequence[Collection[int]] | None = None,
        grid: int | None = None,
    ) -> Grounded:
        """The problem with these versions, and its cases; `placed` and `grid` as in `with_versions`."""
        problem = with_versions(self.few, lifts, placed=placed, grid=grid, most=MOST_PLACED)
        return Grounded(problem, joined(self.known, self.goal.placing(problem, self.limit.check)))

    @cached_property
    def ground(self) -> Grounded:
        """The problem with the versions that are listed so far."""
        return self.grounded(self.lifts)

    def _near(self, grounded: Grounded, other: Reference | None = None) -> Nearness | None:
        reference = other or self.reference
        return None if reference is None else nearness(grounded.problem, reference)

    def _begin_with(self, other: Bounded) -> None:
        """Begin with the versions and starts that joined for another pattern: most will be needed again."""
        alike: dict[Hashable, set[tuple[int, ...]]] = {}
        for lift, before in zip(other.lifts, other.members, strict=True):
            alike.setdefault(_kind(lift), set()).update(before)
        lifts = []
        for lift, members in zip(self.lifts, self.members, strict=True):
            new = _of_space(lift.space, alike.get(_kind(lift), ()))
            members |= new
            lifts.append(lift.listing_too(sorted(new)))
        self.lifts = tuple(lifts)
        self.joined = [key for key in other.joined if key[1] in self.members[key[0]]]

    def _solve(self) -> None:
        """Let versions join until no other one can matter to the bound."""
        while self._relax():
            self.place = self.places.least(self.weighted)
            if self._more_join():
                continue
            if not self.limit.passed:
                # What might still cost less does so by less than all such lifts together matter.
                self.claimed = self.least - NEGLIGIBLE
                self.scaled = self.weighted.bound(self.claimed)
            return

    def _more_join(self) -> bool:
        """List versions until some of them join; whether any did."""
        while not self.limit.passed:
            more = self._list_more()
            pairs = zip(self.members, self.lifts, strict=True)
            listed = any(len(members) < len(lift.versions) for members, lift in pairs)
            if listed and self._join():
                return True
            if not more:
                return False
        return False

    def _relax(self) -> bool:
        """Solve the relaxation over all options of the members; whether there was time for it.

        It begins with those that `needed` leaves. Of the others those join whose reduced cost is below the
        least of their lift, until none is: so the bound is that of all options.
        """
        grounded, options = self.ground, self.ground.problem.options
        is_member = [
            np.array([version.sets in members for version in lift.versions], dtype=bool)
            for lift, members in zip(self.lifts, self.members, strict=True)
        ]
        inside = np.flatnonzero(~grounded.closed() & grounded.by_option(is_member))
        columns = needed(grounded, inside, self._near(grounded), self.goal.ceiling, self.limit.check)
        columns = np.union1d(columns, positions_of(grounded.problem, self.joined))
        while True:
            block = build_block(
                grounded,
                only=columns,
                reduce=False,
                ceiling=self.goal.ceiling,
                solved=False,
                check=self.limit.check,
            )
            if self.limit.passed:
                return False
            solved = multipliers(block, self.limit)
            rows = np.zeros(len(block.rows), dtype=np.int64) if solved is None else solved
            self.weighted = Weighted(block, rows)
            costs = self.reduced(grounded)
            self.least = self.weighted.left_out.copy()
            np.minimum.at(self.least, options.lift[columns], costs[columns])
            better = inside[costs[inside] < self.least[options.lift[inside]] - NEGLIGIBLE]
            if not len(better) or solved is None:
                np.minimum.at(self.least, options.lift[inside], costs[inside])
                return True
            more = _cheapest(options, costs, better)
            columns = np.union1d(columns, more)
            self.joined += _keys(grounded.problem, more)

    def _list_more(self) -> bool:
        """List versions that might cost less than the best, the likeliest first; whether there are any."""
        found = [self._might_join(lift) for lift in self.lifts]
        for step in CELLS:
            many = [len(sets) > LISTED for sets in found]
            if not any(many):
                break
            self.places.add(
                [
                    self.places.cells(
                        lift.index, lift.minutes.of(sets), Amount(lift.space.doses).of(sets), step
                    )
                    if more
                    else []
                    for lift, sets, more in zip(self.lifts, found, many, strict=True)
                ]
            )
            self.place = self.places.least(self.weighted)
            found = [
                self._might_join(lift) if more else sets
                for lift, sets, more in zip(self.lifts, found, many, strict=True)
            ]
        if not any(map(len, found)):
            return False
        self._list(
            lift.listing_too(map(tuple, sets[:LISTED].tolist()))
            for lift, sets in zip(self.lifts, found, strict=True)
        )
        return True

    def _list(self, lifts: Iterable[Lift]) -> None:
        """Take lifts with other versions listed."""
        self.lifts = tuple(lifts)
        del self.ground

    def _join(self) -> bool:
        """Let the listed versions join that do cost less than the best of their lift; whether any did."""
        problem = self.ground.problem
        options, costs = problem.options, self.reduced(self.ground)
        better = np.flatnonzero(costs < self.least[options.lift] - NEGLIGIBLE)
        pairs = np.unique(np.column_stack([options.lift[better], options.version[better]]), axis=0)
        # What helps in one week soon will in others of its kind.
        alike: dict[Hashable, set[tuple[int, ...]]] = {}
        for at, version in pairs.tolist():
            lift = problem.lifts[at]
            alike.setdefault(_kind(lift), set()).add(lift.versions[version].sets)
        for lift, members in zip(self.lifts, self.members, strict=True):
            members |= _of_space(lift.space, alike.get(_kind(lift), ()))
        if len(pairs):
            everyone = zip(self.lifts, self.members, strict=True)
            self._list(lift.listing_too(sorted(members)) for lift, members in everyone)
        return len(pairs) > 0

    def reduced(self, grounded: Grounded) -> Ints:
        """The reduced cost of every listed option; `CLOSED` where it may not be chosen."""
        parts = [self.pricing.exact(lift.index, lift.sets, self.weighted) for lift in grounded.problem.lifts]
        costs = self.weighted.placed(grounded) + grounded.by_option(parts)
        return np.where(grounded.closed(), CLOSED, costs)

    def within(self, lift: int, limit: int) -> Ints:
        """Sets of the versions of a lift whose reduced cost may lie within a limit."""
        return self.pricing.within(lift, self.weighted, self.places, self.place[lift], limit)[0]

    def _might_join(self, lift: Lift) -> Ints:
        """Sets of versions, not listed yet, that might cost less than the best; the likeliest first."""
        limit = int(self.least[lift.index]) - NEGLIGIBLE - 1
        sets, bounds = self.pricing.within(
            lift.index, self.weighted, self.places, self.place[lift.index], limit
        )
        lightest = self.pricing.lightest(lift.index, sets, self.weighted)
        sets, bounds = sets[lightest], bounds[lightest]
        known = {version.sets for version in lift.versions}
        order = np.lexsort([*sets.T[::-1], bounds]).tolist() if len(sets) else []
        new = [at for at in order if tuple(sets[at].tolist()) not in known]
        found: Ints = sets[new]
        return found


def _of_space(space: Space, every: Iterable[tuple[int, ...]]) -> set[tuple[int, ...]]:
    """Those of some numbers of sets that are versions here."""
    return {sets for sets in every if space.has(sets) and space.holds(space.version(sets))}


def _kind(lift: Lift) -> Hashable:
    """What makes two lifts alike: the same sets in the same session, whatever the repetitions."""
    return lift.session, lift.space.own, lift.space.tops, lift.space.limit, len(lift.items)


def _keys(problem: Problem, positions: Ints) -> list[tuple[int, tuple[int, ...], int]]:
    """Options by what they are, whatever else is listed: lift, sets and start."""
    picked = problem.options.take(positions)
    return [
        (lift, problem.lifts[lift].versions[version].sets, start)
        for lift, version, start in zip(
            picked.lift.tolist(), picked.version.tolist(), picked.start.tolist(), strict=True
        )
    ]


def positions_of(problem: Problem, keys: Sequence[tuple[int, tuple[int, ...], int]]) -> Ints:
    """Positions of options by what they are."""
    options, first = problem.options, np.cumsum([0, *(len(lift.versions) for lift in problem.lifts)])
    numbers = [{version.sets: at for at, version in enumerate(lift.versions)} for lift in problem.lifts]
    order = (first[options.lift] + options.version) * NEVER + options.start
    wanted = [int(first[lift] + numbers[lift][sets]) * NEVER + start for lift, sets, start in keys]
    positions: Ints = np.searchsorted(order, np.array(wanted, dtype=np.int64))
    return positions


def _cheapest(options: Options, costs: Ints, some: Ints) -> Ints:
    """Of some options the cheapest few of each lift and day, no two at one start."""
    order = some[np.lexsort([costs[some], options.start[some], options.lift[some]])]
    order = order[begins(options.lift[order], options.start[order])]
    order = order[np.lexsort([costs[order], options.day[order], options.lift[order]])]
    number = np.arange(len(order))
    new = begins(options.lift[order], options.day[order])
    return order[number - np.maximum.accumulate(np.where(new, number, 0)) < JOINING]
