"""The optimum is the optimum: brute force, another solver, and what must not change it."""

from __future__ import annotations

import itertools
import json
from typing import Any

import numpy as np
import pytest
from blocks import canonical, context_of, few_of, grounded_of, near_windows, problem_of, small_blocks
from hypothesis import given, settings
from ortools.linear_solver.python import model_builder
from ortools.sat.python import cp_model

import mesocycle as mc
from mesocycle.models.plan import Status
from mesocycle.solver.model.block import build_block
from mesocycle.solver.model.canonical import readability
from mesocycle.solver.model.rows import Block
from mesocycle.solver.model.search import PARAMETERS, Deadline, search
from mesocycle.solver.model.variables import sum_of
from mesocycle.solver.plan.planning import build_plan
from mesocycle.solver.solve import solve
from mesocycle.solver.verify import verify

MOST_BLOCKS = 3000


def example(**more: Any) -> dict[str, Any]:
    """A block with everything that ties weeks together, in four weeks."""
    return {
        "start": "2026-09-07",
        "weeks": 4,
        "athlete": {"availability": {"weekdays": ["12:00-13:30", "17:00-20:00"], "weekend": ["09:00-14:00"]}},
        "runs": {
            "week": {
                "tue": {"type": "intervals", "start": "06:30", "minutes": 60, "distance": "11 km"},
                "wed": {"type": "easy", "start": "18:00", "minutes": 40, "distance": "7 km"},
                "thu": {"type": "tempo", "start": "06:30", "minutes": 55, "distance": "10 km"},
                "sun": {"type": "long", "start": "08:00", "minutes": 100, "distance": "18 km"},
            },
            "weekly_distance": [44, 50, 56, 40],
        },
        "strength": {"sessions_per_week": 3, "program": "runner_three_day"},
    } | more


def brute_force(data: dict[str, Any]) -> tuple[int | None, int]:
    """Let the verifier judge every block; return the least points and how many were tried."""
    context = context_of(data)
    best: int | None = None
    tried = 0
    # Blocks of up to two weeks have one pattern of lighter weeks only.
    problem = near_windows(problem_of(context, whole_day=True), context.scenario.strength.grid_minutes)
    choices = [[None, *np.flatnonzero(problem.options.lift == lift.index).tolist()] for lift in problem.lifts]
    if np.prod([len(c) for c in choices]) > MOST_BLOCKS:
        return None, 0
    for picked in itertools.product(*choices):
        tried += 1
        audit = verify(context, build_plan(problem, [at for at in picked if at is not None]))
        if not audit.breaches and (best is None or audit.points < best):
            best = audit.points
    return best, tried


@pytest.mark.uncounted
def test_brute_force_finds_the_same_optimum() -> None:
    seen = {"feasible": 0, "infeasible": 0, "paid": 0}

    @settings(max_examples=60)
    @given(data=small_blocks())
    def compare(data: dict[str, Any]) -> None:
        try:
            mc.load_scenario(data)
        except mc.ScenarioError:
            return  # such as a session too long for the only window
        best, tried = brute_force(data)
        if not tried:
            return
        result = mc.solve(mc.load_scenario(data))
        if best is None:
            assert result.status is Status.INFEASIBLE
            seen["infeasible"] += 1
        else:
            assert (result.status, result.objective) == (Status.OPTIMAL, best)
            seen["feasible"] += 1
            seen["paid"] += best > 0

    compare()
    # A property test that never saw an infeasible or a costly block would prove little.
    assert seen["feasible"] >= 10
    assert seen["infeasible"] >= 3
    assert seen["paid"] >= 10


