"""The command in a process of its own: Ctrl-C, killed workers, a killed command, readers that leave."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from batches import BLOCK
from click.testing import CliRunner

from mesocycle.cli import cli
from mesocycle.models.outcome import Outcome
from mesocycle.what_if import drive as driving
from mesocycle.what_if.job import Job, solved

# Other tests cover these lines, and counting them again would take most of the time.
pytestmark = pytest.mark.uncounted

ROOT = Path(__file__).parents[2]

# `python -m mesocycle`, with processes started however little there is to solve.
LAUNCHER = """
import functools
from mesocycle.cli import main
from mesocycle.commands import compare as module
module.BatchOptions = functools.partial(module.BatchOptions, start_seconds=0)
main()
"""
GRID = {**BLOCK, "grid": {"name": [f"Title {one}" for one in range(24)]}}


def here(*arguments: str) -> list[str]:
    """What the command prints in this process."""
    done = CliRunner().invoke(cli, ["compare", *arguments], prog_name="mesocycle")
    return done.stdout.splitlines(keepends=True)


class Called:
    """The command in a process group of its own, its rows read as they come."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        self.out, self.err = folder / "out", folder / "err"
        with self.out.open("wb") as out, self.err.open("wb") as err:
            self.process = subprocess.Popen(
                [sys.executable, "-c", LAUNCHER, "compare", *arguments],
                cwd=ROOT,
                stdout=out,
                stderr=err,
                start_new_session=True,
            )

    def lines(self) -> list[str]:
        return self.out.read_text(encoding="utf-8").splitlines(keepends=True)

    def wait_for_lines(self, count: int) -> None:
        waited(lambda: len(self.lines()) >= count)

    def workers(self, count: int) -> list[int]:
        """Pids of the workers, once there are so many."""

        def found() -> list[int]:
            mine = children(self.process.pid)
            return [pid for pid in mine if b"--multiprocessing-fork" in command_line(pid)]

        waited(lambda: len(found()) >= count)
        return found()

    def finish(self) -> tuple[int, list[str], str]:
        code = self.process.wait(120)
        return code, self.lines(), self.err.read_text(encoding="utf-8")


def waited(condition: Callable[[], bool]) -> None:
    """Wait until something is so, however slow the machine is, but not for ever."""
    end = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.01)


@contextmanager
def called(*arguments: str) -> Iterator[Called]:
    with TemporaryDirectory() as folder:
        found = Called(Path(folder), *arguments)
        try:
            yield found
        finally:
            for pid in [*children(found.process.pid), found.process.pid]:
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            found.process.wait(30)


def children(pid: int) -> list[int]:
    try:
        return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def command_line(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def loaded(pid: int) -> bytes:
    """The libraries that a process has loaded so far."""
    try:
        return Path(f"/proc/{pid}/maps").read_bytes()
    except OSError:
        return b"numpy"


def gone(pid: int) -> bool:
    end = time.monotonic() + 30
    while command_line(pid) and time.monotonic() < end:
        time.sleep(0.05)
    return not command_line(pid)


on_linux = pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="children are told by /proc")


@pytest.fixture(scope="module")
def grid(tmp_path_factory: pytest.TempPathFactory) -> str:
    file = tmp_path_factory.mktemp("grid") / "grid.json"
    file.write_text(json.dumps(GRID))
    return str(file)


@pytest.fixture(scope="module")
def undisturbed(grid: str) -> list[str]:
    return here(grid, "--jobs", "1", "--format", "jsonl", "--no-seconds")


@on_linux
def test_a_worker_killed_in_mid_run_loses_nothing(grid: str, undisturbed: list[str], tmp_path: Path) -> None:
    results = str(tmp_path / "run.sqlite")
    call = (grid, "--jobs", "2", "--format", "jsonl", "--no-seconds", "--results", results)
    with called(*call) as command:
        command.wait_for_lines(5)
        os.kill(command.workers(2)[0], signal.SIGKILL)
        code, lines, err = command.finish()
    assert (code, lines) == (0, undisturbed)
    assert "A worker died; its work is tried again (" in err
    assert "Traceback" not in err
    with sqlite3.connect(results) as data:
        assert data.execute("SELECT count(*) FROM outcomes").fetchone() == (25,)
    data.close()


