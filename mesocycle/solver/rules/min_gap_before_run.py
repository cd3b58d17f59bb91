"""A loaded lift keeps some hours before an easy run of the same day.

What it does
------------
Between the end of a lift and a later run of the same day that is not a key run lie `hours`.

Why
---
Running costs 2.6 % more an hour after lifting and 1.6 % more after eight (Palmer and Sleivert 2001);
six hours after, easy running is back to normal (Doma and Deakin 2014).

Options
-------
hours: 0 to 24. An hour short is the unit.

Source
------
Palmer and Sleivert 2001; Doma and Deakin 2014.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from pydantic import Field

from mesocycle.models.clock import format_hours
from mesocycle.solver.placement.problem import Problem
from mesocycle.solver.rules import base


class Parameters(base.Parameters):
    weight: base.Weight = 1
    hours: float = Field(6, ge=0, le=24, description="Hours between the lift and the run.")


SECTION = base.Section.AROUND_RUNS
UNIT = "hour short"
RELAXATION = base.Relaxation(
    "rules.min_gap_before_run",
    (base.Give("hours", -1, 6, "{to} h between heavy legs and an easy run instead of {was} h"),),
)


def place(problem: Problem, settings: Parameters) -> Iterator[base.Case]:
    """Price or close what is too soon before an easy run, run by run."""
    options, runs = problem.options, problem.calendar.runs
    target = round(60 * settings.hours)
    days = np.array([run.day for run in runs] + [-1], dtype=np.int64)
    easy = np.array([not run.key for run in runs] + [False])
    after = options.run_after
    short = target - np.maximum(0, options.to_run)
    wrong = base.where(options.loads_legs & (short > 0) & (days[after] == options.day) & easy[after])
    for run, chosen in base.group(wrong, after[wrong]):
        whose = problem.whose(runs[run])
        yield from base.breaches(
            settings,
            chosen,
            short[chosen],
            when=problem.at_run(runs[run]),
            text=f"{format_hours(target)} between a lift and {whose} ({problem.on(runs[run].day)})",
            reason=base.reason("leaves", "leave", f"less than {format_hours(target)} before {whose}"),
            per=60,
        )
