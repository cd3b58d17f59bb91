"""pattern_coverage: every session and every pattern has its turn in any two weeks."""

from __future__ import annotations

from typing import Any

from weeks import HEAVY, LEGS, Trial, named, only, session

import mesocycle as mc

RULE = "pattern_coverage"
SPLIT = session("B", split_squat=2)  # single-leg work, and by half squat and lunge
CARRY = session("A", farmer_carry=2)


def custom(*patterns: str, hard: bool = False, weeks: int = 2) -> dict[str, Any]:
    return {"hard": hard, "profile": "custom", "patterns": list(patterns), "weeks": weeks}


def block(settings: Any = "soft", **more: Any) -> Trial:
    return only(RULE, settings, **more)


def test_a_session_and_a_pattern_that_are_not_done_cost_twelve_points_each() -> None:
    assert block().cost("1A tue 17:00") == 0
    # The session and its squat.
    assert block().cost() == 2 * 12
    assert block(sessions=[HEAVY]).cost() == 3 * 12
    assert block({"hard": False, "weight": 5}).cost() == 2 * 5
    assert block("off").cost() == 0


def test_once_in_any_two_weeks_is_enough() -> None:
    assert block(weeks=2).cost() == 2 * 12
    assert block(weeks=2).cost("1A tue 17:00") == block(weeks=2).cost("2A tue 17:00") == 0
    # Weeks 1 and 2, then 2 and 3.
    assert block(weeks=3).cost("2A tue 17:00") == 0
    assert block(weeks=3).cost("1A tue 17:00") == block(weeks=3).cost("3A tue 17:00") == 2 * 12
    assert block(weeks=3).cost() == 4 * 12


def test_the_number_of_weeks_can_be_set() -> None:
    # Each week by itself: two of three are missing; or one span of three weeks.
    assert block(custom("squat", weeks=1), weeks=3).cost("2A tue 17:00") == 2 * 2 * 12
    for week in (1, 2, 3):
        assert block(custom("squat", weeks=3), weeks=3).cost(f"{week}A tue 17:00") == 0
    assert block(custom("squat", weeks=3), weeks=3).cost() == 2 * 12
    # A shorter block is one span.
    assert block(custom("squat", weeks=4), weeks=3).cost() == 2 * 12


def test_hard_it_is_done_in_any_two_weeks() -> None:
    weeks = block(custom("squat", hard=True), weeks=3)
    assert not weeks.forbids("1A tue 17:00", "2A tue 17:00", "3A tue 17:00")
    assert not weeks.forbids("2A tue 17:00")
    assert weeks.forbids("1A tue 17:00")
    assert weeks.forbids("3A tue 17:00")
    each = block(custom("squat", hard=True, weeks=1), weeks=2)
    assert not each.forbids("1A tue 17:00", "2A tue 17:00")
    assert each.forbids("1A tue 17:00")


def test_sessions_alternate_where_one_lift_a_week_is_possible() -> None:
    # Both hold the same pattern; what is missing is the session.
    both = {"sessions": [LEGS, named(LEGS, "B")], "lifts": 2, "weeks": 3}
    week = block(custom("squat"), **both)
    assert week.cost("1A tue 17:00", "2B tue 17:00", "3A tue 17:00") == 0
    # B is missing in weeks 2 and 3, or A and then B, or B twice.
    assert week.cost("1A tue 17:00", "2A tue 17:00", "3B tue 17:00") == 12
    assert week.cost("1B tue 17:00", "2A tue 17:00", "3A tue 17:00") == 12
    assert week.cost("1A tue 17:00", "2A tue 17:00", "3A tue 17:00") == 2 * 12
    # A week with both leaves the others free.
    assert week.cost("2A tue 17:00", "2B thu 17:00") == 0
    hard = block(custom("squat", hard=True), **both)
    assert not hard.forbids("1A tue 17:00", "2B tue 17:00", "3A tue 17:00")
    assert hard.forbids("1A tue 17:00", "2A tue 17:00", "3B tue 17:00")


def test_a_second_lift_of_a_session_in_a_week_is_no_session_of_its_own() -> None:
    # Two lifts a week of one session, A and A2.
    twice = block(custom("squat"), lifts=2)
    assert twice.cost("1A tue 17:00", "1A2 thu 17:00") == twice.cost("1A tue 17:00") == 0
    assert twice.cost() == 2 * 12


def test_only_the_profile_counts() -> None:
    # A deadlift is a hinge, a press counts for the core, nothing here is a calf raise. The session comes on
    # top.
    assert block({"hard": False, "profile": "runner_four"}, sessions=[HEAVY]).cost() == 3 * 12
    assert block(custom("hinge"), sessions=[HEAVY]).cost() == 2 * 12
    assert block(custom("calf"), sessions=[HEAVY]).cost() == 12


