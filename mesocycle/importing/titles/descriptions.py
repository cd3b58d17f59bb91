"""How long a session is by its description, where its title does not say so."""

from __future__ import annotations

import re

from mesocycle.importing.titles.lengths import Length, read_length
from mesocycle.importing.titles.tokens import KM, METRES, MILES, MIN, N

_FAR = rf"{N} ?(?:{KM}|{MILES}|{METRES})\b"
_CLOCK = r"\d{1,2}:\d\d(?::\d\d)?"
_LONG = rf"(?:{_CLOCK}|\d{{1,2}} ?h(?:ours?|rs?)?(?: ?\d{{1,2}})?|{N} ?(?:{MIN}))"
_PLANNED = r"(?:planned |total |target |est\.? |estimated )?"
# "Distance: 15 km", "Total 12 km", "8 km total".
_DISTANCE = re.compile(
    rf"\b(?:{_PLANNED}(?:distance|dist|distanz|distancia|distanza|afstand)\b|total)[ :=]+(?P<after>{_FAR})"
    rf"|(?P<before>{_FAR}) (?:in )?total\b"
)
# "Planned Duration: 0:50", "est. time 58:00", "45 min total".
_DURATION = re.compile(
    rf"\b(?:{_PLANNED}(?:duration|dauer|durée|duración|durata|duur)\b|(?:est\.?|estimated|moving|total) time"
    rf"|total)[ :=]+(?P<after>{_LONG})|(?P<before>{_LONG}) (?:in )?total\b"
)
# "25:00 run", and nothing else: minutes and seconds.
_MINUTES_RUN = re.compile(r"^\W*(\d{1,3}):(\d\d) (?:easy |steady )?(?:run|jog)\b(?!.*\d:\d\d)")
# The first of it says what to do; what comes after speaks of something else.
_FIRST = re.compile(r"^[^.\n;]{1,80}")


def described_length(text: str, units: str) -> Length:
    """The length that a description states, or that of its first few words.

    Parameters
    ----------
    text : str
        The description, with its lines.
    units : str
        What numbers without a unit count, as in `read_length`.
    """
    low = text.lower()
    far, long = _DISTANCE.search(low), _DURATION.search(low)
    metres = read_length(far["after"] or far["before"], units).metres if far else None
    minutes = _minutes(long["after"] or long["before"]) if long else None
    if metres or minutes:
        return Length(minutes, metres)
    if run := _MINUTES_RUN.match(low):
        return Length(max(1, round(int(run[1]) + int(run[2]) / 60)), None)
    first = _FIRST.match(text.strip())
    return read_length(first[0], units) if first else Length()


def _minutes(text: str) -> int | None:
    """Minutes of "0:50", "1:05:00", "58:00", "1 h 30" and "45 min"."""
    parts = [int(part) for part in text.split(":")] if ":" in text else []
    if len(parts) == 3:
        return 60 * parts[0] + parts[1]
    if len(parts) == 2:
        # Hours and minutes, but nobody plans ten hours.
        return 60 * parts[0] + parts[1] if parts[0] < 10 else parts[0]
    return read_length(text, "").minutes
