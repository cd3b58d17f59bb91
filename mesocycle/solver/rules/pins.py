"""Sessions stay where you pinned them.

What it does
------------
A pin (`strength.pins`, or `--pin` for one try) with a date places a session of that week on it, at its
`start` if it has one: the session takes place, and nowhere else. A pin with a weekday holds for every week in
which the session takes place. Soft: a session that is elsewhere, or left out though a date is pinned, costs.

Why
---
A gym date, a physio's hour, a training partner: what is agreed is agreed. Pinning a session also shows what
another day would cost.

Options
-------
None beyond hard, soft and weight.

Source
------
The runner's word.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from mesocycle.models.clock import MINUTES_PER_DAY, WEEKDAY_NAMES, WEEKDAYS, format_time
from mesocycle.models.sessions import Pin
from mesocycle.solver.placement.problem import Problem
from mesocycle.solver.placement.slots import Bools
from mesocycle.solver.prescription.lifts import Lift
from mesocycle.solver.rules import base


class Parameters(base.Parameters):
    hard: bool = True
    weight: base.Weight = 50


SECTION = base.Section.CALENDAR
UNIT = "session away from its pin"
RELAXATION = base.Relaxation("strength.pins", also="one of `strength.pins`, or its hour")


def ground(problem: Problem, settings: Parameters) -> Iterator[base.Case]:
    """Demand what is pinned to a date."""
    for pin, lift in _pinned(problem):
        if pin.date is not None:
            yield base.Limit(
                when=problem.at_lift(lift, str(pin), alone=False),
                text=text_of(pin, lift),
                most=-1,
                points=None if settings.hard else settings.weight,
                versions=(base.Count(lift.index, lift.takes_place, -1),),
            )


def place(problem: Problem, settings: Parameters) -> Iterator[base.Case]:
    """Close or price what is elsewhere."""
    for pin, lift in _pinned(problem):
        chosen = base.where((problem.options.lift == lift.index) & ~_there(problem, pin))
        yield from base.breaches(
            settings,
            chosen,
            np.ones_like(chosen),
            when=problem.at_lift(lift, str(pin), alone=pin.date is None),
            text=text_of(pin, lift),
            reason=base.reason("is", "are", f"not where you pinned {lift.name}"),
        )


def _pinned(problem: Problem) -> Iterator[tuple[Pin, Lift]]:
    """The pins, each with the lifts that it holds."""
    for pin in problem.scenario.strength.pins:
        for lift in problem.lifts:
            week = problem.calendar.weeks[lift.week]
            if pin.session == lift.name and (
                pin.date is None or 0 <= (pin.date - week.monday).days < len(WEEKDAYS)
            ):
                yield pin, lift


def _there(problem: Problem, pin: Pin) -> Bools:
    """The options that lie where a pin says."""
    options = problem.options
    if pin.date is not None:
        there: Bools = options.day == (pin.date - problem.calendar.monday).days
    else:
        there = options.day % 7 == WEEKDAYS.index(pin.day or "")
    return there if pin.start is None else there & (options.start % MINUTES_PER_DAY == pin.start)


def text_of(pin: Pin, lift: Lift) -> str:
    """What a pin demands of a lift, as it is told."""
    hour = "" if pin.start is None else f" at {format_time(pin.start)}"
    if pin.date is not None:
        weekday = WEEKDAY_NAMES[pin.date.weekday()]
        return f"your pin of {lift.name} to {weekday} {pin.date.day} {pin.date:%B}{hour}"
    weekday = WEEKDAY_NAMES[WEEKDAYS.index(pin.day or "")]
    return f"your pin of {lift.name} to {weekday}{hour}, week {lift.week + 1}"
