"""Liftosaur: history as CSV, a row a set; moments are UTC, and a set without repetitions was not done.

Newer exports tell what was asked and what was done apart, older ones have one column for both.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from mesocycle.importing.logs.findings import Findings
from mesocycle.importing.logs.gathering import Session, Sessions, each_row, name_of, title_of
from mesocycle.importing.logs.moments import Moment, Moments, minutes_between
from mesocycle.importing.logs.set_columns import SetColumns
from mesocycle.importing.logs.table import LogOptions, LogTable, Records, TableFormat, needs
from mesocycle.importing.tables.cells import TableRow

_KNOWN = (
    "workoutdatetime program dayname exercise equipment iswarmupset requiredreps completedreps isamrap"
    " rpe requiredrpe completedrpe logrpe weightvalue weightunit requiredweightvalue requiredweightunit"
    " completedweightvalue completedweightunit askweight completedrepstime targetmuscles"
    " synergistmuscles notes"
)

_LONGEST = 300


@dataclass
class _Liftosaur:
    """The rows of a table on their way to workouts."""

    table: LogTable
    moments: Moments
    done: SetColumns
    asked: SetColumns
    sessions: Sessions

    @cached_property
    def at(self) -> dict[str, int]:
        """Where each column stands."""
        return {name: self.table.column(name) for name in _KNOWN.split()}

    def read(self, row: TableRow) -> None:
        """Add the set of a row to its workout, if it was done."""
        if not row[self.at["completedreps"]]:
            return
        warm_up = row[self.at["iswarmupset"]] == "1"
        # What was lifted; where only what was asked for is told, that.
        columns = self.done if row[self.at["completedweightvalue"]] else self.asked
        one = columns.set(row, warm_up=warm_up)
        begun = self.moments.at(row[self.at["workoutdatetime"]])
        new = Session(
            id=begun.id,
            date=begun.date,
            start=begun.start,
            minutes=self._minutes(begun, row),
            title=title_of(row[self.at["dayname"]] or row[self.at["program"]]),
            line=row.line,
        )
        equipment = name_of(row[self.at["equipment"]])
        exercise = name_of(row[self.at["exercise"]])
        self.sessions.session(new).add(exercise, one, line=row.line, equipment=equipment)

    def _minutes(self, begun: Moment, row: TableRow) -> int | None:
        """The time until a set; a workout whose day was chosen by hand begins at midnight, and tells none."""
        minutes = minutes_between(begun, self.moments.maybe_at(row[self.at["completedrepstime"]]))
        return minutes if minutes is not None and minutes <= _LONGEST else None


def read_liftosaur(table: LogTable, options: LogOptions, findings: Findings) -> Records:
    """Read Liftosaur's history.

    Raises
    ------
    ScenarioFileError
        If the order of day and month stays open.
    """
    asked, done = (
        SetColumns(
            table,
            options,
            findings,
            reps=("completedreps",),
            rpe=("completedrpe", "rpe"),
            weight=weight,
            weight_unit=unit,
        )
        for weight, unit in (
            (("weightvalue", "requiredweightvalue"), ("weightunit", "requiredweightunit")),
            (("completedweightvalue",), ("completedweightunit",)),
        )
    )
    history = _Liftosaur(table, Moments(options.zone, utc=True), done, asked, Sessions())
    dates = (
        cell for name in ("workoutdatetime", "completedrepstime") for cell in table.cells(history.at[name])
    )
    history.moments.settle(dates, options.date_order, table.file)
    each_row(table, findings, history.read)
    return Records(history.sessions.workouts(), history.sessions.runs())


LIFTOSAUR = TableFormat(
    "Liftosaur",
    needs("workoutdatetime", "exercise", "completedreps"),
    frozenset(_KNOWN.split()),
    read_liftosaur,
)
