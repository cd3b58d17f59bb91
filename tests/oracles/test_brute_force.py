"""The planner's optimum of tiny blocks beside the best of all their blocks, tried one by one."""

from __future__ import annotations

import random
from collections import Counter
from functools import cache
from typing import Any

import pytest
from brute_force import Best, best_block
from tiny import tiny

import mesocycle as mc
from mesocycle.models.clock import Window
from mesocycle.models.plan import Status
from mesocycle.models.result import Result

SEEDS = range(25)
# Of these the runner wishes for days or hours, pins sessions, or does some beside the lifts.
WISHING = range(1000, 1030)


@cache
def _drawn(seed: int) -> tuple[Any, Result, Best | None]:
    scenario = mc.load_scenario(tiny(random.Random(seed), seed in WISHING))
    return scenario, mc.solve(scenario, deadline=0), best_block(scenario)


@pytest.mark.uncounted
@pytest.mark.parametrize("seed", [*SEEDS, *WISHING])
def test_the_optimum_is_the_best_of_all_blocks(seed: int) -> None:
    scenario, result, best = _drawn(seed)
    if best is None:
        assert result.status is Status.INFEASIBLE
        return
    assert result.status is Status.OPTIMAL
    assert result.objective == best.points
    assert result.plan is not None
    # The best block has no breach either, with what the rules remark of any block with these lighter weeks.
    if [week.deload for week in result.plan.weeks] == [week.deload for week in best.plan.weeks]:
        audit = mc.audit(scenario, best.plan.model_copy(update={"notices": result.plan.notices}))
        assert not audit.breaches
        assert audit.points == best.points


def test_the_scenarios_are_of_all_kinds() -> None:
    drawn = [_drawn(seed) for seed in SEEDS]
    assert any(best is None for _, _, best in drawn)
    assert any(best is not None and best.points for _, _, best in drawn)
    assert any(best is not None and best.judged > 100 for _, _, best in drawn)
    windows = [_lengths(scenario) for scenario, _, _ in drawn]
    assert any(len(lengths) > 1 for lengths in windows)
    assert {len(result.plan.weeks) for _, result, _ in drawn if result.plan is not None} >= {1, 2, 3}


def test_pins_days_hours_and_small_sessions_are_among_them() -> None:
    seen = Counter[str]()
    for seed in WISHING:
        scenario, result, best = _drawn(seed)
        strength = scenario.strength
        seen["pinned"] += bool(strength.pins)
        seen["turns"] += bool(strength.rotation)
        seen["must"] += any(session.must for session in strength.sessions)
        seen["small"] += any(not session.is_lift for session in strength.sessions)
        seen["impossible"] += best is None and bool(strength.pins)
        rules = {cost.rule for cost in result.costs if cost.points}
        seen.update(rules & {"pins", "session_days", "session_times", "small_sessions"})
    assert {*seen} >= {"pinned", "turns", "must", "small", "session_days", "session_times", "small_sessions"}
    assert min(seen.values()) > 0, seen


def _lengths(scenario: Any) -> set[int]:
    free: list[Window] = [window for day in scenario.athlete.availability.values() for window in day]
    return {window.end_minute - window.start_minute for window in free}
