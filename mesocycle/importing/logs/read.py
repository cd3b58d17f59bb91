"""Reading a training log of any app: what the file holds chooses the reader, never its name."""

from __future__ import annotations

import codecs
import io
from pathlib import Path
from typing import BinaryIO
from zoneinfo import ZoneInfo

from mesocycle.files.reading import open_file, read_bytes
from mesocycle.files.safe_text import shown
from mesocycle.importing.logs.apple_health import MOST_BYTES, Readable, read_apple_health
from mesocycle.importing.logs.archive import open_log
from mesocycle.importing.logs.findings import Findings
from mesocycle.importing.logs.fitnotes import FITNOTES, FITNOTES_IOS
from mesocycle.importing.logs.garmin import GARMIN
from mesocycle.importing.logs.hevy import HEVY
from mesocycle.importing.logs.intervals import APP as INTERVALS_APP
from mesocycle.importing.logs.intervals import INTERVALS, WELLNESS, read_intervals
from mesocycle.importing.logs.liftosaur import LIFTOSAUR
from mesocycle.importing.logs.log import Log, LoggedRun, LoggedWorkout, Unit
from mesocycle.importing.logs.rows import find_format, no_format, read_rows
from mesocycle.importing.logs.strava import STRAVA, STRAVA_OLD
from mesocycle.importing.logs.strong import STRONG
from mesocycle.importing.logs.stronglifts import STRONGLIFTS
from mesocycle.importing.logs.table import LogOptions, Records, TableFormat
from mesocycle.importing.tables.cells import decoded
from mesocycle.importing.titles.cleaning import one_line
from mesocycle.models.errors import ScenarioFileError

MAX_BYTES = 16_000_000
# The first that fits decides.
TABLES: tuple[TableFormat, ...] = (
    HEVY,
    STRONG,
    STRAVA,
    STRAVA_OLD,
    GARMIN,
    FITNOTES_IOS,
    FITNOTES,
    INTERVALS,
    WELLNESS,
    LIFTOSAUR,
    STRONGLIFTS,
)
_FEWER = "export fewer years"
_MOST_COLUMNS_TOLD = 8
_LOOKED_AT = 1000


def read_log(path: str | Path, *, zone: ZoneInfo, units: str = "", date_order: str = "") -> Log:
    """Read a training log from a file of any known app.

    Parameters
    ----------
    path : str or Path
        The file; "-" reads standard input.
    zone : ZoneInfo
        The runner's: times that the file has in UTC are put on its clock, others stay.
    units : str
        "kg" or "lb", "km" or "mi", or one of each with a space between: of numbers whose unit the file does
        not tell. With "lb" alone, distances are in miles.
    date_order : str
        "dmy" or "mdy": what 03/04/2026 means where no other date of the file tells.

    Returns
    -------
    Log
        Its workouts, runs and days, and notes about what was left out.

    Raises
    ------
    ScenarioFileError
        If there is no such file, it is too large, of no known app, or nothing in it can be read.
    """
    file = str(path)
    options = _options(file, zone, units, date_order)
    with _opened(path) as stream:
        return _read(stream, file, options)


def _opened(path: str | Path) -> BinaryIO:
    if str(path) == "-":
        return io.BytesIO(read_bytes(path, MAX_BYTES, _FEWER))
    return open_file(path, MOST_BYTES, _FEWER)


def _read(stream: BinaryIO, file: str, options: LogOptions) -> Log:
    head = stream.read(_LOOKED_AT)
    stream.seek(0)
    if head.startswith(b"PK\x03\x04"):
        inner, is_xml = open_log(stream, file)
        return _xml(inner, file, options) if is_xml else _fit(_all_of(inner, file), file, options)
    if _is_xml(head):
        return _xml(stream, file, options)
    raw = _all_of(stream, file)
    if head[8:12] == b".FIT":
        return _fit(raw, file, options)
    text, notes = decoded(_without_nul(raw), file)
    if not text.strip():
        raise ScenarioFileError.of(file, "the file is empty", "export it again")
    findings = Findings(notes=list(notes))
    read = _json if text.lstrip()[:1] in ("[", "{") else _table
    return read(text, file, options, findings)


def _all_of(stream: Readable, file: str) -> bytes:
    """All that a file holds, where that is no XML.

    Raises
    ------
    ScenarioFileError
        If it is larger than a file may be.
    """
    raw = stream.read(MAX_BYTES + 1)
    if len(raw) > MAX_BYTES:
        raise ScenarioFileError.of(file, f"the file is larger than {MAX_BYTES // 10**6} MB", _FEWER)
    return raw


