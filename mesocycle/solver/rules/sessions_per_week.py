"""The lifts you asked for take place.

What it does
------------
A session that is left out costs. At least `minimum` a week take place in every full week of training;
taper and recovery weeks, weeks with a race and those after one, partial weeks and weeks with four or more
blocked days are exempt. Hard: all of them take place, in every week.

Why
---
Two or three a week build, one a week holds what is there for months, one every second week does not
(Rønnestad 2011; Spiering 2021). Some lifting is better than none (003).

Options
-------
minimum: 0 to 3. A session left out is the unit.

Source
------
Articles 000, 003, 004; Spiering 2021; Rønnestad 2011.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pydantic import Field

from mesocycle.solver.instance.calendar import Week
from mesocycle.solver.placement.problem import Problem
from mesocycle.solver.rules import base


class Parameters(base.Parameters):
    weight: base.Weight = 100
    minimum: int = Field(1, ge=0, le=3, description="Lifts a week that always take place.")


SECTION = base.Section.HOW_MUCH
UNIT = "session left out"
RELAXATION = base.Relaxation(
    "strength.sessions_per_week", also="`strength.sessions_per_week`, in the weeks that fail"
)


def ground(problem: Problem, settings: Parameters) -> Iterator[base.Case]:
    """Demand the least number week by week; price what is left out."""
    races = {week + after for week in problem.calendar.race_weeks for after in (0, 1)}
    for week, lifts in zip(problem.calendar.weeks, problem.lifts_by_week(), strict=True):
        blocked = sum(day in problem.calendar.blocked for day in week.days)
        exempt = (
            week.phase in ("taper", "recovery")
            or week.number - 1 in races
            or len(week.days) < 7
            or blocked >= 4
        )
        least = len(lifts) if settings.hard else 0 if exempt else min(settings.minimum, len(lifts))
        if least:
            steps = tuple(_demand(problem, week, count, step=count) for count in range(1, least + 1))
            yield replace(_demand(problem, week, least), steps=steps)
    if not settings.hard:
        every = tuple(lift.index for lift in problem.lifts if lift.is_lift)
        yield base.LeaveOut(every, (settings.weight,) * len(every))


def _demand(problem: Problem, week: Week, least: int, step: int = 0) -> base.Limit:
    """At least so many lifts in a week; of the steps the first has the name of the whole demand."""
    return base.Limit(
        when=problem.at_week(week.number - 1, str(step) if step > 1 else ""),
        text=f"at least {least} lift{'s' if least > 1 else ''} in week {week.number}",
        most=-least,
        points=None,
        days=(("lift", week.first_day, week.last_day, -1),),
        step=step,
    )
