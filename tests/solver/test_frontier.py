"""The trade-off between leg sets and interference: brute force, patterns, honest statuses, unique plans."""

from __future__ import annotations

import itertools
import json
from collections.abc import Sequence
from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from blocks import DAYS, context_of, near_windows, problem_of
from hypothesis import given, settings
from hypothesis import strategies as st

import mesocycle as mc
from mesocycle.models.comparison import Frontier, FrontierPoint
from mesocycle.models.errors import InternalError
from mesocycle.models.plan import Cost, Status
from mesocycle.solver import frontier as walking
from mesocycle.solver import rules
from mesocycle.solver.frontier import INTERFERENCE, frontier
from mesocycle.solver.instance.instance import Instance
from mesocycle.solver.model import optimum
from mesocycle.solver.model.block import build_block
from mesocycle.solver.model.goal import POINTS, Goal
from mesocycle.solver.model.grounding import few_versions, ground, points_by_rule, with_versions
from mesocycle.solver.model.optimum import Outcome, Relaxed
from mesocycle.solver.model.search import PARAMETERS, Answer, Deadline
from mesocycle.solver.placement.problem import Problem
from mesocycle.solver.plan.planning import build_plan
from mesocycle.solver.rules import deload_weeks
from mesocycle.solver.rules.base import Charge, Fixed
from mesocycle.solver.rules.check import understand
from mesocycle.solver.verify import verify

