"""What the runner wrote stays: repetitions, load, tempo never change in turn; a rotation keeps its order."""

from __future__ import annotations

from itertools import cycle, islice, pairwise
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import mesocycle as mc
from mesocycle.cli import cli

WEEK = {
    "tue": {"type": "easy", "start": "06:30", "minutes": 40},
    "sat": {"type": "long", "start": "08:00", "minutes": 90},
}


def plan_of(sessions: list[dict[str, Any]], **more: Any) -> mc.Plan:
    scenario = {
        "start": "2026-09-07",
        "weeks": more.pop("weeks", 12),
        "runs": {"week": WEEK},
        "strength": {"sessions": sessions, **more.pop("strength", {})},
        **more,
    }
    result = mc.solve(scenario)
    assert result.plan is not None
    assert result.proven
    return result.plan


def forms(plan: mc.Plan, exercise: str) -> set[tuple[str | None, int | None]]:
    return {(i.variant, i.reps) for s in plan.sessions for i in s.exercises if i.exercise == exercise}


@pytest.mark.parametrize("said", [{"reps": 5, "load": 85}, {"reps": 5}, {"tempo": "3-1-1"}])
def test_what_is_written_of_a_bench_press_stays(said: dict[str, Any]) -> None:
    plan = plan_of(
        [{"name": "A", "exercises": [{"exercise": "bench_press", **said}, {"exercise": "push_up"}]}]
    )
    assert {variant for variant, _ in forms(plan, "bench_press")} == {None}
    assert len({reps for _, reps in forms(plan, "bench_press")}) == 1
    assert len(forms(plan, "push_up")) > 1


def test_an_open_one_takes_turns_and_each_exercise_begins_with_another_way() -> None:
    rows = [{"exercise": name} for name in ("bench_press", "dumbbell_row", "single_leg_rdl")]
    plan = plan_of([{"name": "A", "exercises": rows}], weeks=16)
    first: dict[str, str] = {}
    for session in plan.sessions:
        for item in session.exercises:
            if item.variant is not None:
                first.setdefault(item.exercise, item.variant)
    assert len(set(first.values())) > 1


def test_rotate_lists_what_may_change_all_the_same() -> None:
    row = {"exercise": "bent_over_row", "reps": 8, "rotate": ["dumbbell_row"]}
    plan = plan_of([{"name": "A", "exercises": [row, {"exercise": "back_squat"}]}], weeks=12)
    assert forms(plan, "dumbbell_row")


def test_a_new_lifter_changes_nothing_for_four_weeks() -> None:
    rows = [{"exercise": name} for name in ("goblet_squat", "dumbbell_row", "single_leg_rdl")]
    plan = plan_of([{"name": "A", "exercises": rows}], weeks=12, athlete={"experience": "new"})
    changed = [session.week for session in plan.sessions if session.rotated]
    assert changed
    assert min(changed) > 4


def test_a_written_tempo_takes_its_time_and_stands_on_the_card() -> None:
    def session(**more: str) -> list[dict[str, Any]]:
        return [{"name": "A", "exercises": [{"exercise": "single_leg_rdl", "reps": 8, "sets": 3, **more}]}]

    usual, slow = (plan_of(session(**more), weeks=1) for more in ({}, {"tempo": "5-1-2"}))
    # Four seconds more for each of 3 x 8 repetitions on each of two legs.
    lengths = [plan.sessions[0].end - plan.sessions[0].start for plan in (usual, slow)]
    assert lengths[1] - lengths[0] == 3
    assert slow.sessions[0].exercises[0].tempo == "5-1-2"


def test_a_rotation_goes_on_and_keeps_its_order_within_a_week() -> None:
    names = ["A", "B", "C"]
    sessions = [{"name": name, "minutes": 40, "lower_body": "moderate"} for name in names]
    plan = plan_of(sessions, weeks=6, strength={"rotation": names, "sessions_per_week": 2})
    assert [s.session for s in plan.sessions] == list(islice(cycle(names), 12))
    assert all(first.date < second.date for first, second in pairwise(plan.sessions))


def test_the_starter_names_the_schema_that_editors_complete_by(tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    assert CliRunner().invoke(cli, ["init", str(file)]).exit_code == 0
    first = file.read_text(encoding="utf-8").splitlines()[0]
    assert first == "# yaml-language-server: $schema=./scenario.schema.json"
    properties = mc.scenario_schema()["$defs"]["Session"]["properties"]
    assert {"kind", "per_week", "days", "time", "must"} <= properties.keys()
    assert {"schemes", "rotation", "pins", "goal"} <= mc.scenario_schema()["$defs"]["Strength"][
        "properties"
    ].keys()
