"""Results as data: the JSON contract's order, headlines that say how sure they are, text and HTML."""

from __future__ import annotations

import json
from typing import Any

import pytest
from pydantic import ValidationError

from mesocycle.models.plan import (
    Audit,
    Cost,
    CostCase,
    Plan,
    PlannedExercise,
    PlannedSession,
    PlannedWeek,
    Status,
    session_id,
)
from mesocycle.models.result import Result


def session(**more: Any) -> PlannedSession:
    data = {
        "id": "w01-A",
        "week": 1,
        "date": "2026-09-08",
        "start": "17:00",
        "end": 1065,
        "session": "A",
        "exercises": [{"exercise": "back_squat", "sets": 3, "reps": 5, "load": 80}],
        "sets": 3,
        "lower_body_dose": 3.0,
    }
    return PlannedSession.model_validate(data | more)


def result(status: Status = Status.OPTIMAL, plan: Plan | None = None, **more: Any) -> Result:
    data: dict[str, Any] = {
        "name": "Block",
        "units": "km",
        "status": status,
        "proven": status is Status.OPTIMAL,
        "objective": 12,
        "bound": 7 if status is Status.FEASIBLE else 12,
        "plan": plan,
        "costs": (),
        "runs": [
            {"date": "2026-09-08", "start": 390, "minutes": 60, "type": "tempo", "key": True,
             "distance_km": None},
        ],
        "notes": ("a note.",),
        "run": {
            "mesocycle": "0", "ortools": "9", "input_sha256": "", "parameters": {},
            "seconds": {"read": 0.25, "build": 0.25, "solve": 0.5, "verify": 0.25},
        },
    }  # fmt: skip
    return Result.model_validate(data | more)


WEEK = PlannedWeek.model_validate(
    {
        "week": 1,
        "start": "2026-09-07",
        "distance_km": 40.0,
        "phase": "build",
        "set_factor": 1.0,
        "deload": False,
        "sets": 3,
        "full_sets": 3,
        "minutes": 45,
        "sessions": 1,
    }
)
PLAN = Plan(sessions=(session(),), weeks=(WEEK,))


def test_the_contract_has_the_plan_at_the_top_and_no_plan_key() -> None:
    data = result(plan=PLAN).to_dict()
    assert list(data) == [
        "schema_version", "name", "units", "status", "proven", "objective", "bound", "proof",
        "sessions", "weeks", "notices", "costs",
        "runs", "notes", "exercise_names", "conflicts", "repairs", "hints", "applied", "run",
    ]  # fmt: skip
    json.dumps(data, allow_nan=False)
    assert data["sessions"][0]["date"] == "2026-09-08"
    assert (data["sessions"][0]["start"], data["sessions"][0]["end"]) == ("17:00", "17:45")
    assert data["status"] == "optimal"


def test_without_a_plan_the_keys_are_the_same_and_the_lists_empty() -> None:
    data = result(Status.INFEASIBLE, objective=None, bound=None).to_dict()
    assert list(data) == list(result(plan=PLAN).to_dict())
    assert data["sessions"] == data["weeks"] == data["notices"] == []


@pytest.mark.parametrize(
    ("status", "words"),
    [
        # 0.25 + 0.25 + 0.5 + 0.25 s, all stages together, rounded half to even.
        (Status.OPTIMAL, "proven optimal in 1.2 s: 12 points"),
        (
            Status.FEASIBLE,
            "best block found in 1.2 s: 12 points, not proven; no block can cost less than 7",
        ),
        (Status.INFEASIBLE, "no block satisfies all the rules (proven in 1.2 s)"),
        (Status.UNKNOWN, "no block found in 1.2 s, and none ruled out: allow more time"),
    ],
)
def test_the_headline_says_how_sure_it_is(status: Status, words: str) -> None:
    assert result(status).headline == words
    assert ("proven" in words and "not proven" not in words) == (
        status in (Status.OPTIMAL, Status.INFEASIBLE)
    )


def test_printing_a_result_lists_its_sessions() -> None:
    lines = str(result(plan=PLAN)).splitlines()
    assert lines == [
        "Block: proven optimal in 1.2 s: 12 points",
        "  week  1  Tue 8 Sep 17:00-17:45   A, 3 sets",
    ]
    assert str(result(Status.UNKNOWN)).count("\n") == 0


def test_the_notebook_view_escapes_every_name() -> None:
    hostile = "<script>alert('x')</script>"
    plan = Plan(sessions=(session(session=hostile),), weeks=(WEEK,))
    run = {
        "date": "2026-09-09",
        "start": 390,
        "minutes": 60,
        "type": hostile,
        "key": True,
        "distance_km": 1.0,
    }
    shown = result(plan=plan, name=hostile, runs=[run])._repr_html_()
    assert "<script" not in shown
    # In the name of the block, of the run and of the session.
    assert shown.count("&lt;script&gt;") == 3


def test_the_notebook_view_puts_lifts_and_runs_on_their_day() -> None:
    shown = result(plan=PLAN)._repr_html_()
    _, row = shown.split("<tbody>")
    # The week's number, then Monday empty, then Tuesday with both.
    assert row.startswith("<tr><th>1</th><td></td><td>tempo 06:30<br><b>A 17:00</b><br></td><td></td>")
    assert "<table>" not in result(Status.UNKNOWN)._repr_html_()


def test_results_are_frozen_and_strict() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        result().objective = 3  # type: ignore[misc]
    with pytest.raises(ValidationError, match="Extra inputs are not permitted"):
        PlannedExercise.model_validate({"exercise": "plank", "sets": 2, "wait": 5})


def test_an_audit_adds_its_costs() -> None:
    case = CostCase(text="x", dates=(), amount=1.5, unit="h", points=2)
    costs = (Cost(rule="a", points=4, cases=(case, case)), Cost(rule="b", points=2, cases=(case,)))
    assert Audit(breaches=(), costs=costs).points == 6
    assert Audit(breaches=(), costs=()).points == 0


def test_ids_sort_by_week() -> None:
    assert session_id(3, "A") == "w03-A"
    assert sorted([session_id(10, "A"), session_id(9, "B")]) == ["w09-B", "w10-A"]