@on_linux
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_ctrl_c_keeps_what_there_is_and_the_next_run_goes_on_from_there(
    grid: str, undisturbed: list[str], tmp_path: Path, jobs: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    results = str(tmp_path / "run.sqlite")
    call = (grid, "--format", "jsonl", "--no-seconds", "--results", results)
    with called(*call, "--jobs", jobs) as command:
        command.wait_for_lines(2)  # early: on a busy machine the rest is soon done
        workers = command.workers(2) if jobs == "2" else []
        at_work(workers)  # what starts has a test of its own
        os.killpg(command.process.pid, signal.SIGINT)  # as a terminal does: to all of them
        code, lines, err = command.finish()
    assert code == 130
    assert "Traceback" not in err
    assert all(gone(pid) for pid in workers)
    # A line for each row, those that were solved as if nothing had happened; and the summary.
    assert lines[:2] == undisturbed[:2]
    assert len(lines) == len(undisturbed) == 26
    *found, last = map(json.loads, lines)
    assert last["summary"]["interrupted"] is True
    skipped = [row for row in found if row["status"] == "skipped"]
    assert {row["reason"] for row in skipped} == {"stopped before it was solved"}
    begun: list[str] = []

    def counted(job: Job, end: Any) -> Outcome:
        begun.append(job.key)
        return solved(job, end)

    monkeypatch.setattr(driving, "solved", counted)
    with sqlite3.connect(results) as data:
        kept = data.execute("SELECT count(*) FROM outcomes").fetchone()[0]
    data.close()
    assert 2 <= kept < 25
    assert here(*call, "--jobs", "1") == undisturbed
    assert len(begun) == 25 - kept


def at_work(pids: list[int]) -> None:
    """Wait until workers leave Ctrl-C to their parent."""
    waited(lambda: all(ignores_interrupts(pid) for pid in pids))


def ignores_interrupts(pid: int) -> bool:
    status = Path(f"/proc/{pid}/status").read_text()
    ignored = next(line.split()[1] for line in status.splitlines() if line.startswith("SigIgn"))
    return bool(int(ignored, 16) >> (signal.SIGINT - 1) & 1)


@on_linux
def test_ctrl_c_while_the_workers_start_leaves_no_traceback(grid: str) -> None:
    with called(grid, "--jobs", "2", "--format", "jsonl", "--no-seconds") as command:
        (worker, *_) = workers = command.workers(1)
        waited(lambda: b"numpy" in loaded(worker))
        os.killpg(command.process.pid, signal.SIGINT)
        code, lines, err = command.finish()
    assert code == 130
    assert "Traceback" not in err
    assert json.loads(lines[-1])["summary"]["interrupted"] is True
    assert all(gone(pid) for pid in workers)


@on_linux
def test_the_table_is_printed_after_ctrl_c(grid: str, tmp_path: Path) -> None:
    results = tmp_path / "run.sqlite"
    with called(grid, "--jobs", "1", "--no-seconds", "--results", str(results)) as command:
        waited(lambda: kept_in(results) >= 3)
        command.process.send_signal(signal.SIGINT)
        code, lines, err = command.finish()
    assert code == 130
    assert "Traceback" not in err
    assert "not solved as it was stopped" in lines[-1]
    assert any("Title 0" in line for line in lines)


def kept_in(file: Path) -> int:
    if not file.exists():
        return 0
    try:
        data = sqlite3.connect(f"file:{file}?mode=ro", uri=True)
        try:
            return int(data.execute("SELECT count(*) FROM outcomes").fetchone()[0])
        finally:
            data.close()
    except sqlite3.Error:
        return 0


@on_linux
def test_no_worker_outlives_a_command_that_was_killed(grid: str) -> None:
    with called(grid, "--jobs", "2", "--format", "jsonl") as command:
        command.wait_for_lines(3)
        workers = command.workers(2)
        command.process.kill()
        assert all(gone(pid) for pid in workers)


def test_a_reader_that_leaves_is_no_error(grid: str) -> None:
    call = f"{sys.executable} -m mesocycle compare {grid}"
    done = subprocess.run(
        ["bash", "-c", f"{call} --format jsonl | head -1; echo ${{PIPESTATUS[0]}}"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )  # fmt: skip
    first, code = done.stdout.splitlines()
    assert json.loads(first)["name"] == "base"
    assert code == "0"
    assert done.stderr.startswith("25 rows: ")
    assert len(done.stderr.splitlines()) == 1
