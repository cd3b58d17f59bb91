"""`mesocycle compare`: exit codes, what goes where, what it takes, Ctrl-C and killed workers."""

from __future__ import annotations

import json
import re
import shlex
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import mesocycle as mc
from mesocycle.cli import cli
from mesocycle.commands import compare as command
from mesocycle.models.errors import Problem, ScenarioFileError
from mesocycle.models.outcome import Outcome, RowStatus
from mesocycle.what_if import cluster as clustering
from mesocycle.what_if import drive as driving
from mesocycle.what_if.store import Store

ROOT = Path(__file__).parents[1]
TINY = """\
name: Tiny
start: 2026-09-07
weeks: 2
runs:
  week:
    tue: {type: intervals, start: '06:30', minutes: 60}
    thu: {type: tempo, start: '06:30', minutes: 50}
    sun: {type: long, start: '08:00', minutes: 100}
"""
NO_BLOCK = (
    "athlete.availability={tue: ['17:00-21:00']}; rules.sessions_per_week=hard; rules.one_lift_per_day=hard"
)
FORMS = ("text", "csv", "json", "jsonl", "md")


@pytest.fixture
def tiny(tmp_path: Path) -> str:
    return write(tmp_path, "tiny", TINY)


def write(folder: Path, name: str, text: str) -> str:
    file = folder / f"{name}.yaml"
    file.write_text(text, encoding="utf-8")
    return str(file)


def run(*arguments: str, lines: str | bytes | None = None) -> Result:
    return CliRunner().invoke(
        cli, ["compare", *arguments], prog_name="mesocycle", input=lines, catch_exceptions=False
    )


def rows(*arguments: str, lines: str | bytes | None = None) -> list[dict[str, Any]]:
    done = run(*arguments, "--format", "json", "--no-seconds", lines=lines)
    found: list[dict[str, Any]] = json.loads(done.stdout, parse_constant=pytest.fail)["rows"]
    return found


def told(*arguments: str, lines: str | bytes | None = None) -> list[tuple[str, str, str]]:
    return [(row["scenario"], row["name"], row["status"]) for row in rows(*arguments, lines=lines)]


# --- exit codes ------------------------------------------------------------------------------------------


def test_plans_are_exit_0(tiny: str) -> None:
    done = run(tiny, "--set", "strength.sessions_per_week=1", "--set", NO_BLOCK)
    assert done.exit_code == 0
    assert done.stderr == "3 rows: 1 scenario, 2 more for each\n"
    assert done.stdout.splitlines()[-1].startswith("2 of 3 planned, 2 proven optimal")
    # Less strength is never the best, however calm.
    assert "\n* base " in done.stdout
    assert "\n  sessions_per_week=1" in done.stdout


@pytest.mark.parametrize(
    ("statuses", "code"),
    [
        (["optimal", "infeasible"], 0),
        (["feasible", "skipped"], 0),
        (["failed", "optimal"], 1),
        (["failed", "error"], 2),
        (["error", "optimal"], 2),
        (["infeasible", "infeasible"], 3),
        (["infeasible", "unknown"], 4),
        (["skipped", "infeasible"], 4),
        (["unknown"], 4),
    ],
)
def test_the_exit_code_follows_the_worst_that_matters(
    tiny: str, monkeypatch: pytest.MonkeyPatch, statuses: list[str], code: int
) -> None:
    left = iter(statuses)

    def solved(*_: object) -> Outcome:
        status = RowStatus(next(left))
        return Outcome(
            status=status, objective=1 if status in ("optimal", "feasible") else None, lifts=1, sets=1
        )

    monkeypatch.setattr(driving, "solved", solved)
    done = run(tiny, *(["--set", "weeks=3"] if len(statuses) > 1 else []), "--format", "csv")
    assert done.exit_code == code


def test_no_block_anywhere_is_exit_3(tiny: str) -> None:
    lone = write(
        Path(tiny).parent,
        "lone",
        TINY + "athlete: {availability: {tue: ['17:00-21:00']}}\n"
        "rules: {sessions_per_week: hard, one_lift_per_day: hard}\n",
    )
    done = run(lone)
    assert done.exit_code == 3
    flat = " ".join(done.stdout.split())
    assert (
        "no block: availability_window, one_lift_per_day and sessions_per_week collide in weeks 1 and 2"
        in flat
    )


