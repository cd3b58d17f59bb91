"""The command `import`: one plan of each make, the question for start times, and calls that are wrong."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import mesocycle as mc
from mesocycle.cli import cli
from mesocycle.commands import import_plan as command
from mesocycle.files.yaml_source import parse
from mesocycle.models.errors import Problem

CSV = "date,workout\n2026-11-24,Tempo 8 km\n2026-11-26,Easy 6 km\n2026-11-29,Long run 18 km\n"
ICS = "\r\n".join(
    [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//x//EN",
        "BEGIN:VEVENT",
        "UID:1",
        "DTSTAMP:20260901T000000Z",
        "DTSTART;VALUE=DATE:20261124",
        "SUMMARY:Intervals 6 x 800 m",
        "END:VEVENT",
        "BEGIN:VEVENT",
        "UID:2",
        "DTSTAMP:20260901T000000Z",
        "DTSTART;VALUE=DATE:20261125",
        "SUMMARY:Strength training - legs",
        "END:VEVENT",
        "BEGIN:VEVENT",
        "UID:3",
        "DTSTAMP:20260901T000000Z",
        "DTSTART:20261126T061500",
        "DTEND:20261126T070000",
        "SUMMARY:Easy run OR day off",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]
)
WEEKS = {
    "id": "two_weeks",
    "name": "Two weeks",
    "description": "",
    "type": "10K",
    "units": "mi",
    "source": "",
    "schedule": [
        {
            "workouts": [
                {"title": title}
                for title in ("Rest", "{3:5} easy", "Rest", "{4:6} tempo", "Rest", "Rest", "{8:13} long")
            ]
        },
        {
            "workouts": [
                {"title": title}
                for title in ("Rest", "{3:5} easy", "Rest", "{2:3} easy", "Rest", "Rest", "10-K Race")
            ]
        },
    ],
}
EVENTS = [
    {
        "start_date_local": "2026-11-24T06:30:00",
        "category": "WORKOUT",
        "type": "Run",
        "name": "Tempo",
        "moving_time": 3000,
    },
    {
        "start_date_local": "2026-11-29T00:00:00",
        "category": "RACE_A",
        "type": "Run",
        "name": "City 10k",
        "distance": 10000,
    },
]


def run(*args: str | Path, input: str | None = None) -> Result:
    return CliRunner().invoke(cli, ["import", *map(str, args)], input=input)


@pytest.fixture
def plan(tmp_path: Path) -> Callable[[str, Any], Path]:
    def write(name: str, content: Any) -> Path:
        path = tmp_path / name
        path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
        return path

    return write


def imported(path: Path, *args: str) -> mc.Scenario:
    target = path.parent / "scenario.yaml"
    done = run(path, "-o", target, *args)
    assert done.exit_code == 0, done.output
    return mc.load_scenario(target)


@pytest.mark.parametrize(
    ("name", "content", "args", "days"),
    [
        ("a.csv", CSV, ("--from", "2026-11-21"), {24: "tempo", 26: "easy", 29: "long"}),
        ("a.ics", ICS, ("--from", "2026-11-21"), {24: "intervals", 26: "easy"}),
        ("a.json", EVENTS, ("--from", "2026-11-21"), {24: "tempo"}),
        (
            "a.yaml",
            WEEKS,
            ("--from", "2026-11-21", "--start-date", "2026-11-23"),
            {23: "rest", 24: "easy", 25: "rest", 26: "tempo", 27: "rest", 28: "rest", 29: "long"},
        ),
    ],
)
def test_a_plan_of_each_make_becomes_a_scenario(
    plan: Callable[[str, Any], Path], name: str, content: Any, args: tuple[str, ...], days: dict[int, str]
) -> None:
    scenario = imported(plan(name, content), *args)
    november = {day.day: str(runs[0].type) for day, runs in scenario.runs.dates.items() if day.month == 11}
    assert {day: kind for day, kind in november.items() if day < 30} == days


def test_a_plan_counted_back_from_its_race_ends_there(plan: Callable[[str, Any], Path]) -> None:
    scenario = imported(plan("a.json", WEEKS), "--from", "2026-11-01", "--race-date", "2026-12-06")
    assert [(str(race.date), race.distance, race.priority) for race in scenario.races] == [
        ("2026-12-06", 10000, "A")
    ]
    assert (str(scenario.start), scenario.units) == ("2026-11-23", "mi")


def test_without_o_the_scenario_goes_to_standard_output_alone(plan: Callable[[str, Any], Path]) -> None:
    done = run(plan("a.csv", CSV), "--from", "2026-11-21")
    assert done.stdout.startswith("# Imported from a.csv: 3 runs on 3 days in 1 week.\n")
    assert "3 runs have no time of day, so 07:00 is assumed" in done.stderr
    assert CliRunner().invoke(cli, ["solve", "-"], input=done.stdout).exit_code == 0


def test_standard_input_is_read(plan: Callable[[str, Any], Path]) -> None:
    done = run("-", "--from", "2026-11-21", input=ICS)
    assert done.exit_code == 0
    assert "1 strength session" in done.stdout.splitlines()[0]


def test_what_was_not_sure_is_listed_by_date(plan: Callable[[str, Any], Path]) -> None:
    done = run(plan("a.ics", ICS), "--from", "2026-11-21", "-o", plan("s.yaml", ""), "--force")
    assert (
        'Not sure of:\n  Thu 26 Nov 06:15  "Easy run OR day off" is taken as easy; it also says day off\n'
        in done.stderr
    )


def test_start_times_are_taken_from_the_option(plan: Callable[[str, Any], Path]) -> None:
    scenario = imported(plan("a.csv", CSV), "--from", "2026-11-21", "--start-times", "06:15, sun 09:00")
    assert [runs[0].start for runs in scenario.runs.dates.values()] == [375, 375, 540]


def test_on_a_terminal_it_asks_when_one_runs(
    plan: Callable[[str, Any], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command, "_somebody_there", lambda: True)
    path = plan("a.csv", CSV)
    done = run(
        path, "--from", "2026-11-21", "-o", path.parent / "s.yaml", input="at six\n06:00, weekend 08:30\n"
    )
    assert "When do you run?" in done.stderr
    assert "'at six' cannot be read" in done.stderr
    scenario = mc.load_scenario(path.parent / "s.yaml")
    assert [runs[0].start for runs in scenario.runs.dates.values()] == [360, 360, 510]


def test_a_busy_calendar_leaves_less_time(plan: Callable[[str, Any], Path]) -> None:
    busy = ICS.replace("20261126T061500", "20261126T120000").replace("20261126T070000", "20261126T180000")
    busy = busy.replace("DTSTART;VALUE=DATE:20261125", "DTSTART:20261125T060000\r\nDTEND:20261125T200000")
    path = plan("a.csv", CSV)
    scenario = imported(path, "--from", "2026-11-21", "--busy", str(plan("work.ics", busy)))
    windows = {str(day): [str(w) for w in found] for day, found in scenario.athlete.availability.items()}
    assert windows["thu"] == ["06:00-12:00", "18:00-21:00"]
    assert windows["wed"] == ["20:00-21:00"]
    assert "Intervals" not in (path.parent / "scenario.yaml").read_text()


@pytest.mark.parametrize(
    ("args", "wrong"),
    [
        (("--start-times", "early"), "'early' cannot be read: a time of day is written like"),
        (("--timezone", "Mars/Base"), 'there is no time zone "Mars/Base"'),
        (("--from", "tomorrow"), "a date is written like 2026-09-07"),
        (("--start-date", "2026-11-23", "--race-date", "2026-11-29"), "give one of the two"),
        (("--weeks", "60"), "60 is not in the range 1<=x<=52"),
    ],
)
def test_calls_that_are_wrong_say_what_would_be_right(
    plan: Callable[[str, Any], Path], args: tuple[str, ...], wrong: str
) -> None:
    done = run(plan("a.csv", CSV), *args)
    assert done.exit_code == 2
    assert wrong in " ".join(done.stderr.split())


@pytest.mark.parametrize(
    ("name", "content", "args", "wrong"),
    [
        (
            "a.csv",
            CSV,
            ("--from", "2027-01-01"),
            "all its runs lie before 2027-01-01 (the last on 2026-11-29)",
        ),
        ("a.yaml", WEEKS, (), "the plan has weeks and no dates"),
        ("a.csv", CSV, ("--race-date", "2026-12-06"), "the plan has dates of its own: leave out --race-date"),
        ("a.yaml", "start: 2026-09-07\nruns: {week: {}}\n", (), "this is a scenario already"),
        ("a.ics", "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n", (), "a.ics"),
    ],
)
def test_what_cannot_be_imported_says_why_and_writes_nothing(
    plan: Callable[[str, Any], Path], name: str, content: Any, args: tuple[str, ...], wrong: str
) -> None:
    path = plan(name, content)
    target = path.parent / "s.yaml"
    done = run(path, "-o", target, *args)
    assert done.exit_code == 2
    assert wrong in done.stderr
    assert "nothing was imported" in done.stderr
    assert "Traceback" not in done.output
    assert not target.exists()


def test_an_existing_file_is_kept_unless_forced(plan: Callable[[str, Any], Path]) -> None:
    path, target = plan("a.csv", CSV), plan("s.yaml", "mine")
    done = run(path, "-o", target, "--from", "2026-11-21")
    assert done.exit_code == 2
    assert "--force to overwrite" in done.stderr
    assert target.read_text() == "mine"
    assert run(path, "-o", target, "--from", "2026-11-21", "--force").exit_code == 0
    assert run(path, "-o", path, "--force").exit_code == 2  # never the plan itself


def test_a_program_that_is_none_is_refused(plan: Callable[[str, Any], Path]) -> None:
    path = plan("a.csv", CSV)
    done = run(path, "--from", "2026-11-21", "-o", path.parent / "s.yaml", "--program", "runner_two_days")
    assert done.exit_code == 2
    assert "there is no program 'runner_two_days'; did you mean runner_two_day" in done.stderr
    assert not (path.parent / "s.yaml").exists()


def test_a_scenario_that_still_has_to_be_mended_is_written_and_said_so(
    plan: Callable[[str, Any], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command, "problems", lambda scenario: [Problem(("runs",), "nothing fits")])
    path = plan("a.csv", CSV)
    done = run(path, "--from", "2026-11-21", "-o", path.parent / "s.yaml")
    assert done.exit_code == 0
    assert "nothing fits" in done.stderr
    assert "these have to be mended before it can be planned" in done.stderr
    assert (path.parent / "s.yaml").exists()


def test_free_time_is_taken_from_the_option(plan: Callable[[str, Any], Path]) -> None:
    free = "weekdays 06:00-08:00 17:00-21:00, weekend 9:00-18:00, thu none"
    scenario = imported(plan("a.csv", CSV), "--from", "2026-11-21", "--free", free)
    assert {key: [str(w) for w in windows] for key, windows in scenario.athlete.availability.items()} == {
        "weekdays": ["06:00-08:00", "17:00-21:00"],
        "weekend": ["09:00-18:00"],
        "thu": [],
    }


def test_a_file_whose_name_holds_a_line_break_stays_a_comment(plan: Callable[[str, Any], Path]) -> None:
    done = run(plan("nl\nweeks: 9.csv", CSV), "--from", "2026-11-21")
    assert done.stdout.splitlines()[0] == "# Imported from nl weeks: 9.csv: 3 runs on 3 days in 1 week."
    assert mc.load_scenario(parse(done.stdout.encode(), "x").data).weeks == 1


def test_the_length_of_a_race_is_asked_for_and_taken(plan: Callable[[str, Any], Path]) -> None:
    path = plan("a.csv", CSV + "2026-12-06,Race\n")
    assert "its length is not known" in run(path, "--from", "2026-11-21").stderr
    scenario = imported(path, "--from", "2026-11-21", "--race-distance", "half_marathon")
    assert [race.distance for race in scenario.races] == [21097]


@pytest.mark.parametrize(
    "args",
    [
        ("--from", "0001-01-01"),
        ("--from", "9999-12-31"),
        ("--start-date", "2200-12-31"),
        ("--race-date", "9999-12-31"),
    ],
)
def test_days_outside_the_years_are_refused(plan: Callable[[str, Any], Path], args: tuple[str, ...]) -> None:
    done = run(plan("a.json", WEEKS), *args)
    assert done.exit_code == 2
    assert f"{args[1]} is no day of the years 1990 to 2199" in done.stderr


@pytest.mark.parametrize("name", ["a\nb", "\x1b[31m", "\u202ex"])
def test_a_name_that_cannot_be_shown_is_refused(plan: Callable[[str, Any], Path], name: str) -> None:
    done = run(plan("a.csv", CSV), "--from", "2026-11-21", "--name", name)
    assert done.exit_code == 2
    assert "the name holds the invisible character U+" in done.stderr


def test_an_interrupt_at_the_question_writes_nothing(
    plan: Callable[[str, Any], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command, "_somebody_there", lambda: True)
    path = plan("a.csv", CSV)
    done = run(path, "--from", "2026-11-21", "-o", path.parent / "s.yaml", input="")
    assert done.exit_code == 130
    assert "Interrupted: nothing was written." in done.stderr
    assert not (path.parent / "s.yaml").exists()
