"""`compare --pareto`: every block that no other beats in both leg sets and interference."""

from __future__ import annotations

import json
from pathlib import Path

import click

from mesocycle.commands import INTERRUPTED
from mesocycle.commands.calls import EXIT
from mesocycle.files import scenario as scenario_files
from mesocycle.files.writing import Folder
from mesocycle.models.comparison import Frontier
from mesocycle.models.plan import Status
from mesocycle.output.frontier import as_csv, as_markdown, show_frontier
from mesocycle.output.live import LiveLine, stop_on_interrupt
from mesocycle.output.screen import Screen, as_text
from mesocycle.solver.frontier import frontier
from mesocycle.solver.model.search import Deadline
from mesocycle.solver.rules.check import problems

AXES = ("strength", "interference")


def check_axes(axes: str) -> None:
    """Refuse other axes than these two, in whatever order."""
    if sorted(part.strip() for part in axes.split(",")) != sorted(AXES):
        raise click.UsageError(f"--pareto knows {','.join(AXES)}: planned leg sets against points for runs")


def trade_off(file: Path, form: str, folder: Folder | None, seconds: float | None) -> int:
    """Find the frontier of a scenario, print it, and return the exit code."""
    scenario, _ = scenario_files.load(file, problems)
    with stop_on_interrupt() as stop, LiveLine("looking for what no block beats ...; Ctrl-C ends it"):
        found = frontier(scenario, Deadline(seconds, stop))
    text = _as(form, found)
    if form == "text" and Screen().is_terminal:
        show_frontier(found, Screen())
    else:
        click.echo(text, nl=False)
    if folder is not None:
        for point in found.points:
            name = f"{point.leg_sets:04d}-sets-{point.interference:05d}-points"
            folder.write_json(name, point.model_dump(mode="json"))
        folder.write(f"frontier.{'txt' if form == 'text' else form}", text)
        click.echo(f"{len(found.points)} plans and the table -> {folder.path}", err=True)
    if found.status is Status.FEASIBLE and form != "text":
        click.echo("It ended early: each block is proven, but others are missing.", err=True)
    if stop.is_set() and not found.points:
        return INTERRUPTED
    return EXIT[found.status]


def _as(form: str, found: Frontier) -> str:
    match form:
        case "csv":
            return as_csv(found)
        case "md":
            return as_markdown(found)
        case "json":
            return json.dumps(found.to_dict(), indent=2, ensure_ascii=False) + "\n"
        case "jsonl":
            points = (json.dumps(point.model_dump(mode="json"), ensure_ascii=False) for point in found.points)
            proven = {"summary": {"name": found.name, "complete": found.status is Status.OPTIMAL}}
            return "\n".join([*points, json.dumps(proven, ensure_ascii=False)]) + "\n"
    return as_text(lambda console: show_frontier(found, console), Screen().width)
