"""A block file with a moment to go by: how things stand in it, and how something is recorded."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from mesocycle.diary import file as block_file
from mesocycle.diary.content import Entry, Facts, Reader, damaged
from mesocycle.diary.fold import State
from mesocycle.diary.lines import lines_of
from mesocycle.diary.now import Era, Now
from mesocycle.diary.remarks import remarks
from mesocycle.files import scenario as scenario_files
from mesocycle.models.errors import BlockError, ScenarioError
from mesocycle.models.happened import Event, Published
from mesocycle.models.living import HistoryLine, Noted
from mesocycle.models.plan import PlannedSession
from mesocycle.models.result import Result
from mesocycle.models.scenario import Scenario
from mesocycle.solver.rules.check import problems


class Opened:
    """A block file; plans and scenarios that were read once are kept, as they never change.

    Parameters
    ----------
    path : str or Path
        The file.
    now : datetime, optional
        The moment to go by; the real one if left out.
    """

    def __init__(self, path: str | Path, *, now: datetime | None = None) -> None:
        self.path = Path(path)
        self._moment = now
        self._plans: dict[int, Result] = {}
        self._scenarios: dict[int, Scenario] = {}
        with block_file.reading(self.path) as reader:
            self.facts: Facts = reader.facts

    def now(self) -> Now:
        """The block as it stands."""
        with block_file.reading(self.path) as reader:
            return self._at(reader, State(reader.entries()))

    def _note(self, make: Callable[[Now], Event]) -> Noted:
        """Record an event, unless the same one holds already."""
        with block_file.writing(self.path) as writer:
            state = State(writer.entries())
            before = self._at(writer, state)
            event = make(before)
            held = state.in_force.get(event.key)
            if held is not None and held.event == event:
                return self._noted(writer, state, (held,), already=True)
            entry = writer.append(event, self._instant())
            after_state = State((*state.entries, entry))
            after = self._at(writer, after_state)
            told = tuple(remarks(event, before, after))
            if held is not None:
                told = (f"it replaces what event {held.number} says", *told)
            return self._noted(writer, after_state, (entry,), already=False, told=told)

    def _note_together(
        self, now: Now, make: Callable[[int], Sequence[Event]], again: str
    ) -> tuple[HistoryLine, ...]:
        """Record events together, that were made of `now`; `make` is given the number of the first.

        Raises
        ------
        BlockError
            If something else was recorded meanwhile.
        """
        with block_file.writing(self.path) as writer:
            state = State(writer.entries())
            if len(state.entries) != len(now.state.entries):
                raise BlockError("something else was recorded meanwhile", again)
            events = make(len(state.entries) + 1)
            entries = tuple(writer.append(event, self._instant()) for event in events)
            after = State((*state.entries, *entries))
            return lines_of(entries, after, self._at(writer, after))

    def _noted(
        self,
        reader: Reader,
        state: State,
        entries: Sequence[Entry],
        *,
        already: bool,
        told: tuple[str, ...] = (),
    ) -> Noted:
        now = self._at(reader, state)
        return Noted(events=lines_of(entries, state, now), already=already, remarks=told)

    def _instant(self) -> datetime:
        """The moment, in UTC."""
        moment = self._moment or datetime.now(UTC)
        return moment.astimezone(UTC) if moment.tzinfo else self.facts.instant(moment)

    def _at(self, reader: Reader, state: State) -> Now:
        published = state.published
        revisions = self._planned(reader, state)
        versions = {one.revision: one.scenario for one in state.all_of(Published)}
        return Now(
            state,
            self._scenario(reader, published.scenario),
            self._plan(reader, published.revision),
            self.facts.local(self._instant()),
            {name: planned for name, (_, planned) in revisions.items()},
            tuple(
                Era(entry.local, self._scenario(reader, version))
                for version, entry in sorted(state.versions.items())
            ),
            {
                name: self._scenario(reader, versions[number])
                for name, (number, _) in revisions.items()
                if versions[number] != published.scenario
            },
        )

    def _planned(self, reader: Reader, state: State) -> dict[str, tuple[int, PlannedSession]]:
        """Sessions as they were planned when their time came, else as they are planned now; by revision."""
        found: dict[str, tuple[int, PlannedSession]] = {}
        today = self.facts.local(self._instant()).date()
        for number, entry in sorted(state.publications.items()):
            plan = self._plan(reader, number).plan
            past = {name: one for name, one in found.items() if state.start(one[1]) <= entry.local}
            planned = {} if plan is None else {one.id: (number, one) for one in plan.sessions}
            lost = {
                name: one for name, one in found.items() if name not in planned and state.keeps(one[1], today)
            }
            found = past | lost | {name: one for name, one in planned.items() if name not in past}
        return found

    def _plan(self, reader: Reader, revision: int) -> Result:
        if revision not in self._plans:
            self._plans[revision] = reader.plan(revision)
        return self._plans[revision]

    def _scenario(self, reader: Reader, version: int) -> Scenario:
        if version not in self._scenarios:
            raw = reader.scenario(version).encode()
            name = f"{self.path}, scenario {version}"
            try:
                self._scenarios[version] = scenario_files.load_bytes(raw, name, problems)[0]
            except ScenarioError as error:
                told = error.problems[0]
                raise damaged(
                    str(self.path), f"version {version} of its scenario, line {told.line}: {told.message}"
                ) from None
        return self._scenarios[version]
