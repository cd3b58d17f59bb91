"""Runs and races: the fixed side of training."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import time
from enum import StrEnum
from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, WithJsonSchema

from mesocycle.models.clock import Day, TimeOfDay, as_time, format_time
from mesocycle.models.names import Name

METRES_PER_MILE = 1609.344
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
_LENGTH = re.compile(r"^(\d{1,6}(?:\.\d{1,3})?)\s*(km|mi|mile|miles|m)?$")
_PACE = re.compile(r"^(\d{1,2}):([0-5]\d)\s*/\s*(km|mi)$")


def parse_length(value: Any) -> int:
    """Read "8 km", "5 mi", a named race distance or a number of kilometres, as whole metres."""
    if isinstance(value, (int, float)) and not isinstance(value, bool) and 0 < value < 1e6:
        value = f"{value:.3f}"
    text = value.strip().lower() if isinstance(value, str) else ""
    if text in RACE_METRES:
        return RACE_METRES[text]
    match = _LENGTH.match(text)
    if match is None:
        raise ValueError('a distance is written like "8 km", "5 mi" or half_marathon')
    unit = {"km": 1000.0, "m": 1.0, None: 1000.0}.get(match[2], METRES_PER_MILE)
    metres = round(float(match[1]) * unit)
    if not 0 < metres <= 500_000:
        raise ValueError("a distance lies between 1 m and 500 km")
    return metres


def parse_pace(value: Any) -> int:
    """Read "5:30 /km" or "8:50 /mi" as seconds per kilometre."""
    match = _PACE.match(value.strip()) if isinstance(value, str) else None
    if match is None:
        raise ValueError('a pace is written like "5:30 /km" or "8:50 /mi"')
    seconds = int(match[1]) * 60 + int(match[2])
    if match[3] == "mi":
        seconds = round(seconds * 1000 / METRES_PER_MILE)
    if not 120 <= seconds <= 1200:
        raise ValueError("an easy pace lies between 2:00 and 20:00 per kilometre")
    return seconds


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
    WithJsonSchema({"type": ["string", "number"], "examples": ["8 km", "5 mi", "half_marathon"]}),
]
Pace = Annotated[
    int,
    BeforeValidator(parse_pace),
    PlainSerializer(lambda s: f"{s // 60}:{s % 60:02d} /km", return_type=str),
    WithJsonSchema(
        {"type": "string", "pattern": r"^\d{1,2}:[0-5]\d\s*/\s*(km|mi)$", "examples": ["5:30 /km"]}
    ),
]


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
    minutes: Annotated[int, Field(ge=1, le=1440), WHOLE] | None = Field(
        None, description="How long it takes, in minutes."
    )
    distance: Metres | None = Field(None, description="How far it goes.")
    key: bool | None = Field(None, description="Is it a key run? Follows from the type if left out.")
    title: Name = Field("", max_length=200, description="The runner's own name for it.")

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
            "" if self.minutes is None else f"{self.minutes} min",
        )
        return " ".join(filter(None, known))


class Race(Part):
    """A race: priority A is tapered for, B is respected, C is a key run."""

    date: Day = Field(description="The day of the race.")
    distance: Metres = Field(description="5k, 10k, half_marathon, marathon, or a length.")
    priority: Literal["A", "B", "C"] = Field("A", description="A is tapered for, B respected, C a key run.")
    start: TimeOfDay | None = Field(None, description="When it starts; 10:00 is assumed.")
    name: Name = Field("", max_length=200, description="The name of the race.")
