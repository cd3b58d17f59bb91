"""Loads: Epley's formula both ways by hand, and weights that can be put together, by brute force too."""

from __future__ import annotations

import math
from collections.abc import Iterable
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mesocycle.models.strength import Exercise, Record, Weights
from mesocycle.solver.prescription.loads import (
    Neighbours,
    guide_load,
    implement_of,
    neighbours,
    one_rm,
    percent_for,
    reserve,
)

REPS = st.integers(1, 120)
RIR = st.integers(0, 6)
# Hundredths of a kilogram, as in "80.25 x 8"; below 0 too, as a target may come out of any sum.
TARGETS = st.integers(-1000, 30000).map(lambda hundredths: Fraction(hundredths, 100))
PLATES = st.lists(st.sampled_from([0.5, 1.134, 1.25, 2.5, 5, 10, 12.34, 15, 20, 25]), min_size=1, max_size=8)


def record(**given: Any) -> Record:
    return Record.model_validate(given)


def weights(**given: Any) -> Weights:
    return Weights.model_validate(given)


def exercise(*equipment: tuple[str, ...]) -> Exercise:
    return Exercise.model_validate(
        {
            "id": "lift",
            "name": "Lift",
            "pattern": "squat",
            "counts_for": ("squat",),
            "role": "main",
            "muscles": ("quads",),
            "unilateral": False,
            "equipment": equipment,
            "lower_body_load": 1.0,
            "eccentric_load": 0.6,
            "sets": (2, 4),
            "reps": 5,
            "reps_range": (3, 8),
            "reps_unit": "reps",
            "load": (70, 85),
            "rest_seconds": 120,
            "seconds_per_set": 200,
        }
    )


def near(target: str | Fraction, implement: str, **given: Any) -> Fraction:
    exact = Fraction(target)
    return beside(exact, implement, **given).nearest(exact)


def beside(target: str | Fraction, implement: str, **given: Any) -> Neighbours:
    return neighbours(Fraction(target), implement, weights(**given))


def either_side(target: Fraction, reachable: Iterable[Fraction]) -> tuple[Fraction | None, Fraction | None]:
    """Look at each weight in turn: the heaviest of those up to the target, the lightest of those above."""
    below = above = None
    for weight in sorted(reachable):
        if weight <= target:
            below = weight
        elif above is None:
            above = weight
    return below, above


def nearest(target: Fraction, reachable: Iterable[Fraction]) -> Fraction:
    """Look at each weight in turn, from the lightest on; the first of the nearest is the answer."""
    return min(sorted(reachable), key=lambda weight: abs(weight - target))


def stacks(bar: float, plates: list[float]) -> set[Fraction]:
    totals = {Fraction(str(bar))}
    for plate in plates:
        totals |= {total + 2 * Fraction(str(plate)) for total in totals}
    return {total for total in totals if total > 0}


# One repetition maximum


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"one_rm": 120}, "120"),
        ({"one_rm": 102.1}, "1021/10"),  # as written; the float itself is a hair below
        ({"weight": 100, "reps": 1}, "100"),  # the heaviest single is the 1RM, not 103.3
        ({"weight": 80, "reps": 8}, "304/3"),  # 80 x 38/30
        ({"weight": 80, "reps": 6, "rir": 2}, "304/3"),  # two left: the same as 8 to the end
        ({"weight": 90, "reps": 1, "rir": 1}, "96"),  # one and one left is a double: 90 x 32/30
        ({"weight": 0.1, "reps": 15}, "3/20"),  # a tenth exactly, x 45/30
    ],
)
def test_one_rm(given: dict[str, Any], expected: str) -> None:
    assert one_rm(record(**given)) == Fraction(expected)


# Repetitions and percent


