"""Where the runner's weights end: more repetitions, slower lowering, then the next harder movement."""

from __future__ import annotations

import math
from collections.abc import Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from mesocycle.models.scenario import Scenario
from mesocycle.models.strength import Exercise, Weights
from mesocycle.solver.prescription.kit import fits
from mesocycle.solver.prescription.loads import implement_of, neighbours, one_rm, reserve

if TYPE_CHECKING:
    from mesocycle.solver.rules import kit_ceiling

# More in reserve than this is not counted: the set is easy.
MOST_RIR = 6
# A weight so far from its target is the same weight.
SAME = Fraction(1025, 1000)
# Heavier than anything that is lifted: the end of a kit lies below.
BEYOND = Fraction(10_000)
# A usual repetition takes four seconds, lowering for three makes it five, for five seven (article 003): so
# many fewer repetitions are as hard.
SLOWER: tuple[tuple[Fraction, str | None], ...] = (
    (Fraction(1), None),
    (Fraction(4, 5), "slow_lowering_3"),
    (Fraction(4, 7), "slow_lowering"),
)


class Ceiling(NamedTuple):
    """What is done at the heaviest weight there is."""

    reps: int
    rir: int
    variant: str | None


def at_ceiling(
    share: Fraction, reps: int, rir: int, exercise: Exercise, settings: kit_ceiling.Parameters
) -> Ceiling:
    """Take the first step that leaves few enough in reserve, else the last one.

    Parameters
    ----------
    share : Fraction
        The heaviest weight, as a share of the week's max.
    reps, rir : int
        What the week is due for.
    """
    limit = max(reps, settings.most_reps_of(exercise))
    possible = reserve(0, 100 * share)
    steps = [(math.floor(possible * slower), variant) for slower, variant in SLOWER]
    left, variant = next((step for step in steps if step[0] - limit <= settings.most_rir), steps[-1])
    done = min(max(left - rir, reps), limit)
    return Ceiling(done, min(left - done, MOST_RIR), variant)


def heaviest(exercise: Exercise, kit: frozenset[str] | None, weights: Weights) -> Fraction | None:
    """The heaviest weight that the runner can load, or None where there is no end."""
    near = neighbours(BEYOND, implement_of(exercise, kit), weights)
    return near.below if near.above is None else None


def ends(
    exercise: Exercise, share: Fraction, most: Fraction, kit: frozenset[str] | None, weights: Weights
) -> bool:
    """Whether the heaviest weight lies below a share of a 1RM, and by more than hardly."""
    weight = heaviest(exercise, kit, weights)
    return weight is not None and SAME * weight < share * most


def is_too_light(
    exercise: Exercise, most: Fraction, weight: Fraction, settings: kit_ceiling.Parameters
) -> bool:
    """Whether even the slowest lowering of a weight leaves too many in reserve at this 1RM."""
    slowest, _ = SLOWER[-1]
    left = math.floor(reserve(0, 100 * weight / most) * slowest)
    return left - settings.most_reps_of(exercise) > settings.most_rir


class Ladder(NamedTuple):
    """What the runner can lift once, by exercise, and what is done in the stead of what is too light."""

    one_rms: Mapping[str, Fraction]
    harder: Mapping[str, str]


def ladder(
    scenario: Scenario,
    exercises: Mapping[str, Exercise],
    kit: frozenset[str] | None,
    settings: kit_ceiling.Parameters | None,
) -> Ladder:
    """Climb from each record as far as the kit is too light for the movement.

    The 1RM of a harder movement without a record is a share of the easier one's.
    """
    records = scenario.strength.records
    one_rms = {name: one_rm(record) for name, record in records.items() if name in exercises}
    harder: dict[str, str] = {}
    for name in sorted(one_rms) if settings is not None else ():
        now = exercises[name]
        seen = {name}
        while settings is not None and now.harder is not None and now.harder.exercise not in seen:
            weight = heaviest(now, kit, scenario.strength.weights)
            above = exercises[now.harder.exercise]
            if (
                weight is None
                or not fits(above, kit)
                or not is_too_light(now, one_rms[now.id], weight, settings)
            ):
                break
            one_rms.setdefault(above.id, one_rms[now.id] * Fraction(str(now.harder.ratio)))
            harder[name] = above.id
            seen.add(above.id)
            now = above
    return Ladder(MappingProxyType(one_rms), MappingProxyType(harder))
