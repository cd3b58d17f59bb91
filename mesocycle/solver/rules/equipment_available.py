"""Every exercise fits the kit at hand.

What it does
------------
An exercise that the kit lacks gives way to the nearest movement that it allows: of the same pattern, else
of the same family, with the same role, as many sides and the most similar load on the legs. The block reports
which. What nothing can stand in for is left out, and reported. The floor, a stair and open ground are always
at hand.

Why
---
A plan that needs a rack at home is no plan. Article 003 lists a home kit: a loop band, a medicine ball, a
kettlebell, dumbbells, an exercise ball or sliders, a bench or blocks.

Options
-------
substitute: false refuses the scenario instead, naming what is missing.

Source
------
Article 003.
"""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import Field

from mesocycle.models.plan import Notice
from mesocycle.solver.placement.problem import Problem
from mesocycle.solver.rules import base
from mesocycle.solver.rules.notices import exchanges


class Parameters(base.Unpriced):
    substitute: bool = Field(True, description="Exchange what the kit lacks; false refuses it.")


SECTION = base.Section.PRESCRIPTION
RELAXATION = base.locked("rules.equipment_available", "it exchanges exercises and forbids no block")


def notices(problem: Problem, settings: Parameters) -> Iterator[Notice]:
    """Report what stands in for what, and what is left out."""
    yield from exchanges(problem, "equipment_available", "kit", "your kit has no way to do")
