"""What went wrong, on stderr: problems of a file in lines of their own, and our own mistakes."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from mesocycle.models.errors import ScenarioError

# More wrong variants than these are counted, not listed.
MOST_SHOWN = 20


def show_problems(error: ScenarioError, outcome: str) -> None:
    """Print each problem with its place and remedy, then how many there are and what came of it."""
    console = Console(stderr=True, soft_wrap=True)
    count = len(error.problems)
    for problem in error.problems:
        head, *rest = problem.lines(error.file)
        console.print(Text(head, style="bold"))
        for line in rest:
            console.print(Text(line, style="red" if line.lstrip().startswith("wrong") else ""))
    console.print(Text(f"{count} problem{'s' if count != 1 else ''}; {outcome}.", style="bold"))


def show_wrong_variants(wrong: Sequence[tuple[str, ScenarioError]]) -> None:
    """Print what is wrong with variants, each under its name, before the others are solved."""
    console = Console(stderr=True, soft_wrap=True)
    for name, error in wrong[:MOST_SHOWN]:
        console.print(Text(name, style="bold red"))
        for problem in error.problems:
            for line in problem.lines(error.file):
                console.print(Text(f"    {line}"))
    if len(wrong) > MOST_SHOWN:
        console.print(Text(f"... and {len(wrong) - MOST_SHOWN} more like these", style="bold red"))
    if wrong:
        are = "variant is wrong and is" if len(wrong) == 1 else "variants are wrong and are"
        console.print(Text(f"{len(wrong)} {are} not solved.", style="bold"))


def show_mistake(text: str) -> None:
    """Print that something is our fault."""
    Console(stderr=True, soft_wrap=True).print(Text(f"Internal error: {text}", style="red"))