def as_mip(block: Block) -> model_builder.Model:
    """Write the same rows as a mixed-integer program, from the model's own proto."""
    model = model_builder.Model()  # type: ignore[no-untyped-call]  # ortools has no annotation
    proto = block.model.proto
    variables = []
    for variable in proto.variables:
        *_, high = domain = list(variable.domain)
        low = domain[0]
        variables.append(model.new_int_var(low, high, ""))

    def literal(index: int) -> Any:
        return variables[index] if index >= 0 else 1 - variables[-index - 1]

    for row in proto.constraints:
        assert not list(row.enforcement_literal) or row.has_bool_and()
        if row.has_linear():
            terms = zip(list(row.linear.vars), list(row.linear.coeffs), strict=True)
            total = sum(c * variables[v] for v, c in terms)
            *_, high = domain = list(row.linear.domain)
            low = domain[0]
            model.add_linear_constraint(
                total, -np.inf if low < -(2**62) else low, np.inf if high > 2**62 else high
            )
        elif row.has_exactly_one():
            model.add(sum(literal(v) for v in list(row.exactly_one.literals)) == 1)
        elif row.has_at_most_one():
            model.add(sum(literal(v) for v in list(row.at_most_one.literals)) <= 1)
        elif row.has_bool_and():
            for condition in list(row.enforcement_literal):
                for v in list(row.bool_and.literals):
                    model.add(literal(condition) <= literal(v))
        elif row.has_bool_or():
            model.add(sum(literal(v) for v in list(row.bool_or.literals)) >= 1)
        else:
            raise AssertionError(f"a kind of row this test does not know: {row}")
    model.minimize(
        sum(
            c * variables[v]
            for v, c in zip(list(proto.objective.vars), list(proto.objective.coeffs), strict=True)
        )
        + proto.objective.offset
    )
    return model


@pytest.mark.parametrize("lifts", [1, 2, 3])
@pytest.mark.parametrize("policy", ["stack_hard", "easy_moderate"])
def test_scip_agrees_on_the_same_rows(lifts: int, policy: str) -> None:
    data = example(policy=policy, strength={"sessions_per_week": lifts, "program": "runner_three_day"})
    block = build_block(few_of(context_of(data)))
    mip = as_mip(block)
    solver = model_builder.Solver("scip")
    assert solver.solver_is_supported()
    assert solver.solve(mip) == model_builder.SolveStatus.OPTIMAL
    answer = search(block, Deadline(None))
    assert answer.status is Status.OPTIMAL
    assert round(solver.objective_value) == answer.objective


def optimum(data: dict[str, Any]) -> int:
    result = mc.solve(mc.load_scenario(data))
    assert result.proven
    assert result.objective is not None
    return result.objective


@pytest.mark.parametrize("policy", ["stack_hard", "easy_moderate", "stack_hard_long_run"])
def test_removing_dominated_slots_never_changes_the_optimum(policy: str) -> None:
    grounded = few_of(context_of(example(policy=policy, rules={"hard_easy_policy": {"weight": 5}})))
    small, full = build_block(grounded), build_block(grounded, reduce=False)
    assert len(small.positions) < len(full.positions) / 5
    assert search(small, Deadline(None)).objective == search(full, Deadline(None)).objective


def test_removal_on_random_blocks() -> None:
    seen = {"same": 0, "smaller": 0}

    @settings(max_examples=40)
    @given(data=small_blocks())
    def compare(data: dict[str, Any]) -> None:
        try:
            grounded = grounded_of(data)
        except mc.ScenarioError:
            return
        small, full = build_block(grounded), build_block(grounded, reduce=False)
        seen["smaller"] += len(small.positions) < len(full.positions)
        assert search(small, Deadline(None)).objective == search(full, Deadline(None)).objective
        seen["same"] += 1

    compare()
    assert seen["same"] >= 20
    assert seen["smaller"] >= 10


def test_switches_that_are_all_on_change_nothing() -> None:
    # One builder serves the optimum and, with switches, the diagnosis.
    grounded = few_of(context_of(example()))
    block = build_block(grounded, switches=True)
    assert len({(switch.rule, switch.scope) for switch in block.switches}) == len(block.switches) > 50
    for switch in block.switches:
        block.model.add(switch.literal == 1)
    assert search(block, Deadline(None)).objective == search(build_block(grounded), Deadline(None)).objective


