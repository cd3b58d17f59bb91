"""The last loaded lift lies days before a race.

What it does
------------
The last lift that loads the legs lies `a_days` calendar days or more before an A race, `b_days` before a B
race. In the days before that, sessions that
prescribe 80 % of 1RM or more for the legs cost for every day they are too close. A C race is a key run.

Why
---
Coaches end heavy work 7 to 14 days before the race and allow light work later; a pause of up to four weeks
costs neither economy nor a 3 km time.

Options
-------
a_days, b_days: calendar days from the last loaded lift to the race (0 to 14). a_heavy_days, b_heavy_days:
none at 80 % or more, at a price (0 to 21). A day short is the unit. `hard` is about the first pair.

Source
------
RunnersConnect, Discover Strength, Klein, Finish Line PT (coaching); PMC7821917.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from pydantic import Field

from mesocycle.solver.placement.problem import Problem
from mesocycle.solver.rules import base


class Parameters(base.Parameters):
    hard: bool = True
    weight: base.Weight = 3
    a_days: int = Field(4, ge=0, le=14, description="Days without loaded lifts before an A race.")
    b_days: int = Field(3, ge=0, le=14, description="Days without loaded lifts before a B race.")
    a_heavy_days: int = Field(10, ge=0, le=21, description="Days without very heavy lifts before an A race.")
    b_heavy_days: int = Field(5, ge=0, le=21, description="Days without very heavy lifts before a B race.")


SECTION = base.Section.AROUND_RACES
UNIT = "day short"
RELAXATION = base.locked("rules.race_blackout", "the race is what the block is for")


def place(problem: Problem, settings: Parameters) -> Iterator[base.Case]:
    """Close or price the days before each A and B race."""
    options, calendar = problem.options, problem.calendar
    heavy_lift = np.array([any(item.very_heavy for item in lift.items) for lift in problem.lifts], dtype=bool)
    heavy = heavy_lift[options.lift] if len(options) else np.zeros(0, dtype=bool)
    for race in calendar.races:
        if race.race is None or race.race.priority == "C":
            continue
        first = race.race.priority == "A"
        none_days = settings.a_days if first else settings.b_days
        heavy_days = settings.a_heavy_days if first else settings.b_heavy_days
        ahead = race.day - options.day
        coming = options.loads_legs & (ahead >= 0) & (options.start < race.start)
        chosen = base.where(coming & (ahead < none_days))
        yield from base.breaches(
            settings,
            chosen,
            none_days - ahead[chosen],
            when=problem.at_day(race.day),
            text=f"no heavy legs in the {none_days} days before the race of {problem.on(race.day)}",
            reason=base.reason("is", "are", "too close to the race"),
        )
        late = base.where(coming & heavy & (ahead >= none_days) & (ahead < heavy_days))
        yield base.Charge(
            late,
            base.points_of(settings.weight, heavy_days - ahead[late]),
            base.reason("is", "are", "close to the race for loads of 80 %"),
        )
