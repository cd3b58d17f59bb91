"""Text of others on one line: nothing hidden, no pictures, no more than fits."""

from __future__ import annotations

import re

from mesocycle.models.names import hidden_character

# Nothing beyond is looked at: a title that says what it is says so in its first words.
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
