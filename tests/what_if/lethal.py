"""What worker processes run in tests: the work itself, noted in a file, and deadly for one variant."""

from __future__ import annotations

import os
import signal
from collections.abc import Sequence
from concurrent.futures import Future
from functools import partial
from pathlib import Path
from typing import Any

from mesocycle.models.scenario import Scenario
from mesocycle.what_if.job import Answer, Job, work
from mesocycle.what_if.workers import Processes


def noted(jobs: Sequence[Job], left: float | None, file: str, killer: str = "") -> list[Answer]:
    """Work, with a line for each job that was begun and for each that was finished: pid and title."""
    found: list[Answer] = []
    for job in jobs:
        title = Scenario.model_validate_json(job.scenario).name
        _note(file, f"begun {os.getpid()} {title}")
        if title == killer:
            os.kill(os.getpid(), signal.SIGKILL)
        found += work([job], left)
        _note(file, f"done {os.getpid()} {title}")
    return found


def _note(file: str, line: str) -> None:
    with Path(file).open("a", encoding="utf-8") as stream:  # one short write, which no other cuts in two
        stream.write(f"{line}\n")


def notes(file: Path, kind: str) -> list[tuple[int, str]]:
    """Who began, or finished, what."""
    lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    parts = [line.split(" ", 2) for line in lines]
    return [(int(pid), title) for what, pid, title in parts if what == kind]


class Noting(Processes):
    """Processes of this machine that note what they do."""

    def __init__(self, slots: int, file: Path, killer: str = "") -> None:
        self._noted: Any = partial(noted, file=str(file), killer=killer)
        super().__init__(slots)

    def submit(self, jobs: Sequence[Job], left: float | None) -> Future[list[Answer]]:
        return self._pool.submit(self._noted, jobs, left)
