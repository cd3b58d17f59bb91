"""`mesocycle exercises`: all, those of a word, all about one, and what an unknown word gets."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner, Result

from mesocycle.cli import cli
from mesocycle.files.library import exercises
from mesocycle.output.exercises import matching


def run(*arguments: str, columns: int = 80) -> Result:
    return CliRunner().invoke(
        cli, ["exercises", *arguments], prog_name="mesocycle", env={"COLUMNS": str(columns)}
    )


def ids(*arguments: str) -> list[str]:
    done = run("--format", "json", *arguments)
    assert (done.exit_code, done.stderr) == (0, "")
    return [one["id"] for one in json.loads(done.stdout)["exercises"]]


def test_the_list_has_every_exercise_once_by_movement() -> None:
    done = run()
    assert (done.exit_code, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert lines[0].split() == ["exercise", "sets", "reps", "done", "with"]
    listed = [line.split()[0] for line in lines[1:] if line.startswith("  ") and line[2] != " "]
    assert sorted(listed) == sorted(exercises())
    assert listed[0] == "back_squat"
    assert [line.strip() for line in lines if line[:1].strip()][1:4] == ["Squat", "Knee extension", "Hinge"]
    assert ids() == list(exercises())


@pytest.mark.parametrize("columns", [80, 120])
@pytest.mark.parametrize("word", ["", "core", *exercises()])
def test_nothing_is_wider_than_the_screen_or_cut_off(word: str, columns: int) -> None:
    done = run(*([word] if word else []), columns=columns)
    assert done.exit_code == 0
    assert all(len(line) <= columns for line in done.stdout.splitlines())
    assert "…" not in done.stdout


@pytest.mark.parametrize(
    ("word", "some", "none"),
    [
        ("squat", {"back_squat", "goblet_squat", "split_squat"}, {"bench_press"}),  # a movement
        ("hamstring", {"romanian_deadlift", "leg_curl"}, {"push_up"}),  # a muscle
        ("kettlebells", {"goblet_squat", "kettlebell_swing"}, {"back_squat"}),  # equipment
        ("leg curl machine", {"leg_curl", "eccentric_leg_curl"}, {"leg_press"}),
        ("calf raise", {"calf_raise_bent", "seated_calf_raise"}, {"pogo_hop"}),  # a part of names
    ],
)
def test_a_word_lists_what_it_means(word: str, some: set[str], none: set[str]) -> None:
    found = set(ids(word))
    assert some <= found
    assert not none & found


@pytest.mark.parametrize(
    "words", [["RDL"], ["romanian", "deadlift"], ["romanian_deadlift"], ["Stiff-leg deadlift"]]
)
def test_a_name_shows_one_in_full(words: list[str]) -> None:
    text = " ".join(run(*words).stdout.split())
    for part in (
        "romanian_deadlift: Romanian deadlift",
        "How Push the hips back, the back stays flat.",
        "Also called RDL,",
        "Movement hinge",
        "Role main",
        "Muscles hamstrings, glutes; also lower back",
        "Done with barbell + plates or dumbbell",
        "Usual work 2-5 sets of 3-10, 65-85 % of 1RM",
        "Time 180 s a set, 150 s of them rest",
        "Load on the legs 1 (a back squat is 1), lowering 0.9",
        "Harder single_leg_rdl, about 50 % of its weight",
        "Source Articles 000, 001, 004.",
        "In a scenario {exercise: romanian_deadlift}",
    ):
        assert part in text


def test_an_id_is_never_taken_for_a_kind() -> None:
    assert [one.id for one in matching("plank")] == ["plank"]
    assert "Design values; no article names it." in run("dips").stdout


def test_an_unknown_word_gets_what_comes_near() -> None:
    done = run("hamstring", "curlz")
    assert (done.exit_code, done.stdout) == (2, "")
    assert 'no exercise has to do with "hamstring curlz"; did you mean' in done.stderr
    assert "lists them all" in run("xyzzy").stderr
