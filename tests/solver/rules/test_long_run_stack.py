"""long_run_stack: some lift on the day of the long run, others leave it alone."""

from __future__ import annotations

from weeks import CORE, only, session

RULE = "long_run_stack"
RUNS = {"tue": "intervals 07:00 50", "sun": "long 08:00 120"}


def test_the_long_run_day_is_avoided() -> None:
    week = only(RULE, runs=RUNS)
    assert week.forbids("1A sun 06:00")
    assert week.forbids("1A sun 17:00")
    assert not week.forbids("1A sat 17:00")
    assert not week.forbids("1A tue 17:00")  # a key run, but no long run
    assert not only(RULE, runs=RUNS, sessions=[CORE]).forbids("1A sun 17:00")


def test_soft_and_off() -> None:
    # 30 points for a lift.
    assert only(RULE, "soft", runs=RUNS).cost("1A sun 17:00") == 30
    assert only(RULE, "off", runs=RUNS).cost("1A sun 17:00") == 0


def test_light_only_allows_up_to_the_dose() -> None:
    # Four squats at 80 % make a dose of exactly 4, five make 5.
    policy = {"long_run": "light_only"}
    assert not only(RULE, runs=RUNS, policy=policy, sessions=[session("A", back_squat=4)]).forbids(
        "1A sun 17:00"
    )
    assert only(RULE, runs=RUNS, policy=policy, sessions=[session("A", back_squat=5)]).forbids("1A sun 17:00")
    lighter = only(RULE, {"hard": True, "light_dose": 2.5}, runs=RUNS, policy=policy)
    assert lighter.forbids("1A sun 17:00")  # dose 3


def test_allow_says_nothing() -> None:
    assert not only(RULE, runs=RUNS, policy="stack_hard_long_run").forbids("1A sun 17:00")


def test_every_day_is_judged_alike() -> None:
    assert only(RULE, runs=RUNS, grid=60).agreement().both_outcomes
    # Versions of five squats, of which those with five are too heavy.
    ladder = [session("A", back_squat=[3, 5])]
    free = {"sat": ["15:00-18:00"], "sun": ["15:00-18:00"]}
    for strength in ("hard", "soft"):
        week = only(RULE, strength, runs=RUNS, free=free, sessions=ladder, policy={"long_run": "light_only"})
        seen = week.agreement()
        assert seen.both_outcomes if strength == "hard" else seen.both_prices
