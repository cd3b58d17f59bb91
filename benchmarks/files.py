"""Seconds and memory of what comes in and goes out: calendars of many events, and each format of a block.

Run:  python benchmarks/files.py
"""

from __future__ import annotations

import resource
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TypeVar

import mesocycle as mc

ROOT = Path(__file__).parent.parent
TODAY = date(2026, 11, 23)
STAMP = datetime(2026, 11, 21, tzinfo=UTC)
ROUNDS = 3
Found = TypeVar("Found")


def main() -> None:
    """Print a line for each file read and each file written."""
    print("read                           |  first  again |   runs")
    with tempfile.TemporaryDirectory() as folder:
        for name, content in (
            ("a year of single events", feed([event(at, TODAY + timedelta(days=at)) for at in range(364)])),
            ("20,000 events, a year of use", feed([event(at, day_of(at)) for at in range(20_000)])),
            ("ten years of daily runs", feed([event(0, date(2020, 1, 1), "RRULE:FREQ=DAILY;COUNT=3650")])),
        ):
            path = Path(folder) / "feed.ics"
            path.write_bytes(content)
            found, first, again = timed(partial(mc.import_plan, path, today=TODAY))
            print(f"{name:30} | {first:6.2f} {again:6.2f} | {found.summary}")
    print("\nwrite                          |  first  again |  bytes")
    for scenario in ("half_marathon", "marathon_16"):
        result = mc.solve(mc.load_scenario(ROOT / "scenarios" / f"{scenario}.yaml"))
        for form in ("json", "ics", "csv", "md", "intervals", "html"):
            text, first, again = timed(partial(mc.export, result, form, stamp=STAMP))
            print(f"{scenario + ' as ' + form:30} | {first:6.2f} {again:6.2f} | {len(text.encode()):7,}")
    print(f"\nmost memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def timed(call: Callable[[], Found]) -> tuple[Found, float, float]:
    """What a call returns, and its seconds: the first time, and the median of later ones."""
    seconds = []
    for _ in range(1 + ROUNDS):
        began = time.perf_counter()
        found = call()
        seconds.append(time.perf_counter() - began)
    return found, seconds[0], sorted(seconds[1:])[ROUNDS // 2]


def day_of(at: int) -> date:
    """Most of a large calendar is long past."""
    return TODAY + timedelta(days=at % 364) if at < 364 else TODAY - timedelta(days=at // 5)


def event(number: int, day: date, *more: str) -> list[str]:
    """One run of a calendar."""
    start = f"DTSTART;TZID=Europe/Berlin:{day:%Y%m%d}T063000"
    lines = [f"UID:{number}@example.com", "DTSTAMP:20260101T000000Z", start, "DURATION:PT50M", *more]
    return ["BEGIN:VEVENT", *lines, "SUMMARY:Easy run 8 km", "END:VEVENT"]


def feed(events: list[list[str]]) -> bytes:
    """A calendar file."""
    lines = [line for one in events for line in one]
    return "\r\n".join(
        ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//x//EN", *lines, "END:VCALENDAR", ""]
    ).encode()


if __name__ == "__main__":
    main()
