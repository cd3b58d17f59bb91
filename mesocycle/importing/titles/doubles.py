"""Titles that hold more than one session: "AM: 4 mi easy, PM: 3 mi easy", "5 easy / 4 easy (double)"."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from mesocycle.importing.titles.lengths import in_both_units

Half = Literal["", "am", "pm"]


class Part(NamedTuple):
    """A session's own words, and the half of the day they name."""

    text: str
    half: Half = ""
    shared: bool = False  # its numbers count for all parts together


_AM = r"a\.?m\b\.?|mornings?\b|vormittags?\b|matin\b|mañana\b"
_PM = r"p\.?m\b\.?|evenings?\b|afternoons?\b|abends?\b|nachmittags?\b|soir\b|tarde\b"
_LABEL = re.compile(rf"(?<![a-z])(?:(?P<am>{_AM})|(?P<pm>{_PM}))(?P<colon>\s?:)?")
# "9 am - 5 pm" and "6 am or 6 pm" are times of one thing.
_CLOCK = re.compile(rf"(?:\d|:\d\d)\s?(?:{_AM})\s*(?:-|–|to|or|until)\s*\d{{1,2}}(?::\d\d)?\s?(?:{_PM})")
_NUMBER = re.compile(r"\d")
_LENGTH = re.compile(r"\{[^{}]+\}|\d\s?(?:mi|miles?|km|k|min\w*)\b|\d\s+(?:easy|recovery|long)\b")
# "8k/6k" and nothing more; of "20km/12mi" there is one.
_TWO_LENGTHS = re.compile(r"\s*(\d[\d.,]* ?(?:mi|miles|km|k)?)\s*/\s*(\d[\d.,]* ?(?:mi|miles|km|k))\s*")
_SLASH = re.compile(r"\s+/\s+|\s*//\s*")
_DOUBLE = re.compile(r"[\s(,-]*\b(?:double|doubles|two-a-day|2x)(?: day)?\b[\s):,-]*")
_NO_RUN_OF_ITS_OWN = re.compile(r"^(?:with|w/|incl\w*|then|jog|rest|\d+\s?(?:sec|x|%))")
# "Recovery {6} Medium-long run {15}": only a second run has a second distance like this.
_RECOVERY_FIRST = re.compile(
    r"^(recove\w+\s*\{[^{}]+\})\s+(?!with\b|w/|at\b|@|and\b)(?=[a-z+][^{};,]*\{[^{}]+\})"
)
_TWICE = re.compile(r"^(?:2|two) (?!min|sec|k|mi)(?=[a-z -]{0,30}runs?\b)", re.IGNORECASE)
_EDGES = " ,;/+&-–—()*:."

_STRENGTH = (
    r"(?:strength|weights|lift(?:ing)?|gym|core|s ?& ?c|plyos?|kraft\w*|legs|(?:upper|lower|full)[- ]body"
    r"|squats|renfo\w*|ppg|gainage|stabi\w*|rumpf\w*)\b"
)
# "Run, bike or swim" leaves it open.
_SPORT = r"(?:swim(?:ming)?|bike|cycling|cycle|spin|row(?:ing)?|elliptical)\b(?!.*\bor\b)"
_RUN = (
    r"(?:[^+&;,/]*\b(?:run|jog|easy|recovery|mi|miles|km|lauf|footing|intervals?|hills?|tempo|threshold|fartlek"
    r"|long|m?lr|progression|parkrun|\d+ ?x ?\d+\w*)\b)"
)
_PLUS = r"\s*(?:\+|&|;|,|/|\band\b|\bthen\b|\bplus\b|\bund\b)\s*"
_LIFT = rf"(?:\d+ ?min\w* )?(?:{_STRENGTH}|{_SPORT})"
_AND_LIFT = re.compile(rf"{_PLUS}(?={_LIFT})")
_AND_RUN = re.compile(rf"^({_LIFT}[^+&;,/]*?){_PLUS}(?={_RUN}|\d{{1,2}}k\b|(?:(?<=\+)|(?<=\+ ))\d{{1,2}}$)")
# "3 + lift" needs no more than its number.
_ALONE = r"\d{1,2}(?:\.\d)?\s?(?:km?|mi|miles?)?$"
_RUNS = re.compile(
    rf"^(?!.*\b{_STRENGTH})(?:{_ALONE}|{_RUN}|[^+&;,/]*\b(?:{_SPORT}|(?:track|speed|strides|race)\b))"
)


