"""exercise_rotation: something changes every few weeks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from pinned import Moments
from weeks import Trial, only

import mesocycle as mc

RULE = "exercise_rotation"
SLOT = {"tue": ["17:00-18:00"]}


def lifts(*exercises: str, name: str = "A", **more: Any) -> dict[str, Any]:
    """A session of two sets each."""
    entries = [{"exercise": one, "sets": 2, **more} for one in exercises]
    return {"name": name, "exercises": entries}


CORE = lifts("pallof_press")
PAIR = lifts("reverse_lunge", "pallof_press")
MAIN = {
    "name": "A",
    "exercises": [{"exercise": "back_squat", "sets": 2, "rotate": ["box_squat", "goblet_squat"]}],
}
# A front squat takes 5 s longer than a back squat, so it may not take turns: this one is as long.
OWN = {"box_squat": {"like": "back_squat"}}


def block(weeks: int, settings: str | Mapping[str, Any] = "soft", **more: Any) -> Trial:
    more = {"sessions": [CORE], "free": SLOT, "grid": 60, **more}
    trial = only(RULE, settings, weeks=weeks, **more)
    trial.data["strength"]["exercises"] = OWN
    return trial


def every(weeks: int) -> list[str]:
    return [f"{week} tue 17:00".replace(" ", "A ", 1) for week in range(1, weeks + 1)]


def at(*weeks: int) -> Moments:
    """Changes of session A in these weeks, counted from 1."""
    return tuple(("A", week - 1) for week in weeks)


def test_a_stretch_without_a_change_costs_two_points() -> None:
    # Weeks 2 to 4, 3 to 5 and 4 to 6.
    six = every(6)
    assert block(6).cost(*six) == 6
    assert block(6).cost(*six, changes=at(4)) == 0
    assert block(6).cost(*six, changes=at(3)) == 2
    assert block(6).cost(*six, changes=at(2)) == 4
    assert block(6, {"hard": False, "every_weeks": 4}).cost(*six) == 4
    # The first session is no change; three weeks hold no stretch.
    assert block(3).cost(*every(3)) == 0
    assert block(6, "off").cost(*six) == 0
    assert block(6, {"mode": "off"}).cost(*six) == 0


def test_what_never_changes_costs_nothing() -> None:
    for session in (lifts("back_squat"), lifts("box_jump"), lifts("pallof_press", rotate=[])):
        assert block(6, sessions=[session]).cost(*every(6)) == 0


def test_a_change_falls_into_a_week_with_the_session_and_not_the_first() -> None:
    assert block(4).forbids(*every(4), changes=at(1))
    assert not block(4).forbids(*every(4), changes=at(2))
    # Week 2 is the first with it here.
    later = block(4, lifts=[0, 1, 1, 1])
    assert later.forbids("2A tue 17:00", "3A tue 17:00", changes=at(2))
    assert not later.forbids("2A tue 17:00", "3A tue 17:00", changes=at(3))
    # Where the first is left out, the second may be in the other form.
    assert not later.forbids("3A tue 17:00", changes=at(3))


def test_two_changes_lie_two_weeks_apart() -> None:
    assert block(4).forbids(*every(4), changes=at(2, 3))
    assert not block(4).forbids(*every(4), changes=at(2, 4))
    one = {"hard": False, "least_weeks": 1}
    assert not block(4, one).forbids(*every(4), changes=at(2, 3))
    three = {"hard": False, "least_weeks": 3}
    assert block(5, three).forbids(*every(5), changes=at(2, 4))
    assert not block(5, three).forbids(*every(5), changes=at(2, 5))


@pytest.mark.parametrize("phase", ["peak", "taper", "recovery"])
def test_nothing_changes_in_peak_taper_and_recovery(phase: str) -> None:
    weeks = block(6, phases=["build"] * 4 + [phase] * 2, also={"novelty_guard": "hard"})
    assert weeks.forbids(*every(6), changes=at(5))
    assert not weeks.forbids(*every(6), changes=at(4))
    # One stretch is left: weeks 2 to 4.
    assert weeks.cost(*every(6)) == 2


def test_nothing_changes_before_an_a_race() -> None:
    # Monday of week 6; 14 days before it is the Monday of week 4.
    race = {"date": "2026-10-12", "distance": "10k", "priority": "A"}
    guard = {"also": {"novelty_guard": {"hard": True, "race_days": 14}}}
    weeks = block(6, phases=["build"] * 6, races=[race], **guard)
    assert weeks.forbids(*every(6), changes=at(4))
    assert not weeks.forbids(*every(6), changes=at(3))


def test_left_out_lifts_carry_the_form_over() -> None:
    six = every(6)
    # Changed in week 3, left out in 4 and 5, still changed in 6.
    assert block(6).cost(six[0], six[1], six[2], six[5], changes=at(3)) == 2
    assert block(6).cost(six[0], six[1], six[5], changes=at(6)) == 4


def test_accessories_change_in_turn() -> None:
    trial = block(6, sessions=[PAIR])
    plan = trial.shown(every(6), at(2, 4, 6))
    lunges = [session.exercises[0] for session in plan.sessions]
    presses = [session.exercises[1] for session in plan.sessions]
    assert [one.variant for one in lunges] == [None] + ["slow_lowering"] * 4 + ["heavier"]
    assert [one.variant for one in presses] == [None] * 3 + ["hold"] * 3
    assert [session.rotated for session in plan.sessions] == [
        (),
        ("reverse_lunge",),
        (),
        ("pallof_press",),
        (),
        ("reverse_lunge",),
    ]
    # Of eight slow repetitions of seven seconds only four take as long; heavier ones are two fewer.
    assert [one.reps for one in lunges] == [8] + [4] * 4 + [6]


def test_others_of_a_kind_come_in() -> None:
    plan = block(4, {"hard": False, "mode": "exercises"}).shown(every(4), at(2, 4))
    assert [session.exercises[0].exercise for session in plan.sessions] == [
        "pallof_press",
        "dead_bug",
        "dead_bug",
        "pallof_press",
    ]


def test_a_main_lift_with_others_of_its_own_changes_after_six_weeks() -> None:
    def change(*weeks: int) -> Moments:
        return tuple(("A back_squat", week - 1) for week in weeks)

    squats = block(14, sessions=[MAIN])
    assert squats.forbids(*every(14), changes=change(6))
    assert not squats.forbids(*every(14), changes=change(7))
    assert squats.forbids(*every(14), changes=change(7, 12))
    assert not squats.forbids(*every(14), changes=change(7, 13))
    # Stretches of six weeks from week 2 to 7 on: the last is 9 to 14.
    assert squats.cost(*every(14)) == 16
    assert squats.cost(*every(14), changes=change(7, 13)) == 0
    names = [session.exercises[0].exercise for session in squats.shown(every(14), change(7, 13)).sessions]
    assert names == ["back_squat"] * 6 + ["box_squat"] * 6 + ["goblet_squat"] * 2


@pytest.mark.parametrize(
    ("other", "facts", "said"),
    [
        ("back_squat", {}, "its own place"),
        # A main lift, but no squat; a squat, but an accessory.
        ("romanian_deadlift", {}, "same movement and role"),
        ("bodyweight_squat", {}, "same movement and role"),
        # 205 s a set against 200.
        ("front_squat", {}, "takes longer"),
        ("long_squat", {"seconds_per_set": 201}, "takes longer"),
        # The goblet squat has 0.8.
        ("deep_squat", {"lower_body_load": 0.81}, "asks more of the legs"),
        ("new_squat", {}, "it is new to you"),
    ],
)
def test_what_may_not_take_turns_is_refused(other: str, facts: Mapping[str, Any], said: str) -> None:
    own = "goblet_squat" if other == "deep_squat" else "back_squat"
    trial = block(3, sessions=[lifts(own, rotate=[other])])
    trial.data["history"] = {"familiar": [own] if other == "new_squat" else [own, other]}
    if facts or other == "new_squat":
        trial.data["strength"]["exercises"] = {other: {"like": own, **facts}}
    with pytest.raises(mc.ScenarioError, match=said):
        _ = trial.context
    # The same exercise without the fault is fine.
    trial.data["history"] = {"familiar": [own, "twin"]}
    trial.data["strength"]["exercises"] = {"twin": {"like": own}}
    trial.data["strength"]["sessions"] = [lifts(own, rotate=["twin"])]
    assert trial.context.scenario.strength.sessions[0].exercises[0].rotate == ("twin",)


def test_one_change_in_a_session_of_a_week() -> None:
    both = {"name": "A", "exercises": [*MAIN["exercises"], *CORE["exercises"]]}
    settings = {"hard": False, "main_weeks": 4}
    weeks = block(6, settings, sessions=[both])
    both_at_once = weeks.check(weeks.find(every(6)), changes=(("A", 4), ("A back_squat", 4)))
    assert RULE in {breach.rule for breach in both_at_once.breaches}
    assert not weeks.forbids(*every(6), changes=(("A", 3), ("A back_squat", 4)))


def test_the_second_lift_of_a_week_follows_the_first() -> None:
    two = block(3, lifts=2, free={"tue": ["17:00-18:00"], "fri": ["17:00-18:00"]})
    six = [text for week in (1, 2, 3) for text in (f"{week}A tue 17:00", f"{week}A2 fri 17:00")]
    assert not two.forbids(*six, changes=at(2))
    plan = two.shown(six, at(2))
    assert [session.rotated for session in plan.sessions] == [(), (), ("pallof_press",), (), (), ()]


@pytest.mark.uncounted
def test_every_choice_of_changes_is_judged_alike() -> None:
    seen = block(4).agreement()
    assert seen.both_outcomes
    assert seen.both_prices
    # Both exercises, or one of them left out.
    some = {"sessions": [PAIR], "listed": [(2, 2), (0, 2)]}
    seen = block(4, {"hard": False, "every_weeks": 2}, **some).agreement()
    assert seen.both_outcomes
    assert seen.both_prices
    both = {"name": "A", "exercises": [*MAIN["exercises"], *CORE["exercises"]]}
    guard = {"also": {"novelty_guard": "hard"}, "phases": ["build", "build", "peak", "build"]}
    settings = {"hard": False, "every_weeks": 2, "main_weeks": 4, "least_weeks": 1}
    assert block(4, settings, **some, **guard).agreement().both_outcomes
    some = {"sessions": [both], "listed": [(2, 2), (2, 0)]}
    assert block(3, settings, **some).agreement().both_outcomes


def test_a_change_falls_into_a_week_that_does_all_that_changes() -> None:
    # 480 + 150 s, a lunge 140 s and a press 80 s: two and one take 17 min, one and one 15. Two lunges alone
    # take 14.
    settings = {"hard": False, "every_weeks": 2, "least_weeks": 1}
    both = block(3, settings, sessions=[PAIR], free={"tue": ["17:00-17:17"]})
    first, last = "1A tue 17:00 2+1", "3A tue 17:00 2+1"
    assert both.cost(first, "2A tue 17:00 2+1", last) == 2
    assert both.cost(first, "2A tue 17:00 2+1", last, changes=at(2)) == 0
    for sets in ("2+0", "0+2"):
        assert both.forbids(first, f"2A tue 17:00 {sets}", last, changes=at(2))
        # In the other weeks something may be left out.
        assert both.cost(f"1A tue 17:00 {sets}", "2A tue 17:00 2+1", last, changes=at(2)) == 0
        assert both.cost(first, f"2A tue 17:00 {sets}", last, changes=at(3)) == 0
        assert both.cost(first, f"2A tue 17:00 {sets}", last) == 2
    # In 14 min nothing can change, and the stretch costs all the same.
    tight = {"tue": ["17:00-17:14"]}
    short = block(3, settings, sessions=[PAIR], free=tight, listed=[(2, 0), (0, 2), (0, 1)])
    seen = short.agreement()
    assert (seen.kept, seen.free) == (4**3, 0)
    assert seen.broken == (1 + 2 * 3) ** 3 - 4**3


@pytest.mark.uncounted
@pytest.mark.parametrize("weeks", [3, 4, 5, 6])
def test_the_solver_finds_the_best_weeks(weeks: int) -> None:
    """Brute force over the weeks of change and the lifts placed."""
    # In week 3 a lift costs more than it is worth: it may only be left out, or taken for its change.
    away = {"blocked_dates": {"hard": False, "weight": 3}}
    dear = {"athlete": {"availability": SLOT, "blocked": ["2026-09-22"]}, "also": away}
    phases = {"phases": (["build"] * 4 + ["recovery", "build"])[:weeks]}
    core, pair = lifts("pallof_press", sets=1), lifts("reverse_lunge", "pallof_press", sets=1)
    for settings, session, more in (
        ({"every_weeks": 2}, core, {}),
        ({"every_weeks": 3, "least_weeks": 3}, pair, dear),
        ({"every_weeks": 2, "least_weeks": 1}, pair, phases),
        ({"every_weeks": 2}, core, {**dear, **phases}),
    ):
        # No version costs less than all sets do; where there are few all of them are tried.
        full = [(1,) * len(session["exercises"])] if weeks > 3 else ()
        trial = block(weeks, {"hard": False, **settings}, sessions=[session], listed=full, **more)
        best = min(audit.points for audit in trial.audits(switched=False) if not audit.breaches)
        assert best == trial.solve().objective
