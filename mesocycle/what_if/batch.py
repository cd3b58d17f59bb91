"""A whole batch: every base, then its variants beside it; stored, resumed, stopped, and reported in order."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from mesocycle.models.comparison import Comparison, Row
from mesocycle.models.errors import ScenarioError, ScenarioFileError
from mesocycle.models.outcome import Judgement, Outcome, RowStatus
from mesocycle.models.scenario import Variant
from mesocycle.solver.model.search import Deadline
from mesocycle.what_if.drive import Drive, Task
from mesocycle.what_if.job import Job, skipped
from mesocycle.what_if.ranking import ranked
from mesocycle.what_if.store import Store
from mesocycle.what_if.variants import Broken, Case, RowRequest, distinct_names, rows_of, variants_of
from mesocycle.what_if.workers import Processes, Workers

# What it takes to start processes, in seconds of solving: less than this is done here (benchmarks/batch.py).
START_SECONDS = 2.0


@dataclass(frozen=True)
class BatchOptions:
    """How to solve a batch.

    Attributes
    ----------
    jobs : int
        Processes to use at most; fewer or none where starting them would cost more than it saves.
    time_limit : float or None
        Seconds for each variant.
    end : Deadline
        For all of them; to stop it ends the batch.
    explain_seconds : float
        Seconds to look for the conflict of a variant without a block.
    workers : callable or None
        Makes the workers, if there is something to solve.
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
class BatchCallbacks:
    """What to call while a batch is solved.

    Attributes
    ----------
    row : callable
        With each row in order, as soon as it and all before it are done; not yet marked.
    progress : callable
        With the number of rows that are done.
    warn : callable
        With a sentence about a fault that was mended.
    """

    row: Callable[[Row], None] = lambda row: None
    progress: Callable[[int], None] = lambda done: None
    warn: Callable[[str], None] = lambda text: None


@dataclass(frozen=True)
class Place:
    """A row to come: its scenario, what to solve, and the place of its base, which is its own for a base."""

    scenario: str
    request: RowRequest
    base: int
    file: str = ""


