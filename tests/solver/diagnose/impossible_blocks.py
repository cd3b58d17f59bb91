"""Small blocks without a block: one or two weeks, one or two lifts, a few windows, a start every hour."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from typing import Any

import mesocycle as mc
from mesocycle.models.clock import WEEKDAYS
from mesocycle.models.plan import Status

SQUAT = {
    "name": "A",
    "exercises": [
        {"exercise": "back_squat", "sets": [2, 3], "reps": 5, "load": 80},
        {"exercise": "pallof_press", "sets": [1, 2]},
    ],
}
HINGE = {"name": "B", "exercises": [{"exercise": "romanian_deadlift", "sets": [2, 3]}]}
CORE = {"name": "C", "minutes": 40, "lower_body": "none"}
LEGS = {"name": "A", "minutes": 60, "lower_body": "heavy"}
HARD = (
    "hard_easy_policy",
    "weekly_day_consistency",
    "even_spacing",
    "planned_sets",
    "session_order",
    "long_run_stack",
    "daily_stress_cap",
    "min_gap_before_run",
)
WINDOWS = ("17:00-18:30", "11:00-12:30", "05:00-06:30", "17:00-19:00", "12:00-12:30", "18:00-20:00")
POLICIES: tuple[Any, ...] = (
    "stack_hard",
    "easy_moderate",
    "stack_hard_long_run",
    "auto",
    {"hard_easy": "easy_moderate", "long_run": "avoid"},
)


def small_block(seed: int) -> dict[str, Any]:
    """A scenario as plain data; about half of them have no block."""
    draw = random.Random(seed)
    weeks = draw.choice([1, 1, 2])
    kinds = ["easy", "intervals", "long", "tempo", "moderate", None]
    runs: dict[str, Any] = {
        day: {
            "type": kind,
            "start": draw.choice(["06:00", "07:00", "17:30"]),
            "minutes": 45,
            "distance": "8 km",
        }
        for day in WEEKDAYS
        if (kind := draw.choice(kinds))
    }
    free: dict[str, list[str]] = {"weekdays": [], "weekend": []} if draw.random() < 0.5 else {}
    free |= {day: [draw.choice(WINDOWS)] for day in draw.sample(WEEKDAYS, draw.randint(1, 3))}
    rules: dict[str, Any] = {"sessions_per_week": draw.choice(["hard", "hard", "soft", {"minimum": 2}])}
    rules |= dict.fromkeys(draw.sample(HARD, draw.choice([0, 0, 1, 2])), "hard")
    for rule, chance, settings in (
        ("lift_spacing", 0.3, [{"hard_hours": hours} for hours in (6, 20, 30, 48)]),
        ("one_lift_per_day", 0.2, [{"most": 2}, "off"]),
        ("recovery_before_intensity", 0.4, [{"hard_hours": hours} for hours in (12, 24, 36)]),
        ("no_lower_lift_day_before_key", 0.2, ["off", {"scope": "any_lift"}, {"days": 2}]),
        ("day_after_hard_fallback", 0.2, [{"too_tired_on": [day]} for day in WEEKDAYS]),
        ("availability_window", 0.15, [{"travel_minutes": 10}]),
        ("time_of_day", 0.15, [{"hard": True, "preferred": ["17:00-19:00"]}]),
    ):
        if draw.random() < chance:
            rules[rule] = draw.choice(settings)
    data: dict[str, Any] = {
        "start": draw.choice(["2026-09-07", "2026-09-07", "2026-09-09"]),
        "weeks": weeks,
        "policy": draw.choice(POLICIES),
        "athlete": {"availability": free, "rest_days": draw.sample(WEEKDAYS, draw.choice([0, 0, 1]))},
        "runs": {
            "week": runs,
            "weekly_distance": draw.choice([[30, 30], [20, 40], [40, 20]])[:weeks] if runs else [],
        },
        "strength": {
            "sessions_per_week": draw.choice([1, 1, 2]) if weeks == 1 else 1,
            "grid_minutes": 60,
            "sessions": draw.choice([[SQUAT], [LEGS], [SQUAT, HINGE], [LEGS, CORE], [HINGE, CORE]]),
        },
        "rules": rules,
    }
    if draw.random() < 0.2:
        data["athlete"]["blocked"] = [draw.choice(["2026-09-08", "2026-09-10..2026-09-11", "2026-09-15"])]
    if draw.random() < 0.3:
        data["history"] = {"last_lift": draw.choice(["2026-09-06", "2026-09-03", "2026-07-20"])}
    if weeks == 2 and draw.random() < 0.2:
        data["races"] = [{"date": "2026-09-19", "distance": "10k", "priority": draw.choice("ABC")}]
    return data


def two_week_block(seed: int) -> dict[str, Any]:
    """Two weeks with a lift each, free on other days; about half of them fail only together."""
    draw = random.Random(seed)
    first = draw.sample(WEEKDAYS, draw.randint(1, 2))
    second = [day for day in draw.sample(WEEKDAYS, draw.randint(1, 2)) if day not in first]
    if draw.random() < 0.5:  # from Sunday to Monday the hours are short
        first, second = ["sun"], ["mon", *draw.sample(["tue"], draw.choice([0, 1]))]
    free: dict[str, list[str]] = {"weekdays": [], "weekend": []}
    for monday, days in ((7, first), (14, second)):
        free |= {f"2026-09-{monday + WEEKDAYS.index(day):02d}": [draw.choice(WINDOWS)] for day in days}
    rules: dict[str, Any] = {"sessions_per_week": draw.choice(["hard", "soft"])}
    if draw.random() < 0.6:
        rules["weekly_day_consistency"] = "hard"
    if draw.random() < 0.6:
        rules["lift_spacing"] = {"hard_hours": draw.choice([24, 30, 48])}
    runs = {draw.choice(WEEKDAYS): {"type": draw.choice(["easy", "tempo"]), "start": "06:00", "minutes": 45}}
    return {
        "start": "2026-09-07",
        "weeks": 2,
        "athlete": {"availability": free},
        "runs": {"week": runs},
        "strength": {
            "sessions_per_week": 1,
            "grid_minutes": 60,
            "sessions": draw.choice([[SQUAT], [LEGS], [LEGS, HINGE]]),
        },
        "rules": rules,
    }


def impossible(
    count: int, first: int = 0, make: Callable[[int], dict[str, Any]] = small_block
) -> Iterator[tuple[int, mc.Scenario]]:
    """Yield that many of them with their seeds; about twice as many are looked at."""
    left = count
    for seed in range(first, first + 5 * count):
        try:
            scenario = mc.load_scenario(make(seed))
        except mc.ScenarioError:
            continue  # such as a session too long for the only window
        if left and mc.solve(scenario, deadline=0).status is Status.INFEASIBLE:
            left -= 1
            yield seed, scenario
    assert not left, "too few of the blocks are impossible"
