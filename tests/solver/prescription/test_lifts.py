"""Which session in which week: rotation, repeats, partial weeks, new movements."""

from __future__ import annotations

from typing import Any

import pytest
from blocks import context_of, problem_of

from mesocycle.solver.prescription.lifts import Lift
from mesocycle.solver.prescription.program import expected_per_week, sessions_of

RUNS = {"week": {"tue": {"type": "easy", "start": "07:00", "minutes": 45}}}
PRESS = {"exercise": "pallof_press"}


def lifts(count: Any, sessions: int = 2, weeks: int = 4, **more: Any) -> tuple[Lift, ...]:
    names = "ABCDEF"[:sessions]
    exercises = ("pallof_press", "plank", "side_plank", "dead_bug", "push_up", "chin_up")
    own = [{"name": n, "exercises": [{"exercise": e}]} for n, e in zip(names, exercises, strict=False)]
    data = {
        "start": "2026-09-07",
        "weeks": weeks,
        "runs": RUNS,
        "strength": {"sessions_per_week": count, "sessions": own},
    }
    return problem_of(context_of(data | more)).lifts


def ids(found: tuple[Lift, ...]) -> list[str]:
    return [lift.id for lift in found]


def test_one_lift_a_week_takes_turns() -> None:
    assert ids(lifts(1)) == ["w01-A", "w02-B", "w03-A", "w04-B"]


def test_two_of_three_sessions_go_on_where_the_week_before_ended() -> None:
    assert ids(lifts(2, sessions=3)) == [
        "w01-A", "w01-B", "w02-C", "w02-A", "w03-B", "w03-C", "w04-A", "w04-B",
    ]  # fmt: skip


def test_full_weeks_begin_with_the_first_session_and_leave_the_turn_alone() -> None:
    # Week 1 takes A; the full week 2 has both; in week 3 it is B's turn.
    assert ids(lifts([1, 2, 1, 0])) == ["w01-A", "w02-A", "w02-B", "w03-B"]


def test_more_lifts_than_sessions_repeat_the_first_under_a_number() -> None:
    found = lifts(5, weeks=1)
    assert [lift.name for lift in found] == ["A", "B", "A2", "B2", "A3"]
    # Each repeat knows the one before it, so that the two are not mirrored.
    assert [lift.twin for lift in found] == [None, None, 0, 1, 2]


def test_lifts_are_numbered_in_order_of_week() -> None:
    found = lifts(2)
    assert [lift.index for lift in found] == list(range(8))
    assert [lift.week for lift in found] == [0, 0, 1, 1, 2, 2, 3, 3]


@pytest.mark.parametrize(
    ("start", "count", "wanted"),
    [
        ("2026-09-07", 2, 2),
        ("2026-09-08", 2, 2),  # 6 days: 1.71
        ("2026-09-09", 2, 1),  # 5 days: 1.43
        ("2026-09-11", 2, 1),  # 3 days: 0.86
        ("2026-09-12", 2, 1),  # 2 days: 0.57
        ("2026-09-13", 2, 0),  # 1 day: 0.29
        ("2026-09-10", 3, 2),  # 4 days: 1.71
        ("2026-09-13", 4, 1),  # 1 day: 0.57
    ],
)
def test_a_partial_week_wants_its_share_of_lifts(start: str, count: int, wanted: int) -> None:
    context = context_of({"start": start, "weeks": 2, "runs": RUNS, "strength": {"sessions_per_week": count}})
    assert expected_per_week(context.scenario, context.calendar) == (wanted, count)


def test_lifts_by_phase() -> None:
    phases = ["base", "build", "peak", "taper", "recovery"]
    data = {"start": "2026-09-07", "weeks": 5, "runs": RUNS, "phases": phases}
    context = context_of(data)
    assert expected_per_week(context.scenario, context.calendar) == (2, 2, 2, 1, 2)
    context = context_of(data | {"strength": {"sessions_per_week": {"base": 3, "taper": 0}}})
    assert expected_per_week(context.scenario, context.calendar) == (3, 2, 2, 0, 2)


@pytest.mark.parametrize(
    ("history", "experience", "novel"),
    [
        # A movement is new for two exposures: A in weeks 1 and 2, B in weeks 1 and 2.
        ({"familiar": []}, "trained", [True] * 4 + [False] * 4),
        ({"familiar": ["plank"]}, "trained", [True, False, True, False] + [False] * 4),
        ({"familiar": ["plank", "pallof_press"]}, "trained", [False] * 8),
        ({}, "trained", [False] * 8),  # nothing said: all of it is known
        ({}, "new", [True] * 4 + [False] * 4),
    ],
)
def test_new_movements_are_new_for_two_exposures(
    history: dict[str, Any], experience: str, novel: list[bool]
) -> None:
    found = lifts(2, history=history, athlete={"experience": experience})
    assert [lift.novel for lift in found] == novel
    assert [lift.demanding for lift in found] == novel


def test_an_exercise_in_two_sessions_is_known_after_either() -> None:
    both = [{"name": name, "exercises": [PRESS]} for name in "AB"]
    data = {"start": "2026-09-07", "weeks": 2, "runs": RUNS, "history": {"familiar": []}}
    problem = problem_of(context_of(data | {"strength": {"sessions_per_week": 2, "sessions": both}}))
    assert [lift.novel for lift in problem.lifts] == [True, True, False, False]


def test_sets_to_failure_make_a_lift_demanding() -> None:
    failing = [{"name": "A", "exercises": [PRESS | {"rir": 0}]}]
    data = {"start": "2026-09-07", "weeks": 1, "runs": RUNS}
    problem = problem_of(context_of(data | {"strength": {"sessions_per_week": 1, "sessions": failing}}))
    assert [(lift.novel, lift.demanding) for lift in problem.lifts] == [(False, True)]


def test_own_sessions_come_before_the_program() -> None:
    data = {"start": "2026-09-07", "weeks": 1, "runs": RUNS}
    program = sessions_of(context_of(data | {"strength": {"program": "runner_three_day"}}).scenario)
    assert [session.name for session in program] == ["A", "B", "C"]
    own = sessions_of(
        context_of(data | {"strength": {"sessions": [{"name": "X", "exercises": [PRESS]}]}}).scenario
    )
    assert [session.name for session in own] == ["X"]
