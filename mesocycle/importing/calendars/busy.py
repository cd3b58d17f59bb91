"""Busy calendars as time that is not free for lifts; what the events are called stays in the calendar."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from icalendar import Component

from mesocycle.files.safe_text import shown
from mesocycle.importing.calendars.file import Entry, read_calendar
from mesocycle.importing.calendars.parts import all_of, text_of
from mesocycle.models.clock import MINUTES_PER_DAY, WEEKDAYS, Window, format_hours, parse_window
from mesocycle.models.errors import Problem, ScenarioError

DEFAULT = (Window(6 * 60, 21 * 60),)  # free every day, if the runner gives no windows
SHORTEST = 20  # minutes; no lift fits into less

# Fields that mark the time of an event as free.
_FREE = (
    ("TRANSP", r"(?i)^transparent$"),
    ("X-MICROSOFT-CDO-BUSYSTATUS", r"(?i)^(free|workingelsewhere)$"),
    ("X-MICROSOFT-CDO-INTENDEDSTATUS", r"(?i)^free$"),
)

Windows = tuple[Window, ...]
Key = str | date


@dataclass(frozen=True)
class Busy:
    """What a calendar blocks.

    Attributes
    ----------
    times : tuple of date and Window
        Busy times by day; what crosses midnight stands on both.
    days : frozenset of date
        Days that an all-day event takes.
    notes : tuple of str
        How many events block, and what was left out, without their titles.
    """

    times: tuple[tuple[date, Window], ...]
    days: frozenset[date]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class FreeTime:
    """What is left, as a scenario has it.

    Attributes
    ----------
    availability : Mapping
        `athlete.availability`: windows such as "17:00-20:00" by weekdays, weekend, mon to sun, or date.
    blocked : tuple of str
        `athlete.blocked`: days, or ranges such as "2026-10-03..2026-10-05".
    notes : tuple of str
        What was taken from what, in sentences.
    """

    availability: Mapping[Key, tuple[str, ...]]
    blocked: tuple[str, ...]
    notes: tuple[str, ...]


def read_busy(raw: bytes, name: str, *, first: date, last: date, zone: ZoneInfo | None = None) -> Busy:
    """Read from an iCalendar file what time is taken.

    Parameters
    ----------
    raw : bytes
        The file's content.
    name : str
        How problems and notes name the file.
    first, last : date
        The days to look at, both included.
    zone : ZoneInfo, optional
        The runner's; otherwise the calendar's, or the one that most of its events use.

    Returns
    -------
    Busy
        Cancelled and declined events block nothing, nor do those that are marked as free.

    Raises
    ------
    ScenarioFileError
        If it is no calendar, is cut off, holds too much, or none of its events can be read.
    """
    calendar = read_calendar(raw, name, first=first, last=last, zone=zone, titles=False)
    taken = [entry for entry in calendar.entries if _blocks(entry.fields, calendar.name)]
    count = len(calendar.entries)
    of = f"Of {count} {'entry' if count == 1 else 'entries'} in {shown(name)}"
    note = f"{of}, {len(taken)} block{'s' if len(taken) == 1 else ''} time."
    return Busy(
        times=tuple(_times([entry for entry in taken if not entry.all_day], first, last)),
        days=frozenset(_days([(e.start.date(), e.last_day) for e in taken if e.all_day], first, last)),
        notes=(note, *calendar.notes),
    )


def free_time(
    availability: Mapping[Key, Sequence[Window | str]], busy: Sequence[Busy], first: date, last: date
) -> FreeTime:
    """Cut busy time out of the free windows.

    Parameters
    ----------
    availability : Mapping
        The windows as `athlete.availability` has them; 06:00 to 21:00 every day if empty.
    busy : sequence of Busy
        What is taken.
    first, last : date
        The block's days, both included.

    Returns
    -------
    FreeTime
        In few keys: what holds on most dates of a weekday stands under the weekday, the others by date.

    Raises
    ------
    ScenarioError
        If a window cannot be read.
    """
    base = {key: _read(key, windows) for key, windows in availability.items()}
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    blocked = {day for calendar in busy for day in calendar.days if first <= day <= last}
    taken: dict[date, list[Window]] = {}
    for day, window in (time for calendar in busy for time in calendar.times):
        taken.setdefault(day, []).append(window)
    usual = {day: _base(base, day) for day in days}
    left = {day: _cut(usual[day], taken.get(day, ())) for day in days if day not in blocked}
    lost = {day: _minutes(usual[day]) - _minutes(windows) for day, windows in left.items()}
    if any(lost.values()):
        beyond = {key: windows for key, windows in base.items() if _is_beyond(key, first, last)}
        base = {**_compact(left, base), **beyond}
    return FreeTime(
        availability={key: tuple(map(str, windows)) for key, windows in base.items()},
        blocked=tuple(_ranges(blocked)),
        notes=(*(note for calendar in busy for note in calendar.notes), _summary(lost, len(blocked))),
    )


def _blocks(fields: Component, owner: str) -> bool:
    if any(re.match(pattern, text_of(fields, key)) for key, pattern in _FREE):
        return False
    # Google names a calendar after its owner's address, under which the owner is among the guests.
    return not any(
        str(guest).lower().removeprefix("mailto:") == owner.lower()
        and str(guest.params.get("PARTSTAT", "")).upper() == "DECLINED"
        for guest in all_of(fields, "ATTENDEE")
    )


def _times(entries: Sequence[Entry], first: date, last: date) -> Iterator[tuple[date, Window]]:
    """Busy times on the days that they touch, rounded outwards to whole minutes."""
    lasting = [entry for entry in entries if entry.start < entry.end]
    for entry in lasting:
        day, end_day = entry.start.date(), entry.last_day
        start = entry.start.hour * 60 + entry.start.minute
        seconds = bool(entry.end.second or entry.end.microsecond)
        end = entry.end.hour * 60 + entry.end.minute + seconds or MINUTES_PER_DAY
        if first <= day <= last:
            yield day, Window(start, end if day == end_day else MINUTES_PER_DAY)
        if day < end_day and first <= end_day <= last:
            yield end_day, Window(0, end)
    step = timedelta(days=1)
    between = [(entry.start.date() + step, entry.last_day - step) for entry in lasting]
    yield from ((day, Window(0, MINUTES_PER_DAY)) for day in _days(between, first, last))


def _days(spans: Sequence[tuple[date, date]], first: date, last: date) -> Iterator[date]:
    """Each day that some of these spans cover, once: thousands of them may cover a whole year."""
    day = first
    for start, end in sorted(spans):
        day = max(day, start)
        while day <= min(end, last):
            yield day
            day += timedelta(days=1)


def _read(key: Key, windows: Sequence[Window | str]) -> Windows:
    try:
        return tuple(sorted(map(parse_window, windows)))
    except ValueError as error:
        path = ("athlete", "availability", str(key))
        raise ScenarioError((Problem(path, str(error), shown(list(map(str, windows)))),)) from None


def _base(base: Mapping[Key, Windows], day: date) -> Windows:
    """The windows of a day before anything is cut: the most specific key wins."""
    return base[day] if day in base else _weekly(base, day.weekday())


def _weekly(base: Mapping[Key, Windows], weekday: int) -> Windows:
    """The windows of a weekday before anything is cut."""
    if not base:
        return DEFAULT
    keys = (WEEKDAYS[weekday], "weekend" if weekday >= 5 else "weekdays")
    return next((base[key] for key in keys if key in base), ())


def _cut(windows: Windows, taken: Sequence[Window]) -> Windows:
    for start, end in taken:
        windows = tuple(
            piece
            for window in windows
            for piece in (
                Window(window.start_minute, min(window.end_minute, start)),
                Window(max(window.start_minute, end), window.end_minute),
            )
            if piece.end_minute - piece.start_minute > 0
        )
    return tuple(window for window in windows if _minutes((window,)) >= SHORTEST)


def _minutes(windows: Windows) -> int:
    return sum(window.end_minute - window.start_minute for window in windows)


def _compact(left: Mapping[date, Windows], base: Mapping[Key, Windows]) -> dict[Key, Windows]:
    week = {name: _most(number, left, base) for number, name in enumerate(WEEKDAYS)}
    keys: dict[Key, Windows] = {}
    for group, names in (("weekdays", WEEKDAYS[:5]), ("weekend", WEEKDAYS[5:])):
        windows, count = Counter(week[name] for name in names).most_common(1)[0]
        if 2 * count > len(names):
            keys[group] = windows
        keys |= {name: week[name] for name in names if keys.get(group) != week[name]}
    dates: dict[Key, Windows] = {
        day: windows for day, windows in left.items() if windows != week[WEEKDAYS[day.weekday()]]
    }
    return {**keys, **dates}


def _most(weekday: int, left: Mapping[date, Windows], base: Mapping[Key, Windows]) -> Windows:
    """What is left on most dates of a weekday; if nothing is, the windows before the cut."""
    after = Counter(windows for day, windows in left.items() if day.weekday() == weekday)
    if after:
        windows, count = after.most_common(1)[0]
        if 2 * count > after.total():
            return windows
    return _weekly(base, weekday)


def _is_beyond(key: Key, first: date, last: date) -> bool:
    return isinstance(key, date) and not first <= key <= last


def _ranges(days: set[date]) -> Iterator[str]:
    for day in sorted(days):
        if day - timedelta(days=1) not in days:
            end = day
            while end + timedelta(days=1) in days:
                end += timedelta(days=1)
            yield f"{day}..{end}" if end > day else str(day)


def _summary(lost: Mapping[date, int], blocked: int) -> str:
    days = sum(minutes > 0 for minutes in lost.values())
    whole = f"{blocked} day{'s' if blocked != 1 else ''}" if blocked else "no day"
    if not days:
        return f"Busy calendars take none of the windows, and {whole} as a whole."
    time = format_hours(sum(lost.values()))
    on = f"{days} day{'s' if days != 1 else ''}"
    return f"Busy calendars take {time} of the windows on {on}, and {whole} as a whole."
