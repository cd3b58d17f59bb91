"""What a block file holds: events, plans and scenarios, read with bounds, and written in a transaction."""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from mesocycle.files.plan_file import MAX_BYTES as MOST_OF_PLAN
from mesocycle.files.plan_file import parse_result
from mesocycle.files.safe_text import shown
from mesocycle.files.yaml_source import MAX_BYTES as MOST_OF_SCENARIO
from mesocycle.models.errors import BlockError
from mesocycle.models.happened import EVENT, Event, Published, ScenarioChanged
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


class Reader:
    """A block file as it is at one moment."""

    def __init__(self, connection: sqlite3.Connection, name: str) -> None:
        self._connection = connection
        self._name = name
        self.facts = self._facts()

    def _facts(self) -> Facts:
        rows = self._connection.execute("SELECT id, timezone FROM block").fetchall()
        try:
            ((identity, zone),) = rows
            return Facts(identity, ZoneInfo(zone))
        except (ValueError, OSError, KeyError):
            raise damaged(self._name, "it does not say which block it is") from None

    def entries(self) -> tuple[Entry, ...]:
        """All events in the order of writing."""
        count = self._connection.execute("SELECT count(*), max(length(body)) FROM events").fetchone()
        if count[0] > MOST_EVENTS or (count[1] or 0) > MOST_OF_EVENT:
            raise damaged(self._name, f"it holds more than {MOST_EVENTS:,} events, or one that is too long")
        rows = self._connection.execute("SELECT number, instant, local, body FROM events ORDER BY number")
        return tuple(self._entry(*row) for row in rows)

    def _entry(self, number: int, instant: str, local: str, body: str) -> Entry:
        try:
            event = EVENT.validate_python(json.loads(body))
            return Entry(number, event, datetime.fromisoformat(instant), datetime.fromisoformat(local))
        except (ValidationError, ValueError, RecursionError):
            raise damaged(self._name, f"event {number} cannot be read: {shown(body)}") from None

    def scenario(self, version: int) -> str:
        """The text of a version of the scenario."""
        row = self._connection.execute("SELECT text FROM scenarios WHERE version = ?", (version,)).fetchone()
        if row is None or len(row[0]) > MOST_OF_SCENARIO:
            raise damaged(self._name, f"version {version} of its scenario is missing or too large")
        text: str = row[0]
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
        if not told or 1 not in named or not named <= versions:
            raise damaged(self._name, "it has no plan, or lacks a scenario")
        if any(plans.get(event.revision) != event.scenario for event in told):
            raise damaged(self._name, "a plan that was published is missing")

    def plan(self, revision: int) -> Result:
        """The plan of a revision."""
        return _unpacked(self.packed(revision), f"{self._name}, revision {revision}")

    def packed(self, revision: int) -> bytes:
        """The compressed JSON of a revision's plan."""
        row = self._connection.execute("SELECT result FROM plans WHERE revision = ?", (revision,)).fetchone()
        if row is None:
            raise damaged(self._name, f"the plan of revision {revision} is missing")
        data: bytes = row[0]
        return data


class Writer(Reader):
    """A block file while it is written: nobody else writes, and all of it is written or nothing."""

    def append(self, event: Event, instant: datetime) -> Entry:
        """Write an event; `instant` has a zone."""
        local = self.facts.local(instant)
        at = instant.astimezone(UTC)
        return Entry(self._write(event, at, local), event, at, local)

    def _write(self, event: Event, instant: datetime, local: datetime) -> int:
        cursor = self._connection.execute(
            "INSERT INTO events (kind, key, instant, local, body) VALUES (?, ?, ?, ?, ?)",
            (event.kind, event.key, instant.isoformat(), local.isoformat(), _text(event.to_dict())),
        )
        return int(cursor.lastrowid or 0)

    def restore(self, entry: Entry) -> int:
        """Write an event as it was written elsewhere; its number is returned."""
        return self._write(entry.event, entry.instant, entry.local)

    def add_scenario(self, text: str) -> int:
        """Keep another text of the scenario; its version is returned."""
        cursor = self._connection.execute("INSERT INTO scenarios (text) VALUES (?)", (text,))
        return int(cursor.lastrowid or 0)

    def add_plan(self, packed: bytes, scenario: int) -> int:
        """Keep another plan, see `packed`; its revision is returned."""
        cursor = self._connection.execute(
            "INSERT INTO plans (scenario, result) VALUES (?, ?)", (scenario, packed)
        )
        return int(cursor.lastrowid or 0)


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


def _text(data: Mapping[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def damaged(name: str, reason: str) -> BlockError:
    """The error of a file whose content is not what was written."""
    return BlockError(
        f"the file is damaged: {reason}", "`mesocycle restore BACKUP` makes it anew from a backup", file=name
    )
