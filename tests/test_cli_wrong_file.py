"""Files that are no scenario are named for what they are, and a start far away is asked about."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mesocycle.cli import cli

PLANNED = json.dumps({"status": "optimal", "plan": {}})
MINIMAL = "start: {}\nweeks: 1\nruns: {{week: {{tue: {{type: easy, minutes: 45}}}}}}\n"


def solve(path: Path, *more: str) -> Result:
    return CliRunner().invoke(cli, ["solve", str(path), *more], prog_name="mesocycle")


@pytest.mark.parametrize(
    ("name", "content", "what", "remedy"),
    [
        ("feed.ics", "BEGIN:VCALENDAR\n", "this is a calendar", "mesocycle import"),
        ("feed.yaml", "\ufeffBEGIN:VCALENDAR\r\n", "this is a calendar", "mesocycle import"),
        ("plan.csv", "date,run\n", "this is a table", "mesocycle import"),
        ("run.gpx", "<gpx/>", "this is a recorded run", "takes a plan"),
        ("run.fit", "x", "this is a recorded run", "takes a plan"),
        ("block.html", "<!DOCTYPE html><html>", "this is a web page", "YAML"),
        (
            "block.json",
            json.dumps({"status": "optimal", "plan": {}}),
            "this is a planned block",
            "mesocycle audit",
        ),
    ],
)
def test_another_kind_of_file_is_named(
    tmp_path: Path, name: str, content: str, what: str, remedy: str
) -> None:
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    done = solve(path)
    assert done.exit_code == 2
    assert f"{what}, not a scenario" in done.stderr
    assert remedy in done.stderr
    assert "1 problem;" in done.stderr


def test_a_scenario_may_be_json(tmp_path: Path) -> None:
    path = tmp_path / "block.json"
    runs = {"week": {"tue": {"type": "easy", "minutes": 45}}}
    path.write_text(json.dumps({"start": "2026-09-07", "weeks": 1, "runs": runs}))
    assert solve(path).exit_code == 0


def test_a_start_far_away_is_asked_about_beside_the_plan(tmp_path: Path) -> None:
    path = tmp_path / "block.yaml"
    path.write_text(MINIMAL.format("1999-12-06"))
    done = solve(path, "--format", "json")
    assert done.exit_code == 0
    assert "start is 1999-12-06: is that year meant?" in done.stderr
    assert "is that year meant" not in done.stdout
