"""Writing files whole: a reader sees the old text or the new one, never half of it."""

from __future__ import annotations

import os
import stat
import tempfile
from contextlib import suppress
from pathlib import Path


def write_whole(path: str | Path, text: str) -> None:
    """Write a text file in one step.

    Parameters
    ----------
    path : str or Path
        The file to write. One that exists is replaced and keeps its permissions; a link stays a link.
    text : str
        The whole content, written as UTF-8 with the line ends it has.

    Raises
    ------
    OSError
        If the file cannot be written; what was there stays as it was.
    """
    target = Path(os.path.realpath(path))  # replacing a link itself would cut it off from its target
    data = text.encode("utf-8")
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
            stream.write(data)
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


def _umask() -> int:
    """Return the umask, which can only be read by setting it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
