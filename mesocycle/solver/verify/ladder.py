"""Where the weights at hand end, worked out a second time: 1RMs, more repetitions, and what comes next."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from mesocycle.models.strength import Exercise
from mesocycle.solver.instance.instance import Instance
from mesocycle.solver.verify.content import at_hand
from mesocycle.solver.verify.loads import MOST_RIR, exact, one_rm, percent_of, rack

if TYPE_CHECKING:
    from mesocycle.solver.rules import kit_ceiling

# A heaviest weight that lies less below what is asked will do.
HARDLY_LESS = Fraction(1025, 1000)
# How many of the usual repetitions are as hard when a weight is lowered in 3 s, and in 5.
LOWERING = ((None, 1, 1), ("slow_lowering_3", 4, 5), ("slow_lowering", 4, 7))


class Done(NamedTuple):
    """Repetitions, reserve and way of lowering."""

    reps: int
    rir: int
    variant: str | None


def repetitions_at(percent: Fraction) -> int:
    """How often a weight goes up, given in % of the max."""
    if percent > 100:
        return 0
    count = 1
    while percent_of(count + 1) >= percent:
        count += 1
    return count


def most_repetitions(exercise: Exercise, rule: kit_ceiling.Parameters) -> int:
    """The most repetitions of an exercise."""
    return rule.calf_reps if exercise.counts_for[0] == "calf" else rule.most_reps


def done_at(percent: Fraction, reps: int, rir: int, exercise: Exercise, rule: kit_ceiling.Parameters) -> Done:
    """What is done with a weight that is too light for what is due."""
    most = max(reps, most_repetitions(exercise, rule))
    for variant, of, all_ in LOWERING:
        possible = repetitions_at(percent) * of // all_
        if possible <= most + rule.most_rir or variant == LOWERING[-1][0]:
            done = min(most, max(reps, possible - rir))
            return Done(done, min(possible - done, MOST_RIR), variant)
    raise AssertionError("the last way always serves")


def ladder(instance: Instance) -> tuple[dict[str, Fraction], dict[str, str]]:
    """The 1RM of each movement that is known, and what stands in for what is too light from the start."""
    strength, rule = instance.scenario.strength, instance.settings.kit_ceiling
    maxes = {name: one_rm(record) for name, record in strength.records.items()}
    instead: dict[str, str] = {}
    for name in sorted(maxes) if rule is not None else ():
        steps = [name]
        while (above := _next(steps[-1], maxes, instance)) is not None and above not in steps:
            steps.append(above)
            instead[name] = above
    return maxes, instead


def _next(name: str, maxes: dict[str, Fraction], instance: Instance) -> str | None:
    """The harder movement that takes the place of one; its 1RM is entered where none is known."""
    exercise, rule = instance.exercises[name], instance.settings.kit_ceiling
    weights = rack(exercise, instance.kit, instance.scenario.strength.weights)
    if rule is None or exercise.harder is None or weights.step is not None:
        return None
    above = instance.exercises[exercise.harder.exercise]
    _, of, all_ = LOWERING[-1]
    slowest = repetitions_at(100 * weights.weights[-1] / maxes[name]) * of // all_
    if slowest - most_repetitions(exercise, rule) <= rule.most_rir or not at_hand(above, instance.kit):
        return None
    maxes.setdefault(above.id, maxes[name] * exact(exercise.harder.ratio))
    return above.id
