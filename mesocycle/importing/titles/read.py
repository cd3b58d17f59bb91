"""What an event of a plan is: its title read by `rules`, its numbers by `lengths`."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import NamedTuple

from mesocycle.importing.feed import Event, Kind, Reading
from mesocycle.importing.titles.cleaning import MOST_READ, MOST_SHOWN, one_line
from mesocycle.importing.titles.descriptions import described_length
from mesocycle.importing.titles.doubles import Half, Part, sessions
from mesocycle.importing.titles.lengths import Length, read_length
from mesocycle.importing.titles.matching import DENIED, called_off, find_rule
from mesocycle.importing.titles.rules import MEDIUM_LONG, PLAIN_RUN
from mesocycle.importing.titles.when import without_when
from mesocycle.models.training import METRES_PER_MILE, RACE_METRES, in_units

# Below it the runner should look; a field of the file leaves no doubt.
SURE, GIVEN = 0.75, 1.0
# A run that is taken as long for its length alone.
BY_LENGTH = 0.8
# What only the description says, and a choice left to the runner, is never sure.
WEAK, CHOICE = 0.65, 0.55
# "Workout", of which only a description can say more.
VAGUE = 0.5
# A run without a pace is long from here on: its load on the legs does not depend on its name.
LONG_METRES, LONG_MINUTES = 20_000, 120
# A field and a title this far apart cannot both be right.
APART = 1.5

# Of these a description tells other things: the length of the run that it takes the place of.
NO_LENGTH = frozenset({Kind.REST, Kind.OTHER, Kind.FREE})
NO_RUN = frozenset({Kind.REST, Kind.CROSS, Kind.STRENGTH, Kind.FREE, Kind.OTHER})
_SUMMARY = re.compile(r"^([^•|\n]{2,40}?)\s*[•|]\s*(.*\d.*)$")
_OR = re.compile(r"[\s(](?:or|and/or|oder|ou)\s|(?<=\brest)\s?/\s?|(?<=\boff)\s?/\s?|\s?/\s?(?=rest\b|off\b)")
_OPTIONAL = re.compile(r"\boptional\b|\bif (?:you |time|needed|possible)|\btbd\b")
_BRACES = re.compile(r"\{\s*([^{}:]+?)\s*(?::\s*([^{}]*?)\s*)?\}(?=(\s?(?:km|mi|miles?)\b)?)")
_FROM_TO = re.compile(r"(\d) (mi|km)\s?[-–]\s?(\d+(?:\.\d+)?) \2\b")
_NUMBER = re.compile(r"(\d{1,6}(?:\.\d{1,6})?)(?:\s?-\s?\d+(?:\.\d+)?)?")


class _Guess(NamedTuple):
    """What words are taken for."""

    kind: Kind
    confidence: float
    doubt: str = ""
    plain: bool = False  # no word names a kind: the description may


def read_title(event: Event, units: str) -> tuple[Reading, ...]:
    """Read what an event is: one reading for each of its runs and lifts.

    Fields of the file win over its title, and the title wins over the description.

    Parameters
    ----------
    event : Event
        As its file has it.
    units : str
        "km" or "mi": what numbers without a unit count; "" if unknown.

    Returns
    -------
    tuple of Reading
        At least one; two of a double.
    """
    title = one_line(event.title)
    if " " not in title:
        title = title.replace("_", " ")  # "easy-run_10km"
    if called_off(title):
        given = Length(event.minutes, event.metres)
        return (_reading(title, _Guess(Kind.OTHER, 0.9), given, "", units),)
    told = without_when(title)
    parts = sessions(told) if event.kind is None or event.kind not in NO_RUN else (Part(told),)
    if len(parts) == 1:
        reading = _single(event, parts[0], units)
        # The runner knows it by all of its title.
        return (reading if told == title else replace(reading, title=_shown(title, units)),)
    return _double(event, parts, units)


def _double(event: Event, parts: tuple[Part, ...], units: str) -> tuple[Reading, ...]:
    """Two sessions; a part without words of its own is the same run as the other."""
    guesses = [_words(part.text.lower()) for part in parts]
    first = next((guess for guess in guesses if guess is not None and guess.kind not in NO_RUN), None)
    if first is None and event.kind is not None:
        first = _Guess(event.kind, GIVEN)
    if first is not None and first.kind not in (Kind.EASY, Kind.RECOVERY):
        # Beside a long or hard run the other one of the day is easy.
        first = _Guess(Kind.EASY, WEAK, "it names no kind of run")
    lengths = _lengths(event, parts, units)
    read = [
        _reading(part.text, guess or first, length, part.half, units)
        for part, guess, length in zip(parts, guesses, lengths, strict=True)
    ]
    return _shared(event, tuple(read))


def _lengths(event: Event, parts: tuple[Part, ...], units: str) -> list[Length]:
    """How long each session is: for "2 recovery runs" from the description, else each is a half."""
    lengths = [read_length(part.text, units) for part in parts]
    if not parts[0].shared:
        return lengths
    lines = [read_length(line, units) for line in event.text[:MOST_SHOWN].splitlines() if line.strip()]
    if len(lines) == len(parts) and all(line.metres or line.minutes for line in lines):
        return lines
    minutes, metres = event.minutes or lengths[0].minutes, event.metres or lengths[0].metres
    return [Length(minutes // 2 if minutes else None, metres // 2 if metres else None)] * 2


def _single(event: Event, part: Part, units: str) -> Reading:
    length, guess = read_length(part.text, units), _words(part.text.lower())
    text = one_line(event.text)
    summary = _SUMMARY.match(event.text[:400].strip().partition("\n")[0])
    if summary and (rule := find_rule(summary[1].lower())):
        guess = _Guess(rule.kind, rule.confidence, rule.doubt)
        summed = read_length(one_line(summary[0]), units)
        length = Length(length.minutes or summed.minutes, length.metres or summed.metres)
    elif guess is None or guess.plain or guess.confidence == VAGUE:
        guess = _described(text, guess)
        if length == Length() and len(text) < MOST_SHOWN:
            length = read_length(text, units)
    if length == Length() and event.text and guess is not None and guess.kind not in NO_LENGTH:
        length = described_length(event.text[:MOST_READ], units)
    if event.kind is not None:
        guess = _Guess(event.kind, GIVEN)
    given, slot = Length(event.minutes, event.metres), event.start_minute is not None
    reading = _reading(part.text, guess, given, part.half, units, length, slot)
    if reading.title or not text:
        return reading
    return replace(reading, title=one_line(text, MOST_SHOWN))


def _words(low: str) -> _Guess | None:
    """What the words of a title mean; None if none is known."""
    sides = _OR.split(DENIED.sub(" ", low))  # "no tempo or intervals" is no choice
    guess = _by_rule(low) if len(sides) == 1 else _choice(low, sides)
    if guess and _OPTIONAL.search(low) and guess.kind not in NO_RUN:
        return guess._replace(confidence=min(guess.confidence, WEAK), doubt=guess.doubt or "it is optional")
    return guess


def _by_rule(low: str) -> _Guess | None:
    if rule := find_rule(low):
        return _Guess(rule.kind, rule.confidence, rule.doubt)
    if PLAIN_RUN.words.search(low):
        return _Guess(PLAIN_RUN.kind, PLAIN_RUN.confidence, plain=True)
    return None


def _choice(low: str, sides: list[str]) -> _Guess | None:
    """ "Rest or cross-train" fixes nothing; "easy run or day off" may be a run."""
    known = [(side.strip(" ,;:.()"), guess.kind) for side in sides if (guess := _by_rule(side))]
    kinds = {kind for _, kind in known}
    if len(kinds) < 2:
        return _by_rule(low)
    if kinds <= NO_RUN:
        # "Rest / travel" is a day of rest; "rest or cross-train" leaves the choice to the runner.
        return _Guess(Kind.REST if kinds == {Kind.REST, Kind.OTHER} else Kind.FREE, 0.9)
    run = next(kind for _, kind in known if kind not in NO_RUN)
    alternative = next(side for side, kind in known if kind is not run)
    return _Guess(run, CHOICE, f"it also says {one_line(_BRACES.sub('', alternative), 40).strip(' ;,.')}")


def _described(text: str, guess: _Guess | None) -> _Guess | None:
    """Let the description decide if the title names no kind of run."""
    rule = find_rule(text.lower()) if text else None
    if rule is None or (rule.kind in NO_RUN and (guess or rule.kind in (Kind.REST, Kind.OTHER))):
        return guess
    if guess and rule.kind is guess.kind:
        return guess
    return _Guess(rule.kind, min(rule.confidence, WEAK), rule.doubt or "only its description says so")


def _reading(
    title: str,
    guess: _Guess | None,
    length: Length,
    half: Half,
    units: str,
    titled: Length | None = None,
    slot: bool = False,
) -> Reading:
    """Put words and numbers together; `length` wins over `titled`, the length in the title."""
    titled = titled or Length()
    if guess and guess.kind is Kind.RACE:
        titled = Length(titled.minutes, titled.metres or _race_metres(title.lower()))
    if length == titled == Length() and guess and guess.kind not in NO_RUN and "parkrun" in title.lower():
        titled = Length(None, RACE_METRES["5k"])
    minutes, metres = length.minutes or titled.minutes, length.metres or titled.metres
    if slot and titled.minutes:
        minutes = titled.minutes  # a slot in a calendar is also the way there
    if guess and guess.kind is Kind.RACE:
        metres = _official_metres(metres, titled.metres)
    if guess is None:
        # A slot in a calendar is as long as any meeting.
        guess = _unnamed(title, titled.minutes if slot else minutes, metres)
    elif (
        guess.kind in (Kind.EASY, Kind.MODERATE)
        and not MEDIUM_LONG.search(title.lower())
        and ((metres or 0) >= LONG_METRES or (minutes or 0) >= LONG_MINUTES)
    ):
        guess = guess._replace(kind=Kind.LONG, confidence=min(guess.confidence, BY_LENGTH))
    if length.metres and titled.metres and _apart(guess.kind, length.metres, titled.metres):
        doubt = f"its title says {_far(titled.metres, units)}, its distance {_far(length.metres, units)}"
        guess = guess._replace(confidence=min(guess.confidence, WEAK), doubt=guess.doubt or doubt)
        # Lifts keep clear of the longer run; a race is as long as its name says.
        metres = titled.metres if guess.kind is Kind.RACE else max(length.metres, titled.metres)
    if guess.confidence >= SURE:
        guess = guess._replace(doubt="")
    return Reading(guess.kind, _shown(title, units), minutes, metres, half, guess.confidence, guess.doubt)


def _unnamed(title: str, minutes: int | None, metres: int | None) -> _Guess:
    """Read a title without a known word: with a length it is a run, as most entries of a plan are."""
    if metres:
        kind = Kind.LONG if metres >= LONG_METRES else Kind.EASY
        return _Guess(kind, 0.6, "it names a distance and no kind of run")
    if minutes:
        return _Guess(Kind.EASY, 0.5, "it names a duration and no kind of run")
    return _Guess(Kind.OTHER, 0.5, "no word of it is known" if title else "it has no title")


def _apart(kind: Kind, field: int, titled: int) -> bool:
    """Whether field and title contradict; a field may hold the warm-up that a title leaves out."""
    return titled > APART * field or (kind is Kind.RACE and field > APART * titled)


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
    if re.search(r"\bmile race\b|^the mile\b", low):
        return round(METRES_PER_MILE)
    if re.search(r"\bhalf$|\bsemi\b|\bhm\b|(?:half|halb|halve|semi|medi[oa]|mezza|demi|meia)[- ]?mara", low):
        return RACE_METRES["half_marathon"]
    return RACE_METRES["marathon"] if "marat" in low else None


def _official_metres(metres: int | None, named: int | None) -> int | None:
    """A race of 13.1 miles or 21 km is a half marathon, and a marathon of 27 miles a marathon."""
    known = [(race, 0.005) for race in RACE_METRES.values()] + ([(named, 0.1)] if named else [])
    return next((race for race, off in known if metres and abs(race - metres) <= off * race), metres)


def _far(metres: int, units: str) -> str:
    return f"{in_units(metres, units):.3g} {units}"


def _shown(title: str, units: str) -> str:
    """The title as a runner writes it: "6 mi easy" for "{6:10} easy"."""

    def plain(match: re.Match[str]) -> str:
        first, second, unit = match.groups()
        first = first.removesuffix(".0")
        if unit or not _NUMBER.fullmatch(first):
            return first
        if second and (converted := _NUMBER.match(second)):
            unit = "mi" if float(converted[1]) > float(first.split("-")[0]) else "km"
            return f"{first} {unit}"
        return f"{first} {units}".strip()

    return one_line(_FROM_TO.sub(r"\1-\3 \2", _BRACES.sub(plain, title)), MOST_SHOWN)
