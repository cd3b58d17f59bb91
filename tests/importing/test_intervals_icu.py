"""Plans from intervals.icu: its events in JSON, whatever they hold besides."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from mesocycle.importing.calendars.intervals import looks_like_intervals, read_intervals
from mesocycle.importing.feed import Event, Kind
from mesocycle.models.clock import format_time
from mesocycle.models.errors import ScenarioFileError

FEED = (Path(__file__).parent / "feeds" / "intervals_icu.json").read_bytes()


def one(**keys: Any) -> Event:
    data = [{"start_date_local": "2026-10-12T06:30:00", "category": "WORKOUT", "type": "Run", **keys}]
    return read_intervals(json.dumps(data).encode(), "events.json").events[0]


def when(event: Event) -> str:
    time = "all day" if event.start_minute is None else format_time(event.start_minute)
    return f"{event.day} {time}"


def test_events_come_by_day_with_kind_and_lengths() -> None:
    feed = read_intervals(FEED, "events.json")
    assert [(when(e), e.title, e.kind, e.minutes, e.metres) for e in feed.events] == [
        ("2026-10-01 06:00", "Easy", None, 40, None),
        ("2026-10-12 17:30", "Gym", Kind.STRENGTH, 45, None),
        ("2026-10-13 all day", "Tempo 3 x 10", None, 60, 11200),
        ("2026-10-14 07:00", "Spin", Kind.CROSS, 50, None),
        ("2026-10-15 all day", "Build", Kind.OTHER, None, None),
        ("2026-10-16 06:00", "Trail run", None, None, None),
        ("2026-10-17 all day", "By the sea", Kind.OTHER, None, None),
        ("2026-11-08 09:30", "City half marathon", Kind.RACE, None, 21098),
    ]


def test_days_away_are_noted_with_what_to_write() -> None:
    assert read_intervals(FEED, "events.json").notes == (
        '"By the sea" from Sat 17 Oct to Mon 19 Oct is a holiday: '
        "athlete.blocked: [2026-10-17..2026-10-19] keeps it free of lifts.",
    )


def test_an_event_with_its_activity_is_done() -> None:
    assert [e.title for e in read_intervals(FEED, "events.json").events if e.done] == ["Easy"]


def test_the_list_of_activities_is_done_too() -> None:
    assert one(elapsed_time=3000).done


def test_an_event_says_which_entry_of_the_file_it_is() -> None:
    assert [e.place for e in read_intervals(FEED, "events.json").events][:2] == ["event 8", "event 2"]


@pytest.mark.parametrize(
    ("category", "sport", "kind"),
    [
        ("WORKOUT", "Run", None),
        ("WORKOUT", "VirtualRun", None),
        ("WORKOUT", "Other", None),
        ("WORKOUT", "Something new", None),
        ("WORKOUT", "OpenWaterSwim", Kind.CROSS),
        ("RACE_B", "Run", Kind.RACE),
        ("RACE_A", "Ride", Kind.CROSS),
        ("RACE_C", None, Kind.RACE),
        ("TARGET", "Run", Kind.OTHER),
        ("SEASON_START", None, Kind.OTHER),
    ],
)
def test_category_and_sport_say_what_it_is(category: str, sport: str | None, kind: Kind | None) -> None:
    assert one(category=category, type=sport).kind is kind


@pytest.mark.parametrize(
    ("category", "sport", "priority"),
    [("RACE_A", "Run", "A"), ("RACE_B", None, "B"), ("RACE_C", "Run", "C"), ("WORKOUT", "Run", "")],
)
def test_a_race_has_the_priority_of_its_category(category: str, sport: str | None, priority: str) -> None:
    assert one(category=category, type=sport).priority == priority


def test_the_unit_is_the_one_of_the_titles() -> None:
    data = [{"start_date_local": "2026-10-12", "name": name} for name in ("Easy 5 mi", "5 easy")]
    assert read_intervals(json.dumps(data).encode(), "events.json").units == "mi"


@pytest.mark.parametrize(
    ("name", "title"), [("Around the lake", "Run: Around the lake"), ("Tempo", "Tempo"), ("", "Run")]
)
def test_the_sport_is_told_where_the_name_says_nothing_of_it(name: str, title: str) -> None:
    assert one(name=name).title == title


def test_a_date_alone_is_an_all_day_entry() -> None:
    assert when(one(start_date_local="2026-10-12")) == "2026-10-12 all day"


def test_a_local_time_stays_as_it_stands() -> None:
    assert when(one(start_date_local="2026-10-12T06:30:00Z")) == "2026-10-12 06:30"


def test_lengths_that_no_day_holds_are_none() -> None:
    event = one(moving_time=500_000, distance=0)
    assert (event.minutes, event.metres) == (None, None)


@pytest.mark.parametrize(
    ("keys", "message"),
    [
        ({"start_date_local": "soon"}, r'\[0\]\.start_date_local\n.*"soon"\n.*a date is written like'),
        ({"start_date_local": 1760000000}, r"\[0\]\.start_date_local\n.*1760000000\n.*a date is written"),
        ({"start_date_local": None}, r"\[0\]\.start_date_local\n.*null"),
        ({"moving_time": "an hour"}, r"\[0\]\.moving_time\n.*\"an hour\"\n.*valid number"),
        ({"moving_time": -1}, r"\[0\]\.moving_time\n.*-1\n.*greater than or equal to 0"),
        ({"distance": 1e300}, r"\[0\]\.distance"),
        ({"name": ["a"]}, r"\[0\]\.name\n.*\[\"a\"\]\n.*valid string"),
    ],
)
def test_what_cannot_be_read_is_named_by_entry_and_key(keys: dict[str, Any], message: str) -> None:
    with pytest.raises(ScenarioFileError, match=message):
        one(**keys)


def test_every_wrong_entry_is_told() -> None:
    raw = b'[{"start_date_local": "x"}, {"name": "a"}, 5]'
    with pytest.raises(ScenarioFileError, match=r"events\.json: 3 problems") as caught:
        read_intervals(raw, "events.json")
    assert [problem.path for problem in caught.value.problems] == [
        (0, "start_date_local"),
        (1, "start_date_local"),
        (2,),
    ]


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"", "no JSON"),
        (b'[{"a": 1},\n {"b" 2}]', r"events\.json:2:7\n.*no JSON"),
        (b"[" * 100_000, "nested too deeply"),
        (b"[" + b"9" * 5000 + b"]", "a number in it is too long"),
        (b'["\xff"]', "no UTF-8"),
        (b"{}", r"expected a list of events"),
        (b"[]", r"expected a list of events"),
        (b'[{"name": "a"}]', r"expected a list of events"),
        (b'[{"start_date_local": "2026-10-12", "distance": NaN}]', r"\[0\]\.distance"),
    ],
)
def test_files_that_are_no_list_of_events_are_refused(raw: bytes, message: str) -> None:
    with pytest.raises(ScenarioFileError, match=message):
        read_intervals(raw, "events.json")


def test_more_events_than_a_plan_has_are_refused() -> None:
    raw = json.dumps([{"start_date_local": "2026-10-12"}] * 20_001).encode()
    with pytest.raises(ScenarioFileError, match="holds 20,001 events"):
        read_intervals(raw, "events.json")


@pytest.mark.parametrize("data", [None, [], {}, "a", [1, 2], [{"date": "2026-10-12"}], {"schedule": []}])
def test_other_data_does_not_look_like_it(data: Any) -> None:
    assert not looks_like_intervals(data)


def test_the_feed_looks_like_it() -> None:
    assert looks_like_intervals(json.loads(FEED))
