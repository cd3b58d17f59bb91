"""The sets a week allows are done.

What it does
------------
Each set short of what mileage, taper and deload allow that week costs, counted from the last set done: a
first set is worth more than a fourth. The first, second, third and each further set are worth 16, 12, 4 and 2
of a squat or hinge, 10, 6, 3 and 2 of single-leg work and calves, 5, 3, 2 and 1 of other leg work, 4, 2, 1
and 1 of upper body and core (short_time_priority sets order and points); of a session given by its minutes
each set is worth 6. An exercise or a session left out is short of all its sets.

Why
---
Strength follows the sets of the main lifts first, the first of them most (Ralston 2017; Iversen 2021; Pelland
2024, preprint); one set a week holds it (Spiering 2021). Article 003: some lifting is better than none.

Options
-------
Hard: every session that takes place has all its sets; one left out costs as it does else.

Source
------
Ralston 2017; Iversen 2021; Pelland 2024; Spiering 2021; article 003. The points are design values.
"""

from __future__ import annotations

from collections.abc import Iterator

from mesocycle.solver.placement.problem import Problem
from mesocycle.solver.rules import base


class Parameters(base.Parameters):
    weight: base.Weight = 2


SECTION = base.Section.HOW_MUCH
UNIT = "set left out, by what it is worth"
RELAXATION = base.Relaxation("rules.planned_sets")


def ground(problem: Problem, settings: Parameters) -> Iterator[base.Case]:
    """Price or bar the versions with fewer sets."""
    for lift in problem.lifts:
        text = f"all sets of {lift.name} in week {lift.week + 1}"
        yield from base.sized(settings, lift, lift.short, problem.at_lift(lift), text)
    lost = [settings.weight * lift.short.at([0] * len(lift.items)) for lift in problem.lifts]
    yield base.LeaveOut(tuple(lift.index for lift in problem.lifts), tuple(lost))
