"""Scenario files: every problem at once, in line order, at its place and in the runner's words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from mesocycle.files.safe_text import shown
from mesocycle.files.scenario import load, validate
from mesocycle.files.yaml_source import Document, parse
from mesocycle.models.errors import Problem, ScenarioFileError
from mesocycle.models.scenario import Scenario

BASE = "start: 2026-09-07\nruns:\n  week:\n    tue: {type: easy, minutes: 45}\n"
JARGON = re.compile(
    r"Input should|valid |type=|tuple|dict|\bint\b|str\b|Extra|permitted|PolicySwitches|\[key\]|pydantic"
)


def problems(text: str) -> tuple[Problem, ...]:
    with pytest.raises(ScenarioFileError, match="problem") as caught:
        validate(parse(text.encode(), "block.yaml"))
    assert caught.value.file == "block.yaml"
    for problem in caught.value.problems:
        assert not JARGON.search(problem.message + problem.remedy), problem
    return caught.value.problems


def only(text: str) -> Problem:
    (problem,) = problems(text)
    return problem


def test_a_right_file_becomes_a_scenario(tmp_path: Path) -> None:
    file = tmp_path / "block.yaml"
    file.write_text(
        BASE + "  dates: {2026-10-01: rest}\nathlete:\n  availability: {2026-10-02: [6:30-8:00]}\n"
    )
    scenario, document = load(file)
    assert scenario.start == date(2026, 9, 7)
    assert list(scenario.runs.dates) == [date(2026, 10, 1)]
    assert str(scenario.athlete.availability[date(2026, 10, 2)][0]) == "06:30-08:00"
    assert document.name == str(file)


def test_several_errors_at_once_in_line_order() -> None:
    found = problems(
        "weeks: eight\nathlet: {}\n" + BASE + "    sun: {type: lnog}\n  weekly_distance: [8, x]\n"
    )
    assert [(p.key, p.line, p.column) for p in found] == [
        ("weeks", 1, 1),
        ("athlet", 2, 1),
        ("runs.week.sun.type", 7, 11),
        ("runs.weekly_distance[1]", 8, 24),
    ]


# One case for each kind of problem: what is added to a right file; key, message, value, remedy.
@pytest.mark.parametrize(
    ("text", "key", "message", "value", "remedy"),
    [
        ("athlet: {}", "athlet", "unknown key", "{}", "did you mean `athlete`?"),
        ("athlete: {easy_pase: 1}", "athlete.easy_pase", "unknown key", "1", "did you mean `easy_pace`?"),
        ("rest_days: [mon]", "rest_days", "unknown key here", '["mon"]', "it belongs under `athlete`"),
        (
            "history: {weeks: 5}",
            "history.weeks",
            "unknown key here",
            "5",
            "it belongs at the top of the file",
        ),
        ("policy: {hard_esy: auto}", "policy.hard_esy", "unknown key", '"auto"', "did you mean `hard_easy`?"),
        (
            "policy: {zzz: 1}",
            "policy.zzz",
            "unknown key",
            "1",
            "the keys here are hard_easy, long_run, order",
        ),
        (
            "policy: stack_hrd",
            "policy",
            "expected one of stack_hard, stack_hard_long_run, easy_moderate, auto",
            '"stack_hrd"',
            "did you mean `stack_hard`?",
        ),
        (
            "policy: [1]",
            "policy",
            "expected one of stack_hard, stack_hard_long_run, easy_moderate, auto or keys with values",
            "[1]",
            "",
        ),
        (
            "policy: {order: x}",
            "policy.order",
            "expected one of run_first, lift_first_in_base, priority_first",
            '"x"',
            "",
        ),
        ("schema_version: 2", "schema_version", "only 1 can stand here", "2", ""),
        ("weeks: 10000", "weeks", "expected at most 52", "10000", ""),
        ("weeks: 0", "weeks", "expected at least 1", "0", ""),
        ("weeks: 2.5", "weeks", "expected a whole number", "2.5", ""),
        ("name: 5", "name", "expected text", "5", 'in quotes: "5"'),
        ("athlete: {rest_days: sun}", "athlete.rest_days", "expected a list", '"sun"', '["sun"]'),
        ("athlete: {equipment: 5}", "athlete.equipment", "expected text or a list", "5", ""),
        (
            "athlete:",
            "athlete",
            "nothing stands here; expected keys with values",
            "null",
            "give a value, or leave the key out",
        ),
        (
            "strength: {sessions_per_week: two}",
            "strength.sessions_per_week",
            "expected a whole number, a list or keys with values",
            '"two"',
            "",
        ),
        ("strength: {sessions_per_week: 9}", "strength.sessions_per_week", "expected at most 6", "9", ""),
        (
            "strength: {sessions_per_week: [2, 9]}",
            "strength.sessions_per_week[1]",
            "expected at most 6",
            "9",
            "",
        ),
        (
            "strength: {sessions_per_week: {bse: 2}}",
            "strength.sessions_per_week.bse",
            "expected one of base, build, peak, taper, recovery",
            '"bse"',
            "did you mean `base`?",
        ),
        (
            "strength: {grid_minutes: 7}",
            "strength.grid_minutes",
            "expected one of 5, 10, 15, 20, 30, 60",
            "7",
            "",
        ),
        ("races: [{date: 2026-10-01}]", "races[0].distance", "is missing", "", "distance: half_marathon"),
        (
            "strength: {sessions: [{name: A, exercises: [{exercise: x, sets: 12}]}]}",
            "strength.sessions[0].exercises[0].sets",
            "expected at most 10",
            "12",
            "",
        ),
        (
            "strength: {sessions: [{name: A, exercises: [{exercise: x, sets: [1]}]}]}",
            "strength.sessions[0].exercises[0].sets",
            "the list has too few entries",
            "[1]",
            "",
        ),
        (
            "strength: {sessions: [{name: '', exercises: [{exercise: x}]}]}",
            "strength.sessions[0].name",
            "the text is empty",
            '""',
            "",
        ),
        (
            "athlete: {availability: {thr: []}}",
            "athlete.availability.thr",
            "expected weekdays, weekend, mon, tue, wed, thu, fri, sat, sun, or a date like 2026-10-01",
            '"thr"',
            "did you mean `thu`?",
        ),
        (
            "athlete: {availability: {2026-10-01: [25:00-26:00]}}",
            "athlete.availability.2026-10-01[0]",
            "a time of day lies between 00:00 and 24:00",
            '"25:00-26:00"',
            "",
        ),
        # Python takes true for 1; nobody who writes it means one session, one minute or one week.
        ("weeks: true", "weeks", "expected a whole number, not true or false", "true", ""),
        (
            "strength: {sessions_per_week: true}",
            "strength.sessions_per_week",
            "expected a whole number, not true or false",
            "true",
            "",
        ),
        (
            "strength: {sessions_per_week: {base: false}}",
            "strength.sessions_per_week.base",
            "expected a whole number, not true or false",
            "false",
            "",
        ),
        ("schema_version: true", "schema_version", "expected a whole number, not true or false", "true", ""),
        (
            "strength: {sessions: [{name: A, exercises: [{exercise: x, sets: true}]}]}",
            "strength.sessions[0].exercises[0].sets",
            "expected a whole number or [least, most], not true or false",
            "true",
            "",
        ),
        (
            'name: "a\\u202eb"',
            "name",
            "the text holds the invisible character U+202E; leave it out",
            '"a\\u202eb"',
            "",
        ),
        (
            'variants: [{name: "\\ufeff", set: {}}]',
            "variants[0].name",
            "the text holds the invisible character U+FEFF; leave it out",
            '"\\ufeff"',
            "",
        ),
        # Told at the exercise, as all that only its facts together show; the words name the key.
        (
            "strength: {exercises: {x: {like: plank, counts_for: [core, pull, core]}}}",
            "strength.exercises.x",
            "a pattern stands twice under counts_for",
            '{"like": "plank", "counts_for": ["core", "pull", "core"]}',
            "",
        ),
        (
            "strength: {sessions: [{name: A, exercises: [{exercise: plank, superset: ' '}]}]}",
            "strength.sessions[0].exercises[0].superset",
            "the text is empty",
            '" "',
            "",
        ),
        (
            "strength: {sessions: [{name: A, exercises: [{exercise: plank, complex: ' '}]}]}",
            "strength.sessions[0].exercises[0].complex",
            "the text is empty",
            '" "',
            "",
        ),
        (
            "strength: {exercises: {x: {like: plank, name: ' '}}}",
            "strength.exercises.x.name",
            "the text is empty",
            '" "',
            "",
        ),
        (
            "strength: {weights: {plates: [1.25, 1.2345]}}",
            "strength.weights.plates[1]",
            "a weight has at most three decimals",
            "1.2345",
            "",
        ),
        (
            "strength: {weights: {bar: 20.0001}}",
            "strength.weights.bar",
            "a weight has at most three decimals",
            "20.0001",
            "",
        ),
        (
            "strength: {records: }",
            "strength.records",
            "nothing stands here; expected keys with values",
            "null",
            "give a value, or leave the key out",
        ),
        (
            "strength: {records: [back_squat]}",
            "strength.records",
            "expected keys with values",
            '["back_squat"]',
            "",
        ),
        (
            "strength: {records: {back_squat: }}",
            "strength.records.back_squat",
            'expected a 1RM such as 120 or "220 lb", or a set such as "80 x 8"',
            "null",
            "",
        ),
        (
            "strength: {records: {back_squat: [80, 8]}}",
            "strength.records.back_squat",
            'expected a 1RM such as 120 or "220 lb", or a set such as "80 x 8"',
            "[80, 8]",
            "",
        ),
        ("end: 2026-02-30", "end", "there is no such day: day is out of range for month", '"2026-02-30"', ""),
    ],
)
def test_each_kind_of_problem(text: str, key: str, message: str, value: str, remedy: str) -> None:
    problem = only(BASE + text + "\n")
    assert (problem.key, problem.message, problem.value, problem.remedy) == (key, message, value, remedy)
    assert problem.line == 5


def test_weights_of_three_decimals_are_read() -> None:
    # 1.134 kg are 2.5 lb.
    text = BASE + "strength: {weights: {bar: 20.125, plates: [1.134, 0.001]}, records: {back_squat: 102.125}}"
    strength = validate(parse(text.encode(), "block.yaml")).strength
    assert (strength.weights.bar, strength.weights.plates) == (20.125, (1.134, 0.001))
    assert strength.records["back_squat"].one_rm == 102.125


@pytest.mark.parametrize(
    ("run", "key"),
    [
        ("{type: easy, strt: 6:30}", "runs.week.wed.strt"),  # one run: no [0], there is no list in the file
        ("[{type: easy}, {type: easy, strt: 6:30}]", "runs.week.wed[1].strt"),
    ],
)
def test_paths_hold_only_what_is_in_the_file(run: str, key: str) -> None:
    problem = only(BASE + f"    wed: {run}\n")
    assert (problem.key, problem.remedy) == (key, "did you mean `start`?")


@pytest.mark.parametrize(
    ("run", "message"),
    [
        ("7", "expected a run such as {type: easy, minutes: 45}, a list of runs or rest"),
        ("rst", "expected a run such as {type: easy, minutes: 45}, a list of runs or rest"),
        ("[7]", "expected a run such as {type: easy, minutes: 45}"),
        ("[" + "{type: easy}, " * 7 + "]", "there are more than 6 entries"),
    ],
)
def test_days_that_hold_no_run(run: str, message: str) -> None:
    assert only(BASE + f"    wed: {run}\n").message == message


@pytest.mark.parametrize(
    ("text", "key", "column"),
    [
        ("    wed:\n", "runs.week.wed", 5),
        ("    wed: ~\n", "runs.week.wed", 5),
        ("  dates: {2026-10-01: }\n", "runs.dates.2026-10-01", 11),
    ],
)
def test_a_day_with_nothing_written_is_no_rest_day(text: str, key: str, column: int) -> None:
    # It once dropped the run of the day in silence.
    problem = only(BASE + text)
    assert problem.message == "nothing is written here; write rest or a run"
    assert (problem.key, problem.line, problem.column) == (key, 5, column)


def test_rest_and_an_empty_list_are_a_day_without_a_run() -> None:
    text = BASE + "    wed: rest\n    thu: []\n  dates: {2026-10-01: rest, 2026-10-02: []}\n"
    scenario = validate(parse(text.encode(), "block.yaml"))
    assert [run.type for run in scenario.runs.week["wed"]] == ["rest"]
    assert scenario.runs.week["thu"] == scenario.runs.dates[date(2026, 10, 2)] == ()
    assert [run.type for run in scenario.runs.dates[date(2026, 10, 1)]] == ["rest"]


def test_errors_under_dates() -> None:
    problem = only(BASE + "  dates:\n    2026-10-01: {type: esy}\n")
    assert (problem.key, problem.line, problem.column) == ("runs.dates.2026-10-01.type", 6, 18)
    assert problem.remedy == "did you mean `easy`?"


def test_missing_keys_are_located_at_their_parent() -> None:
    first, second = problems("name: x\n")
    assert (first.key, first.message, first.line, first.remedy) == (
        "start",
        "is missing",
        1,
        "start: 2026-09-07",
    )
    assert second.key == "runs"
    inner = only("start: 2026-09-07\nruns:\n  dates: {}\n")
    assert (inner.key, inner.line, inner.column) == ("runs.week", 2, 1)


def test_invariants_are_unpacked_and_located() -> None:
    # The model raises them as one error; the runner sees each at its line.
    found = problems(BASE + "weeks: 2\nphases: [base]\nraces:\n- {date: 2027-01-01, distance: 5k}\n")
    assert [(p.key, p.line) for p in found] == [("phases", 6), ("races[0].date", 8)]


def test_ten_thousand_weeks() -> None:
    problem = only(BASE + "  weekly_distance: [" + "8, " * 10_000 + "]\n")
    assert (problem.key, problem.message) == ("runs.weekly_distance", "there are more than 53 entries")
    assert len(problem.value) <= 60


def test_at_most_fifty_problems_are_listed() -> None:
    found = problems(BASE + "".join(f"wrong_{i}: 1\n" for i in range(70)))
    assert len(found) == 51
    assert [p.line for p in found[:50]] == list(range(5, 55))
    assert found[-1].message == "20 more problems not listed"


def test_the_same_day_twice() -> None:
    # `sun` and `Sunday` are two keys to YAML and one to the model, which would drop the first in silence.
    problem = only(BASE + "    sun: {type: long}\n    Sunday: {type: easy}\n")
    assert (problem.key, problem.line) == ("runs.week.Sunday", 6)
    assert problem.message == "`sun` and `Sunday` are the same day"


def test_more_checks_run_on_a_valid_scenario_only() -> None:
    def more(scenario: Scenario) -> Iterator[Problem]:
        yield Problem(("strength", "program"), f"not for {scenario.name}")
        yield Problem(("runs", "week", "tue", 0, "minutes"), "too long")

    with pytest.raises(ScenarioFileError, match="not for Strength block") as caught:
        validate(parse((BASE + "strength:\n  program: x\n").encode(), "f"), more)
    assert [(p.line, p.column) for p in caught.value.problems] == [(4, 23), (6, 3)]
    with pytest.raises(ScenarioFileError, match="is missing"):
        validate(parse(b"name: x\n", "f"), lambda _: pytest.fail("called on a wrong scenario"))
    assert validate(parse(BASE.encode(), "f"), lambda _: ()).weeks is None


def test_nothing_of_pydantic_stays_behind() -> None:
    with pytest.raises(ScenarioFileError, match="missing") as caught:
        validate(Document("f", {}, {}, ""))
    assert caught.value.__context__ is None or caught.value.__suppress_context__


# --- values as shown -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("a\x1b[2J\u202e\n", '"a\\u001b[2J\\u202e\\n"'),  # no terminal codes, no reversed text
        ({"a": [1, None, True], "b": 1.5}, '{"a": [1, null, true], "b": 1.5}'),
        (date(2026, 9, 7), "2026-09-07"),
        ("é", '"é"'),
    ],
)
def test_values_are_shown_like_json(value: Any, text: str) -> None:
    assert shown(value) == text


def test_long_values_are_cut() -> None:
    assert len(shown("x" * 1_000_000)) == 60
    assert len(shown([[1] * 1000] * 1000)) == 60
    assert shown(10**5000) == "a very large number"  # str() of it would raise
