"""How far each option lies from a reference plan: among equally good blocks the nearest one is taken.

Fewest sessions moved first, then fewest of them to another day, then fewest with other sets. A session that
the reference does not know is free to stand anywhere.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mesocycle.models.clock import MINUTES_PER_DAY
from mesocycle.models.plan import Reference
from mesocycle.solver.problem import Problem
from mesocycle.solver.slots import Ints


@dataclass(frozen=True, eq=False)
class Nearness:
    """Distances from a reference plan: one for each option of the table, one for each lift left out."""

    options: Ints
    left_out: Ints

    def finer(self, prices: Ints) -> Ints:
        """Prices by which equals are told apart: points first, then distance."""
        return prices * (1 + int(self.options.max(initial=0))) + self.options


def nearness(problem: Problem, reference: Reference) -> Nearness:
    """Work out the distances of a problem's options."""
    options, lifts = problem.options, problem.lifts
    known = {one.id: one for one in reference.sessions}
    mine = [known.get(lift.id) for lift in lifts]
    there = np.array([one is not None for one in mine], dtype=bool)
    day = np.array([(one.date - problem.calendar.monday).days if one else 0 for one in mine], dtype=np.int64)
    start = np.array([one.start if one else 0 for one in mine], dtype=np.int64) + MINUTES_PER_DAY * day
    minutes = np.array([one.end - one.start if one else 0 for one in mine], dtype=np.int64)
    sets = np.array([one.sets if one else 0 for one in mine], dtype=np.int64)
    total = np.array(
        [lifts[lift].versions[version].total for lift, version in zip(*_pairs(problem), strict=True)]
    )
    # No number of cases of a lesser kind outweighs one of a greater.
    step = 1 + len(lifts)
    moved = (options.start != start[options.lift]) * step**2
    elsewhere = (options.day != day[options.lift]) * step
    resized = (total != sets[options.lift]) | (options.minutes != minutes[options.lift])
    return Nearness(
        options=np.where(there[options.lift], moved + elsewhere + resized, 0).astype(np.int64),
        # Left out is further away than anywhere else.
        left_out=np.where(there, step**2 + step + 1, 0).astype(np.int64),
    )


def _pairs(problem: Problem) -> tuple[list[int], list[int]]:
    return problem.options.lift.tolist(), problem.options.version.tolist()
