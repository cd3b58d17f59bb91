"""Leg work grows in steps.

What it does
------------
For athletes new to lifting, or with a last lift more than four weeks back, the first `first_weeks` allow
`first_factor` of the sets. The share a week allows grows by at most `growth` over the most of the four
weeks before. And the leg sets done in a training week exceed those of an earlier one by no more than
`jump_share` of what that one allowed, or `jump_sets` if that is more; the earlier one is the week that
allowed most of the last four. Lighter, taper, recovery and partial weeks, weeks with a race and weeks without
room for a lift are left out of that comparison, and once a block is lived by those in which a session was
missed.

Why
---
No trial gives a number for lifting; soreness after a jump in leg work is what this avoids.

Options
-------
first_weeks: 0 to 4. first_factor: 0.4 to 1. growth: 0.1 to 1. jump_share: 0.1 to 1. jump_sets: 1 to 10.
`hard` is about the jump; soft: a leg set over is the unit. The shares always hold.

Source
------
Design value; GRONORUN and Frandsen 2025 found no benefit of a 10 % rule for running.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from pydantic import Field

from mesocycle.solver.instance.availability import has_room
from mesocycle.solver.instance.calendar import Calendar
from mesocycle.solver.placement.problem import Problem
from mesocycle.solver.rules import base

LOOK_BACK = 4


class Parameters(base.Parameters):
    hard: bool = True
    weight: base.Weight = 4
    first_weeks: int = Field(2, ge=0, le=4, description="Weeks that start smaller.")
    first_factor: float = Field(0.6, ge=0.4, le=1, description="Share of the sets in those weeks.")
    growth: float = Field(0.2, ge=0.1, le=1, description="Growth of the share from week to week.")
    jump_share: float = Field(0.5, ge=0.1, le=1, description="Growth of leg sets, as a share.")
    jump_sets: int = Field(2, ge=1, le=10, description="Growth of leg sets that is always allowed.")


# A gentle start cannot be bought off: the shares hold, hard or soft.
SHARES_HOLD = True
SECTION = base.Section.THROUGH_THE_BLOCK
UNIT = "set over"
RELAXATION = base.Relaxation(
    "rules.ramp_limits",
    (base.Give("jump_sets", 1, 6, "up to {to} leg sets more from week to week instead of {was}", 2),),
)


def factors(
    calendar: Calendar, settings: Parameters, so_far: Sequence[Fraction], deloads: frozenset[int]
) -> list[Fraction]:
    """Share of the sets by a slow start and a limited growth, on top of the other rules' shares."""
    growth = Fraction(str(settings.growth))
    shares: list[Fraction] = []
    for index, others in enumerate(so_far):
        share = others
        if calendar.slow_start and index < settings.first_weeks:
            share = min(share, Fraction(str(settings.first_factor)))
        if shares:
            share = min(share, max(shares[-LOOK_BACK:]) + growth)
        shares.append(share)
    return shares


def ground(problem: Problem, settings: Parameters) -> Iterator[base.Case]:
    """Limit the leg sets of each training week by those of the one before."""
    calendar = problem.calendar
    weeks = problem.sessions_by_week()
    allowed: dict[int, int] = {}
    for week in calendar.weeks:
        index = week.number - 1
        if (
            index in problem.deload_weeks
            or index in calendar.race_weeks
            or week.phase in ("taper", "recovery")
            or len(week.days) < 7
            or not has_room(calendar, week, problem.settings)
            or any(lift.settled is not None and lift.settled.start is None for lift in weeks[index])
        ):
            continue
        if allowed:
            recent = list(allowed)[-LOOK_BACK:]
            earlier = max(recent, key=lambda at: (allowed[at], at))
            jump = max(settings.jump_sets, int(Fraction(str(settings.jump_share)) * allowed[earlier]))
            yield base.Limit(
                when=problem.at_week(week.number - 1, alone=False),
                text=f"at most {jump} leg sets more in week {week.number} than in week {earlier + 1}",
                most=jump,
                points=None if settings.hard else settings.weight,
                versions=(
                    *(base.Count(lift.index, lift.leg_sets) for lift in weeks[index]),
                    *(base.Count(lift.index, lift.leg_sets, -1) for lift in weeks[earlier]),
                ),
                since=7 * earlier,
            )
        allowed[index] = sum(lift.leg_sets.at(lift.own) for lift in weeks[index])
