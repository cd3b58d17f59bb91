"""What a batch costs beside its solving: here, in local processes and on Dask; its memory; its limits.

Run:  python benchmarks/batch.py [--variants 1000] [--modes serial processes dask] [--turn] [--big 10000]

The variants are those of a 12-week block, six runs and two lifts a week: free windows, hours between lifts
and after runs, a weight, starts of two runs and weekly distances are combined, so that every variant is
another scenario and has a block. A row without a block ends the run, and so do modes with different rows.

serial     one after the other, in this process
processes  two local processes, from the first variant on
dask       a scheduler and two workers of one thread, each a process of its own on 127.0.0.1

`all` is from before the first process or interpreter starts to the comparison in hand. In it, `warm-up` is
all before the first solving but reading: interpreter, imports, cluster, first worker. A second local process
starts while the first solves; it weighs on the first tenth. `read` is validating the variants, `end` from the
last row on: ranking, and letting the workers go. `ratio` is the rate beside serial, `eff.` the same per
worker; `mean` the seconds a row took where it was solved; `overhead` what the workers' seconds hold beside
solving, per variant and in all. Rates of the tenths are of rows as they are done, the base's not counted.
Memory is the resident memory of the process that drives the batch when so many rows are told, what each row
adds between the first and the last of these, and the peak of the largest worker.

--turn   where processes start to pay: seconds in all, of small batches, each in a process of its own;
         `chosen` is what a batch with two jobs does by itself
--big    the parent alone: workers that answer at once with an outcome solved before, without and with a
         file of results; all jobs are made in the first tenth; `in all` counts the reading as well, which
         is done before anything is solved

Each row is a process of its own. Needs Linux (/proc), and `distributed` for Dask. Machines differ: compare
rows of one run with each other, and runs of one machine.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.metadata
import itertools
import json
import math
import multiprocessing
import os
import platform
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from solve_time import scenario_text

if TYPE_CHECKING:
    from mesocycle.models.comparison import Row
    from mesocycle.models.scenario import Variant
    from mesocycle.what_if.job import Answer, Job
    from mesocycle.what_if.variants import Case
    from mesocycle.what_if.workers import Workers

WEEKS, LIFTS = 12, 2
WORKERS = 2
MODES = {"serial": 1, "processes": WORKERS, "dask": WORKERS}
TURNS = (5, 10, 20, 30, 50, 100)
# A cluster that does not stand by then never will; one without work ends by itself, whatever became of us.
WAIT_SECONDS = 60
IDLE_SECONDS = 600
# Steps through the combinations, so that neighbours differ in more than one value; prime, to meet all.
STRIDE = 7919

DISTANCES = tuple(
    [round((48 + 30 * at / WEEKS + 4 * (at % 4) - (22 if at % 4 == 3 else 0)) * share) for at in range(WEEKS)]
    for share in (0.8, 0.9, 1.0, 1.1, 1.2)
)
VALUES: dict[str, tuple[Any, ...]] = {
    "athlete.availability.weekdays": tuple(
        ["06:00-08:00", f"{noon}-13:30", f"17:00-{end}"]
        for noon in ("11:45", "12:00", "12:15", "12:30")
        for end in ("20:00", "20:30", "21:15")
    ),
    "rules.lift_spacing.hard_hours": (20, 26, 30, 34),
    "rules.recovery_before_intensity.weight": (2, 3, 4),
    "rules.min_gap_after_run.hours": (3, 4, 5, 6),
    "runs.week.tue.start": ("06:00", "06:15", "06:30", "06:45"),
    "runs.week.thu.start": ("06:00", "06:45", "12:15", "16:00"),
    "runs.weekly_distance": DISTANCES,
}
MOST = math.prod(len(values) for values in VALUES.values())


def base_case() -> Case:
    """Read the block that all variants change."""
    from mesocycle.files.yaml_source import parse
    from mesocycle.what_if.variants import case_in

    return case_in(parse(scenario_text(WEEKS, LIFTS).encode(), "benchmark"), "block")


def variants(count: int) -> list[Variant]:
    """Take so many of the combinations, spread over all of them."""
    from mesocycle.models.scenario import Variant

    combinations = list(itertools.product(*VALUES.values()))
    chosen = (combinations[at * STRIDE % MOST] for at in range(count))
    return [
        Variant(name=f"v{at:05d}", set=dict(zip(VALUES, values, strict=True)))
        for at, values in enumerate(chosen)
    ]


def memory(pid: int | str = "self", key: str = "VmRSS") -> float:
    """Resident memory of a process in MB; 0 if it is gone. `VmHWM` is its peak."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith(f"{key}:")), 0.0)


