"""set_trim_by_mileage: at peak mileage two sets instead of four, with the same weight."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from weeks import Trial, only, session

RULE = "set_trim_by_mileage"
RUNS = {"tue": "easy 07:00 60 10"}  # 10 km, so that distances of 4 to 10 km only shorten it
FULL = session("A", back_squat=[2, 4], romanian_deadlift=[2, 5], pallof_press=[1, 3])  # twelve sets
SQUATS = session("A", back_squat=[2, 4])


def block(distances: Sequence[float], settings: Any = "hard", **more: Any) -> Trial:
    more = {"sessions": [FULL], **more}
    return only(RULE, settings, runs=RUNS, distances=distances, weeks=len(distances), **more)


def test_shares_fall_in_a_line_from_seven_tenths_of_the_peak() -> None:
    # m = 0.4 and 0.7: all sets. m = 0.85, half-way: 0.75. m = 1: 0.5.
    weeks = block([4, 7, 8.5, 10])
    assert weeks.shares() == [1, 1, 0.75, 0.5]
    # 0.75 of twelve is nine: 3 of 4, 4 of 5 (3.75), 2 of 3 (2.25). 0.5 is six: 2 of 4, 2.5 of 5 and 1.5 of 3,
    # of which the deadlift has the half more.
    assert weeks.tops() == [12, 12, 3 + 4 + 2, 2 + 3 + 1]
    assert [lift.own for lift in weeks.problem.lifts][2:] == [(3, 4, 2), (2, 3, 1)]


def test_the_share_holds_for_the_sets_of_a_session_together() -> None:
    # m = 0.8: 1 - 0.5 x 0.1 / 0.3 = 0.833. Of four exercises of three sets ten are left (not 4 x 3, as 2.5
    # rounds up alone): the squats and hinges keep three.
    twelve = session("A", back_squat=3, romanian_deadlift=3, reverse_lunge=3, pallof_press=3)
    weeks = block([4, 8, 10], sessions=[twelve])
    assert weeks.shares() == [1, 0.8333, 0.5]
    assert [lift.own for lift in weeks.problem.lifts] == [(3, 3, 3, 3), (3, 3, 2, 2), (2, 2, 1, 1)]


def test_floors() -> None:
    # A quarter: 1 of 4 and 1.25 of 5 are raised to the 2 of a main lift, 0.75 of 3 rounds to 1.
    weeks = block([4, 6, 10], {"hard": True, "peak_factor": 0.25})
    assert weeks.shares() == [1, 1, 0.25]
    assert weeks.tops()[-1] == 2 + 2 + 1
    # A session of one set is not given more.
    assert block([4, 6, 10], sessions=[session("A", back_squat=1)]).tops() == [1, 1, 1]


def test_where_trimming_starts_can_be_set() -> None:
    # From 0.5: m = 0.75 is half-way.
    assert block([5, 7.5, 10], {"hard": True, "start_share": 0.5}).shares() == [1, 0.75, 0.5]


def test_mileage_that_does_not_rise_has_no_peak() -> None:
    # 12 % above the first two weeks: of 8.93 km that would be 10.0016, of 8.92 it is 9.9904.
    assert block([8.93, 8.93, 9, 10]).shares() == [1, 1, 1, 1]
    # m = 0.892: 1 - 0.5 x 0.192 / 0.3 = 0.68.
    assert block([8.92, 8.92, 8.92, 10]).shares() == [0.68, 0.68, 0.68, 0.5]
    assert block([10, 10, 10, 10]).shares() == [1, 1, 1, 1]


def test_the_weeks_before_say_what_the_runner_comes_from() -> None:
    # Every week has 10 km: a peak for who comes from 8.92, none for who comes from 9.1.
    assert block([10] * 3, history={"weekly_distance": [8.92]}).shares() == [0.5] * 3
    assert block([10] * 3, history={"weekly_distance": [9.1]}).shares() == [1] * 3
    # 10 % above the biggest week is enough: 9.09 x 1.1 are 9.999, and 12 % above it would be 10.18.
    assert block([10] * 3, history={"weekly_distance": [9.09]}).shares() == [0.5] * 3
    # The last six weeks count: their mean is 8.92, that of all seven 10.4.
    high = [19.5, *[8.92] * 6]
    assert block([10] * 3, history={"weekly_distance": high}).shares() == [0.5] * 3
    assert block([10] * 3, history={"weekly_distance": [19.5, *[8.92] * 5]}).shares() == [1] * 3


def test_a_cutback_does_not_give_the_sets_back() -> None:
    # 7 after 10 is a cutback (85 % or less) and counts as 10. Called none, it has all its sets.
    assert block([7, 10, 7]).shares() == [1, 0.5, 0.5]
    assert block([7, 10, 7], running={"cutback_weeks": []}).shares() == [1, 0.5, 1]
    # A cutback looks back three weeks and no further.
    running = {"cutback_weeks": [5]}
    assert block([10, 6, 6, 6, 5], running=running).shares() == [0.5, 1, 1, 1, 1]
    assert block([6, 10, 6, 6, 5], running=running).shares() == [1, 0.5, 1, 1, 0.5]


@pytest.mark.parametrize("phase", ["taper", "recovery"])
def test_a_taper_does_not_give_the_sets_back(phase: str) -> None:
    assert block([6, 10, 4], phases=["build", "peak", phase]).shares() == [1, 0.5, 0.5]


def test_the_kilometres_of_a_race_week_are_no_peak() -> None:
    # 20 km in the taper are twice the peak of 10: week 2 is the peak all the same, and no share falls below.
    assert block([6, 10, 20], phases=["build", "peak", "taper"]).shares() == [1, 0.5, 0.5]
    # Even mileage stays flat whatever the race adds.
    assert block([10, 10, 10, 42], phases=["build", "peak", "peak", "taper"]).shares() == [1, 1, 1, 1]


def test_the_load_stays() -> None:
    plan = block([5, 10], sessions=[SQUATS], also={"planned_sets": "soft"}).solve().plan
    assert plan is not None
    first, second = (one.exercises[0] for one in plan.sessions)
    assert (first.sets, second.sets) == (4, 2)
    assert first.load == second.load == 80
    assert first.reps == second.reps


def test_hard_no_set_above_is_offered_or_accepted() -> None:
    hard, off = block([5, 10], sessions=[SQUATS]), block([5, 10], "off", sessions=[SQUATS])
    assert not hard.refuses(off, "1A tue 17:00 4")
    assert hard.refuses(off, "2A tue 17:00 3")
    assert not hard.refuses(off, "2A tue 17:00 2")
    assert off.shares() == [1, 1]


def test_soft_sets_above_are_bought() -> None:
    # 4 points a set: week 2 allows two squats.
    weeks = block([5, 10], "soft", sessions=[SQUATS])
    assert weeks.cost("2A tue 17:00 4") == 8
    assert weeks.cost("2A tue 17:00 3") == 4
    assert weeks.cost("2A tue 17:00 2") == 0
    assert weeks.cost("1A tue 17:00 4") == 0


def test_every_version_is_judged_alike() -> None:
    free = {"tue": ["17:00-18:00"], "fri": ["17:00-18:00"]}
    for more in ({}, {"also": {"planned_sets": "soft"}}):
        assert block([5, 10], "soft", sessions=[SQUATS], free=free, grid=60, **more).agreement().both_prices
    assert block([5, 10], sessions=[SQUATS], free=free, grid=60).agreement().kept > 0
