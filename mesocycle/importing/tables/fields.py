"""One cell of a table -> metres, minutes, a time of day or a kind."""

from __future__ import annotations

import re

from mesocycle.importing.feed import Kind
from mesocycle.importing.titles.lengths import MOST_METRES, MOST_MINUTES, read_length
from mesocycle.importing.titles.matching import find_rule
from mesocycle.models.training import METRES_PER_MILE

UNIT_METRES = {"km": 1000.0, "mi": METRES_PER_MILE, "m": 1.0}
# Cells that mean "nothing".
NOTHING = frozenset(
    {"", "-", "--", "---", "–", "—", "n/a", "na", "none", "x", "0", "0,0", "0.0", "0:00", "00:00", "?", "tbd"}
)
# "0 km", "0,0 mi", "0 min".
_ZERO = re.compile(r"0+(?:[.,]0+)?\s?[a-z]{1,4}", re.IGNORECASE)
_WITH_UNIT = re.compile(r"(\d{1,6}(?:[.,]\d{1,6})?)\s?(km|mi|m)")
# Nobody plans so short a run: it is a button that was pressed, or a cell that was filled.
TINY_METRES = 100
# From here on a distance in a cell is read as that of a title.
MOST_TOLD_METRES = 1_000
# A duration without a unit, with a fraction and no higher than this, is in hours.
MOST_HOURS = 12

_NUMBER = re.compile(r"\d{1,6}(?:[.,]\d{1,6})?")
_TIMES = re.compile(r"(\d{1,2}):([0-5]\d)(?::([0-5]\d))?")
_CLOCK = re.compile(r"(\d{1,2})(?:[:.]([0-5]\d))?(?::[0-5]\d)?\s*(a\.?m\.?|p\.?m\.?|uhr|h)?", re.IGNORECASE)
# Words that mean just "a run", or nothing.
_SPORTS = frozenset(
    ("run", "running", "virtualrun", "trailrun", "laufen", "lauf", "course", "correr", "carrera")
)
_NO_SPORTS = frozenset(("workout", "other", "custom", "training", "sonstiges"))


class NoFieldError(ValueError):
    """A cell that is not what its column holds; the message is what would be."""


def number_of(cell: str) -> float | None:
    """Read a mere number, with a decimal point or comma."""
    return float(cell.replace(",", ".")) if _NUMBER.fullmatch(cell) else None


def metres_of(cell: str, unit: str) -> int | None:
    """Read a distance; `unit` is "km", "mi" or "m" and counts where the cell has none."""
    if cell.lower() in NOTHING or _ZERO.fullmatch(cell):
        return None
    told = _WITH_UNIT.fullmatch(cell.lower())
    if told:
        short = round(float(told[1].replace(",", ".")) * UNIT_METRES[told[2]])
        if short < MOST_TOLD_METRES:
            return short if short >= TINY_METRES else None
    number = number_of(cell)
    metres = round(number * UNIT_METRES[unit]) if number is not None else _ranged(cell, unit)
    if metres is None or metres > MOST_METRES:
        raise NoFieldError("a distance such as 8 or 8 km, up to 500 km")
    return metres if metres >= TINY_METRES else None


def _ranged(cell: str, unit: str) -> int | None:
    return read_length(cell, "" if unit == "m" else unit).metres


def minutes_of(cell: str, hours: bool) -> int | None:
    """Read a duration; a mere number counts hours or minutes."""
    if cell.lower() in NOTHING or _ZERO.fullmatch(cell):
        return None
    number, clock = number_of(cell), _TIMES.fullmatch(cell)
    if number is not None:
        minutes: int | None = round(number * 60) if hours else round(number)
    elif clock:
        minutes = _clocked(int(clock[1]), int(clock[2]), clock[3])
    else:
        minutes = read_length(cell).minutes
    if minutes is None or minutes > MOST_MINUTES:
        raise NoFieldError("a duration such as 45, 0:45 or 1h10, up to 24 hours")
    return minutes or None


def _clocked(first: int, second: int, third: str | None) -> int:
    """1:10 and 1:10:00 are hours and minutes; 45:00 can only be minutes and seconds."""
    return first if third is None and first > MOST_HOURS else first * 60 + second


def start_of(cell: str) -> int | None:
    """Read a time of day as minutes since midnight."""
    if cell.lower() in NOTHING - {"0:00", "00:00"}:
        return None
    match = _CLOCK.fullmatch(cell.strip())
    if match and (match[2] or match[3]):
        hour, half = int(match[1]), (match[3] or "").lower().replace(".", "")
        if half in ("am", "pm") and 1 <= hour <= 12:
            hour = hour % 12 + (12 if half == "pm" else 0)
        if hour < 24:
            return hour * 60 + int(match[2] or 0)
    raise NoFieldError("a time of day such as 06:30 or 6:30 am")


def kind_of(cell: str) -> Kind | None:
    """Read a sport or a type of run; None for a mere run, and for what is unknown."""
    text = cell.strip().lower()
    if not text or re.sub(r"\W", "", text) in _SPORTS | _NO_SPORTS:
        return None
    rule = find_rule(text)
    return rule.kind if rule and rule.confidence >= 0.75 else None


def is_run(cell: str) -> bool:
    """Whether a sport is a mere run."""
    return re.sub(r"\W", "", cell.lower()) in _SPORTS


def is_time_of_day(cell: str) -> bool:
    """Whether "Time" is of the day here: "6:30 am", or an hour no run takes."""
    if re.search(r"[ap]\.?m\.?$|uhr$", cell.lower()):
        return True
    clock = _TIMES.fullmatch(cell)
    return clock is not None and clock[3] is None and 5 <= int(clock[1]) <= 23
