"""The versions of a session: minutes and dose by hand, rounding, floors, what may go, what is needed."""

from __future__ import annotations

import itertools
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from blocks import context_of, few_problem

from mesocycle.files.library import exercises, programs
from mesocycle.models.sessions import Session
from mesocycle.solver.instance.phases import round_half_up
from mesocycle.solver.model.fronts import (
    EQUAL,
    LESS,
    MORE,
    Comparison,
    cases_of,
    comparisons,
    front,
    is_hard,
    undominated,
)
from mesocycle.solver.model.grounding import content_cases
from mesocycle.solver.prescription import versions
from mesocycle.solver.prescription.amounts import (
    Amount,
    all_of,
    any_of,
    minutes,
    minutes_of,
    per_set,
    short_of,
)
from mesocycle.solver.prescription.items import LOADED_DOSE, WORTH, Item, plain_items, session_items
from mesocycle.solver.prescription.lifts import Lift
from mesocycle.solver.prescription.moves import moves_of
from mesocycle.solver.prescription.versions import Space, Version, allowed, shortest_of
from mesocycle.solver.prescription.zones import Demands
from mesocycle.solver.rules import CATALOGUE, RuleSettings
from mesocycle.solver.rules.base import Case


def every_needed(space: Space, comparisons: Sequence[Comparison]) -> tuple[Version, ...]:
    """The front by comparing all versions with all others: its slow twin."""
    versions = space.every()
    sets = np.array([version.sets for version in versions], dtype=np.int64).reshape(len(versions), -1)
    sums = np.column_stack([Amount(comparison.table).of(sets) for comparison in comparisons])
    return tuple(versions[at] for at in undominated(sums, comparisons).tolist())


def items(*entries: dict[str, Any], novel: frozenset[str] = frozenset(), **settings: Any) -> tuple[Item, ...]:
    return items_of(Session.model_validate({"name": "A", "exercises": entries}), novel, **settings)


def items_of(session: Session, novel: frozenset[str] = frozenset(), **settings: Any) -> tuple[Item, ...]:
    """The items of a session where these rules are on, and no others."""
    instance = context_of({"start": "2026-09-07", "weeks": 1, "runs": {"week": {}}})
    chosen = RuleSettings(**(dict.fromkeys(rule.id for rule in CATALOGUE) | settings))
    moves = moves_of(session, replace(instance, settings=chosen))
    return session_items(moves.done, Demands(chosen, novel=novel))


def space_of(
    parts: tuple[Item, ...], own: str = "1", most: str | None = None, limit: int | None = None
) -> Space:
    """All versions where a week allows a share of the sets, and another share under hard rules alone."""
    own_sets, tops = (allowed(parts, Fraction(share)) for share in (own, most or own))
    return Space(parts, own_sets, tops, limit)


def top_of(space: Space) -> Version:
    """The version with all sets."""
    return space.version(space.tops)


def one(exercise: str, **more: Any) -> Item:
    (item,) = items({"exercise": exercise} | more)
    return item


@pytest.mark.parametrize(
    ("value", "rounded"),
    [("5/2", 3), ("3/2", 2), ("1/2", 1), ("249/100", 2), ("7/3", 2), ("8/3", 3), ("2", 2), ("0", 0)],
)
def test_halves_are_rounded_up(value: str, rounded: int) -> None:
    # Python's own round() would make 2.5 sets into 2.
    assert round_half_up(Fraction(value)) == rounded


def test_minutes_and_dose_of_session_a_of_the_two_day_program() -> None:
    parts = items_of(programs()["runner_two_day"].sessions[0])
    # Squat 1000 x 80/80, as five with two in reserve are 80 %. RDL 700 x 67.5/80 = 590.6 and calf raise
    # 500 x 77.5/80 = 484.4: the middle of the library's loads. Row 100 x 60/80: 60 % where it has none.
    assert [item.dose for item in parts] == [1000, 591, 75, 484, 0]
    space = space_of(parts)
    assert space.tops == (3, 3, 2, 3, 3)
    top = top_of(space)
    assert space.first()[0] == top
    # 480 + 5 x 75 + 3 x 200 + 3 x 125 + 2 x 90 + 3 x 140 + 3 x 80 s = 2670 s: 44 min 30 s.
    assert top.minutes == 45
    assert top.dose == 3 * 1000 + 3 * 591 + 2 * 75 + 3 * 484
    assert top.leg_sets == 9  # squat, RDL, calf raise
    assert (short_of(parts, space.own).at(top.sets), top.total) == (0, 14)
    assert not top.jumps


