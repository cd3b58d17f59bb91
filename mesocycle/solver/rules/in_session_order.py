"""Jumps first, then the main lifts.

What it does
------------
The exercises of a session are done in this order: jumps while fresh, main lifts, single-leg and other leg
work, upper body, calves and core. A jump that follows its heavy lift in a complex stays with it. Within a
kind the order is the runner's own. A session that is put in order is reported.

Why
---
Article 001: explosive work first, while fresh. What comes first is done best (ACSM 2009).

Options
-------
off: the runner's own order.

Source
------
Article 001; ACSM 2009.
"""

from __future__ import annotations

from collections.abc import Iterator

from mesocycle.models.plan import Notice
from mesocycle.solver.placement.problem import Problem
from mesocycle.solver.rules import base


class Parameters(base.Unpriced):
    """Settings of in_session_order: it has none."""


SECTION = base.Section.PRESCRIPTION
RELAXATION = base.locked("rules.in_session_order", "it puts exercises in order and forbids none")


def notices(problem: Problem, settings: Parameters) -> Iterator[Notice]:
    """Report which sessions are put in order."""
    written = {session.name: [e.exercise for e in session.exercises] for session in problem.instance.sessions}
    reordered: dict[str, None] = {}
    for lift in problem.lifts:
        done = [item.move.entry.exercise for item in lift.items if item.move is not None]
        if done != [name for name in written[lift.session] if name in done]:
            reordered[lift.session] = None
    for session in reordered:
        yield Notice(
            rule="in_session_order",
            subject=session,
            text=f"{session} is put in order: jumps first, then main lifts, other leg work, "
            "upper body, calves and core.",
        )
