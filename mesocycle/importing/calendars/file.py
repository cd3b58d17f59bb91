"""An iCalendar file as dated entries, recurring ones expanded, in the runner's own time zone.

The libraries read and expand; this module hands them one event at a time, so that a broken or hostile event
does not cost the others, and bounds all they do.
"""

from __future__ import annotations

import threading
import time
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

import recurring_ical_events  # type: ignore[import-untyped]
from icalendar import Calendar, Component

from mesocycle.files.safe_text import shown
from mesocycle.importing.calendars.events import LINE, LeftOut, Single, read_event, time_of
from mesocycle.importing.calendars.parts import calendars, text_of
from mesocycle.importing.calendars.zones import define_zones, local_zone, zone_named
from mesocycle.models.clock import MINUTES_PER_DAY, format_day
from mesocycle.models.errors import Problem, ScenarioFileError

MAX_EVENTS = 20_000
MOST_MOVED = 1000  # changed occurrences of one event
# Zones of a file, and warnings, are the library's and Python's own: one for all threads.
_ONE_AT_A_TIME = threading.Lock()
SECONDS = 10.0  # for all recurring events together; the slowest known single one takes three


@dataclass(frozen=True)
class Entry:
    """One occurrence of an event.

    Attributes
    ----------
    start, end : datetime
        In the runner's own time zone, without one; midnights for an all-day entry, the end not part of it.
    all_day : bool
        Whether it has no time of day.
    minutes : int
        How long it truly goes on, across a clock change too.
    line : int
        Where its event begins in the file.
    fields : Component
        Its other properties; read them with `text_of`.
    """

    start: datetime
    end: datetime
    all_day: bool
    minutes: int
    line: int
    fields: Component

    @property
    def last_day(self) -> date:
        """The last day it touches."""
        return max(self.start, self.end - timedelta(microseconds=1)).date()


@dataclass(frozen=True)
class CalendarFile:
    """A calendar, read.

    Attributes
    ----------
    entries : tuple of Entry
        What happens between the two days, by time; without cancelled events.
    name : str
        What the calendar is called; may hold anything.
    zone : str
        Name of the time zone that times were turned to; empty if there is none.
    notes : tuple of str
        What was left out or assumed, in sentences.
    """

    entries: tuple[Entry, ...]
    name: str
    zone: str
    notes: tuple[str, ...]


def read_calendar(
    raw: bytes, name: str, *, first: date, last: date, zone: ZoneInfo | None = None, titles: bool = True
) -> CalendarFile:
    """Read an iCalendar file and expand what recurs.

    Parameters
    ----------
    raw : bytes
        The file's content.
    name : str
        How problems name the file.
    first, last : date
        The days to look at, both included.
    zone : ZoneInfo, optional
        The runner's; otherwise the calendar's, or the one that most of its events use.
    titles : bool
        Whether notes and problems may name events.

    Returns
    -------
    CalendarFile
        Its entries on these days.

    Raises
    ------
    ScenarioFileError
        If it is no calendar, is cut off, holds too much, or none of its events can be read.
    """
    with _ONE_AT_A_TIME, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # guesses of the library about odd files; nothing to act on
        return _read(raw, name, first, last, zone, LeftOut(titles))


def _read(
    raw: bytes, name: str, first: date, last: date, zone: ZoneInfo | None, left_out: LeftOut
) -> CalendarFile:
    parts = calendars(raw, name)
    count = sum(part.kind == "VEVENT" for calendar in parts for part in calendar.parts)
    if count > MAX_EVENTS:
        raise _too_many(f"the calendar holds {count:,} events", name)
    define_zones(part for calendar in parts for part in calendar.parts)
    singles = [
        single
        for index, calendar in enumerate(parts)
        for part in calendar.parts
        if part.kind == "VEVENT"
        and (single := read_event(part, index, text_of(calendar.head, "X-WR-TIMEZONE"), left_out)) is not None
    ]
    named = (text_of(part.head, "X-WR-TIMEZONE") for part in parts)
    local, zone_notes = local_zone([single.event for single in singles], named, zone)
    entries = tuple(_entries(singles, first, last, local, left_out, name))
    if left_out.broken and not singles:
        title, line = left_out.broken[0]
        message, remedy = "none of the calendar's events can be read; this is the first", "export it again"
        raise ScenarioFileError(
            (Problem((), message, title if left_out.titles else "", remedy, line, 1),), name
        )
    names = (text_of(part.head, key) for part in parts for key in ("X-WR-CALNAME", "NAME"))
    calendar_name = next(filter(None, names), "")
    notes = [*left_out.notes(), *zone_notes]
    if count and not entries:
        notes.append(f"Nothing in the calendar lies between {_date(first)} and {_date(last)}.")
    return CalendarFile(entries, calendar_name, getattr(local, "key", None) or "", tuple(notes))


