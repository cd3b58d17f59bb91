"""The load grows when it may.

What it does
------------
After `every_weeks` weeks (`new_every_weeks` for a runner new to lifting) that trim no set of a movement and
in which it had at least its least sets, its next such week is heavier: by `lower_percent` for the legs, by
`upper_percent` for all else. In trimmed, lighter, peak, taper and recovery weeks the load holds, and it never
grows beyond `most_percent`; what is done without a weight has none. From a 1RM or a recent set the load is a
weight rounded to what the runner can put together; without one it is given in percent of the first week's,
which the reserve decides. A main lift that stays at one load for `stall_weeks` weeks or more is reported.

Why
---
Article 004: the same weight for months is maintenance; its example goes from 65 to 90 lb in eight weeks, 4 %
a week. Steps of 2 to 10 % are usual (ACSM 2009).

Options
-------
lower_percent, upper_percent: 0 to 10. every_weeks, new_every_weeks: 1 to 6. most_percent: 0 to 100.
stall_weeks: 4 to 26.

Source
------
Article 004; ACSM 2009.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from pydantic import Field

from mesocycle.models.plan import Notice, PlannedSession
from mesocycle.models.strength import Role
from mesocycle.solver.placement.problem import Problem
from mesocycle.solver.rules import base


class Parameters(base.Unpriced):
    lower_percent: float = Field(5, ge=0, le=10, description="A step for leg work, in % of the load.")
    upper_percent: float = Field(2.5, ge=0, le=10, description="A step for all else.")
    every_weeks: int = Field(2, ge=1, le=6, description="Full weeks before a step.")
    new_every_weeks: int = Field(1, ge=1, le=6, description="The same for a runner new to lifting.")
    most_percent: float = Field(40, ge=0, le=100, description="Growth in the whole block, at most.")
    stall_weeks: int = Field(12, ge=4, le=26, description="Weeks without growth that are reported.")


SECTION = base.Section.PRESCRIPTION
RELAXATION = base.locked("rules.progressive_overload", "it sizes loads and forbids none")


def plan_notices(
    problem: Problem, settings: Parameters, sessions: Sequence[PlannedSession]
) -> Iterator[Notice]:
    """Remark on main lifts that stay at one load for long."""
    library = problem.instance.exercises
    growth: dict[str, dict[int, float]] = {}
    for session in sessions:
        for item in session.exercises:
            if library[item.exercise].role is Role.MAIN and library[item.exercise].weighted:
                growth.setdefault(item.exercise, {})[session.week] = item.progress_percent
    for name, weeks in growth.items():
        for _, same in groupby(sorted(weeks.items()), key=lambda pair: pair[1]):
            numbers = [week for week, _ in same]
            if numbers[-1] - numbers[0] + 1 >= settings.stall_weeks:
                when = f"from week {numbers[0]} to {numbers[-1]}"
                text = f"{library[name].name} stays at one load {when}: that maintains."
                yield Notice(
                    rule="progressive_overload",
                    subject=f"{name} weeks {numbers[0]}-{numbers[-1]}",
                    text=text,
                    weeks=tuple(numbers),
                )
