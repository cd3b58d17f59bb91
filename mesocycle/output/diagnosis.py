"""Why there is no block, and what would help, for a runner: rules that collide, then least changes."""

from __future__ import annotations

import shlex
from dataclasses import dataclass

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from mesocycle.models.clock import weeks_text
from mesocycle.models.diagnosis import Conflict, ConflictRule, Diagnosis, Repair
from mesocycle.models.numbers import number_word
from mesocycle.models.result import Result
from mesocycle.output.cases import SHOWN, cases_of, in_few_words
from mesocycle.output.conflict_words import NO_REPAIR, alike, needed, place, points, repaired_week
from mesocycle.output.words import capital

LONGER_SECONDS = 60
ORDINALS = ("", "", "second", "third", "fourth", "fifth")
MONTH_NAMES = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


@dataclass(frozen=True)
class ReportOptions:
    """How the program was called, for the report.

    Attributes
    ----------
    file : str
        The scenario file as the runner named it; empty or "-" without a file.
    time_limit, deadline : float or None
        Seconds allowed for the plan and for the diagnosis.
    stopped : bool
        Whether the runner ended the diagnosis.
    every_case : bool
        Whether to show all cases, not the first few.
    short : bool
        Whether calendar, strength and costs are enough, in few lines.
    pins : tuple of str
        Those of the call, as they were written: they are not in the file.
    """

    file: str = ""
    time_limit: float | None = None
    deadline: float | None = None
    stopped: bool = False
    every_case: bool = False
    short: bool = False
    pins: tuple[str, ...] = ()


def show_diagnosis(diagnosis: Diagnosis, console: Console, options: ReportOptions) -> None:
    """Print what collides, and what would make a block possible."""
    for number, conflict in enumerate(diagnosis.conflicts, 1):
        _show_conflict(conflict, number, diagnosis, console, options)
    console.print()
    if len(diagnosis.conflicts) > 1:
        console.print(_not_enough(diagnosis), end="\n\n")
    _show_repairs(diagnosis, console)
    for hint in diagnosis.hints:
        console.print(Text(hint))
    if not diagnosis.complete:
        console.print(_unfinished(diagnosis, options), style="yellow")
    if diagnosis.repairs and options.file not in ("", "-"):
        console.print()
        console.print(_apply(options, console.width), soft_wrap=True)
        if not options.pins:
            console.print("(with --write it is saved in the file too)", style="dim")
    if _is_shortened(diagnosis, options):
        console.print("(--all names every day and case)", style="dim")


def _show_conflict(
    conflict: Conflict, number: int, diagnosis: Diagnosis, console: Console, options: ReportOptions
) -> None:
    console.print()
    console.print(Text(_head(conflict, number), style="bold"))
    for position, rule in enumerate(conflict.rules, 1):
        console.print(_rule(position, rule, options))
    for fact in conflict.facts:
        console.print(Padding(Text(f"(settled: {fact})", style="dim"), (0, 0, 0, 2), expand=False))
    foot = _foot(conflict, len(diagnosis.conflicts))
    if foot:
        console.print(foot)


def _show_repairs(diagnosis: Diagnosis, console: Console) -> None:
    if diagnosis.repairs:
        console.print(_repairs(diagnosis))
    elif diagnosis.complete and diagnosis.conflicts:
        console.print(NO_REPAIR)
    elif diagnosis.complete:
        console.print("No rules were found that collide: please report this with the scenario.")


def planned_with(result: Result, repair: str) -> str:
    """Name the changes that were made before planning."""
    verb = "Planned" if result.plan is not None else "Tried"
    return f"{verb} with repair {repair}: {' and '.join(change.text for change in result.applied)}."


def show_applied(result: Result, repair: str, console: Console, saved: bool) -> None:
    """Print what was changed before planning, and whether the file holds it."""
    console.print(Text(planned_with(result, repair), style="bold"))
    if not saved and result.plan is not None:
        console.print("The scenario file is as it was; --write puts the change into it.", style="dim")
    console.print()


# --- what collides ---------------------------------------------------------------------------------------


def _head(conflict: Conflict, number: int) -> str:
    weeks = f"{weeks_text(conflict.weeks)}{_dates(conflict)}"
    count = len(conflict.rules)
    if number > 1:
        nth = ORDINALS[number] if number < len(ORDINALS) else "further"
        return f"A {nth} conflict, in {weeks}:"
    if count == 1:
        return f"This cannot be kept in {weeks}:"
    return f"These {number_word(count)} collide in {weeks}:"


def _dates(conflict: Conflict) -> str:
    """The days of a conflict's weeks: " (5 to 11 October)"."""
    first, last = conflict.start, conflict.end
    until = f"{last.day} {MONTH_NAMES[last.month - 1]}"
    if first == last:
        return f" ({until})"
    since = f"{first.day}" if first.month == last.month else f"{first.day} {MONTH_NAMES[first.month - 1]}"
    return f" ({since} to {until})"


