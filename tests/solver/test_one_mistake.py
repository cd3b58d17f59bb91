"""One mistake in a file is one problem: nothing is said of what only follows from it."""

from __future__ import annotations

import pytest

from mesocycle.files.scenario import validate
from mesocycle.files.yaml_source import parse
from mesocycle.models.errors import ScenarioFileError
from mesocycle.solver.rules.check import problems

SHORT = """
start: 2026-12-07
weeks: 2
athlete: {availability: {weekdays: ["17:00-17:20"]}}
runs: {week: {tue: {type: easy, minutes: 45}}}
strength:
"""


@pytest.mark.parametrize(
    ("text", "key"),
    [
        (
            "{name: A, minutes: 20, exercises: [{exercse: push_up, sets: 2}]}",
            "exercises[0].exercse",
        ),
        ("{nmae: A, minutes: 20, exercises: [{exercise: push_up}]}", "nmae"),
        (
            "{name: A, minutes: 20, exercises: [{exercise: push_up, sets: lots}]}",
            "exercises[0].sets",
        ),
        ("{name: A, minutes: 20, exercises: [{exercise: pushh_up}]}", "exercises[0].exercise"),
        ("{name: A, mintes: 20, lower_body: heavy}", "mintes"),
        ("{name: A, minutes: lots, lower_body: heavy}", "minutes"),
        ("{name: A, minutes: 20, exercses: [{exercise: push_up}]}", "exercses"),
    ],
)
def test_one_mistake_in_a_session_is_one_problem(text: str, key: str) -> None:
    # The only window is too short for the default program: nothing may be said about that.
    with pytest.raises(ScenarioFileError) as caught:
        validate(parse((SHORT + f"  sessions: [{text}]\n").encode(), "x.yaml"), problems)
    assert [problem.key for problem in caught.value.problems] == [f"strength.sessions[0].{key}"]


def test_a_mistake_beside_a_mistyped_session_is_told_too() -> None:
    text = SHORT + "  sessions: [{nmae: A, minutes: 20, lower_body: none}]\n  records: {back_sqat: 100}\n"
    with pytest.raises(ScenarioFileError) as caught:
        validate(parse(text.encode(), "x.yaml"), problems)
    assert [problem.key for problem in caught.value.problems] == [
        "strength.sessions[0].nmae",
        "strength.records.back_sqat",
    ]


def test_a_key_is_missing_beside_another_that_is_unknown() -> None:
    text = "start: 2026-12-07\nruns: {week: {tue: {zzz: 5}}}\n"
    with pytest.raises(ScenarioFileError) as caught:
        validate(parse(text.encode(), "x.yaml"), problems)
    assert {problem.message for problem in caught.value.problems} == {"unknown key", "is missing"}
