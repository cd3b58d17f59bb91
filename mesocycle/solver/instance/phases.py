"""Phases, cutback weeks and flat mileage, from weekly mileage and the A races.

The shares follow docs/sources.md: article 004 and coaching practice, with the one exception noted below.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from statistics import median


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


TAPER_DAYS = 14
# Running comes back in the two weeks after a goal race; then training goes on.
RECOVERY_DAYS = 14
PEAK_SHARE = Fraction(9, 10)
BASE_SHARE = Fraction(3, 4)
FLAT_SHARE = Fraction(15, 100)
# 004's own cutback week (32 km after 38) is 84 %; the coaching figure of 80 % would miss it.
CUTBACK_SHARE = Fraction(85, 100)
# What the planner needs to know of the mileage before: three weeks for a cutback.
LOOK_BACK_WEEKS = 3


def is_flat(loads: list[Fraction]) -> bool:
    """Whether the median week lies within 15 % of the biggest: then there is no peak to trim for."""
    peak = max(loads)
    return peak == 0 or (peak - Fraction(median(loads))) / peak < FLAT_SHARE


def _in_taper(index: int, goals: list[int]) -> bool:
    """Whether most of a week lies in the 14 days before an A race, or the race in it."""
    thursday = 7 * index + 3
    return any(0 <= day - thursday <= TAPER_DAYS or 7 * index <= day < 7 * index + 7 for day in goals)


def _in_recovery(index: int, goals: list[int]) -> bool:
    """Whether most of a week lies in the 14 days after an A race."""
    thursday = 7 * index + 3
    return any(day < 7 * index and thursday - day <= RECOVERY_DAYS for day in goals)


def name_phases(loads: list[Fraction], goals: list[int], races: frozenset[int] = frozenset()) -> list[str]:
    """Name the phase of each week.

    Parameters
    ----------
    loads : list of Fraction
        Mileage of each week, in metres or in minutes.
    goals : list of int
        Day numbers of the A races.
    races : frozenset of int
        Indices of weeks with a race, whose kilometres are no peak of training.

    Returns
    -------
    list of str
        taper: most of it in the 14 days before an A race; recovery: in the 14 days after one; peak: at 90 %
        of the block's most or above; base: before the first week at 75 %; build: all else, and flat mileage.
    """
    tapers = [_in_taper(index, goals) for index in range(len(loads))]
    after = [_in_recovery(index, goals) and not tapers[index] for index in range(len(loads))]
    plain = [index for index in range(len(loads)) if not (tapers[index] or after[index])]
    training = [loads[index] for index in plain if index not in races] or [loads[index] for index in plain]
    peak = max(training, default=Fraction(0))
    flat = not training or is_flat(training)
    phases: list[str] = []
    in_base = not flat
    for load, taper, past in zip(loads, tapers, after, strict=True):
        in_base = in_base and load < BASE_SHARE * peak
        if taper or past:
            phases.append("taper" if taper else "recovery")
        elif flat:
            phases.append("build")
        else:
            phases.append("peak" if load >= PEAK_SHARE * peak else "base" if in_base else "build")
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
