"""Strong: strong.csv in its dialects, a row a set; among them rows that are rests and notes.

Comma or semicolon; a column or a header for units, or none at all; a set's number, or W, D, F for warm-up,
drop and failure.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from mesocycle.files.safe_text import shown
from mesocycle.importing.logs.figures import minutes_of, seconds_of
from mesocycle.importing.logs.findings import Findings, LeftOutError
from mesocycle.importing.logs.gathering import Session, Sessions, each_row, name_of, note_of, title_of
from mesocycle.importing.logs.moments import Moments
from mesocycle.importing.logs.set_columns import SetColumns
from mesocycle.importing.logs.table import LogOptions, LogTable, Records, TableFormat, needs
from mesocycle.importing.tables.cells import TableRow

_KNOWN = (
    "workout date workoutname duration durationsec workoutduration exercisename setorder weight"
    " weightunit weightkg weightlbs weightlb kg lbs reps rpe distance distanceunit distancemeters"
    " distancekm distancemiles km mi seconds notes workoutnotes"
)
# Rows among the sets that are none.
_NO_SETS = ("resttimer", "rest", "note")
_TAGS = ("", "w", "d", "f")


@dataclass
class _Strong:
    """The rows of a table on their way to workouts."""

    table: LogTable
    moments: Moments
    columns: SetColumns
    sessions: Sessions
    passed_over: int = 0

    @cached_property
    def at(self) -> dict[str, int]:
        """Where each column stands."""
        return {name: self.table.column(name) for name in _KNOWN.split()}

    @cached_property
    def lasted(self) -> int:
        """Where the length of a workout stands."""
        return self.table.column("durationsec", "workoutduration", "duration")

    def read(self, row: TableRow) -> None:
        """Add the set of a row to its workout; rests and notes are passed over."""
        order = row[self.at["setorder"]].casefold().replace(" ", "")
        exercise = name_of(row[self.at["exercisename"]])
        if order in _NO_SETS or exercise.casefold() == "rest timer":
            self.passed_over += 1
            return
        if order not in _TAGS and not order.isdecimal():
            self.columns.findings.note(f"Sets with the number {shown(order)} are read as work.")
        one = self.columns.set(row, failed=order == "f", warm_up=order == "w", drop=order == "d")
        begun = self.moments.at(row[self.at["date"]])
        session = self.sessions.session(
            Session(
                id=begun.id,
                date=begun.date,
                start=begun.start,
                minutes=self._minutes(row),
                title=title_of(row[self.at["workoutname"]]),
                note=note_of(row[self.at["workoutnotes"]]),
                line=row.line,
            )
        )
        number = int(order) if order.isdecimal() and len(order) < 6 else None
        session.add(exercise, one, line=row.line, number=number)

    def _minutes(self, row: TableRow) -> int | None:
        try:
            return minutes_of(seconds_of(row[self.lasted], "the duration"))
        except LeftOutError:
            return None


def read_strong(table: LogTable, options: LogOptions, findings: Findings) -> Records:
    """Read Strong's export of workouts.

    Raises
    ------
    ScenarioFileError
        If the order of day and month stays open.
    """
    columns = SetColumns(
        table, options, findings, seconds=("seconds",), weight=("weight",), distance=("distance",)
    )
    strong = _Strong(table, Moments(options.zone), columns, Sessions())
    strong.moments.settle(table.cells(strong.at["date"]), options.date_order, table.file)
    each_row(table, findings, strong.read)
    if strong.passed_over:
        many = strong.passed_over > 1
        what = f"{strong.passed_over:,} rests and notes stand" if many else "1 rest or note stands"
        findings.note(f"{what} between the sets.")
    return Records(strong.sessions.workouts(), strong.sessions.runs())


STRONG = TableFormat(
    "Strong",
    needs("exercisename", "setorder", "date"),
    frozenset(_KNOWN.split()),
    read_strong,
)
