"""A fixed run in words: a title that says what it is and how far it goes."""

from __future__ import annotations

import re

from mesocycle.files.safe_text import visible
from mesocycle.models.plan import CalendarRun
from mesocycle.models.training import METRES_PER_MILE

# The word that tells the type, as runners write it, and the whole title where they wrote none.
TITLES = {
    "recovery": "Recovery run",
    "easy": "Easy run",
    "moderate": "Moderate run",
    "long": "Long run",
    "tempo": "Tempo run",
    "threshold": "Threshold run",
    "intervals": "Intervals",
    "hills": "Hills",
    "progression": "Progression run",
    "race": "Race",
    "cross": "Cross-training",
    "rest": "Rest day",
}
_LENGTH = re.compile(r"(\d{1,4}(?:[.,]\d{1,3})?)\s?(km|k|mi|miles?)\b")
# People round: 10 km are 6.2 miles.
SAME = 0.02


def run_title(run: CalendarRun, units: str) -> str:
    """What a run is, and how far it goes: "Tempo run, 10 km", "Track night (intervals), 12 km"."""
    usual = _usual(run)
    own = visible(run.title)
    known = re.search(rf"\b{re.escape(run.type)}\b", own, re.IGNORECASE)
    told = own if not own or known else f"{own} ({usual.lower()})"
    # Beside other numbers the length would look like one more part of the run.
    whole = " in total" if re.search(r"\d", own) else ""
    if own and _tells(own, run.distance_km):
        return told
    return f"{told or usual}, {distance(run.distance_km, units) or f'{run.minutes} min'}{whole}"


def _tells(title: str, km: float | None) -> bool:
    """Whether a title says how far the run goes, and names no other length."""
    found = ((float(one[1].replace(",", ".")), one[2]) for one in _LENGTH.finditer(title.lower()))
    lengths = [number * (METRES_PER_MILE / 1000 if unit.startswith("mi") else 1) for number, unit in found]
    return km is not None and len(lengths) == 1 and abs(lengths[0] - km) <= SAME * km


def run_text(run: CalendarRun, units: str) -> str:
    """All that is known of a run: "Tempo run, 10 km, 50 min. A key run: lifts keep clear of it."."""
    told = ", ".join(filter(None, (_usual(run), distance(run.distance_km, units), f"{run.minutes} min")))
    return f"{told}.{' A key run: lifts keep clear of it.' if run.key else ''}"


def _usual(run: CalendarRun) -> str:
    return TITLES.get(run.type) or visible(run.type)


def distance(km: float | None, units: str, digits: int = 1) -> str:
    """A distance in the runner's unit: "21.1 km", "8 mi"; empty where none is known."""
    if km is None:
        return ""
    length = km * 1000 / METRES_PER_MILE if units == "mi" else km
    return f"{float(f'{length:.{digits}f}'):.12g} {units}"
