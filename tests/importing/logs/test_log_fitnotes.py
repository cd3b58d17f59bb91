"""FitNotes on Android, a workout a day, and on iOS, where moments are UTC and sets have a status."""

from __future__ import annotations

from datetime import date

import pytest
from reading import kinds, log, sets

ANDROID = "Date,Exercise,Category,Weight,Weight Unit,Reps,Distance,Distance Unit,Time,Comment\n"
IOS = (
    "Name,StartTime,EndTime,BodyWeight,Exercise,Equipment,Reps,Weight,Time,Distance,Status,IsWarmup,RPE,"
    "RIR,Categories,Note\n"
)
PUSH = 'Push,2025-02-23T22:40:53Z,2025-02-23T23:35:47Z,"94,0",'


def test_android_has_days_alone() -> None:
    found = log(
        ANDROID
        + "2026-08-08,Flat Barbell Bench Press,Chest,60,kgs,8,,,,easy\n"
        + "2026-08-08,Flat Barbell Bench Press,Chest,62.5,kgs,6,,,,\n"
        + "2026-08-08,Plank,Abs,0,kgs,0,,,0:01:30,\n"
        + "2026-08-08,Morning round,Cardio,,,,5.0,km,0:28:10,\n"
        + "2026-08-10,Deadlift,Back,225,lbs,5,,,,\n"
    )
    assert (found.app, found.notes, found.unknown_columns) == ("FitNotes", (), ())
    first, second = found.workouts
    assert (first.id, first.date, first.start, first.minutes) == ("2026-08-08", date(2026, 8, 8), None, None)
    assert sets(first) == [(60, "kg", 8, None), (62.5, "kg", 6, None)]
    assert (first.exercises[1].name, first.exercises[1].sets[0].seconds) == ("Plank", 90)
    assert sets(second) == [(225, "lb", 5, None)]
    (run,) = found.runs  # no name of a run: the category says that it is endurance
    assert (run.type, run.is_run, run.metres, run.minutes) == ("Morning round", False, 5000, 28)


@pytest.mark.parametrize(("column", "unit"), [("Weight (kgs)", "kg"), ("Weight (lbs)", "lb")])
def test_a_unit_in_the_header(column: str, unit: str) -> None:
    found = log(f"Date,Exercise,Category,{column},Reps\n2026-08-08,Squat,Legs,100,5\n")
    assert (sets(found.workouts[0]), found.notes) == ([(100, unit, 5, None)], ())


def test_both_units_and_a_kind() -> None:
    found = log(
        "Date,Exercise,Category,Weight (kg),Weight (lbs),Reps,Distance,Distance Unit,Time,Notes,Kind\n"
        "2026-01-15,Squat,Legs,,135,5,,,,,Warmup\n2026-01-15,Squat,Legs,100,,5,,,,,\n"
    )
    assert sets(found.workouts[0]) == [(135, "lb", 5, None), (100, "kg", 5, None)]
    assert kinds(found.workouts[0]) == ["warm_up", "work"]


def test_ios_has_moments_and_decimal_commas() -> None:
    found = log(
        IOS
        + PUSH
        + 'Bench,Barbell,10,"20,0",,,Done,true,,,"Pectorals,Triceps",\n'
        + PUSH
        + 'Bench,Barbell,8,"61,25",,,Done,false,"8,5",2,"Pectorals",\n'
        + PUSH
        + 'Bench,Barbell,3,"80,0",,,Failed,false,,,"Pectorals","too much"\n'
        + PUSH
        + 'Bench,Barbell,3,"90,0",,,NotStarted,false,,,"Pectorals",\n'
        + PUSH
        + 'Plank,Bodyweight,,"0,0",00:01:30,,Done,false,"7,5",,"Core",\n',
        units="kg",
    )
    (done,) = found.workouts
    # 22:40 UTC is 23:40 at home; the workout goes on after midnight.
    assert (done.date, done.start, done.minutes) == (date(2025, 2, 23), 1420, 55)
    assert (done.id, done.title, found.notes) == ("2025-02-23T22:40:53Z", "Push", ())
    assert sets(done) == [(20, "kg", 10, None), (61.25, "kg", 8, 2), (80, "kg", 3, 0)]
    assert kinds(done) == ["warm_up", "work", "work"]
    assert [(exercise.name, exercise.equipment) for exercise in done.exercises] == [
        ("Bench", "Barbell"),
        ("Plank", "Bodyweight"),
    ]
    plank = done.exercises[1].sets[0]
    assert (plank.seconds, plank.rpe, plank.rir) == (90, 7.5, 2)


def test_ios_without_a_unit_says_so() -> None:
    found = log(IOS + PUSH + 'Bench,Barbell,8,"61,25",,,Done,false,,2.5,"Pectorals",\n')
    assert sets(found.workouts[0]) == [(61.25, None, 8, 2)]
    assert found.notes == ("Its weights have no unit: say kg or lb.",)


def test_hostile_rows() -> None:
    found = log(
        ANDROID
        + "2026-08-08,Squat,Legs,100,kgs,5,,,,\n"
        + "2026-08-08,Squat,Legs,1e999,kgs,5,,,,\n"
        + "2026-18-08,Squat,Legs,100,kgs,5,,,,\n"
        + "2026-08-08,Run,Cardio,,,,5,leagues,0:20:00,\n"
    )
    assert sets(found.workouts[0]) == [(100, "kg", 5, None)]
    assert found.notes == (
        'Line 3: the weight is no number: "1e999". It was left out.',
        'Line 4: there is no such day: "2026-18-08". It was left out.',
        'Line 5: the distance has an unknown unit: "leagues". It was left out.',
    )