PURE = [
    "availability_window",
    "blocked_dates",
    "protect_rest_day",
    "no_overlap_with_run",
    "one_lift_per_day",
    "no_lower_lift_before_key_same_day",
    "no_lower_lift_day_before_key",
    "recovery_before_intensity",
    "min_gap_after_run",
    "min_gap_before_run",
    "session_order",
    "hard_easy_policy",
    "long_run_stack",
    "daily_stress_cap",
    "post_race_recovery",
    "race_blackout",
    "lift_spacing",
    "even_spacing",
    "max_gap_without_strength",
    "session_duration",
    "weekly_lifting_time",
    "weekly_day_consistency",
    "time_of_day",
]


@pytest.mark.uncounted
@pytest.mark.parametrize("rule", PURE)
def test_adding_a_rule_never_lowers_the_optimum(rule: str) -> None:
    data = example(weeks=2, runs=example()["runs"] | {"weekly_distance": [44, 50]})
    base = {"time_of_day": {"preferred": ["12:00-14:00"]}} if rule == "time_of_day" else {}
    off = optimum(data | {"rules": {rule: "off"}})
    on = optimum(data | {"rules": base})
    assert off <= on
    hard = mc.solve(mc.load_scenario(data | {"rules": {rule: base.get(rule, {}) | {"hard": True}}}))
    if hard.status is not Status.INFEASIBLE:
        assert hard.objective is not None
        assert on <= hard.objective or rule == "session_duration"


def test_pinning_a_slot_both_ways() -> None:
    # The better of "this option" and "not this option" is the optimum.
    grounded = few_of(context_of(example(weeks=2, runs=example()["runs"] | {"weekly_distance": [44, 50]})))
    best = search(build_block(grounded), Deadline(None)).objective
    outcomes = set()
    for at in range(0, len(build_block(grounded).positions), 7):
        values = []
        for pinned in (1, 0):
            block = build_block(grounded)
            block.model.add(block.chosen[at] == pinned)
            answer = search(block, Deadline(None))
            values.append(answer.objective if answer.objective is not None else 10**9)
        assert min(values) == best
        outcomes.add(values[0] == best)
    assert outcomes == {True, False}


def reordered(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: reordered(value[key]) for key in reversed(list(value))}
    return value


def without_seconds(data: dict[str, Any]) -> str:
    result = solve(mc.load_scenario(data)).to_dict()
    result["run"].pop("seconds")
    return json.dumps(result)


def test_the_order_of_keys_changes_nothing() -> None:
    data = example(rules={"time_of_day": {"preferred": ["17:00-19:00"]}, "even_spacing": {"weight": 2}})
    text = without_seconds(data)
    assert without_seconds(reordered(data)) == text
    assert without_seconds(data) == text


def test_the_answer_does_not_depend_on_workers_or_seed() -> None:
    # Two weeks: several workers need long on this model (docs/model.md), which is why one is the default.
    grounded = few_of(context_of(example(weeks=2, runs=example()["runs"] | {"weekly_distance": [44, 50]})))
    answers = set()
    for workers in (1, 4):
        block = build_block(grounded)
        answers.add(
            canonical(
                build_block(grounded), search(block, Deadline(None), workers=workers), Deadline(None), workers
            ).chosen
        )
    for seed in (7, 99):
        before = PARAMETERS["random_seed"]
        PARAMETERS["random_seed"] = seed
        try:
            answers.add(
                canonical(
                    build_block(grounded), search(build_block(grounded), Deadline(None)), Deadline(None)
                ).chosen
            )
        finally:
            PARAMETERS["random_seed"] = before
    assert len(answers) == 1


