"""A row of a table with a row a day -> an event, by the meaning of its columns."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Literal, TypeVar

from mesocycle.files.safe_text import shown
from mesocycle.importing.feed import Event
from mesocycle.importing.tables import fields
from mesocycle.importing.tables.cells import TableRow
from mesocycle.importing.tables.columns import Column, Header
from mesocycle.importing.titles.cleaning import one_line, units_of
from mesocycle.importing.titles.matching import says_nothing
from mesocycle.models.errors import Problem

_T = TypeVar("_T")


@dataclass
class Log:
    """What is wrong with a table, and what was assumed of it."""

    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def wrong(self, row: TableRow, column: Column, right: str, message: str = "") -> None:
        """Report that a cell is not what its column holds."""
        self.problems.append(
            Problem(
                (),
                f"{one_line(column.name, 40)}: {message or f'expected {right}'}",
                shown(row[column.at]) if row[column.at] else "nothing",
                right if message else "",
                line=row.line,
                column=column.at + 1,
            )
        )

    def note(self, note: str) -> None:
        """Add a note once."""
        if note not in self.notes:
            self.notes.append(note)


def table_units(rows: Sequence[TableRow], header: Header) -> Literal["km", "mi", ""]:
    """The unit of the header, or else of the words in the table."""
    column = header.columns.get("distance")
    if column and column.unit in ("km", "mi"):
        return "mi" if column.unit == "mi" else "km"
    return units_of(cell for row in rows for cell in row.cells)


@dataclass
class DayRows:
    """Reads the cells of rows that have a header in common."""

    rows: Sequence[TableRow]
    header: Header
    units: str
    log: Log

    def event(self, row: TableRow, day: date) -> Event | None:
        """The event of a row; None if it holds nothing but its date."""
        title, text, sport = self._text(row, "title"), self._text(row, "text"), self._text(row, "type")
        done_metres = self._metres(row, "done distance")
        done_minutes = self._minutes(row, self._column("done duration"))
        metres, minutes = self._metres(row, "distance"), self._minutes(row, self._duration)
        done = bool(done_metres or done_minutes)
        if not (title or text or sport or metres or minutes or done):
            return None
        if title and fields.is_run(sport) and says_nothing(title):
            title = f"{sport}: {title}"
        return Event(
            day=day,
            title=title or sport,
            text=text,
            start_minute=self._cell(row, self._start, fields.start_of),
            minutes=done_minutes if done else minutes,
            metres=done_metres if done else metres,
            kind=fields.kind_of(sport),
            done=done,
            place=f"line {row.line}",
        )

    def _column(self, meaning: str) -> Column | None:
        return self.header.columns.get(meaning)

    def _text(self, row: TableRow, meaning: str) -> str:
        column = self._column(meaning)
        return row[column.at] if column else ""

    def _cell(self, row: TableRow, column: Column | None, read: Callable[[str], _T | None]) -> _T | None:
        if column is None:
            return None
        try:
            return read(row[column.at])
        except fields.NoFieldError as error:
            self.log.wrong(row, column, str(error))
            return None

    def _metres(self, row: TableRow, meaning: str) -> int | None:
        column = self._column(meaning)
        if column is None:
            return None
        unit = column.unit if column.unit in fields.UNIT_METRES else self.units
        if not unit and fields.number_of(row[column.at]):
            self.log.note("Its distances have no unit; they were read as kilometres.")
        return self._cell(row, column, lambda cell: fields.metres_of(cell, unit or "km"))

    def _minutes(self, row: TableRow, column: Column | None) -> int | None:
        hours = column is not None and (column.unit == "h" or column in self._in_hours)
        return self._cell(row, column, lambda cell: fields.minutes_of(cell, hours))

    @cached_property
    def _duration(self) -> Column | None:
        return self._column("duration") or (None if self._time_of_day else self._column("time"))

    @cached_property
    def _start(self) -> Column | None:
        return self._column("start") or (self._column("time") if self._time_of_day else None)

    @cached_property
    def _time_of_day(self) -> bool:
        """Whether "Time" is when, not how long."""
        column = self._column("time")
        cells = [row[column.at] for row in self.rows if row[column.at]] if column else []
        return bool(cells) and not (column and column.unit) and all(map(fields.is_time_of_day, cells))

    @cached_property
    def _in_hours(self) -> frozenset[Column]:
        """Columns whose mere numbers count hours: all are small, and one has a fraction."""
        column = self._duration
        if column is None or column.unit:
            return frozenset()
        numbers = [n for row in self.rows if (n := fields.number_of(row[column.at])) is not None]
        if not numbers or max(numbers) > fields.MOST_HOURS or not any(n % 1 for n in numbers):
            return frozenset()
        self.log.note("Its durations have no unit; they were read as hours.")
        return frozenset({column})
