"""Every session and every movement pattern has its turn in any two weeks.

What it does
------------
Each session of the program, and each pattern that the sessions of `weeks` weeks in a row hold, that is not
done in them, because a session is left out or its exercise dropped, costs. So where one lift a week is
possible, sessions alternate. Patterns that the program does not hold at all are reported, not charged.
Profiles: `six_plus_calf_core` is push, pull, squat, hinge, single-leg, calf, core and carry; `runner_four` is
squat, hinge, single-leg, calf and core; `custom` is what `patterns` lists.

Why
---
Article 003 names six patterns (push, pull, squat, hinge, carry, lunge), 004 four for the legs and core
besides. Their own sessions do not hold all of them; both lists are kept as profiles. Strength holds for two
weeks with one session of a kind (Rønnestad 2011).

Options
-------
profile: the list. patterns: your own, with profile custom. weeks: 1 to 4. One of them missing is the unit.

Source
------
Articles 001, 003, 004; Rønnestad 2011.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from pydantic import Field, model_validator

from mesocycle.models.plan import Notice
from mesocycle.solver.placement.problem import Problem
from mesocycle.solver.prescription.amounts import Amount
from mesocycle.solver.prescription.lifts import Lift
from mesocycle.solver.rules import base
from mesocycle.solver.rules.notices import pattern_name

PROFILES: dict[str, tuple[str, ...]] = {
    "six_plus_calf_core": ("squat", "hinge", "single_leg", "calf", "push", "pull", "core", "carry"),
    "runner_four": ("squat", "hinge", "single_leg", "calf", "core"),
}


class Parameters(base.Parameters):
    weight: base.Weight = 12
    weeks: int = Field(2, ge=1, le=4, description="Weeks in which each has its turn.")
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
UNIT = "pattern or session missing"
RELAXATION = base.Relaxation("rules.pattern_coverage")


def ground(problem: Problem, settings: Parameters) -> Iterator[base.Case]:
    """Price sessions and patterns that some weeks in a row could hold and do not."""
    weeks = problem.sessions_by_week()
    length = min(settings.weeks, len(weeks))
    names = tuple(dict.fromkeys(lift.session for lift in problem.lifts))
    for first in range(len(weeks) - length + 1):
        lifts = [lift for week in weeks[first : first + length] for lift in week]
        for name in names:
            # Where neither kit nor guard leaves anything of a session, nothing of it is missing.
            having = [lift for lift in lifts if lift.session == name and lift.items]
            text = f"{name} takes place"
            counts = [lift.takes_place for lift in having]
            yield from _due(problem, settings, first, length, f"session {name}", text, having, counts)
        for pattern in settings.covered:
            having = [lift for lift in lifts if any(pattern in dict(i.patterns) for i in lift.items)]
            text = f"{pattern_name(pattern)} is trained"
            counts = [lift.trains(pattern) for lift in having]
            yield from _due(problem, settings, first, length, pattern, text, having, counts)


def _due(
    problem: Problem,
    settings: Parameters,
    first: int,
    length: int,
    name: str,
    text: str,
    lifts: Sequence[Lift],
    counts: Sequence[Amount],
) -> Iterator[base.Case]:
    """One of these lifts counts one at least."""
    if len(lifts) == 1 and not settings.hard:
        # What only one session can miss is a price on its versions: the tighter relaxation.
        yield base.Price(lifts[0].index, base.beyond(counts[0], 1, below=True), settings.weight)
        yield base.LeaveOut((lifts[0].index,), (settings.weight,))
    elif lifts:
        span = f"week {first + 1}" if length == 1 else f"weeks {first + 1} to {first + length}"
        yield base.Limit(
            when=problem.at_week(first, name),
            text=f"{text} in {span}",
            most=-1,
            points=None if settings.hard else settings.weight,
            versions=tuple(
                base.Count(lift.index, count, -1) for lift, count in zip(lifts, counts, strict=True)
            ),
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
