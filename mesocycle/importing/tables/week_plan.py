"""Plans of weeks without dates, as calendar-hack has them: YAML or JSON, seven workouts a week."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Literal

from mesocycle.files.safe_text import shown
from mesocycle.files.yaml_source import Document, parse, shortened
from mesocycle.importing.feed import NOMINAL_MONDAY, Event, Feed, Kind
from mesocycle.importing.titles.cleaning import MOST_SHOWN, one_line
from mesocycle.importing.titles.lengths import MOST_METRES
from mesocycle.importing.titles.tokens import unit_metres
from mesocycle.models.clock import WEEKDAYS
from mesocycle.models.errors import Problem, ScenarioFileError
from mesocycle.models.training import METRES_PER_MILE, RACE_METRES

MOST_WEEKS = 200
# Types of other plans ("Base", "Multiple Distances") name no race.
RACES = {
    "5k": RACE_METRES["5k"],
    "10k": RACE_METRES["10k"],
    "half marathon": RACE_METRES["half_marathon"],
    "marathon": RACE_METRES["marathon"],
    "50k": RACE_METRES["50k"],
    "100k": RACE_METRES["100k"],
    "100m": round(100 * METRES_PER_MILE),
}
# The title decides about "Run".
TAGS = {
    "rest": Kind.REST,
    "race": Kind.RACE,
    "cross train": Kind.CROSS,
    "long run": Kind.LONG,
    "hills": Kind.HILLS,
    "speedwork": Kind.INTERVALS,
    "easy run": Kind.EASY,
}

_Path = tuple[str | int, ...]
_TABS = re.compile(rb"^\t+", re.MULTILINE)
_PAIR = re.compile(rb"\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})")


def looks_like_week_plan(data: Any) -> bool:
    """Whether data read from YAML or JSON is meant as a plan of weeks."""
    return isinstance(data, Mapping) and "schedule" in data and "runs" not in data


def looks_like_scenario(data: Any) -> bool:
    """Whether data read from YAML is a scenario of Mesocycle's own."""
    return isinstance(data, Mapping) and "start" in data and bool({"runs", "strength", "weeks"} & data.keys())


def read_week_plan(raw: bytes, name: str) -> Feed:
    """Read a plan of weeks; its days count from `NOMINAL_MONDAY`.

    Parameters
    ----------
    raw : bytes
        The file's content, YAML or JSON.
    name : str
        How problems name the file.

    Returns
    -------
    Feed
        Seven events a week, without dates of their own.

    Raises
    ------
    ScenarioFileError
        If it cannot be read, is a scenario already, or has another shape; every problem with its line.
    """
    document = parse(_plainer(raw), name)
    if looks_like_scenario(document.data):
        wrong = "this is a scenario already, so there is nothing to import"
        problem = Problem((), wrong, remedy=f"mesocycle solve {name}", line=1, column=1)
        raise ScenarioFileError((problem,), name)
    plan = _Plan(document)
    feed = plan.feed()
    if plan.problems:
        raise ScenarioFileError(shortened([document.locate(p) for p in plan.problems]), name)
    return feed


def _plainer(raw: bytes) -> bytes:
    """Make JSON readable as YAML: it may be indented with tabs, or with pictures written as two escapes."""
    if not raw.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return raw
    raw = _TABS.sub(lambda m: b" " * len(m[0]), raw)
    return _PAIR.sub(
        lambda m: bytes.fromhex(f"{m[1].decode()}{m[2].decode()}").decode("utf-16-be").encode(), raw
    )


@dataclass
class _Plan:
    """One document on its way to a feed; gathers problems."""

    document: Document
    problems: list[Problem] = field(default_factory=list)

    def feed(self) -> Feed:
        data = self.document.data
        units = self._units(data)
        events = tuple(self._events(data.get("schedule"), units))
        race = data.get("type")
        return Feed(
            events=events,
            name=one_line(str(data.get("name") or ""), MOST_SHOWN),
            units=units,
            race_metres=RACES.get(race.strip().lower()) if isinstance(race, str) else None,
            dated=False,
        )

    def _units(self, data: Mapping[str, Any]) -> Literal["km", "mi", ""]:
        units = data.get("units")
        if units == "km":
            return "km"
        if units == "mi":
            return "mi"
        wrong = "the unit is neither km nor mi" if "units" in data else "the plan does not name its unit"
        self._wrong(("units",), wrong, units, "units: mi, or units: km")
        return ""

    def _events(self, schedule: Any, units: str) -> Iterator[Event]:
        remedy = "schedule: a list of weeks, each with `workouts`"
        if not isinstance(schedule, list) or not schedule:
            self._wrong(("schedule",), "the plan holds no list of weeks", schedule, remedy)
            return
        if len(schedule) > MOST_WEEKS:
            self._wrong(("schedule", MOST_WEEKS), f"the plan has more than {MOST_WEEKS} weeks", None)
            return
        for week, entry in enumerate(schedule):
            path: _Path = ("schedule", week)
            workouts = entry.get("workouts") if isinstance(entry, Mapping) else None
            if not isinstance(workouts, list):
                self._wrong(path, "the week has no list of workouts", entry, "workouts: seven, Monday first")
            elif len(workouts) != 7:
                self._wrong((*path, "workouts"), f"the week has {len(workouts)} workouts, not 7", None)
            else:
                for day, workout in enumerate(workouts):
                    yield from self._event(workout, week, day, units)

    def _event(self, workout: Any, week: int, day: int, units: str) -> Iterator[Event]:
        path: _Path = ("schedule", week, "workouts", day)
        if not isinstance(workout, Mapping):
            self._wrong(path, "the workout is no mapping", workout, "- title: Rest")
            return
        title, text = workout.get("title"), workout.get("description")
        title = title.strip() if isinstance(title, str) else title
        if not isinstance(title, (str, int, float, date)) or isinstance(title, bool):
            self._wrong((*path, "title"), "the workout has no title", title, "title: Rest")
            return
        yield Event(
            day=NOMINAL_MONDAY + timedelta(days=7 * week + day),
            title=str(title),
            text=text if isinstance(text, str) else "",
            metres=self._metres(workout.get("distance"), (*path, "distance"), units),
            # Some plans leave the title of a day off empty.
            kind=self._kind(workout.get("tags"), (*path, "tags")) or (None if title or text else Kind.FREE),
            place=f"week {week + 1}, {WEEKDAYS[day]}",
        )

    def _metres(self, distance: Any, path: _Path, units: str) -> int | None:
        """The upper end of a range, as everywhere; 0 says nothing."""
        if distance is None:
            return None
        numbers = distance if isinstance(distance, list) else [distance]
        good = 1 <= len(numbers) <= 2 and all(
            isinstance(n, (int, float)) and not isinstance(n, bool) and n >= 0 for n in numbers
        )
        metres = max(numbers) * unit_metres(units or "km") if good else -1
        if not 0 <= metres <= MOST_METRES:
            self._wrong(path, "the distance is no number up to 500 km", distance, "8, or [6, 8]")
            return None
        return round(metres) or None

    def _kind(self, tags: Any, path: _Path) -> Kind | None:
        if tags is None:
            return None
        if not isinstance(tags, list) or not all(isinstance(tag, str) for tag in tags):
            self._wrong(path, "the tags are no list of words", tags, "tags: [Easy Run]")
            return None
        named = {tag.strip().lower() for tag in tags}
        return next((kind for tag, kind in TAGS.items() if tag in named), None)

    def _wrong(self, path: _Path, message: str, value: Any, remedy: str = "") -> None:
        self.problems.append(Problem(path, message, "" if value is None else shown(value), remedy))
