"""The long run of a week without one in its titles: many plans just have "12 mi run" on a Sunday."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby

from mesocycle.importing.feed import Kind, Reading
from mesocycle.importing.titles.read import BY_LENGTH, NO_RUN
from mesocycle.models.clock import monday_of

# A run without a distance goes about so far in a minute.
METRES_A_MINUTE = 165
# A long run is that much longer than every other run of its week, and no shorter than this.
LONGER, SHORTEST = 1.25, 10_000
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
        longest = _longest([at for at in week if readings[at].kind not in NO_RUN], readings)
        if longest is not None:
            reading = readings[longest]
            readings[longest] = replace(
                reading, kind=Kind.LONG, confidence=min(reading.confidence, BY_LENGTH)
            )
    return readings


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
