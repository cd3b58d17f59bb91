"""Broken and hostile calendars: a clear problem, or a note, in no time and without a traceback."""

from __future__ import annotations

import contextlib
import random
from datetime import date
from pathlib import Path

import pytest

from mesocycle.importing.calendars import file, parts
from mesocycle.importing.calendars.busy import read_busy
from mesocycle.importing.calendars.ics import read_ics
from mesocycle.importing.feed import Feed
from mesocycle.models.errors import ScenarioFileError

FEEDS = Path(__file__).parent / "feeds"
FIRST, LAST = date(2026, 8, 1), date(2026, 12, 1)
START = "DTSTART:20261012T063000"


def event(*lines: str, uid: str = "1", start: str = START, title: str = "Odd") -> str:
    body = "".join(f"{line}\n" for line in (f"UID:{uid}", start, f"SUMMARY:{title}", *lines))
    return f"BEGIN:VEVENT\n{body}END:VEVENT\n"


GOOD = event(uid="good", start="DTSTART:20261013T063000", title="Good")


def read(body: str) -> Feed:
    raw = f"BEGIN:VCALENDAR\nVERSION:2.0\n{body}END:VCALENDAR\n".encode(errors="surrogatepass")
    return read_ics(raw, "own.ics", first=FIRST, last=LAST)


def titles(feed: Feed) -> list[str]:
    return [entry.title for entry in feed.events]


def test_an_empty_file_is_no_calendar() -> None:
    with pytest.raises(ScenarioFileError, match="the file is empty"):
        read_ics(b" \r\n", "own.ics", first=FIRST, last=LAST)


def test_text_is_no_calendar() -> None:
    with pytest.raises(ScenarioFileError, match=r"own\.ics:2:1\n.*Hello\"\n.*this is no calendar"):
        read_ics(b"\nHello\n", "own.ics", first=FIRST, last=LAST)


def test_a_calendar_that_was_cut_off_says_where() -> None:
    raw = (FEEDS / "google.ics").read_bytes()[:1500]
    with pytest.raises(ScenarioFileError, match=r":59:1\n.*VEVENT that begins here has no END:VEVENT"):
        read_ics(raw, "own.ics", first=FIRST, last=LAST)


def test_an_event_without_an_end_says_where() -> None:
    with pytest.raises(ScenarioFileError, match=r"own\.ics:3:1\n.*VEVENT that begins here has no END"):
        read(f"BEGIN:VEVENT\nUID:1\n{START}\n")


def test_an_event_outside_of_a_calendar_is_refused() -> None:
    with pytest.raises(ScenarioFileError, match="VEVENT stands outside of a calendar"):
        read_ics(GOOD.encode(), "own.ics", first=FIRST, last=LAST)


def test_bytes_that_are_no_utf_8_are_named_with_their_place() -> None:
    raw = f"BEGIN:VCALENDAR\n{GOOD}END:VCALENDAR\n".encode().replace(b"Good", b"G\xfcn")
    with pytest.raises(ScenarioFileError, match=r":5:10\n.*the byte 0xfc is no UTF-8\n.*save it as UTF-8"):
        read_ics(raw, "own.ics", first=FIRST, last=LAST)


def test_utf_16_is_named() -> None:
    raw = f"BEGIN:VCALENDAR\n{GOOD}END:VCALENDAR\n".encode("utf-16")
    with pytest.raises(ScenarioFileError, match="the file is UTF-16"):
        read_ics(raw, "own.ics", first=FIRST, last=LAST)


