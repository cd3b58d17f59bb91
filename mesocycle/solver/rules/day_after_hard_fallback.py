"""The day after a key run as a second choice.

What it does
------------
Under stack_hard, a loaded lift on the day after a key run costs less than one elsewhere off the policy, if
at least one easy or rest day follows before the next key run. Under every policy, and never at a
price, days in `too_tired_on` that hold a key run take no loaded lift, and the day after takes one.

Why
---
Article 003: too tired after the run? The day after is fine, then a solid recovery day before the next
hard effort.

Options
-------
allowed: whether the fallback exists. too_tired_on: weekdays or dates after whose key run you cannot lift.

Source
------
Article 003.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from pydantic import Field

from mesocycle.models.clock import WEEKDAYS, Day, Weekday
from mesocycle.solver.placement.problem import Problem
from mesocycle.solver.rules import base
from mesocycle.solver.rules.hard_easy_policy import is_day_after


class Parameters(base.Parameters):
    weight: base.Weight = 20
    allowed: bool = Field(True, description="Whether the day after may be used at the lower price.")
    too_tired_on: tuple[Weekday | Day, ...] = Field(
        (), max_length=60, description="Weekdays or dates whose lift goes to the day after."
    )


SECTION = base.Section.AROUND_RUNS
UNIT = "lift on the day after"
RELAXATION = base.Relaxation(
    "rules.day_after_hard_fallback.too_tired_on",
    also="one of the days in `too_tired_on`",
    drops=base.Drop("too_tired_on", "lifting on {gone} although tired after the run", price=10),
)


def ground(problem: Problem, settings: Parameters) -> Iterator[base.Case]:
    """Demand that the lift of a day after whose run the runner is too tired moves to the day after."""
    key_days = {run.day for run in problem.calendar.runs if run.key}
    for day in tired_days(problem, settings, key_days):
        yield base.Limit(
            when=problem.at_day(day, "moved"),
            text=f"the lift of {problem.on(day)} moves to the day after",
            most=-1,
            points=None,
            days=(("loaded", day + 1, day + 1, -1),),
        )


def place(problem: Problem, settings: Parameters) -> Iterator[base.Case]:
    """Price the days after; close the days after whose run the runner is too tired."""
    options, calendar = problem.options, problem.calendar
    key_days = {run.day for run in calendar.runs if run.key}
    loaded = base.where(options.loaded)
    by_day = dict(base.group(loaded, options.day[loaded]))
    if problem.policy.hard_easy == "stack_hard" and settings.allowed:
        for day in sorted(day for day in by_day if is_day_after(key_days, day)):
            yield from base.breaches(
                settings,
                by_day[day],
                np.ones_like(by_day[day]),
                when=problem.at_day(day),
                text=f"no heavy legs on {problem.on(day)}, the day after a key run",
                reason=base.reason("is", "are", "the day after a key run"),
            )
    for day in tired_days(problem, settings, key_days):
        if day in by_day:
            yield base.Close(
                problem.at_day(day, "tired"),
                f"no heavy legs on {problem.on(day)}: you are too tired after the run",
                base.reason("is", "are", "a day after whose run you are too tired"),
                by_day[day],
            )


def tired_days(problem: Problem, settings: Parameters, key_days: set[int]) -> list[int]:
    """Days in `too_tired_on` with a key run, if the day after still lies in the block."""
    return [
        day
        for day in sorted(key_days)
        if day < problem.calendar.last_day
        and (WEEKDAYS[day % 7] in settings.too_tired_on or problem.date(day) in settings.too_tired_on)
    ]
