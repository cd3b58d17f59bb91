"""The command `audit`: somebody's plan judged by the rules, beside the optimum."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import click
from rich.console import Console

from mesocycle import api
from mesocycle.commands import WRONG_INPUT
from mesocycle.commands.calls import (
    EXIT,
    ask_about_start,
    block_now_option,
    check_now,
    check_target,
    is_block_file,
    limit_option,
    plan_options,
    text_or_json,
)
from mesocycle.files import scenario as scenario_files
from mesocycle.files.plan_file import read_result
from mesocycle.files.writing import write_whole
from mesocycle.importing.block import lifts_of
from mesocycle.importing.detect import plan_bytes
from mesocycle.importing.plan import ImportOptions, open_plan
from mesocycle.importing.times import StartTimes
from mesocycle.models.errors import ScenarioFileError
from mesocycle.models.explanation import SingleMove
from mesocycle.models.plan import Audit, Plan
from mesocycle.models.result import Result
from mesocycle.models.scenario import Scenario
from mesocycle.output.audit import show_audit
from mesocycle.output.live import LiveLine, stop_on_interrupt
from mesocycle.output.screen import Screen, as_text, show_problems
from mesocycle.solver import solve as solver
from mesocycle.solver.explain.moves import best_moves
from mesocycle.solver.plan.external import OwnLift, judged_outside, judged_standing, outside_plan
from mesocycle.solver.rules.check import problems, understand


@click.command()
@click.argument("scenario", type=click.Path(path_type=Path))
@click.argument("plan", type=click.Path(path_type=Path))
@text_or_json("What to print.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Write to this file instead.")
@click.option("--all", "every", is_flag=True, help="Show every case, not the first of each rule.")
@plan_options
@limit_option("--time-limit", "For the best block to set it against.")
@block_now_option
def audit(
    scenario: Path,
    plan: Path,
    form: str,
    output: Path | None,
    every: bool,
    time_limit: float | None,
    now: datetime | None,
    **wishes: Any,
) -> None:
    """Judge PLAN by the rules of SCENARIO, beside the best block, and name the moves that win most.

    PLAN is what `solve --format json` wrote ("-" reads it from standard input), or a file that `import`
    reads, such as a calendar: of that the strength sessions count, with their day and time; what they hold is
    taken to be what the scenario says. Of a block file the plan counts as it stands: each lift where it is
    now, without those that are skipped.

    Exit codes: 0 it was judged, 2 the input or the call is wrong, 3 a calendar cannot be judged as the
    scenario has no block, 4 as none was found in time.
    """
    check_target(output, "-o", scenario, plan)
    check_now(plan, now)
    context = click.get_current_context()
    read, _ = scenario_files.load(scenario, problems)
    ask_about_start(read)
    try:
        lived = _standing(plan, now)
        theirs = _theirs(plan, read, **wishes) if lived is None else lived.plan
    except ScenarioFileError as error:
        show_problems(error, "nothing was judged")
        context.exit(WRONG_INPUT)
    with stop_on_interrupt() as stop, LiveLine() as progress:
        best = solver.solve(read, time_limit=time_limit, progress=progress, stop=stop)
    notes: tuple[str, ...] = ()
    if isinstance(theirs, Plan):
        judged = api.audit(read, theirs)
        if lived is not None and lived.changed:
            judged, notes = judged_standing(understand(read), theirs)
    elif best.plan is None:
        click.echo(f"What the lifts hold cannot be told without a block: {best.headline}.", err=True)
        context.exit(EXIT[best.status])
    else:
        instance = understand(read)
        found = outside_plan(instance, theirs, best.plan)
        judged, notes, theirs = judged_outside(instance, found.plan), found.notes, found.plan
    moves = best_moves(understand(read), theirs)

    def render(console: Console) -> None:
        show_audit(judged, best, console, plan.name, moves=moves, notes=notes, every=every)

    screen = Screen()
    data = _data(judged, best, moves, notes) if form == "json" else None
    if output is not None:
        write_whole(output, data or as_text(render))
    elif data is not None or not screen.is_terminal:
        click.echo((data or as_text(render, screen.width)).encode(), nl=False)
    else:
        render(screen)


class _Standing(NamedTuple):
    """The plan of a block file as it stands, and whether that differs from what was published."""

    plan: Plan
    changed: bool


def _standing(file: Path, now: datetime | None) -> _Standing | None:
    """The plan of a block file; None for other files."""
    if not is_block_file(file):
        return None
    from mesocycle.diary.block import Block  # most plans are none

    block = Block(file, now=now)
    plan = block.standing().plan
    if plan is None:
        raise ScenarioFileError.of(str(file), "it holds no plan")
    return _Standing(plan, plan != block.plan().plan)


def _theirs(file: Path, scenario: Scenario, **wishes: Any) -> Plan | list[OwnLift]:
    """What is to be judged: a plan of ours, or the lifts of a calendar that lie in the block."""
    if _is_result(file):
        plan = read_result(file).plan
        if plan is None:
            raise ScenarioFileError.of(str(file), "it holds no plan: no block exists there")
        return plan
    options = ImportOptions(
        today=scenario.start,
        start_date=wishes["start_date"],
        race_date=wishes["race_date"],
        times=wishes["start_times"] or StartTimes(),
        zone=ZoneInfo(wishes["timezone"]) if wishes["timezone"] else None,
        date_order=wishes["date_order"],
    )
    first, last = scenario.start, scenario.last_day
    lifts = [
        OwnLift(lift.day, lift.start or 0, lift.reading.title)
        for lift in lifts_of(open_plan(file, options), options.times)
        if first <= lift.day <= last
    ]
    if not lifts:
        raise ScenarioFileError.of(str(file), f"no strength session was found in it from {first} to {last}")
    return lifts


def _is_result(file: Path) -> bool:
    """Whether a file is what `solve` wrote; a file that is neither is for the reader of plans to judge."""
    try:
        told = json.loads(plan_bytes(file)) if file != Path("-") else {"status": ""}
    except (ValueError, RecursionError):
        return False
    return isinstance(told, dict) and bool({"status", "sessions"} & set(told))


def _data(judged: Audit, best: Result, moves: Sequence[SingleMove], notes: Sequence[str]) -> str:
    told = {
        "schema_version": 1,
        "points": judged.points,
        "best": {"status": best.status, "proven": best.proven, "objective": best.objective},
        "breaches": [breach.model_dump(mode="json") for breach in judged.breaches],
        "costs": [cost.model_dump(mode="json") for cost in judged.costs],
        "moves": [move.model_dump(mode="json") for move in moves],
        "notes": list(notes),
    }
    return json.dumps(told, indent=2, ensure_ascii=False) + "\n"
