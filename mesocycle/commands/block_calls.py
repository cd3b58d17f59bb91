"""What the commands of a living block share: which file, which moment, and how answers are printed."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from pathlib import Path
from typing import Any

import click
from rich.console import Console

from mesocycle.commands.calls import Command, now_option
from mesocycle.diary.block import Block
from mesocycle.models.errors import BlockError
from mesocycle.models.living import Answer
from mesocycle.output.screen import Screen, as_text

ENVIRONMENT = "MESOCYCLE_BLOCK"
ENDING = ".block"


def block_file(given: Path | None) -> Path:
    """The block file that is meant.

    Raises
    ------
    BlockError
        If none is named, and there is none in the folder, or more than one.
    """
    if given is not None:
        return given
    named = os.environ.get(ENVIRONMENT)
    if named:
        return Path(named)
    found = sorted(path for path in Path().glob(f"*{ENDING}") if path.is_file())
    if len(found) == 1:
        return found[0]
    if found:
        listed = ", ".join(map(str, found[:4])) + ", ..." * (len(found) > 4)
        raise BlockError(f"there is more than one block here: {listed}", "name one with --block FILE")
    raise BlockError("there is no block here", "`mesocycle start SCENARIO` makes one, --block FILE names one")


def file_option(command: Command) -> Command:
    """The option `block` that names the file."""
    return click.option(
        "--block",
        "file",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help=f"The block file; else ${ENVIRONMENT}, else the only *{ENDING} in this folder.",
    )(command)


def form_option(command: Command) -> Command:
    """The option `form`: text or JSON."""
    return click.option(
        "--format",
        "form",
        type=click.Choice(["text", "json"]),
        default="text",
        show_default=True,
        help="What to print.",
    )(command)


def on_block(
    show: Callable[[Any, Console], None],
) -> Callable[[Callable[..., Answer]], Callable[..., None]]:
    """Make a command of a function that takes a `Block` first and returns an answer, which `show` prints."""

    def decorate(function: Callable[..., Answer]) -> Callable[..., None]:
        @file_option
        @now_option
        @form_option
        @wraps(function)
        def command(file: Path | None, now: datetime | None, form: str, **given: Any) -> None:
            print_answer(function(Block(block_file(file), now=now), **given), form, show)

        return command

    return decorate


def print_answer(answer: Answer, form: str, show: Callable[[Any, Console], None]) -> None:
    """Print an answer as text or JSON."""
    if form == "json":
        click.echo((json.dumps(answer.to_dict(), indent=2, ensure_ascii=False) + "\n").encode(), nl=False)
        return
    screen = Screen()
    if screen.is_terminal:
        show(answer, screen)
    else:
        click.echo(as_text(lambda console: show(answer, console), screen.width).encode(), nl=False)
