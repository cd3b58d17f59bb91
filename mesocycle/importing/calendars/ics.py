"""Run plans in iCalendar files: the feeds of Runna and TrainingPeaks, Mesocycle's own, and any other."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal
from zoneinfo import ZoneInfo

from icalendar import Component

from mesocycle.files.safe_text import shown
from mesocycle.importing.calendars.file import Entry, read_calendar
from mesocycle.importing.calendars.parts import all_of, text_of
from mesocycle.importing.feed import Event, Feed, Kind
from mesocycle.importing.titles.cleaning import one_line, units_of
from mesocycle.importing.titles.lengths import MOST_METRES
from mesocycle.importing.titles.tokens import unit_metres
from mesocycle.models.clock import MINUTES_PER_DAY, format_day


@dataclass(frozen=True)
class _Sign:
    """What a field of an event means if its text has this pattern."""

    field: str
    pattern: str
    kind: Kind | None = None
    done: bool = False
    priority: Literal["", "A", "B", "C"] = ""

    def on(self, fields: Component) -> bool:
        return any(re.search(self.pattern, text) for text in _texts(fields, self.field))


_RUNNA = r"_plan_week_\d+_({})_\d+$"
_CROSS = "Bike|Swim|Mtn Bike|Brick|Cross ?train|X-?Train|Rowing|XC-?Ski"

# The first sign of a kind counts. A plain run needs none: its title decides.
_SIGNS = (
    # Runna: the kind stands in the UID.
    _Sign("UID", r"^COMPLETED_", done=True),
    _Sign("UID", _RUNNA.format("RACE"), Kind.RACE),
    _Sign("UID", _RUNNA.format("TEMPO"), Kind.TEMPO),
    _Sign("UID", _RUNNA.format("INTERVALS"), Kind.INTERVALS),
    _Sign("UID", _RUNNA.format("HILLS|HILL_REPEATS"), Kind.HILLS),
    _Sign("UID", _RUNNA.format("EASY_RUN"), Kind.EASY),
    _Sign("UID", _RUNNA.format("LONG_RUN"), Kind.LONG),
    _Sign("UID", _RUNNA.format("RECOVERY_RUN"), Kind.RECOVERY),
    _Sign("UID", _RUNNA.format(r"\w+_AND_CORE|\w+_BODY|\w*STRENGTH\w*"), Kind.STRENGTH),
    # TrainingPeaks: the sport begins the description, and the title with a colon.
    _Sign("DESCRIPTION", r"(?m)^Actual (Time|Distance): ", done=True),
    _Sign("DESCRIPTION", r"^Workout type: Strength\b", Kind.STRENGTH),
    _Sign("DESCRIPTION", r"^Workout type: Race\b", Kind.RACE),
    _Sign("DESCRIPTION", r"^Workout type: Day Off\b", Kind.REST),
    _Sign("DESCRIPTION", rf"(?i)^Workout type: ({_CROSS}|Walk)\b", Kind.CROSS),
    _Sign("SUMMARY", r"^Strength: ", Kind.STRENGTH),
    _Sign("SUMMARY", r"^Day Off\b", Kind.REST),
    _Sign("SUMMARY", rf"^({_CROSS}): ", Kind.CROSS),
    # Mesocycle's own export, and other calendars whose events carry a tag.
    _Sign("CATEGORIES", r"(?i)^(strength|weight ?training|gym)$", Kind.STRENGTH),
    _Sign("CATEGORIES", r"(?i)^race(day| day)?$", Kind.RACE),
    # intervals.icu's "RACE_A", and how people write it.
    _Sign("CATEGORIES", r"(?i)^(race[ _-]?a|a[ _-]?race)$", Kind.RACE, priority="A"),
    _Sign("CATEGORIES", r"(?i)^(race[ _-]?b|b[ _-]?race)$", Kind.RACE, priority="B"),
    _Sign("CATEGORIES", r"(?i)^(race[ _-]?c|c[ _-]?race)$", Kind.RACE, priority="C"),
    _Sign("CATEGORIES", r"(?i)^(rest|rest day|day off)$", Kind.REST),
    _Sign(
        "CATEGORIES", r"(?i)^(cross|cross[ -]?training|ride|bike|cycling|swim|swimming|rowing)$", Kind.CROSS
    ),
)

# Where all-day entries have their length: Runna in a field, TrainingPeaks in lines.
_SECONDS = ("X-WORKOUT-ESTIMATED-DURATION", re.compile(r"^(\d{1,5})$"))
_HOURS = ("DESCRIPTION", re.compile(r"(?m)^Planned Time: (\d{1,2}):(\d\d)(?::\d\d)?\s*$"))
_DISTANCE = (
    "DESCRIPTION",
    re.compile(r"(?m)^(?:Distance Planned|Planned Distance): (\d{1,6}(?:\.\d{1,3})?) (m|km|mi)\s*$"),
)


def read_ics(raw: bytes, name: str, *, first: date, last: date, zone: ZoneInfo | None = None) -> Feed:
    """Read a plan from an iCalendar file.

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

    Returns
    -------
    Feed
        What begins on these days. Notes list all-day entries over several days, which are left out: they are
        travel, or the name of a week, and no training.

    Raises
    ------
    ScenarioFileError
        If it is no calendar, is cut off, holds too much, or none of its events can be read.
    """
    calendar = read_calendar(raw, name, first=first, last=last, zone=zone)
    begun = [entry for entry in calendar.entries if entry.start.date() >= first]
    long = [entry for entry in begun if _is_long(entry)]
    events = tuple(_event(entry) for entry in begun if not _is_long(entry))
    notes = [*calendar.notes, *([_long_ones(long)] if long else ())]
    units = units_of(event.title for event in events) or units_of(event.text for event in events)
    return Feed(events, name=one_line(calendar.name), units=units, zone=calendar.zone, notes=tuple(notes))


def _is_long(entry: Entry) -> bool:
    return entry.all_day and entry.minutes > MINUTES_PER_DAY


def _event(entry: Entry) -> Event:
    fields = entry.fields
    signs = [sign for sign in _SIGNS if sign.on(fields)]
    return Event(
        day=entry.start.date(),
        title=text_of(fields, "SUMMARY"),
        text=text_of(fields, "DESCRIPTION"),
        start_minute=None if entry.all_day else entry.start.hour * 60 + entry.start.minute,
        minutes=_minutes(entry),
        metres=_metres(fields),
        kind=next((sign.kind for sign in signs if sign.kind is not None), None),
        done=any(sign.done for sign in signs),
        priority=next((sign.priority for sign in signs if sign.priority), ""),
        place=f"line {entry.line}",
    )


def _texts(fields: Component, key: str) -> list[str]:
    if key == "CATEGORIES":
        return [str(tag).strip() for value in all_of(fields, key) for tag in getattr(value, "cats", ())]
    return [text_of(fields, key)]


def _minutes(entry: Entry) -> int | None:
    if not entry.all_day:
        return entry.minutes if 0 < entry.minutes <= MINUTES_PER_DAY else None
    if seconds := _match(entry.fields, _SECONDS):
        return _sane(round(int(seconds[1]) / 60), MINUTES_PER_DAY)
    if hours := _match(entry.fields, _HOURS):
        return _sane(int(hours[1]) * 60 + int(hours[2]), MINUTES_PER_DAY)
    return None


def _metres(fields: Component) -> int | None:
    distance = _match(fields, _DISTANCE)
    return _sane(round(float(distance[1]) * unit_metres(distance[2])), MOST_METRES) if distance else None


def _sane(number: int, most: int) -> int | None:
    """A length that a run can have, else None."""
    return number if 0 < number <= most else None


def _match(fields: Component, where: tuple[str, re.Pattern[str]]) -> re.Match[str] | None:
    key, pattern = where
    return pattern.search(text_of(fields, key))


def _long_ones(entries: list[Entry]) -> str:
    first = entries[0]
    span = f"{format_day(first.start.date())} to {format_day(first.last_day)}"
    text = f"{shown(text_of(first.fields, 'SUMMARY'))}, {span} (line {first.line})"
    left_out = (
        f"One all-day entry over several days was left out: {text}."
        if len(entries) == 1
        else f"{len(entries)} all-day entries over several days were left out; the first is {text}."
    )
    return f"{left_out} Days away belong in athlete.blocked."
