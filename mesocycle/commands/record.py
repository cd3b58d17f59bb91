"""Commands that record what happened: lifts, illness, absence, pins and records."""

from __future__ import annotations

from typing import Any

import click

from mesocycle.commands.block_calls import on_block
from mesocycle.diary.block import Block
from mesocycle.models.living import Noted
from mesocycle.output.living import show_noted

recorded = on_block(show_noted)
note_option = click.option("--note", default="", metavar="TEXT", help="Anything.")
why_option = click.option(
    "--why", type=click.Choice(["sick", "time", "travel", "sore"]), help="What was in the way."
)
drop_option = click.option(
    "--runs",
    type=click.Choice(["keep", "drop"]),
    default="keep",
    show_default=True,
    help="What becomes of the runs of these days.",
)
rpe_option = click.option(
    "--rpe", type=click.FloatRange(0, 10), metavar="0-10", help="How hard it was as a whole (session RPE)."
)


@click.command()
@click.argument("which", metavar="[SESSION|DATE]", required=False)
@click.option("--at", metavar="TIME", help="When it began; as planned if left out.")
@click.option(
    "--set",
    "sets",
    multiple=True,
    metavar="SETS",
    help='What was lifted, such as "back_squat 80x5x3 rir 2"; repeatable. The rest was done as planned.',
)
@click.option("--only", is_flag=True, help="Nothing was done but the --set.")
@click.option("--minutes", type=click.IntRange(1, 1440), metavar="N", help="How long it took.")
@rpe_option
@click.option(
    "--as",
    "stands_for",
    metavar="SESSION",
    help='The session that a lift on another day stands for; "none" for one beside the plan.',
)
@note_option
@recorded
def done(block: Block, which: str | None, **said: Any) -> Noted:
    """Record a lift that was done: today's, or that of SESSION or DATE.

    A lift that was done on another day: `mesocycle done yesterday --as A`. The same again changes nothing;
    anything else for the same session replaces what stood there. What it breaks is told, never refused.
    """
    return block.done(which, **said)


@click.command()
@click.argument("which", metavar="[SESSION|DATE]", required=False)
@why_option
@note_option
@recorded
def skip(block: Block, which: str | None, why: str | None, note: str) -> Noted:
    """Record that a lift is not done: today's, or that of SESSION or DATE."""
    return block.skip(which, why=why, note=note)


@click.command()
@click.argument("which", metavar="SESSION|DATE")
@click.argument("to")
@click.argument("time", required=False)
@note_option
@recorded
def move(block: Block, which: str, to: str, time: str | None, note: str) -> Noted:
    """Put a lift on another day.

    TO is a weekday or a date, TIME as planned if left out. What that breaks or costs is told, and never
    refused.
    """
    return block.move(which, to, time, note=note)


@click.command()
@click.argument("days", metavar="FROM[..TO]")
@drop_option
@note_option
@recorded
def sick(block: Block, days: str, **said: Any) -> Noted:
    """Record days of illness.

    FROM and TO are days: "today", "mon..thu", "2026-09-21..2026-09-24"; "mon.." while it lasts.
    """
    return block.sick(days, **said)


@click.command()
@click.argument("days", metavar="FROM[..TO]")
@drop_option
@note_option
@recorded
def away(block: Block, days: str, **said: Any) -> Noted:
    """Record days without a place to lift.

    FROM and TO are days: "fri..sun", "2026-10-03..2026-10-05".
    """
    return block.away(days, **said)


@click.command()
@click.argument("day", metavar="DATE")
@click.argument("windows", nargs=-1)
@recorded
def available(block: Block, day: str, windows: tuple[str, ...]) -> Noted:
    """Say when a lift may happen on a day; never, without WINDOWS.

    `mesocycle available thu 06:00-08:00 17:00-20:00`
    """
    return block.available(day, *windows)


@click.command()
@click.argument("which", metavar="SESSION")
@click.argument("day", metavar="DATE")
@click.argument("time", required=False)
@recorded
def pin(block: Block, which: str, day: str, time: str | None) -> Noted:
    """Let a session stay on a day, or at a TIME of it, whenever the block is planned again."""
    return block.pin(which, day, time)


@click.command()
@click.argument("which", metavar="SESSION")
@recorded
def unpin(block: Block, which: str) -> Noted:
    """Let a session move again."""
    return block.unpin(which)


@click.command()
@click.argument("exercise", metavar="LIFT")
@click.argument("text", metavar="SET")
@click.option("--on", metavar="DATE", help="When it was lifted; today if left out.")
@recorded
def record(block: Block, exercise: str, text: str, on: str | None) -> Noted:
    """Record what was lifted, once or as a set.

    `mesocycle record back_squat "85 x 5 rir 2"`, or `mesocycle record deadlift "140 kg"` for once.
    """
    return block.record(exercise, text, on=on)
