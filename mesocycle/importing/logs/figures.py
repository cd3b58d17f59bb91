"""Numbers and lengths of time as the cells of exports have them."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable

from mesocycle.files.safe_text import shown
from mesocycle.importing.logs.findings import LeftOutError
from mesocycle.models.training import METRES_PER_MILE

# Cells that mean "nothing"; Garmin writes two hyphens.
NOTHING = frozenset({"", "-", "--", "–", "—", "n/a", "na", "null", "none"})
MINUTES_OF_A_DAY = 1440
MOST_METRES = 1_000_000

_PLAIN = re.compile(r"'?([+-]?)([0-9]{1,15}(?:[.,][0-9]{1,12})*)")
_GROUPS = re.compile(r"[1-9][0-9]{0,2}[.,][0-9]{3}")
_CLOCK = re.compile(r"(?:([0-9]{1,4}):)?([0-9]{1,4}):([0-9]{1,2})(?:[.,][0-9]{1,6})?")
_WORDED = re.compile(
    r"(?:([0-9]{1,4})\s?(?:h|hr|hrs|std|hours?))?\s?(?:([0-9]{1,5})\s?(?:m|min|mins|minutes?))?\s?"
    r"(?:([0-9]{1,6})\s?(?:s|sec|secs|seconds?))?\.?",
    re.IGNORECASE,
)
_UNIT_METRES = {
    "m": 1.0,
    "meter": 1.0,
    "meters": 1.0,
    "metres": 1.0,
    "km": 1000.0,
    "kms": 1000.0,
    "kilometers": 1000.0,
    "kilometres": 1000.0,
    "mi": METRES_PER_MILE,
    "mile": METRES_PER_MILE,
    "miles": METRES_PER_MILE,
    "yd": 0.9144,
    "yards": 0.9144,
    "ft": 0.3048,
    "feet": 0.3048,
    "cm": 0.01,
    "in": 0.0254,
}


def decimal_sign(cells: Iterable[str]) -> str:
    """The sign before the decimals of a table's numbers, "," or "."; "" if no number tells."""
    signs = {"," if "," in cell else "." for cell in cells if _tells(cell)}
    return signs.pop() if len(signs) == 1 else ""


def _tells(cell: str) -> bool:
    """Whether a number has one sign, which is none between thousands."""
    match = _PLAIN.fullmatch(cell)
    return match is not None and len(re.findall("[.,]", cell)) == 1 and not _GROUPS.fullmatch(match[2])


def number(cell: str, decimal: str, what: str, most: float) -> float | None:
    """Read a number from 0 on.

    Parameters
    ----------
    cell : str
        "102.5", "102,5", "1,234.5"; what means nothing is None.
    decimal : str
        The sign before decimals in this table, for numbers such as 1,500.
    what : str
        What it is, for the message: "the weight".
    most : float
        The highest that it may be.

    Raises
    ------
    LeftOutError
        If it is no number, below 0 or above the highest.
    """
    if cell.lower() in NOTHING:
        return None
    match = _PLAIN.fullmatch(cell)
    if match is None:
        raise LeftOutError(f"{what} is no number: {shown(cell)}")
    value = float(_with_point(match[2], decimal))
    if match[1] == "-" and value:
        raise LeftOutError(f"{what} is below 0: {shown(cell)}")
    return checked(value, what, most)


def checked(value: float, what: str, most: float) -> float:
    """A number that is one, from 0 to the highest that it may be.

    Raises
    ------
    LeftOutError
        If it is not.
    """
    if not math.isfinite(value):
        raise LeftOutError(f"{what} is no number: {shown(value)}")
    if not 0 <= value <= most:
        raise LeftOutError(f"{what} lies beyond 0 to {most:,.0f}: {value:,.10g}")
    return value


def _with_point(digits: str, decimal: str) -> str:
    last = max(digits.rfind(","), digits.rfind("."))
    if last < 0:
        return digits
    sign = digits[last]
    alone = digits.count(",") + digits.count(".") == 1
    grouped = _GROUPS.fullmatch(digits) is not None and decimal not in ("", sign)
    if digits.count(sign) > 1 or (alone and grouped):  # 1.234.567; 1,500 where others have a point
        return digits.replace(",", "").replace(".", "")
    whole, part = digits[:last], digits[last + 1 :]
    return f"{whole.replace(',', '').replace('.', '')}.{part}"


def seconds_of(cell: str, what: str, decimal: str = "") -> float | None:
    """Read a length of time: "1:02:03", "45:30", "1h 5m", "38min", or a mere number of seconds.

    Raises
    ------
    LeftOutError
        If it is none.
    """
    if cell.lower() in NOTHING:
        return None
    match = _CLOCK.fullmatch(cell)
    if match and int(match[3]) < 60 and (match[1] is None or int(match[2]) < 60):
        return int(match[1] or 0) * 3600.0 + int(match[2]) * 60 + int(match[3])
    match = _WORDED.fullmatch(cell)
    if match and any(match.groups()):
        return int(match[1] or 0) * 3600.0 + int(match[2] or 0) * 60 + int(match[3] or 0)
    return number(cell, decimal, what, 1e8)


def minutes_of(seconds: float | None) -> int | None:
    """Whole minutes of an activity; None for none, and for more than a day: a clock that was not stopped."""
    if not seconds or seconds / 60 > MINUTES_OF_A_DAY:
        return None
    return max(1, half_up(seconds / 60))


def metres_of(value: float | None, unit: str, what: str = "the distance") -> int | None:
    """Whole metres of a distance in a unit such as "km", "mi." or "meters"; None for none.

    Raises
    ------
    LeftOutError
        If the unit is unknown, or no activity is as long.
    """
    if not value:
        return None
    factor = _UNIT_METRES.get(unit.strip(" .").lower())
    if factor is None:
        raise LeftOutError(f"{what} has an unknown unit: {shown(unit)}")
    return half_up(checked(value * factor, what, MOST_METRES)) or None


def rir_of(rpe: float | None) -> int | None:
    """Repetitions in reserve by an RPE of 5 to 10; None for others, which say little."""
    return half_down(10 - rpe) if rpe is not None and 5 <= rpe <= 10 else None


def half_up(value: float) -> int:
    """The nearest whole number, of two as near the higher: 52.5 minutes are 53."""
    return math.floor(value + 0.5)


def half_down(value: float) -> int:
    """The nearest whole number, of two as near the lower: 1.5 in reserve are 1."""
    return math.ceil(value - 0.5)
