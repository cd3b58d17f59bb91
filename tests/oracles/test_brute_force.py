"""The planner's optimum of tiny blocks beside the best of all their blocks, tried one by one."""

from __future__ import annotations

import random
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


@cache
def _drawn(seed: int) -> tuple[Any, Result, Best | None]:
    scenario = mc.load_scenario(tiny(random.Random(seed)))
    return scenario, mc.solve(scenario, deadline=0), best_block(scenario)


@pytest.mark.uncounted
@pytest.mark.parametrize("seed", SEEDS)
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


def _lengths(scenario: Any) -> set[int]:
    free: list[Window] = [window for day in scenario.athlete.availability.values() for window in day]
    return {window.end_minute - window.start_minute for window in free}
