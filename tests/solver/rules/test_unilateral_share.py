"""unilateral_share: a part of the leg work is done on one leg."""

from __future__ import annotations

from typing import Any

import pytest
from weeks import LEGS, Trial, named, only, session

import mesocycle as mc

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
    # Half of eight are four sets, but the sessions hold two: said, not charged.
    more = block({"hard": False, "least_share": 0.5})
    assert more.cost("1A tue 17:00 6", "1B fri 17:00") == 0
    assert more.told() == [("single_leg", (1,))]
    assert block().told() == []
    # With six lunges half of twelve can be done: alone, six squats are three sets or twelve quarters short,
    # two squats one set.
    even = block({"hard": False, "least_share": 0.5}, sessions=[SQUATS, session("B", reverse_lunge=6)])
    assert even.told() == []
    assert even.cost("1A tue 17:00 6", "1B fri 17:00") == 0
    assert even.cost("1A tue 17:00 6") == 12
    assert even.cost("1A tue 17:00 2") == 4
    # Three quarters of two squats and six lunges are six; the week's own six and six would need nine.
    three = {"hard": False, "least_share": 0.75}
    assert block(three, sessions=[session("A", back_squat=2), session("B", reverse_lunge=6)]).told() == []
    assert block(three, sessions=[SQUATS, session("B", reverse_lunge=6)]).told() == [("single_leg", (1,))]
    # Nothing is asked for.
    assert block({"hard": False, "least_share": 0}).cost("1A tue 17:00 6") == 0
    assert block({"hard": False, "least_share": 0}).told() == []


@pytest.mark.parametrize("share", [0.2, 0.3, 1.0, -0.25])
def test_only_quarters_below_one_are_shares(share: float) -> None:
    with pytest.raises(mc.ScenarioError, match="least_share"):
        _ = block({"hard": False, "least_share": share}).context


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