def _entries(
    singles: list[Single], first: date, last: date, local: tzinfo | None, left_out: LeftOut, name: str
) -> list[Entry]:
    deadline = time.monotonic() + SECONDS
    by_key: dict[tuple[object, ...], Entry] = {}
    for group in _groups(singles):
        head = group[0]
        if len(group) > MOST_MOVED or (head.recurs and time.monotonic() > deadline):
            left_out.late.append((shown(text_of(head.event, "SUMMARY")), head.line))
            continue
        try:
            entries = [_entry(event, local) for event in _occurrences(group, first, last)]
        except Exception:  # dates at the end of time, rules that contradict themselves
            left_out.broken.append((shown(text_of(head.event, "SUMMARY")), head.line))
            continue
        for entry in entries:
            if entry.last_day >= first and entry.start.date() <= last:
                # Some exporters repeat an event, with one identity or with one more each time.
                key = (head.key, entry.start, entry.end, text_of(entry.fields, "SUMMARY"))
                by_key.setdefault(key, entry)
        if len(by_key) > MAX_EVENTS:
            raise _too_many(f"between {_date(first)} and {_date(last)} there are too many entries", name)
    return sorted(by_key.values(), key=lambda entry: (entry.start, not entry.all_day, entry.line))


def _groups(singles: list[Single]) -> Iterator[list[Single]]:
    """Events that belong together: an event, and those that replace single occurrences of it."""
    by_key: dict[tuple[int, str], list[Single]] = {}
    for single in singles:
        by_key.setdefault(single.key, []).append(single)
    for group in by_key.values():
        masters = [single for single in group if not single.moved]
        moved = [single for single in group if single.moved]
        newest = max((_sequence(single) for single in masters), default=0)
        # One identity for many events is wrong, and common in calendars written by hand.
        heads = [[single] for single in masters if _sequence(single) == newest] or [[]]
        home = next((head for head in heads if head and head[0].recurs), heads[0])
        home.extend(moved)
        yield from heads


def _sequence(single: Single) -> int:
    value = single.event.get("SEQUENCE", 0)
    return value if isinstance(value, int) else 0


def _occurrences(group: list[Single], first: date, last: date) -> Iterator[Component]:
    calendar = Calendar()
    for single in group:
        calendar.add_component(single.event)
    head = group[0]
    if head.recurs and (home := zone_named(head.zone)) is not None:
        # What recurs in UTC keeps its time of day where the calendar is at home, not in Greenwich.
        calendar.add("X-WR-TIMEZONE", str(home))
    margin = timedelta(days=2)  # a day's entries may stand on its neighbours elsewhere in the world
    for event in recurring_ical_events.of(calendar).between(first - margin, last + margin):
        if text_of(event, "STATUS").upper() != "CANCELLED":
            yield event


def _entry(event: Component, local: tzinfo | None) -> Entry:
    start, end, line = time_of(event, "DTSTART"), time_of(event, "DTEND"), int(text_of(event, LINE))
    if not isinstance(start, datetime):
        begin = datetime(start.year, start.month, start.day)
        days = max(1, (end - start).days)
        return Entry(begin, begin + timedelta(days=days), True, days * MINUTES_PER_DAY, line, event)
    long = end.astimezone(UTC) - start.astimezone(UTC) if start.tzinfo else end - start
    begin, finish = _local(start, local), _local(end, local)
    whole = begin.time() == finish.time() == datetime.min.time() and finish > begin
    return Entry(begin, finish, whole, int(long.total_seconds() // 60), line, event)


def _local(moment: datetime, local: tzinfo | None) -> datetime:
    if moment.tzinfo is not None and local is not None:
        moment = moment.astimezone(local)
    return moment.replace(tzinfo=None)


def _date(day: date) -> str:
    return f"{format_day(day)} {day.year}"


def _too_many(message: str, name: str) -> ScenarioFileError:
    remedy = f"at most {MAX_EVENTS:,} are read: export fewer months, or only the training calendar"
    return ScenarioFileError((Problem((), message, remedy=remedy),), name)
