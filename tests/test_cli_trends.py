"""`sore`, `wellness`, `trends` and `why --load` on the command line."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from logged import at, begun, tuesday

from mesocycle.cli import cli

TARGETS = {
    "back_squat": {"set": "95 kg x 5", "by": "2027-03-10"},
    "bench press": {"set": 80, "by": "2027-03-10"},
}


@pytest.fixture(scope="module")
def season(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four weeks: one logged, one skipped, one sore, the others as planned."""
    path = begun(tmp_path_factory.mktemp("season"), targets=TARGETS)
    at(path, tuesday(1)).done(sets=["squat 80x5x2 rir 2", "squat 80x4"])
    at(path, tuesday(2)).skip(why="time")
    at(path, tuesday(3)).sore("left calf", 4)
    at(path, tuesday(3)).wellness(sleep=7.5, fatigue=6)
    return path


def called(path: Path, *words: str, now: str = "2027-01-27T20:00", columns: int = 80) -> Result:
    where = ["--block", str(path), "--now", now]
    return CliRunner().invoke(cli, [*words, *where], env={"COLUMNS": str(columns)})


def text(path: Path, *words: str, **more: Any) -> str:
    done = called(path, *words, **more)
    assert (done.exit_code, done.stderr) == (0, "")
    return done.stdout


def test_trends_fit_a_terminal(season: Path) -> None:
    lines = text(season, "trends").splitlines()
    assert max(map(len, lines)) <= 80
    assert lines[1] == "Wed 27 Jan · weeks 1 to 4, a mark each, week 4 so far"
    # 40, 40 and 40 km as planned, 10 of them so far in week 4; three squats, none, three, then two of two.
    for line in (
        "  planned                  ███▂  40 to 7.5 so far",
        "  Back squat               ▄▄▄▄  100 kg, plan 104.2",
        "  done                     █▁██  3 of 4 lifts",
        "  2 of them not logged, so done as planned",
        "  1 skipped: 1 no time",
        "  every lift done: 2 weeks in a row (2 of them not logged)",
        "  squat                    █▁█▆  8 of 11",
        "  left calf                ··▄·  4 on Tue 19 Jan",
        "  sleep                    █  7.5 h last",
    ):
        assert line in lines


def test_trends_fit_a_phone(season: Path) -> None:
    lines = text(season, "trends", columns=40).splitlines()
    assert max(map(len, lines)) <= 40
    assert "  squat          █▁█▆  8 of 11" in lines


def test_targets_are_told_with_what_the_plan_comes_to(season: Path) -> None:
    told = " ".join(text(season, "trends").split())
    assert "it asks for a max of 110.8 kg, and the growth of the plan comes to 108.3 kg by Wed 10 Mar" in told
    assert "which does not reach it." in told
    assert "Bench press 80 kg once: nothing is known of it yet" in told
    assert "nothing tells whether it is reached by Wed 10 Mar: the plan has no record of that lift" in told


def test_before_the_block_there_is_nothing_but_targets(season: Path) -> None:
    told = text(season, "trends", now="2026-12-24")
    assert "The block has not begun." in told
    assert "your record says 85.7 kg x 5" in told


def test_trends_as_json_hold_the_weeks(season: Path) -> None:
    told = json.loads(text(season, "trends", "--format", "json"))
    assert told["schema_version"] == 1
    assert [week["sets"].get("squat", 0) for week in told["weeks"]] == [3, 0, 3, 2]
    assert told["adherence"] == {
        "planned": 4,
        "done": 1,
        "assumed": 2,
        "moved": 0,
        "skipped": {"time": 1},
        "beside": 0,
    }
    assert told["targets"][0]["reaches"] is False


def test_why_load_tells_the_log_and_the_plan(season: Path) -> None:
    told = text(season, "why", "--load", "squat")
    # 98.67 (80 x 37/30) of a set, and one short of its repetitions; weeks 3 and 4 nobody told of.
    assert "The log says a max of 100 kg: repetitions were missed" in told
    assert "It follows the log" in told
    assert "  100 kg once (scenario, without a date): 100 kg" in told
    assert "  Tue 5 Jan w01-A: 98.7 kg, it counts" in told
    assert "    2 x 5 at 80 kg, 2 in reserve: 98.7 kg" in told
    assert "    1 x 4 at 80 kg: at least 90.7 kg" in told
    assert "    4 of 5 repetitions: hold the weight, to a max of 100 kg" in told
    assert "  Tue 26 Jan w04-A, as planned: 101.8 kg, no set was told" in told


def test_why_load_as_json_and_on_a_day(season: Path) -> None:
    told = json.loads(text(season, "why", "--load", "squat", "--on", "2027-01-06", "--format", "json"))
    assert (told["date"], told["max"], told["step"]) == ("2027-01-06", 100.0, "hold")
    assert [one["session"] for one in told["exposures"]] == ["w01-A"]
    assert told["plan"]["week_max"] == 102.9  # of week 3: the lift of week 2 was left out


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("why", "--load", "sqat"), "did you mean back_squat"),
        (("why", "w01-A", "--load", "squat"), "leave SESSION"),
        (("why", "--load", "squat", "--not", "wed"), "leave SESSION"),
        (("why", "w01-A", "--on", "today"), "--on belongs to --load"),
        (("why", "--load", "squat", "--on", "someday"), "no day"),
        (("wellness",), "--sleep"),
        (("sore", "knee", "11"), "0<=x<=10"),
        (("sore", "knee", "3", "--on", "2027-02-27"), "still to come"),
    ],
)
def test_what_cannot_be_is_refused(season: Path, words: tuple[str, ...], message: str) -> None:
    done = called(season, *words)
    assert done.exit_code == 2
    assert message in done.stderr


def test_soreness_and_wellness_are_recorded_and_stand_in_the_history(season: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy(season, tmp_path / "copy.block"))
    assert "left calf sore on Tue 26 Jan: 3 of 10." in text(path, "sore", "Left calf", "3", "--on", "tue")
    assert "Already recorded" in text(path, "sore", "left calf", "3", "--on", "tue")
    assert "slept 8 h." in text(path, "wellness", "--sleep", "8")
    told = json.loads(text(path, "history", "--format", "json"))
    assert [one["kind"] for one in told["events"][-2:]] == ["soreness", "wellness"]
    assert told["events"][-2]["event"]["level"] == 3


def test_a_lift_without_any_weight_has_nothing_to_tell(season: Path) -> None:
    told = text(season, "why", "--load", "bench press")
    assert "Nothing is known: no record, and no set with a weight." in told
    assert "The plan has no record of it to go by" in told
    assert "The plan does not have it." in text(season, "why", "--load", "deadlift")
