"""Repetitions, reserve and load of a set, and the weights that can be loaded, worked out a second time.

Loads follow Epley's formula, read upwards.
"""

from __future__ import annotations

from bisect import bisect_right
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from mesocycle.models.schemes import WrittenSet
from mesocycle.models.strength import Exercise, Record, RepsUnit, Role, Weights
from mesocycle.solver.verify.content import Move
from mesocycle.solver.verify.schemes import Line

if TYPE_CHECKING:
    from mesocycle.solver.rules import RuleSettings
    from mesocycle.solver.verify.clock import Beat


# In a taper so many repetitions fewer, but not below the least.
TAPER_OFF, TAPER_REPS = 2, 3
NEW_RIR = 4
# What stays light has so many repetitions at most, so many in reserve, and goes up so often at least.
LIGHT_REPS, LIGHT_RIR, LIGHT_SUM = 8, 3, 11
LIGHT_LOAD = 70
USUAL_RIR = 2
# As many as go up, but for one.
OPEN_RIR = 1
MOST_RIR = 6
# Percent of 1RM by which a written load may be above the formula.
TOLERANCE = 2.5
# 1RM and usual steps by unit: the bar, what a bar or machine grows by, dumbbells, kettlebells.
BAR = {"kg": "20", "lb": "45"}
STEPS = {"kg": ("2.5", "2", "4"), "lb": ("5", "5", "5")}
ROUND_PERCENT = 5
MOST_COUNTED = 200
# A weight may be so much heavier than what it stands for.
NEAR_ABOVE = Fraction(1025, 1000)
# Weights have three decimals at most.
GRAMS = 1000


class Demands(NamedTuple):
    """What week and runner demand of an exercise.

    `beat` is what the clock shows, `taper` takes repetitions off it, `novel` is what is still new, `eased`
    what stays light, `least_rir` holds in a return from a break, `cap` are the most sets, `line` are sets
    that are written one by one.
    """

    settings: RuleSettings
    older: bool
    beat: Beat | None
    taper: bool
    novel: bool
    eased: bool
    least_rir: int
    cap: int | None
    line: Line | None = None


class PrescribedSet(NamedTuple):
    """One set: repetitions (seconds, metres), % of 1RM, reserve, and the exact % where some are counted."""

    reps: int
    load: int | None
    rir: int | None
    percent: Fraction | None


def is_counted(exercise: Exercise) -> bool:
    """Whether repetitions are counted, so that some can be left in reserve."""
    return exercise.reps_unit in (RepsUnit.REPS, RepsUnit.EACH_SIDE)


def set_of_line(one: WrittenSet, line: Line, exercise: Exercise, settings: RuleSettings) -> PrescribedSet:
    """Work out a set of a line: by its load, else by what is left in reserve."""
    loaded = None if one.percent is None else exact(one.percent) * line.of
    if not is_counted(exercise) or exercise.role is Role.PLYOMETRIC:
        return PrescribedSet(one.reps, None, one.rir, None if loaded is None else exact(one.percent or 0))
    rir = one.rir
    if rir is None and one.or_more:
        rir = OPEN_RIR
    elif rir is None:
        left = USUAL_RIR if loaded is None else repetitions_at(loaded) - one.reps
        rir = min(MOST_RIR, max(0, left))
    limit = settings.never_failure
    if limit is not None and exercise.legs:
        rir = max(rir, limit.least_rir)
    if loaded is not None:
        return PrescribedSet(one.reps, int(loaded), rir, loaded)
    guide = _capped_load(exercise, one.reps, rir) if exercise.role is Role.MAIN and exercise.load else None
    return PrescribedSet(one.reps, guide, rir, percent_of(one.reps + rir))


def prescribed_set(move: Move, demands: Demands) -> PrescribedSet:
    """Work out a set of an exercise, or of the one that is done in its stead."""
    exercise, entry, beat = move.exercise, move.entry, demands.beat
    exchanged = move.requested is not None
    if demands.line is not None:
        return set_of_line(demands.line.sets[demands.line.top], demands.line, exercise, demands.settings)
    reps = entry.fixed_reps or exercise.reps
    if beat is not None:
        reps = beat.reps
    if exchanged or beat is not None:
        reps = _within(reps, exercise)
    written = None if exchanged else entry.load
    if not is_counted(exercise) or exercise.role is Role.PLYOMETRIC:
        # Written loads are of the max; what is not counted loads all of it.
        return PrescribedSet(reps, written, entry.rir, None if written is None else Fraction(written))
    if demands.eased and beat is not None:
        # What is written of repetitions stays.
        reps = min(reps, _within(LIGHT_REPS, exercise))
    wanted, least = _wanted(move, demands, reps, written), _least(move, demands, reps)
    rir = max(wanted, least)
    if written is not None:
        may_lower = wanted < least or demands.settings.load_rep_zone is not None
        too_heavy = may_lower and written - percent_of(reps + rir) > TOLERANCE
        load = guide_load(reps, rir) if too_heavy else written
        load = min(load, LIGHT_LOAD) if demands.eased else load
        return PrescribedSet(reps, load, rir, Fraction(load))
    percent = percent_of(reps + rir)
    guide = _capped_load(exercise, reps, rir) if exercise.role is Role.MAIN and exercise.load else None
    if beat is not None and demands.taper and not demands.eased:
        # The load of the working weeks stays; fewer repetitions leave more in reserve.
        fewer = min(reps, max(TAPER_REPS, reps - TAPER_OFF))
        reps, rir = fewer, rir + reps - fewer
    return PrescribedSet(reps, guide, rir, percent)


