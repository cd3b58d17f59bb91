"""Preferred hours.

What it does
------------
A lift that starts outside the preferred windows costs. Without `preferred` the rule does nothing.

Why
---
No hour is best for strength (review of 2023); training at the hour one competes or likes helps to do it.

Options
-------
preferred: windows such as ["17:00-20:00"].

Source
------
Review of 2023 (no best time of day); the runner's taste.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from pydantic import Field

from mesocycle.models.clock import MINUTES_PER_DAY, TimeWindow
from mesocycle.solver.placement.problem import Problem
from mesocycle.solver.rules import base


class Parameters(base.Parameters):
    weight: base.Weight = 2
    preferred: tuple[TimeWindow, ...] = Field(
        (), max_length=12, description="Hours in which lifts should start."
    )


SECTION = base.Section.COMFORT
UNIT = "lift outside the preferred hours"
RELAXATION = base.Relaxation("rules.time_of_day.preferred")


def place(problem: Problem, settings: Parameters) -> Iterator[base.Case]:
    """Price or close starts outside the preferred windows, day by day."""
    options = problem.options
    if not settings.preferred:
        return
    time = options.start % MINUTES_PER_DAY
    liked = np.zeros(len(options), dtype=bool)
    for window in settings.preferred:
        liked |= (time >= window.start_minute) & (time < window.end_minute)
    wrong = base.where(~liked)
    for day, chosen in base.group(wrong, options.day[wrong]):
        yield from base.breaches(
            settings,
            chosen,
            np.ones_like(chosen),
            when=problem.at_day(day),
            text=f"lifts on {problem.on(day)} start in your preferred hours",
            reason=base.reason("has", "have", "no preferred hour free"),
        )
