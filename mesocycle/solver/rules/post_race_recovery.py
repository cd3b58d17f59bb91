"""No loaded lift in the days after a race.

What it does
------------
After a race the legs are left alone: from the race to so many days after it, by distance.

Why
---
After a marathon soreness lasts to the third day and fitness is back by the seventh; economy is down two
days after a duathlon and back at seven.

Options
-------
short_days (up to 10 km), half_days (up to a half marathon), marathon_days: 0 to 21. ultra_days: 0 to 28.

Source
------
PMC5613699 (marathon); Calbet (duathlon); the half is interpolated.
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
    short_days: int = Field(2, ge=0, le=21, description="Days after a race of up to 10 km.")
    half_days: int = Field(4, ge=0, le=21, description="Days after one of up to a half marathon.")
    marathon_days: int = Field(7, ge=0, le=21, description="Days after one of up to a marathon.")
    ultra_days: int = Field(10, ge=0, le=28, description="Days after a longer one.")


SECTION = base.Section.AROUND_RACES
UNIT = "lift too soon after a race"
RELAXATION = base.locked("rules.post_race_recovery", "the legs need these days after a race")


def place(problem: Problem, settings: Parameters) -> Iterator[base.Case]:
    """Close or price the race day after its start and the days that follow, race by race."""
    options = problem.options
    for race in problem.calendar.races:
        days = days_after(settings, race.metres or 0)
        chosen = base.where(
            options.loads_legs & (options.start >= race.start) & (options.day <= race.day + days)
        )
        yield from base.breaches(
            settings,
            chosen,
            np.ones_like(chosen),
            when=problem.at_day(race.day),
            text=f"no heavy legs for {days} days after the race of {problem.on(race.day)}",
            reason=base.reason("is", "are", "too soon after the race"),
        )


def days_after(settings: Parameters, metres: int) -> int:
    """Days of rest for the legs after a race of so many metres."""
    limits = ((10_000, settings.short_days), (21_200, settings.half_days), (42_300, settings.marathon_days))
    return next((days for most, days in limits if metres <= most), settings.ultra_days)
