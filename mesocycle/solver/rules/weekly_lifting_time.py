"""Minutes of lifting a week.

What it does
------------
Minutes above `most_minutes` a week cost; in full weeks with two or more lifts and no trim, minutes below
`least_minutes` cost too.

Why
---
Article 000 gives 60 to 90 minutes a week, 004 about 80, 003 about two hours; recreational marathoners did
two hours in the trial of Ferrauti 2010.

Options
-------
least_minutes: 0 to 240. most_minutes: 20 to 480. A minute is the unit.

Source
------
Articles 000, 003, 004; Ferrauti 2010.
"""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import Field, model_validator

from mesocycle.solver.placement.problem import Problem
from mesocycle.solver.rules import base


class Parameters(base.Parameters):
    weight: base.Weight = 1
    least_minutes: int = Field(60, ge=0, le=240, description="Minutes a week, in full weeks.")
    most_minutes: int = Field(120, ge=20, le=480, description="Minutes a week.")

    @model_validator(mode="after")
    def _in_order(self) -> Parameters:
        base.in_order(self, "least_minutes", "most_minutes")
        return self


SECTION = base.Section.HOW_MUCH
UNIT = "min outside the band"
RELAXATION = base.Relaxation(
    "rules.weekly_lifting_time",
    (
        base.Give("least_minutes", -5, 12, "at least {to} min of lifting a week instead of {was} min"),
        base.Give("most_minutes", 5, 12, "up to {to} min of lifting a week instead of {was} min"),
    ),
)


def ground(problem: Problem, settings: Parameters) -> Iterator[base.Case]:
    """Limit the minutes of each week from both sides, where a side can bind at all."""
    points = None if settings.hard else settings.weight
    for week, lifts in zip(problem.calendar.weeks, problem.lifts_by_week(), strict=True):
        longest = sum(lift.space.extremes(lift.minutes)[1] for lift in lifts)
        if longest > settings.most_minutes:
            yield base.Limit(
                when=problem.at_week(week.number - 1, "most"),
                text=f"at most {settings.most_minutes} min of lifting in week {week.number}",
                most=settings.most_minutes,
                points=points,
                versions=tuple(base.Count(lift.index, lift.minutes) for lift in lifts),
            )
        if len(lifts) >= 2 and len(week.days) == 7 and problem.factors[week.number - 1].own == 1:
            yield base.Limit(
                when=problem.at_week(week.number - 1, "least"),
                text=f"at least {settings.least_minutes} min of lifting in week {week.number}",
                most=-settings.least_minutes,
                points=points,
                versions=tuple(base.Count(lift.index, lift.minutes, -1) for lift in lifts),
            )
