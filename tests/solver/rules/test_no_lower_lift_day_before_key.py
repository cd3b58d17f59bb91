"""no_lower_lift_day_before_key: a day after lifting, time to exhaustion is a fifth shorter."""

from __future__ import annotations

from weeks import CORE, only

RULE = "no_lower_lift_day_before_key"
RUNS = {"thu": "tempo 18:00 50"}


def test_the_eve_is_a_calendar_day() -> None:
    week = only(RULE, runs=RUNS)
    # Wednesday 06:00 is 36 h before the tempo and forbidden, Tuesday 20:30 is allowed.
    assert week.forbids("1A wed 06:00")
    assert week.forbids("1A wed 20:30")
    assert not week.forbids("1A tue 20:30")
    assert not week.forbids("1A thu 06:00")


def test_how_many_days() -> None:
    two = only(RULE, {"hard": True, "days": 2}, runs=RUNS)
    assert two.forbids("1A tue 06:00")
    assert not two.forbids("1A mon 20:30")
    assert not only(RULE, {"hard": True, "days": 0}, runs=RUNS).forbids("1A wed 20:30")


def test_who_is_meant() -> None:
    assert not only(RULE, runs=RUNS, sessions=[CORE]).forbids("1A wed 17:00")
    assert only(RULE, {"hard": True, "scope": "any_lift"}, runs=RUNS, sessions=[CORE]).forbids("1A wed 17:00")
    assert not only(RULE, runs={"thu": "moderate 18:00 50"}).forbids("1A wed 17:00")


def test_the_eve_of_monday_is_the_sunday_of_the_week_before() -> None:
    weeks = only(RULE, runs={"mon": "intervals 07:00 50"}, weeks=2)
    assert weeks.forbids("1A sun 09:00")
    # The key run after the block is unknown.
    assert not weeks.forbids("2A sun 09:00")


def test_soft_and_off() -> None:
    # 40 points for a lift on the eve of one key run; with days = 2, Wednesday is too close to two of them.
    assert only(RULE, "soft", runs=RUNS).cost("1A wed 17:00") == 40
    both = only(RULE, {"hard": False, "days": 2}, runs={**RUNS, "fri": "hills 18:00 40"})
    assert both.cost("1A wed 17:00") == 80
    assert both.cost("1A tue 17:00") == 40
    assert both.cost("1A mon 17:00") == 0
    assert only(RULE, "off", runs=RUNS).cost("1A wed 17:00") == 0


def test_every_start_is_judged_alike() -> None:
    runs = {"tue": "intervals 07:00 50", **RUNS}
    assert only(RULE, runs=runs, grid=60).agreement().both_outcomes
    assert only(RULE, {"hard": False, "days": 2}, runs=runs, grid=60).agreement().both_prices
