"""What the commands have in common: exit codes, and checks of what they are called with."""

from __future__ import annotations

import difflib
import math
import os
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import available_timezones

import click

from mesocycle.files.safe_text import shown
from mesocycle.importing.times import parse_start_times
from mesocycle.models.clock import parse_day
from mesocycle.models.plan import Status
from mesocycle.models.scenario import Scenario

Callback = Callable[[click.Context, click.Parameter, str | None], Any]
Command = TypeVar("Command", bound=Callable[..., Any])


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


def read_moment(text: str) -> datetime:
    """Read a moment such as 2026-09-15T18:00; without a time it is noon.

    Raises
    ------
    ValueError
        If it is none.
    """
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        raise ValueError("a moment is written like 2026-09-15T18:00") from None
    return moment.replace(hour=12) if len(text.strip()) == len("2026-09-15") else moment


def _now_option(text: str) -> Callable[[Command], Command]:
    more = "such as 2026-09-15T18:00; by the clock if left out."
    return click.option(
        "--now", callback=reading(read_moment), metavar="MOMENT", help=f"{text} this moment, {more}"
    )


# The option `now` of commands that go by the clock, and of those that do where they are given a block file.
now_option = _now_option("Go by")
block_now_option = _now_option("For a block file: go by")


def check_now(plan: Path, now: datetime | None) -> None:
    """Refuse a moment for a file that is no block: nothing in it goes by the clock."""
    there = str(plan) == "-" or plan.exists()
    if now is not None and there and not is_block_file(plan):
        raise click.UsageError(f"--now goes with a block file, which {plan} is not: leave it out")


def text_or_json(text: str) -> Callable[[Command], Command]:
    """The option `form` of a command that prints text or JSON, explained so."""
    return click.option(
        "--format",
        "form",
        type=click.Choice(["text", "json"]),
        default="text",
        show_default=True,
        help=text,
    )


def plan_options(command: Command) -> Command:
    """The options that tell how a plan is to be read."""
    zone = click.option(
        "--timezone",
        callback=read_zone,
        metavar="ZONE",
        help="Where you live; the calendar's own if left out.",
    )
    return feed_options(zone(command))


def feed_options(command: Command) -> Command:
    """The same where it is known where the runner lives."""
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
            "--date-order", type=click.Choice(["dmy", "mdy"]), help="What 03/04/2026 means in a table."
        ),
    ]
    for option in reversed(options):
        command = option(command)
    return command


# A block so far from today is more likely a slip of the pen than meant.
FAR_YEARS = 5


def ask_about_start(scenario: Scenario) -> None:
    """Ask on standard error whether a start many years away is meant; the plan does not depend on it."""
    if abs(scenario.start.year - date.today().year) > FAR_YEARS:
        click.echo(f"start is {scenario.start}: is that year meant?", err=True)


EXIT = {Status.OPTIMAL: 0, Status.FEASIBLE: 0, Status.INFEASIBLE: 3, Status.UNKNOWN: 4}
MOST_LETTERS = 100
# How a database of SQLite begins.
DATABASE = b"SQLite format 3\0"


def check_target(path: Path | None, option: str, *taken: Path | None, what: str = "the scenario") -> None:
    """Refuse a file that cannot be written, or that is meant for something else."""
    if path is None:
        return
    if path.is_dir() or not path.parent.is_dir():
        raise click.UsageError(f"{path} cannot be written: give a file in a folder that exists")
    if any(other is not None and os.path.realpath(other) == os.path.realpath(path) for other in taken):
        raise click.UsageError(f"{option} would overwrite {what} {path}: name another file")


def is_block_file(path: Path) -> bool:
    """Whether a file is a database: of those a block file is meant."""
    try:
        with path.open("rb") as stream:
            return stream.read(len(DATABASE)) == DATABASE
    except (OSError, ValueError):  # whoever reads it says what is wrong
        return False


def finite(context: click.Context, parameter: click.Parameter, value: float | None) -> float | None:
    """Refuse a number of seconds that is none; for `callback` of an option."""
    if value is not None and not math.isfinite(value):
        raise click.BadParameter("expected a number of seconds")
    return value


def limit_option(name: str, text: str) -> Callable[[Command], Command]:
    """An option that takes a number of seconds above 0."""
    return click.option(
        name,
        type=click.FloatRange(min=0, min_open=True),
        callback=finite,
        metavar="SECONDS",
        help=text,
    )


def read_zone(context: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    """Find a time zone by its name, however it is capitalised; for `callback` of an option."""
    if value is None:
        return None
    known = {name.lower(): name for name in available_timezones()}
    wanted = value.strip().lower().replace(" ", "_")
    if wanted not in known:
        near = [known[name] for name in difflib.get_close_matches(wanted[:MOST_LETTERS], known, n=3)]
        remedy = f"did you mean {', '.join(near)}?" if near else "write it like Europe/Berlin"
        raise click.BadParameter(f"there is no time zone {shown(value)}; {remedy}")
    return known[wanted]
