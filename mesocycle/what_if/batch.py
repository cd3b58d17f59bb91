"""A whole batch: every base, then its variants beside it; stored, resumed, stopped, and told in order."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from mesocycle.models.comparison import Comparison, Row
from mesocycle.models.errors import ScenarioError, ScenarioFileError
from mesocycle.models.outcome import Outcome, RowStatus
from mesocycle.models.scenario import Variant
from mesocycle.solver.model.search import Deadline
from mesocycle.what_if.drive import Drive, Task
from mesocycle.what_if.job import Job, skipped
from mesocycle.what_if.ranking import ranked
from mesocycle.what_if.store import Store
from mesocycle.what_if.variants import Broken, Case, Wanted, told_apart, variants_of, wanted_of
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
            if base is None:
                self._add(case, more)
            else:
                self._add_beside(base.label, case, more)
        self._followers_of: dict[int, list[int]] = {}
        for number, place in enumerate(self.places):
            if place.base != number:
                self._followers_of.setdefault(place.base, []).append(number)
        # What could not be kept any more, in a sentence.
        self.fault = ""
        self.outcomes: dict[int, Outcome] = {}
        self.rows: list[Row] = []
        # Tasks whose job another task has under way, by its key.
        self._sharing: dict[str, list[Task]] = {}
        self._near: tuple[int, str] = (-1, "")

    def _add(self, case: Case | Broken, more: Sequence[Variant]) -> None:
        """Add a base with its variants."""
        first = len(self.places)
        self.places += [Place(case.label, wanted, first, case.file) for wanted in wanted_of(case, more)]

    def _add_beside(self, base: str, case: Case | Broken, more: Sequence[Variant]) -> None:
        """Add a scenario and its variants as rows of another base, which is the first of all."""
        whole = list(wanted_of(case, more))
        names = (case.label if one.is_base else f"{case.label}: {one.name}" for one in whole)
        taken = {place.wanted.name for place in self.places}
        for wanted, name in zip(whole, told_apart(names, taken), strict=True):
            beside = replace(wanted, name=name, is_base=False, single=False)
            self.places.append(Place(base, beside, 0, case.file))

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
        missing = [number for number in range(len(self.places)) if number not in self.outcomes]
        for number in missing:
            self._settle(number, skipped(how.end.stopped), told)
        lost = how.end.stopped and any(row.cut for row in self.rows)
        rows, summary = ranked(self.rows, [place.wanted.single for place in self.places], lost)
        return Comparison(rows=rows, summary=summary)

    def _locally(self, drive: Drive, how: How) -> None:
        while drive.waiting and not how.end.stopped:
            left = len(self.places) - len(self.outcomes)
            spared = left * _usual(drive.seconds) * (1 - 1 / how.jobs)
            if how.jobs > 1 and left > 1 and spared >= how.start_seconds:
                drive.through(Processes(min(how.jobs, left)))
            else:
                drive.here(stop_after=1)

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
        finished = not outcome.cut and outcome.status is not RowStatus.FAILED
        if how.store is not None and finished and not self.fault:
            try:
                how.store.put(task.job.key, outcome)
            except ScenarioFileError as error:  # hours of solving are not thrown away for it
                self.fault = f"{how.store.path}: {error.problems[0].message}; going on without it"
                told.warn(self.fault)
        tasks: list[Task] = []
        for one in (task, *self._sharing.pop(task.job.key, ())):
            self._settle(one.number, outcome, told)
            tasks += self._followers(one.number, how, told)
        return tasks

    def _followers(self, number: int, how: How, told: Told) -> list[Task]:
        """What waited for a base."""
        return self._ready(self._followers_of.get(number, ()), how, told)

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


def _usual(seconds: Collection[float]) -> float:
    """What a solve usually takes here; the first also loads the library, so that one alone tells nothing."""
    return sorted(seconds)[len(seconds) // 2] if len(seconds) > 1 else 0.0


def _facts(outcome: Outcome) -> dict[str, Any]:
    return {name: getattr(outcome, name) for name in Outcome.model_fields}
