"""Small blocks for tests of the optimum: how to get from a mapping to a grounded problem, and random ones."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import numpy as np
from hypothesis import given, seed, settings
from hypothesis import strategies as st

import mesocycle as mc
from mesocycle.models.errors import ScenarioError
from mesocycle.solver.instance.instance import Instance
from mesocycle.solver.model.canonical import most_readable
from mesocycle.solver.model.grounding import Grounded, few_versions, ground, with_versions
from mesocycle.solver.model.rows import Block
from mesocycle.solver.model.search import Answer, Deadline
from mesocycle.solver.placement.problem import Problem
from mesocycle.solver.rules import deload_weeks
from mesocycle.solver.rules.check import understand

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
SMALL = {
    "name": "A",
    "exercises": [
        {"exercise": "back_squat", "sets": [2, 3], "reps": 5, "load": 80},
        {"exercise": "pallof_press", "sets": [1, 2]},
    ],
}
LIGHT = {"name": "B", "exercises": [{"exercise": "romanian_deadlift", "sets": [2, 3]}]}


START = date(2027, 1, 4)


def one_lift_a_week(
    km: Sequence[int], entries: Sequence[dict[str, Any]], records: dict[str, Any], race: str | None = None
) -> dict[str, Any]:
    """A runner of so many kilometres each week with one lift of these exercises; a race ends the block."""
    data: dict[str, Any] = {
        "start": str(START),
        "weeks": len(km),
        "athlete": {"availability": {"weekdays": ["17:00-21:00"], "weekend": ["12:00-18:00"]}},
        "runs": {
            "week": {
                "tue": {"type": "intervals", "start": "06:30", "distance": "10 km"},
                "thu": {"type": "easy", "start": "06:30", "distance": "10 km"},
                "sun": {"type": "long", "start": "08:00", "distance": "20 km"},
            },
            "weekly_distance": list(km),
        },
        "strength": {
            "sessions_per_week": 1,
            "sessions": [{"name": "A", "exercises": list(entries)}],
            "records": records,
        },
    }
    if race is not None:
        day = START + timedelta(days=7 * len(km) - 1)
        data["races"] = [{"date": str(day), "distance": race, "priority": "A"}]
    return data


def context_of(data: Mapping[str, Any]) -> Instance:
    return understand(mc.load_scenario(data))


def build_problem(context: Instance, deloads: frozenset[int], whole_day: bool = False) -> Problem:
    """All options of all versions of small sessions; a longer one has tens of thousands of versions."""
    few = few_versions(context, deloads)
    lifts = tuple(replace(lift, versions=lift.space.every()) for lift in few.lifts)
    return with_versions(few, lifts, whole_day)


def problem_of(context: Instance, whole_day: bool = False, pattern: int = 0) -> Problem:
    return build_problem(context, deload_weeks.patterns(context)[pattern], whole_day)


def grounded_of(data: Mapping[str, Any]) -> Grounded:
    return ground(problem_of(context_of(data)))


def few_problem(context: Instance) -> Problem:
    """The first pattern of lighter weeks with the first versions of each lift, and no options."""
    return few_versions(context, deload_weeks.patterns(context)[0])


def few_of(context: Instance) -> Grounded:
    """The first versions of each lift alone: sessions of a program have thousands in all."""
    few = few_problem(context)
    return ground(with_versions(few, few.lifts))


def canonical(block: Block, answer: Answer, deadline: Deadline, workers: int = 1) -> Answer:
    """Of all optimal blocks the one to show, or the known one if time is up first."""
    if answer.objective is None:
        return answer
    shown = most_readable(block, answer.objective, deadline, workers, answer)
    return answer if shown.chosen is None else shown


def on_small_blocks(examples: int, check: Callable[[Problem], None]) -> None:
    """Run a check on so many random blocks; those that are refused as scenarios are passed over."""

    @seed(check.__qualname__)  # each check has blocks of its own
    @settings(max_examples=examples)
    @given(data=small_blocks())
    def run(data: dict[str, Any]) -> None:
        try:
            few = few_problem(context_of(data))
        except ScenarioError:
            return
        check(few)

    run()


def near_windows(problem: Problem, minutes: int) -> Problem:
    """Keep options in or close to the free windows: a brute force then also sees starts that do not fit."""
    options = problem.options
    keep = np.zeros(len(options), dtype=bool)
    for at in range(len(options)):
        day = int(options.day[at])
        start, end = int(options.start[at]) % 1440, int(options.end[at]) - 1440 * day
        keep[at] = any(
            start >= w.start_minute - minutes and end <= w.end_minute + minutes
            for w in problem.calendar.windows[day]
        )
    return replace(problem, options=options.take(keep))


@st.composite
def small_blocks(draw: st.DrawFn) -> dict[str, Any]:
    """One or two weeks, one or two lifts a week, a few starts: small enough to try every block."""
    kinds = st.sampled_from(["easy", "intervals", "long", "tempo", "moderate", None, None])
    week = {day: kind for day in DAYS if (kind := draw(kinds)) is not None}
    runs: dict[str, Any] = {
        day: {
            "type": kind,
            "start": draw(st.sampled_from(["06:00", "07:00", "17:30"])),
            "minutes": 45,
            "distance": "8 km",
        }
        for day, kind in week.items()
    }
    weeks = draw(st.integers(1, 2))
    lifts = draw(st.integers(1, 2)) if weeks == 2 else draw(st.integers(1, 3))
    # At most about 1,500 blocks: fewer free days where more lifts are placed.
    free = draw(
        st.lists(st.sampled_from(DAYS), min_size=1, max_size=4 if weeks * lifts <= 2 else 2, unique=True)
    )
    window = draw(st.sampled_from(["17:00-18:30", "11:00-12:30", "05:00-06:30", "17:00-19:00"]))
    soft = draw(
        st.lists(
            st.sampled_from(
                [
                    "no_lower_lift_day_before_key",
                    "min_gap_after_run",
                    "recovery_before_intensity",
                    "one_lift_per_day",
                    "lift_spacing",
                    "protect_rest_day",
                    "set_trim_by_mileage",
                ]
            ),
            max_size=3,
            unique=True,
        )
    )
    hard = draw(
        st.lists(
            st.sampled_from(
                [
                    "hard_easy_policy",
                    "weekly_day_consistency",
                    "even_spacing",
                    "planned_sets",
                    "sessions_per_week",
                    "weekly_lifting_time",
                    "session_order",
                    "long_run_stack",
                ]
            ),
            max_size=2,
            unique=True,
        )
    )
    distances = draw(st.sampled_from([[30, 30], [20, 40], [40, 20]]))
    data: dict[str, Any] = {
        "start": draw(st.sampled_from(["2026-09-07", "2026-09-07", "2026-09-09"])),
        "weeks": weeks,
        "policy": draw(st.sampled_from(["stack_hard", "easy_moderate", "stack_hard_long_run", "auto"])),
        "athlete": {
            "availability": {day: [window] for day in free},
            "rest_days": draw(st.lists(st.sampled_from(DAYS), max_size=1)),
        },
        "runs": {"week": runs, "weekly_distance": distances[:weeks] if runs else []},
        "strength": {
            "sessions_per_week": lifts,
            "grid_minutes": 60,
            "sessions": [SMALL] if lifts == 1 or draw(st.booleans()) else [SMALL, LIGHT],
        },
        "rules": dict.fromkeys(soft, "soft") | dict.fromkeys(hard, "hard"),
    }
    if draw(st.booleans()):
        data["history"] = {"last_lift": draw(st.sampled_from(["2026-09-06", "2026-09-03", "2026-07-20"]))}
    if weeks == 2 and draw(st.booleans()):
        data["races"] = [{"date": "2026-09-19", "distance": "10k", "priority": draw(st.sampled_from("ABC"))}]
    return data
