"""The command `replan`: the rest of a block, planned again."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import click

from mesocycle.commands.block_calls import block_file, file_option, form_option, print_answer
from mesocycle.commands.calls import EXIT, day_option, limit_option, now_option
from mesocycle.diary.block import Block
from mesocycle.models.living import Replan
from mesocycle.output.replanned import show_replan
from mesocycle.output.screen import Screen


@click.command()
@day_option("--from", "The first day that may change; from now on if left out.")
@click.option(
    "--hold",
    type=click.IntRange(0, 365),
    default=7,
    show_default=True,
    metavar="DAYS",
    help="A session within so many days that changes its day, is dropped or added is a move.",
)
@click.option(
    "--stay",
    type=click.IntRange(0, 100_000),
    default=12,
    show_default=True,
    metavar="POINTS",
    help="What a move has to win.",
)
@click.option("--moves", type=click.IntRange(0, 100), metavar="N", help="So many moves at most.")
@click.option("--dry-run", is_flag=True, help="Only tell what would change.")
@click.option("--yes", is_flag=True, help="Publish without asking.")
@limit_option("--time-limit", "For all of it.")
@file_option
@now_option
@form_option
def replan(
    hold: int,
    stay: int,
    moves: int | None,
    dry_run: bool,
    yes: bool,
    time_limit: float | None,
    file: Path | None,
    now: datetime | None,
    form: str,
    **since: date | None,
) -> None:
    """Plan the rest of a block again, with as few moves as pays.

    What is past stays. It prints every compromise between moves and points, each proven, and what the chosen
    one changes. On a terminal it asks before it publishes; elsewhere it publishes with --yes alone.

    Exit codes: 0 planned, 2 the input or the call is wrong, 3 no plan exists, 4 none was found in time.
    """
    if dry_run and yes:
        raise click.UsageError("--dry-run and --yes exclude each other")
    screen = Screen()
    asks = not (dry_run or yes) and form == "text" and screen.is_terminal
    shown = False

    def accept(found: Replan) -> bool:
        nonlocal shown
        if not asks:
            return yes
        show_replan(found, screen)
        shown = True
        return click.confirm("Publish this plan?", err=True)

    block = Block(block_file(file), now=now)
    found = block.replan(
        since=since["from"], hold=hold, stay=stay, moves=moves, time_limit=time_limit, accept=accept
    )
    if not shown:
        print_answer(found, form, show_replan)
    elif found.published is not None:
        click.echo(f"Published as revision {found.published}.")
    if not found.frontier:
        click.get_current_context().exit(EXIT[found.status])
