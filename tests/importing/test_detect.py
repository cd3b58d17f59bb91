"""Which reader a file needs is told by its content; what is no plan is named, with what to do instead."""

from __future__ import annotations

import gzip
import io
import json
import os
import zipfile
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest

from mesocycle.importing.detect import plan_bytes, read_plan
from mesocycle.importing.feed import Feed, Kind
from mesocycle.models.errors import ScenarioFileError

FEEDS = Path(__file__).parent / "feeds"
FIRST, LAST = date(2026, 8, 1), date(2026, 12, 1)
WEEKS = """\
title: Two weeks
units: km
type: 10k
schedule:
  - workouts:
      - title: Rest
      - title: Easy run {5}
        distance: 5
      - title: Rest
      - title: Easy run {6}
        distance: 6
      - title: Rest
      - title: Rest
      - title: Long run {10}
        distance: 10
"""
TABLE = "Date,Workout,Distance\n2026-10-12,Easy run,8 km\n2026-10-14,Tempo run,10 km\n"


def read(path: Path) -> Feed:
    return read_plan(path, first=FIRST, last=LAST)


def saved(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def archive(*names: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as file:
        for name in names:
            kind = "application/vnd.oasis.opendocument.spreadsheet"
            file.writestr(zipfile.ZipInfo(name), kind if name == "mimetype" else "")
    return stream.getvalue()


@pytest.mark.parametrize("name", ["plan.ics", "plan.csv", "plan.json", "plan.yaml", "plan"])
def test_a_calendar_is_one_under_any_name(tmp_path: Path, name: str) -> None:
    feed = read(saved(tmp_path, name, (FEEDS / "runna.ics").read_bytes()))
    assert (feed.name, len(feed.events)) == ("Runna", 7)


@pytest.mark.parametrize("name", ["events.json", "events.txt", "events"])
def test_intervals_icu_s_events_are_read_under_any_name(tmp_path: Path, name: str) -> None:
    feed = read(saved(tmp_path, name, (FEEDS / "intervals_icu.json").read_bytes()))
    assert feed.events[-1].kind is Kind.RACE


@pytest.mark.parametrize("name", ["plan.yaml", "plan.yml", "plan.txt", "plan"])
def test_weeks_without_dates_are_read_under_any_name(tmp_path: Path, name: str) -> None:
    feed = read(saved(tmp_path, name, WEEKS))
    assert (feed.dated, len(feed.events)) == (False, 7)


@pytest.mark.parametrize("name", ["plan.csv", "plan.txt", "plan.tsv", "plan"])
def test_a_table_is_read_under_any_name(tmp_path: Path, name: str) -> None:
    assert [event.day.day for event in read(saved(tmp_path, name, TABLE)).events] == [12, 14]


def test_a_table_in_utf_16_is_read(tmp_path: Path) -> None:
    path = saved(tmp_path, "plan.csv", TABLE.replace(",", "\t").encode("utf-16"))
    assert [event.day.day for event in read(path).events] == [12, 14]


def test_the_order_of_day_and_month_is_passed_on(tmp_path: Path) -> None:
    path = saved(tmp_path, "plan.csv", "Date,Workout\n11/10/2026,Easy run 8 km\n12/10/2026,Easy run 8 km\n")
    feed = read_plan(path, first=FIRST, last=LAST, date_order="mdy")
    assert [event.day for event in feed.events] == [date(2026, 11, 10), date(2026, 12, 10)]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", r"the file is empty\n.*a plan is a calendar"),
        (b" \r\n", "the file is empty"),
        (b"webcal://cal.example.com/abc.ics\n", r"this is a link, not a plan\n.*download it first"),
        (b"https://example.com/plan", r"this is a link, not a plan\n.*no network connection"),
        (b"[InternetShortcut]\nURL=https://example.com", "this is a link"),
        (archive("[Content_Types].xml", "xl/workbook.xml"), r"this is an Excel workbook\n.*save it as CSV"),
        (archive("mimetype", "content.xml"), r"this is an OpenDocument\n.*save it as CSV"),
        (archive("word/document.xml"), "this is a Word document"),
        (archive("plan.ics"), r"this is a zip archive\n.*unpack it"),
        (gzip.compress(b"BEGIN:VCALENDAR", mtime=0), r"this is a gzip archive\n.*unpack it"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", r"this is an old Office file\n.*save it as CSV"),
        (b"\x0e\x10\xd9\x07\x00\x00\x00\x00.FIT\x00\x00", r"this is a FIT file\n.*what was run"),
        (b"%PDF-1.7\n%\xe2\xe3", r"this is a PDF\n.*into a spreadsheet"),
        (b"{\\rtf1\\ansi", "this is a formatted text"),
        (b"\x89PNG\r\n\x1a\n", "this is a picture"),
        (b'<?xml version="1.0"?>\n<TrainingCenterDatabase>', r"this is a TCX file\n.*what was run"),
        (b'<?xml version="1.0"?>\n<gpx version="1.1">', "this is a GPX file"),
        (b"<workout_file>\n</workout_file>", r"this is a single workout \(ZWO\)"),
        (b"\xef\xbb\xbf<!DOCTYPE html>\n<html>", r"this is a web page\n.*log-in"),
        (b"<HTML><body>Sign in</body></HTML>", "this is a web page"),
        (b"<plan/>", "this is XML"),
        (b"MZ\x90\x00\x03\x00\x00", "this is no text"),
        (b"Dear coach", r"this is no plan that Mesocycle knows\n.*a plan is a calendar"),
        (
            b"start: 2026-10-12\nruns:\n  week:\n    tue: rest\n",
            r"this is a scenario already\n.*mesocycle solve",
        ),
    ],
)
def test_what_is_no_plan_is_named_with_what_to_do(tmp_path: Path, content: bytes, message: str) -> None:
    with pytest.raises(ScenarioFileError, match=message):
        read(saved(tmp_path, "plan", content))


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("plan.ics", b"Nothing of a calendar", "this is no calendar"),
        ("plan.json", b'{"a": ', "no JSON"),
        ("plan.json", b"[1, 2]", "expected a list of events"),
        ("plan.yaml", b"a: [", r"plan\.yaml:1"),
    ],
)
def test_where_the_content_says_nothing_the_name_decides(
    tmp_path: Path, name: str, content: bytes, message: str
) -> None:
    with pytest.raises(ScenarioFileError, match=message):
        read(saved(tmp_path, name, content))


