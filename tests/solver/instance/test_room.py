"""Whether a week has room for a lift at all: windows, travel, runs, blocked days."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from blocks import context_of, problem_of

import mesocycle as mc
from mesocycle.solver.instance.availability import has_room
from mesocycle.solver.instance.calendar import build_calendar
from mesocycle.solver.rules.settings import read_settings
from mesocycle.solver.verify import expected as checker

TUESDAY = {"tue": ["17:00-17:30"]}


def room(
    free: Mapping[str, list[str]],
    rules: Mapping[str, Any] | None = None,
    runs: Mapping[str, list[tuple[str, int]]] | None = None,
    blocked: list[str] | None = None,
    week: int = 1,
) -> bool:
    """Whether a week from 2026-09-07 on has room; `runs` by day, with start and minutes."""
    days = {
        day: [{"type": "easy", "start": start, "minutes": minutes} for start, minutes in own]
        for day, own in (runs or {}).items()
    }
    scenario = mc.Scenario.model_validate(
        {
            "start": "2026-09-07",
            "weeks": 2,
            "athlete": {"availability": dict(free), "blocked": blocked or []},
            "runs": {"week": days},
            # 15 min between run and lift are the default.
            "rules": dict(rules or {}),
        }
    )
    calendar, settings = build_calendar(scenario), read_settings(scenario)[0]
    assert settings is not None
    has = has_room(calendar, calendar.weeks[week - 1], settings)
    assert has == checker.has_room(calendar, calendar.weeks[week - 1], settings)
    return has


def test_any_window_of_the_week_is_room() -> None:
    assert room(TUESDAY)
    assert room({"mon": ["17:00-17:01"]})
    assert not room({"mon": []})
    assert room({**TUESDAY, "2026-09-08": []}, week=2)
    assert not room({**TUESDAY, "2026-09-08": []})


def test_travel_is_kept_free_at_both_ends() -> None:
    assert room(TUESDAY, {"availability_window": {"travel_minutes": 14}})
    assert not room(TUESDAY, {"availability_window": {"travel_minutes": 15}})


@pytest.mark.parametrize("rule", ["off", {"hard": False, "travel_minutes": 20}])
def test_without_hard_windows_the_waking_hours_are_free(rule: Any) -> None:
    assert room({"mon": []}, {"availability_window": rule})
    # A run from 05:00 to 22:00 leaves none of them, with the time around it not even less.
    whole = {day: [("05:15", 990)] for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")}
    assert not room({"mon": []}, {"availability_window": rule}, whole)
    shorter = {**whole, "wed": [("05:15", 989)]}
    assert room({"mon": []}, {"availability_window": rule}, shorter)


def test_a_run_and_the_time_around_it_may_fill_a_window() -> None:
    # 16:59 to 17:15 is taken by 15 min around a run that ends at 17:00; 17:30 less 15 min is 17:15.
    around = {"tue": [("16:30", 30), ("17:30", 30)]}
    assert not room(TUESDAY, runs=around)
    assert room(TUESDAY, runs={"tue": [("16:29", 30), ("17:30", 30)]})
    assert room(TUESDAY, runs={"tue": [("16:30", 30), ("17:31", 30)]})
    assert room(TUESDAY, {"no_overlap_with_run": {"transition_minutes": 0}}, around)
    # A run over the whole window, and one that leaves a minute before it.
    assert not room(TUESDAY, runs={"tue": [("17:10", 20)]})
    assert room({"tue": ["16:54-17:30"]}, runs={"tue": [("17:10", 20)]})


@pytest.mark.parametrize("rule", ["soft", "off"])
def test_soft_or_off_a_run_takes_no_room(rule: str) -> None:
    assert room(TUESDAY, {"no_overlap_with_run": rule}, {"tue": [("17:00", 30)]})


def test_the_stretch_between_two_runs_counts() -> None:
    # Taken are 08:45 to 10:15 and 10:15 to 13:00 around the runs; with the second a minute later one is free.
    assert not room({"sat": ["09:00-13:00"]}, runs={"sat": [("09:00", 60), ("10:30", 150)]})
    assert room({"sat": ["09:00-13:00"]}, runs={"sat": [("09:00", 60), ("10:31", 150)]})
    # Travel lies at the ends of the window, not between the runs.
    travel = {"availability_window": {"travel_minutes": 60}}
    assert room({"sat": ["09:00-13:00"]}, travel, {"sat": [("09:00", 60), ("10:31", 150)]})


def test_blocked_days_have_no_room() -> None:
    assert not room(TUESDAY, blocked=["2026-09-08"])
    assert room(TUESDAY, blocked=["2026-09-08"], week=2)
    assert room({**TUESDAY, "fri": ["17:00-18:00"]}, blocked=["2026-09-08"])
    assert room(TUESDAY, {"blocked_dates": "soft"}, blocked=["2026-09-08"])
    assert not room(TUESDAY, blocked=["2026-09-07..2026-09-13"])


def test_a_week_without_room_is_no_exposure_of_what_is_new() -> None:
    # A movement is new for two exposures: weeks 1 and 2, or 2 and 3 where week 1 has no room.
    data: dict[str, Any] = {
        "start": "2026-09-07",
        "weeks": 4,
        "history": {"familiar": []},
        "runs": {"week": {"tue": {"type": "easy", "start": "07:00", "minutes": 45}}},
        "strength": {
            "sessions_per_week": 1,
            "sessions": [{"name": "A", "exercises": [{"exercise": "plank", "sets": 1}]}],
        },
    }
    for blocked, novel in (
        ([], [True, True, False, False]),
        (["2026-09-07..2026-09-13"], [True] * 3 + [False]),
    ):
        problem = problem_of(context_of(data | {"athlete": {"blocked": blocked}}))
        assert [lift.novel for lift in problem.lifts] == novel


# Squats and hinges, single-leg work and calves of the two sessions: what is kept first.
FIRST = {
    "back_squat",
    "single_leg_rdl",
    "single_leg_calf_raise",
    "romanian_deadlift",
    "bulgarian_split_squat",
    "calf_raise_bent",
}


def test_both_sessions_take_place_in_a_week_of_45_minutes() -> None:
    scenario = mc.load_scenario(
        {
            "start": "2026-09-07",
            "weeks": 1,
            "athlete": {"availability": {"weekdays": ["17:00-19:00"]}},
            # Hard days to lift on: on easy ones what loads the legs costs more than it is worth.
            "runs": {
                "week": {
                    "tue": {"type": "intervals", "start": "06:30", "minutes": 60},
                    "fri": {"type": "tempo", "start": "06:30", "minutes": 50},
                }
            },
            "strength": {"sessions_per_week": 2, "program": "runner_two_day", "grid_minutes": 60},
            "rules": {"weekly_lifting_time": {"hard": True, "least_minutes": 0, "most_minutes": 45}},
        }
    )
    result = mc.solve(scenario)
    plan = result.plan
    assert plan is not None
    minutes = {session.session: session.end - session.start for session in plan.sessions}
    assert sorted(minutes) == ["A", "B"]
    assert sum(minutes.values()) <= 45
    # No session is shorter than the 15 min of session_duration.
    assert min(minutes.values()) >= 15
    for session in plan.sessions:
        assert session.dropped
        names = {one.exercise for one in session.exercises}
        assert names.isdisjoint(session.dropped)
        assert len(names) + len(session.dropped) == 5
        # What counts most stays: something of it in each of them.
        assert names & FIRST
    notes = " ".join(result.notes)
    for name, length in minutes.items():
        assert f"{name}: kept " in notes
        assert f"in week 1; that takes {length} minutes." in notes
    assert "left out" not in notes
