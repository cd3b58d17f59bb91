"""Calendar files: RFC 5545 by the line, two readers, the same events after the plan changed."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
import vobject  # another reader than the library that wrote the file
from exported import (
    HOSTILE,
    MONDAY,
    PLAIN,
    STAMP,
    block,
    hostile,
    impossible,
    lift,
    run,
    solved,
    unplanned,
    weeks,
)

from mesocycle.models.plan import Plan
from mesocycle.models.result import Result
from mesocycle.models.training import RunType
from mesocycle.output.events import MOST_READABLE, identity
from mesocycle.output.ics import to_ics

LINE = re.compile(
    r"[A-Z][A-Z0-9-]*(?:;[A-Z][A-Z0-9-]*=(?:\"[^\"\x00-\x1f]*\"|[^\";:,\x00-\x1f\x7f]*))*:[^\x00-\x08\x0a-\x1f\x7f]*"
)
# What RFC 5545 escapes: a backslash before these, and nowhere else.
TEXT = re.compile(r"(?:[^\\;,]|\\[\\;,nN])*")
WHOLE = replace(PLAIN, runs=True, alarm_minutes=30)
BERLIN = replace(WHOLE, timezone="Europe/Berlin")


def unfolded(text: str) -> list[str]:
    """The logical lines of a calendar file, after looking at the physical ones."""
    assert text.endswith("END:VCALENDAR\r\n")
    physical = text.split("\r\n")
    assert all("\n" not in line and "\r" not in line for line in physical)
    assert max(len(line.encode()) for line in physical) <= 75
    return text.replace("\r\n ", "").split("\r\n")[:-1]


def keeps_to_the_rules(text: str) -> list[dict[str, str]]:
    """Check a file line by line; return the values of each event."""
    events: list[dict[str, str]] = []
    opened: list[str] = []
    for line in unfolded(text):
        assert LINE.fullmatch(line), line[:200]
        head, _, value = line.partition(":")
        name = head.partition(";")[0]
        if name == "BEGIN":
            opened.append(value)
            if value == "VEVENT":
                events.append({})
        elif name == "END":
            assert opened.pop() == value
        elif opened[-1] == "VEVENT":
            assert name not in events[-1]
            events[-1][name] = value
        if name in ("SUMMARY", "DESCRIPTION", "X-WR-CALNAME"):
            assert TEXT.fullmatch(value), value[:200]
    assert opened == []
    for event in events:
        assert {"UID", "DTSTAMP", "DTSTART", "SEQUENCE", "SUMMARY", "DESCRIPTION", "CATEGORIES"} <= set(event)
        assert len({"DTEND", "DURATION"} & set(event)) == 1
    assert len({event["UID"] for event in events}) == len(events)
    return events


def events_of(result: Result, options: Any = PLAIN) -> list[Any]:
    return list(icalendar.Calendar.from_ical(to_ics(result, options)).events)


def one(result: Result, options: Any = PLAIN) -> Any:
    (event,) = events_of(result, options)
    return event


# --- what stands in it -----------------------------------------------------------------------------------


@pytest.mark.parametrize("options", [PLAIN, WHOLE, BERLIN])
def test_every_lift_is_an_event_for_two_readers(options: Any) -> None:
    result = solved()
    assert result.plan is not None
    text = to_ics(result, options)
    keeps_to_the_rules(text)
    expected = {
        (
            str(one.date),
            f"{one.start // 60:02d}:{one.start % 60:02d}",
            f"{one.end // 60:02d}:{one.end % 60:02d}",
        )
        for one in result.plan.sessions
    }

    def told(start: Any, end: Any) -> tuple[str, str, str]:
        return str(start.date()), start.strftime("%H:%M"), end.strftime("%H:%M")

    first = [e for e in icalendar.Calendar.from_ical(text).events if e.categories == ["STRENGTH"]]
    assert {told(event.start, event.end) for event in first} == expected
    second = [e for e in vobject.readOne(text).vevent_list if e.categories.value == ["STRENGTH"]]
    assert {told(event.dtstart.value, event.dtend.value) for event in second} == expected
    assert [e.summary.value for e in second] == [str(e["summary"]) for e in first]
    assert [e.description.value for e in second] == [str(e["description"]) for e in first]


def test_an_event_reads_like_a_training_card() -> None:
    event = one(block(lift()))
    assert event["summary"] == "Strength A · 8 sets"
    assert str(event["description"]).splitlines() == [
        "1a Back squat 3 × 5 @ 95 kg (81\u00a0%), 2 in reserve, +2.5 kg",
        "Warm-up 5 × 37.5, 3 × 57.5, 2 × 75 kg; chest up",
        "1b Hop 3 × 4, at once after 1a, rest 2:30",
        "2 Side plank 2 × 30 s each side, +3\u00a0% on your first week",
        "Left out: Farmer carry",
        "",
        "About 45 min with 8 of warm-up; legs: moderate (4.2).",
        "",
        "In reserve: repetitions that you could still have done. In brackets: % of the most that you could "
        "lift once in that week. + or - before a weight: since the last time. Legs: 8 is a full heavy "
        "session; heavy from 6, moderate from 3.",
        "",
        "Why then: On Tuesday, a day without a run.",
    ]


def test_a_lift_given_by_its_minutes_alone_has_no_sets_to_speak_of() -> None:
    event = one(block(lift(exercises=(), dropped=(), sets=0, lower_body_dose=0.0, why="")))
    assert (event["summary"], event["description"]) == ("Strength A · 45 min", "No leg work.")


def test_a_name_that_says_strength_is_not_told_so_twice() -> None:
    assert one(block(lift(session="Hill strength")))["summary"] == "Hill strength · 8 sets"
    assert one(block(lift(session="Strengthening")))["summary"] == "Strength Strengthening · 8 sets"


def test_the_calendar_has_the_name_of_the_scenario() -> None:
    calendar = icalendar.Calendar.from_ical(to_ics(solved(), PLAIN))
    assert calendar["x-wr-calname"] == "Three weeks"
    assert (calendar["version"], calendar["calscale"]) == ("2.0", "GREGORIAN")
    assert "METHOD" not in calendar  # a file to import, no invitation


def test_a_lift_may_end_at_midnight() -> None:
    event = one(block(lift(start=1395, end=1440)))
    assert (event.start, event.end) == (datetime(2026, 9, 8, 23, 15), datetime(2026, 9, 9))


@pytest.mark.parametrize("result", [unplanned(), impossible()])
def test_without_a_plan_there_is_an_empty_calendar(result: Result) -> None:
    assert keeps_to_the_rules(to_ics(result, BERLIN)) == []


# --- alarms ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("minutes", [0, 30, 1440])
def test_an_alarm_rings_so_long_before_a_lift_and_not_before_a_run(minutes: int) -> None:
    events = events_of(block(lift(), runs=(run(),)), replace(WHOLE, alarm_minutes=minutes))
    alarms = {str(event["summary"]): event.walk("VALARM") for event in events}
    (alarm,) = alarms["Strength A · 8 sets"]
    assert (alarm["action"], alarm["description"]) == ("DISPLAY", "Strength A · 8 sets")
    assert alarm["trigger"].dt == -timedelta(minutes=minutes)
    assert alarms["Tempo run, 10 km"] == []


def test_without_a_wish_nothing_rings() -> None:
    assert "VALARM" not in to_ics(solved(), PLAIN)


# --- runs ------------------------------------------------------------------------------------------------


def test_runs_are_left_out_unless_wanted() -> None:
    assert "RUN" not in to_ics(solved(), PLAIN)


@pytest.mark.parametrize(
    ("fixed", "units", "title"),
    [
        (run("tempo"), "km", "Tempo run, 10 km"),
        (run("easy", distance_km=None), "km", "Easy run, 50 min"),
        (run("long", distance_km=21.097), "km", "Long run, 21.1 km"),
        (run("race", distance_km=21.097), "mi", "Race, 13.1 mi"),
        (run("easy", distance_km=8.04672), "mi", "Easy run, 5 mi"),
        (run("cross", distance_km=None), "km", "Cross-training, 50 min"),
        (run("intervals", title="Club night"), "km", "Club night (intervals), 10 km"),
        (run("intervals", title="6 x 800 m intervals"), "km", "6 x 800 m intervals, 10 km in total"),
        (run("easy", title="10 km easy"), "km", "10 km easy"),
        (run("easy", title="Run 6 km, walk 4 km"), "km", "Run 6 km, walk 4 km (easy run), 10 km in total"),
        (run("race", title="Lakeside Half"), "km", "Lakeside Half (race), 10 km"),
        (run("long", title="Longing for home"), "km", "Longing for home (long run), 10 km"),
    ],
)
def test_a_run_says_its_type_and_length(fixed: Any, units: str, title: str) -> None:
    event = one(block(runs=(fixed,), units=units), WHOLE)
    assert event["summary"] == title
    assert event.end - event.start == timedelta(minutes=50)


def test_every_type_of_run_has_words_of_its_own() -> None:
    titles = {one(block(runs=(run(kind),)), WHOLE)["summary"] for kind in RunType if kind != "rest"}
    assert len(titles) == len(RunType) - 1
    assert all(str(kind) in " ".join(titles).lower() for kind in RunType if kind != "rest")


def test_a_key_run_is_marked_and_a_rest_day_is_no_event() -> None:
    events = events_of(block(runs=(run(), run("easy"), run("rest"))), WHOLE)
    assert [str(event["description"]) for event in events] == [
        "Tempo run, 10 km, 50 min. A key run: lifts keep clear of it.",
        "Easy run, 10 km, 50 min.",
    ]


def test_runs_and_other_work_have_categories_of_their_own() -> None:
    counted = Counter(event.categories[0] for event in events_of(solved(), WHOLE))
    assert counted == Counter({"RUN": 9, "STRENGTH": 6, "CROSS": 3})


def test_a_run_over_midnight_ends_on_the_next_day() -> None:
    event = one(block(runs=(run(start=1410, minutes=90),)), WHOLE)
    assert event.end == datetime(2026, 9, 8, 1, 0)


# --- the same events again -------------------------------------------------------------------------------


def test_a_lift_that_moves_and_shrinks_keeps_its_uid_and_a_later_file_wins() -> None:
    before = one(block(lift()))
    moved = lift(date=date(2026, 9, 10), start=700, end=730, sets=4, exercises=())
    after = one(block(moved), replace(PLAIN, stamp=STAMP + timedelta(seconds=1)))
    assert after["uid"] == before["uid"]
    assert after["sequence"] == before["sequence"] + 1
    assert after["dtstamp"].dt - before["dtstamp"].dt == timedelta(seconds=1)
    assert after.start != before.start


def test_a_run_keeps_its_uid_when_it_starts_later() -> None:
    early, late = (one(block(runs=(run(start=start),)), WHOLE) for start in (360, 420))
    assert early["uid"] == late["uid"]


def test_two_runs_of_a_day_have_two_uids() -> None:
    assert len(keeps_to_the_rules(to_ics(block(runs=(run(), run())), WHOLE))) == 2


@pytest.mark.parametrize(
    "other",
    [
        block(lift(), name="Spring"),
        block(lift(), plan=Plan(sessions=(lift(),), weeks=weeks(1, date(2026, 9, 14)))),
        block(lift(id="w01-B")),
    ],
)
def test_another_block_has_other_uids(other: Result) -> None:
    assert one(other)["uid"] != one(block(lift()))["uid"]


def test_a_uid_is_for_the_whole_world_and_says_what_it_names() -> None:
    assert re.fullmatch(r"w01-a-[0-9a-f]{20}@mesocycle", one(block(lift()))["uid"])
    # It may never change: calendars hold it. Of the name, the first Monday and the id.
    assert one(block(lift()))["uid"] == identity(block(lift(2)), "w01-A")


@pytest.mark.parametrize("part", ["", "深蹲", "\ud800", "a\r\nb", "x" * 10_000])
def test_any_name_makes_a_uid_of_plain_characters(part: str) -> None:
    uid = identity(block(lift()), part)
    assert re.fullmatch(r"[a-z0-9-]+@mesocycle", uid)
    assert len(uid) <= MOST_READABLE + 31


def test_revisions_stay_within_what_a_calendar_can_count() -> None:
    for stamp in (datetime(1999, 1, 1, tzinfo=UTC), STAMP, datetime(2200, 1, 1, tzinfo=UTC)):
        assert 0 <= one(block(lift()), replace(PLAIN, stamp=stamp))["sequence"] < 2**31


def test_the_stamp_is_in_utc_wherever_it_was_taken() -> None:
    there = replace(PLAIN, stamp=STAMP.astimezone(ZoneInfo("Asia/Tokyo")))
    assert "DTSTAMP:20260901T123015Z\r\n" in to_ics(block(lift()), there)
    assert to_ics(block(lift()), there) == to_ics(block(lift()), PLAIN)


# --- time zones ------------------------------------------------------------------------------------------


def test_without_a_zone_times_hold_wherever_the_runner_is() -> None:
    text = to_ics(block(lift()), PLAIN)
    assert "DTSTART:20260908T170000\r\nDTEND:20260908T174500\r\n" in text
    assert "VTIMEZONE" not in text


def test_times_on_the_clock_stay_when_clocks_change() -> None:
    # Clocks change on 25 October, within the block.
    events = [e for e in events_of(solved(), BERLIN) if e.categories == ["STRENGTH"]]
    bare = [e for e in events_of(solved(), PLAIN) if e.categories == ["STRENGTH"]]
    assert [event.start.replace(tzinfo=None) for event in events] == [event.start for event in bare]
    assert {event.start.utcoffset() for event in events} == {timedelta(hours=1), timedelta(hours=2)}


def test_the_zone_is_written_down_with_its_changes() -> None:
    text = to_ics(solved(), BERLIN)
    assert "DTSTART;TZID=Europe/Berlin:2026" in text
    (zone,) = vobject.readOne(text).vtimezone_list
    autumn = {event.dtstart.value.astimezone(UTC) for event in vobject.readOne(text).vevent_list}
    assert zone.tzid.value == "Europe/Berlin"
    # Another reader takes the change of clocks from the file itself.
    assert autumn == {event.start.astimezone(UTC) for event in events_of(solved(), BERLIN)}


def zoned(start: int, end: int, monday: date, day: date) -> Any:
    moved = lift(date=day, start=start, end=end)
    result = block(moved, plan=Plan(sessions=(moved,), weeks=weeks(1, monday)))
    text = to_ics(result, replace(PLAIN, timezone="Europe/Berlin"))
    keeps_to_the_rules(text)
    return icalendar.Calendar.from_ical(text).events[0]


def test_a_time_that_the_clock_leaves_out_is_the_one_that_follows() -> None:
    event = zoned(150, 195, date(2027, 3, 22), date(2027, 3, 28))  # 02:30 to 03:15
    assert [t.astimezone(UTC).strftime("%H:%M") for t in (event.start, event.end)] == ["01:30", "02:15"]
    assert event.start.strftime("%H:%M") == "03:30"


def test_an_end_in_the_hour_that_comes_twice_is_told_by_its_length() -> None:
    event = zoned(150, 195, date(2026, 10, 19), date(2026, 10, 25))  # 02:30, and 02:15 by the clock later
    assert ("DTEND" in event, event["duration"].dt) == (False, timedelta(minutes=45))


def test_a_plan_without_weeks_has_its_lifts_in_their_zone_all_the_same() -> None:
    bare = block(runs=(run(),)).model_copy(update={"plan": Plan(sessions=(lift(),), weeks=())})
    keeps_to_the_rules(to_ics(bare, BERLIN))
    assert {event.start.tzinfo for event in events_of(bare, BERLIN)} == {ZoneInfo("Europe/Berlin")}


def test_a_plan_of_nothing_is_an_empty_calendar() -> None:
    empty = block().model_copy(update={"plan": Plan(sessions=(), weeks=())})
    assert keeps_to_the_rules(to_ics(empty, BERLIN)) == []


@pytest.mark.parametrize(
    "name",
    ["Europe/Berln", "Europe", "../../etc/passwd", "/etc/passwd", "zone.tab", "\0", "\ud800", "x" * 5000],
)
@pytest.mark.parametrize("result", [block(lift()), unplanned()], ids=["planned", "unplanned"])
def test_a_zone_that_does_not_exist_is_refused(name: str, result: Result) -> None:
    with pytest.raises(ValueError, match=r"^there is no time zone \".{1,60}; write it like Europe/Berlin$"):
        to_ics(result, replace(PLAIN, timezone=name))


@pytest.mark.parametrize("monday", [date(1990, 1, 1), date(2199, 12, 30), date(2200, 12, 22)])
@pytest.mark.parametrize("zone", ["America/St_Johns", "Pacific/Apia", "UTC", "Asia/Kolkata"])
def test_far_away_times_and_places(monday: date, zone: str) -> None:
    moved = lift(date=monday)
    result = block(moved, plan=Plan(sessions=(moved,), weeks=weeks(1, monday)))
    (event,) = keeps_to_the_rules(to_ics(result, replace(PLAIN, timezone=zone)))
    assert event["DTSTART"].startswith(f"{monday:%Y%m%d}T170000")


# --- text of anybody's -----------------------------------------------------------------------------------


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_text_stays_text(text: str) -> None:
    written = to_ics(hostile(text), BERLIN)
    written.encode()
    events = keeps_to_the_rules(written)
    assert len(events) == 4
    assert [event["CATEGORIES"] for event in events] == ["STRENGTH", "STRENGTH", "RUN", "RUN"]
    again = vobject.readOne(written)
    assert len(again.vevent_list) == 4
    assert not re.search("[\u202a-\u202e\u2028\u2029\u2066-\u2069\x00-\x08\x0e-\x1f\x7f-\x9f]", written)
    for event in icalendar.Calendar.from_ical(written).events:
        assert "evil" not in {name.lower() for name in event}


def test_the_first_day_is_a_monday_of_the_tests() -> None:
    assert MONDAY.weekday() == 0
