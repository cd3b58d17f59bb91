"""The facts of a plan for a row: how much is lifted, how near key runs, how far from the base."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from typing import Any, TypeVar

from mesocycle.models.clock import MINUTES_PER_DAY, weeks_text
from mesocycle.models.diagnosis import Conflict
from mesocycle.models.outcome import Outcome, RowStatus, Usual, UsualLift, pack
from mesocycle.models.plan import CalendarRun, Plan, Reference
from mesocycle.models.result import Result
from mesocycle.models.sessions import Kind
from mesocycle.models.strength import Exercise
from mesocycle.solver.instance.instance import Instance
from mesocycle.solver.plan.difference import moves_between
from mesocycle.solver.prescription.fuller import fuller_program


def outcome_of(
    result: Result, instance: Instance, reference: Reference | None, reason: str, seconds: float
) -> Outcome:
    """Sum a result up in one row.

    Parameters
    ----------
    result : Result
        Of one variant.
    instance : Instance
        What it was planned for.
    reference : Reference or None
        The base plan, if there is one.
    reason : str
        Why there is no plan.
    seconds : float
        All the time spent on it.
    """
    moves = () if reference is None or result.plan is None else tuple(moves_between(reference, result.plan))
    facts: dict[str, Any] = {}
    if result.plan is not None:
        facts = {
            "points": {cost.rule: cost.points for cost in result.costs},
            "weeks": len(result.plan.weeks),
            "lifts": sum(session.kind is Kind.LIFT for session in result.plan.sessions),
            "sets": sum(session.sets for session in result.plan.sessions),
            "leg_sets": leg_sets(result.plan, instance.exercises),
            "usual": usual(result.plan),
            "minutes_per_week": round(
                sum(week.minutes for week in result.plan.weeks) / len(result.plan.weeks), 1
            ),
            "key_run_hours": key_run_hours(result.plan, result.runs),
            "moved": None if reference is None else sum(move.change == "moved" for move in moves),
        }
    return Outcome(
        status=RowStatus(result.status.value),
        proven=result.proven,
        objective=result.objective,
        bound=result.bound,
        reason=reason,
        hint=fuller_program(instance),
        seconds=round(seconds, 3),
        packed=pack(result, moves),
        **facts,
    )


def leg_sets(plan: Plan, exercises: Mapping[str, Exercise]) -> int:
    """Sets that load the legs; of a session without exercises all, if it loads them."""
    return sum(
        sum(item.sets for item in session.exercises if exercises[item.exercise].legs)
        if session.exercises
        else session.sets * (session.lower_body_dose > 0)
        for session in plan.sessions
    )


def usual(plan: Plan) -> Usual | None:
    """The commonest days of a week's lifts, and of the weeks with these the commonest times."""
    weeks: dict[int, list[tuple[int, int]]] = {}
    for session in (session for session in plan.sessions if session.kind is Kind.LIFT):
        weeks.setdefault(session.week, []).append((session.date.weekday(), session.start))
    if not weeks:
        return None
    times = [tuple(sorted(lifts)) for lifts in weeks.values()]
    days = _commonest([tuple(day for day, _ in lifts) for lifts in times])
    common = _commonest([lifts for lifts in times if tuple(day for day, _ in lifts) == days])
    return Usual(
        lifts=tuple(UsualLift(weekday=day, start=start) for day, start in common),
        weeks=times.count(common),
        of=len(times),
    )


T = TypeVar("T", bound=Hashable)


def _commonest(several: Sequence[T]) -> T:
    """The one that comes most often; of equals the first."""
    return Counter(several).most_common(1)[0][0]


def key_run_hours(plan: Plan, runs: tuple[CalendarRun, ...]) -> float | None:
    """Least hours from the end of a lift that loads the legs to the start of the next key run."""
    keys = [_moment(run.date.toordinal(), run.start) for run in runs if run.key]
    gaps = [
        key - end
        for session in plan.sessions
        if session.lower_body_dose > 0
        for end in (_moment(session.date.toordinal(), session.end),)
        for key in keys
        if key >= end
    ]
    return round(min(gaps) / 60, 1) if gaps else None


def _moment(day: int, minute: int) -> int:
    return day * MINUTES_PER_DAY + minute


def in_one_line(conflict: Conflict) -> str:
    """Name the rules that collide, and when: "lift_spacing and sessions_per_week collide in week 5"."""
    names = [rule.id for rule in conflict.rules]
    listed = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
    verb = "fails" if len(names) == 1 else "collide"
    return f"{listed} {verb} in {weeks_text((*conflict.weeks, *conflict.alike))}"
