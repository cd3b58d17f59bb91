"""weekly_sets_per_pattern: four to eight sets a week of each movement."""

from __future__ import annotations

from typing import Any

from weeks import LEGS, Trial, named, only, session

RULE = "weekly_sets_per_pattern"
SQUATS = session("A", back_squat=[2, 10])
RUNS = {"tue": "easy 07:00 60 10"}


def bands(hard: bool = False, **own: list[int]) -> dict[str, Any]:
    return {"hard": hard, "bands": own}


def block(settings: Any, **more: Any) -> Trial:
    return only(RULE, settings, **{"sessions": [SQUATS], **more})


def test_half_sets_outside_the_band_are_points() -> None:
    week = block(bands(squat=[4, 8]))
    for sets, points in ((2, 4), (3, 2), (4, 0), (8, 0), (9, 2), (10, 4)):
        assert week.cost(f"1A tue 17:00 {sets}") == points, sets
    assert week.cost() == 8
    assert block("off").cost("1A tue 17:00 2") == 0


def test_hard_they_stay_inside() -> None:
    week = block(bands(hard=True, squat=[4, 8]))
    assert week.forbids("1A tue 17:00 3")
    assert not week.forbids("1A tue 17:00 4")
    assert not week.forbids("1A tue 17:00 8")
    assert week.forbids("1A tue 17:00 9")


def test_a_second_pattern_counts_by_half() -> None:
    # Four split squats are two squats.
    split = block(bands(squat=[2, 8]), sessions=[session("A", split_squat=[2, 4])])
    assert split.cost("1A tue 17:00 4") == 0
    assert split.cost("1A tue 17:00 3") == 1
    assert split.cost("1A tue 17:00 2") == 2


def test_the_sessions_of_a_week_add_up() -> None:
    two = block(bands(squat=[4, 5]), sessions=[LEGS, named(LEGS, "B")], lifts=2)
    assert two.cost("1A tue 17:00", "1B fri 17:00") == 2
    assert two.cost("1A tue 17:00") == 2


def test_no_more_is_asked_than_the_week_holds() -> None:
    # Three squats are all there are: said, and charged only where they are left out.
    week = block(bands(squat=[4, 8]), sessions=[LEGS])
    assert week.cost("1A tue 17:00") == 0
    assert week.cost() == 6
    assert week.told() == [("squat", ())]
    assert block(bands(squat=[3, 8]), sessions=[LEGS]).told() == []
    # What the program does not hold at all is another rule's to say.
    assert block(bands(calf=[4, 8])).told() == []
    assert block(bands(calf=[4, 8])).cost() == 0


def test_weeks_that_allow_less_are_asked_for_less() -> None:
    also = {"set_trim_by_mileage": "hard"}
    trimmed = block(bands(squat=[3, 8]), runs=RUNS, distances=[4, 8.5, 10], weeks=3, also=also)
    assert trimmed.shares() == [1, 0.75, 0.5]
    # 6 half sets; 4.5, rounded up to 5; 3.
    assert trimmed.cost("1A tue 17:00 3", "2A tue 17:00 3", "3A tue 17:00 2") == 0
    assert trimmed.cost("1A tue 17:00 3", "2A tue 17:00 2", "3A tue 17:00 2") == 1
    assert trimmed.cost() == 6 + 5 + 3


def test_every_version_is_judged_alike() -> None:
    free = {"tue": ["17:00-18:00"], "fri": ["17:00-18:00"]}
    pair = {
        "sessions": [session("A", back_squat=[2, 4]), session("B", split_squat=[2, 4])],
        "lifts": 2,
        "free": free,
        "grid": 60,
    }
    assert block(bands(squat=[4, 5], single_leg=[3, 3]), **pair).agreement().both_prices
    assert block(bands(hard=True, squat=[4, 5]), **pair).agreement().both_outcomes
    also = {"set_trim_by_mileage": "soft"}
    soft = {"runs": RUNS, "distances": [5, 10], "weeks": 2, "also": also, "free": free, "grid": 60}
    squats = [session("A", back_squat=[2, 5])]
    assert block(bands(squat=[4, 4]), sessions=squats, **soft).agreement().both_prices
    # 20 min with both, so that one of the two is left out.
    tight = {"tue": ["17:00-17:18"], "fri": ["17:00-17:19"]}
    dropped = [session("A", back_squat=2, pallof_press=[2, 3])]
    assert block(bands(core=[3, 4]), sessions=dropped, free=tight).agreement().both_prices