MOST_BLOCKS = 1000
LADDER: dict[str, Any] = {
    "name": "A",
    "exercises": [
        {"exercise": "back_squat", "sets": [1, 3], "reps": 5, "load": 80},
        {"exercise": "romanian_deadlift", "sets": [1, 2]},
    ],
}
SQUATS = {"name": "A", "exercises": LADDER["exercises"][:1]}
LONGER = {
    "name": "A",
    "exercises": [
        {"exercise": "back_squat", "sets": [1, 4], "reps": 5, "load": 80},
        {"exercise": "romanian_deadlift", "sets": [1, 3]},
        {"exercise": "pallof_press", "sets": [1, 2]},
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
    """Small blocks among key runs, with leg sets to leave out: many of them have something to trade."""
    kinds = st.sampled_from(["intervals", "tempo", "long", "easy"])
    starts = st.sampled_from(["06:00", "07:00", "18:00"])
    runs = {
        day: {"type": draw(kinds), "start": draw(starts), "minutes": 60}
        for day in DAYS
        if draw(st.integers(0, 5))
    }
    weeks, lifts = draw(st.sampled_from([(1, 1), (1, 2), (2, 1)]))
    # At most 1,000 blocks: fewer versions, free days and hours where two lifts are placed.
    alone = weeks * lifts == 1
    session, most = draw(st.sampled_from([(LADDER, 4), (LONGER, 4)] if alone else [(LADDER, 2), (SQUATS, 3)]))
    free = draw(st.lists(st.sampled_from(DAYS), min_size=1, max_size=most, unique=True))
    hours = 2 if alone or len(free) == 1 else 1
    windows = st.sampled_from([f"{first}:00-{first + hours}:00" for first in (16, 11, 19)])
    if session is LONGER:  # some sets have to go
        windows = st.sampled_from(["16:00-16:22", "16:00-16:27", "11:00-11:31", "19:00-19:36", "19:00-21:00"])
    ways = st.sampled_from(["soft", "soft", "hard", "off"])
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
        "athlete": {
            "availability": {day: [draw(windows)] for day in free},
            "experience": draw(st.sampled_from(["trained", "trained", "advanced", "new"])),
        },
        "runs": {"week": runs},
        "strength": {"sessions_per_week": lifts, "grid_minutes": 60, "sessions": [session]},
        "rules": {rule: draw(ways) for rule in around} | {hard: "hard"},
    }
    if draw(st.booleans()):
        data["races"] = [{"date": "2026-09-12", "distance": "10k", "priority": draw(st.sampled_from("ABC"))}]
    data["history"] = {
        "strength_phase": draw(st.sampled_from(["foundation", "strength"])),
        # Four days or three weeks before; the second is a break.
        "last_lift": draw(st.sampled_from(["2026-09-03", "2026-08-17"])),
    }
    return data


def walk(data: dict[str, Any]) -> Frontier:
    return frontier(mc.load_scenario(data), Deadline(None))


@cache
def two_weeks() -> Frontier:
    """What no block of the two weeks beats, which several tests begin with."""
    return walk(scenario())


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
        audit = verify(context, build_plan(problem, chosen))
        if not audit.breaches:
            every.add((leg_sets_of(problem, chosen), interference_of(audit.costs), audit.points))
    return every


def leg_sets_of(problem: Problem, chosen: Sequence[int]) -> int:
    options, lifts = problem.options, problem.lifts
    return sum(lifts[options.lift[at]].versions[options.version[at]].leg_sets for at in chosen)


def few_of(context: Instance) -> Problem:
    """The first versions of a block with one pattern of lighter weeks."""
    lighter = context.settings.deload_weeks
    patterns = (frozenset[int](),) if lighter is None else deload_weeks.patterns(context)
    assert len(patterns) == 1
    return few_versions(context, patterns[0])


def least_of(few: Problem, goal: Goal = POINTS) -> Outcome:
    """The best block of the whole space."""
    outcome = Relaxed(few, None, Deadline(None), goal=goal).search()
    assert outcome.answer.status in (Status.OPTIMAL, Status.INFEASIBLE)
    return outcome


def problem_of_found(outcome: Outcome) -> Problem:
    """The problem that an answer speaks of."""
    assert outcome.grounded is not None
    return outcome.grounded.problem


def test_the_rules_are_those_around_runs_and_races() -> None:
    ids = [rule.id for rule in rules.CATALOGUE]
    first, last = ids.index("no_lower_lift_before_key_same_day"), ids.index("race_blackout")
    assert frozenset(ids[first : last + 1]) == INTERFERENCE
    assert len(INTERFERENCE) == 12


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
            audit = verify(context_of(data), point.plan)
            assert not audit.breaches
            assert (audit.points, audit.costs) == (point.objective, point.costs)
            assert interference_of(audit.costs) == point.interference

    compare()
    # A property test that never saw a trade-off would prove little.
    assert seen["infeasible"] >= 3, seen
    assert seen["one"] >= 5, seen
    assert seen["several"] >= 5, seen
    assert seen["interference"] >= 5, seen


@pytest.mark.uncounted
@pytest.mark.parametrize("window", ["16:00-16:22", "16:00-16:27", "11:00-11:31", "19:00-19:36"])
def test_brute_force_finds_the_same_trades_where_sets_have_to_go(window: str) -> None:
    data = scenario(
        weeks=1,
        athlete={"availability": {"mon": [window]}},
        strength={"sessions_per_week": 1, "grid_minutes": 60, "sessions": [LONGER]},
        rules=dict.fromkeys(INTERFERENCE, "soft"),
    )
    every = brute_force(data)
    assert every
    found = walk(data)
    assert trades(found) == unbeaten(every)
    assert len(found.points) > 1


def test_every_start_kept_the_points_and_their_plans_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    # The evenings that the runner likes lie closer to the next key run than the early afternoon.
    data = scenario(
        athlete={"availability": {"weekdays": ["14:00-15:30", "17:00-20:00"]}},
        rules={"time_of_day": {"preferred": ["17:00-19:00"], "weight": 50}},
    )
    found = walk(data)
    monkeypatch.setattr(optimum, "build_block", partial(build_block, reduce=False))
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


@pytest.mark.uncounted
def test_the_ordinary_optimum_never_beats_the_frontier() -> None:
    seen = {"on": 0, "behind": 0, "paid": 0}
    noons = {"weekdays": ["12:00-13:30", "17:00-20:00"]}
    evenings = {day: ["17:00-18:00"] for day in ("mon", "fri")}
    for data in (
        scenario(),
        scenario(athlete={"availability": noons}),
        scenario(athlete={"availability": evenings}),
        few_evenings(),
        SCENARIOS / "ultra_back_to_back.yaml",
    ):
        known = mc.load_scenario(data)
        found = frontier(known, Deadline(None))
        # Short blocks, or a run plan with cutback weeks: one pattern of lighter weeks.
        outcome = least_of(few_of(understand(known)))
        problem, best = problem_of_found(outcome), outcome.answer
        assert best.status is Status.OPTIMAL
        assert best.chosen is not None
        legs = leg_sets_of(problem, best.chosen)
        charged = charged_by(outcome)
        paid = sum(points for rule, points in charged.items() if rule in INTERFERENCE)
        assert any(point.leg_sets >= legs and point.interference <= paid for point in found.points)
        on = [
            point.objective for point in found.points if (point.leg_sets, point.interference) == (legs, paid)
        ]
        assert on in ([], [best.objective])
        assert best.objective is not None
        assert all(point.objective >= best.objective for point in found.points)
        seen["on" if on else "behind"] += 1
        seen["paid"] += paid > 0
    assert min(seen.values()) > 0, seen


@pytest.mark.parametrize("race", [False, True])
def test_patterns_of_lighter_weeks_are_merged(monkeypatch: pytest.MonkeyPatch, race: bool) -> None:
    # Even mileage: either of two patterns. A race makes them differ in what they cost.
    data = scenario(
        weeks=4,
        rules={"deload_weeks": {"every_weeks": 3}},
        strength={"sessions_per_week": 2, "sessions": [LADDER]},
    )
    if race:
        data["races"] = [{"date": "2026-10-03", "distance": "10k", "priority": "B"}]
    context = context_of(data)
    patterns = deload_weeks.patterns(context)
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


def few_evenings() -> dict[str, Any]:
    """Short evenings on two days: sets, patterns, gaps and home days all have their price."""
    return scenario(weeks=3, athlete={"availability": {"tue": ["17:00-17:40"], "thu": ["17:00-17:45"]}})


def charged_by(outcome: Outcome) -> dict[str, int]:
    """What each rule charges the block that was found, whether the goal counts it or not."""
    assert outcome.answer.chosen is not None
    return points_by_rule(ground(problem_of_found(outcome)), outcome.answer.chosen, outcome.answer.changes)


def test_a_goal_counts_the_points_of_some_rules_and_leg_sets() -> None:
    few = few_of(context_of(few_evenings()))
    ordinary = least_of(few)
    charged = charged_by(ordinary)
    assert sum(charged.values()) == ordinary.answer.objective
    assert sum(points > 0 for points in charged.values()) >= 3
    done = leg_sets_of(problem_of_found(ordinary), ordinary.answer.chosen or ())
    most = sum(lift.space.extremes(lift.leg_sets)[1] for lift in few.lifts)
    assert 0 < done <= most
    rules_asked = [(rule,) for rule in INTERFERENCE if charged.get(rule)] + [INTERFERENCE]
    assert len(rules_asked) > 1
    seen = {"paid": 0, "nothing paid": 0, "bought": 0}
    for asked, times, legs, least in itertools.product(rules_asked, (1, 1 + most), (False, True), (0, done)):
        enough = walking._Pattern(few, Deadline(None))._enough(least)
        found = least_of(few, Goal(frozenset(asked), times, legs, enough))
        told = charged_by(found)
        paid = sum(told.get(rule, 0) for rule in asked)
        leg_sets = leg_sets_of(problem_of_found(found), found.answer.chosen or ())
        assert leg_sets >= least
        assert found.answer.objective == times * paid + legs * (most - leg_sets)
        # The ordinary optimum has enough leg sets too.
        before = sum(charged.get(rule, 0) for rule in asked)
        assert found.answer.objective <= times * before + legs * (most - done)
        seen["paid"] += paid > 0
        seen["nothing paid"] += paid == 0
        seen["bought"] += legs and leg_sets > least
    assert min(seen.values()) > 0, seen


def test_no_block_charges_more_than_the_ceiling() -> None:
    few, around = few_of(context_of(few_evenings())), frozenset(INTERFERENCE)
    free = least_of(few)
    paid = sum(charged_by(free).get(rule, 0) for rule in INTERFERENCE)
    assert paid >= 4
    points: list[int] = []
    for ceiling in (0, 1, paid // 2, paid - 1, paid, paid + 1):
        found = least_of(few, Goal(ceiling=(around, ceiling)))
        assert found.answer.objective is not None
        charged = charged_by(found)
        assert sum(charged.get(rule, 0) for rule in INTERFERENCE) <= ceiling
        assert sum(charged.values()) == found.answer.objective
        points.append(found.answer.objective)
    # A lower ceiling costs more; one that nothing reaches costs nothing.
    assert points == sorted(points, reverse=True)
    assert points[-2:] == [free.answer.objective] * 2
    assert points[-3] > points[-2]


def test_a_ceiling_below_all_blocks_leaves_none() -> None:
    # Both lifts are a must, and each of the two evenings lies before a key run. Two sets of squats at 80 %
    # load the legs; two of the deadlift's first week, at 65 %, would not.
    data = scenario(
        weeks=1,
        athlete={"availability": {"mon": ["17:00-18:00"], "wed": ["17:00-18:00"]}},
        strength={"sessions_per_week": 2, "sessions": [SQUATS]},
        rules=dict.fromkeys(INTERFERENCE, "soft") | {"sessions_per_week": "hard"},
    )
    few, around = few_of(context_of(data)), frozenset(INTERFERENCE)
    least = least_of(few, Goal(around)).answer.objective
    assert least
    for ceiling in (least - 1, least):
        found = least_of(few, Goal(ceiling=(around, ceiling)))
        assert (found.answer.status is Status.INFEASIBLE) == (ceiling < least)
    assert sum(charged_by(found).get(rule, 0) for rule in INTERFERENCE) == least


def test_rules_around_runs_charge_single_options_alone() -> None:
    # A goal of some rules and its ceiling count such cases only.
    data = scenario(
        rules=dict.fromkeys(INTERFERENCE, "soft"),
        races=[{"date": "2026-09-19", "distance": "10k", "priority": "B"}],
    )
    few = few_of(context_of(data))
    cases = [
        case
        for rule, case in ground(with_versions(few, few.lifts)).cases
        if rule in INTERFERENCE and not isinstance(case, Fixed)
    ]
    assert len(cases) > 10
    assert all(isinstance(case, Charge) for case in cases)


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


@pytest.mark.parametrize("stopped", [False, True])
@pytest.mark.parametrize("method", ["__init__", "search"])
def test_time_that_is_up_before_bounding_or_searching(
    monkeypatch: pytest.MonkeyPatch, method: str, stopped: bool
) -> None:
    deadline = Deadline(None)
    original = getattr(Relaxed, method)

    def slow(*args: Any, **more: Any) -> Any:
        if stopped:
            deadline.stop()
        else:
            monkeypatch.setattr(deadline, "_end", 0.0)
        return original(*args, **more)

    monkeypatch.setattr(Relaxed, method, slow)
    found = frontier(mc.load_scenario(scenario()), deadline)
    assert (found.status, found.points) == (Status.UNKNOWN, ())


@pytest.mark.parametrize("interrupt", [False, True])
def test_stopped_on_the_way_the_points_so_far_are_returned(interrupt: bool) -> None:
    whole = two_weeks()
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


# Each point asks two questions: its pair, then its fewest points. The third one is the second point's first.
@pytest.mark.uncounted
@pytest.mark.parametrize("proven", [2, 3])
@pytest.mark.parametrize("status", [Status.FEASIBLE, Status.UNKNOWN])
def test_what_is_not_proven_is_not_told(monkeypatch: pytest.MonkeyPatch, proven: int, status: Status) -> None:
    def unproven(self: Relaxed) -> Outcome:
        outcome = searched(self)
        calls.append(outcome)
        if len(calls) <= proven:
            return outcome
        none = Answer(Status.UNKNOWN, None, 0, None)
        some = replace(outcome.answer, status=Status.FEASIBLE, bound=0)
        return replace(outcome, answer=some if status is Status.FEASIBLE else none)

    calls: list[Outcome] = []
    whole = two_weeks()
    searched = Relaxed.search
    monkeypatch.setattr(Relaxed, "search", unproven)
    found = walk(scenario())
    assert len(calls) == proven + 1
    assert (found.status, found.points) == (Status.FEASIBLE, whole.points[:1])


def test_a_block_that_is_lost_again_is_our_mistake(monkeypatch: pytest.MonkeyPatch) -> None:
    def forgetful(self: Relaxed) -> Outcome:
        calls.append(1)
        if len(calls) == 1:
            return searched(self)
        return Outcome(self.ground, Answer(Status.INFEASIBLE, None, None, None))

    calls: list[int] = []
    searched = Relaxed.search
    monkeypatch.setattr(Relaxed, "search", forgetful)
    with pytest.raises(InternalError, match="found a block and then proved that there is none"):
        walk(scenario())


def test_a_plan_that_trades_otherwise_than_proven_is_our_mistake(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(walking, "INTERFERENCE", frozenset(sorted(INTERFERENCE)[:2]))
    counted = walking._point

    def otherwise(context: Any, pair: Any, *more: Any) -> FrontierPoint:
        return counted(context, pair._replace(interference=pair.interference + 1), *more)

    monkeypatch.setattr(walking, "_point", otherwise)
    with pytest.raises(InternalError, match="the solver proved"):
        walk(scenario())


@pytest.mark.uncounted
def test_neither_keys_nor_seeds_change_the_plans(monkeypatch: pytest.MonkeyPatch) -> None:
    found = two_weeks()
    backwards = dict(reversed(list(scenario().items())))
    assert walk(backwards) == found
    monkeypatch.setitem(PARAMETERS, "random_seed", 99)
    assert walk(scenario()) == found
