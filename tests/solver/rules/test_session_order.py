"""session_order: run first protects running, lift first protects strength."""

from __future__ import annotations

from typing import Any

from weeks import CORE, only

RULE = "session_order"


def morning_lift(kind: str, order: str = "run_first", phase: str = "build", strength: str = "soft") -> int:
    """Points of a lift at noon before such a run in the evening."""
    week = only(RULE, strength, runs={"tue": f"{kind} 18:00 40"}, policy={"order": order}, phases=[phase])
    return week.cost("1A tue 12:00")


def test_the_run_comes_first() -> None:
    week = only(RULE, runs={"tue": "moderate 18:00 40"})
    assert week.forbids("1A tue 17:45")
    # A lift that starts with the run is no longer before it.
    assert not week.forbids("1A tue 18:00")
    assert not week.forbids("1A tue 20:00")
    assert not week.forbids("1A wed 12:00")


def test_who_is_meant() -> None:
    assert morning_lift("intervals") == 0  # another rule's concern
    week = only(RULE, runs={"tue": "moderate 18:00 40"}, sessions=[CORE])
    assert not week.forbids("1A tue 12:00")


def test_easy_running_matters_less() -> None:
    # 8 points, and three tenths of it before easy running: 2.4, rounded to 2.
    assert morning_lift("moderate") == 8
    assert morning_lift("easy") == morning_lift("recovery") == morning_lift("cross") == 2
    assert morning_lift("moderate", strength="off") == 0


def test_the_order_is_the_policys() -> None:
    assert morning_lift("moderate", "run_first", "base") == 8
    assert morning_lift("moderate", "lift_first_in_base", "base") == 0
    assert morning_lift("moderate", "lift_first_in_base", "build") == 8
    assert morning_lift("moderate", "priority_first", "base") == 0
    assert morning_lift("moderate", "priority_first", "build") == 2


def test_every_start_is_judged_alike() -> None:
    runs: dict[str, Any] = {"tue": ["tempo 07:00 40", "easy 12:00 40"], "wed": "moderate 12:00 40"}
    free = {"tue": ["06:00-18:00"], "wed": ["10:00-15:00"]}
    assert only(RULE, runs=runs, free=free).agreement().both_outcomes
    assert only(RULE, "soft", runs=runs, free=free).agreement().both_prices
