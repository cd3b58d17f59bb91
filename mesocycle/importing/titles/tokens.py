"""Single distances and durations in a text, each with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mesocycle.models.training import METRES_PER_MILE

MIN = r"minut\w*|mins?|['′’](?!['′’])"
SEC = r"seconds?|secs?|sek\w*|s"
_RUN_WALK = re.compile(
    rf"(?P<a>\d{{1,3}}(?:\.\d)?)\s?(?P<au>{MIN}|(?:{SEC})\b)(?:\s(?:run\w*|jog\w*))?"
    rf"\s?(?:,|/|and|\+|then)?\s?(?:walk\w*\s)?(?:for\s)?"
    rf"(?P<b>\d{{1,3}}(?:\.\d)?)\s?(?P<bu>{MIN}|(?:{SEC})\b)"
)
_TIMES = re.compile(
    r"(?:repeat\w*\s(?:for\s)?|x\s?|wiederhol\w*\s)(\d{1,2})\b|\b(\d{1,2})\s?(?:x|times|mal)\b"
)


def run_walk_minutes(text: str) -> float | None:
    """Add up "Run 30 seconds, walk 30 seconds. Repeat 15 times" in minutes; None for other texts."""
    pair, times = _RUN_WALK.search(text), _TIMES.search(text)
    if pair is None or times is None:
        return None
    count = int(times[1] or times[2])
    once = sum(float(pair[n]) / (60 if pair[u].startswith("s") else 1) for n, u in (("a", "au"), ("b", "bu")))
    return count * once


# Bounds of the second number of a pair divided by the first, rounded as people round.
_MI_TO_KM, _KM_TO_MI = (1.2, 2.1), (0.4, 0.85)

N = r"\d{1,4}(?:\.\d{1,3})?"
RANGE = rf"{N}(?:\s?(?:-|to)\s?{N})?"
KM = r"kms?|kilomet\w*|k"
MILES = r"milers?|miles?|mi|meilen?|millas?"
METRES = r"m|met(?:er|re)s?|metros?|mètres?"

_TOKEN = re.compile(
    rf"(?<![\d.:%])(?:"
    rf"\{{\s*(?P<first>{RANGE})\s*(?::\s*(?P<second>{RANGE})?[^{{}}]{{0,12}})?\}}(?:\s?(?P<word>{KM}|{MILES})\b)?"
    rf"|(?P<hours>\d{{1,2}}(?:\.\d{{1,2}})?)\s?(?:hours?|hrs?|h|stunden?|std|heures?|horas?)\b(?:\.?\s?(?:and\s)?"
    rf"(?P<rest>[0-5]?\d)(?:\s?(?:{MIN}|m\b)|(?![\d.:])(?!\s?(?:{KM}|{MILES}|m|x)\b)))?"
    rf"|(?P<glued>\d{{1,2}})h(?P<after>[0-5]?\d)(?:m|min)?\b"
    rf"|(?P<h>\d{{1,2}}):(?P<m>[0-5]\d):[0-5]\d\b"
    rf"|(?P<clock>2[4-9]|[3-9]\d|1\d\d):00\b(?!\s?(?:/|per\b|[ap]\.?m\b))"  # no time of day is 45:00
    rf"|(?P<hh>[0-4]):(?P<mm>[0-5]\d)\b(?=\s?(?:h\b|hrs?\b|easy|long|run\b|steady))"
    rf"|(?P<minutes>{RANGE})\s?-?(?:{MIN})(?!\w)"
    rf"|(?P<far>{RANGE})[\s-]?(?P<unit>{KM}|{MILES}|{METRES})\b"
    rf")"
)
# In a plan in miles "12 m" are miles, and "50 m" minutes.
MOST_MILES_AS_M = 20
_BETWEEN = re.compile(r"\s*(?:-|to|or)\s*")
_STANDS_ALONE = re.compile(r"\s*(?:[-•·|,;)]|$)")


@dataclass(frozen=True)
class Measure:
    """Metres or, when timed, minutes."""

    value: float
    timed: bool
    start: int
    end: int


def upper(number: str) -> float:
    """The higher end of a range, or the number itself."""
    return max(float(n) for n in re.findall(N, number))


def tokens(text: str, units: str) -> Iterator[Measure]:
    """Yield the lengths in a text; both ends of a range are one."""
    last: Measure | None = None
    for match in _TOKEN.finditer(text):
        value, timed = _value(match, text, units)
        if value is None:
            continue
        measure = Measure(value, timed, match.start(), match.end())
        if last and last.timed == timed and _BETWEEN.fullmatch(text, last.end, measure.start):
            last = Measure(max(last.value, value), timed, last.start, measure.end)  # "{4}-{6}", "55m - 65m"
            continue
        if last:
            yield last
        last = measure
    if last:
        yield last


def _value(match: re.Match[str], text: str, units: str) -> tuple[float | None, bool]:
    """What one match measures: metres, or minutes and True."""
    if match["first"]:
        return _braces(match, units), False
    if match["hours"]:
        return float(match["hours"]) * 60 + int(match["rest"] or 0), True
    if match["glued"]:
        return int(match["glued"]) * 60 + int(match["after"]), True
    if match["h"]:
        return int(match["h"]) * 60 + int(match["m"]), True
    if match["hh"]:
        return int(match["hh"]) * 60 + int(match["mm"]), True
    if match["clock"]:
        return int(match["clock"]), True
    if match["minutes"]:
        return upper(match["minutes"]), True
    far, unit = upper(match["far"]), match["unit"]
    if unit == "m" and units == "mi" and far <= MOST_MILES_AS_M:
        return far * METRES_PER_MILE, False  # "3 m run" in a plan in miles
    if unit == "m" and far < 400 and _STANDS_ALONE.match(text, match.end()):
        return far, True  # nobody plans a run of 55 metres: "55m" by itself is minutes
    metres = far * unit_metres(unit)
    return (metres if metres >= 1000 else None), False


def _braces(match: re.Match[str], units: str) -> float | None:
    """`{6:10}` is one distance in miles and in kilometres, `{6}` in the plan's unit."""
    first = upper(match["first"])
    ratio = upper(match["second"]) / first if match["second"] and first else 0
    if _MI_TO_KM[0] < ratio < _MI_TO_KM[1]:
        unit = "mi"
    elif _KM_TO_MI[0] < ratio < _KM_TO_MI[1]:
        unit = "km"
    else:
        unit = match["word"] or units  # one number, or a slip of the keyboard
    return first * unit_metres(unit) if unit else None


def unit_metres(unit: str) -> float:
    """How many metres a unit has."""
    if unit.startswith("k"):
        return 1000.0
    return METRES_PER_MILE if unit.startswith(("mi", "mei")) else 1.0
