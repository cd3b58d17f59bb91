"""The bound and what it leaves hold for every version there is, listed or not."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from blocks import context_of, on_small_blocks, problem_of, small_blocks
from hypothesis import given, settings

import mesocycle as mc
from mesocycle.models.errors import ScenarioError
from mesocycle.models.plan import Status
from mesocycle.solver.model.block import build_block
from mesocycle.solver.model.grounding import Grounded, ground, placing_cases, with_versions
from mesocycle.solver.model.optimum import Relaxed
from mesocycle.solver.model.relaxation import CLOSED, SCALE, Weighted, fix, whole
from mesocycle.solver.model.search import Deadline, search
from mesocycle.solver.placement.problem import Problem
from mesocycle.solver.prescription.versions import Version

pytestmark = pytest.mark.uncounted

# A session fits on Sunday with fewer sets or exercises, which versions for the longest window do not hold.
UNEVEN = {
    "start": "2026-12-14",
    "weeks": 1,
    "athlete": {"availability": {"sat": ["17:00-20:00"], "sun": ["12:30-13:00"]}},
    "runs": {"week": {"sun": {"type": "intervals"}}},
    "strength": {"program": "two_easy_days"},
}


def test_what_only_a_shorter_window_holds_is_found() -> None:
    result = mc.solve(mc.load_scenario(UNEVEN))
    # Without its split squats (10 + 6 + 3 + 2) B has 24 of 30 minutes (1 for each five), and with A's 30 the
    # week 54 of 60 (6). A in half an hour: a set less of squats and hinges each (2 + 2), and one of core for
    # three (2 + 1). One set too few of squats, one of hinges, two of single-leg work, at 2 each; days side
    # by side.
    shorter, short_of, patterns, apart = 1 + 6, 2 * (21 + 4 + 3), 2 + 2 + 4, 1
    points = shorter + short_of + patterns + apart
    assert (result.status, result.objective, result.proven) == (Status.OPTIMAL, points, True)
    longer = {**UNEVEN, "athlete": {"availability": {"sat": ["17:00-20:00"], "sun": ["12:30-13:30"]}}}
    more = mc.solve(mc.load_scenario(longer)).objective
    assert more is not None
    assert more < points


def test_any_multipliers_bound_every_block_and_lose_no_optimum() -> None:
    seen: Counter[str] = Counter()

    @settings(max_examples=25)
    @given(data=small_blocks())
    def check(data: dict[str, Any]) -> None:
        try:
            grounded = ground(problem_of(context_of(data)))
        except ScenarioError:
            return
        answer = search(build_block(grounded), Deadline(None))
        if answer.objective is None or answer.chosen is None:
            seen["no block"] += 1
            return
        draw = random.Random(len(grounded.problem.options))
        block = build_block(grounded)
        for size in (0, 3, 60):
            drawn = [round(draw.uniform(-size, size) * SCALE) for _ in block.rows]
            weighted = Weighted(block, np.array(drawn, dtype=np.int64))
            options = grounded.problem.options
            costs = weighted.placed(grounded) + SCALE * (grounded.prices() - grounded.charges())
            for lift in grounded.problem.lifts:
                mine = options.lift == lift.index
                costs[mine] -= weighted.versions(lift.index, lift.sets)[options.version[mine]]
            costs = np.where(grounded.closed(), CLOSED, costs)
            least = weighted.left_out.copy()
            np.minimum.at(least, options.lift, costs)
            bound = weighted.bound(least)
            assert whole(bound) <= answer.objective
            # No option of an optimum costs more beyond its lift's least than lies between bound and optimum.
            room = answer.objective * SCALE - bound
            for at in answer.chosen:
                assert costs[at] - least[options.lift[at]] <= room
            seen["bounded"] += 1
        fixed = build_block(grounded)
        fix(fixed, answer.objective, Deadline(None))
        assert search(fixed, Deadline(None)).objective == answer.objective

    check()
    assert seen["bounded"] > 20


def test_the_versions_that_may_matter_are_all_found() -> None:
    seen: Counter[str] = Counter()

    def check(few: Problem) -> None:
        relaxed = Relaxed(few, None, Deadline(None))
        for lift in relaxed.lifts:
            every = np.array([version.sets for version in lift.space.every()], dtype=np.int64)
            costs = relaxed.pricing.exact(lift.index, every, relaxed.weighted)
            minutes, dose = (
                np.array([getattr(version, name) for version in lift.space.every()])
                for name in ("minutes", "dose")
            )
            place = relaxed.place[lift.index]
            costs = costs + relaxed.places.below(lift.index, minutes, dose, place)
            for points in (0, 3, 40):
                limit = int(relaxed.least[lift.index]) + points * SCALE
                found, _ = relaxed.pricing.within(lift.index, relaxed.weighted, relaxed.places, place, limit)
                wanted = {tuple(row) for row in every[costs <= limit].tolist()}
                assert {tuple(row) for row in found.tolist()} == wanted
                seen["some"] += 0 < len(wanted) < len(every)

    on_small_blocks(25, check)
    assert seen["some"] > 10


def test_at_one_start_a_longer_or_heavier_version_is_never_better_placed() -> None:
    # What `pricing` and `fronts` count on, read off the cases of random blocks with random rules.
    seen: Counter[str] = Counter()

    def check(few: Problem) -> None:
        sizes = [
            Version((), minutes, dose, 0)
            for minutes in (20, 27, 41)
            for dose in (0, 1900, 2000, 3100, 7999, 8000, 9500)
        ]
        lifts = tuple(replace(lift, versions=tuple(sizes)) for lift in few.lifts)
        problem = with_versions(few, lifts)
        grounded = Grounded(problem, placing_cases(problem))
        points = np.where(grounded.shut(), 10**6, grounded.charges())
        options = problem.options
        at = {
            (int(o), int(s), int(v)): int(p)
            for o, s, v, p in zip(options.lift, options.start, options.version, points, strict=True)
        }
        for (lift, start, number), own in at.items():
            for other, size in enumerate(sizes):
                mine = sizes[number]
                if size.minutes <= mine.minutes and size.dose <= mine.dose:
                    assert at[lift, start, other] <= own
                    seen["less"] += at[lift, start, other] < own

    on_small_blocks(40, check)
    assert seen["less"] > 100
