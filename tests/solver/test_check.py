"""What is wrong with a scenario that is sound in itself: exercises, rules, overlaps, room."""

from __future__ import annotations

from typing import Any

import pytest

import mesocycle as mc
from mesocycle.solver.instance.calendar import Calendar, build_calendar
from mesocycle.solver.rules import check

SQUATS = [{"name": "A", "exercises": [{"exercise": "back_squat", "sets": [2, 3]}]}]


def found(**more: Any) -> tuple[mc.Problem, ...]:
    with pytest.raises(mc.ScenarioError, match="problem") as caught:
        load(**more)
    return caught.value.problems


def load(**more: Any) -> mc.Scenario:
    data = {
        "start": "2026-09-07",
        "weeks": 2,
        "runs": {"week": {"tue": {"type": "easy", "start": "07:00", "minutes": 45}}},
    }
    return mc.load_scenario(data | more)


def only(**more: Any) -> mc.Problem:
    (problem,) = found(**more)
    return problem


def test_an_unknown_exercise_gets_the_nearest_names() -> None:
    problem = only(
        strength={
            "sessions": [{"name": "A", "exercises": [{"exercise": "plank"}, {"exercise": "back_sqat"}]}]
        }
    )
    assert problem.key == "strength.sessions[0].exercises[1].exercise"
    assert (problem.message, problem.value) == ("the library has no such exercise", "back_sqat")
    assert problem.remedy.startswith("did you mean back_squat")


def test_an_exercise_like_none_is_told_where_all_of_them_are() -> None:
    problem = only(history={"familiar": ["plank", "xyzzy"]})
    assert problem.key == "history.familiar[1]"
    assert problem.remedy == "`mesocycle exercises` lists them all"


def test_an_unknown_program() -> None:
    problem = only(strength={"program": "runner_two_days"})
    assert (problem.key, problem.message) == ("strength.program", "there is no program of this name")
    assert "runner_two_day" in problem.remedy
    # Own sessions take its place, and nobody asks for it.
    load(strength={"program": "runner_two_days", "sessions": SQUATS})


@pytest.mark.parametrize(
    ("rules", "key", "message", "remedy"),
    [
        (
            {"min_gap_after_runs": {}},
            "rules.min_gap_after_runs",
            "there is no rule of this name",
            "did you mean `min_gap_after_run`?",
        ),
        ({"zzz": "off"}, "rules.zzz", "there is no rule of this name", "`mesocycle rules` lists them all"),
        (
            {"min_gap_after_run": {"hour": 3}},
            "rules.min_gap_after_run.hour",
            "the rule has no such parameter",
            "did you mean `hours`?",
        ),
        (
            {"min_gap_after_run": {"hours": 10}},
            "rules.min_gap_after_run.hours",
            "at most 9",
            "the default is 3",
        ),
        (
            {"min_gap_after_run": {"hours": -1}},
            "rules.min_gap_after_run.hours",
            "at least 0",
            "the default is 3",
        ),
        (
            {"min_gap_after_run": {"hours": "x"}},
            "rules.min_gap_after_run.hours",
            "expected a number",
            "the default is 3",
        ),
        (
            {"min_gap_after_run": "perhaps"},
            "rules.min_gap_after_run",
            "a rule takes off, hard, soft, or a mapping of its parameters",
            "off, hard, soft, or its parameters",
        ),
        (
            {"recovery_before_intensity": {"hard_hours": 50}},
            "rules.recovery_before_intensity",
            "hard_hours 50 is above soft_hours 48",
            "",
        ),
    ],
)
def test_rules(rules: dict[str, Any], key: str, message: str, remedy: str) -> None:
    problem = only(rules=rules)
    assert problem.key == key
    assert message in problem.message
    assert remedy in problem.remedy


@pytest.mark.parametrize("value", ["off", "on", "hard", "soft", False, True, None, {}])
def test_every_word_for_a_rule(value: Any) -> None:
    load(rules={"min_gap_after_run": value})


