"""What went wrong, on stderr: problems of a file in lines of their own, and internal errors."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import NoReturn

from rich.console import Console
from rich.text import Text

from mesocycle.models.errors import ScenarioError

FILE_COLUMNS = 100


class Screen(Console):
    """Standard output; if its reader ends early (`| head`), the caller decides, not rich."""

    def __init__(self) -> None:
        super().__init__(highlight=False)

    def on_broken_pipe(self) -> NoReturn:
        """Raise what rich would turn into exit code 1."""
        raise BrokenPipeError


def as_text(render: Callable[[Console], object], columns: int = FILE_COLUMNS) -> str:
    """What a function prints to a console, as plain text: without colours and spaces at line ends."""
    console = Console(width=columns, highlight=False, color_system=None, force_terminal=False)
    with console.capture() as capture:
        render(console)
    return "\n".join(line.rstrip() for line in capture.get().splitlines()) + "\n"


def nobody_reads() -> None:
    """Discard further output, of which the interpreter would complain at its end."""
    with suppress(OSError):  # streams of a test are no files
        nowhere = os.open(os.devnull, os.O_WRONLY)
        for stream in (sys.stdout, sys.stderr):
            os.dup2(nowhere, stream.fileno())


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
    """Print an internal error."""
    Console(stderr=True, soft_wrap=True).print(Text(f"Internal error: {text}", style="red"))
