"""intervals.icu: activities and days of wellness, as JSON and as CSV, whole and cut off."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from reading import log, wrong

RUN: dict[str, Any] = {
    "id": "i101",
    "type": "TrailRun",
    "name": "Hills",
    "start_date_local": "2026-03-20T06:30:00",
    "start_date": "2026-03-20T05:30:00Z",
    "moving_time": 3000,
    "elapsed_time": 3600,
    "distance": 10012.4,
    "icu_training_load": 60,
    "icu_rpe": 7,
    "feel": 2,
}
LIFT = {**RUN, "id": "i102", "type": "WeightTraining", "name": "Legs", "distance": None, "icu_rpe": None}
WELLNESS = [
    {"id": "2026-03-20", "soreness": 1, "fatigue": 4, "sleepSecs": 27000, "restingHR": 48},
    {"id": "2026-03-21", "soreness": 3, "fatigue": 2, "sleepSecs": None, "restingHR": 48},
    {"id": "2026-03-22", "soreness": None, "fatigue": None, "sleepSecs": None, "restingHR": 49},
]


def as_csv(entries: list[dict[str, Any]]) -> str:
    rows = [",".join("" if value is None else str(value) for value in entry.values()) for entry in entries]
    return "\n".join([",".join(entries[0]), *rows, ""])


@pytest.mark.parametrize("form", [json.dumps, lambda data: json.dumps(data, indent=2), as_csv])
def test_activities(form: Any) -> None:
    found = log(form([RUN, LIFT]))
    assert (found.app, found.notes, found.unknown_columns) == ("intervals.icu", (), ())
    (run,) = found.runs
    assert (run.id, run.date, run.start) == ("i101", date(2026, 3, 20), 390)
    assert (run.minutes, run.metres, run.rpe) == (50, 10012, 7)  # without pauses
    assert (run.type, run.is_run, run.title) == ("TrailRun", True, "Hills")
    (lift,) = found.workouts
    assert (lift.id, lift.minutes, lift.title, lift.rpe) == ("i102", 60, "Legs", None)  # with its rests


@pytest.mark.parametrize("form", [json.dumps, as_csv])
def test_wellness_is_put_on_the_scale_to_ten(form: Any) -> None:
    found = log(form(WELLNESS))
    assert [(day.id, day.soreness, day.fatigue, day.sleep_minutes) for day in found.wellness] == [
        ("2026-03-20", 0, 10, 450),
        ("2026-03-21", 7, 3, None),
    ]
    assert (found.workouts, found.runs, found.span) == ((), (), None)


def test_one_activity_by_itself() -> None:
    assert log(json.dumps(RUN)).runs[0].id == "i101"


@pytest.mark.parametrize(
    ("key", "value", "why"),
    [
        ("distance", float("nan"), "the distance is no number: NaN"),
        ("distance", float("inf"), "the distance is no number: Infinity"),
        ("distance", -5, "the distance lies beyond 0 to 1,000,000: -5"),
        ("moving_time", "soon", 'the time is no number: "soon"'),
        ("moving_time", [1], "the time is no number: [1]"),
        ("start_date_local", None, "the date is missing"),
        (
            "start_date_local",
            "2126-01-01T00:00:00",
            'the date lies beyond 1990 to 2100: "2126-01-01T00:00:00"',
        ),
        ("type", None, "the activity has no type"),
    ],
)
def test_a_hostile_entry_costs_no_other(key: str, value: Any, why: str) -> None:
    found = log(json.dumps([RUN, {**RUN, "id": "i103", key: value}, {**RUN, "id": "i104"}], indent=1))
    assert ([run.id for run in found.runs], found.left_out) == (["i101", "i104"], 1)
    assert found.notes == (f"Line 15: {why}. It was left out.",)


def test_numbers_of_a_thousand_digits() -> None:
    found = log(json.dumps([RUN, {**RUN, "id": "i103", "distance": 0}]).replace(": 0,", f": {'9' * 9999},"))
    assert found.notes == ("Line 1: the distance is no number: Infinity. It was left out.",)


def test_a_number_of_a_day_that_is_none_costs_no_other() -> None:
    day = {"id": "2026-04-02", "soreness": 99, "fatigue": -1, "sleepSecs": 27000}
    other = {"id": "0000-00-00", "soreness": 2}
    found = log(json.dumps([day, other]))
    assert [(one.soreness, one.fatigue, one.sleep_minutes) for one in found.wellness] == [(None, None, 450)]
    assert found.notes == (
        "Line 1: the soreness lies beyond 0 to 4: 99; the day was read without it.",
        "Line 1: the fatigue lies beyond 0 to 4: -1; the day was read without it.",
        'Line 1: the date lies beyond 1990 to 2100: "0000-00-00". It was left out.',
    )


def test_both_lists_in_one_object() -> None:
    found = log(json.dumps({"athlete": {}, "activities": [RUN], "wellness": WELLNESS}))
    assert (len(found.runs), len(found.wellness)) == (1, 2)


def test_what_is_no_entry_is_named() -> None:
    found = log(json.dumps([RUN, 7, "x"]))
    assert found.notes == (
        "Line 1: this is no entry: 7. It was left out.",
        'Line 1: this is no entry: "x". It was left out.',
    )


@pytest.mark.parametrize("cut", [1, 2, 20, 100])
def test_a_list_that_breaks_off_keeps_its_whole_entries(cut: int) -> None:
    found = log(json.dumps([RUN, LIFT, RUN], indent=1)[:-cut])
    assert (len(found.runs), len(found.workouts), found.truncated, len(found.notes)) == (1, 1, True, 1)
    assert found.notes[0].startswith("The file ends in the middle of ")


@pytest.mark.parametrize(
    "content",
    [
        '[{"start_date_local": "2026-10-12T00:00:00", "category": "WORKOUT", "moving_time": 5}]',
        '{"schedule": []}',
        "[" * 5000,
        "{",
    ],
)
def test_what_is_no_log_of_it(content: str) -> None:
    assert wrong(content).message == "the data is neither a list of activities nor of days of wellness"


def test_nothing_that_can_be_read() -> None:
    problem = wrong(json.dumps([{**RUN, "type": None}]))
    assert problem.message == "this is an export of intervals.icu, but none of it can be read: one entry"
    assert problem.value == "Line 1: the activity has no type."
