"""A zip of an app: the one file of it that holds the log, opened without unpacking the rest."""

from __future__ import annotations

import zipfile
import zlib
from dataclasses import dataclass
from typing import IO, BinaryIO

from mesocycle.models.errors import ScenarioFileError

# Of the list of files in it; the lists of real exports, with thousands of routes, have a tenth.
MOST_LIST = 20_000_000
_TAIL = 70_000
_REMEDY = "give the file itself: export.xml of Apple Health, or a .fit"
# What the library raises about broken archives; some of it is meant for programmers.
_BROKEN = (zipfile.BadZipFile, OSError, ValueError, RuntimeError, EOFError, zlib.error)


@dataclass(frozen=True)
class Member:
    """A file in an archive, unpacked part by part."""

    stream: IO[bytes]
    file: str

    def read(self, size: int, /) -> bytes:
        """The next bytes, at most so many; none at the end.

        Raises
        ------
        ScenarioFileError
            If the archive is broken there.
        """
        try:
            return self.stream.read(size)
        except _BROKEN:
            raise ScenarioFileError.of(self.file, "the archive is broken", "export it again") from None


def open_log(stream: BinaryIO, file: str) -> tuple[Member, bool]:
    """Open the log of a zip.

    Parameters
    ----------
    stream : binary file
        The zip; it stays open.
    file : str
        How errors name it.

    Returns
    -------
    Member, bool
        The log, and whether it is XML; otherwise it is FIT.

    Raises
    ------
    ScenarioFileError
        If the zip is broken or locked, or holds neither an export of Apple Health nor one FIT file.
    """
    _check_list(stream, file)
    try:
        archive = zipfile.ZipFile(stream)
        member = _log_of(archive.infolist())
        if member is None or _is_odd(member):
            wrong = "the archive holds neither an export of Apple Health nor one FIT file that can be opened"
            raise ScenarioFileError.of(file, wrong, _REMEDY)
        return Member(archive.open(member), file), member.filename.lower().endswith(".xml")
    except _BROKEN:
        raise ScenarioFileError.of(file, "the archive is broken", "export it again") from None


def _log_of(members: list[zipfile.ZipInfo]) -> zipfile.ZipInfo | None:
    """The export of Apple Health, whose name phones translate, else the only FIT file."""
    named = [(one.filename.lower(), one) for one in members]
    exports = [pair for pair in named if pair[0].endswith(".xml") and not pair[0].endswith("_cda.xml")]
    if exports:
        return max(exports, key=lambda pair: (pair[0].endswith("export.xml"), pair[1].file_size))[1]
    watched = [one for name, one in named if name.endswith(".fit")]
    return watched[0] if len(watched) == 1 else None


def _is_odd(member: zipfile.ZipInfo) -> bool:
    """Whether it is locked, or packed in a way whose memory nothing bounds."""
    bounded = member.compress_type in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
    return bool(member.flag_bits & 1) or not bounded


def _check_list(stream: BinaryIO, file: str) -> None:
    """Refuse an archive whose list of files alone would fill the memory.

    Raises
    ------
    ScenarioFileError
        If it is that long.
    """
    size = stream.seek(0, 2)
    stream.seek(max(0, size - _TAIL))
    tail = stream.read(_TAIL)
    stream.seek(0)
    at, wide = tail.rfind(b"PK\x05\x06"), tail.rfind(b"PK\x06\x06")
    length = int.from_bytes(tail[at + 12 : at + 16], "little") if at >= 0 else 0
    if wide >= 0:
        length = int.from_bytes(tail[wide + 40 : wide + 48], "little")
    if length > MOST_LIST:
        raise ScenarioFileError.of(file, "the archive has too many files", _REMEDY)
