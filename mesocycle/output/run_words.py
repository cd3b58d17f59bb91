"""Words for runs: their titles, and distances in the runner's unit."""

from __future__ import annotations

import re

from mesocycle.files.safe_text import visible
from mesocycle.models.plan import CalendarRun
from mesocycle.models.training import METRES_PER_MILE, in_units

# Titles of runs by their type, as runners write them.
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
    own, title = visible(run.title), run_name(run)
    # Beside other numbers the length would look like one more part of the run.
    whole = " in total" if re.search(r"\d", own) else ""
    if own and _names_distance(own, run.distance_km):
        return title
    return f"{title}, {distance(run.distance_km, units) or f'{run.minutes} min'}{whole}"


def run_name(run: CalendarRun) -> str:
    """What a run is: "Tempo run", "Track night (intervals)"."""
    usual = _usual(run)
    own = visible(run.title)
    names_type = re.search(rf"\b{re.escape(run.type)}\b", own, re.IGNORECASE)
    return own if own and names_type else f"{own} ({usual.lower()})" if own else usual


def _names_distance(title: str, km: float | None) -> bool:
    """Whether a title names the distance of the run, and no other length."""
    pairs = ((float(match[1].replace(",", ".")), match[2]) for match in _LENGTH.finditer(title.lower()))
    lengths = [number * (METRES_PER_MILE / 1000 if unit.startswith("mi") else 1) for number, unit in pairs]
    return km is not None and len(lengths) == 1 and abs(lengths[0] - km) <= SAME * km


def run_text(run: CalendarRun, units: str) -> str:
    """A run in full: "Tempo run, 10 km, 50 min. A key run: lifts keep clear of it."."""
    facts = ", ".join(filter(None, (_usual(run), distance(run.distance_km, units), f"{run.minutes} min")))
    return f"{facts}.{' A key run: lifts keep clear of it.' if run.key else ''}"


def _usual(run: CalendarRun) -> str:
    return TITLES.get(run.type) or visible(run.type)


def distance(km: float | None, units: str, digits: int = 1) -> str:
    """A distance in the runner's unit: "21.1 km", "8 mi"; empty if unknown."""
    if km is None:
        return ""
    return f"{float(f'{in_units(1000 * km, units):.{digits}f}'):.12g} {units}"
