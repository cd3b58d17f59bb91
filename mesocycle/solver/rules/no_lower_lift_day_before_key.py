"""No loaded lift on the eve of a key run.

What it does
------------
On the calendar day before a key run nothing loads the legs. Core and upper-body work is allowed.

Why
---
A day after lifting, time to exhaustion is 18 to 29 % shorter (Doma and Deakin 2013). Articles 003 and 004
both say never the day before; 003 itself does core there.

Options
-------
days: calendar days kept free before a key run (0 to 2). scope: lower_body or any_lift.

Source
------
Articles 003, 004; Doma and Deakin 2013; Planted Runner (coaching).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import numpy as np
from pydantic import Field

from mesocycle.solver.placement.problem import Problem
from mesocycle.solver.rules import base


class Parameters(base.Parameters):
    hard: bool = True
    weight: base.Weight = 40
    days: int = Field(1, ge=0, le=2, description="Calendar days kept free before a key run.")
    scope: Literal["lower_body", "any_lift"] = Field("lower_body", description="Which lifts are meant.")


SECTION = base.Section.AROUND_RUNS
UNIT = "lift on the eve of a key run"
RELAXATION = base.Relaxation(
    "rules.no_lower_lift_day_before_key",
    (
        base.Give(
            "days",
            -1,
            2,
            "{to} days free of heavy legs before a key run instead of {was}",
            12,
            "heavy legs on the eve of a key run",
        ),
    ),
)


def place(problem: Problem, settings: Parameters) -> Iterator[base.Case]:
    """Close or price the days before each day with a key run; a lift that two of them touch counts twice."""
    options = problem.options
    meant = options.loads_legs | (options.is_lift if settings.scope == "any_lift" else False)
    first = {run.day: run for run in reversed(problem.calendar.runs) if run.key}
    positions = dict(base.group(base.where(meant), options.day[meant]))
    for day, run in sorted(first.items()):
        for eve in range(day - settings.days, day):
            chosen = positions.get(eve, base.NO_OPTIONS)
            whose = problem.whose(run)
            ahead = "the eve of" if day - eve == 1 else "two days before"
            yield from base.breaches(
                settings,
                chosen,
                np.ones_like(chosen),
                when=base.When(f"{run.date} {day - eve}", day, problem.date(eve)),
                text=f"no heavy legs on {problem.on(eve)}, {ahead} {whose}",
                reason=base.reason("is", "are", f"{ahead} {whose}"),
            )
