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


def test_it_holds_in_peak_and_taper() -> None:
    phases = ("base", "build", "peak", "build", "taper")
    assert growth(every_week(block(phases=phases))) == [0, 0, 0, 5, 5]


def test_sets_left_to_the_day_do_not_hold_it() -> None:
    # Two is the least that the session asks for: week 2 counts although it has not all three.
    assert growth(every_week(block(), 3, 2, 3, 3, 3)) == [0, 0, 5, 5, 10.2]


def test_a_week_with_less_than_the_least_sets_holds_it() -> None:
    # 480 + 75 s and two sets of 200 s are 16 min, three would be 20; three are the least, two the floor.
    free = {"tue": ["17:00-18:00"], "2026-09-15": ["17:00-17:16"]}
    squat = SQUAT | {"sets": [3, 4]}
    plan = every_week(block(move=squat, free=free))
    assert [session.sets for session in plan.sessions] == [4, 2, 4, 4, 4]
    assert growth(plan) == [0, 0, 0, 5, 5]
    # Where two are the least the short week counts, too.
    plan = every_week(block(move=squat | {"sets": [2, 4]}, free=free))
    assert [session.sets for session in plan.sessions] == [4, 2, 4, 4, 4]
    assert growth(plan) == [0, 0, 5, 5, 10.2]


def test_a_trimmed_week_holds_it() -> None:
    # Week 2 is the peak in mileage and has half of three sets, rounded up to two; from 70 % of it (28 km) on
    # weeks are trimmed, and 20 km is less. Without cutbacks the weeks after it are not taken for light ones.
    plan = every_week(
        block(
            also={"set_trim_by_mileage": "hard"},
            runs={"sun": "easy 09:00 60 10"},
            distances=[20, 40, 20, 20, 20],
            running={"cutback_weeks": []},
        )
    )
    assert [session.sets for session in plan.sessions] == [3, 2, 3, 3, 3]
    assert growth(plan) == [0, 0, 0, 5, 5]


def standstills(plan: Plan) -> list[tuple[str, tuple[int, ...]]]:
    return [(notice.subject, notice.weeks) for notice in plan.notices if notice.rule == RULE]


@pytest.mark.parametrize(
    ("settings", "phases", "weeks"),
    [
        ({"stall_weeks": 4}, ("peak",) * 5, (1, 5)),
        ({"stall_weeks": 5}, ("peak",) * 5, (1, 5)),
        ({"stall_weeks": 6}, ("peak",) * 5, None),
        # A step after two full weeks, then peak: weeks 3 to 7.
        ({"stall_weeks": 4}, ("base",) * 3 + ("peak",) * 4, (3, 7)),
        ({"stall_weeks": 4}, ("base",) * 7, None),
        # A step every four full weeks: 1 to 4, then 5 to 7.
        ({"stall_weeks": 4, "every_weeks": 4}, ("base",) * 7, (1, 4)),
        # At most one step: from week 3 on.
        ({"stall_weeks": 4, "most_percent": 5}, ("base",) * 7, (3, 7)),
        ("on", ("peak",) * 11, None),
        ("on", ("peak",) * 12, (1, 12)),
        ("off", ("peak",) * 12, None),
    ],
)
def test_a_main_lift_at_one_load_for_long_is_said(
    settings: Any, phases: tuple[str, ...], weeks: tuple[int, int] | None
) -> None:
    first, last = weeks or (1, 0)
    expected = [(f"back_squat weeks {first}-{last}", tuple(range(first, last + 1)))] if weeks else []
    assert standstills(every_week(block(settings, phases))) == expected


def test_weeks_without_it_are_part_of_the_standstill() -> None:
    plan = planned(block({"stall_weeks": 4}), "1A tue 17:00", "4A tue 17:00")
    assert standstills(plan) == [("back_squat weeks 1-4", (1, 4))]
    plan = planned(block({"stall_weeks": 5}), "1A tue 17:00", "4A tue 17:00")
    assert standstills(plan) == []


@pytest.mark.parametrize("name", ["dumbbell_row", "push_up"])
def test_only_of_main_lifts_it_is_said(name: str) -> None:
    move = {"exercise": name, "sets": 3}
    assert standstills(every_week(block({"stall_weeks": 4}, ("peak",) * 5, move))) == []


def test_a_standstill_that_is_not_said_is_seen() -> None:
    trial = block({"stall_weeks": 4}, ("peak",) * 5)
    plan = every_week(trial)
    silent = tuple(notice for notice in plan.notices if notice.rule != RULE)
    assert len(silent) == len(plan.notices) - 1
    assert broken(trial, plan.model_copy(update={"notices": silent}))


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
