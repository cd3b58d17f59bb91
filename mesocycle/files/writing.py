"""Writing files whole: a reader sees the old text or the new one, never half of it."""

from __future__ import annotations

import errno
import json
import os
import re
import stat
import tempfile
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import Any

MOST_NAME = 60


class Folder:
    """A folder that files are written into, each whole or not at all.

    Parameters
    ----------
    path : Path
        Made if there is none; its parent must exist.
    force : bool
        Whether it may hold something already.

    Raises
    ------
    OSError
        If it is no folder, cannot be made, or holds something.
    """

    def __init__(self, path: Path, *, force: bool = False) -> None:
        self.path = path
        self._stems: set[str] = set()
        self._counters: dict[str, Iterator[int]] = {}
        if path.exists() and not path.is_dir():
            raise NotADirectoryError(errno.ENOTDIR, "this is a file; plans go into a folder", str(path))
        path.mkdir(exist_ok=True)
        if not force and any(path.iterdir()):
            message = "the folder holds something; name another one, or --force to write into it"
            raise FileExistsError(errno.EEXIST, message, str(path))

    def stem(self, name: str) -> str:
        """A name for files, without an ending, that no other call for this folder gets."""
        usual = _harmless(name).replace(".", "-")[:MOST_NAME].strip("-") or "plan"
        usual = f"{usual}-plan" if _DEVICE.fullmatch(usual) else usual
        found = usual
        while found in self._stems:
            found = f"{usual}-{next(self._counters.setdefault(usual, count(2)))}"
        self._stems.add(found)
        return found

    def write(self, name: str, text: str | Iterable[str]) -> None:
        """Write a file; its name is made harmless."""
        write_whole(self.path / _harmless(name), text)

    def write_json(self, name: str, data: Any) -> None:
        """Write data as indented JSON."""
        stem = _harmless(name)[:MOST_NAME].rstrip("-.")
        self.write(f"{stem}.json", json.dumps(data, indent=2, ensure_ascii=False) + "\n")


def _harmless(name: str) -> str:
    """Small letters, digits, points, underscores and hyphens: names of variants may hold anything."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9._]+", "-", plain).strip("-.")


# Files of these names cannot be made on Windows, whatever their ending.
_DEVICE = re.compile(r"con|prn|aux|nul|(com|lpt)[0-9]")
_OPEN = re.compile(r"/dev/(?:(stdout|stderr)|fd/(\d{1,4}))")
_NUMBERS = {"stdout": 1, "stderr": 2}


def write_whole(path: str | Path, text: str | Iterable[str]) -> None:
    """Write a text file in one step.

    Parameters
    ----------
    path : str or Path
        The file to write. One that exists is replaced and keeps its permissions; a link stays a link. Pipes,
        terminals and open streams such as /dev/stdout are written to as they are.
    text : str, or an iterable of str
        The whole content, written as UTF-8 with the line ends it has.

    Raises
    ------
    OSError
        If the file cannot be written; what was there stays as it was.
    """
    pieces = (text,) if isinstance(text, str) else text
    data = (piece.encode("utf-8") for piece in pieces)
    if _is_stream(path):
        _write_through(path, data)
        return
    target = Path(os.path.realpath(path))  # replacing a link itself would cut it off from its target
    try:
        mode = stat.S_IMODE(target.stat().st_mode)
    except FileNotFoundError:
        mode = 0o666 & ~_umask()
    try:
        handle, name = tempfile.mkstemp(prefix=f".{target.name[:40]}.", suffix=".tmp", dir=target.parent)
    except OSError as error:  # the caller knows the target, not our temporary name
        raise type(error)(error.errno, error.strerror, str(path)) from None
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.writelines(data)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.chmod(mode)
        temporary.replace(target)
    except BaseException as error:  # an interrupt must not leave the temporary file behind either
        with suppress(OSError):
            temporary.unlink()
        if isinstance(error, OSError):
            raise type(error)(error.errno, error.strerror, str(path)) from None
        raise


def _is_stream(path: str | Path) -> bool:
    """Whether a target is no file that could be replaced: renaming over a device would destroy it."""
    if _OPEN.fullmatch(os.fspath(path)):
        return True
    try:
        mode = Path(path).stat().st_mode
    except OSError:  # a new file, or one that cannot be written anyway
        return False
    if stat.S_ISBLK(mode) or stat.S_ISSOCK(mode):
        raise OSError(errno.EINVAL, "this is neither a file nor a stream", str(path))
    return stat.S_ISCHR(mode) or stat.S_ISFIFO(mode)


def _write_through(path: str | Path, data: Iterable[bytes]) -> None:
    """Write to a stream; an open one is not opened again, which would write its file from the start."""
    known = _OPEN.fullmatch(os.fspath(path))
    try:
        target = os.dup(_NUMBERS.get(known[1]) or int(known[2])) if known else os.fspath(path)
        with open(target, "wb") as stream:  # noqa: PTH123  # a Path cannot open a number
            stream.writelines(data)
    except OSError as error:
        raise type(error)(error.errno, error.strerror, str(path)) from None


def _umask() -> int:
    """Return the umask, which can only be read by setting it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
