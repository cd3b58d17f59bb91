"""What differs between two plans, on the terminal and as Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from mesocycle.models.difference import PlanDifference
from mesocycle.output.card import wrapped
from mesocycle.output.difference_words import both_sides, headline, remarks, sections, title
from mesocycle.output.markdown import plain

INDENT, DEEPER = 2, 6


def show_difference(
    difference: PlanDifference, console: Console, first: str, second: str, *, every: bool = False
) -> None:
    """Print what differs between two plans.

    Parameters
    ----------
    difference : PlanDifference
        What to print.
    console : Console
        Where.
    first, second : str
        How the plans are called beside their points, such as the names of their files.
    every : bool
        Each change by itself, not only the first of many and those that are alike in one line.
    """
    console.print(Text(title(difference), style="bold"))
    console.print(Text(headline(difference), style="bold green" if difference.same else "bold"))
    console.print(Text(both_sides(difference, first, second), style="dim"))
    for remark in remarks(difference):
        console.print(Text(remark, style="yellow"))
    for section in sections(difference, every):
        console.print()
        console.print(Text(section.title, style="bold"))
        for line in section.lines:
            _print(line.text, INDENT, "", console)
            for text in line.below:
                _print(text, DEEPER, "dim", console)


def _print(text: str, indent: int, style: str, console: Console) -> None:
    """A line with its further lines below its first word; rich alone breaks at the space of "81 %" too."""
    first, *more = wrapped(text, console.width - indent - 2).split("\n")
    console.print(Padding(Text(first, style=style), (0, 0, 0, indent)))
    for rest in more:
        console.print(Padding(Text(rest, style=style), (0, 0, 0, indent + 2)))


def difference_markdown(difference: PlanDifference, first: str, second: str, *, every: bool = False) -> str:
    """Write what differs between two plans as Markdown; parameters as for `show_difference`."""
    parts = [f"# {plain(title(difference))}", f"**{plain(headline(difference))}**"]
    parts += [plain(both_sides(difference, first, second)), *map(plain, remarks(difference))]
    for section in sections(difference, every):
        lines = (text for line in section.lines for text in _bullets(line.text, line.below))
        parts += [f"## {section.title}", "\n".join(lines)]
    return "\n\n".join(parts) + "\n"


def _bullets(text: str, below: Iterable[str]) -> Iterator[str]:
    yield f"- {plain(text)}"
    yield from (f"  - {plain(one)}" for one in below)
