"""Busy calendars: the windows that they leave, in few keys, and nothing of what they say."""

from __future__ import annotations

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from mesocycle.importing.calendars.busy import Busy, FreeTime, free_time, read_busy
from mesocycle.models.clock import Window
from mesocycle.models.errors import ScenarioError, ScenarioFileError
from mesocycle.models.scenario import Athlete

# Four weeks from a Monday; clocks change on 25 October.
FIRST, LAST = date(2026, 10, 12), date(2026, 11, 8)


def event(start: str, end: str, *lines: str) -> str:
    uid = f"UID:{start}{end}{len(lines)}{hash(lines)}"
    body = [uid, f"DTSTART{start}", f"DTEND{end}", "SUMMARY:Secret meeting", *lines]
    return "BEGIN:VEVENT\n" + "\n".join(body) + "\nEND:VEVENT\n"


def busy(*events: str, head: str = "", zone: str = "Europe/Berlin") -> Busy:
    raw = f"BEGIN:VCALENDAR\n{head}{''.join(events)}END:VCALENDAR\n".encode()
    return read_busy(raw, "work.ics", first=FIRST, last=LAST, zone=ZoneInfo(zone))


def free(*events: str, base: dict[str | date, tuple[str, ...]] | None = None) -> FreeTime:
    return free_time(base or {}, [busy(*events)], FIRST, LAST)


WEEKLY = event(
    ";TZID=Europe/Berlin:20261012T090000",
    ";TZID=Europe/Berlin:20261012T170000",
    "RRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
)


def test_a_working_week_is_two_keys() -> None:
    assert free(WEEKLY).availability == {
        "weekdays": ("06:00-09:00", "17:00-21:00"),
        "weekend": ("06:00-21:00",),
    }


def test_one_meeting_is_one_date() -> None:
    found = free(event(":20261014T120000", ":20261014T133000"))
    assert found.availability == {
        "weekdays": ("06:00-21:00",),
        "weekend": ("06:00-21:00",),
        date(2026, 10, 14): ("06:00-12:00", "13:30-21:00"),
    }


def test_what_holds_on_most_dates_of_a_weekday_stands_under_the_weekday() -> None:
    rule = "RRULE:FREQ=WEEKLY;COUNT=3"
    found = free(event(":20261015T180000", ":20261015T200000", rule))
    assert found.availability == {
        "weekdays": ("06:00-21:00",),
        "weekend": ("06:00-21:00",),
        "thu": ("06:00-18:00", "20:00-21:00"),
        date(2026, 11, 5): ("06:00-21:00",),
    }


def test_what_holds_on_half_of_the_dates_stands_under_the_dates() -> None:
    found = free(event(":20261015T180000", ":20261015T200000", "RRULE:FREQ=WEEKLY;COUNT=2"))
    assert [key for key in found.availability if isinstance(key, date)] == [
        date(2026, 10, 15),
        date(2026, 10, 22),
    ]


def test_the_runner_s_own_windows_are_what_is_cut() -> None:
    base: dict[str | date, tuple[str, ...]] = {
        "weekdays": ("17:00-20:00",),
        "tue": ("06:00-08:00", "18:00-21:00"),
        date(2026, 10, 17): ("09:00-11:00",),
        date(2027, 1, 1): ("10:00-12:00",),
    }
    found = free(
        event(":20261012T183000", ":20261012T193000"),
        event(":20261013T070000", ":20261013T073000"),
        base=base,
    )
    assert found.availability == {
        "weekdays": ("17:00-20:00",),
        "tue": ("06:00-08:00", "18:00-21:00"),
        "weekend": (),
        date(2026, 10, 12): ("17:00-18:30", "19:30-20:00"),
        date(2026, 10, 13): ("06:00-07:00", "07:30-08:00", "18:00-21:00"),
        date(2026, 10, 17): ("09:00-11:00",),
        date(2027, 1, 1): ("10:00-12:00",),
    }


