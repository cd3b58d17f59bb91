"""The library through its public names alone: values in, values out, no side effects."""

from __future__ import annotations

import json
import pickle
from concurrent.futures import ThreadPoolExecutor
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest

import mesocycle as mc

SCENARIO = Path(__file__).parents[1] / "scenarios" / "half_marathon.yaml"
DATA: dict[str, Any] = {
    "start": "2026-09-07",
    "weeks": 2,
    "athlete": {"blocked": ["2026-09-16"], "rest_days": ["fri"]},
    "runs": {
        "week": {
            "tue": {"type": "intervals", "start": "06:30", "minutes": 60, "distance": "10 km"},
            "thu": {"type": "tempo", "start": "06:30", "minutes": 50, "distance": "9 km"},
            "sun": {"type": "long", "start": "08:00", "minutes": 100, "distance": "17 km"},
        }
    },
}


def solved(data: dict[str, Any] = DATA) -> mc.Result:
    return mc.solve(mc.load_scenario(data))


def timeless(result: mc.Result) -> dict[str, Any]:
    data = result.to_dict()
    del data["run"]["seconds"]
    return data


def test_public_names_are_sorted_and_there() -> None:
    assert mc.__all__ == sorted(mc.__all__)
    assert len(set(mc.__all__)) == len(mc.__all__)
    for name in mc.__all__:
        assert getattr(mc, name) is not None
    assert mc.__version__


def test_nothing_is_printed(capfd: pytest.CaptureFixture[str]) -> None:
    result = solved()
    assert result.proven
    assert mc.audit(mc.load_scenario(DATA), result.plan or pytest.fail("no plan")).points == result.objective
    assert capfd.readouterr() == ("", "")


def test_results_and_scenarios_survive_pickling() -> None:
    scenario = mc.load_scenario(SCENARIO)
    assert pickle.loads(pickle.dumps(scenario)) == scenario
    result = mc.solve(scenario)
    again = pickle.loads(pickle.dumps(result))
    assert again == result
    assert again.to_dict() == result.to_dict()


def test_a_scenario_written_as_data_is_read_back() -> None:
    scenario = mc.load_scenario(SCENARIO)
    assert mc.load_scenario(scenario.model_dump(mode="json")) == scenario


def test_threads_do_not_disturb_each_other() -> None:
    scenarios = [mc.load_scenario(DATA | {"strength": {"sessions_per_week": lifts}}) for lifts in (1, 2)] * 2
    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(mc.solve, scenarios))
    expected = [timeless(mc.solve(scenario)) for scenario in scenarios[:2]] * 2
    assert [timeless(result) for result in results] == expected
    assert expected[0]["sessions"] != expected[1]["sessions"]


def test_the_contract() -> None:
    data = solved().to_dict()
    # `units` (km or mi) is the runner's own, for those who draw the result.
    assert set(data) - {"units"} == {
        "schema_version", "name", "status", "proven", "objective", "bound", "proof", "sessions", "weeks",
        "costs",
        "notices", "notes", "exercise_names", "runs", "conflicts", "repairs", "hints", "applied", "run",
    }  # fmt: skip
    assert set(data["sessions"][0]) == {
        "id", "week", "date", "start", "end", "session", "kind", "exercises", "sets", "lower_body_dose",
        "why", "dropped", "rotated",
    }  # fmt: skip
    assert {"exercise", "sets", "reps", "load", "rir"} <= set(data["sessions"][0]["exercises"][0])
    assert {
        "week", "start", "distance_km", "phase", "set_factor", "sets", "minutes", "sessions",
    } <= set(data["weeks"][0])  # fmt: skip
    assert set(data["proof"]) == {"bound", "how", "offered"}
    assert data["proof"]["bound"] == data["bound"]
    assert set(data["run"]) == {"mesocycle", "ortools", "input_sha256", "parameters", "seconds"}
    assert set(data["run"]["seconds"]) == {"read", "build", "solve", "verify"}


def test_costs_sum_to_the_objective() -> None:
    # A soft wish that cannot be met, so that there is something to pay for.
    data = solved(DATA | {"rules": {"time_of_day": {"preferred": ["12:00-12:30"]}}}).to_dict()
    assert data["objective"] == sum(cost["points"] for cost in data["costs"]) > 0
    for cost in data["costs"]:
        assert cost["points"] == sum(case["points"] for case in cost["cases"])
        for case in cost["cases"]:
            assert set(case) == {"text", "dates", "amount", "unit", "points"}


def moved(plan: mc.Plan, index: int = 0, **changes: Any) -> mc.Plan:
    sessions = list(plan.sessions)
    sessions[index] = mc.PlannedSession.model_validate(sessions[index].model_dump() | changes)
    return plan.model_copy(update={"sessions": tuple(sessions)})


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"date": "2026-09-16", "week": 2}, "blocked_dates"),
        ({"date": "2026-09-11"}, "protect_rest_day"),
        ({"date": "2026-09-07"}, "no_lower_lift_day_before_key"),  # Monday, the eve of the intervals
        ({"start": 420, "end": 464}, "no_overlap_with_run"),  # in the middle of Tuesday's intervals
        ({"start": 1230, "end": 1274}, "availability_window"),  # until 21:14, free until 21:00
    ],
)
def test_an_audit_of_a_tampered_plan_names_the_breach(changes: dict[str, Any], rule: str) -> None:
    scenario = mc.load_scenario(DATA)
    plan = mc.solve(scenario).plan
    assert plan is not None
    first = plan.sessions[0]
    assert (first.id, str(first.date)) == ("w01-A", "2026-09-08")
    assert mc.audit(scenario, plan).breaches == ()
    breaches = mc.audit(scenario, moved(plan, **changes)).breaches
    assert rule in {breach.rule for breach in breaches}
    for breach in breaches:
        assert breach.text


