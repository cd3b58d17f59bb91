"""The command `diff`: plans and scenarios on either side, every form, and whatever may be wrong."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from rich.text import Text

import mesocycle as mc
from mesocycle.cli import cli
from mesocycle.output.screen import Screen

SCENARIO = """
name: Two weeks
start: 2026-09-07
weeks: 2
runs:
  week:
    tue: {type: intervals, start: "06:30", minutes: 60}
    thu: {type: tempo, start: "06:30", minutes: 50}
    sun: {type: long, start: "08:00", minutes: 100}
"""
FREE = '{weekdays: ["17:00-21:00"], weekend: ["09:00-18:00"], tue: []}'
FEWER = SCENARIO + f"athlete: {{availability: {FREE}}}\n"
BLOCKED = SCENARIO + (
    "rules: {sessions_per_week: {hard: true}}\nathlete: {blocked: [2026-09-07..2026-09-20]}\n"
)


def run(*args: str | Path, given: str | bytes = "", columns: int = 80) -> Result:
    call = ["diff", *map(str, args)]
    return CliRunner().invoke(cli, call, input=given, env={"COLUMNS": str(columns)}, prog_name="mesocycle")


@cache
def planned(text: str) -> mc.Result:
    from mesocycle.files.scenario import load_bytes

    return mc.solve(load_bytes(text.encode(), "a.yaml")[0], deadline=0)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two scenarios and their plans."""
    for name, text in (("a", SCENARIO), ("b", FEWER), ("none", BLOCKED)):
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
        written = json.dumps(planned(text).to_dict())
        (tmp_path / f"{name}.json").write_text(written, encoding="utf-8")
    return tmp_path


def test_two_plans_are_set_side_by_side(folder: Path) -> None:
    done = run(folder / "a.json", folder / "b.json")
    found = mc.compare_plans(planned(SCENARIO), planned(FEWER))
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.startswith(f"Two weeks\nMoves {found.moved} sessions")
    assert f"a.json: {found.before.points} points, proven; b.json: {found.after.points} points" in done.stdout
    assert "Sessions moved, added or left out\n  Week 1, " in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 80


def test_the_same_plan_says_so(folder: Path) -> None:
    done = run(folder / "a.json", folder / "a.json")
    assert (done.exit_code, done.stdout.splitlines()[1]) == (0, "The same plan.")
    told = json.loads(run(folder / "a.json", folder / "a.json", "--format", "json").stdout)
    assert (told["same"], told["sessions"], told["weeks"], told["rules"]) == (True, [], [], [])


@pytest.mark.parametrize(("one", "other"), [("a.json", "b.yaml"), ("a.yaml", "b.json"), ("a.yaml", "b.yaml")])
def test_a_scenario_is_planned_first(folder: Path, one: str, other: str) -> None:
    done = run(folder / one, folder / other, "--format", "json", "--time-limit", "60")
    assert done.exit_code == 0
    found = mc.compare_plans(planned(SCENARIO), planned(FEWER))
    assert json.loads(done.stdout) == json.loads(json.dumps(found.to_dict()))


@pytest.mark.parametrize("what", ["a.json", "a.yaml"])
def test_one_of_them_comes_from_standard_input(folder: Path, what: str) -> None:
    given = (folder / what).read_bytes()
    for call in (("-", folder / "a.json"), (folder / "a.json", "-")):
        done = run(*call, given=given)
        assert (done.exit_code, done.stdout.splitlines()[1]) == (0, "The same plan.")
        assert "standard input: " in done.stdout
    both = run("-", "-", given=given)
    assert both.exit_code == 2
    assert "standard input can be one of the two plans, not both: name a file" in both.stderr


