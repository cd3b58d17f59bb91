"""A file of finished outcomes: started again, a batch solves only what is missing."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from types import TracebackType

from mesocycle.models.errors import Problem, ScenarioFileError
from mesocycle.models.outcome import Outcome
from mesocycle.what_if.job import outcome_from, plain

# "Meso" as the file's own mark, so that no other program's database is written to.
APPLICATION_ID = 0x4D65736F
WAIT_SECONDS = 30


class Store:
    """Outcomes by the key of their job, in SQLite; each survives this process as soon as it is put.

    Parameters
    ----------
    path : Path
        Made if there is none.

    Raises
    ------
    ScenarioFileError
        If the file is no such store.
    OSError
        If it cannot be opened or made.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        if path.is_dir() or not path.parent.is_dir():
            raise OSError(0, "cannot be opened: give a file in a folder that exists", str(path))
        try:
            self._data = sqlite3.connect(path, timeout=WAIT_SECONDS, isolation_level=None)
        except sqlite3.Error as error:
            raise self._refused(f"this is no file of results ({error})") from None
        try:
            self._open()
        except sqlite3.Error as error:
            self._data.close()
            raise self._refused(f"this is no file of results ({error})") from None
        except ScenarioFileError:
            self._data.close()
            raise

    def _open(self) -> None:
        mark = self._number("PRAGMA application_id")
        if mark != APPLICATION_ID and self._number("SELECT count(*) FROM sqlite_master"):
            raise self._refused("this is a database of another program")
        self._data.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        self._data.execute("PRAGMA journal_mode = WAL")
        self._data.execute("PRAGMA synchronous = NORMAL")
        self._data.execute(
            "CREATE TABLE IF NOT EXISTS outcomes (key TEXT PRIMARY KEY, facts TEXT, packed BLOB)"
        )

    def _number(self, query: str) -> int:
        with closing(self._data.execute(query)) as cursor:
            return int(cursor.fetchone()[0])

    def _refused(self, message: str) -> ScenarioFileError:
        remedy = "name another file, or leave --results out"
        return ScenarioFileError((Problem((), message, remedy=remedy),), str(self.path))

    def get(self, key: str) -> Outcome | None:
        """The stored outcome of a job; an entry that cannot be read counts as none."""
        with self._reporting():
            query = "SELECT CAST(facts AS BLOB), packed FROM outcomes WHERE key = ?"
            row = self._data.execute(query, (key,)).fetchone()
        if row is None or not all(isinstance(part, bytes) for part in row):
            return None
        try:
            outcome = outcome_from((row[0].decode(), row[1]))
            lost = outcome.result is None and outcome.objective is not None
        except ValueError:
            return None
        return None if lost else outcome

    def put(self, key: str, outcome: Outcome) -> None:
        """Store an outcome; at once, in one piece."""
        with self._reporting():
            self._data.execute("INSERT OR REPLACE INTO outcomes VALUES (?, ?, ?)", (key, *plain(outcome)))

    @contextmanager
    def _reporting(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:  # a full disk, a damaged file: what is kept stays kept
            raise self._refused(f"results cannot be kept in it any more ({error})") from None

    def __len__(self) -> int:
        return self._number("SELECT count(*) FROM outcomes")

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._data.close()
