"""never_failure: no leg set goes to failure."""

from __future__ import annotations

from typing import Any

import pytest
from tampered import broken, entries, planned, with_exercise
from weeks import Trial, only

RULE = "never_failure"
LIFT = "1A tue 17:00"


def block(settings: Any = "on", **entry: Any) -> Trial:
    return only(RULE, settings, sessions=[entries({"exercise": "back_squat", "reps": 5, **entry})])


def rir_and_load(trial: Trial) -> tuple[int | None, int | None]:
    done = planned(trial, LIFT).sessions[0].exercises[0]
    assert not trial.forbids(LIFT)
    return done.rir, done.load


@pytest.mark.parametrize(
    ("settings", "written", "rir"),
    [("on", 0, 1), ("on", 1, 1), ("on", 3, 3), ({"least_rir": 4}, 3, 4), ("off", 0, 0)],
)
def test_the_reserve_is_raised_to_the_least(settings: Any, written: int, rir: int) -> None:
    assert rir_and_load(block(settings, rir=written))[0] == rir


def test_a_load_too_heavy_for_it_is_lowered() -> None:
    # Five at 88 %: 3000 / 88 - 30 = 4.09, so not even four are left over five; one more is 83 %, down to 80.
    assert rir_and_load(block(load=88)) == (1, 80)
    # 85 % is within 2.5 of those 83.3.
    assert rir_and_load(block(load=85)) == (1, 85)


@pytest.mark.parametrize(("rir", "seen"), [(0, True), (1, False), (2, False), (None, True)])
def test_a_leg_set_with_too_little_in_reserve_is_seen(rir: int | None, seen: bool) -> None:
    week = block(rir=1)
    assert (RULE in broken(week, with_exercise(planned(week, LIFT), rir=rir))) == seen


def test_upper_body_work_may_go_to_failure() -> None:
    week = only(RULE, sessions=[entries({"exercise": "push_up", "rir": 0})])
    assert rir_and_load(week)[0] == 0
