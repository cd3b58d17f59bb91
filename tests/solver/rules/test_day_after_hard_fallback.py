"""day_after_hard_fallback: too tired after the run? The day after is the second choice."""

from __future__ import annotations

from weeks import CORE, LEGS, named, only

RULE = "day_after_hard_fallback"
RUNS = {"tue": "intervals 07:00 50"}
BACK_TO_BACK = {**RUNS, "thu": "tempo 07:00 40"}


def test_the_day_after_costs() -> None:
    # 20 points, less than the 30 of a lift elsewhere off the policy.
    assert only(RULE, "soft", runs=RUNS).cost("1A wed 17:00") == 20
    assert only(RULE, "soft", runs=RUNS).cost("1A thu 17:00") == 0
    assert only(RULE, "soft", runs=RUNS).cost("1A tue 17:00") == 0
    assert only(RULE, "soft", runs=RUNS, sessions=[CORE]).cost("1A wed 17:00") == 0
    assert only(RULE, "off", runs=RUNS).cost("1A wed 17:00") == 0


def test_a_day_must_follow_before_the_next_key_run() -> None:
    # With a tempo on Thursday, Wednesday is no fallback, and not this rule's to price.
    assert only(RULE, "soft", runs=BACK_TO_BACK).cost("1A wed 17:00") == 0
    assert only(RULE, "soft", runs=BACK_TO_BACK).cost("1A fri 17:00") == 20


def test_only_where_it_is_allowed_and_hard_days_are_stacked() -> None:
    assert only(RULE, {"hard": False, "allowed": False}, runs=RUNS).cost("1A wed 17:00") == 0
    assert only(RULE, "soft", runs=RUNS, policy="easy_moderate").cost("1A wed 17:00") == 0


def test_hard_closes_the_day_after() -> None:
    assert only(RULE, runs=RUNS).forbids("1A wed 17:00")
    assert not only(RULE, runs=RUNS).forbids("1A thu 17:00")


def test_a_tired_day_hands_its_lift_on() -> None:
    for day in ("tue", "2026-09-08"):
        week = only(RULE, {"too_tired_on": [day]}, runs=RUNS)
        assert week.cost("1A wed 17:00") == 20
        assert week.forbids("1A tue 17:00")
        assert week.forbids("1A thu 17:00")
        assert week.forbids()
    # A lift that asks nothing of the legs is not the one that was handed on.
    both = only(RULE, {"too_tired_on": ["tue"]}, runs=RUNS, sessions=[LEGS, named(CORE, "B")], lifts=2)
    assert both.forbids("1B wed 17:00")
    assert not both.forbids("1A wed 17:00", "1B tue 17:00")


def test_a_tired_day_needs_a_key_run_and_a_day_after_in_the_block() -> None:
    assert not only(RULE, {"too_tired_on": ["thu"]}, runs=RUNS).forbids("1A thu 17:00")
    last = only(RULE, {"too_tired_on": ["sun"]}, runs={"sun": "long 08:00 100"})
    assert not last.forbids("1A sun 17:00")


def test_every_day_is_judged_alike() -> None:
    assert only(RULE, runs=RUNS, grid=60).agreement().both_outcomes
    tired = only(RULE, {"too_tired_on": ["tue"]}, runs={**RUNS, "fri": "tempo 07:00 40"}, grid=60)
    assert tired.agreement().both_outcomes
    assert only(RULE, "soft", runs=RUNS, grid=60).agreement().both_prices
