"""in_session_order: jumps first, then the main lifts."""

from __future__ import annotations

import itertools

import pytest
from tampered import broken, entries, names, planned, with_session
from weeks import Trial, only

RULE = "in_session_order"
LIFT = "1A tue 17:00"
IN_ORDER = ("box_jump", "back_squat", "forward_lunge", "dumbbell_row", "pallof_press")


def block(*moves: str, settings: str = "on") -> Trial:
    return only(RULE, settings, sessions=[entries(*moves)])


@pytest.mark.parametrize("moves", [IN_ORDER, IN_ORDER[::-1], IN_ORDER[2:] + IN_ORDER[:2]])
def test_jumps_mains_legs_upper_core(moves: tuple[str, ...]) -> None:
    # Decided sets: with five exercises to trim there are hundreds of versions, all in the same order.
    week = only(RULE, "on", sessions=[entries(*({"exercise": move, "sets": 3} for move in moves))])
    assert names(planned(week, LIFT).sessions[0]) == list(IN_ORDER)
    assert not week.forbids(LIFT)


def test_another_order_is_seen() -> None:
    week = block("back_squat", "dumbbell_row", "pallof_press")
    plan = planned(week, LIFT)
    own = plan.sessions[0].exercises
    verdicts = [broken(week, with_session(plan, exercises=order)) for order in itertools.permutations(own)]
    # One order of six is right.
    assert [RULE in rules for rules in verdicts] == [False, True, True, True, True, True]


def test_off_the_runners_own_order_is_the_right_one() -> None:
    week = block("pallof_press", "back_squat", settings="off")
    plan = planned(week, LIFT)
    assert names(plan.sessions[0]) == ["pallof_press", "back_squat"]
    assert broken(week, plan) == set()
    turned = with_session(plan, exercises=plan.sessions[0].exercises[::-1])
    assert broken(week, turned) == {"structure"}


def test_of_one_kind_the_runners_own_order_holds() -> None:
    # Calves and core are both last.
    for moves in (["calf_raise_bent", "pallof_press"], ["pallof_press", "calf_raise_bent"]):
        assert names(planned(block(*moves), LIFT).sessions[0]) == moves


def test_the_jump_of_a_complex_stays_with_its_lift() -> None:
    pair = [
        {"exercise": "back_squat", "sets": 3, "complex": "A"},
        {"exercise": "vertical_jump", "sets": 3, "complex": "A"},
    ]
    week = only(RULE, sessions=[entries("pallof_press", *pair, "box_jump")])
    done = names(planned(week, LIFT).sessions[0])
    assert done == ["box_jump", "back_squat", "vertical_jump", "pallof_press"]
    assert not week.forbids(LIFT)
