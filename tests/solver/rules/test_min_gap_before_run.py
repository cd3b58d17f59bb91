"""min_gap_before_run: easy running is back to normal six hours after a lift."""

from __future__ import annotations

from typing import Any

from weeks import CORE, only

RULE = "min_gap_before_run"
EASY = {"tue": "easy 18:00 40"}


def test_six_hours_before_the_start() -> None:
    week = only(RULE, runs=EASY, grid=5)
    # The lift takes 20 min: from 11:40 it ends 6 h before the run, from 11:45 it ends 5 h 55 before.
    assert not week.forbids("1A tue 11:40")
    assert week.forbids("1A tue 11:45")
    assert week.forbids("1A tue 17:50")
    # A lift that starts with the run is not before it.
    assert not week.forbids("1A tue 18:00")


def test_key_runs_light_lifts_and_the_next_day_are_not_meant() -> None:
    assert not only(RULE, runs={"tue": "tempo 18:00 40"}).forbids("1A tue 17:00")
    assert not only(RULE, runs=EASY, sessions=[CORE]).forbids("1A tue 17:00")
    assert not only(RULE, {"hard": True, "hours": 24}, runs={"wed": "easy 00:30 40"}).forbids("1A tue 20:00")


def test_hours_short_are_priced() -> None:
    week = only(RULE, "soft", runs=EASY, grid=5)
    # A point an hour: 13:40 ends 4 h before, 2 short. 5 min short are nothing.
    assert week.cost("1A tue 13:40") == 2
    assert week.cost("1A tue 11:45") == 0
    # Into the run: all six hours.
    assert week.cost("1A tue 17:55") == 6
    assert only(RULE, "off", runs=EASY).cost("1A tue 17:00") == 0


def test_every_start_is_judged_alike() -> None:
    runs: dict[str, Any] = {"tue": ["tempo 09:00 40", "easy 18:00 40"], "wed": "recovery 07:00 30"}
    free = {"tue": ["06:00-20:00"], "wed": ["05:00-09:00"]}
    assert only(RULE, runs=runs, free=free).agreement().both_outcomes
    assert only(RULE, "soft", runs=runs, free=free).agreement().both_prices
