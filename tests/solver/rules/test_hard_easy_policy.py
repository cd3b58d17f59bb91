"""hard_easy_policy: keep hard days hard, or lift on easy days: the runner chooses."""

from __future__ import annotations

from weeks import CORE, only

RULE = "hard_easy_policy"
RUNS = {"tue": "intervals 07:00 50", "wed": "easy 07:00 40", "fri": "easy 07:00 40"}


def test_stack_hard_wants_the_days_of_key_runs() -> None:
    week = only(RULE, "soft", runs=RUNS)
    # 30 points on any other day, easy or without a run.
    assert week.cost("1A tue 17:00") == 0
    assert week.cost("1A wed 17:00") == 30
    assert week.cost("1A mon 17:00") == 30


def test_easy_moderate_wants_the_days_of_other_runs() -> None:
    week = only(RULE, "soft", runs=RUNS, policy="easy_moderate")
    assert week.cost("1A tue 17:00") == 30
    assert week.cost("1A wed 17:00") == 0
    assert week.cost("1A mon 17:00") == 30
    # A day with an easy and a key run is a hard day.
    both = only(RULE, "soft", runs={"tue": ["easy 07:00 40", "tempo 18:00 40"]}, policy="easy_moderate")
    assert both.cost("1A tue 12:00") == 30


def test_light_lifts_may_go_anywhere() -> None:
    assert only(RULE, "soft", runs=RUNS, sessions=[CORE]).cost("1A mon 17:00") == 0


def test_the_fallback_speaks_for_the_day_after() -> None:
    # Wednesday is the day after the intervals, and day_after_hard_fallback prices it instead.
    assert only(RULE, "soft", runs=RUNS, also={"day_after_hard_fallback": "soft"}).cost("1A wed 17:00") == 0
    refused = {"day_after_hard_fallback": {"allowed": False}}
    assert only(RULE, "soft", runs=RUNS, also=refused).cost("1A wed 17:00") == 30


def test_auto_takes_easy_days_if_there_are_enough() -> None:
    # Wednesday and Friday are easy and no eve: enough for two lifts, not for three.
    assert only(RULE, "soft", runs=RUNS, policy="auto", lifts=2).cost("1A tue 17:00") == 30
    assert only(RULE, "soft", runs=RUNS, policy="auto", lifts=3).cost("1A tue 17:00") == 0


def test_hard_and_off() -> None:
    assert only(RULE, runs=RUNS).forbids("1A wed 17:00")
    assert not only(RULE, runs=RUNS).forbids("1A tue 17:00")
    assert only(RULE, "off", runs=RUNS).cost("1A wed 17:00") == 0


def test_every_day_is_judged_alike() -> None:
    for policy in ("stack_hard", "easy_moderate"):
        assert only(RULE, runs=RUNS, grid=60, policy=policy).agreement().both_outcomes
        assert only(RULE, "soft", runs=RUNS, grid=60, policy=policy).agreement().both_prices
