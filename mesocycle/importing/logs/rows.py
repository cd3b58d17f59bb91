"""Taking a table apart: its header, and its rows each by itself, so that a broken one costs only itself."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

from mesocycle.files.safe_text import shown
from mesocycle.importing.logs.findings import Findings
from mesocycle.importing.logs.table import LogTable, TableFormat
from mesocycle.importing.tables.cells import DELIMITERS, MOST_CELL, MOST_COLUMNS, TableRow
from mesocycle.models.errors import ScenarioFileError
from mesocycle.models.exercise_names import compact

MOST_ROWS = 200_000
# A row over more lines than this has lost its closing quote.
MOST_LINES = 200
# How far down the header is looked for, in rows.
MOST_BEFORE = 5
_LOOKED_AT = 200_000  # characters


def find_format(text: str, formats: Sequence[TableFormat]) -> tuple[TableFormat, str, int] | None:
    """Find the app, the delimiter, and the line of the header, from 0; None if no row is such a header."""
    head = io.StringIO(text[:_LOOKED_AT], newline="").readlines()[:MOST_BEFORE]
    for delimiter in DELIMITERS:
        for at, line in enumerate(head):
            keys = [compact(cell) for cell in _cells(line, delimiter)[:MOST_COLUMNS]]
            found = next((one for one in formats if one.fits(keys)), None)
            if found is not None:
                return found, delimiter, at
    return None


def read_rows(text: str, delimiter: str, at: int, file: str, findings: Findings) -> LogTable:
    """Take a table apart, below the header on a line; rows that cannot be read are left out and named.

    Raises
    ------
    ScenarioFileError
        If it has too many rows or columns.
    """
    lines = io.StringIO(text, newline="").readlines()
    feed = _Feed(lines, at)
    header = tuple(cell.strip() for cell in _cells(next(feed, ""), delimiter))
    if len(header) > MOST_COLUMNS:
        raise ScenarioFileError.of(file, f"the table has more than {MOST_COLUMNS} columns", line=at + 1)
    rows: list[TableRow] = []
    for row in _rows(feed, delimiter, len(header), findings):
        if any(row.cells):
            rows.append(row)
        if len(rows) > MOST_ROWS:
            wrong = f"the table has more than {MOST_ROWS:,} rows"
            raise ScenarioFileError.of(file, wrong, "export fewer years", line=row.line)
    return LogTable(file, header, tuple(_without_cut(rows, lines, findings)))


class _Feed:
    """Lines for the reader of rows, which can go back to the line after a broken one."""

    def __init__(self, lines: Sequence[str], at: int) -> None:
        self.lines = lines
        self.at = at
        self.begun = at

    def __iter__(self) -> _Feed:
        return self

    def __next__(self) -> str:
        if self.at >= len(self.lines):
            raise StopIteration
        if self.at - self.begun >= MOST_LINES:
            raise csv.Error("the closing quote is missing")
        self.at += 1
        return self.lines[self.at - 1]


def _rows(feed: _Feed, delimiter: str, width: int, findings: Findings) -> Iterator[TableRow]:
    reader = csv.reader(feed, delimiter=delimiter, strict=True)
    while feed.at < len(feed.lines):
        feed.begun = feed.at
        line = feed.begun + 1
        try:
            cells: list[str] | None = next(reader, [])
        except csv.Error:
            cells = _lone(feed.lines[feed.begun], delimiter, width)
            if cells is None and _ends(feed, delimiter, width):
                findings.cut_off(f"line {line}")
                return
            feed.at = line
            reader = csv.reader(feed, delimiter=delimiter, strict=True)
        if cells and len(cells) == 1 < width:  # the whole line is quoted once more
            cells = _lone(cells[0], delimiter, width) or cells
        if cells is None:
            findings.leave_out(f"Line {line}", "its quotes do not fit")
        elif len(cells) > MOST_COLUMNS or max(map(len, cells), default=0) > MOST_CELL:
            findings.leave_out(f"Line {line}", "it is longer than any row of a log")
        else:
            yield TableRow(line, tuple(cell.strip() for cell in cells))


def _cells(line: str, delimiter: str) -> list[str]:
    """The cells of a header, which may be quoted as a whole."""
    cells = next(csv.reader([line], delimiter=delimiter), [])
    if len(cells) == 1 and delimiter in cells[0]:
        return next(csv.reader([cells[0]], delimiter=delimiter), [])
    return cells


def _lone(line: str, delimiter: str, width: int) -> list[str] | None:
    """A line by itself, its quotes taken as they come; None if its cells are not as many as the columns."""
    try:
        cells = next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return None
    return cells if len(cells) == width else None


def _ends(feed: _Feed, delimiter: str, width: int) -> bool:
    """Whether the file ends within the row that was begun last: no row comes after it."""
    if feed.at < len(feed.lines):
        return False
    return all(_lone(line, delimiter, width) is None for line in feed.lines[feed.begun + 1 :])


def _without_cut(rows: list[TableRow], lines: Sequence[str], findings: Findings) -> list[TableRow]:
    """The rows without a last one that breaks off before its last cell."""
    if len(rows) < 2 or not lines or lines[-1].endswith(("\n", "\r")):
        return rows
    if len(rows[-1].cells) >= min(len(row.cells) for row in rows[:-1]):
        return rows
    findings.cut_off(f"line {rows[-1].line}")
    return rows[:-1]


def no_format(text: str, file: str, formats: Sequence[str]) -> ScenarioFileError:
    """The error about a table of no known app: what its first row is, and what was looked for."""
    first = text.lstrip().partition("\n")[0].strip()
    return ScenarioFileError.of(
        file,
        "no row names the columns of an app that is known",
        f"an export as the app wrote it, of {', '.join(formats)}",
        value=shown(first) if first else "",
        line=1,
    )