# What the first, second, third and each further set is worth, by kind.
MAIN, ONE_LEG, LEGS, REST = (16, 12, 4, 2), (10, 6, 3, 2), (5, 3, 2, 1), (4, 2, 1, 1)
KINDS = {
    "back_squat": MAIN,
    "barbell_hip_thrust": MAIN,
    "trap_bar_deadlift": MAIN,
    "bodyweight_squat": MAIN,  # a squat, though no main lift
    "single_leg_rdl": MAIN,  # a hinge on one leg
    "split_squat": ONE_LEG,  # a main lift, but single-leg work first
    "walking_lunge": ONE_LEG,
    "calf_raise_bent": ONE_LEG,
    "single_leg_calf_raise": ONE_LEG,
    "wall_sit": LEGS,  # a squat by half, but knee extension first
    "nordic_hamstring_curl": LEGS,
    "box_jump": LEGS,
    "plank": REST,
    "push_up": REST,
    "dumbbell_row": REST,
    "glute_med_band": REST,  # little for the legs
}


def test_what_a_set_counts_follows_what_is_kept() -> None:
    parts = items(*({"exercise": name, "sets": [1, 2]} for name in KINDS))
    assert {item.exercise: item.worth for item in parts} == KINDS
    names = ("split_squat", "calf_raise_bent", "back_squat", "nordic_hamstring_curl", "plank", "push_up")
    other = SimpleNamespace(keep=("upper", "core"), points=WORTH)
    parts = items(*({"exercise": name, "sets": [1, 2]} for name in names), short_time_priority=other)
    # Worth goes by the place in the list; what is not listed goes first.
    assert [item.worth for item in parts] == [REST, REST, REST, REST, ONE_LEG, MAIN]
    assert [item.place for item in parts] == [5, 5, 5, 5, 1, 0]


def test_what_some_of_the_sets_are_worth() -> None:
    squat = one("back_squat", sets=[2, 6])
    # 16, 12, 4 and then 2 each.
    assert [squat.worth_of(1, last) for last in range(7)] == [0, 16, 28, 32, 34, 36, 38]
    assert squat.worth_of(3, 5) == 4 + 2 + 2
    assert squat.worth_of(4, 3) == 0


def test_a_short_session_gives_up_third_sets_first() -> None:
    parts = items_of(programs()["runner_two_day"].sessions[0])
    space = space_of(parts)
    fitting = [version for version in space.every() if version.minutes <= 40]
    # 270 s of 44.5 min have to go. Squat, RDL, row, calf raise and press take 200, 125, 90, 140 and 80 s a
    # set.
    short = short_of(parts, space.own)
    assert [item.worth for item in parts] == [MAIN, MAIN, REST, ONE_LEG, REST]
    least = min(short.at(version.sets) for version in fitting)
    # The third squat is worth 4 and the third press 1: 280 s. Without squats it takes more: third press,
    # third calf raise (3) and second row (2) are 310 s, the first two of them 220; third RDL (4) and calf
    # raise 265.
    assert least == 4 + 1 < 1 + 3 + 2
    assert {version.sets for version in fitting if short.at(version.sets) == least} == {(2, 3, 2, 3, 2)}


def test_supersets_and_complexes_go_as_one_and_supersets_take_less_time() -> None:
    pair = [{"exercise": name, "sets": [1, 3], "superset": "a"} for name in ("bench_press", "bent_over_row")]
    parts = items({"exercise": "back_squat", "sets": 2}, *pair)
    space = space_of(parts)
    assert space.units == ((0,), (1, 2))
    assert space.ways == ((2, 0), (3, 2, 1, 0))
    assert {version.sets for version in space.every()} == {
        (squats, rounds, rounds) for squats, rounds in itertools.product((2, 0), range(4)) if squats + rounds
    }
    # 480 + 3 x 75 + 2 x 200 + 3 x (110 + 100) x 0.6 = 1483 s.
    assert top_of(space).minutes == 25
    heavy = [{"exercise": name, "sets": [3, 5], "complex": "a"} for name in ("back_squat", "vertical_jump")]
    parts = items(*heavy)
    # The rest between rounds is whole: 480 + 2 x 75 + 5 x (200 + 85) = 2055 s.
    assert top_of(space_of(parts)).minutes == 35
    assert top_of(space_of(parts)).jumps
    assert [item.floor for item in parts] == [2, 2]  # the squat's, for both
    assert [version.sets for version in space_of(parts).every()] == [(n, n) for n in (5, 4, 3, 2)]


