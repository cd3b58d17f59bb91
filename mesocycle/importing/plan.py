"""A run plan of anybody's -> a scenario: the steps in their order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from mesocycle.importing.anchor import anchored
from mesocycle.importing.calendars.busy import FreeTime, free_time, read_busy
from mesocycle.importing.detect import plan_bytes, read_plan
from mesocycle.importing.draft import Wishes, counted, draft, lift_notes, line
from mesocycle.importing.feed import Feed
from mesocycle.importing.gather import HISTORY_WEEKS, Gathered, NothingToComeError, gather
from mesocycle.importing.own_lifts import own_lifts
from mesocycle.importing.start_times import StartTimes
from mesocycle.models.errors import Problem, ScenarioFileError
from mesocycle.models.invariants import MAX_WEEKS


@dataclass(frozen=True)
class Asked:
    """How a plan is to be imported.

    Attributes
    ----------
    today : date
        What lies before it is left out.
    start_date, race_date : date or None
        For plans that have weeks and no dates.
    weeks : int or None
        At most so many.
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
    weeks: int | None = None
    times: StartTimes = field(default_factory=StartTimes)
    zone: ZoneInfo | None = None
    date_order: Literal["dmy", "mdy"] | None = None
    units: Literal["km", "mi"] | None = None
    wishes: Wishes = field(default_factory=Wishes)
    busy: Sequence[Path] = ()

    @property
    def first(self) -> date:
        """The first day that is looked at: what was run before tells the mileage that one comes from."""
        return self.today - timedelta(days=7 * (HISTORY_WEEKS + 1))

    @property
    def last(self) -> date:
        """The last one."""
        return self.today + timedelta(days=7 * (MAX_WEEKS + 1))


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
        remedy = "import from an earlier day: --from 2026-09-07" if "before" in str(error) else ""
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
        notes=(*plan.notes, *wishes.notes, *lift_notes(plan, own_lifts(plan) if wishes.own_lifts else None)),
    )


def _free(plan: Gathered, asked: Asked) -> FreeTime:
    span = {"first": plan.start, "last": plan.last}
    # Their names go into the scenario, which may be given to others: not the folders they lie in.
    calendars = [read_busy(plan_bytes(path), path.name, zone=asked.zone, **span) for path in asked.busy]
    return free_time(asked.wishes.availability, calendars, **span)
