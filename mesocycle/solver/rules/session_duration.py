"""How long a session takes.

What it does
------------
No session takes longer than `most_minutes`; minutes outside the band from `short_minutes` to
`long_minutes` cost; the band reaches down to the longest version that the week allows, where that is short.
Minutes are estimated: 8 of warm-up, 75 s to set up each exercise, and each set with its rest.

Why
---
Articles 000, 003 and 004 give 30 minutes, 30 to 60, and about 40.

Options
-------
short_minutes, long_minutes: the band (0 to 120, 10 to 180). most_minutes: 15 to 180; `hard` speaks of it.
5 minutes outside are the unit.

Source
------
Articles 000, 003, 004; durations are a design value checked against 004's sessions.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from pydantic import Field, model_validator

from mesocycle.solver.ladder import minutes_of
from mesocycle.solver.problem import Problem
from mesocycle.solver.rules import base
from mesocycle.solver.rules.weights import weight_of


class Parameters(base.Parameters):
    """Settings of session_duration."""

    hard: bool = True
    weight: int = Field(weight_of("session_duration"), ge=0, le=1000)
    short_minutes: int = Field(30, ge=0, le=120, description="Lower end of the band.")
    long_minutes: int = Field(60, ge=10, le=180, description="Upper end of the band.")
    most_minutes: int = Field(75, ge=15, le=180, description="Never longer than this.")

    @model_validator(mode="after")
    def _in_order(self) -> Parameters:
        base.in_order(self, "short_minutes", "long_minutes")
        return self


RELAXATION = base.Relaxation(
    "rules.session_duration",
    (base.Give("most_minutes", 5, 6, "sessions of up to {to} min instead of {was} min"),),
)


def ground(problem: Problem, settings: Parameters) -> Iterator[base.Case]:
    """Close what is too long, lift by lift; price what lies outside the band."""
    options = problem.options
    if settings.hard:
        wrong = base.where(options.minutes > settings.most_minutes)
        for at, chosen in base.group(wrong, options.lift[wrong]):
            lift = problem.lifts[at]
            yield base.Close(
                lift.id,
                f"{lift.name} in week {lift.week + 1} takes at most {settings.most_minutes} min",
                "has no room for a session of this length",
                chosen,
            )
    # A session that the week itself makes short is not blamed for it.
    full = np.array([minutes_of(lift.items, lift.own) for lift in problem.lifts], dtype=np.int64)
    short = np.minimum(settings.short_minutes, full[options.lift] if len(options) else 0)
    outside = np.maximum(np.maximum(short - options.minutes, options.minutes - settings.long_minutes), 0)
    chosen = base.where(outside > 0)
    yield base.Charge(
        chosen,
        base.points_of(settings.weight, outside[chosen], 5),
        "would make the session too long or too short",
    )
