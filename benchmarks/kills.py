"""What survives when a program that writes to a block file is killed: `python benchmarks/kills.py`.

A child process records events in a loop and tells each number after the call returned. It is killed (-9) at a
random moment; then the main file alone, without its journal, is copied elsewhere. Both are opened: no event
that was answered may be missing, and both must be whole. Then two programs write to one file for a while:
nothing may be lost or doubled. Prints counts; exits 1 if any of that fails.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import sqlite3
import sys
import tempfile
import time
from datetime import UTC, datetime
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

from mesocycle.diary import file as block_file
from mesocycle.living import start
from mesocycle.models.errors import BlockError
from mesocycle.models.happened import LiftSkipped

SCENARIO = {
    "start": "2026-09-07",
    "weeks": 1,
    "runs": {"week": {"tue": {"type": "intervals", "start": "06:30", "minutes": 60}}},
    "strength": {"sessions_per_week": 1},
}
# So long a child lives at most, in seconds.
LONGEST = 0.06


def write(path: Path, name: str, told: Connection | None, until: float | None = None) -> None:
    """Record events until killed, or until a moment; each number is told after the call returned."""
    number = 0
    while until is None or time.monotonic() < until:
        # Notes of many lengths, so that pages of the file fill up and are split.
        note = f"{number} " + "x" * (number * 37 % 400)
        with block_file.writing(path) as writer:
            entry = writer.append(LiftSkipped(session=f"w01-{name}", note=note), datetime.now(UTC))
        if told is not None:
            told.send(entry.number)
        number += 1


def kill_one(path: Path, rng: random.Random) -> int:
    """Let a child write, kill it, and return the last number that it told; 0 if it told none."""
    ours, theirs = get_context("fork").Pipe(duplex=False)
    child = get_context("fork").Process(target=write, args=(path, "A", theirs))
    child.start()
    theirs.close()
    time.sleep(rng.uniform(0.004, LONGEST))
    os.kill(child.pid or 0, signal.SIGKILL)
    child.join()
    last = 0
    while True:
        try:
            last = max(last, ours.recv())
        except EOFError:
            return last


def numbers(path: Path) -> list[int] | None:
    """Numbers of all events in a file; None if it is not whole."""
    try:
        with block_file.reading(path) as reader:
            found = [entry.number for entry in reader.entries()]
        with sqlite3.connect(path) as plain:
            (sound,) = plain.execute("PRAGMA integrity_check").fetchone()
    except (BlockError, sqlite3.DatabaseError):
        return None
    return found if sound == "ok" else None


def killed(folder: Path, kills: int, rng: random.Random) -> bool:
    """Kill writers one after the other; whether all went well."""
    path, alone = folder / "one.block", folder / "alone.block"
    lost = broken = broken_alone = lost_alone = answered = journals = 0
    for at in range(kills):
        if at % 100 == 0:
            path.unlink(missing_ok=True)
            start(SCENARIO, path, timezone="UTC", now=datetime(2026, 9, 7, 6))
        before = 0 if at % 100 == 0 else len(numbers(path) or ())
        last = kill_one(path, rng)
        journals += path.with_name("one.block-journal").exists()
        shutil.copy(path, alone)  # without the journal that may stand beside it
        copied, whole = numbers(alone), numbers(path)
        answered += max(0, last - max(before, 2))
        broken += whole is None
        broken_alone += copied is None
        lost += whole is not None and len(whole) < last
        lost_alone += copied is not None and len(copied) < last
    print(f"{kills} kills, {answered} events answered, {journals} times in the middle of a write")
    print(f"the file: {lost} times an event was lost, {broken} times broken")
    print(f"the file alone: {lost_alone} times an event was lost, {broken_alone} times broken")
    return not (lost or broken or broken_alone or lost_alone)


def together(folder: Path, seconds: float) -> bool:
    """Let two programs write at once; whether nothing was lost or doubled."""
    path = folder / "two.block"
    start(SCENARIO, path, timezone="UTC", now=datetime(2026, 9, 7, 6))
    until = time.monotonic() + seconds
    context = get_context("fork")
    writers = [context.Process(target=write, args=(path, name, None, until)) for name in ("A", "B")]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    with block_file.reading(path) as reader:
        entries = reader.entries()
    skipped = [entry.event for entry in entries if isinstance(entry.event, LiftSkipped)]
    told = {
        name: [int(one.note.split()[0]) for one in skipped if one.session == f"w01-{name}"] for name in "AB"
    }
    in_order = all(own == list(range(len(own))) for own in told.values())
    numbered = [entry.number for entry in entries] == list(range(1, len(entries) + 1))
    counts = " and ".join(str(len(own)) for own in told.values())
    outcome = "none" if in_order and numbered else "SOME"
    print(f"two writers for {seconds:g} s: {counts} events, {outcome} lost or doubled")
    return in_order and numbered


def main() -> None:
    """Kill, let write together, print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        fine = killed(Path(folder), arguments.kills, random.Random(arguments.seed))
        fine &= together(Path(folder), arguments.seconds)
    sys.exit(0 if fine else 1)


if __name__ == "__main__":
    main()
