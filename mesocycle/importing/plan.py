"""A run plan of anybody's -> a scenario: the steps in their order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from mesocycle.files.library import programs
from mesocycle.importing.anchor import anchored
from mesocycle.importing.block import HISTORY_WEEKS, Gathered, NothingToComeError, gather
from mesocycle.importing.calendars.busy import FreeTime, free_time, read_busy
from mesocycle.importing.detect import plan_bytes, read_plan
from mesocycle.importing.draft import Wishes, counted, draft, line, notes_of
from mesocycle.importing.feed import Feed
from mesocycle.importing.own_lifts import own_lifts
from mesocycle.importing.times import StartTimes
from mesocycle.models.clock import monday_of
from mesocycle.models.errors import Problem, ScenarioFileError
from mesocycle.models.invariants import FIRST_YEAR, LAST_YEAR, MAX_WEEKS
from mesocycle.models.names import hidden_character, nearest
from mesocycle.models.scenario import PRESETS


@dataclass(frozen=True)
class Asked:
    """How a plan is to be imported.

    Attributes
    ----------
    today : date
        What lies before it is left out.
    start_date, race_date : date or None
        For plans that have weeks and no dates.
    race_metres : int or None
        How long the race is that the plan leads to; what the plan says if left out.
    weeks : int or None
        At most so many, from 1 to 52.
    times : StartTimes
        For runs without a time of day.
    zone : ZoneInfo or None
        Where the runner lives; the calendar's own if left out.
    date_order : "dmy", "mdy" or None
        What 03/04/2026 means in a table.
    units : "km", "mi" or None
        Of numbers without one; what the file says, or kilometres, if left out.
    wishes : Wishes
        What goes into the scenario beside the plan.
    busy : sequence of Path
        Calendars whose events are no time for lifts.
    """

    today: date
    start_date: date | None = None
    race_date: date | None = None
    race_metres: int | None = None
    weeks: int | None = None
    times: StartTimes = field(default_factory=StartTimes)
    zone: ZoneInfo | None = None
    date_order: Literal["dmy", "mdy"] | None = None
    units: Literal["km", "mi"] | None = None
    wishes: Wishes = field(default_factory=Wishes)
    busy: Sequence[Path] = ()

    def __post_init__(self) -> None:
        for day in (self.today, self.start_date, self.race_date):
            if day is not None and (isinstance(day, datetime) or not FIRST_YEAR <= day.year <= LAST_YEAR):
                raise ValueError(f"{day} is no day of the years {FIRST_YEAR} to {LAST_YEAR}")
        if self.start_date is not None and self.race_date is not None:
            raise ValueError("a plan is counted from its start or back from its race: give one of the two")
        if self.weeks is not None and not 1 <= self.weeks <= MAX_WEEKS:
            raise ValueError(f"a block has 1 to {MAX_WEEKS} weeks, not {self.weeks}")
        for name, value, known in (
            ("date_order", self.date_order, ("dmy", "mdy")),
            ("units", self.units, ("km", "mi")),
        ):
            if value is not None and value not in known:
                raise ValueError(f"{name} is {' or '.join(known)}, not {value!r}")
        if hidden_character(self.wishes.name):
            raise ValueError(f"the name holds the invisible character {hidden_character(self.wishes.name)}")
        if self.wishes.policy not in PRESETS:
            raise ValueError(
                f"there is no policy {self.wishes.policy!r}; {nearest(self.wishes.policy, PRESETS)}"
            )
        if self.wishes.program not in programs():
            near = nearest(self.wishes.program, programs())
            raise ValueError(f"there is no program {self.wishes.program!r}; {near}")

    @property
    def first(self) -> date:
        """The first day that is looked at: what was run before tells the mileage that one comes from."""
        return self.today - timedelta(weeks=HISTORY_WEEKS + 1)

    @property
    def last(self) -> date:
        """The last one."""
        return self.today + timedelta(weeks=MAX_WEEKS + 1)


def open_plan(path: Path, asked: Asked) -> Feed:
    """Read a plan and give it its dates.

    Raises
    ------
    ScenarioFileError
        If it cannot be read, or has no dates and is given none.
    """
    feed = read_plan(
        path,
        first=asked.first,
        last=asked.last,
        zone=asked.zone,
        date_order=asked.date_order,
        today=asked.today,
    )
    if asked.units is not None:
        feed = replace(feed, units=asked.units)
    if asked.race_metres is not None:
        feed = replace(feed, race_metres=asked.race_metres)
    return anchored(feed, str(path), asked.start_date, asked.race_date)


def gathered(feed: Feed, path: Path, asked: Asked) -> Gathered:
    """Make a block of a plan with dates.

    Raises
    ------
    ScenarioFileError
        If there is no run to come.
    """
    try:
        return gather(feed, asked.today, asked.times, asked.weeks)
    except NothingToComeError as error:
        remedy = "what is a run is told by its title, or by a column or field for its type"
        if error.last is not None:
            remedy = f"import from an earlier day, such as --from {monday_of(error.last)}"
        raise ScenarioFileError((Problem((), str(error), remedy=remedy),), str(path)) from None


@dataclass(frozen=True)
class Imported:
    """A plan as a scenario.

    Attributes
    ----------
    text : str
        The scenario file, with comments.
    summary : str
        How much was read: "96 runs on 84 days in 12 weeks, 3 races".
    unsure : tuple of str
        What to look at, by date, with what it was taken for.
    notes : tuple of str
        What was left out or assumed.
    """

    text: str
    summary: str
    unsure: tuple[str, ...]
    notes: tuple[str, ...]


def written(plan: Gathered, source: str, asked: Asked) -> Imported:
    """Write the scenario of a block, with the free time that busy calendars leave.

    Raises
    ------
    ScenarioFileError
        If a busy calendar cannot be read.
    """
    wishes = asked.wishes
    if asked.busy:
        free = _free(plan, asked)
        wishes = replace(
            wishes,
            availability=free.availability,
            blocked=(*wishes.blocked, *free.blocked),
            notes=(*wishes.notes, *free.notes),
        )
    return Imported(
        text=draft(plan, source, wishes),
        summary=counted(plan),
        unsure=tuple(line(one) for one in plan.unsure),
        notes=tuple(notes_of(plan, own_lifts(plan) if wishes.own_lifts else None, wishes)),
    )


def _free(plan: Gathered, asked: Asked) -> FreeTime:
    span = {"first": plan.start, "last": plan.last}
    # A calendar of appointments in UTC means the hours of the place where its owner runs.
    zone = asked.zone or (ZoneInfo(plan.zone) if plan.zone else None)
    # Their names go into the scenario, which may be given to others: not the folders they lie in.
    calendars = [read_busy(plan_bytes(path), path.name, zone=zone, **span) for path in asked.busy]
    return free_time(asked.wishes.availability, calendars, **span)
