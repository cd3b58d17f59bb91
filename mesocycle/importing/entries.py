"""Readings on their days: what each entry of a plan is, and how long it lasts if known."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from mesocycle.importing.feed import Event, Feed, Kind, Reading
from mesocycle.importing.titles.long_runs import with_long_runs
from mesocycle.importing.titles.read import read_title
from mesocycle.models.training import (
    LONG_MINUTES,
    RACE_SHARE,
    RACE_START,
    RECOVERY_MINUTES,
    RUN_MINUTES,
    RUN_START,
)

# The pace of a scenario that gives none.
SECONDS_PER_KM = 360
MINUTES = {Kind.LONG: LONG_MINUTES, Kind.RECOVERY: RECOVERY_MINUTES}
# Seconds for a kilometre: faster than any race, slower than a walk uphill.
FASTEST, SLOWEST = 140, 1000
LONGEST_METRES, LONGEST_MINUTES = 110_000, 900

NO_RUN = frozenset({Kind.OTHER, Kind.STRENGTH, Kind.FREE, Kind.REST})


class PlanEntry(NamedTuple):
    """A reading on its day; `start` is minutes since midnight, None if not given.

    `assumed` says that the file does not give the start.
    """

    day: date
    start: int | None
    reading: Reading
    done: bool = False
    priority: str = ""
    assumed: bool = False

    @property
    def kind(self) -> Kind:
        """The kind that was read."""
        return self.reading.kind

    @property
    def is_run(self) -> bool:
        """Whether it is running, or other endurance work."""
        return self.kind not in NO_RUN

    @property
    def minutes(self) -> int:
        """How long it takes, or the length assumed for its kind."""
        if self.reading.minutes is not None:
            return self.reading.minutes
        metres = self.reading.metres
        if metres is None or self.kind is Kind.CROSS:  # a ride has another pace than a run
            return MINUTES.get(self.kind, RUN_MINUTES)
        share = RACE_SHARE if self.kind is Kind.RACE else 1
        return max(1, round(metres * SECONDS_PER_KM * share / 60_000))

    @property
    def metres(self) -> int:
        """How far it goes; estimated if not given."""
        return self.reading.metres or round(self.minutes * 60_000 / SECONDS_PER_KM)

    @property
    def own_start(self) -> int | None:
        """When it starts, if the file says so."""
        return None if self.assumed else self.start

    @property
    def usual_start(self) -> int:
        """When it starts, or the time assumed if none is given."""
        if self.start is not None:
            return self.start
        return RACE_START if self.kind is Kind.RACE else RUN_START


def implausible(entry: PlanEntry) -> str:
    """Say why a run cannot have the length that was read; empty if it can."""
    metres, minutes = entry.reading.metres, entry.reading.minutes
    if not entry.is_run or entry.kind is Kind.CROSS:
        return ""
    if metres and minutes and not FASTEST <= minutes * 60_000 / metres <= SLOWEST:
        return f"{metres / 1000:.3g} km in {minutes} min is no pace for a run"
    if (metres or 0) > LONGEST_METRES or (minutes or 0) > LONGEST_MINUTES:
        return "it is longer than anybody runs in training"
    return ""


def entries_from(feed: Feed) -> list[PlanEntry]:
    """Read each event; the longest run of a week may be its long run though no title says so."""
    known: dict[tuple[Any, ...], tuple[Reading, ...]] = {}  # repeated titles are read once
    events: list[tuple[Event, Reading]] = []
    for event in feed.events:
        words = (event.title, event.text, event.kind, event.minutes, event.metres)
        if words not in known:
            known[words] = read_title(event, feed.units)
        events += [(event, reading) for reading in known[words]]
    readings = with_long_runs([(event.day, reading) for event, reading in events])
    return [
        PlanEntry(event.day, event.start_minute, reading, event.done, event.priority)
        for (event, _), reading in zip(events, readings, strict=True)
    ]
