"""Printing a block: formats, files, the options of calendars; and `export`, which does that alone."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
from rich.console import Console

from mesocycle.commands import WRONG_INPUT
from mesocycle.commands.calls import (
    EXIT,
    Command,
    block_now_option,
    check_now,
    check_target,
    is_block_file,
    read_zone,
)
from mesocycle.files.plan_file import read_result
from mesocycle.files.writing import write_whole
from mesocycle.models.clock import format_day, format_time
from mesocycle.models.errors import ScenarioFileError
from mesocycle.models.result import Result
from mesocycle.models.scenario import Scenario
from mesocycle.output import terminal
from mesocycle.output.diagnosis import ReportOptions
from mesocycle.output.formats import FORMATS, ExportOptions
from mesocycle.output.screen import as_text, show_problems

TEXT = "text"
PLAIN_ENDINGS = {"", ".txt"}
# The options that not every format uses, by their names in `ExportOptions`.
WISHES = {"timezone": "--timezone", "alarm_minutes": "--alarm", "runs": "--runs"}
WEEK_MINUTES = 7 * 24 * 60


@dataclass(frozen=True)
class Output:
    """How and where a result is to be written.

    Attributes
    ----------
    form : str
        A key of `FORMATS`, or `TEXT`.
    target : Path or None
        The file; None is standard output.
    wishes : dict of str to Any
        For `ExportOptions`, but for the stamp.
    """

    form: str
    target: Path | None
    wishes: dict[str, Any]

    def explained(self, result: Result, scenario: Scenario) -> Output:
        """The same with what other days would cost, where the format has a place for that.

        Raises
        ------
        ValueError
            If the plan is none of the scenario, breaks its rules, or has other points by them.
        """
        if result.plan is None or "explanation" not in FORMATS[self.form].options:
            return self
        from mesocycle.what_else import explain  # other formats explain nothing

        # Nothing else moves: that needs no solver, and hardly any time.
        prices = explain(scenario, result, exact=False)
        if prices.objective != result.objective:
            raise ValueError(f"it costs {prices.objective} points there, and not {result.objective}")
        return replace(self, wishes={**self.wishes, "explanation": prices})

    def write(self, result: Result, options: ReportOptions | None = None) -> None:
        """Write a result in one of `FORMATS`; where that has nothing to hold, say why on standard error."""
        writer = FORMATS[self.form]
        if writer.needs_plan and result.plan is None:
            _explain(result, options)
            click.echo(f"There are no lifts to write as {self.form}.", err=True)
            return
        text = writer.write(result, ExportOptions(stamp=datetime.now(UTC), **self.wishes))
        self.deliver(text, result.headline)

    def deliver(self, text: str, headline: str) -> None:
        """Write a text to where it belongs, with the line ends it has; tell of a file in a line."""
        if self.target is None:
            click.echo(text.encode(), nl=False)
        else:
            write_whole(self.target, text)
            click.echo(f"{headline} -> {self.target}", err=True)


def _explain(result: Result, options: ReportOptions | None) -> None:
    """Print on standard error what `solve` tells of a block that does not exist."""
    screen = Console(stderr=True, highlight=False)
    if screen.is_terminal:
        terminal.show(result, screen, options)
    else:
        click.echo(as_text(lambda console: terminal.show(result, console, options), screen.width), err=True)


def output_of(form: str | None, target: Path | None, usual: str, **wishes: Any) -> Output:
    """Choose the format, by the file's ending if none is named, and refuse what does not go with it."""
    if form is None:
        endings = {FORMATS[name].ending: name for name in reversed(list(FORMATS))}
        ending = "" if target is None else target.suffix.lower()
        if ending not in endings and ending not in PLAIN_ENDINGS:
            known = ", ".join(sorted(endings))
            raise click.UsageError(
                f"what is to be written to {target}? Name a --format, or a file in {known}"
            )
        form = endings.get(ending, usual)
    given = {name: value for name, value in wishes.items() if value is not None and value is not False}
    for name in given:
        _check_form(form, name, WISHES[name])
    return Output(form, target, given)


def _check_form(form: str, name: str, option: str) -> None:
    """Refuse an option that a format does not use; `name` is that of its `ExportOptions`."""
    heeding = [known for known, writer in FORMATS.items() if name in writer.options]
    if form not in heeding:
        raise click.UsageError(f"{option} goes with --format {' or '.join(heeding)}, not {form}")


