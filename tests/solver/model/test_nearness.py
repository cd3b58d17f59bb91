"""Of equally good blocks the one nearest to a reference plan is taken, and never a dearer one."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest
from blocks import context_of, near_windows, problem_of, small_blocks
from hypothesis import given, settings
from hypothesis import strategies as st

import mesocycle as mc
from mesocycle.models.plan import Plan, Reference, Standing, Status
from mesocycle.models.result import Result
from mesocycle.solver.model.grounding import Grounded
from mesocycle.solver.model.nearness import nearness
from mesocycle.solver.placement.problem import Problem
from mesocycle.solver.plan.planning import build_plan
from mesocycle.solver.rules import deload_weeks
from mesocycle.solver.solve import solve
from mesocycle.solver.verify import verify

MOST_BLOCKS = 400
Block = tuple[int, ...]
Distance = tuple[int, int, int]


def block(**more: Any) -> dict[str, Any]:
    """Four weeks of level mileage, with whole evenings free: many equally good blocks."""
    return {
        "start": "2026-09-07",
        "weeks": 4,
        "athlete": {"availability": {"weekdays": ["17:00-21:00"], "weekend": ["09:00-14:00"]}},
        "runs": {
            "week": {
                "tue": {"type": "intervals", "start": "06:30", "minutes": 60, "distance": "11 km"},
                "thu": {"type": "easy", "start": "06:30", "minutes": 55, "distance": "10 km"},
                "sun": {"type": "long", "start": "08:00", "minutes": 100, "distance": "18 km"},
            },
        },
        "strength": {"sessions_per_week": 2, "program": "runner_two_day"},
    } | more


def quiet(**more: Any) -> dict[str, Any]:
    """One week, one lift and one run: any of several days is as good as another."""
    runs = {"week": {"sun": {"type": "long", "start": "08:00", "minutes": 100}}}
    return block(weeks=1, runs=runs, strength={"sessions_per_week": 1, "program": "runner_two_day"}, **more)


def solved(data: dict[str, Any], reference: Reference | None = None) -> Result:
    return solve(mc.load_scenario(data), reference=reference)


def plan_of(data: dict[str, Any], reference: Reference | None = None) -> Plan:
    result = solved(data, reference)
    assert result.plan is not None
    return result.plan


def distance(plan: Plan, reference: Reference) -> Distance:
    """Sessions moved, moved to another day, and of another size; one left out counts as all three."""
    standing = {one.id: one for one in plan.reference.sessions}
    moved = elsewhere = resized = 0
    for before in reference.sessions:
        now = standing.get(before.id)
        moved += now is None or (now.date, now.start) != (before.date, before.start)
        elsewhere += now is None or now.date != before.date
        size = None if now is None else (now.sets, now.end - now.start)
        resized += size != (before.sets, before.end - before.start)
    return moved, elsewhere, resized


def best_plans(data: dict[str, Any]) -> tuple[Problem, list[Plan]]:
    """All optimal blocks by the verifier's word; none where there are too many to try."""
    context = context_of(data)
    # Blocks of up to two weeks have one pattern of lighter weeks only.
    problem = near_windows(problem_of(context, whole_day=True), context.scenario.strength.grid_minutes)
    choices = [[None, *np.flatnonzero(problem.options.lift == lift.index).tolist()] for lift in problem.lifts]
    if np.prod([len(c) for c in choices]) > MOST_BLOCKS:
        return problem, []
    found: dict[int, list[Plan]] = {}
    for picked in itertools.product(*choices):
        chosen = [at for at in picked if at is not None]
        if in_order(problem, chosen):
            plan = build_plan(problem, chosen)
            audit = verify(context, plan)
            if not audit.breaches:
                found.setdefault(audit.points, []).append(plan)
    return problem, found[min(found)] if found else []


def in_order(problem: Problem, chosen: list[int]) -> bool:
    """Whether of two equal sessions in a week the second is placed with the first, and not before its day."""
    day = {int(problem.options.lift[at]): int(problem.options.day[at]) for at in chosen}
    pairs = ((lift.twin, lift.index) for lift in problem.lifts if lift.twin is not None)
    return all(second not in day or (first in day and day[first] <= day[second]) for first, second in pairs)


