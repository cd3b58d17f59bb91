"""The single moves that an audit names: each wins what it says, and no other of its kind wins more."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import numpy as np
import pytest
from test_frozen import moved

import mesocycle as mc
from mesocycle.models.plan import Plan
from mesocycle.solver.explain.choices import NOWHERE, choices
from mesocycle.solver.explain.frozen import Frozen
from mesocycle.solver.explain.moves import best_moves
from mesocycle.solver.rules.check import understand

SCENARIO = "scenarios/eight_weeks_stronger.yaml"


@pytest.fixture(scope="module")
def scenario() -> mc.Scenario:
    return mc.load_scenario(SCENARIO)


@pytest.fixture(scope="module")
def best(scenario: mc.Scenario) -> Plan:
    plan = mc.solve(scenario).plan
    assert plan is not None
    return plan


def elsewhere(plan: Plan, session: str, **changes: Any) -> Plan:
    """The plan with one session a few days, or minutes, later."""
    days, minutes = timedelta(days=changes.get("days", 0)), changes.get("minutes", 0)
    sessions = [
        one
        if one.id != session
        else one.model_copy(
            update={"date": one.date + days, "start": one.start + minutes, "end": one.end + minutes}
        )
        for one in plan.sessions
    ]
    sessions.sort(key=lambda one: (one.date, one.start, one.id))
    return plan.model_copy(update={"sessions": tuple(sessions)})


def test_the_best_plan_has_none(scenario: mc.Scenario, best: Plan) -> None:
    assert best_moves(understand(scenario), best) == ()


def test_a_session_that_was_moved_goes_back(scenario: mc.Scenario, best: Plan) -> None:
    session = best.sessions[2]
    wrong = elsewhere(best, session.id, days=1)
    told = {one.move.session: one for one in best_moves(understand(scenario), wrong)}
    back = told[session.id]
    assert back.move.after is not None
    assert (back.move.after.date, back.move.after.start) == (session.date, session.start)
    # Judged again, the plan is what it was.
    broken = mc.audit(scenario, wrong)
    assert back.points == mc.audit(scenario, best).points - broken.points
    assert f"{back.points:+d} points" in back.text
    assert ("mends" in back.text) == (back.breaches < 0)


def test_no_single_move_wins_more(scenario: mc.Scenario, best: Plan) -> None:
    wrong = elsewhere(best, best.sessions[4].id, days=1)
    chosen = choices(understand(scenario), wrong)
    frozen = Frozen(chosen)
    first = best_moves(understand(scenario), wrong)[0]
    least = min(
        int(told.difference[~told.forbidden].min(initial=0))
        for told in (frozen.of(lift) for lift in np.flatnonzero(chosen.chosen != NOWHERE).tolist())
    )
    if first.breaches == 0:
        assert first.points == least
    lift = next(one.index for one in chosen.grounded.problem.lifts if one.id == first.move.session)
    assert first.move.after is not None
    day = (first.move.after.date - understand(scenario).calendar.monday).days
    assert moved(chosen, lift, 1440 * day + first.move.after.start).points - first.points == chosen.points


def test_a_plan_beside_the_grid_is_moved_onto_it(scenario: mc.Scenario, best: Plan) -> None:
    session = best.sessions[3]
    off = elsewhere(elsewhere(best, session.id, days=1), session.id, minutes=7)
    for one in best_moves(understand(scenario), off):
        assert one.move.after is not None
        assert one.move.after.start % scenario.strength.grid_minutes == 0


def test_what_is_no_session_of_the_scenario_is_not_moved(scenario: mc.Scenario, best: Plan) -> None:
    strange = best.sessions[0].model_copy(update={"id": "w09-Z"})
    plan = best.model_copy(update={"sessions": (strange, *best.sessions[1:])})
    assert best_moves(understand(scenario), plan) == ()
