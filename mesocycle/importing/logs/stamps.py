"""A date and a time of day in one text, as exports write them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time, timedelta

from mesocycle.importing.tables.dates import DateParts, NoDateError, read_date
from mesocycle.importing.titles.cleaning import visible

LONGEST = 60

# "19:56", "7:26:05 PM", "18h30", "6:00:00.123", "7:26 p. m.", "6 pm"; after it "Z" or "+02:00".
_TIME = re.compile(
    r"(?<![\d:.])(?P<hour>\d{1,2})(?:[:h](?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d{1,9})?)?"
    r"(?:\s?(?P<half>[ap])\.?\s?m\b\.?)?|\s?(?P<half_alone>[ap])\.?\s?m\b\.?)"
    r"\s?(?P<offset>Z\b|UTC\b|GMT\b|[+-]\d{2}:?\d{2}\b)?",
    re.IGNORECASE,
)
# A time with a point: only after the date, and never part of one.
_POINTED = re.compile(r"(?<=[\sT,])(?P<hour>\d{1,2})\.(?P<minute>[0-5]\d)(?![\d.])")
# Words between a date and its time, and around its month.
_JOINING = re.compile(r"\b(?:at|um|uhr|à|às|a las|alle|alle ore|om|de|of)\b|(?<=\d)T$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Stamp:
    """What one text gives, without the others of its file."""

    parts: DateParts
    time: time | None
    offset: timedelta | None


def read_stamp(text: str) -> Stamp:
    """The date of a text, and its time and offset from UTC if it has them.

    Raises
    ------
    NoDateError
        If it is no date, or its time none of a day.
    """
    if len(text) > LONGEST:
        raise NoDateError("this is no date")
    text = text if text.isascii() and text.isprintable() else visible(text)
    match = _TIME.search(text) or _POINTED.search(text)
    if match is None:
        return Stamp(read_date(text), None, None)
    rest = text[: match.start()] + " " + text[match.end() :]
    rest = " ".join(_JOINING.sub(" ", rest.strip(" ,;")).split()).strip(" ,;")
    parts = match.groupdict()
    return Stamp(read_date(rest), _time(parts), _offset(parts.get("offset")))


def _time(parts: dict[str, str | None]) -> time:
    hour, minute, second = (int(parts.get(key) or 0) for key in ("hour", "minute", "second"))
    half = (parts.get("half") or parts.get("half_alone") or "").lower()
    if half:
        if not 1 <= hour <= 12:
            raise NoDateError("this is no time of day")
        hour = hour % 12 + 12 * (half == "p")
    try:
        return time(hour, minute, second)
    except ValueError:
        raise NoDateError("this is no time of day") from None


def _offset(text: str | None) -> timedelta | None:
    if text is None:
        return None
    if text.upper() in ("Z", "UTC", "GMT"):
        return timedelta()
    hours, minutes = int(text[1:3]), int(text[-2:])
    if hours > 15 or minutes > 59:
        raise NoDateError("this is no offset from UTC")
    return (-1 if text[0] == "-" else 1) * timedelta(hours=hours, minutes=minutes)
