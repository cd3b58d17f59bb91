"""The trade-off between leg sets and interference: brute force, patterns, honest statuses, unique plans."""

from __future__ import annotations

import itertools
import json
import re
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from blocks import DAYS, context_of, near_windows, problem_of
from hypothesis import given, settings
from hypothesis import strategies as st
from ortools.sat.python import cp_model

import mesocycle as mc
from mesocycle.models.errors import InternalError
from mesocycle.models.frontier import Frontier, FrontierPoint
from mesocycle.models.plan import Cost, Status
from mesocycle.solver import frontier as walking
from mesocycle.solver import rules
from mesocycle.solver.block import Block, Row, build_block
from mesocycle.solver.frontier import INTERFERENCE, frontier
from mesocycle.solver.grounding import ground
from mesocycle.solver.planning import build_plan
from mesocycle.solver.rules import deload_weeks
from mesocycle.solver.search import PARAMETERS, Answer, Deadline, search, solver_with
from mesocycle.solver.solve import judge, understand
from mesocycle.solver.tally import points_by_rule

MOST_BLOCKS = 700
LADDER = {
    "name": "A",
    "exercises": [
        {"exercise": "back_squat", "sets": [1, 3], "reps": 5, "load": 80},
        {"exercise": "romanian_deadlift", "sets": [1, 2]},
    ],
}
SCENARIOS = Path(__file__).parents[2] / "scenarios"
Trade = tuple[int, int, int]  # leg sets, interference, all points


def scenario(**more: Any) -> dict[str, Any]:
    """Two weeks with little room between runs: more leg sets stand in their way."""
    return {
        "start": "2026-09-07",
        "weeks": 2,
        "athlete": {"availability": {"weekdays": ["17:00-19:00"]}},
        "runs": {
            "week": {
                "tue": {"type": "intervals", "start": "06:30", "minutes": 60, "distance": "11 km"},
                "wed": {"type": "easy", "start": "06:30", "minutes": 40, "distance": "7 km"},
                "thu": {"type": "tempo", "start": "06:30", "minutes": 55, "distance": "10 km"},
                "sat": {"type": "long", "start": "08:00", "minutes": 100, "distance": "18 km"},
            },
        },
        "strength": {"sessions_per_week": 2, "program": "runner_two_day"},
    } | more


@st.composite
def small_trades(draw: st.DrawFn) -> dict[str, Any]:
    """Small blocks among key runs, with a ladder of leg sets: many of them have something to trade."""
    kinds = st.sampled_from(["intervals", "tempo", "long", "easy"])
    starts = st.sampled_from(["06:00", "07:00", "18:00"])
    runs = {
        day: {"type": draw(kinds), "start": draw(starts), "minutes": 60}
        for day in DAYS
        if draw(st.integers(0, 3))
    }
    weeks, lifts = draw(st.integers(1, 2)), draw(st.integers(1, 2))
    most = 4 if weeks * lifts <= 2 else 2
    free = draw(st.lists(st.sampled_from(DAYS), min_size=1, max_size=most, unique=True))
    windows = st.sampled_from(["16:00-18:00", "11:00-13:00", "19:00-21:00"])
    ways = st.sampled_from(["soft", "hard", "off"])
    around = [
        "no_lower_lift_day_before_key",
        "recovery_before_intensity",
        "hard_easy_policy",
        "session_order",
        "long_run_stack",
    ]
    hard = draw(st.sampled_from(["min_gap_after_run", "protect_rest_day", "even_spacing", "planned_sets"]))
    data: dict[str, Any] = {
        "start": "2026-09-07",
        "weeks": weeks,
        "policy": draw(st.sampled_from(["stack_hard", "easy_moderate"])),
        "athlete": {"availability": {day: [draw(windows)] for day in free}},
        "runs": {"week": runs},
        "strength": {"sessions_per_week": lifts, "grid_minutes": 60, "sessions": [LADDER]},
        "rules": {rule: draw(ways) for rule in around} | {hard: "hard"},
    }
    if draw(st.booleans()):
        data["races"] = [{"date": "2026-09-12", "distance": "10k", "priority": draw(st.sampled_from("ABC"))}]
    return data


