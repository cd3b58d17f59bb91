"""Mutated plans, calendars and logs through all readers: errors that are said, no traceback, no hang.

    python benchmarks/mutated_inputs.py [--count 50000] [--seed 1] [--workers 2]

Seeds are the feeds, plans and logs of the tests. A mutation cuts, doubles, swaps or overwrites bytes, lines
and cells, or splices two files. Printed are outcomes by reader, the slowest input and the most memory; what
raised anything but a clear error is kept in a folder that is named.
"""

from __future__ import annotations

import argparse
import random
import resource
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from mesocycle.importing.logs.read import read_log
from mesocycle.importing.plan import ImportOptions, gathered, open_plan, written
from mesocycle.importing.times import StartTimes
from mesocycle.models.errors import ScenarioError

ROOT = Path(__file__).parents[1]
FOLDERS = ("tests/importing/feeds", "tests/importing/plans", "tests/importing/logs/files")
LARGEST_SEED = 60_000
ZONE = ZoneInfo("Europe/Berlin")
# A plan is over on most days: that of these is taken on which a seed can be read.
DAYS = tuple(date(year, month, 1) for year in range(2019, 2028) for month in (1, 7))
TOKENS = (
    *(
        b"",
        b",",
        b";",
        b'"',
        b"\n",
        b"\r\n",
        b"\t",
        b"\0",
        b"\xff\xfe",
        b"\xef\xbb\xbf",
        b"1e999",
        b"-1",
        b"NaN",
    ),
    *(b"0000-00-00", b"9999-12-31", b"99:99", b"{" * 200, b"[" * 200, b"(" * 200, b"x2 " * 100, b"a, " * 150),
    *(
        "\u202e".encode(),
        "\u0130".encode(),
        b"RRULE:FREQ=SECONDLY\n",
        b"DTSTART:99999999T999999Z\n",
        b"<!ENTITY a 'b'>",
    ),
)


class Outcome(NamedTuple):
    """What came of some inputs."""

    counts: Counter[str]
    slowest: float
    slowest_of: str
    megabytes: float


def mutated(data: bytes, other: bytes, chance: random.Random) -> bytes:
    """The bytes of a file with a few changes."""
    for _ in range(chance.randint(1, 6)):
        kind, at = chance.randrange(8), chance.randrange(len(data) + 1)
        end = min(len(data), at + chance.randint(0, 80))
        if kind == 0:
            data = data[:at] + data[end:]
        elif kind == 1:
            data = data[:at] + chance.choice(TOKENS) + data[end:]
        elif kind == 2:
            data = data[:at] + bytes(chance.randrange(256) for _ in range(chance.randint(1, 8))) + data[end:]
        elif kind == 3:
            data = data[:end] + data[at:end] * chance.randint(1, 20) + data[end:]
        elif kind == 4:
            lines = data.split(b"\n")
            first, second = chance.randrange(len(lines)), chance.randrange(len(lines))
            lines[first], lines[second] = lines[second], lines[first]
            data = b"\n".join(lines)
        elif kind == 5:
            cut = chance.randrange(len(other) + 1)
            data = data[:at] + other[cut : cut + chance.randint(0, 400)] + data[at:]
        elif kind == 6:
            data = data[:at]
        else:
            data = (
                data.replace(data[at:end], chance.choice(TOKENS), chance.randint(1, 40)) if end > at else data
            )
    return data[: 4 * LARGEST_SEED]


def as_plan(path: Path, options: ImportOptions) -> None:
    """Read a file as a plan, up to the scenario."""
    written(gathered(open_plan(path, options), path, options), path.name, options)


def as_log(path: Path, options: ImportOptions) -> None:
    """Read a file as a log."""
    read_log(path, zone=ZONE, units="kg km")


def options_for(path: Path) -> ImportOptions:
    """The options with which a plan can be read; any of them where there are none."""
    every = [ImportOptions(today=day, times=StartTimes(), zone=ZONE) for day in DAYS]
    every += [ImportOptions(today=DAYS[0], times=StartTimes(), start_date=date(2019, 1, 7))]
    for options in every:
        try:
            as_plan(path, options)
        except ScenarioError:
            continue
        return options
    return every[0]


def run(share: tuple[int, int, Path]) -> Outcome:
    """Read so many mutated inputs."""
    seed, count, kept = share
    chance = random.Random(seed)
    every = [path for folder in FOLDERS for path in sorted((ROOT / folder).rglob("*")) if path.is_file()]
    small = [path for path in every if 0 < path.stat().st_size <= LARGEST_SEED]
    seeds = [(path, path.read_bytes(), options_for(path)) for path in small]
    plans = [one for one in seeds if "logs" not in one[0].parts]
    counts: Counter[str] = Counter()
    slowest, of = 0.0, ""
    with tempfile.TemporaryDirectory() as folder:
        for number in range(count):
            path, data, options = chance.choice(plans if number % 2 else seeds)
            raw = mutated(data, chance.choice(seeds)[1], chance)
            file = Path(folder) / f"input{path.suffix}"
            file.write_bytes(raw)
            is_log = "logs" in path.parts
            reader: Callable[[Path, ImportOptions], None] = (
                as_log if is_log != (chance.random() < 0.1) else as_plan
            )
            began = time.perf_counter()
            try:
                reader(file, options)
                told = "read"
            except ScenarioError:
                told = "refused"
            except Exception as error:
                told = f"BROKEN {type(error).__name__}"
                (kept / f"{seed}-{number}{path.suffix}").write_bytes(raw)
            counts[f"{reader.__name__} {told}"] += 1
            took = time.perf_counter() - began
            if took > slowest:
                slowest, of = took, f"{path.name} by {reader.__name__}"
                if took > 2:
                    (kept / f"slow-{seed}-{number}{path.suffix}").write_bytes(raw)
    return Outcome(counts, slowest, of, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def main(words: Sequence[str] | None = None) -> None:
    """Print what came of all of them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=50_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=2)
    asked = parser.parse_args(words)
    kept = Path(tempfile.mkdtemp(prefix="mutated-"))
    share = asked.count // asked.workers
    shares = [(1000 * asked.seed + number, share, kept) for number in range(asked.workers)]
    with get_context("spawn").Pool(asked.workers) as pool:
        outcomes = pool.map(run, shares)
    total: Counter[str] = Counter()
    for one in outcomes:
        total += one.counts
    for name, count in sorted(total.items()):
        print(f"{name:32}{count:>8,}")
    worst = max(outcomes, key=lambda one: one.slowest)
    most = max(one.megabytes for one in outcomes)
    print(f"slowest {worst.slowest:.2f} s ({worst.slowest_of}), most {most:.0f} MB")
    if any(kept.iterdir()):
        print(f"kept in {kept}")


if __name__ == "__main__":
    main()
