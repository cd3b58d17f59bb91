"""Garmin Connect: Activities.csv, the list of activities as its page shows it; times are local.

It names no unit of its distances. Steps tell: their length in metres, their rate and the time give metres.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from statistics import median

from mesocycle.importing.logs.activities import Activities
from mesocycle.importing.logs.figures import metres_of, minutes_of, number, seconds_of
from mesocycle.importing.logs.findings import Findings, LeftOutError
from mesocycle.importing.logs.gathering import each_row
from mesocycle.importing.logs.moments import Moments
from mesocycle.importing.logs.table import LogOptions, LogTable, Records, TableFormat, needs
from mesocycle.importing.tables.cells import TableRow
from mesocycle.models.training import METRES_PER_MILE

# Columns by meaning, as accounts in English, German and French have them.
_COLUMNS = {
    "type": "activitytype aktivitätstyp typedactivité",
    "date": "date datum",
    "title": "title titel titre",
    "distance": "distance distanz",
    "time": "time activitytime zeit durée",
    "elapsed": "elapsedtime verstrichenezeit tempsécoulé",
    "cadence": "avgruncadence øschrittfrequenzlaufen cadencedecoursemoyenne",
    "stride": "avgstridelength øschrittlänge longueurmoyennedesfoulées",
}
# What the page shows beside, and no log needs.
_OTHERS = (
    "favorite favorit favori calories kalorien avghr maxhr aerobicte maxruncadence avgspeed maxspeed"
    " avgpace bestpace totalascent totaldescent elevgain elevloss avgverticalratio"
    " avgverticaloscillation avggroundcontacttime avggctbalance avggap normalizedpowernp"
    " trainingstressscore avgpower maxpower steps totalreps totalsets totalposes totalstrokes avgswolf"
    " avgstrokerate maxavgpower20min avgbikecadence maxbikecadence grit flow bodybatterydrain"
    " decompression bestlaptime numberoflaps numberofruns avgresp minresp maxresp avgstress maxstress"
    " stresschange movingtime minelevation maxelevation mintemp maxtemp climbtime bottomtime"
    " surfaceinterval maxdepth avgdepth watertype laps øherzfrequenz maximaleherzfrequenz maxhf øhf"
    " aeroberte maxschrittfrequenzlaufen øpace bestepace øgeschwindigkeit maximalegeschwindigkeit"
    " positiverhöhenunterschied negativerhöhenunterschied anstieggesamt abstieggesamt schritte"
    " bodybatteryabnahme dekompression besterundenzeit anzahlderrunden anzahlderläufe zeitinbewegung"
    " minimalehöhe maximalehöhe grundzeit oberflächenpause kletterzeit fréquencecardiaquemoyenne"
    " fréquencecardiaquemaximale teaérobie cadencedecoursemaximale alluremoyenne meilleureallure"
    " ascensiontotale descentetotale rapportverticalmoyen oscillationverticalemoyenne"
    " tempsdecontactmoyenaveclesol gapmoyenne trainingstressscoretss puissancemoyenne puissancemax pas"
    " consommationdubodybattery décompression tempsdumeilleurcircuit nombredetours stressmoyen"
    " stressmaximal tempsdedéplacement altitudeminimale altitudemaximale températureminimale"
)
_MOST_SAMPLED = 2_000
# How near a guess by steps has to come.
_NEAR = 0.12


@dataclass
class _Garmin:
    """The rows of a table on their way to activities."""

    table: LogTable
    moments: Moments
    options: LogOptions
    findings: Findings
    activities: Activities

    @cached_property
    def at(self) -> dict[str, int]:
        """Where the column of each meaning stands."""
        return {name: self.table.column(*keys.split()) for name, keys in _COLUMNS.items()}

    @cached_property
    def decimal(self) -> str:
        """The sign before decimals."""
        return self.table.decimal(self.at["distance"], self.at["stride"])

    @cached_property
    def unit(self) -> str:
        """The unit of distances: as it is said, or as steps tell it."""
        if self.options.distance:
            return self.options.distance
        told = [each for row in self.table.rows[:_MOST_SAMPLED] if (each := self._metres_in_one(row))]
        for unit, metres in (("km", 1000.0), ("mi", METRES_PER_MILE)):
            if told and abs(median(told) / metres - 1) < _NEAR:
                return unit
        self.findings.note("Its distances have no unit; they were read as kilometres.")
        return "km"

    def _metres_in_one(self, row: TableRow) -> float | None:
        """How many metres one of its distance is, by the steps of a run."""
        try:
            far, rate, stride = (
                number(row[self.at[name]], self.decimal, name, 1e4)
                for name in ("distance", "cadence", "stride")
            )
            seconds = seconds_of(row[self.at["time"]], "the time")
        except LeftOutError:
            return None
        return rate * stride * seconds / 60 / far if far and rate and stride and seconds else None

    def read(self, row: TableRow) -> None:
        """Add the activity of a row."""
        begun = self.moments.at(row[self.at["date"]])
        seconds = seconds_of(row[self.at["time"]], "the time") or seconds_of(
            row[self.at["elapsed"]], "the time"
        )
        far = number(row[self.at["distance"]], self.decimal, "the distance", 1e6)
        sport = row[self.at["type"]]
        pool = (
            far is not None and far >= 100 and "swim" in sport.casefold()
        )  # lengths of a pool are in metres
        self.activities.add(
            begun,
            sport,
            minutes=minutes_of(seconds),
            metres=metres_of(far, "m" if pool else self.unit) if far else None,
            title=row[self.at["title"]],
            line=row.line,
        )


def read_garmin(table: LogTable, options: LogOptions, findings: Findings) -> Records:
    """Read Garmin Connect's list of activities.

    Raises
    ------
    ScenarioFileError
        If the order of day and month stays open.
    """
    garmin = _Garmin(table, Moments(options.zone), options, findings, Activities())
    garmin.moments.settle(table.cells(garmin.at["date"]), options.date_order, table.file)
    each_row(table, findings, garmin.read)
    return garmin.activities.records()


GARMIN = TableFormat(
    "Garmin Connect",
    needs(*(_COLUMNS[name] for name in ("type", "date", "title", "distance", "time"))),
    frozenset(f"{' '.join(_COLUMNS.values())} {_OTHERS}".split()),
    read_garmin,
)
