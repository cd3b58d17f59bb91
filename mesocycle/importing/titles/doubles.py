"""Titles that hold more than one session: "AM: 4 mi easy, PM: 3 mi easy", "5 easy / 4 easy (double)"."""

from __future__ import annotations

import re
from itertools import islice
from typing import Literal, NamedTuple

from mesocycle.importing.feed import Kind
from mesocycle.importing.titles.lengths import in_both_units
from mesocycle.importing.titles.matching import find_rule
from mesocycle.importing.titles.rules import PLAIN_RUN
from mesocycle.models.training import RunType

Half = Literal["", "am", "pm"]


class Part(NamedTuple):
    """A session's own words, and the half of the day they name."""

    text: str
    half: Half = ""
    shared: bool = False  # its numbers count for all parts together


_AM = r"a\.?m\b\.?|mornings?\b|mor\b|vormittags?\b|morgens\b|matin\b|mañana\b|mattina\b|ochtends?\b|manhã\b"
_PM = (
    r"p\.?m\b\.?|evenings?\b|eve\b|afternoons?\b|night\b|abends?\b|nachmittags?\b|soir\b|tarde\b|sera\b"
    r"|avonds?\b"
    r"|noite\b"
)
_LABEL = re.compile(rf"(?<![a-z])(?:(?P<am>{_AM})|(?P<pm>{_PM}))(?P<colon>\s?:)?")
# "9 am - 5 pm" and "6 am or 6 pm" are times of one thing.
_CLOCK = re.compile(rf"(?:\d|:\d\d)\s?(?:{_AM})\s*(?:-|–|to|or|until)\s*\d{{1,2}}(?::\d\d)?\s?(?:{_PM})")
_NUMBER = re.compile(r"\d")
_LENGTH = re.compile(r"\{[^{}]+\}|\d\s?(?:mi|miles?|km|k|min\w*)\b|\d\s+(?:easy|recovery|long)\b")
# "8k/6k" and nothing more; of "20km/12mi" there is one.
_TWO_LENGTHS = re.compile(r"\s*(\d[\d.,]* ?(?:mi|miles|km|k)?)\s*/\s*(\d[\d.,]* ?(?:mi|miles|km|k))\s*")
_SLASH = re.compile(r"\s+/\s+|\s*//\s*")
_DOUBLE = re.compile(
    r"[\s(,-]*\b(?:double|doubles|dbl|two-a-day|2x|biquotidien|doppeleinheit|(?:in )?(?:two|2) (?:outings"
    r"|runs|parts))(?: day)?\b[\s):,-]*"
)
_NO_RUN_OF_ITS_OWN = re.compile(r"^(?:with|w/|incl\w*|then|jog|rest|\d+\s?(?:sec|x|%))")
# "Recovery {6} Medium-long run {15}": only a second run has a second distance like this.
_RECOVERY_FIRST = re.compile(
    r"^(recove\w+\s*\{[^{}]+\})\s+(?!with\b|w/|at\b|@|and\b)(?=[a-z+][^{};,]*\{[^{}]+\})"
)
_TWICE = re.compile(r"^(?:2|two) (?!min|sec|k|mi)(?=[a-z -]{0,30}runs?\b(?! ?[a-z]*[:,]))", re.IGNORECASE)
_EDGES = " ,;/+&-–—()*:."

