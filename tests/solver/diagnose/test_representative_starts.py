"""Few starts and the smallest versions answer as all of them do: whether some instances can hold together."""

from __future__ import annotations

import random
from collections import Counter
from typing import Any

import numpy as np
import pytest
from stretches import Instance, block_of, broken, instances_of, whole_stretch

import mesocycle as mc
from mesocycle.models.clock import WEEKDAYS, format_time
from mesocycle.solver.diagnose import representative_starts
from mesocycle.solver.diagnose.assumption_model import AssumptionModel, Effort, crowded, enough
from mesocycle.solver.diagnose.search import whole_block
from mesocycle.solver.diagnose.week_range import WeekRange, cut
from mesocycle.solver.model.search import Deadline

# Other tests cover these lines, and counting them again would take most of the time.
pytestmark = pytest.mark.uncounted

SQUATS = [
    {"exercise": "back_squat", "sets": [2, 3], "reps": 5, "load": 80},
    {"exercise": "pallof_press", "sets": [1, 2]},
]
SESSIONS: list[dict[str, Any]] = [
    {"exercises": SQUATS},
    {"exercises": [{"exercise": "romanian_deadlift", "sets": [1, 3]}]},
    {"minutes": 60, "lower_body": "heavy"},
    {"minutes": 45, "lower_body": "moderate"},
    {"minutes": 35, "lower_body": "none"},
]
HARD = (
    "hard_easy_policy",
    "weekly_day_consistency",
    "even_spacing",
    "planned_sets",
    "weekly_lifting_time",
    "session_order",
    "long_run_stack",
    "daily_stress_cap",
    "min_gap_before_run",
    "ramp_limits",
)


def window(start: int, minutes: int) -> str:
    return f"{format_time(start)}-{format_time(start + minutes)}"


def any_block(seed: int) -> dict[str, Any]:
    """One or two weeks with one to four lifts, all kinds of rules, and windows off the grid."""
    draw = random.Random(seed)
    weeks = draw.choice([1, 1, 2])
    kinds = ["easy", "intervals", "long", "tempo", "moderate", None, None]
    runs = {
        day: {
            "type": kind,
            "start": draw.choice(["06:00", "12:00", "17:30"]),
            "minutes": 45,
            "distance": "8 km",
        }
        for day in WEEKDAYS
        if (kind := draw.choice(kinds))
    }
    free: dict[str, list[str]] = {}
    for day in draw.sample(WEEKDAYS, draw.randint(1, 5)):
        start = draw.choice([300, 420, 660, 1020]) + draw.choice([0, 0, 5, 10, 20])
        free[day] = [window(start, draw.choice([40, 60, 75, 120, 150, 240]))]
        if start < 700 and draw.random() < 0.3:
            free[day].append(window(1140, draw.choice([45, 60, 90])))
    rules: dict[str, Any] = {"sessions_per_week": draw.choice(["hard", "hard", "soft", {"minimum": 2}])}
    rules |= dict.fromkeys(draw.sample(HARD, draw.randint(0, 2)), "hard")
    for rule, chance, settings in (
        ("lift_spacing", 0.5, [{"hard_hours": hours} for hours in (6, 12, 20, 23.5, 30, 48)]),
        ("one_lift_per_day", 0.3, [{"most": 2}, "off"]),
        ("recovery_before_intensity", 0.3, [{"hard_hours": hours} for hours in (12, 24, 36)]),
        ("no_lower_lift_day_before_key", 0.2, ["off", {"scope": "any_lift"}]),
        ("day_after_hard_fallback", 0.15, [{"too_tired_on": [day]} for day in WEEKDAYS]),
        ("availability_window", 0.15, [{"travel_minutes": minutes} for minutes in (5, 15)]),
        ("max_gap_without_strength", 0.2, [{"most_days": 10}]),
    ):
        if draw.random() < chance:
            rules[rule] = draw.choice(settings)
    sessions = [{"name": name} | draw.choice(SESSIONS) for name in "ABC"[: draw.choice([1, 2, 2, 3])]]
    pins = []
    if draw.random() < 0.5:
        small = {"name": "Core", "kind": "core", "per_week": draw.choice([1, 1, 2])}
        sessions.append(small | {"minutes": 20, "lower_body": "none"})
        rules["small_sessions"] = draw.choice(["hard", "hard", "soft", "off"])
    for session in sessions:
        if draw.random() < 0.2:
            session |= {"days": draw.sample(WEEKDAYS, 2), "must": True}
        if draw.random() < 0.2:
            session |= {"time": draw.choice(["morning", "evening"]), "must": True}
        if draw.random() < 0.2:
            pin = {"day": draw.choice(WEEKDAYS)}
            if draw.random() < 0.5:
                pin = {"date": f"2026-09-{draw.randint(9, 13):02d}"}
            pins.append({"session": session["name"], **pin})
    return {
        "start": draw.choice(["2026-09-07", "2026-09-07", "2026-09-09"]),
        "weeks": weeks,
        "policy": draw.choice(["stack_hard", "easy_moderate", "stack_hard_long_run"]),
        "athlete": {"availability": free, "rest_days": draw.sample(WEEKDAYS, draw.choice([0, 0, 1]))},
        "runs": {
            "week": runs,
            "weekly_distance": draw.choice([[30, 30], [20, 40], [40, 20]])[:weeks] if runs else [],
        },
        "strength": {
            "sessions_per_week": draw.choice([1, 2, 2, 3, 3, 4]),
            "grid_minutes": draw.choice([15, 30, 60]),
            "sessions": sessions,
            "pins": pins,
        },
        "rules": rules,
        "history": {"last_lift": "2026-09-03"},
    }


