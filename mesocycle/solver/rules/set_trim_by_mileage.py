"""Fewer sets as mileage nears its peak, at the same load.

What it does
------------
With m = the week's mileage / the biggest before the taper, at most 1, a week allows all sets up to m =
`start_share` and falls in a line to `peak_factor` at m = 1. The share holds for the sets of a session
together: their number is rounded half up and handed out by largest remainder, in the order of
short_time_priority; main lifts, squats and hinges keep two sets, all others one; a superset or complex counts
as one exercise. What is new, stays light or comes after a break is capped after that, and what this frees
goes to nobody. Load is never lowered. Cutback, taper and recovery weeks count the biggest of the three weeks
before, those before the block included, so that low mileage there does not give the sets back. A block is
trimmed only if it rises: if its biggest week is 12 % above the mean of `history.weekly_distance` (its last
six; else of the first two whole weeks), or 10 % above the biggest week of it.

Why
---
Article 004: at peak mileage two sets instead of four, same weight. One set a week holds strength for
months if the load is kept (Spiering 2021).

Options
-------
start_share: 0.5 to 0.9. peak_factor: 0.25 to 1. Soft: sets above can be bought, one set is the unit.

Source
------
Article 004; Spiering 2021. What counts as rising is a design value.
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
    start_share: float = Field(
        0.7, ge=0.5, le=0.9, description="Share of peak mileage where trimming starts."
    )
    peak_factor: float = Field(0.5, ge=0.25, le=1, description="Share of the sets at peak mileage.")


FEWER = "mileage is near its peak"
SECTION = base.Section.THROUGH_THE_BLOCK
UNIT = "set over"
RELAXATION = base.locked("rules.set_trim_by_mileage", "it sizes sessions and forbids none")


def factors(
    calendar: Calendar, settings: Parameters, so_far: Sequence[Fraction], deloads: frozenset[int]
) -> list[Fraction]:
    """Share of the sets by mileage."""
    start, least = Fraction(str(settings.start_share)), Fraction(str(settings.peak_factor))
    shares = []
    for index in range(len(calendar.weeks)):
        m = min(Fraction(1), calendar.trim_load(index) / calendar.top) if calendar.rises else Fraction(0)
        shares.append(Fraction(1) if m <= start else 1 - (1 - least) * (m - start) / (1 - start))
    return shares


def ground(problem: Problem, settings: Parameters) -> Iterator[base.Case]:
    """Price sets above the rule's own share where it is soft; where it is hard no version has any."""
    yield from base.sets_above(
        problem, settings, factors(problem.calendar, settings, (), problem.deload_weeks)
    )
