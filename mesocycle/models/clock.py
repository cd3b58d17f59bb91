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

# "6:30", "18h30", "18h"; "6:30 pm", "6.30pm", "6 PM". A point alone does not do: 6.30 may be a number.
_CLOCK = re.compile(
    r"^(?:(?P<hours>\d{1,2})(?:(?::|h)(?P<minutes>\d{2})|h)"
    r"|(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2}))?\s*(?P<half>[ap])\.?m\.?)$",
    re.IGNORECASE,
)
_TIME_FORM = 'a time of day is written like "06:30" or "6:30 pm"'
_NOON = 12


def parse_time(value: Any) -> int:
    """Read "6:30" as 390, minutes since midnight; "24:00" is the end of the day."""
    if isinstance(value, bool):
        raise ValueError(_TIME_FORM)
    if isinstance(value, int) and 0 <= value <= MINUTES_PER_DAY:
        return value
    match = _CLOCK.match(value.strip()) if isinstance(value, str) else None
    if match is None:
        raise ValueError(_TIME_FORM)
    hours, minutes = int(match["hours"] or match["hour"]), int(match["minutes"] or match["minute"] or 0)
    if match["half"]:
        if not 1 <= hours <= _NOON:
            raise ValueError("with am or pm the hours go from 1 to 12")
        hours = hours % _NOON + _NOON * (match["half"].lower() == "p")
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
    """Read "17:00-20:00" or "6am-8am"."""
    if isinstance(value, Window):
        return value
    parts = re.split(r"[-–]", value) if isinstance(value, str) else []
    if len(parts) != 2:
        raise ValueError('a window is written like "17:00-20:00"')
    halves = [re.search(r"[ap]\.?m\.?\s*$", part, re.IGNORECASE) is not None for part in parts]
    start, end = (parse_time(part) for part in parts)
    without = (start, end)[halves.index(False)] if halves[0] != halves[1] else MINUTES_PER_DAY
    if without < (_NOON + 1) * 60:  # "6:30-8pm": which half of the day is 6:30?
        first, second = format_time(without % (_NOON * 60)), format_time(without % (_NOON * 60) + _NOON * 60)
        raise ValueError(
            f"one end has am or pm, the other may be {first} or {second}: write both with it, or both without"
        )
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


_DAY_FORM = "a date is written like 2026-09-07 or 7 Sep 2026"
_YEAR_FIRST = re.compile(r"^(?P<y>\d{4})(?:-(?P<m>\d{2})-(?P<d>\d{2})|/(?P<m2>\d{1,2})/(?P<d2>\d{1,2}))$")
_POINTS = re.compile(r"^(?P<d>\d{1,2})\.\s?(?P<m>\d{1,2})\.\s?(?P<y>\d{4})$")
_SLASHES = re.compile(r"^(\d{1,2})/(\d{1,2})/(\d{4})$")
_MONTH_WORD = r"(?P<m>[A-Za-z]{3,9})\.?"
_WORDED = (
    re.compile(rf"^(?P<d>\d{{1,2}})\.?(?:st|nd|rd|th)?[\s-]+{_MONTH_WORD}[\s,-]+(?P<y>\d{{4}})$"),
    re.compile(rf"^{_MONTH_WORD}\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y>\d{{4}})$"),
)
_MONTH_NAMES = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november", "december",
)  # fmt: skip


def parse_day(value: Any) -> date:
    """Read a date as YAML gives it, or as text whose order of day and month is beyond doubt.

    "2026-09-07", "2026/09/07", "07.09.2026" (the day first), "7 Sep 2026", "Sep 7, 2026", "13/09/2026".
    """
    if isinstance(value, datetime):
        raise ValueError("a date has no time of day: write it like 2026-09-07")
    if isinstance(value, date):
        return value
    found = _day_parts(value.strip()) if isinstance(value, str) else None
    if found is None:
        raise ValueError(_DAY_FORM)
    try:
        return date(*found)
    except ValueError as error:
        raise ValueError(f"there is no such day: {error}") from None


