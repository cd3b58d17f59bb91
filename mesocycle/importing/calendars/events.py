"""The events of a calendar as the library reads them, one at a time: a broken event costs no other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from math import prod
from typing import Any

from icalendar import Component, Event

from mesocycle.files.safe_text import shown
from mesocycle.importing.calendars.parts import Part, all_of, text_of

MAX_PART = 200_000  # characters of one event: no real event has as many, and each date of a list costs time
LINE = "X-MESOCYCLE-LINE"  # where it begins in the file: the library keeps this mark

_EXPANDED = {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"}
_MOST_A_DAY = 4  # more times a day than that is no training
_MOST_RULES, _FIRST_YEAR = 2, 1970  # each rule is followed from its first day on
_LONGEST_STEP = 1000  # every so many days, weeks, months or years
_DATES = {"DTSTART", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID"}  # without these an event has no days


@dataclass(frozen=True)
class Single:
    """One VEVENT as the library read it, with the place and the calendar it is from."""

    event: Event
    line: int
    calendar: int
    zone: str  # of its calendar, as X-WR-TIMEZONE says

    @property
    def key(self) -> tuple[int, str]:
        """The same for an event and those that replace single occurrences of it."""
        uid = text_of(self.event, "UID")
        return self.calendar, uid or f"line {self.line}"

    @property
    def moved(self) -> bool:
        """Whether it replaces one occurrence of another event."""
        return "RECURRENCE-ID" in self.event

    @property
    def recurs(self) -> bool:
        """Whether it has more than one day."""
        return "RRULE" in self.event or "RDATE" in self.event


@dataclass(frozen=True)
class LeftOut:
    """Events that were left out, by title and line, for a few notes; without titles where private."""

    titles: bool = True
    broken: list[tuple[str, int]] = field(default_factory=list)
    odd: list[tuple[str, int]] = field(default_factory=list)
    late: list[tuple[str, int]] = field(default_factory=list)

    def notes(self) -> Iterator[str]:
        """One sentence for each reason."""
        for events, text in (
            (self.broken, "cannot be read and {were} left out"),
            (self.odd, "{repeat} too often or too seldom for a training plan and {were} left out"),
            (self.late, "{repeat} in a way that takes too long to work out and {were} left out"),
        ):
            if events:
                title, line = events[0]
                many = len(events) > 1
                reason = text.format(were="were" if many else "was", repeat="repeat" if many else "repeats")
                first = f"{title}, line {line}" if self.titles else f"line {line}"
                yield f"{len(events)} event{'s' if many else ''} {reason} ({'the first: ' * many}{first})."


def read_event(part: Part, calendar: int, zone: str, left_out: LeftOut) -> Single | None:
    """Read one event; None, and kept in `left_out`, if it has no days that can be read."""
    title = shown(part.title)
    if len(part.text) > MAX_PART:
        left_out.broken.append((title, part.line))
        return None
    try:
        event = Event.from_ical(part.text)
    except Exception:  # the library lets through whatever its zone and number parsers raise
        event = None
    if not isinstance(event, Event) or not _placed(event):
        left_out.broken.append((title, part.line))
        return None
    rules = all_of(event, "RRULE")
    too_long = bool(rules) and (len(rules) > _MOST_RULES or time_of(event, "DTSTART").year < _FIRST_YEAR)
    if too_long or not all(_is_bounded(rule) for rule in rules):
        left_out.odd.append((title, part.line))
        return None
    event.add(LINE, str(part.line))
    return Single(event, part.line, calendar, zone)


def _placed(event: Event) -> bool:
    """Whether its dates can be read; properties that cannot, and say no dates, are dropped."""
    bad = {key for key, _ in event.errors if key}
    if bad & _DATES:
        return False
    for key in bad & set(event):
        del event[key]
    start = time_of(event, "DTSTART")
    if not isinstance(start, date):
        return False
    try:
        backwards = "DTEND" in event and time_of(event, "DTEND") < start
    except TypeError:  # a date beside a time, or two ends
        backwards = True
    if backwards:
        del event["DTEND"]
    return True


def time_of(event: Component, key: str) -> Any:
    """The date or time of a property; None where there is none that can be read."""
    return getattr(event.get(key), "dt", None)


def _is_bounded(rule: object) -> bool:
    """Whether a rule can be worked out: each second of a year, or steps of no days, would never end."""
    if not isinstance(rule, dict) or not {str(value) for value in _values(rule, "FREQ")} <= _EXPANDED:
        return False
    a_day = prod(max(1, len(_values(rule, key))) for key in ("BYHOUR", "BYMINUTE", "BYSECOND"))
    return a_day <= _MOST_A_DAY and all(1 <= step <= _LONGEST_STEP for step in _values(rule, "INTERVAL"))


def _values(rule: dict[str, Any], key: str) -> Sequence[Any]:
    values = rule.get(key, ())
    return values if isinstance(values, (list, tuple)) else (values,)
