"""Fewer sets before an A race, at the same load.

What it does
------------
In the weeks that lie in the last `days` before an A race a week allows `first_factor` of the sets, in the
last one `last_factor`. By default these are 7 days before up to 15 km, 10 before a half marathon, 14 before a
marathon and 21 before anything longer. Days and load stay.

Why
---
Two weeks with 41 to 60 % less volume at the same intensity and frequency work best (Bosquet 2007; Wang
2023).

Options
-------
days: 7 to 21, or by distance if left out. first_factor, last_factor: 0.3 to 1. Soft: sets above can be
bought, one set is the unit.

Source
------
Bosquet 2007; Wang 2023. The days by distance are a design value within their range.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from pydantic import Field

from mesocycle.solver.instance.calendar import Calendar
from mesocycle.solver.instance.phases import taper_days
from mesocycle.solver.placement.problem import Problem
from mesocycle.solver.rules import base


class Parameters(base.Parameters):
    hard: bool = True
    weight: base.Weight = 4
    days: int | None = Field(None, ge=7, le=21, description="Length of the taper; by distance if left out.")
    first_factor: float = Field(0.6, ge=0.3, le=1, description="Share of the sets before the last week.")
    last_factor: float = Field(0.4, ge=0.3, le=1, description="Share of the sets in the last week.")


SECTION = base.Section.THROUGH_THE_BLOCK
UNIT = "set over"
RELAXATION = base.locked("rules.taper_before_race", "it sizes sessions and forbids none")


def factors(
    calendar: Calendar, settings: Parameters, so_far: Sequence[Fraction], deloads: frozenset[int]
) -> list[Fraction]:
    """Share of the sets by the days from the week's Thursday to the race."""
    goals = [
        (run.day, settings.days or taper_days(run.race.distance))
        for run in calendar.races
        if run.race is not None and run.race.priority == "A"
    ]
    shares = []
    for index in range(len(calendar.weeks)):
        share = Fraction(1)
        for day, days in goals:
            ahead = day - (7 * index + 3)
            if day // 7 == index or 0 <= ahead <= 7:
                share = min(share, Fraction(str(settings.last_factor)))
            elif 0 <= ahead <= days:
                share = min(share, Fraction(str(settings.first_factor)))
        shares.append(share)
    return shares


def ground(problem: Problem, settings: Parameters) -> Iterator[base.Case]:
    """Price sets above the rule's own share where it is soft; where it is hard no version has any."""
    yield from base.sets_above(
        problem, settings, factors(problem.calendar, settings, (), problem.deload_weeks)
    )
