"""novelty_guard: nothing new begins in peak weeks, in the taper or before a race."""

from __future__ import annotations

from typing import Any

import pytest
from tampered import planned
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


def before_a_race(days: dict[str, Any], distance: str = "10k", priority: str = "A", **more: Any) -> Trial:
    """A race on Monday of week 5: 15 days before it lies the Sunday of week 2, 22 days that of week 1."""
    race = {"date": "2026-10-05", "distance": distance, "priority": priority}
    wanted = {"lifts": [1, 1, 0, 0, 0]} | more
    return block({"hard": True, **days}, weeks=5, phases=["build"] * 5, races=[race], **wanted)


@pytest.mark.parametrize(
    ("days", "priority", "guarded"), [(15, "A", True), (14, "A", False), (15, "B", False)]
)
def test_the_days_before_an_a_race(days: int, priority: str, guarded: bool) -> None:
    for own in ({"race_days": days, "heavy_days": [14] * 3}, {"race_days": 14, "heavy_days": [days] * 3}):
        weeks = before_a_race(own, priority=priority)
        assert weeks.forbids("2A tue 17:00") == guarded
        assert not weeks.forbids("1A tue 17:00", "2A tue 17:00")


@pytest.mark.parametrize(
    ("distance", "place"),
    [
        ("10k", 0),
        ("15 km", 0),
        ("15.1 km", 1),
        ("half_marathon", 1),
        ("25 km", 1),
        ("25.1 km", 2),
        ("50k", 2),
    ],
)
def test_heavy_days_go_by_the_distance_of_the_race(distance: str, place: int) -> None:
    for at in range(3):
        heavy = [14, 14, 14]
        heavy[at] = 15
        weeks = before_a_race({"race_days": 14, "heavy_days": heavy}, distance)
        assert weeks.forbids("2A tue 17:00") == (at == place)


@pytest.mark.parametrize(("distance", "last"), [("10k", 4), ("half_marathon", 2), ("marathon", 0)])
def test_by_default_what_is_heavy_begins_four_six_or_eight_weeks_before(distance: str, last: int) -> None:
    # The race is on Sunday of week 9: 56, 49, 42, 35 and 28 days after the Sundays of weeks 1 to 5.
    race = {"date": "2026-11-08", "distance": distance, "priority": "A"}
    for week in range(1, 6):
        wanted = [int(number == week) for number in range(1, 10)]
        found = block(weeks=9, phases=["build"] * 9, races=[race], lifts=wanted)
        assert bool(found.told()) == (week > last)


def test_what_is_light_has_its_own_days() -> None:
    # A hip thrust is light: its place is taken in the 21 days, not in the 28 of what is heavy.
    light: dict[str, Any] = {
        "sessions": [session("A", barbell_hip_thrust=2)],
        "history": {"familiar": ["conventional_deadlift"]},
    }
    for days, told in ((15, True), (14, False)):
        own = {"race_days": days, "heavy_days": [112] * 3}
        assert bool(before_a_race(own, lifts=[0, 1, 0, 0, 0], **light).told()) == told


AFTER = ("after the race", ())


def test_the_nearest_familiar_movement_stands_in() -> None:
    weeks = block(lifts=[0, 1])
    assert not weeks.forbids("2A tue 17:00")
    assert weeks.told() == [("A back_squat goblet_squat", (2,)), AFTER]
    assert block().told() == []
    # Nothing that he knows is like a deadlift: of the hinges that ask little of the legs (load and lowering
    # below 0.8) the hip thrust (0.7 and 0.3) is a main lift too.
    assert block(lifts=[0, 1], sessions=[HEAVY]).told() == [
        ("A back_squat goblet_squat", (2,)),
        ("A romanian_deadlift barbell_hip_thrust", (2,)),
        AFTER,
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
    assert week.told() == [("A drag barbell_hip_thrust", (2,)), AFTER]
    assert not week.forbids("2A tue 17:00")


def test_the_first_sessions_have_fewer_sets() -> None:
    five = {"weeks": 6, "phases": ["build"] * 6, "sessions": [session("A", back_squat=[2, 5])]}
    assert block(**five).tops() == [2, 2, 3, 4, 5, 5]
    assert block({"hard": True, "first_sets": [3]}, **five).tops() == [3, 5, 5, 5, 5, 5]
    assert block({"hard": True, "first_sets": [1, 4]}, **five).tops() == [1, 4, 5, 5, 5, 5]
    assert block("off", **five).tops() == [5] * 6
    # They are counted by sessions, not by weeks, and what is known has all its sets.
    assert block(**five | {"lifts": 2}).tops()[:6] == [2, 2, 3, 4, 5, 5]
    assert block(**five, history={"familiar": ["back_squat"]}).tops() == [5] * 6
    # A cap is no fewer sets of what else is there.
    both = [session("A", back_squat=[2, 5], goblet_squat=[2, 4])]
    assert block(**five | {"sessions": both}).tops() == [2 + 4, 2 + 4, 3 + 4, 4 + 4, 9, 9]


def test_what_stands_in_stays_light() -> None:
    # A goblet squat in place of the heavy one, of two to five sets: two of eight, with three in reserve, are
    # 3000 / 41 = 73 %, rounded down.
    weeks = block(lifts=[0, 1], sessions=[session("A", back_squat=[2, 5])])
    assert weeks.tops() == [2]
    (done,) = planned(weeks, "2A tue 17:00").sessions[0].exercises
    assert (done.exercise, done.sets, done.reps, done.load, done.rir) == ("goblet_squat", 2, 8, 70, 3)
    # Also where strength's own clock would be due for other repetitions: eight at most.
    weeks = block(lifts=[0, 1], sessions=[session("A", back_squat=[2, 5])], also={"load_rep_zone": "on"})
    (done,) = planned(weeks, "2A tue 17:00").sessions[0].exercises
    assert (done.exercise, done.reps, done.load, done.rir) == ("goblet_squat", 8, 70, 3)
    # It is light all through the block.
    weeks = block(
        weeks=3, phases=["peak", "peak", "build"], sessions=[session("A", back_squat=[2, 5])], history=NEW
    )
    assert weeks.tops()[:2] == [2, 2]


def test_what_a_new_lifter_begins_late_stays_light() -> None:
    # All is new to him; a hip thrust is light and may begin in the peak, with its least sets and 70 % at
    # most.
    new = {
        "history": {},
        "athlete": {"experience": "new"},
        "sessions": [session("A", barbell_hip_thrust=[2, 4])],
    }
    late = block(phases=["peak", "peak"], **new)
    assert late.tops() == [2, 2]
    assert {one.exercises[0].load for one in planned(late, "1A tue 17:00", "2A tue 17:00").sessions} == {70}
    assert late.told() == [AFTER]
    # Begun before, it has the sets of its first sessions and the load that is written.
    early = block(weeks=6, phases=["build"] * 4 + ["peak"] * 2, **new)
    assert early.tops() == [2, 2, 3, 4, 4, 4]
    assert {one.exercises[0].load for one in planned(early, "1A tue 17:00", "6A tue 17:00").sessions} == {80}
    assert early.told() == []
    # A trained runner's light start is not held back.
    trained = block(phases=["peak", "peak"], **new | {"history": {"familiar": []}, "athlete": {}})
    assert {one.exercises[0].load for one in planned(trained, "1A tue 17:00").sessions} == {80}


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
