"""session_duration: the articles lift for half an hour to an hour."""

from __future__ import annotations

from typing import Any

from weeks import CORE, HEAVY, LEGS, Trial, only, session

RULE = "session_duration"
# 36 min with eight sets; 200 s or 180 s less for each set taken away, and 75 s for each exercise.
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
    # Six sets take 8 min + 2 x 75 s + 3 x 200 s + 3 x 180 s = 29.5, so 30 min; five 27, four 24. Three squats
    # alone take 8 min + 75 s + 600 s = 19.25, so 20 min; two 16: 14 min are 2.8 units.
    assert week.cost("1A tue 17:00 3+3") == 0
    assert week.cost("1A tue 17:00 2+3") == 1
    assert week.cost("1A tue 17:00 2+2") == 1
    assert week.cost("1A tue 17:00 3+0") == 2
    assert week.cost("1A tue 17:00 2+0") == 3


def test_fifteen_minutes_are_the_least() -> None:
    # Two squats alone take 8 min + 75 s + 400 s = 15.9, so 16 min; three presses alone 13.25, so 14.
    both = [session("A", back_squat=3, pallof_press=3)]
    week = only(RULE, sessions=both)
    assert not week.forbids("1A tue 17:00 2+0")
    assert week.forbids("1A tue 17:00 0+3")
    sixteen, seventeen = ({"hard": True, "least_minutes": least} for least in (16, 17))
    assert not only(RULE, sixteen, sessions=both).forbids("1A tue 17:00 2+0")
    assert only(RULE, seventeen, sessions=both).forbids("1A tue 17:00 2+0")
    # Soft it is the band alone that counts: 25 min with all sets, 11 less are 2.2 units.
    assert only(RULE, "soft", sessions=both).cost("1A tue 17:00 0+3") == 2


def test_all_sets_of_the_week_are_never_too_short() -> None:
    # 14 min with three presses, 12 with two: the least is what all of them take.
    week = only(RULE, sessions=[CORE])
    assert not week.forbids("1A tue 17:00 3")
    assert week.forbids("1A tue 17:00 2")
    # In a lighter week two are all of them: 60 % of three are 1.8.
    lighter = only(RULE, sessions=[CORE], also={"deload_weeks": "hard"}, running={"cutback_weeks": [1]})
    assert not lighter.forbids("1A tue 17:00 2")
    assert lighter.forbids("1A tue 17:00 1")


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
    short = [session("A", back_squat=2, pallof_press=3)]
    assert only(RULE, sessions=short, free=free).agreement().both_outcomes
