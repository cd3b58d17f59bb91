"""Runs and races: the fixed side of training."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import time
from enum import StrEnum
from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    WithJsonSchema,
    model_validator,
)

from mesocycle.models.clock import Day, TimeOfDay, as_time, format_time
from mesocycle.models.names import Name

METRES_PER_MILE = 1609.344


def in_units(metres: float, units: str) -> float:
    """A distance in the runner's unit, "km" or "mi"."""
    return metres / (METRES_PER_MILE if units == "mi" else 1000)


RACE_METRES = {
    "5k": 5000,
    "10k": 10000,
    "half_marathon": 21097,
    "marathon": 42195,
    "50k": 50000,
    "100k": 100000,
}
# Assumed if the runner gives nothing, in minutes since midnight and in minutes.
RUN_START, RACE_START = 7 * 60, 10 * 60
RUN_MINUTES, LONG_MINUTES, RECOVERY_MINUTES = 45, 100, 30
# A race takes this share of the minutes that it takes at easy pace.
RACE_SHARE = Fraction(9, 10)
# What runners call the race distances, without spaces, hyphens and underscores.
_CALLED = {name.replace("_", ""): metres for name, metres in RACE_METRES.items()} | {
    "hm": RACE_METRES["half_marathon"],
    "half": RACE_METRES["half_marathon"],
}
_LENGTH = re.compile(
    r"^(\d{1,6}(?:\.\d{1,3})?)\s*(k|km|kms|kilomet(?:er|re)s?|mi|mile|miles|m|met(?:er|re)s?)?$"
)
_PACE = re.compile(r"^(\d{1,2}):([0-5]\d)\s*(?:min\s*)?(?:/|per)\s*(km|mi|mile)$")
_NO_UNIT = re.compile(r"^\d{1,2}:[0-5]\d$")
_DURATION = re.compile(
    r"^(?:(?P<hours>\d{1,2})\s*(?:h|hr|hrs|hours?)\s*(?:(?P<minutes>\d{1,2})\s*(?:m|min|mins|minutes?)?)?"
    r"|(?P<clock_hours>\d{1,2}):(?P<clock_minutes>[0-5]\d)(?:\s*(?:h|hr|hrs|hours?)|:(?P<seconds>[0-5]\d))"
    r"|(?P<only>\d{1,4})(?:\s*(?:min|mins|minutes?|'|′))?)$"
)


def parse_length(value: Any) -> int:
    """Read "8 km", "8k", "5 mi", a named race distance or a number of kilometres, as whole metres."""
    if isinstance(value, (int, float)) and not isinstance(value, bool) and 0 < value < 1e6:
        value = f"{value:.3f}"
    written = value.strip() if isinstance(value, str) else ""
    text = written.lower()
    named = _CALLED.get(re.sub(r"[\s_-]+", "", text))
    if named is not None:
        return named
    if re.match(r"^\d+,\d{1,3}\D*$", text):
        raise ValueError(f"a distance has a decimal point: write {text.replace(',', '.')}")
    match = _LENGTH.match(text)
    if match is None:
        raise ValueError('a distance is written like "8 km", "5 mi" or half_marathon')
    if match[2] == "m" and written.endswith("M"):
        raise ValueError(f"M may be miles or metres: write {match[1]} mi or {match[1]} m")
    metres = round(float(match[1]) * _unit_metres(match[2]))
    if not 0 < metres <= 500_000:
        raise ValueError("a distance lies between 1 m and 500 km")
    return metres


def _unit_metres(unit: str | None) -> float:
    if unit is None or unit.startswith("k"):
        return 1000
    return METRES_PER_MILE if unit.startswith("mi") else 1


def parse_pace(value: Any) -> int:
    """Read "5:30 /km" or "8:50 /mi" as seconds per kilometre."""
    text = value.strip().lower() if isinstance(value, str) else ""
    match = _PACE.match(text)
    if match is None:
        if _NO_UNIT.match(text):
            raise ValueError(f'a pace needs its unit: "{text} /km" or "{text} /mi"')
        raise ValueError('a pace is written like "5:30 /km" or "8:50 /mi"')
    seconds = int(match[1]) * 60 + int(match[2])
    if match[3].startswith("mi"):
        seconds = round(seconds * 1000 / METRES_PER_MILE)
    if not 120 <= seconds <= 1200:
        raise ValueError("a pace lies between 2:00 and 20:00 per kilometre")
    return seconds


def parse_duration(value: Any) -> Any:
    """Read "1:05 h", "1h05", "65 min" or "65" as whole minutes; other values come back as they are."""
    if not isinstance(value, str):
        return value
    text = value.strip().lower()
    if _NO_UNIT.match(text):
        raise ValueError(f'hours and minutes, or minutes and seconds? Write "{text} h", or minutes')
    match = _DURATION.match(text)
    if match is None:
        raise ValueError('a duration is written like 65, "65 min" or "1:05 h"')
    if match["only"]:
        return int(match["only"])
    hours, minutes = match["hours"] or match["clock_hours"], match["minutes"] or match["clock_minutes"] or 0
    if int(minutes) > 59:
        raise ValueError("an hour has 60 minutes")
    return int(hours) * 60 + int(minutes) + round(int(match["seconds"] or 0) / 60)


