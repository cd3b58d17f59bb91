"""Strong's exports in all their dialects: delimiters, units, tags instead of numbers, rests among sets."""

from __future__ import annotations

from datetime import date

import pytest
from reading import kinds, log, only_set, sets

# Numbers without any unit.
COMMAS = (
    "Date,Workout Name,Duration,Exercise Name,Set Order,Weight,Reps,Distance,Seconds,Notes,"
    "Workout Notes,RPE\n"
    '2020-12-30 18:51:52,"Evening Workout",1h 43m,"Squat (Barbell)",W,40.0,8,0,0,"","slept badly",\n'
    '2020-12-30 18:51:52,"Evening Workout",1h 43m,"Squat (Barbell)",1,102.5,5,0,0,,,8\n'
    '2020-12-30 18:51:52,"Evening Workout",1h 43m,"Squat (Barbell)",2,102.5,4,0,0,,,9.5\n'
    '2020-12-30 18:51:52,"Evening Workout",1h 43m,"Rest Timer",Rest Timer,0,0,0,90,,,\n'
    '2020-12-30 18:51:52,"Evening Workout",1h 43m,"Plank",1,0,0,0,60,,,\n'
    '2020-12-30 18:51:52,"Evening Workout",1h 43m,"Running (Treadmill)",1,0,0,3.2,1200,,,\n'
)
# A unit in each row.
UNIT_COLUMNS = (
    "Date;Workout Name;Exercise Name;Set Order;Weight;Weight Unit;Reps;RPE;Distance;Distance Unit;Seconds;"
    "Notes;Workout Notes;Workout Duration\n"
    '2022-02-16 17:40:08;"Upper";"Overhead Press (Barbell)";1;45;lbs;5;6.5;;;0;"";"note";58m\n'
    '2022-02-16 17:40:08;"Upper";"Overhead Press (Barbell)";2;62,5;kg;3;;;;0;;;58m\n'
    '2022-02-16 17:40:08;"Upper";"Cycling (Indoor)";1;;;;;2.4;mi.;2100;"";"";58m\n'
)
# Units in the header, everything quoted, a number for each workout.
NUMBERED = (
    '"Workout #";"Date";"Workout Name";"Duration (sec)";"Exercise Name";"Set Order";"Weight (kg)";"Reps";'
    '"RPE";"Distance (meters)";"Seconds";"Notes";"Workout Notes"\n'
    '"1";"2024-07-05 07:30:00";"Legs";"3480";"Squat (Barbell)";"W";"50.0";"5";"";"";"";"";""\n'
    '"1";"2024-07-05 07:30:00";"Legs";"3480";"Squat (Barbell)";"1";"90,5";"5";"8";"";"";"belt";""\n'
    '"1";"2024-07-05 07:30:00";"Legs";"3480";"Squat (Barbell)";"F";"95";"3";"";"";"";"";""\n'
    '"1";"2024-07-05 07:30:00";"Legs";"3480";"Squat (Barbell)";"D";"60";"12";"";"";"";"";""\n'
    '"1";"2024-07-05 07:30:00";"Legs";"3480";"Squat (Barbell)";"Rest Timer";"";"";"";"";"90";"";""\n'
    '"1";"2024-07-05 07:30:00";"Legs";"3480";"Squat (Barbell)";"Note";"";"";"";"";"";"Tempo";""\n'
    '"2";"2024-07-07 08:00:00";"Run";"1900";"Running";"1";"";"";"";"5200";"1800";"";""\n'
)


def test_commas() -> None:
    found = log(COMMAS)
    (done,) = found.workouts
    assert (found.app, done.date, done.start, done.minutes) == ("Strong", date(2020, 12, 30), 1131, 103)
    assert (done.title, done.note, done.id) == ("Evening Workout", "slept badly", "2020-12-30T18:51:52")
    assert sets(done) == [(40, None, 8, None), (102.5, None, 5, 2), (102.5, None, 4, 0)]
    assert kinds(done) == ["warm_up", "work", "work"]
    assert [(e.name, e.sets[0].seconds) for e in done.exercises[1:]] == [("Plank", 60)]
    (run,) = found.runs
    assert (run.type, run.is_run, run.metres, run.minutes, run.line) == (
        "Running (Treadmill)",
        True,
        3200,
        20,
        7,
    )
    assert found.notes == (
        "Its weights have no unit: say kg or lb.",
        "Its distances have no unit; they were read as kilometres.",
        "1 rest or note stands between the sets.",
    )


