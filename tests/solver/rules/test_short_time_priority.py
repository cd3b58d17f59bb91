"""short_time_priority: what stays when time is short."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from tampered import broken, entries, names, planned, with_session
from weeks import Trial, only

from mesocycle.files.library import exercises
from mesocycle.solver.verify import verify

RULE = "short_time_priority"
LIFT = "1A tue 17:00"
MOVES: list[dict[str, Any]] = [
    {"exercise": "back_squat", "sets": [2, 3]},
    {"exercise": "dumbbell_row", "sets": [1, 2]},
    {"exercise": "pallof_press", "sets": [1, 3]},
]


def block(minutes: int | None = None, settings: Any = "on", moves: Any = MOVES, **more: Any) -> Trial:
    """A session in a window of so many minutes on Tuesday."""
    until = 17 * 60 + (minutes or 180)
    free = {"tue": [f"17:00-{until // 60:02d}:{until % 60:02d}"]}
    return only(RULE, settings, sessions=[entries(*moves)], free=free, grid=5, **more)


def least() -> int:
    """Minutes that the least sets of all three take."""
    library = exercises()
    work: int = sum(move["sets"][0] * library[move["exercise"]].seconds_per_set for move in MOVES)
    return -(-(480 + 75 * len(MOVES) + work) // 60)


def test_every_number_of_sets_is_a_version() -> None:
    # Squats three, two (their floor) or none, rows two or fewer, presses three or fewer; but not none of all.
    for minutes in (None, least() - 1):
        versions = block(minutes).problem.lifts[0].versions
        each = itertools.product((3, 2, 0), (2, 1, 0), (3, 2, 1, 0))
        assert sorted(version.sets for version in versions) == sorted(sets for sets in each if any(sets))
    tight = block(least() - 1)
    placed = [tight.problem.lifts[0].versions[at] for at in set(tight.problem.options.version.tolist())]
    assert max(version.minutes for version in placed) < least()
    # With so little time not all of them fit.
    assert not any(all(version.sets) for version in placed)
    assert tight.agreement().kept


# All sets of it, the least ones twice, each by what it counts; two points each (planned_sets).
@pytest.mark.parametrize(
    ("sets", "points"), [("0+2+3", (3 + 2) * 5 * 2), ("3+0+3", (2 + 1) * 2), ("3+2+0", (3 + 1) * 2)]
)
def test_an_exercise_may_be_left_out_at_its_price(sets: str, points: int) -> None:
    week = block(also={"planned_sets": "soft"})
    audit = week.check(week.find([f"{LIFT} {sets}"]))
    assert audit.breaches == ()
    assert audit.points == points
    loose = block(settings="off", also={"planned_sets": "soft"})
    assert loose.check(loose.find([f"{LIFT} {sets}"])).points == points


def test_a_session_holds_one_exercise_at_least() -> None:
    week = block()
    plan = planned(week, f"{LIFT} 0+0+1")
    assert broken(week, plan) == set()
    gone = tuple(one["exercise"] for one in MOVES)
    assert "structure" in broken(week, with_session(plan, exercises=(), dropped=gone, sets=0))


def test_what_takes_longer_than_its_own_minutes_is_no_version() -> None:
    moves = entries(*MOVES) | {"minutes": 25}
    week, loose = only(RULE, "on", sessions=[moves]), block()
    (lift,), (free,) = week.problem.lifts, loose.problem.lifts
    fitting = {version.sets for version in free.versions if version.minutes <= 25}
    assert {version.sets for version in lift.versions} == fitting
    assert len(fitting) < len(free.versions)
    for version in free.versions:
        plan = planned(loose, f"{LIFT} {'+'.join(map(str, version.sets))}")
        assert ("structure" in broken(week, plan)) == (version.sets not in fitting)


def test_what_is_worth_less_goes_first() -> None:
    # Time for two of the three: squats count five a set, rows and presses one.
    week = block(least() - 1, also={"planned_sets": "soft"})
    done = names(week.solve().plan.sessions[0])  # type: ignore[union-attr]
    assert "back_squat" in done
    assert len(done) < 3


def test_members_of_a_superset_go_together() -> None:
    pair = [{"exercise": one, "sets": [2, 4], "superset": "S"} for one in ("dumbbell_row", "push_up")]
    week = block(moves=[MOVES[0], *pair])
    versions = week.problem.lifts[0].versions
    assert {version.sets[1:] for version in versions} == {(n, n) for n in range(5)}
    plan = planned(week, LIFT)
    first, row, push = plan.sessions[0].exercises
    fewer = with_session(plan, exercises=(first, row, push.model_copy(update={"sets": row.sets - 1})))
    assert RULE in broken(week, fewer)
    assert RULE not in broken(week, plan)


# A set of push-ups counts five where the upper body is kept, one where it is not; bodyweight squats are other
# leg work and count two by default, one where they are not kept. Two points each (planned_sets).
@pytest.mark.parametrize(
    ("keep", "squats", "pushes", "points"),
    [
        (["upper"], 3, 3, 0),
        (["upper"], 3, 1, 20),
        (["upper"], 1, 3, 4),
        (["upper"], 1, 1, 24),
        (None, 3, 1, 4),
        (None, 1, 3, 8),
    ],
)
def test_the_price_tells_what_is_worth_more(
    keep: list[str] | None, squats: int, pushes: int, points: int
) -> None:
    moves = [{"exercise": one, "sets": [1, 3]} for one in ("bodyweight_squat", "push_up")]
    week = block(moves=moves, settings={"keep": keep} if keep else "on", also={"planned_sets": "soft"})
    plan = planned(week, LIFT)
    own = plan.sessions[0]
    pair = zip(own.exercises, (squats, pushes), strict=True)
    # 480 + 150 s, a set of squats 105 s and of push-ups 80 s, in whole minutes.
    minutes = -(-(480 + 150 + 105 * squats + 80 * pushes) // 60)
    other = with_session(
        plan,
        exercises=tuple(one.model_copy(update={"sets": n}) for one, n in pair),
        sets=squats + pushes,
        end=own.start + minutes,
    )
    audit = verify(week.context, other)
    # No version is forbidden for being worth less.
    assert RULE not in {breach.rule for breach in audit.breaches}
    assert sum(cost.points for cost in audit.costs if cost.rule == "planned_sets") == points


def test_the_solver_keeps_what_is_worth_more() -> None:
    # 18 min less 480 + 150 s are 450 s: three push-ups and two squats (240 + 210 s), or three squats and one
    # push-up (315 + 80 s).
    moves = [{"exercise": one, "sets": [1, 3]} for one in ("bodyweight_squat", "push_up")]
    for keep, fewer in ((["upper"], "bodyweight_squat"), (["legs"], "push_up")):
        week = block(18, {"keep": keep}, moves, also={"planned_sets": "soft"})
        plan = week.solve().plan
        assert plan is not None
        sets = {one.exercise: one.sets for one in plan.sessions[0].exercises}
        assert sets.pop(fewer) < 3
        assert set(sets.values()) == {3}