def test_no_time_is_exit_4(tiny: str) -> None:
    done = run(tiny, "--set", "weeks=3", "--total-limit", "0.000001", "--format", "jsonl")
    assert done.exit_code == 4
    first, second, last = map(json.loads, done.stdout.splitlines())
    assert (first["status"], second["status"]) == ("skipped", "skipped")
    assert first["reason"] == "time was up before it was solved"
    assert last["summary"]["planned"] == 0
    done = run(tiny, "--set", "weeks=3", "--time-limit", "0.000001")
    assert done.exit_code == 4
    assert "no answer: no block found within the time limit, and none ruled out" in " ".join(
        done.stdout.split()
    )


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("TINY", "--format", "pdf"),
        ("TINY", "--jobs", "0"),
        ("TINY", "--jobs", "257"),
        ("TINY", "--time-limit", "0"),
        ("TINY", "--time-limit", "nan"),
        ("TINY", "--total-limit", "inf"),
        ("TINY", "--total-limit", "-1"),
        ("TINY", "--max-variants", "0"),
        ("none.yaml",),
        ("TINY", "--base", "none.yaml"),
        ("TINY", "--set", "weeks"),
        ("TINY", "--cluster", "nonsense://x"),
    ],
)
def test_a_wrong_call_is_exit_2(
    tiny: str, arguments: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    if "--cluster" in arguments:
        pytest.importorskip("distributed")
        monkeypatch.setattr(clustering, "WAIT_SECONDS", 1)
    done = run(*(tiny if one == "TINY" else one for one in arguments))
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr


# --- scenarios and variants ------------------------------------------------------------------------------


VARIED = (
    TINY
    + """\
variants:
  - {name: one lift, set: {strength.sessions_per_week: 1}}
  - {name: base, set: {weeks: 3}}
  - {name: one lift, set: {weeks: 4}}
grid:
  weeks: [3, 2]
  policy: [easy_moderate, stack_hard]
"""
)


def test_own_variants_then_the_grid_then_those_of_the_call(tiny: str) -> None:
    file = write(Path(tiny).parent, "varied", VARIED)
    done = run(file, "--set", "weeks=5", "--format", "csv", "--no-seconds")
    assert done.stderr == "9 rows: 1 scenario, 3 variants of the file, a grid of 2 x 2 = 4, 1 more for each\n"
    assert [row["name"] for row in rows(file, "--set", "weeks=5", "-", lines='{"set": {"weeks": 6}}')] == [
        "base", "one lift", "base (2)", "one lift (2)",
        # The last key of the grid runs fastest.
        "weeks=3, policy=easy_moderate", "weeks=3, policy=stack_hard",
        "weeks=2, policy=easy_moderate", "weeks=2, policy=stack_hard",
        "weeks=5", "weeks=6",
    ]  # fmt: skip
    found = rows(file)
    assert found[4]["changes"] == {"weeks": 3, "policy": "easy_moderate"}
    # The grid holds the base itself: nothing differs, nothing moves.
    assert (found[7]["difference"], found[7]["moved"]) == (0, 0)


def test_what_is_wrong_is_told_with_its_place_before_anything_is_solved(
    tiny: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = write(
        Path(tiny).parent,
        "wrong",
        TINY
        + """\
variants:
  - {name: good, set: {weeks: 3}}
  - name: far away
    set:
      weeks: 3
      runs.week.wed.start: '06:00'
  - name: too many
    set: {weeks: 3, strength.sessions_per_week: 99}
  - {name: itself, set: {variants: []}}
  - {name: odd, set: {'..': 1}}
""",
    )
    done = run(file, "--set", "policy=nonsense", "--format", "json", "--no-seconds")
    assert done.exit_code == 2
    lines = done.stderr.splitlines()
    assert lines[0] == "7 rows: 1 scenario, 5 variants of the file, 1 more for each"
    # Each under its name, with the place of its own value in the file.
    for head, place in [
        ("wrong: far away", f"    {file}:14:7  runs.week.wed"),
        ("wrong: too many", f"    {file}:16:21  strength.sessions_per_week"),
        ("wrong: itself", f"    {file}:17:26  variants"),
        ("wrong: odd", f"    {file}:18:23  .."),
    ]:
        assert lines[lines.index(head) + 1].startswith(place)
    assert any(line.startswith("wrong: policy=nonsense") for line in lines)
    assert lines[-1] == "5 variants are wrong and are not solved."
    statuses = [row["status"] for row in json.loads(done.stdout)["rows"]]
    assert statuses == ["optimal", "optimal"] + ["error"] * 5


def test_a_wrong_value_of_several_is_told_at_its_own_place(tiny: str) -> None:
    # The model names a lone run by its position: the path of the file has none.
    file = write(
        Path(tiny).parent,
        "place",
        TINY + "variants:\n  - name: x\n    set:\n      weeks: 3\n      runs.week.tue[0].minutes: 9999\n",
    )
    assert f"    {file}:13:7  runs.week.tue" in run(file).stderr


def test_many_wrong_ones_are_counted(tiny: str) -> None:
    done = run(tiny, *(part for at in range(25) for part in ("--set", f"nonsense{at}=1")))
    assert done.exit_code == 2
    assert "... and 5 more like these" in done.stderr
    assert done.stderr.endswith("25 variants are wrong and are not solved.\n")


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("runs.week.tue.start=06:00", "optimal"),
        ("runs.week.Tuesday.start=6:00", "optimal"),
        ("runs.week.tue[0].start=06:00", "optimal"),
        ("runs.week.sat=[{type: easy, start: '07:00', minutes: 30}]", "optimal"),
        ("rules.lift_spacing.weight=2", "optimal"),
        ("rules.time_of_day=off", "optimal"),
        ("policy.long_run=avoid", "optimal"),
        # Who names hours for one day has to name them for all.
        (
            "athlete.availability.weekdays=[17:00-21:00]; athlete.availability.2026-09-10=[12:00-14:00]",
            "optimal",
        ),
        ("athlete.availability.thu=[]", "error"),
        ("start=2026-09-14", "optimal"),
        ("athlete.blocked=[2026-09-10]", "optimal"),
        ("weeks=3; strength.sessions_per_week=[1, 2, 1]", "optimal"),
        ("runs.week.tue[1].start=06:00", "error"),
        ("athlete.availability.2026-13-10=[]", "error"),
        ("grid.weeks=[1]", "error"),
        ("weeks=true", "error"),
    ],
)
def test_paths_and_values(tiny: str, text: str, status: str) -> None:
    assert told(tiny, "--set", text)[1][2] == status


