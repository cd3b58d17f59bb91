"""Hevy's export: units in the names of columns, dates of phones, kinds of sets, runs among lifts."""

from __future__ import annotations

from datetime import date

import pytest
from reading import kinds, log, only_set, sets, wrong

NAMES = (
    "title,start_time,end_time,description,exercise_title,superset_id,exercise_notes,set_index,set_type,"
    "weight_kg,reps,distance_km,duration_seconds,rpe"
)
POUNDS = NAMES.replace("weight_kg", "weight_lbs").replace("distance_km", "distance_miles")


def row(
    exercise: str = "Squat (Barbell)",
    index: int = 0,
    kind: str = "normal",
    weight: str = "100",
    reps: str = "5",
    far: str = "",
    seconds: str = "",
    rpe: str = "",
    start: str = "30 Jun 2025, 19:56",
    end: str = "30 Jun 2025, 20:58",
) -> str:
    done = [str(index), kind, weight, reps, far, seconds, rpe]
    cells = ["Legs", start, end, "felt\\nfine", exercise, "", "", *done]
    return ",".join(f'"{cell}"' for cell in cells)


def hevy(*rows: str, names: str = NAMES) -> str:
    return "\n".join([names, *rows]) + "\n"


def test_a_workout_is_read_with_its_sets() -> None:
    found = log(
        hevy(
            row(kind="warmup", weight="60", reps="8"),
            row(index=1, rpe="8.5"),
            row(index=2, kind="dropset", weight="70.5", reps="12"),
            row("Leg Curl (Machine)", weight="", reps="10"),
        )
    )
    assert (found.app, found.notes, found.unknown_columns, len(found.runs)) == ("Hevy", (), (), 0)
    (done,) = found.workouts
    assert (done.date, done.start, done.minutes) == (date(2025, 6, 30), 19 * 60 + 56, 62)
    assert (done.title, done.note, done.line, done.id) == ("Legs", "felt; fine", 2, "2025-06-30T19:56:00")
    assert [exercise.name for exercise in done.exercises] == ["Squat (Barbell)", "Leg Curl (Machine)"]
    assert sets(done) == [(60, "kg", 8, None), (100, "kg", 5, 1), (70.5, "kg", 12, None)]
    assert kinds(done) == ["warm_up", "work", "drop"]
    assert sets(done, 1) == [(None, None, 10, None)]


# 10 - RPE, of two whole numbers as near the lower; below 5 it says little.
@pytest.mark.parametrize(
    ("rpe", "rir"),
    [
        ("5", 5),
        ("6.5", 3),
        ("7", 3),
        ("7.5", 2),
        ("8.5", 1),
        ("9.5", 0),
        ("10", 0),
        ("4.5", None),
        ("", None),
    ],
)
def test_effort_becomes_reserve(rpe: str, rir: int | None) -> None:
    one = only_set(log(hevy(row(rpe=rpe))))
    assert (one.rir, one.rpe) == (rir, float(rpe) if rpe else None)


def test_a_set_to_failure_has_nothing_in_reserve() -> None:
    one = only_set(log(hevy(row(kind="failure", rpe="8"))))
    assert (one.rir, one.rpe, one.kind) == (0, 8, "work")


def test_pounds_and_miles_are_told_by_their_columns() -> None:
    found = log(
        hevy(row(weight="225"), row("Running", weight="", reps="", far="3.1", seconds="1500"), names=POUNDS)
    )
    assert sets(found.workouts[0]) == [(225, "lb", 5, None)]
    assert found.runs[0].metres == 4989  # 3.1 x 1609.344


# As phones in other languages and of other years write them.
@pytest.mark.parametrize(
    ("start", "day", "minute"),
    [
        ("1 Dec 2025, 10:53", "2025-12-01", 653),
        ("02 Jul 2025, 17:56", "2025-07-02", 1076),
        ("May 15, 2026, 7:26 PM", "2026-05-15", 1166),
        ("May 15, 2026 at 7:26\u202fPM", "2026-05-15", 1166),
        ("Mar 3, 2026, 12:05 AM", "2026-03-03", 5),
        ("05.06.2026, 07:30", "2026-06-05", 450),
        ("5. Juni 2026 um 07:30", "2026-06-05", 450),
        ("12. März 2026, 7:30", "2026-03-12", 450),
        ("3 févr. 2026, 18:00", "2026-02-03", 1080),
        ("14 juil. 2025 à 18:05", "2025-07-14", 1085),
        ("3 de feb de 2026, 18:00", "2026-02-03", 1080),
        ("15 ene 2026, 7:26 p. m.", "2026-01-15", 1166),
        ("9 de set. de 2025, 06:10", "2025-09-09", 370),
        ("9 out 2025, 06:10", "2025-10-09", 370),
        ("26 апр. 2026 г., 06:10", "2026-04-26", 370),
        ("21 mag 2026, 06:10", "2026-05-21", 370),
        ("21 mrt. 2026 06:10", "2026-03-21", 370),
        ("2026-03-21 06:10:30", "2026-03-21", 370),
        ("21/03/2026, 18.10", "2026-03-21", 1090),
    ],
)
def test_dates_of_phones(start: str, day: str, minute: int) -> None:
    (done,) = log(hevy(row(start=start, end=start))).workouts
    assert (done.date.isoformat(), done.start, done.minutes) == (day, minute, None)


