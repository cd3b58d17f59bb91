"""Distances and durations in a text: how far and how long a run goes as a whole.

A range ("4-6 mi") counts with its upper end: a lift keeps clear of the longer run, too. Repetitions are no
total: "8 x 400 m" says neither how far nor how long the run is, unless the warm-up and cool-down around it
are distances; then the sum counts, without the jogs between.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

from mesocycle.importing.titles.cleaning import MOST_READ
from mesocycle.importing.titles.tokens import (
    KM,
    METRES,
    MILES,
    MIN,
    RANGE,
    SEC,
    Measure,
    N,
    run_walk_minutes,
    tokens,
    unit_metres,
    upper,
)

# "30 tempo" means minutes, "6 tempo" means miles or kilometres; nobody runs 45 km easily, nor 60 at all.
TEMPO_MINUTES, EASY_MINUTES, ANY_MINUTES = 20, 30, 60

_BARE = re.compile(
    rf"(?:^|^e\s|\b(?:easy|ez|recovery|rec|long|lr|mlr|run|tempo|double|(?:rest|off)\sor)[\s:(]{{1,3}})(?P<n>{RANGE})"
    r"(?=[\s)]*$|\s?\((?!\s*of\b)|\s?\+(?!\s*\d)|\s?(?P<word>e\b(?!\s?\+\s?\d))"
    r"|\s?(?P<within>@\s?(?:h?mp|gmp|hm|lt|m|t|e|tempo|threshold|easy|steady|race|goal|marathon|half)\b"
    r"|(?:w/|\b(?:with|w|mit)\b)\s?(?:the\s)?(?:last|first|final|\d|strides|hill|surge|pick))|\s(?P<more>[a-z]{2,}))"
)
_WORDS = re.compile(
    r"easy|rec|long|lsd|lr\b|run|tempo|steady|pace|mp|aero|mod|hill|prog|general|ga|slow|jog|shake|double|locker"
)
_EASY = re.compile(r"\b(?:easy|e|rec\w*|jog\w*|shake\w*|locker\w*)\b(?!.*\blong\b)")


def bare_number(text: str) -> tuple[float, bool] | None:
    """Find the number without a unit that is the length of a whole run, and whether it counts minutes.

    Parameters
    ----------
    text : str
        Small letters, without repetitions and paces.

    Returns
    -------
    tuple or None
        None if there is no such number.
    """
    match = _BARE.search(text)
    if match is None or (match["more"] and not _WORDS.match(match["more"])):
        return None
    number = upper(match["n"])
    if match["within"]:
        return number, False
    if "tempo" in text and number >= TEMPO_MINUTES:
        return number, True
    worded = match["word"] or match["more"] or match.start("n") > 0
    least = EASY_MINUTES if _EASY.search(text) else ANY_MINUTES
    return number, bool(worded) and number >= least


# A scenario holds no longer run.
MOST_METRES = 500_000
MOST_MINUTES = 1440
_DISTANCE = rf"(?:\{{[^{{}}]{{1,30}}\}}|{RANGE}[\s-]?(?:{KM}|{MILES}|{METRES})\b)"
_TIME = rf"{RANGE}\s?(?:(?:{MIN})|(?:{SEC})\b)"

_REPS = re.compile(
    rf"{_TIME}\sof\s\([^()]{{0,200}}\)"  # "40 min of (1 min hard, 3 min easy)"
    rf"|\b(?P<times>\d{{1,3}})(?:-(?P<most>\d{{1,3}}))?(?:\s?x\s?|\ssets?\sof\s)"
    rf"(?:\([^()]{{0,200}}\)|(?P<distance>{_DISTANCE})|{_TIME}|{RANGE}|(?=[a-z]))"
)
# "20km/12mi": one length in both units.
_BOTH = re.compile(
    rf"(?<![\d.])(?P<a>{N})\s?(?P<au>{KM}|{MILES})\s?[/=]\s?(?P<b>{N})\s?(?P<bu>{KM}|{MILES})\b"
)
# "6M", not "45M" or "1h5M"; "400M" are metres.
_MILES_AS_M = re.compile(rf"(?<![\d.:hH])((?:{N}\s?[-–]\s?)?(?:1?\d|2[0-6])(?:\.\d{{1,2}})?)M\b")
# They may differ by this share, rounded as people round.
_ROUNDED = 0.08
# Told twice, a length may be rounded by such a share.
_SAME = 0.01
_STRIDES = re.compile(
    rf"(?<![\d.])(?:\d\ssets?\sof\s)?\d{{1,3}}(?:-\d{{1,3}})?\s?[x/]\s?{RANGE}\s?[a-z'’\"″”]{{0,7}}\s(?:fast\s|hill\s|uphill\s)?(?:strides?|sprints?|steigerung(?:en|sl[aä]ufen?))"
    rf"|(?<![\d.])\d{{1,2}}\s?x\s?(?:60|80|100|120)(?:\s?m\b|(?=\s*$))"
)
_REST = re.compile(
    rf"(?:{_DISTANCE}|{_TIME}|\d:\d\d)(?:\s(?:min\w*|easy|active|jog|slow))*\s(?:jog|walk|rest|rec\w*|float|between)\b"
)
# "3 x 10 min (2 min)": a rest.
_BRACKET = re.compile(rf"\s?\((?:\d\s?-\s?)?(?:\d|10)(?:\.\d)?\s?(?:m\b|{MIN})[^()\d]{{0,20}}\)")
# "Long run 1:45": hours and minutes of a whole run. An easy run of 4:45 is rather one at that pace.
_HOURS = re.compile(
    r"(?P<name>\b(?:(?P<long>(?:long|langer)(?:\s(?:run|lauf))?|lr|lsd|on\sfeet)"
    r"|(?:easy|recovery|steady|base)(?:\s(?:run|jog))?)\s?[\s:,•·-]\s?)"
    r"(?P<first>[0-4]:[0-5]\d)(?:\s?-\s?(?P<second>[0-4]:[0-5]\d))?(?=\s*(?:$|[+,;()•·@]|w/|with\b|mit\b))"
)
_ALIKE = re.compile(  # numbers that are a pace, a share or a target, and no length
    rf"\d{{1,2}}:\d\d(?:\s?-\s?\d{{1,2}}:\d\d)?\s?(?:min\w*\s?)?(?:/|per\s|pace)\s?(?:{KM}|{MILES})?"
    rf"|\d+\s?(?:{SEC})\s?(?:/|per\s)\s?\w+"
    rf"|{RANGE}\s?%(?:\s?(?:of\s)?(?:{N}\s?k\b)?)"
    rf"|(?:@|\bat)\s?\d{{1,2}}\s?k\b"
    rf"|\d{{1,2}}\s?k?(?:\s?(?:-|to|/)\s?\d{{1,2}})?\s?-?(?:k|km|mile)\s(?:race\s?)?(?:pace|effort|speed)\b"
)
_UNDER_AN_HOUR = re.compile(r"(?<![\d:@/])\s0:([1-5]\d)(?![\d:]|\s?/)")
_WARM = re.compile(r"\b(?:wu|cd|warm\W?(?:ing\W?)?up|warm\W?down|cool\W?down|einlaufen|auslaufen)\b")
_PART = re.compile(
    r"(?:\bwith|\bw/|\bw\b\.?|\bincl\w*\.?|\blast|\bfirst|\bfinal|\bmit|\bavec|\bcon)\s(?:the\s)?$"
)
_TOTAL_AFTER = re.compile(
    r"[\s,:]*(?:in\s)?(?:total|overall|consisting|gesamt)\b|\sin\sall\b|,?\s(?:of\swhich|davon|dont|de\slos\scuales)\b"
    r"|\s?:\s(?=\d)"  # "Intervals 11 km: 2 km E + 8 x 1000 m"
)
_TOTAL_BEFORE = re.compile(r"(?:\b(?:total|gesamt)\b[\s:]*(?:of\s)?|=\s?)$")
# "15 km, middle 5 km at marathon pace": of the total that stands first.
_OF_IT = re.compile(r",?\s(?:the\s)?(?:middle|last|first|final|letzte\w*|derniers?|últimos?|ultimi)\s?$")
_JOINS = re.compile(r"[;+,&]|(?<!w)/|\bthen\b|\band\b|\bdann\b")
_WITHIN = re.compile(r"\bw/|\bwith\b|\bincl|\bmit\b")
_CLOSES = re.compile(r"[\s).;]*")
_CHOICE = re.compile(r"\s?/\s?")
_SINGLE, _STATED, _SUM = "single", "stated", "sum"


class Length(NamedTuple):
    """How long and how far a run goes; None if the text does not say."""

    minutes: int | None = None
    metres: int | None = None


def read_length(text: str, units: str = "") -> Length:
    """Find how long and how far a run goes as a whole.

    Parameters
    ----------
    text : str
        A title, or the line of a description that sums a run up.
    units : str
        "km" or "mi": what numbers without a unit count; "" if unknown.

    Returns
    -------
    Length
        Whole minutes and metres; None for what the text leaves open.
    """
    text = _plain(text)
    if "walk" in text and (minutes := run_walk_minutes(text)):
        return _bounded(minutes, None)
    text, reps, has_warm_up = _without_parts(text)
    around = _REPS.sub(_blank, text)
    measures = list(tokens(around, units))
    # "10 mi with 20 minutes at LT pace": the minutes are a part of the miles.
    measures = [m for m in measures if not _PART.search(around, max(0, m.start - 16), m.start)] or measures
    if not measures:
        return Length() if reps else _unnamed(around, units)
    far = [m for m in measures if not m.timed]
    long = [m for m in measures if m.timed]
    metres, how = _total(around, far)
    minutes, how_long = _total(around, long)
    if how == _STATED:
        return _bounded(minutes if how_long == _STATED else None, metres)
    mixed = far and long and (len(measures) > 2 or _joined(around, measures))
    if has_warm_up or (reps and how == _SUM):
        if reps or (far and long):
            return _bounded(None, None if long else _with_reps(far, reps, units))
    elif mixed or any(_beside(text, measures, rep) for rep in reps):
        return Length()
    return _bounded(minutes, metres)


def _without_parts(text: str) -> tuple[str, list[re.Match[str]], bool]:
    """Blank out paces, strides and rests; with the repetitions, and whether there is a warm-up."""
    text = _BOTH.sub(_once, _ALIKE.sub(_blank, text))
    text, strides = _STRIDES.subn(_blank, text)  # a few hundred metres, on top of the run or within it
    reps = list(_REPS.finditer(text))
    if not reps and "walk" not in text:
        text = _HOURS.sub(_in_hours, text)
    for rep in reps:
        if between := _BRACKET.match(text, rep.end()):
            text = text[: between.start()] + _blank(between) + text[between.end() :]
    has_warm_up = _WARM.search(text) is not None
    return _REST.sub(_blank, text) if reps or strides else text, reps, has_warm_up


def in_both_units(text: str) -> bool:
    """Whether a text gives one length in both units: "20 km / 12.4 mi"."""
    return any(_is_twice(match) for match in _BOTH.finditer(_plain(text)))


def _is_twice(both: re.Match[str]) -> bool:
    first, second = (float(both[n]) * unit_metres(both[u]) for n, u in (("a", "au"), ("b", "bu")))
    return both["au"][0] != both["bu"][0] and abs(first - second) <= _ROUNDED * max(first, second)


def _once(both: re.Match[str]) -> str:
    """The first of two lengths that are one."""
    return f"{both['a']} {both['au']}" if _is_twice(both) else both[0]


def _with_reps(far: list[Measure], reps: list[re.Match[str]], units: str) -> float | None:
    """Warm-up, repetitions and cool-down, if all of them are distances."""
    total = sum(measure.value for measure in far)
    for rep in reps:
        if rep["times"] is None:
            return None
        measure = next(tokens(rep["distance"] or "", units), None)
        if measure is None or measure.timed:
            return None
        total += int(rep["most"] or rep["times"]) * measure.value
    return total if len(far) > 1 else None


def _plain(text: str) -> str:
    text = (
        _MILES_AS_M.sub(r"\1mi", text[:MOST_READ])
        .lower()
        .replace("×", "x")
        .replace("–", "-")
        .replace("—", "-")
        .replace("−", "-")
    )
    text = re.sub(r"(?<=\d)\s?\*\s?(?=\d)", "x", text)
    text = re.sub(r"(?<=[a-z]{3})[:.](?=\d)", " ", text)  # "easy:45min"
    text = re.sub(r"\b(?:(?:an|one)\s|(?<=easy\s))hour\b(?:['’]s)?", "60 min", text)
    text = re.sub(r"(?<=\d),(?=\d{3}\s?m\b)", "", text)  # 1,600 m
    return re.sub(r"(?<=\d),(?=\d{1,2}(?!\d))", ".", text)  # 13,1 km


def _in_hours(match: re.Match[str]) -> str:
    longest = max(match["first"], match["second"] or "")
    if longest >= "3" and not match["long"]:
        return match[0]
    return match["name"] + longest.replace(":", "h")


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _total(text: str, measures: list[Measure]) -> tuple[float | None, str]:
    """The number that counts for the whole run, and where it comes from."""
    if not measures:
        return None, ""
    for measure in measures:
        before = max(0, measure.start - 16)
        if _TOTAL_AFTER.match(text, measure.end) or _TOTAL_BEFORE.search(text, before, measure.start):
            return measure.value, _STATED
    first, last = measures[0], measures[-1]
    if len(measures) == 1:
        return first.value, _SINGLE
    if all(_OF_IT.search(text[first.end : other.start]) for other in measures[1:2]) and first.value > sum(
        other.value for other in measures[1:]
    ):
        return first.value, _STATED
    if len(measures) == 2 and abs(first.value - last.value) <= _SAME * last.value and "-" in text:
        return first.value, _SINGLE  # "2.5 h run / - run: 150:00": told twice
    joined = _joined(text, measures)
    most = max(measure.value for measure in measures[:-1])
    if len(measures) == 2 and _CHOICE.fullmatch(text, first.end, last.start):
        return max(first.value, last.value), _SINGLE  # "Easy 8k/6k": one of them
    bracketed = text[: last.start].endswith("(")
    if last.value >= most and _CLOSES.fullmatch(text, last.end) and (bracketed or not joined):
        return last.value, _STATED  # "5-6 mile Easy Run {6}", "... ({9})"
    return (sum(measure.value for measure in measures), _SUM) if joined else (first.value, _SINGLE)


def _beside(text: str, measures: list[Measure], rep: re.Match[str]) -> bool:
    """Whether a length is a part beside repetitions: "2 mi easy, 8 x 400 m", not "10 mi w/ 8 x 400 m"."""
    gaps = [
        text[m.end : rep.start()] if m.end <= rep.start() else text[rep.end() : m.start] for m in measures
    ]
    return any(_JOINS.search(g) and not _WITHIN.search(g) and not g.endswith("(") for g in gaps)


def _joined(text: str, measures: list[Measure]) -> bool:
    """Whether the parts follow one another: "2 mi easy; 3 mi at LT", "10 km + 20 min"."""
    ordered = sorted(measures, key=lambda measure: measure.start)
    return all(_JOINS.search(text, a.end, b.start) is not None for a, b in pairwise(ordered))


def _unnamed(text: str, units: str) -> Length:
    """ "5 easy" in the plan's unit; "30 tempo" in minutes, and so is "0:35"."""
    if clock := _UNDER_AN_HOUR.search(text):
        return _bounded(int(clock[1]), None)
    number, timed = bare_number(text) or (0, True)
    if timed:
        return _bounded(number, None)
    return _bounded(None, number * unit_metres(units) if units else None)


def _bounded(minutes: float | None, metres: float | None) -> Length:
    whole_minutes = round(minutes) if minutes is not None else 0
    whole_metres = round(metres) if metres is not None else 0
    return Length(
        whole_minutes if 0 < whole_minutes <= MOST_MINUTES else None,
        whole_metres if 0 < whole_metres <= MOST_METRES else None,
    )
