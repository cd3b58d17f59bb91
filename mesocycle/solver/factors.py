"""How much of the full sets each week allows."""

from __future__ import annotations

import math
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
