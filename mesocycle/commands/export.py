"""The command `export`: a planned block in the formats of other programs."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import click

from mesocycle.commands import WRONG_INPUT
from mesocycle.commands.calls import EXIT, check_target
from mesocycle.commands.printing import output_of, output_options
from mesocycle.files.plan_file import read_result
from mesocycle.models.errors import ScenarioFileError
from mesocycle.output.screen import show_problems


@click.command()
@click.argument("plan", type=click.Path(path_type=Path))
@output_options("ics")
def export(plan: Path, form: str | None, target: Path | None, **wishes: Any) -> None:
    """Write a planned block for other programs.

    PLAN is what `mesocycle solve SCENARIO --format json` wrote; "-" reads it from standard input.

    ics is a calendar file, csv a table for spreadsheets, md text for a training log, intervals what
    intervals.icu takes at /api/v1/athlete/0/events/bulk?upsert=true. In a calendar that has the block
    already, the lifts of a later export move, as long as the scenario has the same name and start.

    Exit codes: 0 written, 2 the file or the call is wrong, 3 PLAN says that no plan exists, 4 that there was
    no answer in time; csv, ics and intervals are then not written.
    """
    output = output_of(form, target, "ics", **wishes)
    check_target(target, "-o")
    if target is not None and os.path.realpath(target) == os.path.realpath(plan):
        raise click.UsageError(f"-o would overwrite the plan {plan}: name another file")
    context = click.get_current_context()
    try:
        result = read_result(plan)
    except ScenarioFileError as error:
        show_problems(error, "nothing was written")
        context.exit(WRONG_INPUT)
    output.write(result)
    context.exit(EXIT[result.status])
