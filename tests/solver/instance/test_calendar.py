"""The calendar: dated runs, weeks, windows and history, with the numbers worked out by hand."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from mesocycle.models.clock import Window
from mesocycle.models.scenario import Scenario
from mesocycle.solver.instance.calendar import Calendar, DatedRun, build_calendar

HALF = {"date": "2026-09-20", "distance": "10k", "priority": "B"}
# 10 km, 60 min at the 6:00 /km of the default pace that are 10 km too, and 10 km: 30 km a week.
WEEK: dict[str, Any] = {
    "tue": {"type": "intervals", "start": "06:30", "minutes": 50, "distance": "10 km"},
    "wed": {"type": "easy", "start": "07:30", "minutes": 60},
    "sun": {"type": "long", "start": "08:00", "distance": "10 km"},
}


def calendar(week: dict[str, Any] = WEEK, **more: Any) -> Calendar:
    running = more.pop("running", {})
    # Monday 7 September 2026 is day 0.
    data = {"start": "2026-09-07", "weeks": 2, "runs": {"week": week} | running} | more
    return build_calendar(Scenario.model_validate(data))


def on(days: Calendar, day: int) -> DatedRun:
    (run,) = days.runs_on(day)
    return run


def test_without_weekly_distances_the_week_is_as_written() -> None:
    days = calendar()
    assert [(run.day, run.start % 1440, run.minutes, run.metres) for run in days.runs[:3]] == [
        (1, 390, 50, 10_000),
        (2, 450, 60, None),
        (6, 480, 60, 10_000),  # 10 km at 6:00 /km
    ]
    assert [run.date.isoformat() for run in days.runs] == [
        "2026-09-08", "2026-09-09", "2026-09-13", "2026-09-15", "2026-09-16", "2026-09-20",
    ]  # fmt: skip
    assert [run.key for run in days.runs[:3]] == [True, False, True]


def test_weekly_distance_scales_distances_and_minutes_also_where_only_minutes_are_given() -> None:
    # 45 km instead of 30: half as much again of everything.
    days = calendar(running={"weekly_distance": [30, 45]})
    assert [(run.minutes, run.metres) for run in days.runs] == [
        (50, 10_000), (60, None), (60, 10_000), (75, 15_000), (90, None), (90, 15_000),
    ]  # fmt: skip
    assert [week.metres for week in days.weeks] == [30_000, 45_000]


def test_a_faster_easy_pace_makes_minutes_worth_more_kilometres() -> None:
    # At 5:00 /km the 60 min are 12 km, the week is 32 km, and 48 km are half as much again.
    days = calendar(running={"weekly_distance": [32, 48]}, athlete={"easy_pace": "5:00 /km"})
    assert on(days, 8).minutes == 75
    assert on(days, 13).minutes == 75  # 15 km at 5:00 /km


def test_cross_training_neither_counts_nor_grows() -> None:
    week = WEEK | {"fri": {"type": "cross", "start": "07:00", "minutes": 90, "distance": "40 km"}}
    days = calendar(week, running={"weekly_distance": [30, 60]})
    assert [(run.minutes, run.metres) for run in days.runs_on(11)] == [(90, 40_000)]
    assert on(days, 8).metres == 20_000
    assert not any("no distance" in note for note in days.notes)


def test_runs_without_minutes_and_distance_get_usual_ones_and_a_note() -> None:
    week = {"mon": {"type": "recovery"}, "tue": {"type": "easy"}, "sun": {"type": "long"}}
    days = calendar(week)
    assert [run.minutes for run in days.runs[:3]] == [30, 45, 100]
    assert {run.start % 1440 for run in days.runs} == {7 * 60}
    assert "Runs without a start time are taken to start at 07:00." in days.notes
    assert "Runs without minutes or distance are taken as 45 min, long runs as 100 min." in days.notes


def test_exceptions_by_date_replace_the_day_and_are_not_scaled() -> None:
    dates = {
        "2026-09-15": {"type": "tempo", "start": "18:00", "minutes": 40, "distance": "8 km"},
        "2026-09-16": "rest",
        "2026-09-18": [{"type": "easy", "start": "06:00", "minutes": 30},
                       {"type": "easy", "start": "18:00", "minutes": 30}],
    }  # fmt: skip
    days = calendar(running={"weekly_distance": [30, 60], "dates": dates})
    assert (on(days, 8).type, on(days, 8).minutes, on(days, 8).metres) == ("tempo", 40, 8000)
    assert days.runs_on(9) == ()
    assert days.marked_rest == {9}
    assert [run.start - 11 * 1440 for run in days.runs_on(11)] == [360, 1080]
    # The rest of the week grows as if nothing had been changed.
    assert on(days, 13).metres == 20_000


def test_a_race_replaces_the_runs_of_its_day() -> None:
    days = calendar(races=[HALF | {"name": "City 10"}], running={"weekly_distance": [30, 60]})
    race = on(days, 13)
    # 10 km at 6:00 /km are 60 min; racing takes nine tenths of that.
    assert (race.type, race.key, race.metres, race.minutes, race.title) == (
        "race",
        True,
        10_000,
        54,
        "City 10",
    )
    assert race.start == 13 * 1440 + 10 * 60
    assert race.race is not None
    assert race.race.priority == "B"
    assert days.races == (race,)
    assert "Races without a start time are taken to start at 10:00." in days.notes


def test_a_race_that_the_runs_hold_already_stays_as_written() -> None:
    dates = {
        "2026-09-20": [
            {"type": "recovery", "start": "07:00", "minutes": 15},
            {"type": "race", "start": "09:00", "minutes": 41, "distance": "10 km"},
        ]
    }
    days = calendar(races=[HALF], running={"dates": dates})
    warmup, race = days.runs_on(13)
    assert (warmup.race, race.start % 1440, race.minutes) == (None, 540, 41)
    assert race.race is not None
    # A race day without an entry under `races` is a key run, but no race with a priority.
    alone = calendar(running={"dates": dates})
    assert [run.race for run in alone.races] == [None]


@pytest.mark.parametrize(("start", "minute"), [("09:15", 555), ("00:00", 0)])
def test_a_race_starts_when_it_says(start: str, minute: int) -> None:
    days = calendar(races=[HALF | {"start": start}])
    assert on(days, 13).start % 1440 == minute
    assert not any(note.startswith("Races") for note in days.notes)


def test_partial_first_and_last_weeks() -> None:
    # Wednesday 9 to Thursday 24 September: 5, 7 and 4 days of three calendar weeks.
    days = calendar(
        start="2026-09-09", end="2026-09-24", weeks=None, running={"weekly_distance": [30, 30, 60]}
    )
    assert (days.monday, days.first_day, days.last_day) == (date(2026, 9, 7), 2, 17)
    assert [list(week.days) for week in days.weeks] == [[2, 3, 4, 5, 6], list(range(7, 14)), [14, 15, 16, 17]]
    assert [run.day for run in days.runs] == [2, 6, 8, 9, 13, 15, 16]
    # The distance asked for is that of the calendar week: the days inside are not stretched to hold it all.
    assert on(days, 15).metres == 20_000
    assert [week.load for week in days.weeks] == [30_000, 30_000, 60_000]
    assert days.date_of(17) == date(2026, 9, 24)


def test_the_days_outside_the_block_count_for_the_weeks_load_as_the_repeating_week() -> None:
    week = {day: {"type": "easy", "start": "07:00", "distance": "10 km"} for day in ("mon", "tue", "sun")}
    days = calendar(week, start="2026-09-09", weeks=2)
    assert [week.load for week in days.weeks] == [30_000, 30_000]
    assert [run.day for run in days.runs] == [6, 7, 8, 13]


MORNING, NOON, EVENING = "06:00-08:00", "12:00-13:00", "17:00-20:00"


@pytest.mark.parametrize(
    ("free", "thursday", "friday", "saturday"),
    [
        ({"weekdays": [MORNING]}, [MORNING], [MORNING], []),
        ({"weekdays": [MORNING], "thu": [NOON]}, [NOON], [MORNING], []),
        # The date beats the weekday, and an empty list takes the day away.
        ({"weekdays": [MORNING], "thu": [NOON], "2026-09-10": [EVENING]}, [EVENING], [MORNING], []),
        ({"weekdays": [MORNING], "thu": []}, [], [MORNING], []),
        ({"2026-09-10": []}, [], [], []),
        ({"weekend": [NOON], "sat": [EVENING]}, [], [], [EVENING]),
    ],
)
def test_the_most_specific_key_wins(
    free: dict[str, list[str]], thursday: list[str], friday: list[str], saturday: list[str]
) -> None:
    windows = calendar(athlete={"availability": free}).windows
    assert [[str(window) for window in windows[day]] for day in (3, 4, 5)] == [thursday, friday, saturday]


def test_a_date_key_holds_for_that_date_alone() -> None:
    windows = calendar(athlete={"availability": {"thu": [NOON], "2026-09-10": [EVENING]}}).windows
    assert windows[3] == (Window(1020, 1200),)
    assert windows[10] == (Window(720, 780),)


def test_windows_that_touch_become_one_and_are_put_in_order() -> None:
    windows = calendar(
        athlete={"availability": {"mon": ["12:00-13:00", "06:00-08:00", "08:00-09:00"]}}
    ).windows
    assert windows[0] == (Window(360, 540), Window(720, 780))


def test_without_availability_every_day_is_free_from_six_to_nine_in_the_evening() -> None:
    days = calendar()
    assert set(days.windows) == {(Window(360, 1260),)}
    assert any(note.startswith("No availability given") for note in days.notes)


def test_rest_days_and_blocked_dates_are_day_numbers() -> None:
    # The trip begins before the block and ends in it; the second lies after it.
    days = calendar(
        athlete={"rest_days": ["sun"], "blocked": ["2026-09-01..2026-09-08", "2026-12-24..2026-12-26"]}
    )
    assert days.rest_days == {6, 13}
    assert days.blocked == {0, 1}


@pytest.mark.parametrize(
    ("history", "athlete", "day", "slow"),
    [
        ({}, {}, None, False),
        ({"last_lift": "2026-09-04"}, {}, -3, False),
        ({"last_lift": "2026-08-10"}, {}, -28, False),  # four weeks exactly
        ({"last_lift": "2026-08-09"}, {}, -29, True),
        ({"last_lift": "2026-09-04"}, {"experience": "new"}, -3, True),
    ],
)
def test_the_last_lift(history: dict[str, Any], athlete: dict[str, Any], day: int | None, slow: bool) -> None:
    days = calendar(history=history, athlete=athlete)
    assert (days.last_lift_day, days.slow_start) == (day, slow)


def test_the_mileage_before_the_block_makes_the_first_week_a_cutback() -> None:
    running = {"weekly_distance": [40, 50]}
    assert [week.cutback for week in calendar(running=running).weeks] == [False, False]
    before = calendar(running=running, history={"weekly_distance": [50, 50]})
    assert [week.cutback for week in before.weeks] == [True, False]  # 40 is 80 % of 50


def test_weeks_of_runs_by_the_clock_are_compared_in_minutes() -> None:
    dates = {"2026-09-15": {"type": "easy", "start": "07:00", "minutes": 20}}
    days = calendar(
        {"tue": {"type": "easy", "start": "07:00", "minutes": 50}, "sun": {"type": "long", "minutes": 100}},
        running={"dates": dates},
        history={"weekly_distance": [90]},
    )
    assert [week.load for week in days.weeks] == [Fraction(150), Fraction(120)]
    assert [week.metres for week in days.weeks] == [None, None]
    assert any("weeks are compared by minutes" in note for note in days.notes)
    # 120 of 150 min is a cutback; the 90 km of the history are no minutes and say nothing.
    assert [week.cutback for week in days.weeks] == [False, True]


def test_trimming_looks_back_over_cutback_and_taper_weeks() -> None:
    # The trap: low mileage in a cutback or taper week must not give the sets back.
    days = calendar(
        weeks=9,
        running={"weekly_distance": [30, 34, 38, 32, 42, 46, 50, 36, 25]},
        races=[{"date": "2026-11-08", "distance": "half_marathon"}],
    )
    assert [week.number for week in days.weeks if week.cutback] == [4]
    assert [week.phase for week in days.weeks][-2:] == ["taper", "taper"]
    # Week 4 counts as week 3; weeks 8 and 9 as week 7.
    assert [int(days.trim_load(index)) // 1000 for index in range(9)] == [30, 34, 38, 38, 42, 46, 50, 50, 50]


def test_runs_are_in_order_of_time_whatever_the_order_of_the_file() -> None:
    double = [
        {"type": "easy", "start": "18:00", "minutes": 30},
        {"type": "easy", "start": "06:00", "minutes": 30},
    ]
    days = calendar({"sun": double, "mon": double})
    starts = [run.start for run in days.runs]
    assert starts == sorted(starts)
    assert len(starts) == 8


def test_a_week_without_runs() -> None:
    days = calendar({})
    assert days.runs == ()
    assert not days.rises
    assert days.top == 0
    # A quarter of the weeks is base.
    assert [week.phase for week in days.weeks] == ["base", "build"]


def test_names_of_runs_in_a_sentence() -> None:
    kinds = {
        "easy": "easy run",
        "long": "long run",
        "intervals": "intervals",
        "cross": "cross-training",
        "hills": "hill run",
        "progression": "progression run",
        "tempo": "tempo",
        "race": "race",
    }
    for kind, name in kinds.items():
        assert on(calendar({"mon": {"type": kind, "minutes": 30}}, weeks=1), 0).name == name


def test_a_run_marked_as_race_takes_from_the_race_what_it_leaves_open() -> None:
    # The exception gives the start, the race its distance: seven days after a marathon stay without legs.
    data = {
        "start": "2026-09-07",
        "weeks": 2,
        "runs": {"week": {"tue": {"type": "easy", "minutes": 40}},
                 "dates": {"2026-09-13": {"type": "race", "start": "09:00"}}},
        "races": [{"date": "2026-09-13", "distance": "marathon", "priority": "B"}],
    }  # fmt: skip
    (race,) = build_calendar(Scenario.model_validate(data)).races
    assert (race.metres, race.start % 1440) == (42_195, 540)
    # 42.195 km at nine tenths of 6:00 /km are 228 minutes.
    assert race.minutes == 228


def test_what_the_block_rises_from() -> None:
    days = calendar(running={"weekly_distance": [40, 50]}, history={"weekly_distance": [40, 44]})
    assert days.rises
    assert [days.top, *days.history] == [50_000, 40_000, 44_000]
    assert [week.phase for week in days.weeks] == ["base", "peak"]
    # 50 km are no more than 44 and 10 %: 48.4 would be; and 12 % above 46 are 51.5.
    even = calendar(running={"weekly_distance": [40, 50]}, history={"weekly_distance": [46, 46]})
    assert not even.rises
    assert [week.phase for week in even.weeks] == ["base", "build"]


def test_of_a_partial_week_nothing_is_known_to_rise_from() -> None:
    # From Wednesday: weeks 2 and 3 are the first whole ones, 50 km, and 55 are no rise; from Monday it is one
    # of 22 % (mean 45).
    running = {"weekly_distance": [40, 50, 50, 55]}
    assert not calendar(start="2026-09-09", weeks=4, running=running).rises
    assert calendar(weeks=4, running=running).rises


def test_the_top_is_that_of_training_without_races() -> None:
    # 60 km in the taper and 58 in the week of a B race are no top; 50 is.
    races = [
        {"date": "2026-09-20", "distance": "10k", "priority": "B"},
        {"date": "2026-10-11", "distance": "half_marathon", "priority": "A"},
    ]
    days = calendar(weeks=5, running={"weekly_distance": [40, 58, 50, 30, 60]}, races=races)
    assert [week.phase for week in days.weeks][3:] == ["taper", "taper"]
    assert days.top == 50_000
    assert days.race_weeks == {1, 4}
    assert days.minor_race_weeks == {1}


def test_the_week_of_a_b_race_is_a_lighter_one() -> None:
    def lighter(priority: str, **more: Any) -> list[int]:
        race = {"date": "2026-09-20", "distance": "10k", "priority": priority}
        days = calendar(weeks=3, races=[race], running={"weekly_distance": [40, 40, 40]}, **more)
        return [week.number for week in days.weeks if week.cutback]

    assert lighter("B") == [2]
    assert lighter("C") == []
    # Not in a taper or recovery week, which are lighter as they are.
    for phase in ("taper", "recovery"):
        assert lighter("B", phases=["base", phase, "base"]) == []
