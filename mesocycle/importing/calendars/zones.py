"""The time zones of a calendar: which it defines, and which is the runner's."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta, tzinfo
from typing import Any

from icalendar import Event, Timezone
from icalendar.timezone import tzp

from mesocycle.files.safe_text import shown
from mesocycle.importing.calendars.parts import Part, all_of

_MOST = 200
_LONGEST = 100_000  # characters of one definition
# Each change is looked up from its first day on: a zone has few, and Outlook's begin in the year 1601.
_CHANGES, _OLD_CHANGES, _OLD = 20, 4, 1900
# Rules of real time zones hold no more; with more, a single look-up could take for ever.
_RULE = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", "BYMONTH", "BYDAY", "BYMONTHDAY"}


def define_zones(parts: Iterable[Part]) -> None:
    """Define the zones of a file for the library, except those it knows itself, and hostile ones.

    The library keeps definitions by name; those of earlier files are forgotten first.
    """
    defined = [part for part in parts if part.kind == "VTIMEZONE" and len(part.text) <= _LONGEST]
    good = [part for part in defined[:_MOST] if _is_good(part)]
    tzp.use_default()
    for part in good:
        Timezone.from_ical(part.text)


def _is_good(part: Part) -> bool:
    tzp.use_default()  # reading a definition makes it known
    name = re.search(r"^TZID[^:\n]*:(.{1,200})$", part.text, re.MULTILINE | re.IGNORECASE)
    if name is None or zone_named(name[1].strip()) is not None:
        return False
    try:
        zone = Timezone.from_ical(part.text)
        rules = [rule for change in zone.subcomponents for rule in all_of(change, "RRULE")]
    except Exception:  # whatever the library's parsers raise
        return False
    begins = [getattr(getattr(change.get("DTSTART"), "dt", None), "year", 1) for change in zone.subcomponents]
    most = _OLD_CHANGES if any(year < _OLD for year in begins) else _CHANGES
    return 0 < len(begins) <= most and all(map(_is_rule, rules))


def _is_rule(rule: Any) -> bool:
    return (
        isinstance(rule, dict)
        and {str(key).upper() for key in rule} <= _RULE
        and [str(value) for value in rule.get("FREQ", ())] == ["YEARLY"]
        and len(rule.get("BYMONTH", ())) == 1
        and len(rule.get("BYDAY", ())) <= 1
        and len(rule.get("BYMONTHDAY", ())) <= 7
    )


def zone_named(name: str) -> tzinfo | None:
    """The zone of a name, also of Windows' names; None if it is unknown."""
    try:
        return tzp.timezone(name) if name else None
    except Exception:  # names that are directories, or too long for a file
        return None


def local_zone(
    events: Sequence[Event], named: Iterable[str], given: tzinfo | None
) -> tuple[tzinfo | None, tuple[str, ...]]:
    """Find the runner's zone: the given one, else the calendar's, else that of most events.

    Parameters
    ----------
    events : sequence of Event
        The calendar's events, their starts known to be readable.
    named : iterable of str
        The zones that the calendar names.
    given : tzinfo or None
        The runner's.

    Returns
    -------
    tzinfo or None, tuple of str
        None if times stay as they are written; and notes about it.
    """
    stamps = [stamp for event in events if isinstance((stamp := _start(event)).dt, datetime)]
    used = Counter(stamp.dt.tzinfo for stamp in stamps if stamp.dt.tzinfo is not None)
    lost = [stamp.params["TZID"] for stamp in stamps if stamp.dt.tzinfo is None and "TZID" in stamp.params]
    notes: list[str] = []
    if lost:
        many = len(lost) > 1
        times = f"{len(lost)} times are read as written" if many else "one time is read as written"
        notes.append(f"The time zone {shown(str(lost[0]))} is unknown: {times}.")
    if given is not None:
        return given, tuple(notes)
    calendars = [zone for name in named if (zone := zone_named(name)) is not None]
    places = [zone for zone in (*calendars, *(place for place, _ in used.most_common())) if not _is_utc(zone)]
    if not places:
        if used and not calendars:
            notes.append("The times are in UTC and no time zone is named: they are read as written.")
        return None, tuple(notes)
    local = places[0]
    elsewhere = sum(count for zone, count in used.items() if zone != local and not _is_utc(zone))
    if elsewhere:
        events_have = f"{elsewhere} events have" if elsewhere > 1 else "One event has"
        notes.append(f"{events_have} another time zone: all times are given in {shown(str(local))[1:-1]}.")
    return local, tuple(notes)


def _start(event: Event) -> Any:
    return event["DTSTART"]


def _is_utc(zone: tzinfo) -> bool:
    return zone.utcoffset(None) == timedelta(0)
