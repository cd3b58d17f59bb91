"""strength_test: once in a block strength is tested in passing."""

from __future__ import annotations

from typing import Any

import pytest
from tampered import broken, entries, planned, with_exercise
from weeks import Trial, only

RULE = "strength_test"
ALL = {"load_rep_zone": "on", "progressive_overload": "on", "deload_weeks": "on", "sessions_per_week": "on"}


def block(weeks: int = 8, settings: Any = "on", light: Any = (4, 8), **more: Any) -> Trial:
    """Weeks with a squat and push-ups, and these lighter ones."""
    running = {"cutback_weeks": list(light)}
    session = entries("back_squat", "push_up")
    return only(RULE, settings, weeks=weeks, sessions=[session], running=running, also=ALL, **more)


def weeks_of_test(trial: Trial) -> list[int]:
    plan = planned(trial, *(f"{week}A tue 17:00" for week in range(1, len(trial.context.calendar.weeks) + 1)))
    assert broken(trial, plan) == set()
    cued = [s.week for s in plan.sessions if any("one in reserve" in cue for cue in s.exercises[0].cues)]
    assert all("one in reserve" not in cue for s in plan.sessions for cue in s.exercises[1].cues)
    noted = [week for notice in plan.notices if notice.rule == RULE for week in notice.weeks]
    assert cued == noted
    return cued


def test_it_is_in_the_first_working_week_after_a_lighter_one() -> None:
    assert weeks_of_test(block()) == [5]
    assert weeks_of_test(block(light=(4, 5, 6))) == [7]
    assert weeks_of_test(block(light=(8,))) == []  # nothing comes after it


@pytest.mark.parametrize(
    ("weeks", "settings", "found"), [(7, "on", []), (7, {"least_weeks": 7}, [5]), (8, "off", [])]
)
def test_short_blocks_have_none(weeks: int, settings: Any, found: list[int]) -> None:
    assert weeks_of_test(block(weeks, settings, light=(4,))) == found


@pytest.mark.parametrize(("days", "found"), [(21, []), (20, [5])])
def test_none_is_near_a_race(days: int, found: list[int]) -> None:
    # Week 5 ends on Sunday 11 October; the race is on Sunday 1 November, 21 days later.
    race = {"date": "2026-11-01", "distance": "10k", "priority": "A"}
    trial = block(settings={"race_days": days}, light=(4,), races=[race])
    plan = planned(trial, *(f"{week}A tue 17:00" for week in range(1, 8)))
    assert broken(trial, plan) == set()
    assert [w for notice in plan.notices if notice.rule == RULE for w in notice.weeks] == found


def test_a_break_counts_as_no_lighter_week() -> None:
    athlete = {"blocked": ["2026-09-21..2026-10-04"]}
    more = ALL | {"return_from_break": "on", "blocked_dates": "hard"}
    session = entries("back_squat", "push_up")
    running = {"cutback_weeks": [5, 7]}
    trial = only(RULE, weeks=8, sessions=[session], running=running, also=more, athlete=athlete)
    plan = planned(trial, *(f"{week}A tue 17:00" for week in (1, 2, 5, 6, 7, 8)))
    assert broken(trial, plan) == set()
    # Week 5 is the return, no lighter week; week 7 is, so week 8 it is.
    assert [w for notice in plan.notices if notice.rule == RULE for w in notice.weeks] == [8]


@pytest.mark.parametrize(("date", "old"), [("2026-07-12", True), ("2026-07-13", False)])
def test_old_records_are_remarked_on(date: str, old: bool) -> None:
    # Eight weeks before Monday 7 September is 13 July.
    trial = block()
    trial.data["strength"]["records"] = {"back_squat": {"one_rm": 100, "date": date}}
    plan = planned(trial, *(f"{week}A tue 17:00" for week in range(1, 9)))
    assert broken(trial, plan) == set()
    assert any(notice.subject == "back_squat record" for notice in plan.notices) is old


def test_the_checker_sees_a_test_in_another_week() -> None:
    trial = block()
    plan = planned(trial, *(f"{week}A tue 17:00" for week in range(1, 9)))
    assert broken(trial, with_exercise(plan, session=4, cues=())) != set()
