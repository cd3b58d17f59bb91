"""What is known once is worked out once, and rules are named in their own room alone."""

from __future__ import annotations

import ast
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

import pytest

import mesocycle as mc
from mesocycle.solver.rules import CATALOGUE

PRODUCT = Path(mc.__file__).parent
SCENARIOS = Path(__file__).parents[2] / "scenarios"
IDS = {rule.id for rule in CATALOGUE}
# Keys of the scenario file that rules are named after.
KEYS = {"sessions_per_week", "pins"}

ONCE = {
    ("calendar.py", "build_calendar"),
    ("exercises.py", "exercises_of"),
    ("kit.py", "kit_of"),
    ("program.py", "sessions_of"),
    ("program.py", "due_by_week"),
    ("program.py", "resolve_policy"),
    ("settings.py", "read_settings"),
}


def strings(path: Path) -> Iterator[tuple[int, str]]:
    """The strings of a file that are no docstrings, with their lines."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef)
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, documented) and node.body and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node.lineno, node.value


def test_no_rule_is_named_by_a_string_outside_the_rules_and_the_checker() -> None:
    rooms = (PRODUCT / "solver" / "rules", PRODUCT / "solver" / "verify")
    files = [path for path in PRODUCT.rglob("*.py") if not any(path.is_relative_to(room) for room in rooms)]
    assert len(files) > 150
    named = [
        f"{path.relative_to(PRODUCT)}:{line} {text}"
        for path in files
        for line, text in strings(path)
        if text in IDS - KEYS
    ]
    assert named == []


def test_the_search_for_strings_finds_them() -> None:
    checker = sorted((PRODUCT / "solver" / "verify").glob("*.py"))
    assert IDS.intersection(text for path in checker for _, text in strings(path))


@pytest.mark.parametrize("name", ["half_marathon", "shift_worker"])
def test_what_the_instance_holds_is_worked_out_once_for_loading_and_once_for_solving(name: str) -> None:
    calls: Counter[tuple[str, str]] = Counter()

    def count(frame: FrameType, event: str, _: object) -> None:
        if event == "call":
            code = frame.f_code
            calls[Path(code.co_filename).name, code.co_name] += 1

    def loaded_and_solved() -> None:
        mc.solve(mc.load_scenario(SCENARIOS / f"{name}.yaml"))

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        loaded_and_solved()
    finally:
        sys.setprofile(before)
    assert {key: calls[key] for key in ONCE} == dict.fromkeys(ONCE, 2)
