"""Why a lift is where it is: the sentence says what the rules say, and changes with them."""

from __future__ import annotations

from typing import Any

import pytest

import mesocycle as mc

LEGS = {"name": "A", "exercises": [{"exercise": "back_squat", "sets": 3, "load": 80}]}
CORE = {"name": "Core", "minutes": 30, "lower_body": "none"}
WEEK = {
    "tue": {"type": "intervals", "start": "06:30", "minutes": 60},
    "wed": {"type": "easy", "start": "06:30", "minutes": 45},
    "thu": {"type": "tempo", "start": "06:30", "minutes": 60},
    "sun": {"type": "long", "start": "08:00", "minutes": 100},
}


def why(**more: Any) -> str:
    data: dict[str, Any] = {
        "start": "2026-09-07",
        "weeks": 1,
        "athlete": {
            "availability": {"weekdays": ["17:00-17:30"], "weekend": ["17:00-17:30"]},
            "rest_days": ["fri"],
        },
        "runs": {"week": WEEK},
        "strength": {"sessions_per_week": 1, "sessions": [LEGS]},
    }
    result = mc.solve(mc.load_scenario(data | more))
    assert result.plan is not None
    (session,) = result.plan.sessions
    return session.why


# Lifts take 20 min, from 17:00: on Tuesday 9 h 30 after the intervals, which end at 07:30.
TUESDAY = {"mon": ["17:00-17:30"], "tue": ["17:00-17:30"], "wed": ["17:00-17:30"], "fri": ["17:00-17:30"]}


def test_the_place_between_the_runs_has_the_right_hours() -> None:
    text = why(athlete={"availability": {"tue": ["17:00-17:30"]}})
    # 17:20 on Tuesday to 06:30 on Thursday are 37 h 10.
    assert text.startswith(
        "After Tuesday's intervals, 9 h 30 after the run, 37 h 10 before Thursday's tempo; "
    )
    # The other days have no window at all, and are told in one clause.
    assert text.endswith("Sunday have no free window that is long enough.")


def test_the_eve_and_the_rest_day_are_named_for_their_days() -> None:
    text = why(athlete={"availability": TUESDAY, "rest_days": ["fri"]})
    assert "Monday is the eve of Tuesday's intervals" in text
    assert "Wednesday is the eve of Thursday's tempo" in text
    rested = why(
        athlete={"availability": {"tue": ["17:00-17:30"], "fri": ["17:00-17:30"]}, "rest_days": ["fri"]}
    )
    assert "Friday is your rest day" in rested


def test_the_sentence_changes_with_the_rules() -> None:
    free = {"wed": ["17:00-17:30"], "tue": ["17:00-17:30"]}
    on = why(athlete={"availability": free})
    assert "Wednesday is the eve of Thursday's tempo" in on
    off = why(athlete={"availability": free}, rules={"no_lower_lift_day_before_key": "off"})
    assert "the eve" not in off
    # Then the hours close the day: 17:20 to 06:30 are 13 h 10.
    assert "Wednesday leaves less than 24 h before Thursday's tempo" in off
    neither = why(
        athlete={"availability": free},
        rules={"no_lower_lift_day_before_key": "off", "recovery_before_intensity": {"hard_hours": 12}},
    )
    assert "less than 24 h" not in neither
    assert "the eve" not in neither


def test_the_number_in_the_sentence_is_the_rules_own() -> None:
    free = {"tue": ["12:00-12:30"], "thu": ["10:00-10:30"]}
    # Thursday's tempo ends at 07:30: 10:00 is 2 h 30 after it.
    assert "Thursday leaves less than 3 h after the tempo" in why(athlete={"availability": free})
    rules = {"min_gap_after_run": {"hours": 4.5}}
    assert "Thursday leaves less than 4 h 30 after the tempo" in why(
        athlete={"availability": free}, rules=rules
    )


def test_a_weekday_is_not_said_twice() -> None:
    # On Thursday there is time before the run alone; the tempo is that of Thursday, as the day says already.
    free = {"fri": ["17:00-17:30"], "thu": ["05:00-05:30"], "wed": ["17:00-17:30"]}
    text = why(athlete={"availability": free})
    assert "Thursday is before the tempo on the same day" in text
    # The run of another day keeps its name.
    assert "Wednesday is the eve of Thursday's tempo" in text


def test_before_a_run_and_on_a_day_without_one() -> None:
    before = why(
        athlete={"availability": {"wed": ["05:00-05:20"]}},
        rules={"no_lower_lift_day_before_key": "off"},
    )
    # 05:20 to 06:30.
    assert before.startswith(
        "Before Wednesday's easy run, 1 h 10 ahead of it, 25 h 10 before Thursday's tempo"
    )
    empty = why(athlete={"availability": {"fri": ["17:00-17:30"]}})
    # 17:20 on Friday to 08:00 on Sunday are 38 h 40.
    assert empty.startswith("On Friday, a day without a run, 38 h 40 before Sunday's long run")


def test_a_lift_that_asks_nothing_of_the_legs_says_so() -> None:
    text = why(
        strength={"sessions_per_week": 1, "sessions": [CORE]},
        athlete={"availability": {"wed": ["17:00-17:30"]}},
    )
    assert "light enough on the legs for any day" in text
    assert "before Thursday's tempo" not in text


def test_the_policys_own_word_for_a_day() -> None:
    free = {"tue": ["17:00-17:30"], "fri": ["17:00-17:30"]}
    # The day after a workout is the second choice of stack_hard; without that rule it is any rest day.
    assert "Friday is the day after a key run" in why(athlete={"availability": free})
    text = why(athlete={"availability": free}, rules={"day_after_hard_fallback": "off"})
    assert "Friday is a rest day, which stack_hard keeps free" in text
    text = why(athlete={"availability": free}, policy="easy_moderate", rules={"hard_easy_policy": "hard"},
               runs={"week": WEEK | {"fri": {"type": "easy", "start": "06:30", "minutes": 45}}})  # fmt: skip
    assert text.startswith("After Friday's easy run, 9 h 45 after the run")
    assert "Tuesday is a hard day, which easy_moderate keeps free" in text


@pytest.mark.parametrize("program", ["runner_two_day", "runner_three_day", "home_two_day"])
def test_every_sentence_is_one_with_a_full_stop(program: str) -> None:
    scenario = mc.load_scenario(
        {
            "start": "2026-09-07",
            "weeks": 3,
            "runs": {"week": WEEK},
            "strength": {"sessions_per_week": 2, "program": program},
        }
    )
    result = mc.solve(scenario)
    assert result.plan is not None
    for session in result.plan.sessions:
        assert session.why.endswith(".")
        assert ".." not in session.why
        # The place and at most three clauses against other days.
        assert 0 <= session.why.count(";") <= 3