@pytest.mark.parametrize("link", ["webcal://cal.example.com/a.ics", "https://example.com/a", "HTTP://x/a"])
def test_a_link_instead_of_a_file_is_told_to_be_downloaded(link: str) -> None:
    with pytest.raises(ScenarioFileError, match=r"a link, not a file\n.*download it first"):
        read(Path(link))


def test_a_file_of_50_mb_is_refused_without_reading_it(tmp_path: Path) -> None:
    path = saved(tmp_path, "all.ics", b"BEGIN:VCALENDAR\n")
    os.truncate(path, 50_000_000)
    with pytest.raises(ScenarioFileError, match=r"50\.0 MB\n.*larger than 16 MB\n.*export fewer months"):
        read(path)


def test_files_that_are_none_are_named(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for name, message in (
        ("nowhere.ics", "there is no such file"),
        (".", "this is a directory, not a file"),
        ("pipe", "this is not a regular file"),
        ("a\0b", "no usable name"),
    ):
        with pytest.raises(ScenarioFileError, match=message):
            read(tmp_path / name)


def test_a_minus_reads_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO((FEEDS / "runna.ics").read_bytes())))
    assert len(read(Path("-")).events) == 7


def test_endless_standard_input_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mesocycle.importing.detect.MAX_BYTES", 1_000_000)
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(b"a" * 3_000_000)))
    with pytest.raises(ScenarioFileError, match="the file is larger than 1 MB"):
        plan_bytes("-")


def test_without_standard_input_there_is_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", None)
    with pytest.raises(ScenarioFileError, match="there is no standard input"):
        plan_bytes("-")


def test_nesting_without_end_is_a_problem(tmp_path: Path) -> None:
    with pytest.raises(ScenarioFileError, match="nested too deeply"):
        read(saved(tmp_path, "plan.json", b"[" * 200_000))


def test_text_of_a_calendar_that_is_cut_off_is_no_table(tmp_path: Path) -> None:
    with pytest.raises(ScenarioFileError, match="no END:VCALENDAR"):
        read(saved(tmp_path, "plan.csv", "BEGIN:VCALENDAR\nVERSION:2.0\n"))


def test_a_json_plan_of_weeks_is_read(tmp_path: Path) -> None:
    week = {"workouts": [{"title": "Easy run"}] * 7}
    plan = {"title": "Two", "units": "km", "type": "10k", "schedule": [week]}
    assert len(read(saved(tmp_path, "plan.json", json.dumps(plan))).events) == 7
