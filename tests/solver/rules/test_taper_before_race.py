"""taper_before_race: two weeks with about half the sets, at the same load, work best."""

from __future__ import annotations

from typing import Any

import pytest
from weeks import Trial, only, session

RULE = "taper_before_race"
FULL = session("A", back_squat=[2, 5], pallof_press=[1, 3])
SQUATS = session("A", back_squat=[2, 5])


def race_on(
    date: str,
    settings: Any = "hard",
    weeks: int = 4,
    priority: str = "A",
    distance: str = "marathon",
    **more: Any,
) -> Trial:
    race = {"date": date, "distance": distance, "priority": priority}
    return only(RULE, settings, races=[race], weeks=weeks, **{"sessions": [FULL], **more})


def test_the_last_two_weeks() -> None:
    # Sunday of week 4, 4 October: the Thursdays lie 24, 17, 10 and 3 days before.
    weeks = race_on("2026-10-04")
    assert weeks.shares() == [1, 1, 0.6, 0.4]
    # 0.6 of eight is 4.8: 3 of 5 and 2 of 3 (1.8). 0.4 is 3.2: 2 of 5 and 1 of 3 (1.2).
    assert weeks.tops() == [8, 8, 5, 3]


def test_days_are_counted_from_thursday() -> None:
    # Thursday of week 4: exactly 21, 14, 7 and 0 days. Friday: 22, 15, 8, 1.
    assert race_on("2026-10-01").shares() == [1, 0.6, 0.4, 0.4]
    assert race_on("2026-10-02").shares() == [1, 1, 0.6, 0.4]
    # Monday of week 4: 18, 11 and 4 days; the rest of the race's own week is light too.
    assert race_on("2026-09-28").shares() == [1, 0.6, 0.4, 0.4]


def test_after_the_race_the_taper_is_over() -> None:
    assert race_on("2026-09-20").shares() == [0.6, 0.4, 1, 1]


@pytest.mark.parametrize(
    ("distance", "sunday", "thursday"),
    [
        # Sunday of week 4: 24, 17, 10 and 3 days from its Thursdays; Thursday: 21, 14, 7 and 0.
        ("10k", [1, 1, 1, 0.4], [1, 1, 0.4, 0.4]),
        ("half_marathon", [1, 1, 0.6, 0.4], [1, 1, 0.4, 0.4]),
        ("marathon", [1, 1, 0.6, 0.4], [1, 0.6, 0.4, 0.4]),
        ("50k", [1, 0.6, 0.6, 0.4], [0.6, 0.6, 0.4, 0.4]),
    ],
)
def test_the_taper_is_as_long_as_the_race_is_worth(
    distance: str, sunday: list[float], thursday: list[float]
) -> None:
    assert race_on("2026-10-04", distance=distance).shares() == sunday
    assert race_on("2026-10-01", distance=distance).shares() == thursday
    # Unless the runner says otherwise.
    assert race_on("2026-10-01", {"hard": True, "days": 14}, distance=distance).shares() == [1, 0.6, 0.4, 0.4]


def test_a_longer_taper() -> None:
    assert race_on("2026-10-01", {"hard": True, "days": 21}).shares() == [0.6, 0.6, 0.4, 0.4]
    assert race_on("2026-10-01", {"hard": True, "days": 7}).shares() == [1, 1, 0.4, 0.4]


def test_only_a_races_are_tapered_for() -> None:
    for priority in "BC":
        assert race_on("2026-10-04", priority=priority).shares() == [1, 1, 1, 1]
    assert race_on("2026-10-04", "off").shares() == [1, 1, 1, 1]


def test_floors_and_load_hold() -> None:
    # 0.3 of eight is 2.4, and the floors are 2 + 1. Of four 1.2, and 2 is the floor.
    least = {"hard": True, "last_factor": 0.3}
    assert race_on("2026-09-13", least, weeks=1).tops() == [3]
    assert race_on("2026-09-13", least, weeks=1, sessions=[session("A", back_squat=4)]).tops() == [2]
    plan = (
        race_on("2026-09-13", weeks=1, also={"sessions_per_week": "hard", "planned_sets": "hard"})
        .solve()
        .plan
    )
    assert plan is not None
    assert [(one.sets, one.load) for one in plan.sessions[0].exercises] == [(2, 80), (1, 80)]


def test_hard_no_set_above_is_offered_or_accepted() -> None:
    hard, off = (race_on("2026-09-20", strength, weeks=2, sessions=[SQUATS]) for strength in ("hard", "off"))
    assert not hard.refuses(off, "1A tue 17:00 3")
    assert hard.refuses(off, "1A tue 17:00 4")
    assert hard.refuses(off, "2A tue 17:00 3")


def test_soft_sets_above_are_bought() -> None:
    # 4 points a set: three squats in the first of the two weeks, two in the last.
    weeks = race_on("2026-09-20", "soft", weeks=2, sessions=[SQUATS])
    assert weeks.cost("1A tue 17:00 5") == 8
    assert weeks.cost("1A tue 17:00 3") == 0
    assert weeks.cost("2A tue 17:00 5") == 12


def test_every_version_is_judged_alike() -> None:
    free = {"tue": ["17:00-18:00"], "fri": ["17:00-18:00"]}
    more: dict[str, Any] = {"weeks": 2, "sessions": [SQUATS], "free": free, "grid": 60}
    assert race_on("2026-09-20", "soft", **more).agreement().both_prices
    assert race_on("2026-09-20", "hard", **more).agreement().kept > 0
