"""The commands `run`: what becomes of a run, told by the runner or by his changed plan."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from mesocycle.commands import WRONG_INPUT
from mesocycle.commands.block_calls import block_file, file_option, form_option, print_answer
from mesocycle.commands.calls import feed_options, now_option
from mesocycle.commands.record import recorded, rpe_option, why_option
from mesocycle.diary.block import Block
from mesocycle.models.errors import ScenarioFileError
from mesocycle.models.living import Noted
from mesocycle.models.run_changes import RunsUpdate
from mesocycle.output.run_changes import outcome, show_differences, show_runs_update
from mesocycle.output.screen import Screen, show_problems


@click.group()
def run() -> None:
    """Record what becomes of runs: done, change, drop, or update from a changed plan."""


@run.command("done")
@click.argument("which", metavar="DATE")
@click.option("--at", metavar="TIME", help="When it began.")
@click.option("--minutes", metavar="MINUTES", help='How long it took, such as 48 or "1:05 h".')
@click.option("--distance", metavar="LENGTH", help='How far it went, such as "10 km".')
@click.option("--type", metavar="TYPE", help="What it was, such as easy or tempo.")
@rpe_option
@recorded
def run_done(block: Block, which: str, **said: Any) -> Noted:
    """Record a run; what is left out was as planned. DATE#2 is the second run of a day."""
    return block.run_done(which, **said)


@run.command("change")
@click.argument("which", metavar="DATE")
@click.option("--at", metavar="TIME", help="When it begins.")
@click.option("--minutes", metavar="MINUTES", help='How long it takes, such as 48 or "1:05 h".')
@click.option("--distance", metavar="LENGTH", help='How far it goes, such as "10 km".')
@click.option("--type", metavar="TYPE", help="What it is, such as easy or tempo.")
@click.option("--to", metavar="DATE", help="The day to which it moves.")
@recorded
def run_change(block: Block, which: str, **said: Any) -> Noted:
    """Say that a run will be another; what is left out stays. DATE#2 is the second run of a day.

    On a day without a run it is one more, with --at and --minutes.
    """
    return block.run_changed(which, **said)


@run.command("drop")
@click.argument("which", metavar="DATE")
@why_option
@recorded
def run_drop(block: Block, which: str, why: str | None) -> Noted:
    """Say that a planned run is left out."""
    return block.run_dropped(which, why=why)


@run.command("update")
@click.argument("plan", metavar="FILE", type=click.Path(path_type=Path))
@feed_options
@click.option("--units", type=click.Choice(["km", "mi"]), help="Of numbers that have none.")
@click.option("--keep-missing", is_flag=True, help="Let runs stay that FILE does not have.")
@click.option("--dry-run", is_flag=True, help="Only tell what is another now.")
@click.option("--yes", is_flag=True, help="Record it without asking.")
@file_option
@now_option
@form_option
def run_update(
    plan: Path,
    keep_missing: bool,
    dry_run: bool,
    yes: bool,
    file: Path | None,
    now: datetime | None,
    form: str,
    **reading: Any,
) -> None:
    """Take over what a changed plan, FILE, has otherwise of the runs to come.

    FILE is the plan as it is now, of whatever make `mesocycle import` reads; "-" reads standard input. Its
    runs are compared with those of the block from now on: changed, moved, new, no longer there.
    What you said of a run yourself stays, and what FILE does not say, such as a time of day. On a terminal it
    asks before it records anything; elsewhere it records with --yes alone. `mesocycle undo` takes all of it
    back at once.

    Exit codes: 0 compared, 2 the plan or the call is wrong.
    """
    if dry_run and yes:
        raise click.UsageError("--dry-run and --yes exclude each other")
    screen = Screen()
    asks = not (dry_run or yes) and form == "text" and screen.is_terminal and str(plan) != "-"
    shown = False

    def accept(found: RunsUpdate) -> bool:
        nonlocal shown
        if not asks:
            return yes
        show_differences(found, screen)
        shown = True
        return click.confirm("Record this?", err=True)

    block = Block(block_file(file), now=now)
    reading["start_times"] = reading["start_times"] or ""
    try:
        found = block.update_runs(plan, keep_missing=keep_missing, accept=accept, **reading)
    except ScenarioFileError as error:
        show_problems(error, "nothing was recorded")
        click.get_current_context().exit(WRONG_INPUT)
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    if not shown:
        print_answer(found, form, show_runs_update)
        return
    for line in outcome(found):
        click.echo(line)
