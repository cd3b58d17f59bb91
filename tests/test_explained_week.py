"""Article 003's own week under stack_hard: what every day would cost legs, a whole session, and core."""

from __future__ import annotations

import pytest
from test_articles import EVENING, WEEK_003, scenario

import mesocycle as mc

LEGS = {"name": "Legs", "minutes": 40, "lower_body": "heavy"}
CORE = {"name": "Core", "kind": "core", "minutes": 20, "lower_body": "none"}
# Lifts on Tuesday and Thursday, after the workouts; core on Wednesday, their eve.
OF_LEGS = (
    "Mon 14 Sep: not possible (no heavy legs on Mon 14 Sep, the eve of Tuesday's intervals)",
    "Tue 15 Sep: here",
    "Wed 16 Sep: not possible (no heavy legs on Wed 16 Sep, the eve of Thursday's tempo)",
    "Thu 17 Sep: costs +28 points: +30 long_run_stack, -8 recovery_before_intensity, "
    "+6 weekly_day_consistency; w02-Legs2: Thu 17 Sep 17:00 -> Sat 19 Sep 17:15",
    "Fri 18 Sep: not possible (no heavy legs on Fri 18 Sep, the eve of Saturday's long run)",
    "Sat 19 Sep: costs +85 points: +30 long_run_stack, +20 day_after_hard_fallback, +20 protect_rest_day, "
    "+15 in 4 more; w02-Legs2: Thu 17 Sep 17:00 -> Sun 20 Sep 17:15",
    "Sun 20 Sep: costs +246 points: +108 planned_sets, +100 sessions_per_week, +20 day_after_hard_fallback, "
    "+18 in 4 more; w02-Legs2: left out, was on Thu 17 Sep 17:00",
)
OF_CORE = (
    "Mon 14 Sep: costs the same; 3 other sessions change, in weeks 1, 3 and 4",
    "Tue 15 Sep: costs +19 points: +16 small_sessions, +3 weekly_day_consistency",
    "Wed 16 Sep: here",
    "Thu 17 Sep: costs +19 points: +16 small_sessions, +3 weekly_day_consistency",
    "Fri 18 Sep: costs the same; 3 other sessions change, in weeks 1, 3 and 4",
    "Sat 19 Sep: costs +11 points: +8 small_sessions, +3 weekly_day_consistency",
    "Sun 20 Sep: costs +23 points: +20 protect_rest_day, +3 weekly_day_consistency",
)
# A whole session of the program may go to an eve without its heavy legs.
OF_A = (
    "Mon 14 Sep: costs +92 points: +90 planned_sets, -5 recovery_before_intensity, "
    "+4 weekly_sets_per_pattern, +3 in 3 more; 7 sets instead of 13, without back squat",
    "Tue 15 Sep: here",
    "Wed 16 Sep: costs +94 points: +90 planned_sets, -5 recovery_before_intensity, "
    "+4 weekly_sets_per_pattern, +5 in 3 more; 7 sets instead of 13, without back squat",
    "Thu 17 Sep: costs the same; 7 other sessions change, in weeks 1 to 4",
)
ALONE_OF_A = (
    "not possible (no heavy legs on Mon 14 Sep, the eve of Tuesday's intervals)",
    "costs the same",
    "not possible (no heavy legs on Wed 16 Sep, the eve of Thursday's tempo)",
    "not possible (at most 1 lift on Thu 17 Sep; a lift on Thu 17 Sep, then 24 h until the next)",
    "not possible (no heavy legs on Fri 18 Sep, the eve of Saturday's long run)",
    "costs +28 points: +30 long_run_stack, -5 recovery_before_intensity, +3 weekly_day_consistency",
)


@pytest.fixture(scope="module")
def own_sessions() -> tuple[mc.Scenario, mc.Result]:
    data = scenario(WEEK_003, EVENING, "stack_hard")
    data["strength"] |= {"sessions": [LEGS, CORE]}
    read = mc.load_scenario(data)
    return read, mc.solve(read)


def session(read: mc.Scenario, result: mc.Result, name: str) -> mc.SessionExplained:
    (told,) = mc.explain(read, result, session=name).sessions
    return told


def test_legs_have_no_eve_and_pay_for_the_long_run(own_sessions: tuple[mc.Scenario, mc.Result]) -> None:
    told = session(*own_sessions, "w02-Legs")
    assert tuple(day.text for day in told.days) == OF_LEGS
    assert told.verdict == "Chosen: the best of the other days, Thu 17 Sep, costs +28 points."
    assert told.forced is False


def test_core_may_stand_on_the_eve(own_sessions: tuple[mc.Scenario, mc.Result]) -> None:
    told = session(*own_sessions, "w02-Core")
    assert tuple(day.text for day in told.days) == OF_CORE
    assert told.verdict == "Chosen among equals: Mon 14 Sep and Fri 18 Sep would cost the same."


def test_a_whole_session_leaves_its_heavy_legs_behind_on_an_eve() -> None:
    read = mc.load_scenario(scenario(WEEK_003, EVENING, "stack_hard"))
    told = session(read, mc.solve(read), "w02-A")
    assert tuple(day.text for day in told.days[:4]) == OF_A
    assert tuple(day.frozen.text for day in told.days[:6]) == ALONE_OF_A
    assert told.days[3].settled == "the plan's days are earlier in the week"
