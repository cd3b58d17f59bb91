"""The command `audit`: somebody's plan judged by the rules, beside the optimum."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from zoneinfo import ZoneInfo

import click
from rich.console import Console

from mesocycle import api
from mesocycle.commands.calls import check_target, limit_option, read_zone
from mesocycle.commands.import_plan import read_times
from mesocycle.files import scenario as scenario_files
from mesocycle.files.plan_file import read_result
from mesocycle.files.writing import write_whole
from mesocycle.importing.detect import read_plan
from mesocycle.importing.gather import lifts_of
from mesocycle.importing.start_times import StartTimes
from mesocycle.models.clock import monday_of
from mesocycle.models.errors import Problem, ScenarioFileError
from mesocycle.models.plan import Audit
from mesocycle.models.result import Result
from mesocycle.models.scenario import Scenario
from mesocycle.report.audit import show_audit
from mesocycle.report.live import LiveLine, stop_on_interrupt
from mesocycle.report.screen import Screen, as_text
from mesocycle.solver import solve as solver
from mesocycle.solver.check import problems
from mesocycle.solver.outside import OwnLift, judged_outside, outside_plan


@click.command()
@click.argument("scenario", type=click.Path(path_type=Path))
@click.argument("plan", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="What to print.",
)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Write to this file instead.")
@click.option("--all", "every", is_flag=True, help="Show every case, not the first of each rule.")
@click.option(
    "--start-times",
    callback=read_times,
    metavar="TIMES",
    help='When lifts start that have no time: "lift 18:30".',
)
@click.option("--timezone", callback=read_zone, metavar="ZONE", help="Where you live.")
@limit_option("--time-limit", "For the best block to set it against.")
def audit(
    scenario: Path,
    plan: Path,
    form: str,
    output: Path | None,
    every: bool,
    start_times: StartTimes | None,
    timezone: str | None,
    time_limit: float | None,
) -> None:
    """Judge PLAN by the rules of SCENARIO, beside the best block.

    PLAN is what `solve --format json` wrote, or anything that `import` reads, such as a calendar: of that the
    strength sessions count, with their day and time; what they hold is taken to be what the scenario says.

    Exit codes: 0 it was judged, 2 the input or the call is wrong.
    """
    check_target(output, "-o", scenario, plan)
    read, _ = scenario_files.load(scenario, problems)
    with stop_on_interrupt() as stop, LiveLine() as progress:
        best = solver.solve(read, time_limit=time_limit, progress=progress, stop=stop)
    judged, notes = _judged(read, plan, best, start_times or StartTimes(), timezone)

    def render(console: Console) -> None:
        show_audit(judged, best, console, plan.name, notes=notes, every=every)

    screen = Screen()
    data = _data(judged, best, notes) if form == "json" else None
    if output is not None:
        write_whole(output, data or as_text(render))
    elif data is not None or not screen.is_terminal:
        click.echo(data or as_text(render, screen.width), nl=False)
    else:
        render(screen)


def _judged(
    scenario: Scenario, file: Path, best: Result, times: StartTimes, timezone: str | None
) -> tuple[Audit, Sequence[str]]:
    if _is_result(file):
        plan = read_result(file).plan
        if plan is None:
            raise _refused(file, "it holds no plan: no block exists there")
        return api.audit(scenario, plan), ()
    if best.plan is None:
        raise _refused(file, f"what its lifts hold cannot be told without a block: {best.headline}")
    first, last = monday_of(scenario.start), scenario.last_day
    zone = ZoneInfo(timezone) if timezone else None
    feed = read_plan(file, first=first, last=last, zone=zone, date_order=None)
    lifts = [
        OwnLift(one.day, one.start or 0, one.reading.title)
        for one in lifts_of(feed, times)
        if first <= one.day <= last
    ]
    if not lifts:
        raise _refused(file, f"no strength session was found in it from {first} to {last}")
    found = outside_plan(scenario, lifts, best.plan)
    return judged_outside(scenario, found.plan), found.notes


def _is_result(file: Path) -> bool:
    """Whether a file is meant to be what `solve` wrote: an object of JSON, which no calendar is."""
    if file == Path("-"):
        return True
    try:
        with file.open("rb") as stream:
            return stream.read(1000).lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")
    except OSError:
        return False  # the reader of plans says what is wrong with it


def _refused(file: Path, message: str) -> ScenarioFileError:
    return ScenarioFileError((Problem((), message),), str(file))


def _data(judged: Audit, best: Result, notes: Sequence[str]) -> str:
    told = {
        "schema_version": 1,
        "points": judged.points,
        "best": {"status": best.status, "proven": best.proven, "objective": best.objective},
        "breaches": [breach.model_dump(mode="json") for breach in judged.breaches],
        "costs": [cost.model_dump(mode="json") for cost in judged.costs],
        "notes": list(notes),
    }
    return json.dumps(told, indent=2, ensure_ascii=False) + "\n"
