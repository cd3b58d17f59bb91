"""What another day costs where everything may move: two solves, one of them with the session pinned there."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from blocks import small_blocks
from hypothesis import given, settings
from hypothesis import strategies as st

import mesocycle as mc
from mesocycle.models.errors import ScenarioError
from mesocycle.models.sessions import Pin
from mesocycle.solver.explain.choices import choices
from mesocycle.solver.explain.exact import Exact, Scope
from mesocycle.solver.explain.explainer import Explainer
from mesocycle.solver.explain.session import session_of
from mesocycle.solver.model.search import Deadline
from mesocycle.solver.solve import Solved, solved


def explainer(one: Solved) -> Explainer | None:
    if one.result.plan is None:
        return None
    patterns = list(one.search.relaxed.values())
    chosen = choices(one.instance, one.result.plan, patterns)
    return Explainer(chosen, Exact(chosen, patterns), (Scope.WEEK, Scope.BLOCK), Deadline(None))


def pinned(scenario: mc.Scenario, pin: Pin) -> int | None:
    """The least points with a session pinned; None where no block has it there."""
    strength = scenario.strength.model_copy(update={"pins": (*scenario.strength.pins, pin)})
    return mc.solve(scenario.model_copy(update={"strength": strength}), deadline=0).objective


@pytest.mark.uncounted
def test_every_other_day_costs_what_a_pin_there_does() -> None:
    seen = Counter[str]()

    @settings(max_examples=12)
    @given(data=small_blocks(), free=st.booleans())
    def run(data: dict[str, Any], free: bool) -> None:
        if free:  # most starts of most blocks lie outside their few windows
            data["rules"] |= {"availability_window": "soft"}
        try:
            scenario = mc.load_scenario(data)
        except ScenarioError:
            return
        told = explainer(solved(scenario))
        if told is None:
            return
        for lift in told.choices.grounded.problem.lifts[:2]:
            for day in session_of(told, lift, whole=False).days:
                if day.here or day.block is None:
                    continue
                seen[day.block.verdict] += 1
                points = pinned(scenario, Pin(session=lift.name, date=day.date))
                if points is None:
                    assert day.block.verdict == "forbidden"
                    continue
                assert day.block.points == points - told.choices.points
                assert sum(day.block.by_rule.values()) == day.block.points

    run()
    assert min(seen["forbidden"], seen["tie"] + seen["worse"]) > 5


def test_a_day_has_one_answer_however_it_is_asked_about() -> None:
    one = solved(mc.load_scenario("scenarios/four_lifts_four_runs.yaml"))
    told = explainer(one)
    assert told is not None
    lift = told.choices.grounded.problem.lifts[1]
    days = [day for day in session_of(told, lift, whole=False).days if not day.here]
    for day in days:
        assert day.block is not None
        assert day.date is not None
        wish = [(day.date - one.instance.calendar.monday).days]
        again = session_of(told, lift, days=wish, whole=False).days[0]
        assert again.block == day.block
        assert len({move.session for move in day.block.moves}) == len(day.block.moves)


def test_wider_scopes_never_cost_more() -> None:
    told = explainer(solved(mc.load_scenario("scenarios/doubles_am_pm.yaml")))
    assert told is not None
    for lift in told.choices.grounded.problem.lifts[:4]:
        for day in session_of(told, lift).days:
            prices = [price.points for price in (day.frozen, day.week, day.block) if price is not None]
            known = [points for points in prices if points is not None]
            assert known == sorted(known, reverse=True)
            assert day.here or min(known, default=0) >= 0
