"""Run plans from intervals.icu: the list of calendar events that its API gives as JSON."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from mesocycle.files.safe_text import shown
from mesocycle.files.yaml_source import shortened
from mesocycle.importing.feed import Event, Feed, Kind
from mesocycle.importing.titles.cleaning import units_of
from mesocycle.importing.titles.matching import says_nothing
from mesocycle.models.clock import MINUTES_PER_DAY, format_day
from mesocycle.models.errors import Problem, ScenarioFileError

MAX_ENTRIES = 20_000

_PRIORITIES: dict[str, Literal["A", "B", "C"]] = {"RACE_A": "A", "RACE_B": "B", "RACE_C": "C"}
# The kind of a category. A workout's sport decides; a category that is not listed is a note.
_CATEGORIES: dict[str, Kind | None] = {"WORKOUT": None, **dict.fromkeys(_PRIORITIES, Kind.RACE)}
_AWAY = ("HOLIDAY", "SICK", "INJURED")
# Titles of runs whose name does not show that they are runs.
_RUNS = {"Run": "Run", "VirtualRun": "Virtual run", "TrailRun": "Trail run"}
# The kind of a sport; the title decides about runs and sports that are not listed.
_SPORTS = {
    **dict.fromkeys(("WeightTraining", "Crossfit", "HighIntensityIntervalTraining"), Kind.STRENGTH),
    **dict.fromkeys(
        (
            *("Ride", "VirtualRide", "GravelRide", "MountainBikeRide", "EBikeRide", "EMountainBikeRide"),
            *("TrackRide", "Cyclocross", "Handcycle", "Velomobile", "Swim", "OpenWaterSwim", "Rowing"),
            *("VirtualRow", "Kayaking", "Canoeing", "StandUpPaddling", "Elliptical", "StairStepper"),
            *("NordicSki", "VirtualSki", "BackcountrySki", "AlpineSki", "RollerSki", "Snowboard"),
            *("Snowshoe", "InlineSkate", "IceSkate", "Hike", "Walk", "Yoga", "Pilates", "RockClimbing"),
        ),
        Kind.CROSS,
    ),
}


def _moment(value: Any) -> datetime:
    if not isinstance(value, str):
        raise ValueError('a date is written like "2026-10-12T06:30:00"')
    try:
        return datetime.fromisoformat(value.strip()).replace(tzinfo=None)
    except ValueError:
        raise ValueError('a date is written like "2026-10-12T06:30:00"') from None


_Moment = Annotated[datetime, BeforeValidator(_moment)]


class _Item(BaseModel):
    """The fields of an event that a plan needs."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    start_date_local: _Moment
    end_date_local: _Moment | None = None
    category: str = "WORKOUT"
    type: str | None = None
    name: str | None = None
    description: str | None = None
    moving_time: float | None = Field(None, ge=0, le=10 * 86_400, allow_inf_nan=False)
    distance: float | None = Field(None, ge=0, le=10_000_000, allow_inf_nan=False)
    # Only an activity has it: the list of what was done looks much the same.
    elapsed_time: float | None = None
    paired_activity_id: str | int | None = None

    @property
    def kind(self) -> Kind | None:
        """What it is by its category or sport; None leaves it to the title."""
        if self.category not in _CATEGORIES:
            return Kind.OTHER
        return _SPORTS.get(self.type or "") or _CATEGORIES[self.category]

    @property
    def days(self) -> int:
        """How many days it covers; an end at midnight is not part of it."""
        last = max(self.start_date_local, self.end_date_local or self.start_date_local)
        whole = last > self.start_date_local and last.time() == datetime.min.time()
        return (last.date() - self.start_date_local.date()).days + (0 if whole else 1)

    @property
    def title(self) -> str:
        """Its name, with the sport if the name alone does not show that it is a run."""
        name, sport = (self.name or "").strip(), _RUNS.get(self.type or "", "")
        if name and sport and self.kind is None and says_nothing(name):
            return f"{sport}: {name}"
        return name or sport or self.type or self.category

    def event(self, number: int) -> Event:
        """Turn it into an event of a feed."""
        at = self.start_date_local
        return Event(
            day=at.date(),
            title=self.title,
            text=self.description or "",
            start_minute=at.hour * 60 + at.minute or None,  # what has no time of day stands at midnight
            minutes=_whole(self.moving_time, 60, MINUTES_PER_DAY),
            metres=_whole(self.distance, 1, 1_000_000),
            kind=self.kind,
            priority=_PRIORITIES.get(self.category, "") if self.kind is Kind.RACE else "",
            done=self.paired_activity_id is not None or self.elapsed_time is not None,
            place=f"event {number}",
        )


