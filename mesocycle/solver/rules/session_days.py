"""Sessions are on the days you named for them.

What it does
------------
A session with `days` costs where it is on another weekday. With `must: true` on the session, or where the
rule is hard, it is on one of them whenever it takes place.

Why
---
Legs on Wednesday, core on the easy day: runners have reasons that no model knows.

Options
-------
None beyond hard, soft and weight; the days stand with each session.

Source
------
The runner's word.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from mesocycle.models.clock import WEEKDAY_NAMES, WEEKDAYS
from mesocycle.solver.placement.problem import Problem
from mesocycle.solver.rules import base


class Parameters(base.Parameters):
    weight: base.Weight = 20


SECTION = base.Section.COMFORT
UNIT = "session off its days"
RELAXATION = base.Relaxation("strength.sessions", also="`must` of a session: its days become a wish")


def place(problem: Problem, settings: Parameters) -> Iterator[base.Case]:
    """Price or close the other days, session by session."""
    options = problem.options
    for lift in problem.lifts:
        session = problem.instance.session(lift.session)
        if not session.days:
            continue
        named = [WEEKDAYS.index(day) for day in session.days]
        chosen = base.where((options.lift == lift.index) & ~np.isin(options.day % 7, named))
        days = " or ".join(WEEKDAY_NAMES[day] for day in sorted(named))
        yield from base.breaches(
            base.hardened(settings, session.must),
            chosen,
            np.ones_like(chosen),
            when=problem.at_lift(lift),
            text=f"{lift.name} on {days}, week {lift.week + 1}",
            reason=base.reason("is", "are", f"no day you named for {lift.session}"),
        )
