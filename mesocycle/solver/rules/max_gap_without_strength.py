"""No long gap without a loaded lift.

What it does
------------
Days beyond `days` from one loaded lift to the next cost; days beyond `long_days` cost twice as much on top. A
gap beyond `most_days` never happens. Ranges of days that touch a taper or recovery week, a week of which no
session loads the legs with all its sets, or a blocked day are exempt. With a `history.last_lift` that lies no
further back than `days` the first gap starts there; a longer break before the block is not the block's to
mend.

Why
---
One session every second week did not hold strength, one a week did (Rønnestad 2011). Article 003 sees
benefits fade after six weeks, 004 sees fragile runners after twelve.

Options
-------
days: 5 to 21. long_days: 7 to 28. most_days: 10 to 42; `hard` is about it. A day too long is the unit.

Source
------
Rønnestad 2011; articles 003, 004.
"""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import Field, model_validator

from mesocycle.solver.placement.problem import Problem
from mesocycle.solver.prescription.items import LOADED_DOSE
from mesocycle.solver.rules import base

LONG_PRICE = 2


class Parameters(base.Parameters):
    hard: bool = True
    weight: base.Weight = 3
    days: int = Field(9, ge=5, le=21, description="Days from lift to lift.")
    long_days: int = Field(14, ge=7, le=28, description="Days from which a gap is long.")
    most_days: int = Field(28, ge=10, le=42, description="Never longer than this.")

    @model_validator(mode="after")
    def _in_order(self) -> Parameters:
        base.in_order(self, "days", "most_days")
        return self


SECTION = base.Section.BETWEEN_LIFTS
UNIT = "day too long"
RELAXATION = base.Relaxation(
    "rules.max_gap_without_strength",
    (base.Give("most_days", 1, 14, "up to {to} days without a lift for the legs instead of {was}"),),
)


def ground(problem: Problem, settings: Parameters) -> Iterator[base.Case]:
    """Demand a loaded lift in each range of days."""
    calendar = problem.calendar
    loading = {
        lift.week
        for lift in problem.lifts
        if lift.is_lift
        and sum(item.dose_of(n) for n, item in zip(lift.own, lift.items, strict=True)) >= LOADED_DOSE
    }
    exempt = {
        day
        for week in calendar.weeks
        for day in week.days
        if week.phase in ("taper", "recovery") or week.number - 1 not in loading or day in calendar.blocked
    }
    last = calendar.last_lift_day
    kinds: list[tuple[int, int | None]] = [
        (settings.days, settings.weight),
        (settings.long_days, LONG_PRICE * settings.weight),
    ]
    if settings.hard:
        kinds.append((settings.most_days, None))
    for length, points in kinds:
        first = calendar.first_day
        if last is not None and first - last <= settings.days:
            first = max(last + 1, first - length + 1)
        for day in range(first, calendar.last_day - length + 2):
            until = day + length - 1
            if exempt.isdisjoint(range(day, until + 1)):
                yield base.Limit(
                    when=problem.at_day(day, str(length), alone=False),
                    text=f"at least one leg lift in the {length} days from {problem.on(day)}",
                    most=-1,
                    points=points,
                    days=(("loaded", max(day, calendar.first_day), until, -1),),
                )