def test_nothing_is_left_to_choose() -> None:
    # With points and readability fixed there is exactly one block.
    grounded = few_of(context_of(example()))
    block = build_block(grounded)
    answer = search(block, Deadline(None))
    block = build_block(grounded)
    final = canonical(block, answer, Deadline(None))
    assert final.canonical
    picked = set(final.chosen or ())
    block = build_block(grounded)
    terms = readability(block)
    on = [v for p, v in zip(block.positions.tolist(), block.chosen, strict=True) if p in picked]
    placed = {int(grounded.problem.options.lift[p]) for p in picked}
    on += [v for lift, v in enumerate(block.left_out) if lift not in placed]
    value = {variable.index: weight for variable, weight in terms}
    block.model.add(block.objective == final.objective)
    block.model.add(sum_of(terms) <= sum(value.get(v.index, 0) for v in on))
    block.model.add(sum(on) <= len(on) - 1)
    block.model.clear_objective()  # type: ignore[no-untyped-call]  # ortools has no annotation
    assert search(block, Deadline(None)).status is Status.INFEASIBLE


def test_a_week_later_is_the_same_block_with_other_dates() -> None:
    first = mc.solve(mc.load_scenario(example()))
    later = mc.solve(mc.load_scenario(example(start="2026-09-14")))
    assert first.plan is not None
    assert later.plan is not None
    assert first.objective == later.objective
    assert [
        ((b.date - a.date).days, a.start, b.start)
        for a, b in zip(first.plan.sessions, later.plan.sessions, strict=True)
    ] == [(7, s.start, s.start) for s in first.plan.sessions]


def test_two_lifts_of_a_day_never_overlap() -> None:
    # One short window on one day: a second lift only fits beside the first, and is left out rather.
    light = [{"name": name, "minutes": 30, "lower_body": "none"} for name in "AB"]
    data = {
        "start": "2026-09-07",
        "weeks": 1,
        "athlete": {"availability": {"wed": ["12:00-12:45"]}},
        "runs": {"week": {"sun": {"type": "long", "minutes": 90}}},
        "strength": {"sessions": light},
        "rules": {"one_lift_per_day": {"most": 2}},
    }
    result = mc.solve(mc.load_scenario(data))
    assert result.plan is not None
    assert len(result.plan.sessions) == 1
    data["athlete"] = {"availability": {"wed": ["12:00-13:00"]}}
    result = mc.solve(mc.load_scenario(data))
    assert result.plan is not None
    assert [session.start for session in result.plan.sessions] == [720, 750]


def test_equal_blocks_are_told_apart_where_days_hold_two_lifts() -> None:
    # Twins, light sessions and days with two lifts leave many equal blocks; seeds must not choose among them.
    light = [{"name": name, "minutes": 30, "lower_body": "none"} for name in "AB"]
    seen = 0
    for most, window, lifts in itertools.product((1, 2), ("12:00-14:00", "17:00-19:00"), (2, 3, 4)):
        data = example(weeks=2, strength={"sessions": light, "sessions_per_week": lifts})
        data["runs"] = data["runs"] | {"weekly_distance": [44, 50]}
        data["athlete"] = {"availability": {"weekdays": [window]}}
        data["rules"] = {"one_lift_per_day": {"most": most}, "even_spacing": "off"}
        grounded = few_of(context_of(data))
        answers = set()
        for seed in (1, 7, 99):
            before = PARAMETERS["random_seed"]
            PARAMETERS["random_seed"] = seed
            try:
                answer = search(build_block(grounded), Deadline(None))
                answers.add(canonical(build_block(grounded), answer, Deadline(None)).chosen)
            finally:
                PARAMETERS["random_seed"] = before
        assert len(answers) == 1
        seen += 1
    assert seen == 12


def test_an_infeasible_that_presolve_made_up_is_reported_as_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    # or-tools has called feasible models infeasible in presolve; without it the solver is asked again.
    block = build_block(
        few_of(context_of(example(weeks=1, runs=example()["runs"] | {"weekly_distance": [44]})))
    )
    codes = iter([cp_model.INFEASIBLE, cp_model.OPTIMAL])
    monkeypatch.setattr("mesocycle.solver.model.search.run_model", lambda *_: next(codes))
    assert search(block, Deadline(None)).status is Status.UNKNOWN
    codes = iter([cp_model.INFEASIBLE, cp_model.INFEASIBLE])
    assert search(block, Deadline(None)).status is Status.INFEASIBLE
