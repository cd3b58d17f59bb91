"""A block file is whole or refused with a reason, whatever became of it."""

from __future__ import annotations

import json
import os
import random
import sqlite3
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from logged import at, begun, tuesday

from mesocycle.diary import file as block_file
from mesocycle.diary.tables import MIGRATIONS, VERSION
from mesocycle.living import Block, backup, restore
from mesocycle.models.errors import BlockError, ScenarioFileError
from mesocycle.models.felt import Soreness

DAMAGED = "the file is damaged: "


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A block file in which a few things happened."""
    path = begun(tmp_path_factory.mktemp("original"))
    block = at(path, tuesday(1))
    block.done(sets=["squat 80x5x3 rir 2"], note="wie ein Bär")
    block.sick("thu..fri", runs="drop")
    block.undo()
    block.record("back_squat", "95 kg x 5")
    return path.read_bytes()


@pytest.fixture
def path(tmp_path: Path, original: bytes) -> Path:
    """A file of its own."""
    copied = tmp_path / "squat.block"
    copied.write_bytes(original)
    return copied


def everything(path: Path) -> list[str]:
    """All that a file holds; what a runner asks for is asked too."""
    block = at(path, tuesday(1))
    block.history()
    block.today()
    return list(backup(path))


def refusal(path: Path) -> BlockError:
    with pytest.raises(BlockError) as caught:
        everything(path)
    assert caught.value.file == str(path)
    return caught.value


def changed(path: Path, *statements: str, values: tuple[Any, ...] = ()) -> None:
    """Change a file behind the back of the library."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement, values if "?" in statement else ())


def in_child(work: Callable[[], object], *, finish: bool = True) -> int:
    """Run something in a forked process; its id. It ends without any cleaning up."""
    process = os.fork()
    if not process:
        status = 1
        try:
            work()
            status = 0
        finally:
            os._exit(status)
    if finish:
        assert status_of(process) == 0
    return process


def integrity(path: Path) -> str:
    """What SQLite itself says of a file."""
    with closing(sqlite3.connect(path)) as connection:
        (said,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
    return str(said)


def status_of(process: int) -> int:
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])


# --- what is no block file ---------------------------------------------------------------------------------


def test_a_file_that_is_not_there_is_told_and_not_made(tmp_path: Path) -> None:
    missing = tmp_path / "missing.block"
    error = refusal(missing)
    assert (error.message, error.remedy) == ("there is no such file", "`mesocycle start SCENARIO` makes one")
    assert not list(tmp_path.iterdir())


def test_a_name_that_no_file_can_have_is_told() -> None:
    for name in ("nul\0", "x" * 5000):
        with pytest.raises(BlockError, match="the file cannot be read: "):
            Block(name)


def test_a_folder_is_no_block_file(tmp_path: Path) -> None:
    assert refusal(tmp_path).message == "this is no regular file"


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert refusal(tmp_path / "pipe").message == "this is no regular file"


