"""How long a session takes.

What it does
------------
No session takes longer than `most_minutes` or less than `least_minutes`, or than all of the week's sets
where these are shorter. Minutes outside the band from `short_minutes` to `long_minutes` cost; the band too
reaches down to all of the week's sets where these are shorter.
Minutes are estimated: 8 of warm-up, 75 s to set up each exercise, and each set with its rest.

Why
---
Articles 000, 003 and 004 give 30 minutes, 30 to 60, and about 40.

Options
-------
short_minutes, long_minutes: the band (0 to 120, 10 to 180). least_minutes: 0 to 60. most_minutes: 15 to
180. `hard` is about the least and the most; soft, the band alone is priced. 5 minutes outside are the unit.

Source
------
Articles 000, 003, 004; durations and the least are design values, checked against 004's sessions.
"""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import Field, model_validator

from mesocycle.solver.placement.problem import Problem
from mesocycle.solver.prescription.amounts import minutes_of
from mesocycle.solver.rules import base


class Parameters(base.Parameters):
    hard: bool = True
    weight: base.Weight = 1
    short_minutes: int = Field(30, ge=0, le=120, description="Lower end of the band.")
    long_minutes: int = Field(60, ge=10, le=180, description="Upper end of the band.")
    least_minutes: int = Field(
        15, ge=0, le=60, description="Never shorter than this, if all sets take as long."
    )
    most_minutes: int = Field(75, ge=15, le=180, description="Never longer than this.")

    @model_validator(mode="after")
    def _in_order(self) -> Parameters:
        base.in_order(self, "short_minutes", "long_minutes")
        base.in_order(self, "least_minutes", "most_minutes")
        return self


SECTION = base.Section.HOW_MUCH
UNIT = "5 min outside the band"
RELAXATION = base.Relaxation(
    "rules.session_duration",
    (
        base.Give("most_minutes", 5, 6, "sessions of up to {to} min instead of {was} min"),
        base.Give("least_minutes", -5, 3, "sessions of {to} min or more instead of {was} min"),
    ),
)


def ground(problem: Problem, settings: Parameters) -> Iterator[base.Case]:
    """Bar what is too long or too short, lift by lift; price what lies outside the band."""
    for lift in filter(lambda lift: lift.is_lift, problem.lifts):
        # A session that the week itself makes short is not blamed for it.
        full = minutes_of(lift.items, lift.own)
        least = min(settings.least_minutes, full)
        short, long = min(settings.short_minutes, full), settings.long_minutes
        where = f"{lift.name} in week {lift.week + 1}"
        if settings.hard:
            too_long = base.beyond(lift.minutes, settings.most_minutes)
            text = f"{where} takes at most {settings.most_minutes} min"
            yield base.Bar(problem.at_lift(lift), text, lift.index, too_long)
            too_short = base.beyond(lift.minutes, least, below=True)
            text = f"{where} takes at least {least} min"
            yield base.Bar(problem.at_lift(lift, "least"), text, lift.index, too_short)
        for outside in (
            base.beyond(lift.minutes, short, below=True),
            base.beyond(lift.minutes, long),
        ):
            yield base.Price(lift.index, base.rounded(outside, settings.weight, 5), 1)