def walk(data: dict[str, Any]) -> Frontier:
    return frontier(mc.load_scenario(data), Deadline(None))


def trades(found: Frontier) -> list[Trade]:
    return [(point.leg_sets, point.interference, point.objective) for point in found.points]


def interference_of(costs: tuple[Cost, ...]) -> int:
    return sum(cost.points for cost in costs if cost.rule in INTERFERENCE)


def unbeaten(every: set[Trade]) -> list[Trade]:
    """Those that none beats in leg sets and interference, each with its fewest points."""
    return sorted(
        (legs, points, all_points)
        for legs, points, all_points in every
        if not any(
            (more >= legs and less <= points and (more, less) != (legs, points))
            or ((more, less) == (legs, points) and total < all_points)
            for more, less, total in every
        )
    )


def brute_force(data: dict[str, Any]) -> set[Trade] | None:
    """Let the verifier judge every block; None where there are too many."""
    context = context_of(data)
    # Blocks of up to two weeks have one pattern of lighter weeks only.
    problem = near_windows(problem_of(context, whole_day=True), context.scenario.strength.grid_minutes)
    choices = [[None, *np.flatnonzero(problem.options.lift == lift.index).tolist()] for lift in problem.lifts]
    if np.prod([len(c) for c in choices]) > MOST_BLOCKS:
        return None
    every: set[Trade] = set()
    for picked in itertools.product(*choices):
        chosen = [at for at in picked if at is not None]
        audit = judge(context, build_plan(problem, chosen))
        if not audit.breaches:
            legs = int(problem.options.leg_sets[chosen].sum())
            every.add((legs, interference_of(audit.costs), audit.points))
    return every


def test_the_rules_are_those_around_runs_and_races() -> None:
    assert set(INTERFERENCE) <= set(rules.BY_ID)
    # The catalogue says its sections in comments alone.
    source = Path(rules.__file__).read_text(encoding="utf-8")
    section = re.search(r"# Around runs\.\n(.*?)# Between lifts\.", source, re.DOTALL)
    assert section is not None
    assert tuple(re.findall(r"^ +([a-z_]+),$", section[1], re.MULTILINE)) == INTERFERENCE


@pytest.mark.uncounted
def test_brute_force_finds_the_same_trades() -> None:
    seen = {"infeasible": 0, "one": 0, "several": 0, "interference": 0}

    @settings(max_examples=60)
    @given(data=small_trades())
    def compare(data: dict[str, Any]) -> None:
        every = brute_force(data)
        if every is None:
            return
        found = walk(data)
        assert trades(found) == unbeaten(every)
        assert found.status is (Status.OPTIMAL if every else Status.INFEASIBLE)
        seen["infeasible"] += not every
        seen["one"] += len(found.points) == 1
        seen["several"] += len(found.points) > 1
        seen["interference"] += any(point.interference for point in found.points)
        for point in found.points:
            audit = judge(context_of(data), point.plan)
            assert not audit.breaches
            assert (audit.points, audit.costs) == (point.objective, point.costs)
            assert interference_of(audit.costs) == point.interference

    compare()
    # A property test that never saw a trade-off would prove little.
    assert seen["infeasible"] >= 3, seen
    assert seen["one"] >= 5, seen
    assert seen["several"] >= 5, seen
    assert seen["interference"] >= 5, seen


def test_every_start_kept_the_points_and_their_plans_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    # The evenings that the runner likes lie closer to the next key run than noon.
    data = scenario(
        athlete={"availability": {"weekdays": ["12:00-13:30", "17:00-20:00"]}},
        rules={"time_of_day": {"preferred": ["17:00-19:00"], "weight": 50}},
    )
    found = walk(data)
    monkeypatch.setattr(walking, "build_block", partial(build_block, reduce=False))
    assert walk(data) == found
    assert len(found.points) > 1


