"""How far each option lies from a reference plan: among equally good blocks the nearest one is taken.

Fewest sessions moved first, then fewest of them to another day, then fewest with other sets. A session that
the reference does not know is free to stand anywhere.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mesocycle.models.clock import MINUTES_PER_DAY
from mesocycle.models.plan import Reference, Standing
from mesocycle.solver.placement.problem import Problem
from mesocycle.solver.placement.slots import Ints
from mesocycle.solver.prescription.lifts import Lift


@dataclass(frozen=True, eq=False)
class Nearness:
    """Distances from a reference plan.

    Attributes
    ----------
    starts : for each option of the table what its start lies away.
    versions : by lift and listed version, whether its sets are others.
    left_out : for each lift what leaving it out counts.
    """

    starts: Ints
    versions: list[Ints]
    left_out: Ints

    def finer(self, prices: Ints) -> Ints:
        """Prices that compare starts of one version: points first, then distance."""
        return prices * (1 + int(self.starts.max(initial=0))) + self.starts


def nearness(problem: Problem, reference: Reference) -> Nearness:
    """Work out the distances of a problem's options."""
    options, lifts = problem.options, problem.lifts
    known = {standing.id: standing for standing in reference.sessions}
    before = [known.get(lift.id) for lift in lifts]
    there = np.array([standing is not None for standing in before], dtype=bool)
    days = [(standing.date - problem.calendar.monday).days if standing else 0 for standing in before]
    day = np.array(days, dtype=np.int64)
    starts = [standing.start if standing else 0 for standing in before]
    start = np.array(starts, dtype=np.int64) + MINUTES_PER_DAY * day
    # No number of cases of a lesser kind outweighs one of a greater.
    step = 1 + len(lifts)
    moved = (options.start != start[options.lift]) * step**2
    elsewhere = (options.day != day[options.lift]) * step
    return Nearness(
        starts=np.where(there[options.lift], moved + elsewhere, 0).astype(np.int64),
        versions=[_resized(lift, standing) for lift, standing in zip(lifts, before, strict=True)],
        # Left out is further away than anywhere else.
        left_out=np.where(there, step**2 + step + 1, 0).astype(np.int64),
    )


def _resized(lift: Lift, known: Standing | None) -> Ints:
    """One for each listed version with other sets or minutes than the reference has."""
    if known is None:
        return np.zeros(len(lift.versions), dtype=np.int64)
    same = [
        version.total == known.sets and version.minutes == known.end - known.start
        for version in lift.versions
    ]
    return 1 - np.array(same, dtype=np.int64)
