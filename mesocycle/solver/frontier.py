"""The exact trade-off between leg sets and interference with runs: every block that none beats in both.

An epsilon-constraint method (Haimes, Lasdon and Wismer 1971) with both ends proven: the least interference
and the most leg sets at that; then the same among blocks with more leg sets, until there are none. Each of
these pairs is shown by the block that the ordinary objective likes best among those that have it, and of
equals by the most readable. All patterns of lighter weeks are walked along side by side, so that every point
is proven against all of them as soon as it is reported.

Both searches run over the whole space of blocks, each with prices of its own (`optimum`, `Goal`). Where both
ends are fixed, dominated options are compared by interference first, then by points: of the blocks with a
pair's leg sets the one with the least interference, then points, is kept (`build_block`, `ceiling`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import NamedTuple

from mesocycle.models.comparison import Frontier, FrontierPoint
from mesocycle.models.errors import InternalError
from mesocycle.models.plan import Status
from mesocycle.models.scenario import Scenario
from mesocycle.solver.instance.instance import Instance
from mesocycle.solver.model.goal import LEG_SETS, Goal
from mesocycle.solver.model.grounding import Cases, few_versions
from mesocycle.solver.model.optimum import Outcome, Relaxed
from mesocycle.solver.model.search import Deadline
from mesocycle.solver.placement.problem import Problem
from mesocycle.solver.prescription.lifts import Lift
from mesocycle.solver.rules import CATALOGUE, deload_weeks
from mesocycle.solver.rules.base import Count, Limit, Section, When
from mesocycle.solver.rules.check import understand
from mesocycle.solver.solve import planned

INTERFERENCE = frozenset(
    rule.id for rule in CATALOGUE if rule.section in (Section.AROUND_RUNS, Section.AROUND_RACES)
)


def frontier(
    scenario: Scenario, deadline: Deadline, report: Callable[[FrontierPoint], None] | None = None
) -> Frontier:
    """Find every trade-off between leg sets and interference.

    Parameters
    ----------
    scenario : Scenario
        A runner, his runs and his wishes. All hard rules hold in every block.
    deadline : Deadline
        When to stop; Ctrl-C stops it too. Points proven until then are returned.
    report : callable, optional
        Called with each point as soon as it is proven.

    Raises
    ------
    ScenarioError
        If the scenario is wrong.
    InternalError
        If the verifier disagrees with the solver: our mistake.
    """
    points: list[FrontierPoint] = []
    complete = False
    try:
        for point in _points(understand(scenario), deadline):
            points.append(point)
            if report is not None:
                report(point)
        complete = True
    except _UnprovenError:
        pass
    except KeyboardInterrupt:  # outside the solver, which stops the deadline by itself
        deadline.stop()
    if complete:
        status = Status.OPTIMAL if points else Status.INFEASIBLE
    else:
        status = Status.FEASIBLE if points else Status.UNKNOWN
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

    def __init__(self, few: Problem, deadline: Deadline) -> None:
        self.few = few
        self.deadline = deadline
        self.lifts: tuple[Lift, ...] | None = None
        self.most = sum(lift.space.extremes(lift.leg_sets)[1] for lift in few.lifts)
        self.pair: _Pair | None = _Pair(0, 1)  # before the first

    def advance(self, least: int) -> None:
        """Go on to the first pair with so many leg sets or more; to None where there is none."""
        if self.pair is None or self.pair.leg_sets >= least:
            return
        # One leg set fewer never outweighs a point of interference.
        step = 1 + self.most
        goal = Goal(INTERFERENCE, step, legs=True, cases=self._enough(least))
        outcome = self._solve(goal)
        if outcome is None:
            self.pair = None
            return
        points, missing = divmod(outcome.answer.objective or 0, step)
        self.pair = _Pair(points, missing - self.most)

    def cheapest(self, pair: _Pair) -> Outcome:
        """Of the blocks that have a pair the one with the fewest points."""
        ceiling = (INTERFERENCE, pair.interference)
        outcome = self._solve(Goal(cases=self._enough(pair.leg_sets), ceiling=ceiling))
        if outcome is None:
            raise InternalError("the solver found a block and then proved that there is none")
        return outcome

    def _enough(self, least: int) -> Cases:
        """The demand for so many leg sets."""
        if least <= 0:
            return ()
        counts = tuple(Count(lift.index, lift.leg_sets, -1) for lift in self.few.lifts)
        text = f"at least {least} leg sets"
        return ((LEG_SETS, Limit(When("frontier"), text, -least, None, versions=counts)),)

    def _solve(self, goal: Goal) -> Outcome | None:
        """The proven best block for a goal; None where there is none."""
        if self.deadline.passed:
            raise _UnprovenError
        few = self.few if self.lifts is None else replace(self.few, lifts=self.lifts)
        relaxed = Relaxed(few, None, self.deadline, goal=goal)
        self.lifts = relaxed.lifts
        outcome = relaxed.search()
        if outcome.answer.status is Status.INFEASIBLE:
            return None
        if outcome.answer.status is not Status.OPTIMAL or outcome.grounded is None:
            raise _UnprovenError
        return outcome


def _points(instance: Instance, deadline: Deadline) -> Iterator[FrontierPoint]:
    """Every point, by rising leg sets; each is proven against all patterns."""
    sets = deload_weeks.patterns(instance)
    patterns = [_Pattern(few_versions(instance, weeks), deadline) for weeks in sets]
    least = 0
    while True:
        for pattern in patterns:
            pattern.advance(least)
        best = min((pattern.pair for pattern in patterns if pattern.pair is not None), default=None)
        if best is None:
            return
        # Of equals the first one is taken.
        tied = [pattern.cheapest(best) for pattern in patterns if pattern.pair == best]
        yield _point(instance, best, min(tied, key=lambda outcome: outcome.answer.objective or 0))
        least = best.leg_sets + 1


def _point(instance: Instance, pair: _Pair, outcome: Outcome) -> FrontierPoint:
    """The checked plan of a block."""
    grounded, chosen = outcome.grounded, outcome.answer.chosen or ()
    if grounded is None:
        raise InternalError("a proven block has lost what it was made of")
    plan, audit = planned(instance, grounded, outcome.answer)
    leg_sets = sum(grounded.problem.version_at(at).leg_sets for at in chosen)
    planned_pair = _Pair(sum(cost.points for cost in audit.costs if cost.rule in INTERFERENCE), -leg_sets)
    if planned_pair != pair:
        raise InternalError(f"the planned block trades {planned_pair}, the solver proved {pair}")
    return FrontierPoint(
        leg_sets=pair.leg_sets,
        interference=pair.interference,
        objective=audit.points,
        plan=plan,
        costs=audit.costs,
    )
