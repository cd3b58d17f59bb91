"""A real Dask cluster: scheduler and workers as processes on this machine, and one killed in mid-run."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from batches import BLOCK, alone, batch, every_format, many, what_ifs
from click.testing import CliRunner

from mesocycle.cli import cli
from mesocycle.models.errors import ScenarioError
from mesocycle.models.outcome import Outcome, RowStatus
from mesocycle.what_if import cluster as clustering
from mesocycle.what_if.batch import BatchCallbacks, BatchOptions
from mesocycle.what_if.cluster import Cluster
from mesocycle.what_if.store import Store

# Other tests cover these lines, and counting them again would take most of the time.
pytestmark = pytest.mark.uncounted

ROOT = Path(__file__).parents[2]
PATH = str(ROOT)
START_SECONDS = 60


@dataclass
class Dask:
    """A scheduler and its workers, all killed in the end."""

    folder: Path
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start(self, module: str, *arguments: str, path: str = PATH) -> subprocess.Popen[bytes]:
        log = (self.folder / f"{module}-{len(self.processes)}.log").open("wb")
        with log:
            process = subprocess.Popen(
                [sys.executable, "-m", f"distributed.cli.{module}", *arguments],
                cwd=self.folder,
                stdout=log,
                stderr=subprocess.STDOUT,
                env={**os.environ, "PYTHONPATH": path, "PYTHONWARNINGS": "ignore"},
            )
        self.processes.append(process)
        return process

    def scheduler(self, path: str = PATH) -> str:
        file = self.folder / f"scheduler-{len(self.processes)}.json"
        self.start(
            "dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard",
            "--scheduler-file", str(file), path=path,
        )  # fmt: skip
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end:
            try:
                return str(json.loads(file.read_text())["address"])
            except (OSError, ValueError):
                time.sleep(0.05)
        raise TimeoutError("no scheduler")

    def worker(self, address: str) -> subprocess.Popen[bytes]:
        # Without its nanny: the process that is killed is the worker itself, and it stays dead.
        return self.start(
            "dask_worker", address, "--nthreads", "1", "--no-dashboard", "--no-nanny", "--host", "127.0.0.1"
        )

    def stop(self) -> None:
        for process in self.processes:
            process.kill()
        for process in self.processes:
            process.wait(30)


@pytest.fixture(scope="module")
def dask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dask]:
    pytest.importorskip("distributed")
    found = Dask(tmp_path_factory.mktemp("dask"))
    try:
        yield found
    finally:
        found.stop()


@dataclass
class Shared:
    """A cluster of two workers with a thread each."""

    address: str
    scheduler: subprocess.Popen[bytes]
    workers: list[subprocess.Popen[bytes]]


@pytest.fixture(scope="module")
def shared(dask: Dask) -> Shared:
    address = dask.scheduler()
    return Shared(address, dask.processes[-1], [dask.worker(address) for _ in range(2)])


@pytest.fixture(scope="module")
def address(shared: Shared) -> str:
    return shared.address


def ready(address: str, workers: int) -> Cluster:
    cluster = Cluster(address, 1)
    cluster._client.wait_for_workers(workers, timeout=START_SECONDS)
    return cluster


def test_a_cluster_gives_the_same_bytes_in_every_format(address: str) -> None:
    seen: list[Cluster] = []

    def workers() -> Cluster:
        seen.append(ready(address, 2))
        return seen[0]

    comparison = batch(what_ifs()).run(BatchOptions(workers=workers), BatchCallbacks())
    assert every_format(comparison) == every_format(alone(what_ifs()))
    assert len(seen) == 1


@pytest.mark.parametrize("form", ["text", "csv", "json", "jsonl", "md"])
def test_the_command_says_where_it_solves_and_prints_the_same_in_every_format(
    address: str, tmp_path: Path, form: str
) -> None:
    file = tmp_path / "tiny.yaml"
    file.write_text(json.dumps(BLOCK))
    call = ["compare", str(file), "--set", "weeks=3", "--set", "weeks=4", "--no-seconds", "--format", form]
    here = CliRunner().invoke(cli, call, prog_name="mesocycle")
    there = CliRunner().invoke(cli, [*call, "--cluster", address], prog_name="mesocycle")
    assert (here.exit_code, there.exit_code) == (0, 0)
    assert there.stdout == here.stdout != ""
    assert "workers; dashboard at http://" in there.stderr


def test_a_cluster_of_ones_own_is_started_and_ended(tmp_path: Path) -> None:
    file = tmp_path / "tiny.yaml"
    file.write_text(json.dumps(BLOCK))
    call = ["compare", str(file), "--set", "weeks=3", "--no-seconds", "--format", "csv"]
    here = CliRunner().invoke(cli, call, prog_name="mesocycle")
    # In a process of its own, as it starts processes that import the main module.
    there = subprocess.run(
        [sys.executable, "-m", "mesocycle", *call, "--cluster", "local", "--jobs", "1"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (there.returncode, there.stdout) == (0, here.stdout)
    assert "1 workers; dashboard at http://127.0.0.1:" in there.stderr.replace("1 worker;", "1 workers;")
    assert "Traceback" not in there.stderr


def test_the_slots_are_the_threads_of_all_workers(address: str) -> None:
    cluster = ready(address, 2)
    try:
        assert cluster.slots == 2
        assert cluster.dashboard.startswith("http://")
        assert cluster.revive()
    finally:
        cluster.close(now=False)
    assert not cluster.revive()


# --- refused ---------------------------------------------------------------------------------------------


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clustering, "WAIT_SECONDS", 1)


@pytest.mark.usefixtures("impatient")
def test_a_cluster_without_workers_is_refused(dask: Dask) -> None:
    with pytest.raises(ScenarioError, match="the cluster has no workers"):
        Cluster(dask.scheduler(), 1)


@pytest.mark.usefixtures("impatient")
def test_no_scheduler_is_refused() -> None:
    pytest.importorskip("distributed")
    with pytest.raises(ScenarioError, match="no scheduler answers") as caught:
        Cluster("tcp://127.0.0.1:9", 1)
    (problem,) = caught.value.problems
    assert (problem.value, problem.remedy) == ("tcp://127.0.0.1:9", "start one with `dask scheduler`")


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("address", ["nonsense", "foo://127.0.0.1:9"])
def test_an_address_that_is_none_is_refused(address: str) -> None:
    pytest.importorskip("distributed")
    with pytest.raises(ScenarioError, match="no scheduler answers"):
        Cluster(address, 1)


def test_workers_of_another_version_are_refused(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clustering, "VERSIONS", ("0.0", "9.9", 1))
    with pytest.raises(ScenarioError, match=r"install mesocycle 0\.0 with ortools 9\.9 there"):
        Cluster(address, 1)


def test_workers_that_cannot_run_it_are_refused(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> None:
        raise ModuleNotFoundError("No module named 'mesocycle'")

    monkeypatch.setattr(clustering, "_versions", missing)
    with pytest.raises(ScenarioError, match="a worker cannot run Mesocycle: No module named"):
        Cluster(address, 1)


def test_a_scheduler_that_cannot_read_what_is_asked_is_refused(dask: Dask, tmp_path: Path) -> None:
    # It unpacks every task before it hands it on: workers with Mesocycle are not enough.
    (tmp_path / "mesocycle").mkdir()
    (tmp_path / "mesocycle" / "__init__.py").write_text("raise ImportError('no mesocycle here')")
    address = dask.scheduler(str(tmp_path))
    dask.worker(address)
    with pytest.raises(ScenarioError, match="Mesocycle"):
        Cluster(address, 1)


def test_without_dask_it_is_said_how_to_get_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    file = tmp_path / "tiny.yaml"
    file.write_text(json.dumps(BLOCK))
    done = CliRunner().invoke(cli, ["compare", str(file), "--cluster", "local"], prog_name="mesocycle")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "wrong: Dask is not installed" in done.stderr
    assert 'maybe: pip install "mesocycle[dask]"' in done.stderr


# --- killed: what is shared is gone after these ------------------------------------------------------------


def test_a_killed_worker_costs_nothing_but_time(shared: Shared, tmp_path: Path) -> None:
    address, victim = shared.address, shared.workers[0]
    more = many(16)
    puts: Counter[str] = Counter()

    class Counting(Store):
        def put(self, key: str, outcome: Outcome) -> None:
            puts[key] += 1
            super().put(key, outcome)

    def kill(done: int) -> None:
        if done == 6:
            victim.send_signal(signal.SIGKILL)
            victim.wait(30)

    clusters: list[Cluster] = []

    def workers() -> Cluster:
        clusters.append(ready(address, 2))
        clusters[0].batch_seconds = 0  # one by one, so that both are at work all along
        return clusters[0]

    with Counting(tmp_path / "run.sqlite") as store:
        comparison = batch(more).run(
            BatchOptions(workers=workers, store=store), BatchCallbacks(progress=kill)
        )
        assert every_format(comparison) == every_format(alone(more))
        # Each kept once; nothing that was kept was asked for again.
        assert len(store) == len(puts) == 17
    assert set(puts.values()) == {1}
    assert victim.returncode == -signal.SIGKILL
    with Store(tmp_path / "run.sqlite") as store:
        options = BatchOptions(workers=lambda: pytest.fail("nothing to solve"), store=store)
        again = batch(more).run(options, BatchCallbacks())
    assert every_format(again) == every_format(comparison)


def test_a_scheduler_that_is_gone_fails_what_is_left_and_ends(
    shared: Shared, monkeypatch: pytest.MonkeyPatch
) -> None:
    address, scheduler = shared.address, shared.scheduler
    # The client looks for its scheduler for as long before it gives up.
    monkeypatch.setattr(clustering, "WAIT_SECONDS", 1)

    def kill(done: int) -> None:
        if done == 3:
            scheduler.send_signal(signal.SIGKILL)
            scheduler.wait(30)

    comparison = batch(many(20)).run(
        BatchOptions(workers=lambda: ready(address, 1)), BatchCallbacks(progress=kill)
    )
    statuses = [row.status for row in comparison]
    assert statuses[:3] == [RowStatus.OPTIMAL] * 3
    assert set(statuses) == {RowStatus.OPTIMAL, RowStatus.FAILED}
    assert not comparison.summary.interrupted