def test_every_number_of_sets_down_to_the_floor_is_a_version_and_none() -> None:
    parts = items(
        {"exercise": "back_squat", "sets": [3, 4]},
        {"exercise": "reverse_lunge", "sets": 3},
        {"exercise": "push_up", "sets": [2, 3]},
    )
    space = space_of(parts)
    # A main lift's floor is two, that of all else one, whatever the exercise's own least.
    assert space.ways == ((4, 3, 2, 0), (3, 2, 1, 0), (3, 2, 1, 0))
    assert space.count == 4 * 4 * 4
    every = space.every()
    # All but the one that holds nothing, those with the most sets first.
    assert {version.sets for version in every} == set(itertools.product(*space.ways)) - {(0, 0, 0)}
    assert [version.total for version in every] == sorted((v.total for v in every), reverse=True)
    assert len(every) == len(set(every)) == 63
    assert all(space.holds(version) for version in every)
    for sets in ((0, 0, 0), (1, 3, 3), (5, 3, 3), (4, 3, 4)):
        assert not space.holds(space.version(sets))


def test_sets_not_done_count_from_the_last_one_done() -> None:
    parts = items({"exercise": "back_squat", "sets": [3, 5]}, {"exercise": "push_up", "sets": [2, 3]})
    short = short_of(parts, (5, 3))
    # Of squats the fifth and fourth set are worth 2, the third 4, the second 12, the first 16.
    assert [short.at((n, 3)) for n in (5, 4, 3, 2, 1, 0)] == [0, 2, 4, 8, 20, 36]
    assert [short.at((5, n)) for n in (3, 2, 1, 0)] == [0, 1, 3, 7]
    # In a week of two squats only those can be missing.
    assert [short_of(parts, (2, 3)).at((n, 3)) for n in (5, 2, 1, 0)] == [0, 0, 12, 28]


def test_what_takes_longer_than_the_runner_gives_is_no_version_unless_nothing_is_shorter() -> None:
    parts = items(
        {"exercise": "back_squat", "sets": 3},  # 75 + 600 s
        {"exercise": "split_squat", "sets": 3},  # 75 + 420 s
        {"exercise": "push_up", "sets": 3},  # 75 + 240 s
    )
    # 480 + 1485 s are 33 min: they fit into 33.
    everything = {version.sets for version in space_of(parts).every()}
    assert {version.sets for version in space_of(parts, limit=33).every()} == everything
    shorter = space_of(parts, limit=32)
    assert (3, 3, 3) not in {version.sets for version in shorter.every()}
    assert {version.sets for version in shorter.every()} == {
        sets for sets in everything if minutes_of(parts, sets) <= 32
    }
    # One push-up alone takes 480 + 75 + 80 s, so 11 min: nothing fits into 10, and that is given.
    assert space_of(parts, limit=10).most_minutes == 11
    assert [version.sets for version in space_of(parts, limit=10).every()] == [(0, 0, 1)]
    assert space_of(parts).most_minutes is None


def test_the_shortest_version_lasts_so_long_where_it_can() -> None:
    parts = items({"exercise": "back_squat", "sets": 3}, {"exercise": "push_up", "sets": 3})
    # Push-ups alone 480 + 75 + 80, 160 or 240 s: 11, 12 or 14 min. Two squats 480 + 75 + 400 s: 16 min.
    assert [shortest_of(parts, least) for least in (0, 11, 12, 13, 14, 15, 16)] == [
        11,
        11,
        12,
        14,
        14,
        16,
        16,
    ]
    # Never more than the least sets of all of them: 480 + 150 + 480 s, 19 min.
    assert shortest_of(parts, 60) == 19
    assert shortest_of(parts[1:], 15) == 11
    plain = plain_items(Session.model_validate({"name": "A", "minutes": 45, "lower_body": "none"}))
    # Half of twelve sets of 3 min are the least.
    assert shortest_of(plain, 15) == 45 - 6 * 3
    assert shortest_of((), 15) == 8


