"""Any text in a file that gives some characters a meaning: it stays text."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from mesocycle.models.names import hidden_character

MAX_VALUE = 60


def shown(value: Any, most: int = MAX_VALUE) -> str:
    """Write a value as JSON does, in at most 60 characters and without control characters."""
    text = ""
    for piece in _pieces(value, most):
        text += piece
        if len(text) > most:
            return text[: most - 1] + "…"
    return text


def _pieces(value: Any, most: int) -> Iterator[str]:
    if isinstance(value, Mapping):
        yield "{"
        for index, (key, item) in enumerate(value.items()):
            yield (", " if index else "") + _safe(json.dumps(str(key)[: most + 1], ensure_ascii=False)) + ": "
            yield from _pieces(item, most)
        yield "}"
    elif isinstance(value, (list, tuple)):
        yield "["
        for index, item in enumerate(value):
            yield ", " if index else ""
            yield from _pieces(item, most)
        yield "]"
    elif isinstance(value, str):
        yield _safe(json.dumps(value[: most + 1], ensure_ascii=False))
    elif value is None or isinstance(value, (bool, float)):
        yield json.dumps(value)
    elif isinstance(value, int):
        yield str(value) if abs(value) < 10**most else "a very large number"
    else:
        yield _safe(str(value)[: most + 1])


def _safe(text: str) -> str:
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


# A spreadsheet takes text that begins so for a formula.
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
