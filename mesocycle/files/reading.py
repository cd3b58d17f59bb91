"""Reading a file whole, with every guard: pipes that never end, sizes, unusable names, odd JSON."""

from __future__ import annotations

import json
import stat
import sys
from pathlib import Path
from typing import Any, BinaryIO

from mesocycle.files.safe_text import shown
from mesocycle.models.errors import Problem, ScenarioFileError

MB = 1_000_000


def read_bytes(path: str | Path, most: int, remedy: str = "") -> bytes:
    """Read a regular file, or standard input.

    Parameters
    ----------
    path : str or Path
        The file; "-" reads standard input.
    most : int
        Bytes that it may hold; a larger file is not read at all.
    remedy : str
        What to do about a larger file.

    Returns
    -------
    bytes
        Its content.

    Raises
    ------
    ScenarioFileError
        If there is no such regular file, it may not be read, or it is too large.
    """
    name = str(path)
    try:
        raw, size = _standard_input(most) if name == "-" else _regular(Path(path), most)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name, or a closed stream
        raise ScenarioFileError((Problem((), _reason(error)),), name) from None
    if size > most:
        raise _too_large(name, size, most, remedy)
    return raw


def open_file(path: str | Path, most: int, remedy: str = "") -> BinaryIO:
    """Open a regular file that is too large to be read whole.

    Parameters
    ----------
    path : str or Path
        The file.
    most : int
        Bytes that it may hold; who reads counts them again, as it may grow.
    remedy : str
        What to do about a larger file.

    Returns
    -------
    binary file
        Its caller closes it.

    Raises
    ------
    ScenarioFileError
        If there is no such regular file, it may not be read, or it is too large.
    """
    name = str(path)
    try:
        size = _size(Path(path))
        if size > most:
            raise _too_large(name, size, most, remedy)
        return Path(path).open("rb")
    except (OSError, ValueError) as error:
        raise ScenarioFileError((Problem((), _reason(error)),), name) from None


def _too_large(name: str, size: int, most: int, remedy: str) -> ScenarioFileError:
    value = f"{size / MB:,.1f} MB" if name != "-" else ""
    return ScenarioFileError(
        (Problem((), f"the file is larger than {most // MB:,} MB", value, remedy),), name
    )


def _regular(path: Path, most: int) -> tuple[bytes, int]:
    size = _size(path)
    if size > most:
        return b"", size
    with path.open("rb") as stream:
        raw = stream.read(most + 1)  # it may have grown since
    return raw, len(raw)


def _size(path: Path) -> int:
    info = path.stat()
    if not stat.S_ISREG(info.st_mode):  # a pipe or device might never end
        raise _NoFileError("a directory, not a file" if stat.S_ISDIR(info.st_mode) else "not a regular file")
    return info.st_size


def _standard_input(most: int) -> tuple[bytes, int]:
    if sys.stdin is None:
        raise OSError(0, "there is no standard input")
    raw = sys.stdin.buffer.read(most + 1)
    return raw, len(raw)


class _NoFileError(ValueError):
    """What a name stands for instead of a file."""


def _reason(error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        return "there is no such file"
    if isinstance(error, PermissionError):
        return "the file may not be read"
    if isinstance(error, _NoFileError):
        return f"this is {error}"
    reason = error.strerror if isinstance(error, OSError) and error.strerror else "no usable name"
    return f"the file cannot be read: {reason.lower()}"


class StrictJSONError(ValueError):
    """JSON that Python reads, but no other reader has to: a key twice, a NaN."""


def strict_json(text: str | bytes) -> Any:
    """Read JSON.

    Raises
    ------
    StrictJSONError
        If a key stands twice, or a number is not finite.
    ValueError, RecursionError
        As `json.loads`.
    """
    return json.loads(text, object_pairs_hook=_unique, parse_constant=_no_number)


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    data: dict[str, Any] = {}
    for key, value in pairs:
        if key in data:
            raise StrictJSONError(f"the key {shown(key)} stands twice")
        data[key] = value
    return data


def _no_number(text: str) -> None:
    raise StrictJSONError(f"{text} is no number")
