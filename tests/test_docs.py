"""What is generated is up to date, and nothing is missing from it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import mesocycle
from mesocycle.cli import cli

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"


def test_generated_files_are_up_to_date() -> None:
    done = subprocess.run(
        [sys.executable, "docs/build.py", "--check"],
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert (done.stdout, done.stderr, done.returncode) == ("", "", 0)


@pytest.mark.parametrize("name", sorted(cli.commands))
def test_every_command_has_its_section(name: str) -> None:
    text = (DOCS / "cli.md").read_text(encoding="utf-8")
    assert f"\n## mesocycle {name}\n" in text
    assert f"Usage: mesocycle {name}" in text
    for option in cli.commands[name].params:
        for flag in option.opts if option.param_type_name == "option" else ():
            assert flag in text


def test_every_rule_has_its_page_and_its_line_in_the_index() -> None:
    ids = [rule.id for rule in mesocycle.rules()]
    assert {path.stem for path in (DOCS / "rules").glob("*.md")} == {"README", *ids}
    index = (DOCS / "rules" / "README.md").read_text(encoding="utf-8")
    places = [index.index(f"| [{rule}]({rule}.md) |") for rule in ids]
    assert places == sorted(places)
