"""Sets a week for each movement pattern.

What it does
------------
Each half set of a pattern below or above its band costs; sets of a movement count in full for its own
pattern and by half for the others. In weeks that allow fewer sets the band reaches down in the same share,
and never demands more than the week's sessions hold. What the program holds too little of is reported.

Why
---
Four sets a week give most of what strength work gives (Iversen 2021); more helps less and less (Ralston
2017, Pelland 2024, preprint).

Options
-------
bands: [least, most] sets by pattern. Half a set is the unit.

Source
------
Iversen 2021; Ralston 2017; Pelland 2024 (preprint).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field, model_validator

from mesocycle.models.plan import Notice
from mesocycle.solver.instance.phases import round_half_up
from mesocycle.solver.placement.problem import Problem
from mesocycle.solver.prescription.lifts import Lift
from mesocycle.solver.rules import base
from mesocycle.solver.rules.notices import pattern_name

Sets = Annotated[int, Field(ge=0, le=30)]
BANDS = {
    "squat": (4, 8),
    "hinge": (4, 8),
    "single_leg": (4, 8),
    "calf": (4, 8),
    "push": (2, 4),
    "pull": (2, 4),
    "core": (4, 8),
}


class Parameters(base.Parameters):
    weight: base.Weight = 1
    bands: dict[str, tuple[Sets, Sets]] = Field(
        BANDS, max_length=16, description="[least, most] sets a week, by pattern."
    )

    @model_validator(mode="after")
    def _in_order(self) -> Parameters:
        for pattern, (least, most) in self.bands.items():
            if least > most:
                raise ValueError(f"the band of {pattern} has its least above its most")
        return self


SECTION = base.Section.CONTENT
UNIT = "half set outside the band"
RELAXATION = base.Relaxation("rules.weekly_sets_per_pattern")


def ground(problem: Problem, settings: Parameters) -> Iterator[base.Case]:
    """Price what lies outside the bands, in half sets."""
    for number, lifts in enumerate(problem.sessions_by_week()):
        for pattern, (least, most) in sorted(settings.bands.items()):
            having = [lift for lift in lifts if any(pattern in dict(item.patterns) for item in lift.items)]
            share = problem.factors[number].own
            offered = sum(lift.halves(pattern).at(lift.own) for lift in having)
            low = min(round_half_up(2 * least * share), offered)
            if low and having:
                yield from _below(problem, settings, pattern, number, having, low)
            if sum(lift.space.extremes(lift.halves(pattern))[1] for lift in having) > 2 * most:
                yield _limit(problem, settings, pattern, number, having, 2 * most, 1)


def _below(
    problem: Problem, settings: Parameters, pattern: str, week: int, lifts: list[Lift], low: int
) -> Iterator[base.Case]:
    if len(lifts) > 1 or settings.hard:
        yield _limit(problem, settings, pattern, week, lifts, -low, -1)
        return
    # What only one session can miss is a price on its versions: the tighter relaxation.
    (lift,) = lifts
    short = base.beyond(lift.halves(pattern), low, below=True)
    yield base.Price(lift.index, short, settings.weight)
    yield base.LeaveOut((lift.index,), (settings.weight * low,))


def _limit(
    problem: Problem, settings: Parameters, pattern: str, week: int, lifts: list[Lift], most: int, sign: int
) -> base.Limit:
    bound = f"at {'most' if sign > 0 else 'least'} {abs(most) / 2:g} sets"
    return base.Limit(
        when=problem.at_week(week, f"{pattern} {'most' if sign > 0 else 'least'}"),
        text=f"{bound} of {pattern_name(pattern).lower()} in week {week + 1}",
        most=most,
        points=None if settings.hard else settings.weight,
        versions=tuple(base.Count(lift.index, lift.halves(pattern), sign) for lift in lifts),
    )


def notices(problem: Problem, settings: Parameters) -> Iterator[Notice]:
    """Report of which patterns a full week of the program holds fewer sets than the band."""
    weeks = problem.sessions_by_week()
    fullest: dict[str, int] = {}
    for lifts in weeks:
        for pattern in settings.bands:
            sets = sum(
                item.most * dict(item.patterns).get(pattern, 0) for lift in lifts for item in lift.items
            )
            fullest[pattern] = max(fullest.get(pattern, 0), sets)
    for pattern, (least, most) in sorted(settings.bands.items()):
        if 0 < fullest.get(pattern, 0) < 2 * least:
            yield Notice(
                rule="weekly_sets_per_pattern",
                subject=pattern,
                text=f"Your fullest week has {fullest[pattern] / 2:g} sets of "
                f"{pattern_name(pattern).lower()}; {least} to {most} are usual.",
            )
