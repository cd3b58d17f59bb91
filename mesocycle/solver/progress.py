"""Progressive overload: how much more a movement is loaded as a finished block goes on.

A movement is an exercise, in whichever variant. Its load rises only on the back of weeks in which it was
done in full; deload, peak and taper weeks, and those cut short, hold what was reached.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise


@dataclass(frozen=True)
class Exposure:
    """A week in which a movement is done.

    Attributes
    ----------
    week : int
        Number of the week in the block.
    growing : bool
        Whether it is a base or build week without deload in which every session that holds the movement
        does all its full sets.
    """

    week: int
    growing: bool


def progress(
    weeks: Sequence[Exposure], *, every_weeks: int, percent: Fraction, most_percent: Fraction
) -> list[Fraction]:
    """Work out how much more than at first a movement is loaded in each week.

    After each `every_weeks` growing weeks the next growing week goes one step up, on top of the steps
    before; all other weeks hold.

    Parameters
    ----------
    weeks : sequence of Exposure
        The weeks in which the movement is done, each once, in order.
    every_weeks : int
        Growing weeks that it takes for a step, at least 1.
    percent : Fraction
        One step, in % of the load before it.
    most_percent : Fraction
        Most that all steps together may add, in % of the first load.

    Returns
    -------
    list of Fraction
        In % of the first load, one for each week: 0 for the first, never falling.

    Raises
    ------
    ValueError
        If a week comes twice or too late.
    """
    if any(one.week >= other.week for one, other in pairwise(weeks)):
        raise ValueError("the weeks of a movement must rise")
    grown = steps = 0
    added = []
    for exposure in weeks:
        if exposure.growing:
            steps = grown // every_weeks
            grown += 1
        added.append(min(most_percent, 100 * ((1 + percent / 100) ** steps - 1)))
    return added
