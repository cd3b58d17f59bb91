"""The checker over plans with schemes: a hand on any set is seen, and random blocks agree with it."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest

import mesocycle as mc
from mesocycle.files.library import schemes
from mesocycle.models.errors import ScenarioError
from mesocycle.models.plan import Audit, Plan, PlannedExercise, PlannedSet, Status
from mesocycle.models.scenario import Scenario
from mesocycle.models.schemes import Scheme

RUNS = {
    "tue": {"type": "intervals", "start": "06:30", "distance": "8 km"},
    "thu": {"type": "easy", "start": "06:30", "distance": "8 km"},
    "sun": {"type": "long", "start": "08:00", "distance": "16 km"},
}


@cache
def judged() -> tuple[Scenario, Plan]:
    """Four weeks of a squat by 5/3/1 and a press of eight to twelve, the last week lighter."""
    data = {
        "start": "2027-01-04",
        "weeks": 4,
        "runs": {"week": RUNS, "cutback_weeks": [4]},
        "strength": {
            "sessions_per_week": 1,
            "records": {"back_squat": 100, "bench_press": 80},
            "sessions": [
                {
                    "name": "A",
                    "exercises": [
                        {"exercise": "back_squat", "scheme": "wave_531"},
                        {"exercise": "bench_press", "reps": "8-12", "sets": [2, 3]},
                    ],
                }
            ],
        },
    }
    scenario = mc.load_scenario(data)
    plan = mc.solve(scenario).plan
    assert plan is not None
    return scenario, plan


def changed(week: int, at: int, change: Callable[[PlannedExercise], PlannedExercise]) -> Audit:
    """The block as it is judged with one exercise of one week changed."""
    scenario, plan = judged()
    session = plan.sessions[week - 1]
    exercises = list(session.exercises)
    exercises[at] = change(exercises[at])
    sessions = list(plan.sessions)
    sessions[week - 1] = session.model_copy(update={"exercises": tuple(exercises)})
    return mc.audit(scenario, plan.model_copy(update={"sessions": tuple(sessions)}))


def set_with(at: int, **values: Any) -> Callable[[PlannedExercise], PlannedExercise]:
    def change(item: PlannedExercise) -> PlannedExercise:
        sets = list(item.set_list)
        sets[at] = sets[at].model_copy(update=values)
        return item.model_copy(update={"set_list": tuple(sets)})

    return change


def with_values(**values: Any) -> Callable[[PlannedExercise], PlannedExercise]:
    return lambda item: item.model_copy(update=values)


def swapped(item: PlannedExercise) -> PlannedExercise:
    """The last two sets in the other order."""
    *first, second, last = item.set_list
    return item.model_copy(update={"set_list": (*first, last, second)})


def lightest_kept(item: PlannedExercise) -> PlannedExercise:
    """Two sets of three, but those that are trimmed first."""
    return item.model_copy(update={"sets": 2, "set_list": item.set_list[:-1]})


def test_the_block_as_it_is_breaks_nothing() -> None:
    scenario, plan = judged()
    assert mc.audit(scenario, plan).breaches == ()
    squats = [session.exercises[0] for session in plan.sessions]
    assert [one.scheme for one in squats] == ["wave_531"] * 4
    assert [one.sets for one in squats] == [3] * 4


@pytest.mark.parametrize(
    ("week", "at", "change", "rule"),
    [
        (1, 0, set_with(-1, weight=80.0), "progressive_overload"),
        (1, 0, set_with(-3, weight=60.0), "progressive_overload"),
        (2, 0, set_with(-2, reps=5), "progressive_overload"),
        (1, 0, set_with(-1, or_more=False), "progressive_overload"),
        (1, 0, set_with(-2, or_more=True), "progressive_overload"),
        (3, 0, set_with(-1, percent=99.0), "progressive_overload"),
        (1, 0, set_with(-1, rir=0), "progressive_overload"),
        (1, 1, set_with(-1, most_reps=10), "progressive_overload"),
        (1, 1, set_with(-1, most_reps=None), "progressive_overload"),
        (1, 0, set_with(0, weight=40.0), "progressive_overload"),  # a warm-up set
        (1, 0, swapped, "progressive_overload"),
        (2, 0, lightest_kept, "progressive_overload"),
        (1, 0, with_values(scheme="linear"), "structure"),
        (1, 0, with_values(scheme=None), "structure"),
        (1, 1, with_values(scheme="linear"), "structure"),
        (1, 0, with_values(cues=()), "structure"),
        (1, 0, with_values(reps=8), "load_rep_zone"),
        (1, 0, with_values(weight=80.0), "progressive_overload"),
        (1, 0, with_values(week_max=110.0), "progressive_overload"),
        (4, 0, set_with(-1, weight=77.5), "progressive_overload"),
    ],
)
def test_a_hand_on_a_set_is_seen(
    week: int, at: int, change: Callable[[PlannedExercise], PlannedExercise], rule: str
) -> None:
    assert rule in {breach.rule for breach in changed(week, at, change).breaches}


def test_the_line_of_another_week_is_seen() -> None:
    _, plan = judged()
    (first, second, *_) = (session.exercises[0] for session in plan.sessions)
    assert changed(2, 0, lambda _: first).breaches
    assert changed(1, 0, lambda _: second).breaches


LIFTS = ("back_squat", "romanian_deadlift", "bench_press", "dumbbell_row", "single_leg_calf_raise", "plank")


def entry(rng: random.Random, name: str) -> dict[str, Any]:
    written: list[dict[str, Any]] = [
        {"sets": ["5 @ 75 %", "5 @ 80 %", "5 @ 82.5 %"]},
        {"reps": "8-12"},
        {"reps": [5, 3, "1+"], "load": 70},
        {"reps": "6-8", "sets": [1, 3], "rir": rng.choice([0, 1, 3])},
        {},
    ]
    if name == "plank":
        return {"exercise": name, **rng.choice([{}, {"sets": ["30", "20+"]}])}
    if rng.random() < 0.6:
        return {"exercise": name, "scheme": rng.choice(["mine", "feel", *schemes()])}
    return {"exercise": name, **rng.choice(written)}


def drawn(rng: random.Random) -> dict[str, Any]:
    """A block of a few weeks with schemes of its own and the built-in ones."""
    loads = (50, 60, 67.5, 70)
    mine: dict[str, Any] = {
        "of": rng.choice(["90 %", 80, 100]),
        "advance": rng.choice(["exposure", "week"]),
        "lines": [
            [f"{rng.choice([3, 5, 8])} @ {rng.choice(loads)} %" for _ in range(rng.randint(1, 4))]
            for _ in range(rng.randint(1, 3))
        ],
    }
    if rng.random() < 0.5:
        mine["lighter"] = ["5 @ 50 %", "5 @ 55 %"]
    if rng.random() < 0.5:
        mine["grow"] = {"legs": rng.choice(["5 kg", "2.5 %", "10 lb"]), "upper": "1 kg"}
    weeks = rng.choice([2, 4, 6])
    runs: dict[str, Any] = {"week": RUNS, "cutback_weeks": rng.sample(range(1, weeks + 1), rng.randint(0, 1))}
    if rng.random() < 0.4:
        runs["weekly_distance"] = [rng.choice([32, 40, 50]) for _ in range(weeks)]
    data: dict[str, Any] = {
        "start": "2027-01-04",
        "weeks": weeks,
        "athlete": {"experience": rng.choice(["new", "trained", "trained", "advanced"])},
        "history": {"familiar": list(LIFTS) if rng.random() < 0.8 else list(LIFTS[:3])},
        "runs": runs,
        "rules": {rule: "off" for rule in ("never_failure", "progressive_overload") if rng.random() < 0.1},
        "strength": {
            "sessions_per_week": rng.randint(1, 2),
            "records": {name: rng.choice([60, 80, 127.5]) for name in LIFTS[:5]},
            "weights": {"unit": rng.choice(["kg", "kg", "lb"])},
            "schemes": {"mine": mine, "feel": {"lines": [["8-12 rir 2", "8+ rir 0", "6"], ["5 rpe 8"]]}},
            "sessions": [
                {
                    "name": name,
                    "exercises": [entry(rng, lift) for lift in rng.sample(LIFTS, rng.randint(1, 3))],
                }
                for name in rng.choice(["A", "AB"])
            ],
        },
    }
    if rng.random() < 0.25 and weeks > 4:
        data["athlete"]["blocked"] = ["2027-01-11..2027-01-27"]
    if rng.random() < 0.2:
        data["athlete"]["equipment"] = "home"
    return data


def is_of(work: list[PlannedSet], scheme: Scheme) -> bool:
    """Whether sets are those of a line, in their order, without some; of several the last is one."""

    def told(line: tuple[Any, ...]) -> list[tuple[int | None, int | None, bool]]:
        return [(one.reps, one.most, one.or_more) for one in line]

    shown: list[tuple[int | None, int | None, bool]] = [
        (one.reps, one.most_reps, one.or_more) for one in work
    ]
    for line in (*scheme.lines, scheme.lighter):
        rest = iter(told(line))
        if all(one in rest for one in shown) and (len(shown) == 1 or shown[-1:] == told(line)[-1:]):
            return True
    return False


def test_random_blocks_agree_with_the_checker_and_hold_lines_of_their_schemes() -> None:
    # A plan that solver and checker see differently raises an InternalError.
    seen: Counter[str] = Counter()
    for number in range(60):
        data = drawn(random.Random(number))
        try:
            scenario = mc.load_scenario(data)
        except ScenarioError:
            seen["refused"] += 1
            continue
        result = mc.solve(scenario, deadline=0)
        assert result.status in (Status.OPTIMAL, Status.INFEASIBLE)
        known = {**schemes(), **scenario.strength.schemes}
        for session in result.plan.sessions if result.plan is not None else ():
            for item in session.exercises:
                work = [one for one in item.set_list if not one.warm_up]
                assert len(work) == item.sets
                if item.scheme is not None:
                    assert is_of(work, known[item.scheme])
                    seen["followed"] += 1
                    seen["open"] += work[-1].or_more
                    seen["weighed"] += all(one.weight is not None for one in work)
                    longest = max(map(len, known[item.scheme].lines))
                    seen["fewer"] += len(work) < longest
                else:
                    seen["others"] += 1
    assert seen["refused"] < 10
    assert min(seen[key] for key in ("followed", "open", "weighed", "fewer", "others")) > 20
