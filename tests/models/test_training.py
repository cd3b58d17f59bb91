"""Lengths, paces, runs and exercises: what a runner writes and what it comes to."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from mesocycle.models.sessions import Session, SessionExercise
from mesocycle.models.training import KEY_TYPES, Race, Run, RunType, parse_duration, parse_length, parse_pace


@pytest.mark.parametrize(
    ("value", "metres"),
    [
        ("8 km", 8000),
        ("8km", 8000),
        ("8", 8000),  # kilometres are meant
        (8, 8000),
        (21.1, 21100),
        ("400 m", 400),
        ("5 mi", 8047),  # 5 x 1609.344 = 8046.72
        ("1 mile", 1609),
        ("13.1 miles", 21082),  # 13.1 x 1609.344 = 21082.4
        ("Half_Marathon", 21097),
        ("marathon", 42195),
        ("5k", 5000),
        ("8 K", 8000),
        ("8 kilometers", 8000),
        ("HM", 21097),
        ("half marathon", 21097),
        ("Half-Marathon", 21097),
        ("half", 21097),
        ("10K", 10000),
        (" 8 KM ", 8000),
        (500, 500_000),  # the longest
        ("500 km", 500_000),
        ("1 m", 1),  # the shortest
        (0.001, 1),
    ],
)
def test_lengths_become_whole_metres(value: Any, metres: int) -> None:
    assert parse_length(value) == metres


@pytest.mark.parametrize(
    "value",
    ["far", "", "8 furlongs", "M", "-8 km", "1e3 km", None, True, [8], {}, -8, 0, float("nan"),
     float("inf"), 10**400, -(10**400), "9" * 5000],
)  # fmt: skip
def test_what_is_no_length(value: Any) -> None:
    with pytest.raises(ValueError, match='a distance is written like "8 km", "5 mi" or half_marathon'):
        parse_length(value)


@pytest.mark.parametrize("value", ["501 km", 501, "500.001 km", "0 km", "0.4 m", 0.0001, "999999 mi"])
def test_lengths_have_an_end(value: Any) -> None:
    # Somebody who writes metres without a unit gets told, not a run of 5,000 km.
    with pytest.raises(ValueError, match="a distance lies between 1 m and 500 km"):
        parse_length(value)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("5:30 /km", 330),
        ("5:30/km", 330),
        ("5:30 min/km", 330),
        ("8:50 per mile", 329),
        ("8:50 /mi", 329),  # 530 s a mile / 1.609344 = 329.3 s
        ("2:00 /km", 120),
        ("20:00 /km", 1200),
    ],
)
def test_paces_are_seconds_per_kilometre(value: str, seconds: int) -> None:
    assert parse_pace(value) == seconds


@pytest.mark.parametrize("value", ["5.5 /km", "fast", "5:60 /km", 330, None, True, "5:30 /m", ""])
def test_what_is_no_pace(value: Any) -> None:
    with pytest.raises(ValueError, match='a pace is written like "5:30 /km" or "8:50 /mi"'):
        parse_pace(value)


def test_a_pace_without_a_unit_is_asked_about() -> None:
    with pytest.raises(ValueError, match='a pace needs its unit: "5:30 /km" or "5:30 /mi"'):
        parse_pace("5:30")


@pytest.mark.parametrize(
    ("value", "minutes"),
    [
        (65, 65),
        ("65", 65),
        ("65 min", 65),
        ("90'", 90),
        ("1:05 h", 65),
        ("1h05", 65),
        ("1 h", 60),
        ("1 h 30 min", 90),
        ("1:05:00", 65),
        ("1:05:31", 66),  # to the nearest minute
    ],
)
def test_durations_become_minutes(value: Any, minutes: int) -> None:
    assert parse_duration(value) == minutes
    assert (
        Run(type=RunType.EASY, duration=value).lasts == Run(type=RunType.EASY, minutes=value).lasts == minutes
    )


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("1:05", 'hours and minutes, or minutes and seconds? Write "1:05 h"'),
        ("1h75", "an hour has 60 minutes"),
        ("an hour", 'a duration is written like 65, "65 min" or "1:05 h"'),
        ("1.5", "a duration is written like"),
        ("", "a duration is written like"),
    ],
)
def test_what_is_no_duration(value: str, words: str) -> None:
    with pytest.raises(ValueError, match=re.escape(words)):
        parse_duration(value)


def test_minutes_are_given_once_and_a_pace_needs_a_distance() -> None:
    with pytest.raises(ValidationError, match="minutes and duration are the same: give one of the two"):
        Run.model_validate({"type": "easy", "minutes": 65, "duration": "65 min"})
    with pytest.raises(ValidationError, match="a pace turns a distance into minutes: give the distance too"):
        Run.model_validate({"type": "easy", "pace": "5:30 /km"})
    assert Run.model_validate({"type": "easy"}).lasts is None


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("8 M", "M may be miles or metres: write 8 mi or 8 m"),
        ("8,5 km", r"a distance has a decimal point: write 8\.5 km"),
    ],
)
def test_a_doubtful_length_is_asked_about(value: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        parse_length(value)


@pytest.mark.parametrize("value", ["1:59 /km", "20:01 /km", "3:00 /mi", "99:59 /km"])
def test_paces_nobody_runs(value: str) -> None:
    # 3:00 a mile is 1:52 a kilometre.
    with pytest.raises(ValueError, match="lies between 2:00 and 20:00 per kilometre"):
        parse_pace(value)


@given(st.integers(1, 500_000))
def test_every_length_survives_writing_and_reading(metres: int) -> None:
    run = Run.model_validate({"type": "easy", "distance": f"{metres / 1000:.3f} km"})
    assert run.distance == metres
    assert Run.model_validate(run.model_dump(mode="json")) == run


def test_key_runs_follow_from_the_type_unless_said() -> None:
    keys = {kind for kind in RunType if Run(type=kind).is_key}
    assert keys == KEY_TYPES == {"long", "tempo", "threshold", "intervals", "hills", "progression", "race"}
    assert Run(type=RunType.EASY, key=True).is_key
    assert not Run(type=RunType.LONG, key=False).is_key


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"type": "sprint"}, "Input should be 'recovery'"),
        ({"type": "easy", "minutes": 0}, "greater than or equal to 1"),
        ({"type": "easy", "minutes": 1441}, "less than or equal to 1440"),  # a day is the longest run
        ({"type": "easy", "minutes": 10**30}, "less than or equal to 1440"),
        ({"type": "easy", "minutes": True}, "a whole number, not true or false"),  # not one minute
        ({"type": "easy", "title": "a\u202eb"}, r"invisible character U\+202E"),
        ({"type": "easy", "speed": 5}, "Extra inputs are not permitted"),
        ({"minutes": 5}, "Field required"),
    ],
)
def test_wrong_runs(data: dict[str, Any], words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        Run.model_validate(data)


def test_nouns_are_frozen() -> None:
    race = Race.model_validate({"date": "2026-11-29", "distance": "half_marathon"})
    assert race.priority == "A"
    with pytest.raises(ValidationError, match="frozen"):
        race.priority = "B"  # type: ignore[misc]


def test_the_name_of_a_race_is_readable() -> None:
    with pytest.raises(ValidationError, match=r"invisible character U\+200F"):
        Race.model_validate({"date": "2026-11-29", "distance": "10k", "name": "\u200fCity run"})


@pytest.mark.parametrize(("sets", "pair"), [(3, (3, 3)), ([2, 4], (2, 4)), ((1, 10), (1, 10)), (None, None)])
def test_sets_are_a_number_or_a_range(sets: Any, pair: tuple[int, int] | None) -> None:
    assert SessionExercise(exercise="back_squat", sets=sets).sets == pair


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("sets", 0, "greater than or equal to 1"),
        ("sets", 11, "less than or equal to 10"),
        ("sets", [2, 3, 4], r"whole numbers are \[least, most\]"),
        ("sets", True, r"a whole number or \[least, most\], not true or false"),
        ("sets", [1, True], "a whole number, not true or false"),
        ("reps", False, "a whole number, not true or false"),
        ("load", True, "a whole number, not true or false"),
        ("rir", True, "a whole number, not true or false"),
        ("load", 101, "less than or equal to 100"),
        ("load", 19, "greater than or equal to 20"),
        ("rir", 7, "less than or equal to 6"),
        ("reps", 0, "greater than or equal to 1"),
    ],
)
def test_wrong_prescriptions(key: str, value: Any, words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        SessionExercise.model_validate({"exercise": "back_squat", key: value})


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"name": ""}, "at least 1 character"),
        ({"name": "A" * 41}, "at most 40 characters"),
        ({"name": "A", "minutes": 9}, "greater than or equal to 10"),
        ({"name": "A", "minutes": 181}, "less than or equal to 180"),
        ({"name": "A", "minutes": True}, "a whole number, not true or false"),
        ({"name": "A\x1b[2J"}, r"invisible character U\+001B"),
        ({"name": "A", "lower_body": "light"}, "'heavy', 'moderate' or 'none'"),
        ({"name": "A", "exercises": [{"exercise": "plank"}] * 21}, "at most 20 items"),
    ],
)
def test_wrong_sessions(data: dict[str, Any], words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        Session.model_validate(data)