def anywhere(problem: Problem, random: np.random.Generator) -> Reference:
    """A reference that stands anywhere, allowed or not, and knows most of the sessions."""
    chosen = [
        int(random.choice(np.flatnonzero(problem.options.lift == lift.index)))
        for lift in problem.lifts
        if lift.index in problem.options.lift and random.random() < 0.8
    ]
    return build_plan(problem, chosen).reference


def references(
    problem: Problem, plans: list[Plan], random: np.random.Generator
) -> Iterator[tuple[str, Reference]]:
    yield "an optimum", plans[random.integers(len(plans))].reference
    yield "anywhere", anywhere(problem, random)
    yield "anywhere", anywhere(problem, random)


@pytest.mark.uncounted
def test_brute_force_finds_no_nearer_block_among_the_best() -> None:
    seen = {"ties": 0, "an optimum": 0, "anywhere": 0, "other than without": 0, "infeasible": 0}

    @settings(max_examples=50)
    @given(data=small_blocks(), seed=st.integers(0, 2**16))
    def compare(data: dict[str, Any], seed: int) -> None:
        try:
            mc.load_scenario(data)
        except mc.ScenarioError:
            return  # such as a session too long for the only window
        problem, plans = best_plans(data)
        random = np.random.default_rng(seed)
        without = solved(data)
        if not plans:
            if without.status is Status.INFEASIBLE:
                assert solved(data, anywhere(problem, random)).status is Status.INFEASIBLE
                seen["infeasible"] += 1
            return
        seen["ties"] += len(plans) > 1
        for kind, reference in references(problem, plans, random):
            result = solved(data, reference)
            assert (result.status, result.objective) == (Status.OPTIMAL, without.objective)
            assert result.plan is not None
            assert not verify(context_of(data), result.plan).breaches
            nearest = min(distance(plan, reference) for plan in plans)
            assert distance(result.plan, reference) == nearest
            assert kind == "anywhere" or nearest == (0, 0, 0)
            seen[kind] += nearest > (0, 0, 0) or kind == "an optimum"
            seen["other than without"] += result.plan != without.plan

    compare()
    assert min(seen.values()) >= 3, seen
    assert seen["ties"] >= 10, seen


def test_a_plan_stays_as_it_is_under_its_own_reference() -> None:
    # A grid of five minutes and three lifts a week leave many blocks to choose from.
    for strength in (
        {"sessions_per_week": 2, "program": "runner_two_day"},
        {"sessions_per_week": 3, "program": "runner_three_day", "grid_minutes": 5},
    ):
        first = plan_of(block(strength=strength))
        assert plan_of(block(strength=strength), first.reference) == first


def test_an_equally_good_time_is_kept_and_a_dearer_one_is_not() -> None:
    data = quiet()
    first = plan_of(data)
    (only,) = first.reference.sessions
    outcomes = set()
    # Evenings begin at 17:00; before that no lift may start.
    for start, kept in ((only.start + 15, True), (only.start + 60, True), (only.start - 60, False)):
        there = only.model_copy(update={"start": start, "end": start + only.end - only.start})
        found = solved(data, Reference(sessions=(there,), lighter_weeks=()))
        assert found.plan is not None
        assert found.objective == solved(data).objective
        assert (found.plan.reference.sessions == (there,)) is kept
        outcomes.add(kept)
    assert outcomes == {True, False}


@pytest.mark.parametrize("weight", [1, 5])
def test_a_nearer_start_that_costs_a_point_is_not_taken(weight: int) -> None:
    # The reference stands at 17:00, when the runner would rather not.
    data = quiet(rules={"time_of_day": {"preferred": ["18:00-20:00"], "weight": weight}})
    best = solved(data)
    (only,) = plan_of(data).reference.sessions
    assert only.start >= 1080
    there = only.model_copy(update={"start": 1020, "end": 1020 + only.end - only.start})
    found = solved(data, Reference(sessions=(there,), lighter_weeks=()))
    assert (found.objective, found.plan) == (best.objective, best.plan)


def test_a_session_that_cannot_keep_its_time_keeps_its_day() -> None:
    data = quiet()
    (only,) = plan_of(data).reference.sessions
    days = set()
    for weekday in range(3):
        there = only.model_copy(
            update={"date": date(2026, 9, 7) + timedelta(days=weekday), "start": 1380, "end": 1435}
        )
        found = solved(data, Reference(sessions=(there,), lighter_weeks=()))
        assert found.plan is not None
        assert found.objective == solved(data).objective
        days |= {one.date == there.date for one in found.plan.sessions}
        assert found.plan.sessions[0].start == only.start
    assert days == {True}


