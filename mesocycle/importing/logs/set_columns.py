"""The columns of a table with a row a set: weight, repetitions, distance, time, effort, with their units."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from mesocycle.files.safe_text import shown
from mesocycle.importing.logs.figures import half_down, half_up, metres_of, number, rir_of, seconds_of
from mesocycle.importing.logs.findings import Findings, LeftOutError
from mesocycle.importing.logs.log import LogSet, Unit
from mesocycle.importing.logs.table import LogOptions, LogTable
from mesocycle.importing.tables.cells import TableRow

# What an event of a block takes, in kilograms and in pounds.
MOST_WEIGHT, MOST_REPS, MOST_DISTANCE, MOST_EFFORT = 1000, 1000, 1e6, 10
# Keys of columns that name their unit.
WEIGHTS: dict[str, Unit] = {
    **dict.fromkeys(("weightkg", "weightkgs", "kg", "kgs"), "kg"),
    **dict.fromkeys(("weightlbs", "weightlb", "lbs", "lb"), "lb"),
}
DISTANCES = {
    **dict.fromkeys(("distancekm", "distancekilometers", "km"), "km"),
    **dict.fromkeys(("distancemiles", "distancemi", "mi"), "mi"),
    **dict.fromkeys(("distancemeters", "distancem"), "m"),
}
_UNITS: dict[str, Unit] = {
    **dict.fromkeys(("kg", "kgs", "kilogram", "kilograms", "kilo", "kilos"), "kg"),
    **dict.fromkeys(("lb", "lbs", "pound", "pounds"), "lb"),
}


def unit_named(cell: str) -> Unit | None:
    """kg or lb by a cell; None for an empty one.

    Raises
    ------
    LeftOutError
        If it is another unit.
    """
    word = cell.strip(" .").casefold()
    if word and word not in _UNITS:
        raise LeftOutError(f"the weight has an unknown unit: {shown(cell)}")
    return _UNITS.get(word)


@dataclass(frozen=True)
class SetColumns:
    """Reads the sets of a table.

    Attributes
    ----------
    reps, seconds, rpe, rir : tuple of str
        Keys of these columns, of which the first that there is counts.
    weight, weight_unit, distance, distance_unit : tuple of str
        The same of numbers whose columns do not name their unit, and of the columns that do it for them.
    """

    table: LogTable
    options: LogOptions
    findings: Findings
    reps: tuple[str, ...] = ("reps",)
    seconds: tuple[str, ...] = ()
    rpe: tuple[str, ...] = ("rpe",)
    rir: tuple[str, ...] = ()
    weight: tuple[str, ...] = ()
    weight_unit: tuple[str, ...] = ("weightunit",)
    distance: tuple[str, ...] = ()
    distance_unit: tuple[str, ...] = ("distanceunit",)

    @cached_property
    def _at(self) -> dict[str, int]:
        names = ("reps", "seconds", "rpe", "rir", "weight", "weight_unit", "distance", "distance_unit")
        return {name: self.table.column(*getattr(self, name)) for name in names}

    @cached_property
    def _weights(self) -> list[tuple[int, Unit]]:
        return [(at, WEIGHTS[key]) for at, key in enumerate(self.table.keys) if key in WEIGHTS]

    @cached_property
    def _distances(self) -> list[tuple[int, str]]:
        return [(at, DISTANCES[key]) for at, key in enumerate(self.table.keys) if key in DISTANCES]

    @cached_property
    def decimal(self) -> str:
        """The sign before the decimals of this table."""
        measured = [at for at, _ in (*self._weights, *self._distances)]
        return self.table.decimal(*measured, *(self._at[name] for name in ("weight", "distance", "rpe")))

    def set(
        self, row: TableRow, *, failed: bool = False, warm_up: bool = False, drop: bool = False
    ) -> LogSet:
        """The set of a row.

        Raises
        ------
        LeftOutError
            If a number in it is none, or one that no set has.
        """
        weight, unit = self._weight(row)
        reps = self._number(row, "reps", "the number of repetitions", MOST_REPS)
        if reps is not None and reps % 1:
            raise LeftOutError(f"the number of repetitions is no whole one: {reps:g}")
        seconds = seconds_of(row[self._at["seconds"]], "the time", self.decimal)
        metres = self._metres(row)
        rpe = self._effort(row, "rpe", "RPE") or None
        return LogSet(
            weight=weight,
            unit=unit,
            reps=int(reps) if reps or (reps == 0 and not seconds and not metres) else None,
            seconds=half_up(seconds) or None if seconds else None,
            metres=metres,
            rir=0 if failed else self._reserve(row, rpe),
            rpe=rpe,
            kind="warm_up" if warm_up else "drop" if drop else "work",
        )

    def _reserve(self, row: TableRow, rpe: float | None) -> int | None:
        told = self._effort(row, "rir", "RIR")
        return rir_of(rpe) if told is None else half_down(told)

    def _effort(self, row: TableRow, name: str, what: str) -> float | None:
        """RPE or RIR; beyond 10 it says nothing, and the set counts without it."""
        value = self._number(row, name, f"the {what}", MOST_DISTANCE)
        if value is not None and value > MOST_EFFORT:
            self.findings.note(
                f"Line {row.line}: an {what} of {value:g} is none; the set was read without it."
            )
            return None
        return value

    def _number(self, row: TableRow, name: str, what: str, most: float) -> float | None:
        return number(row[self._at[name]], self.decimal, what, most)

    def _weight(self, row: TableRow) -> tuple[float | None, Unit | None]:
        """The weight, and its unit by its column, by the row, or by who asks."""
        for at, unit in self._weights:
            value = number(row[at], self.decimal, "the weight", MOST_WEIGHT)
            if value:
                return value, unit
        value = self._number(row, "weight", "the weight", MOST_WEIGHT)
        if not value:
            return None, None
        named = unit_named(row[self._at["weight_unit"]]) or self.options.weight
        if named is None:
            self.findings.note("Its weights have no unit: say kg or lb.")
        return value, named

    def _metres(self, row: TableRow) -> int | None:
        for at, unit in self._distances:
            value = number(row[at], self.decimal, "the distance", MOST_DISTANCE)
            if value:
                return metres_of(value, unit)
        value = self._number(row, "distance", "the distance", MOST_DISTANCE)
        if not value:
            return None
        unit = row[self._at["distance_unit"]] or self.options.distance
        if not unit:
            self.findings.note("Its distances have no unit; they were read as kilometres.")
        return metres_of(value, unit or "km")
