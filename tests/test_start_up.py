"""Nothing is loaded before it is needed; told by what is loaded, never by the clock."""

from __future__ import annotations

import ast
import json
import pickle
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import click
import pytest

import mesocycle as mc
from mesocycle.cli import COMMANDS, cli

ROOT = Path(__file__).parents[1]
# What takes long to load, our own parts included.
SLOW = ("ortools", "numpy", "pandas", "pydantic", "rich", "ruamel", "icalendar", "mesocycle.api")


def loaded(code: str, *names: str) -> set[str]:
    """Which of these are loaded once a new interpreter has run some code, which may not fail."""
    asked = f"import sys\n{code}\nprint('loaded:', *(set({names!r}) & set(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", asked], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    return set(done.stdout.splitlines()[-1].split()[1:])


def called(*arguments: str) -> str:
    """Code that calls `mesocycle` in the interpreter that runs it."""
    return f"""
sys.argv = ["mesocycle", *{arguments!r}]
from mesocycle.cli import main
try:
    main()
except SystemExit as ended:
    assert not ended.code
"""


@pytest.mark.parametrize("asked", ["--help", "--version"])
def test_what_the_program_says_of_itself_loads_nothing_slow(asked: str) -> None:
    assert loaded(called(asked), *SLOW) == set()


@pytest.mark.parametrize("name", ["init", "programs", "rules", "schema", "schemes", "export", "import"])
def test_commands_that_plan_nothing_load_no_solver(name: str) -> None:
    assert loaded(called(name, "--help"), "ortools", "mesocycle.solver.solve") == set()


def test_two_plans_are_set_side_by_side_without_a_solver(tmp_path: Path) -> None:
    plan = tmp_path / "plan.json"
    written = mc.solve(mc.load_scenario(ROOT / "scenarios" / "thirty_minutes.yaml")).to_dict()
    plan.write_text(json.dumps(written), encoding="utf-8")
    slow = ("ortools", "mesocycle.solver.solve")
    assert loaded(called("diff", str(plan), str(plan)), *slow) == set()
    assert (
        loaded(f"import mesocycle; assert mesocycle.compare_plans({str(plan)!r}, {str(plan)!r}).same", *slow)
        == set()
    )


@pytest.mark.parametrize("set_to", ["enable", "disable"])
def test_loading_leaves_the_garbage_collector_as_it_was(set_to: str) -> None:
    code = f"import gc; gc.{set_to}()\n{called('export', '--help')}\n"
    loaded(code + f"assert gc.isenabled() is {set_to == 'enable'} and gc.get_freeze_count() > 1000")


def test_solve_loads_nothing_that_only_others_need() -> None:
    others = (
        "icalendar",
        "jinja2",
        "altair",
        "markdown_it",
        "mesocycle.importing.plan",
        "mesocycle.what_if",
        "mesocycle.solver.diagnose",
        "mesocycle.solver.frontier",
        "mesocycle.output.ics",
        "mesocycle.output.html",
    )
    solving = called("solve", "scenarios/half_marathon.yaml")
    assert loaded(solving, "ortools", *others) == {"ortools"}
    # The names are right.
    assert loaded("import " + ", ".join(others), *others) == set(others)


def test_the_package_loads_nothing_slow() -> None:
    assert loaded("import mesocycle; mesocycle.__version__; dir(mesocycle)", *SLOW) == set()
    assert loaded("import mesocycle; mesocycle.Scenario", "ortools", "pydantic") == {"pydantic"}
    both = {"ortools", "pydantic"}
    assert loaded("from mesocycle import *; Scenario, solve", *both) == both


@pytest.mark.parametrize("name", sorted(cli.commands))
def test_the_list_of_commands_tells_what_each_command_tells_of_itself(name: str) -> None:
    said, listed = cli.commands[name], click.Command(name, help=COMMANDS[name][1])
    assert said.name == name
    assert said.help is not None
    assert said.help.startswith(COMMANDS[name][1])
    # At any width of the terminal.
    for limit in range(10, 120):
        assert listed.get_short_help_str(limit) == said.get_short_help_str(limit)


def test_the_list_is_what_click_makes_of_the_commands_themselves() -> None:
    for width in (40, 80, 160):
        context = click.Context(cli, terminal_width=width)
        ours, clicks = click.HelpFormatter(width=width), click.HelpFormatter(width=width)
        cli.format_commands(context, ours)
        click.Group(commands=dict(cli.commands)).format_commands(context, clicks)
        assert ours.getvalue() == clicks.getvalue()


def test_public_names_are_what_their_modules_hold() -> None:
    # What type checkers read is what is loaded.
    tree = ast.parse((ROOT / "mesocycle" / "__init__.py").read_text(encoding="utf-8"))
    block = next(part for part in tree.body if isinstance(part, ast.If))
    imports = [part for part in block.body if isinstance(part, ast.ImportFrom)]
    told = {name.name: part.module or "" for part in imports for name in part.names}
    assert {*told, "__version__"} == set(mc.__all__)
    for name, module in told.items():
        assert getattr(mc, name) is getattr(import_module(module), name)
    assert set(mc.__all__) <= set(dir(mc))


def test_a_name_that_is_not_ours_is_an_error() -> None:
    with pytest.raises(AttributeError, match="module 'mesocycle' has no attribute 'plan'"):
        mc.plan  # type: ignore[attr-defined]  # noqa: B018
    with pytest.raises(ImportError, match="cannot import name 'plan'"):
        from mesocycle import plan  # type: ignore[attr-defined]  # noqa: F401


def test_what_is_loaded_late_survives_pickling() -> None:
    for name in mc.__all__:
        value = getattr(mc, name)
        assert pickle.loads(pickle.dumps(value)) is value or name == "__version__"
