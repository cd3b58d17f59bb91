"""Logged workouts and runs matched to planned ones."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from mesocycle.diary.logs.matching import (
    RunToMatch,
    SessionToMatch,
    WorkoutToMatch,
    best_choice,
    matched_runs,
    matched_workouts,
)

MONDAY = date(2026, 9, 14)
TUE, WED, THU, SUN = (MONDAY + timedelta(days=days) for days in (1, 2, 3, 6))
A = SessionToMatch(TUE, 17 * 60, "w02-A", "A", frozenset({"back_squat", "pull_up", "plank"}))
B = SessionToMatch(THU, 17 * 60, "w02-B", "B", frozenset({"romanian_deadlift", "push_up", "plank"}))


def workout(day: date, *exercises: str, title: str = "") -> WorkoutToMatch:
    return WorkoutToMatch(day, 18 * 60, title, frozenset(exercises))


def run(
    name: str, day: date, metres: int | None = None, minutes: int | None = None, start: int = 390
) -> RunToMatch:
    return RunToMatch(day, start, name, minutes, metres)


def test_a_workout_is_the_session_whose_exercises_it_holds_whatever_its_day() -> None:
    late = workout(WED, "romanian_deadlift", "push_up")
    assert matched_workouts([late], [A, B]) == ("w02-B",)


def test_each_session_is_taken_once_and_by_the_workouts_that_fit_best_in_all() -> None:
    # Both hold the plank alone; two of them on the days of A and B are A and B.
    first, second = workout(TUE, "plank"), workout(THU, "plank")
    assert matched_workouts([second, first], [A, B]) == ("w02-B", "w02-A")
    # A third one is beside the plan.
    assert matched_workouts([workout(SUN, "plank"), second, first], [A, B]) == (None, "w02-B", "w02-A")


def test_a_workout_of_other_exercises_is_beside_the_plan() -> None:
    assert matched_workouts([workout(TUE, "bench_press", "biceps_curl")], [A, B]) == (None,)
    # Unless it has the session's name.
    assert matched_workouts([workout(TUE, "bench_press", title="A")], [A, B]) == ("w02-A",)


def test_a_workout_without_sets_is_that_of_its_day() -> None:
    assert matched_workouts([workout(TUE)], [A, B]) == ("w02-A",)
    assert matched_workouts([workout(WED)], [A, B]) == (None,)


def test_a_workout_is_none_of_another_week() -> None:
    assert matched_workouts([workout(MONDAY - timedelta(days=1), "back_squat", "pull_up")], [A, B]) == (None,)


def test_a_name_decides_between_sessions_of_the_same_exercises() -> None:
    twins = [
        SessionToMatch(TUE, 17 * 60, "w02-A", "A", frozenset({"back_squat"})),
        SessionToMatch(THU, 17 * 60, "w02-A2", "A2", frozenset({"back_squat"})),
    ]
    # On Tuesday, but called by the other's name: 1000 + 250 - 2 x 20 are more than 1000.
    assert matched_workouts([workout(TUE, "back_squat", title="a2")], twins) == ("w02-A2",)


def test_runs_are_matched_by_day_and_then_by_length() -> None:
    planned = [run("tue", TUE, 11_000), run("tue pm", TUE, 5_000, start=18 * 60), run("thu", THU, 9_000)]
    found = matched_runs([run("", TUE, 5_200, start=700), run("", TUE, 10_800, start=400)], planned)
    assert found == ("tue pm", "tue")
    # Of another length it is still the run of that day.
    assert matched_runs([run("", THU, 3_000)], planned) == ("thu",)


def test_a_run_of_the_day_before_or_after_is_the_planned_one_where_it_is_as_long() -> None:
    planned = [run("thu", THU, 9_000, 50)]
    assert matched_runs([run("", WED, 9_900)], planned) == ("thu",)  # 10 % longer
    assert matched_runs([run("", WED, 12_000)], planned) == (None,)  # a third longer
    assert matched_runs([run("", TUE, 9_000)], planned) == (None,)  # two days before
    assert matched_runs([run("", WED, None, 45)], planned) == ("thu",)  # 10 % shorter in time
    # What was run on the day itself is it.
    assert matched_runs([run("", WED, 9_000), run("", THU, 4_000)], planned) == (None, "thu")


def test_a_ride_is_no_run() -> None:
    ride = RunToMatch(TUE, 400, "", 60, None, cross=True)
    assert matched_runs([ride], [run("tue", TUE, None, 60)]) == (None,)
    assert matched_runs([ride], [RunToMatch(TUE, 400, "tue", 60, None, cross=True)]) == ("tue",)


def test_a_long_run_of_sunday_may_be_run_on_monday() -> None:
    planned = [run("long", SUN, 18_000), run("tue", TUE, 11_000)]
    assert matched_runs([run("", SUN + timedelta(days=1), 17_500)], planned) == ("long",)


def worth(rows: Sequence[dict[int, int]], choice: Sequence[int | None]) -> int:
    return sum(row.get(at, -1000) for row, at in zip(rows, choice, strict=True) if at is not None)


@given(st.lists(st.dictionaries(st.integers(0, 3), st.integers(1, 9)), max_size=4))
def test_no_other_choice_is_worth_more(rows: list[dict[int, int]]) -> None:
    choice = best_choice(rows)
    taken = [at for at in choice if at is not None]
    assert len(choice) == len(rows)
    assert len(taken) == len(set(taken))
    places: list[int | None] = [*range(4), *[None] * len(rows)]
    assert worth(rows, choice) == max(worth(rows, order) for order in permutations(places, len(rows)))
