"""Changes of a repair, written into the runner's file: what they do not touch stays byte for byte.

The new text is read again and compared before it is returned.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from mesocycle.files.changed import changed
from mesocycle.files.splice import same, spliced
from mesocycle.files.writing import write_whole
from mesocycle.files.yaml_source import Document, parse
from mesocycle.models.diagnosis import Change
from mesocycle.models.errors import InternalError, ScenarioFileError
from mesocycle.models.paths import parse_path


def patched(document: Document, changes: Sequence[Change]) -> str:
    """Return a file's text with changes made, and everything else as it is.

    Parameters
    ----------
    document : Document
        The file as it was read.
    changes : sequence of Change
        Made in this order. Mappings on the way are made where there are none; a rule's word (`hard`) and a
        policy's name are spelt out where one of their parameters changes.

    Returns
    -------
    str
        The whole text, with the line ends and the byte order mark it had.

    Raises
    ------
    InternalError
        If a change leads nowhere, or the text would not read as the old data with the changes made.
    """
    target = document.data
    for change in changes:
        try:
            target = changed(target, parse_path(change.path), _plain(change.to))
        except ValueError as error:
            raise InternalError(f"a change cannot be made: {error}") from None
    try:
        old = parse(document.raw, document.name).data
        raw = spliced(document.raw.decode("utf-8"), old, target).encode("utf-8")
        again = parse(raw, document.name).data
    except (ScenarioFileError, UnicodeError) as error:
        raise InternalError("the changes cannot be written into the file", (str(error),)) from None
    if not same(again, target):
        raise InternalError("the changed file would not say what it should")
    return raw.decode("utf-8")


def save(document: Document, changes: Sequence[Change], path: str | Path, *, force: bool = False) -> None:
    """Write a file with changes made: over the one that was read, or as a new one.

    Parameters
    ----------
    document : Document
        The file as it was read.
    changes : sequence of Change
        What `patched` makes.
    path : str or Path
        The file to write; the file that was read is replaced if it has not changed since.
    force : bool
        Whether any other file that exists may be replaced.

    Raises
    ------
    ScenarioFileError
        If the file has changed since it was read, another one is in the way, or `path` is standard input.
    InternalError
        As `patched`.
    OSError
        If the file cannot be written; what was there stays as it was.
    """
    name = str(path)
    if name == "-":
        raise ScenarioFileError.of(
            name, "standard input cannot be written to", "name a file: nothing was written"
        )
    text = patched(document, changes)
    if document.name != "-" and os.path.realpath(document.name) == os.path.realpath(name):
        raw = Path(path).read_bytes() if Path(path).is_file() else b""
        if hashlib.sha256(raw).hexdigest() != document.sha256:
            raise ScenarioFileError.of(
                name, "the file changed since it was read", "read it again: nothing was written"
            )
    elif Path(path).exists() and not force:
        raise ScenarioFileError.of(
            name, "a file of this name exists", "name another one: nothing was written"
        )
    write_whole(path, text)


def _plain(value: Any) -> Any:
    """Return a change's value as a file can hold it."""
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    if isinstance(value, str):
        return str.__str__(value)  # a member of an enumeration is its text here
    if value is None or (isinstance(value, (int, float, date)) and not isinstance(value, datetime)):
        return value
    raise InternalError(f"a change holds no plain data: {type(value).__name__}")
