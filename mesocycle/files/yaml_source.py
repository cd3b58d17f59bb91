"""Reading a YAML file with every guard: any file gives data or a list of problems."""

from __future__ import annotations

import codecs
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.reader import ReaderError

from mesocycle.files.reading import read_bytes
from mesocycle.files.yaml_build import Builder, RefusedError
from mesocycle.models.clock import parse_day, parse_weekday
from mesocycle.models.errors import Problem, ScenarioFileError

MAX_BYTES = 1_000_000
MAX_LINE = 100_000  # ruamel takes quadratic time for some tokens; a token never spans lines there

_SYNTAX = (  # a part of ruamel's message, ours, and a remedy
    (
        "mapping values are not allowed",
        "a `:` where none can stand",
        "quote text that holds `: `, line the key up with the others; or the line above lacks its `:`",
    ),
    ("'\\t' that cannot start", "a tab where spaces are expected", "indent with spaces"),
    (
        "'@' that cannot start",
        "a value cannot begin with @",
        "put it in quotes; a set begins with its repetitions: 5 @ 75 %",
    ),
    (
        "'%' that cannot start",
        "a value cannot begin with %",
        "put it in quotes; a set begins with its repetitions: 5 @ 75 %",
    ),
    ("that cannot start any token", "text cannot start with this character", "put it in quotes"),
    (
        "could not find expected ':'",
        "a line that is neither `key: value` nor a `- ` list entry",
        "check for a missing `:`, and the space after it",
    ),
    (
        "expected <block end>",
        "the line does not fit the indentation above it",
        "line it up with its neighbours",
    ),
    (
        "sequence entries are not allowed",
        "a `- ` list entry where none can stand",
        "start it on a line of its own",
    ),
    ("unexpected ':'", "a `:` where none can stand", "leave a space after it, or quote the text"),
    ("expected ',' or", "a bracket that is not closed, or a missing comma", "check `[` `]` `{` `}` and `,`"),
    ("end of stream", "something is opened and not closed", "check quotes and brackets"),
    ("unexpected document separator", "a quoted text is not closed", "check the quotes"),
    ("escape", "an unknown escape after a backslash in double quotes", "use single quotes"),
    ("found unknown", "an unknown escape after a backslash in double quotes", "use single quotes"),
    ("tag", "tags (`!...`) are not read", "leave the tag out, or quote the text"),
    ("'<document start>'", "text after the end of the document", "check the indentation"),
)


@dataclass(frozen=True)
class Document:
    """A file that was read: its data, and where each part of it stands.

    Attributes
    ----------
    name : str
        The file's name as the user gave it.
    data : Any
        Plain data: dict, list, str, int, float, bool, None, date. Keys are str, or date.
    marks : Mapping
        Line and column (from 1) of each key and list entry by its path; ``()`` is the whole document.
    sha256 : str
        Of the file's bytes, in hexadecimal.
    raw : bytes
        The file's bytes as they were read.
    """

    name: str
    data: Any
    marks: Mapping[tuple[str | int, ...], tuple[int, int]]
    sha256: str
    raw: bytes = field(default=b"", repr=False)

    def locate(self, problem: Problem) -> Problem:
        """Fill in line and column from the longest part of the problem's path that stands in the file."""
        known, _ = self._follow(problem.path)
        line, column = self.marks.get(known, (0, 0))
        return replace(problem, line=line, column=column)

    def place(self, path: tuple[str | int, ...]) -> str:
        """Return "file:line" of a key; empty where the file does not hold it."""
        known, whole = self._follow(path)
        return f"{self.name}:{self.marks[known][0]}" if whole and known else ""

    def _follow(self, path: tuple[str | int, ...]) -> tuple[tuple[str | int, ...], bool]:
        """Return the longest part of a path that stands in the file, and whether that is all of it."""
        known: tuple[str | int, ...] = ()
        for part in path:
            step = (*known, part if isinstance(part, int) else str(part))
            if step not in self.marks:
                step = self._loose.get((*known, _fold(part)), step)
            if step in self.marks:
                known = step
            elif part != 0:  # the model wraps single entries in a list: such a 0 is skipped
                return known, False
        return known, True

    @cached_property
    def _loose(self) -> dict[tuple[str | int, ...], tuple[str | int, ...]]:
        """Paths by a forgiving last key: the file may say `Sunday` where the model says `sun`."""
        return {(*path[:-1], _fold(path[-1])): path for path in self.marks if path}


def _fold(part: str | int) -> str | int:
    if isinstance(part, int):
        return part
    for parse_key in (parse_weekday, parse_day):
        try:
            return str(parse_key(part))
        except ValueError:
            continue
    return str(part).strip().lower()


