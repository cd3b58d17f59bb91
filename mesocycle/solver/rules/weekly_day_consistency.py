"""The same weekday every week.

What it does
------------
Each session has a home weekday, chosen for the whole block; each week it lies elsewhere costs. Taper and
recovery weeks, weeks with a race, with blocked days, and partial weeks are exempt, and so are lifts in a
`rotation` of your own: they come in their order, on whatever day it is their turn.

Why
---
Runners want to know the pattern of their weeks; people who train at a consistent time train more
(correlation only).

Options
-------
None beyond hard, soft and weight.

Source
------
Timing study in weight-loss maintainers (correlational); low confidence, hence the low weight.
"""

from __future__ import annotations

from collections.abc import Iterator

from mesocycle.solver.placement.problem import Problem
from mesocycle.solver.rules import base


class Parameters(base.Parameters):
    weight: base.Weight = 3


SECTION = base.Section.COMFORT
UNIT = "lift off its home day"
RELAXATION = base.Relaxation("rules.weekly_day_consistency")


def ground(problem: Problem, settings: Parameters) -> Iterator[base.Case]:
    """Tie the lifts of one session together."""
    calendar = problem.calendar
    steady = {
        week.number - 1
        for week in calendar.weeks
        if week.phase not in ("taper", "recovery")
        and week.number - 1 not in calendar.race_weeks
        and len(week.days) == 7
        and calendar.blocked.isdisjoint(week.days)
    }
    sessions: dict[str, list[int]] = {}
    turns = bool(problem.scenario.strength.rotation)
    for lift in problem.lifts:
        if lift.week in steady and not (turns and lift.is_lift):
            sessions.setdefault(lift.name, []).append(lift.index)
    for name, lifts in sessions.items():
        if len(lifts) > 1:
            yield base.Home(
                when=base.When(name),
                text=f"{name} on the same weekday every week",
                lifts=tuple(lifts),
                points=None if settings.hard else settings.weight,
            )
