"""A part of the leg work is done on one leg.

What it does
------------
Of the leg sets of a week at least `least_share` are single-leg ones; each quarter set short costs. A program
that holds too little of it is reported, not charged.

Why
---
Running is done on one leg at a time; article 004 puts single-leg work first when time is short.

Options
-------
least_share: 0, 0.25, 0.5 or 0.75. A quarter set is the unit.

Source
------
Article 004.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pydantic import Field

from mesocycle.models.plan import Notice
from mesocycle.solver.placement.problem import Problem
from mesocycle.solver.prescription.amounts import Amount
from mesocycle.solver.prescription.lifts import Lift
from mesocycle.solver.rules import base


class Parameters(base.Parameters):
    weight: base.Weight = 1
    least_share: float = Field(
        0.25, ge=0, le=0.75, multiple_of=0.25, description="Share of the leg sets, in quarters."
    )


SECTION = base.Section.CONTENT
UNIT = "quarter set short"
RELAXATION = base.Relaxation("rules.unilateral_share")


def ground(problem: Problem, settings: Parameters) -> Iterator[base.Case]:
    """Price leg sets beyond what the single-leg ones carry, where the week could hold enough of them."""
    for number, lifts in enumerate(problem.sessions_by_week()):
        # The week's own sets decide what it could hold; where they fall short it is only reported.
        most = max((lift.space.extremes(_short(lift, settings))[1] for lift in lifts), default=0)
        if most <= 0 or _week_short(lifts, settings) > 0:
            continue
        yield base.Limit(
            when=problem.at_week(number),
            text=f"{100 * settings.least_share:.0f} % of the leg sets on one leg in week {number + 1}",
            most=0,
            points=None if settings.hard else settings.weight,
            versions=tuple(base.Count(lift.index, _short(lift, settings)) for lift in lifts),
        )


def _week_short(lifts: Sequence[Lift], settings: Parameters) -> int:
    return sum(_short(lift, settings).at(lift.own) for lift in lifts)


def _short(lift: Lift, settings: Parameters) -> Amount:
    """Quarter sets of leg work beyond the single-leg ones; shares are quarters, so they are whole numbers."""
    quarters = round(4 * settings.least_share)
    return lift.per_set(
        f"{quarters} quarters on one leg",
        lambda item: (quarters - 4 * item.unilateral) if item.legs else 0,
    )


def notices(problem: Problem, settings: Parameters) -> Iterator[Notice]:
    """Report a program with too little single-leg work."""
    weeks = [
        number + 1
        for number, lifts in enumerate(problem.sessions_by_week())
        if any(item.exercise is not None and item.legs for lift in lifts for item in lift.items)
        and _week_short(lifts, settings) > 0
    ]
    if weeks:
        yield Notice(
            rule="unilateral_share",
            subject="single_leg",
            text=f"Less than {100 * settings.least_share:.0f} % of your leg sets are done on one leg.",
            weeks=tuple(weeks),
        )
