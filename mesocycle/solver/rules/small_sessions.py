"""Core, plyo and mobility go beside the lifts.

What it does
------------
A session whose `kind` is core, plyo or mobility counts for no lift: it is not spaced from lifts, has no share
in `sessions_per_week` and comes as often as its `per_week` says. It may be on easy days and on the eve of a
key run. It costs where it is on the day of a key run or of a lift, and where two of one kind lie closer than
an even spread (with one or two a week any three days hold at most one, with three any two days); one that is
left out costs three times as much. Where a day may hold several lifts, the day of a lift costs nothing. Never
are two of one kind on one day. What loads the legs all the same keeps clear of key runs by the rules for
those. Mobility that is given by its minutes is trimmed in no week. Hard: none is on the day of a key run or
of a lift, none too near its like, none left out.

Why
---
Core work is fine on an easy day before a tempo (003); small sessions tire little, and a day with a key run or
a lift is full already.

Options
-------
None beyond hard, soft and weight; kind and `per_week` stand with each session.

Source
------
Article 003 (core on the easy day before the tempo); the prices are design values.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import numpy as np

from mesocycle.models.sessions import Kind
from mesocycle.solver.placement.problem import Problem
from mesocycle.solver.rules import base

# A session left out costs so many times the weight.
LEFT_OUT = 3
SMALL = tuple(kind for kind in Kind if kind is not Kind.LIFT)


class Parameters(base.Parameters):
    weight: base.Weight = 8


SECTION = base.Section.BETWEEN_LIFTS
UNIT = "small session on a full day, or too near its like"
RELAXATION = base.Relaxation("strength.sessions")


def ground(problem: Problem, settings: Parameters) -> Iterator[base.Case]:
    """Price what is left out, two of a kind too near each other, and a lift on the same day."""
    small = [lift for lift in problem.lifts if not lift.is_lift]
    points = None if settings.hard else settings.weight
    for lift in small if settings.hard else ():
        yield base.Limit(
            when=problem.at_lift(lift),
            text=f"{lift.name} takes place in week {lift.week + 1}",
            most=-1,
            points=None,
            versions=(base.Count(lift.index, lift.takes_place, -1),),
        )
    if small and not settings.hard:
        indices = tuple(lift.index for lift in small)
        yield base.LeaveOut(indices, (LEFT_OUT * settings.weight,) * len(small))
    first, last = problem.calendar.first_day, problem.calendar.last_day
    lifts = [len(week) for week in problem.lifts_by_week()]
    counts = Counter((lift.kind, lift.week) for lift in small)
    for kind in SMALL:
        for day in range(first, last + 1) if any(key[0] is kind for key in counts) else ():
            yield base.Limit(
                when=problem.at_day(day, f"{kind} once"),
                text=f"one {kind} session at most on {problem.on(day)}",
                most=1,
                points=None,
                days=((kind, day, day, 1),),
            )
            length = days_for_one(counts[kind, day // 7])
            until = day + length - 1
            if length > 1 and until <= last:
                yield base.Limit(
                    when=problem.at_day(day, kind, alone=False),
                    text=f"one {kind} session in the {length} days from {problem.on(day)}",
                    most=1,
                    points=points,
                    days=((kind, day, until, 1),),
                )
            # A price counts sessions beyond one; what is hard lets any number of lifts share a day without.
            most = lifts[day // 7] if settings.hard else 1
            if most and (settings.hard or problem.lifts_a_day == 1):
                yield base.Limit(
                    when=problem.at_day(day, f"{kind} and lift"),
                    text=f"no {kind} session on the day of a lift, {problem.on(day)}",
                    most=most,
                    points=points,
                    days=((kind, day, day, most), (Kind.LIFT, day, day, 1)),
                )


def place(problem: Problem, settings: Parameters) -> Iterator[base.Case]:
    """Price or close the days of key runs."""
    options = problem.options
    key_days = {run.day for run in problem.calendar.runs if run.key}
    chosen = base.where(~options.is_lift & np.isin(options.day, sorted(key_days)))
    for day, there in base.group(chosen, options.day[chosen]):
        yield from base.breaches(
            settings,
            there,
            np.ones_like(there),
            when=problem.at_day(day, "key run"),
            text=f"no small session on the day of a key run, {problem.on(day)}",
            reason=base.reason("holds", "hold", "a key run"),
        )


def days_for_one(sessions_per_week: int) -> int:
    """Days in a row that should hold one session of a kind at most."""
    return min(3, 7 // sessions_per_week) if sessions_per_week else 1