def test_other_dates_of_the_file_tell_the_order() -> None:
    first, second = row(start="03/04/2026, 18:00", end=""), row(start="25/04/2026, 18:00", end="")
    assert [done.date for done in log(hevy(first, second)).workouts] == [date(2026, 4, 3), date(2026, 4, 25)]
    found = log(hevy(first, second), date_order="mdy")  # what the file tells comes before what was said
    assert [done.date for done in found.workouts] == [date(2026, 4, 3), date(2026, 4, 25)]


def test_an_open_order_is_asked_for() -> None:
    content = hevy(row(start="03/04/2026, 18:00", end="03/04/2026, 19:00"))
    problem = wrong(content)
    assert problem.message == "the dates can be read with the day first or with the month first"
    assert (problem.value, problem.remedy) == ('"03/04/2026, 18:00"', "--date-order dmy, or --date-order mdy")
    assert log(content, date_order="mdy").workouts[0].date == date(2026, 3, 4)
    assert log(content, date_order="dmy").workouts[0].date == date(2026, 4, 3)
    # Where day and month are the same there is nothing to ask.
    assert log(hevy(row(start="05/05/2026, 18:00", end=""))).workouts[0].date == date(2026, 5, 5)


def test_dates_that_contradict_each_other_are_an_error() -> None:
    content = hevy(row(start="31/03/2026, 18:00", end=""), row(start="03/31/2026, 18:00", end=""))
    assert wrong(content).message == "some dates have the day first and some the month"


def test_one_contrary_date_among_many_is_left_out() -> None:
    good = [row(start=f"{day}/03/2026, 18:00", end="") for day in range(12, 32)]
    found = log(hevy(*good, row(start="04/25/2026, 18:00", end="")))
    assert (len(found.workouts), found.left_out) == (20, 1)
    assert found.notes == ('Line 22: there is no such day: "04/25/2026, 18:00". It was left out.',)


def test_a_workout_over_midnight_belongs_to_the_day_it_began() -> None:
    (done,) = log(hevy(row(start="30 Jun 2025, 23:30", end="1 Jul 2025, 00:45"))).workouts
    assert (done.date, done.start, done.minutes) == (date(2025, 6, 30), 1410, 75)


def test_runs_among_lifts_become_runs() -> None:
    found = log(
        hevy(
            row("Treadmill", weight="", reps="", far="1.2", seconds="480"),
            row("Squat (Barbell)"),
            row("Plank", weight="", reps="", seconds="60"),
            row("Walking", weight="", reps="", seconds="600"),
            row("Treadmill", weight="", reps="", far="2", seconds="720"),
        )
    )
    assert [(exercise.name, len(exercise.sets)) for exercise in found.workouts[0].exercises] == [
        ("Squat (Barbell)", 1),
        ("Plank", 1),
    ]
    assert [(run.type, run.is_run, run.metres, run.minutes, run.start) for run in found.runs] == [
        ("Treadmill", True, 1200, 8, 1196),
        ("Treadmill", True, 2000, 12, 1196),
        ("Walking", False, None, 10, 1196),
    ]
    assert len({run.id for run in found.runs}) == 3


def test_a_run_by_itself_is_no_workout() -> None:
    found = log(hevy(row("Running", weight="", reps="", far="5"), row("Running", 1, "normal", "", "", "1")))
    assert found.workouts == ()
    (run,) = found.runs
    assert (run.metres, run.minutes, run.title) == (6000, 62, "Legs")  # the workout's own time


@pytest.mark.parametrize("turned", [False, True])
def test_the_order_of_rows_and_halves_change_no_fact(turned: bool) -> None:
    days = [f"{day} Jun 2025, 18:00" for day in (2, 4, 6)]
    rows = [row(index=at, weight=str(90 + at), start=day, end=day) for day in days for at in range(3)]
    whole = log(hevy(*rows))
    other = log(hevy(*(reversed(rows) if turned else rows[3:] + rows[:3])))
    parts = [log(hevy(*rows[:3])), log(hevy(*rows[3:]))]
    facts = [(done.id, done.date, done.exercises) for done in whole.workouts]
    assert [(done.id, done.date, done.exercises) for done in other.workouts] == facts
    assert [(done.id, done.date, done.exercises) for part in parts for done in part.workouts] == facts
    assert sets(whole.workouts[0])[2] == (92, "kg", 5, None)


