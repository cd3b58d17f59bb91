"""The command line: parse, call, render, exit code. Nothing is decided here."""

from __future__ import annotations

import json
import math
import sys
import time
import traceback
from datetime import date, timedelta
from importlib import resources
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.markdown import Markdown
from rich.table import Table
from rich.text import Text

import mesocycle
from mesocycle import api
from mesocycle.files import scenario as scenario_files
from mesocycle.files.library import exercises
from mesocycle.files.writing import write_whole
from mesocycle.models.clock import monday_of
from mesocycle.models.errors import InternalError, ScenarioError
from mesocycle.models.plan import Status
from mesocycle.models.result import Result
from mesocycle.report import pages, terminal
from mesocycle.report.live import LiveLine, stop_on_interrupt
from mesocycle.solver import solve as solver
from mesocycle.solver.check import problems
from mesocycle.solver.rules import BY_ID, CATALOGUE
from mesocycle.solver.rules.weights import WEIGHTS
from mesocycle.solver.settings import nearest_rule

EXIT = {Status.OPTIMAL: 0, Status.FEASIBLE: 0, Status.INFEASIBLE: 3, Status.UNKNOWN: 4}
WRONG_INPUT, OUR_MISTAKE, INTERRUPTED = 2, 1, 130


class _Commands(click.Group):
    """Translates what can go wrong into a message and an exit code, once for all commands."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except ScenarioError as error:
            _say_problems(error)
            ctx.exit(WRONG_INPUT)
        except InternalError as error:
            _say_mistake(str(error))
            ctx.exit(OUR_MISTAKE)
        except KeyboardInterrupt:
            click.echo("Interrupted before any block was found.", err=True)
            ctx.exit(INTERRUPTED)
        except BrokenPipeError:
            # The reader went away (`| head`); that is its right.
            sys.stderr.close()
            ctx.exit(0)
        except OSError as error:
            click.echo(f"{error.filename or 'file'}: {error.strerror or error}", err=True)
            ctx.exit(WRONG_INPUT)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception as error:
            # A bug of ours; whoever wants the traceback calls the library.
            place = traceback.extract_tb(error.__traceback__)[-1]
            where = f"{Path(place.filename).name}:{place.lineno}"
            _say_mistake(f"{type(error).__name__} in {where}: {error}; please report it with the scenario")
            ctx.exit(OUR_MISTAKE)


def _say_mistake(text: str) -> None:
    Console(stderr=True, soft_wrap=True).print(Text(f"Internal error: {text}", style="red"))


def _say_problems(error: ScenarioError) -> None:
    console = Console(stderr=True, soft_wrap=True)
    count = len(error.problems)
    for problem in error.problems:
        head, *rest = problem.lines(error.file)
        console.print(Text(head, style="bold"))
        for line in rest:
            console.print(Text(line, style="red" if line.lstrip().startswith("wrong") else ""))
    console.print(Text(f"{count} problem{'s' if count != 1 else ''}; nothing was planned.", style="bold"))


def _finite(context: click.Context, parameter: click.Parameter, value: float | None) -> float | None:
    if value is not None and not math.isfinite(value):
        raise click.BadParameter("expected a number of seconds")
    return value


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(mesocycle.__version__, prog_name="mesocycle")
def cli() -> None:
    """Plans strength training around running: the optimal block, proven."""


@cli.command()
@click.argument("scenario", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="What to print.",
)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Write to this file instead.")
@click.option(
    "--time-limit",
    type=click.FloatRange(min=0, min_open=True),
    callback=_finite,
    metavar="SECONDS",
    help="Stop by then with the best block so far and its gap.",
)
@click.option("--all", "every_case", is_flag=True, help="Show every cost, not the dearest of each rule.")
def solve(scenario: Path, form: str, output: Path | None, time_limit: float | None, every_case: bool) -> None:
    """Plan the block of SCENARIO, a YAML file.

    Exit codes: 0 a plan was found (the first line says whether it is proven), 2 the input is wrong,
    3 no plan exists, 4 no answer within the time limit, 130 interrupted with nothing to show.
    """
    if output is not None and (output.is_dir() or not output.parent.is_dir()):
        raise click.UsageError(f"{output} cannot be written: give a file in a folder that exists")
    began = time.perf_counter()
    read = scenario_files.load(scenario, problems)[0]
    seconds = time.perf_counter() - began
    with stop_on_interrupt() as stop, LiveLine() as progress:
        result = solver.solve(read, time_limit=time_limit, progress=progress, read_seconds=seconds, stop=stop)
    text = json.dumps(result.to_dict(), indent=2, ensure_ascii=False) + "\n" if form == "json" else None
    if output is not None:
        write_whole(output, text if text is not None else _as_text(result, every_case))
        click.echo(f"{result.headline} -> {output}", err=True)
    elif text is not None:
        click.echo(text, nl=False)
    else:
        terminal.show(result, Console(highlight=False), _names(), every_case)
    click.get_current_context().exit(EXIT[result.status])


def _names() -> dict[str, str]:
    return {exercise.id: exercise.name for exercise in exercises().values()}


def _as_text(result: Result, every_case: bool) -> str:
    console = Console(width=100, highlight=False, color_system=None, force_terminal=False)
    with console.capture() as capture:
        terminal.show(result, console, _names(), every_case)
    return "\n".join(line.rstrip() for line in capture.get().splitlines()) + "\n"


@cli.command()
@click.argument("file", type=click.Path(path_type=Path), default=Path("scenario.yaml"))
@click.option("--force", is_flag=True, help="Overwrite an existing file.")
def init(file: Path, force: bool) -> None:
    """Write a commented starter scenario to FILE (scenario.yaml)."""
    if file.exists() and not force:
        raise click.UsageError(f"{file} exists; choose another name, or --force to overwrite it")
    starter = resources.files("mesocycle").joinpath("library/starter.yaml").read_text(encoding="utf-8")
    monday = monday_of(date.today() + timedelta(days=6))
    write_whole(file, starter.replace("2026-09-07", monday.isoformat()))
    click.echo(f"Wrote {file}. Put your own runs in, then: mesocycle solve {file}")


@cli.command()
@click.argument("rule", required=False, metavar="[ID]")
def rules(rule: str | None) -> None:
    """Print the rule catalogue, or the page of one rule by its ID."""
    console = Console(highlight=False)
    if rule is not None:
        if rule not in BY_ID:
            raise click.UsageError(f"there is no rule {rule}; {nearest_rule(rule)}")
        page = pages.rule_page(BY_ID[rule])
        console.print(Markdown(page) if console.is_terminal else Text(page, end=""), soft_wrap=True)
        return
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False)
    for name, style in (("rule", "bold"), ("default", ""), ("points", "yellow"), ("for each", "")):
        table.add_column(name, style=style, no_wrap=name != "for each")
    for entry in CATALOGUE:
        points, unit = WEIGHTS[entry.id]
        table.add_row(entry.id, pages.strength_of(entry), str(points), unit)
    console.print(table)


@cli.command()
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Write to this file instead.")
def schema(output: Path | None) -> None:
    """Print the JSON Schema of the scenario file, for editors."""
    text = json.dumps(api.scenario_schema(), indent=2, ensure_ascii=False) + "\n"
    if output is None:
        click.echo(text, nl=False)
    else:
        write_whole(output, text)


def main() -> None:
    """Run `mesocycle`."""
    cli(prog_name="mesocycle")


def solve_main() -> None:
    """Run `solve`, which is `mesocycle solve`."""
    cli(args=["solve", *sys.argv[1:]], prog_name="mesocycle")
