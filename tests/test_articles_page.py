"""docs/articles.md: every row says what does it, and every command in it runs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from mesocycle.cli import cli

# Planning the examples is counted elsewhere.
pytestmark = pytest.mark.uncounted

PAGE = Path(__file__).parents[1] / "docs" / "articles.md"
ROWS = [
    [cell.strip() for cell in line.strip("|\n").split("|")]
    for line in PAGE.read_text(encoding="utf-8").splitlines()
    if line.startswith("| ") and not line.startswith(("| what", "|---"))
]
COMMANDS = sorted(set(re.findall(r"`mesocycle ([^`]+)`", PAGE.read_text(encoding="utf-8"))))
ARTICLES = {"000", "001", "002", "003", "004"}


def test_there_are_as_many_as_the_articles_ask() -> None:
    assert len(ROWS) >= 50
    assert {article for row in ROWS for article in row[1].split(", ")} == ARTICLES


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0][:40])
def test_each_row_says_what_does_it_or_why_nothing_does(row: list[str]) -> None:
    asked, articles, here, tried = row
    assert asked
    assert set(articles.split(", ")) <= ARTICLES
    assert here
    assert tried.startswith("`mesocycle ")


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_runs(command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(PAGE.parents[1])
    result = CliRunner().invoke(cli, command.split())
    assert result.exit_code == 0, result.output[-500:]
    assert result.output.strip()
