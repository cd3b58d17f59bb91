"""What stays when time is short.

What it does
------------
Where a session has to be shorter than it could be, what is worth most stays: `points` are those of the first,
second, third and each further set of a kind, by its place in `keep` (planned_sets prices them). Every
exercise has any number of sets from the week's top down to its floor (two of a main lift and of any squat or
hinge, one of the rest, more for an older_athlete), or is left out at the price of all its sets; so a main
lift that is done has two sets before anything has a third. Supersets and complexes go as one: all members
have the same sets. A session holds one exercise at least. What takes longer than a session's own `minutes` is
not planned, unless one exercise alone does. The block reports what was kept and what was dropped.

Why
---
Article 004: single-leg work and heavy calf raises are what a runner keeps; a few hard sets of the big lifts
give most of the rest (Iversen 2021), the first sets most (Pelland 2024, preprint).

Options
-------
keep: kinds in order, of main (squats and hinges, with both legs or one), single_leg, calf, legs (other leg
work and jumps), core, upper. What is not listed goes first. points: for each place four numbers from 0 to
100, none above the one before.

Source
------
Article 004; Iversen 2021; Pelland 2024. The points are design values.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, field_validator

from mesocycle.solver.prescription.items import KEEP, WORTH, Kept
from mesocycle.solver.rules import base

Points = Annotated[int, Field(ge=0, le=100)]


class Parameters(base.Unpriced):
    keep: tuple[Kept, ...] = Field(
        KEEP, max_length=6, description="Kinds of exercises, the one kept longest first."
    )

    points: tuple[tuple[Points, Points, Points, Points], ...] = Field(
        WORTH,
        min_length=len(KEEP),
        max_length=len(KEEP),
        description="What the first, second, third and each further set is worth, by place in keep.",
    )

    @field_validator("points")
    @classmethod
    def _falling(cls, value: tuple[tuple[int, int, int, int], ...]) -> tuple[tuple[int, int, int, int], ...]:
        if any(list(row) != sorted(row, reverse=True) for row in value):
            raise ValueError("a further set is worth no more than the one before it")
        return value

    @field_validator("keep")
    @classmethod
    def _once(cls, value: tuple[Kept, ...]) -> tuple[Kept, ...]:
        if len(set(value)) < len(value):
            raise ValueError("each kind stands once")
        return value


SECTION = base.Section.PRESCRIPTION
RELAXATION = base.locked("rules.short_time_priority", "it puts exercises in order and forbids none")
