"""Reading a plan of any form: the content chooses the reader, the file name decides only in doubt."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo

from mesocycle.files.reading import read_bytes
from mesocycle.files.yaml_source import parse
from mesocycle.importing.calendars.ics import read_ics
from mesocycle.importing.calendars.intervals import looks_like_intervals, read_intervals
from mesocycle.importing.feed import Feed
from mesocycle.importing.tables.records import looks_like_records, read_records
from mesocycle.importing.tables.table import read_table
from mesocycle.importing.tables.week_plan import looks_like_scenario, looks_like_week_plan, read_week_plan
from mesocycle.models.errors import ScenarioFileError

MAX_BYTES = 16_000_000

_FEWER = "export fewer months, or only the training calendar"
_DOWNLOAD = "download it first and give the file: Mesocycle opens no network connection"
_CSV = "save it as CSV, with one row for each run and a column of dates"
_NO_PLAN = "it holds what was run, not what is planned: export the plan as a calendar (.ics) or as CSV"
_FORMS = "a plan is a calendar (.ics), a table (.csv), weeks in YAML, or events of intervals.icu (.json)"

# Of a calendar without an event of these days, so many days before them are looked at.
_PAST_DAYS = 5 * 366
DateOrder = Literal["dmy", "mdy"] | None


@dataclass(frozen=True)
class _Look:
    """The parts of a file that show what it is."""

    raw: bytes
    name: str

    @cached_property
    def text(self) -> str:
        """How it begins."""
        coding = "utf-16" if self.wide else "utf-8"
        return self.raw[:4000].decode(coding, "replace").lstrip("\ufeff \t\r\n")

    @property
    def wide(self) -> bool:
        """Whether it is UTF-16, as Excel's Unicode text is."""
        return self.raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))

    @property
    def is_zip(self) -> bool:
        return self.raw.startswith(b"PK\x03\x04")

    @property
    def ending(self) -> str:
        return Path(self.name).suffix.lower()

    @cached_property
    def data(self) -> Any:
        """Its JSON or YAML data; None if it is neither."""
        try:
            if self.text[:1] in ("[", "{"):
                return json.loads(self.raw)
            if self.ending in (".yaml", ".yml") or re.match(r"(---|#|[\w\"'-]+\s*:(\s|$))", self.text):
                return parse(self.raw, self.name).data
        except (ValueError, RecursionError, ScenarioFileError):
            pass  # the chosen reader reports what is wrong
        return None

    def begins(self, pattern: str) -> bool:
        """Whether its text begins like this."""
        return re.match(pattern, self.text, re.IGNORECASE) is not None

    def has(self, pattern: str) -> bool:
        """Whether its first lines hold this."""
        return re.search(pattern, self.text, re.IGNORECASE) is not None

    def is_planned(self) -> bool:
        """Whether it is what `solve` wrote."""
        return isinstance(self.data, dict) and {"status", "sessions"} <= set(self.data)


@dataclass(frozen=True)
class _ReadOptions:
    """What readers need beside the file."""

    first: date
    last: date
    zone: ZoneInfo | None
    date_order: DateOrder
    today: date | None


@dataclass(frozen=True)
class _Refused:
    """A file that is no plan: what it is, and what to do instead."""

    what: str
    remedy: str


_Test = Callable[[_Look], bool]
_Reader = Callable[[_Look, _ReadOptions], Feed]


def _ics(look: _Look, options: _ReadOptions) -> Feed:
    feed = read_ics(look.raw, look.name, first=options.first, last=options.last, zone=options.zone)
    if feed.events:
        return feed
    # One that is over is still read, so that it can be said when it was.
    first = options.first - timedelta(days=_PAST_DAYS)
    return read_ics(look.raw, look.name, first=first, last=options.last, zone=options.zone)


def _events(look: _Look, options: _ReadOptions) -> Feed:
    return read_intervals(look.raw, look.name)


def _records(look: _Look, options: _ReadOptions) -> Feed:
    return read_records(look.data, look.name, options.date_order, options.today)


def _weeks(look: _Look, options: _ReadOptions) -> Feed:
    return read_week_plan(look.raw, look.name)


def _table(look: _Look, options: _ReadOptions) -> Feed:
    return read_table(look.raw, look.name, options.date_order, options.today)


