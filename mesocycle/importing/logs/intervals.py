"""intervals.icu: activities and wellness, as JSON or CSV of its API; times are local, distances in metres.

Soreness and fatigue go from 1, low, to 4, extreme; they are put on the scale from 0 to 10.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from mesocycle.files.safe_text import shown
from mesocycle.importing.logs.activities import Activities, effort_of, lasted
from mesocycle.importing.logs.entries import entries_of
from mesocycle.importing.logs.figures import MOST_METRES, checked, half_up, metres_of, minutes_of, number
from mesocycle.importing.logs.findings import Findings, LeftOutError
from mesocycle.importing.logs.gathering import each_row
from mesocycle.importing.logs.log import LoggedDay
from mesocycle.importing.logs.moments import Moments
from mesocycle.importing.logs.table import LogOptions, LogTable, Records, TableFormat, needs
from mesocycle.importing.tables.cells import TableRow
from mesocycle.models.exercise_names import compact

APP = "intervals.icu"
_ACTIVITY = (
    "id type name description startdatelocal startdate movingtime elapsedtime distance icurpe"
    " perceivedexertion feel icutrainingload icuintensity icuftp icuatl icuctl averageheartrate"
    " maxheartrate averagespeed maxspeed averagecadence averagestride calories totalelevationgain"
    " totalelevationloss trainer commute race source timezone externalid stravaid powermeter devicename"
    " filetype gear pace gap trimp athleteid created analyzed icudistance icuweightedavgwatts"
    " icuaveragewatts icujoules icuvariabilityindex icuefficiencyfactor decoupling sessionrpe"
    " kgliftedload kglifted lengths poollength compliance icurestinghr icuweight paired eventid"
    " pairedeventid subtype tags"
)
_WELLNESS = (
    "id date weight restinghr hrv hrvsdnn menstrualphase menstrualphasepredicted kcalconsumed sleepsecs"
    " sleepscore sleepquality avgsleepinghr soreness fatigue stress mood motivation injury spo2 systolic"
    " diastolic hydration hydrationvolume readiness baevskysi bloodglucose lactate bodyfat abdomen"
    " vo2max comments steps respiration locked ctl atl ramprate ctlload atlload sportinfo updated"
    " carbohydrates protein fattotal tempweight temprestinghr"
)
_DONE = ("moving_time", "elapsed_time", "icu_training_load", "icu_rpe", "_note")
_FELT = ("sleepSecs", "soreness", "fatigue", "restingHR", "hrv", "ctl", "atl", "sleepScore", "readiness")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_LOOKED_AT = 100
MOST_SECONDS = 10 * 86_400
# From the scale of 1 to 4 to that of 0 to 10.
_LEVELS = {1: 0, 2: 3, 3: 7, 4: 10}
MOST_LEVEL = 4
# What is read, by the keys of a table's columns.
_READ = (
    "id date type name description start_date_local moving_time elapsed_time distance icu_rpe"
    " perceived_exertion sleepSecs soreness fatigue"
)
_KEYS = {compact(key): key for key in _READ.split()}

Entry = Mapping[str, Any]


@dataclass
class _Intervals:
    """Entries on their way to activities and days."""

    moments: Moments
    findings: Findings
    activities: Activities = field(default_factory=Activities)
    days: dict[str, LoggedDay] = field(default_factory=dict)

    def activity(self, entry: Entry, line: int) -> None:
        """Add an activity."""
        begun = self.moments.at(_text(entry, "start_date_local"))
        sport = _text(entry, "type")
        moving, elapsed = (
            _number(entry, key, "the time", MOST_SECONDS) for key in ("moving_time", "elapsed_time")
        )
        far = _number(entry, "distance", "the distance", MOST_METRES)
        rpe = _number(entry, "icu_rpe", "the RPE", 1e6) or _number(
            entry, "perceived_exertion", "the RPE", 1e6
        )
        self.activities.add(
            begun,
            sport,
            identity=_text(entry, "id"),
            minutes=minutes_of(lasted(sport, moving, elapsed)),
            metres=metres_of(far, "m"),
            title=_text(entry, "name"),
            note=_text(entry, "description"),
            rpe=effort_of(f"{rpe:g}") if rpe else None,
            line=line,
        )

    def day(self, entry: Entry, line: int) -> None:
        """Add a day, if it says anything."""
        moment = self.moments.at(_text(entry, "id") or _text(entry, "date"))
        slept = self._felt(entry, "sleepSecs", "the sleep", 86_400, line)
        soreness, fatigue = (
            self._felt(entry, key, f"the {key}", MOST_LEVEL, line) for key in ("soreness", "fatigue")
        )
        felt = LoggedDay(
            moment.date,
            soreness=_LEVELS.get(half_up(soreness)) if soreness else None,
            fatigue=_LEVELS.get(half_up(fatigue)) if fatigue else None,
            sleep_minutes=half_up(slept / 60) or None if slept else None,
        )
        if felt != LoggedDay(moment.date):
            self.days.setdefault(felt.id, felt)

    def _felt(self, entry: Entry, key: str, what: str, most: float, line: int) -> float | None:
        """A number of a day, which counts without one that is none."""
        try:
            return _number(entry, key, what, most)
        except LeftOutError as error:
            self.findings.note(f"Line {line}: {error}; the day was read without it.")
            return None

    def records(self) -> Records:
        """All of them."""
        found = self.activities.records()
        return Records(found.workouts, found.runs, list(self.days.values()))


def looks_like_activities(data: list[Any]) -> bool:
    """Whether entries are activities that were done; planned events have a category."""
    return any(
        "start_date_local" in one and "category" not in one and any(key in one for key in _DONE)
        for one in _mappings(data)
    )


def looks_like_wellness(data: list[Any]) -> bool:
    """Whether entries are days of wellness."""
    return any(
        _DAY.fullmatch(str(one.get("id", ""))[:20]) is not None and any(key in one for key in _FELT)
        for one in _mappings(data)
    )


def _within(line: int, value: Any) -> list[tuple[int, Any]]:
    """An entry, or those of the lists that an object holds."""
    if isinstance(value, Mapping) and not {"id", "start_date_local"} & value.keys():
        lists = [value[key] for key in ("activities", "wellness") if isinstance(value.get(key), list)]
        return [(line, one) for each in lists for one in each] or [(line, value)]
    return [(line, value)]


def _mappings(data: list[Any]) -> Iterator[Entry]:
    return (one for one in data[:_LOOKED_AT] if isinstance(one, Mapping))


def read_intervals(text: str, options: LogOptions, findings: Findings) -> Records | None:
    """Read a list of activities or of days of wellness in JSON; None if it is neither."""
    entries = [each for line, value in entries_of(text, findings) for each in _within(line, value)]
    values = [value for _, value in entries]
    if not looks_like_activities(values) and not looks_like_wellness(values):
        return None
    intervals = _Intervals(Moments(options.zone), findings)
    for line, value in entries:
        try:
            if not isinstance(value, Mapping):
                raise LeftOutError(f"this is no entry: {shown(value)}")
            if "start_date_local" in value or not looks_like_wellness(values):
                intervals.activity(value, line)
            else:
                intervals.day(value, line)
        except LeftOutError as error:
            findings.leave_out(f"Line {line}", error)
    return intervals.records()


def read_table(table: LogTable, options: LogOptions, findings: Findings) -> Records:
    """Read activities or days of wellness in CSV."""
    intervals = _Intervals(Moments(options.zone), findings)
    intervals.moments.settle(table.cells(table.column("date", "id")), options.date_order, table.file)
    keys = [_KEYS.get(key) for key in table.keys]
    done = "startdatelocal" in table.keys

    def read(row: TableRow) -> None:
        entry = {key: cell for key, cell in zip(keys, row.cells, strict=False) if key and cell}
        if done:
            intervals.activity(entry, row.line)
        else:
            intervals.day(entry, row.line)

    each_row(table, findings, read)
    return intervals.records()


def _text(entry: Entry, key: str) -> str:
    value = entry.get(key)
    return str(value) if isinstance(value, (str, int)) and not isinstance(value, bool) else ""


def _number(entry: Entry, key: str, what: str, most: float) -> float | None:
    """A number of an entry, or of a cell.

    Raises
    ------
    LeftOutError
        If it is none, or one that no day holds.
    """
    value = entry.get(key)
    if value is None:
        return None
    if isinstance(value, str):
        return number(value.strip(), "", what, most)
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise LeftOutError(f"{what} is no number: {shown(value)}")
    return checked(float(value), what, most)


INTERVALS = TableFormat(APP, needs("id", "startdatelocal", "type"), frozenset(_ACTIVITY.split()), read_table)
WELLNESS = TableFormat(
    APP,
    needs("id date", "sleepsecs soreness fatigue"),
    frozenset(_WELLNESS.split()),
    read_table,
)