_STRENGTH = (
    r"(?:strength|weights|lift(?:ing)?|gym|core|s ?& ?c|plyos?|kraft\w*|legs|(?:upper|lower|full)[- ]body"
    r"|squats|renfo\w*|ppg|gainage|stabi\w*|rumpf\w*)\b"
)
# "Run, bike or swim" leaves it open.
_SPORT = r"(?:swim(?:ming)?|bike|cycling|cycle|spin|row(?:ing)?|elliptical)\b(?!.*\bor\b)"
_RUN = (
    r"(?:[^+&;,/]*\b(?:run|jog|easy|recovery|mi|miles|km|lauf|footing|intervals?|hills?|tempo|threshold"
    r"|fartlek"
    r"|long|m?lr|progression|parkrun|\d+ ?x ?\d+\w*)\b)"
)
# "3 + lift" needs no more than its number.
_ALONE = r"\d{1,2}(?:\.\d)?\s?(?:km?|mi|miles?)?(?:, \d+ strides)?|\{[^{}]+\}"
_JOINT = re.compile(
    r"\s*(?:\+|&|;|,|/|\||->|\.(?= )|\b(?:and|then|plus|und|et|puis|y|en|n|followed by|afterwards?"
    r"|after that)\b)+\s*"
    r"(?:(?:then|and|afterwards?|plus)\b[ :]*)?"
)
# A title that is joined more often is a text.
MOST_JOINTS = 8
_RUN_KINDS = frozenset(kind.value for kind in RunType if kind not in (RunType.REST, RunType.CROSS))
_OWN_WORDS = re.compile(r"[a-zà-ÿ]{3,}")
_LEADING_LENGTH = re.compile(
    r"\s*\(?\s*(?:\d{1,2} ?x ?)?(?:\{[^{}]+\}|\d[\d.,:-]*\s?(?:km|k|miles?|mi|min\w*|h)?\b)\)?,?(?=\W|$)",
    re.IGNORECASE,
)
_IN_THE = re.compile(r"\b(?:in the|at|this|am|le|la|de la|por la|da)\s*$", re.IGNORECASE)
_BOTH_HALVES = re.compile(r"\b(?:am|morning)\s?(?:/|&|and|\+)\s?(?:pm|evening)\b")
_EACH = re.compile(r"\s*\(?\b(?:each(?: way)?|both|apiece)\b\)?", re.IGNORECASE)
_TWO_TIMES = re.compile(
    r"\btwice\b|\s?\(?(?<!\d )(?<!\d)[x×] ?2\b\)?(?! ?[x\d])|\btwee keer\b|\bzweimal\b|\bdeux fois\b"
    r"|\bdos veces\b|^(?:2|two) ?x (?=easy|recovery|run|jog)|\bdouble,?:? 2 ?x\b"
    r"|^2 (?=easy \d)",
    re.IGNORECASE,
)
_FIRST = re.compile(r"^\W*(?:1[.):]|(?:first|1st) (?:run|session):?|run #?1:?|run one:)", re.IGNORECASE)
_SECOND = re.compile(r"\W+(?:2[):](?= )|(?:second|2nd) (?:run|session)\b:?|run #?2:?(?= )|run two:)")
_TWO_RUNS = re.compile(
    r"^(?:two|2) (?:\w+ )?(?:runs|sessions|outings)(?: today)?\s?[:(,-]\s?|^doubles?(?: day| run)?\s?:\s?"
)
_LATER = re.compile(
    r"\s*\b(?:(?:and )?later|then again|again|in the (?:evening|afternoon)|at night|tonight|evening"
    r"|afternoon|pm|run home|home)\b"
)


def sessions(title: str) -> tuple[Part, ...]:
    """Take a title of one line apart into its sessions; most have one."""
    low = title.lower()
    if len(low) != len(title):  # a letter whose small form is longer: places would not fit
        title = low
    if twice := _TWICE.match(title):
        return (Part(title[twice.end() :], shared=True),) * 2
    ways = (_each, _numbered, _by_half, _by_slash, _by_braces, _with_lift, _with_later)
    parts = next(filter(None, (way(title, low) for way in ways)), ())
    return parts or (Part(title, _half(low)),)


def _each(title: str, low: str) -> tuple[Part, ...]:
    """ "Recovery jog twice, 25 min each", "AM & PM easy 6 km each"."""
    if both := _BOTH_HALVES.search(low):
        rest = _tidy(f"{title[: both.start()]} {title[both.end() :]}")
        rest = _EACH.sub(" ", rest).strip() if _EACH.search(rest) else rest
        return (Part(rest, "am"), Part(rest, "pm")) if rest else ()
    if not _TWO_TIMES.search(low):
        return ()
    rest = _tidy(_EACH.sub(" ", _TWO_TIMES.sub(" ", title)))
    if len(_LABEL.findall(rest.lower())) == 2:
        rest = _tidy(re.sub(r"\([^()]*\)", " ", rest))
        return Part(rest, "am"), Part(rest, "pm")
    return (Part(rest), Part(rest)) if rest else ()


def _numbered(title: str, low: str) -> tuple[Part, ...]:
    """ "1) easy 8 km 2) strides 4 km", "First run: 12 km. Second run: 6 km", "Two runs: 6 mi easy, 4 mi"."""
    second = _SECOND.search(low)
    if second is not None and second.start():
        first = _FIRST.sub(" ", title[: second.start()])
        parts = _tidy(first), _tidy(title[second.end() :])
        return (Part(parts[0]), Part(parts[1])) if all(parts) else ()
    head = _TWO_RUNS.match(low)
    joint = None if head is None else _outside(_JOINT, title[head.end() :])
    if head is None or joint is None:
        return ()
    rest = title[head.end() :]
    return Part(_tidy(rest[: joint.start()])), Part(_tidy(rest[joint.end() :]))


