"""max_gap_without_strength: one session every second week does not hold strength."""

from __future__ import annotations

from typing import Any

from weeks import CORE, LEGS, Trial, named, only

RULE = "max_gap_without_strength"


def block(settings: Any = "hard", weeks: int = 2, **more: Any) -> Trial:
    return only(RULE, settings, weeks=weeks, **more)


def test_days_beyond_nine_are_priced() -> None:
    # 3 points a day: from Monday to Wednesday of week 2 are 9 days, to Thursday 10, to Sunday 13.
    weeks = block()
    assert weeks.cost("1A mon 18:00", "2A wed 18:00") == 0
    assert weeks.cost("1A mon 18:00", "2A thu 06:00") == 3
    assert weeks.cost("1A mon 18:00", "2A sun 06:00") == 12
    assert block("off").cost() == 0


def test_the_ends_of_the_block_count_as_lifts_just_outside() -> None:
    # First lift on day 9, Wednesday of week 2: the nine days before it are empty.
    assert block().cost("2A tue 18:00") == 0
    assert block().cost("2A wed 18:00") == 3
    # And after the lift of the first Monday 13 days are: 13 - 9 + 1 = 5 stretches of nine.
    assert block().cost("1A mon 18:00") == 15


def test_long_gaps_cost_more() -> None:
    # From Monday to Tuesday two weeks later are 15 days: 6 beyond 9 at 3 points, 1 beyond 14 at 6.
    assert block(weeks=3).cost("1A mon 18:00", "3A tue 18:00") == 6 * 3 + 6


def test_a_gap_is_never_longer_than_most_days() -> None:
    weeks = block({"hard": True, "most_days": 10})
    assert not weeks.forbids("1A mon 18:00", "2A thu 18:00")  # 10 days
    assert weeks.forbids("1A mon 18:00", "2A fri 06:00")  # 11 days
    # Soft, the days are priced all the same: 2 beyond 9.
    assert block({"hard": False, "most_days": 10}).cost("1A mon 18:00", "2A fri 06:00") == 6


def test_a_recent_lift_before_the_block_starts_the_first_gap() -> None:
    # From Tuesday 1 September to Thursday the 10th are 9 days, to Friday 10.
    recent = {"last_lift": "2026-09-01"}
    assert block(history=recent, weeks=1).cost("1A thu 18:00") == 0
    assert block(history=recent, weeks=1).cost("1A fri 18:00") == 3
    # Ten days before the block is a longer break than `days`: the first gap starts with the block.
    assert block(history={"last_lift": "2026-08-28"}, weeks=1).cost("1A fri 18:00") == 0


def test_who_is_exempt() -> None:
    for phases in (["build", "taper"], ["build", "recovery"]):
        assert block(phases=phases).cost("1A mon 18:00") == 0
    # Of the stretches of nine only those from Tuesday to Wednesday week, and before, miss Thursday the 17th.
    away = {"blocked": ["2026-09-17"]}
    assert block(athlete=away).cost("1A mon 18:00") == 3
    # A program without leg work has no gap; light lifts beside it do not end one.
    assert block(sessions=[CORE]).cost() == 0
    both = block(sessions=[LEGS, named(CORE, "B")], lifts=2)
    assert both.cost("1A mon 18:00", "2B mon 18:00", "2A sun 06:00") == 12


def test_every_block_is_judged_alike() -> None:
    hours = {day: ["17:00-18:00"] for day in ("mon", "wed", "fri", "sun")}
    seen = block({"hard": True, "most_days": 10}, free=hours, grid=60).agreement()
    assert seen.both_outcomes
    assert seen.both_prices
    recent = {"last_lift": "2026-09-04"}
    three = {day: ["17:00-18:00"] for day in ("mon", "thu", "sun")}
    assert block("soft", weeks=3, free=three, grid=60, history=recent).agreement().both_prices