def test_windows_stay_as_they_are_where_nothing_touches_them() -> None:
    base: dict[str | date, tuple[str, ...]] = {"mon": ("17:00-20:00",)}
    assert free(event(":20261012T090000", ":20261012T100000"), base=base).availability == base


def test_a_weekday_outside_of_the_block_keeps_its_windows() -> None:
    base: dict[str | date, tuple[str, ...]] = {"weekdays": ("17:00-20:00",), "sat": ("09:00-11:00",)}
    block = date(2026, 10, 14), date(2026, 10, 16)
    meeting = busy(event(":20261014T180000", ":20261014T190000"))
    found = free_time(base, [meeting], *block).availability
    assert found == {
        "weekdays": ("17:00-20:00",),
        "wed": ("17:00-18:00", "19:00-20:00"),
        "sat": ("09:00-11:00",),
        "sun": (),
    }


def test_windows_of_less_than_twenty_minutes_are_dropped() -> None:
    found = free(event(":20261014T061500", ":20261014T204000"))
    assert found.availability[date(2026, 10, 14)] == ("20:40-21:00",)


def test_seconds_take_their_whole_minute() -> None:
    found = free(event(":20261014T120059", ":20261014T130001"))
    assert found.availability[date(2026, 10, 14)] == ("06:00-12:00", "13:01-21:00")


def test_a_night_cuts_both_days() -> None:
    base: dict[str | date, tuple[str, ...]] = {"weekdays": ("00:00-24:00",), "weekend": ("00:00-24:00",)}
    found = free(event(":20261014T220000", ":20261015T060000"), base=base)
    assert found.availability[date(2026, 10, 14)] == ("00:00-22:00",)
    assert found.availability[date(2026, 10, 15)] == ("06:00-24:00",)


def test_what_began_before_the_block_cuts_its_first_day() -> None:
    found = free(event(":20261011T220000", ":20261012T073000"))
    assert found.availability[FIRST] == ("07:30-21:00",)


def test_a_conference_leaves_no_window_on_its_middle_day() -> None:
    found = free(event(":20261013T140000", ":20261015T120000"))
    assert [found.availability[date(2026, 10, day)] for day in (13, 14, 15)] == [
        ("06:00-14:00",),
        (),
        ("12:00-21:00",),
    ]


def test_an_event_of_ages_takes_the_block_and_no_longer() -> None:
    assert len(busy(event(":19500101T080000", ":20900101T080000")).times) == 28


def test_local_times_hold_across_the_clock_change() -> None:
    found = free(
        WEEKLY,
        event(":20261019T180000Z", ":20261019T190000Z"),
        event(":20261026T180000Z", ":20261026T190000Z"),
    )
    assert found.availability[date(2026, 10, 19)] == ("06:00-09:00", "17:00-20:00")
    assert found.availability[date(2026, 10, 26)] == ("06:00-09:00", "17:00-19:00", "20:00-21:00")


def test_a_vacation_is_blocked() -> None:
    found = free(
        event(";VALUE=DATE:20261019", ";VALUE=DATE:20261024"),
        event(";VALUE=DATE:20261024", ";VALUE=DATE:20261025"),
        event(";VALUE=DATE:20261101", ";VALUE=DATE:20261102"),
    )
    assert found.blocked == ("2026-10-19..2026-10-24", "2026-11-01")
    assert found.availability == {}


def test_a_vacation_is_blocked_as_far_as_the_block_goes() -> None:
    found = free(event(";VALUE=DATE:20261001", ";VALUE=DATE:20261014"))
    assert found.blocked == ("2026-10-12..2026-10-13",)


def test_blocked_days_do_not_count_for_their_weekday() -> None:
    monday = event(":20261012T180000", ":20261012T200000", "RRULE:FREQ=WEEKLY;COUNT=2")
    away = event(";VALUE=DATE:20261026", ";VALUE=DATE:20261108")
    assert free(monday, away).availability["mon"] == ("06:00-18:00", "20:00-21:00")


