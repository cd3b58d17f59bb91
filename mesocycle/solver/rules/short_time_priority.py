"""What stays when time is short.

What it does
------------
Where a session has to be shorter than it could be, what is worth most stays: a set of the first three kinds
of `keep` counts five, of the fourth two, of the rest one (planned_sets prices them). Every exercise has any
number of sets from the week's top down to its floor (two of a main lift, one of the rest, more for an
older_athlete), or is left out at the price of all its sets. Supersets and complexes go as one: all members
have the same sets. A session holds one exercise at least. What takes longer than a session's own `minutes`
is not planned, unless one exercise alone does. The block reports what was kept and what was dropped.

Why
---
Article 004: single-leg work and heavy calf raises are what a runner keeps; a few hard sets of the big lifts
give most of the rest (Iversen 2021).

Options
-------
keep: kinds in order, of single_leg, calf, main, legs (other leg work and jumps), core, upper. What is not
listed goes first.

Source
------
Article 004; Iversen 2021.
"""

from __future__ import annotations

from pydantic import Field, field_validator

from mesocycle.solver.prescription.items import KEEP, Kind
from mesocycle.solver.rules import base


class Parameters(base.Unpriced):
    keep: tuple[Kind, ...] = Field(
        KEEP, max_length=6, description="Kinds of exercises, the one kept longest first."
    )

    @field_validator("keep")
    @classmethod
    def _once(cls, value: tuple[Kind, ...]) -> tuple[Kind, ...]:
        if len(set(value)) < len(value):
            raise ValueError("each kind stands once")
        return value


SECTION = base.Section.PRESCRIPTION
RELAXATION = base.locked("rules.short_time_priority", "it puts exercises in order and forbids none")
