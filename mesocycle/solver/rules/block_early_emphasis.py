"""Strength is built early in the block.

What it does
------------
Where the block has a base phase, its weeks have all the sets that mileage leaves, and those of the build
phase `build_factor` of them at most; the smaller share counts, not the product. Peak and taper weeks are
trimmed by their own rules. Base lasts until mileage first reaches 80 % of the biggest week, a quarter of the
block at least and half at most if an A race is in it.

Why
---
Article 004: early in the cycle, at low mileage, is the time to build strength.

Options
-------
build_factor: 0.5 to 1. Soft: sets above can be bought, one set is the unit.

Source
------
Article 004.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from pydantic import Field

from mesocycle.solver.instance.calendar import Calendar
from mesocycle.solver.placement.problem import Problem
from mesocycle.solver.rules import base


class Parameters(base.Parameters):
    hard: bool = True
    weight: base.Weight = 4
    build_factor: float = Field(0.9, ge=0.5, le=1, description="Share of the sets in build weeks.")


FEWER = "strength is built earlier in the block"
SECTION = base.Section.THROUGH_THE_BLOCK
UNIT = "set over"
RELAXATION = base.locked("rules.block_early_emphasis", "it sizes sessions and forbids none")


def factors(
    calendar: Calendar, settings: Parameters, so_far: Sequence[Fraction], deloads: frozenset[int]
) -> list[Fraction]:
    """Share of the sets by phase."""
    based = any(week.phase == "base" for week in calendar.weeks)
    build = Fraction(str(settings.build_factor)) if based else Fraction(1)
    return [build if week.phase == "build" else Fraction(1) for week in calendar.weeks]


def ground(problem: Problem, settings: Parameters) -> Iterator[base.Case]:
    """Price sets above the rule's own share where it is soft; where it is hard no version has any."""
    yield from base.sets_above(
        problem, settings, factors(problem.calendar, settings, (), problem.deload_weeks)
    )
