"""Names of exercises in logs, and which of the library's they stand for."""

from __future__ import annotations

import pytest

from mesocycle.files.library import exercises
from mesocycle.importing.logs.log import LoggedExercise
from mesocycle.importing.logs.names import ExerciseNames, label

NAMES = ExerciseNames(exercises())


def found(name: str, equipment: str = "", app: str = "") -> str | None:
    return NAMES.find(LoggedExercise(name, (), equipment), app)


@pytest.mark.parametrize(
    ("name", "known"),
    [
        # Equipment in brackets, as Hevy and Strong write it.
        ("Squat (Barbell)", "back_squat"),
        ("Front Squat (Barbell)", "front_squat"),
        ("Squat (Dumbbell)", "goblet_squat"),
        ("Squat (Bodyweight)", "bodyweight_squat"),
        ("Goblet Squat (Kettlebell)", "goblet_squat"),
        ("Box Squat (Barbell)", "box_squat"),
        ("Deadlift (Barbell)", "conventional_deadlift"),
        ("Deadlift (Trap bar)", "trap_bar_deadlift"),
        ("Sumo Deadlift (Barbell)", "sumo_deadlift"),
        ("Romanian Deadlift (Barbell)", "romanian_deadlift"),
        ("Romanian Deadlift (Dumbbell)", "romanian_deadlift"),
        ("Stiff Leg Deadlift (Barbell)", "romanian_deadlift"),
        ("Single Leg Romanian Deadlift (Dumbbell)", "single_leg_rdl"),
        ("Bench Press (Barbell)", "bench_press"),
        ("Bench Press (Dumbbell)", "dumbbell_bench_press"),
        ("Incline Bench Press (Dumbbell)", "incline_bench_press"),
        ("Overhead Press (Barbell)", "overhead_press"),
        ("Strict Military Press (Barbell)", "overhead_press"),
        ("Shoulder Press (Dumbbell)", "overhead_press"),
        ("Bent Over Row (Barbell)", "bent_over_row"),
        ("Bent Over One Arm Row (Dumbbell)", "dumbbell_row"),
        ("Pendlay Row (Barbell)", "pendlay_row"),
        ("Seated Row (Machine)", "seated_row"),
        ("Seated Cable Row - V Grip (Cable)", "seated_row"),
        ("Lat Pulldown (Cable)", "lat_pulldown"),
        ("Lat Pulldown (Machine)", "lat_pulldown"),
        ("Lat Pulldown - Wide Grip (Cable)", "lat_pulldown"),
        ("Pull Up", "pull_up"),
        ("Pull Up (Weighted)", "pull_up"),
        ("Wide Pull Up", "pull_up"),
        ("Chin Up (Weighted)", "chin_up"),
        ("Triceps Dip (Weighted)", "dip"),
        ("Push Up", "push_up"),
        ("Hip Thrust (Barbell)", "barbell_hip_thrust"),
        ("Bulgarian Split Squat", "bulgarian_split_squat"),
        ("Lunge (Dumbbell)", "forward_lunge"),
        ("Lunge (Bodyweight)", "forward_lunge"),
        ("Walking Lunge (Dumbbell)", "walking_lunge"),
        ("Step-up", "step_up"),
        ("Leg Press (Machine)", "leg_press"),
        ("Hack Squat (Machine)", "hack_squat"),
        ("Leg Extension (Machine)", "leg_extension"),
        ("Lying Leg Curl (Machine)", "leg_curl"),
        ("Nordic Hamstrings Curls", "nordic_hamstring_curl"),
        ("Standing Calf Raise (Machine)", "calf_raise_straight"),
        ("Standing Calf Raise (Barbell)", "calf_raise_straight"),
        ("Single Leg Standing Calf Raise (Dumbbell)", "single_leg_calf_raise"),
        ("Seated Calf Raise", "seated_calf_raise"),
        ("Back Extension (Hyperextension)", "back_extension"),
        ("Back Extension (Weighted Hyperextension)", "back_extension"),
        ("Good Morning (Barbell)", "good_morning"),
        ("Face Pull (Cable)", "face_pull"),
        ("Russian Twist (Weighted)", "russian_twist"),
        ("Inverted Row (Bodyweight)", "inverted_row"),
        ("Kettlebell Swing", "kettlebell_swing"),
        ("Plank", "plank"),
        # As FitNotes, StrongLifts and Garmin have them.
        ("Barbell Squat", "back_squat"),
        ("Flat Barbell Bench Press", "bench_press"),
        ("Barbell Row", "bent_over_row"),
        ("Seated Calf Raise Machine", "seated_calf_raise"),
        ("Ab-Wheel Rollout", "barbell_rollout"),
        ("Parallel Bar Triceps Dip", "dip"),
        ("Chinups", "chin_up"),
        ("barbell back squat", "back_squat"),
        ("dumbbell bulgarian split squat", "bulgarian_split_squat"),
        ("barbell hip thrust with bench", "barbell_hip_thrust"),
        ("weighted pull up", "pull_up"),
        # Other orders and letters.
        ("squat, barbell", "back_squat"),
        ("SQUATS (BARBELL)", "back_squat"),
        ("romanian_deadlift", "romanian_deadlift"),
        ("Romanian Deadlift (RDL)", "romanian_deadlift"),
    ],
)
def test_names_that_apps_give(name: str, known: str) -> None:
    assert found(name) == known


