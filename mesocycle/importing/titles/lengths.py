"""Distances and durations found in text: how far and how long a run goes as a whole.

A range ("4-6 mi") counts with its upper end: a lift is kept clear of the longer run, too. Repetitions are
no total: "8 x 400 m" says neither how far nor how long the run is, unless the warm-up and cool-down around
it are told in distances; then the sum is given, without the jogs between.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from mesocycle.importing.titles.cleaning import MOST_READ
from mesocycle.importing.titles.run_walk import MIN, SEC, run_walk_minutes
from mesocycle.models.training import METRES_PER_MILE

MOST_METRES = 500_000
MOST_MINUTES = 1440
# What the second number of a pair may be of the first, rounded as people round.
_MI_TO_KM, _KM_TO_MI = (1.2, 2.1), (0.4, 0.85)
# "30 tempo" means minutes, "6 tempo" means miles or kilometres.
TEMPO_MINUTES = 20

_N = r"\d{1,4}(?:\.\d{1,3})?"
_RANGE = rf"{_N}(?:\s?(?:-|to)\s?{_N})?"
_KM = r"kms?|kilomet\w*|k"
_MILES = r"milers?|miles?|mi|meilen?|millas?"
_METRES = r"m|met(?:er|re)s?|metros?|mètres?"
_DISTANCE = rf"(?:\{{[^{{}}]{{1,30}}\}}|{_RANGE}[\s-]?(?:{_KM}|{_MILES}|{_METRES})\b)"
_TIME = rf"{_RANGE}\s?(?:(?:{MIN})|(?:{SEC})\b)"

_TOKEN = re.compile(
    rf"(?<![\d.:%])(?:"
    rf"\{{\s*(?P<first>{_RANGE})\s*(?::\s*(?P<second>{_RANGE})?[^{{}}]{{0,12}})?\}}(?:\s?(?P<word>{_KM}|{_MILES})\b)?"
    rf"|(?P<hours>\d{{1,2}}(?:\.\d{{1,2}})?)\s?(?:hours?|hrs?|h|stunden?|std|heures?|horas?)\b(?:\.?\s?(?:and\s)?"
    rf"(?P<rest>[0-5]?\d)(?:\s?(?:{MIN}|m\b)|(?![\d.:])(?!\s?(?:{_KM}|{_MILES}|m|x)\b)))?"
    rf"|(?P<glued>\d{{1,2}})h(?P<after>[0-5]\d)(?:m|min)?\b"
    rf"|(?P<h>\d{{1,2}}):(?P<m>[0-5]\d):[0-5]\d\b"
    rf"|(?P<clock>2[4-9]|[3-9]\d|1\d\d):00\b(?!\s?(?:/|per\b|[ap]\.?m\b))"  # no time of day is 45:00
    rf"|(?P<hh>[0-4]):(?P<mm>[0-5]\d)\b(?=\s?(?:h\b|hrs?\b|easy|long|run\b|steady))"
    rf"|(?P<minutes>{_RANGE})\s?-?(?:{MIN})(?!\w)"
    rf"|(?P<far>{_RANGE})[\s-]?(?P<unit>{_KM}|{_MILES}|{_METRES})\b"
    rf")"
)
_REPS = re.compile(
    rf"{_TIME}\sof\s\([^()]{{0,200}}\)"  # "40 min of (1 min hard, 3 min easy)"
    rf"|\b(?P<times>\d{{1,3}})(?:-(?P<most>\d{{1,3}}))?(?:\s?x\s?|\ssets?\sof\s)"
    rf"(?:\([^()]{{0,200}}\)|(?P<each>{_DISTANCE})|{_TIME}|{_RANGE}|(?=[a-z]))"
)
# "20km/12mi": one length in both units.
_BOTH = re.compile(
    rf"(?<![\d.])(?P<a>{_N})\s?(?P<au>{_KM}|{_MILES})\s?[/=]\s?(?P<b>{_N})\s?(?P<bu>{_KM}|{_MILES})\b"
)
# So far apart may they be, rounded as people round.
_ROUNDED = 0.08
_STRIDES = re.compile(
    rf"(?<![\d.])(?:\d\ssets?\sof\s)?\d{{1,3}}(?:-\d{{1,3}})?\s?[x/]\s?{_RANGE}\s?[a-z'’\"″”]{{0,7}}\s(?:fast\s|hill\s|uphill\s)?(?:strides?|sprints?)"
)
_REST = re.compile(
    rf"(?:{_DISTANCE}|{_TIME}|\d:\d\d)(?:\s(?:min\w*|easy|active|jog|slow))*\s(?:jog|walk|rest|rec\w*|float|between)\b"
)
_ALIKE = re.compile(  # numbers that are a pace, a share or a target, and no length
    rf"\d{{1,2}}:\d\d(?:\s?-\s?\d{{1,2}}:\d\d)?\s?(?:min\w*\s?)?(?:/|per\s|pace)\s?(?:{_KM}|{_MILES})?"
    rf"|\d+\s?(?:{SEC})\s?(?:/|per\s)\s?\w+"
    rf"|{_RANGE}\s?%(?:\s?(?:of\s)?(?:{_N}\s?k\b)?)"
    rf"|(?:@|\bat)\s?\d{{1,2}}\s?k\b"
    rf"|\d{{1,2}}\s?k?(?:\s?(?:-|to|/)\s?\d{{1,2}})?\s?-?(?:k|km|mile)\s(?:race\s?)?(?:pace|effort|speed)\b"
)
_WARM = re.compile(r"\b(?:wu|cd|warm\W?(?:ing\W?)?up|warm\W?down|cool\W?down|einlaufen|auslaufen)\b")
_PART = re.compile(
    r"(?:\bwith|\bw/|\bw\b\.?|\bincl\w*\.?|\blast|\bfirst|\bfinal|\bmit|\bavec|\bcon)\s(?:the\s)?$"
)
_TOTAL_AFTER = re.compile(r"[\s,:]*(?:in\s)?(?:total|overall|consisting|gesamt)\b|\sin\sall\b")
_TOTAL_BEFORE = re.compile(r"\b(?:total|gesamt)\b[\s:]*(?:of\s)?$")
_JOINS = re.compile(r"[;+,&]|(?<!w)/|\bthen\b|\band\b|\bdann\b")
_WITHIN = re.compile(r"\bw/|\bwith\b|\bincl|\bmit\b")
_CLOSES = re.compile(r"[\s).;]*")
_CHOICE = re.compile(r"\s?/\s?")
_BETWEEN = re.compile(r"\s*(?:-|to|or)\s*")
_STANDS_ALONE = re.compile(r"\s*(?:[-•·|,;)]|$)")
_SINGLE, _STATED, _SUM = "single", "stated", "sum"
_BARE = re.compile(
    rf"(?:^|\b(?:easy|recovery|long|run|tempo|double)[\s:(]{{1,3}})(?P<n>{_RANGE})(?=[\s)]*$|\s(?P<word>[a-z]{{2,}}|e\b))"
)
_BARE_WORDS = re.compile(
    r"e\b|easy|rec|long|run|tempo|steady|pace|mp|aero|mod|hill|prog|general|ga|slow|jog|double|locker"
)


class Length(NamedTuple):
    """How long and how far a run goes; None where the text does not say."""

    minutes: int | None = None
    metres: int | None = None


@dataclass(frozen=True)
class _Found:
    value: float
    timed: bool
    start: int
    end: int


def read_length(text: str, units: str = "") -> Length:
    """Find how long and how far a run goes as a whole.

    Parameters
    ----------
    text : str
        A title, or the line of a description that sums a run up.
    units : str
        "km" or "mi": what numbers without a unit count; "" where nobody knows.

    Returns
    -------
    Length
        Whole minutes and metres; None for what the text leaves open.
    """
    text = _plain(text)
    if "walk" in text and (minutes := run_walk_minutes(text)):
        return _bounded(minutes, None)
    text = _BOTH.sub(_once, _ALIKE.sub(_blank, text))
    text, strides = _STRIDES.subn(_blank, text)  # a few hundred metres that come on top, or do not
    reps = list(_REPS.finditer(text))
    composite = bool(_WARM.search(text))
    if reps or strides:
        text = _REST.sub(_blank, text)
    around = _REPS.sub(_blank, text)
    told = list(_tokens(around, units))
    # "10 mi with 20 minutes at LT pace": the minutes are a part of the miles.
    found = [f for f in told if not _PART.search(around, max(0, f.start - 16), f.start)] or told
    far = [f for f in found if not f.timed]
    long = [f for f in found if f.timed]
    if not found:
        return Length() if reps else _bare(around, units)
    metres, how = _total(around, far)
    minutes, how_long = _total(around, long)
    if how == _STATED:
        return _bounded(minutes if how_long == _STATED else None, metres)
    if composite or (reps and how == _SUM):
        if reps or (far and long):
            return _bounded(None, None if long else _whole(far, reps, units))
        return _bounded(minutes, metres)
    if far and long and (len(found) > 2 or _joined(around, found)):
        return Length()
    if any(_beside(text, found, rep) for rep in reps):
        return Length()
    return _bounded(minutes, metres)


def told_twice(text: str) -> bool:
    """Whether a text tells one length in both units: "20 km / 12.4 mi"."""
    return any(_is_twice(match) for match in _BOTH.finditer(_plain(text)))


def _is_twice(both: re.Match[str]) -> bool:
    first, second = (float(both[n]) * _metres(both[u]) for n, u in (("a", "au"), ("b", "bu")))
    return both["au"][0] != both["bu"][0] and abs(first - second) <= _ROUNDED * max(first, second)


def _once(both: re.Match[str]) -> str:
    """The first of two lengths that are one."""
    return f"{both['a']} {both['au']}" if _is_twice(both) else both[0]


def _whole(far: list[_Found], reps: list[re.Match[str]], units: str) -> float | None:
    """Warm-up, repetitions and cool-down, where all of them are told as distances."""
    total = sum(f.value for f in far)
    for rep in reps:
        if rep["times"] is None:
            return None
        each = next(_tokens(rep["each"] or "", units), None)
        if each is None or each.timed:
            return None
        total += int(rep["most"] or rep["times"]) * each.value
    return total if len(far) > 1 else None


def _plain(text: str) -> str:
    text = text[:MOST_READ].lower().replace("×", "x").replace("–", "-").replace("—", "-").replace("−", "-")
    text = re.sub(r"(?<=\d)\s?\*\s?(?=\d)", "x", text)
    text = re.sub(r"(?<=\d),(?=\d{3}\s?m\b)", "", text)  # 1,600 m
    return re.sub(r"(?<=\d),(?=\d{1,2}(?!\d))", ".", text)  # 13,1 km


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _upper(number: str) -> float:
    return max(float(n) for n in re.findall(_N, number))


def _tokens(text: str, units: str) -> Iterator[_Found]:
    last: _Found | None = None
    for match in _TOKEN.finditer(text):
        value, timed = _value(match, text, units)
        if value is None:
            continue
        found = _Found(value, timed, match.start(), match.end())
        if last and last.timed == timed and _BETWEEN.fullmatch(text, last.end, found.start):
            last = _Found(max(last.value, value), timed, last.start, found.end)  # "{4}-{6}", "55m - 65m"
            continue
        if last:
            yield last
        last = found
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
        return _upper(match["minutes"]), True
    far, unit = _upper(match["far"]), match["unit"]
    if unit == "m" and far < 400 and _STANDS_ALONE.match(text, match.end()):
        return far, True  # nobody plans a run of 55 metres: "55m" by itself is minutes
    metres = far * _metres(unit)
    return (metres if metres >= 1000 else None), False


def _braces(match: re.Match[str], units: str) -> float | None:
    """`{6:10}` is one distance in miles and in kilometres, `{6}` in the plan's unit."""
    first = _upper(match["first"])
    ratio = _upper(match["second"]) / first if match["second"] and first else 0
    if _MI_TO_KM[0] < ratio < _MI_TO_KM[1]:
        unit = "mi"
    elif _KM_TO_MI[0] < ratio < _KM_TO_MI[1]:
        unit = "km"
    else:
        unit = match["word"] or units  # one number, or a slip of the keyboard
    return first * _metres(unit) if unit else None


