"""The header of a table: which column holds what, in a few languages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from mesocycle.importing.tables.cells import TableRow
from mesocycle.importing.tables.dates import weekday_of
from mesocycle.models.clock import WEEKDAYS

# Seven columns of single letters are a week, from Monday or from Sunday: English, German, French, Spanish.
_LETTER_WEEKS = ("mtwtfss", "mdmdfss", "lmmjvsd", "lmxjvsd")
# How far down the header is looked for: tables often begin with a title.
MOST_BEFORE = 20

_NAMES = {
    "date": "date day datum tag fecha jour data día dia workoutday workoutdate startdate scheduleddate",
    "title": "title workout session name activity run training einheit titel entrenamiento entreno séance"
    " seance sesión subject event plan what workoutname activityname workouttitle übung läufe lauf exercise",
    "text": "description notes note details detail workoutdescription beschreibung notizen descripción"
    " descripcion comments coachcomments instructions remarks bemerkung notas",
    "distance": "distance dist km kms kilometers kilometres miles mi mile mileage distanz strecke distancia"
    " planneddistance planneddistanceinmeters distancekm distancemi distancemiles umfang meters metres",
    "duration": "duration minutes min mins hours dauer duración duracion durée duree plannedduration minuten"
    " plannedtime movingtime length durationmin durationminutes durationhours estimatedtime",
    "start": "start starttime timeofday uhrzeit hora beginn startzeit heure",
    "time": "time zeit temps tiempo",
    "type": "type sport workouttype activitytype art sportart tipo category discipline runtype kind deporte",
    "week": "week wk woche semana semaine weekno weeknumber weekof weekstarting weekbeginning commencing"
    " weekcommencing wc settimana",
    "done distance": "distanceinmeters",
    "done duration": "timetotalinhours",
}
_MEANING = {name: meaning for meaning, names in _NAMES.items() for name in names.split()}
_UNIT = re.compile(r"[(\[]\s*([^)\]]{1,12}?)\s*[)\]]|\bin\s(\w+)\s*$|_(km|mi|miles|min|minutes|h|hours|m)$")
_UNITS = {
    "km": "km kms kilometers kilometres kilometer k",
    "mi": "mi mile miles mls",
    "m": "m meters metres meter",
    "min": "min mins minutes minuten minutos",
    "h": "h hr hrs hours std stunden horas",
}
_UNIT_OF = {name: unit for unit, names in _UNITS.items() for name in names.split()}
_LETTERS = re.compile(r"[\W\d_]+")


class Column(NamedTuple):
    """Where a meaning stands, and the unit its name gives."""

    at: int
    name: str
    unit: str = ""


@dataclass(frozen=True)
class Header:
    """What a table's columns hold.

    Attributes
    ----------
    row : int
        Its position among the rows.
    columns : dict
        By meaning: date, title, text, distance, duration, start, time, type, week.
    weekdays : tuple of (str, int)
        Weekday and column, from left to right; of a table with one row a week.
    ignored : tuple of str
        Columns without a meaning.
    """

    row: int
    columns: dict[str, Column] = field(default_factory=dict)
    weekdays: tuple[tuple[str, int], ...] = ()
    ignored: tuple[str, ...] = ()

    @property
    def weekly(self) -> bool:
        """Whether each row is a week."""
        return len(self.weekdays) >= 5

    @property
    def usable(self) -> bool:
        """Whether it names enough columns to read the table."""
        daily = "date" in self.columns and len(self.columns) >= 2
        return self.weekly or daily

    @property
    def known(self) -> int:
        """How many columns have a meaning."""
        return len(self.columns) + len(self.weekdays)


def find_header(rows: Sequence[TableRow]) -> Header | None:
    """The first row that names enough columns; None if no row does."""
    headers = (_header(at, row) for at, row in enumerate(rows[:MOST_BEFORE]))
    return next((header for header in headers if header.usable), None)


def _header(at: int, row: TableRow) -> Header:
    columns: dict[str, Column] = {}
    weekdays: list[tuple[str, int]] = []
    ignored: list[str] = []
    for number, cell in enumerate(row.cells):
        weekday = weekday_of(cell)
        meaning, unit = _meaning(cell)
        if weekday and weekday not in dict(weekdays):
            weekdays.append((weekday, number))
        elif meaning and meaning not in columns:
            columns[meaning] = Column(number, cell, unit)
        elif cell:
            ignored.append(cell)
    if len(weekdays) < 5:  # "Sat" alone is a name of something else
        weekdays = _lettered(row)
        letters = {row.cells[column] for _, column in weekdays}
        ignored = [name for name in ignored if name not in letters]
    return Header(at, columns, tuple(weekdays), tuple(ignored))


def _lettered(row: TableRow) -> list[tuple[str, int]]:
    """The weekdays of seven neighbouring columns that have a letter each; none where there are no such."""
    letters = [cell.strip().casefold() if len(cell.strip()) == 1 else " " for cell in row.cells]
    for week in _LETTER_WEEKS:
        for order, days in ((week, WEEKDAYS), (week[-1] + week[:-1], (WEEKDAYS[-1], *WEEKDAYS[:-1]))):
            at = "".join(letters).find(order)
            if at >= 0:
                return [(day, at + number) for number, day in enumerate(days)]
    return []


def _meaning(cell: str) -> tuple[str, str]:
    """What a column's name means, and the unit it gives: "Distance (km)"."""
    text = cell.strip().casefold()[:60]
    match = _UNIT.search(text)
    named = _UNIT_OF.get(next((g for g in match.groups() if g), "")) if match else None
    words = _LETTERS.sub("", text[: match.start()] if match and named else text)
    meaning = _MEANING.get(words, "")
    return meaning, named or _unit_in(words)


def _unit_in(words: str) -> str:
    if words in _UNIT_OF:
        return _UNIT_OF[words]
    if words.endswith("inmeters"):
        return "m"
    if words in ("plannedduration", "timetotalinhours", "durationhours"):  # as TrainingPeaks exports them
        return "h"
    return {"distancekm": "km", "distancemi": "mi", "distancemiles": "mi", "mileage": "mi"}.get(words, "")