@pytest.mark.parametrize(
    "content", [b"", b"SQLite", b"runs:\n  week: {}\n", b"\xff\xfe\0\0" * 4000, b"SQLite format 4\0" * 300]
)
def test_what_does_not_begin_like_a_database_is_no_block_file(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "other.block"
    path.write_bytes(content)
    assert refusal(path).message == "this is no block file"
    assert path.read_bytes() == content


def test_a_head_without_a_body_is_damaged(tmp_path: Path) -> None:
    path = tmp_path / "head.block"
    for rest in (b"", b"\0" * 84, b"\xff" * 4080):
        path.write_bytes(block_file.SQLITE_HEADER + rest)
        assert refusal(path).message.startswith(DAMAGED)


def test_a_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.block"
    changed(path, "CREATE TABLE events (number INTEGER PRIMARY KEY)")
    before = path.read_bytes()
    assert refusal(path).message == "this is a database of another program, no block file"
    assert path.read_bytes() == before


def test_a_larger_file_is_not_read(path: Path) -> None:
    os.truncate(path, block_file.MOST_BYTES + 1)
    assert refusal(path).message == "the file is larger than 200 MB"


def test_a_file_of_a_newer_version_is_refused_and_stays_as_it_is(path: Path) -> None:
    newer = VERSION + 1
    changed(path, f"PRAGMA user_version = {newer}")
    before = path.read_bytes()
    error = refusal(path)
    assert error.message == (
        f"the file has version {newer}, made by a newer Mesocycle; this one reads up to {VERSION}"
    )
    assert error.remedy == "install the newer one"
    with pytest.raises(BlockError):
        at(path, tuesday(1)).sore("knee", 3)
    assert path.read_bytes() == before


@pytest.mark.parametrize("version", [0, -1, -(2**31)])
def test_a_version_that_no_file_has_is_damage(path: Path, version: int) -> None:
    changed(path, f"PRAGMA user_version = {version}")
    assert refusal(path).message == f"{DAMAGED}its version is missing"


def test_a_link_to_a_block_file_is_one(path: Path, tmp_path: Path) -> None:
    link = tmp_path / "odd name ?#%41.block"
    link.symlink_to(path)
    at(link, tuesday(1)).sore("knee", 3)
    assert everything(link) == everything(path)


def test_a_file_that_may_not_be_written_can_be_read(path: Path) -> None:
    right = everything(path)
    path.chmod(0o444)
    if os.access(path, os.W_OK):
        pytest.skip("this user may write everything")
    assert everything(path) == right
    with pytest.raises(BlockError) as caught:
        at(path, tuesday(1)).sore("knee", 3)
    assert caught.value.message == "the file, or its folder, may not be written"


def test_what_sqlite_says_of_a_read_only_file_is_told_in_words(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # For a user who may write everything too.
    connect = sqlite3.connect
    monkeypatch.setattr(
        sqlite3,
        "connect",
        lambda name, **how: connect(str(name).replace("mode=rw", "mode=ro"), **how),
    )
    assert everything(path)
    with pytest.raises(BlockError) as caught:
        at(path, tuesday(1)).sore("knee", 3)
    assert caught.value.message == "the file, or its folder, may not be written"


def test_an_existing_file_is_never_replaced(path: Path, original: bytes, tmp_path: Path) -> None:
    copy = tmp_path / "copy.jsonl"
    copy.write_text("".join(backup(path)), encoding="utf-8")
    with pytest.raises(BlockError, match="there is such a file already"):
        restore(copy, path)
    assert path.read_bytes() == original


# --- damage ------------------------------------------------------------------------------------------------


def test_a_file_that_ends_too_early_is_refused_unless_it_lacks_nothing_but_the_index(
    path: Path, original: bytes
) -> None:
    right, refused = everything(path), 0
    pages = range(0, len(original), 512)
    for length in sorted({*range(0, 200, 7), *pages, *(page - 1 for page in pages[1:]), len(original) - 1}):
        path.write_bytes(original[:length])
        try:
            assert everything(path) == right
        except BlockError as error:
            refused += 1
            told = error.message
        else:
            told = DAMAGED
            assert integrity(path) == "ok"
        assert told == "this is no block file" or told.startswith(DAMAGED)
    assert refused > 70


def test_an_index_that_lacks_an_event_is_made_anew(path: Path, original: bytes) -> None:
    with closing(sqlite3.connect(path)) as connection:
        (root,) = connection.execute(
            "SELECT rootpage FROM sqlite_schema WHERE name = 'events_by_key'"
        ).fetchone()
    append(path, "knee")
    right, data = everything(path), bytearray(path.read_bytes())
    # As in a copy of the file alone that was made in the middle of the write.
    index = slice((root - 1) * 4096, root * 4096)
    data[index] = original[index]
    path.write_bytes(data)
    assert integrity(path) != "ok"
    assert everything(path) == right
    assert integrity(path) == "ok"


def test_flipped_bits_are_noticed_or_change_nothing(path: Path, original: bytes) -> None:
    right = everything(path)
    noticed = 0
    for seed in range(200):
        chance = random.Random(seed)
        data = bytearray(original)
        for _ in range(chance.choice((1, 1, 1, 3, 10, 50))):
            data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        path.write_bytes(data)
        try:
            assert everything(path) == right
        except BlockError:
            noticed += 1
    assert noticed > 100


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [
        ("block", "id", "another"),
        ("block", "timezone", "Asia/Tokyo"),
        ("scenarios", "text", "{}"),
        ("plans", "result", zlib.compress(b"{}")),
        ("plans", "checksum", 1),
    ],
)
def test_a_changed_value_is_noticed_by_its_checksum(
    path: Path, table: str, column: str, value: object
) -> None:
    changed(path, f"UPDATE {table} SET {column} = ?", values=(value,))
    assert refusal(path).message.startswith(DAMAGED)


@pytest.mark.parametrize("column", ["kind", "key", "instant", "local", "body"])
def test_every_value_of_an_event_counts(path: Path, column: str) -> None:
    event(path, {column: "2027-01-05T21:00:01+00:00"})
    assert refusal(path).message.startswith(f"{DAMAGED}event 7 cannot be read: ")


def event(path: Path, values: dict[str, str], *, hostile: bool = False) -> None:
    """Write an event as the library does, but for some values; a hostile program knows of the checksum."""
    row = {
        "kind": "soreness",
        "key": "soreness 2027-01-05 knee",
        "instant": "2027-01-05T21:00:00+00:00",
        "local": "2027-01-05T22:00:00",
        "body": '{"kind":"soreness","date":"2027-01-05","site":"knee","level":3}',
    }
    right = zlib.crc32(json.dumps(list(row.values())).encode())
    if hostile:
        right = zlib.crc32(json.dumps(list((row | values).values())).encode())
    names = ", ".join((*row, "checksum"))
    changed(
        path,
        f"INSERT INTO events ({names}) VALUES (?, ?, ?, ?, ?, ?)",
        values=(*(row | values).values(), right),
    )


def test_an_event_written_like_that_is_fine(path: Path) -> None:
    event(path, {})
    assert at(path, tuesday(1)).now().state.soreness == (
        Soreness(date=date(2027, 1, 5), site="knee", level=3, kind="soreness"),
    )


@pytest.mark.parametrize(
    "body",
    [
        '{"kind":"teleported"}',
        "{}",
        "[]",
        "null",
        "",
        "{",
        '{"kind":"soreness","date":"2027-01-05","site":"knee","level":11}',
        '{"kind":"soreness","date":"2027-01-05","site":"knee","level":3,"more":1}',
        '{"kind":"undone","event":1}',
        '{"kind":"undone","event":2}',
        '{"kind":"undone","event":5}',
        '{"kind":"undone","event":8}',
        '{"kind":"published","revision":3,"scenario":1,"points":1,"proven":true}',
        '{"kind":"published","revision":2,"scenario":2,"points":1,"proven":true}',
        '{"kind":"scenario_changed","version":7}',
        "[" * 150_000,
        '{"kind":"soreness","level":' + "9" * 5000 + "}",
    ],
)
def test_an_event_that_no_version_writes_is_named(path: Path, body: str) -> None:
    event(path, {"body": body}, hostile=True)
    assert refusal(path).message.startswith(f"{DAMAGED}event 7 cannot be read: ")


@pytest.mark.parametrize(
    ("instant", "local"),
    [
        ("2027-01-05T21:00:00", "2027-01-05T22:00:00"),
        ("2027-01-05T21:00:00+01:00", "2027-01-05T22:00:00"),
        ("2027-01-05T21:00:00+00:00", "2027-01-05T22:00:00+01:00"),
        ("yesterday", "2027-01-05T22:00:00"),
    ],
)
def test_an_event_of_no_moment_is_named(path: Path, instant: str, local: str) -> None:
    event(path, {"instant": instant, "local": local}, hostile=True)
    assert refusal(path).message.startswith(f"{DAMAGED}event 7 cannot be read: ")


def test_an_event_that_is_too_long_is_not_read(path: Path) -> None:
    event(path, {"body": '{"kind":"' + "x" * 200_000 + '"}'}, hostile=True)
    assert refusal(path).message == f"{DAMAGED}it holds more than 100,000 events, or one that is too long"


def test_a_missing_event_is_named(path: Path) -> None:
    changed(
        path, "INSERT INTO events SELECT 9, kind, key, instant, local, body, checksum FROM events LIMIT 1"
    )
    assert refusal(path).message == f"{DAMAGED}event 7 is missing"


def test_events_are_neither_changed_nor_deleted_by_other_programs(path: Path, original: bytes) -> None:
    for statement in ("UPDATE events SET body = '{}'", "DELETE FROM events"):
        with pytest.raises(sqlite3.IntegrityError, match="an event is never"):
            changed(path, statement)
    assert path.read_bytes() == original


# --- hostile files -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "statements",
    [
        ["CREATE TRIGGER more AFTER INSERT ON events BEGIN DELETE FROM plans; END"],
        ["CREATE VIEW more AS SELECT 1"],
        ["CREATE TABLE more (a)"],
        ["CREATE INDEX more ON events (kind)"],
        ["DROP TRIGGER events_stay"],
        ["DROP VIEW in_force"],
        ["ALTER TABLE scenarios RENAME TO real", "CREATE VIEW scenarios AS SELECT * FROM real"],
        [
            "ALTER TABLE block RENAME TO real",
            "CREATE VIEW block AS WITH RECURSIVE n AS (SELECT 1 AS a UNION ALL SELECT a + 1 FROM n)"
            " SELECT a AS id, 'UTC' AS timezone, 1 AS checksum FROM n",
        ],
        ["ALTER TABLE events ADD COLUMN more TEXT"],
        ["DROP VIEW sets_done", "CREATE VIEW sets_done AS SELECT load_extension('x')"],
        ["CREATE VIRTUAL TABLE more USING fts5(a)"],
    ],
)
def test_other_tables_views_and_triggers_are_refused(path: Path, statements: list[str]) -> None:
    changed(path, *statements)
    assert refusal(path).message == f"{DAMAGED}its tables are not those of a block file"
    with pytest.raises(BlockError, match="its tables are not those"):
        at(path, tuesday(1)).sore("knee", 3)


