"""Times that a plan leaves open: when runs start, and when there is time for lifts."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from mesocycle.models.clock import WEEKDAYS, parse_time, parse_weekday, parse_window

GROUPS = {"weekdays": WEEKDAYS[:5], "weekend": WEEKDAYS[5:]}
# The second run of a day if it has no time: the first has ended by then.
SECOND_RUN, LIFT = 17 * 60 + 30, 18 * 60
_TIME = re.compile(r"(\d{1,2})(?:\.([0-5]\d))?")
FORM = 'write it like "06:30, weekend 08:00, sun 09:00, pm 18:00, lift 18:30"'


@dataclass(frozen=True)
class StartTimes:
    """Minutes since midnight for what has no time of its own.

    Attributes
    ----------
    by_day : mapping of str to int
        By weekday, "mon" to "sun"; a weekday that is missing keeps no time.
    second : int
        For the second run of a day.
    lift : int
        For strength sessions.
    """

    by_day: Mapping[str, int] = field(default_factory=dict)
    second: int = SECOND_RUN
    lift: int = LIFT

    def of(self, day: date) -> int | None:
        """When the run of a day starts, if known."""
        return self.by_day.get(WEEKDAYS[day.weekday()])


def _time(text: str) -> int:
    """Read a time of day; here, where a number can be nothing else, also "18" and "6.30"."""
    match = _TIME.fullmatch(text)
    return parse_time(f"{match[1]}:{match[2] or '00'}" if match else text)


def parse_start_times(text: str) -> StartTimes:
    """Read times, each with what it is for: nothing (every day), a group, a weekday, pm or lift.

    Raises
    ------
    ValueError
        If a part of it cannot be read; the more specific part wins wherever it stands.
    """
    every: dict[str, int] = {}
    groups: dict[str, int] = {}
    days: dict[str, int] = {}
    special: dict[str, int] = {}
    for part in text.split(","):
        *words, time = part.split() or [""]
        if len(words) > 1:
            raise ValueError(f"{part.strip()!r} cannot be read: {FORM}")
        try:
            minute = _time(time)
        except ValueError as error:
            raise ValueError(f"{part.strip()!r} cannot be read: {error}; {FORM}") from None
        if minute > 23 * 60:
            raise ValueError(f"{part.strip()!r} leaves no time to run before midnight")
        word = words[0].lower() if words else ""
        if word in ("pm", "lift"):
            special[word] = minute
        elif word in GROUPS:
            groups |= dict.fromkeys(GROUPS[word], minute)
        elif word:
            try:
                days[parse_weekday(word)] = minute
            except ValueError:
                raise ValueError(f"{part.strip()!r} cannot be read: {FORM}") from None
        else:
            every = dict.fromkeys(WEEKDAYS, minute)
    return StartTimes(every | groups | days, special.get("pm", SECOND_RUN), special.get("lift", LIFT))


FREE_GROUPS = ("weekdays", "weekend")
FREE_FORM = 'write it like "weekdays 06:00-08:00 17:00-21:00, weekend 09:00-18:00, thu none"'


def parse_free_times(text: str) -> dict[str | date, Sequence[str]]:
    """Read free windows, each with the days they are for, as `athlete.availability` has them.

    Raises
    ------
    ValueError
        If a part of it cannot be read.
    """
    free: dict[str, tuple[str, ...]] = {}
    for part in text.split(","):
        word, *windows = part.split() or [""]
        try:
            key = word.lower() if word.lower() in FREE_GROUPS else parse_weekday(word)
            if not windows:
                raise ValueError("no window is given")
            none = [window.lower() for window in windows] == ["none"]
            free[key] = () if none else tuple(str(parse_window(window)) for window in windows)
        except ValueError as error:
            raise ValueError(f"{part.strip()!r} cannot be read: {error}; {FREE_FORM}") from None
    order = (*FREE_GROUPS, *WEEKDAYS)
    return {key: free[key] for key in order if key in free}
