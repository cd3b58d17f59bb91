"""post_race_recovery: after a race the legs are left alone, longer after longer ones."""

from __future__ import annotations

from typing import Any

import pytest
from weeks import CORE, Trial, only

RULE = "post_race_recovery"


def after_race(distance: str, settings: Any = "hard", **more: Any) -> Trial:
    """Three weeks with a race on the first Wednesday at 10:00."""
    race = {"date": "2026-09-09", "distance": distance, "priority": "C", "start": "10:00"}
    return only(RULE, settings, races=[race], weeks=3, **more)


@pytest.mark.parametrize(
    ("distance", "last_closed", "first_open"),
    [
        # Up to 10 km: 2 days, to Friday. Up to 21.2 km: 4 days, to Sunday.
        ("10k", "1A fri 20:00", "1A sat 06:00"),
        ("10.001 km", "1A sun 20:00", "2A mon 06:00"),
        ("21.2 km", "1A sun 20:00", "2A mon 06:00"),
        # Up to 42.3 km: 7 days, to the next Wednesday. Beyond: 10 days, to Saturday.
        ("21.201 km", "2A wed 20:00", "2A thu 06:00"),
        ("42.3 km", "2A wed 20:00", "2A thu 06:00"),
        ("42.301 km", "2A sat 20:00", "2A sun 06:00"),
    ],
)
def test_days_by_distance(distance: str, last_closed: str, first_open: str) -> None:
    weeks = after_race(distance)
    assert weeks.forbids(last_closed)
    assert not weeks.forbids(first_open)


def test_on_the_day_it_counts_from_the_start_of_the_race() -> None:
    weeks = after_race("5k")
    assert not weeks.forbids("1A wed 09:45")
    assert weeks.forbids("1A wed 10:00")
    # With no days of rest the race day itself stays free after its start.
    none = after_race("5k", {"hard": True, "short_days": 0})
    assert none.forbids("1A wed 18:00")
    assert not none.forbids("1A thu 06:00")


def test_a_race_in_the_run_plan_counts_without_an_entry_under_races() -> None:
    dates = {"2026-09-09": {"type": "race", "start": "10:00", "distance": "5 km"}}
    assert only(RULE, running={"dates": dates}).forbids("1A fri 17:00")


def test_soft_off_and_light() -> None:
    # 20 points for a lift, on the first day as on the last.
    weeks = after_race("5k", "soft")
    assert weeks.cost("1A wed 18:00") == weeks.cost("1A fri 18:00") == 20
    assert weeks.cost("1A sat 18:00") == 0
    assert after_race("5k", "off").cost("1A thu 18:00") == 0
    assert not after_race("5k", sessions=[CORE]).forbids("1A thu 18:00")


def test_every_start_is_judged_alike() -> None:
    races = [
        {"date": "2026-09-09", "distance": "5k", "priority": "C", "start": "10:00"},
        {"date": "2026-09-11", "distance": "5k", "priority": "C", "start": "10:00"},
    ]
    assert only(RULE, races=races, grid=60).agreement().both_outcomes
    # Friday after the second race is too soon after both: 40 points.
    soft = only(RULE, "soft", races=races, grid=60)
    assert soft.cost("1A fri 18:00") == 40
    assert soft.agreement().both_prices
