"""The command `explain`: its options, its exit codes, and that no input makes it fail with a traceback."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from mesocycle.cli import cli

ROOT = Path(__file__).parents[1]
IMPOSSIBLE = ROOT / "scenarios" / "impossible" / "lunch_break_too_short.yaml"
# From Wednesday on; Tuesday is free of the first week, and both key runs take a lift after them.
SCENARIO = """
start: 2026-09-09
weeks: 2
runs:
  week:
    tue: {type: intervals, start: "06:30", minutes: 60}
    thu: {type: tempo, start: "06:30", minutes: 50}
    sun: {type: long, start: "08:00", minutes: 100}
strength:
  sessions_per_week: 1
  sessions:
    - name: A
      exercises:
        - {exercise: back_squat, sets: [2, 3], reps: 5, load: 80}
        - {exercise: pallof_press, sets: [1, 2]}
"""
Edit = Callable[[dict[str, Any]], object]


def run(*args: str | Path, stdin: str | bytes | None = None) -> Result:
    done = CliRunner().invoke(cli, ["explain", *map(str, args)], input=stdin, env={"COLUMNS": "80"})
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    assert "Traceback" not in done.output
    return done


def told(*args: str | Path) -> dict[str, Any]:
    """What it says as JSON, which is all that stands on standard output."""
    done = run(*args, "--format", "json")
    assert done.exit_code == 0
    data: dict[str, Any] = json.loads(done.stdout)
    return data


def words(text: str) -> str:
    return " ".join(text.split())


def refused(done: Result) -> str:
    """Why a call was refused."""
    assert done.exit_code == 2
    assert done.stdout == ""
    return words(done.stderr)


@pytest.fixture
def scenario(tmp_path: Path) -> Path:
    path = tmp_path / "scenario.yaml"
    path.write_text(SCENARIO, encoding="utf-8")
    return path


@pytest.fixture
def plan(scenario: Path, tmp_path: Path) -> Path:
    path = tmp_path / "plan.json"
    done = CliRunner().invoke(cli, ["solve", str(scenario), "--format", "json", "-o", str(path)])
    assert done.exit_code == 0
    return path


def edited(plan: Path, edit: Edit) -> Path:
    data = json.loads(plan.read_text(encoding="utf-8"))
    edit(data)
    path = plan.with_name("edited.json")
    path.write_text(json.dumps(data), encoding="utf-8")
    return path


# --- what is asked ---------------------------------------------------------------------------------------


def test_a_whole_block_is_told_in_a_few_lines_a_session(scenario: Path) -> None:
    done = run(scenario)
    assert done.exit_code == 0
    assert "proven optimal" in done.stdout
    assert "Week 1: 5 of 5 sets: nothing trims this week." in done.stdout
    assert "A, week 2:" in done.stdout
    assert "Its sets" not in done.stdout


def test_json_has_all_of_it(scenario: Path) -> None:
    data = told(scenario)
    assert (data["schema_version"], data["complete"], data["proven"]) == (1, True, True)
    assert [session["id"] for session in data["sessions"]] == ["w01-A", "w02-A"]
    assert [len(session["days"]) for session in data["sessions"]] == [5, 7]
    assert all(day["here"] or day["block"]["verdict"] != "unknown" for day in data["sessions"][1]["days"])
    assert len(data["weeks"]) == 2


def test_quick_asks_no_more_than_what_a_session_alone_would_cost(scenario: Path) -> None:
    data = told(scenario, "--quick")
    days = [day for session in data["sessions"] for day in session["days"]]
    assert {day["week"] for day in days} == {day["block"] for day in days} == {None}
    assert data["settled"] == {"cases": 0, "bound": 0, "relaxation": 0, "search": 0}
    assert data["complete"]


@pytest.mark.parametrize("name", ["w02-A", "W02-a"])
def test_a_session_by_its_id_tells_of_its_sets(scenario: Path, name: str) -> None:
    data = told(scenario, "--session", name)
    (session,) = data["sessions"]
    assert session["id"] == "w02-A"
    assert [one["exercise"] for one in session["exercises"]] == ["back_squat", "pallof_press"]
    assert session["left_out"]["block"] is not None
    assert data["weeks"] == []


def test_a_session_by_its_name_and_by_its_date(scenario: Path) -> None:
    sessions = told(scenario, "--session", "a", "--quick")["sessions"]
    assert [one["id"] for one in sessions] == ["w01-A", "w02-A"]
    (same,) = told(scenario, "--session", sessions[1]["date"], "--quick")["sessions"]
    assert same == sessions[1]


def test_not_without_a_session_asks_it_of_the_whole_block(scenario: Path) -> None:
    sessions = told(scenario, "--not", "sat")["sessions"]
    assert [[day["label"] for day in one["days"]] for one in sessions] == [["Sat 12 Sep"], ["Sat 19 Sep"]]
    # A day that the first week lacks, and a date, are asked of one week.
    for day in ("tue", "2026-09-15"):
        (one,) = told(scenario, "--not", day)["sessions"]
        assert one["id"] == "w02-A"


def test_an_hour_is_the_second_argument(scenario: Path) -> None:
    for call in (("--not", "fri", "18:00"), ("18:00", "--not", "fri"), ("--not", "fri 18:00")):
        sessions = told(scenario, *call)["sessions"]
        assert {day["start"] for one in sessions for day in one["days"]} == {"18:00"}
        assert len(sessions) == 2


def test_one_day_of_one_session_tells_its_hours_without_a_table(scenario: Path) -> None:
    text = run(scenario, "--session", "w02-A", "--not", "fri").stdout
    assert "if only this changes:" in text
    assert "Its hours, if only this changes" in text
    assert "alone, if only this session changes" not in text  # the legend of the table


def test_a_week_tells_of_its_sets(scenario: Path) -> None:
    data = told(scenario, "--week", "2")
    (week,) = data["weeks"]
    assert (week["week"], [one["id"] for one in data["sessions"]]) == (2, ["w02-A"])
    assert week["shares"]
    assert "Week 2" in run(scenario, "--week", "2").stdout


def test_a_partial_week_has_the_days_of_the_block_alone(scenario: Path) -> None:
    (session,) = told(scenario, "--week", "1", "--quick")["sessions"]
    assert [day["date"] for day in session["days"]] == [f"2026-09-{day:02}" for day in range(9, 14)]


def test_all_options_go_together(scenario: Path, plan: Path) -> None:
    target = plan.with_name("told.json")
    call = ("--session", "A", "--week", "2", "--not", "fri", "18:00", "--plan", plan, "--time-limit", "60")
    done = run(scenario, *call, "--format", "json", "-o", target)
    assert (done.exit_code, done.stdout) == (0, "")
    (session,) = json.loads(target.read_text(encoding="utf-8"))["sessions"]
    assert (session["id"], session["days"][0]["label"]) == ("w02-A", "Fri 18 Sep, 18:00")


CALLS: dict[str, tuple[str, ...]] = {
    "block": (),
    "quick": ("--quick",),
    "session": ("--session", "w02-A"),
    "week": ("--week", "2"),
    "day": ("--not", "sat"),
    "hours": ("--session", "w02-A", "--not", "sun"),
}


@pytest.mark.parametrize("name", CALLS)
def test_no_line_is_wider_than_the_terminal(scenario: Path, name: str) -> None:
    done = run(scenario, *CALLS[name])
    assert done.exit_code == 0
    assert max(map(len, done.stdout.splitlines())) <= 80


# --- what cannot be asked ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("call", "why"),
    [
        (("18:00",), "18:00: an hour goes with --not DAY"),
        (
            ("--not", "wed", "18:07"),
            "sessions start every 15 minutes (strength.grid_minutes): 18:00 or 18:15",
        ),
        (("--not", "wed", "25:00"), "a time of day lies between 00:00 and 24:00"),
        (("--not", "feb 30"), '"feb 30" is no day'),
        (("--not", "2026-02-30"), '"2026-02-30" is no day'),
        (("--not", ""), '"" is no day'),
        (("--not", "2027-01-01"), "no session in a week that holds Fri 1 Jan"),
        (("--session", "w02-A", "--not", "2026-09-10"), "w02-A belongs to week 2"),
        (("--session", "squats"), 'there is no session "squats"; a session\'s id is written like w01-A'),
        (("--session", "2026-09-12"), "there is no session on Sat 12 Sep: the nearest is on"),
        (("--week", "0"), "there is no week 0: the block has weeks 1 to 2"),
        (("--week", "99"), "there is no week 99"),
        (("--week", "two"), "not a valid integer"),
        (("--week", "1", "--not", "tue"), "week 1 does not hold Tue"),
        (("--time-limit", "0"), "not in the range"),
        (("--format", "yaml"), "'yaml' is not one of"),
    ],
)
def test_a_question_that_makes_no_sense_says_why(scenario: Path, call: tuple[str, ...], why: str) -> None:
    assert why in refused(run(scenario, *call))


@pytest.mark.parametrize(
    "hostile", ["\x1b[31mred", "\u202edrawkcab", "<script>", "[bold]x", "a\nb", "\udcff"]
)
def test_hostile_words_are_repeated_harmlessly(scenario: Path, hostile: str) -> None:
    for call in (("--session", hostile), ("--not", hostile)):
        done = run(scenario, *call)
        refused(done)
        assert all(line.isprintable() for line in done.stderr.splitlines())


def test_no_plan_exists() -> None:
    done = run(IMPOSSIBLE)
    assert (done.exit_code, done.stdout) == (3, "")
    assert "There is no plan to explain: no block satisfies all the rules" in done.stderr
    assert "mesocycle solve" in done.stderr


def test_none_was_found_in_time(scenario: Path) -> None:
    done = run(scenario, "--time-limit", "0.000001", "--format", "json")
    assert (done.exit_code, done.stdout) == (4, "")
    assert "allow more time" in done.stderr


def test_in_no_time_a_plan_that_is_given_is_explained_as_far_as_is_known(scenario: Path, plan: Path) -> None:
    data = told(scenario, "--plan", plan, "--time-limit", "0.000001")
    assert not data["complete"]
    assert "unknown" in {(day["block"] or day["frozen"])["verdict"] for day in data["sessions"][0]["days"]}
    text = run(scenario, "--plan", plan, "--time-limit", "0.000001").stdout
    assert "Time was up before everything was known." in text


# --- plans that are given ----------------------------------------------------------------------------------


def test_a_plan_that_was_saved_is_told_as_the_same(scenario: Path, plan: Path) -> None:
    saved, again = told(scenario, "--plan", plan), told(scenario)
    for old, new in zip(saved["sessions"], again["sessions"], strict=True):
        assert (old["verdict"], old["forced"]) == (new["verdict"], new["forced"])
        assert [day["text"] for day in old["days"]] == [day["text"] for day in new["days"]]
    assert (saved["weeks"], saved["proven"]) == (again["weeks"], True)


def test_a_plan_of_another_scenario_is_refused(scenario: Path, plan: Path) -> None:
    other = scenario.with_name("other.yaml")
    other.write_text(SCENARIO.replace("back_squat", "front_squat").replace("name: A", "name: Legs"))
    assert "is no session of this scenario, or holds other exercises" in refused(run(other, "--plan", plan))


def moved(**change: str) -> Edit:
    return lambda data: data["sessions"][1].update(change)


def without_plan(status: str) -> Edit:
    return lambda data: data.update(status=status)


@pytest.mark.parametrize(
    ("edit", "why"),
    [
        (moved(date="2026-09-19"), "the plan breaks rules of this scenario (no_lower_lift_day_before_key:"),
        (moved(date="2026-09-14"), "`audit` judges it"),
        (moved(id="w02-Z"), "w02-Z (A on 2026-09-"),
        (lambda data: data["sessions"].pop(), "the plan breaks rules of this scenario"),
        (lambda data: data["sessions"].clear(), "the plan breaks rules of this scenario"),
        (lambda data: data["sessions"][1].pop("id"), "nothing was explained"),
        (lambda data: data["weeks"].clear(), "nothing was explained"),
        (moved(id="\x1b[31m"), "nothing was explained"),
    ],
)
def test_a_plan_that_was_edited_is_refused_for_what_it_breaks(
    scenario: Path, plan: Path, edit: Edit, why: str
) -> None:
    done = run(scenario, "--plan", edited(plan, edit))
    assert why in refused(done)
    assert "\x1b" not in done.stderr


@pytest.mark.parametrize(("status", "code"), [("infeasible", 3), ("unknown", 4)])
def test_a_result_without_a_plan_has_the_exit_code_of_its_status(
    scenario: Path, plan: Path, status: str, code: int
) -> None:
    done = run(scenario, "--plan", edited(plan, without_plan(status)))
    assert (done.exit_code, done.stdout) == (code, "")
    assert "There is no plan to explain" in done.stderr


GARBAGE = {
    "empty": b"",
    "binary": bytes(range(256)) * 20,
    "json": b"[1, 2",
    "nothing": b"null",
    "list": b"[]",
    "scenario": SCENARIO.encode(),
    "deep": b"[" * 100_000,
    "huge": b"a: " + b"x" * 20_000_000,
}


@pytest.mark.parametrize("name", GARBAGE)
def test_garbage_is_no_plan(scenario: Path, tmp_path: Path, name: str) -> None:
    path = tmp_path / "garbage.json"
    path.write_bytes(GARBAGE[name])
    assert "nothing was explained" in refused(run(scenario, "--plan", path))


@pytest.mark.parametrize("name", [name for name in GARBAGE if name != "scenario"])
def test_garbage_is_no_scenario(tmp_path: Path, name: str) -> None:
    path = tmp_path / "garbage.yaml"
    path.write_bytes(GARBAGE[name])
    assert "problem" in refused(run(path))


def test_what_is_no_file_is_neither(scenario: Path, tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "missing.json", tmp_path / "a\nb"):
        refused(run(path))
        assert "nothing was explained" in refused(run(scenario, "--plan", path))


# --- where it comes from and goes to ------------------------------------------------------------------------


def test_the_scenario_may_come_from_standard_input(scenario: Path) -> None:
    assert run("-", "--quick", stdin=SCENARIO).stdout == run(scenario, "--quick").stdout
    refused(run("-", stdin=b"\xff\xfe\x00"))
    # Standard input is read once.
    assert "nothing was explained" in refused(run("-", "--plan", "-", stdin=SCENARIO))


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", "[bold]x[/bold]", "& * ` #"])
def test_a_name_is_shown_as_it_is(tmp_path: Path, name: str) -> None:
    path = tmp_path / "named.yaml"
    path.write_text(f"name: {json.dumps(name)}\n{SCENARIO}", encoding="utf-8")
    assert run(path, "--quick").stdout.startswith(name + "\n")
    assert told(path, "--quick")["name"] == name


@pytest.mark.parametrize("name", ["\u202egnihton", "\x1b[31mred"])
def test_a_name_that_hides_something_is_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / "named.yaml"
    path.write_text(f"name: {json.dumps(name)}\n{SCENARIO}", encoding="utf-8")
    done = run(path, "--quick")
    refused(done)
    assert name[0] not in done.stderr


def test_it_is_written_to_a_file_and_never_over_what_it_reads(scenario: Path, plan: Path) -> None:
    target = plan.with_name("told.txt")
    done = run(scenario, "--plan", plan, "-o", target)
    assert (done.exit_code, done.stdout) == (0, "")
    assert "Week 1: " in target.read_text(encoding="utf-8")
    before = scenario.read_bytes(), plan.read_bytes()
    for taken in (scenario, plan):
        assert "would overwrite" in refused(run(scenario, "--plan", plan, "-o", taken))
    refused(run(scenario, "-o", plan.parent))
    refused(run(scenario, "-o", plan.parent / "missing" / "told.txt"))
    assert (scenario.read_bytes(), plan.read_bytes()) == before
