"""Every movement pattern is trained each week.

What it does
------------
Each pattern that the week's sessions hold and that is not done, because a session is left out or its
exercise dropped, costs. Carries count over two weeks. Patterns that the program does not hold at all are
reported, not charged. Profiles: `six_plus_calf_core` is push, pull, squat, hinge, single-leg, calf, core and
carry; `runner_four` is squat, hinge, single-leg, calf and core; `custom` is what `patterns` lists.

Why
---
Article 003 names six patterns (push, pull, squat, hinge, carry, lunge), 004 four for the legs and core
besides. Their own sessions do not hold all of them; both lists are kept as profiles.

Options
-------
profile: the list. patterns: your own, with profile custom. A pattern missing in a week is the unit.

Source
------
Articles 001, 003, 004.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from pydantic import Field, model_validator

from mesocycle.models.plan import Notice
from mesocycle.solver.placement.problem import Problem
from mesocycle.solver.prescription.lifts import Lift
from mesocycle.solver.rules import base
from mesocycle.solver.rules.notices import pattern_name

PROFILES: dict[str, tuple[str, ...]] = {
    "six_plus_calf_core": ("squat", "hinge", "single_leg", "calf", "push", "pull", "core", "carry"),
    "runner_four": ("squat", "hinge", "single_leg", "calf", "core"),
}
# A carry in two weeks is enough (articles 003 and 004 hold it beside the weekly ones).
WEEKS = {"carry": 2}


class Parameters(base.Parameters):
    weight: base.Weight = 6
    profile: Literal["six_plus_calf_core", "runner_four", "custom"] = Field(
        "six_plus_calf_core", description="Which patterns count."
    )
    patterns: tuple[str, ...] = Field((), max_length=16, description="The patterns of profile custom.")

    @model_validator(mode="after")
    def _custom(self) -> Parameters:
        if (self.profile == "custom") != bool(self.patterns):
            raise ValueError("patterns go with profile custom, and profile custom needs patterns")
        return self

    @property
    def covered(self) -> tuple[str, ...]:
        """The patterns that count."""
        return PROFILES.get(self.profile, self.patterns)


SECTION = base.Section.CONTENT
UNIT = "pattern missing in a week"
RELAXATION = base.Relaxation("rules.pattern_coverage")


def ground(problem: Problem, settings: Parameters) -> Iterator[base.Case]:
    """Price patterns that a week, or two for carries, could hold and does not."""
    weeks = problem.lifts_by_week()
    for pattern in settings.covered:
        length = min(WEEKS.get(pattern, 1), len(weeks))
        for first in range(len(weeks) - length + 1):
            lifts = [lift for week in weeks[first : first + length] for lift in week]
            having = [lift for lift in lifts if any(pattern in dict(i.patterns) for i in lift.items)]
            if len(having) == 1 and not settings.hard:
                # What only one session can miss is a price on its versions: the tighter relaxation.
                (lift,) = having
                yield base.Price(
                    lift.index, base.beyond(lift.trains(pattern), 1, below=True), settings.weight
                )
                yield base.LeaveOut((lift.index,), (settings.weight,))
            elif having:
                yield _limit(problem, settings, pattern, first, having)


def _limit(
    problem: Problem, settings: Parameters, pattern: str, first: int, having: Sequence[Lift]
) -> base.Limit:
    return base.Limit(
        when=problem.at_week(first, pattern),
        text=f"{pattern_name(pattern)} is trained in week {first + 1}",
        most=-1,
        points=None if settings.hard else settings.weight,
        versions=tuple(base.Count(lift.index, lift.trains(pattern), -1) for lift in having),
    )


def notices(problem: Problem, settings: Parameters) -> Iterator[Notice]:
    """Report which patterns no session of the block holds."""
    held = {pattern for lift in problem.lifts for item in lift.items for pattern, _ in item.patterns}
    missing = [pattern for pattern in settings.covered if pattern not in held]
    if problem.lifts and held and missing:
        *names, last = (pattern_name(pattern).lower() for pattern in missing)
        words = f"{', '.join(names)} or {last}" if names else last
        weeks = tuple(range(1, len(problem.calendar.weeks) + 1))
        yield Notice(
            rule="pattern_coverage",
            subject=" ".join(missing),
            text=f"Your sessions hold no {words} work.",
            weeks=weeks,
        )
