"""progressive_overload: the load grows when it may."""

from __future__ import annotations

from typing import Any

import pytest
from tampered import broken, entries, planned, with_exercise
from weeks import Trial, only

from mesocycle.models.plan import Plan

RULE = "progressive_overload"
SQUAT = {"exercise": "back_squat", "sets": [2, 3], "load": 80, "reps": 5}


def block(settings: Any = "on", phases: Any = ("base",) * 5, move: Any = None, **more: Any) -> Trial:
    strength = dict(settings) if isinstance(settings, dict) else settings
    return only(
        RULE,
        strength,
        weeks=len(phases),
        phases=list(phases),
        sessions=[entries(move or SQUAT)],
        **more,
    )


def every_week(trial: Trial, *sets: int) -> Plan:
    wanted = sets or (0,) * len(trial.problem.calendar.weeks)
    lifts = [f"{at}A tue 17:00{f' {n}' if n else ''}" for at, n in enumerate(wanted, start=1)]
    plan = planned(trial, *lifts)
    assert broken(trial, plan) == set()
    return plan


def growth(plan: Plan) -> list[float]:
    return [session.exercises[0].progress_percent for session in plan.sessions]


def test_a_step_after_every_two_full_weeks() -> None:
    # 1.05 x 1.05 is 10.25 %, told to a tenth.
    assert growth(every_week(block())) == [0, 0, 5, 5, 10.2]
    assert growth(every_week(block("off"))) == [0] * 5


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({"every_weeks": 1}, [0, 5, 10.2, 15.8, 21.6]),
        ({"every_weeks": 3}, [0, 0, 0, 5, 5]),
        ({"lower_percent": 2}, [0, 0, 2, 2, 4.0]),
        # Just one step, and not quite one.
        ({"most_percent": 5}, [0, 0, 5, 5, 5]),
        ({"most_percent": 4.9}, [0, 0, 4.9, 4.9, 4.9]),
    ],
)
def test_steps_and_their_limit(settings: dict[str, Any], expected: list[float]) -> None:
    assert growth(every_week(block(settings))) == expected


def test_it_holds_where_sets_are_missing_and_in_peak_and_taper() -> None:
    assert growth(every_week(block(), 3, 2, 3, 3, 3)) == [0, 0, 0, 5, 5]
    phases = ("base", "build", "peak", "build", "taper")
    assert growth(every_week(block(phases=phases))) == [0, 0, 0, 5, 5]


def test_a_new_lifter_grows_every_week_and_the_upper_body_less() -> None:
    assert growth(every_week(block(athlete={"experience": "new"}))) == [0, 5, 10.2, 15.8, 21.6]
    row = {"exercise": "dumbbell_row", "sets": 3}
    assert growth(every_week(block(move=row))) == [0, 0, 2.5, 2.5, 5.1]


def test_what_has_no_weight_does_not_grow() -> None:
    assert growth(every_week(block(move={"exercise": "push_up", "sets": 3}))) == [0] * 5


def with_records() -> Trial:
    trial = block()
    trial.data["strength"]["records"] = {"back_squat": 100}
    return trial


def test_a_record_makes_it_a_weight_that_can_be_loaded() -> None:
    # 80 % of 100 kg; 84 and 88.2 kg to the next 2.5.
    plan = every_week(with_records())
    assert [session.exercises[0].weight for session in plan.sessions] == [80, 80, 85, 85, 87.5]
    assert {session.exercises[0].weight_unit for session in plan.sessions} == {"kg"}
    assert {session.exercises[0].weight for session in every_week(block()).sessions} == {None}


@pytest.mark.parametrize(
    "values",
    [
        {"weight": 82.5},
        {"weight": None},
        {"weight_unit": "lb"},
        {"progress_percent": 0.0},
        {"progress_percent": 5.1},
    ],
)
def test_another_load_is_seen(values: dict[str, Any]) -> None:
    trial = with_records()
    assert broken(trial, with_exercise(every_week(trial), session=2, **values)) == {RULE}
