"""What an entry of a feed says of a run: what it does not say, or only seems to say, stays as it was."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from mesocycle.importing.draft import title
from mesocycle.importing.entries import PlanEntry
from mesocycle.importing.feed import Kind
from mesocycle.importing.titles.cleaning import MOST_SHOWN, one_line
from mesocycle.importing.titles.read import BY_LENGTH, GIVEN, SURE
from mesocycle.models.clock import MINUTES_PER_DAY
from mesocycle.models.plan import CalendarRun
from mesocycle.models.training import KEY_TYPES, METRES_PER_MILE, Run, RunType
from mesocycle.output.run_words import SAME, run_name, run_title
from mesocycle.solver.instance.dated_runs import dated

# A feed rounds: to a tenth of a mile, to a minute, or as people do.
ROUNDED_METRES, ROUNDED_MINUTES = METRES_PER_MILE / 20, 1
# A run takes these shares of its minutes at easy pace: a race is faster, a hill run with its rests slower.
LEAST_SHARE, MOST_SHARE = 0.7, 2
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Measures:
    """How a block tells distances, "km" or "mi", and the seconds of a kilometre at easy pace."""

    units: str
    pace: int


def as_told(run: CalendarRun, entry: PlanEntry, measures: Measures) -> CalendarRun:
    """A run as an entry has it, on the entry's day.

    Parameters
    ----------
    run : CalendarRun
        As the block has it; it comes back as it is if the entry says nothing else.
    entry : PlanEntry
        Of a feed. Lengths that differ by what feeds round do not count.
    measures : Measures
        Of the block.
    """
    metres, minutes = metres_told(entry), entry.reading.minutes
    far, long = run.distance_km, run.minutes
    if metres is not None and not _same_distance(metres, far):
        far, long = metres / 1000, _minutes_for(run, metres, measures.pace)
    if minutes is not None:
        long = run.minutes if abs(minutes - run.minutes) <= _rounding(minutes) else minutes
    kind = _type_told(run, entry, measures.units)
    told = run.model_copy(
        update={
            "date": entry.day,
            "start": run.start if entry.own_start is None else entry.own_start,
            "minutes": min(max(1, long), MINUTES_PER_DAY),
            "distance_km": far,
            "type": kind,
            "key": run.key if kind == run.type else kind in KEY_TYPES,
        }
    )
    return told.model_copy(update={"title": _title_told(run, told, entry, measures.units)})


def _minutes_for(run: CalendarRun, metres: int, pace: int) -> int:
    """The minutes of a run that goes so far now, where only that is told: as fast as planned.

    Where no distance was planned they stay, unless nobody runs that far in them.
    """
    if run.distance_km:
        return round(run.minutes * metres / (1000 * run.distance_km))
    easy = metres * pace / 60_000
    return run.minutes if LEAST_SHARE * easy <= run.minutes <= MOST_SHARE * easy else round(easy)


def as_new(entry: PlanEntry, pace: int) -> CalendarRun:
    """An entry as a run that was not there before.

    What it does not say is assumed as in a scenario: its start, and its minutes by its distance, at `pace`
    seconds per kilometre, or by its type.
    """
    metres = metres_told(entry)
    run = Run(
        type=RunType(entry.kind),
        start=entry.start,
        minutes=entry.reading.minutes,
        distance=None if metres is None else f"{metres} m",
        title=title(entry),
    )
    full = dated(run, entry.day, 0, Fraction(1), pace, None)
    return CalendarRun(
        date=entry.day,
        start=full.start,
        minutes=min(full.minutes, MINUTES_PER_DAY),
        type=str(full.type),
        key=full.key,
        distance_km=None if full.metres is None else full.metres / 1000,
        title=full.title,
    )


def metres_told(entry: PlanEntry) -> int | None:
    """How far a run goes, if its entry says so; a ride without minutes would be taken for a run."""
    told = entry.kind is not Kind.CROSS or entry.reading.minutes
    return entry.reading.metres if told else None


def same_name(run: CalendarRun, entry: PlanEntry, units: str) -> bool:
    """Whether an entry has the name of a run: its own, or what Mesocycle's own calendar calls it."""
    called = _words(entry.reading.title)
    if run.title and _words(run.title) in (called, _words(title(entry))):
        return True
    return called in (_words(run_name(run)), _words(one_line(run_title(run, units), MOST_SHOWN)))


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _same_distance(metres: int, km: float | None) -> bool:
    if km is None:
        return False
    return abs(metres - 1000 * km) <= max(ROUNDED_METRES, SAME * metres)


def _rounding(minutes: int) -> float:
    return max(ROUNDED_MINUTES, SAME * minutes)


def _type_told(run: CalendarRun, entry: PlanEntry, units: str) -> str:
    """The type that an entry says; what was guessed of it is no news.

    Under the same name a type that was read from words is what was read of them before, unless the runner has
    put that right since.
    """
    sure = entry.reading.confidence
    if sure < SURE or (sure < GIVEN and same_name(run, entry, units)):
        return run.type
    if entry.kind is Kind.LONG and sure <= BY_LENGTH and run.type in (RunType.EASY, RunType.MODERATE):
        return run.type
    return str(entry.kind)


def _title_told(run: CalendarRun, told: CalendarRun, entry: PlanEntry, units: str) -> str:
    """The name of a run that an entry tells of; a name alone is news only where there was another one."""
    name = title(entry)
    if told.type != run.type:
        return name
    if not name or same_name(run, entry, units) or (not run.title and told == run):
        return run.title
    return name
