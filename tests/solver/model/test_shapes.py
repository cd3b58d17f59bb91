"""Versions placed as one: no optimum is lost, whichever way they are chosen."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from blocks import context_of, few_problem, on_small_blocks

import mesocycle as mc
from mesocycle.models.plan import Reference, Standing, Status
from mesocycle.solver.model import block as block_module
from mesocycle.solver.model.block import build_block
from mesocycle.solver.model.grounding import points_by_rule
from mesocycle.solver.model.optimum import Relaxed
from mesocycle.solver.model.search import Deadline, search
from mesocycle.solver.model.shapes import NOWHERE, first_alike
from mesocycle.solver.placement.problem import Problem

pytestmark = pytest.mark.uncounted

# Ten exercises in two sessions, whose loads and times differ little.
PROGRAM: dict[str, Any] = {
    "start": "2026-01-05",
    "weeks": 2,
    "athlete": {"availability": {"tue": ["18:00-18:40"], "fri": ["06:00-07:00", "18:00-19:00"]}},
    "runs": {"week": {"wed": {"type": "intervals", "start": "18:00"}, "sun": {"type": "long"}}},
    "strength": {"sessions_per_week": 2, "program": "two_easy_days", "grid_minutes": 20},
    "rules": {"planned_sets": {"weight": 1}},
}


def test_with_shapes_the_optimum_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: Counter[str] = Counter()

    def check(few: Problem) -> None:
        relaxed = Relaxed(few, None, Deadline(None))
        lifts = tuple(replace(lift, versions=lift.space.every()) for lift in relaxed.few.lifts)
        plain = search(build_block(relaxed.grounded(lifts)), Deadline(None))
        for most in (block_module.MOST_OPTIONS, 0):
            monkeypatch.setattr(block_module, "MOST_OPTIONS", most)
            block = relaxed.block(lifts)
            answer = search(block, Deadline(None))
            monkeypatch.undo()
            assert (answer.status, answer.objective) == (plain.status, plain.objective)
            assert any(block.versions) == (most == 0 and len(block.positions) > 0)
            if answer.status is Status.OPTIMAL:
                found = relaxed._outcome(block, answer)
                assert found.grounded is not None
                points = points_by_rule(found.grounded, found.answer.chosen or (), answer.changes)
                assert sum(points.values()) == plain.objective
                seen["same"] += 1
            assert block.shapes is not None
            for lift, placed in zip(lifts, block.shapes.placed, strict=True):
                needed = placed[placed != NOWHERE]
                seen["gone"] += len(placed) - len(needed)
                seen["together"] += len(needed) - len(np.unique(needed))
                # A version is only placed as another of its own lift that has options.
                assert set(needed.tolist()) <= set(first_alike(lift).tolist())

    on_small_blocks(120, check)
    assert seen["same"] > 40
    assert seen["gone"] > 20
    assert seen["together"] > 20


def test_a_version_of_the_reference_plan_stays() -> None:
    few = few_problem(context_of(PROGRAM))
    plain = Relaxed(few, None, Deadline(None)).search().answer
    result = mc.solve(mc.load_scenario(PROGRAM))
    assert result.plan is not None
    assert plain.objective == result.objective
    # Of the equals the one with the same sets and minutes.
    standings = tuple(
        Standing(id=one.id, date=one.date, start=one.start, end=one.end, sets=one.sets)
        for one in result.plan.sessions
    )
    near = Relaxed(few, Reference(sessions=standings, lighter_weeks=()), Deadline(None)).search()
    assert near.grounded is not None
    options, lifts = near.grounded.problem.options, near.grounded.problem.lifts
    chosen = {
        lifts[int(options.lift[at])].id: (
            int(options.start[at] % 1440),
            lifts[int(options.lift[at])].versions[int(options.version[at])].total,
        )
        for at in near.answer.chosen or ()
    }
    assert chosen == {one.id: (one.start, one.sets) for one in standings}


def test_the_cheapest_version_is_among_the_lightest() -> None:
    seen: Counter[str] = Counter()

    def check(few: Problem) -> None:
        relaxed = Relaxed(few, None, Deadline(None))
        lifts = tuple(replace(lift, versions=lift.space.every()) for lift in relaxed.few.lifts)
        grounded = relaxed.grounded(lifts)
        options, costs = grounded.problem.options, relaxed.reduced(grounded)
        for lift in lifts:
            kept = relaxed.pricing.lightest(lift.index, lift.sets, relaxed.weighted)
            mine = options.lift == lift.index
            light = mine & np.isin(options.version, kept)
            assert costs[mine].min(initial=2**61) == costs[light].min(initial=2**61)
            seen["fewer"] += len(kept) < len(lift.versions)

    on_small_blocks(25, check)
    assert seen["fewer"] > 5


@pytest.mark.parametrize("name", ["early_bird", "shift_worker"])
def test_starts_that_no_optimum_needs_are_priced_too(name: str) -> None:
    # Priced over the needed starts alone, their multipliers leave something to search.
    result = mc.solve(mc.load_scenario(f"scenarios/{name}.yaml"))
    assert result.proof is not None
    assert result.objective
    assert (result.proof.bound, result.proof.how) == (result.objective, "relaxation")
