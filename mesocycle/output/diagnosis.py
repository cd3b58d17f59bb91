"""Why there is no block, and what would help, in a runner's words: rules that collide, then least changes."""

from __future__ import annotations

import shlex
from dataclasses import dataclass

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from mesocycle.models.clock import weeks_text
from mesocycle.models.diagnosis import Conflict, ConflictRule, Diagnosis, Repair
from mesocycle.models.result import Result
from mesocycle.output.cases import SHOWN, cases_of, in_few_words
from mesocycle.output.words import NO_REPAIR, alike, capital, needed, number_word, place, points, week_told

LONGER_SECONDS = 60
ORDINALS = ("", "", "second", "third", "fourth", "fifth")
MONTH_NAMES = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """What the program was asked, for what the text says about it and offers next.

    Attributes
    ----------
    file : str
        The scenario file as the runner named it; empty or "-" where there is none to name.
    time_limit, deadline : float or None
        Seconds allowed for the plan and for the diagnosis.
    stopped : bool
        Whether the runner ended the diagnosis.
    every_case : bool
        Whether all cases are wanted, not the first few.
    """

    file: str = ""
    time_limit: float | None = None
    deadline: float | None = None
    stopped: bool = False
    every_case: bool = False


def show_diagnosis(diagnosis: Diagnosis, console: Console, asked: Asked) -> None:
    """Print what collides, and what would make a block possible."""
    for number, conflict in enumerate(diagnosis.conflicts, 1):
        console.print()
        console.print(Text(_head(conflict, number), style="bold"))
        for position, rule in enumerate(conflict.rules, 1):
            console.print(_rule(position, rule, asked))
        foot = _foot(conflict, len(diagnosis.conflicts))
        if foot:
            console.print(foot)
    console.print()
    if len(diagnosis.conflicts) > 1:
        console.print(_not_enough(diagnosis), end="\n\n")
    if diagnosis.repairs:
        console.print(_repairs(diagnosis))
    elif diagnosis.conflicts and diagnosis.complete:
        console.print(NO_REPAIR)
    elif diagnosis.complete:
        console.print("No rules were found that collide: please report this with the scenario.")
    for hint in diagnosis.hints:
        console.print(Text(hint))
    if not diagnosis.complete:
        console.print(_unfinished(diagnosis, asked), style="yellow")
    if diagnosis.repairs and asked.file not in ("", "-"):
        console.print()
        console.print(_apply(asked.file, console.width), soft_wrap=True)
        console.print("(with --write it is saved in the file too)", style="dim")
    if _is_shortened(diagnosis, asked):
        console.print("(--all names every day and case)", style="dim")


def planned_with(result: Result, repair: str) -> str:
    """The sentence that says what was changed before planning."""
    verb = "Planned" if result.plan is not None else "Tried"
    return f"{verb} with repair {repair}: {' and '.join(change.text for change in result.applied)}."


def show_applied(result: Result, repair: str, console: Console, saved: bool) -> None:
    """Print what was changed before planning, and whether the file knows of it."""
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


def _rule(position: int, rule: ConflictRule, asked: Asked) -> RenderableType:
    cases = in_few_words(cases_of(rule), None if asked.every_case else SHOWN)
    if len(cases) == 1:
        # After its number, a figure would read as another one: "3. 2 lifts".
        told = f"{rule.text}: {cases[0]}" if cases[0][:1].isdigit() else capital(cases[0])
        lines: list[Text | Padding] = [Text(told)]
    else:
        lines = [Text(rule.text), *(Padding(Text(case), (0, 0, 0, 2), expand=False) for case in cases)]
    return _numbered(f"{position}.", Group(*lines, Text(_source(rule), style="dim")))


def _is_shortened(diagnosis: Diagnosis, asked: Asked) -> bool:
    every = [cases_of(rule) for conflict in diagnosis.conflicts for rule in conflict.rules]
    return not asked.every_case and any(in_few_words(cases) != in_few_words(cases, None) for cases in every)


def _source(rule: ConflictRule) -> str:
    """Which rule it is, the key that sets it, and where that stands; a default stands nowhere."""
    if rule.source == f"rules.{rule.id}":
        return f"{rule.id}, {place(rule) or 'by default'}"
    known = rule.source.rpartition(".")[2] == rule.id  # the key is named like the rule
    return ", ".join(part for part in ("" if known else rule.id, rule.source, place(rule)) if part)


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
    week = week_told(diagnosis)
    for repair in diagnosis.repairs:
        told = Text("\nand ".join(change.text for change in repair.changes))
        where = _where(repair, week)
        table.add_row(repair.name, told + Text(f"\n{where}", style="dim") if where else told, points(repair))
    head = Text.assemble(
        ("What would make it work", "bold"),
        ", least change first. Each was planned in full and checked; points are what its block pays:",
    )
    if not all(repair.verified for repair in diagnosis.repairs):
        head = Text.assemble(
            ("What would make it work", "bold"),
            ", least change first. What has points was planned in full and checked:",
        )
    return Group(head, Padding(table, (0, 0, 0, 2), expand=False))


def _where(repair: Repair, week: int) -> str:
    """Where the lifts of a week come to stand; nothing where the change itself says that there is none."""
    if repair.lifts or not repair.verified:
        return f"week {week}: {repair.lifts}" if repair.lifts else ""
    fewer = any(change.path == "strength.sessions_per_week" for change in repair.changes)
    return "" if fewer else f"no lift in week {week}"


def _unfinished(diagnosis: Diagnosis, asked: Asked) -> str:
    missing = "everything was tried" if diagnosis.conflicts else "it was known which rules collide"
    if asked.stopped:
        return f"Stopped before {missing}."
    longer = f"; --deadline {max(LONGER_SECONDS, 2 * asked.deadline):g} allows more" if asked.deadline else ""
    return f"Time was up before {missing}{longer}."


def _apply(file: str, width: int) -> Text:
    """The command that plans with a repair, to copy as it is: in one line where it fits."""
    plan, label = f"mesocycle solve {shlex.quote(file)}", "Apply one:"
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
