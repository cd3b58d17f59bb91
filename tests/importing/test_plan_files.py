"""Files as people have them: cells that mean nothing, weeks of letters, lists in JSON, old plans."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from mesocycle.importing.detect import read_plan
from mesocycle.importing.feed import Feed, Kind
from mesocycle.importing.plan import ImportOptions, gathered, open_plan
from mesocycle.importing.times import StartTimes
from mesocycle.models.errors import ScenarioFileError

FIRST, LAST = date(2026, 11, 30), date(2027, 3, 1)


def read(tmp_path: Path, text: str, name: str = "plan.csv") -> Feed:
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    return read_plan(file, first=FIRST, last=LAST, today=FIRST)


def refused(tmp_path: Path, text: str, name: str = "plan.csv") -> str:
    with pytest.raises(ScenarioFileError) as error:
        read(tmp_path, text, name)
    return str(error.value)


@pytest.mark.parametrize("cell", ["--", "0 km", "0,0 mi", "0.01 km", "50 m", "TBD"])
def test_a_cell_that_means_nothing_is_no_error_of_the_file(tmp_path: Path, cell: str) -> None:
    feed = read(tmp_path, f'date,workout,distance\n2026-12-07,Easy run,"{cell}"\n2026-12-09,Tempo,8 km\n')
    assert [event.metres for event in feed.events] == [None, 8000]


def test_the_shortest_distance_that_counts_is_a_hundred_metres(tmp_path: Path) -> None:
    feed = read(tmp_path, "date,workout,distance\n2026-12-07,Strides,0.1 km\n2026-12-08,Strides,99 m\n")
    assert [event.metres for event in feed.events] == [100, None]


@pytest.mark.parametrize(
    ("letters", "days"),
    [
        ("M,T,W,T,F,S,S", [7, 9, 13]),
        ("S,M,T,W,T,F,S", [6, 8, 12]),
        ("L,M,M,J,V,S,D", [7, 9, 13]),
        ("L,M,X,J,V,S,D", [7, 9, 13]),
        ("M,D,M,D,F,S,S", [7, 9, 13]),
    ],
)
def test_seven_columns_of_single_letters_are_a_week(tmp_path: Path, letters: str, days: list[int]) -> None:
    feed = read(tmp_path, f"Week of,{letters}\n2026-12-{days[0]:02},5 mi easy,,6 mi tempo,,,,12 mi long\n")
    assert [(event.day.day, event.title) for event in feed.events] == [
        (days[0], "5 mi easy"),
        (days[1], "6 mi tempo"),
        (days[2], "12 mi long"),
    ]


def test_letters_that_are_no_week_are_none(tmp_path: Path) -> None:
    assert "no row names the columns of a plan" in refused(tmp_path, "A,B,C,D,E,F,G\n1,2,3,4,5,6,7\n")


def test_weeks_to_go_are_not_needed_to_count(tmp_path: Path) -> None:
    head = "Weeks to go,Mon,Tue,Wed,Thu,Fri,Sat,Sun"
    feed = read(tmp_path, f"{head}\n2,,5 mi easy,,,,,12 mi long\n1,,3 mi easy,,,,,Half Marathon\n")
    assert (feed.dated, [event.title for event in feed.events][-1]) == (False, "Half Marathon")


def test_a_list_of_days_in_json_is_read_as_a_table(tmp_path: Path) -> None:
    days = [
        {"date": "2026-12-07", "title": "Easy 8 km", "tags": ["x"], "done": False},
        {"date": "2026-12-09", "title": "Tempo", "distance": 9.5},
        "a note",
        {"date": "2026-12-13", "title": "Long run", "minutes": 100, "start": "08:00"},
    ]
    feed = read(tmp_path, json.dumps(days), "plan.json")
    assert [(e.day.day, e.title, e.metres, e.minutes, e.start_minute) for e in feed.events] == [
        (7, "Easy 8 km", None, None, None),
        (9, "Tempo", 9500, None, None),
        (13, "Long run", None, 100, 480),
    ]


def test_a_wrong_value_in_such_a_list_names_its_entry(tmp_path: Path) -> None:
    days = [{"date": "2026-12-07", "title": "Easy"}, {"date": "sometime", "title": "Tempo"}]
    assert "plan.json:2" in refused(tmp_path, json.dumps(days), "plan.json")


def test_unknown_headers_are_told_with_what_was_looked_for(tmp_path: Path) -> None:
    told = refused(tmp_path, '"Foo","Bar","Baz"\n"1","2","3"\n')
    assert "Foo, Bar, Baz" in told
    assert "date, title, distance" in told


def test_a_calendar_that_is_over_says_so_and_when_to_begin(tmp_path: Path) -> None:
    file = tmp_path / "old.ics"
    file.write_text(
        "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\nBEGIN:VEVENT\nUID:1\nDTSTAMP:20240101T000000Z\n"
        "DTSTART;VALUE=DATE:20240310\nSUMMARY:Easy 8 km\nEND:VEVENT\nEND:VCALENDAR\n",
        encoding="utf-8",
    )
    options = ImportOptions(today=FIRST, times=StartTimes())
    with pytest.raises(ScenarioFileError) as error:
        gathered(open_plan(file, options), file, options)
    told = str(error.value)
    assert "all its runs lie before 2026-11-30 (the last on 2024-03-10)" in told
    assert "--from 2024-03-04" in told


def test_the_own_export_of_a_block_is_read_back_as_lifts(tmp_path: Path) -> None:
    head = "week,date,weekday,start,end,minutes,session,sets,lower_body_dose,phase"
    feed = read(tmp_path, f"{head}\n1,2026-12-08,Tuesday,17:00,17:45,45,A,14,5.8,base\n")
    (event,) = feed.events
    assert (event.title, event.kind, event.start_minute, event.minutes) == (
        "Strength A",
        Kind.STRENGTH,
        17 * 60,
        45,
    )


def test_a_plan_without_a_name_takes_that_of_its_file(tmp_path: Path) -> None:
    options = ImportOptions(today=FIRST, times=StartTimes())
    names = []
    for name in ("half_marathon  plan.csv", "spring-10k.csv", "___.csv"):
        file = tmp_path / name
        file.write_text("date,workout\n2026-12-07,Easy run\n", encoding="utf-8")
        names.append(open_plan(file, options).name)
    assert names == ["Half marathon plan", "Spring-10k", ""]
