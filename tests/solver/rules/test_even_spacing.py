"""even_spacing: bunched lifts leave long gaps; it decides between days that are otherwise equal."""

from __future__ import annotations

from typing import Any

import pytest
from weeks import CORE, LEGS, Trial, named, only

RULE = "even_spacing"


def spread(lifts: int, settings: Any = "soft", **more: Any) -> Trial:
    """A week with so many lifts, of any kind."""
    sessions = [LEGS, *(named(CORE, name) for name in "BCD")][:lifts]
    return only(RULE, settings, sessions=sessions, lifts=lifts, **more)


def test_two_a_week_want_three_days() -> None:
    week = spread(2, "hard")
    # Tuesday and Friday never lie within three days; Tuesday and Thursday do.
    assert not week.forbids("1A tue 18:00", "1B fri 06:00")
    assert week.forbids("1A tue 06:00", "1B thu 20:00")
    # No stretch of three days ends after the block.
    assert week.forbids("1A sat 06:00", "1B sun 06:00")


def test_three_a_week_want_two_days_and_four_are_not_looked_at() -> None:
    week = spread(3, "hard")
    assert not week.forbids("1A tue 18:00", "1B thu 06:00", "1C sat 06:00")
    assert week.forbids("1A tue 18:00", "1B wed 18:00", "1C sat 06:00")
    assert not spread(4, "hard").forbids("1A tue 06:00", "1B tue 12:00", "1C wed 12:00", "1D thu 12:00")


def test_each_crowded_stretch_costs_a_point() -> None:
    week = spread(2)
    assert week.cost("1A tue 18:00", "1B fri 18:00") == 0
    assert week.cost("1A tue 18:00", "1B thu 18:00") == 1  # Tue-Thu
    assert week.cost("1A tue 18:00", "1B wed 18:00") == 2  # Mon-Wed and Tue-Thu
    assert week.cost("1A mon 18:00", "1B tue 18:00") == 1  # Mon-Wed alone: the block begins on Monday
    assert spread(2, "off").cost("1A tue 18:00", "1B wed 18:00") == 0
    # Three lifts in a stretch are two more than one.
    three = spread(3)
    assert three.cost("1A wed 06:00", "1B wed 12:00", "1C wed 18:00") == 4  # Tue-Wed and Wed-Thu


def test_one_a_week_is_looked_at_over_sunday() -> None:
    # Sunday and Monday lie together in Sat-Mon and Sun-Tue, Saturday and Monday in Sat-Mon.
    weeks = only(RULE, "soft", weeks=2)
    assert weeks.cost("1A sun 18:00", "2A mon 18:00") == 2
    assert weeks.cost("1A sat 18:00", "2A mon 18:00") == 1
    assert weeks.cost("1A fri 18:00", "2A mon 18:00") == 0


@pytest.mark.uncounted
def test_every_pair_is_judged_alike() -> None:
    hours = {"weekdays": ["17:00-19:00"], "weekend": ["17:00-19:00"]}
    assert spread(2, "hard", free=hours, grid=60).agreement().both_outcomes
    assert spread(2, free=hours, grid=60).agreement().both_prices
    assert only(RULE, "soft", weeks=2, free=hours, grid=60).agreement().both_prices