def test_a_table_of_text_where_numbers_belong_is_refused(path: Path) -> None:
    changed(
        path,
        "PRAGMA writable_schema = ON",
        "UPDATE sqlite_schema SET sql = replace(sql, 'version INTEGER', 'version TEXT')",
    )
    assert refusal(path).message.startswith(DAMAGED)


def packed(path: Path, data: bytes) -> None:
    """Put something in the place of the plan."""
    checksum = zlib.crc32(json.dumps([1, zlib.crc32(data)]).encode())
    changed(path, "UPDATE plans SET result = ?, checksum = ?", values=(data, checksum))


def test_a_plan_that_grows_without_end_is_not_unpacked(path: Path) -> None:
    machine = zlib.compressobj(9)
    zeros = bytes(1_000_000)
    bomb = b"".join([*(machine.compress(zeros) for _ in range(500)), machine.flush()])
    assert len(bomb) < 600_000
    packed(path, bomb)
    began = time.perf_counter()
    assert refusal(path).message == f"{DAMAGED}the plan is too large, or it ends too early"
    assert time.perf_counter() - began < 5


@pytest.mark.parametrize(
    "data",
    [b"", b"no zlib", zlib.compress(b""), zlib.compress(b"{}"), zlib.compress(b"[" * 1_000_000), b"x\x9c"],
)
def test_a_plan_that_is_none_is_damage(path: Path, data: bytes) -> None:
    packed(path, data)
    assert refusal(path).message.startswith(DAMAGED)


