"""Lifting begins again gently after a break.

What it does
------------
After `days` or more days in a row on which no lift could stand (blocked, no free window, no lift requested,
or from `history.last_lift` to day one) the first week that has room is a return. It has `sets` sets of each
exercise at most, `rir` repetitions in reserve at least, and the repetitions of the step before the last
working one, which the clock of load_rep_zone does not count; it is no lighter week. The first time that it is
done after the break a movement returns at its share (`shares`, for a break of less than a week more than
`days`, of less than two, longer) of the weight before; where nothing was lifted before, at that share of its
max. The max itself is that share of what training has made it; in the next two weeks that do the movement it
comes back in two equal steps, the weight rising by 10 % a week at most, and only after that it grows. A week
off is no break, nor is a movement that has its turn every second week.

Why
---
The protection from soreness that earlier sessions give fades with the weeks, so the first ones after a pause
make sore as new ones do (Nosaka 2005).

Options
-------
days: 7 to 60. shares: three, each 0.5 to 1. sets: 1 to 5. rir: 2 to 5.

Source
------
Design values; Nosaka 2005.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Annotated

from pydantic import Field

from mesocycle.models.plan import Notice
from mesocycle.solver.placement.problem import Problem
from mesocycle.solver.rules import base

Share = Annotated[float, Field(ge=0.5, le=1)]
WEEK = 7


class Parameters(base.Unpriced):
    days: int = Field(14, ge=7, le=60, description="Days without a possible lift that make a break.")
    shares: tuple[Share, Share, Share] = Field(
        (0.92, 0.9, 0.8), description="Share of the weight before, for short, longer and long breaks."
    )
    sets: int = Field(2, ge=1, le=5, description="Most sets of an exercise in the first week.")
    rir: int = Field(3, ge=2, le=5, description="Repetitions in reserve in the first week.")

    def share(self, away: int) -> Fraction:
        """The share of the weight before, after so many days."""
        return Fraction(str(self.shares[min(2, (away - self.days) // WEEK)]))


SECTION = base.Section.PRESCRIPTION
RELAXATION = base.locked("rules.return_from_break", "it sizes sessions and loads and forbids none")


def notices(problem: Problem, settings: Parameters) -> Iterator[Notice]:
    """Report the weeks in which lifting begins again."""
    for week, away in problem.instance.returns.items():
        share = float(100 * settings.share(away))
        yield Notice(
            rule="return_from_break",
            subject=f"week {week + 1}",
            text=f"Week {week + 1} is the first after {away} days without lifting: at most {settings.sets} "
            f"sets, {settings.rir} in reserve, about {share:g} % of the weight before.",
            weeks=(week + 1,),
        )