def tight_block(seed: int) -> dict[str, Any]:
    """Two to four lifts on days in a row, with windows a little later or earlier from one day to the next."""
    draw = random.Random(seed)
    lifts = draw.choice([2, 3, 3, 4])
    days = draw.randint(lifts - 1, lifts + 1)
    first = draw.randint(0, 7 - days)
    free: dict[str, list[str]] = {}
    start = draw.choice([360, 600, 720, 1020])
    for day in WEEKDAYS[first : first + days]:
        free[day] = [window(start, 45 + draw.choice([0, 5, 10, 20, 30, 60, 90]))]
        start += draw.choice([-60, -30, -20, -15, -10, -5, 0, 5, 10, 15, 20, 60])
    rules: dict[str, Any] = {
        "sessions_per_week": "hard",
        "lift_spacing": {"hard_hours": draw.choice([24, 24, 20, 30, 23.5, 12, 4, 2])},
        "one_lift_per_day": {"most": draw.choice([1, 1, 2])},
    }
    minutes = draw.choice([40, 45])
    sessions = [
        {"name": name, "minutes": minutes, "lower_body": draw.choice(["heavy", "heavy", "none"])}
        for name in "ABCD"[: draw.choice([1, 2, 3])]
    ]
    return {
        "start": "2026-09-07",
        "weeks": 1,
        "athlete": {"availability": free},
        "runs": {"week": {"sun": {"type": "easy", "start": "21:00", "minutes": 30}}},
        "strength": {
            "sessions_per_week": lifts,
            "grid_minutes": draw.choice([5, 15, 60]),
            "sessions": sessions,
        },
        "rules": rules,
    }


