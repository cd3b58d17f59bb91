"""Plans made by hand, two of which are set against each other."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from mesocycle.models.plan import (
    Cost,
    CostCase,
    Plan,
    PlannedExercise,
    PlannedSession,
    PlannedSet,
    PlannedWeek,
    Status,
)
from mesocycle.models.result import Result, RunInfo

MONDAY = date(2026, 9, 7)
NAMES = {
    "back_squat": "Back squat",
    "plank": "Plank",
    "goblet_squat": "Goblet squat",
    "push_up": "Push-up",
    "side_plank": "Side plank",
}
RUN = RunInfo(mesocycle="0", ortools="0", input_sha256="", parameters={}, seconds={"solve": 0.1})


def squat(weight: float | None = 80, sets: int = 3, reps: int = 5, **more: Any) -> PlannedExercise:
    facts: dict[str, Any] = {"exercise": "back_squat", "sets": sets, "reps": reps, "rir": 2}
    if weight is not None:
        facts |= {"weight": weight, "weight_unit": "kg", "percent": 80.2}
    return PlannedExercise(**facts | more)


def done(exercise: str, sets: int = 2, reps: int = 10, **more: Any) -> PlannedExercise:
    return PlannedExercise(exercise=exercise, sets=sets, reps=reps, **more)


def by_set(*sets: tuple[int, float], **more: Any) -> PlannedExercise:
    """A squat with other repetitions and weights in each set."""
    listed = tuple(PlannedSet(reps=reps, weight=weight) for reps, weight in sets)
    return squat(sets[0][1], len(sets), sets[0][0], set_list=listed, **more)


def lift(day: int = 1, *items: PlannedExercise, name: str = "A", **more: Any) -> PlannedSession:
    """A session on a day counted from the first Monday."""
    week = day // 7 + 1
    facts: dict[str, Any] = {
        "id": f"w{week:02d}-{name}", "week": week, "date": MONDAY + timedelta(day), "start": 1020,
        "end": 1065, "session": name, "sets": sum(item.sets for item in items) or 10,
        "lower_body_dose": 4, "exercises": items,
    }  # fmt: skip
    return PlannedSession(**facts | more)


def week(number: int, **more: Any) -> PlannedWeek:
    facts: dict[str, Any] = {
        "week": number, "start": MONDAY + timedelta(weeks=number - 1), "distance_km": 48.0,
        "phase": "base", "profile": "strength", "set_factor": 1.0, "deload": False, "sets": 20,
        "full_sets": 20, "minutes": 90, "sessions": 2,
    }  # fmt: skip
    return PlannedWeek(**facts | more)


def case(text: str, points: int = 5, day: int = 1, unit: str = "h", **more: Any) -> CostCase:
    facts: dict[str, Any] = {"text": text, "dates": (MONDAY + timedelta(day),), "amount": 1.0, "unit": unit}
    return CostCase(**facts | more, points=points)


def cost(rule: str, *cases: CostCase) -> Cost:
    return Cost(rule=rule, points=sum(one.points for one in cases), cases=cases)


def result(
    *sessions: PlannedSession,
    weeks: tuple[PlannedWeek, ...] | None = None,
    costs: tuple[Cost, ...] = (),
    **more: Any,
) -> Result:
    """A result with these sessions, in as many weeks as they need."""
    if weeks is None:
        weeks = tuple(week(number) for number in range(1, max((s.week for s in sessions), default=1) + 1))
    points = sum(one.points for one in costs)
    facts: dict[str, Any] = {
        "name": "Autumn", "units": "km", "status": Status.OPTIMAL, "proven": True, "objective": points,
        "bound": points, "plan": Plan(sessions=sessions, weeks=weeks), "costs": costs, "runs": (),
        "notes": (), "exercise_names": NAMES, "run": RUN,
    }  # fmt: skip
    return Result(**facts | more)
