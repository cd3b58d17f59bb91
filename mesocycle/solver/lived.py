"""A block that is lived by already: what was done, left out or put somewhere, as facts of its instance."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from fractions import Fraction

from mesocycle.models.clock import MINUTES_PER_DAY
from mesocycle.models.errors import InternalError
from mesocycle.models.plan import Plan
from mesocycle.solver.instance.instance import Instance
from mesocycle.solver.instance.past import Past, Settled
from mesocycle.solver.model.grounding import few_versions
from mesocycle.solver.prescription.lifts import Lift
from mesocycle.solver.rules import exercise_rotation
from mesocycle.solver.rules.base import Changes
from mesocycle.solver.verify import judged


@dataclass(frozen=True)
class Lived:
    """What is settled, and when.

    Attributes
    ----------
    now : datetime
        The moment, on the runner's clock: what is not settled starts later.
    plan : Plan
        The sessions that were done, or that the runner put somewhere: each where and as it took place or
        will. Its weeks are those of the plan that was lived by.
    left_out : tuple of str
        Ids of the sessions that are not done.
    maxes : mapping of str to (date, Fraction)
        What the log says of a lift's max, in the runner's unit, with the last day it was told on: from the
        next day on it holds, and grows as planned.
    older : frozenset of str
        Ids of sessions of an older program: each counts as the session of that name does now.
    """

    now: datetime
    plan: Plan
    left_out: tuple[str, ...] = ()
    maxes: Mapping[str, tuple[date, Fraction]] = field(default_factory=dict)
    older: frozenset[str] = frozenset()


def living(instance: Instance, lived: Lived) -> Instance:
    """The instance with what is settled.

    A session that was done outside its week counts at the end of it that is nearer: rules count by week.
    Sets beyond the most of an exercise do not count.

    Raises
    ------
    ValueError
        If a session is none of the scenario's, or holds other exercises.
    """
    calendar = instance.calendar
    now = (lived.now.date() - calendar.monday).days * MINUTES_PER_DAY
    now += lived.now.hour * 60 + lived.now.minute
    facts, _ = judged(instance, lived.plan)
    expected = {session.id: session for session in facts.expected}
    done = {lift.expected.id: lift.sets for lift in facts.lifts}
    done |= {name: expected[name].own for name in lived.older if name in expected and name not in done}
    settled = {name: Settled(None) for name in lived.left_out}
    for session in lived.plan.sessions:
        if session.id not in done:
            raise ValueError(f"{session.id} is no session of the scenario, or holds other exercises")
        week, sets = calendar.weeks[expected[session.id].week], done[session.id]
        day = min(max((session.date - calendar.monday).days, week.first_day), week.last_day)
        start = day * MINUTES_PER_DAY + session.start
        settled[session.id] = Settled(start, sets) if any(sets) else Settled(None)
    lighter = frozenset(week.week - 1 for week in lived.plan.weeks if week.deload)
    maxes = {name: ((day - calendar.monday).days, most) for name, (day, most) in lived.maxes.items()}
    past = Past(now, settled, frozenset(), lighter, maxes)
    changes = frozenset(_changes(replace(instance, past=past), lived.plan))
    return replace(instance, past=replace(past, changes=changes))


def _changes(instance: Instance, plan: Plan) -> Iterator[tuple[str, int]]:
    """What changed with which session, by the chain that it belongs to and its week."""
    rotation = instance.settings.exercise_rotation
    rotated = {session.id: set(session.rotated) for session in plan.sessions if session.rotated}
    if rotation is None or not rotated:
        return
    if instance.past is None:
        raise InternalError("nothing is settled")
    problem = few_versions(instance, instance.past.lighter)
    for case in exercise_rotation.ground(problem, rotation):
        if not isinstance(case, Changes):
            continue
        for lift in problem.lifts:
            names = _names(lift, case.items) if lift.session == case.session else set()
            if names & rotated.get(lift.id, set()):
                yield case.scope, lift.week


def _names(lift: Lift, items: tuple[int, ...]) -> set[str]:
    """The exercises that some items of a session may be, in one form or another."""
    return {form.exercise.id for at in items for form in lift.forms[at]}
