"""Where a comparison goes: a table on standard output, and with a folder every plan in every format."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import click
from rich.console import Console

from mesocycle.files.safe_text import shown
from mesocycle.files.writing import Folder
from mesocycle.models.comparison import Comparison, Row
from mesocycle.models.result import Result
from mesocycle.output.compare import show
from mesocycle.output.compare_files import (
    csv_pieces,
    html_pieces,
    json_line,
    json_pieces,
    last_json_line,
    markdown_pieces,
)
from mesocycle.output.formats import FORMATS, ExportOptions
from mesocycle.output.screen import Screen, as_text

PIECES = {"csv": csv_pieces, "json": json_pieces, "md": markdown_pieces, "html": html_pieces}
TABLES = ("text", "csv", "json", "jsonl", "md", "html")
KNOWN = tuple(dict.fromkeys((*TABLES, *FORMATS)))
TEXT = "text"
ENDINGS = {TEXT: "txt"}
TABLE = "comparison"


def read_forms(text: str) -> tuple[str, ...]:
    """Read the formats of a call, such as "ics,html".

    Raises
    ------
    ValueError
        If one of them is unknown.
    """
    forms = tuple(dict.fromkeys(part.strip() for part in text.split(",")))
    for form in forms:
        if form not in KNOWN:
            raise ValueError(f"{shown(form)} is not one of {', '.join(KNOWN)}")
    return forms


def check_forms(forms: Sequence[str], folder: bool) -> None:
    """Refuse what cannot be printed: without a folder there is one table."""
    if folder:
        return
    if len(forms) > 1:
        raise click.UsageError("several formats go into a folder: add -o FOLDER, or name one")
    if forms[0] not in TABLES:
        raise click.UsageError(
            f"{forms[0]} is a format of single plans: add -o FOLDER to write each, or name one of "
            f"{', '.join(TABLES)} for the table"
        )


@dataclass
class Report:
    """What is printed and written of a comparison.

    Attributes
    ----------
    forms : sequence of str
        Each makes a table, files of the plans, or both, as far as it can hold them.
    folder : Folder or None
        Where files go.
    seconds, every : bool
        With what changes from run to run, and with every difference.
    """

    forms: Sequence[str]
    folder: Folder | None
    seconds: bool
    every: bool
    first: str = field(default="", init=False)

    def __post_init__(self) -> None:
        if self.folder is not None:
            self.folder.stem(TABLE)  # no plan takes its name

    @property
    def tables(self) -> list[str]:
        """The formats of the table."""
        return [form for form in self.forms if form in TABLES] or [TEXT]

    @property
    def printed(self) -> str:
        """What is printed: the first format of a table; beside a folder a page is only written."""
        return next((form for form in self.tables if form != "html" or self.folder is None), TEXT)

    @property
    def plans(self) -> list[str]:
        """The formats of the plans; JSON is always one, as other commands read it."""
        return list(dict.fromkeys(["json", *(form for form in self.forms if form in FORMATS)]))

    def tell(self, row: Row, name: str) -> None:
        """Print and write a row as soon as it is its turn: nothing of it can be lost any more."""
        if self.printed == "jsonl":
            click.echo(json_line(row, self.seconds), nl=False)
        result = row.result if self.folder is not None and row.planned else None
        if self.folder is None or result is None:
            return
        if not self.seconds:
            result = result.model_copy(update={"run": result.run.model_copy(update={"seconds": {}})})
        stem = self.folder.stem(name)
        self.first = self.first or stem
        for form in self.plans:
            self.folder.write(_file(stem, form), _written(result, form))

    def end(self, comparison: Comparison) -> None:
        """Print the table, write it, and say where everything is."""
        if self.printed == "jsonl":
            click.echo(last_json_line(comparison), nl=False)
        elif self.printed == TEXT:
            self._show(comparison, Screen())
        else:
            for piece in self._pieces(comparison, self.printed):
                click.echo(piece, nl=False)
        if self.folder is None:
            return
        tables = [f"{TABLE}.{ENDINGS.get(form, form)}" for form in self.tables]
        for form, file in zip(self.tables, tables, strict=True):
            self.folder.write(file, self._pieces(comparison, form))
        plans = f"{comparison.summary.planned} plans ({', '.join(self.plans)})"
        click.echo(f"{plans} and {', '.join(tables)} -> {self.folder.path}", err=True)
        if self.first:
            click.echo(self._next(self.folder.path), err=True)

    def _show(self, comparison: Comparison, screen: Screen) -> None:
        if screen.is_terminal:
            self._render(comparison, screen)
        else:
            text = as_text(lambda console: self._render(comparison, console), screen.width)
            click.echo(text, nl=False)

    def _render(self, comparison: Comparison, console: Console) -> None:
        show(comparison, console, every=self.every, seconds=self.seconds)

    def _pieces(self, comparison: Comparison, form: str) -> Iterator[str]:
        if form == TEXT:
            yield as_text(lambda console: self._render(comparison, console))
        elif form == "jsonl":
            yield from (json_line(row, self.seconds) for row in comparison.rows)
            yield last_json_line(comparison)
        else:
            yield from PIECES[form](comparison, self.seconds)

    def _next(self, folder: Path) -> str:
        """What is likely done next with a plan."""
        if "ics" in self.plans:
            return f"Next: open {folder / _file(self.first, 'ics')} in a calendar"
        plan = shlex.quote(str(folder / _file(self.first, "json")))
        return f"Next: mesocycle export {plan} --format ics -o {self.first}.ics"


def _file(stem: str, form: str) -> str:
    """The name of a plan's file; a format that shares its ending with another names itself."""
    ending = FORMATS[form].ending
    alone = next(name for name, other in FORMATS.items() if other.ending == ending) == form
    return f"{stem}{ending}" if alone else f"{stem}.{form}{ending}"


def _written(result: Result, form: str) -> str:
    return FORMATS[form].write(result, ExportOptions(stamp=datetime.now(UTC)))
