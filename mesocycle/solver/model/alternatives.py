"""What else could be done: one model, asked for the best of several kinds of blocks.

To build a model takes ten times as long as to solve it where all but a few lifts are known to stay, or few
versions are left by a bound. So one model is built that holds for all questions about a lift, and each
question takes a copy of it in which what is not asked for is ruled out.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from copy import copy
from threading import Lock

import numpy as np

from mesocycle.models.plan import Status
from mesocycle.solver.model.canonical import LITTLE_WORK, most_readable
from mesocycle.solver.model.fronts import EQUAL, Comparison
from mesocycle.solver.model.narrowing import Kept, Narrowing, Wish
from mesocycle.solver.model.optimum import Relaxed
from mesocycle.solver.model.relaxation import CLOSED, Linear, Reduced, reduced, whole
from mesocycle.solver.model.rows import Block
from mesocycle.solver.model.search import Answer, Deadline, search
from mesocycle.solver.model.shapes import first_alike
from mesocycle.solver.placement.slots import Ints
from mesocycle.solver.prescription.amounts import per_set


def costs_of(relaxed: Relaxed, lift: int, wish: Wish, limit: int) -> tuple[Ints, Ints]:
    """Starts of a lift, and what each costs at least, as far as that is less than a limit.

    In points times `SCALE` beyond the least of the lift, over all versions that a wish leaves.
    """
    least = int(relaxed.claimed[lift])
    found = relaxed.within(lift, least + limit)
    own = relaxed.lifts[lift].listing(found[wish.versions(found)].tolist())
    alike = first_alike(own)
    lifts = tuple(own if other.index == lift else other.listing([]) for other in relaxed.lifts)
    placed = [set(alike.tolist()) if other.index == lift else set[int]() for other in lifts]
    grounded = relaxed.grounded(lifts, placed)
    options = grounded.problem.options
    of_version = np.full(len(alike), CLOSED, dtype=np.int64)
    np.minimum.at(of_version, alike, relaxed.pricing.exact(lift, own.sets, relaxed.weighted))
    usable = ~grounded.shut()
    costs = relaxed.weighted.placed(grounded)[usable] + of_version[options.version[usable]] - least
    return options.start[usable], np.minimum(costs, limit)


def cost_left_out(relaxed: Relaxed, lift: int) -> int:
    """What leaving a lift out costs beyond its least, in points times `SCALE`."""
    return int(relaxed.weighted.left_out[lift] - relaxed.claimed[lift])


def block_of_needed(relaxed: Relaxed, only: Narrowing) -> Block:
    """The model of the versions listed by now, and of all that it may depend on whether there is a block."""
    items = relaxed.lifts[only.lift].items
    # What is asked about by its sets is not replaced by what has others.
    counted = [per_set(items, [int(at == item) for at in range(len(items))]).table for item in only.wish.sets]
    asked = [Comparison(table, EQUAL) for table in counted]
    lifts = []
    for lift in relaxed.lifts:
        every = lift
        if lift.index not in only.kept:
            every = lift.listing_too(relaxed.hard_front(lift, asked if lift.index == only.lift else ()))
        lifts.append(every.listing(only.sets(lift.index, every.sets)))
    return relaxed.block(tuple(lifts), only=only)


def block_within(relaxed: Relaxed, only: Narrowing, limits: Ints) -> Block:
    """The model of what has reduced costs within limits, by lift."""
    limits = limits.copy()
    limits[list(only.kept)] = CLOSED
    none = np.zeros((0, 0), dtype=np.int64)
    lifts = []
    for lift in relaxed.lifts:
        at = lift.index
        lifts.append(
            lift.listing(only.sets(at, none if at in only.kept else relaxed.within(at, int(limits[at]))))
        )
    return relaxed.block(tuple(lifts), limits, only=only)


class Questions:
    """A model that is asked for the best block in which a lift stands in one way or another.

    A minute that is asked about has to be so of all its questions: of a day the best starts are kept.
    """

    def __init__(self, block: Block, lift: int, deadline: Deadline) -> None:
        self.block, self.deadline = block, deadline
        first, last = block.bounds[lift], block.bounds[lift + 1]
        self.starts = block.options.start[first:last]
        self.variables = np.array([variable.index for variable in block.chosen[first:last]], dtype=np.int64)

    def some(self, wish: Wish) -> Answer:
        """The best block of those that the model holds, without more ado."""
        return search(self._asked(self._closed(wish)), self.deadline)

    def all_best(self, wishes: Sequence[tuple[Wish, int]]) -> list[tuple[Answer, bool]]:
        """The best block for each wish, of at most so many points as one has that is known.

        Of equals the nearest to the reference plan. None is chosen where there is no better one. Each comes
        with whether the relaxation proves it. Two at a time are worked on; none depends on another.
        """
        self.linear, self.lock = Linear(self.block), Lock()
        if len(wishes) == 1:
            return [self._best(*wishes[0])]
        with ThreadPoolExecutor(2) as pool:
            return list(pool.map(lambda pair: self._best(*pair), wishes))

    def _best(self, wish: Wish, known: int) -> tuple[Answer, bool]:
        closed = self._closed(wish)
        found = self._reduced(closed)
        if found is not None:
            bound = whole(found.bound)
            if bound >= known:
                return Answer(Status.OPTIMAL, known, known, None), True
            # Nearly always some block meets the bound.
            met = most_readable(self._asked(closed, found, bound), bound, self.deadline, work=LITTLE_WORK)
            if met.chosen is not None:
                return met, True
        asked = self._asked(closed, found, known)
        asked.model.add(asked.objective <= known)
        answer = search(asked, self.deadline)
        if answer.status is not Status.OPTIMAL or answer.objective is None or answer.objective >= known:
            return answer, False
        asked = self._asked(closed, found, answer.objective)
        return most_readable(asked, answer.objective, self.deadline, known=answer), False

    def _reduced(self, closed: Sequence[int]) -> Reduced | None:
        """Reduced costs where some variables are closed."""
        with self.lock:
            self.linear.close(closed)
            solved = self.linear.multipliers(self.deadline)
            self.linear.close(closed, math.inf)
        return reduced(self._asked(closed), solved)

    def _closed(self, wish: Wish) -> list[int]:
        closed: list[int] = self.variables[~wish.starts(self.starts)].tolist()
        return closed

    def _asked(self, closed: Sequence[int], found: Reduced | None = None, target: int = 0) -> Block:
        """A copy of the model without some variables, nor those that no block of so many points has."""
        asked = copy(self.block)
        asked.model, asked.uppers = self.block.model.clone(), list(self.block.uppers)
        for at in closed:
            asked.uppers[at] = 0
            domain = asked.model.proto.variables[at].domain
            domain[0] = domain[1] = 0
        if found is not None:
            found.fix(asked, target)
        return asked


def placed_by(block: Block, answer: Answer) -> dict[int, Kept]:
    """How each lift that takes place does so in an answer."""
    problem, options = block.grounded.problem, block.grounded.problem.options
    starts = {int(options.lift[at]): int(options.start[at]) for at in answer.chosen or ()}
    return {
        lift: Kept(problem.lifts[lift].versions[answer.versions[lift]].sets, start)
        for lift, start in starts.items()
    }
