"""pattern_coverage: every pattern that the sessions hold is trained each week."""

from __future__ import annotations

from typing import Any

from weeks import HEAVY, LEGS, Trial, only, session

RULE = "pattern_coverage"
SPLIT = session("B", split_squat=2)  # single-leg work, and by half squat and lunge
CARRY = session("A", farmer_carry=2)


def custom(*patterns: str, hard: bool = False) -> dict[str, Any]:
    return {"hard": hard, "profile": "custom", "patterns": list(patterns)}


def block(settings: Any = "soft", **more: Any) -> Trial:
    return only(RULE, settings, **more)


def test_a_pattern_that_is_not_done_costs_six_points() -> None:
    assert block().cost("1A tue 17:00") == 0
    assert block().cost() == 6
    assert block(sessions=[HEAVY]).cost() == 12
    assert block(weeks=2).cost("1A tue 17:00") == 6
    assert block("off").cost() == 0


def test_hard_it_is_done_each_week() -> None:
    weeks = block(custom("squat", hard=True), weeks=2)
    assert not weeks.forbids("1A tue 17:00", "2A tue 17:00")
    assert weeks.forbids("1A tue 17:00")


def test_only_the_profile_counts() -> None:
    # A deadlift is a hinge, a press counts for the core, nothing here is a calf raise.
    assert block({"hard": False, "profile": "runner_four"}, sessions=[HEAVY]).cost() == 12
    assert block(custom("hinge"), sessions=[HEAVY]).cost() == 6
    assert block(custom("calf"), sessions=[HEAVY]).cost() == 0


def test_each_pattern_is_priced_by_itself() -> None:
    weeks = block(custom("squat", "hinge"), sessions=[HEAVY], weeks=2)
    # Either exercise may be left out: six points for its pattern, twelve where the session is left out.
    assert weeks.cost("1A tue 17:00 4+0", "2A tue 17:00") == 6
    assert weeks.cost("1A tue 17:00 0+4", "2A tue 17:00 4+0") == 12
    assert weeks.cost("1A tue 17:00", "2A tue 17:00 0+2") == 6
    assert weeks.cost("2A tue 17:00") == 12
    hard = block(custom("squat", "hinge", hard=True), sessions=[HEAVY], weeks=2)
    assert hard.forbids("1A tue 17:00 4+0", "2A tue 17:00")
    assert not hard.forbids("1A tue 17:00 2+2", "2A tue 17:00")


def test_a_second_pattern_of_an_exercise_counts_too() -> None:
    both = block(custom("squat"), sessions=[LEGS, SPLIT], lifts=2)
    assert both.cost("1A tue 17:00") == 0
    assert both.cost("1B tue 17:00") == 0
    assert both.cost() == 6


def test_a_carry_in_two_weeks_is_enough() -> None:
    def carries(weeks: int) -> Trial:
        return block(custom("carry"), sessions=[CARRY], weeks=weeks)

    # One week alone has to hold it itself.
    assert carries(1).cost() == 6
    assert carries(1).cost("1A tue 17:00") == 0
    assert carries(2).cost() == 6
    assert carries(2).cost("2A tue 17:00") == 0
    assert carries(3).cost("2A tue 17:00") == 0
    assert carries(3).cost("1A tue 17:00") == 6


def test_what_is_dropped_for_want_of_time_is_missing() -> None:
    # 20 min with two presses, 19 with one, 16 without any.
    short = session("A", back_squat=2, pallof_press=2)
    for minutes, sets, points in ((20, "2+2", 0), (19, "2+1", 0), (18, "2+0", 6), (16, "2+0", 6)):
        free = {"tue": [f"17:00-17:{minutes}"]}
        week = block(custom("squat", "core"), sessions=[short], free=free)
        assert week.cost(f"1A tue 17:00 {sets}") == points


def test_a_pattern_that_no_session_holds_is_said() -> None:
    assert block(custom("squat", "calf", "core"), weeks=2).told() == [("calf core", (1, 2))]
    assert block(custom("squat")).told() == []
    assert block({"hard": False, "profile": "runner_four"}).told() == [("hinge single_leg calf core", (1,))]
    # Nothing is known of a session given by its minutes.
    plain = {"name": "A", "minutes": 45, "lower_body": "heavy"}
    assert block(sessions=[plain]).told() == []
    assert block(sessions=[plain]).cost() == 0


def test_every_selection_is_judged_alike() -> None:
    free = {"tue": ["17:00-18:00"], "fri": ["17:00-18:00"]}
    two = {"sessions": [HEAVY, SPLIT], "lifts": 2, "free": free, "grid": 60}
    for patterns in (("squat", "lunge"), ("single_leg", "hinge")):
        assert block(custom(*patterns, hard=True), **two).agreement().both_outcomes
        assert block(custom(*patterns), **two).agreement().both_prices
    carries = {
        "sessions": [CARRY, session("B", back_squat=2)],
        "lifts": 1,
        "weeks": 4,
        "free": free,
        "grid": 60,
    }
    assert block(custom("carry", "squat"), **carries).agreement().both_prices
    dropped = session("A", back_squat=2, pallof_press=2)
    tight = {"tue": ["17:00-17:18"], "fri": ["17:00-17:19"]}
    assert block(custom("core", hard=True), sessions=[dropped], free=tight).agreement().both_outcomes
