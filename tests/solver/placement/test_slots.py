"""Candidate slots: every start of the grid and no other, and facts that a naive loop finds too."""

from __future__ import annotations

import random
from typing import Any

import numpy as np
import pytest
from blocks import DAYS, context_of, problem_of

from mesocycle.solver.placement.problem import Problem
from mesocycle.solver.placement.slots import NEVER

KINDS = ["easy", "long", "tempo", "intervals", "cross"]


def problem(**more: Any) -> Problem:
    data: dict[str, Any] = {
        "start": "2026-09-07",
        "weeks": 1,
        "runs": {"week": {"tue": {"type": "tempo", "start": "07:00", "minutes": 60}}},
        "strength": {"sessions_per_week": 1, "grid_minutes": 15},
    }
    return problem_of(context_of(data | more))


@pytest.mark.parametrize("travel", [0, 10, 25])
@pytest.mark.parametrize("grid", [5, 10, 15, 20, 30, 60])
def test_every_start_of_the_grid_that_fits_a_window_and_no_other(grid: int, travel: int) -> None:
    free = {"mon": ["06:10-08:05", "17:00-18:00"], "wed": ["20:30-24:00"], "thu": ["12:00-12:10"]}
    found = problem(
        strength={"sessions_per_week": 1, "grid_minutes": grid},
        athlete={"availability": free},
        rules={"availability_window": {"travel_minutes": travel}},
    )
    options = found.options
    expected = set()
    (lift,) = found.lifts
    for number, version in enumerate(lift.versions):
        for day in range(7):
            for window in found.calendar.windows[day]:
                for minute in range(0, 1441, grid):
                    early = minute < window.start_minute + travel
                    late = minute + version.minutes > window.end_minute - travel
                    if not early and not late:
                        expected.add((number, day, 1440 * day + minute))
    listed = list(zip(options.version.tolist(), options.day.tolist(), options.start.tolist(), strict=True))
    assert len(listed) == len(set(listed))
    assert set(listed) == expected
    assert {day for _, day, _ in listed} == {0, 2}  # 10 min on Thursday hold no version


@pytest.mark.uncounted
def test_facts_on_random_weeks_are_those_of_a_naive_loop() -> None:
    random.seed(3)
    seen = dict.fromkeys(("overlap", "same start", "no run before", "no run after", "no key", "key today"), 0)
    for _ in range(12):
        week: dict[str, Any] = {}
        for day in DAYS:
            starts = random.sample([360, 420, 720, 1020, 1080], random.choice([0, 0, 1, 2]))
            week[day] = [
                {"type": random.choice(KINDS), "start": start, "minutes": random.choice([20, 35, 60])}
                for start in sorted(starts)
            ]
        found = problem(runs={"week": week}, weeks=2)
        options, runs = found.options, found.calendar.runs
        for at in range(0, len(options), 7):
            start, end = int(options.start[at]), int(options.end[at])
            begun = [i for i, run in enumerate(runs) if run.start <= start]
            ahead = [i for i, run in enumerate(runs) if run.start > start]
            keys = [i for i, run in enumerate(runs) if run.key and run.start >= start]
            assert options.run_before[at] == (begun[-1] if begun else -1)
            if begun:
                assert options.since_run[at] == start - max(runs[i].end for i in begun)
            else:
                assert options.since_run[at] > NEVER / 2
            assert options.run_after[at] == (ahead[0] if ahead else -1)
            if ahead:
                assert options.to_run[at] == runs[ahead[0]].start - end
            else:
                assert options.to_run[at] > NEVER / 2
            assert options.key_after[at] == (keys[0] if keys else -1)
            if keys:
                assert options.to_key[at] == runs[keys[0]].start - end
            else:
                assert options.to_key[at] > NEVER / 2
            seen["overlap"] += bool(begun) and options.since_run[at] < 0
            seen["same start"] += any(runs[i].start == start for i in begun)
            seen["no run before"] += not begun
            seen["no run after"] += not ahead
            seen["no key"] += not keys
            seen["key today"] += bool(keys) and runs[keys[0]].day == options.day[at]
    assert all(count >= 10 for count in seen.values()), seen


def test_a_run_over_midnight_still_lies_before_the_lift_of_the_next_day() -> None:
    # A run over midnight.
    week = {
        "mon": {"type": "long", "start": "20:00", "minutes": 600},
        "tue": {"type": "easy", "start": "06:00", "minutes": 30},
    }
    found = problem(runs={"week": week}, athlete={"availability": {"tue": ["05:00-09:00"]}})
    options = found.options
    # Monday's run ends on Tuesday at 06:00.
    early = np.flatnonzero(options.start == 1440 + 300)
    assert set(options.since_run[early].tolist()) == {-60}
    later = np.flatnonzero(options.start == 1440 + 420)
    assert set(options.since_run[later].tolist()) == {30}


def test_columns_follow_the_version() -> None:
    found = problem()
    options = found.options
    (lift,) = found.lifts
    for name in ("minutes", "dose", "jumps"):
        expected = np.array([getattr(version, name) for version in lift.versions])[options.version]
        assert (getattr(options, name) == expected).all()
    assert (options.end - options.start == options.minutes).all()
    # A quarter of the full dose is loaded, all of it is heavy.
    assert (options.loaded == (options.dose >= 2000)).all()
    assert not options.heavy.any()
    # Nothing of it jumps; where something does, only the versions that do it.
    assert not options.jumps.any()
    jumping = {"name": "A", "exercises": [{"exercise": "back_squat"}, {"exercise": "box_jump"}]}
    found = problem(strength={"sessions_per_week": 1, "grid_minutes": 15, "sessions": [jumping]})
    (lift,) = found.lifts
    (at,) = (at for at, item in enumerate(lift.items) if item.exercise == "box_jump")
    does = np.array([version.sets[at] > 0 for version in lift.versions])
    assert 0 < does.sum() < len(does)
    assert (found.options.jumps == does[found.options.version]).all()


def test_taking_options_keeps_every_column_in_step() -> None:
    options = problem().options
    few = options.take(np.array([5, 2, 9]))
    assert len(few) == 3
    assert few.start.tolist() == options.start[[5, 2, 9]].tolist()
    assert few.key_after.tolist() == options.key_after[[5, 2, 9]].tolist()


def test_no_lift_no_options() -> None:
    assert len(problem(strength={"sessions_per_week": 0}).options) == 0
    # Nor without a free window.
    blind = problem(strength={"sessions_per_week": 0}, athlete={"availability": {"mon": []}})
    assert len(blind.options) == 0
