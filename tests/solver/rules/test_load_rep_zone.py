"""load_rep_zone: how heavy the main lifts are, and for how many repetitions."""

from __future__ import annotations

from typing import Any

import pytest
from tampered import broken, entries, planned, with_exercise
from weeks import Trial, only

RULE = "load_rep_zone"
LIFT = "1A tue 17:00"


def block(phase: str, settings: Any = "on", *moves: Any, experience: str = "trained") -> Trial:
    return only(
        RULE,
        settings,
        phases=[phase],
        sessions=[entries(*(moves or ("back_squat",)))],
        athlete={"experience": experience},
    )


def one_set(trial: Trial) -> tuple[int | None, int | None, int | None]:
    done = planned(trial, LIFT).sessions[0].exercises[0]
    assert not trial.forbids(LIFT)
    return done.reps, done.load, done.rir


@pytest.mark.parametrize(
    ("phase", "settings", "expected"),
    [
        # Epley, down to 5 %: 10 + 3 repetitions are 3000 / 43 = 69.8 %, whatever the phase of the running.
        ("base", "on", (10, 65, 3)),
        ("build", "on", (10, 65, 3)),
        ("peak", "on", (10, 65, 3)),
        # 6 + 2 are 78.9 %.
        ("base", {"foundation": 0}, (6, 75, 2)),
        ("peak", {"foundation": 0}, (6, 75, 2)),
        # 3 + 3 are 83 %, once foundation is over.
        ("build", {"build": "power"}, (10, 65, 3)),
        ("build", {"build": "power", "foundation": 0}, (3, 80, 3)),
        ("base", {"build": "power", "foundation": 0}, (6, 75, 2)),
        # Two repetitions fewer at the same load: so much more in reserve.
        ("taper", "on", (8, 65, 5)),
        ("taper", {"foundation": 0}, (4, 75, 4)),
        # Off: the library's five, with two in reserve.
        ("taper", "off", (5, 80, 2)),
    ],
)
def test_the_first_week_of_a_clock_of_its_own(
    phase: str, settings: Any, expected: tuple[int, int, int]
) -> None:
    assert one_set(block(phase, settings)) == expected


def test_a_new_lifter_begins_light_and_never_with_power() -> None:
    # New movements have four in reserve: 10 + 4 are 68 %, 6 + 4 exactly 75.
    assert one_set(block("build", "on", experience="new")) == (10, 65, 4)
    power = {"build": "power", "new_foundation": 0}
    assert one_set(block("build", power, experience="new")) == (6, 75, 4)
    # Not where reserve is written.
    assert one_set(block("build", power, {"exercise": "back_squat", "rir": 2}, experience="new")) == (
        6,
        75,
        2,
    )


def test_foundation_ends_with_its_last_week() -> None:
    weeks = only(RULE, weeks=4, phases=["base"] * 4, sessions=[entries("back_squat")])
    plan = planned(weeks, *(f"{number}A tue 17:00" for number in range(1, 5)))
    assert [row.profile for row in plan.weeks] == ["foundation"] * 3 + ["strength"]
    assert [session.exercises[0].reps for session in plan.sessions] == [10, 8, 8, 6]
    # The guide goes by them: 69.8, 73.2, 73.2 and 78.9 %.
    assert [session.exercises[0].load for session in plan.sessions] == [65, 70, 70, 75]
    assert broken(weeks, plan) == set()


def test_it_counts_the_weeks_that_expect_the_movement_and_have_room() -> None:
    # Weeks without a lift, without room, lighter ones and a taper take no step; what is left out does.
    def reps(**more: Any) -> list[int | None]:
        found = only(
            RULE, **{"weeks": 5, "phases": ["base"] * 5, "sessions": [entries("back_squat")], **more}
        )
        placed = [f"{lift.week + 1}A tue 17:00" for lift in found.problem.lifts if lift.week + 1 not in empty]
        plan = planned(found, *placed)
        assert broken(found, plan) == set()
        return [session.exercises[0].reps for session in plan.sessions]

    empty: set[int] = set()
    assert reps() == [10, 8, 8, 6, 5]
    assert reps(lifts=[1, 0, 1, 0, 1]) == [10, 8, 8]
    assert reps(phases=["base", "taper", "recovery", "base", "base"]) == [10, 8, 10, 8, 8]
    lighter = {"also": {"deload_weeks": "hard"}, "running": {"cutback_weeks": [3]}}
    assert reps(**lighter) == [10, 8, 8, 8, 6]
    empty = {2}
    away = {"also": {"blocked_dates": "hard"}, "athlete": {"blocked": ["2026-09-14..2026-09-20"]}}
    assert reps(**away) == [10, 8, 8, 6]
    # In the first run of this week nothing stands in the way but the runner: it counts as done.
    assert reps() == [10, 8, 6, 5]


def test_two_sessions_share_the_clock_of_a_movement() -> None:
    both = [entries("back_squat", "barbell_hip_thrust"), {**entries("back_squat"), "name": "B"}]
    weeks = only(RULE, weeks=2, phases=["base"] * 2, sessions=both, lifts=2)
    plan = planned(weeks, "1A tue 17:00", "1B thu 17:00", "2A tue 17:00", "2B thu 17:00")
    assert [[item.reps for item in session.exercises] for session in plan.sessions] == [
        [10, 10], [10], [8, 8], [8],
    ]  # fmt: skip
    # Of sessions that take turns each movement has its own: a deadlift's first week is week 2.
    turns = [entries("back_squat"), {**entries("romanian_deadlift"), "name": "B"}]
    weeks = only(RULE, weeks=4, phases=["base"] * 4, sessions=turns)
    plan = planned(weeks, "1A tue 17:00", "2B tue 17:00", "3A tue 17:00", "4B tue 17:00")
    assert [session.exercises[0].reps for session in plan.sessions] == [10, 10, 8, 8]


@pytest.mark.parametrize(("load", "done"), [(73, 73), (74, 70)])
def test_a_written_load_may_be_a_little_heavier_than_the_formula(load: int, done: int) -> None:
    # Eight repetitions and four in reserve are 71.4 %; up to 2.5 more are the same load.
    move = {"exercise": "back_squat", "reps": 8, "rir": 4, "load": load}
    assert one_set(block("base", "on", move)) == (8, done, 4)


@pytest.mark.parametrize("values", [{"reps": 9}, {"load": 75}, {"load": None}, {"rir": 2}])
def test_another_set_of_a_main_lift_is_seen(values: dict[str, Any]) -> None:
    week = block("base")
    assert broken(week, with_exercise(planned(week, LIFT), **values)) == {RULE}
    # Off it is no zone that is broken, but the plan still does not hold together.
    loose = block("base", "off")
    assert broken(loose, with_exercise(planned(loose, LIFT), **values | {"reps": 9})) == {"structure"}


def test_what_is_written_and_what_is_no_main_lift_stays() -> None:
    assert one_set(block("base", "on", {"exercise": "back_squat", "reps": 6, "rir": 2})) == (6, 75, 2)
    assert one_set(block("base", "on", "forward_lunge"))[1] is None
    # A written reserve leaves the repetitions to the clock: 10 + 1 are 73 %.
    assert one_set(block("base", "on", {"exercise": "back_squat", "rir": 1})) == (10, 70, 1)
    # A written load leaves nothing to it: the library's five, of which 70 % leave six and more.
    assert one_set(block("base", "on", {"exercise": "back_squat", "load": 70})) == (5, 70, 6)
