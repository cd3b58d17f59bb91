"""The HTML report from the command line: by ending or by format, with a plan, without one, side by side."""

from __future__ import annotations

import html
from pathlib import Path

from click.testing import CliRunner, Result

import mesocycle as mc
from mesocycle.cli import cli

ROOT = Path(__file__).parents[1]
SCENARIO = ROOT / "scenarios" / "thirty_minutes.yaml"
IMPOSSIBLE = ROOT / "scenarios" / "impossible" / "lunch_break_too_short.yaml"


def run(*args: str | Path) -> Result:
    return CliRunner().invoke(cli, list(map(str, args)))


def test_the_ending_of_the_file_asks_for_the_page(tmp_path: Path) -> None:
    page, plan = tmp_path / "plan.html", tmp_path / "plan.json"
    assert run("solve", SCENARIO, "-o", page).exit_code == 0
    assert run("solve", SCENARIO, "-o", plan).exit_code == 0
    text = page.read_text(encoding="utf-8")
    assert text.startswith("<!DOCTYPE html>")
    assert html.escape(mc.load_scenario(SCENARIO).name) in text
    again = run("export", plan, "--format", "html", "--scenario", SCENARIO).stdout
    assert sum(a != b for a, b in zip(text.splitlines(), again.splitlines(), strict=True)) <= 1  # its seconds


def test_without_a_plan_the_page_says_why_and_what_would_help() -> None:
    done = run("solve", IMPOSSIBLE, "--format", "html")
    assert done.exit_code == 3
    diagnosis = mc.diagnose(mc.load_scenario(IMPOSSIBLE))
    for repair in diagnosis.repairs:
        assert html.escape(repair.changes[0].text) in done.stdout


def test_variants_stand_side_by_side_in_a_page_and_in_the_folder(tmp_path: Path) -> None:
    call = ("compare", SCENARIO, "--set", "policy=auto", "--format", "html", "--no-seconds", "--jobs", "1")
    done = run(*call)
    assert done.exit_code == 0
    assert done.stdout.startswith("<!DOCTYPE html>")
    assert "policy=auto" in done.stdout
    written = run(*call, "-o", tmp_path / "plans")
    # Nobody reads a page twice: the table is printed as text.
    assert written.exit_code == 0
    assert "policy=auto" in written.stdout
    assert "<" not in written.stdout
    assert (tmp_path / "plans" / "comparison.html").read_text(encoding="utf-8") == done.stdout


def test_a_page_is_no_folder(tmp_path: Path) -> None:
    done = run("compare", SCENARIO, "--format", "html", "-o", tmp_path / "what.html")
    assert done.exit_code == 2
    assert "-o names a folder for all plans and the table" in " ".join(done.stderr.split())
    assert not (tmp_path / "what.html").exists()


def test_a_trade_off_has_no_page() -> None:
    done = run("compare", SCENARIO, "--pareto", "strength,interference", "--format", "html")
    assert done.exit_code == 2
    assert "--pareto has no page" in done.stderr


def test_an_ending_that_says_nothing_is_asked_about(tmp_path: Path) -> None:
    done = run("solve", SCENARIO, "-o", tmp_path / "plan.xlsx")
    assert done.exit_code == 2
    assert "Name a --format, or a file in .csv, .html, .ics, .json, .md" in " ".join(done.stderr.split())
    assert run("solve", SCENARIO, "-o", tmp_path / "plan.txt").exit_code == 0
    assert (
        mc.load_scenario(SCENARIO).name == (tmp_path / "plan.txt").read_text(encoding="utf-8").splitlines()[0]
    )
