"""The command `solve`: plan; where no block exists say why; with a repair, plan the changed scenario."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click
from rich.console import Console

from mesocycle import api
from mesocycle.commands import WRONG_INPUT
from mesocycle.commands.calls import EXIT, ask_about_start, check_target, finite, limit_option
from mesocycle.commands.printing import TEXT, WISHES, output_of, output_options
from mesocycle.files import scenario as scenario_files
from mesocycle.files.writing import write_whole
from mesocycle.files.yaml_source import Document, parse
from mesocycle.models.diagnosis import Change, Repair
from mesocycle.models.errors import InternalError, ScenarioFileError
from mesocycle.models.paths import parse_path
from mesocycle.models.plan import Status
from mesocycle.models.result import Result
from mesocycle.models.scenario import Scenario
from mesocycle.models.sessions import Pin
from mesocycle.output import terminal
from mesocycle.output.diagnosis import ReportOptions, planned_with, show_applied
from mesocycle.output.live import LiveLine, stop_on_interrupt
from mesocycle.output.screen import Screen, as_text, show_problems
from mesocycle.solver import solve as solver
from mesocycle.solver.rules.check import problems


@dataclass(frozen=True)
class _Call:
    """What `solve` was asked, beside how to print it."""

    scenario: Path
    time_limit: float | None
    deadline: float
    repair: str | None
    relax: bool
    write: bool
    write_as: Path | None
    force: bool
    certificate: Path | None
    pins: tuple[Pin, ...]

    @property
    def target(self) -> Path | None:
        """Where the changed scenario is to be saved."""
        return self.scenario if self.write else self.write_as

    def check(self) -> None:
        """Refuse what does not go together, before anything is planned."""
        changes = self.repair is not None or self.relax
        in_the_way = self.write_as is not None and self.write_as.exists() and not self.force
        wrong = {
            "--repair and --relax exclude each other": self.repair is not None and self.relax,
            "--write and --write-as exclude each other": self.write and self.write_as is not None,
            "--write and --write-as need --repair or --relax": self.target is not None and not changes,
            "--pin is for one try: it is not written with --write": self.write and bool(self.pins),
            "--force goes with --write-as": self.force and self.write_as is None,
            "--repair and --relax need a diagnosis: --deadline above 0": changes and self.deadline == 0,
            "standard input cannot be written to: use --write-as FILE": self.target == Path("-"),
            f"{self.write_as} exists: name another file, or --force to overwrite it": in_the_way,
        }
        for message, applies in wrong.items():
            if applies:
                raise click.UsageError(message)
        check_target(self.write_as, "--write-as")
        check_target(self.certificate, "--certificate", self.scenario, self.target)


@dataclass(frozen=True)
class _Job:
    """One call of `solve` at work; `document` is the `file` that was read with the pins of the call."""

    call: _Call
    file: Document
    document: Document
    scenario: Scenario
    read_seconds: float
    stop: threading.Event
    certificates: list[dict[str, Any]] = field(default_factory=list)
    planned: list[Scenario] = field(default_factory=list)  # with a repair it is the changed one that counts

    def run(self) -> tuple[Result, Repair | None]:
        """Plan; where no block exists, say why; and where a repair is wanted, plan with that and save it."""
        result = self._plan(self.scenario)
        if result.status is Status.INFEASIBLE:
            result = self._explain(result)
        repair = self._chosen(result)
        if repair is None or self.stop.is_set():
            return result, None
        planned = self._plan(self._changed(repair.changes)).model_copy(update={"applied": repair.changes})
        if planned.plan is not None and self.call.target is not None:
            self._save(repair.changes, self.call.target)
        return planned, repair

    def _plan(self, scenario: Scenario) -> Result:
        self.certificates.clear()  # of the last block that was planned
        self.planned.append(scenario)
        with LiveLine() as progress:
            return solver.solve(
                scenario,
                time_limit=self.call.time_limit,
                progress=progress,
                read_seconds=self.read_seconds,
                stop=self.stop,
                certified=None if self.call.certificate is None else self.certificates.append,
            )

    def certify(self, target: Path) -> None:
        """Write the certificate of the bound, where there is one."""
        if not self.certificates:
            click.echo(
                f"No bound was proven that adds up to a certificate: {target} is not written.", err=True
            )
            return
        write_whole(target, json.dumps(self.certificates[-1], separators=(",", ":")) + "\n")
        click.echo(f"Certificate: {target}", err=True)

    def _explain(self, result: Result) -> Result:
        with LiveLine("looking for what collides ...; Ctrl-C ends it"):
            result = api.explained(result, self.scenario, self.call.deadline, self.stop)
        if result.diagnosis is None:
            return result
        conflicts = tuple(
            conflict.model_copy(
                update={
                    "rules": tuple(
                        rule.model_copy(update={"place": self._place(rule.source)}) for rule in conflict.rules
                    )
                }
            )
            for conflict in result.diagnosis.conflicts
        )
        diagnosis = result.diagnosis.model_copy(update={"conflicts": conflicts})
        return result.model_copy(update={"diagnosis": diagnosis})

    def _place(self, source: str) -> str:
        """Where a key stands, in the file or in the call."""
        if source == "strength.pins" and self.call.pins:
            return "--pin"
        return self.file.place(parse_path(source))

    def _chosen(self, result: Result) -> Repair | None:
        """The repair that was asked for; `--relax` takes the first that was planned and checked."""
        name = self.call.repair
        if result.plan is not None:
            if name is not None:
                raise click.UsageError(f"{self.call.scenario} has a block: there is nothing to repair")
            if self.call.target is not None:
                click.echo("A block exists without any change: nothing was saved.", err=True)
        if result.diagnosis is None or not (name or self.call.relax):
            return None
        repairs = result.diagnosis.repairs
        if name is None:
            return next((repair for repair in repairs if repair.verified), None)
        if not result.diagnosis.complete:
            click.echo("The diagnosis ended early: repairs may have other names than before.", err=True)
        chosen = next((repair for repair in repairs if repair.name == name.strip().upper()), None)
        if chosen is None and not self.stop.is_set():
            names = ", ".join(repair.name for repair in repairs)
            raise click.UsageError(
                f"there is no repair {name}: choose one of {names}" if names else "no repair was found"
            )
        return chosen

    def _changed(self, changes: Sequence[Change]) -> Scenario:
        """The scenario as it reads with the changes in its file."""
        from mesocycle.files import patch  # few calls change a file

        text = patch.patched(self.document, changes)
        try:
            return scenario_files.validate(parse(text.encode(), self.document.name), problems)
        except ScenarioFileError as error:
            raise InternalError("the scenario cannot be read with the change", (str(error),)) from None

    def _save(self, changes: Sequence[Change], target: Path) -> None:
        from mesocycle.files import patch

        try:
            patch.save(self.document, changes, target, force=self.call.force)
        except ScenarioFileError as error:
            show_problems(error, "the plan is not shown, as the change could not be saved")
            click.get_current_context().exit(WRONG_INPUT)
        click.echo(f"Saved with the change: {target}", err=True)


def _pins(context: click.Context, parameter: click.Parameter, values: tuple[str, ...]) -> tuple[Pin, ...]:
    """Read the pins of the call."""
    pins = []
    for text in values:
        try:
            pins.append(Pin.of_text(text))
        except ValueError as error:
            raise click.BadParameter(f'"{text}": {error}', context, parameter) from None
    return tuple(pins)


def _pinned(file: Document, pins: Sequence[Pin]) -> tuple[Scenario, Document]:
    """The scenario of a file with more pins, and the file as it would hold them."""
    from mesocycle.files import patch

    before = list((file.data.get("strength") or {}).get("pins") or ())
    more = [pin.model_dump(mode="python", exclude_none=True) for pin in pins]
    change = Change(path="strength.pins", before=before, to=[*before, *more], text="")
    changed = parse(patch.patched(file, [change]).encode(), file.name)
    try:
        return scenario_files.validate(changed, problems), changed
    except ScenarioFileError as error:
        wrong = error.problems[0]
        if wrong.path[:2] != ("strength", "pins"):
            raise
        pin = pins[int(wrong.path[2]) - len(before)]
        words = "; ".join(filter(None, (wrong.message, wrong.remedy)))
        raise click.BadParameter(f"{pin}: {words}", param_hint="'--pin'") from None


def _job(call: _Call, stop: threading.Event) -> _Job:
    """Read the scenario of a call, with its pins."""
    began = time.perf_counter()
    read, file = scenario_files.load(call.scenario, problems)
    document = file
    if call.pins:
        read, document = _pinned(file, call.pins)
    ask_about_start(read)
    return _Job(call, file, document, read, time.perf_counter() - began, stop)


@click.command()
@click.argument("scenario", type=click.Path(path_type=Path))
@output_options(TEXT, TEXT)
@limit_option("--time-limit", "Stop by then with the best block so far and its gap.")
@click.option(
    "--all",
    "every_case",
    is_flag=True,
    help="Show every cost and case, not the first of each rule, and a card for each session.",
)
@click.option("--short", is_flag=True, help="Show calendar, strength and costs on one screen, without cards.")
@click.option(
    "--deadline",
    type=click.FloatRange(min=0),
    callback=finite,
    metavar="SECONDS",
    default=api.DIAGNOSIS_SECONDS,
    show_default=True,
    help="If no plan exists, look this long for what collides and what would help; 0: do not look.",
)
@click.option("--repair", metavar="NAME", help="Change what this repair changes (A, B, ...), and plan that.")
@click.option("--relax", is_flag=True, help="If no plan exists, plan with the least change that makes one.")
@click.option(
    "--pin",
    "pins",
    multiple=True,
    metavar="SESSION@DAY",
    callback=_pins,
    help="Pin a session for one try: Legs@wed in every week, Legs@2026-10-07 on one date, each with a start "
    'where it matters ("Legs@wed 18:00"). Repeatable.',
)
@click.option("--write", is_flag=True, help="Save the change in SCENARIO itself; comments stay.")
@click.option(
    "--write-as",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Save SCENARIO with the change as FILE.",
)
@click.option(
    "--certificate",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write the proof of the bound as JSON: rows and whole multipliers that anyone can add up.",
)
@click.option("--force", is_flag=True, help="Let --write-as overwrite an existing file.")
def solve(
    scenario: Path, form: str | None, target: Path | None, every_case: bool, short: bool, **wishes: Any
) -> None:
    """Plan the block of SCENARIO, a YAML file; "-" reads standard input.

    Where no plan exists, the rules that collide are printed, and the least changes that help.

    Exit codes: 0 a plan was found (the line under its name says whether it is proven), 2 the input or
    the call is wrong, 3 no plan exists, 4 no answer within the time limit, 130 interrupted with nothing
    to show.
    """
    about_output = {name: wishes.pop(name) for name in WISHES}
    call = _Call(scenario=scenario, **wishes)
    call.check()
    check_target(target, "-o", scenario, call.target)
    if target is not None and target == call.certificate:
        raise click.UsageError("-o and --certificate name the same file")
    output = output_of(form, target, TEXT, **about_output)
    if short and output.form != TEXT:
        raise click.UsageError(f"--short goes with --format {TEXT}, not {output.form}")
    if short and every_case:
        raise click.UsageError("--short and --all exclude each other")
    with stop_on_interrupt() as stop:
        job = _job(call, stop)
        result, repair = job.run()
    if call.certificate is not None:
        job.certify(call.certificate)
    options = ReportOptions(
        file=str(scenario),
        time_limit=call.time_limit,
        deadline=call.deadline,
        stopped=stop.is_set(),
        every_case=every_case,
        short=short,
        pins=tuple(map(str, call.pins)),
    )

    def render(console: Console) -> None:
        if repair is not None:
            show_applied(result, repair.name, console, saved=call.target is not None)
        terminal.show(result, console, options)

    screen = Screen()
    if repair is not None and (output.form != TEXT or target is not None):
        click.echo(planned_with(result, repair.name), err=True)
    if output.form != TEXT:
        output.explained(result, job.planned[-1]).write(result, options)
    elif target is None and screen.is_terminal:
        render(screen)
    else:
        output.deliver(as_text(render, screen.width) if target is None else as_text(render), result.headline)
    click.get_current_context().exit(EXIT[result.status])
