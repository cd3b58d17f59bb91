"""At most one lift a day.

What it does
------------
Limits the strength sessions of one day.

Why
---
Two sessions in a day need recovery that a runner spends on running.

Options
-------
most: sessions a day (1 or 2).

Source
------
Design value.
"""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import Field

from mesocycle.solver.placement.problem import Problem
from mesocycle.solver.rules import base


class Parameters(base.Parameters):
    hard: bool = True
    weight: base.Weight = 50
    most: int = Field(1, ge=1, le=2, description="Lifts a day.")


SECTION = base.Section.CALENDAR
UNIT = "lift more than the day holds"
RELAXATION = base.Relaxation(
    "rules.one_lift_per_day", (base.Give("most", 1, 1, "{to} lifts a day instead of {was}", 4),)
)


def ground(problem: Problem, settings: Parameters) -> Iterator[base.Case]:
    """Limit each day."""
    for day in range(problem.calendar.first_day, problem.calendar.last_day + 1):
        yield base.Limit(
            when=problem.at_day(day),
            text=f"at most {settings.most} lift{'s' if settings.most > 1 else ''} on {problem.on(day)}",
            most=settings.most,
            points=None if settings.hard else settings.weight,
            days=(("lift", day, day, 1),),
        )
