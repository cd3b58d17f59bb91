"""Jumps in moderation.

What it does
------------
Landings of a session above `most_contacts` (`new_contacts` for a runner new to lifting) cost; so does each
range of `days_between` days for every session with jumps beyond its first. A landing of each leg counts.

Why
---
Two to three days between jump sessions is common advice; 80 to 140 landings are for trained jumpers, so
runners get fewer.

Options
-------
most_contacts: 20 to 120. new_contacts: 10 to 60. days_between: 1 to 3. Ten landings, or one session too
near, are the unit.

Source
------
Coaching practice; the numbers are design values.
"""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import Field

from mesocycle.solver.placement.problem import Problem
from mesocycle.solver.rules import base


class Parameters(base.Parameters):
    weight: base.Weight = 4
    most_contacts: int = Field(60, ge=20, le=120, description="Landings in a session.")
    new_contacts: int = Field(30, ge=10, le=60, description="The same for a runner new to lifting.")
    days_between: int = Field(2, ge=1, le=3, description="Days from one session with jumps to the next.")


SECTION = base.Section.CONTENT
UNIT = "10 landings over, or a session too near"
RELAXATION = base.Relaxation("rules.plyo_limits")


def ground(problem: Problem, settings: Parameters) -> Iterator[base.Case]:
    """Price landings session by session, and sessions with jumps too near each other by ranges of days."""
    new = problem.scenario.athlete.experience == "new"
    most = settings.new_contacts if new else settings.most_contacts
    jumping = 0
    for lift in problem.lifts:
        landings = lift.per_set("landings", lambda item: item.contacts)
        highest = lift.space.extremes(landings)[1]
        jumping += highest > 0
        if highest > most:
            over = base.beyond(landings, most)
            text = f"at most {most} landings in {lift.name} of week {lift.week + 1}"
            yield from base.sized(settings, lift, over, problem.at_lift(lift), text, per=10)
    if jumping < 2:
        return
    calendar = problem.calendar
    for day in range(calendar.first_day - settings.days_between + 1, calendar.last_day + 1):
        first, last = max(day, calendar.first_day), min(day + settings.days_between - 1, calendar.last_day)
        yield base.Limit(
            when=base.When(f"day {day:03d}"),
            text=f"one session with jumps in the {settings.days_between} days from {problem.on(day)}",
            most=1,
            points=None if settings.hard else settings.weight,
            days=(("jumps", first, last, 1),),
        )
