"""A loaded lift waits some hours after a run.

What it does
------------
Between the end of a run and a lift that loads the legs lie at least `hours`. Lifts that hardly load the
legs need no gap.

Why
---
Explosive strength suffers when both share one session and not when they lie three hours apart (Schumann
2022); leg strength is still down after 4 and 8 h, upper body is not (Sporer and Wenger 2003). Article 003
asks for three hours; article 000 lifts right after with a snack: make the rule soft for that.

Options
-------
hours: 0 to 9. Soft: an hour short is the unit, half as much again after a key run.

Source
------
Articles 003, 000; Schumann 2022; Petré 2021; Robineau 2016; Sporer and Wenger 2003.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from pydantic import Field

from mesocycle.models.clock import format_hours
from mesocycle.solver.placement.problem import Problem
from mesocycle.solver.rules import base


class Parameters(base.Parameters):
    hard: bool = True
    weight: base.Weight = 4
    hours: float = Field(3, ge=0, le=9, description="Hours between the end of a run and the lift.")


SECTION = base.Section.AROUND_RUNS
UNIT = "hour short, half as much again after a key run"
RELAXATION = base.Relaxation(
    "rules.min_gap_after_run",
    (
        base.Give(
            "hours",
            -0.5,
            6,
            "{to} h between a run and heavy legs instead of {was} h",
            none="heavy legs right after a run",
        ),
    ),
)


def place(problem: Problem, settings: Parameters) -> Iterator[base.Case]:
    """Close or price what is too soon after a run, run by run."""
    options, runs = problem.options, problem.calendar.runs
    target = round(60 * settings.hours)
    short = np.where(options.loads_legs, target - np.maximum(0, options.since_run), 0)
    wrong = base.where((short > 0) & (options.run_before >= 0))
    for run, chosen in base.group(wrong, options.run_before[wrong]):
        whose = problem.whose(runs[run])
        yield from base.breaches(
            settings,
            chosen,
            short[chosen] * (3 if runs[run].key else 2),
            when=problem.at_run(runs[run]),
            text=f"{format_hours(target)} between {whose} and a lift ({problem.on(runs[run].day)})",
            reason=base.reason("leaves", "leave", f"less than {format_hours(target)} after {whose}"),
            per=120,
        )