def test_runs_that_overlap() -> None:
    double = [
        {"type": "easy", "start": "07:00", "minutes": 45},
        {"type": "easy", "start": "07:44", "minutes": 30},
    ]
    problem = only(runs={"week": {"tue": double}})
    assert problem.key == "runs.week.tue"  # once, not for each week
    assert (
        problem.message == "two runs overlap on Tue 8 Sep: one from 07:00 to 07:45, the next starts at 07:44"
    )
    assert only(runs={"week": {}, "dates": {"2026-09-15": double}}).key == "runs.dates.2026-09-15"
    double[1]["start"] = "07:45"  # the first is over by then
    load(runs={"week": {"tue": double}})


def test_runs_that_overlap_only_when_they_have_grown() -> None:
    double = [
        {"type": "easy", "start": "07:00", "distance": "10 km"},
        {"type": "easy", "start": "08:30", "distance": "10 km"},
    ]
    # 60 min each at 20 km; at 40 km the first lasts until 09:00.
    load(runs={"week": {"tue": double}, "weekly_distance": [20, 20]})
    problem = only(runs={"week": {"tue": double}, "weekly_distance": [20, 40]})
    assert "on Tue 15 Sep: one from 07:00 to 09:00" in problem.message
    assert "weekly_distance" in problem.remedy


def test_a_run_past_midnight_overlaps_the_next_day() -> None:
    week = {
        "mon": {"type": "easy", "start": "23:30", "minutes": 60},
        "tue": {"type": "easy", "start": "00:15", "minutes": 30},
    }
    assert only(runs={"week": week}).key == "runs.week.tue"


def test_a_session_too_long_for_every_window() -> None:
    # Two squat sets: 480 + 75 + 2 x 200 s = 15 min 55 s.
    free = {"mon": ["07:00-07:10"], "tue": ["07:00-07:15"]}
    problem = only(strength={"sessions": SQUATS}, athlete={"availability": free})
    assert problem.key == "strength.sessions[0]"
    assert problem.message == "session A takes at least 16 min, the longest free window has 15 min"
    free["tue"] = ["07:00-07:16"]
    load(strength={"sessions": SQUATS}, athlete={"availability": free})
    # The way to the gym is taken off at both ends.
    travel = {"availability_window": {"travel_minutes": 1}}
    assert (
        "has 14 min"
        in only(strength={"sessions": SQUATS}, athlete={"availability": free}, rules=travel).message
    )
    # Where the windows are a wish, nothing is too long.
    load(
        strength={"sessions": SQUATS},
        athlete={"availability": {"mon": ["07:00-07:10"]}},
        rules={"availability_window": "soft"},
    )


def test_a_program_too_long_is_told_for_each_session() -> None:
    # Not even one set of one exercise: 480 + 75 + 80 s are 11 minutes, and a session lasts 15 at least.
    problems = found(athlete={"availability": {"mon": ["07:00-07:10"]}})
    assert {problem.key for problem in problems} == {"strength.program"}
    assert [problem.message.split()[1] for problem in problems] == ["A", "B"]


def test_a_session_that_fits_only_below_its_least_minutes() -> None:
    # Presses alone take 11, 12 or 14 min, two squats 480 + 75 + 400 s, so 16: the shortest of 15 min or more.
    moves = [{"exercise": "back_squat", "sets": 3}, {"exercise": "pallof_press", "sets": 3}]
    data: dict[str, Any] = {
        "strength": {"sessions": [{"name": "A", "exercises": moves}]},
        "athlete": {"availability": {"mon": ["07:00-07:15"]}},
    }
    message = only(**data).message
    assert message == "session A takes at least 16 min, the longest free window has 15 min"
    load(**data, rules={"session_duration": {"least_minutes": 14}})
    load(**data, rules={"session_duration": "soft"})
    load(**data, rules={"session_duration": "off"})


@pytest.mark.parametrize(
    ("names", "words"),
    [
        (("back_squat", "plank"), "such as back_squat and box_jump or back_squat and vertical_jump"),
        (("vertical_jump", "back_squat"), "such as back_squat and box_jump"),
        (("back_squat",), "such as back_squat and box_jump"),
    ],
)
def test_a_complex_is_a_heavy_lift_and_its_jump(names: tuple[str, ...], words: str) -> None:
    entries = [{"exercise": name, "sets": 3, "complex": "a"} for name in names]
    problem = only(strength={"sessions": [{"name": "A", "exercises": entries}]})
    assert problem.key == "strength.sessions[0].exercises[0].complex"
    assert problem.message == "complex a is a heavy lift and then its jump"
    assert problem.remedy.startswith(words)


