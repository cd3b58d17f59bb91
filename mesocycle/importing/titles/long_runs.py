"""The long run of a week without one in its titles: many plans just have "12 mi run" on a Sunday.

A medium-long run is one too where it is nearly as long as the week's longest.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby

from mesocycle.importing.feed import Kind, Reading
from mesocycle.importing.titles.read import BY_LENGTH, LONG_METRES, NO_RUN
from mesocycle.importing.titles.rules import MEDIUM_LONG
from mesocycle.models.clock import monday_of

# A run without a distance goes about so far in a minute.
METRES_A_MINUTE = 165
# A long run is that much longer than every other run of its week, and no shorter than this.
LONGER, SHORTEST = 1.25, 10_000
# From this share of the week's longest run on, and from such a length, a medium-long run is a long one.
NEARLY = 0.8
# With fewer runs a week, the longest says little.
FEWEST = 3


def with_long_runs(days: Sequence[tuple[date, Reading]]) -> list[Reading]:
    """Make the longest easy run of a week its long run, unless the week names one or has a race.

    Parameters
    ----------
    days : sequence of (date, Reading)
        All readings of a plan with their days, in any order.

    Returns
    -------
    list of Reading
        A reading for each, in the same order.
    """
    readings = [reading for _, reading in days]
    order = sorted(range(len(days)), key=lambda at: days[at][0])
    for _, week in groupby(order, key=lambda at: monday_of(days[at][0])):
        runs = [at for at in week if readings[at].kind not in NO_RUN]
        far = max((_metres(readings[at]) for at in runs if readings[at].kind is not Kind.RACE), default=0)
        for at in runs:
            if _is_nearly_long(readings[at], far):
                readings[at] = replace(readings[at], kind=Kind.LONG)
        longest = _longest(runs, readings)
        if longest is not None:
            reading = readings[longest]
            readings[longest] = replace(
                reading, kind=Kind.LONG, confidence=min(reading.confidence, BY_LENGTH)
            )
    return readings


def _is_nearly_long(reading: Reading, far: int) -> bool:
    named = reading.kind is Kind.MODERATE and MEDIUM_LONG.search(reading.title.lower()) is not None
    return named and _metres(reading) >= max(LONG_METRES, NEARLY * far)


def _longest(week: Sequence[int], readings: Sequence[Reading]) -> int | None:
    """Which run of a week is its long run though no title says so; None if none is."""
    if len(week) < FEWEST or any(readings[at].kind in (Kind.LONG, Kind.RACE) for at in week):
        return None
    ordered = sorted(week, key=lambda at: _metres(readings[at]))
    first, second = ordered[-1], ordered[-2]
    far = _metres(readings[first])
    easy = readings[first].kind in (Kind.EASY, Kind.MODERATE)
    return first if easy and far >= SHORTEST and far >= LONGER * _metres(readings[second]) else None


def _metres(reading: Reading) -> int:
    return reading.metres or (reading.minutes or 0) * METRES_A_MINUTE
