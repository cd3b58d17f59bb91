"""Planned blocks with something changed by hand, and the rules that notice it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from weeks import Trial

from mesocycle.models.plan import Plan, PlannedSession
from mesocycle.solver.plan.planning import build_plan
from mesocycle.solver.verify import verify


def planned(trial: Trial, *lifts: str) -> Plan:
    """The plan of written lifts."""
    return build_plan(trial.problem, trial.find(lifts))


def broken(trial: Trial, plan: Plan) -> set[str]:
    """Rules that a plan breaks."""
    return {breach.rule for breach in verify(trial.context, plan).breaches}


def with_session(plan: Plan, session: int = 0, **values: Any) -> Plan:
    """The plan with other values in one session."""
    sessions = list(plan.sessions)
    sessions[session] = sessions[session].model_copy(update=values)
    return plan.model_copy(update={"sessions": tuple(sessions)})


def with_exercise(plan: Plan, session: int = 0, at: int = 0, **values: Any) -> Plan:
    """The plan with other values in one exercise of a session."""
    exercises = list(plan.sessions[session].exercises)
    exercises[at] = exercises[at].model_copy(update=values)
    return with_session(plan, session, exercises=tuple(exercises))


def names(session: PlannedSession) -> list[str]:
    """Its exercises in order."""
    return [one.exercise for one in session.exercises]


def entries(*exercises: Any) -> dict[str, Any]:
    """A session A of exercises given by name or in full."""
    full: Sequence[Any] = [one if isinstance(one, dict) else {"exercise": one} for one in exercises]
    return {"name": "A", "exercises": list(full)}
