"""Sessions start in the hours you named for them.

What it does
------------
A session with `time` costs where it starts outside these hours: a part of the day (morning is 05:00-12:00,
midday 11:00-14:00, afternoon 12:00-18:00, evening 17:00-22:00) or a window. With `must: true` on the session,
or where the rule is hard, it starts inside them whenever it takes place.

Why
---
The class begins at six, the children sleep until seven. `time_of_day` wishes the same for all sessions.

Options
-------
None beyond hard, soft and weight; the hours stand with each session.

Source
------
The runner's word; the ends of the parts of the day are design values.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from mesocycle.models.clock import MINUTES_PER_DAY
from mesocycle.solver.placement.problem import Problem
from mesocycle.solver.rules import base


class Parameters(base.Parameters):
    weight: base.Weight = 10


SECTION = base.Section.COMFORT
UNIT = "session outside its hours"
RELAXATION = base.Relaxation("strength.sessions", also="`must` of a session: its hours become a wish")


def place(problem: Problem, settings: Parameters) -> Iterator[base.Case]:
    """Price or close the other hours, session by session."""
    options = problem.options
    time = options.start % MINUTES_PER_DAY
    for lift in problem.lifts:
        session = problem.instance.session(lift.session)
        if session.time is None:
            continue
        inside = (time >= session.time.start_minute) & (time < session.time.end_minute)
        chosen = base.where((options.lift == lift.index) & ~inside)
        yield from base.breaches(
            base.hardened(settings, session.must),
            chosen,
            np.ones_like(chosen),
            when=problem.at_lift(lift),
            text=f"{lift.name} starts within {session.time}, week {lift.week + 1}",
            reason=base.reason("has", "have", f"no free hour that you named for {lift.session}"),
        )
