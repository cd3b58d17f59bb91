"""Where in the season a week stands: reference mileage, top, phases and cutback weeks.

Numbers without a source here are design values (docs/strength.md).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class WeekFactors:
    """What a week allows, as shares of the full sets.

    `own` is the week's share under all rules, `most` under hard ones alone: sets between the two can be
    bought. `without_deload` leaves the deload weeks out.
    """

    own: Fraction
    most: Fraction
    without_deload: Fraction


def round_half_up(value: Fraction) -> int:
    """Round to the nearest integer, halves up."""
    return math.floor(value + Fraction(1, 2))


# Days of taper before an A race, by its distance in metres (Bosquet 2007 for the range of one to two weeks).
TAPER_DAYS = ((15_000, 7), (25_000, 10), (42_195, 14))
LONGEST_TAPER_DAYS = 21
# Running comes back in the two weeks after a goal race; then training goes on.
RECOVERY_DAYS = 14
PEAK_SHARE = Fraction(9, 10)
BASE_SHARE = Fraction(8, 10)
LEAST_BASE, MOST_BASE = Fraction(1, 4), Fraction(1, 2)
# A block rises if its top is so far above what the runner comes from, or above the biggest week of it.
RISE, RISE_ABOVE_HISTORY = Fraction(112, 100), Fraction(110, 100)
# Of the weeks before the block the last six are what he comes from.
REFERENCE_WEEKS = 6
# 004's own cutback week (32 km after 38) is 84 %; the coaching figure of 80 % would miss it.
CUTBACK_SHARE = Fraction(85, 100)
# What the planner needs to know of the mileage before: three weeks for a cutback.
LOOK_BACK_WEEKS = 3


@dataclass(frozen=True)
class Goal:
    """An A race: its day in the block, and how many days of taper it is worth."""

    day: int
    taper_days: int


def taper_days(metres: int) -> int:
    """How long the taper before a race of this distance is."""
    return next((days for most, days in TAPER_DAYS if metres <= most), LONGEST_TAPER_DAYS)


def reference_mileage(loads: Sequence[Fraction], history: Sequence[Fraction]) -> Fraction:
    """What the runner comes from: the mean of the last weeks before the block, else of its first two.

    Parameters
    ----------
    loads : sequence of Fraction
        Mileage of the full training weeks of the block, in order.
    history : sequence of Fraction
        Mileage of the weeks before, oldest first, in the same measure.
    """
    before = history[-REFERENCE_WEEKS:] or loads[:2]
    return Fraction(sum(before), len(before)) if before else Fraction(0)


def rises(top: Fraction, reference: Fraction, history: Sequence[Fraction]) -> bool:
    """Whether mileage has a peak to trim for: its top lies well above what the runner comes from."""
    if history and top >= RISE_ABOVE_HISTORY * max(history):
        return True
    return top > 0 and top >= RISE * reference


def _in_taper(index: int, goals: Sequence[Goal]) -> bool:
    """Whether a week's Thursday lies in the taper before an A race, or the race in the week."""
    thursday = 7 * index + 3
    return any(
        0 <= goal.day - thursday <= goal.taper_days or 7 * index <= goal.day < 7 * index + 7 for goal in goals
    )


def _in_recovery(index: int, goals: Sequence[Goal]) -> bool:
    """Whether a week's Thursday lies in the 14 days after an A race."""
    thursday = 7 * index + 3
    return any(goal.day < 7 * index and thursday - goal.day <= RECOVERY_DAYS for goal in goals)


def around_races(count: int, goals: Sequence[Goal]) -> list[str]:
    """Name the weeks around A races, of so many: taper, recovery in the 14 days after, empty elsewhere."""
    tapers = [_in_taper(index, goals) for index in range(count)]
    return [
        "taper" if taper else "recovery" if _in_recovery(index, goals) else ""
        for index, taper in enumerate(tapers)
    ]


def name_phases(loads: Sequence[Fraction], around: Sequence[str], top: Fraction, up: bool) -> list[str]:
    """Name the phase of each week.

    Parameters
    ----------
    loads : sequence of Fraction
        Mileage of each week, in metres or in minutes.
    around : sequence of str
        As `around_races` names them: taper, recovery or empty.
    top : Fraction
        The biggest mileage of training.
    up : bool
        Whether mileage rises to it.

    Returns
    -------
    list of str
        Beside taper and recovery, peak: at 90 % of the top or above, where mileage rises; base: from the
        start until mileage first reaches 80 % of the top, a quarter of the weeks at least, and half of them
        at most where the block holds a taper; build: all else.
    """
    reached = next((index for index, load in enumerate(loads) if load >= BASE_SHARE * top), len(loads))
    base = max(reached, math.ceil(LEAST_BASE * len(loads)))
    if "taper" in around:
        base = min(base, math.floor(MOST_BASE * len(loads)))
    phases = []
    for index, (load, phase) in enumerate(zip(loads, around, strict=True)):
        peak = up and load >= PEAK_SHARE * top
        phases.append(phase or ("peak" if peak else "base" if index < base else "build"))
    return phases


def find_cutbacks(
    loads: list[Fraction],
    phases: list[str],
    history: list[Fraction],
    declared: tuple[int, ...] | None,
    races: frozenset[int] = frozenset(),
) -> list[bool]:
    """Find the weeks that the runner cut back: at most 85 % of the most of the three weeks before.

    It is also lighter than the very week before, and does not follow a cutback: from the second week on a
    lower mileage is a new level. Weeks with a race (`races`, indices) are not looked back at; where a race
    took the place of a longer run, `loads` hold the longer one. Declared weeks (numbers from 1) replace the
    search; `history` holds the weeks before the block, oldest first.
    """
    if declared is not None:
        return [index + 1 in declared for index in range(len(loads))]
    cutbacks: list[bool] = []
    for index, load in enumerate(loads):
        earlier = [loads[at] for at in range(index) if at not in races] or loads[:index]
        before = (history + earlier)[-LOOK_BACK_WEEKS:]
        lighter = bool(before) and 0 < load <= CUTBACK_SHARE * max(before) and load < before[-1]
        fresh = not (cutbacks and cutbacks[-1])
        cutbacks.append(lighter and fresh and phases[index] not in ("taper", "recovery"))
    return cutbacks
