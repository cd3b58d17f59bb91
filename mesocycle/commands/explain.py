"""The command `explain`: why each session is where it is, and what every other choice would cost."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
from rich.console import Console

from mesocycle.commands import WRONG_INPUT
from mesocycle.commands.calls import EXIT, ask_about_start, check_target, limit_option, text_or_json
from mesocycle.files import scenario as scenario_files
from mesocycle.files.plan_file import read_result
from mesocycle.files.writing import write_whole
from mesocycle.models.errors import ScenarioFileError
from mesocycle.models.explanation import Explanation, SessionExplained, WeekExplained
from mesocycle.models.plan import Status
from mesocycle.models.result import Result
from mesocycle.models.scenario import Scenario
from mesocycle.output.explanation import Told, show_explanation, show_foot
from mesocycle.output.live import LiveLine, batch_bar, stop_on_interrupt
from mesocycle.output.screen import Screen, as_text, show_problems
from mesocycle.solver.explain.explain import explain as explained
from mesocycle.solver.model.search import Deadline
from mesocycle.solver.rules.check import problems
from mesocycle.solver.solve import Solved, solved

EXPLAINING = "trying every other day ...; Ctrl-C ends it"


@click.command()
@click.argument("scenario", type=click.Path(path_type=Path))
@click.argument("time", required=False)
@click.option(
    "--session",
    metavar="ID|DATE",
    help="Only this session, and why it has its sets: its id (w03-A), its name, or the date that it is on.",
)
@click.option(
    "--not",
    "why_not",
    metavar="DAY",
    help="Only this other day: wed, 2026-09-16, or with an hour: --not wed 18:00.",
)
@click.option("--week", type=int, metavar="N", help="Only this week, and why it has so many sets.")
@click.option(
    "--plan",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Explain this plan, which `solve --format json` wrote, instead of planning again.",
)
@click.option("--quick", is_flag=True, help="Only what each choice costs if nothing else changes.")
@text_or_json("What to print.")
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="Write to this file.")
@limit_option("--time-limit", "For planning, and again for explaining.")
def explain(
    scenario: Path,
    time: str | None,
    session: str | None,
    why_not: str | None,
    week: int | None,
    plan: Path | None,
    quick: bool,
    form: str,
    output: Path | None,
    time_limit: float | None,
) -> None:
    """Tell why each session of SCENARIO is where it is, and what every other day would cost.

    TIME is the hour that is asked about, after --not. Every choice has three prices: if only this session
    changes, if its week may change, and if everything may. The last two are exact.

    Exit codes: 0 it was explained, 2 the input or the call is wrong, 3 no plan exists, 4 none was found in
    time.
    """
    if time is not None and why_not is None:
        raise click.UsageError(f"{time}: an hour goes with --not DAY")
    check_target(output, "-o", scenario, plan)
    read, _ = scenario_files.load(scenario, problems)
    ask_about_start(read)
    live = output is None and form == "text"
    asked = _Asked(session, why_not if time is None else f"{why_not} {time}", week, quick, time_limit, live)
    with stop_on_interrupt() as stop:
        given = _plan_of(plan) if plan is not None else asked.planned(read, stop)
        result = given.result if isinstance(given, Solved) else given
        if result.plan is None:
            more = f"; `mesocycle solve {scenario}` tells more" * (result.status is Status.INFEASIBLE)
            click.echo(f"There is no plan to explain: {result.headline}{more}.", err=True)
            click.get_current_context().exit(EXIT[result.status])
        explanation = asked.explained(read, given, len(result.plan.sessions), stop)
    if live and explanation.sessions:
        _print(lambda console: show_foot(explanation, console))
    else:
        _write(explanation, form, output)


def _plan_of(file: Path) -> Result:
    """The plan of a file."""
    try:
        return read_result(file)
    except ScenarioFileError as error:
        show_problems(error, "nothing was explained")
        click.get_current_context().exit(WRONG_INPUT)


@dataclass(frozen=True)
class _Asked:
    """What is asked; `live` prints each session as soon as it is explained."""

    session: str | None
    why_not: str | None
    week: int | None
    quick: bool
    time_limit: float | None
    live: bool

    def planned(self, scenario: Scenario, stop: threading.Event) -> Solved:
        """The best plan, with what it is proven by."""
        with LiveLine() as progress:
            return solved(scenario, time_limit=self.time_limit, progress=progress, stop=stop)

    def explained(
        self, scenario: Scenario, given: Solved | Result, count: int, stop: threading.Event
    ) -> Explanation:
        """The answers, with a bar on standard error while they come in."""
        result = given.result if isinstance(given, Solved) else given
        told = Told(compact=self.session is None and self.week is None and self.why_not is None)
        several = self.session is None
        shown: AbstractContextManager[Any] = batch_bar(count) if several else LiveLine(EXPLAINING)
        with shown as bar:

            def report(one: SessionExplained, week: WeekExplained | None, done: int, of: int) -> None:
                def piece(console: Console) -> None:
                    if done == 1:
                        told.begin(console, result.name, result.objective or 0, result.proven)
                    told.add(console, one, week)

                if self.live:
                    _print(piece)
                if several:
                    bar(round(count * done / of))

            try:
                return explained(
                    scenario,
                    given,
                    Deadline(self.time_limit, stop),
                    session=self.session,
                    why_not=self.why_not,
                    week=self.week,
                    exact=not self.quick,
                    report=report,
                )
            except ValueError as error:
                raise click.UsageError(str(error)) from None


def _write(told: Explanation, form: str, output: Path | None) -> None:
    def render(console: Console) -> None:
        show_explanation(told, console)

    text = json.dumps(told.to_dict(), indent=2, ensure_ascii=False) + "\n" if form == "json" else None
    if output is not None:
        write_whole(output, text or as_text(render))
    elif text is not None:
        click.echo(text.encode(), nl=False)
    else:
        _print(render)


def _print(render: Callable[[Console], None]) -> None:
    """Print to the terminal, or as plain text to whatever stands in its place."""
    screen = Screen()
    if screen.is_terminal:
        render(screen)
    else:
        click.echo(as_text(render, screen.width).encode(), nl=False)
