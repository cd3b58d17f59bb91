"""The sets a week allows are done.

What it does
------------
Each set short of what mileage, taper and deload allow that week costs, by its place in short_time_priority:
a set of the first three kinds kept (single-leg work, calves, main lifts) counts five, of the fourth (other
leg work) two, of the rest one; of a session given by its minutes three. A set below the exercise's own
least (or the week's own sets, if they are fewer) counts double, so that sets go before whole exercises do:
an exercise left out is short of all its sets, its least ones twice. A session left out is short of all its
sets, each counted once.

Why
---
Strength follows the sets of the main lifts first (Ralston 2017; Iversen 2021); article 003: some lifting
is better than none.

Options
-------
Hard: every session that takes place has all its sets; one left out costs as it does else.

Source
------
Ralston 2017; Iversen 2021; article 003.
"""

from __future__ import annotations

from collections.abc import Iterator

from mesocycle.solver.placement.problem import Problem
from mesocycle.solver.rules import base


class Parameters(base.Parameters):
    weight: base.Weight = 2


SECTION = base.Section.HOW_MUCH
UNIT = "set left out, a main set counting five times"
RELAXATION = base.Relaxation("rules.planned_sets")


def ground(problem: Problem, settings: Parameters) -> Iterator[base.Case]:
    """Price or bar the versions with fewer sets."""
    for lift in problem.lifts:
        text = f"all sets of {lift.name} in week {lift.week + 1}"
        yield from base.sized(settings, lift, lift.short, problem.at_lift(lift), text)
    lost = [
        settings.weight * sum(sets * item.worth for sets, item in zip(lift.own, lift.items, strict=True))
        for lift in problem.lifts
    ]
    yield base.LeaveOut(tuple(lift.index for lift in problem.lifts), tuple(lost))
