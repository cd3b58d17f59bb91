"""novelty_guard: nothing new begins in peak weeks, in the taper or before a race."""

from __future__ import annotations

from typing import Any

import pytest
from weeks import HEAVY, Trial, only, session

RULE = "novelty_guard"
NEW = {"familiar": ["goblet_squat"]}


def block(settings: Any = "hard", **more: Any) -> Trial:
    return only(RULE, settings, **{"weeks": 2, "phases": ["build", "peak"], "history": NEW, **more})


@pytest.mark.parametrize("phase", ["peak", "taper"])
def test_what_is_new_begins_before(phase: str) -> None:
    weeks = block(phases=["build", phase])
    assert not weeks.forbids("1A tue 17:00", "2A tue 17:00")
    assert not weeks.forbids("1A tue 17:00")
    assert weeks.forbids("2A tue 17:00")
    assert not block(phases=["base", "build"]).forbids("2A tue 17:00")


def test_soft_a_late_start_costs_sixty_points_for_each_movement() -> None:
    assert block("soft").cost("2A tue 17:00") == 60
    assert block("soft").cost("1A tue 17:00", "2A tue 17:00") == 0
    assert block("soft", sessions=[HEAVY]).cost("2A tue 17:00") == 120
    assert block("off").cost("2A tue 17:00") == 0


def test_what_the_runner_knows_may_begin_at_any_time() -> None:
    assert not block(history={"familiar": ["back_squat"]}).forbids("2A tue 17:00")
    assert not block(history={}).forbids("2A tue 17:00")
    # All is new to a new lifter who names nothing.
    assert block(history={}, athlete={"experience": "new"}).forbids("2A tue 17:00")
    assert not block(history={"familiar": ["back_squat"]}, athlete={"experience": "new"}).forbids(
        "2A tue 17:00"
    )


def test_another_guarded_week_is_no_start() -> None:
    weeks = block("soft", weeks=3, phases=["build", "peak", "taper"])
    assert weeks.cost("2A tue 17:00", "3A tue 17:00") == 120


@pytest.mark.parametrize(
    ("days", "priority", "guarded"), [(15, "A", True), (14, "A", False), (15, "B", False)]
)
def test_the_days_before_an_a_race(days: int, priority: str, guarded: bool) -> None:
    # The race is on Monday of week 5: 15 days before it lies the Sunday of week 2.
    race = {"date": "2026-10-05", "distance": "10k", "priority": priority}
    weeks = block(
        {"hard": True, "race_days": days}, weeks=5, phases=["build"] * 5, races=[race], lifts=[1, 1, 0, 0, 0]
    )
    assert weeks.forbids("2A tue 17:00") == guarded
    assert not weeks.forbids("1A tue 17:00", "2A tue 17:00")


def test_the_nearest_familiar_movement_stands_in() -> None:
    weeks = block(lifts=[0, 1])
    assert not weeks.forbids("2A tue 17:00")
    assert weeks.told() == [("A back_squat goblet_squat", (2,))]
    assert block().told() == []
    # Nothing that he knows is like a deadlift: of the hinges that ask little of the legs (load and lowering
    # below 0.8) the hip thrust (0.7 and 0.3) is a main lift too.
    assert block(lifts=[0, 1], sessions=[HEAVY]).told() == [
        ("A back_squat goblet_squat", (2,)),
        ("A romanian_deadlift barbell_hip_thrust", (2,)),
    ]


def test_what_asks_little_may_begin_at_any_time() -> None:
    # Nothing familiar is near a press or a hip thrust, and both ask little: they stay, and cost nothing.
    for one in ("pallof_press", "barbell_hip_thrust"):
        week = block(lifts=[0, 1], sessions=[session("A", **{one: 2})])
        assert week.told() == []
        assert not week.forbids("2A tue 17:00")
        assert block("soft", sessions=[session("A", **{one: 2})]).cost("2A tue 17:00") == 0


@pytest.mark.parametrize(("asks", "much"), [("lower_body_load", 0.8), ("eccentric_load", 0.8)])
def test_eight_tenths_of_load_or_lowering_are_much(asks: str, much: float) -> None:
    for share, forbidden in ((much, True), (much - 0.01, False)):
        week = block(sessions=[session("A", drag=2)])
        facts = {"pattern": "drag", "role": "main", "seconds_per_set": 100, "lower_body_load": 0.1}
        week.data["strength"]["exercises"] = {"drag": {**facts, "eccentric_load": 0.1, asks: share}}
        assert week.forbids("2A tue 17:00") == forbidden


def test_where_nothing_is_of_its_kind_the_nearest_that_asks_little_stands_in() -> None:
    # No other exercise counts for a drag. Of two-sided main lifts below 0.8 only the hip thrust is left: the
    # goblet squat, which he knows, has just 0.8 and is no kin.
    week = block(lifts=[0, 1], sessions=[session("A", drag=2)])
    facts = {"pattern": "drag", "role": "main", "lower_body_load": 0.9, "seconds_per_set": 100}
    week.data["strength"]["exercises"] = {"drag": facts}
    assert week.told() == [("A drag barbell_hip_thrust", (2,))]
    assert not week.forbids("2A tue 17:00")


def test_the_first_two_sessions_have_fewer_sets() -> None:
    squats = [session("A", back_squat=[2, 5])]
    assert block(weeks=3, phases=["build"] * 3, sessions=squats).tops() == [3, 3, 5]
    more = {"hard": True, "first_share": 0.8}
    assert block(more, weeks=3, phases=["build"] * 3, sessions=squats).tops() == [4, 4, 5]
    assert block("off", weeks=3, phases=["build"] * 3, sessions=squats).tops() == [5, 5, 5]


@pytest.mark.uncounted
def test_every_selection_is_judged_alike() -> None:
    free = {"tue": ["17:00-18:00"], "fri": ["17:00-18:00"]}
    more = {"weeks": 4, "phases": ["build", "peak", "recovery", "taper"], "free": free, "grid": 60}
    assert block(**more).agreement().both_outcomes
    assert block("soft", **more).agreement().both_prices
    two = {"sessions": [HEAVY, session("B", back_squat=2)], "lifts": 2, "free": free, "grid": 60}
    assert block(**two).agreement().both_outcomes
    assert block("soft", **two).agreement().both_prices
    # A movement may be dropped for want of time, and then has not begun: 480 + 150 s, 400 of squats and one
    # set of curls (0.6 of two) of 150 s are 20 min.
    tight = {"tue": ["17:00-17:18"], "fri": ["17:00-17:19"]}
    short = [session("A", back_squat=2, nordic_hamstring_curl=2)]
    late = {"sessions": short, "free": tight, "grid": 60, "history": {"familiar": ["back_squat"]}}
    assert block("soft", **late).agreement().both_prices
