"""planned_sets: strength follows the sets of the main lifts first."""

from __future__ import annotations

import pytest
from weeks import only, session

RULE = "planned_sets"
# Of squats the first set is worth 16, the second 12, the third 4, the fourth 2; of presses 4, 2 and 1; a
# point each. Squats are four, three, two or none, presses three or fewer.
LADDER = [session("A", back_squat=[2, 4], pallof_press=[1, 3])]
# A point for each point of worth; by default it is two.
ONE = {"hard": False, "weight": 1}
# 17 min, where two squats and a press take 19.
TIGHT = {"tue": ["17:00-17:17"]}


def test_sets_short_are_priced() -> None:
    week = only(RULE, ONE, sessions=LADDER)
    assert week.cost("1A tue 17:00 4+3") == 0
    # Counted from the last set done.
    assert week.cost("1A tue 17:00 4+2") == 1
    assert week.cost("1A tue 17:00 4+1") == 2 + 1
    assert week.cost("1A tue 17:00 3+3") == 2
    assert week.cost("1A tue 17:00 2+3") == 4 + 2
    assert week.cost("1A tue 17:00 3+1") == 2 + (2 + 1)
    assert week.cost("1A tue 17:00 2+1") == (4 + 2) + (2 + 1)
    dear = only(RULE, {"hard": False, "weight": 7}, sessions=LADDER)
    assert dear.cost("1A tue 17:00 3+1") == (2 + 2 + 1) * 7
    assert only(RULE, "soft", sessions=LADDER).cost("1A tue 17:00 3+1") == (2 + 2 + 1) * 2
    assert only(RULE, "off", sessions=LADDER).cost("1A tue 17:00 2+1") == 0


def test_an_exercise_left_out_costs_all_its_sets_also_where_there_is_time() -> None:
    week = only(RULE, ONE, sessions=LADDER)
    assert week.cost("1A tue 17:00 4+0") == 4 + 2 + 1
    assert week.cost("1A tue 17:00 0+3") == 16 + 12 + 4 + 2
    assert week.cost("1A tue 17:00 3+0") == 2 + (4 + 2 + 1)


def test_a_session_left_out_is_short_of_all() -> None:
    # 34 points of squats and 7 of presses.
    assert only(RULE, ONE, sessions=LADDER).cost() == 41
    # The same where the week is too short for the least of them.
    assert only(RULE, ONE, sessions=LADDER, free=TIGHT).cost() == 41


@pytest.mark.parametrize(
    ("exercise", "worth"),
    [
        ("back_squat", (16, 12, 4)),
        ("single_leg_rdl", (16, 12, 4)),  # a hinge, though on one leg
        ("bodyweight_squat", (16, 12, 4)),
        ("bulgarian_split_squat", (10, 6, 3)),
        ("reverse_lunge", (10, 6, 3)),
        ("single_leg_calf_raise", (10, 6, 3)),
        ("nordic_hamstring_curl", (5, 3, 2)),
        ("box_jump", (5, 3, 2)),
        ("pallof_press", (4, 2, 1)),
        ("push_up", (4, 2, 1)),
    ],
)
def test_a_set_counts_by_its_kind(exercise: str, worth: tuple[int, int, int]) -> None:
    week = only(RULE, ONE, sessions=[session("A", **{exercise: 3})])
    assert week.cost() == sum(worth)
    assert week.cost("1A tue 17:00 2") == worth[2]


@pytest.mark.parametrize(("exercise", "further"), [("back_squat", 2), ("box_jump", 1), ("push_up", 1)])
def test_each_further_set_counts_the_same(exercise: str, further: int) -> None:
    week = only(RULE, ONE, sessions=[session("A", **{exercise: [2, 6]})])
    assert [week.cost(f"1A tue 17:00 {n}") for n in (6, 5, 4, 3)] == [0, further, 2 * further, 3 * further]


def test_of_a_session_that_is_too_long_the_first_squats_are_worth_most() -> None:
    week = only(RULE, ONE, sessions=LADDER, free=TIGHT, grid=60)
    # Squats alone fit with two sets (16 min): the third and fourth are missing, and three presses.
    assert week.cost("1A tue 17:00 2+0") == (4 + 2) + (4 + 2 + 1)
    # Presses alone: four squats are missing, and those are dear.
    assert week.cost("1A tue 17:00 0+3") == 16 + 12 + 4 + 2


def test_hard_wants_all_sets_of_what_takes_place() -> None:
    week = only(RULE, sessions=LADDER)
    assert not week.forbids("1A tue 17:00 4+3")
    assert week.forbids("1A tue 17:00 4+2")
    assert week.forbids("1A tue 17:00 3+3")
    assert week.forbids("1A tue 17:00 4+0")
    assert not week.forbids()


def test_the_weeks_own_sets_count_not_the_full_ones() -> None:
    # A lighter week allows 60 %: 5.4 of nine sets, so five: 2.4 squats and 3 presses, of which none is
    # missing.
    also = {"deload_weeks": "hard"}
    running = {"cutback_weeks": [1]}
    wide = [session("A", back_squat=[2, 4], pallof_press=[1, 5])]
    week = only(RULE, ONE, sessions=wide, also=also, running=running)
    assert week.tops() == [5]
    assert week.cost("1A tue 17:00 2+3") == 0
    assert week.cost("1A tue 17:00 2+1") == 2 + 1
    # Only the first two squats can be missing.
    assert week.cost("1A tue 17:00 0+3") == 16 + 12
    assert week.cost() == (16 + 12) + (4 + 2 + 1)


def test_a_plain_session_counts_six_for_each_of_its_blocks_of_three_minutes() -> None:
    # 38 min: 8 of warm-up and ten blocks; half of them are the least.
    plain = [{"name": "A", "minutes": 38, "lower_body": "heavy"}]
    week = only(RULE, ONE, sessions=plain)
    assert week.cost("1A tue 17:00 10") == 0
    assert week.cost("1A tue 17:00 9") == 6
    assert week.cost("1A tue 17:00 5") == 5 * 6
    assert week.cost() == 10 * 6


def test_every_version_is_judged_alike() -> None:
    free = {"tue": ["17:00-20:00"], "fri": ["17:00-17:30"]}
    assert only(RULE, sessions=LADDER, free=free, grid=30).agreement().both_outcomes
    assert only(RULE, ONE, sessions=LADDER, free=free, grid=30).agreement().both_prices
    assert only(RULE, ONE, sessions=LADDER, free=TIGHT, grid=60).agreement().paid
