"""Kit: words a runner writes, what fits, and what comes nearest."""

from __future__ import annotations

from typing import Any

import pytest

import mesocycle as mc
from mesocycle.files.library import equipment, exercises
from mesocycle.solver.prescription.kit import fits, instead, kit_of


def scenario(kit: Any, **more: Any) -> mc.Scenario:
    data = {
        "start": "2026-09-07",
        "weeks": 1,
        "athlete": {"equipment": kit},
        "runs": {"week": {"tue": {"type": "easy", "minutes": 40}}},
    }
    return mc.load_scenario(data | more)


def test_a_gym_has_everything() -> None:
    assert kit_of(scenario("gym")) is None
    assert kit_of(scenario(["gym", "dumbbell"])) is None
    assert all(fits(one, None) for one in exercises().values())


def test_words_are_read_as_runners_write_them() -> None:
    always = set(equipment().always)
    listed = kit_of(scenario(["Dumbbells", "loop band", "pull-up bar"]))
    assert listed == frozenset(always | {"dumbbell", "loop_band", "pullup_bar"})
    home = kit_of(scenario("home"))
    assert home is not None
    assert {"kettlebell", "bench", "exercise_ball"} <= home
    assert kit_of(scenario([])) == frozenset(always)


def test_an_own_exercise_may_ask_for_its_own_equipment() -> None:
    strength = {"exercises": {"tyre_flip": {"like": "conventional_deadlift", "equipment": [["tyre"]]}}}
    kit = kit_of(scenario(["tyre"], strength=strength))
    assert kit is not None
    assert "tyre" in kit
    with pytest.raises(mc.ScenarioError, match="no exercise needs such equipment"):
        scenario(["tyre"])


def test_unknown_words_are_named_with_the_nearest() -> None:
    with pytest.raises(mc.ScenarioError, match="did you mean dumbbell") as caught:
        scenario(["kettlebell", "dumbell"])
    assert [problem.key for problem in caught.value.problems] == ["athlete.equipment[1]"]
    with pytest.raises(mc.ScenarioError, match="no exercise needs such equipment") as caught:
        scenario("garage")
    assert [problem.key for problem in caught.value.problems] == ["athlete.equipment"]


@pytest.mark.parametrize(
    ("asked", "kit", "done"),
    [
        ("back_squat", {"dumbbell"}, "goblet_squat"),  # a main squat, before the bodyweight one
        ("back_squat", set(), "bodyweight_squat"),
        ("conventional_deadlift", {"dumbbell"}, "romanian_deadlift"),  # as heavy, and a main hinge
        ("bench_press", set(), "push_up"),
        ("chin_up", {"dumbbell"}, "bent_over_row"),  # no pull from above: a pull all the same
        ("sled_push", {"dumbbell"}, "side_lunge"),  # nothing else is pushed: leg work of the same load
    ],
)
def test_the_nearest_movement_that_the_kit_allows(asked: str, kit: set[str], done: str) -> None:
    own = frozenset(kit | set(equipment().always))
    near = instead(exercises()[asked], [one for one in exercises().values() if fits(one, own)])
    assert near is not None
    assert near.id == done


def test_nothing_stands_in_for_what_is_taken_or_unlike_anything() -> None:
    extension = exercises()["leg_extension"]
    assert instead(extension, [extension]) is None
    assert instead(extension, [exercises()["plank"]]) is None
    row, pull_up = exercises()["dumbbell_row"], exercises()["chin_up"]
    assert instead(row, [exercises()["plank"], pull_up]) is pull_up


def test_without_substitution_the_scenario_is_refused() -> None:
    rules = {"equipment_available": {"substitute": False}}
    with pytest.raises(mc.ScenarioError, match="back_squat needs barbell, rack, plates") as caught:
        scenario(["dumbbell"], rules=rules)
    assert {problem.key for problem in caught.value.problems} == {"athlete.equipment"}
    # Off, the kit does not matter.
    result = mc.solve(scenario(["dumbbell"], rules={"equipment_available": "off"}))
    assert result.plan is not None
    assert "back_squat" in {e.exercise for s in result.plan.sessions for e in s.exercises}


def test_a_session_of_which_nothing_can_be_done_is_refused() -> None:
    strength = {"sessions": [{"name": "A", "exercises": [{"exercise": "farmer_carry"}]}]}
    with pytest.raises(mc.ScenarioError, match="no way to do anything of session A") as caught:
        scenario([], strength=strength)
    assert [problem.key for problem in caught.value.problems] == ["strength.sessions[0]"]
