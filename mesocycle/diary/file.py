"""The file of a living block: opened by any number of programs at once, whole at any moment.

One file in SQLite's format. What is written stands in it, on the disk, before the call returns; a writer
waits for another one. The rollback journal keeps the file whole where a program or the machine stops in the
middle of writing.
"""

from __future__ import annotations

import os
import re
import secrets
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path

from mesocycle.diary.content import Reader, Writer, damaged
from mesocycle.diary.tables import APPLICATION_ID, LEAST_SQLITE, MIGRATIONS, VERSION
from mesocycle.models.errors import BlockError

# A file of a whole year with every set logged has about a megabyte.
MOST_BYTES = 200_000_000
# How long a writer waits for another one, in seconds.
PATIENCE = 20.0
SQLITE_HEADER = b"SQLite format 3\0"


def new_identity() -> str:
    """A random id of a block."""
    return secrets.token_hex(10)


@contextmanager
def creating(path: Path, identity: str, zone: str) -> Iterator[Writer]:
    """Write a new block file, whole or not at all.

    Raises
    ------
    BlockError
        If there is such a file already, or it cannot be written.
    """
    name = str(path)
    _check_sqlite()
    if path.exists():
        raise BlockError("there is such a file already", "name another one with -o", file=name)
    temporary = path.with_name(f".{path.name[:40]}.{secrets.token_hex(6)}.tmp")
    try:
        with _errors(name):
            connection = sqlite3.connect(temporary, isolation_level=None)
            try:
                _set_up(connection)
                connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
                connection.execute("BEGIN IMMEDIATE")
                _migrate(connection, 0)
                yield Writer.first(connection, name, identity, zone)
                connection.execute("COMMIT")
            finally:
                connection.close()
            _place(temporary, path)
    finally:
        with suppress(OSError):
            temporary.unlink()


def _place(temporary: Path, path: Path) -> None:
    """Give a file its name, unless another one has it by now."""
    try:
        os.link(temporary, path)
    except FileExistsError:
        raise BlockError("there is such a file already", "name another one with -o", file=str(path)) from None
    except OSError:  # a file system without links
        if path.exists():
            raise BlockError("there is such a file already", file=str(path)) from None
        temporary.replace(path)
    with suppress(OSError):  # the folder itself, where the system can do that
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


@contextmanager
def reading(path: Path) -> Iterator[Reader]:
    """Read a block file.

    Raises
    ------
    BlockError
        If there is none, it is damaged, made by a newer version, or something else.
    """
    with _opened(path) as connection:
        connection.execute("BEGIN")
        yield Reader(connection, str(path))
        connection.execute("COMMIT")


@contextmanager
def writing(path: Path) -> Iterator[Writer]:
    """Write to a block file: all that is written in the block of code, or nothing if it raises.

    Raises
    ------
    BlockError
        As `reading`; also where another program writes for too long.
    """
    with _opened(path) as connection:
        connection.execute("BEGIN IMMEDIATE")
        yield Writer(connection, str(path))
        connection.execute("COMMIT")


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    name = str(path)
    _check_sqlite()
    _check_file(path)
    with _errors(name):
        connection = sqlite3.connect(
            f"{path.resolve().as_uri()}?mode=rw", uri=True, timeout=PATIENCE, isolation_level=None
        )
        try:
            _set_up(connection)
            _check_kind(connection, name)
            yield connection
        finally:
            connection.close()  # what was not committed is rolled back


def _set_up(connection: sqlite3.Connection) -> None:
    # Nothing in the file may call a function that does more than compute.
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA foreign_keys = ON")
    # A copied file alone is whole, unless its pages are being written in that very moment; what a write-ahead
    # log holds would be missing in it for long.
    connection.execute("PRAGMA journal_mode = DELETE")
    connection.execute("PRAGMA synchronous = FULL")


def _check_sqlite() -> None:
    if sqlite3.sqlite_version_info < LEAST_SQLITE:
        least = ".".join(map(str, LEAST_SQLITE))
        raise BlockError(f"Python has SQLite {sqlite3.sqlite_version} here; a block file needs {least}")


