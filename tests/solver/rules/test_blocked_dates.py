"""blocked_dates: days of travel or illness stay without lifts."""

from __future__ import annotations

from weeks import CORE, only

RULE = "blocked_dates"
# Tuesday and Wednesday, both ends of the range included.
AWAY = {"blocked": ["2026-09-08..2026-09-09"]}


def test_the_range_is_closed_and_its_neighbours_are_not() -> None:
    week = only(RULE, athlete=AWAY)
    assert not week.forbids("1A mon 20:00")
    assert week.forbids("1A tue 06:00")
    assert week.forbids("1A wed 20:00")
    assert not week.forbids("1A thu 06:00")


def test_light_lifts_are_meant_too() -> None:
    assert only(RULE, athlete=AWAY, sessions=[CORE]).forbids("1A tue 17:00")


def test_a_range_may_begin_before_the_block() -> None:
    week = only(RULE, athlete={"blocked": ["2026-08-30..2026-09-07"]})
    assert week.forbids("1A mon 17:00")
    assert not week.forbids("1A tue 17:00")


def test_soft_and_off() -> None:
    # 100 points for a lift, as much as leaving it out.
    assert only(RULE, "soft", athlete=AWAY).cost("1A tue 17:00") == 100
    assert only(RULE, "soft", athlete=AWAY).cost("1A mon 17:00") == 0
    assert only(RULE, "off", athlete=AWAY).cost("1A tue 17:00") == 0


def test_every_start_is_judged_alike() -> None:
    assert only(RULE, athlete=AWAY, grid=60).agreement().both_outcomes
    assert only(RULE, "soft", athlete=AWAY, grid=60).agreement().both_prices
