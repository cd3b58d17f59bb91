"""The command line: parse, call, render, exit code. Nothing is decided here."""

from __future__ import annotations

import json
import sys
import traceback
from datetime import date, timedelta
from importlib import resources
from pathlib import Path
from typing import Any

import click
from rich.markdown import Markdown
from rich.text import Text

import mesocycle
from mesocycle import api
from mesocycle.commands.audit import audit
from mesocycle.commands.calls import INTERRUPTED, OUR_MISTAKE, WRONG_INPUT
from mesocycle.commands.compare import compare
from mesocycle.commands.export import export
from mesocycle.commands.import_plan import import_plan
from mesocycle.commands.solve import solve
from mesocycle.files.library import programs as built_in
from mesocycle.files.writing import write_whole
from mesocycle.models.clock import monday_of
from mesocycle.models.errors import InternalError, ScenarioError
from mesocycle.output import pages
from mesocycle.output.programs import nearest_program, program_page, program_table
from mesocycle.output.screen import Screen, nobody_reads, show_mistake, show_problems
from mesocycle.solver.rules import BY_ID
from mesocycle.solver.rules.settings import nearest_rule


class _Commands(click.Group):
    """Translates what can go wrong into a message and an exit code, once for all commands."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except ScenarioError as error:
            show_problems(error, "nothing was planned")
            ctx.exit(WRONG_INPUT)
        except InternalError as error:
            show_mistake(str(error))
            ctx.exit(OUR_MISTAKE)
        except KeyboardInterrupt:
            solving = ctx.invoked_subcommand in ("solve", "compare")
            what = " before any block was found" if solving else ": nothing was written"
            click.echo(f"Interrupted{what}.", err=True)
            ctx.exit(INTERRUPTED)
        except BrokenPipeError:
            nobody_reads()  # the reader went away (`| head`); that is its right
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
            show_mistake(f"{type(error).__name__} in {where}: {error}; please report it with the scenario")
            ctx.exit(OUR_MISTAKE)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(mesocycle.__version__, prog_name="mesocycle")
def cli() -> None:
    """Plans strength training around running: the optimal block, proven."""


for command in (solve, compare, import_plan, export, audit):
    cli.add_command(command)


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
    console = Screen()
    if rule is not None:
        if rule not in BY_ID:
            raise click.UsageError(f"there is no rule {rule}; {nearest_rule(rule)}")
        page = pages.rule_page(BY_ID[rule])
        console.print(Markdown(page) if console.is_terminal else Text(page, end=""), soft_wrap=True)
        return
    console.print(pages.rule_table())


@cli.command()
@click.argument("program", required=False, metavar="[ID]")
def programs(program: str | None) -> None:
    """Print the built-in programs, or the page of one by its ID."""
    if program is not None and program not in built_in():
        raise click.UsageError(f"there is no program {program}; {nearest_program(program)}")
    Screen().print(program_table() if program is None else program_page(built_in()[program]))


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