@pytest.mark.parametrize(
    "name",
    [
        # With what makes another lift of it, or another weight.
        "Squat (Smith Machine)",
        "Squat (Band)",
        "Squat (Machine)",
        "Weighted squat",
        "Pause Squat (Barbell)",
        "Overhead Squat (Barbell)",
        "Deadlift (Dumbbell)",
        "Deadlift (Band)",
        "Deficit Deadlift (Barbell)",
        "Hack Squat (Barbell)",
        "Bench Press (Smith Machine)",
        "Bench Press (Cable)",
        "Bench Press - Close Grip (Barbell)",
        "Incline Bench Press (Smith Machine)",
        "Chest Press (Machine)",
        "Shoulder Press (Machine)",
        "Bent Over Row (Band)",
        "Bent Over Row - Underhand (Barbell)",
        "Lat Pulldown (Single Arm)",
        "Lunge (Barbell)",
        "Hip Thrust (Machine)",
        "Hip Abduction (Machine)",
        "Back Extension (Machine)",
        "Pull Up (Assisted)",
        "Push Up (Knees)",
        "Crunch (Machine)",
        "Single Leg Standing Calf Raise (Machine)",
        "Squat (Plate)",
        # Which one is not said, or it is none of ours.
        "squat (unspecified)",
        "calf raise",
        "row",
        "Heel Taps",
        "Bicep Curl (Dumbbell)",
        "Barbell",
        "()",
        " - ",
        "",
        "(" * 100,
        "Приседания (штанга)",
    ],
)
def test_no_other_lift_is_guessed(name: str) -> None:
    assert found(name) is None


@pytest.mark.parametrize(
    ("name", "equipment", "known"),
    [
        ("Squat", "barbell", "back_squat"),
        ("Squat", "bodyweight", "bodyweight_squat"),
        ("Squat", "smith", None),
        ("Bench Press", "Dumbbells", "dumbbell_bench_press"),
        ("Bench Press", "leverageMachine", None),
        ("Barbell Squat", "Barbell", "back_squat"),
        ("Leg Press", "leverageMachine", "leg_press"),
        ("Lat Pulldown", "cable", "lat_pulldown"),
        ("Pull Up", "bodyweight", "pull_up"),
        ("Pull-up", "assisted", None),
        ("Deadlift", "trapbar", "trap_bar_deadlift"),
        ("Deadlift", "ezbar", None),
        ("squat", "band", None),
        ("glute bridge", "band", "glute_bridge"),
        ("inverted row", "suspension", "inverted_row"),
    ],
)
def test_equipment_in_a_column_of_its_own(name: str, equipment: str, known: str | None) -> None:
    assert found(name, equipment) == known


@pytest.mark.parametrize(
    ("app", "name", "known"),
    [
        ("Hevy", "Hack Squat", None),  # with a barbell behind the legs
        ("Strong", "Hack Squat", "hack_squat"),
        ("FIT", "squat", None),
        ("StrongLifts", "Squat", "back_squat"),
        ("FIT", "leg extensions", None),  # a crunch
    ],
)
def test_names_that_an_app_gives_to_another_lift(app: str, name: str, known: str | None) -> None:
    assert found(name, app=app) == known


def test_every_name_of_the_library_is_found() -> None:
    own = {form: one.id for one in exercises().values() for form in (one.id, one.name, *one.names)}
    elsewhere = {"heel tap"}
    assert {form: found(form) for form in own if form not in elsewhere} == {
        form: known for form, known in own.items() if form not in elsewhere
    }


def test_what_was_told_counts_first() -> None:
    told = {"skullcrusher (barbell)": "dip", "Squat (Barbell)": "box_squat", "Press": "push_press"}
    names = ExerciseNames(exercises(), told)
    assert names.find(LoggedExercise("Skullcrusher (Barbell)", ())) == "dip"
    assert names.find(LoggedExercise("Squat", (), "Barbell")) == "box_squat"
    assert names.find(LoggedExercise("Press", (), "Landmine")) == "push_press"
    assert names.find(LoggedExercise("Squat", (), "bodyweight")) == "bodyweight_squat"


def test_a_name_is_shown_with_its_equipment() -> None:
    assert label(LoggedExercise("Squat", (), "smith")) == "Squat (smith)"
    assert label(LoggedExercise("Squat (Barbell)", ())) == "Squat (Barbell)"
