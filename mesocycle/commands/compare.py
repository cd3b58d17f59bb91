"""The command `compare`: what-ifs side by side, on this machine or on a cluster."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from mesocycle.commands import INTERRUPTED, OUR_MISTAKE, WRONG_INPUT
from mesocycle.commands.calls import limit_option, reading
from mesocycle.commands.compare_input import Asked, read_asked
from mesocycle.commands.compare_output import TABLES, Report, check_forms, read_forms
from mesocycle.commands.trade_off import AXES, check_axes, trade_off
from mesocycle.files.writing import Folder
from mesocycle.models.comparison import Comparison, Row
from mesocycle.models.outcome import RowStatus
from mesocycle.output.live import LiveLine, batch_bar, stop_on_interrupt
from mesocycle.output.screen import show_wrong_variants
from mesocycle.solver.model.search import Deadline
from mesocycle.what_if.batch import Batch, BatchCallbacks, BatchOptions
from mesocycle.what_if.cluster import Cluster
from mesocycle.what_if.store import Store
from mesocycle.what_if.workers import Workers, usable_cores

FILES = {".html", ".csv", ".json", ".jsonl", ".md", ".txt"}
PARETO = tuple(form for form in TABLES if form != "html")


@click.command()
@click.argument("scenarios", nargs=-1, required=True, metavar="SCENARIO...", type=click.Path(path_type=Path))
@click.option(
    "--set",
    "sets",
    multiple=True,
    metavar="PATH=VALUE",
    help="A variant, such as strength.sessions_per_week=3; `;` joins several changes to one. Repeatable.",
)
@click.option(
    "--base",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Set every row against this scenario, not against its own.",
)
@click.option(
    "--format",
    "forms",
    callback=reading(read_forms),
    default="text",
    show_default=True,
    metavar="FORMATS",
    help="What to print: text, csv, json, jsonl (each row as soon as it is its turn), md or html. With -o "
    "several, such as ics,html: tables, and files of every plan, also as ics or intervals.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="Write all plans, as JSON and in every format named, and the table.",
)
@click.option("--force", is_flag=True, help="Let -o write into a folder that holds something.")
@click.option("--all", "every", is_flag=True, help="Tell every difference, by rule and by session.")
@click.option(
    "--max-variants",
    type=click.IntRange(min=1),
    default=10_000,
    show_default=True,
    help="Refuse to make more rows than this.",
)
@click.option(
    "--jobs",
    type=click.IntRange(1, 256),
    metavar="N",
    help="Processes at most; as many as there are cores if left out. Few small variants need none.",
)
@click.option("--cluster", metavar="ADDRESS", help="Solve on Dask: tcp://host:port of a scheduler, or local.")
@click.option(
    "--results",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Keep what is solved in this SQLite file; called again, only what is missing is solved.",
)
@limit_option("--time-limit", "For each variant.")
@limit_option("--total-limit", "For all of them.")
@click.option("--no-seconds", is_flag=True, help="Leave out what changes from run to run.")
@click.option(
    "--pareto",
    metavar=",".join(AXES),
    help="Instead: every block that no other beats in leg sets and interference.",
)
def compare(scenarios: tuple[Path, ...], **wishes: Any) -> None:
    """Solve what-ifs side by side, and show what each costs beside its base.

    SCENARIO is a file, a folder of files, or "-": lines of JSON, each a scenario, or a variant
    {"name": ..., "set": {path: value}} of the files. Variants are those of the file (`variants`, `grid`)
    and of --set. Of equally good blocks a variant takes the one nearest to its base.

    Exit codes: 0 there is a plan, 1 a worker failed, 2 a variant or the call is wrong (the others are still
    solved), 3 no plan exists, 4 no answer in time, 130 interrupted: what was solved is printed.
    """
    call = _Call(scenarios, **wishes)
    context = click.get_current_context()
    if call.pareto is not None:
        check_axes(call.pareto)
        context.exit(trade_off(call.one_scenario(), call.forms[0], call.folder(), call.total_limit))
    context.exit(call.run())


@dataclass(frozen=True)
class _Call:
    """What `compare` was asked."""

    scenarios: tuple[Path, ...]
    sets: tuple[str, ...]
    base: Path | None
    forms: tuple[str, ...]
    output: Path | None
    force: bool
    every: bool
    max_variants: int
    jobs: int | None
    cluster: str | None
    results: Path | None
    time_limit: float | None
    total_limit: float | None
    no_seconds: bool
    pareto: str | None

    def folder(self) -> Folder | None:
        """Where plans go."""
        if self.output is not None and self.output.suffix.lower() in FILES and not self.output.is_dir():
            raise click.UsageError(
                f"-o names a folder for all plans and the table, not a file such as {self.output}; "
                f"for the table alone: --format {self.output.suffix[1:]} > {self.output}"
            )
        return None if self.output is None else Folder(self.output, force=self.force)

    def one_scenario(self) -> Path:
        """The scenario of a trade-off, which goes with nothing that makes variants."""
        others = {
            "--set": self.sets,
            "--base": self.base,
            "--cluster": self.cluster,
            "--results": self.results,
            "--jobs": self.jobs,
            "--time-limit": self.time_limit,
        }
        if len(self.forms) > 1 or self.forms[0] not in PARETO:
            raise click.UsageError(f"--pareto has no page and no plan: choose one of {', '.join(PARETO)}")
        for option, value in others.items():
            if value:
                raise click.UsageError(f"--pareto and {option} exclude each other")
        if len(self.scenarios) != 1 or self.scenarios[0].is_dir():
            raise click.UsageError("--pareto takes one scenario file")
        return self.scenarios[0]

    def run(self) -> int:
        """Read, check, solve, print."""
        check_forms(self.forms, self.output is not None)
        asked = read_asked(self.scenarios, self.sets, self.base, self.max_variants)
        click.echo(asked.size, err=True)
        with LiveLine("checking every variant ..."):
            batch = Batch(asked.cases, asked.more, asked.base)
        report = Report(self.forms, self.folder(), not self.no_seconds, self.every)
        show_wrong_variants(list(batch.wrong()))
        with ExitStack() as stack:
            store = None if self.results is None else stack.enter_context(Store(self.results))
            stop = stack.enter_context(stop_on_interrupt())
            bar = stack.enter_context(batch_bar(len(batch)))
            callbacks = BatchCallbacks(
                row=lambda row: report.tell(row, _name(row, asked)), progress=bar, warn=_say
            )
            options = BatchOptions(
                jobs=self.jobs or usable_cores(),
                time_limit=self.time_limit,
                end=Deadline(self.total_limit, stop),
                workers=None if self.cluster is None else self._on_cluster,
                store=store,
            )
            comparison = batch.run(options, callbacks)
        report.end(comparison)
        code = _exit_code(comparison)
        return WRONG_INPUT if code == 0 and batch.fault else code

    def _on_cluster(self) -> Workers:
        cluster = Cluster(self.cluster or "", self.jobs or usable_cores())
        _say(f"{cluster.slots} workers; dashboard at {cluster.dashboard}")
        return cluster


def _name(row: Row, asked: Asked) -> str:
    """What the files of a row are called after: its scenario, or the variant."""
    if row.is_base:
        return row.scenario
    return f"{row.scenario} {row.name}" if asked.several and asked.base is None else row.name


def _say(text: str) -> None:
    click.echo(text, err=True)


def _exit_code(comparison: Comparison) -> int:
    statuses = {row.status for row in comparison.rows}
    if comparison.summary.interrupted:
        return INTERRUPTED
    if RowStatus.ERROR in statuses:
        return WRONG_INPUT
    if RowStatus.FAILED in statuses:
        return OUR_MISTAKE
    if comparison.summary.planned:
        return 0
    return 4 if statuses & {RowStatus.UNKNOWN, RowStatus.SKIPPED} else 3
