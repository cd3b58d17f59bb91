"""Real processes: the same rows from any of them, a worker killed in mid-run, one that kills every worker."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from batches import BLOCK, alone, batch, every_format, many, what_ifs
from lethal import Noting, notes

import mesocycle as mc
from mesocycle.models.comparison import Comparison
from mesocycle.models.outcome import RowStatus
from mesocycle.models.scenario import Variant
from mesocycle.what_if import batch as batching
from mesocycle.what_if import job as jobs_at_work
from mesocycle.what_if import workers as working
from mesocycle.what_if.batch import BatchCallbacks, BatchOptions
from mesocycle.what_if.job import Job, outcome_from
from mesocycle.what_if.store import Store
from mesocycle.what_if.workers import HandedIn, Processes, Workers, usable_cores

# Other tests cover these lines, and counting them again would take most of the time.
pytestmark = pytest.mark.uncounted

TESTS = Path(__file__).parent


def gone(pid: int, seconds: float = 20) -> bool:
    """Whether a process ends in time; one that has ended and waits for its parent counts as gone."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            os.kill(pid, 0)
            if Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
                return True
        except OSError:
            return True
        time.sleep(0.05)
    return False


def run(
    workers: Workers, more: list[Variant], callbacks: BatchCallbacks | None = None, **options: object
) -> Comparison:
    return batch(more).run(BatchOptions(workers=lambda: workers, **options), callbacks or BatchCallbacks())  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def expected() -> dict[str, str]:
    """What all what-ifs come to in this process."""
    return every_format(alone(what_ifs()))


# --- the same bytes from anywhere ------------------------------------------------------------------------


@pytest.mark.parametrize("jobs", [2, 4])
def test_processes_give_the_same_bytes_in_every_format(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, expected: dict[str, str], jobs: int
) -> None:
    started: list[int] = []

    def noting(slots: int) -> Noting:
        started.append(slots)
        return Noting(slots, tmp_path / "notes")

    monkeypatch.setattr(batching, "Processes", noting)
    comparison = batch(what_ifs()).run(BatchOptions(jobs=jobs, start_seconds=0), BatchCallbacks())
    assert every_format(comparison) == expected
    assert started == [jobs]
    # It was the processes that solved: nine of the eleven rows, as two are wrong.
    done = notes(tmp_path / "notes", "done")
    assert len(done) == 9
    assert os.getpid() not in {pid for pid, _ in done}
    assert all(gone(pid) for pid, _ in done)


