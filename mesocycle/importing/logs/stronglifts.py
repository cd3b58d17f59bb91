"""StrongLifts: a row an exercise, with a pair of columns for each set, "Set 1 (Reps)" and "Set 1 (KG)"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from mesocycle.importing.logs.figures import minutes_of, number
from mesocycle.importing.logs.findings import Findings, LeftOutError
from mesocycle.importing.logs.gathering import Session, Sessions, name_of, note_of, title_of
from mesocycle.importing.logs.log import LogSet, Unit
from mesocycle.importing.logs.moments import Moments
from mesocycle.importing.logs.set_columns import MOST_REPS, MOST_WEIGHT
from mesocycle.importing.logs.table import LogOptions, LogTable, Records, TableFormat, needs
from mesocycle.importing.tables.cells import TableRow

_KNOWN = (
    "dateyyyymmdd date workout workoutname programname bodyweightkg bodyweightlb exercise setsxreps"
    " setsreps setsxtime setstime topsetrepsxkg topsetrepsxlb topsetrepskg topsetrepslb e1rmkg e1rmlb"
    " reps volumekg volumelb workoutvolumekg workoutvolumelb durationhours starttimehmm endtimehmm notes"
)
_PAIR = re.compile(r"set(\d{1,3})(reps|kg|lb|time)")


@dataclass
class _StrongLifts:
    """The rows of a table on their way to workouts."""

    table: LogTable
    moments: Moments
    findings: Findings
    sessions: Sessions

    @cached_property
    def at(self) -> dict[str, int]:
        """Where each column stands."""
        named = {name: self.table.column(name) for name in _KNOWN.split()}
        return named | {"day": self.table.column("dateyyyymmdd", "date")}

    @cached_property
    def sets(self) -> list[dict[str, int]]:
        """Columns of each set, by what they hold."""
        found: dict[int, dict[str, int]] = {}
        for at, key in enumerate(self.table.keys):
            if match := _PAIR.fullmatch(key):
                found.setdefault(int(match[1]), {}).setdefault(match[2], at)
        return [found[number] for number in sorted(found)]

    @cached_property
    def decimal(self) -> str:
        """The sign before decimals."""
        return self.table.decimal(*(at for one in self.sets for name, at in one.items() if name != "reps"))

    def when(self, row: TableRow) -> str:
        """The moment of a workout as one text."""
        return f"{row[self.at['day']]} {row[self.at['starttimehmm']]}".strip()

    def read(self, row: TableRow) -> None:
        """Add the sets of a row to its workout."""
        begun = self.moments.maybe_at(self.when(row)) or self.moments.at(row[self.at["day"]])
        # Where no hour is told, the workout's number tells two of a day apart.
        number_of = row[self.at["workout"]] if begun.start is None else ""
        session = self.sessions.session(
            Session(
                id=f"{begun.id} {number_of}".strip(),
                date=begun.date,
                start=begun.start,
                minutes=self._minutes(row),
                title=title_of(row[self.at["workoutname"]]),
                note=note_of(row[self.at["notes"]]),
                line=row.line,
            )
        )
        exercise = name_of(row[self.at["exercise"]])
        for place, columns in enumerate(self.sets, 1):
            if not any(row[at] for at in columns.values()):
                continue
            try:
                one, helped = self._set(row, columns)
                session.add(
                    exercise, one, line=row.line, number=place, equipment="assisted" if helped else ""
                )
            except LeftOutError as error:
                self.findings.leave_out(f"Line {row.line}, set {place}", error)

    def _set(self, row: TableRow, columns: dict[str, int]) -> tuple[LogSet, bool]:
        """A set, and whether its weight is below 0: that is help, and no load."""
        unit: Unit = "lb" if "lb" in columns else "kg"
        what = "the number of repetitions"
        reps = number(row[columns.get("reps", -1)], self.decimal, what, MOST_REPS)
        if reps is None or reps % 1:
            raise LeftOutError(f"{what} is missing" if reps is None else f"{what} is no whole one: {reps:g}")
        cell = row[columns.get(unit, -1)]
        weight = number(cell.removeprefix("-"), self.decimal, "the weight", MOST_WEIGHT)
        if weight and cell.startswith("-"):
            return LogSet(reps=int(reps)), True
        return LogSet(weight=weight or None, unit=unit if weight else None, reps=int(reps)), False

    def _minutes(self, row: TableRow) -> int | None:
        try:
            hours = number(row[self.at["durationhours"]], self.decimal, "the duration", 1000)
        except LeftOutError:
            return None
        return minutes_of(hours * 3600) if hours else None


def read_stronglifts(table: LogTable, options: LogOptions, findings: Findings) -> Records:
    """Read StrongLifts' export.

    Raises
    ------
    ScenarioFileError
        If the order of day and month stays open.
    """
    lifts = _StrongLifts(table, Moments(options.zone), findings, Sessions())
    days = table.cells(lifts.at["day"])
    lifts.moments.settle(days, options.date_order, table.file)
    for row in table.rows:
        try:
            lifts.read(row)
        except LeftOutError as error:
            findings.leave_out(f"Line {row.line}", error)
    return Records(lifts.sessions.workouts(), lifts.sessions.runs())


_SETS = {f"set{number}{what}" for number in range(1, 100) for what in ("reps", "kg", "lb", "time")}
STRONGLIFTS = TableFormat(
    "StrongLifts",
    needs("dateyyyymmdd date", "exercise", "set1reps"),
    frozenset(_KNOWN.split()) | _SETS,
    read_stronglifts,
)
