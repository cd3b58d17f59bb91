"""When more than time, load and worth may decide between the versions of a week's sessions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from mesocycle.files.library import exercises, programs
from mesocycle.models.strength import Session
from mesocycle.solver.content.binding import RULES, binds
from mesocycle.solver.content.items import Demands, Item, session_items
from mesocycle.solver.content.moves import moves_of
from mesocycle.solver.rules import BY_ID

# Items, their sets, minutes.
Week = list[tuple[tuple[Item, ...], tuple[int, ...], int]]
DEFAULT: Mapping[str, Any] = {rule: BY_ID[rule].parameters() for rule in RULES}
# Of each rule something that is not as by default.
CHANGED: Mapping[str, Mapping[str, Any]] = {
    "planned_sets": {"weight": 3},
    "weekly_sets_per_pattern": {"hard": True},
    "weekly_lifting_time": {"least_minutes": 61},
    "plyo_limits": {"days_between": 3},
    "unilateral_share": {"least_share": 0.5},
    "pattern_coverage": {"profile": "runner_four"},
    "session_duration": {"short_minutes": 31},
}


def items(session: Session) -> tuple[Item, ...]:
    moves = moves_of(session, exercises(), None, {})
    return session_items(moves.done, Demands("", frozenset(), {}, older=False))


def lift(minutes: int = 30, **sets: int) -> tuple[tuple[Item, ...], tuple[int, ...], int]:
    """A session of so many sets of library exercises."""
    entries = [{"exercise": one, "sets": n} for one, n in sets.items()]
    return items(Session.model_validate({"name": "A", "exercises": entries})), tuple(sets.values()), minutes


def two_day() -> Week:
    """The default program with all its sets and 45 minutes a session."""
    found = [items(session) for session in programs()["runner_two_day"].sessions]
    return [(own, tuple(item.most for item in own), 45) for own in found]


def but(**rules: Any) -> dict[str, Any]:
    """The default rules with other settings of some; None where one is off."""
    made = {rule: values and BY_ID[rule].parameters(**values) for rule, values in rules.items()}
    return {rule: own for rule, own in {**DEFAULT, **made}.items() if own is not None}


@pytest.mark.parametrize("new", [False, True])
def test_default_rules_and_ample_time_leave_nothing_else_to_decide(new: bool) -> None:
    assert not binds(DEFAULT, two_day(), new)
    assert not binds(DEFAULT, [], new)


def test_every_rule_has_a_case() -> None:
    assert set(CHANGED) == set(RULES)


@pytest.mark.parametrize("rule", RULES)
def test_a_changed_rule_may_bind_and_one_that_is_off_does_not(rule: str) -> None:
    assert binds(but(**{rule: CHANGED[rule]}), two_day(), new=False)
    assert not binds(but(**{rule: None}), two_day(), new=False)


def test_other_rules_do_not_matter() -> None:
    other = BY_ID["weekly_day_consistency"].parameters.model_validate({"weight": 7})
    assert not binds({**DEFAULT, "weekly_day_consistency": other}, two_day(), new=False)


@pytest.mark.parametrize(("minutes", "bound"), [(40, False), (41, True)])
def test_minutes_of_the_week(minutes: int, bound: bool) -> None:
    # 120 are the most: 40 + 40 + 40, and one more.
    week = [lift(40, back_squat=2), lift(40, push_up=2), lift(minutes, pallof_press=2)]
    assert binds(DEFAULT, week, new=False) == bound
    assert not binds(but(weekly_lifting_time=None), week, new=False)


@pytest.mark.parametrize(("minutes", "bound"), [(60, False), (61, True)])
def test_a_long_session(minutes: int, bound: bool) -> None:
    # Up to 60 lies in the band.
    week = [lift(minutes, back_squat=2)]
    assert binds(DEFAULT, week, new=False) == bound
    assert not binds(but(session_duration=None), week, new=False)


@pytest.mark.parametrize(("sets", "bound"), [(4, False), (5, True)])
def test_a_band(sets: int, bound: bool) -> None:
    # Eight sets of squats are the most: four and four.
    week = [lift(back_squat=4), lift(back_squat=sets)]
    assert binds(DEFAULT, week, new=False) == bound
    assert not binds(but(weekly_sets_per_pattern=None), week, new=False)


@pytest.mark.parametrize(("splits", "bound"), [(4, False), (5, True)])
def test_half_sets_count(splits: int, bound: bool) -> None:
    # A split squat is half a squat: six and four halves are eight sets, with a fifth eight and a half.
    assert binds(DEFAULT, [lift(back_squat=6), lift(split_squat=splits)], new=False) == bound


@pytest.mark.parametrize(("jumps", "new", "bound"), [(7, True, False), (8, True, True), (15, False, False)])
def test_landings_of_a_session(jumps: int, new: bool, bound: bool) -> None:
    # Four jumps a set: 28 and 32 of the 30 for a new lifter, 60 of 60 for all others.
    assert [item.contacts for item in lift(box_jump=1)[0]] == [4]
    own, _, minutes = lift(box_jump=1)
    assert binds(DEFAULT, [(own, (jumps,), minutes)], new) == bound


def test_one_landing_more() -> None:
    own, _, minutes = lift(box_jump=1)
    week: Week = [(own, (16,), minutes)]  # 64 of 60
    assert binds(DEFAULT, week, new=False)
    assert not binds(but(plyo_limits=None), week, new=False)
    # They are counted by session, not by week.
    assert not binds(DEFAULT, [(own, (8,), minutes), (own, (8,), minutes)], new=False)
