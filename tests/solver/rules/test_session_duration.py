"""session_duration: the articles lift for half an hour to an hour."""

from __future__ import annotations

from typing import Any

from weeks import HEAVY, LEGS, Trial, only, session

RULE = "session_duration"
# 36 min with eight sets; 200 s or 180 s less for each set taken away.
LADDER = session("A", back_squat=[1, 4], romanian_deadlift=[1, 4])


def plain(minutes: int, settings: Any = "hard", **more: Any) -> Trial:
    return only(RULE, settings, sessions=[{"name": "A", "minutes": minutes, "lower_body": "none"}], **more)


def test_seventy_five_minutes_are_the_most() -> None:
    assert not plain(75).forbids("1A tue 17:00")
    assert plain(76).forbids("1A tue 17:00")
    # A shorter version of the same session is allowed: 22 blocks of three minutes less one.
    assert not plain(76).forbids("1A tue 17:00 21")
    assert plain(75, {"hard": True, "most_minutes": 60}).forbids("1A tue 17:00")


def test_minutes_above_the_band() -> None:
    # A point for 5 min above 60, rounded half up: 62 is none, 63 one, 75 three. Soft, 76 is 16 over.
    assert plain(60).cost("1A tue 17:00") == 0
    assert plain(62).cost("1A tue 17:00") == 0
    assert plain(63).cost("1A tue 17:00") == 1
    assert plain(75).cost("1A tue 17:00") == 3
    assert plain(76, "soft").cost("1A tue 17:00") == 3
    assert plain(76, "off").cost("1A tue 17:00") == 0


def test_minutes_below_the_band() -> None:
    week = only(RULE, sessions=[LADDER])
    # Six sets take 8 min + 2 x 75 s + 3 x 200 s + 3 x 180 s = 29.5, so 30 min; five 27, four 24, three 20.
    assert week.cost("1A tue 17:00 6") == 0
    assert week.cost("1A tue 17:00 5") == 1
    assert week.cost("1A tue 17:00 4") == 1
    assert week.cost("1A tue 17:00 3") == 2


def test_a_session_that_is_short_by_itself_is_not_blamed() -> None:
    # 20 min is all that it ever takes.
    assert only(RULE, sessions=[LEGS]).cost("1A tue 17:00") == 0
    # 23 min with four squats, 16 with two: 7 min short of its own longest version.
    own = only(RULE, sessions=[session("A", back_squat=[2, 4])])
    assert own.cost("1A tue 17:00 4") == 0
    assert own.cost("1A tue 17:00 2") == 1


def test_every_version_is_judged_alike() -> None:
    free = {"tue": ["17:00-19:00"]}
    assert plain(80, free=free).agreement().both_outcomes
    assert only(RULE, "soft", sessions=[LADDER], free=free).agreement().both_prices
    assert (
        only(RULE, {"hard": True, "most_minutes": 30}, sessions=[LADDER], free=free).agreement().both_outcomes
    )
    assert only(RULE, sessions=[HEAVY]).cost("1A tue 17:00") == 0
