"""Loads: repetitions to % of 1RM and back, and weights that a runner can put together.

All by Epley's formula: a weight that goes up n times, n above 1, is 1/(1 + n/30) of what goes up once.
Exact fractions throughout, so that a target halfway between two weights is seen as halfway.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from mesocycle.models.strength import Exercise, Record, Weights

# What is loaded, in the order in which it is looked for among the things of one alternative.
IMPLEMENTS = ("barbell", "trap_bar", "dumbbell", "kettlebell")
_MACHINE = "machine"
_OTHER = "other"
_BARS = ("barbell", "trap_bar")
_BAR = {"kg": Fraction(20), "lb": Fraction(45)}
# Two of the smallest usual plates, or one step of a machine's stack.
_STEP = {"kg": Fraction(5, 2), "lb": Fraction(5)}
_DUMBBELL_STEP = {"kg": Fraction(2), "lb": Fraction(5)}
_KETTLEBELL_STEP = {"kg": Fraction(4), "lb": Fraction(5)}
_GUIDE_STEP = 5


def one_rm(record: Record) -> Fraction:
    """Return the 1RM of a record, from a set and the repetitions left in it where it gives one."""
    if record.weight is None or record.reps is None:
        return _exact(record.one_rm or 0)  # a record without a set has a 1RM: its model sees to that
    return _exact(record.weight) * 100 / percent_for(record.reps, record.rir)


def percent_for(reps: int, rir: int) -> Fraction:
    """Return the most load, in % of 1RM, that leaves `rir` repetitions after a set of `reps`."""
    count = reps + rir
    # The formula alone would make a single 97 %, and a 1RM more than itself.
    return Fraction(100) if count == 1 else Fraction(3000, 30 + count)


def guide_load(reps: int, rir: int) -> int:
    """Return the same load, rounded down to a multiple of 5: a guide should not be too heavy."""
    return math.floor(percent_for(reps, rir) / _GUIDE_STEP) * _GUIDE_STEP


def reserve(reps: int, percent: int | Fraction) -> int:
    """Count the whole repetitions left after a set at a load in % of 1RM; negative where it is too heavy."""
    # One repetition goes up to 100 %, more than one as far as the formula says.
    single = 1 if percent <= 100 else 0
    return max(single, math.floor(Fraction(3000) / percent) - 30) - reps


def implement_of(exercise: Exercise, kit: frozenset[str] | None) -> str:
    """Return what an exercise is loaded with, by its first alternative that is all in the kit.

    One of `IMPLEMENTS`, "machine" for any of them, or "other", also where no alternative is in the kit. An
    empty kit or None stands for everything.
    """
    for needed in exercise.equipment:
        if not kit or kit.issuperset(needed):
            default = _MACHINE if any(thing.endswith(_MACHINE) for thing in needed) else _OTHER
            return next((implement for implement in IMPLEMENTS if implement in needed), default)
    return _OTHER


class Neighbours(NamedTuple):
    """The heaviest weight that is no more than a target, and the lightest above it, if there are any."""

    below: Fraction | None
    above: Fraction | None

    def nearest(self, target: Fraction) -> Fraction:
        """The nearer of the two, the lighter of two equally near."""
        both = [weight for weight in self if weight is not None]
        return min(both, key=lambda weight: abs(weight - target))


def neighbours(target: Fraction, implement: str, weights: Weights) -> Neighbours:
    """Find the weights next to a target that the runner can put together.

    Parameters
    ----------
    target : Fraction
        In the unit of `weights`: bar and plates together, or one dumbbell or kettlebell.
    implement : str
        As `implement_of` returns it; what is not known goes in the steps of a machine.
    weights : Weights
        What the runner has. An entry of `plates` is one plate's weight and stands for two, one a side.

    Returns
    -------
    Neighbours
        One of them at least; both above 0, never less than the empty bar, in the unit of `weights`.
    """
    unit = weights.unit
    if implement in _BARS:
        bar = _BAR[unit] if weights.bar is None else _exact(weights.bar)
        if weights.plates is None:
            return _on_steps(target, bar, _STEP[unit])
        return _with_plates(target, bar, [_exact(plate) for plate in weights.plates])
    if implement == "dumbbell":
        return _one_of(target, weights.dumbbells, _DUMBBELL_STEP[unit])
    if implement == "kettlebell":
        return _one_of(target, weights.kettlebells, _KETTLEBELL_STEP[unit])
    return _on_steps(target, Fraction(0), _STEP[unit])


def _exact(value: float) -> Fraction:
    """Take a number as it was written: 0.1 is a tenth, not the nearest binary fraction."""
    return Fraction(str(value))


def _on_steps(target: Fraction, start: Fraction, step: Fraction) -> Neighbours:
    count = math.floor((target - start) / step)
    least = 0 if start > 0 else 1
    below = start + step * count if count >= least else None
    return Neighbours(below, start + step * max(least, count + 1))


def _one_of(target: Fraction, owned: Sequence[float] | None, step: Fraction) -> Neighbours:
    if owned is None:
        return _on_steps(target, Fraction(0), step)
    weights = sorted(map(_exact, owned))
    at = bisect_right(weights, target)
    return Neighbours(weights[at - 1] if at else None, weights[at] if at < len(weights) else None)


def _with_plates(target: Fraction, bar: Fraction, plates: list[Fraction]) -> Neighbours:
    # All in whole multiples of one unit, however odd the plates: exact, and quicker than fractions.
    scale = math.lcm(target.denominator, bar.denominator, *(plate.denominator for plate in plates))
    missing = math.floor((target - bar) * scale)
    pairs = [int(2 * plate * scale) for plate in plates]
    # 20 pairs make a million subsets, but each half makes only a thousand: only two sums of
    # the second half matter to each sum of the first: those next to what is still missing.
    left, right = _sums(pairs[::2]), _sums(pairs[1::2])
    least = 0 if bar > 0 else 1  # no bar and no plate is no weight
    sums: set[int] = set()
    for have in left:
        at = bisect_right(right, max(missing, least - 1) - have)
        sums.update(have + rest for rest in right[max(at - 1, 0) : at + 1])
    below = max((total for total in sums if least <= total <= missing), default=None)
    above = min((total for total in sums if total > max(missing, least - 1)), default=None)
    return Neighbours(
        None if below is None else bar + Fraction(below, scale),
        None if above is None else bar + Fraction(above, scale),
    )


def _sums(values: list[int]) -> list[int]:
    """Add up every subset, rising, each sum once."""
    sums = {0}
    for value in values:
        sums |= {total + value for total in sums}
    return sorted(sums)
