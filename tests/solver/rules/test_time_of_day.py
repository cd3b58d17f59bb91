"""time_of_day: no hour is best, but the one that is liked is kept to."""

from __future__ import annotations

from weeks import CORE, only

RULE = "time_of_day"
EVENING = ["17:00-20:00"]


def test_the_start_counts() -> None:
    week = only(RULE, {"hard": True, "preferred": EVENING})
    assert not week.forbids("1A tue 17:00")
    assert week.forbids("1A tue 16:45")
    # 19:45 to 20:05 starts within; 20:00 is the end, which is not part of a window.
    assert not week.forbids("1A tue 19:45")
    assert week.forbids("1A tue 20:00")


def test_light_lifts_and_several_windows() -> None:
    assert only(RULE, {"hard": True, "preferred": EVENING}, sessions=[CORE]).forbids("1A tue 12:00")
    both = only(RULE, {"hard": True, "preferred": ["06:00-08:00", *EVENING]})
    assert not both.forbids("1A tue 07:45")
    assert not both.forbids("1A sun 17:00")
    assert both.forbids("1A tue 08:00")


def test_soft_off_and_without_preference() -> None:
    # 2 points for a lift, however far off.
    assert only(RULE, {"preferred": EVENING}).cost("1A tue 16:45") == 2
    assert only(RULE, {"preferred": EVENING}).cost("1A tue 06:00") == 2
    assert only(RULE, {"preferred": EVENING}).cost("1A tue 18:00") == 0
    assert only(RULE, "soft").cost("1A tue 06:00") == 0
    assert not only(RULE, "hard").forbids("1A tue 06:00")
    assert only(RULE, "off").cost("1A tue 06:00") == 0


def test_every_start_is_judged_alike() -> None:
    free = {"tue": ["06:00-21:00"], "sat": ["16:00-18:00"]}
    assert only(RULE, {"hard": True, "preferred": EVENING}, free=free, grid=30).agreement().both_outcomes
    assert only(RULE, {"preferred": EVENING}, free=free, grid=30).agreement().both_prices
