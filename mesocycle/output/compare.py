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
from mesocycle.output.row_words import RULES_SHOWN, advice, beside_base, largest_first, reason, verdict

# Variants of one scenario whose differences are shown rule by rule; more only with --all.
MOST_SHOWN = 12
NO_HELP = "No single change here keeps the base's strength and has fewer points under its rules."
WIDEST_NAME = 44
COLUMNS = ("points", "change", "own", "moved", "lifts", "legs", "min/week", "key run", "s")
WIDTHS = (7, 7, 6, 5, 5, 5, 8, 7, 5)


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
    several = len(comparison.summary.best) > 1
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
                _print_below(row, console, every or several)
    console.print(Text(_legend(rows), style="dim"))
    console.print()
    for scenario, variants in groupby(rows, key=lambda row: row.scenario):
        different = [row for row in variants if row.judged_by_rule]
        if different and (every or (len(different) <= MOST_SHOWN and not several)):
            _show_differences(different, scenario if several else "", console, every)
    _show_summary(comparison.summary, console, width, every)


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


def _print_below(row: Row, console: Console, days: bool) -> None:
    """What does not fit into the columns: how it stands to the base's rules, and its usual days and times."""
    if not row.planned:
        return
    for text in (beside_base(row), row.usual.text if days and row.usual is not None else ""):
        if text:
            console.print(Padding(Text(text, style="dim"), (0, 0, 0, 4)))


def _values(row: Row) -> tuple[str, ...]:
    sure = "" if row.proven else "~"
    change = "" if row.is_base or row.judged_difference is None else f"{row.judged_difference:+d}"
    hours = "none" if row.key_run_hours is None else f"{row.key_run_hours:g} h"
    return (
        "" if row.judged is None else f"{sure}{row.judged}",
        "n/c" if row.not_comparable else change,
        f"{sure}{row.objective}",
        "" if row.is_base or row.moved is None else str(row.moved),
        str(row.lifts),
        "" if row.leg_sets is None else str(row.leg_sets),
        f"{row.minutes_per_week:g}",
        hours,
        "" if row.seconds is None else f"{row.seconds:.1f}",
    )


def _legend(rows: Sequence[Row]) -> str:
    beside = any(not row.is_base and row.planned for row in rows)
    known = {
        "* fewest points of those that keep the base's strength": any(row.best for row in rows),
        "- another has no more points, as much strength, and is better in one": any(
            row.dominated_by for row in rows
        ),
        "~ not proven": any(row.planned and not row.proven for row in rows),
        "n/c: not comparable, the base's rules cannot judge it": any(row.not_comparable for row in rows),
        "points, change: by the base's rules; own: by its own; moved: beside the base plan": beside,
        "legs: sets that load the legs; key run: least hours from a leg lift to the next": True,
    }
    return "\n".join(text for text, applies in known.items() if applies)


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


def _show_summary(summary: Summary, console: Console, width: int, every: bool) -> None:
    if summary.across:
        _show_across(summary.across, console, width)
    for text in advice(summary, None if every else MOST_SHOWN):
        console.print(Text(text))
    if len(summary.best) == 1 and not summary.helps and summary.variants > 1:
        console.print(Text(NO_HELP))
    console.print(Text(verdict(summary), style="bold"))


def _show_across(across: Sequence[Across], console: Console, width: int) -> None:
    console.print(Text("Over all scenarios", style="bold"))
    rows = [
        ("planned", "mean change", "lifts", "leg sets", "better", "worse", "moved"),
        *map(_across_values, across),
    ]
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
    means = [
        "" if mean is None else f"{mean:+.1f}"
        for mean in (variant.difference, variant.lifts, variant.leg_sets)
    ]
    moved = "" if variant.moved is None else f"{variant.moved:.1f}"
    return f"{variant.planned} of {variant.of}", *means, str(variant.better), str(variant.worse), moved
