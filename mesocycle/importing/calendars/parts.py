"""An iCalendar file cut into its events and zone definitions, each with the line where it begins.

Cutting is no parsing: the library gets the lines unchanged, one component at a time.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import Any

from icalendar import Calendar, Component

from mesocycle.files.safe_text import shown
from mesocycle.models.errors import Problem, ScenarioFileError

_BORDER = re.compile(r"(BEGIN|END):([A-Za-z0-9-]+)[ \t]*", re.IGNORECASE)
_NAME = re.compile(r"^X-WR-CALNAME(?=[;:])(?![^:]*;VALUE=)", re.IGNORECASE)
MAX_LINES = 600_000  # more than 16 MB of any real calendar have
_MOST_HEAD = 200  # lines of a calendar's own; its name and zone are among the first
_CUT_OFF = "the file may be cut off: export or download it again"


@dataclass(frozen=True)
class Part:
    """A component of a calendar, as its file has it.

    Attributes
    ----------
    kind : str
        VEVENT or VTIMEZONE; others are not kept.
    line : int
        Where it begins.
    text : str
        Its lines; an event's without what is nested in it, such as alarms.
    """

    kind: str
    line: int
    text: str

    @property
    def title(self) -> str:
        """An event's title, roughly: for naming one that cannot be read."""
        match = re.search(r"^SUMMARY[^:\n]*:(.{0,200})", self.text, re.MULTILINE | re.IGNORECASE)
        return match[1].strip() if match else "(no title)"


@dataclass(frozen=True)
class Parts:
    """One VCALENDAR of a file.

    Attributes
    ----------
    head : Component
        The calendar's own properties.
    parts : tuple of Part
        Its events and zone definitions.
    """

    head: Component
    parts: tuple[Part, ...]


def calendars(raw: bytes, name: str) -> tuple[Parts, ...]:
    """Cut a file into its calendars.

    Raises
    ------
    ScenarioFileError
        If it is no UTF-8, no calendar, or something in it has no end.
    """
    lines = _text(raw, name).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if len(lines) > MAX_LINES:
        remedy = f"at most {MAX_LINES:,} are read: export fewer months"
        raise ScenarioFileError((Problem((), f"the calendar has {len(lines):,} lines", remedy=remedy),), name)
    cutter = _Cutter(name)
    for number, line in enumerate(lines, 1):
        cutter.take(number, line)
    return cutter.result()


class _Cutter:
    """The calendars of a file, from its lines one by one."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._calendars: list[Parts] = []
        self._open: list[tuple[str, int]] = []  # components without an end yet, and where they begin
        self._head: list[str] = []
        self._lines: list[str] = []  # of the component that is kept
        self._parts: list[Part] = []

    def take(self, number: int, line: str) -> None:
        """Take the next line."""
        border = _BORDER.fullmatch(line)
        edge, kind = (border[1].upper(), border[2].upper()) if border else ("", "")
        if edge == "BEGIN":
            if not self._open and kind != "VCALENDAR":
                raise _wrong(f"{kind} stands outside of a calendar", line, number, self._name)
            self._open.append((kind, number))
        elif not self._open:
            if line.strip() and not self._calendars:
                remedy = "its first line is BEGIN:VCALENDAR"
                raise _wrong("this is no calendar", line, number, self._name, remedy)
            return
        self._keep(line, kind)
        if edge == "END":
            self._end(kind)

    def _keep(self, line: str, kind: str) -> None:
        depth = len(self._open)
        if depth == 2 or (depth > 2 and self._open[1][0] == "VTIMEZONE"):
            self._lines.append(line)
        elif depth == 1 and len(self._head) < _MOST_HEAD and kind != "VCALENDAR":
            self._head.append(line)

    def _end(self, kind: str) -> None:
        opened, begin = self._open[-1]
        if kind != opened:
            raise _unended((opened, begin), self._name)
        self._open.pop()
        if len(self._open) == 1:
            if kind in ("VEVENT", "VTIMEZONE"):
                self._parts.append(Part(kind, begin, "\n".join(self._lines) + "\n"))
            self._lines = []
        elif not self._open:
            self._calendars.append(Parts(_head(self._head), tuple(self._parts)))
            self._head, self._parts = [], []

    def result(self) -> tuple[Parts, ...]:
        """The calendars, once all lines are taken."""
        if self._open:
            raise _unended(self._open[-1], self._name)
        if not self._calendars:
            raise ScenarioFileError((Problem((), "the file is empty"),), self._name)
        return tuple(self._calendars)


def all_of(component: Component, key: str) -> list[Any]:
    """All values of a property: the library gives a list only where there are several."""
    value = component.get(key)
    return [] if value is None else value if isinstance(value, list) else [value]


def text_of(component: Component, key: str) -> str:
    """A property's text, the first of several; empty if there is none."""
    values = all_of(component, key)
    return str(values[0]).strip() if values else ""


def _head(lines: list[str]) -> Component:
    # The standard does not know the name's property, so it is marked as text for the library.
    lines = [_NAME.sub(r"\g<0>;VALUE=TEXT", line) for line in lines]
    try:
        return Calendar.from_ical("\n".join(["BEGIN:VCALENDAR", *lines, "END:VCALENDAR", ""]))
    except Exception:  # its own properties are a name and a zone: nice to know
        return Calendar()


def _text(raw: bytes, name: str) -> str:
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise ScenarioFileError((Problem((), "the file is UTF-16", remedy="save it as UTF-8"),), name)
    try:
        return raw.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        column = error.start - raw.rfind(b"\n", 0, error.start)
        message = f"the byte 0x{raw[error.start]:02x} is no UTF-8"
        raise ScenarioFileError(
            (Problem((), message, remedy="save it as UTF-8", line=line, column=column),), name
        ) from None


def _unended(opened: tuple[str, int], name: str) -> ScenarioFileError:
    kind, line = opened
    message = f"the {shown(kind)[1:-1]} that begins here has no END:{shown(kind)[1:-1]}"
    return ScenarioFileError((Problem((), message, remedy=_CUT_OFF, line=line, column=1),), name)


def _wrong(message: str, value: str, line: int, name: str, remedy: str = "") -> ScenarioFileError:
    return ScenarioFileError((Problem((), message, shown(value), remedy, line, 1),), name)