def some(names: tuple[Instance, ...], stretch: WeekRange, draw: random.Random) -> list[Instance]:
    """A part of the instances, whole rules and single ones left out; all of a day's limit on crowded days."""
    rules = sorted({rule for rule, _ in names})
    gone = set(draw.sample(rules, draw.randint(0, len(rules) // 2)))
    share = draw.choice([0, 0.05, 0.2])
    kept = [name for name in names if name[0] not in gone and draw.random() >= share]
    alone = [name for name in names if name[0] == "one_lift_per_day"] if crowded(stretch) else []
    return [name for name in names if name in {*kept, *alone}]


def answers(data: dict[str, Any], seed: int, count: int, inside: bool, seen: Counter[Any]) -> None:
    """Compare the thinned model of a block with the whole one, for all its instances and parts of them."""
    scenario = mc.load_scenario(data)
    draw = random.Random(seed)
    weeks = range(draw.choice([1, scenario.week_count]))
    whole = whole_stretch(scenario, weeks, inside=inside)
    base = whole_block(scenario, Effort(Deadline(None)))
    part = cut(base.problem, base.lifts, weeks, inside=inside)
    few = AssumptionModel(part, Effort(Deadline(None)), every_version=True)
    names = instances_of(whole)
    seen["fewer starts"] += len(few.block.positions) < len(whole.problem.options) / 3
    seen["fewer versions"] += len(part.problem.options) < len(whole.problem.options)
    for number in range(count):
        on = some(names, part, draw) if number else list(names)
        holds = few.holds(on)
        assert holds is (block_of(whole, on) is not None), (data, on)
        assert not holds or broken(part, few.witness).isdisjoint(on)
        seen[holds] += 1


def test_blocks_of_all_kinds() -> None:
    seen = Counter[Any]()
    for seed in range(60):
        try:
            answers(any_block(seed), seed, 4, inside=False, seen=seen)
        except mc.ScenarioError:
            # Such as a pin of a session that its week does not expect.
            seen["wrong"] += 1
    assert seen["wrong"] < 15
    assert min(seen[True], seen[False]) >= 50
    assert seen["fewer starts"] >= 40
    assert seen["fewer versions"] >= 30


def test_lifts_on_days_in_a_row_whose_hours_only_just_lie_apart() -> None:
    seen = Counter[Any]()
    for seed in range(150):
        answers(tight_block(seed), seed, 3, inside=True, seen=seen)
    assert min(seen[True], seen[False]) >= 100
    assert seen["fewer starts"] >= 30


def three_days(wednesday: str, grid: int = 5) -> mc.Scenario:
    # Monday at 18:00 at the earliest, so Tuesday at 18:00, between its first start and its last.
    free = {"mon": ["18:00-18:45"], "tue": ["17:00-20:00"], "wed": [wednesday]}
    return mc.load_scenario(
        {
            "start": "2026-09-07",
            "weeks": 1,
            "athlete": {"availability": free},
            "runs": {"week": {"sun": {"type": "easy", "start": "08:00", "minutes": 30}}},
            "strength": {
                "sessions_per_week": 3,
                "grid_minutes": grid,
                "sessions": [{"name": "A", "minutes": 45, "lower_body": "heavy"}],
            },
            "rules": {"sessions_per_week": "hard"},
        }
    )


@pytest.mark.parametrize(
    ("wednesday", "holds"),
    [("17:15-18:45", True), ("18:00-18:30", True), ("17:15-18:25", False), ("16:00-18:00", False)],
)
def test_a_lift_between_two_others_stands_exactly_the_hours_after_the_first(
    wednesday: str, holds: bool
) -> None:
    # A lift takes 27 min at the shortest: until 18:30 it may start at 18:00, until 18:25 at 17:55.
    stretch = whole_block(three_days(wednesday), Effort(Deadline(None)))
    part = cut(stretch.problem, stretch.lifts, [0])
    assert {int(minutes) for minutes in part.problem.options.minutes} == {27}
    assert AssumptionModel(part, Effort(Deadline(None))).holds_all() is holds
    whole = whole_stretch(three_days(wednesday), [0])
    assert (block_of(whole, instances_of(whole)) is not None) is holds


def test_without_the_starts_that_follow_another_lift_that_block_would_be_missed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # So the test above is sharp.
    monkeypatch.setattr(
        representative_starts, "_chained", lambda options, *_: np.zeros(len(options), dtype=bool)
    )
    whole = whole_block(three_days("17:15-18:45"), Effort(Deadline(None)))
    part = cut(whole.problem, whole.lifts, [0])
    assert AssumptionModel(part, Effort(Deadline(None))).holds_all() is False


def test_two_lifts_share_a_day_at_its_first_and_its_last_start() -> None:
    # 36 min each at the shortest, and a start every five minutes: 80 min hold two of them, 75 do not.
    for minutes, holds in ((80, True), (75, False)):
        scenario = shared_day(window(1020, minutes), lifts=2, most=2)
        part = whole_block(scenario, Effort(Deadline(None))).week_range([0])
        assert AssumptionModel(part, Effort(Deadline(None))).holds_all() is holds
        assert len(enough(part)) < len(part.problem.options)


def shared_day(free: str, lifts: int, most: int | None) -> mc.Scenario:
    return mc.load_scenario(
        {
            "start": "2026-09-07",
            "weeks": 1,
            "athlete": {"availability": {"tue": [free]}},
            "runs": {"week": {"sun": {"type": "easy", "start": "08:00", "minutes": 30}}},
            "strength": {
                "sessions_per_week": lifts,
                "grid_minutes": 5,
                "sessions": [{"name": name, "minutes": 60, "lower_body": "none"} for name in "ABC"],
            },
            "rules": {
                "sessions_per_week": "hard",
                "one_lift_per_day": "off" if most is None else {"most": most},
            },
        }
    )


def test_three_lifts_that_may_share_a_day_are_not_thinned() -> None:
    # The one between stands at neither end.
    for minutes, holds in ((120, True), (115, False)):
        part = whole_block(
            shared_day(window(1020, minutes), lifts=3, most=None), Effort(Deadline(None))
        ).week_range([0])
        assert AssumptionModel(part, Effort(Deadline(None))).holds_all() is holds


def test_what_keeps_three_lifts_off_a_day_is_told_although_its_starts_were_thinned() -> None:
    # Without one_lift_per_day the three of them fit; so it takes part in the conflict.
    diagnosis = mc.diagnose(shared_day("17:00-19:00", lifts=3, most=2), deadline=None)
    (conflict,) = diagnosis.conflicts
    assert [rule.id for rule in conflict.rules] == [
        "availability_window",
        "one_lift_per_day",
        "sessions_per_week",
    ]
    assert conflict.proven_minimal
