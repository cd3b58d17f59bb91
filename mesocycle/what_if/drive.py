"""Jobs through workers: results in order, one retry if a worker dies, and nothing lost on the way."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Future, wait
from dataclasses import dataclass, field

from mesocycle.models.outcome import Outcome, RowStatus
from mesocycle.solver.model.search import Deadline
from mesocycle.what_if.job import Answer, Job, outcome_from, skipped, solved
from mesocycle.what_if.workers import Workers

# Batches per slot: the current one and the next.
AHEAD = 2
MOST_IN_BATCH = 64
DEATH = "its worker died twice: killed, out of memory, or a crash of the solver"
# After as many deaths without an outcome between them, the variants are not the cause.
MOST_BARREN = 10
POLL_SECONDS = 0.2
FAIL_SECONDS = 30
GRACE_SECONDS = 2.0


@dataclass(eq=False)
class Task:
    """A job with its place among the rows.

    Attributes
    ----------
    number : int
        Its place; outcomes come back with it.
    deaths : int
        How often a worker died while it had the task.
    """

    number: int
    job: Job
    deaths: int = 0


Running = dict[Future[list[Answer]], list[Task]]


@dataclass
class Drive:
    """Hands tasks to workers and takes the outcomes as they arrive.

    Attributes
    ----------
    then : callable
        Called with each finished task and its outcome; returns the tasks that can go now.
    end : Deadline
        When the time for all is up, or the user stops.
    warn : callable
        Called with a sentence about a fault that was mended.
    waiting, suspects : deque of Task
        What can go at once; tasks of a dead worker go alone, so that the next death shows the cause.
    seconds : deque of float
        What the last tasks took.
    broken, barren, deserted, fault, late
        Whether the workers have to be replaced, how often that was in vain, whether there are none, the last
        fault, and since when the time for all is up.
    """

    then: Callable[[Task, Outcome], Iterable[Task]]
    end: Deadline
    warn: Callable[[str], None] = lambda text: None
    waiting: deque[Task] = field(default_factory=deque)
    suspects: deque[Task] = field(default_factory=deque)
    seconds: deque[float] = field(default_factory=lambda: deque(maxlen=20))
    broken: bool = False
    barren: int = 0
    deserted: bool = False
    fault: str = ""
    late: float | None = None

    def add(self, tasks: Iterable[Task]) -> None:
        """Take tasks that can go at once."""
        self.waiting.extend(tasks)

    def solve_here(self, stop_after: int | None = None) -> None:
        """Solve in this process, all of it or only so many tasks."""
        while self.waiting and stop_after != 0 and not self.end.stopped:
            task = self.waiting.popleft()
            self._done(task, solved(task.job, self.end))
            stop_after = None if stop_after is None else stop_after - 1

    def solve_with(self, workers: Workers) -> None:
        """Solve everything with workers, or as far as the time allows."""
        running: Running = {}
        try:
            while (self.waiting or self.suspects or running) and not self.end.stopped:
                self._fill(workers, running)
                finished, _ = wait(running, timeout=POLL_SECONDS, return_when=FIRST_COMPLETED)
                self._look_after(workers, bool(finished))
                lost = [task for future in finished for task in self._take(future, running.pop(future))]
                if self.broken:
                    # The rest of a broken pool fails within moments; a new one must not see it.
                    rest, _ = wait(running, timeout=FAIL_SECONDS)
                    lost += [task for future in rest for task in self._take(future, running.pop(future))]
                self._retry(lost, workers.tries_again)
                if lost and (self.broken or not running):
                    self._revive(workers)
                if self.end.passed and self._too_late():
                    late = [task for batch in running.values() for task in batch]
                    self._give_up((*late, *self.suspects, *self.waiting), skipped(self.end.stopped))
                    break
        finally:
            for future in running:
                future.cancel()
            workers.close(now=bool(running))

    def _too_late(self) -> bool:
        """Whether running tasks have had their time, and a little more, to end."""
        self.late = self.late or time.monotonic()
        return time.monotonic() - self.late > GRACE_SECONDS

    def _look_after(self, workers: Workers, busy: bool) -> None:
        """Warn once when all workers of a cluster are gone: they may come back, and only the user knows."""
        deserted = not busy and workers.slots == 0
        if deserted and not self.deserted:
            self.warn("There are no workers any more; waiting for one to come, until you stop it.")
        self.deserted = deserted

    def _fill(self, workers: Workers, running: Running) -> None:
        """Keep every slot busy, and a little ahead; suspects go alone."""
        if self.end.passed:
            self._give_up((*self.suspects, *self.waiting), skipped(self.end.stopped))
        if self.suspects:
            if not running:
                self._submit(workers, running, [self.suspects.popleft()])
            return
        while self.waiting and len(running) < AHEAD * max(1, workers.slots):
            batch = [self.waiting.popleft() for _ in range(min(self._batch(workers), len(self.waiting)))]
            if not self._submit(workers, running, batch):
                return

    def _submit(self, workers: Workers, running: Running, batch: list[Task]) -> bool:
        try:
            future = workers.submit([task.job for task in batch], self.end.left())
        except RuntimeError:  # a pool that broke while nothing was under way
            self.waiting.extendleft(reversed(batch))
            self._revive(workers)
            return False
        running[future] = batch
        return True

    def _revive(self, workers: Workers) -> None:
        self.broken = False
        self.barren += 1
        if self.barren > MOST_BARREN or not workers.revive():
            reason = "the workers are gone" if self.barren <= MOST_BARREN else "workers die as they start"
            self._give_up((*self.suspects, *self.waiting), Outcome(status=RowStatus.FAILED, reason=reason))

    def _batch(self, workers: Workers) -> int:
        """How many jobs go together: few, so that at the end no worker waits long for another."""
        if not workers.batch_seconds or not self.seconds:
            return 1
        mean = sum(self.seconds) / len(self.seconds)
        fair = len(self.waiting) // (AHEAD * max(1, workers.slots))
        return max(1, min(fair, MOST_IN_BATCH, round(workers.batch_seconds / max(mean, 0.001))))

    def _take(self, future: Future[list[Answer]], batch: list[Task]) -> list[Task]:
        """Take a batch's outcomes; the batch itself if its worker died."""
        try:
            answers = future.result()
        except Exception as error:  # of the worker, not of the work: that returns outcomes
            self.broken |= isinstance(error, BrokenExecutor)
            death = isinstance(error, BrokenExecutor) or type(error).__name__ == "KilledWorker"
            self.fault = DEATH if death else f"its worker failed: {type(error).__name__}: {error}"
            return batch
        self.barren = 0
        for task, answer in zip(batch, answers, strict=True):
            self._done(task, outcome_from(answer))
        return []

    def _retry(self, lost: list[Task], tried: bool) -> None:
        """Try each task of a dead worker once more, alone; a task that kills a second worker has failed.

        `tried`: the workers have tried it again by themselves.
        """
        for task in lost:
            task.deaths += 1
            if len(lost) == 1 and (task.deaths > 1 or tried):
                self._done(task, Outcome(status=RowStatus.FAILED, reason=" ".join(self.fault.split())))
            else:
                self.suspects.append(task)
        again = sum(task in self.suspects for task in lost)
        if again:
            what = f"{again} variant{'s' * (again > 1)}"
            verb = "died" if self.fault == DEATH else "failed"
            self.warn(f"A worker {verb}; its work is tried again ({what}).")

    def _give_up(self, tasks: Iterable[Task], outcome: Outcome) -> None:
        """Give an outcome to everything that has not begun, and to what would have followed."""
        left = deque(tasks)
        self.suspects.clear()
        self.waiting.clear()
        while left:
            task = left.popleft()
            left.extend(self.then(task, outcome))

    def _done(self, task: Task, outcome: Outcome) -> None:
        if outcome.seconds is not None:
            self.seconds.append(outcome.seconds)
        self.waiting.extendleft(reversed(list(self.then(task, outcome))))