def _is_xml(head: bytes) -> bool:
    wide = head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return head.decode("utf-16" if wide else "utf-8", "replace").lstrip("\ufeff \t\r\n").startswith("<")


def _xml(stream: Readable, file: str, options: LogOptions) -> Log:
    findings = Findings()
    return _log("Apple Health", file, read_apple_health(stream, file, options, findings), findings)


def _without_nul(raw: bytes) -> bytes:
    """The same with a mark for each NUL, where a file of text has a few: they would make it no text."""
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or raw.count(b"\0") > len(raw) / 100:
        return raw
    return raw.replace(b"\0", "\ufffd".encode())


def _options(file: str, zone: ZoneInfo, units: str, date_order: str) -> LogOptions:
    words = set(units.replace(",", " ").split())
    if not words <= {"kg", "lb", "km", "mi"} or {"kg", "lb"} <= words or {"km", "mi"} <= words:
        raise ScenarioFileError.of(file, "the units are unknown", "kg or lb, km or mi", value=units)
    if date_order not in ("", "dmy", "mdy"):
        raise ScenarioFileError.of(file, "the order of dates is unknown", "dmy or mdy", value=date_order)
    weight: Unit | None = "kg" if "kg" in words else "lb" if "lb" in words else None
    far = "km" if "km" in words else "mi" if "mi" in words else {"kg": "km", "lb": "mi"}.get(weight or "", "")
    return LogOptions(zone, weight, far, date_order)


def _fit(raw: bytes, file: str, options: LogOptions) -> Log:
    from mesocycle.importing.logs.fit import read_fit  # with a library that others do without

    findings = Findings()
    return _log("FIT", file, read_fit(raw, options, findings), findings)


def _json(text: str, file: str, options: LogOptions, findings: Findings) -> Log:
    records = read_intervals(text, options, findings)
    if records is None and "".join(text[:100].split()) == "[]":
        raise ScenarioFileError.of(file, "the list is empty", "export it again")
    if records is None:
        wrong = "the data is neither a list of activities nor of days of wellness"
        remedy = f"what {INTERVALS_APP} lists: activities or wellness, as JSON or CSV"
        raise ScenarioFileError.of(file, wrong, remedy, value=shown(text[:200]))
    return _log(INTERVALS_APP, file, records, findings)


def _table(text: str, file: str, options: LogOptions, findings: Findings) -> Log:
    found = find_format(text, TABLES)
    if found is None:
        raise no_format(text, file, list(dict.fromkeys(one.app for one in TABLES)))
    form, delimiter, at = found
    table = read_rows(text, delimiter, at, file, findings)
    records = form.read(table, options, findings)
    return _log(form.app, file, records, findings, form.unknown(table))


def _log(app: str, file: str, records: Records, findings: Findings, unknown: tuple[str, ...] = ()) -> Log:
    """The log of what was read.

    Raises
    ------
    ScenarioFileError
        If that is nothing.
    """
    if not (records.workouts or records.runs or records.wellness):
        raise _nothing(app, file, findings)
    if unknown:
        told = ", ".join(one_line(name, 30) for name in unknown[:_MOST_COLUMNS_TOLD])
        rest = len(unknown) - _MOST_COLUMNS_TOLD
        more = f" and {rest} more" if rest > 0 else ""
        findings.note(f"Columns that {app} is not known for were not read: {told}{more}.")
    return Log(
        app=app,
        workouts=tuple(sorted(records.workouts, key=_when)),
        runs=tuple(sorted(records.runs, key=_when)),
        wellness=tuple(sorted(records.wellness, key=lambda day: day.date)),
        notes=findings.all(),
        unknown_columns=unknown,
        left_out=findings.left_out,
        truncated=findings.truncated,
    )


def _when(record: LoggedWorkout | LoggedRun) -> tuple[object, ...]:
    """By date, start and identity, whatever the order of the file."""
    return record.date, -1 if record.start is None else record.start, record.id


def _nothing(app: str, file: str, findings: Findings) -> ScenarioFileError:
    if not findings.left_out:
        return ScenarioFileError.of(
            file, f"this is an export of {app} without a single entry", "export it again"
        )
    first = findings.told[0].removesuffix(" It was left out.")
    count = f"{findings.left_out:,} entries" if findings.left_out > 1 else "one entry"
    wrong = f"this is an export of {app}, but none of it can be read: {count}"
    return ScenarioFileError.of(
        file, wrong, "export it again, and do not open it in a spreadsheet", value=first
    )
