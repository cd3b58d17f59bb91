"""Files that are no scenario but something else that is known, and the command that takes them."""

from __future__ import annotations

import json
from pathlib import PurePath

from mesocycle.models.errors import ScenarioFileError

# By how a file begins, and by its name; what is said of it, and what to do with it ({} is its name).
_IMPORT = "`mesocycle import {}` makes a scenario of it"
_BEGINS = (
    (b"BEGIN:VCALENDAR", "this is a calendar", _IMPORT),
    (b"<!doctype html", "this is a web page", "the scenario it was made from is a YAML file"),
    (b"<html", "this is a web page", "the scenario it was made from is a YAML file"),
)
_RECORDED = (
    "this is a recorded run",
    "a scenario holds planned runs: `mesocycle import` takes a plan as .ics, .csv or YAML",
)
_SUFFIXES = {
    ".ics": ("this is a calendar", _IMPORT),
    ".csv": ("this is a table", _IMPORT),
    ".tsv": ("this is a table", _IMPORT),
    ".fit": _RECORDED,
    ".gpx": _RECORDED,
    ".tcx": _RECORDED,
}
_PLAN = ("this is a planned block", "`mesocycle audit SCENARIO {}` judges it beside its scenario")


def refuse_foreign(raw: bytes, name: str) -> None:
    """Refuse a file that is something else than a scenario.

    Raises
    ------
    ScenarioFileError
        With what it is, and the command that takes it.
    """
    start = raw.lstrip(b"\xef\xbb\xbf \r\n\t")[:200].lower()
    kinds = [(what, remedy) for begin, what, remedy in _BEGINS if start.startswith(begin.lower())]
    if start.startswith(b"{") and _is_plan(raw):
        kinds.append(_PLAN)
    suffix = PurePath(name).suffix.lower()
    if suffix in _SUFFIXES:
        kinds.append(_SUFFIXES[suffix])
    if kinds:
        what, remedy = kinds[0]
        raise ScenarioFileError.of(name, f"{what}, not a scenario", remedy.format(name))


def _is_plan(raw: bytes) -> bool:
    try:
        data = json.loads(raw)
    except (ValueError, RecursionError):
        return False
    return isinstance(data, dict) and "runs" not in data and {"status", "plan"} <= set(data)
