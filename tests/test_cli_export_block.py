"""The commands `export` and `audit` with a block file in place of a plan: what is written, and refused."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from datetime import datetime
from pathlib import Path
from typing import Any

import icalendar
import pytest
import vobject
from click.testing import CliRunner, Result

from mesocycle.cli import cli
from mesocycle.diary.block import Block
from mesocycle.files.plan_file import parse_result
from mesocycle.living import start

SCENARIO = """\
name: Three weeks
start: 2026-09-07
weeks: 3
athlete:
  availability: {weekdays: ["17:00-19:00"], weekend: ["12:00-14:00"]}
runs:
  week:
    tue: {type: intervals, start: "06:30", minutes: 60}
    thu: {type: tempo, start: "06:30", minutes: 50}
    sun: {type: long, start: "08:00", minutes: 110}
"""


def run(*words: object, code: int = 0) -> Result:
    done = CliRunner().invoke(cli, [str(word) for word in words], env={"COLUMNS": "80"})
    assert done.exit_code == code, done.output
    assert "Traceback" not in done.output
    return done


@pytest.fixture
def scenario(tmp_path: Path) -> Path:
    path = tmp_path / "three.yaml"
    path.write_text(SCENARIO, encoding="utf-8")
    return path


@pytest.fixture
def block(scenario: Path, tmp_path: Path) -> Path:
    """A block file whose ending says nothing."""
    start(scenario, tmp_path / "plan.json", timezone="Europe/Berlin", now=datetime(2026, 9, 7, 6))
    return tmp_path / "plan.json"


def lived(block: Path) -> Block:
    """The same with a lift that is done, one that is moved and one that is skipped."""
    later = Block(block, now=datetime(2026, 9, 14, 6))
    later.done("w01-A", rpe=7)
    later.move("w02-A", "wed", "18:00")
    later.skip("w02-B", why="time")
    return later


def test_the_calendar_is_written_as_two_readers_have_it(block: Path, tmp_path: Path) -> None:
    lived(block)
    target = tmp_path / "block.ics"
    done = run("export", block, "-o", target, "--alarm", 30)
    assert (done.stdout, done.stderr.endswith(f"-> {target}\n")) == ("", True)
    text = target.read_bytes().decode()
    calendar: Any = icalendar.Calendar.from_ical(text)
    events = calendar.walk("VEVENT")
    again = vobject.readOne(text).vevent_list
    assert sorted(str(event["UID"]) for event in events) == sorted(event.uid.value for event in again)
    gone = [str(event["UID"])[:5] for event in events if event.get("STATUS") == "CANCELLED"]
    assert (len(events), gone) == (6, ["w02-b"])
    # What is gone reminds of nothing.
    assert {len(event.walk("VALARM")) for event in events if event.get("STATUS") != "CANCELLED"} == {1}
    assert not any(event.walk("VALARM") for event in events if event.get("STATUS") == "CANCELLED")
    assert [event["DTSTART"].params["TZID"] for event in events] == ["Europe/Berlin"] * 6
    assert sum("(done)" in event["SUMMARY"] for event in events) == 1


def test_runs_and_another_zone_are_put_in_where_they_are_asked_for(block: Path) -> None:
    calendar: Any = icalendar.Calendar.from_ical(
        run("export", block, "--runs", "--timezone", "europe/london").stdout
    )
    events = calendar.walk("VEVENT")
    assert len(events) == 15
    assert {event["DTSTART"].params["TZID"] for event in events} == {"Europe/London"}


def test_a_file_holds_what_is_printed(block: Path, tmp_path: Path) -> None:
    lived(block)
    for ending in ("csv", "md"):
        target = tmp_path / f"block.{ending}"
        run("export", block, "-o", target)
        assert target.read_bytes() == run("export", block, "--format", ending).stdout_bytes


def test_all_other_formats_have_the_plan_as_it_stands(block: Path) -> None:
    lived(block)
    result = parse_result(run("export", block, "--format", "json").stdout.encode(), "block")
    assert result.plan is not None
    places = {one.id: (f"{one.date}", one.start) for one in result.plan.sessions}
    assert places.keys() == {"w01-A", "w01-B", "w02-A", "w03-A", "w03-B"}
    assert places["w02-A"] == ("2026-09-16", 1080)
    rows = list(csv.DictReader(io.StringIO(run("export", block, "--format", "csv").stdout)))
    assert {"2026-09-16"} <= {value for row in rows for value in row.values()}
    events = json.loads(run("export", block, "--format", "intervals").stdout)
    assert [event["start_date_local"] for event in events if "09-16" in event["start_date_local"]] == [
        "2026-09-16T18:00:00"
    ]
    assert "Wed 16 Sep" in run("export", block, "--format", "md").stdout
    assert run("export", block, "--format", "html").stdout.startswith("<!DOCTYPE html>")


def test_a_plan_is_a_plan_whatever_its_file_is_called(block: Path, tmp_path: Path) -> None:
    text = run("export", block, "--format", "json").stdout
    plan = tmp_path / "plan.block"
    plan.write_text(text, encoding="utf-8")
    assert run("export", plan, "--format", "json").stdout == text
    # A plan has no zone of its own, and its events are those of its name.
    calendar: Any = icalendar.Calendar.from_ical(run("export", plan).stdout)
    own: Any = icalendar.Calendar.from_ical(run("export", block).stdout)
    uids = {str(event["UID"]) for event in calendar.walk("VEVENT")}
    assert "TZID" not in calendar.walk("VEVENT")[0]["DTSTART"].params
    assert not uids & {str(event["UID"]) for event in own.walk("VEVENT")}


def test_a_moment_tells_how_a_block_stood_then(scenario: Path, block: Path, tmp_path: Path) -> None:
    lived(block)
    early, late = "2026-09-08T08:00", "2026-09-21T08:00"
    for form in ("html", "ics", "json"):
        told = [run("export", block, "--format", form, "--now", when).stdout for when in (early, early, late)]
        assert told[0] == told[1]
        assert told[0] != told[2]
    assert "Tue 8 Sep 08:00" in run("export", block, "--format", "html", "--now", early).stdout
    target = tmp_path / "block.html"
    done = run("export", block, "-o", target, "--now", late)
    assert done.stderr == f"revision 1 as it stands on Mon 21 Sep 08:00 -> {target}\n"
    # Without a time a moment is noon.
    assert "Mon 21 Sep 12:00" in run("export", block, "--format", "html", "--now", "2026-09-21").stdout
    assert run("audit", scenario, block, "--now", early).stdout


def test_illness_without_an_end_is_judged_as_of_the_moment(scenario: Path, block: Path) -> None:
    Block(block, now=datetime(2026, 9, 14, 6)).sick("2026-09-14..")
    # On Monday today and tomorrow are known to be without a lift, by Sunday Thursday was too.
    for now, lifts in (("2026-09-14T12:00", 5), ("2026-09-20T12:00", 4)):
        rows = run("export", block, "--format", "csv", "--now", now).stdout.splitlines()
        assert len(rows) - 1 == lifts
        told = run("audit", scenario, block, "--format", "json", "--now", now).stdout
        texts = {breach["text"] for breach in json.loads(told)["breaches"]}
        assert ("week 2 has 0 lifts; 1 must take place" in texts) == (lifts == 4)


def cut(block: Path) -> None:
    block.write_bytes(block.read_bytes()[:5000])


def beginning(block: Path) -> None:
    block.write_bytes(b"SQLite format 3\0 and then nothing")


def other_text(block: Path) -> None:
    data = block.read_bytes()
    assert b'"kind":"published"' in data
    block.write_bytes(data.replace(b'"kind":"published"', b'"kind":"publishes"'))


def no_plan(block: Path) -> None:
    with sqlite3.connect(block) as connection:
        connection.execute("DELETE FROM plans")
    connection.close()


def other_program(block: Path) -> None:
    block.unlink()
    with sqlite3.connect(block) as connection:
        connection.execute("CREATE TABLE notes (text)")
    connection.close()


@pytest.mark.parametrize("spoil", [cut, beginning, other_text, no_plan, other_program])
def test_a_damaged_block_file_is_refused_in_every_format(block: Path, tmp_path: Path, spoil: Any) -> None:
    spoil(block)
    told = "a database of another program" if spoil is other_program else "the file is damaged: "
    for form in ("ics", "csv", "md", "html", "intervals", "json"):
        target = tmp_path / f"out.{form}"
        done = run("export", block, "--format", form, "-o", target, code=2)
        assert told in done.stderr
        assert "  maybe: " in done.stderr
        assert not target.exists()


@pytest.mark.parametrize("spoil", [cut, other_text, other_program])
def test_a_damaged_block_file_is_not_judged(scenario: Path, block: Path, spoil: Any) -> None:
    spoil(block)
    done = run("audit", scenario, block, code=2)
    assert (done.stdout, str(block) in done.stderr) == ("", True)


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (("--timezone", "Berlin"), "did you mean Europe/Berlin?"),
        (("--format", "csv", "--runs"), "--runs goes with --format ics, not csv"),
        (("--format", "html", "--scenario", "three.yaml"), "a block file has its own scenario"),
        (("--format", "ics", "-o", "plan.json"), "-o would overwrite the plan"),
        (("--now", "soon"), "a moment is written like 2026-09-15T18:00"),
    ],
)
def test_wrong_calls_are_refused_and_change_nothing(
    block: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], text: str
) -> None:
    monkeypatch.chdir(block.parent)
    before = block.read_bytes()
    assert text in run("export", block, *words, code=2).stderr
    assert block.read_bytes() == before


def test_a_moment_goes_with_a_block_file_alone(scenario: Path, block: Path, tmp_path: Path) -> None:
    plan = tmp_path / "solved.json"
    plan.write_text(run("export", block, "--format", "json").stdout, encoding="utf-8")
    for call in (("export", plan), ("audit", scenario, plan), ("export", "-"), ("audit", scenario, "-")):
        done = run(*call, "--now", "2026-09-15", code=2)
        assert f"--now goes with a block file, which {call[-1]} is not: leave it out" in done.stderr
    missing = run("export", tmp_path / "none.block", "--now", "2026-09-15", code=2)
    assert "--now" not in missing.stderr


def test_exporting_and_judging_write_nothing_into_the_block(scenario: Path, block: Path) -> None:
    lived(block)
    before = block.read_bytes()
    run("export", block)
    run("export", block, "--format", "json")
    run("audit", scenario, block)
    assert block.read_bytes() == before


def test_a_block_that_stands_as_published_is_judged_as_the_best(scenario: Path, block: Path) -> None:
    told = json.loads(run("audit", scenario, block, "--format", "json").stdout)
    assert told["breaches"] == []
    assert told["points"] == told["best"]["objective"]


def test_a_block_is_judged_as_it_stands_and_not_by_what_its_cards_said_before(
    scenario: Path, block: Path
) -> None:
    before = json.loads(run("audit", scenario, block, "--format", "json").stdout)
    lived(block)
    after = json.loads(run("audit", scenario, block, "--format", "json").stdout)
    assert after["points"] > before["points"]
    assert {breach["rule"] for breach in after["breaches"]} == {
        "no_lower_lift_day_before_key",
        "recovery_before_intensity",
    }
    told = " ".join(run("audit", scenario, block).stdout.split())
    assert "B of week 2 is left out" in told
    assert "they were not judged." in told


def test_lifts_taken_by_illness_are_missing_from_what_is_judged(scenario: Path, block: Path) -> None:
    Block(block, now=datetime(2026, 9, 21, 6)).sick("2026-09-21..2026-09-27")
    told = json.loads(run("audit", scenario, block, "--format", "json").stdout)
    assert "week 3 has 0 lifts; 1 must take place" in {breach["text"] for breach in told["breaches"]}


def test_the_judgement_is_never_written_over_the_block(scenario: Path, block: Path) -> None:
    before = block.read_bytes()
    run("audit", scenario, block, "-o", block, code=2)
    assert block.read_bytes() == before