@pytest.mark.parametrize("share", ["1", "6/10"])
def test_the_first_versions_are_few_and_hold_the_ends(share: str) -> None:
    for program in programs().values():
        for session in program.sessions:
            space = space_of(items_of(session), share, "1")
            first = space.first()
            assert len(first) <= 5
            assert all(space.holds(version) for version in first)
            sets = [version.sets for version in first]
            assert len(set(sets)) == len(sets)
            assert {space.own, space.tops} <= set(sets)
            least = tuple(min(own, item.least) for own, item in zip(space.own, space.items, strict=True))
            assert least in sets
            # The shortest is that of one unit alone, with its fewest sets.
            alone = [
                minutes_of(
                    space.items, [min(n for n in ways if n) * (at in unit) for at in range(len(sets[0]))]
                )
                for unit, ways in zip(space.units, space.ways, strict=True)
            ]
            assert min(version.minutes for version in first) == min(alone)


def test_where_none_of_the_first_fits_all_versions_are_listed() -> None:
    # 30 min hold neither all sets nor the least of all, and what is short alone is there.
    parts = items(*({"exercise": name, "sets": 3} for name in ("back_squat", "split_squat", "push_up")))
    tight = space_of(parts, limit=11)
    assert [version.sets for version in tight.first()] == [(0, 0, 1)]
    assert tight.first() == tight.every()


def test_too_many_versions_are_not_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    space = space_of(items({"exercise": "back_squat", "sets": 3}, {"exercise": "push_up", "sets": 3}))
    monkeypatch.setattr(versions, "MOST_LISTED", space.count)
    assert len(space.every()) == 3 * 4 - 1
    monkeypatch.setattr(versions, "MOST_LISTED", space.count - 1)
    with pytest.raises(OverflowError, match="12 versions are too many to list"):
        space.every()


def random_parts(rng: random.Random) -> tuple[Item, ...]:
    """Two to five exercises of the library, some of them in a superset, some new."""
    chosen = rng.sample(sorted(exercises()), rng.randint(2, 5))
    entries: list[dict[str, Any]] = [
        {"exercise": name, "sets": sorted(rng.choices(range(1, 5), k=2))} for name in chosen
    ]
    if rng.random() < 0.3:
        entries[:2] = [entry | {"superset": "a"} for entry in entries[:2]]
    return items(*entries, novel=frozenset(chosen[: rng.randint(0, 1)]))