def _by_half(title: str, low: str) -> tuple[Part, ...]:
    """ "AM: 4 mi, PM: 3 mi", "Recovery {6} a.m. {5} p.m." and "Recovery AM {4} Tempo PM {9}"."""
    # "6:30 am" is a time, "6 am" may be a distance.
    labels = [label for label in _LABEL.finditer(low) if not re.search(r":\d\d\s?$", low[: label.start()])]
    told = () if len(labels) < 2 or _CLOCK.search(low) else _label_first(title, labels)
    if told:
        return told
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
        # What is told for the first half is not repeated where the second has words of its own.
        headings = heading, "" if _OWN_WORDS.search(parts[1].lower()) else heading
        first_part, second_part = (
            f"{head} {_tidy(part)}".strip() for head, part in zip(headings, parts, strict=True)
        )
        return Part(first_part, "am"), Part(second_part, "pm")
    after = title[first.end() :]
    if second is not None:
        after = title[first.end() : second.start()] + title[second.end() :]
    if second is None and not _LENGTH.search(after.lower()):
        return ()
    if not _NUMBER.search(after):
        return ()
    return Part(_tidy(title[: first.start()]), "am"), Part(_tidy(after), "pm")


def _label_first(title: str, labels: list[re.Match[str]]) -> tuple[Part, ...]:
    """Two runs whose own words stand before their halves, and their lengths after."""
    first, second = labels[:2]
    if bool(first["am"]) == bool(second["am"]) or first["colon"] or second["colon"]:
        return ()
    head, between = title[: first.start()], title[first.end() : second.start()]
    length = _LEADING_LENGTH.match(between)
    own = between if length is None else between[length.end() :]
    words = _IN_THE.sub("", own).strip(_EDGES)
    head = _IN_THE.sub("", head).strip(_EDGES)
    if not _OWN_WORDS.search(head.lower()) or _DOUBLE.search(f" {head.lower()} ") or _NUMBER.search(head):
        return ()
    if not _OWN_WORDS.search(words.lower()) or _NUMBER.search(words):
        return ()
    halves: tuple[Half, Half] = ("am", "pm") if first["am"] else ("pm", "am")
    told = "" if length is None else length[0]
    return (
        Part(_tidy(f"{head} {told}"), halves[0]),
        Part(_tidy(f"{words} {title[second.end() :]}"), halves[1]),
    )


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
    """ "6 km easy + core", "Gym, then easy run": a run and something else, whatever stands first."""
    for joint in islice(_JOINT.finditer(low), MOST_JOINTS):
        first, second = title[: joint.start()], title[joint.end() :]
        if not _closed(first):
            continue
        if _NO_RUN_OF_ITS_OWN.match(second.lower()):
            continue
        kinds = _sort(first.lower()), _sort(second.lower())
        if kinds in (("run", "lift"), ("lift", "run")):
            return tuple(Part(_tidy(one), _half(one.lower())) for one in (first, second))
    return ()


def _sort(low: str) -> str:
    """Whether a part of a title is a run, a lift (or another sport), or nothing by itself."""
    part = low.strip(_EDGES)
    if not part:
        return ""
    if re.match(rf"(?:\d+ ?min\w* )?(?:of )?(?:{_STRENGTH}|{_SPORT})", part):
        return "lift"
    rule = find_rule(part)
    if rule is not None and rule.kind is Kind.STRENGTH:
        return "lift"
    runs = rule is not None and rule.kind.value in _RUN_KINDS and rule.confidence > 0.5
    plain = rule is None and (PLAIN_RUN.words.search(part) or re.fullmatch(_ALONE, part))
    return "run" if runs or plain else ""


def _with_later(title: str, low: str) -> tuple[Part, ...]:
    """ "Tempo 10 km + shakeout 5 km later", "Run to work 7 km, run home 7 km"."""
    later = _LATER.search(low)
    for joint in islice(_JOINT.finditer(low), MOST_JOINTS):
        first, second = title[: joint.start()], title[joint.end() :]
        if later is None or joint.start() > later.start() or not _closed(first):
            continue
        if _sort(first.lower()) == "run" and _sort(second.lower()) == "run":
            halves: tuple[Half, Half] = (_half(first.lower()), _half(second.lower()))
            return Part(_tidy(first), halves[0]), Part(_tidy(_LATER.sub("", second)), halves[1])
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
