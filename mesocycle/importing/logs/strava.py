"""Strava: activities.csv of the export of an account; times in UTC, names of columns twice.

Of two columns "Distance" the first is for people, in kilometres, the later in metres.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from mesocycle.importing.logs.activities import Activities, effort_of, lasted
from mesocycle.importing.logs.figures import metres_of, minutes_of, number, seconds_of
from mesocycle.importing.logs.findings import Findings
from mesocycle.importing.logs.gathering import each_row
from mesocycle.importing.logs.moments import Moments
from mesocycle.importing.logs.table import LogOptions, LogTable, Records, TableFormat, needs
from mesocycle.importing.tables.cells import TableRow

# Columns by meaning, as accounts in English, German and French have them, and as they were until 2019.
_COLUMNS = {
    "id": "activityid aktivitätsid iddelactivité id",
    "date": "activitydate aktivitätsdatum datedelactivité date",
    "name": "activityname namederaktivität nomdelactivité name",
    "type": "activitytype aktivitätsart typedactivité type",
    "note": "activitydescription aktivitätsbeschreibung descriptiondelactivité description",
    "elapsed": "elapsedtime verstrichenezeit tempsécoulé",
    "moving": "movingtime bewegungszeit duréededéplacement",
    "distance": "distance distanz",
    "effort": "perceivedexertion gefühlteanstrengung effortperçu",
}
# What an account has beside, and no log needs.
_OTHERS = (
    "maxheartrate relativeeffort commute activityprivatenote activitygear filename athleteweight"
    " bikeweight maxspeed averagespeed elevationgain elevationloss elevationlow elevationhigh maxgrade"
    " averagegrade averagepositivegrade averagenegativegrade maxcadence averagecadence averageheartrate"
    " maxwatts averagewatts calories maxtemperature averagetemperature totalwork numberofruns uphilltime"
    " downhilltime othertime type starttime powercount weightedaveragepower preferperceivedexertion"
    " perceivedrelativeeffort totalweightlifted fromupload gradeadjusteddistance weatherobservationtime"
    " weathercondition weathertemperature apparenttemperature dewpoint humidity weatherpressure"
    " windspeed windgust windbearing precipitationintensity sunrisetime sunsettime moonphase bike gear"
    " precipitationprobability precipitationtype cloudcover weathervisibility uvindex weatherozone"
    " jumpcount totalgrit averageflow flagged averageelapsedspeed dirtdistance newlyexploreddistance"
    " newlyexploreddirtdistance activitycount totalsteps carbonsaved poollength trainingload intensity"
    " averagegradeadjustedpace timertime totalcycles recovery withpet competition longrun foracause"
    " media downhilldistance maxherzfrequenz relativeleistung pendeln"
    " hinweiszurprivatsphärefüraktivitäten aktivitätsausrüstung dateiname sportlergewicht fahrradgewicht"
    " höchstgeschw durchschnittlichegeschwindigkeit höhenzunahme höhenunterschied minhöhe maxhöhe"
    " maxsteigung durchschnittlichesteigung durchschnittlichepositivesteigung"
    " durchschnittlichenegativesteigung maxtrittschrittfrequenz durchschnittlichetrittfrequenz"
    " durchschnittlicheherzfrequenz maxwatt durchschnittlichewatt kalorien maxtemperatur"
    " durchschnittlichetemperatur gesamtarbeit anzahlläufe bergaufzeit bergabzeit anderezeit art"
    " startzeit gewichtetedurchschnittlicheleistung leistungszahl gefühlteanstrengungverwenden"
    " gefühlterelativeleistung medien fréquencecardiaquemax effortrelatif trajet déplacementtransport"
    " noteprivéesurlactivité noteprivéesurlesactivités équipement matérielutilisépourlactivité"
    " nomdufichier poidsdelathlète poidsduvélo vitessemax vitessemoyenne dénivelépositif dénivelénégatif"
    " fréquencecardiaquemoyenne"
)
# Numbers above this are metres where there is one column alone: nobody goes as many kilometres.
_KM_AT_MOST = 500


@dataclass
class _Strava:
    """The rows of a table on their way to activities."""

    table: LogTable
    moments: Moments
    options: LogOptions
    findings: Findings
    activities: Activities

    @cached_property
    def first(self) -> dict[str, int]:
        """Where the first column of each meaning stands."""
        return {name: self.table.column(*keys.split()) for name, keys in _COLUMNS.items()}

    @cached_property
    def last(self) -> dict[str, int]:
        """The same of the last: there are seconds and metres."""
        return {name: self.table.last(*keys.split()) for name, keys in _COLUMNS.items()}

    @cached_property
    def decimal(self) -> str:
        """The sign before decimals."""
        columns = [at[name] for at in (self.first, self.last) for name in ("distance", "elapsed")]
        return self.table.decimal(*columns)

    @cached_property
    def unit(self) -> str:
        """The unit of the last distances."""
        at = self.last["distance"]
        if at != self.first["distance"] or self.first["id"] == self.table.column("id"):
            return "m"
        digits = (cell.partition(self.decimal or ".")[0] for cell in self.table.cells(at))
        if any(part.isdecimal() and len(part) < 9 and int(part) > _KM_AT_MOST for part in digits):
            return "m"
        if not self.options.distance:
            self.findings.note("Its distances were read as kilometres: the column in metres is missing.")
        return self.options.distance or "km"

    def read(self, row: TableRow) -> None:
        """Add the activity of a row."""
        begun = self.moments.at(row[self.first["date"]])
        sport = row[self.first["type"]]
        seconds = lasted(sport, self._seconds(row, "moving"), self._seconds(row, "elapsed"))
        self.activities.add(
            begun,
            sport,
            identity=row[self.first["id"]],
            minutes=minutes_of(seconds),
            metres=self._metres(row),
            title=row[self.first["name"]],
            note=row[self.first["note"]],
            rpe=effort_of(row[self.first["effort"]]),
            line=row.line,
        )

    def _seconds(self, row: TableRow, name: str) -> float | None:
        cell = row[self.last[name]] or row[self.first[name]]
        return seconds_of(cell, "the time", self.decimal)

    def _metres(self, row: TableRow) -> int | None:
        value = number(row[self.last["distance"]], self.decimal, "the distance", 1e6)
        return metres_of(value, self.unit)


def read_strava(table: LogTable, options: LogOptions, findings: Findings) -> Records:
    """Read Strava's list of activities.

    Raises
    ------
    ScenarioFileError
        If the order of day and month stays open.
    """
    strava = _Strava(table, Moments(options.zone, utc=True), options, findings, Activities())
    strava.moments.settle(table.cells(strava.first["date"]), options.date_order, table.file)
    each_row(table, findings, strava.read)
    return strava.activities.records()


_KNOWN = frozenset(f"{' '.join(_COLUMNS.values())} {_OTHERS}".split())
STRAVA = TableFormat(
    "Strava",
    needs(
        "activityid aktivitätsid iddelactivité",
        "activitydate aktivitätsdatum datedelactivité",
        "activitytype aktivitätsart typedactivité",
    ),
    _KNOWN,
    read_strava,
)
# As it was until 2019, all in metres.
STRAVA_OLD = TableFormat(
    "Strava", needs("id", "date", "name", "type", "elapsedtime", "distance", "filename"), _KNOWN, read_strava
)
