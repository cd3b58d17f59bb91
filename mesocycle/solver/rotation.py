"""The rows of what changes in a session, and when: few Booleans beside the options, never on them.

A stretch of weeks without a change is paid for by one Boolean, and so is a change on a day that a key run
follows too soon. Weeks in a row make consecutive ones in every row, so that the linear relaxation is exact but
for the days.
"""

from __future__ import annotations

from collections.abc import Sequence

from ortools.sat.python import cp_model

from mesocycle.solver.rules.base import Changes

Terms = list[tuple[cp_model.IntVar, int]]


class Rotation:
    """Adds chains of changes to a model."""

    def __init__(self, model: cp_model.CpModel) -> None:
        self.model = model
        self.by_week: dict[tuple[str, int], list[cp_model.IntVar]] = {}

    def add(
        self,
        case: Changes,
        clear: Sequence[Sequence[cp_model.IntVar]],
        every: Sequence[int],
        left_out: Sequence[cp_model.IntVar],
    ) -> tuple[dict[tuple[str, int], cp_model.IntVar], Terms]:
        """Add one chain.

        Parameters
        ----------
        case : Changes
            The chain.
        clear : sequence of lists of Boolean variables
            For each of its weeks, the options on days that are clear of key runs.
        every : sequence of int
            How many options the lift of each week has.
        left_out : sequence of Boolean variables
            Whether that lift is left out.

        Returns
        -------
        dict, list
            Its variables by chain and week, and what they cost.
        """
        changes: dict[int, cp_model.IntVar] = {}
        terms: Terms = []
        for week, free, count, away in zip(case.weeks, clear, every, left_out, strict=True):
            change = changes[week] = self.model.new_bool_var("")
            self.model.add_implication(change, ~away)
            if not free:
                terms.append((change, case.near_points))
            elif len(free) < count:
                near = self.model.new_bool_var("")
                self.model.add(sum(free) + near >= change)
                terms.append((near, case.near_points))
            others = self.by_week.setdefault((case.session, week), [])
            for other in others:  # one change in a session of a week
                self.model.add_implication(change, ~other)
            others.append(change)
        for stretch in case.stretches:
            missed = self.model.new_bool_var("")
            self.model.add(sum(changes[week] for week in stretch if week in changes) + missed >= 1)
            terms.append((missed, case.points))
        for first in case.weeks:
            near_by = [changes[week] for week in case.weeks if first <= week < first + case.apart_weeks]
            if len(near_by) > 1:
                self.model.add_at_most_one(near_by)
        return {(case.scope, week): change for week, change in changes.items()}, terms
