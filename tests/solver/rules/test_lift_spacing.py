"""lift_spacing: the same muscles want two days, and three after the full dose."""

from __future__ import annotations

from typing import Any

from weeks import CORE, HEAVY, LEGS, Trial, named, only

RULE = "lift_spacing"


def pair(settings: Any = "hard", one: Any = LEGS, two: Any = LEGS, **more: Any) -> Trial:
    return only(RULE, settings, sessions=[one, named(two, "B")], lifts=2, **more)


def test_hours_from_start_to_start() -> None:
    week = pair()
    # Tuesday 18:00 is 24 h after Monday 18:00, 17:45 is 23 h 45.
    assert not week.forbids("1A mon 18:00", "1B tue 18:00")
    assert week.forbids("1A mon 18:00", "1B tue 17:45")
    assert week.forbids("1B mon 18:00", "1A tue 17:45")
    assert week.forbids("1A mon 08:00", "1B mon 18:00")


def test_over_the_end_of_a_week() -> None:
    weeks = only(RULE, weeks=2)
    assert weeks.forbids("1A sun 18:00", "2A mon 17:45")
    assert not weeks.forbids("1A sun 18:00", "2A mon 18:00")


def test_other_hours() -> None:
    longer = pair({"hard": True, "hard_hours": 48})
    assert longer.forbids("1A mon 18:00", "1B wed 17:45")
    assert not longer.forbids("1A mon 18:00", "1B wed 18:00")
    none = pair({"hard": True, "hard_hours": 0})
    assert not none.forbids("1A mon 18:00", "1B mon 20:00")


def test_light_lifts_are_not_meant() -> None:
    assert pair(two=CORE).cost("1A mon 18:00", "1B mon 20:00") == 0


def test_days_short_are_priced_also_where_the_rule_is_hard() -> None:
    for strength in ("hard", "soft"):
        week = pair(strength)
        # 15 points a day: two days are wanted, Tuesday to Wednesday is one.
        assert week.cost("1A tue 18:00", "1B wed 18:00") == 15
        assert week.cost("1A tue 18:00", "1B thu 06:00") == 0
    assert pair("soft").cost("1A tue 06:00", "1B tue 20:00") == 30
    # The same at the edges of the block.
    assert pair("soft").cost("1A mon 06:00", "1B mon 20:00") == 30
    assert pair("soft").cost("1A sun 06:00", "1B sun 20:00") == 30
    assert pair("off").cost("1A mon 06:00", "1B mon 20:00") == 0


def test_two_full_doses_want_three_days() -> None:
    week = pair(one=HEAVY, two=HEAVY)
    assert week.cost("1A tue 18:00", "1B fri 18:00") == 0
    assert week.cost("1A tue 18:00", "1B thu 18:00") == 15
    # One day apart is one short of the 2 of loaded lifts, and two short of the 3 of full doses.
    assert week.cost("1A tue 18:00", "1B wed 18:00") == 45
    # A full and a smaller dose are two loaded lifts.
    assert pair(one=HEAVY).cost("1A tue 18:00", "1B thu 18:00") == 0


def test_the_last_lift_before_the_block_counts() -> None:
    # Sunday the 6th to Monday the 7th is one day, Saturday to Monday two.
    assert only(RULE, history={"last_lift": "2026-09-06"}).cost("1A mon 18:00") == 15
    assert only(RULE, history={"last_lift": "2026-09-06"}).cost("1A tue 18:00") == 0
    assert only(RULE, history={"last_lift": "2026-09-05"}).cost("1A mon 18:00") == 0


def test_every_pair_is_judged_alike() -> None:
    free = {"mon": ["17:00-20:00"], "tue": ["17:00-20:00"], "wed": ["06:00-08:00"], "fri": ["17:00-18:00"]}
    both: dict[str, Any] = {"one": HEAVY, "two": HEAVY, "free": free}
    # A full dose, a loaded one (2 + 2 x 0.7) and one that does not load the legs (2 x 0.7).
    for grid, listed in ((30, [(4, 4)]), (60, [(4, 4), (2, 2), (0, 2)])):
        seen = pair(grid=grid, listed=listed, **both).agreement()
        assert seen.both_outcomes
        assert seen.both_prices
    before = {"last_lift": "2026-09-06"}
    four = {"hard": False, "days": 3, "heavy_days": 4}
    assert pair(four, grid=60, listed=[(4, 4), (2, 2)], history=before, **both).agreement().both_prices
