"""What changes in a session, and when: few Booleans beside the options, never on them.

A stretch of weeks without a change is paid for by one Boolean. Weeks in a row make consecutive ones in every
row, so that the linear relaxation is exact. A price for changes near key runs would tie them to the days, and
with them to the home day of each session: that made a block of a year twelve times slower (docs/model.md). So
nearness only decides between weeks that are equally good, once the days are known.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ortools.sat.python import cp_model

from mesocycle.models.errors import InternalError
from mesocycle.solver.rules.base import Changes

Terms = list[tuple[cp_model.IntVar, int]]
Moments = tuple[tuple[str, int], ...]


class Rotation:
    """Adds chains of changes to a model."""

    def __init__(self, model: cp_model.CpModel) -> None:
        self.model = model
        self.by_week: dict[tuple[str, int], list[cp_model.IntVar]] = {}

    def add(
        self, case: Changes, left_out: Sequence[cp_model.IntVar]
    ) -> tuple[dict[tuple[str, int], cp_model.IntVar], Terms]:
        """Add one chain.

        Parameters
        ----------
        case : Changes
            The chain.
        left_out : sequence of Boolean variables
            For each of its weeks, whether its lift is left out.

        Returns
        -------
        dict, list
            Its variables by chain and week, and what they cost.
        """
        changes: dict[int, cp_model.IntVar] = {}
        for week, away in zip(case.weeks, left_out, strict=True):
            change = changes[week] = self.model.new_bool_var("")
            self.model.add_implication(change, ~away)
            others = self.by_week.setdefault((case.session, week), [])
            for other in others:  # one change in a session of a week
                self.model.add_implication(change, ~other)
            others.append(change)
        terms: Terms = []
        for stretch in case.stretches:
            missed = self.model.new_bool_var("")
            self.model.add(sum(changes[week] for week in stretch if week in changes) + missed >= 1)
            terms.append((missed, case.points))
        for first in case.weeks:
            near_by = [changes[week] for week in case.weeks if first <= week < first + case.apart_weeks]
            if len(near_by) > 1:
                self.model.add_at_most_one(near_by)
        return {(case.scope, week): change for week, change in changes.items()}, terms


def best_weeks(cases: Iterable[Changes], chosen: Sequence[int], lift_of: Sequence[int]) -> Moments:
    """Among the equally good weeks of change of a placed block take those clear of key runs, then early ones.

    Parameters
    ----------
    cases : iterable of Changes
        All chains of the block.
    chosen : sequence of int
        Positions of the placed options, `lift_of` the lift of each.

    Returns
    -------
    tuple of (str, int)
        Chain and week of each change.
    """
    model = cp_model.CpModel()
    rotation = Rotation(model)
    placed, at = set(lift_of), set(chosen)
    changes: dict[tuple[str, int], cp_model.IntVar] = {}
    weighted: list[tuple[cp_model.IntVar, int]] = []
    for case in cases:
        away = [model.new_constant(lift not in placed) for lift in case.lifts]
        own, terms = rotation.add(case, away)
        changes |= own
        weighted += [(variable, 2**24 * points) for variable, points in terms]
        for week, clear in zip(case.weeks, case.clear, strict=True):
            near = at.isdisjoint(clear.tolist())
            weighted.append((own[case.scope, week], 2**14 * near + 2**13 + week))
    if not changes:
        return ()
    model.minimize(cp_model.LinearExpr.weighted_sum([v for v, _ in weighted], [c for _, c in weighted]))
    solver = cp_model.CpSolver()
    # Without the linear relaxation a year takes minutes, with it milliseconds.
    solver.parameters.num_workers = 1
    solver.parameters.linearization_level = 2
    solver.parameters.catch_sigint_signal = False  # it would leave the process without any handler
    if solver.solve(model) != cp_model.OPTIMAL:
        raise InternalError("the weeks of change were not found")
    return tuple(key for key, change in changes.items() if solver.boolean_value(change))
