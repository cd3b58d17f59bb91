"""What an event of a plan is: its title read by the table of `rows`, its numbers by `lengths`."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import NamedTuple

from mesocycle.importing.feed import Event, Kind, Reading
from mesocycle.importing.titles.cleaning import MOST_SHOWN, one_line
from mesocycle.importing.titles.doubles import Half, Part, sessions
from mesocycle.importing.titles.lengths import Length, read_length
from mesocycle.importing.titles.rows import DENIED, PLAIN_RUN, Row, called_off, find_row
from mesocycle.models.training import METRES_PER_MILE, RACE_METRES

# Below it the runner is asked to look.
SURE = 0.75
# What only the description says, or a choice that is the runner's, is never sure.
WEAK, CHOICE = 0.65, 0.55
# "Workout", of which only a description can say more.
VAGUE = 0.5
# A run without a pace is a long one from here on: what it does to the legs does not depend on its name.
LONG_METRES, LONG_MINUTES = 20_000, 120
# A field and a title this far apart cannot both be right.
APART = 1.5

NO_RUN = frozenset({Kind.REST, Kind.CROSS, Kind.STRENGTH, Kind.FREE, Kind.OTHER})
_SUMMARY = re.compile(r"^([^•|\n]{2,40}?)\s*[•|]\s*(.*\d.*)$")
_OR = re.compile(r"[\s(](?:or|and/or|oder|ou)\s|(?<=\brest)\s?/\s?|(?<=\boff)\s?/\s?|\s?/\s?(?=rest\b|off\b)")
_OPTIONAL = re.compile(r"\boptional\b|\bif (?:you |time|needed|possible)|\btbd\b")
_BRACES = re.compile(r"\{\s*([^{}:]+?)\s*(?::\s*([^{}]*?)\s*)?\}(?=(\s?(?:km|mi|miles?)\b)?)")
_FROM_TO = re.compile(r"(\d) (mi|km)\s?[-–]\s?(\d+(?:\.\d+)?) \2\b")
_NUMBER = re.compile(r"(\d{1,6}(?:\.\d{1,6})?)(?:\s?-\s?\d+(?:\.\d+)?)?")


class _Taken(NamedTuple):
    kind: Kind
    confidence: float
    doubt: str = ""
    plain: bool = False  # its words name no kind: a description may


def read_title(event: Event, units: str) -> tuple[Reading, ...]:
    """Say what an event is: one reading for each of its runs and lifts.

    Fields of the file win over its title, and the title wins over the description.

    Parameters
    ----------
    event : Event
        As its file has it.
    units : str
        "km" or "mi": what numbers without a unit count; "" where nobody knows.

    Returns
    -------
    tuple of Reading
        One, or two of a day with a double; never none.
    """
    title = one_line(event.title)
    if called_off(title):
        given = Length(event.minutes, event.metres)
        return (_reading(title, _Taken(Kind.OTHER, 0.9), given, "", units),)
    parts = sessions(title) if event.kind is None or event.kind not in NO_RUN else (Part(title),)
    if len(parts) == 1:
        return (_single(event, parts[0], units),)
    return _double(event, parts, units)


def _double(event: Event, parts: tuple[Part, ...], units: str) -> tuple[Reading, ...]:
    """Two sessions; what has no words of its own is a run as the first that has some."""
    taken = [_words(part.text.lower()) for part in parts]
    first = next((t for t in taken if t is not None and t.kind not in NO_RUN), None)
    if first is None and event.kind is not None:
        first = _Taken(event.kind, 1.0)
    lengths = _lengths(event, parts, units)
    read = [
        _reading(part.text, own or first, length, part.half, units)
        for part, own, length in zip(parts, taken, lengths, strict=True)
    ]
    return _shared(event, tuple(read))


def _lengths(event: Event, parts: tuple[Part, ...], units: str) -> list[Length]:
    """How long each session is; of "2 recovery runs" the description tells, else each is a half."""
    told = [read_length(part.text, units) for part in parts]
    if not parts[0].shared:
        return told
    lines = [read_length(line, units) for line in event.text[:MOST_SHOWN].splitlines() if line.strip()]
    if len(lines) == len(parts) and all(line.metres or line.minutes for line in lines):
        return lines
    minutes, metres = event.minutes or told[0].minutes, event.metres or told[0].metres
    return [Length(minutes // 2 if minutes else None, metres // 2 if metres else None)] * 2


def _single(event: Event, part: Part, units: str) -> Reading:
    length, taken = read_length(part.text, units), _words(part.text.lower())
    text = one_line(event.text)
    summary = _SUMMARY.match(event.text[:400].strip().partition("\n")[0])
    if summary and (row := find_row(summary[1].lower())):
        taken = _Taken(row.kind, row.confidence, row.doubt)
        said = read_length(one_line(summary[0]), units)
        length = Length(length.minutes or said.minutes, length.metres or said.metres)
    elif taken is None or taken.plain or taken.confidence == VAGUE:
        taken = _described(text, taken)
        if length == Length() and len(text) < MOST_SHOWN:
            length = read_length(text, units)
    if event.kind is not None:
        taken = _Taken(event.kind, 1.0)
    given, slot = Length(event.minutes, event.metres), event.start_minute is not None
    reading = _reading(part.text, taken, given, part.half, units, length, slot)
    if reading.title or not text:
        return reading
    return replace(reading, title=one_line(text, MOST_SHOWN))


def _words(low: str) -> _Taken | None:
    """What the words of a title say; None where they say nothing."""
    sides = _OR.split(DENIED.sub(" ", low))  # "no tempo or intervals" is no choice
    taken = _one(low) if len(sides) == 1 else _choice(low, sides)
    if taken and _OPTIONAL.search(low) and taken.kind not in NO_RUN:
        return taken._replace(confidence=min(taken.confidence, WEAK), doubt=taken.doubt or "it is optional")
    return taken


def _one(low: str) -> _Taken | None:
    if row := find_row(low):
        return _Taken(row.kind, row.confidence, row.doubt)
    if PLAIN_RUN.words.search(low):
        return _Taken(PLAIN_RUN.kind, PLAIN_RUN.confidence, plain=True)
    return None


def _choice(low: str, sides: list[str]) -> _Taken | None:
    """ "Rest or cross-train" fixes nothing; "easy run or day off" may be a run."""
    known = [(side.strip(" ,;:.()"), taken) for side in sides if (taken := _one(side))]
    kinds = {taken.kind for _, taken in known}
    if len(kinds) < 2:
        return _one(low)
    if kinds <= NO_RUN:
        # "Rest / travel" is a day of rest; "rest or cross-train" is the runner's.
        return _Taken(Kind.REST if kinds == {Kind.REST, Kind.OTHER} else Kind.FREE, 0.9)
    at = next(n for n, (_, taken) in enumerate(known) if taken.kind not in NO_RUN)
    other = next(side for n, (side, taken) in enumerate(known) if taken.kind is not known[at][1].kind)
    return _Taken(
        known[at][1].kind, CHOICE, f"it also says {one_line(_BRACES.sub('', other), 40).strip(' ;,.')}"
    )


def _described(text: str, taken: _Taken | None) -> _Taken | None:
    """What the description says of a title that names no kind of run."""
    row: Row | None = find_row(text.lower()) if text else None
    if row is None or (row.kind in NO_RUN and (taken or row.kind in (Kind.REST, Kind.OTHER))):
        return taken
    if taken and row.kind is taken.kind:
        return taken
    return _Taken(row.kind, min(row.confidence, WEAK), row.doubt or "only its description says so")


def _reading(
    title: str,
    taken: _Taken | None,
    length: Length,
    half: Half,
    units: str,
    said: Length | None = None,
    slot: bool = False,
) -> Reading:
    """Put words and numbers together; `length` wins over `said`, what the title says beside fields."""
    said = said or Length()
    if taken and taken.kind is Kind.RACE:
        said = Length(said.minutes, said.metres or _race_metres(title.lower()))
    minutes, metres = length.minutes or said.minutes, length.metres or said.metres
    if taken and taken.kind is Kind.RACE:
        metres = _as_run(metres, said.metres)
    if taken is None:
        # A slot in a calendar is as long as any meeting.
        taken = _unnamed(title, said.minutes if slot else minutes, metres)
    elif taken.kind in (Kind.EASY, Kind.MODERATE) and (
        (metres or 0) >= LONG_METRES or (minutes or 0) >= LONG_MINUTES
    ):
        taken = taken._replace(kind=Kind.LONG, confidence=min(taken.confidence, 0.8))
    if length.metres and said.metres and _apart(taken.kind, length.metres, said.metres):
        doubt = f"its title says {_far(said.metres, units)}, its distance {_far(length.metres, units)}"
        taken = taken._replace(confidence=min(taken.confidence, WEAK), doubt=taken.doubt or doubt)
        # Lifts are kept clear of the longer one; a race is as long as its name says.
        metres = said.metres if taken.kind is Kind.RACE else max(length.metres, said.metres)
    if taken.confidence >= SURE:
        taken = taken._replace(doubt="")
    return Reading(taken.kind, _shown(title, units), minutes, metres, half, taken.confidence, taken.doubt)


def _unnamed(title: str, minutes: int | None, metres: int | None) -> _Taken:
    """No word of it is known: with a length it is a run, as most entries of a plan are."""
    if metres:
        kind = Kind.LONG if metres >= LONG_METRES else Kind.EASY
        return _Taken(kind, 0.6, "it names a distance and no kind of run")
    if minutes:
        return _Taken(Kind.EASY, 0.5, "it names a duration and no kind of run")
    return _Taken(Kind.OTHER, 0.5, "no word of it is known" if title else "it has no title")


def _apart(kind: Kind, field: int, said: int) -> bool:
    """Whether field and title contradict; a field may hold the warm-up that a title leaves out."""
    return said > APART * field or (kind is Kind.RACE and field > APART * said)


def _shared(event: Event, read: tuple[Reading, ...]) -> tuple[Reading, ...]:
    """Share the fields of an event, which count for all of it, among its readings."""
    runs = [r for r in read if r.kind is not Kind.STRENGTH]
    known = sum(r.metres or 0 for r in runs)
    shared = []
    for reading in read:
        if reading in runs and reading.metres is None and event.metres:
            rest = event.metres - known
            alone = sum(r.metres is None for r in runs) == 1
            reading = replace(reading, metres=rest if alone and rest > 0 else None)
        if reading in runs and reading.minutes is None and len(runs) == 1:
            reading = replace(reading, minutes=event.minutes)
        shared.append(reading)
    return tuple(shared)


def _race_metres(low: str) -> int | None:
    if "parkrun" in low:
        return RACE_METRES["5k"]
    if re.search(r"\bhalf$|\bsemi\b|\bhm\b|(?:half|halb|semi|medi[oa]|mezza)[- ]?marat", low):
        return RACE_METRES["half_marathon"]
    return RACE_METRES["marathon"] if "marat" in low else None


def _as_run(metres: int | None, named: int | None) -> int | None:
    """A race of 13.1 miles or 21 km is a half marathon, and a marathon of 27 miles a marathon."""
    known = [(each, 0.005) for each in RACE_METRES.values()] + ([(named, 0.1)] if named else [])
    return next((each for each, off in known if metres and abs(each - metres) <= off * each), metres)


def _far(metres: int, units: str) -> str:
    return f"{metres / METRES_PER_MILE:.3g} mi" if units == "mi" else f"{metres / 1000:.3g} km"


def _shown(title: str, units: str) -> str:
    """The title as a runner writes it: "6 mi easy" for "{6:10} easy"."""

    def plain(match: re.Match[str]) -> str:
        first, second, unit = match.groups()
        first = first.removesuffix(".0")
        if unit or not _NUMBER.fullmatch(first):
            return first
        if second and (other := _NUMBER.match(second)):
            own = "mi" if float(other[1]) > float(first.split("-")[0]) else "km"
            return f"{first} {own}"
        return f"{first} {units}".strip()

    return one_line(_FROM_TO.sub(r"\1-\3 \2", _BRACES.sub(plain, title)), MOST_SHOWN)
