"""What a load is, told a second time: Epley's formula read upwards, and the weights that can be loaded."""

from __future__ import annotations

from bisect import bisect_left
from fractions import Fraction
from functools import lru_cache

from mesocycle.models.strength import Exercise, Record, Weights

# 1RM and usual steps by unit: the bar, what a bar or machine grows by, dumbbells, kettlebells.
BAR = {"kg": "20", "lb": "45"}
STEPS = {"kg": ("2.5", "2", "4"), "lb": ("5", "5", "5")}
ROUND_PERCENT = 5
MOST_COUNTED = 200


# Weights have three decimals at most.
GRAMS = 1000


def exact(value: float) -> Fraction:
    """A number as it is written: 0.1 is a tenth."""
    return Fraction(str(value))


def percent_of(repetitions: int) -> Fraction:
    """Share of 1RM, in percent, that goes up so many times and no more."""
    return Fraction(100) if repetitions == 1 else 100 / (1 + Fraction(repetitions, 30))


def usual_load(reps: int, rir: int) -> int:
    """Load in % for so many repetitions with so many to spare, a multiple of 5 and never too heavy."""
    exactly = percent_of(reps + rir)
    return int(exactly - exactly % ROUND_PERCENT)


def repetitions_at(percent: int) -> int:
    """How often a load goes up."""
    count = 0
    while count < MOST_COUNTED and percent_of(count + 1) >= percent:
        count += 1
    return count


def best_once(record: Record) -> Fraction:
    """The 1RM that a record tells."""
    if record.one_rm is not None:
        return exact(record.one_rm)
    return exact(record.weight or 0) * 100 / percent_of((record.reps or 1) + record.rir)


def nearest_weight(
    target: Fraction, exercise: Exercise, kit: frozenset[str] | None, own: Weights
) -> Fraction:
    """The weight nearest to a target that the runner can load; of two equally near, the lighter."""
    needs: tuple[str, ...] = next((way for way in exercise.equipment if kit is None or set(way) <= kit), ())
    stack, dumbbell, kettlebell = (Fraction(step) for step in STEPS[own.unit])
    if "barbell" in needs or "trap_bar" in needs:
        bar = Fraction(BAR[own.unit]) if own.bar is None else exact(own.bar)
        if own.plates is not None:
            return _with_plates(target, bar, own.plates)
        return _stepped(target, bar, stack)
    if "dumbbell" in needs:
        return _among(target, own.dumbbells, dumbbell)
    if "kettlebell" in needs:
        return _among(target, own.kettlebells, kettlebell)
    return _stepped(target, Fraction(0), stack)


def _nearer(target: Fraction, weights: list[Fraction]) -> Fraction:
    return min(sorted(weights), key=lambda weight: abs(weight - target))


def _among(target: Fraction, own: tuple[float, ...] | None, step: Fraction) -> Fraction:
    return _stepped(target, Fraction(0), step) if own is None else _nearer(target, [exact(w) for w in own])


def _stepped(target: Fraction, bar: Fraction, step: Fraction) -> Fraction:
    """The empty bar and steps on top; without a bar one step is the least."""
    below = max(0, (target - bar) // step)
    found = [bar + count * step for count in (below, below + 1)]
    return _nearer(target, [weight for weight in found if weight > 0])


def _with_plates(target: Fraction, bar: Fraction, plates: tuple[float, ...]) -> Fraction:
    sums = _on_the_bar(plates)
    at = bisect_left(sums, (target - bar) * GRAMS)
    near = [bar + Fraction(total, GRAMS) for total in sums[max(0, at - 1) : at + 2]]
    return _nearer(target, [weight for weight in near if weight > 0])


@lru_cache(maxsize=16)
def _on_the_bar(plates: tuple[float, ...]) -> tuple[int, ...]:
    """All that pairs of plates add up to, in thousandths, rising."""
    sums = {0}
    for plate in plates:
        sums |= {total + int(2 * GRAMS * exact(plate)) for total in sums}
    return tuple(sorted(sums))
