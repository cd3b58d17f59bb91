"""A runner of 60 or more keeps more sets.

What it does
------------
From `from_age` on leg work and main lifts are never trimmed below `least_sets` sets, unless an exercise is
left out whole for want of time; weeks with fewer than `least_sessions` sessions are reported.

Why
---
One set a week holds strength in the young, while older people need two sessions of two to three sets to hold
muscle (Spiering 2021).

Options
-------
from_age: 40 to 80. least_sets: 1 to 3. least_sessions: 1 to 3.

Source
------
Spiering 2021.
"""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import Field

from mesocycle.models.clock import weeks_text
from mesocycle.models.plan import Notice
from mesocycle.solver.placement.problem import Problem
from mesocycle.solver.rules import base


class Parameters(base.Unpriced):
    from_age: int = Field(60, ge=40, le=80, description="The age from which it counts.")
    least_sets: int = Field(2, ge=1, le=3, description="Sets of leg work and main lifts, at least.")
    least_sessions: int = Field(2, ge=1, le=3, description="Sessions a week below which it says so.")


SECTION = base.Section.PRESCRIPTION
RELAXATION = base.locked("rules.older_athlete", "it sizes sessions and forbids none")


def notices(problem: Problem, settings: Parameters) -> Iterator[Notice]:
    """Report which full weeks have too few sessions."""
    age = problem.scenario.athlete.age
    if age is None or age < settings.from_age:
        return
    few = [
        week.number
        for week, in_week in zip(problem.calendar.weeks, problem.lifts_by_week(), strict=True)
        if len(week.days) == 7 and len(in_week) < settings.least_sessions
    ]
    if few:
        yield Notice(
            rule="older_athlete",
            subject="sessions",
            text=f"{weeks_text(few).capitalize()}: fewer than {settings.least_sessions} sessions may not "
            f"hold muscle at {age}.",
            weeks=tuple(few),
        )
