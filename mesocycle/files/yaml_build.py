"""From YAML's events to plain data, with limits checked at every event.

ruamel's parser yields events one by one and never recurses, so a hostile file is refused before anything
is composed from it. Scalars follow YAML 1.2: `6:30`, `on` and `yes` stay text.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from mesocycle.models.errors import Problem
from mesocycle.models.names import hidden_character

MAX_DEPTH = 20
MAX_NODES = 50_000
MAX_ALIASES = 100
MAX_DIGITS = 18  # more than any count or distance, and far below what overflows a float

Path = tuple[str | int, ...]
Marks = dict[Path, tuple[int, int]]

_WORDS: dict[str, Any] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_INTEGER = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", re.ASCII)
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", re.ASCII)
_NOT_FINITE = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
# Escapes in double quotes can smuggle in what YAML forbids elsewhere: terminal codes, lone surrogates.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


class RefusedError(Exception):
    """Something in the file that is never read; carries its Problem."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


@dataclass
class _Frame:
    """A list or mapping that is still open."""

    value: Any
    path: Path
    anchor: str | None
    key: Any = None  # the mapping key that waits for its value
    waits: bool = False
    seen: dict[str, int] = field(default_factory=dict)  # keys so far, and their lines


@dataclass
class Builder:
    """Builds data and marks from one document's events.

    Attributes
    ----------
    data : Any
        The finished data: dict, list, str, int, float, bool, None, date. Keys are text as written, or dates.
    marks : dict
        Line and column (from 1) of each key and list entry, by path; the whole document is at ``()``.
    problems : list of Problem
        What does not stop the reading: repeated keys.
    """

    data: Any = None
    marks: Marks = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    documents: int = 0
    _nodes: int = 0
    _aliases: int = 0
    _open_anchors: int = 0
    _anchors: dict[str, Any] = field(default_factory=dict)
    _stack: list[_Frame] = field(default_factory=list)

    def run(self, events: Iterable[Any]) -> None:
        """Take all events; raises `RefusedError` at the first that breaks a limit."""
        for event in events:
            if isinstance(event, ScalarEvent):
                self._scalar(event)
            elif isinstance(event, (MappingStartEvent, SequenceStartEvent)):
                self._begin(event)
            elif isinstance(event, (MappingEndEvent, SequenceEndEvent)):
                self._end()
            elif isinstance(event, AliasEvent):
                self._alias(event)
            elif isinstance(event, DocumentStartEvent):
                self._document(event)

    def _document(self, event: Any) -> None:
        self.documents += 1
        if self.documents > 1:
            raise self._refused(
                event, "a second document starts here", "leave out the `---` line: one file, one scenario"
            )
        if event.tags or (event.version is not None and str(event.version) not in ("1.2", "(1, 2)")):
            raise self._refused(
                event, "the file starts with a % line", "leave it out; files are read as YAML 1.2"
            )

    def _scalar(self, event: Any) -> None:
        self._count(event)
        control = _CONTROL.search(event.value)
        if control:
            raise self._refused(
                event, f"the text holds the control character U+{ord(control[0]):04X}", "leave it out"
            )
        frame = self._stack[-1] if self._stack else None
        plain = event.implicit[0]
        if frame is not None and isinstance(frame.value, dict) and not frame.waits:
            value: Any = self._take_key(frame, event, plain)
        else:
            value = self._resolve(event) if plain else event.value
            self._place(value, event)
        if event.anchor:
            self._anchors[event.anchor] = value

    def _take_key(self, frame: _Frame, event: Any, plain: bool) -> str | date:
        text: str = event.value
        if plain and text == "<<":
            raise self._refused(event, "merge keys (`<<`) are not read", "write the values out")
        if not text:
            raise self._refused(event, "a key is missing before the `:`")
        hidden = hidden_character(text)
        if hidden:
            raise self._refused(event, f"a key holds the invisible character {hidden}", "leave it out")
        key = (_date(text) if plain else None) or text
        mark = (event.start_mark.line + 1, event.start_mark.column + 1)
        path = (*frame.path, str(key))
        if str(key) in frame.seen:
            self.problems.append(
                Problem(
                    path,
                    f"the key `{key}` stands here twice: first in line {frame.seen[str(key)]}, "
                    f"again in line {mark[0]}",
                    remedy="leave one of the two out",
                    line=mark[0],
                    column=mark[1],
                )
            )
        frame.seen.setdefault(str(key), mark[0])
        self.marks.setdefault(path, mark)
        frame.key, frame.waits = key, True
        return key

    def _begin(self, event: Any) -> None:
        self._count(event)
        if len(self._stack) >= MAX_DEPTH:
            raise self._refused(event, f"the nesting is deeper than {MAX_DEPTH}")
        self._no_key(event, "a list or a mapping cannot be a key")
        value: Any = {} if isinstance(event, MappingStartEvent) else []
        path = self._place(value, event)
        self._open_anchors += bool(event.anchor)
        self._stack.append(_Frame(value, path, event.anchor))

    def _end(self) -> None:
        frame = self._stack.pop()
        if frame.anchor:
            self._open_anchors -= 1
            self._anchors[frame.anchor] = frame.value

    def _alias(self, event: Any) -> None:
        self._count(event)
        self._no_key(event, "an alias cannot be a key")
        self._aliases += 1
        if self._aliases > MAX_ALIASES:
            raise self._refused(
                event, f"the file has more than {MAX_ALIASES} aliases", "write the values out"
            )
        # With this, no alias can hold another one: expansion cannot multiply, and nothing holds itself.
        if self._open_anchors:
            raise self._refused(event, f"the alias `*{event.anchor}` stands inside an anchored part")
        if event.anchor not in self._anchors:
            raise self._refused(event, f"there is no `&{event.anchor}` above for the alias `*{event.anchor}`")
        # A copy, so that changing one place (as what-ifs do) never changes another.
        self._place(self._copy(self._anchors[event.anchor], event, len(self._stack)), event)

    def _copy(self, value: Any, event: Any, depth: int) -> Any:
        if not isinstance(value, (dict, list)):
            return value
        if depth >= MAX_DEPTH:
            raise self._refused(event, f"the nesting is deeper than {MAX_DEPTH}")
        self._count(event, len(value) * (2 if isinstance(value, dict) else 1))
        if isinstance(value, dict):
            return {key: self._copy(item, event, depth + 1) for key, item in value.items()}
        return [self._copy(item, event, depth + 1) for item in value]

    def _place(self, value: Any, event: Any) -> Path:
        """Put a value where it belongs, and return its path."""
        mark = (event.start_mark.line + 1, event.start_mark.column + 1)
        if not self._stack:
            self.data = value
            self.marks[()] = mark
            return ()
        frame = self._stack[-1]
        if isinstance(frame.value, dict):
            frame.waits = False
            frame.value.setdefault(frame.key, value)
            return (*frame.path, str(frame.key))
        path = (*frame.path, len(frame.value))
        frame.value.append(value)
        self.marks[path] = mark
        return path

    def _no_key(self, event: Any, message: str) -> None:
        frame = self._stack[-1] if self._stack else None
        if frame is not None and isinstance(frame.value, dict) and not frame.waits:
            raise self._refused(event, message, "a key is plain text, or a date")

    def _count(self, event: Any, more: int = 1) -> None:
        self._nodes += more
        if self._nodes > MAX_NODES:
            raise self._refused(event, f"the file holds more than {MAX_NODES:,} values", "split it")
        tag = getattr(event, "tag", None)
        if tag is not None:
            raise self._refused(event, "tags (`!...`) are not read", "leave the tag out, or quote the text")

    def _resolve(self, event: Any) -> Any:
        text: str = event.value
        if text in _WORDS:
            return _WORDS[text]
        if text[0] not in "0123456789+-.":
            return text
        if _INTEGER.fullmatch(text):
            if len(text) > MAX_DIGITS:
                raise self._refused(
                    event, f"a number has more than {MAX_DIGITS} digits", "quote it if it is text"
                )
            return int(text, 0) if text[:2] in ("0o", "0x") else int(text)
        if _FLOAT.fullmatch(text) or _NOT_FINITE.fullmatch(text):
            number = float(text) if text.strip("+-")[:2].lower() not in (".i", ".n") else math.inf
            if not math.isfinite(number):
                raise self._refused(event, f"`{text[:40]}` is no finite number", "quote it if it is text")
            return number
        return _date(text) or text

    def _refused(self, event: Any, message: str, remedy: str = "") -> RefusedError:
        path: Path = ()
        if self._stack:
            frame = self._stack[-1]
            path = (*frame.path, str(frame.key)) if frame.waits else frame.path
        mark = event.start_mark
        return RefusedError(Problem(path, message, remedy=remedy, line=mark.line + 1, column=mark.column + 1))


def _date(text: str) -> date | None:
    if not _DATE.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None  # stays text: the model says that there is no such day