def _wanted(move: Move, demands: Demands, reps: int, written: int | None) -> int:
    """The reserve as written, else what the written load leaves, else by the clock."""
    if move.entry.rir is not None:
        return move.entry.rir
    if written is not None:
        return min(MOST_RIR, repetitions_at(written) - reps)
    return USUAL_RIR if demands.beat is None else demands.beat.rir


def _least(move: Move, demands: Demands, reps: int) -> int:
    """The reserve that the rules demand."""
    limit = demands.settings.never_failure
    least = demands.least_rir
    if limit is not None and move.exercise.legs:
        least = max(least, limit.least_rir)
    if move.entry.load is not None and move.requested is None:
        # A load that is written sets the reserve itself.
        return least
    if demands.novel and move.entry.rir is None:
        least = max(least, NEW_RIR)
    if demands.eased:
        least = max(least, LIGHT_SUM - reps, LIGHT_RIR if demands.beat is not None else 0)
    return least


def _capped_load(exercise: Exercise, reps: int, rir: int) -> int:
    load = guide_load(reps, rir)
    return min(load, exercise.load[1]) if exercise.load else load


def _within(reps: int, exercise: Exercise) -> int:
    low, high = exercise.reps_range
    return min(max(reps, low), high)


def exact(value: float) -> Fraction:
    """A number as it is written: 0.1 is a tenth."""
    return Fraction(str(value))


def percent_of(repetitions: int) -> Fraction:
    """Share of 1RM, in percent, that goes up so many times and no more."""
    return Fraction(100) if repetitions == 1 else 100 / (1 + Fraction(repetitions, 30))


def guide_load(reps: int, rir: int) -> int:
    """Load in % for so many repetitions with so many to spare, a multiple of 5 and never too heavy."""
    percent = percent_of(reps + rir)
    return int(percent - percent % ROUND_PERCENT)


def repetitions_at(percent: Fraction | int) -> int:
    """How often a load goes up."""
    count = 0
    while count < MOST_COUNTED and percent_of(count + 1) >= percent:
        count += 1
    return count


def one_rm(record: Record) -> Fraction:
    """The 1RM of a record."""
    if record.one_rm is not None:
        return exact(record.one_rm)
    return exact(record.weight or 0) * 100 / percent_of((record.reps or 1) + record.rir)


class Rack(NamedTuple):
    """The weights that can be loaded: those of a list, else a first one and steps on top."""

    weights: tuple[Fraction, ...]
    step: Fraction | None = None

    def below(self, target: Fraction) -> Fraction | None:
        """The heaviest that is no heavier; None where the lightest is."""
        if self.step is not None:
            first = self.weights[0]
            return first + (target - first) // self.step * self.step if target >= first else None
        at = bisect_right(self.weights, target)
        return self.weights[at - 1] if at else None

    def above(self, target: Fraction) -> Fraction | None:
        """The lightest that is heavier; None where there is none."""
        if self.step is not None:
            below = self.below(target)
            return self.weights[0] if below is None else below + self.step
        at = bisect_right(self.weights, target)
        return self.weights[at] if at < len(self.weights) else None

    def nearest(self, target: Fraction) -> Fraction:
        """The nearest; of two equally near, the lighter."""
        near = [weight for weight in (self.below(target), self.above(target)) if weight is not None]
        return min(near, key=lambda weight: (abs(weight - target), weight))

    def made(self, target: Fraction) -> Fraction:
        """The nearest if it is hardly heavier, else the next lower one, if there is one."""
        below, nearest = self.below(target), self.nearest(target)
        return below if below is not None and nearest > target * NEAR_ABOVE else nearest


def rack(exercise: Exercise, kit: frozenset[str] | None, weights: Weights) -> Rack:
    """What the runner can load on an exercise."""
    needs: tuple[str, ...] = next((way for way in exercise.equipment if kit is None or set(way) <= kit), ())
    stack, dumbbell, kettlebell = (Fraction(step) for step in STEPS[weights.unit])
    if "barbell" in needs or "trap_bar" in needs:
        bar = Fraction(BAR[weights.unit]) if weights.bar is None else exact(weights.bar)
        if weights.plates is not None:
            sums = (bar + Fraction(total, GRAMS) for total in _on_the_bar(weights.plates))
            return Rack(tuple(weight for weight in sums if weight > 0))
        return Rack((bar or stack,), stack)
    for name, owned, step in (
        ("dumbbell", weights.dumbbells, dumbbell),
        ("kettlebell", weights.kettlebells, kettlebell),
    ):
        if name in needs:
            return Rack((step,), step) if owned is None else Rack(tuple(sorted(map(exact, owned))))
    return Rack((stack,), stack)


@lru_cache(maxsize=16)
def _on_the_bar(plates: tuple[float, ...]) -> tuple[int, ...]:
    """All that pairs of plates add up to, in thousandths, rising."""
    sums = {0}
    for plate in plates:
        sums |= {total + int(2 * GRAMS * exact(plate)) for total in sums}
    return tuple(sorted(sums))
