"""no_overlap_with_run: between a run and a lift there is time to change."""

from __future__ import annotations

from typing import Any

from weeks import CORE, only

RULE = "no_overlap_with_run"
RUNS = {"tue": "easy 07:00 60"}


def test_time_to_change_on_both_sides() -> None:
    week = only(RULE, runs=RUNS, grid=5)
    # The run ends at 08:00; 15 min later is the first start.
    assert not week.forbids("1A tue 08:15")
    assert week.forbids("1A tue 08:10")
    # The lift takes 20 min: from 06:25 to 06:45, 15 min before the run.
    assert not week.forbids("1A tue 06:25")
    assert week.forbids("1A tue 06:30")


def test_during_the_run() -> None:
    week = only(RULE, runs=RUNS, grid=5)
    assert week.forbids("1A tue 06:50")
    assert week.forbids("1A tue 07:00")
    assert week.forbids("1A tue 07:30")
    assert only(RULE, runs=RUNS, sessions=[CORE]).forbids("1A tue 07:30")


def test_without_time_to_change_they_may_touch() -> None:
    week = only(RULE, {"hard": True, "transition_minutes": 0}, runs=RUNS, grid=5)
    assert not week.forbids("1A tue 08:00")
    assert not week.forbids("1A tue 06:40")
    assert week.forbids("1A tue 07:55")
    assert week.forbids("1A tue 06:45")


def test_a_run_over_midnight_reaches_into_the_next_day() -> None:
    # 23:30 + 60 min = 00:30 on Wednesday, and 15 min to change.
    week = only(RULE, runs={"tue": "easy 23:30 60"}, free={"wed": ["00:00-06:00"]})
    assert week.forbids("1A wed 00:30")
    assert not week.forbids("1A wed 00:45")


def test_minutes_too_close_are_priced() -> None:
    week = only(RULE, "soft", runs=RUNS, grid=5)
    # 20 points for 10 min: 5 min short are 10.
    assert week.cost("1A tue 08:10") == 10
    assert week.cost("1A tue 06:30") == 10
    # From 06:50 to 07:10, 10 min into the run: 10 + 15 short are 50 points.
    assert week.cost("1A tue 06:50") == 50
    assert only(RULE, "off", runs=RUNS).cost("1A tue 07:30") == 0


def test_a_lift_between_two_runs_pays_for_both() -> None:
    # 08:10-08:30 lies 10 min after the one and 10 min before the other: 5 short twice.
    week = only(RULE, "soft", runs={"tue": ["easy 07:00 60", "easy 08:40 30"]}, grid=5)
    assert week.cost("1A tue 08:10") == 20


def test_every_start_is_judged_alike() -> None:
    runs: dict[str, Any] = {"tue": ["easy 07:00 60", "easy 17:00 30"], "wed": "tempo 12:00 50"}
    free = {"tue": ["05:00-20:00"], "wed": ["10:00-15:00"]}
    assert only(RULE, runs=runs, free=free).agreement().both_outcomes
    assert only(RULE, "soft", runs=runs, free=free).agreement().both_prices