def test_more_than_wanted_is_refused_before_anything_is_made(
    tiny: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A million rows, counted and not made: making them would take minutes.
    grid = "grid:\n" + "".join(f"  runs.week.{day}.minutes: [{', '.join(map(str, range(20, 120)))}]\n" for day in ("tue", "thu", "sun"))  # noqa: E501  # fmt: skip
    file = write(Path(tiny).parent, "huge", TINY + grid)
    monkeypatch.setattr(command, "Batch", lambda *_: pytest.fail("made"))
    done = run(file)
    assert (done.exit_code, done.stdout) == (2, "")
    assert "this makes 1,000,001 rows, more than --max-variants 10,000: " in done.stderr
    assert "a grid of 100 x 100 x 100 = 1,000,000" in done.stderr


def test_exactly_as_many_as_allowed_will_do(tiny: str) -> None:
    assert run(tiny, "--set", "weeks=3", "--max-variants", "2").exit_code == 0
    done = run(tiny, "--set", "weeks=3", "--max-variants", "1")
    assert done.exit_code == 2
    assert "this makes 2 rows, more than --max-variants 1" in done.stderr


def test_files_and_folders_are_told_by_name_and_a_broken_one_is_a_row(tmp_path: Path) -> None:
    write(tmp_path, "b", TINY)
    write(tmp_path, "a", TINY)
    write(tmp_path, "c", "weks: 3\n" + TINY)
    (tmp_path / "notes.txt").write_text("no scenario")
    (tmp_path / "folder.yaml").mkdir()
    (tmp_path / "D.JSON").write_text(
        json.dumps({"start": "2026-09-07", "weeks": 1, "runs": {"week": {"tue": "rest"}}})
    )
    found = told(str(tmp_path), "--set", "strength.sessions_per_week=1")
    assert found == [
        ("D", "base", "optimal"), ("D", "sessions_per_week=1", "optimal"),
        ("a", "base", "optimal"), ("a", "sessions_per_week=1", "optimal"),
        ("b", "base", "optimal"), ("b", "sessions_per_week=1", "optimal"),
        ("c", "base", "error"),
    ]  # fmt: skip
    done = run(str(tmp_path))
    assert done.exit_code == 2
    assert f"{tmp_path / 'c.yaml'}:1:1  weks" in done.stderr
    alone = run(str(tmp_path / "c.yaml"))
    assert (alone.exit_code, alone.stdout) == (2, "")


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    done = run(str(tmp_path))
    assert (done.exit_code, done.stdout) == (2, "")
    assert "holds no scenario file (.yaml, .yml or .json)" in done.stderr


def test_files_of_the_same_name_are_told_apart(tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    one, other = write(tmp_path, "a", TINY), write(tmp_path / "x", "a", TINY)
    assert [row["scenario"] for row in rows(one, other)] == [one, other]
    # The same file twice.
    assert [row["scenario"] for row in rows(one, one)] == [one, f"{one} (2)"]


def test_every_row_may_be_set_against_another_file(tiny: str) -> None:
    one = write(Path(tiny).parent, "one", TINY + "strength: {sessions_per_week: 1}\n")
    found = rows(one, "--base", tiny, "--set", "policy=easy_moderate")
    assert [(row["name"], row["is_base"]) for row in found] == [
        ("base", True), ("policy=easy_moderate", False), ("one", False), ("one: policy=easy_moderate", False),
    ]  # fmt: skip
    base = found[0]["objective"]
    assert [row["difference"] for row in found] == [row["objective"] - base for row in found]
    assert {row["scenario"] for row in found} == {"tiny"}


# --- lines of JSON ---------------------------------------------------------------------------------------


def scenario(**more: Any) -> str:
    return json.dumps(
        {
            "start": "2026-09-07",
            "weeks": 1,
            "runs": {"week": {"tue": {"type": "tempo", "start": "06:30", "minutes": 45}}},
        }
        | more
    )


def test_lines_are_scenarios_and_variants_of_them(tiny: str) -> None:
    lines = "\n".join([scenario(), scenario(name="Named"), '{"set": {"strength.sessions_per_week": 1}}', ""])
    assert told("-", lines=lines) == [
        ("line 1", "base", "optimal"), ("line 1", "sessions_per_week=1", "optimal"),
        ("Named", "base", "optimal"), ("Named", "sessions_per_week=1", "optimal"),
    ]  # fmt: skip
    done = run(tiny, "-", "--format", "csv", lines=lines)
    assert done.stderr == "6 rows: 3 scenarios, 1 more for each\n"


@pytest.mark.parametrize(
    "line",
    [
        b"{", b"7", b'{"weeks": 3, "weeks": 4}', b"\xff\xfe", b'{"weeks": "' + b"x" * 1_100_000 + b'"}',
        b"[" * 5000, scenario(weks=3).encode(), b'{"set": 3}', b'{"set": {}, "weks": 3}',
        b'{"set": {"a\\u202e": 1}}', b'{"set": {"weeks": NaN}}', b'{"set": {"name": "\\ud800"}}',
        b'{"set": {"weeks": ' + b"[" * 300 + b"]" * 300 + b"}}",
    ],
    ids=lambda line: str(line[:24]),
)  # fmt: skip
@pytest.mark.parametrize("form", ["text", "jsonl"])
def test_a_broken_line_costs_no_other_and_is_exit_2(tiny: str, line: bytes, form: str) -> None:
    done = run(tiny, "-", "--format", form, lines=line + b"\n" + scenario(name="Good").encode())
    assert done.exit_code == 2
    assert "Good" in done.stdout
    if form == "jsonl":
        *found, _ = [json.loads(one, parse_constant=pytest.fail) for one in done.stdout.splitlines()]
        assert [row["status"] for row in found if row["name"] == "base"].count("optimal") == 2
        assert sum(row["status"] == "error" for row in found) >= 1
        # A reason is a sentence, also where no key can be named.
        assert not any(row["reason"].startswith(":") for row in found)


def test_a_broken_line_is_told_with_its_number(tiny: str) -> None:
    done = run(tiny, "-", lines=b"\n{\n")
    assert "-:2:1" in done.stderr
    assert told(tiny, "-", lines=b"\n{\n")[1] == ("line 2", "base", "error")


def test_nothing_at_all_is_refused() -> None:
    for lines in ("", "\n\n", '{"set": {"weeks": 3}}\n'):
        done = run("-", lines=lines)
        assert (done.exit_code, done.stdout) == (2, "")
        assert "there is no scenario" in done.stderr


# --- results ---------------------------------------------------------------------------------------------


def test_results_are_kept_and_called_again_nothing_is_solved(
    tiny: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    call = (tiny, "--set", "weeks=3", "--results", str(tmp_path / "run.sqlite"), "--format", "json")
    first = run(*call)
    monkeypatch.setattr(driving, "solved", lambda *_: pytest.fail("solved"))
    again = run(*call)
    assert (first.exit_code, again.exit_code) == (0, 0)
    assert again.stdout == first.stdout


@pytest.mark.parametrize("what", ["folder", "text", "alien", "no folder"])
def test_results_that_are_no_file_of_ours_are_exit_2(tiny: str, tmp_path: Path, what: str) -> None:
    file = tmp_path / "theirs"
    match what:
        case "folder":
            file.mkdir()
        case "text":
            file.write_text("precious\n" * 200)
        case "alien":
            with sqlite3.connect(file) as data:
                data.execute("CREATE TABLE precious (x)")
            data.close()
        case _:
            file = tmp_path / "none" / "theirs"
    before = file.read_bytes() if file.is_file() else None
    done = run(tiny, "--results", str(file))
    assert (done.exit_code, done.stdout) == (2, "")
    assert str(file) in done.stderr
    assert before is None or file.read_bytes() == before


# --- a folder of plans -----------------------------------------------------------------------------------


@pytest.mark.parametrize("form", FORMS)
def test_plans_and_table_go_into_a_folder(tiny: str, tmp_path: Path, form: str) -> None:
    folder = tmp_path / "plans"
    done = run(
        tiny, "--set", "weeks=3", "--set", NO_BLOCK, "-o", str(folder), "--format", form, "--no-seconds"
    )
    assert done.exit_code == 0
    table = f"comparison.{'txt' if form == 'text' else form}"
    # There is no plan for the third; what holds a plan too is written of each.
    endings = {"json", *({form} & {"csv", "md"})}
    plans = {f"{stem}.{ending}" for stem in ("tiny", "weeks-3") for ending in endings}
    assert {path.name for path in folder.iterdir()} == {*plans, table}
    if form != "text":  # which is as wide as the terminal
        assert (folder / table).read_text(encoding="utf-8") == done.stdout
    listed = ", ".join(["json", *sorted(endings - {"json"})])
    assert f"\n2 plans ({listed}) and {table} -> {folder}\n" in done.stderr
    assert (
        done.stderr.splitlines()[-1] == f"Next: mesocycle export {folder}/tiny.json --format ics -o tiny.ics"
    )


def test_the_plan_of_a_base_is_the_one_that_solve_writes(tiny: str, tmp_path: Path) -> None:
    run(tiny, "-o", str(tmp_path / "plans"))
    plan = json.loads((tmp_path / "plans" / "tiny.json").read_text(encoding="utf-8"))
    done = CliRunner().invoke(cli, ["solve", tiny, "--format", "json"], prog_name="mesocycle")
    own = json.loads(done.stdout)
    assert plan["run"].pop("seconds").keys() == own["run"].pop("seconds").keys()
    assert plan == own


def test_names_of_variants_stay_inside_the_folder(tiny: str, tmp_path: Path) -> None:
    names = ["../../escape", "/abs/olute", "..", "三回", "a\\b:c", "x" * 80, "same!", "same?"]
    lines = "\n".join(json.dumps({"name": name, "set": {}}) for name in names)
    folder = tmp_path / "deep" / "plans"
    folder.parent.mkdir()
    before = set(tmp_path.rglob("*"))
    assert run(tiny, "-", "-o", str(folder), "--format", "jsonl", lines=lines).exit_code == 0
    assert set(tmp_path.rglob("*")) - before == {folder, *folder.iterdir()}
    # A plan for each, the base and the table; equal but for punctuation, they do not overwrite each other.
    assert len(list(folder.iterdir())) == len(names) + 2


def test_plans_of_several_scenarios_carry_its_name(tiny: str, tmp_path: Path) -> None:
    other = write(tmp_path, "other", TINY)
    run(tiny, other, "-o", str(tmp_path / "plans"))
    found = sorted(path.name for path in (tmp_path / "plans").iterdir())
    assert found == ["comparison.txt", "other.json", "tiny.json"]


def test_a_folder_that_holds_something_needs_force(tiny: str, tmp_path: Path) -> None:
    folder = tmp_path / "plans"
    folder.mkdir()
    (folder / "precious").touch()
    done = run(tiny, "-o", str(folder))
    assert (done.exit_code, done.stdout) == (2, "")
    assert "--force" in done.stderr
    assert [path.name for path in folder.iterdir()] == ["precious"]
    assert run(tiny, "-o", str(folder), "--force").exit_code == 0
    assert len(list(folder.iterdir())) == 3
    assert run(tiny, "-o", tiny).exit_code == 2


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_every_athlete_gets_a_calendar_and_a_report(tmp_path: Path) -> None:
    athletes = tmp_path / "athletes"
    athletes.mkdir()
    for name in ("anna", "bo_B"):
        write(athletes, name, TINY)
    plans = tmp_path / "plans"
    call = (str(athletes), "--set", "strength.sessions_per_week=1", "-o", str(plans), "--no-seconds")
    done = run(*call, "--format", "ics, html,csv,intervals,ics")
    assert done.exit_code == 0
    stems = [f"{name}{more}" for name in ("anna", "bo_b") for more in ("", "-sessions_per_week-1")]
    endings = ("json", "ics", "html", "csv", "intervals.json")
    assert files(plans) == sorted(
        [*(f"{stem}.{ending}" for stem in stems for ending in endings), "comparison.csv", "comparison.html"]
    )
    # The first format of a table is printed, but for a page.
    assert done.stdout == (plans / "comparison.csv").read_text(encoding="utf-8")
    assert (plans / "anna.ics").read_text(encoding="utf-8").startswith("BEGIN:VCALENDAR")
    assert (plans / "anna.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    said = done.stderr.splitlines()[-2:]
    assert said == [
        f"4 plans (json, ics, html, csv, intervals) and comparison.html, comparison.csv -> {plans}",
        f"Next: open {plans}/anna.ics in a calendar",
    ]
    again = CliRunner().invoke(cli, ["export", str(plans / "anna.json"), "--format", "ics"])
    uids = [line for line in again.stdout.splitlines() if line.startswith("UID")]
    assert uids == re.findall(r"^UID.*$", (plans / "anna.ics").read_text(encoding="utf-8"), re.M)


def test_formats_of_plans_alone_leave_the_table_as_text(tiny: str, tmp_path: Path) -> None:
    done = run(tiny, "--format", "ics", "-o", str(tmp_path / "plans"))
    assert files(tmp_path / "plans") == ["comparison.txt", "tiny.ics", "tiny.json"]
    assert "1 of 1 planned" in done.stdout


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ("ics", "ics is a format of single plans: add -o FOLDER"),
        ("csv,md", "several formats go into a folder: add -o FOLDER"),
        ("csv,pdf", '"pdf" is not one of text, csv, json, jsonl, md, html, ics, intervals'),
        ("", '"" is not one of'),
    ],
)
def test_formats_that_make_no_sense_are_exit_2(tiny: str, form: str, said: str) -> None:
    done = run(tiny, "--format", form)
    assert (done.exit_code, done.stdout) == (2, "")
    assert said in " ".join(done.stderr.split())


def test_a_plan_is_called_like_the_next_command_expects(tiny: str, tmp_path: Path) -> None:
    lines = "\n".join(json.dumps({"name": name, "set": {}}) for name in ("Three lifts", "tiny", "comparison"))
    run(tiny, "-", "-o", str(tmp_path / "plans"), lines=lines)
    assert files(tmp_path / "plans") == [
        "comparison-2.json", "comparison.txt", "three-lifts.json", "tiny-2.json", "tiny.json",
    ]  # fmt: skip
    other = write(tmp_path, "other", TINY)
    run(other, "--base", tiny, "-o", str(tmp_path / "beside"))
    assert files(tmp_path / "beside") == ["comparison.txt", "other.json", "tiny.json"]


def test_several_athletes_show_their_days_below_their_rows(tiny: str, tmp_path: Path) -> None:
    other = write(tmp_path, "other", TINY)
    done = run(tiny, other, "--set", "weeks=3", "--no-seconds")
    row = json.loads(run(tiny, "--format", "json").stdout)["rows"][0]
    days = re.compile(
        r"^    (Mon|Tue|Wed|Thu|Fri|Sat|Sun) \d\d:\d\d, \w{3} \d\d:\d\d( \(\d of \d weeks\))?$", re.M
    )
    assert len(days.findall(done.stdout)) == 4
    assert all(len(line) <= 80 for line in done.stdout.splitlines())
    assert [{"weekday", "start"} == set(lift) for lift in row["usual"]["lifts"]] == [True, True]
    assert (row["usual"]["weeks"], row["usual"]["of"]) == (2, 2)


# --- the library ---------------------------------------------------------------------------------------


def test_the_library_gives_what_the_command_gives(tiny: str) -> None:
    found = rows(tiny, "--set", "weeks=3")
    comparison = mc.compare(mc.load_scenario(tiny), [{"name": "weeks=3", "set": {"weeks": 3}}])
    for row, own in zip(found, comparison, strict=True):
        assert {**own.to_dict(seconds=False), "scenario": "tiny"} == row


# --- found by a review -----------------------------------------------------------------------------------


def test_the_lines_of_the_readme_compare_something(tmp_path: Path) -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    calls = re.findall(r"^\.venv/bin/mesocycle compare (.+)$", text, re.M)
    assert len(calls) == 2
    for call in calls:
        done = CliRunner().invoke(cli, ["compare", *shlex.split(call)])
        assert (done.exit_code, "wrong" in done.stderr) == (0, False), done.output


def test_beside_another_base_a_broken_file_costs_no_other_row(tmp_path: Path) -> None:
    text = "start: 2026-09-07\nweeks: {weeks}\nruns: {{week: {{tue: {{type: easy, minutes: 40}}}}}}\n"
    base = tmp_path / "base.yaml"
    base.write_text(text.format(weeks=1), encoding="utf-8")
    folder = tmp_path / "folder"
    folder.mkdir()
    for name, weeks in (("a", "1"), ("b", "none"), ("c", "2")):
        (folder / f"{name}.yaml").write_text(text.format(weeks=weeks), encoding="utf-8")
    done = CliRunner().invoke(cli, ["compare", str(folder), "--base", str(base), "--format", "json"])
    assert done.exit_code == 2
    data = json.loads(done.stdout)
    assert [(row["name"], row["status"]) for row in data["rows"]] == [
        ("base", "optimal"),
        ("a", "optimal"),
        ("b", "error"),
        ("c", "optimal"),
    ]
    assert {row["scenario"] for row in data["rows"]} == {"base"}
    assert list(data["summary"]["best"]) == ["base"]


def test_a_path_beyond_all_measure_is_an_error_of_its_variant(tmp_path: Path) -> None:
    lines = [{"set": {".".join("a" * 1500): 1}}, {"name": "good", "set": {"weeks": 1}}]
    file = tmp_path / "scenario.yaml"
    file.write_text("start: 2026-09-07\nweeks: 2\nruns: {week: {tue: {type: easy, minutes: 40}}}\n", "utf-8")
    done = CliRunner().invoke(
        cli, ["compare", str(file), "-", "--format", "csv"], input="\n".join(map(json.dumps, lines))
    )
    assert done.exit_code == 2
    assert "no value lies deeper than 20" in done.stdout
    assert "\nscenario,good,optimal" in done.stdout


def test_results_that_cannot_be_kept_cost_no_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(self: Store, key: str, outcome: object) -> None:
        raise ScenarioFileError((Problem((), "the disk is full"),), str(self.path))

    monkeypatch.setattr(Store, "put", full)
    file = tmp_path / "scenario.yaml"
    file.write_text("start: 2026-09-07\nweeks: 1\nruns: {week: {tue: {type: easy, minutes: 40}}}\n", "utf-8")
    call = ["compare", str(file), "--set", "strength.sessions_per_week=1", "--results", str(tmp_path / "r")]
    done = CliRunner().invoke(cli, call)
    assert done.exit_code == 2
    assert done.stderr.count("the disk is full; going on without it") == 1
    assert "2 of 2 planned" in done.stdout