@pytest.mark.parametrize(
    ("reps", "rir", "percent", "guided"),
    [
        (1, 0, "100", 100),
        (1, 1, "375/4", 90),  # 3000/32 = 93.75
        (4, 2, "250/3", 80),  # 3000/36 = 83.3
        (5, 2, "3000/37", 80),  # 81.1
        (8, 2, "75", 75),  # 3000/40, a multiple of 5 stays
        (10, 2, "500/7", 70),  # 71.4
        (10, 3, "3000/43", 65),  # 69.8: down, though 70 is much nearer
        (20, 6, "375/7", 50),  # 53.6
        (30, 0, "50", 50),
    ],
)
def test_percent_and_guide(reps: int, rir: int, percent: str, guided: int) -> None:
    assert percent_for(reps, rir) == Fraction(percent)
    assert guide_load(reps, rir) == guided


@given(REPS, RIR)
def test_more_repetitions_are_never_heavier(reps: int, rir: int) -> None:
    assert guide_load(reps, rir) >= guide_load(reps + 1, rir)
    assert guide_load(reps, rir) >= guide_load(reps, rir + 1)
    assert percent_for(reps, rir) > percent_for(reps + 1, rir)
    assert 0 <= percent_for(reps, rir) - guide_load(reps, rir) < 5


@pytest.mark.parametrize(
    ("reps", "percent", "left"),
    [
        (5, 80, 2),  # 30 x (100/80 - 1) = 7.5 repetitions, of which 7 are whole
        (8, 75, 2),  # 10 of them, exactly
        (10, 75, 0),
        (12, 75, -2),
        (1, 100, 0),  # a single at the 1RM goes up; the formula alone would say 0 repetitions
        (1, 98, 0),  # 0.6 repetitions by the formula, but less than the 1RM
        (2, 98, -1),
        (1, 101, -1),  # above the 1RM not even one
        (3, Fraction(1000, 11), 0),  # 30 x (1.1 - 1) = 3 exactly, no float that falls below it
    ],
)
def test_reserve(reps: int, percent: int | Fraction, left: int) -> None:
    assert reserve(reps, percent) == left


@given(REPS, RIR)
def test_reserve_undoes_percent(reps: int, rir: int) -> None:
    assert reserve(reps, percent_for(reps, rir)) == rir
    # A guide is rounded down, so it never leaves less than is requested.
    assert reserve(reps, guide_load(reps, rir)) >= rir


@given(st.integers(1, 30), st.integers(20, 100))
def test_reserve_is_the_most_that_the_load_allows(reps: int, percent: int) -> None:
    most = reps + reserve(reps, percent)
    assert percent_for(most, 0) >= percent > percent_for(most + 1, 0)


@given(st.integers(1, 100_000), st.integers(1, 20), RIR)
def test_a_record_gives_its_own_weight_back(hundredths: int, reps: int, rir: int) -> None:
    best = one_rm(record(weight=hundredths / 100, reps=reps, rir=rir))
    assert best * percent_for(reps, rir) / 100 == Fraction(hundredths, 100)


# What an exercise is loaded with


@pytest.mark.parametrize(
    ("equipment", "kit", "implement"),
    [
        ([("barbell", "rack"), ("dumbbell",)], [], "barbell"),  # an empty kit limits nothing
        ([("barbell", "rack"), ("dumbbell",)], ["barbell", "rack", "dumbbell"], "barbell"),
        ([("barbell", "rack"), ("dumbbell",)], ["barbell", "dumbbell"], "dumbbell"),  # no rack
        ([("barbell", "rack"), ("dumbbell",)], ["band"], "other"),  # none of them can be done
        ([("bench", "kettlebell")], ["bench", "kettlebell", "band"], "kettlebell"),
        ([("trap_bar",)], [], "trap_bar"),
        ([("barbell", "rack"), ("dumbbell",)], None, "barbell"),  # a whole gym
        ([("leg_curl_machine",)], None, "machine"),
        ([("step",), ("bench", "cable_machine")], ["bench", "cable_machine"], "machine"),
        ([("machinery",)], None, "other"),
        ([("band",), ("dumbbell",)], ["band", "dumbbell"], "other"),  # the first decides, with no weight
        ([(), ("dumbbell",)], ["dumbbell"], "other"),  # needs nothing
    ],
)
def test_implement(equipment: list[tuple[str, ...]], kit: list[str] | None, implement: str) -> None:
    assert implement_of(exercise(*equipment), None if kit is None else frozenset(kit)) == implement


