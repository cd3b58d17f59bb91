"""A log that is a list in JSON: its entries one by one, so that a broken end costs no other."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from mesocycle.importing.logs.findings import Findings

MOST_ENTRIES = 200_000
_SPACE = re.compile(r"[ \t\r\n]*")
# More digits than any number of a log has.
_MOST_DIGITS = 20


def _whole(digits: str) -> float:
    return int(digits) if len(digits) <= _MOST_DIGITS else float("inf")


_DECODER = json.JSONDecoder(parse_int=_whole)


def entries_of(text: str, findings: Findings) -> Iterator[tuple[int, Any]]:
    """The entries of a list, or an object by itself, each with its line.

    Parameters
    ----------
    text : str
        JSON, perhaps cut off.
    findings : Findings
        Is told where it cannot be read any further.

    Returns
    -------
    iterator of (int, object)
        Numbers in them may be infinite, or none.
    """
    at = _after_space(text, 0)
    if text[at : at + 1] == "[":
        at = _after_space(text, at + 1)
    line, counted = 1 + text.count("\n", 0, at), at
    for _ in range(MOST_ENTRIES):
        if text[at : at + 1] in ("]", ""):
            break
        try:
            value, end = _DECODER.raw_decode(text, at)
        except (ValueError, RecursionError):
            findings.cut_off(f"line {line}")
            return
        yield line, value
        at = _after_space(text, end)
        if text[at : at + 1] == ",":
            at = _after_space(text, at + 1)
        line, counted = line + text.count("\n", counted, at), at
    if text.lstrip()[:1] == "[" and text[at : at + 1] != "]":
        findings.cut_off("its list")


def _after_space(text: str, at: int) -> int:
    match = _SPACE.match(text, at)
    return match.end() if match else at
