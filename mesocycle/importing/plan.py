"""A run plan -> a scenario: the steps in their order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from mesocycle.files.library import programs
from mesocycle.importing.anchor import anchored
from mesocycle.importing.block import HISTORY_WEEKS, Gathered, NothingToComeError, gather, plan_of
from mesocycle.importing.calendars.busy import FreeTime, free_time, read_busy
from mesocycle.importing.detect import plan_bytes, read_plan
from mesocycle.importing.draft import DraftOptions, draft, lines, notes_of, summary_of
from mesocycle.importing.feed import Feed
from mesocycle.importing.own_lifts import own_lifts
from mesocycle.importing.times import StartTimes
from mesocycle.importing.titles.cleaning import one_line
from mesocycle.importing.to_come import ToCome, to_come
from mesocycle.models.clock import monday_of
from mesocycle.models.errors import Problem, ScenarioFileError
from mesocycle.models.invariants import FIRST_YEAR, LAST_YEAR, MAX_WEEKS
from mesocycle.models.names import hidden_character, nearest
from mesocycle.models.scenario import PRESETS

# The longest name that a file gives.
MOST_NAME = 80
RECOGNISED = "a run is recognised by its title, or by a column or field for its type"


@dataclass(frozen=True)
class ImportOptions:
    """How to import a plan.

    Attributes
    ----------
    today : date
        Earlier days are left out.
    start_date, race_date : date or None
        For plans that have weeks and no dates.
    race_metres : int or None
        Length of the race that the plan leads to; from the plan if left out.
    weeks : int or None
        At most so many, from 1 to 52.
    times : StartTimes
        For runs without a time of day.
    zone : ZoneInfo or None
        The runner's; from the calendar if left out.
    date_order : "dmy", "mdy" or None
        What 03/04/2026 means in a table.
    units : "km", "mi" or None
        Of numbers without one; from the file, or kilometres, if left out.
    draft : DraftOptions
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
    draft: DraftOptions = field(default_factory=DraftOptions)
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
        if hidden_character(self.draft.name):
            raise ValueError(f"the name holds the invisible character {hidden_character(self.draft.name)}")
        if self.draft.policy not in PRESETS:
            raise ValueError(
                f"there is no policy {self.draft.policy!r}; {nearest(self.draft.policy, PRESETS)}"
            )
        if self.draft.program not in programs():
            near = nearest(self.draft.program, programs())
            raise ValueError(f"there is no program {self.draft.program!r}; {near}")

    @property
    def first(self) -> date:
        """The first day to read: earlier runs give the mileage before the block."""
        return self.today - timedelta(weeks=HISTORY_WEEKS + 1)

    @property
    def last(self) -> date:
        """The last day to read."""
        return self.today + timedelta(weeks=MAX_WEEKS + 1)


def open_plan(path: Path, options: ImportOptions) -> Feed:
    """Read a plan and give it its dates.

    Raises
    ------
    ScenarioFileError
        If it cannot be read, or has no dates and none are given.
    """
    feed = read_plan(
        path,
        first=options.first,
        last=options.last,
        zone=options.zone,
        date_order=options.date_order,
        today=options.today,
    )
    if not feed.name:
        # Two plans without a name are two plans: calendars know a block by its name.
        feed = replace(feed, name=_name_of(path))
    if options.units is not None:
        feed = replace(feed, units=options.units)
    if options.race_metres is not None:
        feed = replace(feed, race_metres=options.race_metres)
    return anchored(feed, str(path), options.start_date, options.race_date)


def _name_of(path: Path) -> str:
    """What a plan is called by its file; nothing for standard input."""
    words = one_line(re.sub(r"[_\s]+", " ", path.stem), MOST_NAME)
    return words[:1].upper() + words[1:] if any(c.isalnum() for c in words) else ""


def gathered(feed: Feed, path: Path, options: ImportOptions) -> Gathered:
    """Make a block of a plan with dates.

    Raises
    ------
    ScenarioFileError
        If there is no run to come.
    """
    try:
        return gather(feed, options.today, options.times, options.weeks)
    except NothingToComeError as error:
        remedy = RECOGNISED
        if error.last is not None:
            remedy = f"import from an earlier day, such as --from {monday_of(error.last)}"
        raise ScenarioFileError((Problem((), str(error), remedy=remedy),), str(path)) from None


def coming(path: Path, options: ImportOptions, last: date) -> ToCome:
    """Read what a plan has from `options.today` to a last day.

    Raises
    ------
    ScenarioFileError
        If it cannot be read, has no dates and none are given, or there is no run to come.
    """
    feed = open_plan(path, options)
    try:
        found = to_come(plan_of(feed), options.today, last, options.times, len(feed.events))
    except NothingToComeError as error:
        remedy = RECOGNISED if error.last is None else "download it again, as it is now"
        raise ScenarioFileError.of(str(path), str(error), remedy) from None
    return replace(found, notes=(*feed.notes, *found.notes))


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
        What to look at, by date, with the kind that was read.
    notes : tuple of str
        What was left out or assumed.
    """

    text: str
    summary: str
    unsure: tuple[str, ...]
    notes: tuple[str, ...]


def written(plan: Gathered, source: str, options: ImportOptions) -> Imported:
    """Write the scenario of a block, with the free time that busy calendars leave.

    Raises
    ------
    ScenarioFileError
        If a busy calendar cannot be read.
    """
    details = options.draft
    if options.busy:
        free = _free(plan, options)
        details = replace(
            details,
            availability=free.availability,
            blocked=(*details.blocked, *free.blocked),
            notes=(*details.notes, *free.notes),
        )
    return Imported(
        text=draft(plan, source, details),
        summary=summary_of(plan),
        unsure=tuple(lines(plan.unsure)),
        notes=tuple(notes_of(plan, own_lifts(plan) if details.own_lifts else None, details)),
    )


def _free(plan: Gathered, options: ImportOptions) -> FreeTime:
    span = {"first": plan.start, "last": plan.last}
    # Appointments in UTC are moved to the zone where the runner runs.
    zone = options.zone or (ZoneInfo(plan.zone) if plan.zone else None)
    # The scenario may be shared: it names the calendars without their folders.
    calendars = [read_busy(plan_bytes(path), path.name, zone=zone, **span) for path in options.busy]
    return free_time(options.draft.availability, calendars, **span)
