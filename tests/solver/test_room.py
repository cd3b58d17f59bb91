"""How long a lift may be in a week: windows, travel, runs, blocked days, the week's minutes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from blocks import context_of

import mesocycle as mc
from mesocycle.solver.room import room_minutes, share_of_week
from mesocycle.solver.rules import BY_ID

TUESDAY = {"tue": ["17:00-19:00"]}


def room(
    free: Mapping[str, list[str]],
    rules: Mapping[str, Any] | None = None,
    runs: Mapping[str, list[tuple[str, int]]] | None = None,
    blocked: list[str] | None = None,
    week: int = 1,
) -> int | None:
    """The room in a week from 2026-09-07 on; `runs` by day, with start and minutes."""
    days = {
        day: [{"type": "easy", "start": start, "minutes": minutes} for start, minutes in own]
        for day, own in (runs or {}).items()
    }
    context = context_of(
        {
            "start": "2026-09-07",
            "weeks": 2,
            "athlete": {"availability": dict(free), "blocked": blocked or []},
            "runs": {"week": days},
            # The room for a session that fits anywhere is the subject.
            "strength": {"sessions": [{"name": "A", "exercises": [{"exercise": "plank", "sets": 1}]}]},
            # 180 min, so that only the days decide; 15 min between run and lift are the default.
            "rules": {"session_duration": {"most_minutes": 180}, **(rules or {})},
        }
    )
    return room_minutes(context.calendar, context.calendar.weeks[week - 1], context.settings)


def test_the_longest_window_of_the_week() -> None:
    assert room(TUESDAY) == 120
    assert room({"tue": ["17:00-18:00"], "fri": ["06:00-07:15"]}) == 75
    assert room({"tue": ["06:00-06:30", "17:00-18:00"]}) == 60
    assert room({**TUESDAY, "2026-09-15": ["17:00-17:50"]}, week=2) == 50


def test_travel_is_kept_free_at_both_ends() -> None:
    assert room(TUESDAY, {"availability_window": {"travel_minutes": 20}}) == 80


def test_without_hard_windows_the_waking_hours_are_free() -> None:
    # 05:00 to 22:00 are 1020 min; travel belongs to the windows.
    for rule in ("off", {"hard": False, "travel_minutes": 20}):
        assert room(TUESDAY, {"availability_window": rule, "session_duration": "off"}) == 1020


def test_runs_and_the_time_after_them_part_a_window() -> None:
    # 17:00-17:20 and 18:25-19:00 around a run from 17:35 to 18:10, with 15 min on each side.
    run = {"tue": [("17:35", 35)]}
    assert room(TUESDAY, runs=run) == 35
    assert room(TUESDAY, {"no_overlap_with_run": {"transition_minutes": 0}}, run) == 50
    # Soft or off, a run takes no room.
    assert room(TUESDAY, {"no_overlap_with_run": "soft"}, run) == 120
    assert room(TUESDAY, {"no_overlap_with_run": "off"}, run) == 120
    # Outside the window a run takes only what it needs after it: until 17:10.
    assert room(TUESDAY, runs={"tue": [("16:25", 30)]}) == 110
    assert room(TUESDAY, runs={"tue": [("12:00", 60)]}) == 120
    assert room(TUESDAY, runs={"tue": [("20:00", 60)]}) == 120


def test_the_stretch_between_two_runs_counts() -> None:
    # Free are 09:00-09:15, 10:15-11:45 and 12:45-13:00.
    runs = {"sat": [("09:30", 30), ("12:00", 30)]}
    assert room({"sat": ["09:00-13:00"]}, runs=runs) == 90
    # With travel the outer ones shrink, the stretch between runs does not.
    assert room({"sat": ["09:00-13:00"]}, {"availability_window": {"travel_minutes": 10}}, runs) == 90


def test_blocked_days_have_no_room() -> None:
    free = {**TUESDAY, "fri": ["17:00-18:00"]}
    assert room(free, blocked=["2026-09-08"]) == 60
    assert room(free, blocked=["2026-09-08"], week=2) == 120
    assert room(free, {"blocked_dates": "soft"}, blocked=["2026-09-08"]) == 120


def test_a_week_without_a_day_has_none() -> None:
    assert room(TUESDAY, blocked=["2026-09-07..2026-09-13"]) is None
    assert room({**TUESDAY, "2026-09-08": []}) is None
    # A run fills all of the window.
    assert room(TUESDAY, runs={"tue": [("16:45", 130)]}) is None


def test_a_hard_session_duration_is_the_most() -> None:
    assert room(TUESDAY, {"session_duration": {"most_minutes": 75}}) == 75
    assert room({"tue": ["17:00-18:00"]}, {"session_duration": {"most_minutes": 75}}) == 60
    assert room(TUESDAY, {"session_duration": {"hard": False, "most_minutes": 75}}) == 120
    assert room(TUESDAY, {"session_duration": "off"}) == 120


def week_of(hard: bool, most: int) -> dict[str, Any]:
    made = BY_ID["weekly_lifting_time"].parameters.model_validate(
        {"hard": hard, "least_minutes": 0, "most_minutes": most}
    )
    return {"weekly_lifting_time": made}


@pytest.mark.parametrize(
    ("own", "shared"),
    [
        (30, 18),  # 45 x 30 / 75
        (45, 27),
        (31, 18),  # 18.6, rounded down so that all of them fit
        (75, 45),
    ],
)
def test_each_session_has_its_part_of_the_week(own: int, shared: int) -> None:
    assert share_of_week(week_of(True, 45), 60, own, 75) == shared
    assert share_of_week(week_of(True, 45), None, own, 75) == shared
    # The room of the days may be less.
    assert share_of_week(week_of(True, 45), 15, own, 75) == 15


@pytest.mark.parametrize("room_of_days", [60, None])
def test_only_where_the_week_is_hard_and_too_short(room_of_days: int | None) -> None:
    assert share_of_week({}, room_of_days, 30, 75) == room_of_days
    assert share_of_week(week_of(False, 45), room_of_days, 30, 75) == room_of_days
    # Just so many minutes are enough, one less is not: 74 x 30 / 75 is 29.6.
    assert share_of_week(week_of(True, 75), room_of_days, 30, 75) == room_of_days
    assert share_of_week(week_of(True, 74), room_of_days, 30, 75) == 29


def test_both_sessions_take_place_in_a_week_of_45_minutes() -> None:
    # The least of A takes 480 + 375 s and 1,100 s of sets, so 33 min; B's 1,005 s of sets make 31. Of the 45
    # min A has 45 x 33 / 64 = 23 and B 45 x 31 / 64 = 21.
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
    assert [session.session for session in plan.sessions] == ["A", "B"]
    first, second = (session.end - session.start for session in plan.sessions)
    assert first <= 23
    assert second <= 21
    for session in plan.sessions:
        assert session.dropped
        names = {one.exercise for one in session.exercises}
        assert names.isdisjoint(session.dropped)
        assert len(names) + len(session.dropped) == 5
    # What counts five stays: the main lift or single-leg work, and calves.
    kept = [{one.exercise for one in session.exercises} for session in plan.sessions]
    assert kept[0] == {"back_squat", "single_leg_calf_raise"}
    assert kept[1] == {"bulgarian_split_squat", "calf_raise_bent"}
    notes = " ".join(result.notes)
    assert "A takes 33 minutes at least: kept" in notes
    assert "B takes 31 minutes at least: kept" in notes
    assert "left out" not in notes
