"""The file of a living block: what is none is refused, and what was answered stays, whatever happens."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import stat
import zlib
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path

import pytest

from mesocycle.diary import file as block_file
from mesocycle.diary.beginning import backup, restore
from mesocycle.diary.block import Block
from mesocycle.diary.fold import State
from mesocycle.living import start
from mesocycle.models.errors import BlockError, ScenarioFileError
from mesocycle.models.happened import LiftSkipped

SCENARIO = {
    "start": "2026-09-07",
    "weeks": 1,
    "runs": {"week": {"tue": {"type": "intervals", "start": "06:30", "minutes": 60}}},
    "strength": {"sessions_per_week": 1},
}
NOW = datetime(2026, 9, 7, 6)


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("block") / "one.block"
    start(SCENARIO, path, timezone="Europe/Berlin", now=NOW)
    return path


@pytest.fixture
def path(begun: Path, tmp_path: Path) -> Path:
    """A block file of one's own."""
    return Path(shutil.copy(begun, tmp_path / "one.block"))


def events(path: Path) -> list[str]:
    with block_file.reading(path) as reader:
        return [entry.event.key for entry in reader.entries()]


def refused(path: Path) -> str:
    with pytest.raises(BlockError) as caught:
        Block(path)
    return caught.value.message


def test_what_is_no_block_file_is_refused_and_left_alone(path: Path) -> None:
    folder = path.parent
    assert refused(folder / "none.block") == "there is no such file"
    assert not (folder / "none.block").exists()
    assert refused(folder) == "this is no regular file"
    (folder / "empty.block").write_bytes(b"")
    assert refused(folder / "empty.block") == "this is no block file"
    (folder / "text.block").write_text("start: 2026-09-07\n" * 100, encoding="utf-8")
    assert refused(folder / "text.block") == "this is no block file"
    with sqlite3.connect(folder / "other.block") as other:
        other.execute("CREATE TABLE songs (title)")
    before = (folder / "other.block").read_bytes()
    assert refused(folder / "other.block") == "this is a database of another program, no block file"
    assert (folder / "other.block").read_bytes() == before


def test_a_newer_file_is_refused_and_left_alone(path: Path) -> None:
    with sqlite3.connect(path) as newer:
        newer.execute("PRAGMA user_version = 99")
    before = path.read_bytes()
    assert refused(path).startswith("the file has version 99, made by a newer Mesocycle")
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "script",
    [
        "CREATE TRIGGER more AFTER INSERT ON events BEGIN DELETE FROM plans; END",
        "CREATE VIEW more AS SELECT * FROM events",
        "DROP TABLE plans",
        "ALTER TABLE events RENAME TO happened; CREATE VIEW events AS SELECT * FROM happened",
        "DROP VIEW in_force; CREATE VIEW in_force AS SELECT 1",
    ],
)
def test_tables_that_are_not_those_of_a_block_file_are_refused(path: Path, script: str) -> None:
    with sqlite3.connect(path) as other:
        other.executescript(script)
    assert refused(path) == "the file is damaged: its tables are not those of a block file"


@pytest.mark.parametrize(
    ("script", "text"),
    [
        ("UPDATE block SET timezone = 'Mars/Base'", "it does not say which block it is"),
        ("DELETE FROM block", "it does not say which block it is"),
        ("DELETE FROM plans", "the plan of revision 1 is missing"),
        ("UPDATE plans SET result = x'0102030405'", "the plan cannot be unpacked"),
        ("UPDATE scenarios SET version = 7", "version 1 of its scenario is missing or too large"),
        ("INSERT INTO events VALUES (3, 'x', 'x', '2026', '2026', '{}')", "event 3 cannot be read"),
        ("INSERT INTO events VALUES (3, 'x', 'x', 'soon', '2026-09-07', '{}')", "event 3 cannot be read"),
    ],
)
def test_content_that_cannot_be_read_is_called_damage(path: Path, script: str, text: str) -> None:
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.executescript(script)
    connection.close()
    with pytest.raises(BlockError) as caught:
        Block(path).today()
    assert text in caught.value.message
    assert "`mesocycle restore BACKUP`" in caught.value.remedy


def test_a_plan_that_unpacks_without_end_is_refused(path: Path) -> None:
    bomb = zlib.compress(b"[" * 60_000_000, 9)
    with sqlite3.connect(path) as other:
        other.execute("UPDATE plans SET result = ?", (bomb,))
    with pytest.raises(BlockError, match="the plan is too large, or it ends too early"):
        Block(path).today()


def test_events_are_never_changed_nor_deleted(path: Path) -> None:
    with sqlite3.connect(path) as other:
        for script in ("UPDATE events SET body = '{}'", "DELETE FROM events"):
            with pytest.raises(sqlite3.IntegrityError, match="an event is never"):
                other.execute(script)


def test_a_file_that_was_cut_or_changed_is_refused_or_read_as_it_was(path: Path) -> None:
    whole, rng = path.read_bytes(), random.Random(7)
    known = events(path)
    for at in range(120):
        raw = bytearray(whole)
        if at % 2:
            del raw[rng.randrange(len(raw)) :]
        else:
            for _ in range(rng.randrange(1, 6)):
                raw[rng.randrange(len(raw))] = rng.randrange(256)
        path.write_bytes(raw)
        try:
            block = Block(path, now=NOW)
            assert events(path) == known
            block.today()
        except (BlockError, ScenarioFileError):
            continue