def _check_file(path: Path) -> None:
    name = str(path)
    try:
        info = path.stat()
        if not stat.S_ISREG(info.st_mode):
            raise BlockError("this is no regular file", file=name)
        with path.open("rb") as stream:
            head = stream.read(len(SQLITE_HEADER))
    except FileNotFoundError:
        raise BlockError("there is no such file", START, file=name) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "no usable name"
        raise BlockError(f"the file cannot be read: {reason.lower()}", file=name) from None
    if head != SQLITE_HEADER:
        raise BlockError("this is no block file", START, file=name)
    if info.st_size > MOST_BYTES:
        raise BlockError(f"the file is larger than {MOST_BYTES // 1_000_000} MB", file=name)


START = "`mesocycle start SCENARIO` makes one"


def _check_kind(connection: sqlite3.Connection, name: str) -> None:
    """Refuse what is no block file of this version; an older one is brought up to date."""
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if application != APPLICATION_ID:
        raise BlockError("this is a database of another program, no block file", START, file=name)
    if version > VERSION:
        raise BlockError(
            f"the file has version {version}, made by a newer Mesocycle; this one reads up to {VERSION}",
            "install the newer one",
            file=name,
        )
    if version < 1:  # a file has its version from the first
        raise damaged(name, "its version is missing")
    if version < VERSION:
        connection.execute("BEGIN IMMEDIATE")
        _migrate(connection, version)
        connection.execute("COMMIT")
    if _shape(connection) != _expected_shape():
        raise damaged(name, "its tables are not those of a block file")
    if _said(connection, "integrity_check") != "ok":
        tables = _said(connection, "quick_check")  # of all but the index
        if tables != "ok":
            raise damaged(name, tables)
        # All that was written is there. A file that is copied in the middle of a write may be like that.
        connection.execute("REINDEX")


def _said(connection: sqlite3.Connection, check: str) -> str:
    (said,) = connection.execute(f"PRAGMA {check}(1)").fetchone()
    return str(said).splitlines()[0]


def _migrate(connection: sqlite3.Connection, version: int) -> None:
    for step in range(version, VERSION):
        for statement in _statements(MIGRATIONS[step]):
            connection.execute(statement)
    connection.execute(f"PRAGMA user_version = {VERSION}")


def _statements(script: str) -> Iterator[str]:
    """The statements of a script one by one: `executescript` would end the transaction."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement.strip()
            statement = ""


def _shape(connection: sqlite3.Connection) -> frozenset[tuple[str, str, str]]:
    """What the database is made of: kinds, names and definitions, but for what SQLite adds itself."""
    rows = connection.execute("SELECT type, name, coalesce(sql, '') FROM sqlite_schema").fetchall()
    # Of a damaged file anything may be bytes.
    return frozenset((kind, name, re.sub(r"\s+", " ", str(sql))) for kind, name, sql in rows)


@cache
def _expected_shape() -> frozenset[tuple[str, str, str]]:
    with sqlite3.connect(":memory:", isolation_level=None) as connection:
        _migrate(connection, 0)
        return _shape(connection)


@contextmanager
def _errors(name: str) -> Iterator[None]:
    """Tell what went wrong with a file in plain words."""
    try:
        yield
    except sqlite3.OperationalError as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code == sqlite3.SQLITE_BUSY:
            raise BlockError("another program is writing to it", "try again in a moment", file=name) from None
        if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM):
            raise BlockError("the file, or its folder, may not be written", file=name) from None
        if code == sqlite3.SQLITE_FULL:
            raise BlockError("the disk is full; nothing was written", file=name) from None
        raise damaged(name, str(error)) from None
    except sqlite3.DatabaseError as error:
        raise damaged(name, str(error)) from None
    except UnicodeDecodeError:  # which SQLite's own error may turn into
        raise damaged(name, "a text in it is no UTF-8") from None