def output_options(usual: str, *more: str) -> Callable[[Command], Command]:
    """The options that `output_of` takes, for a command whose usual format and further formats these are."""
    options = [
        click.option(
            "--format",
            "form",
            type=click.Choice([*more, *FORMATS]),
            help=f"What to write; by the ending of FILE if left out, else {usual}.",
        ),
        click.option(
            "-o",
            "--output",
            "target",
            type=click.Path(path_type=Path),
            metavar="FILE",
            help="Write to this file instead.",
        ),
        click.option(
            "--timezone",
            callback=read_zone,
            metavar="ZONE",
            help="For a calendar: where its times hold, such as Europe/Berlin; everywhere if left out.",
        ),
        click.option(
            "--alarm",
            "alarm_minutes",
            type=click.IntRange(0, WEEK_MINUTES),
            metavar="MINUTES",
            help="For a calendar: remind of each lift so long before it.",
        ),
        click.option("--runs", is_flag=True, help="For a calendar: put the fixed runs in too."),
    ]

    def decorate(command: Command) -> Command:
        for option in reversed(options):
            command = option(command)
        return command

    return decorate


@click.command()
@click.argument("plan", type=click.Path(path_type=Path))
@output_options("ics")
@click.option(
    "--scenario",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="For html and md: what PLAN was planned for; then cards tell what other days would cost.",
)
@block_now_option
def export(
    plan: Path,
    form: str | None,
    target: Path | None,
    scenario: Path | None,
    now: datetime | None,
    **wishes: Any,
) -> None:
    """Write a planned block for other programs.

    PLAN is what `mesocycle solve SCENARIO --format json` wrote ("-" reads it from standard input), or a block
    file: then each lift is where it stands now, a calendar also takes away what is gone, and html begins with
    today and what was done.

    ics is a calendar file, csv a table for spreadsheets, md text for a training log, intervals what
    intervals.icu takes at /api/v1/athlete/0/events/bulk?upsert=true. In a calendar that has the block
    already, the lifts of a later export move, as long as the scenario has the same name and start.

    Exit codes: 0 written, 2 the file or the call is wrong, 3 PLAN says that no plan exists, 4 that there was
    no answer in time; csv, ics and intervals are then not written.
    """
    output = output_of(form, target, "ics", **wishes)
    if scenario is not None:
        _check_form(output.form, "explanation", "--scenario")
        if scenario == plan:
            raise click.UsageError(f"PLAN and --scenario name the same file: {plan}")
    check_target(target, "-o", scenario)
    if target is not None and os.path.realpath(target) == os.path.realpath(plan):
        raise click.UsageError(f"-o would overwrite the plan {plan}: name another file")
    check_now(plan, now)
    context = click.get_current_context()
    if is_block_file(plan):
        if scenario is not None:
            raise click.UsageError("a block file has its own scenario: leave --scenario out")
        _export_block(plan, output, now)
        return
    try:
        result = read_result(plan)
        planned_for = None if scenario is None else _read_scenario(scenario)
    except ScenarioFileError as error:
        show_problems(error, "nothing was written")
        context.exit(WRONG_INPUT)
    if planned_for is not None:
        try:
            output = output.explained(result, planned_for)
        except ValueError as error:
            raise click.UsageError(f"{plan} is not planned for {scenario}: {error}") from None
    output.write(result)
    context.exit(EXIT[result.status])


def _export_block(path: Path, output: Output, now: datetime | None) -> None:
    """Write a living block as it stands."""
    from mesocycle.diary.block import Block  # most plans are none

    block = Block(path, now=now)
    if output.form == "ics":
        output.deliver(block.calendar(**output.wishes), block.plan().headline)
    elif output.form == "html":
        from mesocycle.output.html.living import living_page  # other formats draw nothing

        seen = block.seen()
        moment = f"{format_day(seen.today.date)} {format_time(seen.today.time)}"
        output.deliver(living_page(seen), f"revision {seen.revision} as it stands on {moment}")
    else:
        output.write(block.standing())


def _read_scenario(file: Path) -> Scenario:
    from mesocycle.files import scenario as scenario_files  # most exports need the plan alone
    from mesocycle.solver.rules.check import problems

    return scenario_files.load(file, problems)[0]