@pytest.mark.parametrize("text", ["", "runs: [", "{}", "\0", "a: &a [*a, *a]"])
def test_a_scenario_that_is_none_is_damage(path: Path, text: str) -> None:
    checksum = zlib.crc32(json.dumps([text]).encode())
    changed(path, "UPDATE scenarios SET text = ?, checksum = ?", values=(text, checksum))
    assert refusal(path).message.startswith(f"{DAMAGED}version 1 of its scenario, line ")


@pytest.mark.parametrize("zone", ["Mars/Olympus", "", "../../etc/passwd", "/etc/passwd", "x" * 5000, "nul\0"])
def test_a_time_zone_that_there_is_not_is_damage(path: Path, zone: str) -> None:
    checksum = zlib.crc32(json.dumps(["a", zone]).encode())
    changed(path, "UPDATE block SET id = 'a', timezone = ?, checksum = ?", values=(zone, checksum))
    assert refusal(path).message == f"{DAMAGED}it does not say which block it is"


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM block",
        "INSERT INTO block SELECT * FROM block",
        "DELETE FROM scenarios",
        "DELETE FROM plans",
        "UPDATE plans SET revision = 2",
        "UPDATE scenarios SET version = 2",
    ],
)
def test_missing_rows_are_damage(path: Path, statement: str) -> None:
    changed(path, statement)
    assert refusal(path).message.startswith(DAMAGED)


