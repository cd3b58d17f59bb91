"""The command `import`: somebody's run plan as a scenario."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from textwrap import fill
from typing import Any
from zoneinfo import ZoneInfo

import click
from rich.console import Console

from mesocycle.commands.calls import check_target, day_option, plan_options, reading
from mesocycle.files import scenario as scenario_files
from mesocycle.files import yaml_source
from mesocycle.files.writing import write_whole
from mesocycle.importing.block import Gathered
from mesocycle.importing.draft import DraftOptions
from mesocycle.importing.feed import Kind
from mesocycle.importing.plan import Imported, ImportOptions, gathered, open_plan, written
from mesocycle.importing.times import FORM, StartTimes, parse_free_times, parse_start_times
from mesocycle.models.errors import ScenarioFileError
from mesocycle.models.scenario import PRESETS, PROGRAM
from mesocycle.models.training import parse_length
from mesocycle.output.live import LiveLine
from mesocycle.output.screen import show_problems
from mesocycle.solver.rules.check import problems

# What is unsure or was left out stands in the file in full.
MOST_TOLD = 12


@click.command("import")
@click.argument("plan", type=click.Path(path_type=Path))
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="Write the scenario to this file."
)
@click.option("--force", is_flag=True, help="Let -o overwrite an existing file.")
@plan_options
@day_option("--from", "Leave out what lies before this day; today if left out.")
@click.option(
    "--race-distance",
    callback=reading(parse_length),
    metavar="LENGTH",
    help="Of the race that the plan leads to, where it does not say: half_marathon, 10k, 15 km.",
)
@click.option("--weeks", type=click.IntRange(1, 52), metavar="N", help="Import at most so many weeks.")
@click.option("--units", type=click.Choice(["km", "mi"]), help="Of numbers that have none.")
@click.option("--name", default="", help="The name of the block; the plan's own if left out.")
@click.option(
    "--policy",
    type=click.Choice(list(PRESETS)),
    default="stack_hard",
    show_default=True,
    help="Where to lift.",
)
@click.option("--program", default=PROGRAM, show_default=True, metavar="ID", help="What to lift.")
@click.option("--own-lifts", is_flag=True, help="Place the plan's own strength sessions, not a program.")
@click.option(
    "--free",
    callback=reading(parse_free_times),
    metavar="TIMES",
    help='When you can lift: "weekdays 06:00-08:00 17:00-21:00, weekend 09:00-18:00".',
)
@click.option(
    "--busy",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="A calendar (ICS) whose events are no time for lifts. Repeatable.",
)
def import_plan(plan: Path, output: Path | None, force: bool, **wishes: Any) -> None:
    """Turn PLAN, a run plan of whatever make, into a scenario.

    PLAN is a calendar file (.ics), a table (.csv), weeks of workouts (calendar-hack YAML or JSON) or events
    of intervals.icu (JSON); "-" reads standard input. Titles are read for what they mean; what was not sure
    is listed, by date, here and at the top of the scenario.

    Exit codes: 0 the scenario was written, 2 the plan or the call is wrong.
    """
    check_target(output, "-o", plan, *wishes["busy"])
    if output is not None and output.exists() and not force:
        raise click.UsageError(f"{output} exists: name another file, or --force to overwrite it")
    try:
        options = _options(**wishes)
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    try:
        with LiveLine("reading the plan ..."):
            feed = open_plan(plan, options)
        block = gathered(feed, plan, options)
        if wishes["start_times"] is None and _timeless(block) and _somebody_there():
            options = replace(options, times=_ask())
            block = gathered(feed, plan, options)
        imported = written(block, plan.name, options)
    except ScenarioFileError as error:
        show_problems(error, "nothing was imported")
        click.get_current_context().exit(2)
    if output is None:
        click.echo(imported.text.encode(), nl=False)  # UTF-8, whatever the terminal is set to
    else:
        write_whole(output, imported.text)
    _tell(imported, _timeless(block), output)
    _check(imported.text, output)


def _options(**wishes: Any) -> ImportOptions:
    return ImportOptions(
        today=wishes["from"] or date.today(),
        start_date=wishes["start_date"],
        race_date=wishes["race_date"],
        race_metres=wishes["race_distance"],
        weeks=wishes["weeks"],
        times=wishes["start_times"] or StartTimes(),
        zone=ZoneInfo(wishes["timezone"]) if wishes["timezone"] else None,
        date_order=wishes["date_order"],
        units=wishes["units"],
        draft=DraftOptions(
            name=wishes["name"],
            policy=wishes["policy"],
            program=wishes["program"],
            own_lifts=wishes["own_lifts"],
            availability=wishes["free"] or {},
        ),
        busy=wishes["busy"],
    )


def _timeless(block: Gathered) -> int:
    """How many runs have no time of day; a race has one of its own."""
    runs = (run for day in block.runs.values() for run in day)
    return sum(run.start is None and run.kind is not Kind.RACE for run in runs)


def _somebody_there() -> bool:
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stderr))


def _ask() -> StartTimes:
    def read(text: str) -> StartTimes:
        try:
            return parse_start_times(text)
        except ValueError as error:
            raise click.UsageError(str(error)) from None

    click.echo(f"The plan has runs without a time of day. When do you run? ({FORM[9:]})", err=True)
    try:
        return click.prompt("Start times", default="07:00", value_proc=read, err=True)
    except click.Abort:
        raise KeyboardInterrupt from None


def _tell(imported: Imported, timeless: int, output: Path | None) -> None:
    def say(text: str = "") -> None:
        click.echo(text, err=True)

    say(f"{imported.summary}.")
    if timeless:
        has = "run has" if timeless == 1 else "runs have"
        say(f"{timeless} {has} no time of day, so 07:00 is assumed: --start-times says when you run.")
    _list("Not sure of", imported.unsure, say)
    _list("Left out or assumed", imported.notes, say)
    if output is not None:
        say(f"Wrote {output}. Read it through, then: mesocycle solve {output}")


def _list(head: str, lines: Sequence[str], say: Callable[[str], None]) -> None:
    if lines:
        say(f"{head}:")
    for line in lines[:MOST_TOLD]:
        say(fill(line, Console(stderr=True).width, initial_indent="  ", subsequent_indent="    "))
    if len(lines) > MOST_TOLD:
        say(f"  and {len(lines) - MOST_TOLD} more, in the scenario's first lines")


def _check(text: str, output: Path | None) -> None:
    """Say what `solve` would refuse: the plan is what it is, so it is written all the same."""
    try:
        scenario_files.validate(yaml_source.parse(text.encode(), str(output or "scenario")), problems)
    except ScenarioFileError as error:
        show_problems(error, "the scenario was written, but these have to be mended before it can be planned")
