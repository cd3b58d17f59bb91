"""ramp_limits: leg work grows in steps, and starts small after a break."""

from __future__ import annotations

from typing import Any

import pytest
from weeks import Trial, only, session

RULE = "ramp_limits"
NEW = {"experience": "new"}
SQUATS = session("A", back_squat=[1, 8])  # eight leg sets allowed: half of them is four


def block(weeks: int = 2, settings: Any = "hard", **more: Any) -> Trial:
    return only(RULE, settings, weeks=weeks, **{"sessions": [SQUATS], **more})


def test_a_slow_start_for_who_is_new() -> None:
    # Two weeks at 0.6, then 0.2 more each week.
    weeks = block(5, athlete=NEW)
    assert weeks.shares() == [0.6, 0.6, 0.8, 1, 1]
    # 8 squats: 4.8, 4.8, 6.4, 8, 8.
    assert weeks.tops() == [5, 5, 6, 8, 8]
    assert block(5).shares() == [1] * 5


@pytest.mark.parametrize(("last_lift", "shares"), [("2026-08-10", [1, 1]), ("2026-08-09", [0.6, 0.6])])
def test_a_slow_start_after_more_than_four_weeks(last_lift: str, shares: list[float]) -> None:
    # 10 August is 28 days before 7 September, the 9th is 29.
    assert block(history={"last_lift": last_lift}).shares() == shares


def test_how_the_start_can_be_set() -> None:
    slow = {"hard": True, "first_weeks": 1, "first_factor": 0.4, "growth": 0.3}
    assert block(4, slow, athlete=NEW).shares() == [0.4, 0.7, 1, 1]
    assert block(2, {"hard": True, "first_weeks": 0}, athlete=NEW).shares() == [1, 1]


def test_growth_looks_back_over_a_lighter_week() -> None:
    # Week 2 is light, and week 3 may take up where week 1 was.
    also = {"deload_weeks": "hard"}
    assert block(3, also=also, running={"cutback_weeks": [2]}).shares() == [1, 0.6, 1]
    # Week 1 is the fourth week before week 5, and one too far back for week 6.
    assert block(5, also=also, running={"cutback_weeks": [2, 3, 4]}).shares() == [1, 0.6, 0.6, 0.6, 1]
    light = {"cutback_weeks": [2, 3, 4, 5]}
    assert block(6, also=also, running=light).shares() == [1, 0.6, 0.6, 0.6, 0.6, 0.8]


def test_growth_after_a_long_trim() -> None:
    # Four weeks at the peak of mileage have half their sets; then 0.2 more each week, not all at once.
    runs, distances = {"tue": "easy 07:00 60 10"}, [10] * 4 + [6] * 5
    weeks = block(
        9,
        runs=runs,
        distances=distances,
        also={"set_trim_by_mileage": "hard"},
        running={"cutback_weeks": []},
        history={"weekly_distance": [6, 6]},  # so that 10 km are a peak
    )
    assert weeks.shares() == [0.5] * 4 + [0.7, 0.9, 1, 1, 1]


def test_shares_hold_where_the_rule_is_soft() -> None:
    # The slow start cannot be bought off: week 1 offers five of eight squats at most.
    assert block(2, "soft", athlete=NEW).tops() == [5, 5]
    hard, off = block(athlete=NEW), block(2, "off", athlete=NEW)
    assert not hard.refuses(off, "1A tue 17:00 5")
    assert hard.refuses(off, "1A tue 17:00 6")


def test_leg_sets_jump_by_half_of_what_was_allowed() -> None:
    weeks = block()
    assert not weeks.forbids("1A tue 17:00 4", "2A tue 17:00 8")
    assert weeks.forbids("1A tue 17:00 3", "2A tue 17:00 8")
    # After a week without a lift four squats are the most; fewer sets than before are always fine.
    assert not weeks.forbids("2A tue 17:00 4")
    assert weeks.forbids("2A tue 17:00 5")
    assert not weeks.forbids("1A tue 17:00 8", "2A tue 17:00 2")


def test_two_sets_more_are_always_allowed() -> None:
    # Half of three sets is one (1.5, cut off), and two are allowed in any case.
    small = block(sessions=[session("A", reverse_lunge=[1, 3])])
    assert not small.forbids("1A tue 17:00 1", "2A tue 17:00 3")
    assert small.forbids("2A tue 17:00 3")
    # Half of seven is 3.5, cut off to three.
    odd = block(sessions=[session("A", back_squat=[1, 7])])
    assert not odd.forbids("1A tue 17:00 4", "2A tue 17:00 7")
    assert odd.forbids("1A tue 17:00 3", "2A tue 17:00 7")


def test_only_leg_sets_count() -> None:
    # From two sets to eight are six more, where four leg sets would be the most.
    press = session("A", pallof_press=[1, 8])
    assert not block(sessions=[press]).forbids("1A tue 17:00 2", "2A tue 17:00 8")
    assert block().forbids("1A tue 17:00 2", "2A tue 17:00 8")


def test_a_leg_set_over_is_priced() -> None:
    # 4 points: from 2 to 8 are six sets, two more than four; from 3 one more, from none to 8 four more.
    weeks = block(2, "soft")
    assert weeks.cost("1A tue 17:00 2", "2A tue 17:00 8") == 8
    assert weeks.cost("1A tue 17:00 3", "2A tue 17:00 8") == 4
    assert weeks.cost("2A tue 17:00 8") == 16
    assert weeks.cost("1A tue 17:00 4", "2A tue 17:00 8") == 0
    assert block(2, "off").cost("2A tue 17:00 8") == 0


def test_weeks_that_are_left_out_of_the_comparison() -> None:
    # Weeks 1 and 2 with a race, tapering, or partial have nothing to be compared with.
    race = [{"date": "2026-09-20", "distance": "10k", "priority": "C"}]
    assert not block(races=race).forbids("2A tue 17:00 8")
    assert not block(phases=["build", "taper"]).forbids("2A tue 17:00 8")
    assert not block(start="2026-09-08").forbids("2A tue 17:00 8")
    # With week 2 lighter, week 3 is compared with week 1.
    over = block(3, also={"deload_weeks": "hard"}, running={"cutback_weeks": [2]})
    assert not over.forbids("1A tue 17:00 4", "3A tue 17:00 8")
    assert over.forbids("2A tue 17:00 4", "3A tue 17:00 8")


def test_the_week_that_allowed_most_is_the_measure() -> None:
    # No lift is wanted in week 2: week 3 is compared with week 1.
    gap = block(3, lifts=[1, 0, 1])
    assert not gap.forbids("1A tue 17:00 4", "3A tue 17:00 8")
    assert gap.forbids("1A tue 17:00 3", "3A tue 17:00 8")


def test_every_version_is_judged_alike() -> None:
    free = {"tue": ["17:00-18:00"], "fri": ["17:00-18:00"]}
    small = [session("A", back_squat=[1, 6])]
    assert block(free=free, grid=60, sessions=small).agreement().both_outcomes
    assert block(2, "soft", free=free, grid=60, sessions=small).agreement().both_prices
    three = [session("A", back_squat=[2, 5])]
    assert block(3, free={"tue": ["17:00-18:00"]}, grid=60, sessions=three).agreement().both_outcomes
