"""planned_sets: strength follows the sets of the main lifts first."""

from __future__ import annotations

from weeks import only, session

RULE = "planned_sets"
# Seven sets; the ladder takes core first: 4 + 3, 4 + 2, 4 + 1, 3 + 1, 2 + 1.
LADDER = [session("A", back_squat=[2, 4], pallof_press=[1, 3])]


def test_sets_short_are_priced() -> None:
    week = only(RULE, "soft", sessions=LADDER)
    # 3 points a set of the press, 6 a squat.
    assert week.cost("1A tue 17:00 7") == 0
    assert week.cost("1A tue 17:00 6") == 3
    assert week.cost("1A tue 17:00 5") == 6
    assert week.cost("1A tue 17:00 4") == 12
    assert week.cost("1A tue 17:00 3") == 18
    assert only(RULE, "off", sessions=LADDER).cost("1A tue 17:00 3") == 0


def test_a_session_left_out_is_short_of_all() -> None:
    # (2 x 4 + 3) x 3 points.
    assert only(RULE, "soft", sessions=LADDER).cost() == 33


def test_hard_wants_all_sets_of_what_takes_place() -> None:
    week = only(RULE, sessions=LADDER)
    assert not week.forbids("1A tue 17:00 7")
    assert week.forbids("1A tue 17:00 6")
    assert not week.forbids()


def test_the_weeks_own_sets_count_not_the_full_ones() -> None:
    # A lighter week allows 60 %: round(2.4) = 2 squats and round(1.8) = 2 presses, of which none is missing.
    also = {"deload_weeks": "hard"}
    running = {"cutback_weeks": [1]}
    week = only(RULE, "soft", sessions=LADDER, also=also, running=running)
    assert week.tops() == [4]
    assert week.cost("1A tue 17:00 4") == 0
    assert week.cost("1A tue 17:00 3") == 3
    assert week.cost() == (2 * 2 + 2) * 3


def test_a_plain_session_counts_its_blocks_of_three_minutes_as_main_sets() -> None:
    # 38 min: 8 of warm-up and ten blocks; half of them are the least.
    plain = [{"name": "A", "minutes": 38, "lower_body": "heavy"}]
    week = only(RULE, "soft", sessions=plain)
    assert week.cost("1A tue 17:00 10") == 0
    assert week.cost("1A tue 17:00 5") == 5 * 2 * 3
    assert week.cost() == 10 * 2 * 3


def test_every_version_is_judged_alike() -> None:
    free = {"tue": ["17:00-20:00"], "fri": ["17:00-17:30"]}
    assert only(RULE, sessions=LADDER, free=free, grid=30).agreement().both_outcomes
    assert only(RULE, "soft", sessions=LADDER, free=free, grid=30).agreement().both_prices
