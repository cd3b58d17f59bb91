"""The command `diff`: what changed from one plan to another; a scenario is planned first."""

from __future__ import annotations

import codecs
import json
from dataclasses import dataclass
from pathlib import Path

import click
from rich.console import Console

from mesocycle.commands import WRONG_INPUT
from mesocycle.commands.calls import EXIT, ask_about_start, check_target, limit_option
from mesocycle.files.plan_file import MAX_BYTES, parse_result
from mesocycle.files.reading import read_bytes
from mesocycle.files.writing import write_whole
from mesocycle.models.difference import PlanDifference
from mesocycle.models.errors import ScenarioFileError
from mesocycle.models.plan import Status
from mesocycle.models.result import Result
from mesocycle.models.scenario import Scenario
from mesocycle.output.difference import difference_markdown, show_difference
from mesocycle.output.live import LiveLine, stop_on_interrupt
from mesocycle.output.screen import Screen, as_text, show_problems
from mesocycle.solver.plan.difference import difference_between

# Formats by the ending of the file that is written.
FORMS = {".txt": "text", ".json": "json", ".md": "md"}
STANDARD_INPUT = Path("-")


@click.command()
@click.argument("first", metavar="A", type=click.Path(path_type=Path))
@click.argument("second", metavar="B", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "form",
    type=click.Choice([*FORMS.values()]),
    help="What to print; by the ending of FILE if left out, else text.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write to this file instead.",
)
@click.option("--all", "every", is_flag=True, help="Tell each change by itself, and leave nothing out.")
@limit_option("--time-limit", "For planning each scenario.")
def diff(
    first: Path,
    second: Path,
    form: str | None,
    output: Path | None,
    every: bool,
    time_limit: float | None,
) -> None:
    """Tell what changed from plan A to plan B.

    Each is what `solve --format json` wrote, or a scenario, which is planned first: `diff plan.json
    scenario.yaml` tells what would change if you planned again. "-" reads one of them from standard input.

    What is the same in both is not told. Points are those of each plan by its own rules.

    Exit codes: 0 they were compared, 2 the input or the call is wrong, 3 a scenario has no block, 4 none was
    found in time.
    """
    if first == second == STANDARD_INPUT:
        raise click.UsageError("standard input can be one of the two plans, not both: name a file")
    check_target(output, "-o", first, second, what="the file")
    context = click.get_current_context()
    try:
        sources = [_read(file) for file in (first, second)]
    except ScenarioFileError as error:
        show_problems(error, "nothing was compared")
        context.exit(WRONG_INPUT)
    plans = []
    for source in sources:
        result = source.planned(time_limit)
        if result.plan is None:
            remedy = f"; `mesocycle solve {source.name}` tells more" * (result.status is Status.INFEASIBLE)
            click.echo(f"{source.name}: {result.headline}{remedy}.", err=True)
            context.exit(EXIT[result.status])
        plans.append(result)
    difference = difference_between(*plans)
    names = [source.name for source in sources]
    if form is None:
        form = FORMS.get(output.suffix.lower(), "text") if output is not None else "text"
    _write(difference, names, form, output, every)


@dataclass(frozen=True)
class _Source:
    """What was given: a result, or a scenario that is still to be planned."""

    name: str
    content: Result | Scenario

    def planned(self, time_limit: float | None) -> Result:
        """The result, planned first if need be."""
        if isinstance(self.content, Result):
            return self.content
        from mesocycle.solver import solve as solver

        with stop_on_interrupt() as stop, LiveLine() as progress:
            return solver.solve(self.content, time_limit=time_limit, progress=progress, stop=stop)


def _read(file: Path) -> _Source:
    raw, name = read_bytes(file, MAX_BYTES), str(file)
    called = "standard input" if file == STANDARD_INPUT else file.name
    if _is_plan(raw, file):
        result = parse_result(raw, name)
        if result.plan is None:
            raise ScenarioFileError.of(name, f"it holds no plan: {result.headline}")
        return _Source(called, result)
    from mesocycle.files import scenario as scenario_files
    from mesocycle.solver.rules.check import problems

    scenario, _ = scenario_files.load_bytes(raw, name, problems)
    ask_about_start(scenario)
    return _Source(called, scenario)


def _is_plan(raw: bytes, file: Path) -> bool:
    """Whether a file is to be read as what `solve` wrote; a scenario may be JSON too."""
    if not raw.removeprefix(codecs.BOM_UTF8).lstrip().startswith((b"{", b"[")):
        return False
    try:
        told = json.loads(raw)
    except (ValueError, RecursionError):
        return file.suffix.lower() not in (".yaml", ".yml")
    return not (isinstance(told, dict) and "status" not in told and isinstance(told.get("runs"), dict))


def _write(difference: PlanDifference, names: list[str], form: str, output: Path | None, every: bool) -> None:
    def render(console: Console) -> None:
        show_difference(difference, console, names[0], names[1], every=every)

    screen = Screen()
    text = None
    if form == "json":
        text = json.dumps(difference.to_dict(), indent=2, ensure_ascii=False) + "\n"
    elif form == "md":
        text = difference_markdown(difference, names[0], names[1], every=every)
    if output is not None:
        write_whole(output, text or as_text(render))
    elif text is not None or not screen.is_terminal:
        click.echo((text or as_text(render, screen.width)).encode(), nl=False)
    else:
        render(screen)
