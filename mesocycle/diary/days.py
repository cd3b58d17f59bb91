"""Days as runners name them: today, a weekday, a date, a stretch of them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal

from mesocycle.files.safe_text import shown
from mesocycle.models.clock import WEEKDAYS, parse_day, parse_weekday

Towards = Literal["past", "future"]
FORM = "a day is written like today, tue or 2026-09-15"
NAMED = {"today": 0, "yesterday": -1, "tomorrow": 1}


def day_of(word: str, today: date, towards: Towards) -> date:
    """Read a day.

    Parameters
    ----------
    word : str
        "today", "yesterday", "tomorrow", a weekday, or a date.
    today : date
        Today.
    towards : "past" or "future"
        Which one a weekday means: the last one or the next; today's is today.

    Raises
    ------
    ValueError
        If it is none.
    """
    text = word.strip().lower()
    if text in NAMED:
        return today + timedelta(days=NAMED[text])
    try:
        weekday = WEEKDAYS.index(parse_weekday(text))
    except ValueError:
        pass
    else:
        ahead = (weekday - today.weekday()) % 7
        return today + timedelta(days=ahead if towards == "future" or not ahead else ahead - 7)
    try:
        return parse_day(word)
    except ValueError as error:
        if not any(letter.isdigit() for letter in text):
            raise ValueError(f"{shown(word)} is no day: {FORM}") from None
        raise ValueError(f"{shown(word)}: {error}") from None


def names_a_day(word: str, today: date) -> bool:
    """Whether a word is a day."""
    try:
        day_of(word, today, "past")
    except ValueError:
        return False
    return True


def stretch_of(text: str, today: date, towards: Towards) -> tuple[date, date | None]:
    """Read a day, "FROM..TO", or "FROM.." for one that is open; `towards` as for `day_of`.

    Raises
    ------
    ValueError
        If it is none of them, or ends before it starts.
    """
    head, dots, tail = text.partition("..")
    first = day_of(head, today, towards)
    if not dots:
        return first, first
    if not tail.strip():
        return first, None
    # A weekday is the first one from then on.
    last = day_of(tail, today if tail.strip().lower() in NAMED else first, "future")
    if last < first:
        raise ValueError(f"{text} ends before it starts")
    return first, last
