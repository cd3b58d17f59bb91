"""A list of days in JSON, `[{"date": "2026-12-07", "title": "Easy 8 km"}]`: a table without its lines."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import islice
from typing import Any

from mesocycle.importing.feed import Feed
from mesocycle.importing.tables.cells import TableRow
from mesocycle.importing.tables.columns import Header, find_header
from mesocycle.importing.tables.table import read_rows
from mesocycle.models.errors import ScenarioFileError

MOST_RECORDS, MOST_KEYS, MOST_TEXT = 20_000, 60, 2_000
# So many of them show which keys there are.
_LOOKED_AT = 100


def looks_like_records(data: Any) -> bool:
    """Whether JSON data is a list of days with a date and something else that a table may have."""
    return isinstance(data, list) and _header(_keys(data)) is not None


def read_records(data: list[Any], name: str, date_order: str | None, today: date | None) -> Feed:
    """Read such a list; its keys are the columns of a table.

    Raises
    ------
    ScenarioFileError
        As `read_table`; problems name the entry as the line. Also if it is too long.
    """
    if len(data) > MOST_RECORDS:
        raise ScenarioFileError.of(name, f"it has more than {MOST_RECORDS:,} entries", "export fewer months")
    keys = _keys(data)
    header = _header(keys)
    if header is None:
        raise ScenarioFileError.of(name, "no entry has a date and a title")
    rows = [TableRow(1, keys)]
    for number, item in enumerate(data, 1):
        if isinstance(item, Mapping):
            rows.append(TableRow(number, tuple(_text(item.get(key)) for key in keys)))
    return read_rows(rows, header, name, date_order, today)


def _keys(data: list[Any]) -> tuple[str, ...]:
    """The keys of the first entries, in the order in which they come."""
    found: dict[str, None] = {}
    for item in data[:_LOOKED_AT]:
        if isinstance(item, Mapping):
            found.update((str(key)[:MOST_TEXT], None) for key in islice(item, MOST_KEYS))
    return tuple(islice(found, MOST_KEYS))


def _header(keys: tuple[str, ...]) -> Header | None:
    header = find_header([TableRow(1, keys)])
    return header if header is not None and not header.weekly else None


def _text(value: Any) -> str:
    """A value as a cell has it; what holds others is nothing."""
    if value is None or isinstance(value, (bool, list, dict)):
        return ""
    return str(value).strip()[:MOST_TEXT]
