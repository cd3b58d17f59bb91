"""Names of exercises: what stands for an id, and what is offered for a name that stands for none."""

from __future__ import annotations

import pytest

from mesocycle.files.library import exercises
from mesocycle.models.exercise_names import did_you_mean, find, names_of, suggest

LIBRARY = exercises()
NAMES = names_of(LIBRARY.values())


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("back_squat", "back_squat"),
        ("Back squat", "back_squat"),
        ("SQUATS", "back_squat"),
        ("RDL", "romanian_deadlift"),
        ("hex bar deadlift", "trap_bar_deadlift"),
        ("Hex-Bar Deadlift", "trap_bar_deadlift"),
        ("military press", "overhead_press"),
        ("Pull-up", "pull_up"),
        ("pull ups", "pull_up"),
        ("pullup", "pull_up"),
        ("lunges", "forward_lunge"),
        ("barbell row", "bent_over_row"),
        ("deadlift", "conventional_deadlift"),
        ("leg presses", "leg_press"),
        ("dips", "dip"),
        ("toe-in calf raise", "toe_in_calf_raise"),
    ],
)
def test_people_say_it_in_many_ways(written: str, meant: str) -> None:
    assert find(written, NAMES) == meant


@pytest.mark.parametrize(
    ("written", "offered"),
    [
        ("hamstring curls", {"nordic_hamstring_curl", "leg_curl"}),
        ("calf raises", {"calf_raise_bent", "toe_in_calf_raise"}),
        ("ab work", {"dead_bug", "pallof_press"}),
        ("core", {"dead_bug", "pallof_press"}),
        ("glutes", {"glute_bridge", "barbell_hip_thrust"}),
        ("overhead squat", {"back_squat", "front_squat", "goblet_squat"}),
        ("back sqaut", {"back_squat"}),
        ("romainian deadlift", {"romanian_deadlift"}),
        ("upper back", {"bent_over_row", "dumbbell_row"}),
        ("shoulders", {"overhead_press"}),
        ("jumps", {"box_jump", "vertical_jump"}),
        ("quad work", {"leg_extension", "back_squat"}),
        ("chest", {"push_up", "dumbbell_bench_press"}),
        ("groin", {"adductor_squeeze", "copenhagen_plank"}),
    ],
)
def test_a_wrong_name_is_no_guess_but_brings_what_may_be_meant(written: str, offered: set[str]) -> None:
    assert find(written, NAMES) is None
    near = suggest(written, LIBRARY)
    assert offered <= set(near)
    assert len(near) <= 3
    assert did_you_mean(written, LIBRARY) == f"did you mean {', '.join(near)}?"


@pytest.mark.parametrize("written", ["", "xyzzy", "??", "burpees"])
def test_what_means_nothing_brings_nothing(written: str) -> None:
    assert find(written, NAMES) is None
    assert suggest(written, LIBRARY) == ()
    assert did_you_mean(written, LIBRARY) == "`mesocycle exercises` lists them all"
