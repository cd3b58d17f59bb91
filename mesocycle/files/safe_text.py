"""Anybody's text in a file that gives some characters a meaning: it stays text."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable

from mesocycle.models.names import hidden_character

# A spreadsheet takes text that begins so for a formula; names may be anybody's.
FORMULA = ("=", "+", "-", "@", "\t", "\r")
# Where lists are separated by semicolons, a spreadsheet may begin a new cell at one.
_NEXT_CELL = re.compile(r"([;\t]\s*)([=@]|[+-](?!\d+ [a-z_]+))")


def csv_line(values: Iterable[object]) -> str:
    """A line of CSV; None is an empty cell, and text never a formula."""
    line = io.StringIO()
    safe = [_no_formula(value) if isinstance(value, str) else value for value in values]
    # The writer quotes what its own line end is made of, so that a CR in a cell stays there.
    csv.writer(line, lineterminator="\r\n").writerow(
        ["" if v is None else str(v).lower() if isinstance(v, bool) else v for v in safe]
    )
    return line.getvalue().removesuffix("\r\n") + "\n"


def _no_formula(text: str) -> str:
    text = _NEXT_CELL.sub(r"\1'\2", text)
    return f"'{text}" if text.startswith(FORMULA) else text


def plain(text: str) -> str:
    """Text that means nothing in Markdown or HTML, unless a line begins with it."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return re.sub(r"([\\`*_~\[\]|])", r"\\\1", text)


def visible(text: str) -> str:
    """The text on one line, without what a reader cannot see: control characters, turned directions."""
    while code := hidden_character(text):
        text = text.replace(chr(int(code.removeprefix("U+"), 16)), " ")
    return text.strip()
