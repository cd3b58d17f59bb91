"""return_from_break: lifting begins again gently after a break."""

from __future__ import annotations

from typing import Any

import pytest
from tampered import broken, entries, planned, with_exercise, with_session
from weeks import Trial, only, session

from mesocycle.models.plan import Plan

RULE = "return_from_break"
SQUAT = {"exercise": "back_squat", "sets": [2, 4]}
# Weeks 3 and 4 are blocked; week 5 begins on 5 October.
AWAY = {"blocked": ["2026-09-21..2026-10-04"]}
ALL = {"load_rep_zone": "on", "progressive_overload": "on", "blocked_dates": "hard"}


def block(settings: Any = "on", weeks: int = 7, moves: Any = (SQUAT,), **more: Any) -> Trial:
    """Weeks 1 and 2, two weeks away, and from week 5 on again."""
    more = {"athlete": AWAY, "also": ALL, **more}
    return only(RULE, settings, weeks=weeks, phases=["base"] * weeks, sessions=[entries(*moves)], **more)


def placed(trial: Trial, *weeks: int) -> Plan:
    plan = planned(trial, *(f"{week}A tue 17:00" for week in weeks or (1, 2, 5, 6, 7)))
    assert broken(trial, plan) == set()
    return plan


def sets_of(plan: Plan, *which: str) -> list[tuple[Any, ...]]:
    """These values of the first exercise of each session."""
    return [tuple(getattr(one.exercises[0], name) for name in which) for one in plan.sessions]


def test_the_first_week_after_a_break_is_gentle() -> None:
    plan = placed(block())
    # Ten, eight; after it eight is due again, not counted: then eight and six.
    assert sets_of(plan, "sets", "reps", "rir") == [
        (4, 10, 3), (4, 8, 3), (2, 10, 3), (4, 8, 3), (4, 6, 2),
    ]  # fmt: skip
    off = placed(block("off"))
    assert sets_of(off, "sets", "reps", "rir") == [
        (4, 10, 3), (4, 8, 3), (4, 8, 3), (4, 6, 2), (4, 5, 2),
    ]  # fmt: skip


def test_sets_and_reserve_can_be_set() -> None:
    plan = placed(block({"sets": 3, "rir": 5}))
    assert sets_of(plan, "sets", "rir")[1:4] == [(4, 3), (3, 5), (4, 3)]
    # More sets than there are change nothing, and no reserve is lowered.
    plan = placed(block({"sets": 5, "rir": 2}))
    assert sets_of(plan, "sets", "rir")[1:4] == [(4, 3), (4, 3), (4, 3)]


def test_it_holds_for_every_exercise_and_what_is_written() -> None:
    heavy = {"exercise": "romanian_deadlift", "sets": [2, 5], "reps": 5, "load": 85, "rir": 1}
    moves = (heavy, {"exercise": "reverse_lunge", "sets": 3}, {"exercise": "push_up", "sets": 3})
    plan = placed(block(moves=moves))
    back = plan.sessions[2].exercises
    assert [item.sets for item in back] == [2, 2, 2]
    # Five with one to spare are 83 %; up to 2.5 more are the same load: 85. With three 3000 / 38 = 78.9 %.
    assert (back[0].reps, back[0].load, back[0].rir) == (5, 75, 3)
    assert [(one.exercises[0].load, one.exercises[0].rir) for one in plan.sessions[:2]] == [(85, 1)] * 2
    assert [item.rir for item in back[1:]] == [3, 3]
    assert [item.rir for item in plan.sessions[3].exercises[1:]] == [2, 2]
    # Jumps and holds have no reserve.
    plan = placed(block(moves=({"exercise": "box_jump", "sets": 3}, {"exercise": "plank", "sets": 3})))
    assert [(item.sets, item.rir) for item in plan.sessions[2].exercises] == [(2, None), (2, None)]


@pytest.mark.parametrize(
    ("until", "share", "weight"),
    [
        # 8 with three to spare of 100 kg: 73.2, so 72.5 (75 lies 2.5 % above and is farther).
        ("2026-10-04", 92, 67.5),  # 14 days: 66.7
        ("2026-10-05", 92, 67.5),  # 15
        ("2026-10-10", 92, 67.5),  # 20
        ("2026-10-11", 90, 65),  # 21: 65.25
        ("2026-10-17", 90, 65),  # 27
        ("2026-10-18", 80, 57.5),  # 28: 58
        ("2026-10-25", 80, 57.5),
    ],
)
def test_the_weight_returns_at_its_share(until: str, share: int, weight: float) -> None:
    still = ALL | {"progressive_overload": {"trained_percent": 0}}
    strength = {"records": {"back_squat": 100}}
    trial = block(weeks=9, athlete={"blocked": [f"2026-09-21..{until}"]}, also=still)
    trial.data["strength"] |= strength
    (week,) = (index + 1 for index in trial.context.returns)
    # Sunday is free in each of these weeks.
    plan = planned(trial, "1A tue 17:00", "2A tue 17:00", f"{week}A sun 17:00")
    assert broken(trial, plan) == set()
    assert [one.exercises[0].weight for one in plan.sessions][1:] == [72.5, weight]
    (notice,) = [notice for notice in plan.notices if notice.rule == RULE]
    assert f"about {share} % of the weight before" in notice.text


