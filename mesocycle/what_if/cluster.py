"""Workers on a Dask cluster: its client, its scheduler's retries, its dashboard."""

from __future__ import annotations

import logging
import math
import time
from collections.abc import Sequence
from concurrent.futures import Future
from typing import Any

from mesocycle.models.errors import Problem, ScenarioError
from mesocycle.what_if.job import VERSIONS, Answer, Job, in_words, work

# Handing a batch over costs a few milliseconds of the scheduler's time: below a hundredth of this.
BATCH_SECONDS = 0.5
WAIT_SECONDS = 20
REFRESH_SECONDS = 2.0


class Cluster:
    """A Dask cluster that runs already, or one of this machine's processes.

    Parameters
    ----------
    address : str
        `tcp://host:port` of a scheduler, or `local`.
    slots : int
        Processes of a local cluster.

    Raises
    ------
    ScenarioError
        If there is no Dask, no scheduler at the address, no worker, or one with other versions.
    """

    def __init__(self, address: str, slots: int) -> None:
        try:
            import dask
            from distributed import Client, LocalCluster
        except ImportError:
            raise _refused(address, "Dask is not installed", 'pip install "mesocycle[dask]"') from None
        self._local: Any = None
        self._threads = (-math.inf, 0)
        self.batch_seconds = BATCH_SECONDS
        self.tries_again = True
        try:
            if address == "local":
                # As with processes of this program: one retry, then the variant has failed.
                with dask.config.set({"distributed.scheduler.allowed-failures": 1}):
                    self._local = LocalCluster(
                        n_workers=slots,
                        threads_per_worker=1,
                        dashboard_address="127.0.0.1:0",
                        silence_logs=logging.ERROR,
                    )
            self._client = Client(self._local or address, timeout=WAIT_SECONDS, set_as_default=False)
        except Exception as error:  # a refused connection, a time-out, no address, and more
            if self._local is not None:
                self._local.close()
            remedy = "" if address == "local" else "start one with `dask scheduler`"
            raise _refused(address, f"no scheduler answers: {error}", remedy) from None
        try:
            self._client.wait_for_workers(1, timeout=WAIT_SECONDS)
        except TimeoutError:
            self.close(now=True)
            raise _refused(address, "the cluster has no workers", "start one with `dask worker`") from None
        self._agree(address)
        # The scheduler retries the tasks of dead workers; a fault of Mesocycle comes back as an outcome.
        self._executor = self._client.get_executor(pure=False)

    def _agree(self, address: str) -> None:
        try:
            versions = {self._client.run_on_scheduler(_versions), *self._client.run(_versions).values()}
        except Exception as error:  # without mesocycle they cannot run this at all
            self.close(now=True)
            message = f"the scheduler or a worker cannot run Mesocycle: {error}"
            raise _refused(address, message, "install it there") from None
        if versions != {VERSIONS}:
            self.close(now=True)
            installed = " and ".join(sorted(map(in_words, versions)))
            raise _refused(address, f"the cluster has {installed}", f"install {in_words(VERSIONS)} there")

    @property
    def slots(self) -> int:
        """Threads of all workers; they may come and go, but each request to the scheduler costs time."""
        counted, count = self._threads
        if time.monotonic() >= counted + REFRESH_SECONDS:
            count = int(sum(self._client.nthreads().values()))
            self._threads = (time.monotonic(), count)
        return count

    @property
    def dashboard(self) -> str:
        """Where the cluster can be watched."""
        return str(self._client.dashboard_link)

    def submit(self, jobs: Sequence[Job], left: float | None) -> Future[list[Answer]]:
        """Hand over a few jobs."""
        future: Future[list[Answer]] = self._executor.submit(work, jobs, left)
        return future

    def revive(self) -> bool:
        """The scheduler sees to its workers; without a scheduler there is nothing to revive."""
        return bool(self._client.status == "running")

    def close(self, *, now: bool) -> None:
        """Leave the cluster; a local one ends."""
        self._client.close()
        if self._local is not None:
            self._local.close()


def _versions() -> tuple[str, str, int]:
    return VERSIONS


def _refused(address: str, message: str, remedy: str) -> ScenarioError:
    return ScenarioError((Problem((), message, address, remedy),), "--cluster")