def test_an_audit_of_a_thinner_plan_counts_what_is_left_out() -> None:
    scenario = mc.load_scenario(DATA)
    result = mc.solve(scenario)
    assert result.plan is not None
    assert result.objective is not None
    fewer = result.plan.model_copy(update={"sessions": result.plan.sessions[1:]})
    audit = mc.audit(scenario, fewer)
    assert audit.points > result.objective
    assert "sessions_per_week" in {cost.rule for cost in audit.costs}


def test_problems_of_a_mapping_carry_no_line() -> None:
    with pytest.raises(mc.ScenarioError, match="scenario: 2 problems") as caught:
        mc.load_scenario(DATA | {"weks": 8, "policy": "stack_hrd"})
    assert {(p.key, p.line) for p in caught.value.problems} == {("weks", 0), ("policy", 0)}
    assert not isinstance(caught.value, mc.ScenarioFileError)


def test_a_missing_file_is_an_error_of_ours() -> None:
    with pytest.raises(mc.ScenarioFileError, match="no_such_file"):
        mc.load_scenario("no_such_file.yaml")


def test_hostile_names_are_escaped_in_a_notebook() -> None:
    hostile = "<script>alert(1)</script>"
    session = {"name": "<b onload=x>", "minutes": 30, "lower_body": "none"}
    result = solved(DATA | {"name": hostile, "strength": {"sessions_per_week": 1, "sessions": [session]}})
    shown = result._repr_html_()
    assert "<script" not in shown
    assert "<b onload" not in shown
    assert "&lt;script&gt;" in shown
    assert "&lt;b onload=x&gt;" in shown


def test_printing_a_result_reads_well() -> None:
    lines = str(mc.solve(mc.load_scenario(SCENARIO))).splitlines()
    assert lines[0].startswith("Autumn half marathon, two lifts a week: proven optimal in")
    assert len(lines) > 15
    assert all(line.startswith("  week ") and line.endswith(" sets") for line in lines[1:])


def test_the_catalogue_is_public() -> None:
    ids = [rule.id for rule in mc.rules()]
    assert len(set(ids)) == len(ids) >= 28
    assert "recovery_before_intensity" in ids


def test_the_fingerprint_is_the_content_and_not_its_order() -> None:
    one, other = solved(), solved(dict(reversed(DATA.items())))
    assert one.run.input_sha256 == other.run.input_sha256
    assert solved(DATA | {"name": "Other"}).run.input_sha256 != one.run.input_sha256


def test_a_plan_is_imported_and_a_result_exported(tmp_path: Path) -> None:
    table = tmp_path / "plan.csv"
    table.write_text(
        "date,workout\n2026-11-24,Tempo 8 km\n2026-11-29,Easy run OR day off\n", encoding="utf-8"
    )
    imported = mc.import_plan(table, today=date(2026, 11, 21), start_times="06:30")
    assert imported.summary == "2 runs on 2 days in 1 week"
    assert imported.unsure == ('Sun 29 Nov  "Easy run OR day off" is taken as easy; it also says day off',)
    (tmp_path / "scenario.yaml").write_text(imported.text, encoding="utf-8")
    result = mc.solve(mc.load_scenario(tmp_path / "scenario.yaml"))
    assert mc.Result.from_dict(result.to_dict()) == result
    for form, begins in (
        ("ics", "BEGIN:VCALENDAR"),
        ("csv", "week,"),
        ("md", "# "),
        ("html", "<!DOCTYPE"),
        ("json", "{"),
    ):
        assert mc.export(result, form).startswith(begins)


def test_what_cannot_be_exported_says_why() -> None:
    with pytest.raises(ValueError, match="there is no format 'pdf'; one of json, ics"):
        mc.export(solved(), "pdf")


PLAIN: dict[str, Any] = {
    "start": "2026-09-07",
    "weeks": 1,
    "runs": {"week": {"tue": {"type": "tempo", "start": "06:30", "minutes": 50}}},
    "strength": {"sessions": [{"name": "A", "minutes": 45, "lower_body": "none"}], "sessions_per_week": 1},
}


def test_plain_data_and_files_are_taken_for_the_scenarios_they_hold(tmp_path: Path) -> None:
    scenario = mc.load_scenario(PLAIN)
    result = mc.solve(scenario)
    assert result.plan is not None
    file = tmp_path / "scenario.json"
    file.write_text(json.dumps(PLAIN), encoding="utf-8")
    for given in (PLAIN, file, str(file)):
        assert mc.solve(given).plan == result.plan
        assert mc.audit(given, result.plan).points == result.objective
    assert mc.diagnose(PLAIN).status is mc.Status.FEASIBLE
    assert mc.frontier(PLAIN).points
    assert mc.compare([PLAIN, file], []).rows[0].objective == result.objective


@pytest.mark.parametrize("given", [None, 7, ["scenario.yaml"]])
def test_what_is_no_scenario_is_named_with_what_would_be_right(given: Any) -> None:
    with pytest.raises(TypeError, match=r"expected a Scenario, plain data .* found"):
        mc.solve(given)


def test_times_read_as_times() -> None:
    result = mc.solve(PLAIN)
    assert result.plan is not None
    session, run = result.plan.sessions[0], result.runs[0]
    assert run.start_time == time(6, 30)
    assert (session.start_time.hour * 60 + session.start_time.minute) == session.start
    assert session.end_time > session.start_time
    late = session.model_copy(update={"start": 1380, "end": 1440})
    assert (late.start_time, late.end_time) == (time(23), time(0))
    assert mc.load_scenario(PLAIN).runs.week["tue"][0].start_time == time(6, 30)
