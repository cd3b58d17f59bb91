"""No lift on a blocked date.

What it does
------------
Days of travel, illness or other commitments (`athlete.blocked`) stay without lifts.

Why
---
The runner said so.

Options
-------
None beyond hard, soft and weight.

Source
------
The runner's own calendar.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from mesocycle.solver.placement.problem import Problem
from mesocycle.solver.rules import base


class Parameters(base.Parameters):
    hard: bool = True
    weight: base.Weight = 100


SECTION = base.Section.CALENDAR
UNIT = "lift on a blocked date"
RELAXATION = base.locked("athlete.blocked", "travel and illness are facts")


def place(problem: Problem, settings: Parameters) -> Iterator[base.Case]:
    """Close or price every blocked day."""
    options = problem.options
    for day in sorted(problem.calendar.blocked):
        chosen = base.where(options.day == day)
        yield from base.breaches(
            settings,
            chosen,
            np.ones_like(chosen),
            when=problem.at_day(day),
            text=f"blocked: no lift on {problem.on(day)}",
            reason=base.reason("is", "are", "blocked"),
        )
