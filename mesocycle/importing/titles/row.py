"""A row of the table of words: what a runner writes, and what it means."""

from __future__ import annotations

import re
from typing import NamedTuple

from mesocycle.importing.feed import Kind


class Row(NamedTuple):
    """Words, what they mean, and how sure that is; `doubt` ends the sentence "not sure: ..."."""

    words: re.Pattern[str]
    kind: Kind
    confidence: float
    doubt: str = ""


def row_of(kind: Kind, confidence: float, words: str, doubt: str = "", unless: str = "") -> Row:
    """Make a row of whole words; `unless` names words beside which it says nothing."""
    guard = rf"^(?!.*\b(?:{unless})\b).*" if unless else ""
    return Row(re.compile(rf"{guard}(?<!\w)(?:{words})(?!\w)"), kind, confidence, doubt)


RUN = (
    r"(?:run(?!way|time|down)\w*|jog\w*|footing"
    r"|\w*(?<!ab)(?<!ver)(?<!kreis)(?<!be)(?<!vor)l[aä]uf(?!zeit|end|werk|schuh|analyse)\w*)"
    r"(?!-(?:off|up|down|time|rate)\b)"
)
RUNNING = rf"{RUN}|easy|tempo|miles?|km|\d+ ?(?:mi|k|km)|\{{.*"
