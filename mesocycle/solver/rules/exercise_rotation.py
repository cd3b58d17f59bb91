"""Something changes every few weeks.

What it does
------------
In each session one accessory changes at least every `every_weeks` weeks, in turn: it is lowered slowly, done
heavier with two repetitions fewer, held in the hardest place, done with a quarter less rest, or (what is
timed, as planks and carries) exchanged for its nearest of a kind. Repetitions, load and tempo that you wrote
yourself stay as they are. Which week is decided with the days: two changes of a session lie `least_weeks`
apart, and none falls into peak, taper, the days before a race or the first `new_weeks` weeks of someone new
to lifting; of equally good weeks those are taken in which no key run follows for `clear_days` days. Main
lifts stay; one with `rotate` of its own changes after `main_weeks` at the earliest. Slow and held repetitions
are fewer, so that a set takes as long. A change falls into a week whose session does all that changes in
turn, none of it left out. Nothing changes in a session whose exercises are exchanged in some weeks. A turn
whose exercise stands in the session already is passed over.

Why
---
Article 003 changes something every two to three weeks, 004 keeps one lift and makes it heavier for eight;
rotating too much hinders gains (Kassiano 2022). So accessories change and main lifts stay.

Options
-------
mode: variants (slow or held), exercises (others of a kind), both, off. every_weeks: 2 to 6. least_weeks: 1 to
4. main_weeks: 4 to 12. new_weeks: 0 to 12. clear_days: 0 to 3. A stretch of weeks without a change is the
unit.

Source
------
Articles 003, 004; Kassiano 2022.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from pydantic import Field, model_validator

from mesocycle.solver.placement.problem import Problem
from mesocycle.solver.prescription.lifts import Lift
from mesocycle.solver.prescription.moves import guarded_weeks
from mesocycle.solver.rules import base


class Parameters(base.Parameters):
    weight: base.Weight = 2
    mode: Literal["variants", "exercises", "both", "off"] = Field("both", description="What changes.")
    every_weeks: int = Field(3, ge=2, le=6, description="Weeks without a change, at most.")
    least_weeks: int = Field(2, ge=1, le=4, description="Weeks from one change of a session to the next.")
    main_weeks: int = Field(6, ge=4, le=12, description="Weeks that a main lift stays.")
    new_weeks: int = Field(4, ge=0, le=12, description="First weeks of a new lifter without a change.")
    clear_days: int = Field(2, ge=0, le=3, description="Days without a key run after a change.")

    @model_validator(mode="after")
    def _in_order(self) -> Parameters:
        base.in_order(self, "least_weeks", "every_weeks")
        return self


SECTION = base.Section.CONTENT
UNIT = "stretch of weeks without a change"
RELAXATION = base.locked("rules.exercise_rotation", "it decides what changes and forbids no lift")


def ground(problem: Problem, settings: Parameters) -> Iterator[base.Case]:
    """One chain of changes for the accessories of each session, and one for each main that rotates."""
    if settings.mode == "off":
        return
    guarded = guarded_weeks(problem.instance).new
    closed = guarded | {
        index
        for index, week in enumerate(problem.calendar.weeks)
        if week.phase in ("peak", "taper", "recovery")
    }
    if problem.scenario.athlete.experience == "new":
        closed |= set(range(settings.new_weeks))
    for session in dict.fromkeys(lift.session for lift in problem.lifts):
        lifts = [lift for lift in problem.lifts if lift.session == session and lift.twin is None]
        alike = {tuple(item.exercise for item in lift.items) for lift in lifts}
        if len(alike) > 1:
            continue  # what may be exchanged cannot change in its turn
        forms = lifts[0].forms
        mains = [at for at, item in enumerate(lifts[0].items) if len(forms[at]) > 1 and item.role == "main"]
        others = [at for at, own in enumerate(forms) if len(own) > 1 and at not in mains]
        if others:
            yield _chain(problem, settings, session, lifts, closed, tuple(others), main=False)
        for at in mains:
            yield _chain(problem, settings, session, lifts, closed, (at,), main=True)


def _chain(
    problem: Problem,
    settings: Parameters,
    session: str,
    lifts: Sequence[Lift],
    closed: frozenset[int],
    items: tuple[int, ...],
    main: bool,
) -> base.Changes:
    every = settings.main_weeks if main else settings.every_weeks
    first = lifts[0].week + (every if main else 1)
    may = [lift for lift in lifts if lift.week >= first and lift.week not in closed]
    weeks = range(lifts[0].week + 1, len(problem.calendar.weeks))
    open_weeks = [week for week in weeks if week not in closed]
    stretches = [
        tuple(range(start, start + every))
        for start in open_weeks
        if all(week in open_weeks for week in range(start, start + every))
        and any(start <= lift.week < start + every for lift in may)
    ]
    return base.Changes(
        scope=f"{session} {lifts[0].items[items[0]].exercise}" if main else session,
        session=session,
        items=items,
        lifts=tuple(lift.index for lift in may),
        weeks=tuple(lift.week for lift in may),
        whole=tuple(lift.does_all(items) for lift in may),
        near=_near(problem, settings.clear_days),
        stretches=tuple(stretches),
        apart_weeks=settings.main_weeks if main else settings.least_weeks,
        points=settings.weight,
    )


def _near(problem: Problem, days: int) -> frozenset[int]:
    """Days that a key run follows too soon."""
    keys = [run.day for run in problem.calendar.runs if run.key]
    return frozenset(day - back for day in keys for back in range(1, days + 1))
