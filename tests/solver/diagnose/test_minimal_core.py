"""Shrinking by deletion, against set families whose minimal conflicts are known."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mesocycle.solver.diagnose.conflicts import Core, Instance, minimal_core

RULES = ("a", "b", "c", "d", "e")


@dataclass
class Family:
    """Instances that hold together unless they contain a conflict; every so many answers, none is given."""

    instances: tuple[Instance, ...]
    conflicts: tuple[frozenset[Instance], ...]
    silent: int = 0
    asked: list[tuple[Instance, ...]] = field(default_factory=list)
    silences: int = 0

    def holds(self, on: Collection[Instance]) -> bool | None:
        self.asked.append(tuple(on))
        if self.silent and len(self.asked) % self.silent == 0:
            self.silences += 1
            return None
        return not self.collide(on)

    def collide(self, on: Iterable[Instance]) -> bool:
        return any(conflict <= set(on) for conflict in self.conflicts)

    def minimal(self, core: Core) -> bool:
        return self.collide(core.members) and not any(
            self.collide(set(core.members) - {member}) for member in core.members
        )


@st.composite
def families(draw: st.DrawFn, silent: bool = False) -> tuple[Family, dict[str, int]]:
    names = st.tuples(st.sampled_from(RULES), st.sampled_from(["1", "2", "3", "4"]))
    conflicts = draw(st.lists(st.frozensets(names, min_size=1, max_size=6), min_size=1, max_size=6))
    others = draw(st.lists(names, max_size=6))
    # In the order of a catalogue, dates rising.
    instances = tuple(sorted({*others, *(name for conflict in conflicts for name in conflict)}))
    ranks = dict(zip(RULES, draw(st.permutations(range(len(RULES)))), strict=True))
    every = draw(st.integers(1, 7)) if silent else 0
    return Family(instances, tuple(conflicts), every), ranks


def minimal_conflicts(family: Family) -> set[frozenset[Instance]]:
    """By trying every set of instances, smaller ones first."""
    found: list[frozenset[Instance]] = []
    for size in range(1, len(family.instances) + 1):
        for some in combinations(family.instances, size):
            new = frozenset(some)
            if not any(old <= new for old in found) and family.collide(new):
                found.append(new)
    return set(found)


def test_a_core_is_one_of_the_minimal_conflicts() -> None:
    seen = Counter[str]()

    @given(drawn=families())
    def check(drawn: tuple[Family, dict[str, int]]) -> None:
        family, ranks = drawn
        core = minimal_core(family.instances, family.holds, ranks.__getitem__)
        assert core.minimal
        assert family.minimal(core)
        if len(family.instances) <= 10:
            every = minimal_conflicts(family)
            assert frozenset(core.members) in every
            seen["several" if len(every) > 1 else "one"] += 1

    check()
    assert seen["several"] >= 10
    assert seen["one"] >= 10


def test_members_keep_the_order_they_were_given_in() -> None:
    @given(drawn=families())
    def check(drawn: tuple[Family, dict[str, int]]) -> None:
        family, ranks = drawn
        core = minimal_core(family.instances, family.holds, ranks.__getitem__)
        assert list(core.members) == [name for name in family.instances if name in core.members]

    check()


def test_the_same_question_gets_the_same_answer_and_the_same_solves() -> None:
    @given(drawn=families())
    def check(drawn: tuple[Family, dict[str, int]]) -> None:
        family, ranks = drawn
        again = Family(family.instances, family.conflicts)
        first = minimal_core(family.instances, family.holds, ranks.__getitem__)
        second = minimal_core(again.instances, again.holds, ranks.__getitem__)
        assert first == second
        assert family.asked == again.asked

    check()


def test_rules_of_low_rank_leave_first() -> None:
    # Rule by rule, the lowest rank first: what can be spared altogether is.
    seen = Counter[bool]()

    @given(drawn=families())
    def check(drawn: tuple[Family, dict[str, int]]) -> None:
        family, ranks = drawn
        kept = list(family.instances)
        for rule in sorted(RULES, key=ranks.__getitem__):
            rest = [name for name in kept if name[0] != rule]
            seen[family.collide(rest)] += len(rest) < len(kept)
            kept = rest if family.collide(rest) else kept
        core = minimal_core(family.instances, family.holds, ranks.__getitem__)
        assert {rule for rule, _ in core.members} == {rule for rule, _ in kept}

    check()
    assert min(seen[True], seen[False]) >= 50


def test_of_two_equal_conflicts_the_one_without_the_low_rank_is_told() -> None:
    instances = (("locked", "1"), ("asked", "1"), ("wanted", "1"))
    conflicts = (frozenset(instances[:2]), frozenset(instances[1:]))
    for rules, told in (
        (("locked", "asked", "wanted"), instances[1:]),
        (("wanted", "asked", "locked"), instances[:2]),
    ):
        family = Family(instances, conflicts)
        assert minimal_core(instances, family.holds, rules.index) == Core(told, minimal=True)


def test_of_dates_that_would_do_alike_the_earliest_are_told() -> None:
    # Any three of seven days collide.
    days = tuple(("rule", f"2026-09-{day:02d}") for day in range(7, 14))
    family = Family(days, tuple(frozenset(some) for some in combinations(days, 3)))
    assert minimal_core(days, family.holds, lambda _: 0).members == days[:3]


def test_silence_keeps_a_member_and_clears_the_claim() -> None:
    seen = Counter[str]()

    @given(drawn=families(silent=True))
    def check(drawn: tuple[Family, dict[str, int]]) -> None:
        family, ranks = drawn
        core = minimal_core(family.instances, family.holds, ranks.__getitem__)
        # Whatever was not answered, what is told does collide, and is called minimal only if it is.
        assert family.collide(core.members)
        if core.minimal:
            assert family.minimal(core)
        seen["minimal" if core.minimal else "unsure"] += family.silences > 0
        seen["too large"] += not core.minimal and not family.minimal(core)

    check()
    assert seen["minimal"] >= 5
    assert seen["unsure"] >= 20
    assert seen["too large"] >= 10


def test_without_any_answer_nothing_is_dropped() -> None:
    instances = tuple((rule, "1") for rule in RULES)
    core = minimal_core(instances, lambda _: None, RULES.index)
    assert core == Core(instances, minimal=False)


@pytest.mark.parametrize("size", [1, 2, 8, 60])
def test_dates_are_dropped_by_halves(size: int) -> None:
    # One rule with many dates of which one matters: far fewer solves than dates.
    days = tuple(("rule", f"{day:03d}") for day in range(size))
    for day in (0, size // 2, size - 1):
        family = Family(days, (frozenset([days[day]]),))
        assert minimal_core(days, family.holds, lambda _: 0) == Core((days[day],), minimal=True)
        assert len(family.asked) <= 3 + 2 * size.bit_length()


def test_large_random_families() -> None:
    sizes: list[int] = []
    for seed in range(60):
        draw = random.Random(seed)
        instances: Sequence[Instance] = [(rule, f"{n:02d}") for rule in RULES for n in range(12)]
        conflicts = tuple(frozenset(draw.sample(instances, draw.randint(2, 20))) for _ in range(8))
        family = Family(tuple(instances), conflicts)
        core = minimal_core(instances, family.holds, RULES.index)
        assert core.minimal
        assert family.minimal(core)
        sizes.append(len(core.members))
    assert min(sizes) < 4
    assert max(sizes) > 10
