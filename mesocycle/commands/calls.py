"""What the commands have in common: exit codes, and checks of what they are called with."""

from __future__ import annotations

import difflib
import math
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import available_timezones

import click

from mesocycle.files.shown import shown
from mesocycle.models.plan import Status

EXIT = {Status.OPTIMAL: 0, Status.FEASIBLE: 0, Status.INFEASIBLE: 3, Status.UNKNOWN: 4}
Command = TypeVar("Command", bound=Callable[..., Any])
MOST_LETTERS = 100
OUR_MISTAKE, WRONG_INPUT, INTERRUPTED = 1, 2, 130


def check_target(path: Path | None, option: str, *taken: Path | None) -> None:
    """Refuse a file that cannot be written, or that is meant for something else."""
    if path is None:
        return
    if path.is_dir() or not path.parent.is_dir():
        raise click.UsageError(f"{path} cannot be written: give a file in a folder that exists")
    if any(other is not None and os.path.realpath(other) == os.path.realpath(path) for other in taken):
        raise click.UsageError(f"{option} would overwrite the scenario {path}: name another file")


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
        near = [known[one] for one in difflib.get_close_matches(wanted[:MOST_LETTERS], known, n=3)]
        remedy = f"did you mean {', '.join(near)}?" if near else "write it like Europe/Berlin"
        raise click.BadParameter(f"there is no time zone {shown(value)}; {remedy}")
    return known[wanted]
