"""Commands about how the runner feels, and about what the weeks show."""

from __future__ import annotations

import click

from mesocycle.commands.block_calls import on_block
from mesocycle.diary.block import Block
from mesocycle.models.living import Noted
from mesocycle.models.trends import Trends
from mesocycle.output.living import show_noted
from mesocycle.output.trends import show_trends

on_option = click.option("--on", metavar="DATE", help="The day; today if left out.")


@click.command()
@click.argument("site")
@click.argument("level", metavar="0-10", type=click.IntRange(0, 10))
@on_option
@on_block(show_noted)
def sore(block: Block, site: str, level: int, on: str | None) -> Noted:
    """Record how sore SITE is, from 0, not at all, to 10.

    `mesocycle sore "left calf" 4`; another number for the same day replaces the first one.
    """
    return block.sore(site, level, on=on)


@click.command()
@click.option("--sleep", type=click.FloatRange(0, 24), metavar="HOURS", help="How long you slept.")
@click.option("--fatigue", type=click.IntRange(0, 10), metavar="0-10", help="How tired you are.")
@on_option
@on_block(show_noted)
def wellness(block: Block, sleep: float | None, fatigue: int | None, on: str | None) -> Noted:
    """Record sleep and fatigue of a day; what is left out stays as it was told."""
    return block.wellness(sleep=sleep, fatigue=fatigue, on=on)


@click.command()
@on_block(show_trends)
def trends(block: Block) -> Trends:
    """Print what the weeks up to today show: distance, 1RM, lifts, sets, soreness, minutes, targets."""
    return block.trends()
