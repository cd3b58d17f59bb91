"""Hevy: workout_data.csv, a row a set; weights and distances in the units that its columns name."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from mesocycle.files.safe_text import shown
from mesocycle.importing.logs.findings import Findings
from mesocycle.importing.logs.gathering import Session, Sessions, each_row, name_of, note_of, title_of
from mesocycle.importing.logs.moments import Moments, minutes_between
from mesocycle.importing.logs.set_columns import SetColumns
from mesocycle.importing.logs.table import LogOptions, LogTable, Records, TableFormat, needs
from mesocycle.importing.tables.cells import TableRow
from mesocycle.models.exercise_names import compact

_KNOWN = (
    "title starttime endtime description exercisetitle supersetid exercisenotes setindex settype reps"
    " durationseconds rpe weightkg weightlbs distancekm distancemiles distancemeters"
)

_KINDS = ("", "normal", "warmup", "failure", "dropset", "drop")


@dataclass
class _Hevy:
    """The rows of a table on their way to workouts."""

    table: LogTable
    moments: Moments
    columns: SetColumns
    sessions: Sessions

    @cached_property
    def at(self) -> dict[str, int]:
        """Where each column stands."""
        return {name: self.table.column(name) for name in _KNOWN.split()}

    def read(self, row: TableRow) -> None:
        """Add the set of a row to its workout."""
        kind = compact(row[self.at["settype"]])
        if kind not in _KINDS:
            self.columns.findings.note(f"Sets of the kind {shown(kind)} are read as work.")
        one = self.columns.set(
            row, failed=kind == "failure", warm_up=kind == "warmup", drop=kind in ("dropset", "drop")
        )
        start = self.moments.at(row[self.at["starttime"]])
        session = self.sessions.session(
            Session(
                id=start.id,
                date=start.date,
                start=start.start,
                minutes=minutes_between(start, self.moments.maybe_at(row[self.at["endtime"]])),
                title=title_of(row[self.at["title"]]),
                note=note_of(row[self.at["description"]]),
                line=row.line,
            )
        )
        index = row[self.at["setindex"]]
        number = int(index) if index.isdecimal() and len(index) < 6 else None
        session.add(name_of(row[self.at["exercisetitle"]]), one, line=row.line, number=number)


def read_hevy(table: LogTable, options: LogOptions, findings: Findings) -> Records:
    """Read Hevy's export of workouts.

    Raises
    ------
    ScenarioFileError
        If the order of day and month stays open.
    """
    columns = SetColumns(table, options, findings, seconds=("durationseconds",))
    hevy = _Hevy(table, Moments(options.zone), columns, Sessions())
    dates = (cell for name in ("starttime", "endtime") for cell in table.cells(hevy.at[name]))
    hevy.moments.settle(dates, options.date_order, table.file)
    each_row(table, findings, hevy.read)
    return Records(hevy.sessions.workouts(), hevy.sessions.runs())


HEVY = TableFormat(
    "Hevy",
    needs("exercisetitle", "starttime", "setindex settype"),
    frozenset(_KNOWN.split()),
    read_hevy,
)
