"""A block as a calendar file (iCalendar, RFC 5545): each lift an event that a later export moves."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from icalendar import Alarm, Calendar, Event, vText

from mesocycle.files.safe_text import shown, visible
from mesocycle.models.calendar_events import CalendarEvent
from mesocycle.models.plan import CalendarRun, Plan, PlannedSession
from mesocycle.models.result import Result
from mesocycle.output.events import card_text, identity, named_runs, title
from mesocycle.output.run_words import run_text, run_title

if TYPE_CHECKING:
    from mesocycle.output.formats import ExportOptions

PRODUCT = "-//mesocycle//training block//EN"
# Revisions are numbered by the seconds since then. A calendar takes the higher number for the later one, its
# own changes count up by one, and until 2088 the number fits into the 32 bits that it may have.
FIRST_REVISION = datetime(2020, 1, 1, tzinfo=UTC)
LAST_REVISION = 2**31 - 1
# Rules for the change of clocks are written down with some room around the block.
ROOM = timedelta(days=370)


def to_ics(result: Result, options: ExportOptions) -> str:
    """Write the lifts of a block as a calendar file.

    Parameters
    ----------
    result : Result
        With a plan; without one the calendar is empty.
    options : ExportOptions
        All of them count.

    Returns
    -------
    str
        Lines end in CR LF. Events have the same UIDs in every export of a block, see `identity`, and a higher
        SEQUENCE in a later one. An event that is no longer in the block stays in a calendar that has it.

    Raises
    ------
    ValueError
        If there is no such time zone.
    """
    zone = _zone(options.timezone) if options.timezone else None
    calendar = _calendar(result.name)
    if result.plan is not None:
        _fill(calendar, result, result.plan, options, zone)
    data: bytes = calendar.to_ical()
    return data.decode("utf-8")


def events_to_ics(name: str, events: Sequence[CalendarEvent], sequence: int, options: ExportOptions) -> str:
    """Write events as a calendar file.

    Parameters
    ----------
    name : str
        Of the calendar.
    events : sequence of CalendarEvent
        Those that are cancelled have that status: a calendar that has them takes them away.
    sequence : int
        The number of the revision: higher in a later file.
    options : ExportOptions
        The time zone, the alarm and the stamp count.

    Raises
    ------
    ValueError
        If there is no such time zone.
    """
    zone = _zone(options.timezone) if options.timezone else None
    calendar = _calendar(name)
    stamp = options.stamp.astimezone(UTC).replace(microsecond=0)
    for one in events:
        event = Event()
        event.add("uid", one.uid)
        event.add("dtstamp", stamp)
        event.add("last-modified", stamp)
        event.add("sequence", sequence)
        _set_time(event, one.date, one.start, one.minutes, zone)
        event.add("summary", visible(one.title))
        event.add("description", one.text)
        event.add("categories", [one.category])
        if one.cancelled:
            event.add("status", "CANCELLED")
        elif one.category == "STRENGTH":
            _remind(event, one.title, options)
        calendar.add_component(event)
    if zone is not None and events:
        days = [one.date for one in events]
        calendar.add_missing_timezones(min(days) - ROOM, max(days) + ROOM)
    data: bytes = calendar.to_ical()
    return data.decode("utf-8")


def _calendar(name: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("x-wr-calname", vText(visible(name)))
    return calendar


def _remind(event: Event, text: str, options: ExportOptions) -> None:
    if options.alarm_minutes is None:
        return
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", -timedelta(minutes=options.alarm_minutes))
    alarm.add("description", text)
    event.add_component(alarm)


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # a folder of zones, or no name at all
        message = f"there is no time zone {shown(name)}; write it like Europe/Berlin"
        raise ValueError(message) from None


def _fill(
    calendar: Calendar, result: Result, plan: Plan, options: ExportOptions, zone: ZoneInfo | None
) -> None:
    for session in plan.sessions:
        calendar.add_component(_lift(result, session, options, zone))
    if options.runs:
        for uid, run in named_runs(result):
            if run.type != "rest":
                calendar.add_component(_run(uid, run, result.units, options, zone))
    days = [*(week.start for week in plan.weeks), *(session.date for session in plan.sessions)]
    days += [run.date for run in result.runs] if options.runs else []
    if zone is not None and days:
        calendar.add_missing_timezones(min(days) - ROOM, max(days) + ROOM)


def _lift(result: Result, session: PlannedSession, options: ExportOptions, zone: ZoneInfo | None) -> Event:
    event = _event(identity(result, session.id), options)
    _set_time(event, session.date, session.start, session.end - session.start, zone)
    event.add("summary", title(session))
    event.add("description", card_text(session, result.exercise_names))
    event.add("categories", ["STRENGTH"])
    _remind(event, title(session), options)
    return event


def _run(uid: str, run: CalendarRun, units: str, options: ExportOptions, zone: ZoneInfo | None) -> Event:
    event = _event(uid, options)
    _set_time(event, run.date, run.start, run.minutes, zone)
    event.add("summary", run_title(run, units))
    event.add("description", run_text(run, units))
    event.add("categories", ["CROSS" if run.type == "cross" else "RUN"])
    return event


def _event(uid: str, options: ExportOptions) -> Event:
    event = Event()
    stamp = options.stamp.astimezone(UTC).replace(microsecond=0)
    revision = int((stamp - FIRST_REVISION).total_seconds())
    event.add("uid", uid)
    event.add("dtstamp", stamp)
    event.add("last-modified", stamp)
    event.add("sequence", min(max(revision, 0), LAST_REVISION))
    return event


def _set_time(event: Event, day: date, start: int, minutes: int, zone: ZoneInfo | None) -> None:
    begin = datetime.combine(day, time()) + timedelta(minutes=start)
    length = timedelta(minutes=minutes)
    if zone is None:
        event.add("dtstart", begin)
        event.add("dtend", begin + length)
        return
    # By way of UTC a time that the change of clocks leaves out becomes the one that follows, and the length
    # is what passes, not the difference on the clock.
    begin = begin.replace(tzinfo=zone).astimezone(UTC)
    end = (begin + length).astimezone(zone)
    event.add("dtstart", begin.astimezone(zone))
    if end.fold:  # the second of two equal times on the clock cannot be written, only the time until then
        event.add("duration", length)
    else:
        event.add("dtend", end)
