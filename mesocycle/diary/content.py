"""What a block file holds: events, plans and scenarios, read with bounds, and written in a transaction."""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from mesocycle.files.plan_file import MAX_BYTES as MOST_OF_PLAN
from mesocycle.files.plan_file import parse_result
from mesocycle.files.safe_text import shown
from mesocycle.files.yaml_source import MAX_BYTES as MOST_OF_SCENARIO
from mesocycle.models.errors import BlockError, ScenarioFileError
from mesocycle.models.happened import EVENT, Event, Published, ScenarioChanged, TakenBack
from mesocycle.models.result import Result

MOST_EVENTS = 100_000
MOST_OF_EVENT = 200_000


@dataclass(frozen=True)
class Entry:
    """An event as it stands in the file.

    Attributes
    ----------
    number : int
        The order of writing, from 1.
    event : Event
        What happened.
    instant : datetime
        When it was written, in UTC.
    local : datetime
        The same on the clock of the block's time zone, without a zone.
    """

    number: int
    event: Event
    instant: datetime
    local: datetime


@dataclass(frozen=True)
class Facts:
    """What stays as it is for the life of a block: its random id, and its time zone."""

    id: str
    zone: ZoneInfo

    def local(self, moment: datetime) -> datetime:
        """A moment on the clock of the block, without a zone; one without a zone is taken for that."""
        return moment if moment.tzinfo is None else moment.astimezone(self.zone).replace(tzinfo=None)

    def instant(self, local: datetime) -> datetime:
        """The moment, in UTC, at which the clock of the block shows a time."""
        return local.replace(tzinfo=self.zone).astimezone(UTC)


class Order:
    """What an event may refer to: plans and scenarios are numbered in order, and what began a block stays.

    Attributes
    ----------
    revisions, versions : int
        So many plans and scenarios there are.
    """

    def __init__(self) -> None:
        self.revisions = self.versions = 0
        self._lasting: list[bool] = []

    def follow(self, event: Event) -> None:
        """Take the next event.

        Raises
        ------
        ValueError
            If it cannot come next.
        """
        if isinstance(event, Published):
            self.revisions += 1
            if event.revision != self.revisions or event.scenario > self.versions:
                raise ValueError(f"revision {event.revision} is out of its order")
        if isinstance(event, ScenarioChanged):
            self.versions += 1
            if event.version != self.versions:
                raise ValueError(f"version {event.version} is out of its order")
        if isinstance(event, TakenBack) and (
            event.event > len(self._lasting) or self._lasting[event.event - 1]
        ):
            raise ValueError(f"event {event.event} is none that can be taken back")
        first = isinstance(event, ScenarioChanged) and event.version == 1
        self._lasting.append(first or isinstance(event, (Published, TakenBack)))


class Reader:
    """A block file as it is at one moment."""

    def __init__(self, connection: sqlite3.Connection, name: str) -> None:
        self._connection = connection
        self._name = name
        self.facts = self._facts()

    def _facts(self) -> Facts:
        rows = self._connection.execute("SELECT id, timezone, checksum FROM block").fetchall()
        try:
            ((identity, zone, told),) = rows
            if told != _checksum(identity, zone):
                raise ValueError
            return Facts(identity, ZoneInfo(zone))
        except (ValueError, OSError, KeyError):
            raise damaged(self._name, "it does not say which block it is") from None

    def entries(self) -> tuple[Entry, ...]:
        """All events in the order of writing."""
        count = self._connection.execute("SELECT count(*), max(length(body)) FROM events").fetchone()
        if count[0] > MOST_EVENTS or (count[1] or 0) > MOST_OF_EVENT:
            raise damaged(self._name, f"it holds more than {MOST_EVENTS:,} events, or one that is too long")
        rows = self._connection.execute(
            "SELECT number, checksum, kind, key, instant, local, body FROM events ORDER BY number"
        )
        order = Order()
        entries = tuple(self._entry(order, expected, *row) for expected, row in enumerate(rows, 1))
        if not order.revisions:
            raise damaged(self._name, "it has no plan")
        return entries

    def _entry(self, order: Order, expected: int, number: int, told: int, *row: str) -> Entry:
        if number != expected:  # none is ever deleted
            raise damaged(self._name, f"event {expected} is missing")
        _, _, instant, local, body = row
        try:
            if told != _checksum(*row):
                raise ValueError
            event = EVENT.validate_python(json.loads(body))
            order.follow(event)
            return Entry(number, event, *moments(instant, local))
        except (ValidationError, ValueError, RecursionError):
            raise damaged(self._name, f"event {number} cannot be read: {shown(body)}") from None

    def scenario(self, version: int) -> str:
        """The text of a version of the scenario."""
        row = self._connection.execute(
            "SELECT text, checksum FROM scenarios WHERE version = ?", (version,)
        ).fetchone()
        if row is None or len(row[0]) > MOST_OF_SCENARIO:
            raise damaged(self._name, f"version {version} of its scenario is missing or too large")
        text: str = row[0]
        if row[1] != _checksum(text):
            raise damaged(self._name, f"version {version} of its scenario is not what was written")
        return text

    def scenarios(self) -> Iterator[tuple[int, str]]:
        """Every version of the scenario, with its text."""
        rows = self._connection.execute("SELECT version FROM scenarios ORDER BY version").fetchall()
        return ((version, self.scenario(version)) for (version,) in rows)

    def revisions(self) -> Sequence[tuple[int, int]]:
        """Every revision of the plan, with the version of the scenario that it was planned for."""
        return self._connection.execute("SELECT revision, scenario FROM plans ORDER BY revision").fetchall()

    def check(self) -> None:
        """Refuse a file that lacks what every block has.

        Raises
        ------
        BlockError
            If nothing was published, or what was is not there.
        """
        events = [entry.event for entry in self.entries()]
        versions = {version for version, _ in self.scenarios()}
        plans = dict(self.revisions())
        told = [event for event in events if isinstance(event, Published)]
        named = {event.version for event in events if isinstance(event, ScenarioChanged)}
        if named != versions:
            raise damaged(self._name, "its scenarios are not those that its events tell of")
        if plans != {event.revision: event.scenario for event in told}:
            raise damaged(self._name, "its plans are not those that were published")

    def plan(self, revision: int) -> Result:
        """The plan of a revision."""
        try:
            return _unpacked(self.packed(revision), self._name)
        except ScenarioFileError as error:
            told = error.problems[0].message
            raise damaged(self._name, f"the plan of revision {revision} cannot be read: {told}") from None

    def packed(self, revision: int) -> bytes:
        """The compressed JSON of a revision's plan."""
        row = self._connection.execute(
            "SELECT result, scenario, checksum FROM plans WHERE revision = ?", (revision,)
        ).fetchone()
        if row is None:
            raise damaged(self._name, f"the plan of revision {revision} is missing")
        data: bytes = row[0]
        if row[2] != _checksum(row[1], zlib.crc32(data)):
            raise damaged(self._name, f"the plan of revision {revision} is not what was written")
        return data


