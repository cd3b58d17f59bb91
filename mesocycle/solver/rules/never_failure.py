"""No leg set goes to failure.

What it does
------------
Every set of leg work leaves at least `least_rir` repetitions; what was written with less is raised to that,
at the load that allows it, and reported.

Why
---
Article 003: never to failure. Sets to failure slow recovery by a day or two (Moran-Navarro 2017).

Options
-------
least_rir: 1 to 4.

Source
------
Article 003; Moran-Navarro 2017.
"""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import Field

from mesocycle.models.plan import Notice
from mesocycle.solver.placement.problem import Problem
from mesocycle.solver.rules import base
from mesocycle.solver.rules.notices import as_written, first_of_each


class Parameters(base.Unpriced):
    least_rir: int = Field(1, ge=1, le=4, description="Repetitions in reserve, at least.")


SECTION = base.Section.PRESCRIPTION
RELAXATION = base.locked("rules.never_failure", "it sizes sets and forbids none")


def notices(problem: Problem, settings: Parameters) -> Iterator[Notice]:
    """Report where the reserve is raised."""
    return first_of_each(
        Notice(
            rule="never_failure",
            subject=f"{lift.session} {item.exercise}",
            text=f"{lift.session}: {item.name} leaves {item.rir} in reserve instead of {entry.rir}.",
        )
        for lift, item, entry in as_written(problem)
        if item.legs and entry.rir is not None and item.rir is not None and item.rir > entry.rir
    )
