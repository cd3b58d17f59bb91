"""Repetitions, reserve and load of a set, and the weights that can be loaded, worked out a second time.

Loads follow Epley's formula, read upwards.
"""

from __future__ import annotations

from bisect import bisect_left
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from mesocycle.models.strength import Exercise, Record, RepsUnit, Role, SessionExercise, Weights
from mesocycle.solver.instance.instance import Instance
from mesocycle.solver.verify.content import Move

if TYPE_CHECKING:
    from mesocycle.solver.rules import RuleSettings


# Repetitions and reserve of the main lifts.
PROFILES = {
    "foundation": (10, 3),
    "strength": (5, 2),
    "power": (3, 3),
    "maintenance": (5, 2),
    "taper": (4, 3),
}
BY_PHASE = {"taper": "taper", "peak": "maintenance", "recovery": "maintenance"}
USUAL_RIR = 2
MOST_RIR = 6
# Percent of 1RM by which a written load may be above the formula.
TOLERANCE = 2.5
# 1RM and usual steps by unit: the bar, what a bar or machine grows by, dumbbells, kettlebells.
BAR = {"kg": "20", "lb": "45"}
STEPS = {"kg": ("2.5", "2", "4"), "lb": ("5", "5", "5")}
ROUND_PERCENT = 5
MOST_COUNTED = 200
# Weights have three decimals at most.
GRAMS = 1000


class Demands(NamedTuple):
    """What week and runner demand of a session: its zone, what is new in it, rules, whether older."""

    profile: str
    novel: frozenset[str]
    settings: RuleSettings
    older: bool


class PrescribedSet(NamedTuple):
    """One set: repetitions (seconds, metres), % of 1RM, reserve."""

    reps: int
    load: int | None
    rir: int | None


def is_counted(exercise: Exercise) -> bool:
    """Whether repetitions are counted, so that some can be left in reserve."""
    return exercise.reps_unit in (RepsUnit.REPS, RepsUnit.EACH_SIDE)


def week_profiles(instance: Instance) -> list[str]:
    """Name the load zone of each week; no names where the rule is off."""
    zone, weeks = instance.settings.load_rep_zone, instance.calendar.weeks
    if zone is None:
        return [""] * len(weeks)
    new = instance.scenario.athlete.experience == "new"
    begins = new or weeks[0].phase == "base"
    names = []
    for week in weeks:
        usual = "power" if zone.build == "power" and week.phase == "build" and not new else "strength"
        low = new or week.phase == "base"
        early = "foundation" if begins and low and week.number <= zone.foundation_weeks else usual
        names.append(BY_PHASE.get(week.phase, early))
    return names


def prescribed_set(move: Move, demands: Demands) -> PrescribedSet:
    """Work out a set of an exercise, or of the one that is done in its stead."""
    exercise, entry, profile = move.exercise, move.entry, demands.profile
    exchanged = move.requested is not None
    is_open = exercise.role is Role.MAIN and entry.reps is None and entry.load is None
    reps, rir = entry.reps or exercise.reps, entry.rir
    if is_open and profile:
        reps, usual = PROFILES[profile]
        rir = usual if rir is None else rir
    if exchanged or (is_open and profile):
        reps = _within(reps, exercise)
    written = None if exchanged else entry.load
    if not is_counted(exercise) or exercise.role is Role.PLYOMETRIC:
        return PrescribedSet(reps, written, rir)
    limit = demands.settings.never_failure
    least = limit.least_rir if limit is not None and exercise.legs else 0
    if is_open and profile in ("maintenance", "taper") and exercise.load:
        return _at_strength_load(exercise, entry, reps, least)
    if written is not None:
        return _at_written_load(written, reps, rir, least, demands.settings)
    rir = max(USUAL_RIR if rir is None else rir, least)
    follows = exercise.role is Role.MAIN and exercise.load
    return PrescribedSet(reps, _capped_load(exercise, reps, rir) if follows else None, rir)


def _at_strength_load(exercise: Exercise, entry: SessionExercise, reps: int, least: int) -> PrescribedSet:
    """The load of the strength weeks stays; fewer repetitions leave more in reserve."""
    usual_reps, usual_rir = PROFILES["strength"]
    rir = max(usual_rir if entry.rir is None else entry.rir, least)
    load = _capped_load(exercise, _within(usual_reps, exercise), rir)
    return PrescribedSet(reps, load, max(rir, repetitions_at(load) - reps))


def _at_written_load(
    load: int, reps: int, rir: int | None, least: int, settings: RuleSettings
) -> PrescribedSet:
    """The load as written, lowered where it leaves less in reserve than the rules demand."""
    left = min(MOST_RIR, repetitions_at(load) - reps) if rir is None else rir
    rir = max(left, least)
    may_lower = left < least or settings.load_rep_zone is not None
    too_heavy = may_lower and load - percent_of(reps + rir) > TOLERANCE
    return PrescribedSet(reps, guide_load(reps, rir) if too_heavy else load, rir)


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


def repetitions_at(percent: int) -> int:
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


def loadable(target: Fraction, exercise: Exercise, kit: frozenset[str] | None, weights: Weights) -> Fraction:
    """The weight nearest to a target that the runner can load; of two equally near, the lighter."""
    needs: tuple[str, ...] = next((way for way in exercise.equipment if kit is None or set(way) <= kit), ())
    stack, dumbbell, kettlebell = (Fraction(step) for step in STEPS[weights.unit])
    if "barbell" in needs or "trap_bar" in needs:
        bar = Fraction(BAR[weights.unit]) if weights.bar is None else exact(weights.bar)
        if weights.plates is not None:
            return _with_plates(target, bar, weights.plates)
        return _stepped(target, bar, stack)
    if "dumbbell" in needs:
        return _among(target, weights.dumbbells, dumbbell)
    if "kettlebell" in needs:
        return _among(target, weights.kettlebells, kettlebell)
    return _stepped(target, Fraction(0), stack)


def _nearer(target: Fraction, weights: list[Fraction]) -> Fraction:
    return min(sorted(weights), key=lambda weight: abs(weight - target))


def _among(target: Fraction, owned: tuple[float, ...] | None, step: Fraction) -> Fraction:
    if owned is None:
        return _stepped(target, Fraction(0), step)
    return _nearer(target, [exact(weight) for weight in owned])


def _stepped(target: Fraction, bar: Fraction, step: Fraction) -> Fraction:
    """The empty bar and steps on top; without a bar one step is the least."""
    below = max(0, (target - bar) // step)
    near = [bar + count * step for count in (below, below + 1)]
    return _nearer(target, [weight for weight in near if weight > 0])


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