def test_a_session_longer_than_its_rule_allows() -> None:
    rules = {"session_duration": {"short_minutes": 10, "long_minutes": 15, "most_minutes": 15}}
    squats = [{"name": "A", "exercises": [{"exercise": "back_squat", "sets": 4}]}]
    # At its shortest, trimmed to the two sets that a main lift keeps: 480 + 75 + 400 s = 15 min 55 s.
    problem = only(strength={"sessions": squats}, rules=rules)
    assert problem.message == "session A takes at least 16 min, session_duration allows 15"


def test_a_session_longer_than_its_own_minutes() -> None:
    # Two squat sets, its fewest: 480 + 75 + 2 x 200 s = 15 min 55 s.
    problem = only(strength={"sessions": [SQUATS[0] | {"minutes": 15}]})
    assert problem.key == "strength.sessions[0].minutes"
    assert problem.message == "session A takes at least 16 min, its minutes are 15"
    assert problem.remedy == "more minutes, or shorter exercises"
    load(strength={"sessions": [SQUATS[0] | {"minutes": 16}]})


@pytest.mark.parametrize(
    ("rules", "key", "pattern", "remedy"),
    [
        (
            {"pattern_coverage": {"profile": "custom", "patterns": ["hinge", "sqat"]}},
            "pattern_coverage.patterns",
            "sqat",
            "did you mean squat?",
        ),
        (
            {"weekly_sets_per_pattern": {"bands": {"squat": [2, 4], "hing": [1, 2]}}},
            "weekly_sets_per_pattern.bands",
            "hing",
            "did you mean hinge?",
        ),
    ],
)
def test_a_pattern_that_no_exercise_counts_for(
    rules: dict[str, Any], key: str, pattern: str, remedy: str
) -> None:
    problem = only(rules=rules)
    assert (problem.key, problem.value, problem.remedy) == (f"rules.{key}", pattern, remedy)
    assert problem.message == f"no exercise counts for the pattern {pattern}"
    # An exercise of the runner's own brings its pattern with it.
    load(rules=rules, strength={"exercises": {"mine": {"like": "plank", "counts_for": [pattern]}}})
    # A rule that is off speaks of no pattern.
    load(rules=dict.fromkeys(rules, "off"))


SAME = "only an exercise of the same movement and role takes the place of "
MORE = "it asks more of the legs or takes longer than {}, for which the days are chosen"
NEW = "it is new to you, and nothing new comes in by turns: list it under history.familiar"


@pytest.mark.parametrize(
    ("exercise", "turn", "words", "more"),
    [
        ("back_squat", "back_squat", "an exercise does not take its own place", {}),
        ("push_up", "chin_up", f"{SAME}push-up", {}),  # both accessories
        ("back_squat", "bodyweight_squat", f"{SAME}back squat", {}),  # a squat, but no main lift
        ("reverse_lunge", "forward_lunge", MORE.format("reverse lunge"), {}),  # 0.8 to 0.7, both 125 s
        # As heavy, but 200 s to 180 s.
        ("romanian_deadlift", "conventional_deadlift", MORE.format("Romanian deadlift"), {}),
        ("back_squat", "goblet_squat", NEW, {"history": {"familiar": ["back_squat"]}}),
        ("back_squat", "goblet_squat", NEW, {"athlete": {"experience": "new"}}),
    ],
)
def test_what_takes_no_turn(exercise: str, turn: str, words: str, more: dict[str, Any]) -> None:
    sessions = [{"name": "A", "exercises": [{"exercise": exercise, "rotate": [turn]}]}]
    problem = only(strength={"sessions": sessions}, **more)
    assert problem.key == "strength.sessions[0].exercises[0].rotate[0]"
    assert (problem.message, problem.value) == (words, turn)


