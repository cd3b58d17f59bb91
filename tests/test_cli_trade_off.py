"""`compare --pareto`: the table, the other formats, the folder, and calls that make no sense."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import mesocycle as mc
from mesocycle.cli import cli
from mesocycle.commands import trade_off
from mesocycle.models.comparison import Frontier
from mesocycle.solver.frontier import frontier
from mesocycle.solver.model.search import Deadline

AXES = "strength,interference"
# Two weeks with few places for two lifts: more sets mean less time before the key run.
SCENARIO = """
start: 2026-09-07
weeks: 2
athlete:
  availability: {mon: ["06:00-08:00"], wed: ["17:00-20:00"], fri: ["17:00-20:00"]}
runs:
  week:
    tue: {type: intervals, start: "06:30", minutes: 60}
    thu: {type: tempo, start: "06:30", minutes: 50}
    sun: {type: long, start: "08:00", minutes: 100}
"""


@pytest.fixture
def scenario(tmp_path: Path) -> Path:
    file = tmp_path / "scenario.yaml"
    file.write_text(SCENARIO, encoding="utf-8")
    return file


def call(*arguments: object) -> Result:
    return CliRunner().invoke(cli, ["compare", *map(str, arguments)], env={"COLUMNS": "80"})


WALKED: list[tuple[mc.Scenario, Frontier]] = []


def told(*arguments: object) -> Result:
    """A call that walks a frontier only if no call before has: formats and folders tell the same one."""

    def walked(scenario: mc.Scenario, deadline: Deadline) -> Frontier:
        for other, found in WALKED:
            if other == scenario:
                return found
        WALKED.append((scenario, frontier(scenario, deadline)))
        return WALKED[-1][1]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(trade_off, "frontier", walked)
        return call(*arguments)


def points_of(scenario: Path) -> list[dict[str, int]]:
    data = json.loads(told(scenario, "--pareto", AXES, "--format", "json").stdout)
    assert data["status"] == "optimal"
    return list(data["points"])


def test_the_table_holds_every_point_and_says_that_it_is_whole(scenario: Path) -> None:
    done = told(scenario, "--pareto", AXES)
    assert done.exit_code == 0
    assert "Proven: no block has more leg sets" in done.stdout
    points = points_of(scenario)
    assert len(points) > 1
    for point in points:
        assert f"{point['leg_sets']:>8}  {point['interference']:>12}  " in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 80


def test_more_leg_sets_cost_more_interference(scenario: Path) -> None:
    pairs = [(point["leg_sets"], point["interference"]) for point in points_of(scenario)]
    assert pairs == sorted(pairs)
    assert len({one for one, _ in pairs}) == len({other for _, other in pairs}) == len(pairs)


def test_the_order_of_the_axes_does_not_matter(scenario: Path) -> None:
    swapped = call(scenario, "--pareto", "interference, strength", "--format", "csv")
    assert swapped.exit_code == 0
    assert swapped.stdout == told(scenario, "--pareto", AXES, "--format", "csv").stdout


def test_csv_markdown_and_json_lines_hold_the_same_points(scenario: Path) -> None:
    wanted = [(point["leg_sets"], point["interference"]) for point in points_of(scenario)]
    table = csv.DictReader(io.StringIO(told(scenario, "--pareto", AXES, "--format", "csv").stdout))
    assert [(int(row["leg_sets"]), int(row["interference"])) for row in table] == wanted
    lines = told(scenario, "--pareto", AXES, "--format", "jsonl").stdout.splitlines()
    *points, last = [json.loads(line) for line in lines]
    assert [(point["leg_sets"], point["interference"]) for point in points] == wanted
    assert last["summary"]["complete"] is True
    rows = told(scenario, "--pareto", AXES, "--format", "md").stdout.splitlines()[2 : 2 + len(wanted)]
    assert [tuple(int(cell) for cell in row.split("|")[1:3]) for row in rows] == wanted


def test_a_folder_takes_every_plan_and_the_table(scenario: Path, tmp_path: Path) -> None:
    folder = tmp_path / "plans"
    done = told(scenario, "--pareto", AXES, "-o", folder)
    assert done.exit_code == 0
    plans = sorted(folder.glob("*.json"))
    assert [json.loads(plan.read_text())["leg_sets"] for plan in plans] == [
        point["leg_sets"] for point in points_of(scenario)
    ]
    assert (folder / "frontier.txt").read_text() in done.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--pareto", "strength"], "--pareto knows strength,interference"),
        (["--pareto", "strength,sets"], "--pareto knows strength,interference"),
        (["--pareto", AXES, "--set", "weeks=3"], "--pareto and --set exclude each other"),
        (["--pareto", AXES, "--cluster", "local"], "--pareto and --cluster exclude each other"),
        (["--pareto", AXES, "--time-limit", "3"], "--pareto and --time-limit exclude each other"),
    ],
)
def test_what_does_not_go_together_is_refused(scenario: Path, arguments: list[str], said: str) -> None:
    done = call(scenario, *arguments)
    assert done.exit_code == 2
    assert said in done.stderr


def test_one_scenario_only(scenario: Path, tmp_path: Path) -> None:
    for others in ([scenario, scenario], [tmp_path]):
        done = call(*others, "--pareto", AXES)
        assert done.exit_code == 2
        assert "--pareto takes one scenario file" in done.stderr


def test_no_block_and_no_time_have_their_own_exit_codes(scenario: Path, tmp_path: Path) -> None:
    never = tmp_path / "never.yaml"
    never.write_text(SCENARIO.replace("athlete:", "athlete:\n  rest_days: [mon, wed, fri]"), encoding="utf-8")
    done = call(never, "--pareto", AXES)
    assert done.exit_code == 3
    assert "No block satisfies all the rules" in done.stdout
    done = call(scenario, "--pareto", AXES, "--total-limit", "0.000001")
    assert done.exit_code == 4
    assert "allow more time" in done.stdout
