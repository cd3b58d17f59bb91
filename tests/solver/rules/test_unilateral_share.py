"""unilateral_share: a part of the leg work is done on one leg."""

from __future__ import annotations

from typing import Any

from weeks import LEGS, Trial, named, only, session

RULE = "unilateral_share"
SQUATS = session("A", back_squat=[2, 6])
LUNGES = session("B", reverse_lunge=2)


def block(settings: Any = "soft", **more: Any) -> Trial:
    """Up to six squats and two lunges: a quarter of eight leg sets are two."""
    return only(RULE, settings, **{"sessions": [SQUATS, LUNGES], "lifts": 2, **more})


def test_quarter_sets_short_are_points() -> None:
    assert block().cost("1A tue 17:00 6", "1B fri 17:00") == 0
    assert block().cost("1A tue 17:00 6") == 6
    assert block().cost("1A tue 17:00 2") == 2
    assert block().cost("1B fri 17:00") == 0
    assert block().cost() == 0
    assert block("off").cost("1A tue 17:00 6") == 0


def test_the_share_can_be_set() -> None:
    # 0.3 of eight are 2.4 sets, but the sessions hold two: said, not charged.
    more = block({"hard": False, "least_share": 0.3})
    assert more.cost("1A tue 17:00 6", "1B fri 17:00") == 0
    assert more.told() == [("single_leg", (1,))]
    assert block().told() == []
    # 0.2: 1.2 sets of six, four of its quarters are whole.
    assert block({"hard": False, "least_share": 0.2}).cost("1A tue 17:00 6") == 4


def test_hard_the_share_is_kept() -> None:
    assert not block("hard").forbids("1A tue 17:00 6", "1B fri 17:00")
    assert block("hard").forbids("1A tue 17:00 2")
    assert not block("hard").forbids("1B fri 17:00")


def test_a_program_with_plenty_is_short_where_that_is_left_out() -> None:
    plenty = block(sessions=[LEGS, session("B", reverse_lunge=4)])
    assert plenty.cost("1A tue 17:00") == 3
    assert plenty.cost("1A tue 17:00", "1B fri 17:00") == 0


def test_a_program_without_is_told_by_its_weeks() -> None:
    alone = block(sessions=[LEGS], lifts=[1, 0, 1], weeks=3)
    assert alone.told() == [("single_leg", (1, 3))]
    assert alone.cost("1A tue 17:00") == 0
    # Arms and core ask for nothing, and of a session given by its minutes nothing is known.
    assert block(sessions=[session("A", pallof_press=3)], lifts=1).told() == []
    assert block(sessions=[{"name": "A", "minutes": 45, "lower_body": "heavy"}], lifts=1).told() == []


def test_every_selection_is_judged_alike() -> None:
    free = {"tue": ["17:00-18:00"], "fri": ["17:00-18:00"]}
    for sessions in ([SQUATS, LUNGES], [LEGS, session("B", reverse_lunge=[1, 4])], [LEGS, named(LEGS, "B")]):
        more = {"sessions": sessions, "free": free, "grid": 60}
        hard, soft = block("hard", **more).agreement(), block(**more).agreement()
        if sessions[1]["name"] == "B" and "reverse_lunge" in str(sessions[1]):
            assert hard.both_outcomes
            assert soft.both_prices
        else:
            assert not hard.broken
            assert not soft.paid
