"""Hours between heavy legs and the next key run.

What it does
------------
From the end of a lift that loads the legs to the start of the next key run lie at least `hard_hours`.
More is wanted, up to `soft_hours` for a full dose on the legs and `novel_hours` for new movements or sets
to failure: hard_hours + (soft_hours - hard_hours) x dose / 8. Every hour short of that costs.

Why
---
Fast running suffers a day after lifting and has recovered after two (Doma and Deakin 2013; article 003:
24 to 48 h). A hard 48 h would forbid article 003's own week. Load to failure and new movements take a day
or two longer (Morán-Navarro 2017; Doma 2017). That the target grows with the dose is a design choice.

Options
-------
hard_hours: 0 to 72. soft_hours: 0 to 96. novel_hours: 0 to 120; none below the one before. An hour short is
the unit. With `hard: false` the floor is priced as well, by the same hours.

Source
------
Articles 003, 000; Doma and Deakin 2013, 2014; Doma 2017; Morán-Navarro 2017.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from pydantic import Field, model_validator

from mesocycle.models.clock import MINUTES_PER_DAY, format_hours
from mesocycle.solver.placement.problem import Problem
from mesocycle.solver.prescription.items import REFERENCE_DOSE
from mesocycle.solver.rules import base


class Parameters(base.Parameters):
    hard: bool = True
    weight: base.Weight = 1
    hard_hours: float = Field(24, ge=0, le=72, description="Hours that are never undercut.")
    soft_hours: float = Field(48, ge=0, le=96, description="Hours wanted after a full dose.")
    novel_hours: float = Field(72, ge=0, le=120, description="Hours wanted after new movements or failure.")

    @model_validator(mode="after")
    def _rising(self) -> Parameters:
        base.in_order(self, "hard_hours", "soft_hours", "novel_hours")
        return self


SECTION = base.Section.AROUND_RUNS
UNIT = "hour short"
RELAXATION = base.Relaxation(
    "rules.recovery_before_intensity",
    (base.Give("hard_hours", -1, 12, "{to} h between heavy legs and a key run instead of {was} h"),),
)


def place(problem: Problem, settings: Parameters) -> Iterator[base.Case]:
    """Close what is under the floor, key run by key run; price what is short of the target."""
    options, runs = problem.options, problem.calendar.runs
    floor = round(60 * settings.hard_hours)
    if settings.hard:
        loaded = base.where(options.loads_legs)
        loaded = loaded[np.argsort(options.end[loaded], kind="stable")]
        ends = options.end[loaded]
        for run in (run for run in runs if run.key):
            # A lift that ends more than half a day after the run began did not start before it.
            first, last = np.searchsorted(ends, [run.start - floor + 1, run.start + MINUTES_PER_DAY // 2])
            near = loaded[first:last]
            chosen = near[options.start[near] <= run.start]
            whose = problem.whose(run)
            yield from base.breaches(
                settings,
                chosen,
                np.ones_like(chosen),
                when=problem.at_run(run),
                text=f"{format_hours(floor)} between heavy legs and {whose} ({problem.on(run.day)})",
                reason=base.reason("leaves", "leave", f"less than {format_hours(floor)} before {whose}"),
            )
    demanding = np.array([lift.demanding for lift in problem.lifts], dtype=bool)
    extra = np.where(
        demanding[options.lift] if len(options) else np.zeros(0, dtype=bool),
        round(60 * settings.novel_hours) - floor,
        round(60 * settings.soft_hours) - floor,
    )
    target = floor + extra * np.minimum(options.dose, REFERENCE_DOSE) // REFERENCE_DOSE
    short = np.where(options.loads_legs, target - np.maximum(0, options.to_key), 0)
    chosen = base.where(short > 0)
    yield base.Charge(
        chosen,
        base.points_of(settings.weight, short[chosen], 60),
        base.reason("leaves", "leave", "less recovery before the next key run"),
    )
