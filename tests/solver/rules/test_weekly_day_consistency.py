"""weekly_day_consistency: runners want to know the pattern of their weeks."""

from __future__ import annotations

from typing import Any

import pytest
from weeks import CORE, LEGS, Trial, named, only

RULE = "weekly_day_consistency"


def block(weeks: int = 2, settings: Any = "soft", **more: Any) -> Trial:
    return only(RULE, settings, weeks=weeks, **more)


def test_hard_wants_one_weekday() -> None:
    weeks = block(2, "hard")
    # The hour does not matter.
    assert not weeks.forbids("1A tue 06:00", "2A tue 20:00")
    assert weeks.forbids("1A tue 17:00", "2A wed 17:00")
    assert not weeks.forbids("1A tue 17:00")


def test_each_lift_away_from_home_costs() -> None:
    # 3 points; home is the weekday with most lifts.
    three = block(3)
    assert three.cost("1A tue 17:00", "2A tue 17:00", "3A tue 17:00") == 0
    assert three.cost("1A tue 17:00", "2A thu 17:00", "3A tue 17:00") == 3
    assert three.cost("1A tue 17:00", "2A wed 17:00", "3A thu 17:00") == 6
    # A lift left out is not away.
    assert three.cost("1A tue 17:00", "3A thu 17:00") == 3
    assert three.cost("2A thu 17:00") == 0
    assert block(2, "off").cost("1A tue 17:00", "2A thu 17:00") == 0


def test_each_session_has_its_own_home() -> None:
    both = block(2, sessions=[LEGS, named(CORE, "B")], lifts=2)
    assert both.cost("1A tue 17:00", "2A tue 17:00", "1B fri 17:00", "2B fri 17:00") == 0
    assert both.cost("1A tue 17:00", "2A fri 17:00", "1B fri 17:00", "2B tue 17:00") == 6


def test_weeks_that_are_exempt() -> None:
    away = ("1A tue 17:00", "2A thu 17:00")
    assert block(phases=["build", "taper"]).cost(*away) == 0
    assert block(phases=["build", "recovery"]).cost(*away) == 0
    assert block(athlete={"blocked": ["2026-09-20"]}).cost(*away) == 0
    assert block(races=[{"date": "2026-09-20", "distance": "10k", "priority": "C"}]).cost(*away) == 0
    assert block(start="2026-09-08").cost(*away) == 0
    # The week after a race is a steady one again.
    race = [{"date": "2026-09-13", "distance": "10k", "priority": "C"}]
    assert block(3, races=race).cost("2A tue 17:00", "3A thu 17:00") == 3


@pytest.mark.uncounted
def test_every_block_is_judged_alike() -> None:
    free = {day: ["17:00-18:00"] for day in ("mon", "wed", "fri", "sun")}
    assert block(3, "hard", free=free, grid=60).agreement().both_outcomes
    assert block(3, free=free, grid=60).agreement().both_prices