def test_a_file_that_may_not_be_written_is_read_and_nothing_recorded(path: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may write everything")
    path.chmod(stat.S_IRUSR)
    block = Block(path, now=NOW)
    assert block.today().next is not None
    with pytest.raises(BlockError, match="may not be written"):
        block.skip("w01-A")


def test_a_writer_that_raises_writes_nothing(path: Path) -> None:
    before = events(path)
    with pytest.raises(RuntimeError):
        _write_and_raise(path)
    assert events(path) == before


def _write_and_raise(path: Path) -> None:
    with block_file.writing(path) as writer:
        writer.append(LiftSkipped(session="w01-A"), datetime.now(UTC))
        raise RuntimeError


def _die(path: Path) -> None:
    with block_file.writing(path) as writer:
        writer.append(LiftSkipped(session="w01-A"), datetime.now(UTC))
        os._exit(9)


def test_a_writer_that_dies_writes_nothing_and_keeps_nobody_out(path: Path) -> None:
    before = events(path)
    child = get_context("fork").Process(target=_die, args=(path,))
    child.start()
    child.join(30)
    assert child.exitcode == 9
    assert events(path) == before
    assert not Block(path, now=NOW).skip("w01-A").already


def _write_many(path: Path, name: str, count: int) -> None:
    for number in range(count):
        with block_file.writing(path) as writer:
            writer.append(LiftSkipped(session=f"w01-{name}", note=str(number)), datetime.now(UTC))


def test_two_programs_write_at_once_and_nothing_is_lost_or_doubled(path: Path) -> None:
    count = 60
    context = get_context("fork")
    writers = [context.Process(target=_write_many, args=(path, name, count)) for name in ("A", "B")]
    for writer in writers:
        writer.start()
    while any(writer.is_alive() for writer in writers):
        assert events(path)[:2] == ["scenario 1", "published 1"]  # a reader beside them
    with block_file.reading(path) as reader:
        entries = reader.entries()
    skipped = [entry.event for entry in entries if isinstance(entry.event, LiftSkipped)]
    notes = [(event.session, int(event.note)) for event in skipped]
    assert [entry.number for entry in entries] == list(range(1, 2 * count + 3))
    for name in ("w01-A", "w01-B"):
        assert [number for session, number in notes if session == name] == list(range(count))


def test_one_that_waits_for_too_long_says_so(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(block_file, "PATIENCE", 0.1)
    with block_file.writing(path), pytest.raises(BlockError, match="another program is writing to it"):
        Block(path, now=NOW).skip("w01-A")


def test_a_file_is_not_written_over(path: Path) -> None:
    before = path.read_bytes()
    with pytest.raises(BlockError, match="there is such a file already"):
        start(SCENARIO, path, timezone="UTC", now=NOW)
    assert path.read_bytes() == before
    assert [one.name for one in path.parent.iterdir()] == ["one.block"]


def test_a_file_that_is_not_finished_is_none(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), block_file.creating(tmp_path / "new.block", "0" * 20, "UTC"):
        raise RuntimeError
    assert not list(tmp_path.iterdir())


def test_a_backup_holds_everything(path: Path, tmp_path: Path) -> None:
    block = Block(path, now=NOW)
    block.skip("w01-A", note="äöü ✓")
    block.undo()
    copy = tmp_path / "copy.jsonl"
    copy.write_text("".join(backup(path)), encoding="utf-8")
    restore(copy, tmp_path / "again.block")
    assert "".join(backup(tmp_path / "again.block")) == copy.read_text(encoding="utf-8")
    again = Block(tmp_path / "again.block", now=NOW)
    assert again.history() == block.history()
    assert again.facts == block.facts


def test_a_line_of_a_backup_that_is_wrong_is_named_and_nothing_is_written(path: Path, tmp_path: Path) -> None:
    lines = list(backup(path))
    for at in range(len(lines)):
        for wrong in ("{}\n", "[1]\n", "{\n", lines[at].replace("1", "7")):
            if at == 0 and wrong == lines[0].replace("1", "7") and '"mesocycle_block":1' not in lines[0]:
                continue
            copy = tmp_path / "wrong.jsonl"
            copy.write_text("".join([*lines[:at], wrong, *lines[at + 1 :]]), encoding="utf-8")
            with pytest.raises((ScenarioFileError, BlockError)) as caught:
                restore(copy, tmp_path / "wrong.block")
            assert str(caught.value)
            assert not (tmp_path / "wrong.block").exists()


def test_the_moment_is_kept_by_the_clock_of_the_block_and_as_an_instant(path: Path) -> None:
    Block(path, now=datetime(2026, 9, 8, 21, 30)).skip("w01-A")
    Block(path, now=datetime(2026, 9, 8, 20, 0, tzinfo=UTC)).undo()
    with block_file.reading(path) as reader:
        first, second = reader.entries()[-2:]
    assert (first.local, first.instant) == (
        datetime(2026, 9, 8, 21, 30),
        datetime(2026, 9, 8, 19, 30, tzinfo=UTC),
    )
    assert second.local == datetime(2026, 9, 8, 22, 0)
    assert State((first, second)).taken_back
