"""What a block of this length can change.

What it does
------------
A block shorter than `nerve_weeks` is reported as too short even for the first gains, one shorter than
`tendon_weeks` as too short for tendons. Nothing is charged.

Why
---
The first weeks' strength comes from the nervous system (2 to 4 weeks); tendons and running economy take 8 to
12 (article 004; Bohm 2015, Eihara 2022).

Options
-------
nerve_weeks: 2 to 6. tendon_weeks: 6 to 14.

Source
------
Article 004; Bohm 2015; Eihara 2022.
"""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import Field

from mesocycle.models.plan import Notice
from mesocycle.solver.placement.problem import Problem
from mesocycle.solver.rules import base


class Parameters(base.Unpriced):
    nerve_weeks: int = Field(4, ge=2, le=6, description="Weeks until strength grows.")
    tendon_weeks: int = Field(8, ge=6, le=14, description="Weeks until tendons answer.")


SECTION = base.Section.PRESCRIPTION
RELAXATION = base.locked("rules.block_length_notice", "it only says something")


def notices(problem: Problem, settings: Parameters) -> Iterator[Notice]:
    """Report what the block is too short for."""
    weeks = len({lift.week for lift in problem.lifts})
    if not weeks or weeks >= settings.tendon_weeks:
        return
    if weeks < settings.nerve_weeks:
        subject, what = "nerve", f"strength itself takes {settings.nerve_weeks} or more"
    else:
        subject, what = "tendon", f"tendons take {settings.tendon_weeks} or more"
    yield Notice(
        rule="block_length_notice",
        subject=subject,
        text=f"{weeks} week{'s are' if weeks > 1 else ' is'} short for a block of lifting: {what}.",
    )
