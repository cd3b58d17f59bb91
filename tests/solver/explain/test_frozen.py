"""What a start costs where nothing else moves: two audits, whatever the block."""

from __future__ import annotations

import random
from collections import Counter
from typing import Any

import numpy as np
import pytest
from blocks import small_blocks
from hypothesis import given, settings
from hypothesis import strategies as st

import mesocycle as mc
from mesocycle.models.errors import ScenarioError
from mesocycle.models.plan import Audit
from mesocycle.solver.explain.choices import NOWHERE, Choices, choices
from mesocycle.solver.explain.frozen import Elsewhere, Frozen
from mesocycle.solver.model.rotation import best_weeks
from mesocycle.solver.plan.planning import build_plan
from mesocycle.solver.rules.base import Changes
from mesocycle.solver.rules.check import understand
from mesocycle.solver.verify import verify

SCENARIOS = ("core_on_easy_days", "doubles_am_pm", "four_lifts_four_runs", "three_sessions_two_days")
STARTS = 8


def read(scenario: mc.Scenario) -> Choices | None:
    plan = mc.solve(scenario, deadline=0).plan
    return None if plan is None else choices(understand(scenario), plan)


def moved(chosen: Choices, lift: int, start: int) -> Audit:
    """The audit of the plan with one session at another start."""
    problem = chosen.grounded.problem
    there = (problem.options.lift == lift) & (problem.options.start == start)
    picked = chosen.chosen.copy()
    picked[lift] = int(np.flatnonzero(there)[0])
    placed = picked[picked != NOWHERE].tolist()
    chains = [case for _, case in chosen.grounded.cases if isinstance(case, Changes)]
    sets = {problem.lift_at(at).index: problem.version_at(at).sets for at in placed}
    days = {problem.lift_at(at).index: int(problem.options.day[at]) for at in placed}
    return verify(chosen.instance, build_plan(problem, placed, best_weeks(chains, sets, days)))


def by_rule(audit: Audit) -> Counter[str]:
    return Counter({cost.rule: cost.points for cost in audit.costs})


def check(chosen: Choices, lift: int, told: Elsewhere, at: int) -> None:
    audit = moved(chosen, lift, int(told.start[at]))
    assert {breach.rule for breach in audit.breaches} == {one.rule for one in told.against if one.where[at]}
    assert told.forbidden[at] == bool(audit.breaches)
    if not audit.breaches:
        before, after = by_rule(chosen.audit), by_rule(audit)
        rules = {rule for rule in before | after if before[rule] != after[rule]}
        assert told.by_rule(at) == {rule: after[rule] - before[rule] for rule in rules}
        assert told.difference[at] == audit.points - chosen.points


def some_of(told: Elsewhere, rng: random.Random) -> list[int]:
    """Some of the starts that are open, and some of all."""
    few = [np.flatnonzero(~told.forbidden).tolist(), range(len(told.start))]
    return [at for starts in few for at in rng.sample(starts, min(STARTS, len(starts)))]


@pytest.mark.uncounted
def test_on_random_blocks_a_frozen_price_is_the_difference_of_two_audits() -> None:
    seen = Counter[str]()

    @settings(max_examples=60)
    @given(data=small_blocks(), free=st.booleans())
    def run(data: dict[str, Any], free: bool) -> None:
        if free:  # most starts of most blocks lie outside their few windows
            data["rules"] |= {"availability_window": "soft"}
        try:
            chosen = read(mc.load_scenario(data))
        except ScenarioError:
            return
        if chosen is None:
            return
        frozen, rng = Frozen(chosen), random.Random(0)
        for lift in np.flatnonzero(chosen.chosen != NOWHERE).tolist():
            told = frozen.of(lift)
            for at in some_of(told, rng):
                check(chosen, lift, told, at)
                seen["forbidden" if told.forbidden[at] else "open"] += 1

    run()
    assert min(seen["forbidden"], seen["open"]) > 100


@pytest.mark.uncounted
@pytest.mark.parametrize("name", SCENARIOS)
def test_in_whole_blocks_too(name: str) -> None:
    chosen = read(mc.load_scenario(f"scenarios/{name}.yaml"))
    assert chosen is not None
    frozen, rng = Frozen(chosen), random.Random(name)
    lifts = rng.sample(np.flatnonzero(chosen.chosen != NOWHERE).tolist(), 4)
    for lift in lifts:
        told = frozen.of(lift)
        for at in some_of(told, rng):
            check(chosen, lift, told, at)


def test_the_start_that_it_has_costs_nothing_more() -> None:
    chosen = read(mc.load_scenario("scenarios/eight_weeks_stronger.yaml"))
    assert chosen is not None
    frozen = Frozen(chosen)
    for lift, at in enumerate(chosen.chosen.tolist()):
        told = frozen.of(lift)
        here = int(np.flatnonzero(told.start == chosen.grounded.problem.options.start[at])[0])
        assert not told.forbidden[here]
        assert told.by_rule(here) == {}
