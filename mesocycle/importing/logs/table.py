"""A log that is a table: its columns and rows, and how an app's table is told from others."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from zoneinfo import ZoneInfo

from mesocycle.importing.logs.figures import decimal_sign
from mesocycle.importing.logs.findings import Findings
from mesocycle.importing.logs.log import LoggedDay, LoggedRun, LoggedWorkout, Unit
from mesocycle.importing.tables.cells import TableRow
from mesocycle.models.exercise_names import compact


@dataclass(frozen=True)
class LogOptions:
    """What a file may leave open.

    Attributes
    ----------
    zone : ZoneInfo
        The runner's.
    weight, distance : str
        "kg" or "lb", "km" or "mi", for numbers without a unit; "" if unknown.
    date_order : str
        "dmy", "mdy" or "".
    """

    zone: ZoneInfo
    weight: Unit | None = None
    distance: str = ""
    date_order: str = ""


@dataclass(frozen=True)
class Records:
    """What a file holds, in any order."""

    workouts: Sequence[LoggedWorkout] = ()
    runs: Sequence[LoggedRun] = ()
    wellness: Sequence[LoggedDay] = ()


@dataclass(frozen=True)
class LogTable:
    """A table below its header.

    Attributes
    ----------
    file : str
        How errors name it.
    header : tuple of str
        The columns' names as written.
    rows : tuple of TableRow
        With the lines they begin on; without empty ones.
    """

    file: str
    header: tuple[str, ...]
    rows: tuple[TableRow, ...]

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The columns' names without case, spaces and the like: "Weight (kg)" is weightkg."""
        return tuple(compact(name) for name in self.header)

    def column(self, *names: str) -> int:
        """Where the first of these names stands that there is; -1 if there is none."""
        return next((self.keys.index(name) for name in names if name in self.keys), -1)

    def last(self, *names: str) -> int:
        """Where the last column of any of these names stands that holds anything; -1 if there is none."""
        columns = [at for at, key in enumerate(self.keys) if key in names]
        filled = [at for at in columns if any(self.cells(at))]
        return max(filled or columns, default=-1)

    def cells(self, column: int) -> Iterator[str]:
        """The cells of a column, from top to bottom."""
        return (row[column] for row in self.rows)

    def decimal(self, *columns: int) -> str:
        """The sign before decimals in these columns; "" if none tells."""
        return decimal_sign(cell for column in columns if column >= 0 for cell in self.cells(column))


ReadTable = Callable[[LogTable, LogOptions, Findings], Records]


@dataclass(frozen=True)
class TableFormat:
    """How an app's export is told from others, and read.

    Attributes
    ----------
    app : str
        What it is called.
    needs : tuple of frozenset of str
        Keys of columns: one of each set has to be there.
    known : frozenset of str
        Keys of all columns that the app is known for.
    read : callable
        Makes records of a table.
    """

    app: str
    needs: tuple[frozenset[str], ...]
    known: frozenset[str]
    read: ReadTable

    def fits(self, keys: Sequence[str]) -> bool:
        """Whether columns of these keys are such an export."""
        return all(names.intersection(keys) for names in self.needs)

    def unknown(self, table: LogTable) -> tuple[str, ...]:
        """Names of columns that the app is not known for."""
        pairs = zip(table.header, table.keys, strict=True)
        return tuple(dict.fromkeys(name for name, key in pairs if key and key not in self.known))


def needs(*columns: str) -> tuple[frozenset[str], ...]:
    """Sets of keys, each written as alternatives with spaces between."""
    return tuple(frozenset(column.split()) for column in columns)
