"""A lift and a run do not overlap.

What it does
------------
Between a run and a lift there is time to change and to get to the weights.

Why
---
Nobody can do both at once.

Options
-------
transition_minutes: time between the two (0 to 60). Soft: 10 minutes too close are the unit.

Source
------
A fact of life.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from pydantic import Field

from mesocycle.solver.placement.problem import Problem
from mesocycle.solver.rules import base


class Parameters(base.Parameters):
    hard: bool = True
    weight: base.Weight = 20
    transition_minutes: int = Field(15, ge=0, le=60, description="Minutes between run and lift.")


SECTION = base.Section.CALENDAR
UNIT = "10 min too close to a run"
RELAXATION = base.locked("runs", "nobody is in two places at once")


def place(problem: Problem, settings: Parameters) -> Iterator[base.Case]:
    """Close or price what is too close to the run before or after, run by run."""
    options, runs = problem.options, problem.calendar.runs
    near = settings.transition_minutes
    sides = (("after", options.since_run, options.run_before), ("before", options.to_run, options.run_after))
    for side, gaps, neighbours in sides:
        short = np.maximum(0, near - gaps)
        wrong = base.where(short > 0)
        for run, chosen in base.group(wrong, neighbours[wrong]):
            whose = problem.whose(runs[run])
            yield from base.breaches(
                settings,
                chosen,
                short[chosen],
                when=problem.at_run(runs[run], side),
                text=f"no lift during {whose} or {near} min {side} it ({problem.on(runs[run].day)})",
                reason=base.reason("is", "are", f"taken by {whose}"),
                per=10,
            )