def test_each_pattern_is_priced_by_itself() -> None:
    weeks = block(custom("squat", "hinge", weeks=1), sessions=[HEAVY], weeks=2)
    # Either exercise may be left out: twelve points for its pattern, and twelve more with the session.
    assert weeks.cost("1A tue 17:00 4+0", "2A tue 17:00") == 12
    assert weeks.cost("1A tue 17:00 0+4", "2A tue 17:00 4+0") == 2 * 12
    assert weeks.cost("1A tue 17:00", "2A tue 17:00 0+2") == 12
    assert weeks.cost("2A tue 17:00") == 3 * 12
    # In two weeks each has its turn.
    pair = block(custom("squat", "hinge"), sessions=[HEAVY], weeks=2)
    assert pair.cost("1A tue 17:00 0+4", "2A tue 17:00 4+0") == 0
    assert pair.cost("1A tue 17:00 4+0", "2A tue 17:00 4+0") == 12
    assert pair.cost("2A tue 17:00 4+0") == 12
    hard = block(custom("squat", "hinge", hard=True), sessions=[HEAVY], weeks=2)
    assert hard.forbids("1A tue 17:00 4+0", "2A tue 17:00 4+0")
    assert not hard.forbids("1A tue 17:00 4+0", "2A tue 17:00 0+4")
    assert not hard.forbids("1A tue 17:00 2+2")


def test_a_second_pattern_of_an_exercise_counts_too() -> None:
    # A split squat is a squat by half; a squat is no lunge. The session that is left out costs in either
    # case.
    both = block(custom("squat", "lunge"), sessions=[LEGS, SPLIT], lifts=2)
    assert both.cost("1A tue 17:00", "1B thu 17:00") == 0
    assert both.cost("1A tue 17:00") == 12 + 12
    assert both.cost("1B tue 17:00") == 12
    assert both.cost() == 4 * 12


def test_a_carry_is_as_any_pattern() -> None:
    def carries(weeks: int) -> Trial:
        return block(custom("carry"), sessions=[CARRY], weeks=weeks)

    # One week alone has to hold it itself.
    assert carries(1).cost() == 2 * 12
    assert carries(1).cost("1A tue 17:00") == 0
    assert carries(2).cost("2A tue 17:00") == 0
    assert carries(3).cost("1A tue 17:00") == 2 * 12


def test_weeks_in_which_nothing_is_wanted_owe_nothing() -> None:
    # Week 1 could hold it, weeks 2 and 3 could not.
    late = block(weeks=3, lifts=[1, 0, 0])
    assert late.cost("1A tue 17:00") == 0
    assert late.cost() == 2 * 12


def test_what_is_dropped_for_want_of_time_is_missing() -> None:
    # 20 min with two presses, 19 with one, 16 without any.
    short = session("A", back_squat=2, pallof_press=2)
    for minutes, sets, points in ((20, "2+2", 0), (19, "2+1", 0), (18, "2+0", 12), (16, "2+0", 12)):
        free = {"tue": [f"17:00-17:{minutes}"]}
        week = block(custom("squat", "core"), sessions=[short], free=free)
        assert week.cost(f"1A tue 17:00 {sets}") == points


def test_a_pattern_that_no_session_holds_is_said() -> None:
    assert block(custom("squat", "calf", "core"), weeks=2).told() == [("calf core", (1, 2))]
    assert block(custom("squat")).told() == []
    assert block({"hard": False, "profile": "runner_four"}).told() == [("hinge single_leg calf core", (1,))]
    # Nothing is known of a session given by its minutes; but it has its turn.
    plain = {"name": "A", "minutes": 45, "lower_body": "heavy"}
    assert block(sessions=[plain]).told() == []
    assert block(sessions=[plain]).cost() == 12
    assert block(sessions=[plain]).cost("1A tue 17:00") == 0


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


def test_a_session_of_which_nothing_can_be_done_is_not_missing() -> None:
    # At home a goblet squat stands in for the back squat, and nobody begins it before a race.
    data = {
        "start": "2027-01-04",
        "weeks": 4,
        "athlete": {"equipment": "home"},
        "history": {"familiar": ["back_squat"]},
        "races": [{"date": "2027-01-31", "distance": "5k", "priority": "A"}],
        "runs": {"week": {"sun": {"type": "long", "start": "08:00", "minutes": 90}}},
        "strength": {
            "sessions_per_week": 1,
            "sessions": [{"name": "A", "exercises": [{"exercise": "back_squat"}]}],
        },
    }
    result = mc.solve(data)
    assert result.proven
    assert all(cost.rule != RULE for cost in result.costs)
