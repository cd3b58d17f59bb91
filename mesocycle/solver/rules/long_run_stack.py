"""Lifting on the day of the long run.

What it does
------------
Under `long_run: avoid`, a loaded lift on a long-run day costs; under light_only it does so above
`light_dose`; under allow it is free.

Why
---
Article 000 lifts on the long-run day; articles 003 and 004 leave it alone. The question decides many weeks
and is apart from the hard-or-easy policy.

Options
-------
light_dose: dose on the legs that still counts as light (0 to 8, where 8 is a full session). The switch is
`policy.long_run`.

Source
------
Article 000 (allow); 003, 004 (avoid); Mother Runners (never heavy after a long run).
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from pydantic import Field

from mesocycle.solver.placement.problem import Problem
from mesocycle.solver.rules import base


class Parameters(base.Parameters):
    weight: base.Weight = 30
    light_dose: float = Field(4, ge=0, le=8, description="Dose that still counts as light.")


SECTION = base.Section.AROUND_RUNS
UNIT = "lift on a long-run day"
RELAXATION = base.Relaxation(
    "policy.long_run",
    (base.Give("light_dose", 1, 4, "a load of {to} on the legs counts as light instead of {was}", 2),),
    also="`policy`: another preset, or another value of one switch",
)


def place(problem: Problem, settings: Parameters) -> Iterator[base.Case]:
    """Price or close the long-run days."""
    options = problem.options
    if problem.policy.long_run == "allow":
        return
    limit = round(1000 * settings.light_dose) if problem.policy.long_run == "light_only" else 0
    for day in sorted({run.day for run in problem.calendar.runs if run.type == "long"}):
        chosen = base.where((options.day == day) & options.loads_legs & (options.dose > limit))
        yield from base.breaches(
            settings,
            chosen,
            np.ones_like(chosen),
            when=problem.at_day(day),
            text=f"no heavy legs on {problem.on(day)}, the day of the long run",
            reason=base.reason("is", "are", "the day of the long run"),
        )
