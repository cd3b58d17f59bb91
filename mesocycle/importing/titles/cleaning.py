"""Any text on one line: nothing hidden, no pictures, no more than fits."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice
from typing import Literal

from mesocycle.models.names import hidden_character

# These many texts show which unit a plan uses.
MOST_LOOKED_AT = 5_000

# "Mi" alone is a Wednesday in German.
_MILES = re.compile(r"(?<![^\W\d_])(?:mi|(?i:miles?))\b|(?i:\d[\s-]?mi)\b|(?<![\d.:hH])(?:1?\d|2[0-6])M\b")
_KM = re.compile(r"(?<![^\W\d_])(?:kms?|kilomet\w*)\b", re.IGNORECASE)


def units_of(texts: Iterable[str]) -> Literal["km", "mi", ""]:
    """Find the unit that most of the texts name.

    Parameters
    ----------
    texts : iterable of str
        Titles, or the cells of a table.

    Returns
    -------
    str
        "km" or "mi"; "" if none of them names a unit.
    """
    miles = km = 0
    for text in islice(texts, MOST_LOOKED_AT):
        text = text[:MOST_READ]
        miles += bool(_MILES.search(text))
        km += bool(_KM.search(text))
    if miles or km:
        return "mi" if miles > km else "km"
    return ""


# The rest is not read: the first words of a title say what it is.
MOST_READ = 600
# The longest title that a run of a scenario may have.
MOST_SHOWN = 200

_BREAK = re.compile(r"[ \t]*(?:\r\n?|[\n\x0b\x0c\x85\u2028\u2029])\s*")
_SPACE = re.compile(r"\s+")
# Symbols and pictures, with what joins and colours them; letters of every script stay.
_PICTURE = re.compile(
    "[\u2190-\u2211\u2213-\u2bff\ufe00-\ufe0f\u20e3\U0001f000-\U0001faff\U000e0000-\U000e007f]"
)
_ENDS_A_PART = tuple(":;,.!?(/+&-")
_GOES_ON = ("with ", "and ", "at ", "then ", "(", "@", "+")


def one_line(text: str, most: int = MOST_READ) -> str:
    """Put a text on one line without pictures and hidden characters, cut where it is too long."""
    # Twice as much and some more: pictures and spaces that go make room.
    text = _PICTURE.sub(" ", text[: 2 * most + 200].strip())
    lines = [visible(line) for line in _BREAK.split(text)]
    joined = ""
    for line in filter(None, lines):
        goes_on = not joined or joined.endswith(_ENDS_A_PART) or line.startswith(_GOES_ON)
        joined += f"{' ' if goes_on else '; '}{line}"
    joined = joined.strip()
    return joined if len(joined) <= most else joined[: most - 1].rstrip() + "…"


def visible(text: str) -> str:
    """Leave out what cannot be seen, and make one space of several."""
    kept = "".join(c for c in text if c.isspace() or not hidden_character(c))
    return _SPACE.sub(" ", kept).strip()
