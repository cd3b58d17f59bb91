"""A trade-off frontier on the terminal, as CSV and as Markdown."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from rich.console import Console
from rich.table import Table
from rich.text import Text

from mesocycle.models.comparison import Frontier, FrontierPoint
from mesocycle.models.plan import Status
from mesocycle.models.sessions import Kind

HEADS = ("leg sets", "interference", "per set more", "all points", "lifts", "sets", "min/week")
VERDICTS = {
    Status.OPTIMAL: "Proven: no block has more leg sets at as little interference, and there are no others.",
    Status.FEASIBLE: "It ended early: each block is proven, but others are missing.",
    Status.INFEASIBLE: "No block satisfies all the rules; `mesocycle solve` tells which collide.",
    Status.UNKNOWN: "It ended before any block was proven: allow more time.",
}

PRICES = (
    "Only these two count here: the block that `mesocycle solve` plans weighs other wishes too, and may not "
    "be among these. per set more: what each further leg set costs against the line above."
)


def show_frontier(frontier: Frontier, console: Console) -> None:
    """Print a line for each block, from the least interference to the most leg sets."""
    console.print(Text(frontier.name, style="bold"))
    if frontier.points:
        console.print("Leg sets against interference with runs and races, in points:")
        table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="dim")
        for head in HEADS:
            table.add_column(head, justify="right", no_wrap=True)
        for values in _rows(frontier):
            table.add_row(*values)
        console.print(table)
        console.print(Text(PRICES, style="dim"))
    console.print(Text(VERDICTS[frontier.status], style="bold"))


def _rows(frontier: Frontier) -> Iterator[tuple[str, ...]]:
    prices = ["", *(_price(before, after) for before, after in pairwise(frontier.points))]
    for point, price in zip(frontier.points, prices, strict=True):
        yield (
            str(point.leg_sets),
            str(point.interference),
            price,
            str(point.objective),
            str(sum(session.kind is Kind.LIFT for session in point.plan.sessions)),
            str(sum(session.sets for session in point.plan.sessions)),
            f"{sum(week.minutes for week in point.plan.weeks) / len(point.plan.weeks):.1f}",
        )


def _price(before: FrontierPoint, after: FrontierPoint) -> str:
    return f"{(after.interference - before.interference) / (after.leg_sets - before.leg_sets):.1f}"


def as_csv(frontier: Frontier) -> str:
    """The frontier as a table for spreadsheets."""
    heads = [head.replace(" ", "_").replace("/", "_per_") for head in HEADS]
    return "".join(",".join(line) + "\n" for line in (heads, *_rows(frontier)))


def as_markdown(frontier: Frontier) -> str:
    """The frontier as a table for a report."""
    lines = [f"| {' | '.join(line)} |" for line in (HEADS, ["--:"] * len(HEADS), *_rows(frontier))]
    return "\n".join([*lines, "", VERDICTS[frontier.status], ""])
