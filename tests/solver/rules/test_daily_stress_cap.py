"""daily_stress_cap: a long day of training is paid for the day after."""

from __future__ import annotations

from typing import Any

import pytest
from weeks import HEAVY, LEGS, named, only

RULE = "daily_stress_cap"


def cost(*minutes: int) -> int:
    """Points of a 20-minute lift on a day with runs of these minutes."""
    runs = {"tue": [f"easy {6 + 4 * at:02d}:00 {one}" for at, one in enumerate(minutes)]}
    return only(RULE, "soft", runs=runs).cost("1A tue 20:00")


def test_the_cap_is_150_minutes() -> None:
    # 130 + 20 = 150 is the limit; 131 + 20 is a minute over.
    assert not only(RULE, runs={"tue": "easy 07:00 130"}).forbids("1A tue 17:00")
    assert only(RULE, runs={"tue": "easy 07:00 131"}).forbids("1A tue 17:00")
    assert not only(RULE, runs={"tue": "easy 07:00 131"}).forbids("1A wed 17:00")
    assert only(RULE, {"hard": True, "minutes": 60}, runs={"tue": "easy 07:00 41"}).forbids("1A tue 17:00")


def test_ten_minutes_over_are_a_point() -> None:
    assert cost(130) == 0
    assert cost(134) == 0  # 4 over
    assert cost(135) == 1  # 5 over, rounded half up
    assert cost(140) == 1
    # The lift causes 20 min of what is over at most, however long the run.
    assert cost(150) == cost(200) == 2
    assert only(RULE, "off", runs={"tue": "easy 07:00 200"}).cost("1A tue 17:00") == 0


def test_all_runs_of_the_day_count() -> None:
    assert cost(80, 70) == 2
    assert cost(80, 50) == 0


def test_longer_lifts_cost_more() -> None:
    # 150 + 36: all 36 min are over, 3.6 points.
    week = only(RULE, "soft", runs={"tue": "long 07:00 150"}, sessions=[HEAVY])
    assert week.cost("1A tue 17:00") == 4


@pytest.mark.uncounted
def test_every_start_is_judged_alike() -> None:
    runs = {"tue": "easy 07:00 120", "wed": ["easy 07:00 90", "easy 12:00 60"]}
    two: dict[str, Any] = {"sessions": [LEGS, named(HEAVY, "B")], "lifts": 2, "runs": runs, "grid": 60}
    free = {"tue": ["16:00-20:00"], "wed": ["16:00-20:00"]}
    assert only(RULE, free=free, **two).agreement().both_outcomes
    assert only(RULE, "soft", free=free, **two).agreement().both_prices
