"""Nothing new begins in peak weeks, in the taper or before a race.

What it does
------------
An exercise that is new to the runner (not under `history.familiar`; all of them for one who is new to
lifting) has its first session before peak and taper, and not in the `race_days` before an A race; one that is
heavy on the legs not in the `heavy_days` before it, whatever the phase. Where the plan first needs it later,
or no day had room for it before, the nearest familiar movement takes its place, else one that is light on the
legs; what is light itself may begin then if nothing familiar is near. What stands in stays light through the
block, and so does all that a runner new to lifting begins in weeks in which nothing heavy begins: the least
sets of its range, for main lifts eight repetitions at most with three in reserve, and so much in reserve that
the load lies below 75 % of 1RM (a written load is lowered to 70). Where the earlier sessions of what is heavy
are left out, so are the later ones. The first sessions of a new exercise have `first_sets` sets at most,
whether or not they take place.

Why
---
Article 004: no heavy squats for the first time in peak training; heavy work is better begun after the race. A
new movement makes legs sore for days, and the second time much less (Nosaka 2005, Doma 2017).

Options
-------
race_days: 14 to 42. heavy_days: before races up to 15 km, up to a half marathon, and longer, each 14 to 112.
first_sets: one to six numbers. Soft: a lift that begins something too late costs.

Source
------
Article 004; Nosaka 2005; Doma 2017. Days and sets are design values.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from mesocycle.models.plan import Notice
from mesocycle.solver.placement.problem import Problem
from mesocycle.solver.prescription.moves import guarded_weeks, is_light, new_movements
from mesocycle.solver.rules import base
from mesocycle.solver.rules.notices import exchanges

Days = Annotated[int, Field(ge=14, le=112)]
# Metres up to which a race counts as short, and up to which as a half marathon.
DISTANCES = (15_000, 25_000)


class Parameters(base.Parameters):
    hard: bool = True
    weight: base.Weight = 60
    race_days: int = Field(21, ge=14, le=42, description="Days before an A race without anything new.")
    heavy_days: tuple[Days, Days, Days] = Field(
        (28, 42, 56), description="The same for what is heavy, by the distance of the race."
    )
    first_sets: tuple[Annotated[int, Field(ge=1, le=10)], ...] = Field(
        (2, 2, 3, 4), min_length=1, max_length=6, description="Most sets in the first sessions, one by one."
    )

    def heavy_days_before(self, metres: int) -> int:
        """Days before a race of this distance in which nothing heavy begins."""
        return self.heavy_days[bisect_left(DISTANCES, metres)]


SECTION = base.Section.CONTENT
UNIT = "movement begun too late"
RELAXATION = base.Relaxation("rules.novelty_guard")


def ground(problem: Problem, settings: Parameters) -> Iterator[base.Case]:
    """A lift of a guarded week takes place only if an earlier one held each of its new movements."""
    is_new = new_movements(problem.scenario)
    guarded = guarded_weeks(problem.instance).heavy
    for lift in problem.lifts:
        if lift.week not in guarded:
            continue
        for item in lift.items:
            if item.exercise is None or item.move is None or not is_new(item.exercise):
                continue
            if is_light(item.move.exercise):
                continue
            before = [
                base.Count(earlier.index, earlier.holds(item.exercise), -1)
                for earlier in problem.lifts
                if earlier.week < lift.week
                and earlier.week not in guarded
                and item.exercise in {done.exercise for done in earlier.items}
            ]
            yield base.Limit(
                when=problem.at_lift(lift, item.exercise, alone=False),
                text=f"the first {item.name} comes before week {lift.week + 1}",
                most=0,
                points=None if settings.hard else settings.weight,
                versions=(base.Count(lift.index, lift.holds(item.exercise)), *before),
            )


def notices(problem: Problem, settings: Parameters) -> Iterator[Notice]:
    """Report what stands in for a movement that would begin too late."""
    late = list(exchanges(problem, "novelty_guard", "new", "it is too late to begin"))
    yield from late
    if late or any(item.eased for lift in problem.lifts for item in lift.items):
        yield Notice(
            rule="novelty_guard",
            subject="after the race",
            text="What is new stays light in this block: heavy work is better begun after the race.",
        )