def test_a_file_without_events_is_damage(path: Path) -> None:
    changed(path, "DROP TRIGGER events_are_kept", "DELETE FROM events")
    trigger = next(part for part in MIGRATIONS[0].split("CREATE ") if "events_are_kept" in part)
    changed(path, f"CREATE {trigger}")
    assert refusal(path).message == f"{DAMAGED}it has no plan"


def test_a_revision_that_there_is_not_is_no_damage(path: Path) -> None:
    for revision in (0, 2, -1, 10**30):
        with pytest.raises(BlockError) as caught:
            at(path, tuesday(1)).plan(revision)
        assert caught.value.message == f"there is no revision {revision}"
        assert caught.value.remedy == "the last one is 1"


# --- several programs --------------------------------------------------------------------------------------


def append(path: Path, site: str) -> int:
    felt = Soreness(date=date(2027, 1, 5), site=site, level=3, kind="soreness")
    with block_file.writing(path) as writer:
        return writer.append(felt, datetime.now(UTC)).number


def sites(path: Path) -> list[str]:
    with block_file.reading(path) as reader:
        return [one.event.site for one in reader.entries() if isinstance(one.event, Soreness)]


def test_what_raises_in_the_middle_of_a_transaction_writes_nothing(path: Path, original: bytes) -> None:
    def fail() -> None:
        with block_file.writing(path) as writer:
            writer.add_scenario("text")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert path.read_bytes() == original


def test_a_writer_that_dies_in_the_middle_of_a_transaction_writes_nothing(path: Path) -> None:
    right = everything(path)

    def die() -> None:
        with block_file.writing(path) as writer:
            for number in range(3000):  # more than SQLite keeps in memory, so the file itself is changed
                writer.add_scenario(f"{number} " * 1000)
            os._exit(0)

    in_child(die)
    journal = path.with_name(f"{path.name}-journal")
    assert journal.stat().st_size > 0
    assert path.stat().st_size > len("".join(right))
    assert everything(path) == right
    assert not journal.exists()
    assert append(path, "knee") == 7


def test_who_reads_sees_nothing_of_a_transaction_that_goes_on(path: Path) -> None:
    right = everything(path)
    with block_file.writing(path) as writer:
        writer.append(Soreness(date=tuesday(1), site="knee", level=3, kind="soreness"), datetime.now(UTC))
        in_child(lambda: right == everything(path) or os._exit(1))
    assert sites(path) == ["knee"]


