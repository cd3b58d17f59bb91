"""min_gap_after_run: strength suffers right after a run, and no longer three hours later."""

from __future__ import annotations

from weeks import CORE, only, session

RULE = "min_gap_after_run"
EASY = {"tue": "easy 07:00 60"}
KEY = {"tue": "intervals 07:00 60"}


def test_three_hours_after_the_end() -> None:
    week = only(RULE, runs=EASY)
    # The run ends at 08:00: 11:00 is 3 h later, 10:45 is 2 h 45.
    assert not week.forbids("1A tue 11:00")
    assert week.forbids("1A tue 10:45")
    assert week.forbids("1A tue 07:30")
    assert not week.forbids("1A tue 06:30")
    assert not week.forbids("1A wed 06:00")


def test_who_is_meant() -> None:
    # Two squats make a dose of 2, a quarter of a full session: loaded. Three jump squats make 1.5.
    assert only(RULE, runs=EASY, sessions=[session("A", back_squat=2)]).forbids("1A tue 09:00")
    assert not only(RULE, runs=EASY, sessions=[session("A", jump_squat=3)]).forbids("1A tue 09:00")
    assert not only(RULE, runs=EASY, sessions=[CORE]).forbids("1A tue 09:00")


def test_the_gap_reaches_over_midnight() -> None:
    # From Monday 22:00 nine hours reach to 07:00.
    week = only(RULE, {"hard": True, "hours": 9}, runs={"mon": "long 20:00 120"})
    assert week.forbids("1A tue 06:45")
    assert not week.forbids("1A tue 07:00")


def test_hours_short_are_priced() -> None:
    # 4 points an hour after an easy run, half as much again after a key run.
    assert only(RULE, "soft", runs=EASY).cost("1A tue 10:00") == 4
    assert only(RULE, "soft", runs=KEY).cost("1A tue 10:00") == 6
    # 15 min: 1 point, and 1.5 rounded half up.
    assert only(RULE, "soft", runs=EASY).cost("1A tue 10:45") == 1
    assert only(RULE, "soft", runs=KEY).cost("1A tue 10:45") == 2
    # During the run all three hours are short, and no more.
    assert only(RULE, "soft", runs=EASY).cost("1A tue 07:30") == 12
    assert only(RULE, "soft", runs=EASY).cost("1A tue 11:00") == 0
    assert only(RULE, "off", runs=KEY).cost("1A tue 08:00") == 0


def test_every_start_is_judged_alike() -> None:
    runs = {"tue": ["easy 07:00 60", "tempo 13:00 40"]}
    free = {"tue": ["05:00-21:00"], "wed": ["06:00-09:00"]}
    assert only(RULE, runs=runs, free=free).agreement().both_outcomes
    assert only(RULE, "soft", runs=runs, free=free).agreement().both_prices
