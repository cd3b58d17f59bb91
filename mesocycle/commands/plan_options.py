"""What commands that read somebody's plan ask of it: dates, times, and what its numbers mean."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from mesocycle.commands.calls import Command, read_zone
from mesocycle.importing.start_times import parse_start_times
from mesocycle.models.clock import parse_day

Callback = Callable[[click.Context, click.Parameter, str | None], Any]


def reading(parse: Callable[[str], Any]) -> Callback:
    """Make a `callback` of an option from what reads its text or raises ValueError."""

    def read(context: click.Context, parameter: click.Parameter, value: str | None) -> Any:
        try:
            return None if value is None else parse(value)
        except ValueError as error:
            raise click.BadParameter(str(error)) from None

    return read


def day_option(name: str, text: str) -> Callable[[Command], Command]:
    """An option that takes a date."""
    return click.option(name, callback=reading(parse_day), metavar="DATE", help=text)


def plan_options(command: Command) -> Command:
    """The options that tell how a plan is to be read."""
    options = [
        day_option("--start-date", "The first week, for a plan that has weeks and no dates."),
        day_option("--race-date", "The race, for such a plan: it is counted back from that day."),
        click.option(
            "--start-times",
            callback=reading(parse_start_times),
            metavar="TIMES",
            help='For what has no time: "06:30, weekend 08:00, sun 09:00, pm 18:00, lift 18:30".',
        ),
        click.option(
            "--timezone",
            callback=read_zone,
            metavar="ZONE",
            help="Where you live; the calendar's own if left out.",
        ),
        click.option(
            "--date-order", type=click.Choice(["dmy", "mdy"]), help="What 03/04/2026 means in a table."
        ),
    ]
    for option in reversed(options):
        command = option(command)
    return command