@pytest.mark.parametrize(
    "start",
    [
        "DTSTART:20261345T063000",
        "DTSTART:tomorrow",
        "X-NO-START:1",
        "DTSTART:20261012T063000\nDTSTART:20261013T063000",
        "DTSTART;TZID=Europe:20261012T063000",  # a directory among the zones of this computer
        f"DTSTART;TZID={'a' * 5000}:20261012T063000",
        "DTSTART:99999101T000000",
        "DTSTART:20261012T063000\nRRULE:FREQ=SOMETIMES",
        "DTSTART:20261012T063000\nRRULE:FREQ=WEEKLY;UNTIL=20261399",
        "DTSTART:20261012T063000\nRDATE:never",
        "DTSTART:20261012T063000\nEXDATE:never",
        "DTSTART:20261012T063000\nRRULE:FREQ=DAILY;INTERVAL=99999999999999999999999",
    ],
)
def test_one_broken_event_is_noted_and_the_others_are_read(start: str) -> None:
    feed = read(event(start=start) + GOOD)
    assert titles(feed) == ["Good"]
    assert "1 event " in feed.notes[0]
    assert feed.notes[0].endswith('left out ("Odd", line 3).')


def test_several_broken_events_are_counted_and_the_first_is_named() -> None:
    feed = read(event(start="DTSTART:x") + GOOD + event(start="DTSTART:y", title="Other"))
    assert feed.notes == ('2 events cannot be read and were left out (the first: "Odd", line 3).',)


def test_a_calendar_of_broken_events_alone_is_refused() -> None:
    with pytest.raises(ScenarioFileError, match=r'own\.ics:3:1\n.*"Odd"\n.*none of the calendar\'s events'):
        read(event(start="DTSTART:x"))


@pytest.mark.parametrize(
    "line", ["DTEND:never", "DURATION:long", "SEQUENCE:first", "STATUS", "ATTENDEE", "X-A;B", "GEO:x", "\x00"]
)
def test_broken_fields_that_say_no_day_do_no_harm(line: str) -> None:
    feed = read(event(line) + GOOD)
    assert (titles(feed), feed.notes) == (["Odd", "Good"], ())


def test_a_broken_alarm_does_no_harm() -> None:
    assert titles(read(event("BEGIN:VALARM", "TRIGGER:soon", "END:VALARM"))) == ["Odd"]


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY",
        "FREQ=MINUTELY;COUNT=999999999",
        "FREQ=HOURLY",
        f"FREQ=DAILY;BYHOUR={','.join(map(str, range(24)))};BYMINUTE={','.join(map(str, range(60)))}",
        "FREQ=YEARLY;INTERVAL=999999999",
        "FREQ=DAILY;INTERVAL=99999999",
    ],
)
def test_rules_that_never_end_are_left_out(rule: str) -> None:
    feed = read(event(f"RRULE:{rule}") + GOOD)
    assert titles(feed) == ["Good"]
    assert feed.notes == (
        '1 event repeats too often or too seldom for a training plan and was left out ("Odd", line 3).',
    )


def test_two_hours_a_day_are_read() -> None:
    assert len(read(event("RRULE:FREQ=DAILY;COUNT=4;BYHOUR=6,18")).events) == 4


def test_when_time_is_up_repeating_events_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file, "SECONDS", -1.0)
    feed = read(event("RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30") + GOOD)
    assert titles(feed) == ["Good"]
    assert feed.notes == (
        '1 event repeats in a way that takes too long to work out and was left out ("Odd", line 3).',
    )


def test_a_rule_that_never_fits_gives_its_first_day_alone() -> None:
    assert titles(read(event("RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30") + GOOD)) == ["Odd", "Good"]


def test_more_events_than_a_calendar_has_are_refused() -> None:
    many = "BEGIN:VEVENT\nEND:VEVENT\n" * 20_001
    with pytest.raises(ScenarioFileError, match=r"holds 20,001 events\n.*export fewer months"):
        read(many)


def test_more_occurrences_than_a_plan_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file, "MAX_EVENTS", 50)
    with pytest.raises(ScenarioFileError, match=r"there are too many entries\n.*export fewer months"):
        read(event("RRULE:FREQ=DAILY"))


def test_more_lines_than_a_calendar_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "MAX_LINES", 20)
    with pytest.raises(ScenarioFileError, match=r"the calendar has \d+ lines"):
        read(event(*["X-A:1"] * 20))


def test_an_event_of_megabytes_is_left_out() -> None:
    feed = read(event("DESCRIPTION:" + "a" * 3_000_000) + GOOD)
    assert titles(feed) == ["Good"]


