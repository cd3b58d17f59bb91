"""Goals and terrain bend built-in programs by phase and kit, say so, and leave own sessions alone."""

from __future__ import annotations

from typing import Any

import pytest

import mesocycle as mc
from mesocycle.models.plan import PlannedSession

WEEK = {
    "tue": {"type": "intervals", "start": "06:30", "distance": "10 km"},
    "wed": {"type": "easy", "start": "06:30", "distance": "10 km"},
    "sun": {"type": "long", "start": "08:00", "distance": "20 km"},
}
MILEAGE = [40, 44, 48, 40, 50, 54, 58, 60, 50, 30]


def planned(**strength: Any) -> mc.Result:
    terrain = strength.pop("terrain", "flat")
    athlete = strength.pop("athlete", {})
    result = mc.solve(
        {
            "start": "2026-09-07",
            "weeks": 10,
            "athlete": athlete,
            "runs": {"week": WEEK, "weekly_distance": MILEAGE},
            "races": [{"date": "2026-11-15", "distance": "half_marathon", "terrain": terrain}],
            "strength": strength,
        }
    )
    assert result.plan is not None
    assert result.proven
    return result


def sessions(result: mc.Result, *phases: str) -> list[PlannedSession]:
    assert result.plan is not None
    weeks = {week.week for week in result.plan.weeks if week.phase in phases}
    found = [session for session in result.plan.sessions if session.week in weeks]
    assert found
    return found


def done(found: list[PlannedSession]) -> set[str]:
    return {item.exercise for session in found for item in session.exercises}


def told(result: mc.Result, start: str) -> str:
    return next(note for note in result.notes if note.startswith(start))


def test_power_takes_jumps_in_build_and_fast_triples() -> None:
    result = planned(goal="power")
    build, others = sessions(result, "build"), sessions(result, "base", "peak", "taper")
    assert {"box_jump", "single_leg_bound"} <= done(build)
    assert not {"box_jump", "single_leg_bound"} & done(others)
    squats = [item for s in build for item in s.exercises if item.exercise == "back_squat"]
    assert {item.reps for item in squats} == {3, 8}  # the last weeks of foundation first
    assert all(item.complex for item in squats)
    assert "box jump after back squat" in told(result, "Goal power")


def test_power_waits_for_someone_new_to_lifting() -> None:
    result = planned(goal="power", athlete={"experience": "new"})
    assert not {"box_jump", "single_leg_bound"} & done(sessions(result, "base", "build", "peak"))
    assert "for the trained" in told(result, "Goal power")


def test_power_leaves_a_zone_that_the_runner_set() -> None:
    base = {
        "start": "2026-09-07",
        "weeks": 10,
        "runs": {"week": WEEK, "weekly_distance": MILEAGE},
        "strength": {"goal": "power"},
        "rules": {"load_rep_zone": {"build": "strength"}},
    }
    plan = mc.solve(base).plan
    assert plan is not None
    reps = {i.reps for s in plan.sessions for i in s.exercises if i.exercise == "back_squat" and s.week > 4}
    assert 5 in reps


def test_endurance_has_a_set_more_on_one_leg_and_for_calves() -> None:
    usual, more = planned(), planned(goal="endurance")
    for exercise in ("single_leg_calf_raise", "bulgarian_split_squat", "single_leg_rdl"):
        highest = [
            max(i.sets for s in sessions(r, "base") for i in s.exercises if i.exercise == exercise)
            for r in (usual, more)
        ]
        assert highest[1] >= highest[0]
    total = [sum(i.sets for s in sessions(r, "base") for i in s.exercises) for r in (usual, more)]
    assert total[1] > total[0]
    assert told(more, "Goal endurance")


def test_form_lowers_slowly_and_trains_the_hips() -> None:
    result = planned(goal="form")
    every = sessions(result, "base", "build", "peak")
    assert "glute_med_band" in done(every)
    one_leg = ("single_leg_rdl", "bulgarian_split_squat")
    usual = [i for s in every for i in s.exercises if i.exercise in one_leg and i.variant is None]
    assert {item.tempo for item in usual} == {"3-1-1"}
    assert told(result, "Goal form")


@pytest.mark.parametrize(
    ("kit", "quads"),
    [("gym", "leg_extension"), (["barbell", "rack", "plates"], "front_squat"), (["dumbbell"], "wall_sit")],
)
def test_hills_have_quad_work_each_week_of_base_and_build(kit: Any, quads: str) -> None:
    result = planned(terrain="hilly", athlete={"equipment": kit})
    weeks = {session.week for session in sessions(result, "base", "build")}
    with_quads = {s.week for s in sessions(result, "base", "build") if quads in done([s])}
    assert with_quads == weeks
    assert "step_down" in done(sessions(result, "build", "peak"))
    assert "step_down" not in done(sessions(result, "base"))
    assert "hilly" in told(result, "Your race is")


def test_sessions_of_the_runners_own_stay_and_a_remark_tells_what_they_lack() -> None:
    own = [{"name": "A", "exercises": [{"exercise": "back_squat"}, {"exercise": "push_up"}]}]
    result = planned(goal="power", terrain="trail", sessions=own)
    assert done(sessions(result, "base", "build", "peak", "taper")) == {"back_squat", "push_up"}
    assert "stay as you wrote them" in told(result, "Goal power")
    assert "on trails" in told(result, "Your race is")


def test_an_exercise_may_be_for_some_phases_alone() -> None:
    own = [
        {
            "name": "A",
            "exercises": [
                {"exercise": "back_squat"},
                {"exercise": "leg_extension", "phases": ["base", "build"]},
            ],
        }
    ]
    result = planned(sessions=own, sessions_per_week=1)
    assert "leg_extension" in done(sessions(result, "base", "build"))
    assert "leg_extension" not in done(sessions(result, "peak", "taper"))


def test_a_session_holds_something_in_every_phase() -> None:
    own = [{"name": "A", "exercises": [{"exercise": "back_squat", "phases": ["base", "build"]}]}]
    with pytest.raises(mc.ScenarioError, match="holds nothing in peak and taper and recovery weeks"):
        mc.load_scenario({"start": "2026-09-07", "runs": {"week": WEEK}, "strength": {"sessions": own}})
