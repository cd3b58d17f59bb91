"""Running and lifting minutes of one day.

What it does
------------
Adds the day's running and the lift; minutes above the cap cost, as far as the lift causes them. Each lift
is judged with the running of its day; days without running have no cap.

Why
---
A long day of training is recovered from at the expense of the next one.

Options
-------
minutes: the cap (60 to 480). 10 minutes over are the unit.

Source
------
Design value.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from pydantic import Field

from mesocycle.solver.placement.problem import Problem
from mesocycle.solver.rules import base


class Parameters(base.Parameters):
    weight: base.Weight = 1
    minutes: int = Field(150, ge=60, le=480, description="Running and lifting minutes a day.")


SECTION = base.Section.AROUND_RUNS
UNIT = "10 min over"
RELAXATION = base.Relaxation(
    "rules.daily_stress_cap",
    (base.Give("minutes", 10, 6, "up to {to} min of training a day instead of {was} min"),),
)


def place(problem: Problem, settings: Parameters) -> Iterator[base.Case]:
    """Price or close what makes a day too long."""
    options = problem.options
    running: dict[int, int] = {}
    for run in problem.calendar.runs:
        running[run.day] = running.get(run.day, 0) + run.minutes
    for day, minutes in sorted(running.items()):
        chosen = base.where(options.day == day)
        lift = options.minutes[chosen]
        over = np.minimum(lift, lift + minutes - settings.minutes)
        yield from base.breaches(
            settings,
            chosen[over > 0],
            over[over > 0],
            when=problem.at_day(day),
            text=f"at most {settings.minutes} min of training on {problem.on(day)}",
            reason=base.reason("already holds", "already hold", f"{minutes} min of running"),
            per=10,
        )
