"""Lighter weeks of lifting.

What it does
------------
The cutback weeks of the run plan are lighter weeks of lifting too: `factor` of the sets, same load, same
days; and so is the week of a B race. Without cutback weeks every `every_weeks`-th week is, the first of them
being that one or one of the weeks after it; where a B race lies in those weeks, its week is the lighter one.
The first week after a break is no lighter week. Every such pattern is planned to its proven optimum and the
best block is taken, each set given up for the pattern costing.

Why
---
Strength athletes deload every 5.6 weeks on average (Rogerson 2024); runners cut back every three to four
weeks by a quarter to a third (coaching).

Options
-------
factor: 0.4 to 1. every_weeks: 3 to 8. Soft: sets above can be bought at 4 times the weight a set.

Source
------
Rogerson 2024; cutback practice (coaching).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from pydantic import Field

from mesocycle.solver.instance.calendar import Calendar
from mesocycle.solver.instance.instance import Instance
from mesocycle.solver.placement.problem import Problem
from mesocycle.solver.prescription.versions import allowed
from mesocycle.solver.rules import base

SOFT_PRICE = 4


class Parameters(base.Parameters):
    hard: bool = True
    weight: base.Weight = 1
    factor: float = Field(0.6, ge=0.4, le=1, description="Share of the sets in a lighter week.")
    every_weeks: int = Field(4, ge=3, le=8, description="Weeks from one lighter week to the next.")


SECTION = base.Section.THROUGH_THE_BLOCK
UNIT = "set given up"
RELAXATION = base.locked("rules.deload_weeks", "it sizes sessions and forbids none")


def patterns(instance: Instance) -> tuple[frozenset[int], ...]:
    """The sets of lighter weeks to choose from: the run plan's own, or one for each offset."""
    settings, calendar = instance.settings.deload_weeks, instance.calendar
    if settings is None:
        return (frozenset(),)
    given = frozenset(week.number - 1 for week in calendar.weeks if week.cutback)
    count, every = len(calendar.weeks), settings.every_weeks
    chosen = [given]
    if is_choice(calendar) and count >= every:
        regular = (range(first, count, every) for first in range(every - 1, min(2 * every - 1, count)))
        # A lighter week for a race needs no other in its cycle.
        chosen = [
            given | {week for week in weeks if given.isdisjoint(range(week - every + 1, week + 1))}
            for weeks in regular
        ]
    # The first week after a break is light by itself.
    return tuple(dict.fromkeys(weeks.difference(instance.returns) for weeks in chosen))


def is_choice(calendar: Calendar) -> bool:
    """Whether the lighter weeks are for the plan to choose: the run plan has no cutback."""
    return not any(
        week.cutback for week in calendar.weeks if week.number - 1 not in calendar.minor_race_weeks
    )


def factors(
    calendar: Calendar, settings: Parameters, so_far: Sequence[Fraction], deloads: frozenset[int]
) -> list[Fraction]:
    """Share of the sets in lighter weeks."""
    light = Fraction(str(settings.factor))
    return [light if index in deloads else Fraction(1) for index in range(len(calendar.weeks))]


def ground(problem: Problem, settings: Parameters) -> Iterator[base.Case]:
    """Price the pattern where it was chosen, and sets above it where the rule is soft."""
    if problem.deload_is_choice:
        yield base.Fixed(settings.weight * sum(given_up(problem, settings).values()))
    shares = factors(problem.calendar, settings, (), problem.deload_weeks)
    dear = settings.model_copy(update={"weight": SOFT_PRICE * settings.weight})
    yield from base.sets_above(problem, dear, shares)


def given_up(problem: Problem, settings: Parameters) -> dict[int, int]:
    """Sets that each lighter week gives up for the pattern, by week index."""
    lost: dict[int, int] = {}
    for lift in problem.lifts:
        if lift.week in problem.deload_weeks:
            without = allowed(lift.items, problem.factors[lift.week].without_deload)
            sets = sum(without) - sum(lift.own)
            lost[lift.week] = lost.get(lift.week, 0) + sets
    return lost
