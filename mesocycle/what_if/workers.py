"""Where jobs are solved: here, in processes of this machine, or in whatever executor the caller hands in."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing.connection import Connection, wait
from typing import Protocol

from mesocycle.what_if import job as jobs_at_work
from mesocycle.what_if.job import Answer, Job, work


class Workers(Protocol):
    """What the driver needs of a place where jobs are solved.

    Attributes
    ----------
    batch_seconds : float
        Seconds of work to submit at a time, so that submitting costs little; 0 submits single jobs.
    tries_again : bool
        Whether it retries the tasks of a dead worker by itself.
    """

    batch_seconds: float
    tries_again: bool

    @property
    def slots(self) -> int:
        """Jobs that run at the same time; 0 while there is no worker."""

    def submit(self, jobs: Sequence[Job], left: float | None) -> Future[list[Answer]]:
        """Hand over a few jobs."""

    def revive(self) -> bool:
        """After a worker died: make sure that there are workers, and return whether there are."""

    def close(self, *, now: bool) -> None:
        """Let the workers go; `now` without waiting for their jobs."""


def usable_cores() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Processes:
    """Processes of this machine, started by spawn and kept; one solver thread each.

    Parameters
    ----------
    slots : int
        How many.
    """

    def __init__(self, slots: int) -> None:
        self.slots = slots
        self.batch_seconds = 0.0
        self.tries_again = False
        self._context = multiprocessing.get_context("spawn")
        self._start()

    def _start(self) -> None:
        # The end of a pipe, not an event: a worker that is killed cannot leave it locked.
        self._until, self._open = self._context.Pipe(duplex=False)
        self._pool = ProcessPoolExecutor(
            self.slots, mp_context=self._context, initializer=_enter_worker, initargs=(self._until,)
        )

    def submit(self, jobs: Sequence[Job], left: float | None) -> Future[list[Answer]]:
        """Hand over a few jobs; it is here that a process may be started."""
        with _held_back(signal.SIGINT):
            return self._pool.submit(work, jobs, left)

    def revive(self) -> bool:
        """Start new processes: the pool is spent when one of its processes dies."""
        self.close(now=True)
        self._start()
        return True

    def close(self, *, now: bool) -> None:
        """Let the processes go; `now` stops their solvers."""
        if now:
            self._open.close()
        # Wait: a process that is still starting would miss what it needs, and complain.
        self._pool.shutdown(wait=True, cancel_futures=True)
        self._open.close()
        self._until.close()


@contextmanager
def _held_back(number: signal.Signals) -> Iterator[None]:
    """Let a signal wait; a process started meanwhile never gets it, which it could not yet ignore."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {number})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _enter_worker(until: Connection) -> None:
    """Make a process a worker: only the parent reacts to Ctrl-C, and without a parent there is no work."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    jobs_at_work.STOP = threading.Event()
    threading.Thread(target=_watch, args=(until,), name="mesocycle-watch", daemon=True).start()


def _watch(until: Connection) -> None:
    """Stop the solver when the parent closes its end of the pipe, and end when the parent has ended."""
    parent = multiprocessing.parent_process()
    ready = wait([until, *([] if parent is None else [parent.sentinel])])
    if jobs_at_work.STOP is not None:
        jobs_at_work.STOP.set()
    if parent is not None:
        if parent.sentinel not in ready:
            wait([parent.sentinel])
        os._exit(1)  # an orphan would wait for work for ever


class HandedIn:
    """An executor of the caller, never shut down and not revived.

    Parameters
    ----------
    executor : Executor
        Any; what is submitted is plain data and a function of this package.
    slots : int
        Jobs that are submitted at the same time, one by one.
    """

    def __init__(self, executor: Executor, slots: int) -> None:
        self.slots = slots
        self.batch_seconds = 0.0
        self.tries_again = False
        self._executor = executor

    def submit(self, jobs: Sequence[Job], left: float | None) -> Future[list[Answer]]:
        """Hand over a few jobs."""
        return self._executor.submit(work, jobs, left)

    def revive(self) -> bool:
        """Try whether it still works."""
        try:
            return self._executor.submit(int).result() == 0
        except Exception:  # whatever the executor may raise
            return False

    def close(self, *, now: bool) -> None:
        """Leave it alone."""
