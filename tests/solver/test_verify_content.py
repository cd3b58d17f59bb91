"""The checker against whole blocks: what is solved passes, and a hand on any field of an exercise is seen."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest

import mesocycle as mc
from mesocycle.files.library import programs
from mesocycle.models.plan import Audit, Plan, PlannedExercise, PlannedSet
from mesocycle.models.result import Result
from mesocycle.solver.instance.instance import Instance
from mesocycle.solver.rules.check import understand
from mesocycle.solver.verify import verify

SCENARIOS = Path(__file__).parents[2] / "scenarios"
RUNS = {
    "tue": {"type": "intervals", "start": "06:30", "minutes": 60},
    "thu": {"type": "tempo", "start": "06:30", "minutes": 50},
    "sat": {"type": "easy", "start": "08:00", "minutes": 45},
    "sun": {"type": "long", "start": "08:00", "minutes": 110},
}
HOME = ["loop_band", "kettlebell", "dumbbell"]


def block(weeks: int = 3, **more: Any) -> dict[str, Any]:
    return {"start": "2026-09-07", "weeks": weeks, "runs": {"week": RUNS}, **more}


def heavy_in_an_hour() -> dict[str, Any]:
    return block(
        5,
        athlete={"availability": {"weekdays": ["18:00-19:00"], "weekend": ["15:00-16:00"]}},
        strength={
            "program": "heavy_and_complex",
            "sessions_per_week": 2,
            "records": {"back_squat": "100 x 5", "bench_press": 80},
        },
    )


def solved(data: Any) -> Result:
    """A solved block; an InternalError says that it did not pass its own check."""
    result = mc.solve(mc.load_scenario(data))
    assert result.plan is not None
    return result


def test_the_half_marathon_passes() -> None:
    assert solved(SCENARIOS / "half_marathon.yaml").proven


@pytest.mark.uncounted
def test_heavy_and_complex_sessions_in_an_hour_pass() -> None:
    sessions = solved(heavy_in_an_hour()).plan.sessions  # type: ignore[union-attr]
    assert all(session.end - session.start <= 60 for session in sessions)
    # Not even the least sets fit: some exercises are left out, and of complexes both or none.
    assert any(session.dropped for session in sessions)
    for session in sessions:
        labels = [one.complex for one in session.exercises if one.complex]
        assert all(labels.count(label) == 2 for label in labels)


@pytest.mark.parametrize("program", sorted(programs()))
@pytest.mark.parametrize("athlete", [{"equipment": HOME}, {"experience": "new", "age": 64}])
def test_every_program_passes(program: str, athlete: dict[str, Any]) -> None:
    solved(block(3, athlete=athlete, strength={"program": program}))


@pytest.mark.parametrize(
    "entries",
    [
        # At home side lunges stand in for the sled, and are what reverse lunges give way to.
        [{"exercise": "reverse_lunge", "rotate": ["side_lunge"]}, {"exercise": "sled_push"}],
        # Both give way to the same jump.
        [
            {"exercise": "single_leg_hop", "rotate": ["skater_hop"]},
            {"exercise": "jump_squat", "rotate": ["skater_hop", "box_jump"]},
        ],
    ],
)
def test_nothing_is_done_twice_in_a_session(entries: list[dict[str, Any]]) -> None:
    own = {"name": "A", "exercises": [*entries, {"exercise": "dead_bug"}]}
    changing = {"exercise_rotation": {"every_weeks": 2, "least_weeks": 1, "main_weeks": 4}}
    strength = {"sessions_per_week": 2, "sessions": [own]}
    data = block(9, athlete={"equipment": "home"}, strength=strength, rules=changing)
    plan = solved(data).plan
    assert plan is not None
    for session in plan.sessions:
        names = [exercise.exercise for exercise in session.exercises]
        assert len(set(names)) == len(names)


@cache
def judged() -> tuple[Instance, Plan]:
    """A block with supersets, complexes, weights, growth and changes."""
    data = block(
        7,
        phases=["base"] * 6 + ["taper"],
        rules={"deload_weeks": "off"},
        strength={
            "sessions_per_week": 2,
            "records": {"back_squat": "100 x 5", "bench_press": 80},
            "sessions": [
                {
                    "name": "A",
                    "exercises": [
                        {"exercise": "back_squat", "sets": [2, 3], "complex": "C"},
                        {"exercise": "vertical_jump", "sets": [2, 3], "complex": "C"},
                        {"exercise": "bench_press", "sets": [1, 2], "superset": "S"},
                        {"exercise": "dumbbell_row", "sets": [1, 2], "superset": "S"},
                        {"exercise": "forward_lunge", "sets": [1, 2], "reps": 10, "tempo": "3-1-1"},
                        {"exercise": "plank", "sets": [1, 2]},
                        {"exercise": "romanian_deadlift", "scheme": "top_set_back_off"},
                    ],
                },
            ],
        },
    )
    context = understand(mc.load_scenario(data))
    return context, solved(data).plan  # type: ignore[return-value]


def first_where(plan: Plan, field: str) -> tuple[int, int]:
    """The first exercise in which a field says something."""
    usual = PlannedExercise(exercise="", sets=0)
    return next(
        (session, at)
        for session, one in enumerate(plan.sessions)
        for at, done in enumerate(one.exercises)
        if getattr(done, field) != getattr(usual, field)
    )


def other(value: Any) -> Any:
    """A value of the same kind that differs."""
    if isinstance(value, tuple):
        return (*value, value[-1])
    return value + 1 if isinstance(value, (int, float)) else f"{value}_"


def audit(plan: Plan, session: int, **values: Any) -> Audit:
    context, _ = judged()
    sessions = list(plan.sessions)
    sessions[session] = sessions[session].model_copy(update=values)
    return verify(context, plan.model_copy(update={"sessions": tuple(sessions)}))


def test_the_untouched_block_passes_and_holds_all_there_is() -> None:
    context, plan = judged()
    assert verify(context, plan).breaches == ()
    assert any(session.rotated for session in plan.sessions)
    for field in PlannedExercise.model_fields:
        if field != "reps_unit":
            first_where(plan, field)


# Under which rule a hand on a field is told.
FIELDS = {
    "exercise": "structure",
    "sets": "structure",
    "reps": "load_rep_zone",
    "reps_unit": "structure",
    "load": "load_rep_zone",
    "rir": "load_rep_zone",
    "variant": "exercise_rotation",
    "tempo": "structure",
    "scheme": "structure",
    "superset": "structure",
    "complex": "structure",
    "rest_seconds": "structure",
    "weight": "progressive_overload",
    "weight_unit": "progressive_overload",
    "week_max": "progressive_overload",
    "percent": "progressive_overload",
    "relative_percent": "progressive_overload",
    "change": "progressive_overload",
    "set_list": "progressive_overload",
    "cues": "structure",
}


def test_every_field_is_named() -> None:
    assert set(FIELDS) == set(PlannedExercise.model_fields)


@pytest.mark.parametrize("field", FIELDS)
def test_another_value_is_seen(field: str) -> None:
    _, plan = judged()
    session, at = (0, 0) if field == "reps_unit" else first_where(plan, field)
    exercises = list(plan.sessions[session].exercises)
    changed = other(getattr(exercises[at], field))
    exercises[at] = exercises[at].model_copy(update={field: changed})
    rules = {breach.rule for breach in audit(plan, session, exercises=tuple(exercises)).breaches}
    assert FIELDS[field] in rules


@pytest.mark.parametrize(
    "field",
    [
        "reps",
        "load",
        "variant",
        "tempo",
        "scheme",
        "superset",
        "complex",
        "rest_seconds",
        "weight",
        "weight_unit",
        "week_max",
        "percent",
        "relative_percent",
        "change",
        "set_list",
        "cues",
    ],
)
def test_a_missing_value_is_seen(field: str) -> None:
    _, plan = judged()
    session, at = first_where(plan, field)
    exercises = list(plan.sessions[session].exercises)
    empty = PlannedExercise.model_fields[field].get_default()
    exercises[at] = exercises[at].model_copy(update={field: empty})
    rules = {breach.rule for breach in audit(plan, session, exercises=tuple(exercises)).breaches}
    assert FIELDS[field] in rules


@pytest.mark.parametrize("at", [0, -1])
@pytest.mark.parametrize("field", PlannedSet.model_fields)
def test_each_set_is_checked(field: str, at: int) -> None:
    # A warm-up set, and the last working set.
    _, plan = judged()
    squat, *others = plan.sessions[0].exercises
    sets = list(squat.set_list)
    assert [one.warm_up for one in sets] == [True] * 3 + [False] * squat.sets
    sets[at] = sets[at].model_copy(update={field: other(getattr(sets[at], field))})
    changed = squat.model_copy(update={"set_list": tuple(sets)})
    assert [breach.rule for breach in audit(plan, 0, exercises=(changed, *others)).breaches] == [
        "progressive_overload"
    ]


def test_warm_up_sets_are_none_of_the_working_sets() -> None:
    _, plan = judged()
    squat, *others = plan.sessions[0].exercises
    for sets in (squat.set_list[3:], squat.set_list[::-1]):
        changed = squat.model_copy(update={"set_list": sets})
        assert audit(plan, 0, exercises=(changed, *others)).breaches


@pytest.mark.parametrize("field", ["dropped", "rotated"])
def test_what_a_session_says_of_its_exercises_is_checked(field: str) -> None:
    _, plan = judged()
    for at, session in enumerate(plan.sessions):
        said = getattr(session, field)
        assert audit(plan, at, **{field: (*said, "forward_lunge")}).breaches
        if said:
            assert audit(plan, at, **{field: ()}).breaches


def test_an_exercise_left_out_twice_or_without_sets_is_seen() -> None:
    _, plan = judged()
    own = plan.sessions[0].exercises

    def seen(*exercises: PlannedExercise) -> bool:
        return bool(audit(plan, 0, exercises=exercises).breaches)

    assert not seen(*own)
    assert seen(*own[1:])
    assert seen(*own[:-1])
    assert seen(*own, own[-1])
    assert seen(*own[:-1], own[-1].model_copy(update={"sets": 0}))
    assert seen(*own[::-1])


@pytest.mark.parametrize(("field", "value"), [("profile", "power"), ("pattern_sets", {"squat": 1.0})])
def test_what_a_week_says_of_its_content_is_checked(field: str, value: Any) -> None:
    context, plan = judged()
    row = plan.weeks[0].model_copy(update={field: value})
    found = verify(context, plan.model_copy(update={"weeks": (row, *plan.weeks[1:])})).breaches
    assert [breach.rule for breach in found] == ["structure"]


def test_remarks_are_checked() -> None:
    context, plan = judged()
    assert plan.notices
    less = plan.model_copy(update={"notices": plan.notices[1:]})
    more = plan.model_copy(update={"notices": (*plan.notices, plan.notices[0])})
    for changed in (less, more):
        assert [breach.rule for breach in verify(context, changed).breaches] == ["structure"]
