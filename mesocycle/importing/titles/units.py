"""Which unit a plan counts in, where nothing but its words tells."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice
from typing import Literal

from mesocycle.importing.titles.cleaning import MOST_READ

# So many texts tell which unit a plan counts in.
MOST_LOOKED_AT = 5_000

# "Mi" alone is a Wednesday in German.
_MILES = re.compile(r"(?<![^\W\d_])(?:mi|(?i:miles?))\b|(?i:\d[\s-]?mi)\b|(?<![\d.:hH])(?:1?\d|2[0-6])M\b")
_KM = re.compile(r"(?<![^\W\d_])(?:kms?|kilomet\w*)\b", re.IGNORECASE)


def units_of(texts: Iterable[str]) -> Literal["km", "mi", ""]:
    """Find the unit that most of the texts name.

    Parameters
    ----------
    texts : iterable of str
        Titles, or the cells of a table.

    Returns
    -------
    str
        "km" or "mi"; "" where none of them names one.
    """
    miles = km = 0
    for text in islice(texts, MOST_LOOKED_AT):
        text = text[:MOST_READ]
        miles += bool(_MILES.search(text))
        km += bool(_KM.search(text))
    if miles or km:
        return "mi" if miles > km else "km"
    return ""
