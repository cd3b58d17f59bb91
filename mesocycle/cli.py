"""The command line: parse, call, render, exit code. Nothing is decided here.

Nothing slow is loaded here either: a command, and what it needs, is imported when it is named.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator, Mapping, MutableMapping
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any, cast

import click

from mesocycle.commands import INTERRUPTED, OUR_MISTAKE, WRONG_INPUT
from mesocycle.models.errors import BlockError, InternalError, ScenarioError

# Each command's place in `mesocycle.commands`, and the first sentence of its help, which lists are made of.
COMMANDS = {
    "audit": (
        "audit.audit",
        "Judge PLAN by the rules of SCENARIO, beside the best block, and name the moves that win most.",
    ),
    "available": ("record.available", "Say when a lift may happen on a day; never, without WINDOWS."),
    "away": ("record.away", "Record days without a place to lift."),
    "backup": ("block.backup", "Write everything in a block file as lines of JSON, to be kept elsewhere."),
    "compare": ("compare.compare", "Solve what-ifs side by side, and show what each costs beside its base."),
    "diff": ("diff.diff", "Tell what changed from plan A to plan B."),
    "done": ("record.done", "Record a lift that was done: today's, or that of SESSION or DATE."),
    "exercises": (
        "catalogue.exercises",
        "Print the library's exercises, those that a WORD means, or all about one.",
    ),
    "explain": (
        "explain.explain",
        "Tell why each session of SCENARIO is where it is, and what every other day would cost.",
    ),
    "export": ("printing.export", "Write a planned block for other programs."),
    "history": (
        "block.history",
        "Print everything that was recorded, the oldest first, each with its number.",
    ),
    "import": ("import_plan.import_plan", "Turn PLAN, a run plan of whatever make, into a scenario."),
    "init": ("catalogue.init", "Write a commented starter scenario to FILE (scenario.yaml)."),
    "log": ("logs.log", "Take over what other apps logged."),
    "move": ("record.move", "Put a lift on another day."),
    "pin": (
        "record.pin",
        "Let a session stay on a day, or at a TIME of it, whenever the block is planned again.",
    ),
    "programs": ("catalogue.programs", "Print the built-in programs, or the page of one by its ID."),
    "record": ("record.record", "Record what was lifted, once or as a set."),
    "redo": ("block.redo", "Let EVENT hold again that was taken back; the last one if left out."),
    "replan": (
        "replan.replan",
        "Plan the rest of a block again, with as few moves as pays.",
    ),
    "restore": ("block.restore", "Make a block file anew from BACKUP, which `mesocycle backup` wrote."),
    "rules": ("catalogue.rules", "Print the rule catalogue, or the page of one rule by its ID."),
    "run": ("runs.run", "Record what becomes of runs: done, change, drop, or update from a changed plan."),
    "scenario": (
        "block.scenario",
        "Print the scenario of a block, or change it; its start and its number of weeks stay.",
    ),
    "schema": ("catalogue.schema", "Print the JSON Schema of the scenario file, for editors."),
    "schemes": ("catalogue.schemes", "Print the built-in schemes, or the page of one by its NAME."),
    "sick": ("record.sick", "Record days of illness."),
    "skip": ("record.skip", "Record that a lift is not done: today's, or that of SESSION or DATE."),
    "solve": ("solve.solve", 'Plan the block of SCENARIO, a YAML file; "-" reads standard input.'),
    "sore": ("felt.sore", "Record how sore SITE is, from 0, not at all, to 10."),
    "start": (
        "block.start",
        "Plan SCENARIO and begin to live by it: a block file that keeps what you do and what changes.",
    ),
    "today": ("block.today", "Print what is on today, the next lift as a card, and what is not logged yet."),
    "trends": (
        "felt.trends",
        "Print what the weeks up to today show: distance, 1RM, lifts, sets, soreness, minutes, targets.",
    ),
    "undo": (
        "block.undo",
        "Take back EVENT, a number of `history`; the last one if left out. Nothing is ever deleted.",
    ),
    "unpin": ("record.unpin", "Let a session move again."),
    "week": ("block.week", "Print this week, or week NUMBER, at a glance: what was done, what is to come."),
    "wellness": (
        "felt.wellness",
        "Record sleep and fatigue of a day; what is left out stays as it was told.",
    ),
    "why": ("block.why", "Tell why SESSION is where the plan has it, and what every other day would cost."),
}


def _loaded(name: str) -> ModuleType:
    """Load a module while the garbage collector rests: all of it stays, and to look it through takes long."""
    if name in sys.modules:
        return import_module(name)
    collects = gc.isenabled()
    gc.disable()
    try:
        return import_module(name)
    finally:
        gc.freeze()  # nor is it looked through later, or when the program ends
        if collects:
            gc.enable()


class _WhenNamed(Mapping[str, click.Command]):
    """All commands by name; each is loaded when it is looked up."""

    def __getitem__(self, name: str) -> click.Command:
        place, _, function = COMMANDS[name][0].rpartition(".")
        return cast(click.Command, getattr(_loaded(f"mesocycle.commands.{place}"), function))

    def __contains__(self, name: object) -> bool:
        return name in COMMANDS

    def __iter__(self) -> Iterator[str]:
        return iter(COMMANDS)

    def __len__(self) -> int:
        return len(COMMANDS)


class _Commands(click.Group):
    """Loads a command when it is named; translates what can go wrong, once for all commands."""

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.commands:
            return None
        try:
            return self.commands[cmd_name]
        except KeyboardInterrupt:  # loading takes a second, and nobody wants a word for having thought again
            ctx.exit(INTERRUPTED)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        stand_ins = [click.Command(name, help=about) for name, (_, about) in COMMANDS.items()]
        click.Group(commands=stand_ins).format_commands(ctx, formatter)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except ScenarioError as error:
            from mesocycle.output.screen import show_problems

            show_problems(error, "nothing was planned")
            ctx.exit(WRONG_INPUT)
        except BlockError as error:
            for line in str(error).splitlines():
                click.echo(line, err=True)
            ctx.exit(WRONG_INPUT)
        except InternalError as error:
            from mesocycle.output.screen import show_mistake

            show_mistake(str(error))
            ctx.exit(OUR_MISTAKE)
        except KeyboardInterrupt:
            solving = ctx.invoked_subcommand in ("solve", "compare")
            what = " before any block was found" if solving else ": nothing was written"
            click.echo(f"Interrupted{what}.", err=True)
            ctx.exit(INTERRUPTED)
        except BrokenPipeError:
            from mesocycle.output.screen import nobody_reads

            nobody_reads()  # the reader went away (`| head`); that is its right
            ctx.exit(0)
        except OSError as error:
            click.echo(f"{error.filename or 'file'}: {error.strerror or error}", err=True)
            ctx.exit(WRONG_INPUT)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception as error:
            import traceback

            from mesocycle.output.screen import show_mistake

            # A bug of ours; whoever wants the traceback calls the library.
            place = traceback.extract_tb(error.__traceback__)[-1]
            where = f"{Path(place.filename).name}:{place.lineno}"
            show_mistake(f"{type(error).__name__} in {where}: {error}; please report it with the scenario")
            ctx.exit(OUR_MISTAKE)


@click.group(
    cls=_Commands,
    commands=cast(MutableMapping[str, click.Command], _WhenNamed()),  # click reads it, and adds nothing
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(package_name="mesocycle", prog_name="mesocycle")
def cli() -> None:
    """Plans strength training around running: the optimal block, proven."""


def main() -> None:
    """Run `mesocycle`."""
    cli(prog_name="mesocycle")


def solve_main() -> None:
    """Run `solve`, which is `mesocycle solve`."""
    cli(args=["solve", *sys.argv[1:]], prog_name="mesocycle")