def _metres(unit: str) -> float:
    if unit.startswith("k"):
        return 1000.0
    return METRES_PER_MILE if unit.startswith(("mi", "mei")) else 1.0


def _total(text: str, found: list[_Found]) -> tuple[float | None, str]:
    """The one number that stands for the whole, and how it was come by."""
    if not found:
        return None, ""
    for each in found:
        before = max(0, each.start - 16)
        if _TOTAL_AFTER.match(text, each.end) or _TOTAL_BEFORE.search(text, before, each.start):
            return each.value, _STATED
    first, last = found[0], found[-1]
    if len(found) == 1:
        return first.value, _SINGLE
    joined = _joined(text, found)
    most = max(f.value for f in found[:-1])
    if len(found) == 2 and _CHOICE.fullmatch(text, first.end, last.start):
        return max(first.value, last.value), _SINGLE  # "Easy 8k/6k": one of them
    bracketed = text[: last.start].endswith("(")
    if last.value >= most and _CLOSES.fullmatch(text, last.end) and (bracketed or not joined):
        return last.value, _STATED  # "5-6 mile Easy Run {6}", "... ({9})"
    return (sum(f.value for f in found), _SUM) if joined else (first.value, _SINGLE)


def _beside(text: str, found: list[_Found], rep: re.Match[str]) -> bool:
    """Whether a length is a part beside repetitions: "2 mi easy, 8 x 400 m", not "10 mi w/ 8 x 400 m"."""
    gaps = [text[f.end : rep.start()] if f.end <= rep.start() else text[rep.end() : f.start] for f in found]
    return any(_JOINS.search(g) and not _WITHIN.search(g) and not g.endswith("(") for g in gaps)


def _joined(text: str, found: list[_Found]) -> bool:
    """Whether the parts follow one another: "2 mi easy; 3 mi at LT", "10 km + 20 min"."""
    ordered = sorted(found, key=lambda f: f.start)
    return all(_JOINS.search(text, a.end, b.start) is not None for a, b in pairwise(ordered))


def _bare(text: str, units: str) -> Length:
    """ "5 easy" in the plan's unit; "30 tempo" in minutes."""
    match = _BARE.search(text)
    if match is None or (match["word"] and not _BARE_WORDS.match(match["word"])):
        return Length()
    number = _upper(match["n"])
    if "tempo" in text and number >= TEMPO_MINUTES:
        return _bounded(number, None)
    return _bounded(None, number * _metres(units) if units else None)


def _bounded(minutes: float | None, metres: float | None) -> Length:
    whole_minutes = round(minutes) if minutes is not None else 0
    whole_metres = round(metres) if metres is not None else 0
    return Length(
        whole_minutes if 0 < whole_minutes <= MOST_MINUTES else None,
        whole_metres if 0 < whole_metres <= MOST_METRES else None,
    )