def sessions(title: str) -> tuple[Part, ...]:
    """Take a title of one line apart into its sessions; most have one."""
    low = title.lower()
    if len(low) != len(title):  # a letter whose small form is longer: places would not fit
        title = low
    if twice := _TWICE.match(title):
        return (Part(title[twice.end() :], shared=True),) * 2
    parts = _by_half(title, low) or _by_slash(title, low) or _by_braces(title, low) or _with_lift(title, low)
    return parts or (Part(title, _half(low)),)


def _by_half(title: str, low: str) -> tuple[Part, ...]:
    """ "AM: 4 mi, PM: 3 mi" and "Recovery {6} a.m. {5} p.m."."""
    labels = list(_LABEL.finditer(low))
    first = next((m for m in labels if m["am"]), None)
    second = next((m for m in labels if m["pm"] and first and m.start() > first.end()), None)
    if first is None or _CLOCK.search(low):
        return ()
    heading = title[: first.start()].strip(_EDGES)
    if first["colon"] or not _NUMBER.search(heading):
        if second is None:
            return ()
        heading = "" if _DOUBLE.fullmatch(f" {heading.lower()} ") else heading
        parts = title[first.end() : second.start()], title[second.end() :]
        if not all(part.strip(_EDGES) for part in parts):
            return ()
        first_part, second_part = (f"{heading} {_tidy(part)}".strip() for part in parts)
        return Part(first_part, "am"), Part(second_part, "pm")
    after = title[first.end() :]
    if second is not None:
        after = title[first.end() : second.start()] + title[second.end() :]
    if second is None and not _LENGTH.search(after.lower()):
        return ()
    if not _NUMBER.search(after):
        return ()
    return Part(_tidy(title[: first.start()]), "am"), Part(_tidy(after), "pm")


def _by_slash(title: str, low: str) -> tuple[Part, ...]:
    """ "5 easy / 4 easy (double)", "Recovery {4} / Threshold {10}"."""
    if in_both_units(low):
        return ()
    if alone := _TWO_LENGTHS.fullmatch(low):
        return Part(alone[1]), Part(alone[2])
    double = _DOUBLE.search(low)
    if double:
        title = f"{title[: double.start()]} {title[double.end() :]}".strip()
    slash = _outside(_SLASH, title)
    pieces = [title[: slash.start()], title[slash.end() :]] if slash else [title]
    if double and len(pieces) == 1:
        pieces = re.split(r"\s*[/+&]\s*|\s*,\s+", title, maxsplit=1)
    if len(pieces) != 2 or _NO_RUN_OF_ITS_OWN.match(pieces[1].lower()):
        return ()
    needed = _NUMBER if double else _LENGTH
    measured = all(needed.search(piece.lower()) for piece in pieces)
    if not measured or "walk" in low or re.search(r"\d ?x", pieces[0].lower()):
        return ()
    return Part(_tidy(pieces[0])), Part(_tidy(pieces[1]))


def _by_braces(title: str, low: str) -> tuple[Part, ...]:
    first = _RECOVERY_FIRST.match(low)
    return (Part(_tidy(title[: first.end(1)])), Part(_tidy(title[first.end() :]))) if first else ()


def _with_lift(title: str, low: str) -> tuple[Part, ...]:
    """ "6 km easy + core", "Gym, then easy run"."""
    lift = _outside(_AND_LIFT, low)
    if lift and _RUNS.match(low[: lift.start()]):
        return Part(_tidy(title[: lift.start()])), Part(_tidy(title[lift.end() :]))
    run = _AND_RUN.match(low)
    if run and _closed(run[1]):
        return Part(_tidy(title[: run.end(1)])), Part(_tidy(title[run.end() :]))
    return ()


def _outside(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    """The first match that does not stand in brackets."""
    return next((m for m in pattern.finditer(text) if _closed(text[: m.start()])), None)


def _closed(text: str) -> bool:
    """Whether no bracket is open after a text, or nothing in it yet: "easy 8 km (+ core)"."""
    return text.rstrip().endswith("(") or text.count("(") <= text.count(")")


def _half(low: str) -> Half:
    """The half of the day that a title of one session names; "6 am" is a time."""
    label = _LABEL.search(low)
    if label is None or re.search(r"\d\s?$", low[: label.start()]):
        return ""
    return "am" if label["am"] else "pm"


def _tidy(part: str) -> str:
    """Without what joined it to the other part; a bracket that was opened within stays."""
    part = part.strip(" ,;/+&-–—*:.")
    return part if part.count("(") == part.count(")") else part.strip("()")
