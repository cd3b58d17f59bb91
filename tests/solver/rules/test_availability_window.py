"""availability_window: a plan that ignores the day's commitments is not followed."""

from __future__ import annotations

import numpy as np
import pytest
from blocks import build_problem
from weeks import only

RULE = "availability_window"
EVENING = {"tue": ["17:00-18:00"]}


def test_a_lift_fits_exactly_or_not() -> None:
    week = only(RULE, free=EVENING, grid=5)
    # The lift takes 20 min: 17:40 ends with the window, 17:45 five minutes after it.
    assert not week.forbids("1A tue 17:00")
    assert not week.forbids("1A tue 17:40")
    assert week.forbids("1A tue 17:45")
    assert week.forbids("1A tue 16:55")
    assert week.forbids("1A wed 17:00")


def test_travel_is_kept_free_at_both_ends() -> None:
    # 10 min each way leave 17:10-17:50.
    week = only(RULE, {"hard": True, "travel_minutes": 10}, free=EVENING, grid=5)
    assert not week.forbids("1A tue 17:10")
    assert not week.forbids("1A tue 17:30")
    assert week.forbids("1A tue 17:05")
    assert week.forbids("1A tue 17:35")


def test_windows_that_touch_are_one_and_others_are_not() -> None:
    assert not only(RULE, free={"tue": ["17:00-18:00", "18:00-19:00"]}, grid=5).forbids("1A tue 17:50")
    assert only(RULE, free={"tue": ["17:00-18:00", "18:10-19:00"]}, grid=5).forbids("1A tue 17:50")


def test_minutes_outside_are_priced() -> None:
    # 2 points for 10 min: 20 min outside are 4, 10 are 2, 5 are 1; 1 min (rounded half up) is none.
    week = only(RULE, "soft", free={"tue": ["17:00-18:00", "18:10-19:00"]}, grid=5)
    assert week.cost("1A tue 20:00") == 4
    assert week.cost("1A tue 17:50") == 2
    assert week.cost("1A tue 16:55") == 1
    assert week.cost("1A tue 17:15") == 0
    # With 10 min of travel 17:00 means from 16:50.
    travelling = only(RULE, {"hard": False, "travel_minutes": 10}, free=EVENING)
    assert travelling.cost("1A tue 17:00") == 2


def test_off_allows_every_waking_hour() -> None:
    assert only(RULE, "off", free=EVENING).cost("1A sun 05:00") == 0


def test_starts_that_are_not_listed_are_the_closed_ones() -> None:
    # Only tests list starts outside the windows; what is solved has the windows' starts alone.
    week = only(RULE, {"hard": True, "travel_minutes": 10}, free=EVENING, grid=5)
    context = week.context
    listed = build_problem(context, frozenset()).options
    everything = week.problem.options
    assert sorted(listed.start.tolist()) == sorted(everything.start[~week.grounded.closed()].tolist())
    assert 0 < len(listed) < len(everything)
    assert np.all(listed.day == 1)


@pytest.mark.uncounted
def test_every_start_is_judged_alike() -> None:
    assert only(RULE, free=EVENING, grid=30).agreement().both_outcomes
    assert only(RULE, "soft", free=EVENING, grid=30).agreement().both_prices
