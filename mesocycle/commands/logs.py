"""The commands `log`: what other apps recorded."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Literal

import click

from mesocycle.commands import WRONG_INPUT
from mesocycle.commands.block_calls import block_file, file_option, form_option, print_answer
from mesocycle.commands.calls import now_option
from mesocycle.diary.block import Block
from mesocycle.models.errors import ScenarioFileError
from mesocycle.models.living import LogRead
from mesocycle.output.log_read import outcome, show_log, show_log_read
from mesocycle.output.screen import Screen, show_problems


@click.group()
def log() -> None:
    """Take over what other apps logged."""


def _named(context: click.Context, parameter: click.Parameter, values: tuple[str, ...]) -> dict[str, str]:
    """Read "NAME=EXERCISE"."""
    found = {}
    for text in values:
        name, mark, meant = text.rpartition("=")
        if not mark or not name.strip() or not meant.strip():
            raise click.BadParameter(f'"{text}": write it like "Skullcrusher=triceps extension"')
        found[name.strip()] = meant.strip()
    return found


@log.command("import")
@click.argument("export", metavar="FILE", type=click.Path(path_type=Path))
@click.option(
    "--map",
    "names",
    multiple=True,
    callback=_named,
    metavar="NAME=EXERCISE",
    help="Which exercise a name of the app means; repeatable. It is kept in the block.",
)
@click.option("--units", default="", metavar="UNITS", help='Of numbers that have none: "kg", "lb", "lb mi".')
@click.option("--date-order", type=click.Choice(["dmy", "mdy"]), help="What 03/04/2026 means.")
@click.option("--dry-run", is_flag=True, help="Only tell what is in it.")
@click.option("--yes", is_flag=True, help="Record it without asking.")
@file_option
@now_option
@form_option
def log_import(
    export: Path,
    names: dict[str, str],
    units: str,
    date_order: Literal["dmy", "mdy"] | None,
    dry_run: bool,
    yes: bool,
    file: Path | None,
    now: datetime | None,
    form: str,
) -> None:
    """Take over the lifts, runs and days of FILE, another app's export.

    Workouts are matched to planned sessions by their exercises, runs to planned runs by day and length; a
    lift of these days that is not in it counts as skipped. The same export, a newer one or a part of one adds
    only what is new. On a terminal it asks before it records anything; elsewhere it records with --yes alone.
    `mesocycle undo` takes all of it back at once.

    Exit codes: 0 read, 2 the file or the call is wrong.
    """
    if dry_run and yes:
        raise click.UsageError("--dry-run and --yes exclude each other")
    screen = Screen()
    asks = not (dry_run or yes) and form == "text" and screen.is_terminal and str(export) != "-"
    shown = False

    def accept(found: LogRead) -> bool:
        nonlocal shown
        if not asks:
            return yes
        show_log(found, screen)
        shown = True
        return click.confirm("Record this?", err=True)

    block = Block(block_file(file), now=now)
    try:
        found = block.import_log(export, names=names, units=units, date_order=date_order, accept=accept)
    except ScenarioFileError as error:
        show_problems(error, "nothing was recorded")
        click.get_current_context().exit(WRONG_INPUT)
    if not shown:
        print_answer(found, form, show_log_read)
        return
    for line in outcome(found):
        click.echo(line)
