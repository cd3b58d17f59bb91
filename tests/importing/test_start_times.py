"""Start times for runs that have none: the more special part wins, and what cannot be read says so."""

from __future__ import annotations

from datetime import date

import pytest

from mesocycle.importing.times import LIFT, SECOND_RUN, StartTimes, parse_start_times

TUESDAY, SATURDAY, SUNDAY = date(2026, 9, 8), date(2026, 9, 12), date(2026, 9, 13)


def test_a_time_alone_is_for_every_day() -> None:
    times = parse_start_times("06:30")
    assert [times.of(day) for day in (TUESDAY, SATURDAY, SUNDAY)] == [390, 390, 390]
    assert (times.second, times.lift) == (SECOND_RUN, LIFT)


@pytest.mark.parametrize(
    "text",
    ["06:30, weekend 08:00, sun 09:00", "sun 09:00,weekend 8:00,06:30", "Sunday 9:00, 6:30, WEEKEND 08:00"],
)
def test_the_more_special_part_wins_in_any_order(text: str) -> None:
    times = parse_start_times(text)
    assert [times.of(day) for day in (TUESDAY, SATURDAY, SUNDAY)] == [390, 480, 540]


def test_second_runs_and_lifts_have_times_of_their_own() -> None:
    times = parse_start_times("weekdays 06:00, pm 18:15, lift 19:00")
    assert (times.of(TUESDAY), times.of(SUNDAY)) == (360, None)
    assert (times.second, times.lift) == (18 * 60 + 15, 19 * 60)


@pytest.mark.parametrize(
    ("text", "minute"),
    [("6:30am", 390), ("6am", 360), ("6", 360), ("6.30", 390), ("12am", 0), ("12:15pm", 735), ("7PM", 1140)],
)
def test_times_may_be_written_as_they_are_spoken(text: str, minute: int) -> None:
    assert parse_start_times(text).of(TUESDAY) == minute


def test_nothing_said_leaves_runs_without_a_time() -> None:
    assert StartTimes().of(TUESDAY) is None


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("", "'' cannot be read: a time of day is written like"),
        ("6:3", "'6:3' cannot be read: a time of day"),
        ("13pm", "'13pm' cannot be read: with am or pm the hours go from 1 to 12"),
        ("noon", "'noon' cannot be read: a time of day"),
        ("moonday 06:30", "'moonday 06:30' cannot be read: write it like"),
        ("on mon 06:30", "'on mon 06:30' cannot be read: write it like"),
        ("06:30, 25:00", "'25:00' cannot be read: a time of day lies between"),
        ("23:30", "'23:30' leaves no time to run before midnight"),
    ],
)
def test_what_cannot_be_read_is_quoted_with_what_would_be_right(text: str, wrong: str) -> None:
    with pytest.raises(ValueError, match=f"^{wrong}"):
        parse_start_times(text)