def _day_parts(text: str) -> tuple[int, int, int] | None:
    """Year, month and day of a written date; None if it is none."""
    if match := _YEAR_FIRST.match(text):
        return int(match["y"]), int(match["m"] or match["m2"]), int(match["d"] or match["d2"])
    if match := _POINTS.match(text):
        return int(match["y"]), int(match["m"]), int(match["d"])
    if match := _SLASHES.match(text):
        return _with_slashes(int(match[1]), int(match[2]), int(match[3]))
    for form in _WORDED:
        match = form.match(text)
        month = _month(match["m"]) if match else None
        if match and month:
            return int(match["y"]), month, int(match["d"])
    return None


def _with_slashes(first: int, second: int, year: int) -> tuple[int, int, int]:
    """Europe writes the day first, America the month: only one of them may be possible."""
    most = len(_MONTH_NAMES)
    if first <= most and second <= most and first != second:
        readings = f"{year}-{second:02d}-{first:02d} or {year}-{first:02d}-{second:02d}"
        raise ValueError(f"the day may be {readings}: write the one that is meant")
    return (year, second, first) if first > most or first == second else (year, first, second)


def _month(word: str) -> int | None:
    """The number of a month's name, or of its first three letters (four for "Sept")."""
    name = word.lower()
    alike = [
        number
        for number, full in enumerate(_MONTH_NAMES, 1)
        if name in (full, full[:3]) or (name == "sept" and number == 9)
    ]
    return alike[0] if alike else None


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


# What is read, for editors: the same patterns, in the words of JSON Schema.
_CLOCK_PATTERN = (
    r"(([01]?\d|2[0-4])(:[0-5]\d|[hH]([0-5]\d)?)|(0?[1-9]|1[0-2])([:.][0-5]\d)?\s*[aApP]\.?[mM]\.?)"
)
DAY_PATTERN = (
    r"(\d{4}-\d{2}-\d{2}|\d{4}/\d{1,2}/\d{1,2}|\d{1,2}\.\s?\d{1,2}\.\s?\d{4}|\d{1,2}/\d{1,2}/\d{4}"
    r"|\d{1,2}\.?(st|nd|rd|th)?[\s-]+[A-Za-z]{3,9}\.?[\s,-]+\d{4}"
    r"|[A-Za-z]{3,9}\.?\s+\d{1,2}(st|nd|rd|th)?,?\s+\d{4})"
)


def _text(pattern: str, *examples: str) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "pattern": pattern, "examples": list(examples)})


TimeOfDay = Annotated[
    int,
    BeforeValidator(parse_time),
    PlainSerializer(format_time, return_type=str),
    _text(rf"^\s*{_CLOCK_PATTERN}\s*$", "06:30", "6:30 pm"),
]
TimeWindow = Annotated[
    Window,
    BeforeValidator(parse_window),
    PlainSerializer(str, return_type=str),
    _text(rf"^\s*{_CLOCK_PATTERN}\s*[-–]\s*{_CLOCK_PATTERN}\s*$", "17:00-20:00", "6am-8am"),
]
Hours = Annotated[
    Window,
    BeforeValidator(parse_hours),
    PlainSerializer(str, return_type=str),
    _text(
        rf"^\s*({'|'.join(PARTS_OF_DAY)}|{_CLOCK_PATTERN}\s*[-–]\s*{_CLOCK_PATTERN})\s*$",
        "morning",
        "17:00-19:00",
    ),
]
Day = Annotated[
    date,
    BeforeValidator(parse_day),
    _text(rf"^\s*{DAY_PATTERN}\s*$", "2026-09-07", "7 Sep 2026"),
]
DayRange = Annotated[
    tuple[date, date],
    BeforeValidator(parse_days),
    PlainSerializer(lambda r: r[0].isoformat() if r[0] == r[1] else f"{r[0]}..{r[1]}", return_type=str),
    _text(rf"^\s*{DAY_PATTERN}\s*(\.\.\s*{DAY_PATTERN}\s*)?$", "2026-10-03..2026-10-05"),
]
Weekday = Annotated[
    str,
    BeforeValidator(parse_weekday),
    WithJsonSchema({"type": "string", "enum": list(WEEKDAYS)}),
]
