"""no_lower_lift_before_key_same_day: hours after heavy leg work the effort of a race is out of reach."""

from __future__ import annotations

from typing import Any

from weeks import CORE, only

RULE = "no_lower_lift_before_key_same_day"
RUNS = {"tue": "intervals 12:00 60"}


def test_after_the_run_and_not_before() -> None:
    week = only(RULE, runs=RUNS)
    assert week.forbids("1A tue 06:00")
    # A lift that starts with the run counts as before it. Later starts are for no_overlap_with_run to forbid.
    assert week.forbids("1A tue 12:00")
    assert not week.forbids("1A tue 12:15")
    assert not week.forbids("1A tue 14:00")
    assert not week.forbids("1A mon 20:00")


def test_who_is_meant() -> None:
    assert not only(RULE, runs=RUNS, sessions=[CORE]).forbids("1A tue 06:00")
    assert not only(RULE, runs={"tue": "easy 12:00 60"}).forbids("1A tue 06:00")
    race = [{"date": "2026-09-08", "distance": "5k", "priority": "C", "start": "12:00"}]
    assert only(RULE, races=race).forbids("1A tue 06:00")


def test_between_two_key_runs_is_before_the_second() -> None:
    week = only(RULE, runs={"tue": ["tempo 07:00 40", "hills 18:00 40"]})
    assert week.forbids("1A tue 12:00")
    assert not week.forbids("1A tue 19:00")


def test_soft_and_off() -> None:
    # 60 points for a lift.
    assert only(RULE, "soft", runs=RUNS).cost("1A tue 06:00") == 60
    assert only(RULE, "soft", runs=RUNS).cost("1A tue 14:00") == 0
    assert only(RULE, "off", runs=RUNS).cost("1A tue 06:00") == 0


def test_every_start_is_judged_alike() -> None:
    runs: dict[str, Any] = {"tue": ["easy 07:00 40", "tempo 12:00 40"], "wed": "easy 12:00 40"}
    free = {"tue": ["05:00-21:00"], "wed": ["10:00-14:00"]}
    assert only(RULE, runs=runs, free=free, grid=30).agreement().both_outcomes
    assert only(RULE, "soft", runs=runs, free=free, grid=30).agreement().both_prices
