"""What else could be done: one model, asked for the best of several kinds of blocks.

To build a model takes ten times as long as to solve it where all but a few lifts are known to stay, or few
versions are left by a bound. So one model is built that holds for all questions about a lift, and each
question takes a copy of it in which what is not asked for is ruled out.
"""

from __future__ import annotations

from copy import copy

import numpy as np

from mesocycle.models.plan import Status
from mesocycle.solver.model.canonical import most_readable
from mesocycle.solver.model.fronts import EQUAL, Comparison
from mesocycle.solver.model.narrowing import Kept, Narrowing, Wish
from mesocycle.solver.model.optimum import Relaxed
from mesocycle.solver.model.relaxation import CLOSED, fix
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


def block_of_listed(relaxed: Relaxed, only: Narrowing) -> Block:
    """The model of the versions that are listed by now: some block is soon found in it."""
    lifts = (lift.listing(only.sets(lift.index, lift.sets)) for lift in relaxed.lifts)
    return relaxed.block(tuple(lifts), only=only)


def block_of_all_needed(relaxed: Relaxed, only: Narrowing) -> Block:
    """The model of all versions that it may depend on whether there is a block."""
    items = relaxed.lifts[only.lift].items
    # What is asked about by its sets is not replaced by what has others.
    asked = [per_set(items, [int(at == item) for at in range(len(items))]).table for item in only.wish.sets]
    fronts = relaxed.hard_fronts(only.lift, [Comparison(table, EQUAL) for table in asked])
    lifts = []
    for lift, front in zip(relaxed.lifts, fronts, strict=True):
        every = lift.listing_too(front)
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


def ask(
    block: Block, lift: int, wish: Wish, deadline: Deadline, known: int | None = None, confirm: bool = True
) -> Answer:
    """Find the best block in which a lift stands where it is asked to.

    Of equals the nearest to the reference plan; any of them where they cost as much as is `known` of one. A
    start that is asked about has to be so of all of a block's questions: of a day the best ones are kept.
    """
    asked = copy(block)
    asked.model, asked.uppers = block.model.clone(), list(block.uppers)
    first, last = block.bounds[lift], block.bounds[lift + 1]
    elsewhere = np.flatnonzero(~wish.starts(block.options.start[first:last]))
    for at in (first + elsewhere).tolist():
        asked.uppers[block.chosen[at].index] = 0
        domain = asked.model.proto.variables[block.chosen[at].index].domain
        domain[0] = domain[1] = 0
    if known is not None:
        bound = fix(asked, known, deadline)
        if bound is not None and bound >= known:
            return Answer(Status.OPTIMAL, known, known, None)
        asked.model.add(asked.objective <= known)
    answer = search(asked, deadline, confirm=confirm)
    if answer.status is not Status.OPTIMAL or answer.objective is None or answer.objective == known:
        return answer
    return most_readable(asked, answer.objective, deadline, known=answer)


def placed_by(block: Block, answer: Answer) -> dict[int, Kept]:
    """How each lift that takes place does so in an answer."""
    problem, options = block.grounded.problem, block.grounded.problem.options
    starts = {int(options.lift[at]): int(options.start[at]) for at in answer.chosen or ()}
    return {
        lift: Kept(problem.lifts[lift].versions[answer.versions[lift]].sets, start)
        for lift, start in starts.items()
    }