def test_a_scenario_may_be_json_or_begin_with_a_brace(folder: Path) -> None:
    plain = {
        "start": "2026-09-07", "weeks": 1,
        "runs": {"week": {"tue": {"type": "tempo", "start": "06:30", "minutes": 50}}},
    }  # fmt: skip
    (folder / "scenario.json").write_text(json.dumps(plain), encoding="utf-8")
    flow = '{start: 2026-09-07, weeks: 1, runs: {week: {tue: {type: tempo, start: "06:30", minutes: 50}}}}'
    (folder / "flow.yaml").write_text(flow, encoding="utf-8")
    done = run(folder / "scenario.json", folder / "flow.yaml")
    assert (done.exit_code, done.stdout.splitlines()[1]) == (0, "The same plan.")


def test_a_start_far_away_is_asked_about(folder: Path) -> None:
    far = SCENARIO.replace("2026-09-07", "2096-09-03")
    (folder / "far.yaml").write_text(far, encoding="utf-8")
    done = run(folder / "a.json", folder / "far.yaml")
    assert done.exit_code == 0
    assert "start is 2096-09-03: is that year meant?" in done.stderr
    assert "The blocks start on Mon 7 Sep 2026 and Mon 3 Sep 2096" in done.stdout


def test_every_form_is_printed_and_written(folder: Path) -> None:
    plans = folder / "a.json", folder / "b.json"
    printed = run(*plans, "--format", "md")
    assert printed.stdout.startswith("# Two weeks\n\n**Moves ")
    for name, begins in (
        ("c.md", "# Two weeks"),
        ("c.json", "{\n"),
        ("c.txt", "Two weeks\n"),
        ("c", "Two weeks\n"),
    ):
        done = run(*plans, "-o", folder / name)
        assert (done.exit_code, done.stdout) == (0, "")
        assert (folder / name).read_text(encoding="utf-8").startswith(begins)
    assert (folder / "c.md").read_text(encoding="utf-8") == printed.stdout
    # The format that is named counts.
    assert run(*plans, "-o", folder / "d.md", "--format", "text").exit_code == 0
    assert (folder / "d.md").read_text(encoding="utf-8").startswith("Two weeks\n")


def test_all_leaves_nothing_out(folder: Path) -> None:
    plans = folder / "a.json", folder / "b.json"
    short, full = run(*plans).stdout, run(*plans, "--all").stdout
    assert "--all" not in full
    cases = [
        case for rule in mc.compare_plans(planned(SCENARIO), planned(FEWER)).rules for case in rule.cases
    ]
    assert full.count("gone: ") + full.count("new: ") + full.count("changed: ") == len(cases)
    assert len(full.splitlines()) >= len(short.splitlines())
    assert run(*plans, "--all", "--format", "md").stdout.count("(") == full.count("(")