@pytest.mark.parametrize(
    "line",
    [
        "TRANSP:TRANSPARENT",
        "STATUS:CANCELLED",
        "X-MICROSOFT-CDO-BUSYSTATUS:FREE",
    ],
)
def test_free_and_cancelled_events_block_nothing(line: str) -> None:
    found = free(
        event(":20261014T120000", ":20261014T133000", line),
        event(";VALUE=DATE:20261019", ";VALUE=DATE:20261024", line),
    )
    assert (found.availability, found.blocked) == ({}, ())


def test_a_declined_invitation_blocks_nothing() -> None:
    guests = (
        "ATTENDEE;PARTSTAT=DECLINED:mailto:Me@example.com",
        "ATTENDEE;PARTSTAT=ACCEPTED:mailto:boss@example.com",
    )
    mine = busy(event(":20261014T120000", ":20261014T133000", *guests), head="X-WR-CALNAME:me@example.com\n")
    theirs = busy(
        event(":20261014T120000", ":20261014T133000", *guests), head="X-WR-CALNAME:boss@example.com\n"
    )
    assert (len(mine.times), len(theirs.times)) == (0, 1)


def test_calendars_add_up() -> None:
    found = free_time(
        {},
        [
            busy(event(":20261014T060000", ":20261014T120000")),
            busy(event(":20261014T110000", ":20261014T200000")),
        ],
        FIRST,
        LAST,
    )
    assert found.availability[date(2026, 10, 14)] == ("20:00-21:00",)


def test_notes_say_how_much_and_no_title() -> None:
    found = free(
        WEEKLY,
        event(":20261018T120000", ":20261018T130000", "TRANSP:TRANSPARENT"),
        event(";VALUE=DATE:20261024", ";VALUE=DATE:20261026"),
        event(":never", ":never"),
    )
    assert found.notes == (
        'Of 22 entries in "work.ics", 21 block time.',
        "1 event cannot be read and was left out (line 22).",
        "Busy calendars take 160 h of the windows on 20 days, and 2 days as a whole.",
    )


def test_nothing_of_the_private_calendar_is_in_the_result() -> None:
    found = free(WEEKLY, event(":never", ":never"), event(";VALUE=DATE:20261024", ";VALUE=DATE:20261026"))
    assert "Secret" not in repr(found)


def test_a_calendar_of_broken_events_names_no_title_either() -> None:
    with pytest.raises(ScenarioFileError, match="none of the calendar's events") as caught:
        busy(event(":never", ":never"))
    assert "Secret" not in str(caught.value)


def test_the_result_is_what_a_scenario_takes() -> None:
    found = free(
        WEEKLY,
        event(":20261013T140000", ":20261015T120000"),
        event(";VALUE=DATE:20261024", ";VALUE=DATE:20261026"),
    )
    athlete = Athlete.model_validate({"availability": found.availability, "blocked": found.blocked})
    assert athlete.availability["weekdays"] == (Window(360, 540), Window(1020, 1260))
    assert athlete.blocked == ((date(2026, 10, 24), date(2026, 10, 25)),)


def test_every_date_comes_out_as_it_was_cut() -> None:
    # One meeting a day, each at another hour: no weekday has a rule, and each date says its own.
    meetings = [
        event(f":{day:%Y%m%d}T{7 + n % 12:02d}0000", f":{day:%Y%m%d}T{8 + n % 12:02d}0000")
        for n in range(28)
        for day in [FIRST + timedelta(days=n)]
    ]
    dates = {key for key in free(*meetings).availability if isinstance(key, date)}
    assert dates == {FIRST + timedelta(days=n) for n in range(28)}


def test_a_window_that_cannot_be_read_is_named() -> None:
    with pytest.raises(
        ScenarioError, match=r"athlete\.availability\.mon\n.*evening.*\n.*a window is written"
    ):
        free_time({"mon": ("evening",)}, [], FIRST, LAST)