def test_an_event_moved_a_thousand_times_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file, "MOST_MOVED", 2)
    moved = event("RECURRENCE-ID:20261014T063000", start="DTSTART:20261014T080000")
    feed = read(event("RRULE:FREQ=DAILY") + moved + moved + GOOD)
    assert titles(feed) == ["Good"]


@pytest.mark.parametrize("depth", [3, 50_000])
def test_nesting_of_any_depth_is_passed_over(depth: int) -> None:
    assert titles(read("BEGIN:X\n" * depth + "END:X\n" * depth + GOOD)) == ["Good"]


def zone(change: str, name: str = "Odd Zone", offset: str = "+0200") -> str:
    rule = f"DTSTART:19700101T000000\nTZOFFSETFROM:+0100\nTZOFFSETTO:{offset}\n{change}"
    return f"BEGIN:VTIMEZONE\nTZID:{name}\nBEGIN:STANDARD\n{rule}END:STANDARD\nEND:VTIMEZONE\n"


@pytest.mark.parametrize(
    "definition",
    [
        zone("RRULE:FREQ=SECONDLY\n"),
        zone("RRULE:FREQ=YEARLY;BYMONTH=1;BYHOUR=1,2,3\n"),
        zone("RRULE:FREQ=YEARLY;BYMONTH=1,2,3,4,5,6,7,8,9,10,11,12;BYDAY=MO,TU,WE\n"),
        zone("", offset="+9900"),
        zone("X-LONG:" + "a" * 200_000 + "\n"),
        "BEGIN:VTIMEZONE\nTZID:Odd Zone\nEND:VTIMEZONE\n",
        "BEGIN:VTIMEZONE\nEND:VTIMEZONE\n",
    ],
)
def test_hostile_zone_definitions_are_not_used(definition: str) -> None:
    feed = read(definition + event(start="DTSTART;TZID=Odd Zone:20261012T063000"))
    assert [(entry.day.day, entry.start_minute) for entry in feed.events] == [(12, 390)]
    assert feed.notes == ('The time zone "Odd Zone" is unknown: one time is read as written.',)


def test_a_known_zone_cannot_be_redefined() -> None:
    feed = read(
        "X-WR-TIMEZONE:UTC\n"
        + zone("", name="Europe/London", offset="+1100")
        + event(start="DTSTART;TZID=America/New_York:20261012T063000")
        + event(start="DTSTART;TZID=America/New_York:20261012T063000", uid="2")
        + event(start="DTSTART;TZID=Europe/London:20261012T113000", uid="3")
    )
    assert {entry.start_minute for entry in feed.events} == {390}


def test_a_globally_unique_zone_name_is_guessed_without_a_warning() -> None:
    feed = read(event(start="DTSTART;TZID=/freeassociation.sourceforge.net/Europe/Berlin:20261012T063000"))
    assert ([entry.start_minute for entry in feed.events], feed.notes) == ([390], ())


def test_titles_in_notes_are_harmless_to_a_terminal() -> None:
    feed = read(event(start="DTSTART:x", title="\x1b[31mred\u202e" + "x" * 10_000) + GOOD)
    assert feed.notes[0].isprintable()
    assert len(feed.notes[0]) < 200


@pytest.mark.parametrize("seed", range(60))
def test_damage_anywhere_gives_a_feed_or_a_problem(seed: int) -> None:
    chance = random.Random(seed)
    raw = bytearray((FEEDS / chance.choice(["google.ics", "apple.ics", "runna.ics"])).read_bytes())
    for _ in range(chance.randint(1, 12)):
        at, other = chance.randrange(len(raw)), chance.randrange(len(raw))
        match chance.randrange(3):
            case 0:
                raw[at] = chance.randrange(256)
            case 1:
                del raw[at : at + chance.randint(1, 30)]
            case _:
                raw[at:at] = raw[other : other + 30]
    for reader in (read_ics, read_busy):
        # Anything else that is raised fails here.
        with contextlib.suppress(ScenarioFileError):
            reader(bytes(raw), "own.ics", first=FIRST, last=LAST)
