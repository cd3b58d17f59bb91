"""The exact trade-off between leg sets and interference with runs: every block that none beats in both.

An epsilon-constraint method (Haimes, Lasdon and Wismer 1971) with both ends proven: the least interference,
then the most leg sets at that; then the same among blocks with more leg sets, until there are none. Each of
these pairs is shown by the block that the ordinary objective likes best among those that have it, and of
equals by the most readable. All patterns of lighter weeks are walked along side by side, so that every point
is proven against all of them as soon as it is told.

Removing dominated options stays exact: within a lift, a rung and a day all options have the same leg sets, so
another start of the day changes only interference and points. Of the blocks with a pair's leg sets the one
with the least interference, then points, is kept (`build_block`, `first`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from mesocycle.models.errors import InternalError
from mesocycle.models.frontier import Frontier, FrontierPoint
from mesocycle.models.plan import Status
from mesocycle.models.scenario import Scenario
from mesocycle.solver.block import Block, build_block
from mesocycle.solver.canonical import canonical
from mesocycle.solver.grounding import Grounded, build_problem, ground
from mesocycle.solver.rows import sum_of
from mesocycle.solver.rules import deload_weeks
from mesocycle.solver.search import Answer, Deadline, search
from mesocycle.solver.solve import Context, planned, understand

# The catalogue's sections "Around runs" and "Around races".
INTERFERENCE = (
    "no_lower_lift_before_key_same_day",
    "no_lower_lift_day_before_key",
    "recovery_before_intensity",
    "min_gap_after_run",
    "min_gap_before_run",
    "session_order",
    "hard_easy_policy",
    "long_run_stack",
    "day_after_hard_fallback",
    "daily_stress_cap",
    "post_race_recovery",
    "race_blackout",
)


def frontier(
    scenario: Scenario, deadline: Deadline, told: Callable[[FrontierPoint], None] | None = None
) -> Frontier:
    """Find every trade-off between leg sets and interference.

    Parameters
    ----------
    scenario : Scenario
        A runner, his runs and his wishes. All hard rules hold in every block.
    deadline : Deadline
        When to stop; Ctrl-C stops it too. Points proven until then are returned.
    told : callable, optional
        Called with each point as soon as it is proven.

    Raises
    ------
    ScenarioError
        If the scenario is wrong.
    InternalError
        If the verifier disagrees with the solver: our mistake.
    """
    points: list[FrontierPoint] = []
    try:
        for point in _points(understand(scenario), deadline):
            points.append(point)
            if told is not None:
                told(point)
    except _UnprovenError:
        status = Status.FEASIBLE if points else Status.UNKNOWN
    except KeyboardInterrupt:  # outside the solver, which stops the deadline by itself
        deadline.stop()
        status = Status.FEASIBLE if points else Status.UNKNOWN
    else:
        status = Status.OPTIMAL if points else Status.INFEASIBLE
    return Frontier(name=scenario.name, status=status, points=tuple(points))


class _UnprovenError(Exception):
    """Time was up before an answer was proven."""


class _Pair(NamedTuple):
    """What a point trades; the smallest is the one with the least interference, then the most leg sets."""

    interference: int
    fewer_leg_sets: int  # leg sets, negative

    @property
    def leg_sets(self) -> int:
        """The leg sets themselves."""
        return -self.fewer_leg_sets


class _Pattern:
    """The walk along the frontier of one pattern of lighter weeks; `pair` is where it stands."""

    def __init__(self, block: Block, deadline: Deadline) -> None:
        self.block = block
        self.deadline = deadline
        options = block.grounded.problem.options.take(block.positions)
        self.leg_sets = sum_of(list(zip(block.chosen, options.leg_sets.tolist(), strict=True)))
        terms, offset = block.points_of(INTERFERENCE)
        self.interference = sum_of(terms) + offset
        self.pair: _Pair | None = _Pair(0, 1)  # before the first

    def advance(self, least: int) -> None:
        """Go on to the first pair with so many leg sets or more; to None where there is none."""
        if self.pair is None or self.pair.leg_sets >= least:
            return
        enough = self.leg_sets >= least
        fewest = self._solve(self.block.with_goal(self.interference, enough))
        if fewest is None:
            self.pair = None
            return
        points, _ = fewest
        most = self._again(self.block.with_goal(-self.leg_sets, enough, self.interference <= points))
        self.pair = _Pair(points, most[0])

    def cheapest(self, pair: _Pair) -> tuple[int, Block, Answer]:
        """The fewest points that a pair can have, the model of the blocks that have it, and one of them."""
        rows = (self.leg_sets >= pair.leg_sets, self.interference <= pair.interference)
        block = self.block.with_goal(self.block.objective, *rows)
        points, answer = self._again(block)
        return points, block, answer

    def _again(self, block: Block) -> tuple[int, Answer]:
        """Solve a model that has a block, as it was found before."""
        found = self._solve(block)
        if found is None:
            raise InternalError("the solver found a block and then proved that there is none")
        return found

    def _solve(self, block: Block) -> tuple[int, Answer] | None:
        """The proven least value of a model's goal, and a block that has it; None where it has no block."""
        if self.deadline.passed:
            raise _UnprovenError
        answer = search(block, self.deadline)
        if answer.status is Status.INFEASIBLE:
            return None
        if answer.status is not Status.OPTIMAL or answer.objective is None:
            raise _UnprovenError
        return answer.objective, answer


def _points(context: Context, deadline: Deadline) -> Iterator[FrontierPoint]:
    """Every point, by rising leg sets; each is proven against all patterns."""
    patterns = [_Pattern(block, deadline) for block in _blocks(context, deadline)]
    least = 0
    while True:
        for pattern in patterns:
            pattern.advance(least)
        best = min((pattern.pair for pattern in patterns if pattern.pair is not None), default=None)
        if best is None:
            return
        # Of equals the first one is taken.
        tied = [pattern.cheapest(best) for pattern in patterns if pattern.pair == best]
        _, block, answer = min(tied, key=lambda one: one[0])
        yield _point(context, best, block.grounded, canonical(block, answer, deadline))
        least = best.leg_sets + 1


def _blocks(context: Context, deadline: Deadline) -> Iterator[Block]:
    """The model of each pattern of lighter weeks."""
    lighter = context.settings.get("deload_weeks")
    for pattern in (frozenset(),) if lighter is None else deload_weeks.patterns(context.calendar, lighter):
        if deadline.passed:
            raise _UnprovenError
        problem = build_problem(context.scenario, context.settings, context.calendar, context.policy, pattern)
        yield build_block(ground(problem), first=INTERFERENCE)


def _point(context: Context, pair: _Pair, grounded: Grounded, answer: Answer) -> FrontierPoint:
    """The checked plan of a block."""
    plan, audit = planned(context, grounded, answer)
    told = _Pair(
        sum(cost.points for cost in audit.costs if cost.rule in INTERFERENCE),
        -int(grounded.problem.options.leg_sets[list(answer.chosen or ())].sum()),
    )
    if told != pair:
        raise InternalError(f"the planned block trades {told}, the solver proved {pair}")
    return FrontierPoint(
        leg_sets=pair.leg_sets,
        interference=pair.interference,
        objective=audit.points,
        plan=plan,
        costs=audit.costs,
    )
