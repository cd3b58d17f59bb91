"""Somebody's own lifts judged by the rules: where they stand counts; the best block's own are flawless."""

from __future__ import annotations

from datetime import timedelta
from functools import cache
from pathlib import Path

import pytest

import mesocycle as mc
from mesocycle.solver.plan.external import OwnLift, judged_outside, outside_plan
from mesocycle.solver.rules.check import understand

SCENARIOS = Path(__file__).parents[3] / "scenarios"


@cache
def solved(name: str) -> tuple[mc.Scenario, mc.Plan, int]:
    scenario = mc.load_scenario(SCENARIOS / f"{name}.yaml")
    result = mc.solve(scenario)
    assert result.plan is not None
    assert result.objective is not None
    return scenario, result.plan, result.objective


def lifts(plan: mc.Plan, title: str | None = None, days: int = 0) -> list[OwnLift]:
    by = timedelta(days=days)
    return [OwnLift(one.date + by, one.start, title or one.session) for one in plan.sessions]


@pytest.mark.parametrize("name", ["half_marathon", "shift_worker", "thirty_minutes"])
def test_the_best_block_told_as_a_calendar_costs_what_it_costs(name: str) -> None:
    scenario, plan, points = solved(name)
    found = outside_plan(understand(scenario), lifts(plan), plan)
    judged = judged_outside(understand(scenario), found.plan)
    assert (judged.points, judged.breaches, found.notes) == (points, (), ())
    assert mc.audit(scenario, found.plan).breaches == ()  # not even in what was made up


def test_lifts_on_the_wrong_days_break_rules_by_name() -> None:
    scenario, plan, points = solved("half_marathon")
    found = outside_plan(understand(scenario), lifts(plan, days=-1), plan)
    judged = judged_outside(understand(scenario), found.plan)
    assert "no_lower_lift_day_before_key" in {breach.rule for breach in judged.breaches}
    assert "structure" not in {breach.rule for breach in judged.breaches}
    assert judged.points > points


def test_lifts_with_other_names_are_taken_in_turn() -> None:
    scenario, plan, _ = solved("half_marathon")
    found = outside_plan(understand(scenario), lifts(plan, title="Gym"), plan)
    assert [(one.id, one.date) for one in found.plan.sessions] == [
        (one.id, one.date) for one in plan.sessions
    ]


def test_a_lift_is_known_by_its_name_as_calendars_write_it() -> None:
    scenario, plan, points = solved("half_marathon")
    told = [one._replace(title=f"Strength {one.title} · 14 sets") for one in lifts(plan)]
    assert (
        outside_plan(understand(scenario), told, plan).plan.sessions
        == outside_plan(understand(scenario), lifts(plan), plan).plan.sessions
    )
    names = {"A": "B", "B": "A"}
    swapped = [one._replace(title=f"Strength {names[one.title]} · 14 sets") for one in lifts(plan)]
    judged = judged_outside(understand(scenario), outside_plan(understand(scenario), swapped, plan).plan)
    assert judged.points != points


def test_a_name_within_a_longer_word_is_no_name() -> None:
    scenario, plan, _ = solved("half_marathon")
    told = [one._replace(title="Back day" if one.title == "A" else "A") for one in lifts(plan)]
    first = outside_plan(understand(scenario), told, plan).plan.sessions[0]
    assert (first.session, first.date) == (
        "B",
        plan.sessions[0].date,
    )  # what is left


def test_one_lift_more_than_wanted_is_told_and_not_judged() -> None:
    scenario, plan, _ = solved("half_marathon")
    first = plan.sessions[0]
    more = OwnLift(first.date + timedelta(days=1), 600, "Extra")
    found = outside_plan(understand(scenario), [*lifts(plan), more], plan)
    assert len(found.plan.sessions) == len(plan.sessions)
    assert found.notes == (
        "Wed 9 Sep 10:00 Extra: one lift more than the scenario wants in week 1; it was not judged.",
    )


def test_lifts_left_out_cost_and_the_weeks_count_what_is_there() -> None:
    scenario, plan, _ = solved("half_marathon")
    found = outside_plan(understand(scenario), lifts(plan)[1:], plan)
    assert found.plan.weeks[0].sessions == plan.weeks[0].sessions - 1
    assert found.plan.weeks[0].sets == plan.weeks[0].sets - plan.sessions[0].sets
    costs = {cost.rule: cost.points for cost in judged_outside(understand(scenario), found.plan).costs}
    assert costs["sessions_per_week"] == 100
