"""Conflicts of small blocks, among all minimal conflicts that trying every choice of starts yields."""

from __future__ import annotations

from collections import Counter
from itertools import chain
from typing import Any

import pytest
from impossible_blocks import impossible, two_week_block
from stretches import (
    Instance,
    block_of,
    broken,
    instances_of,
    least_breaks,
    minimal_conflicts,
    whole_stretch,
)

import mesocycle as mc
from mesocycle.solver.diagnose.assumption_model import Effort
from mesocycle.solver.diagnose.search import MOST_CONFLICTS, FoundConflict, conflicts, whole_block
from mesocycle.solver.model.search import Deadline

# Other tests cover these lines, and counting them again would take most of the time.
pytestmark = pytest.mark.uncounted

MOST = 1500


def found(scenario: mc.Scenario) -> list[FoundConflict]:
    whole = whole_block(scenario, Effort(Deadline(None)))
    return list(conflicts(whole, whole.failing_weeks()))


def test_each_conflict_is_one_of_the_minimal_ones() -> None:
    seen = Counter[str]()
    for seed, scenario in chain(impossible(50), impossible(25, make=two_week_block)):
        for one in found(scenario):
            stretch = whole_stretch(scenario, one.weeks)
            least = least_breaks(stretch)
            mine = frozenset(one.core.members)
            # No choice of starts keeps them all, and for each there is one that breaks it alone.
            assert all(mine & some for some in least), seed
            assert {some & mine for some in least} >= {frozenset([name]) for name in mine}, seed
            assert one.core.minimal, seed
            every = minimal_conflicts(least, MOST)
            assert every is None or mine in every, seed
            seen["many" if every is None else "several" if len(every) > 1 else "one"] += 1
            seen["weeks"] += len(one.weeks) > 1
            seen["lifts"] += len(stretch.problem.lifts) > 1
    assert seen["several"] >= 30
    assert seen["one"] >= 2
    assert min(seen["weeks"], seen["lifts"]) >= 5


def test_every_week_that_fails_is_told_and_no_other() -> None:
    seen = Counter[Any]()
    for seed, scenario in chain(impossible(40, first=1000), impossible(25, 1000, two_week_block)):
        told = found(scenario)
        assert told, seed
        single = {
            week for one in told if len(one.weeks) == 1 for weeks in (one.weeks, *one.alike) for week in weeks
        }
        for week in range(scenario.week_count):
            fails = frozenset[Instance]() not in least_breaks(whole_stretch(scenario, [week]))
            assert (week in single) is fails or len(told) >= MOST_CONFLICTS, seed
            seen[fails] += 1
        for one in told:
            rules = {rule for rule, _ in one.core.members}
            for weeks in one.alike:
                seen["alike"] += 1
                stretch = whole_stretch(scenario, weeks)
                assert (
                    block_of(stretch, [name for name in instances_of(stretch) if name[0] in rules]) is None
                ), seed
    assert min(seen[True], seen[False], seen["alike"]) >= 5


def test_counting_and_solving_agree_on_what_holds() -> None:
    # The two oracles of these tests, which share nothing but the cases.
    seen = Counter[bool]()
    for _, scenario in impossible(15, first=2000):
        stretch = whole_stretch(scenario, [0])
        least = least_breaks(stretch)
        names = instances_of(stretch)
        for part in range(6):
            on = {name for at, name in enumerate(names) if (at * 7 + part * 3) % 11 > part}
            chosen = block_of(stretch, on)
            assert (chosen is not None) is any(on.isdisjoint(some) for some in least)
            if chosen is not None:
                assert any(some <= broken(stretch, chosen) for some in least)
            seen[chosen is not None] += 1
    assert min(seen[True], seen[False]) >= 10