def largest(pids: Sequence[int | None]) -> float:
    """Peak of the largest of some processes, in MB."""
    return max((memory(pid, "VmHWM") for pid in pids if pid is not None), default=0.0)


class Watch:
    """Notes when rows are done, and how much memory there is when they are told."""

    def __init__(self, count: int) -> None:
        self.marks = {round(count * share): share for share in (0.1, 0.5, 1.0)}
        self.count = count
        self.told = 0
        self.times: list[float] = []
        self.mb: dict[float, float] = {}
        self.worker_mb = 0.0

    def progress(self, done: int) -> None:
        """Note the time."""
        self.times.append(time.monotonic())

    def row(self, row: Row) -> None:
        """Note the memory; a row without a block ends the run."""
        if not row.planned:
            raise SystemExit(f"{row.name} has no block ({row.status}: {row.reason}): {row.changes}")
        self.told += 1
        if self.told in self.marks:
            self.mb[self.marks[self.told]] = memory()
        if self.told == self.count:  # local workers still run
            self.worker_mb = largest([one.pid for one in multiprocessing.active_children()])

    def warn(self, text: str) -> None:
        """Nothing may go wrong in a measurement."""
        raise SystemExit(text)


def on_cluster(address: str) -> Workers:
    """Join the cluster once all of its workers are there."""
    from distributed import Client

    from mesocycle.what_if.cluster import Cluster

    with Client(address, set_as_default=False) as client:
        client.wait_for_workers(WORKERS, timeout=WAIT_SECONDS)
    return Cluster(address, WORKERS)