def _no_truth(value: Any) -> Any:
    """Refuse true and false, which Python takes for 1 and 0."""
    if isinstance(value, bool):
        raise ValueError("expected a whole number, not true or false")
    return value


# Beside the limits of an int: `Annotated[int, Field(ge=1), WHOLE]`.
WHOLE = BeforeValidator(_no_truth)
Metres = Annotated[
    int,
    BeforeValidator(parse_length),
    PlainSerializer(lambda metres: f"{metres / 1000:g} km", return_type=str),
    WithJsonSchema({"type": ["string", "number"], "examples": ["8 km", "8k", "5 mi", "half_marathon"]}),
]
Pace = Annotated[
    int,
    BeforeValidator(parse_pace),
    PlainSerializer(lambda s: f"{s // 60}:{s % 60:02d} /km", return_type=str),
    WithJsonSchema(
        {
            "type": "string",
            "pattern": r"^\s*\d{1,2}:[0-5]\d\s*(min\s*)?(/|per)\s*(km|mi|mile|KM|MI)\s*$",
            "examples": ["5:30 /km"],
        }
    ),
]


Duration = Annotated[
    int,
    Field(ge=1, le=1440),
    WHOLE,
    BeforeValidator(parse_duration),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "integer", "minimum": 1, "maximum": 1440},
                {
                    "type": "string",
                    "pattern": r"^\s*(\d{1,4}\s*([a-zA-Z'′].*)?|\d{1,2}:[0-5]\d(\s*[hH].*|:[0-5]\d))$",
                    "examples": ["1:05 h", "65 min"],
                },
            ]
        }
    ),
]


PHASES = ("base", "build", "peak", "taper", "recovery")
Phase = Literal["base", "build", "peak", "taper", "recovery"]


class Part(BaseModel):
    """The base of every noun: frozen, and strict about unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class RunType(StrEnum):
    """What a run is for. `rest` marks a day the runner keeps free; `cross` is other endurance work."""

    RECOVERY = "recovery"
    EASY = "easy"
    MODERATE = "moderate"
    LONG = "long"
    TEMPO = "tempo"
    THRESHOLD = "threshold"
    INTERVALS = "intervals"
    HILLS = "hills"
    PROGRESSION = "progression"
    RACE = "race"
    CROSS = "cross"
    REST = "rest"


KEY_TYPES = frozenset(
    {
        RunType.LONG,
        RunType.TEMPO,
        RunType.THRESHOLD,
        RunType.INTERVALS,
        RunType.HILLS,
        RunType.PROGRESSION,
        RunType.RACE,
    }
)


def html_table(columns: Iterable[str], rows: Iterable[str]) -> str:
    """Rows of HTML under their headings, as a notebook shows them."""
    heads = "".join(f"<th>{column}</th>" for column in columns)
    return f"<table><thead><tr>{heads}</tr></thead><tbody>{''.join(rows)}</tbody></table>"


class Run(Part):
    """A run of the repeating week or of one date."""

    type: RunType = Field(description="What the run is for.")
    start: TimeOfDay | None = Field(None, description="When it starts; 07:00 is assumed.")
    minutes: Duration | None = Field(None, description="How long it takes, in minutes.")
    duration: Duration | None = Field(None, description="The same as `minutes`: 65, 65 min or 1:05 h.")
    distance: Metres | None = Field(None, description="How far it goes.")
    pace: Pace | None = Field(
        None,
        description="Turns its distance into minutes where it gives none; `athlete.easy_pace` if left out.",
    )
    key: bool | None = Field(None, description="Is it a key run? Follows from the type if left out.")
    title: Name = Field("", max_length=200, description="The runner's own name for it.")

    @model_validator(mode="after")
    def _sound(self) -> Run:
        if self.minutes is not None and self.duration is not None:
            raise ValueError("minutes and duration are the same: give one of the two")
        if self.pace is not None and self.distance is None:
            raise ValueError("a pace turns a distance into minutes: give the distance too")
        return self

    @property
    def lasts(self) -> int | None:
        """How many minutes it takes, if that is written."""
        return self.duration if self.minutes is None else self.minutes

    @property
    def is_key(self) -> bool:
        """Whether lifts must keep clear of this run."""
        return self.type in KEY_TYPES if self.key is None else self.key

    @property
    def start_time(self) -> time | None:
        """When it starts, if that is known; `start` counts minutes since midnight."""
        return None if self.start is None else as_time(self.start)

    def __str__(self) -> str:
        known = (
            self.title or str(self.type),
            "" if self.start is None else format_time(self.start),
            "" if self.distance is None else f"{self.distance / 1000:g} km",
            "" if self.lasts is None else f"{self.lasts} min",
        )
        return " ".join(filter(None, known))


class Race(Part):
    """A race: priority A is tapered for, B is respected, C is a key run."""

    date: Day = Field(description="The day of the race.")
    distance: Metres = Field(description="5k, 10k, half_marathon, marathon, or a length.")
    priority: Literal["A", "B", "C"] = Field("A", description="A is tapered for, B respected, C a key run.")
    start: TimeOfDay | None = Field(None, description="When it starts; 10:00 is assumed.")
    name: Name = Field("", max_length=200, description="The name of the race.")
    terrain: Literal["flat", "hilly", "trail"] = Field(
        "flat", description="hilly and trail add work for the quads to a built-in program."
    )