# Weights that can be put together


@pytest.mark.parametrize("implement", ["barbell", "trap_bar"])
@pytest.mark.parametrize(
    ("target", "given", "expected"),
    [
        ("81", {}, "80"),  # 20 and steps of 2.5: 80 or 82.5
        ("325/4", {}, "80"),  # 81.25 lies halfway: the lighter
        ("81.26", {}, "82.5"),
        ("5", {}, "20"),  # never below the bar
        ("-5", {}, "20"),
        ("133", {"unit": "lb"}, "135"),  # 45 and two plates of 45
        ("81", {"bar": 15}, "80"),
        ("81", {"bar": 7.3}, "79.8"),  # 7.3 and 29 steps; 82.3 is 1.3 away, 79.8 is 1.2
        ("0", {"bar": 0}, "2.5"),  # nothing at all is no weight
        ("81", {"plates": [20, 10]}, "80"),  # 20, 40, 60 or 80
        ("70", {"plates": [20, 10]}, "60"),  # halfway
        ("200", {"plates": [20, 10]}, "80"),  # all he has
        ("0", {"plates": [20, 10]}, "20"),
        ("0", {"bar": 0, "plates": [20, 10]}, "20"),
        ("0", {"bar": 0, "plates": [10, 20]}, "20"),  # in whichever order he lists them
        ("-9", {"bar": 0, "plates": [10]}, "20"),
        ("61", {"plates": [10, 10, 10]}, "60"),  # three pairs of one kind: 20, 40, 60 or 80
        ("22.3", {"plates": [1.134]}, "22.268"),  # 2.5 lb in kg: thousandths are kept
        ("140", {"unit": "lb", "plates": [45, 2.5]}, "140"),
    ],
)
def test_bar(implement: str, target: str, given: dict[str, Any], expected: str) -> None:
    assert near(target, implement, **given) == Fraction(expected)


@pytest.mark.parametrize(
    ("implement", "target", "given", "expected"),
    [
        ("dumbbell", "17", {}, "16"),  # halfway between 16 and 18
        ("dumbbell", "17.1", {}, "18"),
        ("dumbbell", "0.5", {}, "2"),
        ("dumbbell", "33", {"unit": "lb"}, "35"),
        ("dumbbell", "17", {"dumbbells": [20, 12.5, 15]}, "15"),
        ("dumbbell", "17.5", {"dumbbells": [20, 12.5, 15]}, "15"),  # halfway, and 20 comes first in the list
        ("dumbbell", "-3", {"dumbbells": [20, 12.5]}, "12.5"),
        ("kettlebell", "17", {}, "16"),
        ("kettlebell", "18", {}, "16"),
        ("kettlebell", "1", {}, "4"),
        ("kettlebell", "18", {"unit": "lb"}, "20"),
        ("kettlebell", "18", {"kettlebells": [12, 16, 24]}, "16"),
        ("machine", "41", {}, "40"),
        ("other", "41.3", {}, "42.5"),
        ("other", "0", {}, "2.5"),
        ("other", "41", {"unit": "lb"}, "40"),
        ("other", "41", {"bar": 7, "plates": [3], "dumbbells": [3], "kettlebells": [3]}, "40"),
    ],
)
def test_other_implements(implement: str, target: str, given: dict[str, Any], expected: str) -> None:
    assert near(target, implement, **given) == Fraction(expected)


