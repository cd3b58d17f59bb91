"""A comparison on the terminal: a line for each variant, what makes the difference, and what helps most."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from mesocycle.models.comparison import Across, Comparison, Row, Summary
from mesocycle.models.outcome import RowStatus
from mesocycle.output.words import RULES_SHOWN, largest_first, reason, verdict

# Variants of one scenario whose differences are shown rule by rule; more only with --all.
MOST_SHOWN = 12
WIDEST_NAME = 44
COLUMNS = ("points", "change", "moved", "lifts", "sets", "min/week", "key run", "s")
WIDTHS = (7, 7, 5, 5, 5, 8, 7, 6)


def show(comparison: Comparison, console: Console, *, every: bool = False, seconds: bool = True) -> None:
    """Print a comparison.

    Parameters
    ----------
    comparison : Comparison
        What to print.
    console : Console
        Where; a name that is too long for its width takes a line of its own.
    every : bool
        Show the differences of every variant, with all rules and sessions; a few variants of one scenario
        show them in any case.
    seconds : bool
        With what changes from run to run.
    """
    rows = comparison.rows
    alone = len(comparison.summary.best) == len(rows)  # scenarios only, without variants
    names = [row.scenario if alone else row.name for row in rows]
    width = _name_width(names, console.width, seconds)
    console.print(Text("  " + " " * width + _cells(COLUMNS, seconds), style="dim"))
    for scenario, group in groupby(zip(rows, names, strict=True), key=lambda pair: pair[0].scenario):
        if not alone:
            console.print(Text(scenario, style="bold"))
        for row, name in group:
            if row.status is not RowStatus.SKIPPED:
                _print_row(row, name, width, console, seconds)
    console.print(Text(_legend(rows), style="dim"))
    console.print()
    several = len(comparison.summary.best) > 1
    for scenario, variants in groupby(rows, key=lambda row: row.scenario):
        different = [row for row in variants if row.difference_by_rule]
        if different and (every or (len(different) <= MOST_SHOWN and not several)):
            _show_differences(different, scenario if several else "", console, every)
    _show_summary(comparison.summary, console, width)


def _name_width(names: Iterable[str], columns: int, seconds: bool) -> int:
    longest = max(map(cell_len, names), default=4)
    return max(8, min(longest, WIDEST_NAME, columns - 3 - len(_cells(COLUMNS, seconds))))


def _cells(values: Iterable[str], seconds: bool) -> str:
    cells = [f"{value:>{width}}" for value, width in zip(values, WIDTHS, strict=True)]
    return " " + " ".join(cells if seconds else cells[:-1])


def _print_row(row: Row, name: str, width: int, console: Console, seconds: bool) -> None:
    mark = "*" if row.best else "-" if row.dominated_by else " "
    style = "bold green" if row.best else "dim" if row.dominated_by else ""
    if row.planned:
        if cell_len(name) > width:  # a line of its own: names often differ at their end
            console.print(Text(f"{mark} {name}", style=style))
            mark, name = " ", ""
        console.print(
            Text(f"{mark} {set_cell_size(name, width)}{_cells(_values(row), seconds)}", style=style)
        )
        return
    why = Text(reason(row), style="red" if row.status is RowStatus.FAILED else "yellow")
    head = Text(f"{mark} {set_cell_size(name, max(width, cell_len(name)))}")
    if cell_len(head.plain) + 2 + cell_len(why.plain) <= console.width:
        console.print(Text.assemble(head, "  ", why))
    else:
        console.print(Text(f"{mark} {name}"))
        console.print(Padding(why, (0, 0, 0, 4)))


def _values(row: Row) -> tuple[str, ...]:
    change = "" if row.is_base or row.difference is None else f"{row.difference:+d}"
    hours = "none" if row.key_run_hours is None else f"{row.key_run_hours:g} h"
    return (
        f"{'' if row.proven else '~'}{row.objective}",
        change,
        "" if row.is_base or row.moved is None else str(row.moved),
        str(row.lifts),
        str(row.sets),
        f"{row.minutes_per_week:g}",
        hours,
        "" if row.seconds is None else f"{row.seconds:.1f}",
    )


def _legend(rows: Iterable[Row]) -> str:
    shown = list(rows)
    parts = []
    if any(row.best for row in shown):
        parts.append("* fewest points")
    if any(row.dominated_by for row in shown):
        parts.append("- another has no more points, as much strength, and is better in one")
    if any(row.planned and not row.proven for row in shown):
        parts.append("~ not proven")
    parts.append("key run: least hours from a leg lift to the next key run")
    if any(not row.is_base and row.planned for row in shown):
        parts.append("points: each plan is charged by its own rules; moved: sessions beside the base plan")
    return "\n".join(parts)


def _show_differences(rows: list[Row], scenario: str, console: Console, every: bool) -> None:
    title = "Where the points differ from the base"
    console.print(Text(f"{title}: {scenario}" if scenario else title, style="bold"))
    for row in rows:
        ordered = largest_first(row)
        shown = ordered if every else ordered[:RULES_SHOWN]
        text = ", ".join(f"{by:+d} {rule}" for rule, by in shown)
        rest = sum(by for _, by in ordered[len(shown) :])
        if len(shown) < len(ordered):
            text += f", {rest:+d} in {len(ordered) - len(shown)} more"
        console.print(Padding(Text.assemble((f"{row.name}: ", "bold"), text), (0, 0, 0, 2)))
        for move in row.moves if every else ():
            console.print(Padding(Text(move.text, style="dim"), (0, 0, 0, 4)))
    console.print()


def _show_summary(summary: Summary, console: Console, width: int) -> None:
    if summary.across:
        _show_across(summary.across, console, width)
    several = len(summary.best) > 1
    for help_ in summary.helps if not several or len(summary.helps) <= MOST_SHOWN else ():
        by = "makes a block possible" if help_.difference is None else f"{help_.difference:+d} points"
        whose = f" for {help_.scenario}" if several else ""
        console.print(Text(f"The single change that helps most{whose}: {help_.name} ({by})."))
    if not several and not summary.helps and summary.variants > 1:
        console.print(Text("No single change among these has fewer points than the base."))
    console.print(Text(verdict(summary), style="bold"))


def _show_across(across: Sequence[Across], console: Console, width: int) -> None:
    console.print(Text("Over all scenarios", style="bold"))
    rows = [("planned", "mean change", "better", "worse", "moved"), *map(_across_values, across)]
    widths = [2 + max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = ["".join(f"{cell:>{w}}" for cell, w in zip(row, widths, strict=True)) for row in rows]
    console.print(Text(f"  {' ' * width}{lines[0]}", style="dim"))
    for variant, line in zip(across, lines[1:], strict=True):
        name = variant.name
        if cell_len(name) > width:
            console.print(Text(f"  {name}"))
            name = ""
        console.print(Text(f"  {set_cell_size(name, width)}{line}"))
    console.print()


def _across_values(variant: Across) -> tuple[str, ...]:
    change = "" if variant.difference is None else f"{variant.difference:+.1f}"
    moved = "" if variant.moved is None else f"{variant.moved:.1f}"
    return f"{variant.planned} of {variant.of}", change, str(variant.better), str(variant.worse), moved
