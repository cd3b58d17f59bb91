"""`mesocycle schemes`: the list, a page for each, and what a misspelt name gets."""

from __future__ import annotations

import re

import pytest
from click.testing import CliRunner, Result

from mesocycle.cli import cli
from mesocycle.files.library import schemes


def run(*arguments: str, columns: int = 80) -> Result:
    return CliRunner().invoke(
        cli, arguments, prog_name="mesocycle", catch_exceptions=False, env={"COLUMNS": str(columns)}
    )


def joined(*arguments: str) -> str:
    """What is printed, without line breaks."""
    done = run(*arguments)
    assert (done.exit_code, done.stderr) == (0, "")
    return re.sub(r"\s+", " ", done.stdout)


def test_the_list_has_every_scheme_in_the_files_order() -> None:
    lines = run("schemes").stdout.splitlines()
    assert lines[0].split() == ["scheme", "lines", "about"]
    assert [line.split()[0] for line in lines[1:] if line[:1].strip()] == list(schemes())
    text = joined("schemes")
    assert all(f"{name} {len(scheme.lines)} " in text for name, scheme in schemes().items())


@pytest.mark.parametrize("name", schemes())
def test_a_page_tells_all_of_a_scheme(name: str) -> None:
    scheme, text = schemes()[name], joined("schemes", name)
    assert text.startswith(f"{name} {scheme.about}")
    for number, line in enumerate(scheme.lines, start=1):
        assert f"line {number} {', '.join(map(str, line))} " in text
    assert f"lighter weeks {', '.join(map(str, scheme.lighter))} " in text
    assert all(source in text for source in scheme.source)
    assert scheme.cue in text
    assert f"{{exercise: back_squat, scheme: {name}}}" in text
    assert ("as many as go up" in text) == (name == "wave_531")


def test_what_percentages_are_of_and_how_they_grow() -> None:
    assert (
        "Grows the training max by 5 kg for legs and 2.5 kg for the upper body, after every three lines"
    ) in joined("schemes", "wave_531")
    assert "% of a training max: 90 % of what your record says" in joined("schemes", "wave_531")
    assert "1 kg for the upper body, each time" in joined("schemes", "linear")
    assert "% of the most that you could lift once in that week" in joined("schemes", "top_set_back_off")
    assert "Grows with your strength, week by week" in joined("schemes", "double_progression")


@pytest.mark.parametrize("columns", [60, 80, 120])
@pytest.mark.parametrize("name", ["", *schemes()])
def test_nothing_is_wider_than_the_screen_or_cut_off(name: str, columns: int) -> None:
    done = run("schemes", *([name] if name else []), columns=columns)
    assert all(len(line) <= columns for line in done.stdout.splitlines())
    assert "…" not in done.stdout


def test_an_unknown_scheme_gets_the_nearest_name() -> None:
    done = run("schemes", "wave_51")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "there is no scheme wave_51; did you mean wave_531?" in done.stderr
    assert "one of linear, wave_531" in run("schemes", "zzz").stderr