def test_it_says_which_week_and_how_long() -> None:
    trial = block()
    assert trial.told() == [("week 5", (5,))]
    (notice,) = [notice for notice in placed(trial).notices if notice.rule == RULE]
    assert notice.text == (
        "Week 5 is the first after 14 days without lifting: at most 2 sets, 3 in reserve, about 92 % of the "
        "weight before."
    )
    half = block({"shares": [0.925, 0.9, 0.8], "sets": 3, "rir": 4})
    (notice,) = [notice for notice in placed(half).notices if notice.rule == RULE]
    assert "at most 3 sets, 4 in reserve, about 92.5 % of" in notice.text
    assert block("off").told() == []
    assert block({"days": 15}).told() == []
    assert block(athlete={}).told() == []


def test_a_notice_that_is_missing_is_seen() -> None:
    trial = block()
    plan = placed(trial)
    silent = tuple(notice for notice in plan.notices if notice.rule != RULE)
    assert len(silent) == len(plan.notices) - 1
    assert broken(trial, plan.model_copy(update={"notices": silent}))


@pytest.mark.parametrize(
    "values", [{"reps": 8}, {"rir": 2}, {"sets": 4}, {"relative_percent": 0.0}, {"change": 1.0}]
)
def test_another_return_is_seen(values: dict[str, Any]) -> None:
    trial = block()
    plan = placed(trial)
    other = with_exercise(plan, session=2, **values)
    if "sets" in values:
        other = with_session(other, session=2, sets=4)
    assert broken(trial, other)


def test_it_is_no_lighter_week() -> None:
    # The run plan cuts back in week 5: its sets are not cut twice, and the week after goes on.
    lighter = ALL | {"deload_weeks": "hard"}
    trial = block(also=lighter, running={"cutback_weeks": [5]})
    assert trial.patterns() == (frozenset(),)
    assert trial.shares() == [1] * 7
    plan = placed(trial)
    assert not any(week.deload for week in plan.weeks)
    assert sets_of(plan, "sets") == [(4,), (4,), (2,), (4,), (4,)]
    # Without the rule it is one: 60 % of four are 2.4, and no step is taken in it.
    trial = block("off", also=lighter, running={"cutback_weeks": [5]})
    assert trial.patterns() == (frozenset({4}),)
    # Where the plan chooses its own, every fourth week from week 4, 5, 6 or 7, the return is none of them.
    trial = block(weeks=8, also=lighter)
    assert trial.patterns() == (frozenset({3, 7}), frozenset(), frozenset({5}), frozenset({6}))


def test_the_last_lift_before_the_block_counts() -> None:
    trial = block(weeks=3, athlete={}, history={"last_lift": "2026-08-23"})
    assert trial.told() == [("week 1", (1,))]
    plan = placed(trial, 1, 2, 3)
    # A return at the first step, and the first step once more: it did not count.
    assert sets_of(plan, "sets", "reps", "rir") == [(2, 10, 3), (4, 10, 3), (4, 8, 3)]
    assert block(weeks=3, athlete={}, history={"last_lift": "2026-08-24"}).told() == []


def test_a_lift_that_is_left_out_is_no_break() -> None:
    # Only what cannot stand is known before: weeks 2 to 4 are free.
    trial = block(athlete={})
    plan = placed(trial, 1, 5)
    assert sets_of(plan, "sets") == [(4,), (4,)]


def test_who_is_new_has_the_smaller_of_both_caps() -> None:
    new: dict[str, Any] = {"history": {"familiar": []}, "also": ALL | {"novelty_guard": "hard"}}
    moves = ({"exercise": "back_squat", "sets": [2, 5]},)
    # 2, 2, then 3 in the third session: two in the return; 4 and 5 after.
    plan = placed(block(moves=moves, **new))
    assert [one.sets for one in plan.sessions] == [2, 2, 2, 4, 5]


@pytest.mark.uncounted
def test_every_selection_is_judged_alike() -> None:
    free = {"tue": ["17:00-18:00"], "fri": ["17:00-18:00"]}
    trial = only(
        RULE,
        weeks=5,
        phases=["base"] * 5,
        sessions=[session("A", back_squat=[2, 4])],
        athlete={"blocked": ["2026-09-14..2026-09-27"]},
        free=free,
        grid=60,
        lifts=[1, 0, 0, 1, 0],
        also={"planned_sets": "soft", "blocked_dates": "hard"},
    )
    assert trial.told() == [("week 4", (4,))]
    assert trial.agreement().kept
