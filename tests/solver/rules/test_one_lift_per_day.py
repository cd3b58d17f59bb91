"""one_lift_per_day: two sessions in a day need recovery that a runner spends on running."""

from __future__ import annotations

from typing import Any

import pytest
from weeks import CORE, LEGS, named, only

RULE = "one_lift_per_day"
TWO: dict[str, Any] = {"sessions": [LEGS, named(CORE, "B")], "lifts": 2}
THREE: dict[str, Any] = {"sessions": [LEGS, named(CORE, "B"), named(CORE, "C")], "lifts": 3}


def test_one_a_day() -> None:
    week = only(RULE, **TWO)
    assert not week.forbids("1A tue 06:00", "1B wed 06:00")
    # However far apart, and however light the second one is.
    assert week.forbids("1A tue 06:00", "1B tue 20:00")


def test_two_a_day_are_allowed_where_asked_for_and_three_are_not() -> None:
    week = only(RULE, {"hard": True, "most": 2}, **THREE)
    assert not week.forbids("1A tue 06:00", "1B tue 12:00", "1C wed 18:00")
    assert week.forbids("1A tue 06:00", "1B tue 12:00", "1C tue 18:00")


def test_soft_and_off() -> None:
    # 50 points for each lift above one: three on a day are 100.
    assert only(RULE, "soft", **TWO).cost("1A tue 06:00", "1B tue 20:00") == 50
    assert only(RULE, "soft", **THREE).cost("1A tue 06:00", "1B tue 12:00", "1C tue 18:00") == 100
    assert only(RULE, "off", **TWO).cost("1A tue 06:00", "1B tue 20:00") == 0


@pytest.mark.uncounted
def test_every_pair_is_judged_alike() -> None:
    free = {"tue": ["06:00-11:00"], "wed": ["17:00-20:00"]}
    assert only(RULE, free=free, grid=60, **TWO).agreement().both_outcomes
    assert only(RULE, "soft", free=free, grid=60, **TWO).agreement().both_prices