@pytest.mark.parametrize(
    ("implement", "target", "given", "below", "above"),
    [
        ("barbell", "81", {}, "80", "82.5"),
        ("barbell", "80", {}, "80", "82.5"),  # a weight that is met lies below
        ("barbell", "19.9", {}, None, "20"),
        ("barbell", "20", {}, "20", "22.5"),
        ("barbell", "1", {"bar": 0}, None, "2.5"),
        ("barbell", "70", {"plates": [20, 10]}, "60", "80"),
        ("barbell", "80", {"plates": [20, 10]}, "80", None),  # all he has
        ("barbell", "19", {"plates": [20, 10]}, None, "20"),
        ("barbell", "5", {"bar": 0, "plates": [10]}, None, "20"),
        ("trap_bar", "134", {"unit": "lb"}, "130", "135"),
        ("dumbbell", "17.5", {"dumbbells": [20, 12.5, 15]}, "15", "20"),
        ("dumbbell", "12", {"dumbbells": [20, 12.5, 15]}, None, "12.5"),
        ("dumbbell", "20", {"dumbbells": [20, 12.5, 15]}, "20", None),
        ("dumbbell", "17", {}, "16", "18"),
        ("kettlebell", "17", {"kettlebells": [24, 16]}, "16", "24"),
        ("kettlebell", "3", {}, None, "4"),
        ("machine", "41", {"unit": "lb"}, "40", "45"),
        ("other", "0", {}, None, "2.5"),
    ],
)
def test_the_weights_on_either_side(
    implement: str, target: str, given: dict[str, Any], below: str | None, above: str | None
) -> None:
    expected = tuple(None if one is None else Fraction(one) for one in (below, above))
    assert beside(target, implement, **given) == expected


@given(TARGETS, st.sampled_from([0, 7.3, 15, 20]), PLATES)
@example(Fraction(0), 0, [0.5])
def test_no_stack_of_plates_is_nearer(target: Fraction, bar: float, plates: list[float]) -> None:
    found = near(target, "barbell", bar=bar, plates=plates)
    assert found == nearest(target, stacks(bar, plates))
    assert beside(target, "barbell", bar=bar, plates=plates) == either_side(target, stacks(bar, plates))


@given(
    TARGETS, st.sampled_from(["kg", "lb"]), st.sampled_from(["barbell", "dumbbell", "kettlebell", "other"])
)
def test_no_step_is_nearer(target: Fraction, unit: str, implement: str) -> None:
    starts = {"kg": 20, "lb": 45} if implement == "barbell" else {"kg": 0, "lb": 0}
    kg = {"dumbbell": Fraction(2), "kettlebell": Fraction(4)}.get(implement, Fraction(5, 2))
    step = kg if unit == "kg" else Fraction(5)
    rack = [starts[unit] + step * count for count in range(math.ceil(301 / step) + 1)]
    rack = [weight for weight in rack if weight > 0]
    assert near(target, implement, unit=unit) == nearest(target, rack)
    assert beside(target, implement, unit=unit) == either_side(target, rack)


@given(TARGETS, st.lists(st.integers(1, 5000).map(lambda tenths: tenths / 10), min_size=1, max_size=20))
def test_no_dumbbell_or_kettlebell_is_nearer(target: Fraction, owned: list[float]) -> None:
    exact = [Fraction(str(weight)) for weight in owned]
    best, both = nearest(target, exact), either_side(target, exact)
    assert near(target, "dumbbell", dumbbells=owned) == best
    assert near(target, "kettlebell", kettlebells=owned) == best
    assert beside(target, "dumbbell", dumbbells=owned) == both
    assert beside(target, "kettlebell", kettlebells=owned) == both


@given(TARGETS)
def test_twenty_pairs(target: Fraction) -> None:
    # As many as a scenario may hold, all different: 0.25 to 5 kg, so every half kilogram up to 105 above
    # the bar, and no other, can be put together.
    plates = [count / 4 for count in range(1, 21)]
    found = near(target, "barbell", plates=plates)
    assert found == nearest(target, (Fraction(halves, 2) for halves in range(40, 251)))


def test_twenty_pairs_that_share_no_sum() -> None:
    # Powers of two, so each of the million subsets has a sum of its own: 20.001 kg and any multiple of
    # 0.002. Thus 1234.556 lies halfway between two of them.
    plates = [2**power / 1000 for power in range(20)]
    assert near("1234.556", "barbell", bar=20.001, plates=plates) == Fraction("1234.555")
    assert near("1234.5561", "barbell", bar=20.001, plates=plates) == Fraction("1234.557")
