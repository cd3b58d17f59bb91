"""The state of a block: the fold of its events in the order of writing.

Of the events of one key the last one holds that was not taken back. So events of different keys may be
written in any order, a corrected event is as if it had been right at once, and what is taken back and then
holds again changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import TypeVar

from mesocycle.diary.content import Entry
from mesocycle.models.felt import Soreness, Wellness
from mesocycle.models.happened import (
    BY_HAND,
    Available,
    Away,
    Event,
    LiftDone,
    LiftMoved,
    LiftSkipped,
    LogImported,
    Pinned,
    Published,
    Recorded,
    RunChanged,
    RunDone,
    RunDropped,
    ScenarioChanged,
    Sick,
    TakenBack,
)
from mesocycle.models.plan import PlannedSession

Kind = TypeVar("Kind", bound=Event)


@dataclass(frozen=True, eq=False)
class State:
    """What holds in a block.

    Attributes
    ----------
    entries : tuple of Entry
        All events.
    """

    entries: tuple[Entry, ...]

    @cached_property
    def taken_back(self) -> frozenset[int]:
        """Numbers of events that do not hold."""
        last = {
            entry.event.event: entry.event.taken_back
            for entry in self.entries
            if isinstance(entry.event, TakenBack)
        }
        return frozenset(number for number, back in last.items() if back)

    @cached_property
    def in_force(self) -> dict[str, Entry]:
        """What holds, by key."""
        held = {
            entry.event.key: entry
            for entry in self.entries
            if entry.number not in self.taken_back and not isinstance(entry.event, TakenBack)
        }
        return dict(sorted(held.items()))

    def under(self, key: str) -> Event | None:
        """The event that holds under a key."""
        entry = self.in_force.get(key)
        return None if entry is None else entry.event

    def all_of(self, kind: type[Kind]) -> Iterator[Kind]:
        """All events of a kind that hold, by key."""
        return (entry.event for entry in self.in_force.values() if isinstance(entry.event, kind))

    def covered(self, day: date) -> bool:
        """Whether the log of an app tells all that was lifted on a day."""
        return any(
            event.first <= day <= event.last
            for event in self.all_of(LogImported)
            if event.first is not None and event.last is not None
        )

    def entry(self, number: int) -> Entry | None:
        """The event of a number, whether it holds or not."""
        return next((entry for entry in self.entries if entry.number == number), None)

    @property
    def published(self) -> Published:
        """The plan that holds."""
        return max(self.all_of(Published), key=lambda event: event.revision)

    @cached_property
    def publications(self) -> dict[int, Entry]:
        """All publications, by revision."""
        return {one.event.revision: one for one in self.in_force.values() if isinstance(one.event, Published)}

    @cached_property
    def versions(self) -> dict[int, Entry]:
        """The changes of the scenario that hold, by version."""
        return {
            one.event.version: one for one in self.in_force.values() if isinstance(one.event, ScenarioChanged)
        }

    @property
    def scenario(self) -> int:
        """The version of the scenario that holds."""
        return max(self.versions)

    @cached_property
    def done(self) -> dict[str, LiftDone]:
        """What was done of planned sessions, by id.

        Where sources differ the runner's own word holds; sets that he did not tell are those of an app.
        """
        found: dict[str, LiftDone] = {}
        for event in sorted(self.all_of(LiftDone), key=_by_source, reverse=True):
            if event.session is None:
                continue
            other = found.get(event.session)
            bare = other is not None and not (event.sets or event.only)
            told = {"sets": other.sets, "only": other.only} if other is not None and bare else {}
            found[event.session] = event.model_copy(update=told)
        return found

    @cached_property
    def beside(self) -> tuple[LiftDone, ...]:
        """Lifts beside the plan, in order of time; of one moment the runner's own word holds."""
        found = {
            (event.date, event.start): event
            for event in sorted(self.all_of(LiftDone), key=_by_source, reverse=True)
            if event.session is None
        }
        return tuple(found[moment] for moment in sorted(found))

    @cached_property
    def places(self) -> dict[str, LiftSkipped | LiftMoved]:
        """Sessions that the runner left out or put elsewhere himself."""
        found: list[LiftSkipped | LiftMoved] = [*self.all_of(LiftSkipped), *self.all_of(LiftMoved)]
        return {event.session: event for event in found}

    def start(self, session: PlannedSession) -> datetime:
        """When a session was done, or will be where the runner put it, else as planned."""
        return self._moment(session, self.done.get(session.id) or self.places.get(session.id))

    def foreseen(self, session: PlannedSession) -> datetime:
        """When a session was to be done: where the runner put it, else as planned."""
        return self._moment(session, self.places.get(session.id))

    def _moment(self, session: PlannedSession, place: LiftDone | LiftMoved | LiftSkipped | None) -> datetime:
        day, minute = session.date, session.start
        if isinstance(place, (LiftDone, LiftMoved)):
            day, minute = place.date, place.start
        return datetime.combine(day, datetime.min.time()) + timedelta(minutes=minute)

    @cached_property
    def pins(self) -> dict[str, Pinned]:
        """Sessions that have to stay."""
        return {event.session: event for event in self.all_of(Pinned)}

    @cached_property
    def records(self) -> tuple[Recorded, ...]:
        """What was lifted, by date."""
        return tuple(sorted(self.all_of(Recorded), key=lambda event: (event.date, event.exercise)))

    @cached_property
    def runs_done(self) -> dict[str, RunDone]:
        """What was run of planned runs, by their ids."""
        every = sorted(self.all_of(RunDone), key=_by_source, reverse=True)
        return {event.run: event for event in every if event.run is not None}

    @cached_property
    def runs_beside(self) -> tuple[RunDone, ...]:
        """Runs beside the plan, in order of time; of one moment the runner's own word holds."""
        # Else a run that two sources tell of would count twice.
        found = {
            (event.date, event.start): event
            for event in sorted(self.all_of(RunDone), key=_by_source, reverse=True)
            if event.run is None
        }
        return tuple(found[moment] for moment in sorted(found))

    @cached_property
    def runs_planned(self) -> dict[str, RunChanged | RunDropped]:
        """Planned runs that will be others, or none, by their ids."""
        changed = {event.run: event for event in self.all_of(RunChanged) if event.run is not None}
        dropped = {event.run: event for event in self.all_of(RunDropped) if event.run is not None}
        return {**changed, **dropped}

    @cached_property
    def runs_added(self) -> tuple[RunChanged, ...]:
        """Runs that were added to the plan."""
        return tuple(event for event in self.all_of(RunChanged) if event.run is None)

    @cached_property
    def absences(self) -> tuple[Sick | Away, ...]:
        """Days of illness and of absence, in order."""
        found: list[Sick | Away] = [*self.all_of(Sick), *self.all_of(Away)]
        return tuple(sorted(found, key=lambda event: (event.first, event.kind)))

    def absence(self, day: date, today: date) -> Sick | Away | None:
        """The illness or absence of a day, as far as is known today."""
        return next((event for event in self.absences if event.holds(day, today)), None)

    def no_lift(self, day: date, today: date) -> Sick | Away | None:
        """Why nothing is lifted on a day: illness and absence, and illness on the day before."""
        before = self.absence(day - timedelta(days=1), today)
        return self.absence(day, today) or (before if isinstance(before, Sick) else None)

    def keeps(self, session: PlannedSession, today: date) -> bool:
        """Whether a session is to be seen where no plan has it any more.

        So it is with what illness or the runner took, and with what he put somewhere.
        """
        return session.id in self.places or isinstance(self.no_lift(self.start(session).date(), today), Sick)

    @cached_property
    def windows(self) -> dict[date, Available]:
        """When a lift may happen, on days that the runner said something about."""
        return {event.date: event for event in self.all_of(Available)}

    @cached_property
    def soreness(self) -> tuple[Soreness, ...]:
        """How sore the runner was, by date and site."""
        return tuple(sorted(self.all_of(Soreness), key=lambda event: (event.date, event.site)))

    @cached_property
    def wellness(self) -> tuple[Wellness, ...]:
        """How he slept, and how tired he was, by date."""
        return tuple(sorted(self.all_of(Wellness), key=lambda event: event.date))


def _by_source(event: LiftDone | RunDone) -> tuple[bool, str]:
    """The runner's own word first, then the sources by name."""
    return event.source != BY_HAND, event.source
