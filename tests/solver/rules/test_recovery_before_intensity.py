"""recovery_before_intensity: fast running has recovered from a lift after two days, not after one."""

from __future__ import annotations

import pytest
from weeks import CORE, only

import mesocycle as mc

RULE = "recovery_before_intensity"
RUNS = {"thu": "tempo 18:00 50"}
# Eight sets of five repetitions at 80 %, two in reserve: dose 8. Eight repetitions would go to failure.
FIVES = {"sets": 4, "reps": 5, "load": 80}
FULL = {"name": "A", "exercises": [{"exercise": one, **FIVES} for one in ("back_squat", "romanian_deadlift")]}


def test_the_floor_in_hours() -> None:
    week = only(RULE, runs=RUNS, grid=5)
    # The lift takes 20 min: from 17:40 it ends 24 h before the tempo, from 17:45 five minutes too late.
    assert not week.forbids("1A wed 17:40")
    assert week.forbids("1A wed 17:45")
    assert week.forbids("1A thu 06:00")
    assert week.forbids("1A thu 18:00")
    assert not week.forbids("1A thu 19:00")


def test_who_is_meant() -> None:
    assert only(RULE, runs=RUNS, sessions=[CORE]).cost("1A thu 06:00") == 0
    assert only(RULE, runs={"thu": "easy 18:00 50"}).cost("1A thu 06:00") == 0


def test_the_wish_grows_with_the_dose() -> None:
    # Dose 3 of 8: 24 + 24 x 3/8 = 33 h wanted, so the lift should end by Wednesday 09:00.
    week = only(RULE, runs=RUNS, grid=5)
    assert week.cost("1A wed 08:40") == 0
    assert week.cost("1A wed 17:40") == 9
    # Points are rounded half up: 30 min short are 1, 25 are none.
    assert week.cost("1A wed 09:10") == 1
    assert week.cost("1A wed 09:05") == 0
    # Dose 8: 48 h. From 06:20 its 36 min end 35 h 04 before the tempo: 12 h 56 short, 13 points.
    full = only(RULE, runs=RUNS, grid=5, sessions=[FULL])
    assert full.cost("1A tue 17:20") == 0
    assert full.cost("1A wed 06:20") == 13


def test_new_movements_and_failure_want_more() -> None:
    # New: 3 sets x 1.18 = 3.54, and 24 + 48 x 3.54/8 = 45.2 h; 24 h before the run that is 21.2 h short.
    new = only(RULE, runs=RUNS, grid=5, athlete={"experience": "new"})
    assert new.cost("1A wed 17:40") == 21
    # To failure: 3 x 1.25 = 3.75, and 48 x 3.75/8 = 22.5 h short, rounded up.
    hard = {"name": "A", "exercises": [{"exercise": "back_squat", "sets": 3, "load": 80, "rir": 0}]}
    assert only(RULE, runs=RUNS, grid=5, sessions=[hard]).cost("1A wed 17:40") == 23
    # What repetitions and load leave in reserve counts like what is written: 8 at 80 % leave none.
    eight = {"name": "A", "exercises": [{"exercise": "back_squat", "sets": 3, "load": 80, "reps": 8}]}
    assert only(RULE, runs=RUNS, grid=5, sessions=[eight]).cost("1A wed 17:40") == 23


def test_soft_prices_the_floor_by_the_same_hours() -> None:
    week = only(RULE, "soft", runs=RUNS, grid=5)
    # Thursday 17:40 ends with the start of the run: all 33 h are missing. A lift into the run costs no more.
    assert week.cost("1A thu 17:40") == 33
    assert week.cost("1A thu 17:55") == 33
    assert week.cost("1A thu 19:00") == 0
    assert only(RULE, "off", runs=RUNS).cost("1A thu 17:00") == 0


def test_the_hours_must_not_fall() -> None:
    with pytest.raises(mc.ScenarioError, match="hard_hours 30 is above soft_hours 24"):
        only(RULE, {"hard_hours": 30, "soft_hours": 24}, runs=RUNS).solve()


def test_every_start_is_judged_alike() -> None:
    runs = {**RUNS, "fri": "hills 06:30 40"}
    free = {"tue": ["06:00-21:00"], "wed": ["06:00-21:00"], "thu": ["05:00-22:00"]}
    seen = only(RULE, runs=runs, free=free, grid=30).agreement()
    assert seen.both_outcomes
    assert seen.both_prices
    assert only(RULE, "soft", runs=runs, free=free, grid=30).agreement().both_prices
