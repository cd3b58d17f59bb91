"""race_blackout: nobody gets stronger in the last days before a race, only tired."""

from __future__ import annotations

from typing import Any

from weeks import CORE, Trial, only

RULE = "race_blackout"
LIGHTER = {"name": "A", "exercises": [{"exercise": "back_squat", "sets": 4, "load": 75}]}


def before_race(priority: str = "A", settings: Any = "hard", **more: Any) -> Trial:
    """Two weeks with a race on the second Sunday, 20 September, at 10:00."""
    race = {"date": "2026-09-20", "distance": "10k", "priority": priority, "start": "10:00"}
    return only(RULE, settings, races=[race], weeks=2, **more)


def test_the_last_days_are_closed() -> None:
    # A race: 4 days before are free of leg work, so Wednesday is the last day and Thursday, 3 before, is not.
    goal = before_race("A")
    assert not goal.forbids("2A wed 20:00")
    assert goal.forbids("2A thu 06:00")
    # B race: 3 days. C race: a key run like others.
    assert not before_race("B").forbids("2A thu 20:00")
    assert before_race("B").forbids("2A fri 06:00")
    assert not before_race("C").forbids("2A sat 20:00")


def test_race_day_is_closed_until_the_start() -> None:
    assert before_race().forbids("2A sun 09:45")
    assert not before_race().forbids("2A sun 10:00")


def test_very_heavy_sessions_end_earlier_at_a_price() -> None:
    # 80 % of 1RM, 10 days wanted before an A race: 3 points for each day short, also where the rule is hard.
    goal = before_race("A")
    assert goal.cost("2A wed 17:00") == 18  # 4 days before, 6 short
    assert goal.cost("1A fri 17:00") == 3  # 9 days before
    assert goal.cost("1A thu 17:00") == 0  # 10 days before
    assert before_race("B").cost("2A wed 17:00") == 3  # 4 days before, 5 wanted
    assert before_race("A", sessions=[LIGHTER]).cost("2A wed 17:00") == 0  # 75 %


def test_soft_prices_days_short() -> None:
    goal = before_race("A", "soft")
    # Thursday is 3 days before: 1 of 4 short, 3 points; race morning is 4 short.
    assert goal.cost("2A thu 17:00") == 3
    assert goal.cost("2A sun 06:00") == 12
    assert before_race("A", "off").cost("2A sun 06:00") == 0
    assert before_race("A", "soft", sessions=[CORE]).cost("2A sun 06:00") == 0


def test_days_can_be_set() -> None:
    assert before_race("A", {"a_days": 5}).forbids("2A wed 17:00")
    assert not before_race("A", {"a_days": 0, "a_heavy_days": 0}).forbids("2A sun 06:00")


def test_every_start_is_judged_alike() -> None:
    # One lift in the second week only: no lift is wanted in the first.
    seen = before_race("A", lifts=[0, 1], grid=60).agreement()
    assert seen.both_outcomes
    assert seen.both_prices
    assert before_race("A", "soft", lifts=[0, 1], grid=60).agreement().both_prices
