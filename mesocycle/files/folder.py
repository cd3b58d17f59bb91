"""A folder for the plans of a batch: one file each, named so that any system can hold it."""

from __future__ import annotations

import errno
import json
import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from mesocycle.files.writing import write_whole

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
        if path.exists() and not path.is_dir():
            raise NotADirectoryError(errno.ENOTDIR, "this is a file; plans go into a folder", str(path))
        path.mkdir(exist_ok=True)
        if not force and any(path.iterdir()):
            message = "the folder holds something; name another one, or --force to write into it"
            raise FileExistsError(errno.EEXIST, message, str(path))

    def write(self, name: str, text: str | Iterable[str]) -> None:
        """Write a file; its name is made harmless."""
        write_whole(self.path / _harmless(name), text)

    def write_json(self, name: str, data: Any) -> None:
        """Write data as indented JSON."""
        stem = _harmless(name)[:MOST_NAME].rstrip("-.")
        self.write(f"{stem}.json", json.dumps(data, indent=2, ensure_ascii=False) + "\n")


def _harmless(name: str) -> str:
    """Small letters, digits, points and hyphens: names of variants may hold anything."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9.]+", "-", plain).strip("-.")
