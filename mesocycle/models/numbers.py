"""Numbers in sentences."""

from __future__ import annotations

_WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def number_word(count: int) -> str:
    """A small number as a word: "three"."""
    return _WORDS[count] if count < len(_WORDS) else str(count)


def counted(number: int, noun: str) -> str:
    """A number with its noun: "1 set", "2 sets"."""
    return f"{number} {noun}{'' if number == 1 else 's'}"
