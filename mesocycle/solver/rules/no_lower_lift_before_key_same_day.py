"""No loaded lift before a key run of the same day.

What it does
------------
On the day of a key run, a lift that loads the legs comes after the run.

Why
---
Six hours after heavy leg work the time to exhaustion at race effort is down (Doma and Deakin 2014);
article 003 says never.

Options
-------
None beyond hard, soft and weight.

Source
------
Article 003; Doma and Deakin 2014; RunnersConnect (coaching).
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from mesocycle.solver.placement.problem import Problem
from mesocycle.solver.rules import base


class Parameters(base.Parameters):
    hard: bool = True
    weight: base.Weight = 60


SECTION = base.Section.AROUND_RUNS
UNIT = "lift before a key run of the day"
RELAXATION = base.Relaxation("rules.no_lower_lift_before_key_same_day")


def place(problem: Problem, settings: Parameters) -> Iterator[base.Case]:
    """Close or price the hours before each key run."""
    options, runs = problem.options, problem.calendar.runs
    days = np.array([run.day for run in runs] + [-1], dtype=np.int64)
    wrong = base.where(options.loads_legs & (days[options.key_after] == options.day))
    for run, chosen in base.group(wrong, options.key_after[wrong]):
        whose = problem.whose(runs[run])
        yield from base.breaches(
            settings,
            chosen,
            np.ones_like(chosen),
            when=problem.at_run(runs[run]),
            text=f"no heavy legs before {whose} on the same day ({problem.on(runs[run].day)})",
            reason=base.reason("is", "are", f"before {whose} on the same day"),
        )
