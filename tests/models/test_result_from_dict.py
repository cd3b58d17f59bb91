"""A result comes back from its JSON as it was, planned or not; nothing else is taken for one."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import pytest

import mesocycle as mc
from mesocycle.models.diagnosis import Change, Diagnosis
from mesocycle.models.plan import Plan, Status
from mesocycle.models.result import Result

WEEK = {"tue": {"type": "tempo", "start": "06:30", "minutes": 45, "title": "Club night"}}
DATA = {"start": "2026-09-07", "weeks": 2, "runs": {"week": WEEK}}
NARROW = {
    "weeks": 1,
    "athlete": {"availability": {"tue": ["17:00-21:00"]}},
    "rules": {"sessions_per_week": "hard", "one_lift_per_day": "hard"},
}


@cache
def results() -> dict[str, Result]:
    solved = mc.solve(mc.load_scenario(DATA))
    impossible = mc.solve(mc.load_scenario(DATA | NARROW))
    assert impossible.diagnosis is not None
    changes = impossible.diagnosis.repairs[0].changes
    return {
        "solved": solved,
        "repaired": solved.model_copy(update={"applied": changes}),
        "feasible": solved.model_copy(update={"status": Status.FEASIBLE, "proven": False, "bound": None}),
        "impossible": impossible,
        "unfinished": impossible.model_copy(
            update={"diagnosis": Diagnosis(status=Status.UNKNOWN, complete=False, solves=3)}
        ),
        "not explained": impossible.model_copy(update={"diagnosis": None}),
        "unknown": mc.solve(mc.load_scenario(DATA), time_limit=1e-9),
    }


NAMED = ["solved", "repaired", "feasible", "impossible", "unfinished", "not explained", "unknown"]


def written(name: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(json.dumps(results()[name].to_dict()))
    return data


@pytest.mark.parametrize("name", NAMED)
def test_what_was_written_is_read_as_it_was(name: str) -> None:
    assert Result.from_dict(written(name)) == results()[name]


@pytest.mark.parametrize("name", NAMED)
def test_what_was_read_is_written_as_it_was(name: str) -> None:
    assert json.dumps(Result.from_dict(written(name)).to_dict()) == json.dumps(results()[name].to_dict())


def test_the_data_is_left_alone() -> None:
    data = written("impossible")
    Result.from_dict(data)
    assert data == written("impossible")


def test_conflicts_without_a_word_about_the_search_are_read_too() -> None:
    data = written("impossible")
    del data["run"]["diagnosis"]
    found = Result.from_dict(data).diagnosis
    assert found is not None
    assert (found.status, found.complete) == (Status.INFEASIBLE, True)
    assert [repair.name for repair in found.repairs] == [repair["name"] for repair in data["repairs"]]


def test_a_plan_of_weeks_without_lifts_stays_a_plan() -> None:
    solved = results()["solved"]
    assert solved.plan is not None
    bare = solved.model_copy(update={"plan": Plan(sessions=(), weeks=solved.plan.weeks)})
    assert Result.from_dict(bare.to_dict()) == bare


def test_changes_are_read_by_the_name_they_have_in_json() -> None:
    data = written("repaired")
    assert "from" in data["applied"][0]
    read = Result.from_dict(data).applied[0]
    assert isinstance(read, Change)
    assert (read.before, read.to) == (data["applied"][0]["from"], data["applied"][0]["to"])


@pytest.mark.parametrize("data", [[], None, 3, "plan", b"{}", ({},)])
def test_what_is_no_mapping_is_refused(data: Any) -> None:
    with pytest.raises(ValueError, match="expected a mapping as `to_dict` returns it, found a value of type"):
        Result.from_dict(data)


@pytest.mark.parametrize("version", [None, 0, 2, "1"])
def test_another_version_is_refused(version: object) -> None:
    with pytest.raises(ValueError, match="schema_version is not 1"):
        Result.from_dict(written("solved") | {"schema_version": version})


@pytest.mark.parametrize("key", ["name", "sessions", "weeks", "costs", "runs", "run", "status", "objective"])
def test_a_missing_key_is_refused(key: str) -> None:
    data = written("solved")
    del data[key]
    with pytest.raises(ValueError, match=rf"{key}\n  Field required"):
        Result.from_dict(data)


@pytest.mark.parametrize(
    ("changes", "match"),
    [
        ({"sesions": []}, "Extra inputs are not permitted"),
        ({"status": "great"}, "Input should be 'optimal'"),
        ({"applied": 3}, "valid tuple"),
        ({"applied": [3]}, "valid dictionary"),
        ({"run": 3}, "valid dictionary"),
        ({"sessions": 3}, "valid tuple"),
        ({"weeks": [3]}, "valid dictionary"),
    ],
)
def test_anything_else_is_refused(changes: dict[str, Any], match: str) -> None:
    with pytest.raises(ValueError, match=match):
        Result.from_dict(written("solved") | changes)


@pytest.mark.parametrize(
    "changes", [{"repairs": 3}, {"repairs": [3]}, {"conflicts": [{}]}, {"hints": [3]}, {"hints": None}]
)
def test_a_broken_diagnosis_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=f"diagnosis.{next(iter(changes))}"):
        Result.from_dict(written("impossible") | changes)
