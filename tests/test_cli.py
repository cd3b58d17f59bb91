"""The command line: exit codes, what goes where, whole files, and errors in lines of their own."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result

import mesocycle
from mesocycle.cli import cli, main, solve_main

ROOT = Path(__file__).parents[1]
SCENARIO = str(ROOT / "scenarios" / "half_marathon.yaml")
GOOD = "start: 2026-09-07\nweeks: 1\nruns:\n  week:\n    tue: {type: tempo, start: '06:30', minutes: 45}\n"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, arguments, prog_name="mesocycle", catch_exceptions=False)


def write(folder: Path, text: str) -> str:
    file = folder / "block.yaml"
    file.write_text(text, encoding="utf-8")
    return str(file)


def timeless(text: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(text)
    assert set(data["run"].pop("seconds")) == {"read", "build", "solve", "verify"}
    return data


def test_a_proven_plan_is_exit_0() -> None:
    done = run("solve", SCENARIO)
    assert done.exit_code == 0
    assert done.stdout.splitlines()[0] == "Autumn half marathon, two lifts a week"
    assert done.stdout.splitlines()[1].startswith("Proven optimal in ")


def test_wrong_input_is_exit_2(tmp_path: Path) -> None:
    file = write(tmp_path, "weks: 8\n" + GOOD)
    done = run("solve", file)
    assert (done.exit_code, done.stdout) == (2, "")
    # Place and key, then what was read, what is wrong, what would be right.
    assert done.stderr.splitlines() == [
        f"{file}:1:1  weks",
        "    read:  8",
        "    wrong: unknown key",
        "    maybe: did you mean `weeks`?",
        "1 problem; nothing was planned.",
    ]


def test_all_problems_at_once_also_those_that_need_dated_runs(tmp_path: Path) -> None:
    file = write(tmp_path, GOOD + "rules: {min_gap_after_runs: 'off'}\nhistory: {familiar: [back_sqat]}\n")
    done = run("solve", file)
    assert done.exit_code == 2
    assert f"{file}:6:9  rules.min_gap_after_runs" in done.stderr
    assert "    maybe: did you mean `min_gap_after_run`?" in done.stderr
    assert f"{file}:7:22  history.familiar[0]" in done.stderr
    assert done.stderr.endswith("2 problems; nothing was planned.\n")


def test_a_missing_file_is_exit_2(tmp_path: Path) -> None:
    done = run("solve", str(tmp_path / "none.yaml"))
    assert (done.exit_code, done.stdout) == (2, "")
    assert "none.yaml" in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("solve",),
        ("solve", SCENARIO, "--format", "pdf"),
        ("solve", SCENARIO, "--time-limit", "0"),
        ("nosuch",),
    ],
)
def test_a_wrong_call_is_exit_2(arguments: tuple[str, ...]) -> None:
    done = run(*arguments)
    assert done.exit_code == 2
    assert "Usage: mesocycle" in done.output


def test_no_plan_is_exit_3(tmp_path: Path) -> None:
    file = write(
        tmp_path,
        GOOD + "athlete: {availability: {tue: ['17:00-21:00']}}\n"
        "rules: {sessions_per_week: hard, one_lift_per_day: hard}\n",
    )
    done = run("solve", file)
    assert done.exit_code == 3
    assert "No block satisfies all the rules" in done.stdout
    data = json.loads(run("solve", file, "--format", "json").stdout)
    assert (data["status"], data["proven"], data["objective"], data["sessions"]) == (
        "infeasible",
        False,
        None,
        [],
    )


def test_no_answer_in_time_is_exit_4() -> None:
    done = run("solve", SCENARIO, "--time-limit", "0.000000001")
    assert done.exit_code == 4
    assert "none ruled out: allow more time" in done.stdout


def test_interrupted_with_nothing_to_show_is_exit_130(monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("mesocycle.solver.solve.solve", stop)
    done = run("solve", SCENARIO)
    assert (done.exit_code, done.stdout) == (130, "")
    assert "Interrupted before any block was found." in done.stderr


def test_our_own_mistake_is_exit_1_and_prints_no_plan(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise mesocycle.InternalError("the planned block did not pass its own check", ("a rule",))

    monkeypatch.setattr("mesocycle.solver.solve.solve", fail)
    done = run("solve", SCENARIO)
    assert (done.exit_code, done.stdout) == (1, "")
    assert "Internal error: the planned block did not pass its own check" in done.stderr


def test_json_is_alone_on_stdout_and_the_same_twice() -> None:
    first, second = (run("solve", SCENARIO, "--format", "json") for _ in range(2))
    assert first.stderr == ""
    assert first.stdout.startswith("{\n")
    assert first.stdout.endswith("}\n")
    assert timeless(first.stdout) == timeless(second.stdout)
    # The very bytes, but for the seconds.
    block = re.compile(r'"seconds": \{[^}]*\}')
    assert block.sub("", first.stdout) == block.sub("", second.stdout)
    assert json.loads(first.stdout)["sessions"]


def test_a_file_is_written_whole_and_stdout_stays_empty(tmp_path: Path) -> None:
    file = tmp_path / "plan.json"
    file.write_text("what was there before " * 10_000)
    done = run("solve", SCENARIO, "--format", "json", "-o", str(file))
    assert (done.exit_code, done.stdout) == (0, "")
    assert timeless(file.read_text(encoding="utf-8"))["status"] == "optimal"
    assert str(file) in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["plan.json"]


def test_text_to_a_file_is_plain(tmp_path: Path) -> None:
    file = tmp_path / "plan.txt"
    done = run("solve", SCENARIO, "--format", "text", "-o", str(file))
    text = file.read_text(encoding="utf-8")
    assert (done.exit_code, done.stdout) == (0, "")
    assert text.startswith("Autumn half marathon, two lifts a week\nProven optimal in ")
    assert text.endswith(".\n")
    assert "\x1b" not in text
    lines = text.splitlines()
    assert all(line == line.rstrip() and len(line) <= 100 for line in lines)


def test_a_file_that_cannot_be_written_is_exit_2(tmp_path: Path) -> None:
    done = run("solve", SCENARIO, "-o", str(tmp_path / "none" / "plan.json"))
    assert (done.exit_code, done.stdout) == (2, "")
    assert "give a file in a folder that exists" in done.stderr


def test_all_shows_every_cost_case() -> None:
    # three_lifts pays for weeks that leave less recovery than is wanted: more than three cases.
    short, full = (
        run("solve", str(ROOT / "scenarios" / "early_bird.yaml"), *more) for more in ((), ("--all",))
    )
    assert "more (--all shows them)" in short.stdout
    assert "more (--all shows them)" not in full.stdout
    assert len(full.stdout.splitlines()) > len(short.stdout.splitlines())


def test_init_writes_a_scenario_that_solves(tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    done = run("init", str(file))
    assert done.exit_code == 0
    assert f"mesocycle solve {file}" in done.stdout
    text = file.read_text(encoding="utf-8")
    assert text.splitlines()[2].startswith("# A starter scenario")
    assert mesocycle.load_scenario(file).start.weekday() == 0
    assert run("solve", str(file)).exit_code == 0


def test_init_overwrites_only_when_told(tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text("precious")
    done = run("init", str(file))
    assert done.exit_code == 2
    assert "--force" in done.stderr
    assert file.read_text() == "precious"
    assert run("init", str(file), "--force").exit_code == 0
    assert "runs:" in file.read_text(encoding="utf-8")


def test_rules_lists_the_catalogue_in_order() -> None:
    done = run("rules")
    assert done.exit_code == 0
    listed = [line.split()[0] for line in done.stdout.splitlines()[1:] if line[:1].strip()]
    ids = [rule.id for rule in mesocycle.rules()]
    assert [name for name in listed if name in ids] == ids


@pytest.mark.parametrize("rule", [rule.id for rule in mesocycle.rules()])
def test_rules_prints_the_page_of_each_rule(rule: str) -> None:
    done = run("rules", rule)
    assert done.exit_code == 0
    assert done.stdout.startswith(f"# {rule}\n")
    for heading in ("What it does", "Why", "Options", "Source", "Parameters"):
        assert f"\n## {heading}\n" in done.stdout


def test_an_unknown_rule_gets_the_nearest_name() -> None:
    done = run("rules", "min_gap_after_runs")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "there is no rule min_gap_after_runs; did you mean `min_gap_after_run`?" in done.stderr
    assert "lists them all" in run("rules", "zzz").stderr


def test_schema_prints_json_or_writes_it(tmp_path: Path) -> None:
    done = run("schema")
    assert (done.exit_code, json.loads(done.stdout)) == (0, mesocycle.scenario_schema())
    file = tmp_path / "schema.json"
    again = run("schema", "-o", str(file))
    assert (again.exit_code, again.stdout) == (0, "")
    assert file.read_text(encoding="utf-8") == done.stdout


@pytest.mark.parametrize("name", ["", *sorted(cli.commands)])
@pytest.mark.parametrize("flag", ["--help", "-h"])
def test_every_command_has_help(name: str, flag: str) -> None:
    done = run(*([name] if name else []), flag)
    assert done.exit_code == 0
    assert done.stdout.startswith(f"Usage: {f'mesocycle {name}'.strip()}")
    command = cli.commands[name] if name else cli
    assert command.help
    for option in command.params:
        if isinstance(option, click.Option) and option.name not in ("help", "version"):
            assert option.help, f"{name} {option.opts}"


def test_the_version() -> None:
    assert run("--version").stdout.strip().endswith(mesocycle.__version__)


@pytest.mark.parametrize("launcher", [["cli.py"], ["-m", "mesocycle"]])
def test_both_launchers_run_the_same_command(launcher: list[str], tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, *launcher, "solve", write(tmp_path, GOOD), "--format", "json"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert timeless(done.stdout) == timeless(run("solve", write(tmp_path, GOOD), "--format", "json").stdout)


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (BrokenPipeError(), 0, ""),
        (PermissionError(13, "Permission denied", "x.json"), 2, "x.json: Permission denied\n"),
        (RuntimeError("odd"), 1, "Internal error: RuntimeError in test_cli.py:"),
    ],
)
def test_whatever_goes_wrong_has_its_exit_code_and_no_traceback(
    monkeypatch: pytest.MonkeyPatch, error: Exception, code: int, said: str
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr("mesocycle.solver.solve.solve", fail)
    done = run("solve", SCENARIO)
    assert (done.exit_code, done.stdout) == (code, "")
    assert done.stderr.startswith(said)
    assert "Traceback" not in done.stderr


def test_on_a_terminal_the_plan_is_printed_with_colours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm")
    assert "\x1b[1mAutumn half marathon, two lifts a week\x1b[0m\n" in run("solve", SCENARIO).stdout


@pytest.mark.parametrize(
    ("entry", "arguments"),
    [(main, ["mesocycle", "solve"]), (solve_main, ["solve"])],
    ids=["mesocycle", "solve"],
)
def test_both_commands_solve(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    entry: Callable[[], None],
    arguments: list[str],
) -> None:
    monkeypatch.setattr(sys, "argv", [*arguments, SCENARIO, "--time-limit", "0.000000001"])
    with pytest.raises(SystemExit) as ended:
        entry()
    assert ended.value.code == 4
    assert capsys.readouterr().out.startswith("Autumn half marathon")