def looks_like_intervals(data: Any) -> bool:
    """Whether JSON data is a list of events as intervals.icu gives it."""
    return (
        isinstance(data, list)
        and bool(data)
        and any(isinstance(item, dict) and "start_date_local" in item for item in data[:100])
    )


def read_intervals(raw: bytes, name: str) -> Feed:
    """Read a plan from the events that intervals.icu gives as JSON.

    Parameters
    ----------
    raw : bytes
        The file's content.
    name : str
        How problems name the file.

    Returns
    -------
    Feed
        Its events by day and time; what stands at midnight has no time of day.

    Raises
    ------
    ScenarioFileError
        If it is no such list; with each wrong entry and key.
    """
    data = _json(raw, name)
    if not looks_like_intervals(data):
        remedy = 'such as [{"start_date_local": "2026-10-12T00:00:00", "category": "WORKOUT", ...}]'
        raise ScenarioFileError((Problem((), "expected a list of events", shown(data), remedy),), name)
    if len(data) > MAX_ENTRIES:
        message = f"the list holds {len(data):,} events"
        remedy = f"at most {MAX_ENTRIES:,} are read: ask for fewer months"
        raise ScenarioFileError((Problem((), message, remedy=remedy),), name)
    items: list[_Item] = []
    problems: list[Problem] = []
    for index, entry in enumerate(data):
        try:
            items.append(_Item.model_validate(entry))
        except ValidationError as error:
            problems += (
                Problem((index, *item["loc"]), _message(item), shown(item["input"]))
                for item in error.errors(include_url=False, include_context=False)
            )
    if problems:
        raise ScenarioFileError(shortened(problems), name)
    events = sorted(
        (item.event(number) for number, item in enumerate(items, 1)),
        key=lambda event: (event.day, event.start_minute is not None, event.start_minute or 0),
    )
    return Feed(
        tuple(events),
        units=units_of(event.title for event in events) or units_of(event.text for event in events),
        notes=tuple(_away(item) for item in items if item.category in _AWAY),
    )


def _json(raw: bytes, name: str) -> Any:
    try:
        return json.loads(raw.decode("utf-8").removeprefix("\ufeff"))
    except UnicodeDecodeError:
        problem = Problem((), "the file is no UTF-8", remedy="save it as UTF-8")
    except RecursionError:
        problem = Problem((), "the data is nested too deeply")
    except json.JSONDecodeError as error:
        problem = Problem((), f"no JSON: {error.msg}", line=error.lineno, column=error.colno)
    except ValueError:  # a number of ten thousand digits
        problem = Problem((), "a number in it is too long")
    raise ScenarioFileError((problem,), name)


def _message(item: Any) -> str:
    match item["type"]:
        case "missing":
            return "the key is missing"
        case "model_type":
            return "expected an event, in curly brackets"
    return str(item["msg"]).removeprefix("Value error, ")


def _whole(value: float | None, unit: int, most: int) -> int | None:
    """A length in whole units; None for none, and for what no day holds."""
    number = round((value or 0) / unit)
    return number if 0 < number <= most else None


def _away(item: _Item) -> str:
    first: date = item.start_date_local.date()
    last = first + timedelta(days=item.days - 1)
    span = f"on {format_day(first)}" if last == first else f"from {format_day(first)} to {format_day(last)}"
    what = item.category.lower().replace("sick", "sickness").replace("injured", "injury")
    days = f"{first}..{last}" if last != first else str(first)
    return f"{shown(item.name or what)} {span} is a {what}: athlete.blocked: [{days}] keeps it free of lifts."
