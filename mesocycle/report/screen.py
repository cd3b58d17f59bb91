"""Where the report goes: a terminal with colours, a pipe without them, or plain text for a file."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import NoReturn

from rich.console import Console

FILE_COLUMNS = 100


class Screen(Console):
    """Standard output. That its reader went away (`| head`) is for the caller to judge, not for rich."""

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
    """Let what is still to be said go nowhere: the interpreter would complain of it at its end."""
    with suppress(OSError):  # streams of a test are no files
        nowhere = os.open(os.devnull, os.O_WRONLY)
        for stream in (sys.stdout, sys.stderr):
            os.dup2(nowhere, stream.fileno())
