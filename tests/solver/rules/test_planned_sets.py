"""planned_sets: strength follows the sets of the main lifts first."""

from __future__ import annotations

import pytest
from weeks import only, session

RULE = "planned_sets"
# A squat counts five, a press one; a count costs 2 points. Squats are four, three, two or none, presses three
# or fewer.
LADDER = [session("A", back_squat=[2, 4], pallof_press=[1, 3])]
# 17 min, where two squats and a press take 19.
TIGHT = {"tue": ["17:00-17:17"]}


def test_sets_short_are_priced() -> None:
    week = only(RULE, "soft", sessions=LADDER)
    assert week.cost("1A tue 17:00 4+3") == 0
    assert week.cost("1A tue 17:00 4+2") == 1 * 2
    assert week.cost("1A tue 17:00 4+1") == 2 * 1 * 2
    assert week.cost("1A tue 17:00 3+3") == 5 * 2
    assert week.cost("1A tue 17:00 2+3") == 2 * 5 * 2
    assert week.cost("1A tue 17:00 3+1") == (5 + 2) * 2
    assert week.cost("1A tue 17:00 2+1") == (2 * 5 + 2) * 2
    dear = only(RULE, {"hard": False, "weight": 7}, sessions=LADDER)
    assert dear.cost("1A tue 17:00 3+1") == (5 + 2) * 7
    assert only(RULE, "off", sessions=LADDER).cost("1A tue 17:00 2+1") == 0


def test_an_exercise_left_out_costs_all_its_sets_also_where_there_is_time() -> None:
    week = only(RULE, "soft", sessions=LADDER)
    # Three presses, one of them the least; four squats, two of them the least.
    assert week.cost("1A tue 17:00 4+0") == (3 + 1) * 2
    assert week.cost("1A tue 17:00 0+3") == (4 + 2) * 5 * 2
    assert week.cost("1A tue 17:00 3+0") == (5 + 3 + 1) * 2


def test_a_session_left_out_is_short_of_all() -> None:
    # (4 x 5 + 3 x 1) x 2 points.
    assert only(RULE, "soft", sessions=LADDER).cost() == 46
    # Each set once, also where the week is too short for the least of them.
    assert only(RULE, "soft", sessions=LADDER, free=TIGHT).cost() == 46


@pytest.mark.parametrize(
    ("exercise", "counts"),
    [
        ("back_squat", 5),
        ("reverse_lunge", 5),
        ("single_leg_calf_raise", 5),
        ("nordic_hamstring_curl", 2),
        ("box_jump", 2),
        ("pallof_press", 1),
        ("push_up", 1),
    ],
)
def test_a_set_counts_by_its_kind(exercise: str, counts: int) -> None:
    week = only(RULE, "soft", sessions=[session("A", **{exercise: 3})])
    assert week.cost() == 3 * counts * 2


def test_sets_below_the_least_count_double() -> None:
    week = only(RULE, "soft", sessions=LADDER, free=TIGHT, grid=60)
    # Squats alone fit with two sets (16 min): three presses are missing, one of them the least.
    assert week.cost("1A tue 17:00 2+0") == (2 * 5 + 3 + 1) * 2
    # Presses alone: four squats are missing, two of them the least.
    assert week.cost("1A tue 17:00 0+3") == (4 + 2) * 5 * 2


def test_hard_wants_all_sets_of_what_takes_place() -> None:
    week = only(RULE, sessions=LADDER)
    assert not week.forbids("1A tue 17:00 4+3")
    assert week.forbids("1A tue 17:00 4+2")
    assert week.forbids("1A tue 17:00 3+3")
    assert week.forbids("1A tue 17:00 4+0")
    assert not week.forbids()


def test_the_weeks_own_sets_count_not_the_full_ones() -> None:
    # A lighter week allows 60 %: round(2.4) = 2 squats and 3 presses of 5, of which none is missing.
    also = {"deload_weeks": "hard"}
    running = {"cutback_weeks": [1]}
    wide = [session("A", back_squat=[2, 4], pallof_press=[1, 5])]
    week = only(RULE, "soft", sessions=wide, also=also, running=running)
    assert week.tops() == [5]
    assert week.cost("1A tue 17:00 2+3") == 0
    assert week.cost("1A tue 17:00 2+1") == 2 * 2
    # Two squats are the week's own and so its least: both count double.
    assert week.cost("1A tue 17:00 0+3") == (2 + 2) * 5 * 2
    assert week.cost() == (2 * 5 + 3) * 2


def test_a_plain_session_counts_its_blocks_of_three_minutes_by_three() -> None:
    # 38 min: 8 of warm-up and ten blocks; half of them are the least.
    plain = [{"name": "A", "minutes": 38, "lower_body": "heavy"}]
    week = only(RULE, "soft", sessions=plain)
    assert week.cost("1A tue 17:00 10") == 0
    assert week.cost("1A tue 17:00 5") == 5 * 3 * 2
    assert week.cost() == 10 * 3 * 2


def test_every_version_is_judged_alike() -> None:
    free = {"tue": ["17:00-20:00"], "fri": ["17:00-17:30"]}
    assert only(RULE, sessions=LADDER, free=free, grid=30).agreement().both_outcomes
    assert only(RULE, "soft", sessions=LADDER, free=free, grid=30).agreement().both_prices
    assert only(RULE, "soft", sessions=LADDER, free=TIGHT, grid=60).agreement().paid
