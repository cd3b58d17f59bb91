"""Nothing new begins in peak weeks, in the taper or before a race.

What it does
------------
An exercise that is new to the runner (not under `history.familiar`; all of them for one who is new to
lifting) has its first session before peak and taper, and not in the `race_days` before an A race. Where the
plan first needs it later, or no day had room for it before, the nearest familiar movement takes its place,
else one that is light on the legs; what is light itself may begin then if nothing familiar is near. Where the
earlier sessions of what is not light are left out, so are the later ones. The first two sessions of a new
exercise have `first_share` of its sets, whether or not they take place.

Why
---
Article 004: no heavy squats for the first time in peak training. A new movement makes legs sore for days, and
the second time much less (Nosaka 2005, Doma 2017).

Options
-------
race_days: 14 to 42. first_share: 0.4 to 1. Soft: a lift that begins something too late costs.

Source
------
Article 004; Nosaka 2005; Doma 2017.
"""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import Field

from mesocycle.models.plan import Notice
from mesocycle.solver.placement.problem import Problem
from mesocycle.solver.prescription.moves import guarded_weeks, is_light, new_movements
from mesocycle.solver.rules import base
from mesocycle.solver.rules.notices import exchanges


class Parameters(base.Parameters):
    hard: bool = True
    weight: base.Weight = 60
    race_days: int = Field(21, ge=14, le=42, description="Days before an A race without anything new.")
    first_share: float = Field(0.6, ge=0.4, le=1, description="Share of the sets in the first two sessions.")


SECTION = base.Section.CONTENT
UNIT = "movement begun too late"
RELAXATION = base.Relaxation("rules.novelty_guard")


def ground(problem: Problem, settings: Parameters) -> Iterator[base.Case]:
    """A lift of a guarded week takes place only if an earlier one held each of its new movements."""
    is_new = new_movements(problem.scenario)
    guarded = guarded_weeks(problem.instance)
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
    yield from exchanges(problem, "novelty_guard", "new", "it is too late to begin")
