"""deload_weeks: lighter weeks, with the cutbacks in running where there are any."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from weeks import Trial, only, session

RULE = "deload_weeks"
RUNS = {"tue": "easy 07:00 60 10"}
SQUATS = session("A", back_squat=[2, 5])  # a lighter week allows 60 %: three
FIXED = {"cutback_weeks": [2]}


def block(weeks: int, settings: Any = "hard", **more: Any) -> Trial:
    return only(RULE, settings, weeks=weeks, **{"sessions": [SQUATS], **more})


def running(distances: Sequence[float], **more: Any) -> Trial:
    return block(len(distances), runs=RUNS, distances=distances, **more)


def lighter(trial: Trial) -> list[list[int]]:
    """The patterns to choose from, by week number."""
    return [sorted(index + 1 for index in pattern) for pattern in trial.patterns()]


def test_cutback_weeks_are_lighter() -> None:
    weeks = running([10, 10, 10, 7])
    assert lighter(weeks) == [[4]]
    assert weeks.shares() == [1, 1, 1, 0.6]
    assert weeks.tops() == [5, 5, 5, 3]
    # They are the run plan's, and cost nothing.
    assert weeks.cost() == 0


def test_what_a_cutback_is() -> None:
    # 85 % of the most of the three weeks before is one, 86 % is not.
    assert lighter(running([10, 10, 8.5])) == [[3]]
    assert lighter(running([10, 10, 8.6])) == [[]]
    # A lighter week after a lighter week is a new level.
    assert lighter(running([10, 7, 7])) == [[2]]
    # The runner's word holds against the distances.
    assert lighter(running([10, 10, 7], running={"cutback_weeks": [1]})) == [[1]]


def test_without_cutbacks_every_fourth_week_or_a_little_later() -> None:
    assert lighter(block(3)) == [[]]
    assert lighter(block(4)) == [[4]]
    assert lighter(block(8)) == [[4, 8], [5], [6], [7]]
    assert lighter(block(6, {"hard": True, "every_weeks": 3})) == [[3, 6], [4], [5]]


def test_sets_given_up_for_the_pattern_cost() -> None:
    # A point a set: five squats become three in each lighter week.
    assert block(8).cost() == 4
    assert block(8, pattern=1).cost() == 2
    # 0.4: two are left.
    assert block(8, {"hard": True, "factor": 0.4}, pattern=1).cost() == 3
    assert block(8, {"hard": True, "weight": 7}, pattern=1).cost() == 14
    assert block(8, "off").cost() == 0


def test_the_best_pattern_is_taken() -> None:
    # Nothing is lifted in week 6, so that a lighter week 6 gives up nothing; week 5 would give up two sets.
    result = block(7, lifts=[1, 1, 1, 1, 1, 0, 1], also={"planned_sets": "soft"}).solve()
    assert result.objective == 0
    assert result.plan is not None
    assert [week.week for week in result.plan.weeks if week.deload] == [6]
    # With the same lifts every week one lighter week costs less than two; the earliest is taken.
    even = block(8, also={"planned_sets": "soft", "sessions_per_week": "hard"}).solve()
    assert even.objective == 2
    assert even.plan is not None
    assert [week.week for week in even.plan.weeks if week.deload] == [5]


def test_load_and_floors_hold() -> None:
    # 0.4 of 4 squats is 1.6, so 2; of 3 presses 1.2, so 1.
    both = session("A", back_squat=4, pallof_press=3)
    weeks = block(2, {"hard": True, "factor": 0.4}, running=FIXED, sessions=[both])
    assert weeks.tops() == [7, 3]


def test_hard_no_set_above_is_offered_or_accepted() -> None:
    hard, off = block(2, running=FIXED), block(2, "off", running=FIXED)
    assert not hard.refuses(off, "1A tue 17:00 5")
    assert not hard.refuses(off, "2A tue 17:00 3")
    assert hard.refuses(off, "2A tue 17:00 4")


def test_soft_sets_above_are_bought_dearly() -> None:
    # Four times the weight of a point: no pattern pays that buys its sets back.
    weeks = block(2, "soft", running=FIXED)
    assert weeks.cost("2A tue 17:00 5") == 8
    assert weeks.cost("2A tue 17:00 4") == 4
    assert weeks.cost("2A tue 17:00 3") == 0
    # Where the pattern is a choice, its two sets are paid for too.
    assert block(4, "soft").cost("4A tue 17:00 5") == 2 + 8


def test_every_version_is_judged_alike() -> None:
    free = {"tue": ["17:00-18:00"], "fri": ["17:00-18:00"]}
    assert block(2, "soft", running=FIXED, free=free, grid=60).agreement().both_prices
    assert block(2, running=FIXED, free=free, grid=60).agreement().kept > 0
    for pattern in (0, 1):
        chosen = block(5, "soft", lifts=[1, 0, 0, 1, 0], free=free, grid=60, pattern=pattern)
        seen = chosen.agreement()
        # The second pattern makes week 5 light, which has no lifts.
        assert (seen.paid, seen.free) == ((seen.kept, 0) if pattern == 0 else (0, seen.kept))