def test_the_same_exercise_at_two_places_stays_two() -> None:
    rows = [row(index=at) for at in (0, 1)] + [row("Plank", weight="", reps="", seconds="30")]
    (done,) = log(hevy(*rows, row(index=0, weight="60"), row(index=1, weight="50"))).workouts
    assert [(exercise.name, len(exercise.sets)) for exercise in done.exercises] == [
        ("Squat (Barbell)", 2),
        ("Plank", 1),
        ("Squat (Barbell)", 2),
    ]
    assert [weight for weight, *_ in sets(done, 2)] == [60, 50]


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        (row(weight="1e999"), 'the weight is no number: "1e999"'),
        (row(weight="NaN"), 'the weight is no number: "NaN"'),
        (row(weight="-20"), 'the weight is below 0: "-20"'),
        (row(weight="4000"), "the weight lies beyond 0 to 1,000: 4,000"),
        (row(reps="-3"), 'the number of repetitions is below 0: "-3"'),
        (row(reps="5.5"), "the number of repetitions is no whole one: 5.5"),
        (row(reps="99999"), "the number of repetitions lies beyond 0 to 1,000: 99,999"),
        (row(rpe="Infinity"), 'the RPE is no number: "Infinity"'),
        (row(far="abc"), 'the distance is no number: "abc"'),
        (row(start="someday", end=""), 'this is no date: "someday"'),
        (row(start="30 Feb 2025, 10:00", end=""), 'there is no such day: "30 Feb 2025, 10:00"'),
        (row(start="30 Jun 1024, 10:00", end=""), 'the date lies beyond 1990 to 2100: "30 Jun 1024, 10:00"'),
        (row(start="30 Jun 2025, 25:00", end=""), 'this is no time of day: "30 Jun 2025, 25:00"'),
        (row(start="", end=""), "the date is missing"),
        (row(exercise=""), "the exercise is missing"),
        (row(weight="", reps=""), "the set has neither repetitions nor a weight, time or distance"),
    ],
)
def test_a_hostile_row_costs_no_other(bad: str, why: str) -> None:
    found = log(hevy(row(), bad, row(index=1)))
    assert sets(found.workouts[0]) == [(100, "kg", 5, None)] * 2
    assert (found.left_out, found.notes) == (1, (f"Line 3: {why}. It was left out.",))


def test_an_effort_beyond_ten_is_not_believed() -> None:
    found = log(hevy(row(rpe="15")))
    assert (only_set(found).rpe, only_set(found).rir, found.left_out) == (None, None, 0)
    assert found.notes == ("Line 2: an RPE of 15 is none; the set was read without it.",)


def test_notes_are_bounded() -> None:
    found = log(hevy(row(), *(row(weight="x") for _ in range(500))))
    assert (found.left_out, len(found.notes), found.notes[-1]) == (500, 21, "480 more were left out.")


def test_a_workout_has_no_more_sets_than_a_block_takes() -> None:
    found = log(hevy(*(row(index=at) for at in range(201))))
    assert (len(found.workouts[0].exercises[0].sets), found.left_out) == (200, 1)
    assert found.notes == ("Line 202: the workout has more than 200 sets. It was left out.",)


def test_columns_in_another_order_and_new_ones() -> None:
    names = "reps,weight_kg,set_type,set_index,exercise_title,mood,end_time,start_time,title"
    content = (
        f'{names}\n5,100,normal,0,Deadlift (Barbell),good,"1 Jun 2025, 11:00","1 Jun 2025, 10:00",Pull\n'
    )
    found = log(content)
    assert sets(found.workouts[0]) == [(100, "kg", 5, None)]
    assert found.unknown_columns == ("mood",)
    assert found.notes == ("Columns that Hevy is not known for were not read: mood.",)


def test_repetitions_without_weight_that_failed_are_told() -> None:
    rows = (row(reps="0"), row(index=1, weight="0", reps="8"), row(index=2, weight="", reps="0"))
    found = log(hevy(*rows, row("Plank", weight="", reps="0", seconds="60")))
    assert sets(found.workouts[0]) == [(100, "kg", 0, None), (None, None, 8, None), (None, None, 0, None)]
    assert (found.workouts[0].exercises[1].sets[0].reps, found.notes) == (None, ())


def test_a_kind_that_is_unknown_is_said() -> None:
    found = log(hevy(row(kind="myoreps"), row(index=1, kind="myoreps")))
    assert kinds(found.workouts[0]) == ["work", "work"]
    assert found.notes == ('Sets of the kind "myoreps" are read as work.',)