def read(path: str | Path) -> Document:
    """Read a YAML file into plain data.

    Parameters
    ----------
    path : str or Path
        The file; "-" reads standard input.

    Returns
    -------
    Document
        The data with the place of each part.

    Raises
    ------
    ScenarioFileError
        If there is no such regular file, or it is larger than 1 MB, no UTF-8, no YAML, or beyond the limits.
    """
    return parse(read_bytes(path, MAX_BYTES), str(path))


def parse(raw: bytes, name: str) -> Document:
    """Read YAML bytes with the same guards as `read`.

    Parameters
    ----------
    raw : bytes
        The file's content.
    name : str
        How problems name the file.

    Returns
    -------
    Document
        The data with the place of each part.

    Raises
    ------
    ScenarioFileError
        If the content is too large, no UTF-8, no YAML, or beyond the limits.
    """
    try:
        builder = _build(raw)
    except RefusedError as error:
        raise ScenarioFileError((error.problem,), name) from None
    if builder.problems:
        raise ScenarioFileError(shortened(builder.problems), name)
    return Document(name, builder.data, builder.marks, hashlib.sha256(raw).hexdigest(), raw)


def shortened(problems: list[Problem], most: int = 50) -> tuple[Problem, ...]:
    """Return the problems by line; of more than 50, the last entry counts the rest."""
    ordered = sorted(problems, key=lambda p: (p.line, p.column))
    rest = len(ordered) - most
    if rest <= 0:
        return tuple(ordered)
    last = Problem((), f"{rest} more problem{'s' if rest > 1 else ''} not listed")
    return (*ordered[:most], last)


def _build(raw: bytes) -> Builder:
    text = _text(raw)
    builder = Builder()
    try:
        # The safe type's scanner gathers no comments, which makes it the quicker one; nothing is constructed.
        builder.run(YAML(typ="safe", pure=True).parse(text))
    except MarkedYAMLError as error:
        raise _syntax(error) from None
    except ReaderError as error:
        raise _at(text, error.position, f"the character U+{error.character:04X} cannot stand here") from None
    except RefusedError:
        raise
    except Exception:  # ruamel's scanner trips over some broken files (escapes, versions, directives)
        raise _refused("this cannot be read as YAML") from None
    if builder.data is None:
        raise _refused("the file is empty", "a scenario needs at least `start` and `runs`")
    if not isinstance(builder.data, dict):
        line, column = builder.marks[()]
        message = "the file holds no keys such as `start: 2026-09-07` at its top"
        raise RefusedError(Problem((), message, line=line, column=column))
    return builder


def _text(raw: bytes) -> str:
    if len(raw) > MAX_BYTES:
        raise _refused("the file is larger than 1 MB")
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise _refused("the file is UTF-16, not UTF-8", "save it as UTF-8")
    try:
        text = raw.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8")
        raise _at(
            before, len(before), f"the byte 0x{raw[error.start]:02x} is no UTF-8", "save it as UTF-8"
        ) from None
    for match in re.finditer(rf"[^\r\n]{{{MAX_LINE}}}", text):
        raise _at(text, match.start(), f"the line is longer than {MAX_LINE:,} characters")
    return text


def _syntax(error: Any) -> RefusedError:
    problem, context = str(error.problem or ""), str(error.context or "")
    mark = error.problem_mark or error.context_mark
    # What is never closed is reported where it was opened, not at the end of the file.
    if (
        error.context_mark is not None
        and ("quoted" in context or "flow" in context)
        and ("end of stream" in problem or "stream end" in problem or "separator" in problem)
    ):
        mark = error.context_mark
        problem = "end of stream"
    unknown = ("", "this cannot be read as YAML", "check indentation, quotes and brackets")
    known = (entry for entry in _SYNTAX if entry[0] in problem or (entry[0] == "tag" and "tag" in context))
    _, message, remedy = next(known, unknown)
    line, column = (mark.line + 1, mark.column + 1) if mark is not None else (0, 0)
    return RefusedError(Problem((), message, remedy=remedy, line=line, column=column))


def _refused(message: str, remedy: str = "") -> RefusedError:
    return RefusedError(Problem((), message, remedy=remedy))


def _at(text: str, position: int, message: str, remedy: str = "") -> RefusedError:
    line = text.count("\n", 0, position) + 1
    column = position - (text.rfind("\n", 0, position) + 1) + 1
    return RefusedError(Problem((), message, remedy=remedy, line=line, column=column))