def by_loop(space: Space, version: Version) -> dict[str, int]:
    """What a version holds, set by set."""
    pairs = list(zip(space.items, version.sets, strict=True))
    seconds = 480 + sum(75 + n * item.tenths / 10 for item, n in pairs if n)
    return {
        "minutes": -int(-seconds // 60),
        "dose": sum(n * item.dose for item, n in pairs),
        "leg sets": sum(n for item, n in pairs if item.legs),
        "legs at all": int(any(n and item.legs for item, n in pairs)),
        "all legs": int(all(n for item, n in pairs if item.legs)),
        "short": sum(
            (*item.worth, *[item.worth[-1]] * own)[number]
            for (item, n), own in zip(pairs, space.own, strict=True)
            for number in range(n, own)
        ),
    }


def test_amounts_are_those_of_a_naive_loop_and_lie_between_their_extremes() -> None:
    rng = random.Random(5)
    for _ in range(40):
        parts = random_parts(rng)
        space = space_of(parts, rng.choice(["1", "1/2"]), "1", rng.choice([None, 25]))
        legs = [item.legs for item in parts]
        amounts = {
            "minutes": minutes(parts),
            "dose": per_set(parts, [item.dose for item in parts]),
            "leg sets": per_set(parts, [int(one) for one in legs]),
            "legs at all": any_of(parts, legs),
            "all legs": all_of(parts, legs),
            "short": short_of(parts, space.own),
        }
        every = space.every()
        sets = np.array([version.sets for version in every])
        for name, amount in amounts.items():
            expected = [by_loop(space, version)[name] for version in every]
            assert amount.of(sets).tolist() == expected, name
            assert [amount.at(version.sets) for version in every] == expected
            low, high = space.extremes(amount)
            assert low <= min(expected)
            assert max(expected) <= high
            # The bounds by which versions are looked through unlisted.
            sums = amount.table[np.arange(len(parts)), sets].sum(axis=1)
            assert all(
                amount.slope * int(total) + amount.low <= value <= amount.slope * int(total) + amount.high
                for total, value in zip(sums, expected, strict=True)
            )
        for version in every:
            told = by_loop(space, version)
            assert (version.minutes, version.dose, version.leg_sets) == (
                told["minutes"],
                told["dose"],
                told["leg sets"],
            )
            assert version.jumps == any(
                n and item.contacts for item, n in zip(parts, version.sets, strict=True)
            )


def random_comparisons(rng: random.Random, parts: tuple[Item, ...]) -> list[Comparison]:
    """Minutes and load, and a few sums of each kind."""
    found = [
        Comparison(minutes(parts).table, LESS),
        Comparison(per_set(parts, [item.dose for item in parts]).table, LESS),
        Comparison(per_set(parts, [1] * len(parts)).table, MORE, 1),
    ]
    for _ in range(rng.randint(1, 4)):
        table = per_set(parts, [rng.choice([0, 0, 1, 2, 5]) for _ in parts]).table
        sense = rng.choice([LESS, MORE, MORE, EQUAL])
        until = None if sense == EQUAL else rng.choice([None, rng.randint(0, 12)])
        since = None if until is None else rng.choice([None, until + sense * rng.randint(1, 6)])
        found.append(Comparison(table, sense, until, since))
    return found


def test_the_front_is_that_of_comparing_all_with_all() -> None:
    rng = random.Random(3)
    seen = Counter[str]()
    for _ in range(80):
        parts = random_parts(rng)
        limit = rng.choice([None, None, 15, 30])
        space = space_of(parts, rng.choice(["1", "1/2"]), "1", limit)
        some = random_comparisons(rng, parts)
        fast = front(space, some)
        slow = every_needed(space, some)
        assert values_of(some, fast) == values_of(some, slow)
        assert len(fast) == len(slow)
        assert all(space.holds(version) for version in fast)
        # Whatever is not needed is no better than something that is.
        needed = [counted(some, version) for version in fast]
        every = [counted(some, version) for version in space.every()]
        assert all(any(as_good(some, one, other) for one in needed) for other in every)
        assert not any(as_good(some, one, two) for one, two in itertools.permutations(needed, 2))
        seen["all"] += len(fast) == len(space.every())
        seen["few"] += len(fast) < len(space.every()) / 2
        seen["many"] += len(fast) > 5
    assert all(seen[kind] >= 10 for kind in ("few", "many")), seen


def parted(one: Comparison, version: Version) -> int:
    """What a version counts, where less is better; what lies beyond the part that matters is equal."""
    total = sum(int(one.table[at, n]) for at, n in enumerate(version.sets))
    if one.sense == EQUAL:
        return total
    if one.until is not None:
        total = max(total, one.until) if one.sense == LESS else min(total, one.until)
    if one.since is not None:
        total = min(total, one.since) if one.sense == LESS else max(total, one.since)
    return one.sense * total


def counted(some: Sequence[Comparison], version: Version) -> tuple[int, ...]:
    """What a version counts by each comparison."""
    return tuple(parted(one, version) for one in some)


def as_good(some: Sequence[Comparison], one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    """Whether what one version counts is as good as what another does, by every comparison."""
    rows = zip(some, one, other, strict=True)
    return all(a == b if compared.sense == EQUAL else a <= b for compared, a, b in rows)


def values_of(some: Sequence[Comparison], found: Sequence[Version]) -> set[tuple[int, ...]]:
    """What versions count by each comparison: of equals either may stay."""
    return {counted(some, version) for version in found}


def random_week(rng: random.Random) -> tuple[tuple[Lift, ...], list[list[Case]]]:
    """Lifts of a random block with the cases that speak of their versions."""
    names = rng.sample(sorted(exercises()), 8)
    sessions = [
        {
            "name": name,
            "exercises": [{"exercise": one, "sets": sorted(rng.choices(range(1, 5), k=2))} for one in own],
        }
        for name, own in zip("AB", (names[:4], names[4:]), strict=True)
    ]
    rules = {
        rule: rng.choice(["hard", "soft", "off"])
        for rule in (
            "planned_sets",
            "weekly_sets_per_pattern",
            "pattern_coverage",
            "unilateral_share",
            "plyo_limits",
            "weekly_lifting_time",
            "session_duration",
            "ramp_limits",
            "set_trim_by_mileage",
        )
    }
    data = {
        "start": "2026-09-07",
        "weeks": 4,
        "runs": {"week": {"tue": {"type": "easy", "start": "07:00", "minutes": 45}}},
        "strength": {"sessions_per_week": rng.choice([1, 2]), "sessions": sessions},
        "rules": rules,
    }
    few = few_problem(context_of(data))
    return few.lifts, cases_of(few, content_cases(few))


@pytest.mark.uncounted
def test_the_front_of_a_blocks_own_cases_is_that_of_comparing_all_with_all() -> None:
    rng = random.Random(7)
    seen = Counter[str]()
    for _ in range(20):
        lifts, cases = random_week(rng)
        for lift, own in zip(lifts, cases, strict=True):
            for some in (own, [case for case in own if is_hard(case)]):
                compared = comparisons(lift, some)
                fast, slow = front(lift.space, compared), every_needed(lift.space, compared)
                assert values_of(compared, fast) == values_of(compared, slow)
                assert len(fast) == len(slow)
                seen["fewer" if len(fast) < len(lift.space.every()) else "all"] += 1
                # What loads the legs and what does not are never told apart by too little.
                assert min(version.dose for version in fast) == min(v.dose for v in lift.space.every())
                seen["loaded"] += max(version.dose for version in fast) >= LOADED_DOSE
    assert seen["fewer"] >= 20, seen
    assert seen["loaded"] >= 20, seen


@pytest.mark.parametrize(
    ("exercise", "sets", "factor", "expected"),
    [
        ("back_squat", 3, "1", 3),
        ("back_squat", 3, "1/2", 2),  # 1.5, rounded up
        ("back_squat", 4, "6/10", 2),  # 2.4
        ("back_squat", 4, "1/4", 2),  # 1, but a main lift keeps two
        ("back_squat", 1, "1/4", 1),  # never above what was asked for
        ("plank", 3, "1/2", 2),
        ("plank", 3, "4/10", 1),  # 1.2
        ("plank", 2, "1/10", 1),  # never none
    ],
)
def test_what_a_week_allows_of_one_exercise(exercise: str, sets: int, factor: str, expected: int) -> None:
    assert allowed((one(exercise, sets=sets),), Fraction(factor)) == (expected,)


def sets_of(names: str, counts: Sequence[int], share: str) -> tuple[int, ...]:
    """What a week's share allows of these exercises: squat, deadlift, lunge, press."""
    long = {"s": "back_squat", "d": "romanian_deadlift", "l": "reverse_lunge", "p": "pallof_press"}
    entries = [{"exercise": long[name], "sets": [1, n]} for name, n in zip(names, counts, strict=True)]
    return allowed(items(*entries), Fraction(share))


@pytest.mark.parametrize(
    ("names", "counts", "share", "expected"),
    [
        ("sdl", (3, 3, 3), "1", (3, 3, 3)),
        # 0.833 of nine is 7.5, so eight: 2.5 of each, and the last set goes by the order of what is kept.
        ("sdl", (3, 3, 3), "5/6", (3, 3, 2)),
        ("lds", (3, 3, 3), "5/6", (2, 3, 3)),  # squat and hinge first, wherever they stand
        ("ppp", (3, 3, 3), "5/6", (3, 3, 2)),  # of the same kind the first in the session
        # 0.9 of eleven is 9.9, so ten: 3.6, 3.6 and 2.7; the lunge has the largest remainder.
        ("sdl", (4, 4, 3), "9/10", (4, 3, 3)),
        # 0.75 of 12 is nine: 3, 3.75 and 2.25; the middle one has the largest remainder.
        ("sdp", (4, 5, 3), "3/4", (3, 4, 2)),
        # Half of six sets is three: 1.5, 1.5; two each are the floor, and more than three.
        ("sd", (3, 3), "1/2", (2, 2)),
        # 0.4 of ten is four: 1.2, 1.2 and 1.6. The floors of two are four already; what lies above its floor
        # gives way, and nothing does: five.
        ("sdp", (3, 3, 4), "4/10", (2, 2, 1)),
        # 0.4 of fifteen is six: 1.2, 1.2 and 3.6. With floors of two and two the presses have two of their
        # three.
        ("sdp", (3, 3, 9), "4/10", (2, 2, 2)),
        # 0.3 of thirteen is 3.9, so four: 0.9 and 3; the floor of the squat takes one of the presses.
        ("sp", (3, 10), "3/10", (2, 2)),
        # Of a tie what is kept last gives way first: 0.5 of 9 is 4.5, so five; floors are 2 + 1 + 1 of 1.5
        # each.
        ("slp", (3, 3, 3), "1/2", (2, 2, 1)),
        ("spl", (3, 3, 3), "1/2", (2, 1, 2)),
    ],
)
def test_the_sets_of_a_session_are_rounded_together(
    names: str, counts: tuple[int, ...], share: str, expected: tuple[int, ...]
) -> None:
    assert sets_of(names, counts, share) == expected


def test_a_superset_counts_as_one_exercise() -> None:
    pair = [{"exercise": name, "sets": [1, 3], "superset": "a"} for name in ("push_up", "pallof_press")]
    parts = items({"exercise": "back_squat", "sets": [2, 3]}, *pair)
    # 0.75 of 3 + 3 is 4.5, so five: 2.25 each, and the squat comes first. Counted one by one it were 6.75, so
    # seven of nine.
    assert allowed(parts, Fraction(3, 4)) == (3, 2, 2)
    # It comes where the member that is kept longest does: push-ups and a lunge before a press.
    mixed = [{"exercise": name, "sets": [1, 3], "superset": "a"} for name in ("push_up", "reverse_lunge")]
    parts = items({"exercise": "plank", "sets": [1, 3]}, *mixed)
    assert allowed(parts, Fraction(3, 4)) == (2, 3, 3)


def test_what_is_new_or_comes_back_is_capped_after_the_sets_are_handed_out() -> None:
    parts = items({"exercise": "back_squat", "sets": [2, 4]}, {"exercise": "reverse_lunge", "sets": [1, 4]})
    # Half of eight is four; a capped squat leaves no set to the lunge.
    for cap, expected in ((4, (2, 2)), (2, (2, 2)), (1, (1, 2))):
        capped = (replace(parts[0], cap=cap), parts[1])
        assert allowed(capped, Fraction(1, 2)) == expected
    assert allowed((replace(parts[0], cap=2), parts[1]), Fraction(1)) == (2, 4)


def handed_out(parts: Sequence[Item], share: Fraction) -> tuple[int, ...]:
    """The same by looking at every way to hand out the sets: its slow twin.

    Of all ways between floors and full sets with the right total the nearest to the quotas, by the sum of
    squares (which largest remainders minimise); of equals the most to what is kept longest, in order.
    """
    groups: dict[int, list[int]] = {}
    for at, item in enumerate(parts):
        groups.setdefault(item.unit, []).append(at)
    units = sorted(groups.values(), key=lambda unit: (min(parts[at].place for at in unit), unit[0]))
    full = [parts[unit[0]].most for unit in units]
    floors = [parts[unit[0]].floor for unit in units]
    total = max(sum(floors), int(share * sum(full) + Fraction(1, 2)))
    ways = itertools.product(*(range(low, high + 1) for low, high in zip(floors, full, strict=True)))
    best = min(
        (way for way in ways if sum(way) == total),
        key=lambda way: (
            sum((n - share * most) ** 2 for n, most in zip(way, full, strict=True)),
            [-n for n in way],
        ),
    )
    found = [0] * len(parts)
    for unit, n in zip(units, best, strict=True):
        for at in unit:
            found[at] = min(n, parts[at].cap)
    return tuple(found)


def test_sets_are_handed_out_as_by_looking_at_every_way() -> None:
    rng = random.Random(11)
    seen = Counter[str]()
    for _ in range(300):
        parts = tuple(replace(item, cap=rng.choice([item.cap, item.cap, 2])) for item in random_parts(rng))
        units = {item.unit: item.cap for item in parts}  # members of a superset share their cap
        parts = tuple(replace(item, cap=units[item.unit]) for item in parts)
        share = Fraction(rng.randint(25, 100), 100)
        own = allowed(parts, share)
        assert own == handed_out(parts, share)
        assert all(min(item.floor, item.cap) <= n <= item.most for item, n in zip(parts, own, strict=True))
        single = [round_half_up(share * item.most) for item in parts]
        seen["other than one by one"] += any(n != alone for n, alone in zip(own, single, strict=True))
        seen["superset"] += len(units) < len(parts)
        seen["capped"] += any(n == item.cap for item, n in zip(parts, own, strict=True))
    assert all(seen[kind] >= 50 for kind in ("other than one by one", "superset", "capped")), seen


def test_a_week_below_the_runners_own_minimum_goes_below_it() -> None:
    # [3, 4] sets in a week of half the sets: 2, the week's cap, and no version above it.
    space = space_of(items({"exercise": "back_squat", "sets": [3, 4]}), "1/2")
    assert [version.sets for version in space.every()] == [(2,)]


def test_a_soft_trim_offers_the_sets_above_without_calling_the_rest_short() -> None:
    parts = items({"exercise": "back_squat", "sets": [2, 4]})
    trimmed = space_of(parts, "1/2", "1")
    assert (trimmed.own, trimmed.tops) == ((2,), (4,))
    assert [version.sets for version in trimmed.every()] == [(4,), (3,), (2,)]
    assert [short_of(parts, trimmed.own).at(version.sets) for version in trimmed.every()] == [0, 0, 0]
    alone = space_of(parts)
    assert [short_of(parts, alone.own).at(version.sets) for version in alone.every()] == [0, 2, 2 + 4]


@pytest.mark.parametrize(
    ("more", "dose"),
    [
        ({"load": 80}, 1000),
        ({"load": 90, "reps": 2, "rir": 2}, 1125),  # 90/80
        (
            {"load": 100, "reps": 1},
            1438,
        ),  # 125 % is cut at 115 %, and a single at 100 % leaves none: 1150 x 5/4
        ({"load": 20}, 600),  # 25 % is lifted to 60 %
        ({"load": 80, "rir": 2}, 1000),
        ({"load": 80, "rir": 1}, 1250),  # a quarter more near failure
        ({"load": 80, "rir": 0}, 1250),
        ({}, 1000),  # five with two in reserve are 80 %
    ],
)
def test_the_dose_of_a_set_of_squats(more: dict[str, Any], dose: int) -> None:
    item = one("back_squat", **more)
    assert item.dose == dose
    assert item.to_failure == (more.get("rir") == 0 or more.get("load") == 100)
    assert item.very_heavy == (more.get("load", 80) >= 80)


def test_new_movements_weigh_more_by_what_they_ask_in_lowering() -> None:
    (item,) = items({"exercise": "back_squat", "load": 80}, novel=frozenset({"back_squat"}))
    assert item.dose == 1180  # 1 + 0.3 x 0.6


@pytest.mark.parametrize(
    ("length", "legs", "offered"),
    [
        # 45 min less 8 of warm-up are 12 sets of 3 min and one minute over; at least half of them stay.
        (45, "heavy", [(45, 8004), (42, 7337), (39, 6670), (36, 6003), (33, 5336), (30, 4669), (27, 4002)]),
        # 10 min hold no set after the warm-up; two are taken all the same, and the minutes stay 10.
        (10, "none", [(10, 0), (7, 0)]),
    ],
)
def test_a_session_by_its_minutes(length: int, legs: str, offered: list[tuple[int, int]]) -> None:
    session = Session.model_validate({"name": "A", "minutes": length, "lower_body": legs})
    parts = plain_items(session)
    # 8000 / 12 = 666.7 is rounded up, so that the whole session does not fall short of a full dose.
    assert [(version.minutes, version.dose) for version in space_of(parts).every()] == offered
