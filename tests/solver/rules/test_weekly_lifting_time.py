"""weekly_lifting_time: an hour to two hours a week is what the articles ask for."""

from __future__ import annotations

from typing import Any

from weeks import LEGS, Trial, named, only

RULE = "weekly_lifting_time"
BOTH = ("1A tue 17:00", "1B fri 17:00")


def two(settings: Any, **more: Any) -> Trial:
    """Two lifts of 20 min each."""
    return only(RULE, settings, sessions=[LEGS, named(LEGS, "B")], lifts=2, **more)


def test_the_least() -> None:
    assert not two({"hard": True, "least_minutes": 40}).forbids(*BOTH)
    assert two({"hard": True, "least_minutes": 41}).forbids(*BOTH)
    assert two({"hard": True, "least_minutes": 40}).forbids("1A tue 17:00")


def test_the_most() -> None:
    least = {"hard": True, "least_minutes": 0}
    assert not two({**least, "most_minutes": 40}).forbids(*BOTH)
    assert two({**least, "most_minutes": 39}).forbids(*BOTH)
    assert not two({**least, "most_minutes": 39}).forbids("1A tue 17:00")


def test_a_minute_is_a_point() -> None:
    # 60 to 120 min are wanted: 40 are 20 short, one lift alone 40.
    assert two("soft").cost(*BOTH) == 20
    assert two("soft").cost("1A tue 17:00") == 40
    assert two({"hard": False, "least_minutes": 0, "most_minutes": 30}).cost(*BOTH) == 10
    assert two("off").cost(*BOTH) == 0


def test_the_least_is_for_full_weeks_without_trim() -> None:
    assert only(RULE, "soft").cost("1A tue 17:00") == 0  # one lift wanted
    assert two("soft", start="2026-09-08").cost("1A wed 17:00") == 0  # six days
    lighter = {"also": {"deload_weeks": "hard"}, "running": {"cutback_weeks": [1]}}
    assert two("soft", **lighter).cost(*BOTH) == 0


def test_every_selection_is_judged_alike() -> None:
    free = {"tue": ["17:00-19:00"], "fri": ["17:00-19:00"]}
    assert two({"hard": True, "least_minutes": 30}, free=free, grid=30).agreement().both_outcomes
    assert (
        two({"hard": True, "least_minutes": 0, "most_minutes": 30}, free=free, grid=30)
        .agreement()
        .both_outcomes
    )
    assert two({"hard": False, "least_minutes": 40}, free=free, grid=30).agreement().both_prices
