"""Whether a block file keeps what it answered for: `python benchmarks/kills.py`.

First a child appends events in a loop and tells each number once the call has returned; it is killed at a
random moment (SIGKILL), again and again. Each time the main file alone is copied, as a program that knows
nothing of SQLite would do it; then both files are opened. Then two writers append at once. Counts are
printed; anything lost or doubled ends with status 1. What became of the copies is told apart: one that is
taken in the middle of a write lacks the journal. A killed program leaves the machine running: what a loss of
power does is not tried here.
"""

from __future__ import annotations

import argparse
import os
import random
import selectors
import shutil
import signal
import sqlite3
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

from solve_time import scenario_text

from mesocycle.diary import file as block_file
from mesocycle.files.scenario import validate
from mesocycle.files.yaml_source import parse
from mesocycle.living import Block, start
from mesocycle.models.errors import BlockError
from mesocycle.models.felt import Soreness
from mesocycle.solver.rules.check import problems

# A child lives for so many seconds at most, and so many kills hit one file before the next is begun.
LONGEST_LIFE = 0.08
KILLS_OF_A_FILE = 50
Told = dict[int, str]


def append(path: Path, site: str) -> int:
    """Append an event; its number, once that is safe."""
    event = Soreness(date=date(2026, 9, 15), site=site, level=3, kind="soreness")
    with block_file.writing(path) as writer:
        entry = writer.append(event, datetime.now(UTC))
    return entry.number


def child(path: Path, name: str, until: float | None = None) -> tuple[int, int]:
    """Fork a writer; its process id, and the end of a pipe on which it tells what it was answered."""
    reader, writer = os.pipe()
    process = os.fork()
    if process:
        os.close(writer)
        return process, reader
    status = 1
    try:
        os.close(reader)
        count = 0
        while until is None or time.monotonic() < until:
            count += 1
            site = f"{name} {count}"
            os.write(writer, f"{append(path, site)} {site}\n".encode())
        status = 0
    finally:
        os._exit(status)


def listen(pipes: list[int]) -> list[Told]:
    """Everything that is told on pipes, until all are closed: sites by number."""
    heard = {pipe: bytearray() for pipe in pipes}
    with selectors.DefaultSelector() as selector:
        for pipe in pipes:
            selector.register(pipe, selectors.EVENT_READ)
        while selector.get_map():
            for key, _ in selector.select():
                data = os.read(key.fd, 65536)
                heard[key.fd] += data
                if not data:
                    selector.unregister(key.fd)
                    os.close(key.fd)
    return [
        {
            int(number): site
            for number, _, site in (line.partition(" ") for line in text.decode().splitlines())
        }
        for text in heard.values()
    ]


def held(path: Path) -> Told:
    """What a file holds, as the library reads it."""
    with block_file.reading(path) as reader:
        entries = reader.entries()
    return {entry.number: entry.event.site for entry in entries if isinstance(entry.event, Soreness)}


def integrity(path: Path) -> str:
    """What SQLite itself says of a file."""
    with closing(sqlite3.connect(path)) as connection:
        try:
            (told,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
        except sqlite3.DatabaseError as error:
            return str(error)
    return str(told)


def wrong(path: Path, answered: Told) -> str:
    """What is wrong with a file, in a few words; empty if nothing is."""
    try:
        Block(path).history()
        found = held(path)
    except BlockError as error:
        return f"refused: {error.message}"
    sound = integrity(path)
    if sound != "ok":
        return f"integrity_check: {sound.splitlines()[0]}"
    missing = [number for number, site in answered.items() if found.get(number) != site]
    return f"{len(missing)} answered events are missing" if missing else ""


def kill(begun: Path, folder: Path, kills: int, chance: random.Random) -> bool:
    """Kill writers, and print what became of the file and of copies; whether the file kept everything."""
    path, copy = folder / "killed.block", folder / "copied.block"
    originals, copies, journals = Counter[str](), Counter[str](), Counter[str]()
    answered: Told = {}
    events = more = torn = 0
    for number in range(kills):
        if number % KILLS_OF_A_FILE == 0:
            shutil.copyfile(begun, path)
            answered = {}
        process, pipe = child(path, f"kill {number} event")
        time.sleep(chance.uniform(0, LONGEST_LIFE))
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
        (told,) = listen([pipe])
        events += len(told)
        answered |= told
        journal = path.with_name(path.name + "-journal")
        hot = journal.exists() and journal.stat().st_size > 0
        journals["with a journal" if hot else "without one"] += 1
        shutil.copyfile(path, copy)
        torn += integrity(copy) != "ok"  # which the library may mend
        copies[wrong(copy, answered)] += 1
        originals[wrong(path, answered)] += 1
        # Written, but killed before that could be told: it may stand there, and from now on it has to.
        every = held(path)
        more += len(every) - len(answered)
        answered = every
    print(f"kills: {kills}, of them with a journal left behind: {journals['with a journal']}")
    print(f"events answered: {events}; written without an answer: {more}")
    for name, counts in (("file", originals), ("copy of the main file alone", copies)):
        print(f"{name}: sound and complete in {counts.pop('', 0)}, not in {counts.total()}")
        for reason, count in counts.most_common():
            print(f"    {count} x {reason}")
    print(f"copies that failed integrity_check before the library opened them: {torn}")
    return not originals.total()


def two_writers(begun: Path, folder: Path, seconds: float) -> bool:
    """Let two writers append at once, and print what became of it; whether nothing was lost or doubled."""
    path = folder / "two.block"
    shutil.copyfile(begun, path)
    until = time.monotonic() + seconds
    children = [child(path, f"writer {name} event", until) for name in ("a", "b")]
    told = listen([pipe for _, pipe in children])
    statuses = [os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]) for process, _ in children]
    found = held(path)
    every = Counter(site for one in told for site in one.values())
    there = Counter(found.values())
    lost = sum((every - there).values())
    doubled = sum((there - every).values()) + len(set(told[0]) & set(told[1]))
    sound = integrity(path)
    print(
        f"two writers for {seconds:g} s: {len(told[0])} and {len(told[1])} events answered, {len(found)} held"
    )
    print(f"lost: {lost}, doubled: {doubled}, integrity_check: {sound}, ended with: {statuses}")
    return not lost and not doubled and sound == "ok" and not any(statuses)


def main() -> None:
    """Try it, and print the counts."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    scenario = validate(parse(scenario_text(4, 2).encode(), "kills"), problems)
    steps: list[Callable[[Path, Path], bool]] = [
        lambda begun, folder: kill(begun, folder, arguments.kills, random.Random(arguments.seed)),
        lambda begun, folder: two_writers(begun, folder, arguments.seconds),
    ]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        begun = folder / "begun.block"
        start(scenario, begun, timezone="Europe/Berlin", now=datetime(2026, 9, 15, 12))
        kept = [step(begun, folder) for step in steps]
        if not all(kept):
            raise SystemExit(1)


if __name__ == "__main__":
    main()
