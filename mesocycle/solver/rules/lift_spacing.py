"""Time between loaded lifts.

What it does
------------
From the start of one loaded lift to the start of the next lie at least `hard_hours`. Beyond that, spacing
counts in days: each day short of `days` between loaded lifts costs. Where `heavy_days` is more than
`days`, each day short of it between two that both reach the full dose costs as well; where it is not, it
adds nothing. The last lift before the block counts as a loaded one in days; its hour is not known.

Why
---
The same muscles want 48 h (ACSM); the sample weeks of 003 and 004 lie two to five days apart. Days rather
than hours keep the model tight; the floor in hours matters only between neighbouring days.

Options
-------
hard_hours: 0 to 48. days, heavy_days: 1 to 4. `hard` is about the hours; days are always priced.

Source
------
ACSM leaflet; articles 003, 004.
"""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import Field

from mesocycle.solver.placement.problem import Problem
from mesocycle.solver.rules import base


class Parameters(base.Parameters):
    hard: bool = True
    weight: base.Weight = 15
    hard_hours: float = Field(24, ge=0, le=48, description="Hours from start to start, never undercut.")
    days: int = Field(2, ge=1, le=4, description="Days between loaded lifts.")
    heavy_days: int = Field(3, ge=1, le=4, description="Days between two lifts of the full dose.")


SECTION = base.Section.BETWEEN_LIFTS
UNIT = "day short"
RELAXATION = base.Relaxation(
    "rules.lift_spacing", (base.Give("hard_hours", -2, 3, "{to} h from lift to lift instead of {was} h", 2),)
)


def ground(problem: Problem, settings: Parameters) -> Iterator[base.Case]:
    """Close windows of hours to a second lift; price crowded ranges of days."""
    calendar = problem.calendar
    if settings.hard:
        minutes = round(60 * settings.hard_hours)
        for day in range(calendar.first_day, calendar.last_day + 1):
            yield base.Apart(
                when=problem.at_day(day),
                text=f"a lift on {problem.on(day)}, then {settings.hard_hours:g} h until the next",
                minutes=minutes,
                day=day,
            )
    last = calendar.last_lift_day
    for kind, days in (("loaded", settings.days), ("heavy", settings.heavy_days)):
        if days < 2 or (kind == "heavy" and days <= settings.days):
            continue
        # Two lifts n days apart share `days - n` ranges of that length: as many as they are days short.
        for day in range(calendar.first_day - days + 1, calendar.last_day + 1):
            until = day + days - 1
            before = kind == "loaded" and last is not None and day <= last <= until
            yield base.Limit(
                when=problem.at_day(day, kind),
                text=f"{days} days between lifts around {problem.on(until)}",
                most=0 if before else 1,
                points=settings.weight,
                days=((kind, max(day, calendar.first_day), min(until, calendar.last_day), 1),),
            )
