"""Lifts go where the policy wants them.

What it does
------------
stack_hard wants loaded lifts on days with a key run; easy_moderate wants them on days with easy or
moderate running only. A loaded lift on any other day costs. `auto` becomes easy_moderate if every week
has enough easy days that are not the eve of a key run, else stack_hard.

Why
---
Coaches contradict each other, and no trial compares the two: keep hard days hard and easy days easy, or
lift slightly tired on an easy day rather than run slightly tired on a hard one. The choice is the runner's.

Options
-------
The policy itself stands at the top of the scenario (`policy`). Presets: stack_hard (003: the sample week
lifts on Tuesday and Thursday, not on the long run), stack_hard_long_run (000: speed day and long-run day),
easy_moderate (004: two lifts on easy aerobic days), auto (whichever of the first and third fits).

Source
------
Articles 000, 003 (hard days); 004 (easy days); no trial decides.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from mesocycle.solver.placement.problem import Problem
from mesocycle.solver.rules import base


class Parameters(base.Parameters):
    weight: base.Weight = 30


SECTION = base.Section.AROUND_RUNS
UNIT = "lift against the policy"
RELAXATION = base.Relaxation(
    "policy.hard_easy", also="`policy`: another preset, or another value of one switch"
)


def place(problem: Problem, settings: Parameters) -> Iterator[base.Case]:
    """Price or close the days that the policy does not want."""
    options, calendar = problem.options, problem.calendar
    key_days = {run.day for run in calendar.runs if run.key}
    run_days = {run.day for run in calendar.runs}
    stack = problem.policy.hard_easy == "stack_hard"
    loaded = base.where(options.loaded)
    for day, chosen in base.group(loaded, options.day[loaded]):
        allowed = day in key_days if stack else day in run_days - key_days
        if allowed or (stack and fallback_day(problem, key_days, day)):
            continue
        kind = "rest" if day not in run_days else "hard" if day in key_days else "easy"
        name = f"{'an' if kind == 'easy' else 'a'} {kind} day"
        free = f"which {problem.policy.hard_easy} keeps free"
        yield from base.breaches(
            settings,
            chosen,
            np.ones_like(chosen),
            when=problem.at_day(day),
            text=f"policy {problem.policy.hard_easy}: no heavy legs on {name}, {problem.on(day)}",
            reason=base.Reason(f"is {name}, {free}", f"are {kind} days, {free}"),
        )


def fallback_day(problem: Problem, key_days: set[int], day: int) -> bool:
    """Whether day_after_hard_fallback prices the day instead."""
    fallback = problem.settings.day_after_hard_fallback
    return fallback is not None and fallback.allowed and is_day_after(key_days, day)


def is_day_after(key_days: set[int], day: int) -> bool:
    """Whether a day follows a key day, is none itself, and leaves a day before the next one."""
    return day - 1 in key_days and day not in key_days and day + 1 not in key_days
