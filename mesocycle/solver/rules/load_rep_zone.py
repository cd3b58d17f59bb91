"""How heavy the main lifts are, and for how many repetitions.

What it does
------------
Main lifts whose repetitions and load are left open follow a clock of their own, whatever the phase of the
running. It counts the working weeks that expect a movement and have room for a lift; lighter, taper and
recovery weeks take no step, nor does a return from a break. *Foundation* is the first `foundation` of them
(for a runner new to lifting `new_foundation`, at most a third of the block, rounded, but two at least; none
with `history.strength_phase: strength`): 10 repetitions once, then 8, with three in reserve. *Strength*
follows with 6, 5, 5, 5 and then 4, with two in reserve. In peak weeks it stays at five repetitions, and at
every second such week goes on to four and stays there. Without an A race in the scenario a new wave begins at
6 when `wave_weeks` weeks have gone by since the last one did. *Power* (in build weeks, if chosen, not for the
new): three with three in reserve. In a *taper* two repetitions fewer, three at least, at the same load. A
movement that is new to the runner has four in reserve in its first two sessions, where neither reserve nor
load is written. All but the taper keeps within the exercise's own range of repetitions. Load follows
repetitions and reserve by the formula of Epley; the guide in percent is rounded down to 5 %. A load that is
written but leaves less in reserve than is written is lowered to what does, and reported: ten repetitions with
two to spare are 70 %, not 75.

Why
---
The articles give 3 to 5 sets of 5 to 10 (000), 2 to 8 at 85 to 90 % (001), 10 at about 75 % with two to
spare (003), 5 to 10 (004). Reserve is what a runner feels, so it decides; 70 % and more is what tendon and
bone answer to (001; Eihara 2022).

Options
-------
foundation, new_foundation: 0 to 8. wave_weeks: 4 to 26. build: strength, or power for trained runners.

Source
------
Articles 000, 001, 003, 004; Eihara 2022; Epley's formula. The steps are design values.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from mesocycle.models.plan import Notice
from mesocycle.solver.placement.problem import Problem
from mesocycle.solver.rules import base
from mesocycle.solver.rules.notices import as_written, first_of_each


class Parameters(base.Unpriced):
    foundation: int = Field(3, ge=0, le=8, description="Working weeks of higher repetitions at the start.")
    new_foundation: int = Field(5, ge=0, le=8, description="The same for a runner new to lifting.")
    wave_weeks: int = Field(
        8, ge=4, le=26, description="Weeks of a wave of strength, where no A race ends it."
    )
    build: Literal["strength", "power"] = Field("strength", description="The zone of the build phase.")


SECTION = base.Section.PRESCRIPTION
RELAXATION = base.locked("rules.load_rep_zone", "it sizes sets and forbids none")


def notices(problem: Problem, settings: Parameters) -> Iterator[Notice]:
    """Report which written loads are lowered."""
    return first_of_each(
        Notice(
            rule="load_rep_zone",
            subject=f"{lift.session} {item.exercise}",
            text=f"{lift.session}: {item.reps} repetitions of {item.name}, {item.rir} in reserve, "
            f"are about {item.load} % of 1RM, not {entry.load}: reserve decides.",
        )
        for lift, item, entry in as_written(problem)
        if entry.load is not None and item.load is not None and item.load < entry.load
    )
