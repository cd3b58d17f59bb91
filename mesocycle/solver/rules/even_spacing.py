"""Lifts spread evenly.

What it does
------------
With two lifts a week, any three days in a row hold at most one; with three a week, any two days; a lift
more in such a stretch costs. With one a week any three days are looked at, with four or more none. A
stretch across Sunday goes by the week in which it begins.

Why
---
Bunched lifts leave long gaps; it decides between days that are otherwise equal (Tuesday and Saturday
rather than Tuesday and Thursday).

Options
-------
None beyond hard, soft and weight.

Source
------
Derived; low confidence, hence the low weight.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from mesocycle.solver.placement.problem import Problem
from mesocycle.solver.rules import base


class Parameters(base.Parameters):
    weight: base.Weight = 1


SECTION = base.Section.BETWEEN_LIFTS
UNIT = "crowded stretch of days"
RELAXATION = base.Relaxation("rules.even_spacing")


def ground(problem: Problem, settings: Parameters) -> Iterator[base.Case]:
    """Limit each range of days."""
    calendar = problem.calendar
    counts = Counter(lift.week for lift in problem.lifts if lift.is_lift)
    for day in range(calendar.first_day, calendar.last_day + 1):
        length = _days_for_one(counts[day // 7])
        until = day + length - 1
        if length > 1 and until <= calendar.last_day:
            yield base.Limit(
                when=problem.at_day(day, alone=False),
                text=f"one lift in the {length} days from {problem.on(day)}",
                most=1,
                points=None if settings.hard else settings.weight,
                days=(("lift", day, until, 1),),
            )


def _days_for_one(lifts_per_week: int) -> int:
    """Days in a row that should hold one lift at most."""
    return min(3, 7 // lifts_per_week) if lifts_per_week else 1
