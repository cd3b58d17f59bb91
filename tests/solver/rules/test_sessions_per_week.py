"""sessions_per_week: some lifting is better than none."""

from __future__ import annotations

from typing import Any

from weeks import LEGS, Trial, named, only

RULE = "sessions_per_week"


def two(settings: Any = "soft", **more: Any) -> Trial:
    return only(RULE, settings, sessions=[LEGS, named(LEGS, "B")], lifts=2, **more)


def test_one_a_week_takes_place_even_where_the_rule_is_soft() -> None:
    assert two().forbids()
    assert not two().forbids("1B tue 17:00")
    least = two({"minimum": 2})
    assert least.forbids("1A tue 17:00")
    assert not least.forbids("1A tue 17:00", "1B fri 17:00")
    # No more than are wanted: with two a week, a minimum of three asks for two.
    assert not two({"minimum": 3}).forbids("1A tue 17:00", "1B fri 17:00")


def test_hard_asks_for_all() -> None:
    assert two("hard").forbids("1A tue 17:00")
    assert two("hard").cost("1A tue 17:00", "1B fri 17:00") == 0
    assert two("hard", phases=["taper"]).forbids("1A tue 17:00")


def test_a_session_left_out_costs() -> None:
    # 100 points each.
    assert two().cost("1A tue 17:00", "1B fri 17:00") == 0
    assert two().cost("1A tue 17:00") == 100
    assert two({"minimum": 0}).cost() == 200
    assert two("off").cost() == 0


def test_weeks_that_are_exempt() -> None:
    assert two(phases=["taper"]).cost() == 200
    assert two(phases=["recovery"]).cost() == 200
    race = [{"date": "2026-09-13", "distance": "10k", "priority": "C"}]
    assert two(races=race).cost() == 200
    # A block from Tuesday on is no full week; 2 x 6/7 = 1.7 lifts, rounded to 2.
    assert two(start="2026-09-08").cost() == 200
    # Four blocked days exempt a week, three do not.
    assert two(athlete={"blocked": ["2026-09-10..2026-09-13"]}).cost() == 200
    assert two(athlete={"blocked": ["2026-09-11..2026-09-13"]}).forbids()


def test_the_week_after_a_race_is_exempt_too() -> None:
    race = [{"date": "2026-09-13", "distance": "10k", "priority": "C"}]
    weeks = only(RULE, "soft", weeks=3, races=race)
    assert weeks.forbids("1A tue 17:00", "2A tue 17:00")
    assert weeks.cost("3A tue 17:00") == 200


def test_every_selection_is_judged_alike() -> None:
    free = {day: ["17:00-19:00"] for day in ("mon", "thu", "sat")}
    assert two("hard", free=free, grid=60).agreement().both_outcomes
    seen = two("soft", free=free, grid=60).agreement()
    assert seen.both_outcomes
    assert seen.both_prices
