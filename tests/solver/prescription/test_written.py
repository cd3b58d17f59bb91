"""A scenario names exercises as people do: by any name, in any form, with weights in any unit."""

from __future__ import annotations

import copy
from typing import Any

import pytest

import mesocycle as mc
from mesocycle.models.scenario import Scenario
from mesocycle.solver.rules.check import understand

RUNS = {"week": {"tue": {"type": "easy", "minutes": 45}}}


def data(strength: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"start": "2026-09-07", "weeks": 2, "runs": RUNS, "strength": strength, **more}


def session(*entries: dict[str, Any]) -> dict[str, Any]:
    return {"sessions": [{"name": "A", "exercises": list(entries)}]}


def test_every_place_takes_any_name() -> None:
    strength = {
        **session({"exercise": "Back squat", "load": "80 %"}, {"exercise": "calf raise toes in"}),
        "records": {"SQUATS": 100, "hex bar deadlift": "140 kg x 3"},
        "exercises": {"Military press": {"seconds_per_set": 120}, "my row": {"like": "barbell row"}},
    }
    scenario = mc.load_scenario(data(strength, history={"familiar": ["RDL", "pull ups", "my row"]}))
    instance = understand(scenario)
    read = instance.scenario.strength
    assert [entry.exercise for entry in read.sessions[0].exercises] == ["back_squat", "toe_in_calf_raise"]
    assert read.sessions[0].exercises[0].load == 80
    assert list(read.records) == ["back_squat", "trap_bar_deadlift"]
    assert instance.scenario.history.familiar == ("romanian_deadlift", "pull_up", "my row")
    assert instance.exercises["overhead_press"].seconds_per_set == 120
    assert instance.exercises["my row"].muscles == instance.exercises["bent_over_row"].muscles
    # What was written stays in the scenario that was read.
    assert list(scenario.strength.records) == ["SQUATS", "hex bar deadlift"]


def test_a_scenario_that_is_built_directly_gets_it_too() -> None:
    scenario = Scenario.model_validate(data(session({"exercise": "Pull-up"})))
    assert understand(scenario).sessions[0].exercises[0].exercise == "pull_up"


def test_ids_leave_a_scenario_as_it_is() -> None:
    scenario = mc.load_scenario(data(session({"exercise": "pull_up"})))
    assert understand(scenario).scenario is scenario


def test_the_same_block_under_other_names() -> None:
    plain, friendly = (
        mc.solve(data(session({"exercise": one}, {"exercise": other}))).plan
        for one, other in (("back_squat", "romanian_deadlift"), ("Squats", "RDL"))
    )
    assert plain == friendly
    assert plain is not None


def test_the_runners_own_exercise_of_a_name_wins() -> None:
    own = {"pull_ups_at_work": {"like": "chin_up", "name": "Pull-up"}}
    strength = {**session({"exercise": "pull up"}, {"exercise": "pull_up"}), "exercises": own}
    done = understand(mc.load_scenario(data(strength))).sessions[0].exercises
    # An id is itself.
    assert [entry.exercise for entry in done] == ["pull_ups_at_work", "pull_up"]


@pytest.mark.parametrize(
    ("strength", "key", "words"),
    [
        (
            session({"exercise": "Back squat"}, {"exercise": "back_squat"}),
            "strength.sessions[0].exercises[1]",
            "`Back squat` and `back_squat` are one exercise, twice in session A",
        ),
        (
            {"records": {"Squat": 100, "back_squat": 110}},
            "strength.records.back_squat",
            "`Squat` and `back_squat` are the same exercise",
        ),
        (
            {"exercises": {"RDL": {"sets": 3}, "romanian_deadlift": {"sets": 4}}},
            "strength.exercises.romanian_deadlift",
            "`RDL` and `romanian_deadlift` are the same exercise",
        ),
    ],
)
def test_one_exercise_under_two_names(strength: dict[str, Any], key: str, words: str) -> None:
    with pytest.raises(mc.ScenarioError) as caught:
        mc.load_scenario(data(strength))
    (problem,) = caught.value.problems
    assert (problem.key, problem.message) == (key, words)


def test_a_problem_shows_the_key_and_the_name_that_were_written() -> None:
    own = {"Military press": {"sets": [4, 2]}}
    with pytest.raises(mc.ScenarioError, match=r"strength\.exercises\.Military press\.sets"):
        mc.load_scenario(data({"exercises": own}))
    turn = session({"exercise": "push up", "rotate": ["Bench press"]})
    with pytest.raises(mc.ScenarioError, match="read:  Bench press"):
        mc.load_scenario(data(turn))


def test_a_record_in_another_unit_is_converted_and_noted() -> None:
    instance = understand(
        mc.load_scenario(data({"records": {"squat": "220 lb", "RDL": {"weight": "80 kg", "reps": 8}}}))
    )
    records = instance.scenario.strength.records
    assert records["back_squat"].one_rm == 99.79  # 220 x 0.45359237 = 99.7903 kg
    assert records["romanian_deadlift"].weight == 80
    assert [note for note in instance.notes if "record" in note] == [
        "Your record of back squat, 220 lb, is read as 99.79 kg."
    ]
    pounds = data({"records": {"squat": "100 kg"}, "weights": {"unit": "lb"}})
    assert understand(mc.load_scenario(pounds)).scenario.strength.records["back_squat"].one_rm == 220.462


@pytest.mark.parametrize(
    ("strength", "words"),
    [
        ({"weights": {"plates": ["45 lb"]}}, "the weights are in kg .* write 20.41, or make the unit lb"),
        (
            {"weights": {"unit": "lb", "bar": "20 kg"}},
            "the weights are in lb .* write 44.09, or make the unit kg",
        ),
        ({"records": {"squat": "heavy"}}, "expected a 1RM such as 120"),
        ({"records": {"squat": {"one_rm": "100 kg", "unit": "lb"}}}, "one_rm is in kg, unit says lb"),
        (session({"exercise": "squat", "load": 0.85}), "a load is written in % of 1RM: 85 for 0.85"),
        (session({"exercise": "squat", "load": "110 %"}), "expected at most 100"),
    ],
)
def test_doubtful_weights_are_refused_with_what_would_be_right(strength: dict[str, Any], words: str) -> None:
    with pytest.raises(mc.ScenarioError, match=words):
        mc.load_scenario(data(copy.deepcopy(strength)))


def test_weights_with_the_scenarios_unit_are_numbers() -> None:
    weights = {"unit": "lb", "bar": "45 lb", "plates": ["45 lbs", 25], "dumbbells": ["20"]}
    read = mc.load_scenario(data({"weights": weights})).strength.weights
    assert (read.bar, read.plates, read.dumbbells) == (45, (45, 25), (20,))


def test_a_pace_of_its_own_turns_a_distance_into_minutes() -> None:
    week = {
        "tue": {"type": "easy", "distance": "10k", "pace": "6:30 /km"},
        "thu": {"type": "easy", "distance": "10k"},
        "sat": {"type": "long", "duration": "1:45 h"},
    }
    scenario = mc.load_scenario({"start": "7 Sep 2026", "weeks": 1, "runs": {"week": week}})
    assert [run.minutes for run in understand(scenario).calendar.runs] == [65, 60, 105]
