"""The bytes of a table -> rows of cells, with the line each begins on."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from mesocycle.files.safe_text import shown
from mesocycle.models.errors import Problem, ScenarioFileError

MOST_ROWS = 5_000
MOST_COLUMNS = 200
MOST_CELL = 10_000
DELIMITERS = ",;\t|"


@dataclass(frozen=True)
class TableRow:
    """A row: the line of the file where it begins, and its cells without spaces around them."""

    line: int
    cells: tuple[str, ...]

    def __getitem__(self, column: int) -> str:
        return self.cells[column] if 0 <= column < len(self.cells) else ""


def decoded(raw: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    """Read bytes as text: Unicode, else Windows-1252, with a note about that guess.

    Raises
    ------
    ScenarioFileError
        If they are no text.
    """
    if raw.startswith(b"PK\x03\x04") or raw.startswith(b"\xd0\xcf\x11\xe0"):
        raise ScenarioFileError.of(
            name, "this is a spreadsheet's own file", "save it as CSV: File, Save as, CSV UTF-8"
        )
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return raw.decode("utf-16", errors="replace"), ()
    if b"\0" in raw:
        raise ScenarioFileError.of(name, "this is no text", "save the table as CSV")
    try:
        return raw.decode("utf-8-sig"), ()
    except UnicodeDecodeError:
        text = raw.decode("cp1252", errors="replace")
        return text, ("The file is not UTF-8; it was read as Windows-1252. Look at names with accents.",)


def rows_of(text: str, delimiter: str, name: str) -> list[TableRow]:
    """Take a table apart; rows without any content are left out.

    Raises
    ------
    ScenarioFileError
        If it is too large, or its quotes do not fit.
    """
    rows = []
    for row in _rows(text, delimiter, name):
        if any(row.cells):
            rows.append(row)
        if len(rows) > MOST_ROWS:
            raise ScenarioFileError.of(
                name, f"the table has more than {MOST_ROWS:,} rows", "split it", line=row.line
            )
    return rows


def _rows(text: str, delimiter: str, name: str) -> Iterator[TableRow]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise ScenarioFileError.of(
                name, f"the table cannot be read: {error}", "look at its quotes", line=line
            ) from None
        if cells is None:
            return
        if len(cells) > MOST_COLUMNS:
            raise ScenarioFileError.of(name, f"the row has more than {MOST_COLUMNS} cells", line=line)
        for column, cell in enumerate(cells, 1):
            if len(cell) > MOST_CELL:
                wrong = f"the cell is longer than {MOST_CELL:,} characters"
                problem = Problem((), wrong, shown(cell), "look at the quotes", line, column)
                raise ScenarioFileError((problem,), name)
        yield TableRow(line, tuple(cell.strip() for cell in cells))