def test_several_points_told_one_by_one() -> None:
    told: list[FrontierPoint] = []
    found = frontier(mc.load_scenario(scenario(name="Two weeks")), Deadline(None), told.append)
    assert (found.name, found.status) == ("Two weeks", Status.OPTIMAL)
    assert found.points == tuple(told)
    assert len(told) >= 4
    for fewer, more in itertools.pairwise(found.points):
        assert fewer.leg_sets < more.leg_sets
        assert fewer.interference < more.interference
    for point in found.points:
        assert sum(cost.points for cost in point.costs) == point.objective
        assert all(session.why for session in point.plan.sessions)
    data = json.loads(json.dumps(found.to_dict()))
    assert Frontier.model_validate(data) == found


def test_the_ordinary_optimum_never_beats_the_frontier() -> None:
    seen = {"on": 0, "behind": 0}
    for path in (
        SCENARIOS / f"{name}.yaml" for name in ("half_marathon", "shift_worker", "ultra_back_to_back")
    ):
        data = mc.load_scenario(path)
        found = frontier(data, Deadline(None))
        # Their run plans have cutback weeks, or they are short: one pattern of lighter weeks.
        grounded = ground(problem_of(understand(data)))
        best = search(build_block(grounded), Deadline(None))
        assert best.chosen is not None
        legs = int(grounded.problem.options.leg_sets[list(best.chosen)].sum())
        charged = points_by_rule(grounded, best.chosen, best.changes)
        paid = sum(points for rule, points in charged.items() if rule in INTERFERENCE)
        assert any(point.leg_sets >= legs and point.interference <= paid for point in found.points)
        on = [
            point.objective for point in found.points if (point.leg_sets, point.interference) == (legs, paid)
        ]
        assert on in ([], [best.objective])
        assert best.objective is not None
        assert all(point.objective >= best.objective for point in found.points)
        seen["on" if on else "behind"] += 1
    assert min(seen.values()) > 0, seen


@pytest.mark.parametrize("race", [False, True])
def test_patterns_of_lighter_weeks_are_merged(monkeypatch: pytest.MonkeyPatch, race: bool) -> None:
    # Even mileage: either of two patterns. A race makes them differ in what they cost.
    data = scenario(weeks=4, rules={"deload_weeks": {"every_weeks": 3}})
    if race:
        data["races"] = [{"date": "2026-10-03", "distance": "10k", "priority": "B"}]
    context = context_of(data)
    patterns = deload_weeks.patterns(context.calendar, context.settings["deload_weeks"])
    assert len(patterns) == 2
    found = walk(data)
    each: list[Frontier] = []
    for pattern in patterns:
        monkeypatch.setattr(deload_weeks, "patterns", lambda *_, only=pattern: (only,))
        each.append(walk(data))
    first, second = (trades(one) for one in each)
    assert trades(found) == unbeaten({*first, *second})
    # Of equals the first pattern's block is shown.
    for trade, point in zip(trades(found), found.points, strict=True):
        assert point in each[0 if trade in first else 1].points
    if race:
        assert first != second
    else:
        assert set(first) & set(second) & set(trades(found))


def test_the_points_of_some_rules_are_what_they_charge() -> None:
    # Short evenings on two days: sets, patterns, gaps and home days all have their price.
    data = scenario(weeks=3, athlete={"availability": {"tue": ["17:00-17:40"], "thu": ["17:00-17:45"]}})
    block = build_block(ground(problem_of(context_of(data))))
    answer = search(block, Deadline(None))
    assert answer.chosen is not None
    charged = points_by_rule(block.grounded, answer.chosen, answer.changes)
    assert sum(charged.values()) == answer.objective
    assert sum(charged[rule] > 0 for rule in block.by_rule) >= 3
    solver = solver_with(PARAMETERS, Deadline(None))
    assert solver.solve(block.with_goal(block.objective, *fixed(block, answer)).model) == cp_model.OPTIMAL
    for rules_asked in (*((rule,) for rule in charged), tuple(charged)):
        terms, offset = block.points_of(rules_asked)
        told = sum(c * solver.value(v) for v, c in terms) + offset
        assert told == sum(charged[rule] for rule in rules_asked), rules_asked


