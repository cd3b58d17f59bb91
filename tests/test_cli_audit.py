"""The command `audit`: a plan of ours is flawless, a calendar is judged by its days, wrong calls say so."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from mesocycle.cli import cli

SCENARIO = """
start: 2026-09-07
weeks: 2
runs:
  week:
    tue: {type: intervals, start: "06:30", minutes: 60}
    thu: {type: tempo, start: "06:30", minutes: 50}
    sun: {type: long, start: "08:00", minutes: 100}
"""
MONDAY = date(2026, 9, 7)


def run(*args: str | Path) -> Result:
    return CliRunner().invoke(cli, ["audit", *map(str, args)])


@pytest.fixture
def scenario(tmp_path: Path) -> Path:
    path = tmp_path / "scenario.yaml"
    path.write_text(SCENARIO, encoding="utf-8")
    return path


def calendar(folder: Path, *lifts: tuple[int, str]) -> Path:
    """A feed with lifts on days counted from the Monday of week 1, at a time or all day."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//x//EN"]
    for number, (at, time) in enumerate(lifts):
        day = f"{MONDAY + timedelta(days=at):%Y%m%d}"
        when = f"DTSTART:{day}T{time}00" if time else f"DTSTART;VALUE=DATE:{day}"
        lines += [
            "BEGIN:VEVENT",
            f"UID:{number}",
            "DTSTAMP:20260901T000000Z",
            when,
            "SUMMARY:Gym",
            "END:VEVENT",
        ]
    path = folder / "feed.ics"
    path.write_bytes("\r\n".join([*lines, "END:VCALENDAR", ""]).encode())
    return path


GOOD = ((1, "1700"), (3, "1700"), (8, "1700"), (10, "1700"))
# The evenings before Tuesday's intervals and Sunday's long run.
EVES = ((0, "1900"), (5, "1900"), (7, "1900"), (12, "1900"))


def test_a_block_of_ours_breaks_nothing_and_pays_what_it_says(scenario: Path, tmp_path: Path) -> None:
    plan = tmp_path / "plan.json"
    assert CliRunner().invoke(cli, ["solve", str(scenario), "-o", str(plan)]).exit_code == 0
    done = run(scenario, plan, "--format", "json")
    told = json.loads(done.stdout)
    assert (done.exit_code, told["breaches"]) == (0, [])
    assert told["points"] == told["best"]["objective"] == json.loads(plan.read_text())["objective"]


def test_lifts_on_the_eves_of_key_runs_are_told_by_rule_and_day(scenario: Path, tmp_path: Path) -> None:
    done = run(scenario, calendar(tmp_path, *EVES))
    assert done.exit_code == 0
    assert "It breaks" in done.stdout
    assert "Breaks no_lower_lift_day_before_key" in done.stdout
    assert "the best block" in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 80


def test_lifts_on_hard_days_break_nothing(scenario: Path, tmp_path: Path) -> None:
    told = json.loads(run(scenario, calendar(tmp_path, *GOOD), "--format", "json").stdout)
    assert told["breaches"] == []
    assert told["points"] >= told["best"]["objective"]


def test_all_day_lifts_take_their_time_from_the_option(scenario: Path, tmp_path: Path) -> None:
    feed = calendar(tmp_path, *((day, "") for day, _ in GOOD))
    early = json.loads(run(scenario, feed, "--format", "json", "--start-times", "lift 06:45").stdout)
    late = json.loads(run(scenario, feed, "--format", "json", "--start-times", "lift 17:00").stdout)
    assert "no_overlap_with_run" in {breach["rule"] for breach in early["breaches"]}
    assert late["breaches"] == []


def test_one_lift_more_than_wanted_is_told(scenario: Path, tmp_path: Path) -> None:
    done = run(scenario, calendar(tmp_path, *GOOD, (4, "1700")))
    assert "one lift more than the scenario wants in week 1; it was not judged" in " ".join(
        done.stdout.split()
    )


@pytest.mark.parametrize(
    ("content", "wrong"),
    [
        ("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n", "no strength session was found in it"),
        ('{"status": "optimal"}', "plan.txt"),
        ("", "the file is empty"),
    ],
)
def test_what_holds_no_lifts_is_an_error(scenario: Path, tmp_path: Path, content: str, wrong: str) -> None:
    path = tmp_path / "plan.txt"
    path.write_text(content, encoding="utf-8")
    done = run(scenario, path)
    assert done.exit_code == 2
    assert wrong in done.stderr
    assert "Traceback" not in done.output


def test_a_result_without_a_plan_cannot_be_judged(scenario: Path, tmp_path: Path) -> None:
    blocked = tmp_path / "blocked.yaml"
    rules = "rules: {sessions_per_week: {hard: true}}\nathlete: {blocked: [2026-09-07..2026-09-20]}\n"
    blocked.write_text(SCENARIO + rules, encoding="utf-8")
    plan = tmp_path / "plan.json"
    assert CliRunner().invoke(cli, ["solve", str(blocked), "-o", str(plan), "--deadline", "0"]).exit_code == 3
    done = run(scenario, plan)
    assert done.exit_code == 2
    assert "it holds no plan: no block exists there" in done.stderr
    told: Any = run(blocked, calendar(tmp_path, *GOOD))
    assert told.exit_code == 3
    assert "What the lifts hold cannot be told without a block" in told.stderr


def test_the_judgement_is_written_to_a_file_and_never_over_the_plan(scenario: Path, tmp_path: Path) -> None:
    feed, target = calendar(tmp_path, *GOOD), tmp_path / "audit.txt"
    assert run(scenario, feed, "-o", target).exit_code == 0
    assert "It breaks no hard rule" in target.read_text(encoding="utf-8")
    assert run(scenario, feed, "-o", feed).exit_code == 2
