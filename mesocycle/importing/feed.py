"""What a reader makes of a file: dated events, and notes about them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Literal

# Plans without dates are read as if they began on this Monday, until `anchor` gives them theirs.
NOMINAL_MONDAY = date(2001, 1, 1)


class Kind(StrEnum):
    """What an event of a plan is. The first twelve are the types of a run in a scenario."""

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
    STRENGTH = "strength"
    # Nothing is fixed: "rest or cross-train" leaves the day to the runner, and free for a lift.
    FREE = "free"
    # No training at all: a note, a birthday.
    OTHER = "other"


@dataclass(frozen=True)
class Event:
    """One entry of a plan, as its file has it; `titles` reads what it means.

    Attributes
    ----------
    day : date
        Its day in the runner's own time zone.
    title : str
        What the entry is called; may hold line breaks and anything else.
    text : str
        Its longer description.
    start_minute : int or None
        Minutes since midnight in the runner's own time zone; None for an all-day entry.
    minutes, metres : int or None
        How long and how far, from fields of the file.
    kind : Kind or None
        What it is, from a field of the file (a sport, a tag); None leaves it to the title.
    done : bool
        Whether it is a record of what was done, not a plan.
    priority : str
        "A", "B" or "C" of a race, from a field of the file.
    place : str
        Where it stands in the file: "line 12", "event 3", "week 2, wed".
    """

    day: date
    title: str
    text: str = ""
    start_minute: int | None = None
    minutes: int | None = None
    metres: int | None = None
    kind: Kind | None = None
    done: bool = False
    priority: Literal["", "A", "B", "C"] = ""
    place: str = ""


@dataclass(frozen=True)
class Reading:
    """What a run or lift of an event is.

    Attributes
    ----------
    kind : Kind
        What it is.
    title : str
        Its part of the event's title, on one line.
    minutes, metres : int or None
        How long and how far it goes; None if unknown.
    half : str
        "am" or "pm" if the title names it, else "".
    confidence : float
        From 0 to 1; below `titles.read.SURE` the runner should look at it.
    doubt : str
        Why it is not sure, as the end of a sentence: "it also says day off"; empty if it is.
    """

    kind: Kind
    title: str
    minutes: int | None = None
    metres: int | None = None
    half: Literal["", "am", "pm"] = ""
    confidence: float = 1.0
    doubt: str = ""


@dataclass(frozen=True)
class Feed:
    """One file, read.

    Attributes
    ----------
    events : tuple of Event
        By day and time.
    name : str
        What the plan is called, if the file names it.
    units : str
        "km" or "mi": the unit of numbers that have none in titles; "" if unknown.
    race_metres : int or None
        How long the race is that the plan prepares for.
    dated : bool
        False where the file has weeks and no dates: its days count from `NOMINAL_MONDAY`.
    zone : str
        Name of the time zone that a calendar's times were turned to, if known.
    notes : tuple of str
        What was left out or assumed, in sentences.
    """

    events: tuple[Event, ...]
    name: str = ""
    units: Literal["km", "mi", ""] = ""
    race_metres: int | None = None
    dated: bool = True
    zone: str = ""
    notes: tuple[str, ...] = ()

    def shifted(self, days: int) -> Feed:
        """The same plan a number of days later, dated from now on."""
        by = timedelta(days=days)
        return replace(self, events=tuple(replace(e, day=e.day + by) for e in self.events), dated=True)

    def with_notes(self, notes: Iterable[str]) -> Feed:
        """The same with more notes."""
        return replace(self, notes=(*self.notes, *notes))
