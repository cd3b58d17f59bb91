"""The one answer among equals: the optimal block nearest to a reference plan, then the most readable."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from mesocycle.models.clock import MINUTES_PER_DAY
from mesocycle.models.plan import Status
from mesocycle.solver.model.nearness import Nearness
from mesocycle.solver.model.rows import Block
from mesocycle.solver.model.search import (
    PARAMETERS,
    Answer,
    Deadline,
    confirmed,
    read_answer,
    run_model,
    solver_with,
    status_of,
)
from mesocycle.solver.model.variables import Terms, sum_of
from mesocycle.solver.placement.problem import Problem
from mesocycle.solver.placement.slots import Ints, Options

# Small sessions fill the middle of the week first: its start belongs to lifts.
MIDWEEK = np.array([4, 2, 0, 1, 3, 5, 6], dtype=np.int64)
# Work on the most readable of equally good blocks, in the solver's own deterministic measure: many equals may
# take a minute to compare, and the block is optimal without it. A year takes a tenth of this.
MOST_WORK = 6.0
# Work on the question whether a block meets a bound, before another way is tried.
LITTLE_WORK = 0.6


def most_readable(
    block: Block,
    objective: int,
    deadline: Deadline,
    workers: int = 1,
    known: Answer | None = None,
    work: float | None = None,
) -> Answer:
    """Among all blocks of so many points find the one to show; there may be none of fewer points.

    The nearest to the reference plan, where there is one; of these the most readable: earlier in the week
    comes first, in the order of the program. The block's model serves no other question afterwards.

    Returns
    -------
    Answer
        INFEASIBLE where there is no such block, UNKNOWN where none was found. Without time left for the most
        readable one it is one of the equals, and not `canonical`.
    """
    answer = known or Answer(Status.UNKNOWN, None, None, None)
    most = MOST_WORK if work is None else work
    if deadline.passed:
        return answer
    block.model.add(block.objective <= objective)
    distances = [] if block.near is None else [_distances(block, block.near)]
    for wanted in (*distances, readability(block)):
        status, better = _least(block, answer, objective, wanted, deadline, workers, most)
        answer = answer if better is None else better
        if status is Status.INFEASIBLE and answer.chosen is None:
            status = confirmed(block, deadline, workers)
        if status is not Status.OPTIMAL:
            some = answer.chosen is not None or status is not Status.INFEASIBLE
            return answer if some else Answer(Status.INFEASIBLE, None, None, None)
    return replace(answer, canonical=True)


def _least(
    block: Block,
    known: Answer,
    objective: int,
    weights: Terms,
    deadline: Deadline,
    workers: int,
    work: float,
) -> tuple[Status, Answer | None]:
    """Find the block of least weight, and let no heavier one be found after it."""
    model = block.model
    if known.chosen is not None:
        hint(block, known)
    total = sum_of(weights)
    model.minimize(total)
    parameters = {**PARAMETERS, "num_workers": workers, "max_deterministic_time": work}
    solver = solver_with(parameters, deadline)
    status = status_of(run_model(solver, model, None, deadline))
    if status not in (Status.OPTIMAL, Status.FEASIBLE):
        return status, None
    model.add(total <= round(solver.objective_value))
    return status, read_answer(block, solver, Answer(Status.OPTIMAL, objective, objective, None))


def hint(block: Block, answer: Answer) -> None:
    """Let a search start from a known block; only complete hints are safe."""
    model = block.model
    model.clear_hints()  # type: ignore[no-untyped-call]  # ortools leaves it untyped
    picked = set(answer.chosen or ())
    options = block.grounded.problem.options
    placed = {int(options.lift[at]) for at in picked}
    lifts = options.lift[block.positions].tolist()
    for position, variable, lift, version in zip(
        block.positions.tolist(), block.chosen, lifts, block.version.tolist(), strict=True
    ):
        own = bool(block.versions[lift]) or version == answer.versions.get(lift)
        model.add_hint(variable, own and position in picked)
    for lift, variable in enumerate(block.left_out):
        model.add_hint(variable, lift not in placed)
    for lift, versions in enumerate(block.versions):
        for version, variable in versions.items():
            model.add_hint(variable, version == answer.versions.get(lift))
    for key, variable in block.changes.items():
        model.add_hint(variable, key in answer.changes)


def _distances(block: Block, near: Nearness) -> Terms:
    """How far the choices lie from the reference plan."""
    left_out = zip(block.left_out, near.left_out.tolist(), strict=True)
    return [*block.valued(near.starts, near.versions), *left_out]


def readability(block: Block) -> Terms:
    """Tie-break weights of the choices: a part of the start, a part of the version, and of lifts left out.

    Earlier weekdays first, the first session of the program most of all, small sessions in the middle of the
    week; then earlier hours and more sets. A small fixed remainder for each start and each version keeps two
    different blocks from having the same sum.
    """
    problem, options = block.grounded.problem, block.grounded.problem.options
    quarter = options.start % MINUTES_PER_DAY // 15
    starts = 2**16 * how_late(problem, options.lift, options.day) + 2**12 * quarter + _mixed(options)
    versions = [
        np.array(
            [
                2**12 * (sum(lift.space.tops) - version.total) + hash_of(lift.index, version.sets)
                for version in lift.versions
            ],
            dtype=np.int64,
        )
        for lift in problem.lifts
    ]
    return [*block.valued(starts, versions), *((variable, 2**22) for variable in block.left_out)]


def how_late(problem: Problem, lift: Ints, day: Ints) -> Ints:
    """How late in its week each lift looks on a day: the first of a week should be early most of all."""
    lifts = problem.lifts
    rank = np.zeros(len(lifts), dtype=np.int64)
    for each in lifts:
        before = lifts[max(0, each.index - 6) : each.index]
        rank[each.index] = sum(earlier.week == each.week for earlier in before)
    is_lift = np.array([each.is_lift for each in lifts], dtype=bool)
    weekday = day % 7
    return np.where(is_lift[lift], weekday * (8 - np.minimum(rank[lift], 6)), MIDWEEK[weekday])


def hash_of(lift: int, sets: Sequence[int]) -> int:
    """A fixed number below 2^11 for each version of a lift, without pattern."""
    mixed = lift * 0x9E3779B97F4A7C15
    for count in sets:
        mixed = ((mixed ^ count) * 0xC2B2AE3D27D4EB4F) % 2**64
        mixed ^= mixed >> 29
    return mixed % 2**11


def _mixed(options: Options) -> Ints:
    """A fixed number below 2^11 for each start of a lift, without pattern, so that swaps do not tie."""
    mixed = np.zeros(len(options), dtype=np.uint64)
    for column, odd in (
        (options.lift, 0x9E3779B97F4A7C15),
        (options.day, 0xC2B2AE3D27D4EB4F),
        (options.start, 0x165667B19E3779F9),
    ):
        mixed = (mixed ^ column.astype(np.uint64)) * np.uint64(odd)
        mixed ^= mixed >> np.uint64(29)
    return (mixed % np.uint64(2**11)).astype(np.int64)
