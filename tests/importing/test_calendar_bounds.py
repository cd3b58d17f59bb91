"""Calendars made to take for ever, or to hold what no runner does: bounded, and said so."""

from __future__ import annotations

from datetime import date

import pytest

from mesocycle.importing.calendars.busy import Busy, read_busy
from mesocycle.importing.calendars.ics import read_ics
from mesocycle.importing.feed import Feed
from mesocycle.models.clock import MINUTES_PER_DAY, Window

FIRST, LAST = date(2026, 11, 23), date(2027, 11, 21)


def event(uid: int, start: str, *lines: str) -> str:
    body = [f"UID:{uid}", "DTSTAMP:20260101T000000Z", f"DTSTART{start}", "SUMMARY:Easy run 5 km", *lines]
    return "\r\n".join(["BEGIN:VEVENT", *body, "END:VEVENT", ""])


def calendar(*parts: str) -> bytes:
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n{''.join(parts)}END:VCALENDAR\r\n".encode()


def read(*parts: str) -> Feed:
    return read_ics(calendar(*parts), "feed.ics", first=FIRST, last=LAST)


def busy(*parts: str) -> Busy:
    return read_busy(calendar(*parts), "work.ics", first=FIRST, last=LAST)


def zone(changes: int, begins: str) -> str:
    one = (
        f"BEGIN:STANDARD\r\nDTSTART:{begins}T020000\r\nRRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\n"
        "TZOFFSETFROM:+0500\r\nTZOFFSETTO:+0400\r\nEND:STANDARD\r\n"
    )
    return f"BEGIN:VTIMEZONE\r\nTZID:Somewhere\r\n{one * changes}END:VTIMEZONE\r\n"


@pytest.mark.parametrize(
    ("changes", "begins", "known"),
    [
        (2, "19700101", True),
        (20, "19700101", True),
        (21, "19700101", False),
        (4, "16010101", True),
        (5, "16010101", False),
    ],
)
def test_a_zone_with_more_changes_than_any_place_has_is_not_used(
    changes: int, begins: str, known: bool
) -> None:
    feed = read(zone(changes, begins), event(1, ";TZID=Somewhere:20261201T063000"))
    assert len(feed.events) == 1
    assert any("is unknown" in note for note in feed.notes) is not known


@pytest.mark.parametrize(
    ("start", "rules", "kept"),
    [
        (":19700105T063000", 1, True),
        (":19691231T063000", 1, False),
        (":20261123T063000", 2, True),
        (":20261123T063000", 3, False),
    ],
)
def test_what_repeats_from_the_beginning_of_time_is_left_out(start: str, rules: int, kept: bool) -> None:
    feed = read(event(1, start, *["RRULE:FREQ=WEEKLY"] * rules))
    assert bool(feed.events) is kept
    assert any("too often or too seldom" in note for note in feed.notes) is not kept


def test_a_length_that_no_run_has_is_none() -> None:
    all_day = ";VALUE=DATE:20261201"
    text = "DESCRIPTION:Planned Time: 99:59\\nDistance Planned: 999999 mi"
    far, sane, long = read(
        event(1, all_day, text),
        event(2, all_day, "DESCRIPTION:Planned Time: 01:30\\nDistance Planned: 10 mi"),
        event(3, all_day, "X-WORKOUT-ESTIMATED-DURATION:99999"),
    ).events
    assert (far.minutes, far.metres) == (None, None)
    assert (sane.minutes, sane.metres) == (90, 16093)
    assert long.minutes is None


def test_thousands_of_long_entries_are_told_once_each() -> None:
    trips = [event(n, ";VALUE=DATE:20261201", "DTEND;VALUE=DATE:20261205") for n in range(3000)]
    feed = read(*trips, event(9999, ";VALUE=DATE:20261201"))
    assert len(feed.events) == 1
    assert any("3,000" in note or "3000" in note for note in feed.notes)


def test_thousands_of_appointments_over_years_take_each_day_once() -> None:
    long = [event(n, ":20261101T120000", "DTEND:20281205T120000") for n in range(2000)]
    found = busy(*long)
    days = (LAST - FIRST).days + 1
    assert len(found.times) == days
    assert {window for _, window in found.times} == {Window(0, MINUTES_PER_DAY)}


def test_an_appointment_without_a_length_takes_no_time() -> None:
    assert busy(event(1, ":20261201T000000", "DTEND:20261201T000000")).times == ()


def test_an_appointment_over_midnights_takes_what_it_covers() -> None:
    found = busy(event(1, ":20261201T220000", "DTEND:20261203T013000"))
    assert sorted(found.times) == [
        (date(2026, 12, 1), Window(22 * 60, MINUTES_PER_DAY)),
        (date(2026, 12, 2), Window(0, MINUTES_PER_DAY)),
        (date(2026, 12, 3), Window(0, 90)),
    ]
    until_midnight = busy(event(1, ":20261201T220000", "DTEND:20261202T000000"))
    assert until_midnight.times == ((date(2026, 12, 1), Window(22 * 60, MINUTES_PER_DAY)),)
