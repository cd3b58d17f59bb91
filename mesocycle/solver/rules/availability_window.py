"""A lift fits into a free window.

What it does
------------
The whole lift, with the time to get there and back, lies inside one of the day's free windows.

Why
---
A plan that ignores the day's commitments is not followed.

Options
-------
travel_minutes: kept free at both ends of a window (0 to 90). Soft: 10 minutes outside are the unit.

Source
------
The runner's own calendar.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from pydantic import Field

from mesocycle.models.clock import MINUTES_PER_DAY
from mesocycle.solver.placement.problem import Problem
from mesocycle.solver.rules import base


class Parameters(base.Parameters):
    hard: bool = True
    weight: base.Weight = 2
    travel_minutes: int = Field(0, ge=0, le=90, description="Minutes kept free at both ends of a window.")


SECTION = base.Section.CALENDAR
UNIT = "10 min outside a free window"
RELAXATION = base.Relaxation(
    "athlete.availability",
    also="a free window, up to two hours earlier or later; a new window on a day without one",
)


def place(problem: Problem, settings: Parameters) -> Iterator[base.Case]:
    """Price or close, day by day, what does not fit."""
    options = problem.options
    for day, chosen in base.group(np.arange(len(options)), options.day):
        start = options.start[chosen] - day * MINUTES_PER_DAY - settings.travel_minutes
        end = options.end[chosen] - day * MINUTES_PER_DAY + settings.travel_minutes
        inside = sum(
            np.maximum(0, np.minimum(end, window.end_minute) - np.maximum(start, window.start_minute))
            for window in problem.calendar.windows[day]
        )
        outside = end - start - inside
        wrong = outside > 0
        yield from base.breaches(
            settings,
            chosen[wrong],
            outside[wrong],
            when=problem.at_day(day),
            text=f"lifts on {problem.on(day)} only in your free windows",
            reason=base.reason("has", "have", "no free window that is long enough"),
            per=10,
        )