def test_no_more_processes_than_rows_and_none_for_little(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[int] = []

    class KnownError(Exception):
        pass

    def none(slots: int) -> Processes:
        started.append(slots)
        raise KnownError

    monkeypatch.setattr(batching, "Processes", none)
    with pytest.raises(KnownError, match=r"^$"):
        batch(many(2)).run(BatchOptions(jobs=200, start_seconds=0), BatchCallbacks())
    # A base and two variants.
    assert started == [3]
    # Three blocks of hundredths of a second are not worth an hour of starting.
    comparison = batch(many(2)).run(BatchOptions(jobs=200, start_seconds=3600), BatchCallbacks())
    assert (comparison.summary.planned, started) == (3, [3])


@pytest.mark.parametrize(
    "make",
    [
        lambda: ThreadPoolExecutor(2),
        lambda: ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn")),
    ],
    ids=["threads", "processes"],
)
def test_an_executor_of_the_callers_gives_the_same_bytes_and_stays_his(
    expected: dict[str, str], make: Callable[[], ThreadPoolExecutor | ProcessPoolExecutor]
) -> None:
    with make() as executor:
        assert every_format(run(HandedIn(executor, 2), what_ifs())) == expected
        assert executor.submit(int, "7").result() == 7


def test_an_executor_of_the_callers_that_is_shut_down_is_told_as_failed() -> None:
    executor = ThreadPoolExecutor(1)
    executor.shutdown()
    comparison = run(HandedIn(executor, 1), what_ifs("one lift"))
    assert [(row.status, row.reason) for row in comparison] == [
        (RowStatus.FAILED, "the workers are gone")
    ] * 2
    assert not HandedIn(executor, 1).revive()


def test_the_cores_that_may_be_used() -> None:
    assert 1 <= usable_cores() <= (os.cpu_count() or 1)


# --- killed ----------------------------------------------------------------------------------------------


def test_a_worker_killed_in_mid_run_costs_nothing_but_time(tmp_path: Path) -> None:
    more, file, killed = many(14), tmp_path / "notes", list[int]()
    puts: Counter[str] = Counter()

    class Counting(Store):
        def put(self, key: str, outcome: object) -> None:
            puts[key] += 1
            super().put(key, outcome)  # type: ignore[arg-type]

    def kill(done: int) -> None:
        busy = [pid for pid, title in notes(file, "begun") if (pid, title) not in notes(file, "done")]
        if done >= 6 and busy and not killed:
            killed.append(busy[0])
            os.kill(busy[0], signal.SIGKILL)

    warnings: list[str] = []
    with Counting(tmp_path / "run.sqlite") as store:
        callbacks = BatchCallbacks(progress=kill, warn=warnings.append)
        comparison = run(Noting(2, file), more, callbacks, store=store)
        assert every_format(comparison) == every_format(alone(more))
        assert len(store) == len(puts) == 15
    assert len(killed) == 1
    assert len(warnings) == 1
    # Each is stored once; and what was stored before the death was not begun again after it.
    assert set(puts.values()) == {1}
    begun = Counter(title for _, title in notes(file, "begun"))
    assert sum(begun.values()) <= 15 + 4  # at most the four under way, twice
    early = {title for _, title in notes(file, "done")[:5]}
    assert {begun[title] for title in early} == {1}
    # Called again it finds everything: no workers are asked for.
    with Store(tmp_path / "run.sqlite") as store:
        options = BatchOptions(workers=lambda: pytest.fail("nothing to solve"), store=store)
        again = batch(more).run(options, BatchCallbacks())
    assert every_format(again) == every_format(comparison)


def test_a_variant_that_kills_its_worker_every_time_fails_and_the_others_finish(tmp_path: Path) -> None:
    more, file = many(8), tmp_path / "notes"
    with Store(tmp_path / "run.sqlite") as store:
        comparison = run(Noting(2, file, killer="Title 3"), more, store=store)
        assert len(store) == 8  # the base and seven: what failed may do better next time
    expected = alone(more)
    for row, right in zip(comparison, expected, strict=True):
        if row.name == "number 3":
            assert row.status is RowStatus.FAILED
            assert row.reason == "its worker died twice: killed, out of memory, or a crash of the solver"
        else:
            assert row.to_dict(seconds=False) == right.to_dict(seconds=False)
    begun = Counter(title for _, title in notes(file, "begun"))
    assert begun["Title 3"] == 2


# --- stopped ---------------------------------------------------------------------------------------------

# A year of even mileage: far longer than any test waits.
LONG = """
from batches import BLOCK
from mesocycle.what_if.job import Job
import mesocycle as mc
strength = {"sessions_per_week": 3, "program": "runner_three_day"}
scenario = mc.load_scenario(BLOCK | {"weeks": 52, "strength": strength})
job = Job(scenario.model_dump_json())
"""


@pytest.fixture
def long_job() -> Job:
    names: dict[str, Job] = {}
    exec(LONG, names)
    return names["job"]


def test_workers_that_are_let_go_at_once_stop_at_what_they_are_at(tmp_path: Path, long_job: Job) -> None:
    workers = Noting(1, tmp_path / "notes")
    future = workers.submit([long_job], None)
    waited = time.monotonic() + 30
    while not notes(tmp_path / "notes", "begun") and time.monotonic() < waited:
        time.sleep(0.02)
    ((pid, _),) = notes(tmp_path / "notes", "begun")
    workers.close(now=True)
    (answer,) = future.result(30)
    outcome = outcome_from(answer)
    assert outcome.status in (RowStatus.SKIPPED, RowStatus.FEASIBLE, RowStatus.UNKNOWN)
    assert outcome.cut
    assert gone(pid)


def test_a_worker_leaves_ctrl_c_to_its_parent(tmp_path: Path) -> None:
    file, pressed = tmp_path / "notes", list[int]()

    def press(done: int) -> None:
        if done >= 3 and not pressed:
            pressed.extend({pid for pid, _ in notes(file, "begun")})
            for pid in pressed:
                os.kill(pid, signal.SIGINT)

    warnings: list[str] = []
    comparison = run(Noting(1, file), many(8), BatchCallbacks(progress=press, warn=warnings.append))
    assert pressed
    assert comparison.summary.planned == 9
    assert warnings == []


def test_the_watch_of_a_worker_ends_its_solver_when_it_is_told_to(monkeypatch: pytest.MonkeyPatch) -> None:
    # The thread of a worker, here in a thread of ours: no parent process to outlive.
    stop = threading.Event()
    monkeypatch.setattr(jobs_at_work, "STOP", stop)
    until, end = multiprocessing.get_context("spawn").Pipe(duplex=False)
    thread = threading.Thread(target=working._watch, args=(until,))
    thread.start()
    assert not stop.is_set()
    end.close()
    thread.join(30)
    until.close()
    assert stop.is_set()


def test_an_interrupt_in_a_process_of_the_callers_stops_one_call_only(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    job = Job(mc.load_scenario(BLOCK).model_dump_json())
    with monkeypatch.context() as during:

        def interrupted(*_: Any, stop: threading.Event, **__: Any) -> None:
            stop.set()  # as the search does when Ctrl-C reaches it
            raise KeyboardInterrupt

        during.setattr(jobs_at_work, "solve", interrupted)
        assert [outcome_from(one).status for one in jobs_at_work.work([job])] == [RowStatus.SKIPPED]
    assert [outcome_from(one).status for one in jobs_at_work.work([job])] == [RowStatus.OPTIMAL]
