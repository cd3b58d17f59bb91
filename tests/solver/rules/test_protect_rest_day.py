"""protect_rest_day: a lift on the only rest day leaves none."""

from __future__ import annotations

from weeks import CORE, only

RULE = "protect_rest_day"
EASY = "easy 07:00 40"
SIX = dict.fromkeys(("mon", "tue", "wed", "thu", "sat", "sun"), EASY)
FIVE = {day: run for day, run in SIX.items() if day != "wed"}


def test_a_declared_rest_day_takes_no_lift_of_any_kind() -> None:
    week = only(RULE, athlete={"rest_days": ["mon"]})
    assert week.forbids("1A mon 17:00")
    assert not week.forbids("1A tue 17:00")
    assert only(RULE, athlete={"rest_days": ["mon"]}, sessions=[CORE]).forbids("1A mon 17:00")


def test_soft_and_off() -> None:
    # 20 points for a lift on the rest day.
    assert only(RULE, "soft", athlete={"rest_days": ["mon"]}).cost("1A mon 17:00") == 20
    assert only(RULE, "off", athlete={"rest_days": ["mon"]}).cost("1A mon 17:00") == 0


def test_the_last_day_without_a_run_is_priced_even_if_the_rule_is_hard() -> None:
    # Friday is the only day without a run: 20 points. With two such days (the limit is 1) both are free.
    for strength in ("hard", "soft"):
        assert only(RULE, strength, runs=SIX).cost("1A fri 17:00") == 20
        assert only(RULE, strength, runs=SIX).cost("1A thu 17:00") == 0
        assert only(RULE, strength, runs=FIVE).cost("1A fri 17:00") == 0


def test_how_many_empty_days_are_protected() -> None:
    two = only(RULE, {"min_full_rest": 2}, runs=FIVE)
    assert two.cost("1A wed 17:00") == two.cost("1A fri 17:00") == 20
    assert only(RULE, {"min_full_rest": 0}, runs=SIX).cost("1A fri 17:00") == 0


def test_a_declared_rest_day_counts_as_empty() -> None:
    # Monday (declared) and Friday are two, so Friday is not the last one.
    week = only(RULE, runs=SIX, athlete={"rest_days": ["mon"]})
    assert week.cost("1A fri 17:00") == 0
    assert week.forbids("1A mon 17:00")


def test_every_start_is_judged_alike() -> None:
    rest = {"rest_days": ["fri", "sun"]}
    seen = only(RULE, {"hard": True, "min_full_rest": 3}, runs=FIVE, athlete=rest, grid=60).agreement()
    assert seen.both_outcomes
    assert seen.both_prices
    assert only(RULE, "soft", runs=SIX, grid=60).agreement().both_prices
