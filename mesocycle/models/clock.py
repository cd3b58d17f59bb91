"""Time: the only place that turns words into minutes and back.

A *time of day* is minutes since midnight (0 to 1440). A *moment* is minutes since midnight of day 0
of the block, day 0 being the Monday of week 1; negative moments lie before the block.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Annotated, Any, NamedTuple

from pydantic import BeforeValidator, PlainSerializer, WithJsonSchema

MINUTES_PER_DAY = 1440
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
WEEKDAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
DAY_NAMES = tuple(name[:3] for name in WEEKDAY_NAMES)
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

_TIME = re.compile(r"^(\d{1,2}):(\d{2})$")


def parse_time(value: Any) -> int:
    """Read "6:30" as 390, minutes since midnight; "24:00" is the end of the day."""
    if isinstance(value, bool):
        raise ValueError('a time of day is written like "06:30"')
    if isinstance(value, int) and 0 <= value <= MINUTES_PER_DAY:
        return value
    match = _TIME.match(value.strip()) if isinstance(value, str) else None
    if match is None:
        raise ValueError('a time of day is written like "06:30"')
    hours, minutes = int(match[1]), int(match[2])
    if minutes > 59 or hours * 60 + minutes > MINUTES_PER_DAY:
        raise ValueError("a time of day lies between 00:00 and 24:00")
    return hours * 60 + minutes


def format_time(minute: int) -> str:
    """Write a moment or a time of day as "06:30"; the day is left out."""
    if minute == MINUTES_PER_DAY:
        return "24:00"
    minute %= MINUTES_PER_DAY
    return f"{minute // 60:02d}:{minute % 60:02d}"


class Window(NamedTuple):
    """A range of minutes since midnight on one day; the end is not part of it."""

    start_minute: int
    end_minute: int

    def __str__(self) -> str:
        return f"{format_time(self.start_minute)}-{format_time(self.end_minute)}"


def parse_window(value: Any) -> Window:
    """Read "17:00-20:00"."""
    if isinstance(value, Window):
        return value
    if not isinstance(value, str) or value.count("-") != 1:
        raise ValueError('a window is written like "17:00-20:00"')
    start, end = (parse_time(part) for part in value.split("-"))
    if start >= end:
        raise ValueError(
            "a window ends after it starts; across midnight, write one window a day: "
            '"22:00-24:00", and "00:00-06:00" the day after'
        )
    return Window(start, end)


# When the words for a part of the day begin and end.
PARTS_OF_DAY = {
    "morning": Window(5 * 60, 12 * 60),
    "midday": Window(11 * 60, 14 * 60),
    "afternoon": Window(12 * 60, 18 * 60),
    "evening": Window(17 * 60, 22 * 60),
}


def parse_hours(value: Any) -> Window:
    """Read "17:00-19:00", or a part of the day such as morning."""
    text = value.strip().lower() if isinstance(value, str) else ""
    if text in PARTS_OF_DAY:
        return PARTS_OF_DAY[text]
    try:
        return parse_window(value)
    except ValueError as error:
        if ":" in text:
            raise
        words = ", ".join(PARTS_OF_DAY)
        raise ValueError(f'hours are written like "17:00-19:00", or as one of {words}') from error


def parse_day(value: Any) -> date:
    """Read a date as YAML gives it, or as text like "2026-09-07"."""
    if isinstance(value, datetime):
        raise ValueError("a date has no time of day: write it like 2026-09-07")
    if isinstance(value, date):
        return value
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value.strip()):
        try:
            return date.fromisoformat(value.strip())
        except ValueError as error:
            raise ValueError(f"there is no such day: {error}") from None
    raise ValueError("a date is written like 2026-09-07")


def parse_days(value: Any) -> tuple[date, date]:
    """Read one date, or a range "2026-10-03..2026-10-05" with both ends included."""
    if isinstance(value, tuple) and len(value) == 2:
        first, last = parse_day(value[0]), parse_day(value[1])
    elif isinstance(value, str) and ".." in value:
        head, _, tail = value.partition("..")
        first, last = parse_day(head), parse_day(tail)
    else:
        first = last = parse_day(value)
    if last < first:
        raise ValueError("the range ends before it starts")
    if (last - first).days > 3660:
        raise ValueError("the range is longer than ten years")
    return first, last


def parse_weekday(value: Any) -> str:
    """Read "sun", "Sunday" or "SUN" as "sun"."""
    text = value.strip().lower() if isinstance(value, str) else ""
    for short, name in zip(WEEKDAYS, WEEKDAY_NAMES, strict=True):
        if text in (short, name.lower()):
            return short
    raise ValueError(f"a weekday is one of {', '.join(WEEKDAYS)}")


def monday_of(day: date) -> date:
    """Return the Monday on or before a day."""
    return day - timedelta(days=day.weekday())


def weekday_name(day: date) -> str:
    """Return a date's weekday: "Tuesday"."""
    return WEEKDAY_NAMES[day.weekday()]


