"""The runs of a block that a feed may tell of, and what of them is not the feed's to change."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mesocycle.diary.now import Now, as_run
from mesocycle.models.clock import format_day, format_time
from mesocycle.models.happened import BY_HAND, RunChanged, RunDone, RunDropped
from mesocycle.models.living import RunNow
from mesocycle.models.plan import CalendarRun
from mesocycle.models.training import RunType


@dataclass(frozen=True)
class Standing:
    """A run that is still to come, or was to.

    Attributes
    ----------
    now : RunNow
        As it stands.
    forms : tuple of CalendarRun
        How the feed may have it: as it stands; where the runner or the feed changed or dropped it, also as it
        was planned and as it was told before.
    said : str
        What the runner said of it, which no feed changes; empty where he said nothing.
    race : bool
        Whether it is one of the scenario's races, which are no events.
    """

    now: RunNow
    forms: tuple[CalendarRun, ...]
    said: str = ""
    race: bool = False

    @property
    def run(self) -> CalendarRun:
        """As it stands."""
        return self.now.run

    @property
    def dropped(self) -> bool:
        """Whether it is left out."""
        return self.now.status == "dropped"


def standing_runs(now: Now) -> tuple[Standing, ...]:
    """The runs of a block of which at least one form lies ahead."""
    races = {race.date for race in now.wanted.races}
    found = []
    for one in now.runs:
        planned = now.planned_runs.get(one.id or "")
        race = planned is not None and planned.type == RunType.RACE and planned.date in races
        found.append(Standing(one, tuple(dict.fromkeys(_forms(now, one))), _said(now, one), race))
    return tuple(one for one in found if ahead(now, one))


def ahead(now: Now, one: Standing) -> tuple[CalendarRun, ...]:
    """The forms of a run that lie ahead."""
    return tuple(form for form in one.forms if not now.is_past(form.date, form.start))


def _forms(now: Now, one: RunNow) -> Iterator[CalendarRun]:
    planned = now.planned_runs.get(one.id or "")
    told = now.state.runs_done.get(one.id or "") or now.state.runs_planned.get(one.id or "")
    yield one.run
    if planned is None or told is None or _from_feed(told):
        return
    yield planned
    for entry in now.state.entries:
        event = entry.event
        if isinstance(event, RunChanged) and event.run == one.id and entry.number not in now.state.taken_back:
            yield as_run(event, planned)


def _from_feed(told: RunDone | RunChanged | RunDropped) -> bool:
    """Whether a feed said it, and the run stands as it said."""
    return isinstance(told, RunChanged) and told.source != BY_HAND


def _said(now: Now, one: RunNow) -> str:
    """What the runner said of a run."""
    entry = None if one.event is None else now.state.entry(one.event)
    event = None if entry is None else entry.event
    if isinstance(event, RunDone):
        return f"you ran it on {format_day(event.date)}"
    if isinstance(event, RunDropped) and event.source == BY_HAND:
        return "you left it out"
    if isinstance(event, RunChanged) and event.source == BY_HAND:
        when = f"{format_day(event.date)} {format_time(event.start)}"
        return f"you have it on {when}, {event.minutes} min"
    return ""
