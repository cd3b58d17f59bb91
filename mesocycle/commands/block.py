"""Commands of a living block as a whole: begin one, look at it, take back, keep a copy."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import click
from rich.console import Console

from mesocycle.commands import WRONG_INPUT
from mesocycle.commands.block_calls import (
    ENDING,
    block_file,
    file_option,
    form_option,
    on_block,
    print_answer,
)
from mesocycle.commands.calls import EXIT, check_target, limit_option, now_option, read_zone
from mesocycle.diary import beginning
from mesocycle.diary.block import Block
from mesocycle.files import scenario as scenario_files
from mesocycle.files.reading import read_bytes
from mesocycle.files.writing import write_whole
from mesocycle.files.yaml_source import MAX_BYTES
from mesocycle.living import local_zone
from mesocycle.living import restore as restored
from mesocycle.models.errors import BlockError, ScenarioFileError
from mesocycle.models.living import History, Noted, Today, WeekNow
from mesocycle.models.plan import Status
from mesocycle.output.live import LiveLine, stop_on_interrupt
from mesocycle.output.living import show_history, show_noted, show_today, show_week
from mesocycle.output.screen import show_problems
from mesocycle.solver import solve as solver
from mesocycle.solver.rules.check import problems


@click.command()
@click.argument("scenario", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help=f"The block file; SCENARIO with the ending {ENDING} if left out.",
)
@click.option(
    "--timezone",
    callback=read_zone,
    metavar="ZONE",
    help="Where you live, such as Europe/Berlin; this machine's if left out. It stays.",
)
@click.option(
    "--after",
    type=click.Path(path_type=Path),
    metavar="BLOCK",
    help="The block file that this one goes on from: its maxes, exercises, mileage and last lift go into the "
    "new block's scenario.",
)
@limit_option("--time-limit", "For planning.")
@now_option
@form_option
def start(
    scenario: Path,
    output: Path | None,
    timezone: str | None,
    after: Path | None,
    time_limit: float | None,
    now: datetime | None,
    form: str,
) -> None:
    """Plan SCENARIO and begin to live by it: a block file that keeps what you do and what changes.

    From then on the block rules: `mesocycle today` tells what to do, `done`, `skip`, `move`, `run` and `sick`
    record what happened. SCENARIO itself is not needed any more; `mesocycle scenario` prints it.

    Exit codes: 0 begun, 2 the input or the call is wrong, 3 no plan exists, 4 none was found in time.
    """
    if output is None:
        output = Path(f"{'block' if str(scenario) == '-' else scenario.stem}{ENDING}")
    check_target(output, "-o", scenario)
    if output.exists():
        raise BlockError("there is such a file already", "name another one with -o", file=str(output))
    raw = read_bytes(scenario, MAX_BYTES)
    read, document = scenario_files.load_bytes(raw, str(scenario), problems)
    zone = timezone or local_zone()
    if after is not None:
        from mesocycle.diary.carried import carried_into  # most blocks go on from none

        document, taken = carried_into(document, after, now)
        read = scenario_files.validate(document, problems)
        for change in taken:
            click.echo(f"from {after}: {change.text}", err=True)
    with stop_on_interrupt() as stop, LiveLine() as progress:
        result = solver.solve(read, time_limit=time_limit, progress=progress, stop=stop)
    if result.plan is None:
        more = f"; `mesocycle solve {scenario}` tells more" * (result.status is Status.INFEASIBLE)
        click.echo(f"There is no plan to begin with: {result.headline}{more}.", err=True)
        click.get_current_context().exit(EXIT[result.status])
    beginning.begin(output, document.raw.decode("utf-8-sig"), result, zone, now)
    click.echo(f"{result.headline} -> {output} ({zone})", err=True)
    print_answer(Block(output, now=now).today(), form, show_today)


@click.command()
@on_block(show_today)
def today(block: Block) -> Today:
    """Print what is on today, the next lift as a card, and what is not logged yet."""
    return block.today()


@click.command()
@click.argument("number", type=click.IntRange(min=1), required=False)
@on_block(show_week)
def week(block: Block, number: int | None) -> WeekNow:
    """Print this week, or week NUMBER, at a glance: what was done, what is to come."""
    return block.week(number)


@click.command()
@on_block(show_history)
def history(block: Block) -> History:
    """Print everything that was recorded, the oldest first, each with its number."""
    return block.history()


@click.command()
@click.argument("event", type=click.IntRange(min=1), required=False)
@on_block(show_noted)
def undo(block: Block, event: int | None) -> Noted:
    """Take back EVENT, a number of `history`; the last one if left out. Nothing is ever deleted."""
    return block.undo(event)


@click.command()
@click.argument("event", type=click.IntRange(min=1), required=False)
@on_block(show_noted)
def redo(block: Block, event: int | None) -> Noted:
    """Let EVENT hold again that was taken back; the last one if left out."""
    return block.redo(event)


@click.command()
@click.argument("session", required=False)
@click.option("--not", "why_not", metavar="DAY", help='Another day or hour: wed, 2026-09-16 or "wed 18:00".')
@click.option("--quick", is_flag=True, help="Only what each choice costs where nothing else moves.")
@click.option("--load", metavar="LIFT", help="Tell instead what the load of LIFT rests on.")
@click.option("--on", metavar="DATE", help="With --load: the day; today if left out.")
@file_option
@now_option
@form_option
def why(
    session: str | None,
    why_not: str | None,
    quick: bool,
    load: str | None,
    on: str | None,
    file: Path | None,
    now: datetime | None,
    form: str,
) -> None:
    """Tell why SESSION is where the plan has it, and what every other day would cost.

    SESSION is an id, a name or a day; today's or the next one if left out. It is `mesocycle explain` for a
    block. With --load: records, sessions and their sets, the max that follows, and what the plan goes by.
    """
    from mesocycle.output.explanation import show_explanation
    from mesocycle.output.load_reason import show_load_reason

    block = Block(block_file(file), now=now)
    if load is not None:
        if session is not None or why_not is not None or quick:
            raise click.UsageError("--load asks about a lift: leave SESSION, --not and --quick out")
        print_answer(block.why_load(load, on=on), form, show_load_reason)
        return
    if on is not None:
        raise click.UsageError("--on belongs to --load")
    try:
        told = block.why(session, why_not=why_not, exact=not quick)
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    if form == "json":
        click.echo((json.dumps(told.to_dict(), indent=2, ensure_ascii=False) + "\n").encode(), nl=False)
    else:
        _print(lambda console: show_explanation(told, console))


def _print(render: Callable[[Console], None]) -> None:
    from mesocycle.output.screen import Screen, as_text

    screen = Screen()
    if screen.is_terminal:
        render(screen)
    else:
        click.echo(as_text(render, screen.width).encode(), nl=False)


@click.command()
@click.option("--edit", is_flag=True, help="Change it in your editor.")
@click.option(
    "--set", "source", type=click.Path(path_type=Path), metavar="FILE", help="Replace it by this file."
)
@file_option
@now_option
def scenario(edit: bool, source: Path | None, file: Path | None, now: datetime | None) -> None:
    """Print the scenario of a block, or change it; its start and its number of weeks stay."""
    block = Block(block_file(file), now=now)
    if edit and source is not None:
        raise click.UsageError("--edit and --set exclude each other")
    text = block.scenario_text()
    if not edit and source is None:
        click.echo(text.encode(), nl=False)
        return
    if source is not None:
        changed: str | bytes | None = read_bytes(source, MAX_BYTES)
    else:
        changed = click.edit(text, extension=".yaml")
    if changed is None or changed in (text, text.encode()):
        click.echo("Nothing was changed.", err=True)
        return
    try:
        noted = block.set_scenario(changed, str(source or "scenario"))
    except ScenarioFileError as error:
        show_problems(error, "nothing was changed")
        click.get_current_context().exit(WRONG_INPUT)
    print_answer(noted, "text", show_noted)


@click.command()
@file_option
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="Write to this file instead."
)
def backup(file: Path | None, output: Path | None) -> None:
    """Write everything in a block file as lines of JSON, to be kept elsewhere."""
    path = block_file(file)
    check_target(output, "-o", path, what="the block file")
    if output is None:
        for line in beginning.backup(path):
            click.echo(line.encode(), nl=False)
        return
    write_whole(output, beginning.backup(path))
    click.echo(f"{path} -> {output}", err=True)


@click.command()
@click.argument("source", metavar="BACKUP", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help=f"The block file; BACKUP with the ending {ENDING} if left out.",
)
def restore(source: Path, output: Path | None) -> None:
    """Make a block file anew from BACKUP, which `mesocycle backup` wrote."""
    target = output or Path(f"{'block' if str(source) == '-' else source.stem}{ENDING}")
    check_target(target, "-o", source, what="the backup")
    restored(source, target)
    click.echo(f"{source} -> {target}", err=True)
