"""plyo_limits: jumps in moderation."""

from __future__ import annotations

from typing import Any

import pytest
from weeks import LEGS, Trial, only, session

RULE = "plyo_limits"
HOPS = session("A", skater_hop=2)  # six on each side: 12 landings a set
JUMPS = session("B", vertical_jump=3)  # 12 landings


def block(settings: Any = "soft", **more: Any) -> Trial:
    return only(RULE, settings, **{"sessions": [HOPS], **more})


def hops(sets: int, settings: Any = "soft", **more: Any) -> Trial:
    return block(settings, sessions=[session("A", skater_hop=sets)], **more)


def pair(settings: Any = "soft", **more: Any) -> Trial:
    return block(settings, sessions=[HOPS, JUMPS], lifts=2, **more)


def test_ten_landings_over_are_four_points() -> None:
    for most, points in ((48, 0), (47, 0), (46, 1), (36, 5), (24, 10)):
        # 0.4 a landing, rounded half up: 1 over is 0.4, 2 are 0.8, 12 are 4.8, 24 are 9.6.
        assert hops(4, {"hard": False, "most_contacts": most}).cost("1A tue 17:00") == points, most
    assert hops(4, {"hard": False, "most_contacts": 48, "weight": 0}).cost("1A tue 17:00") == 0
    assert hops(4, "off").cost("1A tue 17:00") == 0


def test_hard_the_most_is_kept() -> None:
    assert not hops(4, {"hard": True, "most_contacts": 48}).forbids("1A tue 17:00")
    assert hops(4, {"hard": True, "most_contacts": 47}).forbids("1A tue 17:00")


def test_a_new_lifter_jumps_less() -> None:
    new = {"athlete": {"experience": "new"}}
    assert hops(5).cost("1A tue 17:00") == 0
    assert hops(4, **new).cost("1A tue 17:00") == 7  # 18 over 30: 7.2
    assert hops(3, {"hard": True, "new_contacts": 35}, **new).forbids("1A tue 17:00")
    assert not hops(3, {"hard": True, "new_contacts": 36}, **new).forbids("1A tue 17:00")


def test_what_does_not_land_is_no_jump() -> None:
    arms = session("A", plyo_push_up=4)
    for other in (arms, LEGS):
        both = block({"hard": True, "most_contacts": 20}, sessions=[other, JUMPS], lifts=2)
        assert not both.forbids("1A tue 17:00", "1B wed 17:00")


def test_two_days_from_one_session_with_jumps_to_the_next() -> None:
    assert pair().cost("1A tue 17:00", "1B wed 17:00") == 4
    assert pair().cost("1A tue 17:00", "1B thu 17:00") == 0
    assert pair().cost("1A tue 17:00", "1B tue 19:00") == 8
    three = {"hard": False, "days_between": 3}
    assert pair(three).cost("1A tue 17:00", "1B wed 17:00") == 8
    assert pair(three).cost("1A tue 17:00", "1B thu 17:00") == 4
    assert pair(three).cost("1A tue 17:00", "1B fri 17:00") == 0
    # From one week to the next too.
    assert pair(weeks=2).cost("1A sun 17:00", "2B mon 17:00") == 4


def test_hard_they_are_kept_apart() -> None:
    assert pair("hard").forbids("1A tue 17:00", "1B wed 17:00")
    assert not pair("hard").forbids("1A tue 17:00", "1B thu 17:00")


@pytest.mark.uncounted
def test_every_selection_is_judged_alike() -> None:
    free = {day: ["17:00-18:00"] for day in ("mon", "tue", "thu", "sun")}
    for days in (1, 2, 3):
        settings = {"most_contacts": 20, "days_between": days}
        more = {"free": free, "grid": 60}
        assert pair({"hard": True, **settings}, **more).agreement().both_outcomes
        assert pair({"hard": False, **settings}, **more).agreement().both_prices
    ends = {"mon": ["17:00-18:00"], "sun": ["17:00-18:00"]}
    twice = {"sessions": [JUMPS], "lifts": 2, "weeks": 2, "free": ends, "grid": 60}
    assert block("soft", **twice).agreement().both_prices