def fixed(block: Block, answer: Answer) -> list[Row]:
    """Rows that leave one block alone."""
    picked = set(answer.chosen or ())
    pairs = zip(block.positions.tolist(), block.chosen, strict=True)
    rows: list[Row] = [variable == (at in picked) for at, variable in pairs]
    return rows + [variable == (key in answer.changes) for key, variable in block.changes.items()]


def test_no_block_at_all_is_infeasible() -> None:
    # A hard wish for two lifts, and one free evening.
    data = scenario(
        athlete={"availability": {"tue": ["17:00-21:00"]}},
        rules={"sessions_per_week": "hard", "one_lift_per_day": "hard"},
    )
    found = walk(data)
    assert (found.status, found.points) == (Status.INFEASIBLE, ())


def test_without_rules_around_runs_one_block_is_best() -> None:
    found = walk(scenario(rules=dict.fromkeys(INTERFERENCE, "off")))
    assert len(found.points) == 1
    assert found.points[0].interference == 0


def test_without_time_nothing_is_known() -> None:
    stopped = Deadline(None)
    stopped.stop()
    for deadline in (stopped, Deadline(0)):
        found = frontier(mc.load_scenario(scenario()), deadline)
        assert (found.status, found.points) == (Status.UNKNOWN, ())


def test_time_that_is_up_between_building_and_solving(monkeypatch: pytest.MonkeyPatch) -> None:
    deadline = Deadline(None)

    def slow(*args: Any, **more: Any) -> Any:
        deadline.stop()
        return build_block(*args, **more)

    monkeypatch.setattr(walking, "build_block", slow)
    assert frontier(mc.load_scenario(scenario()), deadline).status is Status.UNKNOWN


@pytest.mark.parametrize("interrupt", [False, True])
def test_stopped_on_the_way_the_points_so_far_are_returned(interrupt: bool) -> None:
    whole = walk(scenario())
    deadline = Deadline(None)
    told: list[FrontierPoint] = []

    def stop(point: FrontierPoint) -> None:
        told.append(point)
        if len(told) == 2:
            if interrupt:
                raise KeyboardInterrupt
            deadline.stop()

    found = frontier(mc.load_scenario(scenario()), deadline, stop)
    assert (found.status, found.points) == (Status.FEASIBLE, whole.points[:2])
    assert deadline.stopped


def test_what_is_not_proven_is_not_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def unproven(*args: Any) -> Answer:
        answer = search(*args)
        calls.append(answer)
        # The sixth question is the third one of the second point: its fewest points.
        return answer if len(calls) < 6 else Answer(Status.FEASIBLE, answer.objective, 0, answer.chosen)

    calls: list[Answer] = []
    whole = walk(scenario())
    monkeypatch.setattr(walking, "search", unproven)
    found = walk(scenario())
    assert (found.status, found.points) == (Status.FEASIBLE, whole.points[:1])


def test_a_block_that_is_lost_again_is_our_mistake(monkeypatch: pytest.MonkeyPatch) -> None:
    def forgetful(*args: Any) -> Answer:
        calls.append(1)
        return search(*args) if len(calls) == 1 else Answer(Status.INFEASIBLE, None, None, None)

    calls: list[int] = []
    monkeypatch.setattr(walking, "search", forgetful)
    with pytest.raises(InternalError, match="found a block and then proved that there is none"):
        walk(scenario())


def test_a_plan_that_trades_otherwise_than_proven_is_our_mistake(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(walking, "INTERFERENCE", INTERFERENCE[:2])
    counted = walking._point

    def otherwise(context: Any, pair: Any, *more: Any) -> FrontierPoint:
        return counted(context, pair._replace(interference=pair.interference + 1), *more)

    monkeypatch.setattr(walking, "_point", otherwise)
    with pytest.raises(InternalError, match="the solver proved"):
        walk(scenario())


def test_neither_keys_nor_seeds_change_the_plans(monkeypatch: pytest.MonkeyPatch) -> None:
    found = walk(scenario())
    backwards = dict(reversed(list(scenario().items())))
    assert walk(backwards) == found
    monkeypatch.setitem(PARAMETERS, "random_seed", 99)
    assert walk(scenario()) == found