class Writer(Reader):
    """A block file while it is written: nobody else writes, and all of it is written or nothing."""

    @classmethod
    def first(cls, connection: sqlite3.Connection, name: str, identity: str, zone: str) -> Writer:
        """Say in an empty file which block it is."""
        connection.execute(
            "INSERT INTO block (id, timezone, checksum) VALUES (?, ?, ?)",
            (identity, zone, _checksum(identity, zone)),
        )
        return cls(connection, name)

    def append(self, event: Event, instant: datetime) -> Entry:
        """Write an event; `instant` has a zone."""
        local = self.facts.local(instant)
        at = instant.astimezone(UTC)
        return Entry(self._write(event, at, local), event, at, local)

    def _write(self, event: Event, instant: datetime, local: datetime) -> int:
        row = (event.kind, event.key, instant.isoformat(), local.isoformat(), _text(event.to_dict()))
        cursor = self._connection.execute(
            "INSERT INTO events (kind, key, instant, local, body, checksum) VALUES (?, ?, ?, ?, ?, ?)",
            (*row, _checksum(*row)),
        )
        return int(cursor.lastrowid or 0)

    def restore(self, entry: Entry) -> int:
        """Write an event as it was written elsewhere; its number is returned."""
        return self._write(entry.event, entry.instant, entry.local)

    def add_scenario(self, text: str) -> int:
        """Keep another text of the scenario; its version is returned."""
        cursor = self._connection.execute(
            "INSERT INTO scenarios (text, checksum) VALUES (?, ?)", (text, _checksum(text))
        )
        return int(cursor.lastrowid or 0)

    def add_plan(self, packed: bytes, scenario: int) -> int:
        """Keep another plan, see `packed`; its revision is returned."""
        cursor = self._connection.execute(
            "INSERT INTO plans (scenario, result, checksum) VALUES (?, ?, ?)",
            (scenario, packed, _checksum(scenario, zlib.crc32(packed))),
        )
        return int(cursor.lastrowid or 0)


def moments(instant: str, local: str) -> tuple[datetime, datetime]:
    """When an event was written: in UTC, and on the clock of the block.

    Raises
    ------
    ValueError
        If they are no moments, or have no zone or one too many.
    """
    at, shown_at = datetime.fromisoformat(instant), datetime.fromisoformat(local)
    if at.utcoffset() != timedelta(0) or shown_at.tzinfo is not None:
        raise ValueError(f"{instant} is not in UTC, or {local} has a zone")
    return at, shown_at


def packed(result: Result) -> bytes:
    """A plan as compressed JSON."""
    return zlib.compress(_text(result.to_dict()).encode(), 9)


def _unpacked(data: bytes, name: str) -> Result:
    machine = zlib.decompressobj()
    try:
        raw = machine.decompress(data, MOST_OF_PLAN + 1)
    except zlib.error:
        raise damaged(name, "the plan cannot be unpacked") from None
    if not machine.eof:
        raise damaged(name, "the plan is too large, or it ends too early")
    return parse_result(raw, name)


def _checksum(*values: str | int) -> int:
    """Of a row; it tells damage, not intent."""
    return zlib.crc32(json.dumps(values).encode())


def _text(data: Mapping[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def damaged(name: str, reason: str) -> BlockError:
    """The error of a file whose content is not what was written."""
    return BlockError(
        f"the file is damaged: {reason}", "`mesocycle restore BACKUP` makes it anew from a backup", file=name
    )
