"""The corpus of invented titles beside the reader: rows, readings, and figures of how well they agree.

Each row of `corpus.csv` is an entry of a plan with its right reading: sessions separated by " | ", each
`type key=yes|no distance_km=x minutes=m half=am|pm`. What is left out is not known, and not compared. `why` names
the other reading of a row that is ambiguous, or says that a near type would do as well. Rows that are held out
were written last, and are not looked at while the reader is mended.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple

from mesocycle.importing.feed import Event, Kind, Reading
from mesocycle.importing.titles.read import SURE, read_title
from mesocycle.models.training import KEY_TYPES, RunType

CORPUS = Path(__file__).with_name("corpus.csv")
DAY = date(2026, 9, 8)
# {6:10} rounds to a tenth of its length; elsewhere a mile more or less in fifty is another distance.
BRACES_OFF, OFF, MINUTES_OFF = 0.085, 0.021, 1
RUNS = frozenset(kind.value for kind in RunType if kind is not RunType.REST)


class Expected(NamedTuple):
    """A session of a row."""

    kind: str
    key: bool | None
    metres: float | None
    minutes: float | None
    half: str


@dataclass(frozen=True)
class Row:
    """A row of the corpus."""

    group: str
    language: str
    event: Event
    units: str
    expected: tuple[Expected, ...]
    ambiguous: bool
    held_out: bool
    why: str


def rows() -> Iterator[Row]:
    """All rows."""
    with CORPUS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            slot = int(row["slot_minutes"]) if row["slot_minutes"] else None
            yield Row(
                group=row["class"],
                language=row["language"],
                event=Event(
                    day=DAY,
                    title=row["title"],
                    text=row["text"],
                    start_minute=None if slot is None else 18 * 60,
                    minutes=slot,
                    metres=int(float(row["metres_field"])) if row["metres_field"] else None,
                ),
                units="" if row["units"] == "unknown" else row["units"],
                expected=tuple(map(_expected, row["expected"].split("|"))),
                ambiguous=row["ambiguous"] == "yes",
                held_out=row["part"] == "held_out",
                why=row["why"],
            )


def _expected(text: str) -> Expected:
    kind, *facts = text.split()
    told = dict(fact.split("=") for fact in facts)
    km, minutes = told.get("distance_km"), told.get("minutes")
    return Expected(
        kind,
        {"yes": True, "no": False}.get(told.get("key", "")),
        None if km is None else 1000 * float(km),
        None if minutes is None else float(minutes),
        told.get("half", ""),
    )


@dataclass(frozen=True)
class Compared:
    """A row beside what was read; `pairs` in the order that fits best."""

    row: Row
    read: tuple[Reading, ...]
    pairs: tuple[tuple[Expected, Reading | None], ...]

    @property
    def types_right(self) -> bool:
        """Whether each session has its type, or a near one that would do as well."""
        return len(self.read) == len(self.pairs) and all(self._same(one, read) for one, read in self.pairs)

    def _same(self, one: Expected, read: Reading | None) -> bool:
        if read is None:
            return False
        near = "would do as well" in self.row.why and read.kind.value in self.row.why
        return read.kind.value == one.kind or near

    @property
    def keys(self) -> Iterator[tuple[bool, bool]]:
        """Of each run, whether it is a key run, and whether it was read as one."""
        for one, read in self.pairs:
            if one.key is not None:
                yield one.key, read is not None and is_key(read)
        for read in self.read[len(self.pairs) :]:
            yield False, is_key(read)

    @property
    def lengths(self) -> Iterator[bool]:
        """Of each length that is known, whether it was read."""
        off = BRACES_OFF if "{" in self.row.event.title else OFF
        for one, read in self.pairs:
            if one.kind not in RUNS:
                continue
            if one.metres is not None:
                yield read is not None and read.metres is not None and _near(read.metres, one.metres, off)
            if one.minutes is not None:
                minutes = None if read is None else read.minutes
                yield minutes is not None and abs(minutes - one.minutes) <= MINUTES_OFF

    @property
    def flagged(self) -> bool:
        """Whether the runner is asked to look."""
        return any(reading.confidence < SURE for reading in self.read)


def _near(metres: float, expected: float, off: float) -> bool:
    return abs(metres - expected) <= off * expected


def is_key(reading: Reading) -> bool:
    """Whether a run of this kind is a key run."""
    return reading.kind.value in {kind.value for kind in KEY_TYPES}


def compared(row: Row) -> Compared:
    """Read a row, and put what was read beside what is right: by type first, then by length."""
    read = read_title(row.event, row.units)
    # Rest and what is no training are not told beside a session.
    training = tuple(one for one in read if one.kind not in (Kind.REST, Kind.OTHER)) or read[:1]
    left = list(training)
    pairs: list[tuple[Expected, Reading | None]] = []
    for one in sorted(row.expected, key=lambda one: -(one.metres or 0)):
        fits = [(_fit(one, reading), -at) for at, reading in enumerate(left)]
        at = -max(fits)[1] if fits else None
        pairs.append((one, None if at is None else left.pop(at)))
    return Compared(row, training, tuple(pairs))


def _fit(one: Expected, read: Reading) -> int:
    length = one.metres is not None and read.metres is not None and _near(read.metres, one.metres, 0.1)
    return 2 * (read.kind.value == one.kind) + length


class Figures(NamedTuple):
    """How well rows were read."""

    rows: int
    types: float
    key_precision: float
    key_recall: float
    lengths: float
    ambiguous_flagged: float
    flags_right: float
    flags: int


def figures(found: Iterable[Compared]) -> Figures:
    """Shares, 1 of nothing; a flag is right on a row that is ambiguous or misread."""
    every = list(found)
    keys = [pair for one in every for pair in one.keys]
    lengths = [right for one in every for right in one.lengths]
    flagged = [one for one in every if one.flagged]
    return Figures(
        len(every),
        share([one.types_right for one in every]),
        share([right for right, read in keys if read]),
        share([read for right, read in keys if right]),
        share(lengths),
        share([one.flagged for one in every if one.row.ambiguous]),
        share([one.row.ambiguous or not one.types_right for one in flagged]),
        len(flagged),
    )


def share(values: Sequence[bool]) -> float:
    """The share of those that are true; 1 of none."""
    return sum(values) / len(values) if values else 1.0
