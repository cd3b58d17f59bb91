"""How heavy the main lifts are, by phase.

What it does
------------
Main lifts whose repetitions and load are left open follow the week's profile: *foundation* (the first
`foundation_weeks` of a base phase, or of a runner new to lifting) 8 to 10 repetitions with three in reserve;
*strength* (base and build) five with two; *power* (build, if chosen) three with three; *maintenance* (peak)
five with two at the same load; *taper* four at the same load. Load follows repetitions and reserve by the
formula of Epley, rounded down to 5 %. A load that is written but leaves less in reserve than is written is
lowered to what does, and reported: ten repetitions with two to spare are 70 %, not 75.

Why
---
The articles give 3 to 5 sets of 5 to 10 (000), 2 to 8 at 85 to 90 % (001), 10 at about 75 % with two to
spare (003), 5 to 10 (004). Reserve is what a runner feels, so it decides; 70 % and more is what tendon and
bone answer to (001; Eihara 2022).

Options
-------
foundation_weeks: 0 to 6. build: strength, or power for trained runners.

Source
------
Articles 000, 001, 003, 004; Eihara 2022; Epley's formula.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from mesocycle.models.plan import Notice
from mesocycle.solver.placement.problem import Problem
from mesocycle.solver.rules import base
from mesocycle.solver.rules.notices import as_written, first_of_each


class Parameters(base.Unpriced):
    foundation_weeks: int = Field(3, ge=0, le=6, description="Weeks of higher repetitions at the start.")
    build: Literal["strength", "power"] = Field("strength", description="The zone of the build phase.")


SECTION = base.Section.PRESCRIPTION
RELAXATION = base.locked("rules.load_rep_zone", "it sizes sets and forbids none")


def notices(problem: Problem, settings: Parameters) -> Iterator[Notice]:
    """Report which written loads are lowered."""
    return first_of_each(
        Notice(
            rule="load_rep_zone",
            subject=f"{lift.session} {item.exercise}",
            text=f"{lift.session}: {item.reps} repetitions of {item.name}, {item.rir} in reserve, "
            f"are about {item.load} % of 1RM, not {entry.load}: reserve decides.",
        )
        for lift, item, entry in as_written(problem)
        if entry.load is not None and item.load is not None and item.load < entry.load
    )
