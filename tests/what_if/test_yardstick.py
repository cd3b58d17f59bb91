"""Blocks of variants under the rules of their base, on real blocks of two weeks."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import pytest
from batches import BLOCK

import mesocycle as mc
from mesocycle.models.comparison import Row
from mesocycle.solver.rules.check import understand
from mesocycle.solver.verify.beside import judged_beside

# As tight as a week of runs can be, so that points are paid for where lifts stand.
TIGHT: dict[str, Any] = {
    **BLOCK,
    "weeks": 3,
    "athlete": {
        "availability": {"weekdays": ["17:00-21:00"], "wed": [], "fri": [], "weekend": ["16:00-18:00"]}
    },
}


@cache
def beside(path: str, value: str) -> tuple[Row, Row]:
    """The base and a variant."""
    changes = {path: json.loads(value)}
    base, found = mc.compare(TIGHT, [{"name": "x", "set": changes}])
    return base, found


def plan_of(row: Row) -> mc.Plan:
    assert row.result is not None
    assert row.result.plan is not None
    return row.result.plan


def points_of(audit: mc.Audit) -> dict[str, int]:
    return {cost.rule: cost.points for cost in audit.costs}


def test_a_block_costs_beside_itself_what_it_costs() -> None:
    for source in (TIGHT, BLOCK):
        scenario = mc.load_scenario(source)
        result = mc.solve(scenario)
        assert result.plan is not None
        found = judged_beside(understand(scenario), result.plan)
        assert found is not None
        assert (points_of(found), found.breaches) == ({c.rule: c.points for c in result.costs}, ())


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("rules.long_run_stack", '"off"'),
        ("rules.planned_sets.weight", "0"),
        ("rules.lift_spacing.weight", "0"),
        ("athlete.availability.mon", "[]"),
        ("athlete.rest_days", '["mon"]'),
    ],
)
def test_where_as_many_lifts_are_asked_for_it_is_what_an_audit_says(path: str, value: str) -> None:
    base, row = beside(path, value)
    audit = mc.audit(mc.load_scenario(TIGHT), plan_of(row))
    assert row.judgement is not None
    assert row.judgement.points == points_of(audit)
    assert row.judged == audit.points
    # No block of the same runs and lifts costs less than the proven one, but for hours that the base has not.
    assert row.breaks or (row.judged or 0) >= (base.objective or 0)
    assert row.judged_difference == (row.judged or 0) - (base.objective or 0)
    assert sum(row.judged_by_rule.values()) == row.judged_difference


def test_a_rule_that_is_switched_off_is_still_paid_for() -> None:
    base, row = beside("rules.sessions_per_week.weight", "0")
    assert (row.objective or 0) <= (base.objective or 0)
    assert (row.judged or 0) >= (base.objective or 0)


def test_one_lift_a_week_pays_for_those_that_are_left_out() -> None:
    base, row = beside("strength.sessions_per_week", "1")
    assert (base.lifts, row.lifts) == (6, 3)
    assert row.judged_by_rule["sessions_per_week"] == 300
    assert (row.judged or 0) > (base.objective or 0)
    assert (base.leg_sets or 0) > (row.leg_sets or 0) > 0


def test_one_lift_more_pays_for_its_place_and_is_short_of_nothing() -> None:
    data = {**TIGHT, "athlete": {"availability": {"weekdays": ["17:00-21:00"], "weekend": ["09:00-18:00"]}}}
    _, row = mc.compare(
        data, [{"name": "x", "set": {"strength.sessions_per_week": 3, "rules.planned_sets.weight": 0}}]
    )
    assert row.lifts == 9
    plan = plan_of(row)
    own = [session for session in plan.sessions if session.session in ("A", "B")]
    whole = judged_beside(understand(mc.load_scenario(data)), plan)
    short = judged_beside(
        understand(mc.load_scenario(data)), plan.model_copy(update={"sessions": tuple(own)})
    )
    assert whole is not None
    assert short is not None
    # The third lift stands among the runs; sets that it does not hold were never asked for.
    assert points_of(whole).get("planned_sets") == points_of(short).get("planned_sets")
    assert points_of(whole) != points_of(short)
    assert row.judged == whole.points


@pytest.mark.parametrize(
    ("path", "value", "why"),
    [
        ("weeks", "2", "other weeks"),
        ("start", '"2026-09-14"', "other weeks"),
        ("runs.week.tue.minutes", "30", "other runs"),
        ("runs.week.wed", '{"type": "easy", "start": "06:00", "minutes": 30}', "other runs"),
        ("strength.program", '"runner_three_day"', "other sessions"),
        ("strength.exercises", '{"back_squat": {"lower_body_load": 0.1}}', "other exercises"),
        ("athlete.equipment", '["dumbbell", "band"]', "other exercises"),
    ],
)
def test_what_the_bases_rules_cannot_judge_says_why(path: str, value: str, why: str) -> None:
    _, row = beside(path, value)
    assert row.planned
    assert row.not_comparable == why
    assert (row.judged, row.judged_difference, row.judged_by_rule) == (None, None, {})


def test_hours_that_the_base_has_not_are_told_and_may_help() -> None:
    few = {**TIGHT, "athlete": {"availability": {"mon": ["17:00-21:00"], "wed": ["17:00-21:00"]}}}
    free = {"athlete.availability.fri": ["05:00-22:00"]}
    comparison = mc.compare(few, [{"name": "x", "set": free}])
    base, row = comparison
    assert row.breaks == ("availability_window",)
    assert (row.judged or 0) < (base.objective or 0)
    assert [(one.name, one.difference) for one in comparison.summary.helps] == [("x", row.judged_difference)]
    assert row.best


def test_a_hard_rule_that_the_variant_has_not_is_told() -> None:
    hard = {**TIGHT, "rules": {"long_run_stack": "hard"}}
    _, row = mc.compare(hard, [{"name": "x", "set": {"rules.long_run_stack": "off"}}])
    base = mc.load_scenario(hard)
    broken = {breach.rule for breach in mc.audit(base, plan_of(row)).breaches}
    assert set(row.breaks) == broken


def test_more_sets_than_the_base_allows_are_told() -> None:
    distances = [40, 60, 80]
    data = {**TIGHT, "runs": {**TIGHT["runs"], "weekly_distance": distances}}
    for day in ("tue", "thu", "sun"):
        data["runs"]["week"] = {**data["runs"]["week"]}
        data["runs"]["week"][day] = {**data["runs"]["week"][day], "distance": "12 km"}
    _, row = mc.compare(data, [{"name": "x", "set": {"rules.set_trim_by_mileage": "off"}}])
    assert "structure" in row.breaks


def test_other_lighter_weeks_than_the_base_has_are_told() -> None:
    data = {**BLOCK, "weeks": 5}
    _, row = mc.compare(data, [{"name": "x", "set": {"rules.deload_weeks": "off"}}])
    assert "deload_weeks" in row.breaks
