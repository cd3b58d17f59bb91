"""older_athlete: a runner of 60 or more keeps more sets."""

from __future__ import annotations

from typing import Any

import pytest
from tampered import broken, entries, planned, with_exercise
from weeks import Trial, only

RULE = "older_athlete"
LIFT = "1A tue 17:00"
# Core work may go down to one set at any age.
MOVES = [{"exercise": "forward_lunge", "sets": [1, 3]}, {"exercise": "pallof_press", "sets": [1, 3]}]


def block(age: int | None, settings: Any = "on") -> Trial:
    athlete = {} if age is None else {"age": age}
    return only(RULE, settings, sessions=[entries(*MOVES)], athlete=athlete)


@pytest.mark.parametrize(
    ("age", "settings", "least"),
    [
        (60, "on", 2),
        (59, "on", 1),
        (None, "on", 1),
        (75, "off", 1),
        (60, {"from_age": 61}, 1),
        (60, {"least_sets": 3}, 3),
        (60, {"least_sets": 1}, 1),
    ],
)
def test_leg_work_keeps_its_sets(age: int | None, settings: Any, least: int) -> None:
    week = block(age, settings)
    versions = week.problem.lifts[0].versions
    # What is not left out whole has at least so many.
    assert {version.sets[0] for version in versions} == {0, *range(least, 4)}
    assert {version.sets[1] for version in versions} == {0, 1, 2, 3}
    assert not week.forbids(LIFT)


@pytest.mark.parametrize(("age", "sets", "seen"), [(60, 1, True), (60, 2, False), (59, 1, False)])
def test_fewer_sets_are_seen(age: int, sets: int, seen: bool) -> None:
    week = block(age)
    assert (RULE in broken(week, with_exercise(planned(week, LIFT), sets=sets))) == seen


def test_a_lighter_week_keeps_them_too() -> None:
    # Two sets at 40 % are 0.8, rounded to one; from 60 on two.
    lighter = {"deload_weeks": {"hard": True, "factor": 0.4}}
    for age, sets in ((60, 2), (59, 1)):
        week = only(
            RULE,
            sessions=[entries({"exercise": "forward_lunge", "sets": [1, 2]})],
            athlete={"age": age},
            also=lighter,
            running={"cutback_weeks": [1]},
        )
        assert week.tops() == [sets]
        assert not week.forbids(LIFT)
