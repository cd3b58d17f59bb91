"""FitNotes: on Android a row a set with its day alone, on iOS with the moment its workout began.

Sets of iOS carry a status: what was not started was not done.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from mesocycle.importing.logs.findings import Findings
from mesocycle.importing.logs.gathering import Session, Sessions, each_row, name_of, title_of
from mesocycle.importing.logs.moments import Moments, minutes_between
from mesocycle.importing.logs.set_columns import SetColumns
from mesocycle.importing.logs.table import LogOptions, LogTable, Records, TableFormat, needs
from mesocycle.importing.tables.cells import TableRow

_ANDROID = (
    "date exercise category weight weightunit weightkg weightkgs weightlbs reps distance distanceunit"
    " time timeunit comment comments notes kind iscompleted plancomment"
)
_IOS = (
    "name starttime endtime bodyweight exercise equipment reps weight time distance status iswarmup rpe"
    " rir categories note"
)
_DONE = ("", "done", "completed", "failed")
_YES = ("true", "1", "yes")


@dataclass
class _FitNotes:
    """The rows of a table on their way to workouts."""

    table: LogTable
    moments: Moments
    columns: SetColumns
    sessions: Sessions

    @cached_property
    def at(self) -> dict[str, int]:
        """Where each column stands."""
        return {name: self.table.column(name) for name in f"{_ANDROID} {_IOS}".split()}

    def day(self, row: TableRow) -> None:
        """Add the set of a row to the workout of its day."""
        kind = row[self.at["kind"]].casefold()
        one = self.columns.set(row, failed="fail" in kind, warm_up="warm" in kind, drop="drop" in kind)
        begun = self.moments.at(row[self.at["date"]])
        session = self.sessions.session(Session(begun.id, begun.date, begun.start, line=row.line))
        exercise = name_of(row[self.at["exercise"]])
        session.add(exercise, one, line=row.line, category=row[self.at["category"]])

    def moment(self, row: TableRow) -> None:
        """Add the set of a row to the workout of its moment, if it was done."""
        status = row[self.at["status"]].casefold()
        if status not in _DONE:
            return
        warm_up = row[self.at["iswarmup"]].casefold() in _YES
        one = self.columns.set(row, failed=status == "failed", warm_up=warm_up)
        begun = self.moments.at(row[self.at["starttime"]])
        new = Session(
            id=begun.id,
            date=begun.date,
            start=begun.start,
            minutes=minutes_between(begun, self.moments.maybe_at(row[self.at["endtime"]])),
            title=title_of(row[self.at["name"]]),
            line=row.line,
        )
        exercise, equipment = name_of(row[self.at["exercise"]]), name_of(row[self.at["equipment"]])
        category = row[self.at["categories"]]
        self.sessions.session(new).add(exercise, one, line=row.line, equipment=equipment, category=category)


def read_fitnotes(table: LogTable, options: LogOptions, findings: Findings) -> Records:
    """Read FitNotes' export, of Android or of iOS.

    Raises
    ------
    ScenarioFileError
        If the order of day and month stays open.
    """
    columns = SetColumns(
        table,
        options,
        findings,
        seconds=("time",),
        rir=("rir",),
        weight=("weight",),
        distance=("distance",),
    )
    notes = _FitNotes(table, Moments(options.zone), columns, Sessions())
    dates = (cell for name in ("date", "starttime", "endtime") for cell in table.cells(notes.at[name]))
    notes.moments.settle(dates, options.date_order, table.file)
    each_row(table, findings, notes.moment if notes.at["starttime"] >= 0 else notes.day)
    return Records(notes.sessions.workouts(), notes.sessions.runs())


FITNOTES = TableFormat(
    "FitNotes",
    needs("date", "exercise", "category", "reps"),
    frozenset(_ANDROID.split()),
    read_fitnotes,
)
FITNOTES_IOS = TableFormat(
    "FitNotes",
    needs("starttime", "exercise", "iswarmup", "reps"),
    frozenset(_IOS.split()),
    read_fitnotes,
)