def test_names_that_no_session_has_change_nothing() -> None:
    data = block()
    first = plan_of(data)
    strange = [one.model_copy(update={"id": f"x{one.id}"}) for one in first.reference.sessions]
    moved = [one.model_copy(update={"start": 1200, "end": 1260}) for one in strange]
    assert plan_of(data, Reference(sessions=tuple(moved), lighter_weeks=(1, 2, 99))) == first
    assert plan_of(data, Reference(sessions=(), lighter_weeks=())) == first


@pytest.mark.parametrize("days", [-3650, -7, 7, 3650])
def test_the_same_names_on_other_dates_cost_nothing(days: int) -> None:
    data = block(weeks=2)
    before = solved(data)
    assert before.plan is not None
    away = [
        one.model_copy(update={"date": one.date + timedelta(days=days)})
        for one in before.plan.reference.sessions
    ]
    after = solved(data, Reference(sessions=tuple(away), lighter_weeks=()))
    assert (after.status, after.objective) == (before.status, before.objective)
    assert after.plan is not None
    assert len(after.plan.sessions) == len(before.plan.sessions)


def test_a_tie_between_patterns_goes_to_the_pattern_of_the_reference(monkeypatch: pytest.MonkeyPatch) -> None:
    # Level mileage: the third week may be the lighter one, or the fourth.
    data = block(rules={"deload_weeks": {"every_weeks": 3}, "block_early_emphasis": "off"})
    context = context_of(data)
    patterns = deload_weeks.patterns(context)
    assert patterns == (frozenset({2}), frozenset({3}))
    plain = solved(data)
    assert plain.plan is not None
    assert plain.plan.reference.lighter_weeks == (3,)
    each = []
    for pattern in patterns:
        with monkeypatch.context() as patch:
            patch.setattr(deload_weeks, "patterns", lambda *_, only=pattern: (only,))
            each.append(solved(data))
    assert each[0].objective == each[1].objective == plain.objective
    for one, weeks in zip(each, ((3,), (4,)), strict=True):
        assert one.plan is not None
        found = solved(data, one.plan.reference)
        assert found.plan is not None
        assert (found.objective, found.plan.reference.lighter_weeks) == (plain.objective, weeks)
        assert found.plan == one.plan


def test_a_dearer_pattern_is_not_taken_for_the_reference() -> None:
    # Two lifts in the third week and one in the fourth: fewer sets are given up there.
    data = block(rules={"deload_weeks": {"every_weeks": 3}})
    data["strength"] = {"sessions_per_week": [2, 2, 2, 1], "program": "runner_two_day"}
    best = plan_of(data)
    (light,) = best.reference.lighter_weeks
    other = best.reference.model_copy(update={"lighter_weeks": (7 - light,)})
    assert plan_of(data, other) == best


def test_distances_are_ranked_moved_then_day_then_size() -> None:
    problem = problem_of(context_of(block(weeks=1)))
    options, lift = problem.options, problem.lifts[0]
    mine = np.flatnonzero(options.lift == lift.index)
    at = int(mine[0])
    version = lift.versions[int(options.version[at])]
    day, start = divmod(int(options.start[at]), 1440)
    there = Standing(
        id=lift.id,
        date=date(2026, 9, 7) + timedelta(days=day),
        start=start,
        end=start + version.minutes,
        sets=version.total,
    )
    near = nearness(problem, Reference(sessions=(there,), lighter_weeks=()))
    step = 1 + len(problem.lifts)
    distances = near.starts + Grounded(problem, ()).by_option(near.versions)
    assert distances[at] == 0
    assert near.left_out.tolist() == [step**2 + step + 1, 0]
    assert not distances[options.lift != lift.index].any()
    for one in mine.tolist():
        moved = options.start[one] != options.start[at]
        elsewhere = options.day[one] != options.day[at]
        other = lift.versions[int(options.version[one])]
        resized = (other.total, other.minutes) != (version.total, version.minutes)
        assert distances[one] == moved * step**2 + elsewhere * step + resized
    assert set(distances[mine].tolist()) >= {0, 1, step**2, step**2 + 1, step**2 + step}
