"""Run first, then lift, on days with an easy run and a lift.

What it does
------------
A loaded lift before a run of the same day that is not a key run costs (before a key run it is another
rule's concern; only the next run counts). Before easy running it costs three tenths. Under
lift_first_in_base and priority_first it is free in base weeks; under priority_first it costs three tenths
elsewhere whatever the run.

Why
---
Run first protects running, lift first protects strength (Doma and Deakin 2013; Eddens 2018). Article 003
says run first and, in the strength-building phase, lift first; article 004: by priority, and on easy days
it matters less.

Options
-------
The switch is `policy.order`.

Source
------
Articles 003, 004; Eddens 2018; Doma and Deakin 2013.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from mesocycle.solver.placement.problem import Problem
from mesocycle.solver.rules import base


class Parameters(base.Parameters):
    weight: base.Weight = 8


SECTION = base.Section.AROUND_RUNS
UNIT = "lift before its run"
RELAXATION = base.Relaxation("policy.order", also="`policy`: another preset, or another value of one switch")


def place(problem: Problem, settings: Parameters) -> Iterator[base.Case]:
    """Price or close lifts before a run that is not a key run."""
    options, calendar, order = problem.options, problem.calendar, problem.policy.order
    runs = calendar.runs
    days = np.array([run.day for run in runs] + [-1], dtype=np.int64)
    easy = np.array([not run.key for run in runs] + [False])
    before = options.loads_legs & (days[options.run_after] == options.day) & easy[options.run_after]
    wrong = base.where(before)
    for at, chosen in base.group(wrong, options.run_after[wrong]):
        run = runs[at]
        if order != "run_first" and calendar.weeks[run.day // 7].phase == "base":
            continue
        tenths = 3 if order == "priority_first" or run.type in ("easy", "recovery", "cross") else 10
        whose = problem.whose(run)
        yield from base.breaches(
            settings,
            chosen,
            np.full_like(chosen, tenths),
            when=problem.at_run(run),
            text=f"{whose} comes before the lift ({problem.on(run.day)})",
            reason=base.reason("would", "would", f"put the lift before {whose}"),
            per=10,
        )