class Batch:
    """All rows of a comparison, from the requests to the outcomes.

    Parameters
    ----------
    cases : sequence of Case or Broken
        In the order of the rows.
    more : sequence of Variant
        Variants of every case, beside its own.
    base : Case, optional
        The base of all rows, instead of each case's own scenario.
    """

    def __init__(
        self, cases: Sequence[Case | Broken], more: Sequence[Variant] = (), base: Case | None = None
    ) -> None:
        self.places: list[Place] = []
        if base is not None:
            self.places += [Place(base.label, request, 0) for request in variants_of(base, more)]
        for case in cases:
            if base is None:
                self._add(case, more)
            else:
                self._add_beside(base.label, case, more)
        self._followers_of: dict[int, list[int]] = {}
        for number, place in enumerate(self.places):
            if place.base != number:
                self._followers_of.setdefault(place.base, []).append(number)
        # Why outcomes are no longer stored, in a sentence.
        self.fault = ""
        self.outcomes: dict[int, Outcome] = {}
        self.rows: list[Row] = []
        # Tasks whose job another task has under way, by its key.
        self._sharing: dict[str, list[Task]] = {}
        self._near: tuple[int, str] = (-1, "")

    def _add(self, case: Case | Broken, more: Sequence[Variant]) -> None:
        """Add a base with its variants."""
        first = len(self.places)
        self.places += [Place(case.label, request, first, case.file) for request in rows_of(case, more)]

    def _add_beside(self, base: str, case: Case | Broken, more: Sequence[Variant]) -> None:
        """Add a scenario and its variants as rows of another base, which is the first of all."""
        requests = list(rows_of(case, more))
        names = (case.label if row.is_base else f"{case.label}: {row.name}" for row in requests)
        taken = {place.request.name for place in self.places}
        for request, name in zip(requests, distinct_names(names, taken), strict=True):
            beside = replace(request, name=name, is_base=False, single=False)
            self.places.append(Place(base, beside, 0, case.file))

    def __len__(self) -> int:
        return len(self.places)

    def wrong(self) -> Iterator[tuple[str, ScenarioError]]:
        """Yield the names of what cannot be solved, and why."""
        for place in self.places:
            if place.request.problems:
                whose = "" if place.request.is_base else f": {place.request.name}"
                yield f"{place.scenario}{whose}", ScenarioError(place.request.problems, place.file)

    def run(self, options: BatchOptions, callbacks: BatchCallbacks) -> Comparison:
        """Solve all rows.

        Parameters
        ----------
        options : BatchOptions
            Where, and for how long.
        callbacks : BatchCallbacks
            What to call meanwhile.
        """
        drive = Drive(
            then=lambda task, outcome: self._then(task, outcome, options, callbacks),
            end=options.end,
            warn=callbacks.warn,
        )
        bases = [number for number, place in enumerate(self.places) if place.base == number]
        drive.add(self._ready(bases, options, callbacks))
        if options.workers is not None:
            if drive.waiting:
                drive.solve_with(options.workers())
        else:
            self._locally(drive, options)
        missing = [number for number in range(len(self.places)) if number not in self.outcomes]
        for number in missing:
            self._settle(number, skipped(options.end.stopped), callbacks)
        lost = options.end.stopped and any(row.cut for row in self.rows)
        rows, summary = ranked(self.rows, [place.request.single for place in self.places], lost)
        return Comparison(rows=rows, summary=summary)

    def _locally(self, drive: Drive, options: BatchOptions) -> None:
        while drive.waiting and not options.end.stopped:
            left = len(self.places) - len(self.outcomes)
            spared = left * _usual(drive.seconds) * (1 - 1 / options.jobs)
            if options.jobs > 1 and left > 1 and spared >= options.start_seconds:
                drive.solve_with(Processes(min(options.jobs, left)))
            else:
                drive.solve_here(stop_after=1)

    def _ready(self, numbers: Iterable[int], options: BatchOptions, callbacks: BatchCallbacks) -> list[Task]:
        """Tasks for rows that can be solved now; what is wrong, stored or a repetition is settled."""
        tasks: list[Task] = []
        for number in numbers:
            place = self.places[number]
            if place.request.problems:
                problems = place.request.problems
                reason = "; ".join(": ".join(filter(None, (p.key, p.message))) for p in problems)
                self._settle(number, Outcome(status=RowStatus.ERROR, reason=reason), callbacks)
                tasks += self._followers(number, options, callbacks)
                continue
            task = Task(number, self._job(place, number, options))
            key = task.job.key
            stored = None if options.store is None else options.store.get(key)
            if stored is not None:
                self._settle(number, stored, callbacks)
                tasks += self._followers(number, options, callbacks)
            elif key in self._sharing:
                self._sharing[key].append(task)
            else:
                self._sharing[key] = []
                tasks.append(task)
        return tasks

    def _job(self, place: Place, number: int, options: BatchOptions) -> Job:
        reference, base = "", ""
        if place.base != number:
            reference, base = self._reference(place.base), self.places[place.base].request.scenario
        return Job(place.request.scenario, reference, options.time_limit, options.explain_seconds, base)

    def _reference(self, base: int) -> str:
        """The base plan that its variants stay near to, as JSON; the last one is kept."""
        if self._near[0] != base:
            result = self.outcomes[base].result
            plan = None if result is None else result.plan
            self._near = (base, "" if plan is None else plan.reference.model_dump_json())
        return self._near[1]

    def _then(
        self, task: Task, outcome: Outcome, options: BatchOptions, callbacks: BatchCallbacks
    ) -> list[Task]:
        finished = not outcome.cut and outcome.status is not RowStatus.FAILED
        if options.store is not None and finished and not self.fault:
            try:
                options.store.put(task.job.key, outcome)
            except ScenarioFileError as error:  # hours of solving are not thrown away for it
                self.fault = f"{options.store.path}: {error.problems[0].message}; going on without it"
                callbacks.warn(self.fault)
        tasks: list[Task] = []
        for solved in (task, *self._sharing.pop(task.job.key, ())):
            self._settle(solved.number, outcome, callbacks)
            tasks += self._followers(solved.number, options, callbacks)
        return tasks

    def _followers(self, number: int, options: BatchOptions, callbacks: BatchCallbacks) -> list[Task]:
        """Tasks that waited for a base."""
        return self._ready(self._followers_of.get(number, ()), options, callbacks)

    def _settle(self, number: int, outcome: Outcome, callbacks: BatchCallbacks) -> None:
        self.outcomes[number] = outcome
        callbacks.progress(len(self.outcomes))
        while len(self.rows) in self.outcomes:
            row = self._row(len(self.rows))
            self.rows.append(row)
            callbacks.row(row)

    def _row(self, number: int) -> Row:
        place, outcome = self.places[number], self.outcomes[number]
        base = self.outcomes[place.base]
        alone = place.base == number
        points = outcome.points if alone and outcome.objective is not None else _points(outcome.judgement)
        difference = judged_difference = None
        changes, judged_changes = dict[str, int](), dict[str, int]()
        if outcome.objective is not None and base.objective is not None:
            difference = outcome.objective - base.objective
            changes = _changes(base.points, outcome.points)
            if points is not None:
                judged_changes = _changes(base.points, points)
                judged_difference = sum(judged_changes.values())
        return Row(
            **_facts(outcome),
            scenario=place.scenario,
            name=place.request.name,
            is_base=place.request.is_base,
            changes=dict(place.request.changes or {}),
            difference=difference,
            difference_by_rule=changes,
            judged=None if points is None else sum(points.values()),
            judged_difference=judged_difference,
            judged_by_rule=judged_changes,
        )


def _usual(seconds: Collection[float]) -> float:
    """The usual seconds of a solve; the first alone is no measure, as it also loads the library."""
    return sorted(seconds)[len(seconds) // 2] if len(seconds) > 1 else 0.0


def _points(judged: Judgement | None) -> dict[str, int] | None:
    """Points by rule under the base's rules; None where they are not defined."""
    return None if judged is None or judged.undefined else judged.points


def _changes(before: Mapping[str, int], after: Mapping[str, int]) -> dict[str, int]:
    """By rule, where points differ."""
    by_rule = {rule: after.get(rule, 0) - before.get(rule, 0) for rule in {**before, **after}}
    return {rule: by for rule, by in by_rule.items() if by}


def _facts(outcome: Outcome) -> dict[str, Any]:
    return {name: getattr(outcome, name) for name in Outcome.model_fields}
