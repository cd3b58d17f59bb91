"""Liftosaur, old and new, and StrongLifts, whose rows hold all sets of an exercise."""

from __future__ import annotations

from datetime import date

import pytest
from reading import kinds, log, sets

LIFTOSAUR = (
    "Workout DateTime,Program,Day Name,Exercise,Is Warmup Set?,Required Reps,Completed Reps,Is AMRAP?,"
    "Required RPE,Completed RPE,Log RPE?,Required Weight Value,Required Weight Unit,Completed Weight Value,"
    "Completed Weight Unit,Ask Weight?,Completed Reps Time,Target Muscles,Synergist Muscles,Notes\n"
)
OLD = (
    "Workout DateTime,Program,Day Name,Exercise,Is Warmup Set?,Required Reps,Completed Reps,RPE,Is AMRAP?,"
    "Weight Value,Weight Unit,Completed Reps Time,Target Muscles,Synergist Muscles,Notes\n"
)
SQUAT = '2026-03-01T22:30:00.000Z,5/3/1,Day 1,"Squat, Barbell",'
MUSCLES = '"Quadriceps, Glutes","Calves",\n'

STRONGLIFTS = (
    "Date (yyyy/mm/dd),Workout,Workout Name,Program Name,Body Weight (KG),Exercise,SetsxReps,SetsxTime,"
    "Top Set Reps x KG,e1RM  (KG),Reps,Volume (KG),Workout Volume (KG),Duration (hours),Start Time (h:mm),"
    "End Time (h:mm),Notes,Set 1 (Reps), Set 1 (KG),Set 2 (Reps), Set 2 (KG),Set 3 (Reps), Set 3 (KG)\n"
)
DAY = '"2026/04/30","1269","Workout B","","97.75",'
HOURS = '"0.6","7:00 PM","7:35 PM","easy"'


def test_liftosaur() -> None:
    found = log(
        LIFTOSAUR
        + SQUAT
        + "1,5,5,0,,,0,60,kg,60,kg,0,2026-03-01T22:35:00.000Z,"
        + MUSCLES
        + SQUAT
        + "0,5,4,0,8,9.5,1,100,kg,102.5,kg,0,2026-03-01T23:10:00.000Z,"
        + MUSCLES
        + SQUAT
        + "0,5,8,1,8,,1,225,lb,,,0,,"
        + MUSCLES
        + SQUAT
        + "0,5,,0,8,,1,100,kg,,,0,,"
        + MUSCLES
    )
    assert (found.app, found.notes, found.unknown_columns) == ("Liftosaur", (), ())
    (done,) = found.workouts
    # 22:30 UTC is 23:30 at home; the last set with a time is 40 minutes later.
    assert (done.date, done.start, done.minutes, done.title) == (date(2026, 3, 1), 1410, 40, "Day 1")
    assert (done.id, done.exercises[0].name) == ("2026-03-01T22:30:00Z", "Squat, Barbell")
    assert sets(done) == [(60, "kg", 5, None), (102.5, "kg", 4, 0), (225, "lb", 8, None)]
    assert kinds(done) == ["warm_up", "work", "work"]


def test_a_day_that_was_chosen_by_hand_tells_no_length() -> None:
    row = SQUAT.replace("22:30", "23:00") + "0,5,5,0,,,0,60,kg,60,kg,0,2026-03-02T18:35:00.000Z," + MUSCLES
    (done,) = log(LIFTOSAUR + row).workouts
    assert (done.date, done.start, done.minutes) == (date(2026, 3, 2), 0, None)


def test_an_older_liftosaur() -> None:
    found = log(OLD + SQUAT + "0,5,5,8,0,100,kg,2026-03-01T22:35:00.000Z," + MUSCLES)
    assert (sets(found.workouts[0]), found.unknown_columns) == ([(100, "kg", 5, 2)], ())


def test_stronglifts() -> None:
    found = log(
        STRONGLIFTS
        + DAY
        + '"Squat","3x5","","5x100","116","15","1500","2000",'
        + HOURS
        + ',"5","100","5","100","4","102.5"\n'
        + DAY
        + '"Chinups","3x10","","10x0","","30","","",'
        + HOURS
        + ',"10","0","10","-5","",""\n'
        + DAY.replace("04/30", "05/02").replace("1269", "1270")
        + '"Deadlift","1x5","","5x115","133.3","5","575","","","","","","5","115","","","",""\n'
    )
    first, second = found.workouts
    assert (found.app, found.unknown_columns) == ("StrongLifts", ())
    assert (first.date, first.start, first.minutes) == (date(2026, 4, 30), 1140, 36)
    assert (first.title, first.note, first.id) == ("Workout B", "easy", "2026-04-30T19:00:00")
    assert sets(first) == [(100, "kg", 5, None), (100, "kg", 5, None), (102.5, "kg", 4, None)]
    # A weight below 0 is help, and no load.
    assert sets(first, 1) + sets(first, 2) == [(None, None, 10, None)] * 2
    assert [one.equipment for one in first.exercises] == ["", "", "assisted"]
    assert found.notes == ()
    assert (second.id, second.start, second.minutes) == ("2026-05-02 1270", None, None)


def test_an_hour_that_is_none_and_a_column_that_stands_twice() -> None:
    names = "Date (yyyy/mm/dd),Exercise,Start Time (h:mm),Set 1 (Reps),Set 1 (KG),Set 1 (Reps)\n"
    (done,) = log(f"{names}2026/04/30,Squat,25:99 PM,5,100,\n").workouts
    assert (done.start, sets(done)) == (None, [(100, "kg", 5, None)])


@pytest.mark.parametrize(("unit", "weight"), [("LB", 225.0), ("KG", 225.0)])
def test_stronglifts_in_both_units(unit: str, weight: float) -> None:
    content = f"Date (yyyy/mm/dd),Exercise,Set 1 (Reps),Set 1 ({unit})\n2026/04/30,Squat,5,225\n"
    assert sets(log(content).workouts[0]) == [(weight, unit.lower(), 5, None)]


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        ("5,1e999", ', set 1: the weight is no number: "1e999"'),
        ("5.5,100", ", set 1: the number of repetitions is no whole one: 5.5"),
        (",100", ", set 1: the number of repetitions is missing"),
    ],
)
def test_a_hostile_set_costs_no_other(cells: str, why: str) -> None:
    names = "Date (yyyy/mm/dd),Exercise,Set 1 (Reps),Set 1 (KG),Set 2 (Reps),Set 2 (KG)\n"
    found = log(f"{names}2026/04/30,Squat,{cells},5,100\n0000/04/30,Squat,5,100,5,100\n")
    assert sets(found.workouts[0]) == [(100, "kg", 5, None)]
    assert found.notes == (
        f"Line 2{why}. It was left out.",
        'Line 3: the date lies beyond 1990 to 2100: "0000/04/30". It was left out.',
    )
