"""Plans in iCalendar files: the right days and times of day, whatever zones and repetitions they use."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from mesocycle.importing.calendars.ics import read_ics
from mesocycle.importing.feed import Event, Feed, Kind
from mesocycle.models.clock import format_time

FEEDS = Path(__file__).parent / "feeds"
FIRST, LAST = date(2026, 8, 1), date(2026, 12, 1)


def feed_of(name: str, zone: str = "", first: date = FIRST, last: date = LAST) -> Feed:
    raw = (FEEDS / name).read_bytes()
    return read_ics(raw, name, first=first, last=last, zone=ZoneInfo(zone) if zone else None)


def calendar(*events: str, head: str = "") -> bytes:
    body = "".join(f"BEGIN:VEVENT\r\n{event.strip()}\r\nEND:VEVENT\r\n" for event in events)
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{head}{body}END:VCALENDAR\r\n".replace("\r\n", "\n").encode()


def read(*events: str, head: str = "", zone: str = "") -> Feed:
    own = ZoneInfo(zone) if zone else None
    return read_ics(calendar(*events, head=head), "own.ics", first=FIRST, last=LAST, zone=own)


def when(event: Event) -> str:
    time = "all day" if event.start_minute is None else format_time(event.start_minute)
    return f"{event.day} {time}"


def times(feed: Feed, title: str) -> list[str]:
    return [when(event) for event in feed.events if event.title == title]


def test_runna_s_entries_have_the_kind_of_their_uid_and_no_time_of_day() -> None:
    assert [(when(event), event.kind) for event in feed_of("runna.ics").events if not event.done] == [
        ("2026-09-08 all day", Kind.EASY),
        ("2026-09-09 all day", Kind.STRENGTH),
        ("2026-09-10 all day", Kind.TEMPO),
        ("2026-09-13 all day", Kind.LONG),
        ("2026-10-18 all day", Kind.RACE),
    ]


def test_what_runna_says_is_completed_is_done() -> None:
    done = [event.day for event in feed_of("runna.ics").events if event.done]
    assert done == [date(2026, 8, 30), date(2026, 9, 1)]


def test_folded_and_escaped_text_is_whole_again() -> None:
    tempo = feed_of("runna.ics").events[4]
    assert tempo.text.endswith(
        "2km warm up, then what comes next in a line that is folded because it is long"
    )


def test_runna_s_estimate_of_the_time_is_read() -> None:
    assert [event.minutes for event in feed_of("runna.ics").events if event.kind is Kind.EASY] == [38]


def test_the_calendar_s_name_is_the_plan_s() -> None:
    assert feed_of("google.ics").name == "Running"


def test_the_calendar_s_name_is_read_without_its_escapes() -> None:
    assert read(head="X-WR-CALNAME:My\\, plan\\; now\r\n").name == "My, plan; now"


def entry(title: str, *lines: str) -> str:
    return "\r\n".join(("DTSTART;VALUE=DATE:20260908", f"SUMMARY:{title}", f"UID:{title}", *lines))


@pytest.mark.parametrize(
    ("titles", "units"),
    [
        (["Easy 5 mi", "Long 12mi", "Race 10 km"], "mi"),
        (["Easy 8 km", "Tempo 5km", "10 mile race"], "km"),
        (["Easy", "Mi Lauf"], ""),
    ],
)
def test_the_unit_is_what_most_titles_count_in(titles: list[str], units: str) -> None:
    assert read(*map(entry, titles)).units == units


def test_descriptions_tell_the_unit_where_no_title_does() -> None:
    assert read(entry("5 easy", "DESCRIPTION:5 miles in the park")).units == "mi"


@pytest.mark.parametrize(
    ("tag", "priority"), [("RACE_A", "A"), ("B race", "B"), ("race-c", "C"), ("RACE", ""), ("RACE_D", "")]
)
def test_a_tag_of_a_race_tells_its_priority(tag: str, priority: str) -> None:
    assert read(entry("By the sea", f"CATEGORIES:{tag}")).events[0].priority == priority


def test_a_race_with_a_priority_is_a_race() -> None:
    assert read(entry("By the sea", "CATEGORIES:Fun,RACE_A")).events[0].kind is Kind.RACE


@pytest.mark.parametrize(
    ("head", "zone", "found"),
    [
        ("X-WR-TIMEZONE:Europe/Berlin\r\n", "", "Europe/Berlin"),
        ("X-WR-TIMEZONE:Europe/Berlin\r\n", "America/New_York", "America/New_York"),
        ("", "", ""),
    ],
)
def test_the_zone_that_times_were_turned_to_is_told(head: str, zone: str, found: str) -> None:
    assert read(entry("Easy"), head=head, zone=zone).zone == found


def test_trainingpeaks_says_sport_time_and_distance_in_words() -> None:
    planned = [event for event in feed_of("trainingpeaks.ics").events if not event.done]
    assert [(e.day.day, e.title, e.kind, e.minutes, e.metres) for e in planned] == [
        (8, "Run: Threshold 4 x 8", None, 65, 12500),
        (9, "Strength: Gym", Kind.STRENGTH, 45, None),
        (10, "Swim: Technique", Kind.CROSS, 60, 2500),
        (11, "Day Off: nothing today", Kind.REST, None, None),
    ]


def test_an_actual_time_in_trainingpeaks_makes_it_done() -> None:
    done = [event for event in feed_of("trainingpeaks.ics").events if event.done]
    assert [(when(event), event.minutes) for event in done] == [("2026-09-03 18:10", 52)]


def test_mesocycle_s_own_export_tells_runs_from_lifts() -> None:
    assert [(when(e), e.title, e.kind, e.minutes) for e in feed_of("mesocycle.ics").events] == [
        ("2026-10-13 06:30", "Tempo run, 10 km", None, 55),
        ("2026-10-13 17:30", "Session A", Kind.STRENGTH, 60),
    ]


def test_a_weekly_run_keeps_its_time_of_day_across_the_clock_change() -> None:
    # The 13th is an exception, the 20th was moved, 3 November is cancelled; clocks change on 25 October.
    assert times(feed_of("google.ics", last=date(2026, 11, 20)), "Club run") == [
        "2026-10-06 18:30",
        "2026-10-27 18:30",
        "2026-11-10 18:30",
        "2026-11-17 18:30",
    ]


def test_a_moved_occurrence_stands_where_it_was_moved_to() -> None:
    assert times(feed_of("google.ics"), "Club run (moved)") == ["2026-10-21 07:00"]


def test_utc_times_become_the_calendar_s_own_on_both_sides_of_the_clock_change() -> None:
    feed = feed_of("google.ics")
    assert times(feed, "Long run 15 km") + times(feed, "Long run 16 km") == [
        "2026-10-24 08:00",
        "2026-10-31 07:00",
    ]


def test_what_recurs_in_utc_keeps_the_time_of_day_of_the_calendar_s_zone() -> None:
    assert times(feed_of("google.ics"), "Strides") == [
        "2026-10-12 07:30",
        "2026-10-19 07:30",
        "2026-10-26 07:30",
        "2026-11-02 07:30",
    ]


def test_a_run_over_midnight_belongs_to_its_first_day() -> None:
    feed = feed_of("google.ics")
    assert times(feed, "Night run") == ["2026-10-16 23:00"]
    assert [event.minutes for event in feed.events if event.title == "Night run"] == [90]


def test_days_away_are_noted_and_no_event() -> None:
    feed = feed_of("google.ics")
    assert times(feed, "Trip to the lake") == []
    assert feed.notes == (
        'One all-day entry over several days was left out: "Trip to the lake", Mon 19 Oct to Thu 22 Oct '
        "(line 78). Days away belong in athlete.blocked.",
    )


def test_of_several_entries_over_days_the_first_is_named() -> None:
    away = "DTSTART;VALUE=DATE:202610{}\nDTEND;VALUE=DATE:202610{}\nSUMMARY:{}"
    feed = read(away.format(12, 15, "Sea"), away.format(19, 26, "Week 7"))
    assert feed.events == ()
    assert feed.notes == (
        '2 all-day entries over several days were left out; the first is "Sea", Mon 12 Oct to Wed 14 Oct '
        "(line 3). Days away belong in athlete.blocked.",
    )


def test_a_zone_of_outlook_s_own_making_is_understood() -> None:
    name = "(UTC+01:00) Amsterdam, Berlin"
    changes = "".join(
        f"BEGIN:{what}\nDTSTART:16010101T030000\nTZOFFSETFROM:{before}\nTZOFFSETTO:{after}\n"
        f"RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH={month}\nEND:{what}\n"
        for what, before, after, month in (
            ("STANDARD", "+0200", "+0100", 10),
            ("DAYLIGHT", "+0100", "+0200", 3),
        )
    )
    feed = read(
        *(f'UID:{day}\nDTSTART;TZID="{name}":202610{day}T180000\nSUMMARY:Run' for day in (23, 26)),
        head=f"BEGIN:VTIMEZONE\nTZID:{name}\n{changes}END:VTIMEZONE\n",
        zone="UTC",
    )
    assert times(feed, "Run") == ["2026-10-23 16:00", "2026-10-26 17:00"]


@pytest.mark.parametrize("name", ["W. Europe Standard Time", "Europe/Berlin", "/example.com/Europe/Berlin"])
def test_the_calendar_s_zone_may_have_any_usual_name(name: str) -> None:
    feed = read("UID:1\nDTSTART:20261012T063000Z\nSUMMARY:Run", head=f"X-WR-TIMEZONE:{name}\n")
    assert times(feed, "Run") == ["2026-10-12 08:30"]


@pytest.mark.parametrize("name", ["Europe", "Nowhere/Land", "a" * 5000])
def test_a_calendar_s_zone_that_nobody_knows_is_none(name: str) -> None:
    feed = read("UID:1\nDTSTART:20261012T063000Z\nSUMMARY:Run", head=f"X-WR-TIMEZONE:{name}\n")
    assert times(feed, "Run") == ["2026-10-12 06:30"]


def test_the_runner_s_zone_wins_over_the_calendar_s() -> None:
    assert times(feed_of("google.ics", "America/New_York"), "Long run 15 km") == ["2026-10-24 02:00"]


def test_a_zone_that_the_file_defines_itself_changes_its_clocks() -> None:
    # 18:00 is 16:00 UTC before 25 October, and 17:00 after it.
    assert times(feed_of("apple.ics", "Europe/London"), "Track night") == [
        "2026-10-22 17:00",
        "2026-10-29 17:00",
    ]
    assert times(feed_of("apple.ics", "UTC"), "Track night") == ["2026-10-22 16:00", "2026-10-29 17:00"]


def test_times_without_a_zone_stay_as_they_stand() -> None:
    assert times(feed_of("apple.ics", "Asia/Tokyo"), "Easy") == ["2026-10-30 06:30"]


def test_a_zone_defined_by_one_file_is_forgotten_for_the_next() -> None:
    feed_of("apple.ics")
    feed = read("UID:1\nDTSTART;TZID=Club Time:20261022T180000\nSUMMARY:Run", zone="Asia/Tokyo")
    assert times(feed, "Run") == ["2026-10-22 18:00"]
    assert feed.notes == ('The time zone "Club Time" is unknown: one time is read as written.',)


def test_of_two_zones_the_one_most_used_is_the_runner_s() -> None:
    feed = feed_of("two_zones.ics")
    assert [when(event) for event in feed.events] == [
        "2026-10-27 07:00",
        "2026-10-27 07:00",  # 03:00 in New York: for one week the two are four hours apart
        "2026-10-28 07:00",  # from Outlook, under Windows' name of the zone
        "2026-11-01 00:30",  # 20:30 on the day before, over there
    ]
    assert feed.notes == ("2 events have another time zone: all times are given in Europe/London.",)


def test_a_day_may_change_with_the_zone() -> None:
    days = [event.day for event in feed_of("two_zones.ics", "America/New_York").events]
    assert days[-1] == date(2026, 10, 31)


def test_times_in_utc_alone_are_read_as_written_with_a_note() -> None:
    feed = read("UID:1\nDTSTART:20261012T063000Z\nSUMMARY:Run")
    assert times(feed, "Run") == ["2026-10-12 06:30"]
    assert feed.notes == ("The times are in UTC and no time zone is named: they are read as written.",)


def test_ten_years_of_days_are_read_where_they_are_asked_for() -> None:
    feed = feed_of("ten_years.ics", first=date(2026, 10, 20), last=date(2026, 10, 30))
    assert [when(event) for event in feed.events] == [f"2026-10-{day} 06:15" for day in range(20, 31)]


def test_ten_years_of_days_are_all_there() -> None:
    feed = feed_of("ten_years.ics", first=date(2016, 9, 1), last=date(2026, 8, 31))
    assert len(feed.events) == 3652


def test_extra_dates_count_too() -> None:
    feed = read(
        "UID:1\nDTSTART:20261012T063000\nRRULE:FREQ=WEEKLY;COUNT=2\nRDATE:20261014T063000\nSUMMARY:Run"
    )
    assert [event.day.day for event in feed.events] == [12, 14, 19]


def test_cancelled_events_are_left_out() -> None:
    feed = read(
        "UID:1\nDTSTART:20261012T063000\nSTATUS:CANCELLED\nSUMMARY:Run",
        "UID:2\nDTSTART:20261013T063000\nSTATUS:TENTATIVE\nSUMMARY:Run",
    )
    assert [event.day.day for event in feed.events] == [13]


def test_several_calendars_in_one_file_are_one_plan() -> None:
    first = calendar("UID:1\nDTSTART:20261012T063000\nSUMMARY:Run", head="X-WR-CALNAME:Autumn\n")
    second = calendar("UID:1\nDTSTART:20261013T063000\nSUMMARY:Run")
    feed = read_ics(first + b"\n" + second, "own.ics", first=FIRST, last=LAST)
    assert ([event.day.day for event in feed.events], feed.name) == ([12, 13], "Autumn")


def test_one_uid_for_all_events_loses_none() -> None:
    feed = read(
        *(f"UID:same\nDTSTART;VALUE=DATE:202610{day}\nSUMMARY:Run" for day in (12, 13, 13, 14)),
    )
    assert [event.day.day for event in feed.events] == [12, 13, 14]


def test_the_newer_version_of_an_event_counts() -> None:
    feed = read(
        "UID:1\nSEQUENCE:0\nDTSTART:20261012T063000\nSUMMARY:Run",
        "UID:1\nSEQUENCE:1\nDTSTART:20261013T063000\nSUMMARY:Run",
    )
    assert [event.day.day for event in feed.events] == [13]


@pytest.mark.parametrize(
    ("end", "minutes"),
    [
        ("DTEND:20261012T073000", 60),
        ("DURATION:PT1H15M", 75),
        ("DTEND:20261012T063000", None),
        ("DTEND:20261014T063000", None),
        ("DTEND:20261012T053000", None),
        ("", None),
    ],
)
def test_the_end_tells_how_long_it_goes(end: str, minutes: int | None) -> None:
    feed = read(f"UID:1\nDTSTART:20261012T063000\nSUMMARY:Run\n{end}")
    assert [(when(event), event.minutes) for event in feed.events] == [("2026-10-12 06:30", minutes)]


def test_midnight_to_midnight_is_an_all_day_entry() -> None:
    feed = read("UID:1\nDTSTART:20261012T000000\nDTEND:20261013T000000\nSUMMARY:Run")
    assert [(when(event), event.minutes) for event in feed.events] == [("2026-10-12 all day", None)]


def test_an_all_day_entry_that_ends_on_its_own_day_is_one_day() -> None:
    feed = read("UID:1\nDTSTART;VALUE=DATE:20261012\nDTEND;VALUE=DATE:20261012\nSUMMARY:Run")
    assert [when(event) for event in feed.events] == ["2026-10-12 all day"]


@pytest.mark.parametrize(
    ("tags", "kind"),
    [
        ("RUN", None),
        ("STRENGTH", Kind.STRENGTH),
        ("Work,Strength", Kind.STRENGTH),
        ("race_b", Kind.RACE),
        ("Swimming", Kind.CROSS),
        ("Day Off", Kind.REST),
        ("strengthening the team", None),
    ],
)
def test_tags_say_what_it_is(tags: str, kind: Kind | None) -> None:
    feed = read(f"UID:1\nDTSTART;VALUE=DATE:20261012\nSUMMARY:X\nCATEGORIES:{tags}")
    assert [event.kind for event in feed.events] == [kind]


def test_private_events_are_passed_on_without_a_kind() -> None:
    feed = read("UID:1\nDTSTART:20261012T090000\nSUMMARY:Dentist")
    assert [(event.title, event.kind) for event in feed.events] == [("Dentist", None)]


def test_an_event_says_where_it_stands_in_the_file() -> None:
    assert [event.place for event in feed_of("apple.ics").events] == ["line 25", "line 31", "line 37"]


def test_a_calendar_with_nothing_on_these_days_says_so() -> None:
    feed = read("UID:1\nDTSTART:20240101T090000\nSUMMARY:Run")
    assert feed.notes == ("Nothing in the calendar lies between Sat 1 Aug 2026 and Tue 1 Dec 2026.",)


def test_old_line_ends_and_a_byte_order_mark_are_read() -> None:
    raw = b"\xef\xbb\xbf" + calendar("UID:1\nDTSTART:20261012T063000\nSUMMARY:Run").replace(b"\n", b"\r")
    assert len(read_ics(raw, "own.ics", first=FIRST, last=LAST).events) == 1