def test_a_terminal_gets_it_in_its_own_width(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = run(folder / "a.json", folder / "b.json").stdout
    monkeypatch.setattr(Screen, "is_terminal", True)
    shown = run(folder / "a.json", folder / "b.json").stdout
    assert [line.rstrip() for line in Text.from_ansi(shown).plain.splitlines()] == plain.splitlines()


@pytest.mark.parametrize("columns", [60, 80, 120])
def test_no_line_is_longer_than_the_terminal(folder: Path, columns: int) -> None:
    done = run(folder / "a.json", folder / "b.json", "--all", columns=columns)
    assert max(map(len, done.stdout.splitlines())) <= columns


@pytest.mark.parametrize(
    ("name", "content", "wrong"),
    [
        ("bytes.json", b"{\x00\xff", "no UTF-8"),
        ("bytes.yaml", b"\x00\xff\xfe", "no UTF-8"),
        ("empty.json", b"", "the file is empty"),
        ("empty.yaml", b" \n", "the file is empty"),
        ("deep.json", b"[" * 100_000, "the nesting is deeper than 20"),
        ("deep.txt", b'{"a":' * 100_000, "the nesting is deeper than 20"),
        ("list.json", b"[1, 2]", "the file holds no result"),
        ("half.json", b'{"status": ', "no JSON"),
        ("other.json", b'{"status": "optimal"}', "schema_version"),
        ("rows.json", b'{"rows": []}', "this is the table of `mesocycle compare`, not one plan"),
        ("diff.json", b'{"headline": "", "counts": {}}', "this is what `mesocycle diff` tells of two plans"),
        ("feed.ics", b"BEGIN:VCALENDAR\r\n", "this is a calendar, not a scenario"),
        ("words.txt", b"hello", "the file holds no keys"),
        ("key.yaml", SCENARIO.encode() + b"wekes: 3\n", "wekes"),
        ("nan.json", b'{"status": NaN}', "NaN is no number"),
    ],
)
@pytest.mark.parametrize("first", [True, False])
def test_whatever_is_no_plan_is_an_error_without_a_traceback(
    folder: Path, name: str, content: bytes, wrong: str, first: bool
) -> None:
    path = folder / name
    path.write_bytes(content)
    call = (path, folder / "a.json") if first else (folder / "a.json", path)
    done = run(*call)
    assert (done.exit_code, done.stdout) == (2, "")
    assert wrong in done.stderr
    assert str(path) in done.stderr
    assert "nothing was compared." in done.stderr
    assert "Traceback" not in done.stderr


def test_files_that_are_none(folder: Path) -> None:
    missing = run(folder / "a.json", folder / "nowhere.json")
    assert (missing.exit_code, "there is no such file" in missing.stderr) == (2, True)
    directory = run(folder, folder / "a.json")
    assert (directory.exit_code, "this is a directory, not a file" in directory.stderr) == (2, True)


def test_a_result_without_a_plan_is_wrong_input(folder: Path) -> None:
    done = run(folder / "a.json", folder / "none.json")
    assert done.exit_code == 2
    assert "none.json\n    wrong: it holds no plan: no block satisfies all the rules" in done.stderr


def test_a_scenario_without_a_block_ends_with_three_and_one_without_time_with_four(folder: Path) -> None:
    none = run(folder / "none.yaml", folder / "a.json")
    assert (none.exit_code, none.stdout) == (3, "")
    assert "none.yaml: no block satisfies all the rules" in none.stderr
    assert "`mesocycle solve none.yaml` tells more." in none.stderr
    late = run(folder / "a.json", folder / "b.yaml", "--time-limit", "0.000001")
    assert (late.exit_code, late.stdout) == (4, "")
    assert "b.yaml: no block found" in late.stderr


def test_wrong_calls(folder: Path) -> None:
    over = run(folder / "a.json", folder / "b.json", "-o", folder / "b.json")
    assert over.exit_code == 2
    assert f"-o would overwrite the file {folder / 'b.json'}: name another file" in over.stderr
    assert run(folder / "a.json").exit_code == 2
    assert run(folder / "a.json", folder / "b.json", "--format", "ics").exit_code == 2
    assert run(folder / "a.json", folder / "b.json", "-o", folder / "no" / "c.md").exit_code == 2


# --- from Python -----------------------------------------------------------------------------------------


def test_the_library_takes_results_plain_data_and_files(folder: Path) -> None:
    one, other = planned(SCENARIO), planned(FEWER)
    expected = mc.compare_plans(one, other)
    assert not expected.same
    assert mc.compare_plans(one.to_dict(), folder / "b.json") == expected
    assert mc.compare_plans(str(folder / "a.json"), other) == expected


def test_the_library_refuses_what_is_no_plan(folder: Path) -> None:
    one, none = planned(SCENARIO), planned(BLOCKED)
    with pytest.raises(
        ValueError, match=r"^the second result, 'Two weeks', holds no plan: no block satisfies"
    ):
        mc.compare_plans(one, none)
    with pytest.raises(ValueError, match="schema_version is not 1"):
        mc.compare_plans({}, one)
    with pytest.raises(mc.ScenarioFileError, match="there is no such file"):
        mc.compare_plans(one, folder / "nowhere.json")
    with pytest.raises(TypeError, match=r"expected a Result, plain data .* or the path of a file, found int"):
        mc.compare_plans(one, 3)  # type: ignore[arg-type]
