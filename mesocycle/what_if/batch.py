"""A whole batch: every base, then its variants beside it; stored, resumed, stopped, and told in order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from mesocycle.models.comparison import Comparison, Row
from mesocycle.models.errors import ScenarioError
from mesocycle.models.outcome import Outcome, RowStatus
from mesocycle.models.scenario import Variant
from mesocycle.solver.search import Deadline
from mesocycle.what_if.drive import Drive, Task
from mesocycle.what_if.job import Job, skipped
from mesocycle.what_if.ranking import ranked
from mesocycle.what_if.store import Store
from mesocycle.what_if.variants import Broken, Case, Wanted, variants_of
from mesocycle.what_if.workers import Processes, Workers

# What it takes to start processes, in seconds of solving: less than this is done here (benchmarks/batch.py).
START_SECONDS = 2.0


@dataclass(frozen=True)
class How:
    """How a batch is solved.

    Attributes
    ----------
    jobs : int
        Processes to use at most; fewer or none where starting them would cost more than it saves.
    time_limit : float or None
        Seconds for each variant.
    end : Deadline
        For all of them; whoever stops it ends the batch.
    explain_seconds : float
        Seconds to look for the conflict of a variant without a block.
    workers : callable or None
        Makes the workers, once it is known that there is something to solve.
    store : Store or None
        Where outcomes are kept.
    start_seconds : float
        Solving that is not worth a process; 0 starts them at once.
    """

    jobs: int = 1
    time_limit: float | None = None
    end: Deadline = field(default_factory=lambda: Deadline(None))
    explain_seconds: float = 30.0
    workers: Callable[[], Workers] | None = None
    store: Store | None = None
    start_seconds: float = START_SECONDS


@dataclass
class Told:
    """Who is told of what, while it happens.

    Attributes
    ----------
    row : callable
        Each row in order, as soon as it and all before it are done; not yet marked.
    progress : callable
        How many rows are done.
    warn : callable
        What went wrong and was mended, in a sentence.
    """

    row: Callable[[Row], None] = lambda row: None
    progress: Callable[[int], None] = lambda done: None
    warn: Callable[[str], None] = lambda text: None


@dataclass(frozen=True)
class Place:
    """A row to come: whose it is, what it is, and the place of its base, which is its own for a base."""

    scenario: str
    wanted: Wanted
    base: int
    file: str = ""


class Batch:
    """All rows of a comparison, from what is wanted to what came of it.

    Parameters
    ----------
    cases : sequence of Case or Broken
        In the order of the rows.
    more : sequence of Variant
        Variants of every case, beside its own.
    base : Case, optional
        What all rows are set against, instead of each case's own scenario.
    """

    def __init__(
        self, cases: Sequence[Case | Broken], more: Sequence[Variant] = (), base: Case | None = None
    ) -> None:
        self.places: list[Place] = []
        if base is not None:
            self.places += [Place(base.label, wanted, 0) for wanted in variants_of(base, more)]
        for case in cases:
            self._add(case, more, None if base is None else base.label)
        self.outcomes: dict[int, Outcome] = {}
        self.rows: list[Row] = []
        # Tasks whose job another task has under way, by its key.
        self._sharing: dict[str, list[Task]] = {}
        self._near: tuple[int, str] = (-1, "")

    def _add(self, case: Case | Broken, more: Sequence[Variant], against: str | None) -> None:
        first = len(self.places)
        if isinstance(case, Broken):
            wanted = Wanted("base", "", is_base=True, changes={}, problems=case.error.problems)
            self.places.append(Place(case.label, wanted, first, case.error.file))
            return
        file = "" if case.document is None else case.document.name
        for wanted in variants_of(case, more):
            if against is not None:
                name = case.label if wanted.is_base else f"{case.label}: {wanted.name}"
                wanted = Wanted(name, wanted.scenario, changes=wanted.changes, problems=wanted.problems)
            number = first if against is None else 0
            self.places.append(Place(against or case.label, wanted, number, file))

    def __len__(self) -> int:
        return len(self.places)

    def wrong(self) -> Iterator[tuple[str, ScenarioError]]:
        """Yield the names of what cannot be solved, and why."""
        for place in self.places:
            if place.wanted.problems:
                whose = "" if place.wanted.is_base else f": {place.wanted.name}"
                yield f"{place.scenario}{whose}", ScenarioError(place.wanted.problems, place.file)

    def run(self, how: How, told: Told) -> Comparison:
        """Solve what is wanted.

        Parameters
        ----------
        how : How
            Where, and for how long.
        told : Told
            Who hears of it.
        """
        drive = Drive(
            then=lambda task, outcome: self._then(task, outcome, how, told), end=how.end, warn=told.warn
        )
        bases = [number for number, place in enumerate(self.places) if place.base == number]
        drive.add(self._ready(bases, how, told))
        if how.workers is not None:
            if drive.waiting:
                drive.through(how.workers())
        else:
            self._locally(drive, how)
        interrupted = how.end.stopped
        for number in range(len(self.places)):
            if number not in self.outcomes:
                self._settle(number, skipped(interrupted), told)
        rows, summary = ranked(self.rows, [place.wanted.single for place in self.places], interrupted)
        return Comparison(rows=rows, summary=summary)

    def _locally(self, drive: Drive, how: How) -> None:
        if how.jobs > 1 and how.start_seconds > 0:
            drive.here(stop_after=2)  # the first solve of a process also loads the library
        left = len(self.places) - len(self.outcomes)
        mean = min(drive.seconds, default=0.0)
        if how.jobs > 1 and left > 1 and left * mean * (1 - 1 / how.jobs) >= how.start_seconds:
            drive.through(Processes(min(how.jobs, left)))
        else:
            drive.here()

    def _ready(self, numbers: Iterable[int], how: How, told: Told) -> list[Task]:
        """Tasks for rows that can be solved now; what is wrong, stored or the same as another is settled."""
        tasks: list[Task] = []
        for number in numbers:
            place = self.places[number]
            if place.wanted.problems:
                told_of = (": ".join(filter(None, (one.key, one.message))) for one in place.wanted.problems)
                reason = "; ".join(told_of)
                self._settle(number, Outcome(status=RowStatus.ERROR, reason=reason), told)
                tasks += self._followers(number, how, told)
                continue
            task = Task(number, self._job(place, number, how))
            key = task.job.key
            known = None if how.store is None else how.store.get(key)
            if known is not None:
                self._settle(number, known, told)
                tasks += self._followers(number, how, told)
            elif key in self._sharing:
                self._sharing[key].append(task)
            else:
                self._sharing[key] = []
                tasks.append(task)
        return tasks

    def _job(self, place: Place, number: int, how: How) -> Job:
        reference = ""
        if place.base != number:
            reference = self._reference(place.base)
        return Job(place.wanted.scenario, reference, how.time_limit, how.explain_seconds)

    def _reference(self, base: int) -> str:
        """The base plan that its variants stay near to, as JSON; the last one asked for is kept."""
        if self._near[0] != base:
            result = self.outcomes[base].result
            plan = None if result is None else result.plan
            self._near = (base, "" if plan is None else plan.reference.model_dump_json())
        return self._near[1]

    def _then(self, task: Task, outcome: Outcome, how: How, told: Told) -> list[Task]:
        if how.store is not None and not outcome.cut and outcome.status is not RowStatus.FAILED:
            how.store.put(task.job.key, outcome)
        tasks: list[Task] = []
        for one in (task, *self._sharing.pop(task.job.key, ())):
            self._settle(one.number, outcome, told)
            tasks += self._followers(one.number, how, told)
        return tasks

    def _followers(self, number: int, how: How, told: Told) -> list[Task]:
        """What waited for a base."""
        if self.places[number].base != number:
            return []
        last = number + 1
        while last < len(self.places) and self.places[last].base == number:
            last += 1
        return self._ready(range(number + 1, last), how, told)

    def _settle(self, number: int, outcome: Outcome, told: Told) -> None:
        self.outcomes[number] = outcome
        told.progress(len(self.outcomes))
        while len(self.rows) in self.outcomes:
            row = self._row(len(self.rows))
            self.rows.append(row)
            told.row(row)

    def _row(self, number: int) -> Row:
        place, outcome = self.places[number], self.outcomes[number]
        base = self.outcomes[place.base]
        difference, changes = None, dict[str, int]()
        if outcome.objective is not None and base.objective is not None:
            difference = outcome.objective - base.objective
            rules = {**base.points, **outcome.points}
            changes = {rule: outcome.points.get(rule, 0) - base.points.get(rule, 0) for rule in rules}
        return Row(
            **_facts(outcome),
            scenario=place.scenario,
            name=place.wanted.name,
            is_base=place.wanted.is_base,
            changes=dict(place.wanted.changes or {}),
            difference=difference,
            difference_by_rule={rule: by for rule, by in changes.items() if by},
        )


def _facts(outcome: Outcome) -> dict[str, Any]:
    return {name: getattr(outcome, name) for name in Outcome.model_fields}