def test_a_writer_that_waits_for_too_long_is_told(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(block_file, "PATIENCE", 0.05)
    with block_file.writing(path), pytest.raises(BlockError) as caught:
        append(path, "knee")
    assert caught.value.message == "another program is writing to it"
    assert caught.value.remedy == "try again in a moment"


def test_two_programs_that_write_at_once_lose_and_double_nothing(path: Path, tmp_path: Path) -> None:
    until = time.monotonic() + 3

    def write(name: str) -> None:
        with (tmp_path / name).open("w", encoding="utf-8", buffering=1) as told:
            count = 0
            while time.monotonic() < until:
                count += 1
                told.write(f"{append(path, f'{name} {count}')} {name} {count}\n")

    writers = [
        in_child(lambda: write("a"), finish=False),
        in_child(lambda: write("b"), finish=False),
    ]
    assert [status_of(process) for process in writers] == [0, 0]
    told = sorted(
        (int(number), site)
        for name in ("a", "b")
        for number, _, site in (
            line.partition(" ") for line in (tmp_path / name).read_text(encoding="utf-8").splitlines()
        )
    )
    assert [number for number, _ in told] == list(range(7, 7 + len(told)))
    assert [site for _, site in told] == sites(path)
    assert {site[0] for _, site in told} == {"a", "b"}


def test_of_two_programs_that_begin_the_same_file_one_is_refused(path: Path, tmp_path: Path) -> None:
    copy, again = tmp_path / "copy.jsonl", tmp_path / "again.block"
    copy.write_text("".join(backup(path)), encoding="utf-8")
    with (
        pytest.raises(BlockError, match="there is such a file already"),
        block_file.creating(again, "other", "UTC"),
    ):
        restore(copy, again)
    assert everything(again) == everything(path)
    assert sorted(one.name for one in tmp_path.iterdir()) == ["again.block", "copy.jsonl", "squat.block"]


# --- backup and restore ------------------------------------------------------------------------------------


def test_what_comes_back_from_a_backup_is_the_same_to_the_byte(path: Path, tmp_path: Path) -> None:
    at(path, tuesday(2)).sore("left calf", 4)
    block = at(path, tuesday(2))
    block.set_scenario(f"{block.scenario_text()}\n\n")
    copy, second = tmp_path / "copy.jsonl", tmp_path / "second.block"
    copy.write_text("".join(backup(path)), encoding="utf-8")
    restored = restore(copy, second, now=datetime(2027, 1, 12, 22))
    assert "".join(backup(second)).encode() == copy.read_bytes()
    assert restored.history() == at(path, tuesday(2)).history()
    assert restored.today() == at(path, tuesday(2)).today()
    assert restored.facts == block.facts
    # It goes on like the first one.
    assert append(second, "knee") == append(path, "knee")


Lines = list[dict[str, Any]]


@pytest.fixture
def lines(path: Path) -> Lines:
    """Of a backup: what it is, a scenario, a plan, the two events of a beginning, then four."""
    return [json.loads(line) for line in backup(path)]


@pytest.fixture
def refused(tmp_path: Path) -> Iterator[Callable[[list[str]], ScenarioFileError]]:
    """How a backup is refused; nothing may be left of the attempt."""
    source, target = tmp_path / "copy.jsonl", tmp_path / "folder" / "again.block"
    target.parent.mkdir()

    def attempt(texts: list[str]) -> ScenarioFileError:
        source.write_text("".join(texts), encoding="utf-8")
        with pytest.raises(ScenarioFileError) as caught:
            restore(source, target)
        assert caught.value.file == str(source)
        return caught.value

    yield attempt
    assert not list(target.parent.iterdir())


def dumped(lines: Lines) -> list[str]:
    return [json.dumps(line) + "\n" for line in lines]


@pytest.mark.parametrize("number", range(1, 10))
@pytest.mark.parametrize(
    "text", ["\n", "{\n", "[]\n", "5\n", "{}\n", '{"event":NaN}\n', "[" * 100_000 + "\n"]
)
def test_every_line_that_is_none_is_named(
    lines: Lines, refused: Callable[[list[str]], ScenarioFileError], number: int, text: str
) -> None:
    texts = dumped(lines)
    texts[number - 1] = text
    (problem,) = refused(texts).problems
    # Another kind of file is no matter of its first line.
    assert problem.line == (0 if (number, text) == (1, "{}\n") else number)


@pytest.mark.parametrize(
    ("number", "values"),
    [
        (1, {"id": ""}),
        (1, {"id": "../x"}),
        (1, {"id": 5}),
        (1, {"timezone": "Mars"}),
        (1, {"timezone": None}),
        (2, {"scenario": 2}),
        (2, {"scenario": "1"}),
        (2, {"text": 5}),
        (2, {"text": "runs: ["}),
        (2, {"text": "\ud800"}),
        (3, {"plan": 2}),
        (3, {"plan": 10**30}),
        (3, {"scenario": 2}),
        (3, {"scenario": 10**30}),
        (3, {"scenario": [1]}),
        (3, {"scenario": True}),
        (3, {"scenario": 1.0}),
        (3, {"result": {}}),
        (3, {"result": 5}),
        (6, {"event": 4}),
        (6, {"event": "3"}),
        (6, {"instant": "2027-01-05T21:00:00"}),
        (6, {"instant": 5}),
        (6, {"local": "2027-01-05T21:00:00+00:00"}),
        (6, {"body": {"kind": "teleported"}}),
        (6, {"body": {"kind": "undone", "event": 2}}),
        (6, {"body": {"kind": "undone", "event": 9}}),
        (6, {"body": {"kind": "scenario_changed", "version": 2}}),
        (6, {"body": {"kind": "published", "revision": 2, "scenario": 1, "points": 1, "proven": True}}),
        (6, {"body": "sick"}),
    ],
)
def test_every_wrong_value_is_named_with_its_line(
    lines: Lines, refused: Callable[[list[str]], ScenarioFileError], number: int, values: dict[str, Any]
) -> None:
    lines[number - 1] |= values
    (problem,) = refused(dumped(lines)).problems
    assert (problem.line, bool(problem.message)) == (number, True)


@pytest.mark.parametrize("number", range(2, 9))
def test_a_line_that_is_missing_is_noticed(
    lines: Lines, refused: Callable[[list[str]], ScenarioFileError], number: int
) -> None:
    del lines[number - 1]
    (problem,) = refused(dumped(lines)).problems
    # The line after it does not follow; without its plan a publication has none.
    assert problem.line == {3: 4}.get(number, number)


@pytest.mark.parametrize("number", range(1, 10))
def test_a_line_that_stands_there_twice_is_noticed(
    lines: Lines, refused: Callable[[list[str]], ScenarioFileError], number: int
) -> None:
    lines.insert(number, lines[number - 1])
    (problem,) = refused(dumped(lines)).problems
    assert problem.line == number + 1


def test_a_backup_without_events_is_none(
    lines: Lines, refused: Callable[[list[str]], ScenarioFileError]
) -> None:
    assert "it has no plan" in str(refused(dumped(lines[:3])))


@pytest.mark.parametrize("version", [None, 0, 2, "1"])
def test_a_backup_of_another_version_is_refused(
    lines: Lines, refused: Callable[[list[str]], ScenarioFileError], version: object
) -> None:
    lines[0]["mesocycle_block"] = version
    (problem,) = refused(dumped(lines)).problems
    assert (problem.message, problem.remedy) == (
        "this is no backup of version 1",
        "`mesocycle backup` writes one",
    )


def test_a_backup_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(ScenarioFileError, match=r"missing\.jsonl"):
        restore(tmp_path / "missing.jsonl", tmp_path / "again.block")
    assert not list(tmp_path.iterdir())
