"""Small batches for tests of `compare`: blocks of hundredths of a second, and workers on strings."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import BrokenExecutor, Future
from dataclasses import dataclass, field
from typing import Any

from mesocycle.models.comparison import Comparison
from mesocycle.models.outcome import Outcome, RowStatus
from mesocycle.models.scenario import Variant
from mesocycle.output.compare import show
from mesocycle.output.compare_files import csv_pieces, json_line, json_pieces, last_json_line, markdown_pieces
from mesocycle.output.screen import as_text
from mesocycle.what_if.batch import Batch, BatchCallbacks, BatchOptions
from mesocycle.what_if.job import Answer, Job, plain, work
from mesocycle.what_if.variants import case_from

BLOCK: dict[str, Any] = {
    "name": "Tiny",
    "start": "2026-09-07",
    "weeks": 2,
    "runs": {
        "week": {
            "tue": {"type": "intervals", "start": "06:30", "minutes": 60},
            "thu": {"type": "tempo", "start": "06:30", "minutes": 50},
            "sun": {"type": "long", "start": "08:00", "minutes": 100},
        }
    },
}
# One free day, and a hard wish for two lifts on different days: there is no block.
NO_BLOCK: dict[str, Any] = {
    "athlete.availability": {"tue": ["17:00-21:00"]},
    "rules.sessions_per_week": "hard",
    "rules.one_lift_per_day": "hard",
}
# A row of every kind: nothing changed, fewer and more points, moved, no block, wrong path, wrong value.
WHAT_IFS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("nothing", {}),
    ("other name", {"name": "Called otherwise"}),
    ("one lift", {"strength.sessions_per_week": 1}),
    ("three weeks", {"weeks": 3}),
    ("easy days", {"policy": "easy_moderate"}),
    ("two evenings", {"athlete.availability": {"tue": ["17:00-21:00"], "fri": ["17:00-21:00"]}}),
    ("no block", NO_BLOCK),
    ("nowhere", {"strength.sesions_per_week": 3}),
    ("too many", {"strength.sessions_per_week": 99}),
    ("mornings", {"athlete.availability": {"weekdays": ["05:00-06:30"], "weekend": ["14:00-16:00"]}}),
)


def what_ifs(*names: str) -> list[Variant]:
    """The variants of these names, or all of them."""
    return [Variant(name=name, set=values) for name, values in WHAT_IFS if not names or name in names]


def many(count: int) -> list[Variant]:
    """Variants that are solved one by one, as each differs: the title is part of a scenario."""
    return [Variant(name=f"number {one}", set={"name": f"Title {one}"}) for one in range(count)]


def batch(more: Iterable[Variant] = (), data: Mapping[str, Any] = BLOCK) -> Batch:
    """A batch of one scenario."""
    return Batch([case_from(data, "tiny")], list(more))


def every_format(comparison: Comparison) -> dict[str, str]:
    """A comparison in all formats, without what changes from run to run."""
    return {
        "text": as_text(lambda console: show(comparison, console, every=True, seconds=False)),
        "csv": "".join(csv_pieces(comparison, False)),
        "json": "".join(json_pieces(comparison, False)),
        "jsonl": "".join(json_line(row, False) for row in comparison.rows) + last_json_line(comparison),
        "md": "".join(markdown_pieces(comparison, False)),
    }


def alone(more: Iterable[Variant] = (), data: Mapping[str, Any] = BLOCK) -> Comparison:
    """What the same comes to in this process, one after the other."""
    return batch(more, data).run(BatchOptions(), BatchCallbacks())


def answer_of(job: Job) -> Answer:
    """An answer that says whose it is."""
    return plain(Outcome(status=RowStatus.OPTIMAL, objective=1, reason=job.scenario, seconds=0.01))


def answers(jobs: Sequence[Job], left: float | None) -> list[Answer]:
    """Answers that say whose they are."""
    return [answer_of(job) for job in jobs]


Act = Callable[[Sequence[Job], float | None], list[Answer]]


@dataclass
class Puppets:
    """Workers that finish in whatever order a test wants, one at a time: put `wait` in the driver's place.

    What breaks one breaks all that are under way, as in a pool of processes.
    """

    act: Act = work
    pick: Callable[[list[Any]], Any] = lambda running: running[0]
    slots: int = 2
    batch_seconds: float = 0.0
    tries_again: bool = False
    revives: bool = True
    open: dict[Any, tuple[Sequence[Job], float | None]] = field(default_factory=dict)
    handed: list[list[str]] = field(default_factory=list)
    most_open: int = 0
    revived: int = 0
    closed: list[bool] = field(default_factory=list)

    def submit(self, jobs: Sequence[Job], left: float | None) -> Future[list[Answer]]:
        future: Future[list[Answer]] = Future()
        self.open[future] = jobs, left
        self.handed.append([job.scenario for job in jobs])
        self.most_open = max(self.most_open, len(self.open))
        return future

    def wait(self, running: Iterable[Any], **_: Any) -> tuple[set[Any], set[Any]]:
        known = list(running)
        if known and not any(future.done() for future in known):
            self._finish(self.pick(known))
        done = {future for future in known if future.done()}
        return done, set(known) - done

    def _finish(self, future: Any) -> None:
        jobs, left = self.open.pop(future)
        try:
            future.set_result(self.act(jobs, left))
        except BrokenExecutor as error:
            for other in (future, *self.open):
                other.set_exception(error)
            self.open.clear()
        except Exception as error:
            future.set_exception(error)

    def revive(self) -> bool:
        self.revived += 1
        return self.revives

    def close(self, *, now: bool) -> None:
        self.closed.append(now)


def at_random(seed: int) -> Callable[[list[Any]], Any]:
    """Pick whichever, the same for a seed."""
    return random.Random(seed).choice