# The first row that fits decides: content first, then the name.
_SIGNATURES: tuple[tuple[_Test, _Reader | _Refused], ...] = (
    (lambda f: not f.raw.strip(), _Refused("the file is empty", _FORMS)),
    (lambda f: f.begins("BEGIN:VCALENDAR"), _ics),
    (lambda f: f.begins(r"(webcals?|https?):/"), _Refused("this is a link, not a plan", _DOWNLOAD)),
    (lambda f: f.begins(r"\[InternetShortcut\]"), _Refused("this is a link, not a plan", _DOWNLOAD)),
    (lambda f: f.is_zip and b"xl/workbook" in f.raw, _Refused("this is an Excel workbook", _CSV)),
    (lambda f: f.raw.startswith(b"\xd0\xcf\x11\xe0"), _Refused("this is an old Office file", _CSV)),
    (lambda f: f.is_zip and b"opendocument" in f.raw[:200], _Refused("this is an OpenDocument", _CSV)),
    (lambda f: f.is_zip and b"word/document" in f.raw, _Refused("this is a Word document", _CSV)),
    (lambda f: f.is_zip, _Refused("this is a zip archive", "unpack it and give a file of it")),
    (lambda f: f.raw.startswith(b"\x1f\x8b"), _Refused("this is a gzip archive", "unpack it first")),
    (lambda f: f.raw[8:12] == b".FIT", _Refused("this is a FIT file", _NO_PLAN)),
    (lambda f: f.begins("%PDF-"), _Refused("this is a PDF", "copy its table into a spreadsheet and " + _CSV)),
    (lambda f: f.begins(r"\{\\rtf"), _Refused("this is a formatted text (RTF)", _CSV)),
    (
        lambda f: f.raw.startswith((b"\x89PNG", b"\xff\xd8\xff", b"GIF8")),
        _Refused("this is a picture", "copy the plan into a spreadsheet and " + _CSV),
    ),
    (
        lambda f: f.begins("<") and f.has("<TrainingCenterDatabase"),
        _Refused("this is a TCX file", _NO_PLAN),
    ),
    (lambda f: f.begins("<") and f.has("<gpx"), _Refused("this is a GPX file", _NO_PLAN)),
    (
        lambda f: f.begins("<") and f.has("<workout_file"),
        _Refused("this is a single workout (ZWO)", "export the whole plan as a calendar (.ics)"),
    ),
    (
        lambda f: f.begins(r"<(!doctype\s+html|html|head|body|meta|table)\b"),
        _Refused(
            "this is a web page", "the link may want a log-in: download the calendar (.ics) or table itself"
        ),
    ),
    (lambda f: f.begins(r"<[?!\w]"), _Refused("this is XML", _FORMS)),
    (lambda f: b"\0" in f.raw[:4000] and not f.wide, _Refused("this is no text", _FORMS)),
    (lambda f: looks_like_intervals(f.data), _events),
    (lambda f: looks_like_records(f.data), _records),
    (
        lambda f: looks_like_scenario(f.data),
        _Refused("this is a scenario already", "nothing is to be imported: give it to mesocycle solve"),
    ),
    (
        lambda f: f.is_planned(),
        _Refused("this is a planned block already", "give it to mesocycle export, or audit"),
    ),
    (lambda f: looks_like_week_plan(f.data), _weeks),
    (lambda f: f.ending in (".ics", ".ical", ".ifb"), _ics),
    (lambda f: f.ending in (".yaml", ".yml"), _weeks),
    (lambda f: f.ending == ".json" or f.text[:1] in ("[", "{"), _events),
    (lambda f: f.ending in (".csv", ".tsv", ".txt"), _table),
    (lambda f: f.has(r"\A[^\n]*[,;\t|]"), _table),
    (lambda f: True, _Refused("this is no plan that Mesocycle knows", _FORMS)),
)


def read_plan(
    path: str | Path,
    *,
    first: date,
    last: date,
    zone: ZoneInfo | None = None,
    date_order: DateOrder = None,
    today: date | None = None,
) -> Feed:
    """Read a plan from a file of any known form.

    Parameters
    ----------
    path : str or Path
        The file; "-" reads standard input.
    first, last : date
        The days of a calendar to look at, both included.
    zone : ZoneInfo, optional
        The runner's; a calendar's own if left out.
    date_order : "dmy" or "mdy", optional
        What 03/04/2026 means in a table.
    today : date, optional
        Dates of a table without a year are taken near it.

    Returns
    -------
    Feed
        The plan's events.

    Raises
    ------
    ScenarioFileError
        If it cannot be read, is too large, or is no plan; the problem names what it is and what to do.
    """
    look = _Look(plan_bytes(path), str(path))
    chosen = next(action for test, action in _SIGNATURES if test(look))
    if isinstance(chosen, _Refused):
        raise ScenarioFileError.of(look.name, chosen.what, chosen.remedy)
    return chosen(look, _ReadOptions(first, last, zone, date_order, today))


def plan_bytes(path: str | Path) -> bytes:
    """Read a file with every guard.

    Parameters
    ----------
    path : str or Path
        The file; "-" reads standard input.

    Returns
    -------
    bytes
        Its content, at most 16 MB.

    Raises
    ------
    ScenarioFileError
        If there is no such regular file, it is a link into the network, or it is too large.
    """
    name = str(path)
    if re.match(r"(webcals?|https?):/", name, re.IGNORECASE):
        raise ScenarioFileError.of(name, "this is a link, not a file", _DOWNLOAD)
    return read_bytes(path, MAX_BYTES, _FEWER)
