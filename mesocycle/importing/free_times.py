"""When there is time for lifts: `--free "weekdays 06:00-08:00 17:00-21:00, weekend 09:00-18:00"`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from mesocycle.models.clock import WEEKDAYS, parse_weekday, parse_window

GROUPS = ("weekdays", "weekend")
FORM = 'write it like "weekdays 06:00-08:00 17:00-21:00, weekend 09:00-18:00, thu none"'


def parse_free_times(text: str) -> dict[str | date, Sequence[str]]:
    """Read free windows, each with the days they are for, as `athlete.availability` has them.

    Raises
    ------
    ValueError
        If a part of it cannot be read.
    """
    found: dict[str, tuple[str, ...]] = {}
    for part in text.split(","):
        word, *windows = part.split() or [""]
        try:
            key = word.lower() if word.lower() in GROUPS else parse_weekday(word)
            if not windows:
                raise ValueError("no window is given")
            none = [window.lower() for window in windows] == ["none"]
            found[key] = () if none else tuple(str(parse_window(window)) for window in windows)
        except ValueError as error:
            raise ValueError(f"{part.strip()!r} cannot be read: {error}; {FORM}") from None
    order = (*GROUPS, *WEEKDAYS)
    return {key: found[key] for key in order if key in found}
