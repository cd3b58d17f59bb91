"""What the commands have in common: exit codes, and checks of what they are called with."""

from __future__ import annotations

import math
import os
from pathlib import Path

import click

from mesocycle.models.plan import Status

EXIT = {Status.OPTIMAL: 0, Status.FEASIBLE: 0, Status.INFEASIBLE: 3, Status.UNKNOWN: 4}
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
