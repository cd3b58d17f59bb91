"""Breaks that are known before anything is planned: which weeks are a return, and after how many days."""

from __future__ import annotations

from typing import Any

import pytest
from blocks import context_of

# Weeks begin on 7, 14, 21 and 28 September, 5 and 12 October.
TUESDAY: dict[str, Any] = {"availability": {"tue": ["17:00-19:00"]}}
DAILY: dict[str, Any] = {"availability": {"weekdays": ["17:00-19:00"], "weekend": ["10:00-12:00"]}}


def returns(weeks: int = 6, **more: Any) -> dict[int, int]:
    """Numbers of the weeks that are a return, and the days before them."""
    data: dict[str, Any] = {
        "start": "2026-09-07",
        "weeks": weeks,
        "athlete": DAILY,
        "runs": {"week": {"wed": {"type": "easy", "start": "07:00", "minutes": 45}}},
        "strength": {"sessions_per_week": 1},
    }
    found = context_of(data | more).returns
    return {week + 1: away for week, away in found.items()}


def away(*dates: str, **more: Any) -> dict[str, Any]:
    return {"athlete": {**DAILY, "blocked": list(dates)}} | more


def test_without_a_break_no_week_is_a_return() -> None:
    assert returns() == {}
    assert returns(athlete=TUESDAY) == {}


@pytest.mark.parametrize(
    ("until", "expected"),
    [
        ("2026-09-26", {}),  # Monday 14th to Saturday 26th: 13 days
        ("2026-09-27", {4: 14}),  # to Sunday: 14, and week 4 is the first after it
        ("2026-09-28", {4: 15}),
        ("2026-10-04", {5: 21}),
    ],
)
def test_thirteen_blocked_days_are_no_break_and_fourteen_are(until: str, expected: dict[int, int]) -> None:
    assert returns(**away(f"2026-09-14..{until}")) == expected


def test_a_week_off_is_no_break() -> None:
    assert returns(**away("2026-09-14..2026-09-20")) == {}
    # Where only Tuesdays are free a week off makes 13 days: from the 9th to the 21st.
    assert returns(athlete=TUESDAY | {"blocked": ["2026-09-14..2026-09-20"]}) == {}
    # A second one makes 20.
    assert returns(athlete=TUESDAY | {"blocked": ["2026-09-14..2026-09-27"]}) == {4: 20}


def test_a_break_may_begin_and_end_within_a_week() -> None:
    # From Thursday of week 1 to Wednesday of week 3: 14 days, and Thursday of week 3 is the first.
    assert returns(**away("2026-09-10..2026-09-23")) == {3: 14}


def test_a_lift_that_could_stand_ends_a_break() -> None:
    # Twice ten days with a free Thursday (the 24th) between them.
    assert returns(**away("2026-09-14..2026-09-23", "2026-09-25..2026-10-04")) == {}
    assert returns(**away("2026-09-14..2026-09-23", "2026-09-24..2026-10-04")) == {5: 21}


def test_days_without_a_window_are_a_break() -> None:
    # Free on Tuesdays but those of weeks 2 and 3: from the 9th to the 28th.
    free = {"tue": ["17:00-19:00"], "2026-09-15": [], "2026-09-22": []}
    assert returns(athlete={"availability": free}) == {4: 20}
    # A run that fills the window leaves none: with ten minutes to change it ends where the run begins.
    full = {"type": "easy", "start": "17:00", "minutes": 120}
    runs = {"week": {}, "dates": {"2026-09-15": full, "2026-09-22": full}}
    assert returns(athlete=TUESDAY, runs=runs) == {4: 20}
    assert returns(athlete=TUESDAY, runs=runs, rules={"no_overlap_with_run": "off"}) == {}


def test_weeks_in_which_no_lift_is_wanted_are_a_break() -> None:
    def wanted(*sessions: int) -> dict[str, Any]:
        return {"strength": {"sessions_per_week": list(sessions)}}

    # A week without one is seven days; two are fourteen.
    assert returns(**wanted(1, 0, 1, 1, 1, 1)) == {}
    assert returns(**wanted(1, 0, 0, 1, 1, 1)) == {4: 14}
    assert returns(**wanted(1, 0, 0, 0, 1, 1)) == {5: 21}
    # At first nothing is known of the time before.
    assert returns(**wanted(0, 0, 1, 1, 1, 1)) == {}


def test_sessions_that_take_turns_are_no_break() -> None:
    # Each of two sessions, and what it holds, is done every second week: 13 days lie between.
    turns: dict[str, Any] = {"strength": {"sessions_per_week": 1, "program": "runner_two_day"}}
    assert returns(athlete=TUESDAY, **turns) == {}
    # Of three every third week.
    three: dict[str, Any] = {"strength": {"sessions_per_week": 1, "program": "runner_three_day"}}
    assert returns(athlete=TUESDAY, **three) == {}


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        ("2026-08-24", {}),  # 25 August to 6 September: 13 days
        ("2026-08-23", {1: 14}),
        ("2026-07-20", {1: 48}),
        ("2026-09-06", {}),
    ],
)
def test_days_since_the_last_lift_are_a_break(last: str, expected: dict[int, int]) -> None:
    assert returns(history={"last_lift": last}) == expected


def test_without_a_last_lift_nothing_is_known_of_the_time_before() -> None:
    assert returns(**away("2026-09-07..2026-09-27")) == {}
    # With one, what is blocked at first adds to it: from the 7th to the 27th.
    assert returns(**away("2026-09-07..2026-09-27"), history={"last_lift": "2026-09-06"}) == {4: 21}
    # A block that begins on a Thursday: no room until Tuesday, 5 + 8 days.
    late: dict[str, Any] = {"start": "2026-09-10", "athlete": TUESDAY}
    assert returns(**late, history={"last_lift": "2026-09-02"}) == {}
    assert returns(**late, history={"last_lift": "2026-08-31"}) == {2: 14}


def test_there_may_be_several() -> None:
    twice = away("2026-09-14..2026-09-27", "2026-10-05..2026-10-18")
    assert returns(8, **twice) == {4: 14, 7: 14}


def test_the_rule_says_how_long_a_break_is() -> None:
    ten: dict[str, Any] = {"rules": {"return_from_break": {"days": 10}}}
    assert returns(**away("2026-09-14..2026-09-22"), **ten) == {}  # nine days
    assert returns(**away("2026-09-14..2026-09-23"), **ten) == {3: 10}
    assert returns(**away("2026-09-14..2026-10-04"), rules={"return_from_break": "off"}) == {}
    # Where travel is no obstacle there is no break.
    assert returns(**away("2026-09-14..2026-10-04"), rules={"blocked_dates": "soft"}) == {}