@pytest.mark.parametrize(
    ("units", "unit", "metres"),
    [("kg", "kg", 3200), ("lb", "lb", 5150), ("kg mi", "kg", 5150), ("lb, km", "lb", 3200)],
)
def test_units_that_are_said(units: str, unit: str, metres: int) -> None:
    found = log(COMMAS, units=units)  # 3.2 mi are 5149.9 m
    assert (sets(found.workouts[0])[1], found.runs[0].metres) == ((102.5, unit, 5, 2), metres)
    assert len(found.notes) == 1


def test_a_column_of_units() -> None:
    found = log(UNIT_COLUMNS)
    (done,) = found.workouts
    assert sets(done) == [(45, "lb", 5, 3), (62.5, "kg", 3, None)]
    assert (done.minutes, done.note, found.notes) == (58, "note", ())
    (ride,) = found.runs
    assert (ride.type, ride.is_run, ride.metres, ride.minutes) == ("Cycling (Indoor)", False, 3862, 35)


def test_units_in_the_header() -> None:
    found = log(NUMBERED)
    (done,) = found.workouts
    assert sets(done) == [(50, "kg", 5, None), (90.5, "kg", 5, 2), (95, "kg", 3, 0), (60, "kg", 12, None)]
    assert kinds(done) == ["warm_up", "work", "work", "drop"]
    assert (done.minutes, done.id, found.notes) == (
        58,
        "2024-07-05T07:30:00",
        ("2 rests and notes stand between the sets.",),
    )
    (run,) = found.runs
    assert (run.metres, run.minutes, run.title, run.date) == (5200, 30, "Run", date(2024, 7, 7))


def test_the_oldest_names_columns_by_their_units() -> None:
    found = log(
        "Date;Workout Name;Exercise Name;Set Order;lbs;Reps;mi.;Seconds;Notes;Workout Notes\n"
        '2018-01-20 17:03:17;"A";"Deadlift";1;225;5;;;"";""\n'
        '2018-01-20 17:03:17;"A";"Running";1;;;2;1200;"";""\n'
    )
    assert sets(found.workouts[0]) == [(225, "lb", 5, None)]
    assert (found.runs[0].metres, found.unknown_columns) == (3219, ())


def test_a_number_of_the_workout_is_no_identity() -> None:
    # An older workout that is added later numbers all that follow anew.
    again = NUMBERED.replace('\n"1"', '\n"7"').replace('\n"2"', '\n"9"')
    assert [done.id for done in log(again).workouts] == [done.id for done in log(NUMBERED).workouts]


@pytest.mark.parametrize(("lasted", "minutes"), [("38min", 38), ("264h 1m", None), ("", None), ("x", None)])
def test_durations_as_they_were_seen(lasted: str, minutes: int | None) -> None:
    assert log(COMMAS.replace("1h 43m", lasted)).workouts[0].minutes == minutes


def test_a_weight_in_an_unknown_unit_is_left_out() -> None:
    found = log(UNIT_COLUMNS.replace(";45;lbs;", ";45;stone;"))
    assert (sets(found.workouts[0]), found.left_out) == ([(62.5, "kg", 3, None)], 1)
    assert found.notes == ('Line 2: the weight has an unknown unit: "stone". It was left out.',)


def test_a_loaded_set_without_its_unit_has_none() -> None:
    one = only_set(log("\n".join(UNIT_COLUMNS.split("\n")[:2]).replace(";45;lbs;", ";45;;")))
    assert (one.weight, one.unit) == (45, None)
