"""pattern_coverage: every pattern that the sessions hold is trained each week."""

from __future__ import annotations

from typing import Any

from weeks import HEAVY, LEGS, Trial, only, session

from mesocycle.solver.rules.base import AllLeftOut

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


def test_patterns_of_the_same_lifts_are_priced_as_one() -> None:
    def priced(settings: Any) -> tuple[list[tuple[tuple[int, ...], int]], int]:
        found = [case for _, case in block(settings, sessions=[HEAVY], weeks=2).grounded.cases]
        together = [(case.lifts, case.points) for case in found if isinstance(case, AllLeftOut)]
        return together, len(found)

    # Two lifts, each with squat and hinge at six points.
    assert priced(custom("squat", "hinge")) == ([((0,), 12), ((1,), 12)], 2)
    # Hard nothing is joined: each pattern is a reason of its own.
    assert priced(custom("squat", "hinge", hard=True)) == ([], 4)


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
    # 20 min with both, 16 without the press, which goes first.
    short = session("A", back_squat=2, pallof_press=2)
    for minutes, points in ((20, 0), (19, 6), (16, 6)):
        free = {"tue": [f"17:00-17:{minutes}"]}
        assert block(custom("squat", "core"), sessions=[short], free=free).cost("1A tue 17:00") == points


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
