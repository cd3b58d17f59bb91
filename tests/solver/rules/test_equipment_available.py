"""equipment_available: every exercise fits the kit at hand."""

from __future__ import annotations

import random

import pytest
from tampered import broken, entries, names, planned, with_exercise
from weeks import Trial, only

from mesocycle.files.library import exercises

RULE = "equipment_available"
LIFT = "1A tue 17:00"


def block(*moves: str, kit: str | list[str], settings: str = "on") -> Trial:
    return only(RULE, settings, sessions=[entries(*moves)], athlete={"equipment": kit})


@pytest.mark.parametrize(
    ("kit", "done"),
    [
        # Just what a back squat needs; without the plates the nearest is the goblet squat.
        (["barbell", "rack", "plates"], "back_squat"),
        (["barbell", "rack", "dumbbell"], "goblet_squat"),
        ("gym", "back_squat"),
        # With nothing at all it is a squat still, without a weight.
        (["bodyweight"], "bodyweight_squat"),
    ],
)
def test_what_the_kit_lacks_gives_way_to_the_nearest(kit: str | list[str], done: str) -> None:
    week = block("back_squat", kit=kit)
    assert names(planned(week, LIFT).sessions[0]) == [done]
    assert not week.forbids(LIFT)


def test_an_exercise_that_the_kit_lacks_is_seen() -> None:
    week = block("back_squat", kit=["dumbbell"])
    assert RULE in broken(week, with_exercise(planned(week, LIFT), exercise="back_squat"))
    # Another squat that the kit allows, but not the nearest.
    assert RULE in broken(week, with_exercise(planned(week, LIFT), exercise="bodyweight_squat"))


def test_off_nothing_is_exchanged() -> None:
    week = block("back_squat", kit=["dumbbell"], settings="off")
    assert names(planned(week, LIFT).sessions[0]) == ["back_squat"]
    assert not week.forbids(LIFT)


def test_no_exercise_stands_in_twice() -> None:
    week = block("back_squat", "front_squat", kit=["dumbbell"])
    done = names(planned(week, LIFT).sessions[0])
    assert len(set(done)) == len(done) == 2
    assert not week.forbids(LIFT)


def test_random_kits_are_kept_and_exchanges_are_seen() -> None:
    library, kept, exchanged = exercises(), 0, 0
    words = sorted({word for one in library.values() for way in one.equipment for word in way})
    for seed in range(25):
        rng = random.Random(seed)
        kit = rng.sample(words, 8)
        moves = rng.sample(sorted(library), 4)
        week = block(*moves, kit=kit)
        plan = planned(week, LIFT)
        assert broken(week, plan) == set()
        done = set(names(plan.sessions[0]))
        has = {*kit, "bodyweight", "open_space", "step"}
        assert all(any(has.issuperset(way) for way in library[one].equipment) for one in done)
        kept += done == set(moves)
        exchanged += done != set(moves)
        lacking = [one for one in moves if one not in done]
        if lacking:
            assert RULE in broken(week, with_exercise(plan, exercise=lacking[0]))
    assert kept
    assert exchanged
