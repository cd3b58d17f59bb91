"""Rest days stay empty.

What it does
------------
A declared rest day (`athlete.rest_days`) takes no lift. A day that the run plan marks as rest is protected
at a price, and so are all days without a run in a week that has no more than `min_full_rest` of them.

Why
---
Articles 000 and 003 keep the rest day and the recovery days free; a lift on the only one leaves none.

Options
-------
min_full_rest: up to so many days without a run are protected in a week (0 to 3). `hard` is about the
declared days; the others are always soft.

Source
------
Articles 000, 003; Kranz (coaching).
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
    min_full_rest: int = Field(1, ge=0, le=3, description="Days a week that stay empty where possible.")


SECTION = base.Section.CALENDAR
UNIT = "lift on a rest day"
RELAXATION = base.Relaxation("athlete.rest_days", also="one of `athlete.rest_days`")


def place(problem: Problem, settings: Parameters) -> Iterator[base.Case]:
    """Close declared rest days; price the last empty days of a week."""
    options, calendar = problem.options, problem.calendar
    run_days = {run.day for run in calendar.runs}
    for week in calendar.weeks:
        empty = [day for day in week.days if day not in run_days or day in calendar.rest_days]
        for day in empty:
            chosen = base.where(options.day == day)
            if day in calendar.rest_days:
                yield from base.breaches(
                    settings,
                    chosen,
                    np.ones_like(chosen),
                    when=problem.at_day(day),
                    text=f"rest day: no lift on {problem.on(day)}",
                    reason=base.Reason("is your rest day", "are your rest days"),
                )
            elif len(chosen) and (day in calendar.marked_rest or len(empty) <= settings.min_full_rest):
                points = base.points_of(settings.weight, np.ones_like(chosen))
                yield base.Charge(
                    chosen, points, base.Reason("is a rest day of your plan", "are rest days of your plan")
                )