def test_what_takes_a_turn() -> None:
    entries = [
        {"exercise": "back_squat", "rotate": ["goblet_squat"]},
        {"exercise": "calf_raise_straight", "rotate": ["calf_raise_bent"]},  # as heavy and as long
        {"exercise": "plank", "rotate": []},
    ]
    sessions = [{"name": "A", "exercises": entries}]
    load(strength={"sessions": sessions})
    familiar = ["goblet_squat", "calf_raise_bent"]
    load(strength={"sessions": sessions}, athlete={"experience": "new"}, history={"familiar": familiar})
    entries[0]["rotate"] = ["goblet_squat", "gobletsqat"]
    problem = only(strength={"sessions": sessions})
    assert problem.key == "strength.sessions[0].exercises[0].rotate[1]"
    assert problem.message == "the library has no such exercise"
    assert problem.remedy.startswith("did you mean goblet_squat")


@pytest.mark.parametrize(
    ("facts", "key", "value"),
    [
        # A back squat rests for 180 s of its 200.
        ({"rest_seconds": 201}, "rest_seconds", "rest 201 s, seconds_per_set 200 s"),
        ({"seconds_per_set": 179}, "seconds_per_set", "rest 180 s, seconds_per_set 179 s"),
        (
            {"rest_seconds": 91, "seconds_per_set": 90},
            "rest_seconds",
            "rest 91 s, seconds_per_set 90 s",
        ),
    ],
)
def test_a_set_is_no_shorter_than_its_rest(facts: dict[str, int], key: str, value: str) -> None:
    problem = only(strength={"exercises": {"mine": {"like": "back_squat"} | facts}})
    assert problem.key == f"strength.exercises.mine.{key}"
    assert problem.message == "a set with its rest takes at least as long as its rest"
    assert (problem.value, problem.remedy) == (value, "seconds_per_set counts the rest too")
    load(strength={"exercises": {"mine": {"like": "back_squat", "rest_seconds": 200}}})


def test_a_block_with_every_day_blocked_needs_no_room() -> None:
    # It was once told of at `strength.program`, a key that was not in the file.
    days = ["2026-09-07..2026-09-20"]
    result = mc.solve(load(athlete={"blocked": days}))
    assert result.status is mc.Status.OPTIMAL
    assert result.plan is not None
    assert result.plan.sessions == ()
    assert [week.full_sets for week in result.plan.weeks] == [28, 28]
    assert "Every day of the block is blocked, so no lift is planned." in result.notes
    # One day that is left is asked for room again.
    left = {"blocked": ["2026-09-08..2026-09-20"], "availability": {"mon": ["07:00-07:10"]}}
    assert only(athlete=left, strength={"sessions": SQUATS}).key == "strength.sessions[0]"


def test_blocked_days_that_are_only_a_wish_have_room() -> None:
    free = {"blocked": ["2026-09-07..2026-09-20"], "availability": {"mon": ["07:00-07:10"]}}
    rules = {"blocked_dates": "soft"}
    assert only(athlete=free, strength={"sessions": SQUATS}, rules=rules).key == "strength.sessions[0]"
    result = mc.solve(load(athlete={"blocked": free["blocked"]}, rules=rules))
    assert not any("blocked" in note for note in result.notes)


def test_the_calendar_is_built_once(monkeypatch: pytest.MonkeyPatch) -> None:
    built: list[mc.Scenario] = []

    def count(scenario: mc.Scenario) -> Calendar:
        built.append(scenario)
        return build_calendar(scenario)

    monkeypatch.setattr(check, "build_calendar", count)
    assert list(check.problems(load())) == []
    assert len(built) == 2  # once by `load`, once here


def test_no_lift_wanted_needs_no_room() -> None:
    load(strength={"sessions_per_week": 0}, athlete={"availability": {"mon": []}})


def test_all_problems_at_once() -> None:
    keys = [
        p.key for p in found(rules={"zzz": "off"}, strength={"program": "x"}, history={"familiar": ["y"]})
    ]
    assert keys == ["rules.zzz", "strength.program", "history.familiar[0]"]


@pytest.mark.parametrize("rotate", [["side_lunge"], ["walking_lunge", "walking_lunge"]])
def test_what_stands_in_the_session_takes_no_turn(rotate: list[str]) -> None:
    # Else a week would hold it twice.
    entries = [
        {"exercise": "forward_lunge", "sets": 3, "rotate": rotate},
        {"exercise": "side_lunge", "sets": 3},
    ]
    found_now = found(strength={"sessions": [{"name": "A", "exercises": entries}]})
    words = {problem.message for problem in found_now}
    assert "it stands in this session already" in words
