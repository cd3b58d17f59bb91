"""Where jobs are solved: here, in processes of this machine, or in whatever executor the caller hands in."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing.connection import wait
from multiprocessing.synchronize import Event
from typing import Protocol

from mesocycle.what_if import job as jobs_at_work
from mesocycle.what_if.job import Answer, Job, work

# How long a worker may go on after nobody waits for it any more.
POLL_SECONDS = 0.2


class Workers(Protocol):
    """What the driver needs of a place where jobs are solved.

    Attributes
    ----------
    batch_seconds : float
        Work that is handed over at a time, so that handing over costs little; 0 hands over single jobs.
    tries_again : bool
        Whether it tries again by itself what a worker died of.
    """

    batch_seconds: float
    tries_again: bool

    @property
    def slots(self) -> int:
        """Jobs that are worked on at the same time; 0 while there is no worker."""

    def submit(self, jobs: Sequence[Job], left: float | None) -> Future[list[Answer]]:
        """Hand over a few jobs."""

    def revive(self) -> bool:
        """After a worker died: make sure that there are workers, and say whether there are."""

    def close(self, *, now: bool) -> None:
        """Let the workers go; `now` without waiting for what they are at."""


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
        self._stop = self._context.Event()
        self._pool = ProcessPoolExecutor(
            self.slots, mp_context=self._context, initializer=_enter_worker, initargs=(self._stop,)
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
        """Let the processes go; `now` lets their solvers stop at what they are at."""
        if now:
            self._stop.set()
        # Not left behind: one that is still starting would find what it needs gone, and complain.
        self._pool.shutdown(wait=True, cancel_futures=True)


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


def _enter_worker(stop: Event) -> None:
    """Make a process a worker: Ctrl-C is for the parent to hear, and without a parent there is no work."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_watch, args=(stop,), name="mesocycle-watch", daemon=True).start()


def _watch(stop: Event) -> None:
    parent = multiprocessing.parent_process()
    while not stop.is_set():
        if parent is not None and wait([parent.sentinel], timeout=POLL_SECONDS):
            os._exit(1)  # an orphan would wait for work for ever
    jobs_at_work.STOP.set()


class HandedIn:
    """An executor of the caller's, which stays his: it is never shut down, and not revived.

    Parameters
    ----------
    executor : Executor
        Any; what is submitted is plain data and a function of this package.
    slots : int
        Jobs that are submitted at the same time.
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
        except Exception:  # whatever an executor of somebody else's may raise
            return False

    def close(self, *, now: bool) -> None:
        """Leave it alone."""