def _rule(position: int, rule: ConflictRule, options: ReportOptions) -> RenderableType:
    cases = in_few_words(cases_of(rule), None if options.every_case else SHOWN)
    if len(cases) == 1:
        # After its number, a figure would read as another one: "3. 2 lifts".
        line = f"{rule.text}: {cases[0]}" if cases[0][:1].isdigit() else capital(cases[0])
        lines: list[Text | Padding] = [Text(line)]
    else:
        lines = [Text(rule.text), *(Padding(Text(case), (0, 0, 0, 2), expand=False) for case in cases)]
    return _numbered(f"{position}.", Group(*lines, Text(_source(rule), style="dim")))


def _is_shortened(diagnosis: Diagnosis, options: ReportOptions) -> bool:
    every = [cases_of(rule) for conflict in diagnosis.conflicts for rule in conflict.rules]
    return not options.every_case and any(in_few_words(cases) != in_few_words(cases, None) for cases in every)


def _source(rule: ConflictRule) -> str:
    """The rule, the key that sets it, and the place of that key, unless it is a default."""
    if rule.source == f"rules.{rule.id}":
        return f"{rule.id}, {place(rule) or 'by default'}"
    same_name = rule.source.rpartition(".")[2] == rule.id
    return ", ".join(part for part in ("" if same_name else rule.id, rule.source, place(rule)) if part)


def _foot(conflict: Conflict, conflicts: int) -> str:
    pair = conflict.proven_minimal and len(conflict.rules) == 2 and conflicts == 1
    first = "Either can be kept without the other." if pair else needed(conflict, conflicts)
    return " ".join(filter(None, (first, alike(conflict))))


def _not_enough(diagnosis: Diagnosis) -> str:
    text = "Mending one of them is not enough"
    if diagnosis.repairs and all(repair.verified for repair in diagnosis.repairs):
        return f"{text}; what follows mends {'both' if len(diagnosis.conflicts) == 2 else 'them all'}."
    return f"{text}, and there may be more."


# --- what would help -------------------------------------------------------------------------------------


def _repairs(diagnosis: Diagnosis) -> RenderableType:
    table = Table.grid(padding=(0, 2, 0, 0), expand=True)
    table.add_column(style="bold green", no_wrap=True)
    table.add_column(ratio=1)
    table.add_column(justify="right", style="yellow", no_wrap=True)
    week = repaired_week(diagnosis)
    for repair in diagnosis.repairs:
        changes = Text("\nand ".join(change.text for change in repair.changes))
        where = _where(repair, week)
        lines = changes + Text(f"\n{where}", style="dim") if where else changes
        table.add_row(repair.name, lines, points(repair))
    checked = "Each was planned in full and checked; points are what its block pays:"
    if not all(repair.verified for repair in diagnosis.repairs):
        checked = "What has points was planned in full and checked:"
    head = Text.assemble(("What would make it work", "bold"), f", least change first. {checked}")
    return Group(head, Padding(table, (0, 0, 0, 2), expand=False))


def _where(repair: Repair, week: int) -> str:
    """Where the lifts of a week move; nothing if the change itself leaves none."""
    if repair.lifts or not repair.verified:
        return f"week {week}: {repair.lifts}" if repair.lifts else ""
    fewer = any(change.path == "strength.sessions_per_week" for change in repair.changes)
    return "" if fewer else f"no lift in week {week}"


def _unfinished(diagnosis: Diagnosis, options: ReportOptions) -> str:
    missing = "everything was tried" if diagnosis.conflicts else "it was known which rules collide"
    if options.stopped:
        return f"Stopped before {missing}."
    longer = (
        f"; --deadline {max(LONGER_SECONDS, 2 * options.deadline):g} allows more" if options.deadline else ""
    )
    return f"Time was up before {missing}{longer}."


def _apply(options: ReportOptions, width: int) -> Text:
    """The command that plans with a repair, ready to copy: in one line if it fits."""
    pins = "".join(f" --pin {shlex.quote(pin)}" for pin in options.pins)
    plan, label = f"mesocycle solve {shlex.quote(options.file)}{pins}", "Apply one:"
    command = f"{plan} --repair A"
    if len(command) > width:
        command = f"{plan} \\\n  --repair A"
    between = "  " if len(label) + 2 + len(command) <= width else "\n"
    return Text.assemble(label, between, (command, "bold"))


def _numbered(number: str, body: RenderableType) -> RenderableType:
    table = Table.grid(padding=(0, 1, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column()
    table.add_row(number, body)
    return Padding(table, (0, 0, 0, 2), expand=False)
