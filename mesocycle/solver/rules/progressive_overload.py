"""Strength grows from week to week, and the weight with it.

What it does
------------
Each movement with a weight has one number a week, its max (an estimated 1RM): that of the record at first,
and then more by what each growing week earned, shown the next time it is done. A growing week earns
`trained_percent` of the first max (`new_percent` for a runner new to lifting, `advanced_percent`) times
`slowing` for each growing week before it, times the share of the sets that the week allows (`new_least_share`
at least for a new lifter). In the first two sessions of a movement that is new no more than half counts, for
a new lifter no less than his least share; and where fewer sets are done than the week allows, so much less.
All but leg work earns `upper_share` of it. Nothing is earned in lighter, taper and recovery weeks, in the
return from a break (return_from_break) and the two weeks after it that do the movement, and in weeks whose
Thursday lies in the last 21 days before an A race of a marathon or longer, 14 before a shorter one. The max
never passes the record by more than `most_percent` (`new_most_percent`).

What is loaded is what repetitions and reserve (or a written percentage; seconds and metres without one load
the max itself) allow at that max: with a record the nearest weight that can be loaded if it lies no more than
2.5 % above, else the next lower one. From one working week to the next it rises by 5 % at most, by 10 % where
the repetitions fall or after a break, or by one step of the kit if that is more; it does not fall but after a
break or with a new wave. In lighter, taper and recovery weeks it is that of the last working week, or of the
return from a break, if later. Without a record it is given in percent of the first time. Where even the
lightest weight lies more than 10 % above, none is given, and the reserve alone is the guide. Main lifts have
warm-up sets of 5, 3 and 2 repetitions at 40, 60 and 80 % of the weight. What is done without a weight has
none of this. A main lift whose weight and repetitions stay the same for `stall_weeks` weeks or more is
reported.

Why
---
Article 004: the same weight for months is maintenance; its example grows by 38 % in eight weeks on a new
movement. Three maximal sessions a week beside running gave 33 % in eight weeks (Støren 2008), a season of 40
weeks much less (Beattie 2017). Steps of 2 to 10 % are usual (ACSM 2009).

Options
-------
new_percent, trained_percent, advanced_percent: 0 to 10. upper_share, new_least_share: 0 to 1. slowing: 0.5 to
1. most_percent, new_most_percent: 0 to 100. stall_weeks: 4 to 26. Off: cards have repetitions and reserve
alone.

Source
------
Article 004; Støren 2008; Beattie 2017; ACSM 2009. The percents and shares are design values.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from pydantic import Field

from mesocycle.models.plan import Notice, PlannedSession
from mesocycle.models.strength import Role
from mesocycle.solver.placement.problem import Problem
from mesocycle.solver.rules import base


class Parameters(base.Unpriced):
    new_percent: float = Field(3.5, ge=0, le=10, description="Growth of a first full week, new to lifting.")
    trained_percent: float = Field(1.5, ge=0, le=10, description="The same for a trained runner.")
    advanced_percent: float = Field(0.6, ge=0, le=10, description="The same for an advanced lifter.")
    upper_share: float = Field(0.6, ge=0, le=1, description="Share of it for all but leg work.")
    slowing: float = Field(0.94, ge=0.5, le=1, description="What each growing week leaves of the next.")
    new_least_share: float = Field(
        0.75, ge=0, le=1, description="Least share of the sets that counts, if new."
    )
    most_percent: float = Field(20, ge=0, le=100, description="Growth in the whole block, at most.")
    new_most_percent: float = Field(45, ge=0, le=100, description="The same for a runner new to lifting.")
    stall_weeks: int = Field(12, ge=4, le=26, description="Weeks without growth that are reported.")


SECTION = base.Section.PRESCRIPTION
RELAXATION = base.locked("rules.progressive_overload", "it sizes loads and forbids none")


def plan_notices(
    problem: Problem, settings: Parameters, sessions: Sequence[PlannedSession]
) -> Iterator[Notice]:
    """Remark on main lifts that stay at one weight and number of repetitions for long."""
    library = problem.instance.exercises
    shown: dict[str, dict[int, tuple[float, int | None]]] = {}
    for session in sessions:
        for item in session.exercises:
            if library[item.exercise].role is Role.MAIN and library[item.exercise].weighted:
                weight = (item.relative_percent or 0) if item.weight is None else item.weight
                shown.setdefault(item.exercise, {}).setdefault(session.week, (weight, item.reps))
    for name, weeks in shown.items():
        for _, same in groupby(sorted(weeks.items()), key=lambda pair: pair[1]):
            numbers = [week for week, _ in same]
            if numbers[-1] - numbers[0] + 1 >= settings.stall_weeks:
                when = f"from week {numbers[0]} to {numbers[-1]}"
                stays = "stays at one weight and number of repetitions"
                text = f"{library[name].name} {stays} {when}: that maintains."
                yield Notice(
                    rule="progressive_overload",
                    subject=f"{name} weeks {numbers[0]}-{numbers[-1]}",
                    text=text,
                    weeks=tuple(numbers),
                )
