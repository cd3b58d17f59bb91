"""How a block file begins: with a plan, published as revision 1, or from a backup."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from mesocycle.diary import file as block_file
from mesocycle.diary.content import Entry, Order, Writer, moments, packed
from mesocycle.files.plan_file import parse_result
from mesocycle.files.reading import read_bytes, strict_json
from mesocycle.files.safe_text import shown
from mesocycle.files.scenario import load_bytes
from mesocycle.models.errors import BlockError, ScenarioError, ScenarioFileError
from mesocycle.models.happened import EVENT, Published, ScenarioChanged
from mesocycle.models.result import Result
from mesocycle.solver.rules.check import problems

BACKUP_VERSION = 1
NOT_OURS = "it is not what `mesocycle backup` wrote"
MOST_BYTES = 200_000_000


def zone_of(name: str) -> ZoneInfo:
    """A time zone.

    Raises
    ------
    BlockError
        If there is none of that name.
    """
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise BlockError(f"there is no time zone {shown(name)}", "write it like Europe/Berlin") from None


def begin(path: Path, text: str, result: Result, zone: str, now: datetime | None) -> None:
    """Write a block file with the scenario's text and its plan.

    Raises
    ------
    BlockError
        If there is such a file, it cannot be written, there is no such time zone, or there is no plan.
    """
    zone_of(zone)
    if result.plan is None:
        raise BlockError(f"there is no plan to begin with: {result.headline}")
    with block_file.creating(path, block_file.new_identity(), zone) as writer:
        moment = now or datetime.now(UTC)
        instant = moment if moment.tzinfo else writer.facts.instant(moment)
        version = writer.add_scenario(text)
        writer.append(ScenarioChanged(version=version), instant)
        writer.append(published(writer, result, version), instant)


def published(writer: Writer, result: Result, scenario: int, **asked: int | None) -> Published:
    """Keep a plan as the next revision; the event that says so is still to be written."""
    return Published(
        revision=writer.add_plan(packed(result), scenario),
        scenario=scenario,
        points=result.objective or 0,
        proven=result.proven,
        **asked,
    )


# --- backup ------------------------------------------------------------------------------------------------


def backup(path: Path) -> Iterator[str]:
    """Everything in a block file as lines of JSON: what it is, scenarios, plans, events.

    Raises
    ------
    BlockError
        If it is no block file, or damaged.
    """
    with block_file.reading(path) as reader:
        yield _line(
            {"mesocycle_block": BACKUP_VERSION, "id": reader.facts.id, "timezone": reader.facts.zone.key}
        )
        for version, text in reader.scenarios():
            yield _line({"scenario": version, "text": text})
        for revision, version in reader.revisions():
            yield _line({"plan": revision, "scenario": version, "result": reader.plan(revision).to_dict()})
        for entry in reader.entries():
            when = {"instant": entry.instant.isoformat(), "local": entry.local.isoformat()}
            yield _line({"event": entry.number, **when, "body": entry.event.to_dict()})


def _line(data: Mapping[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n"


def restore(source: str | Path, path: Path) -> None:
    """Write a block file from a backup, whole or not at all.

    Raises
    ------
    ScenarioFileError
        If there is no such file, or a line of it is wrong.
    BlockError
        If there is a block file of that name already, or it cannot be written.
    """
    name = str(source)
    lines = read_bytes(source, MOST_BYTES).splitlines()
    head = _read(lines[0] if lines else b"", name, 1)
    if head.get("mesocycle_block") != BACKUP_VERSION:
        remedy = "`mesocycle backup` writes one"
        raise ScenarioFileError.of(name, f"this is no backup of version {BACKUP_VERSION}", remedy)
    identity, zone = head.get("id"), head.get("timezone")
    if not isinstance(identity, str) or not isinstance(zone, str) or not identity.isalnum():
        raise ScenarioFileError.of(name, "it does not say which block it is", line=1)
    try:
        zone_of(zone)
    except BlockError as error:
        raise ScenarioFileError.of(name, error.message, error.remedy, line=1) from None
    with block_file.creating(path, identity, zone) as writer:
        order = Order()
        for number, line in enumerate(lines[1:], 2):
            data = _read(line, name, number)
            try:
                _restore_line(writer, order, data)
            except (KeyError, TypeError, ValueError) as error:
                raise ScenarioFileError.of(name, NOT_OURS, value=shown(str(error)), line=number) from None
            except ScenarioError as error:  # of a plan or a scenario in it
                told = f"{error.problems[0].key}: {error.problems[0].message}".removeprefix(": ")
                raise ScenarioFileError.of(name, NOT_OURS, value=told, line=number) from None
        try:
            writer.check()
        except BlockError as error:
            raise ScenarioFileError.of(name, error.message) from None


def _read(line: bytes, name: str, number: int) -> dict[str, Any]:
    try:
        data = strict_json(line)
    except (ValueError, RecursionError) as error:
        raise ScenarioFileError.of(
            name, "this is no line of JSON", value=shown(str(error)), line=number
        ) from None
    if not isinstance(data, dict):
        raise ScenarioFileError.of(name, "this is no mapping", value=shown(data), line=number)
    return data


def _restore_line(writer: Writer, order: Order, data: Mapping[str, Any]) -> None:
    """Write a line of a backup; anything that is not as it was written raises."""
    if "plan" in data:
        version = data["scenario"]
        if type(version) is not int or version not in dict(writer.scenarios()):
            raise ValueError(f"there is no scenario {version!r} before it")
        result = parse_result(json.dumps(data["result"]).encode(), f"plan {data['plan']}")
        _same(writer.add_plan(packed(result), version), data["plan"])
    elif "scenario" in data:
        if not isinstance(data["text"], str):
            raise TypeError("the text of a scenario is no text")
        # One that cannot be read would make a block that cannot be opened.
        load_bytes(data["text"].encode(), f"scenario {data['scenario']}", problems)
        _same(writer.add_scenario(data["text"]), data["scenario"])
    else:
        event = EVENT.validate_python(data["body"])
        order.follow(event)
        if isinstance(event, (Published, ScenarioChanged)) and (
            len(writer.revisions()) < order.revisions or len(list(writer.scenarios())) < order.versions
        ):
            raise ValueError("what it tells of is missing")
        entry = Entry(data["event"], event, *moments(data["instant"], data["local"]))
        _same(writer.restore(entry), data["event"])


def _same(number: int, told: object) -> None:
    if number != told:
        raise ValueError(f"number {told!r} is out of its order")