def measure(mode: str, count: int, began: float, address: str) -> dict[str, object]:
    """Solve so many variants in this process, or from it; `began` is on the monotonic clock."""
    from mesocycle.what_if.batch import Batch, BatchCallbacks, BatchOptions

    reading = time.monotonic()
    batch = Batch([base_case()], variants(count))
    read = time.monotonic() - reading
    watch = Watch(len(batch))
    callbacks = BatchCallbacks(row=watch.row, progress=watch.progress, warn=watch.warn)
    options = {
        "serial": BatchOptions(jobs=1),
        "processes": BatchOptions(jobs=WORKERS, start_seconds=0),
        "chosen": BatchOptions(jobs=WORKERS),
        "dask": BatchOptions(workers=lambda: on_cluster(address)),
    }
    comparison = batch.run(options[mode], callbacks)
    ended = time.monotonic()
    # From here on nothing is timed.
    different = len({place.request.scenario for place in batch.places})
    if different != len(batch) or len(comparison) != count + 1:
        raise SystemExit(f"{len(batch)} rows wanted, {different} different, {len(comparison)} told")
    checksum, blocks = hashlib.sha256(), set()
    for row in comparison:
        data = row.to_dict(seconds=False)
        checksum.update(json.dumps(data, sort_keys=True).encode())
        blocks.add(tuple((lift["date"], lift["start"], lift["end"]) for lift in data["result"]["sessions"]))
    seconds = [row.seconds or 0.0 for row in comparison]
    times, tenth = watch.times, max(1, count // 10)
    return {
        "all": ended - began,
        "warm-up": times[0] - began - read - seconds[0],
        "read": read,
        "end": ended - times[-1],
        "busy": sum(seconds),
        "mean": sum(seconds) / len(seconds),
        "first": tenth / (times[tenth] - times[0]),
        "last": tenth / (times[-1] - times[-1 - tenth]),
        "later": (count - tenth) / (times[-1] - times[tenth]),
        "mb": [watch.mb.get(share, math.nan) for share in (0.1, 0.5, 1.0)],
        "worker": watch.worker_mb,
        "checksum": checksum.hexdigest()[:16],
        "blocks": len(blocks),
        "points": sorted({row.objective for row in comparison if row.objective is not None}),
    }


class Ready:
    """Workers that answer at once, with the same two outcomes: the base's, and a variant's."""

    batch_seconds = 0.0
    tries_again = False
    slots = WORKERS

    def __init__(self, base: Answer, variant: Answer) -> None:
        self.base, self.variant = base, variant

    def submit(self, jobs: Sequence[Job], left: float | None) -> Future[list[Answer]]:
        """Answer; each time with bytes of its own, as an answer from elsewhere has."""
        future: Future[list[Answer]] = Future()
        answers = [self.variant if job.reference else self.base for job in jobs]
        future.set_result([(facts, bytes(bytearray(packed))) for facts, packed in answers])
        return future

    def revive(self) -> bool:
        """Never needed."""
        return False

    def close(self, *, now: bool) -> None:
        """Nothing to let go."""


def alone(count: int, keep: bool) -> dict[str, object]:
    """Run so many variants through the parent, without solving them."""
    from mesocycle.what_if.batch import Batch, BatchCallbacks, BatchOptions
    from mesocycle.what_if.job import plain
    from mesocycle.what_if.store import Store
    from mesocycle.what_if.workers import Processes

    case, more = base_case(), variants(count)
    sample = Batch([case], more[:20])
    # Solved elsewhere: what the solver leaves of its memory here would hold the rows.
    solved = sample.run(BatchOptions(workers=lambda: Processes(1)), BatchCallbacks())
    typical = statistics.median(row.seconds or 0.0 for row in solved)
    base, variant = (plain(sample.outcomes[at]) for at in (0, 1))
    ready = Ready(base, variant)
    levels = [memory()]
    reading = time.monotonic()
    batch = Batch([case], more)
    read = time.monotonic() - reading
    levels.append(memory())
    watch = Watch(len(batch))
    callbacks = BatchCallbacks(row=watch.row, progress=watch.progress, warn=watch.warn)
    with ExitStack() as stack:
        store = None
        if keep:
            folder = stack.enter_context(tempfile.TemporaryDirectory())
            store = stack.enter_context(Store(Path(folder) / "results"))
        began = time.monotonic()
        comparison = batch.run(BatchOptions(workers=lambda: ready, store=store), callbacks)
        ended = time.monotonic()
        kept = None if store is None else len(store)
    if len(comparison) != count + 1 or kept not in (None, count + 1):
        raise SystemExit(f"{count + 1} rows wanted, {len(comparison)} told, {kept} kept")
    times, tenth = watch.times, max(1, count // 10)
    return {
        "read": read,
        "rows": times[-1] - began,
        "first": tenth / (times[tenth] - times[0]),
        "last": tenth / (times[-1] - times[-1 - tenth]),
        "rank": ended - times[-1],
        "mb": [*levels, watch.mb[1.0], memory()],
        "peak": memory(key="VmHWM"),
        "packed": len(variant[1]),
        "typical": typical,
    }


@contextmanager
def cluster() -> Iterator[tuple[str, list[int]]]:
    """Start a scheduler and its workers; yield its address and the workers' ids; end them all."""
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        file, log = Path(folder) / "scheduler.json", Path(folder) / "log"
        place = ["--host", "127.0.0.1", "--no-dashboard", "--scheduler-file", str(file)]
        worker = ["--nthreads", "1", "--no-nanny", "--death-timeout", str(WAIT_SECONDS)]
        worker += ["--local-directory", folder]
        # The scheduler ends last, so that the workers hear from it until they are gone.
        _start(stack, log, "scheduler", *place, "--port", "0", "--idle-timeout", f"{IDLE_SECONDS}s")
        workers = [_start(stack, log, "worker", *place, *worker) for _ in range(WORKERS)]
        end = time.monotonic() + WAIT_SECONDS
        while not (address := _address(file)):
            if time.monotonic() > end:
                raise SystemExit(f"no scheduler within {WAIT_SECONDS} s:\n{log.read_text(encoding='utf-8')}")
            time.sleep(0.01)
        yield address, [one.pid for one in workers]


def _start(stack: ExitStack, log: Path, *words: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "dask", *words]
    with log.open("ab") as out:  # Ctrl-C is for us to hear: they end in order
        process = subprocess.Popen(command, stdout=out, stderr=out, start_new_session=True)
    stack.callback(_end, process)
    return process


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _address(file: Path) -> str:
    """Where the scheduler listens; empty as long as it has not written that."""
    try:
        return str(json.loads(file.read_text(encoding="utf-8"))["address"])
    except (OSError, ValueError):
        return ""


def one(mode: str, count: int) -> dict[str, Any]:
    """Measure a row in a process of its own."""
    began = time.monotonic()
    with ExitStack() as stack:
        address, pids = stack.enter_context(cluster()) if mode == "dask" else ("", [])
        command = [sys.executable, __file__, "--one", mode, str(count), str(began), address]
        process = subprocess.run(command, stdout=subprocess.PIPE, text=True)
        if process.returncode:
            raise SystemExit(f"{mode} with {count} variants failed")
        row: dict[str, Any] = json.loads(process.stdout)
        if pids:
            row["worker"] = largest(pids)
    return row


def environment() -> str:
    """Where it was measured."""
    names = ("mesocycle", "ortools", "distributed")
    versions = [f"Python {platform.python_version()}"]
    for name in names:
        try:
            versions.append(f"{name} {importlib.metadata.version(name)}")
        except importlib.metadata.PackageNotFoundError:
            versions.append(f"no {name}")
    cores = len(os.sched_getaffinity(0))
    where = f"{platform.system()} {platform.machine()}, {cores} cores, load {os.getloadavg()[0]:.1f}"
    return f"{', '.join(versions)}, {where}"


def show_modes(modes: Sequence[str], count: int) -> None:
    """Print what each mode takes, and fail where their rows differ."""
    print(f"{count} variants and their base")
    print(
        "mode      |     all warm-up   read   end |  rate/s ratio  eff. | "
        "mean s overhead ms    % | first/s  last/s"
    )
    rows: dict[str, dict[str, Any]] = {}
    for mode in modes:
        row = rows[mode] = one(mode, count)
        serial = rows.get("serial", {"all": math.nan})["all"]
        spent = MODES[mode] * row["all"]
        beside = spent - row["busy"]
        print(
            f"{mode:<9} | {row['all']:7.2f} {row['warm-up']:7.2f} {row['read']:6.2f} {row['end']:5.2f} "
            f"| {count / row['all']:7.2f} {serial / row['all']:5.2f} "
            f"{100 * serial / spent:4.0f}% | {row['mean']:6.3f} {1000 * beside / count:11.1f} "
            f"{100 * beside / spent:3.0f}% | {row['first']:7.2f} {row['last']:7.2f}",
            flush=True,
        )
    print("\nmode      | parent MB at 10 %   50 %  100 % | KB/row | worker MB | checksum of rows")
    for mode, row in rows.items():
        tenth, half, whole = row["mb"]
        each = 1024 * (whole - tenth) / (0.9 * count)
        worker = f"{row['worker']:.1f}" if row["worker"] else "-"
        megabytes = f"{tenth:17.1f} {half:6.1f} {whole:6.1f} | {each:6.1f} | {worker:>9}"
        print(f"{mode:<9} | {megabytes} | {row['checksum']}")
    some = next(iter(rows.values()))
    print(f"\n{some['blocks']} different blocks, of {some['points'][0]} to {some['points'][-1]} points")
    if {"processes", "dask"} <= set(rows):
        local, far = rows["processes"], rows["dask"]
        print(
            f"Dask's rate beside the local processes': {local['all'] / far['all']:.3f} in all, "
            f"{far['later'] / local['later']:.3f} after the first tenth"
        )
    if len({row["checksum"] for row in rows.values()}) > 1:
        raise SystemExit("THE MODES HAVE DIFFERENT ROWS")


def show_turn() -> None:
    """Print where processes start to pay."""
    print("variants | serial s  2 processes s  ratio | chosen s")
    for count in TURNS:
        serial, processes, chosen = (one(mode, count) for mode in ("serial", "processes", "chosen"))
        if len({row["checksum"] for row in (serial, processes, chosen)}) > 1:
            raise SystemExit("THE MODES HAVE DIFFERENT ROWS")
        print(
            f"{count:8} | {serial['all']:8.2f} {processes['all']:14.2f} "
            f"{serial['all'] / processes['all']:6.2f} | {chosen['all']:8.2f}",
            flush=True,
        )


def show_big(count: int) -> None:
    """Print what the parent takes for itself."""
    print(f"{count} variants in the parent alone")
    print(
        "results | read s rows s rank s | rows/s first/s last/s in all/s "
        "| MB before  read  rows   end  peak | packed KB"
    )
    for mode in ("memory", "file"):
        row = one(mode, count)
        own = row["rows"] + row["rank"]
        rate, overall = count / own, count / (own + row["read"])
        before, read, told, end = row["mb"]
        print(
            f"{mode:<7} | {row['read']:6.2f} {row['rows']:6.2f} {row['rank']:6.2f} "
            f"| {rate:6.0f} {row['first']:7.0f} {row['last']:6.0f} {overall:8.0f} "
            f"| {before:9.1f} {read:5.0f} {told:5.0f} {end:5.0f} {row['peak']:5.0f} "
            f"| {row['packed'] / 1024:9.1f}"
        )
        fed, even = rate * row["typical"], overall * row["typical"]
        print(
            f"          at {row['typical']:.3f} s a row as many as {fed:.0f} workers can be fed; "
            f"with {even:.0f} reading and rows take as long as the solving",
            flush=True,
        )


def _stop(number: int, frame: object) -> NoReturn:
    raise SystemExit(128 + number)


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--variants", type=int, default=1000, help="0 leaves the modes out")
    parser.add_argument("--modes", nargs="+", choices=MODES, default=list(MODES))
    parser.add_argument("--turn", action="store_true", help="where processes start to pay")
    parser.add_argument("--big", type=int, metavar="VARIANTS", help="the parent alone")
    parser.add_argument("--one", nargs=4, metavar=("MODE", "VARIANTS", "BEGAN", "ADDRESS"), help="as JSON")
    arguments = parser.parse_args()
    if arguments.one:
        mode, count, began, address = arguments.one
        if mode in ("memory", "file"):
            print(json.dumps(alone(int(count), mode == "file")))
        else:
            print(json.dumps(measure(mode, int(count), float(began), address)))
        return
    for count in (arguments.variants, arguments.big):
        if count and not 10 <= count <= MOST:
            parser.error(f"there are 10 to {MOST} variants")
    for one_of in (signal.SIGTERM, signal.SIGHUP):  # so that a cluster ends with the script
        signal.signal(one_of, _stop)
    print(environment(), flush=True)
    if arguments.variants:
        print()
        show_modes(arguments.modes, arguments.variants)
    if arguments.turn:
        print()
        show_turn()
    if arguments.big:
        print()
        show_big(arguments.big)


if __name__ == "__main__":
    main()
