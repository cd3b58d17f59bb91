"""The runner's own exercises: what is taken from where, and what is wrong with them."""

from __future__ import annotations

from typing import Any

import pytest

import mesocycle as mc
from mesocycle.files.library import exercises
from mesocycle.models.strength import Exercise, RepsUnit, Role
from mesocycle.solver.prescription.exercises import exercises_of


def scenario(own: dict[str, Any], **more: Any) -> mc.Scenario:
    data = {
        "start": "2026-09-07",
        "weeks": 1,
        "runs": {"week": {"tue": {"type": "easy", "minutes": 40}}},
        "strength": {"exercises": own, "sessions_per_week": 1} | more,
    }
    return mc.load_scenario(data)


def own(name: str, facts: dict[str, Any]) -> Exercise:
    return exercises_of(scenario({name: facts}))[name]


def test_without_own_exercises_it_is_the_library_itself() -> None:
    assert exercises_of(scenario({})) is exercises()


def test_a_library_exercise_keeps_what_is_not_said() -> None:
    squat = own("back_squat", {"seconds_per_set": 240})
    assert squat == exercises()["back_squat"].model_copy(update={"seconds_per_set": 240})
    assert list(exercises_of(scenario({"back_squat": {"reps": 4}}))) == list(exercises())


def test_like_takes_the_facts_of_another() -> None:
    drag = own("sled_drag", {"like": "sled_push", "reps": 15})
    assert (drag.id, drag.name, drag.reps) == ("sled_drag", "Sled drag", 15)
    assert drag.counts_for == exercises()["sled_push"].counts_for
    named = own("sled_drag", {"like": "sled_push", "name": "Reverse sled"})
    assert named.name == "Reverse sled"


def test_a_pattern_of_its_own_counts_for_its_family() -> None:
    assert own("dip", {"like": "push_up", "pattern": "push_vertical"}).counts_for == ("push",)
    assert own("pogo", {"like": "box_jump", "pattern": "jump"}).counts_for == ("plyometric",)
    assert own(
        "crawl", {"like": "plank", "pattern": "core_crawl", "counts_for": ["core", "push"]}
    ).counts_for == (
        "core",
        "push",
    )


@pytest.mark.parametrize("role", Role)
def test_one_like_no_other_follows_from_its_role(role: Role) -> None:
    facts = {"pattern": "hinge", "role": role, "lower_body_load": 0.6, "seconds_per_set": 100}
    made = own("reverse_hyper", facts)
    assert made.role is role
    assert made.eccentric_load == 0.3  # half of its load on the legs
    assert made.reps_range[0] <= made.reps <= made.reps_range[1]
    assert made.rest_seconds <= made.seconds_per_set
    assert made.equipment == (("bodyweight",),)


def test_timed_work_has_its_own_range() -> None:
    facts = {"pattern": "core", "role": "core", "lower_body_load": 0, "seconds_per_set": 60}
    made = own("hollow_rock", facts | {"reps": 25, "reps_unit": "s"})
    assert (made.reps_range, made.reps_unit) == ((25, 25), RepsUnit.SECONDS)


@pytest.mark.parametrize(
    ("facts", "key", "words"),
    [
        ({"like": "sled_pull"}, "strength.exercises.x_sled.like", "did you mean"),
        ({}, "strength.exercises.x_sled", "without pattern, role, lower_body_load, seconds_per_set"),
        ({"pattern": "squat", "role": "main"}, "strength.exercises.x_sled", "without lower_body_load"),
        ({"like": "sled_push", "sets": [4, 2]}, "strength.exercises.x_sled.sets", r"\[2, 4\]"),
        ({"like": "sled_push", "reps_range": [9, 3]}, "strength.exercises.x_sled.reps_range", r"\[3, 9\]"),
        ({"like": "sled_push", "load": [90, 60]}, "strength.exercises.x_sled.load", r"\[60, 90\]"),
    ],
)
def test_what_is_wrong_is_told(facts: dict[str, Any], key: str, words: str) -> None:
    with pytest.raises(mc.ScenarioError, match=words) as caught:
        scenario({"x_sled": facts})
    assert [problem.key for problem in caught.value.problems] == [key]


def test_an_own_exercise_is_planned_and_named() -> None:
    facts = {"like": "back_squat", "name": "Safety bar squat"}
    sessions = [{"name": "A", "exercises": [{"exercise": "safety_squat", "sets": 3}]}]
    result = mc.solve(scenario({"safety_squat": facts}, sessions=sessions))
    assert result.proven
    assert result.plan is not None
    assert [e.exercise for s in result.plan.sessions for e in s.exercises] == ["safety_squat"]