def format_day(day: date) -> str:
    """Return "Tue 15 Sep"."""
    return f"{DAY_NAMES[day.weekday()]} {day.day} {MONTHS[day.month - 1]}"


def format_hours(minutes: int) -> str:
    """Return "43 h" or "4 h 30" for a number of minutes; under an hour "45 min"."""
    hours, rest = divmod(minutes, 60)
    if hours == 0:
        return f"{rest} min"
    return f"{hours} h {rest:02d}" if rest else f"{hours} h"


def weeks_text(weeks: Iterable[int]) -> str:
    """Name weeks in a sentence: "week 5", "weeks 5 to 9", "weeks 3, 5 and 7 to 9"."""
    numbers = sorted(weeks)
    ranges: list[list[int]] = []
    for week in numbers:
        if ranges and week == ranges[-1][-1] + 1:
            ranges[-1].append(week)
        else:
            ranges.append([week])
    parts: list[str] = []
    for span in ranges:
        parts += [f"{span[0]} to {span[-1]}"] if len(span) > 2 else [str(week) for week in span]
    text = " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)
    return f"week{'s' if len(numbers) > 1 else ''} {text}"


def as_time(minute: int) -> time:
    """A minute of the day as Python has it; 24:00 is midnight."""
    return time(*divmod(minute % MINUTES_PER_DAY, 60))


TimeOfDay = Annotated[
    int,
    BeforeValidator(parse_time),
    PlainSerializer(format_time, return_type=str),
    WithJsonSchema({"type": "string", "pattern": r"^([01]?\d|2[0-4]):[0-5]\d$", "examples": ["06:30"]}),
]
TimeWindow = Annotated[
    Window,
    BeforeValidator(parse_window),
    PlainSerializer(str, return_type=str),
    WithJsonSchema(
        {"type": "string", "pattern": r"^\d{1,2}:\d{2}-\d{1,2}:\d{2}$", "examples": ["17:00-20:00"]}
    ),
]
Hours = Annotated[
    Window,
    BeforeValidator(parse_hours),
    PlainSerializer(str, return_type=str),
    WithJsonSchema(
        {
            "type": "string",
            "pattern": rf"^({'|'.join(PARTS_OF_DAY)}|\d{{1,2}}:\d{{2}}-\d{{1,2}}:\d{{2}})$",
            "examples": ["morning", "17:00-19:00"],
        }
    ),
]
Day = Annotated[
    date,
    BeforeValidator(parse_day),
    WithJsonSchema({"type": "string", "format": "date", "examples": ["2026-09-07"]}),
]
DayRange = Annotated[
    tuple[date, date],
    BeforeValidator(parse_days),
    PlainSerializer(lambda r: r[0].isoformat() if r[0] == r[1] else f"{r[0]}..{r[1]}", return_type=str),
    WithJsonSchema(
        {
            "type": "string",
            "pattern": r"^\d{4}-\d{2}-\d{2}(\.\.\d{4}-\d{2}-\d{2})?$",
            "examples": ["2026-10-03..2026-10-05"],
        }
    ),
]
Weekday = Annotated[
    str,
    BeforeValidator(parse_weekday),
    WithJsonSchema({"type": "string", "enum": list(WEEKDAYS)}),
]
