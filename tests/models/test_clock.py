"""The clock: words into minutes and back, and what is refused."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mesocycle.models.clock import (
    Window,
    format_day,
    format_hours,
    format_time,
    monday_of,
    parse_day,
    parse_days,
    parse_time,
    parse_weekday,
    parse_window,
    weekday_name,
    weeks_text,
)


@pytest.mark.parametrize(
    ("text", "minute"),
    [
        ("6:30", 390),  # 6 x 60 + 30; PyYAML would have made the same number a sexagesimal integer
        ("06:30", 390),
        (" 06:30 ", 390),
        ("00:00", 0),
        ("0:00", 0),
        ("23:59", 1439),
        ("6:30pm", 18 * 60 + 30),
        ("6.30 pm", 18 * 60 + 30),
        ("6:30 PM", 18 * 60 + 30),
        ("6 a.m.", 360),
        ("12am", 0),  # midnight begins the day
        ("12:30 pm", 12 * 60 + 30),
        ("18h30", 18 * 60 + 30),
        ("18h", 18 * 60),
        ("24:00", 1440),  # the end of the day, so that a window may run to midnight
        (0, 0),
        (1440, 1440),
    ],
)
def test_a_time_of_day_is_minutes_since_midnight(text: Any, minute: int) -> None:
    assert parse_time(text) == minute


@pytest.mark.parametrize(
    "value",
    ["6.30", "630", "6:3", "6:300", "-6:30", "six", "6", "6:30 xm", None, True, False, 6.5, [6, 30]],
)
def test_what_is_no_time_of_day(value: Any) -> None:
    with pytest.raises(ValueError, match='a time of day is written like "06:30"'):
        parse_time(value)


@pytest.mark.parametrize("value", ["24:01", "25:00", "6:60", "99:99"])
def test_a_time_of_day_past_midnight(value: str) -> None:
    with pytest.raises(ValueError, match="lies between 00:00 and 24:00"):
        parse_time(value)


@pytest.mark.parametrize("value", ["13pm", "0:30am", "13:30 pm"])
def test_half_a_day_has_twelve_hours(value: str) -> None:
    with pytest.raises(ValueError, match="with am or pm the hours go from 1 to 12"):
        parse_time(value)


@pytest.mark.parametrize("value", [-1, 1441, 10**30])
def test_a_number_is_minutes_of_one_day(value: int) -> None:
    with pytest.raises(ValueError, match="a time of day is written like"):
        parse_time(value)


@pytest.mark.parametrize(
    ("minute", "text"),
    [
        (390, "06:30"),
        (0, "00:00"),
        (1439, "23:59"),
        (1440, "24:00"),
        (1441, "00:01"),  # a moment of day 1: the day is left out
        (10 * 1440 + 390, "06:30"),
        (-1, "23:59"),  # the day before the block
    ],
)
def test_times_are_written_with_two_digits(minute: int, text: str) -> None:
    assert format_time(minute) == text


@given(st.integers(0, 1440))
def test_every_minute_of_the_day_survives_writing_and_reading(minute: int) -> None:
    assert parse_time(format_time(minute)) == minute


def test_a_window_is_read_and_written() -> None:
    window = parse_window("6:00 - 8:30")
    assert window == Window(360, 510)
    assert str(window) == "06:00-08:30"
    assert parse_window(window) is window
    assert str(parse_window("22:00-24:00")) == "22:00-24:00"


@pytest.mark.parametrize(
    "value", ["17:00", "17:00-18:00-19:00", "17:00 to 20:00", 17, None, ["17:00", "20:00"]]
)
def test_what_is_no_window(value: Any) -> None:
    with pytest.raises(ValueError, match='a window is written like "17:00-20:00"'):
        parse_window(value)


@pytest.mark.parametrize(
    ("text", "window"),
    [
        ("6:30am-8am", "06:30-08:00"),
        ("6 am \u2013 8.30 am", "06:00-08:30"),
        ("17:00-8pm", "17:00-20:00"),  # 17:00 is nothing but the afternoon
        ("17h-20h30", "17:00-20:30"),
    ],
)
def test_windows_in_other_forms(text: str, window: str) -> None:
    assert str(parse_window(text)) == window


@pytest.mark.parametrize(
    ("text", "readings"), [("6:30-8pm", "06:30 or 18:30"), ("6am-8:30", "08:30 or 20:30")]
)
def test_half_of_a_window_with_am_or_pm_is_in_doubt(text: str, readings: str) -> None:
    with pytest.raises(ValueError, match=f"the other may be {readings}: write both with it"):
        parse_window(text)


@pytest.mark.parametrize("value", ["22:00-06:00", "17:00-17:00", "24:00-00:00"])
def test_a_window_across_midnight_is_told_how_to_be_written(value: str) -> None:
    with pytest.raises(ValueError, match='across midnight, write one window a day: "22:00-24:00"'):
        parse_window(value)


def test_a_window_with_a_wrong_time() -> None:
    with pytest.raises(ValueError, match="lies between 00:00 and 24:00"):
        parse_window("17:00-25:00")


def test_days() -> None:
    assert parse_day("2026-09-07") == date(2026, 9, 7)
    assert parse_day(date(2026, 9, 7)) == date(2026, 9, 7)
    assert parse_day(" 2028-02-29 ") == date(2028, 2, 29)  # a leap year


@pytest.mark.parametrize(
    "text",
    [
        "07.12.2026",
        "7. 12. 2026",
        "7 Dec 2026",
        "7th December 2026",
        "7-dec-2026",
        "Dec 7, 2026",
        "December 7 2026",
        "Dec. 7th, 2026",
        "2026/12/07",
    ],
)
def test_days_whose_order_is_beyond_doubt(text: str) -> None:
    assert parse_day(text) == date(2026, 12, 7)


def test_slashes_are_read_where_only_one_order_is_possible() -> None:
    assert parse_day("13/12/2026") == parse_day("12/13/2026") == date(2026, 12, 13)
    assert parse_day("7/7/2026") == date(2026, 7, 7)
    assert parse_days("03.10.2026..05.10.2026") == (date(2026, 10, 3), date(2026, 10, 5))
    # May alone has a name of three letters; September is cut to four as well.
    assert parse_day("1 May 2027") == date(2027, 5, 1)
    assert parse_day("Sept 1, 2027") == date(2027, 9, 1)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("2026-02-29", "there is no such day"),  # no leap year
        ("2026-13-01", "there is no such day"),
        ("31.02.2026", "there is no such day"),
        ("32/13/2026", "there is no such day"),
        ("07/09/2026", "the day may be 2026-09-07 or 2026-07-09: write the one that is meant"),
        ("7 Sex 2026", "a date is written like 2026-09-07"),
        ("7.9.26", "a date is written like 2026-09-07"),
        ("2026-9-7", "a date is written like 2026-09-07"),
        ("2026-W37-1", "a date is written like 2026-09-07"),
        (20260907, "a date is written like 2026-09-07"),
        (True, "a date is written like 2026-09-07"),
        (datetime(2026, 9, 7, 12), "a date has no time of day"),
    ],
)
def test_what_is_no_day(value: Any, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        parse_day(value)


def test_ranges_of_days_hold_both_ends() -> None:
    first, last = date(2026, 10, 3), date(2026, 10, 5)
    assert parse_days("2026-10-03..2026-10-05") == (first, last)
    assert parse_days("2026-10-03 .. 2026-10-05") == (first, last)
    assert parse_days("2026-10-03") == (first, first)
    assert parse_days(first) == (first, first)
    assert parse_days((first, last)) == (first, last)
    # Ten years and a few leap days are the most; one day more is a slip of the pen.
    assert parse_days("2026-01-01..2036-01-08")[1] == date(2036, 1, 8)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("2026-10-05..2026-10-03", "the range ends before it starts"),
        ("2026-01-01..2036-01-10", "the range is longer than ten years"),
        ("2026-10-03..", "a date is written like"),
        ("..2026-10-03", "a date is written like"),
        ("2026-10-03...2026-10-05", "a date is written like"),
        (5, "a date is written like"),
    ],
)
def test_what_is_no_range(value: Any, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        parse_days(value)


@pytest.mark.parametrize("value", ["sun", "Sunday", "SUN", " sunday "])
def test_weekdays_are_read_short_and_long(value: str) -> None:
    assert parse_weekday(value) == "sun"


@pytest.mark.parametrize("value", ["su", "sonntag", "", 6, None, "weekend"])
def test_what_is_no_weekday(value: Any) -> None:
    with pytest.raises(ValueError, match="a weekday is one of mon, tue, wed, thu, fri, sat, sun"):
        parse_weekday(value)


@given(st.dates(date(1990, 1, 1), date(2200, 1, 1)))
def test_the_monday_of_a_day_is_a_monday_at_most_six_days_back(day: date) -> None:
    monday = monday_of(day)
    assert weekday_name(monday) == "Monday"
    assert 0 <= (day - monday).days <= 6


def test_days_and_hours_in_words() -> None:
    assert format_day(date(2026, 9, 15)) == "Tue 15 Sep"
    assert weekday_name(date(2026, 9, 15)) == "Tuesday"
    assert format_hours(43 * 60) == "43 h"
    assert format_hours(270) == "4 h 30"
    assert format_hours(61) == "1 h 01"
    assert format_hours(45) == "45 min"
    assert format_hours(0) == "0 min"


@pytest.mark.parametrize(
    ("numbers", "text"),
    [
        ([3], "week 3"),
        ([3, 4], "weeks 3 and 4"),
        ([3, 4, 5], "weeks 3 to 5"),
        ([1, 3], "weeks 1 and 3"),
        ([1, 2, 3, 5], "weeks 1 to 3 and 5"),
        ([1, 3, 5], "weeks 1, 3 and 5"),
        ([1, 2, 5, 6], "weeks 1, 2, 5 and 6"),
        ([3, 5, 6, 7, 9, 10], "weeks 3, 5 to 7, 9 and 10"),
    ],
)
def test_weeks_in_words(numbers: list[int], text: str) -> None:
    assert weeks_text(numbers) == text
