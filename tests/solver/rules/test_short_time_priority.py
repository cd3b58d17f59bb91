"""short_time_priority: what stays when time is short."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from tampered import broken, entries, names, planned, with_session
from weeks import Trial, only

import mesocycle as mc
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


# All sets of it by what they are worth (planned_sets).
@pytest.mark.parametrize(("sets", "points"), [("0+2+3", 16 + 12 + 4), ("3+0+3", 4 + 2), ("3+2+0", 4 + 2 + 1)])
def test_an_exercise_may_be_left_out_at_its_price(sets: str, points: int) -> None:
    week = block(also={"planned_sets": {"hard": False, "weight": 1}})
    audit = week.check(week.find([f"{LIFT} {sets}"]))
    assert audit.breaches == ()
    assert audit.points == points
    loose = block(settings="off", also={"planned_sets": {"hard": False, "weight": 1}})
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
    # No time for all three: the squats are worth 28 and more, rows and presses 7 at most.
    week = block(least() - 1, also={"planned_sets": {"hard": False, "weight": 1}})
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


# Push-ups are worth 16, 12 and 4 where the upper body is kept first, 4, 2 and 1 where it is not; bodyweight
# squats are squats and worth 16, 12 and 4 by default, 4, 2 and 1 where they are not kept. A point each
# (planned_sets).
@pytest.mark.parametrize(
    ("keep", "squats", "pushes", "points"),
    [
        (["upper"], 3, 3, 0),
        (["upper"], 3, 1, 12 + 4),
        (["upper"], 2, 3, 1),
        (["upper"], 2, 1, 1 + 12 + 4),
        (["core", "upper"], 3, 1, 6 + 3),  # second in its order: 10, 6, 3
        (["core", "legs", "calf", "upper"], 3, 1, 3 + 2),  # fourth: 5, 3, 2
        (None, 3, 1, 2 + 1),
        (None, 2, 3, 4),
    ],
)
def test_the_price_tells_what_is_worth_more(
    keep: list[str] | None, squats: int, pushes: int, points: int
) -> None:
    moves = [{"exercise": one, "sets": [1, 3]} for one in ("bodyweight_squat", "push_up")]
    week = block(
        moves=moves,
        settings={"keep": keep} if keep else "on",
        also={"planned_sets": {"hard": False, "weight": 1}},
    )
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
    # The third squat is worth 1 where push-ups are kept, 4 where squats are; two push-ups then 2 + 1.
    for keep, fewer in ((["upper"], "bodyweight_squat"), (["main"], "push_up")):
        week = block(18, {"keep": keep}, moves, also={"planned_sets": {"hard": False, "weight": 1}})
        plan = week.solve().plan
        assert plan is not None
        sets = {one.exercise: one.sets for one in plan.sessions[0].exercises}
        assert sets.pop(fewer) < 3
        assert set(sets.values()) == {3}


def test_the_points_can_be_set() -> None:
    # Places one to six, for what is main, single-leg work, calves, other leg work, core and upper body.
    points = [[9, 8, 7, 6], [5, 5, 5, 5], [4, 4, 4, 4], [3, 3, 3, 3], [2, 2, 2, 2], [1, 0, 0, 0]]
    week = block(settings={"points": points}, also={"planned_sets": {"hard": False, "weight": 1}})
    for sets, short in (("2+2+3", 7), ("0+2+3", 9 + 8 + 7), ("3+0+3", 1 + 0), ("3+2+1", 2 + 2)):
        assert week.check(week.find([f"{LIFT} {sets}"])).points == short


@pytest.mark.parametrize(
    ("settings", "key"),
    [
        ({"points": [[1, 2, 2, 2]] * 6}, "points"),  # a further set is worth more
        ({"points": [[2, 2, 2, 2]] * 5}, "points"),
        ({"points": [[2, 2, 2, 2]] * 7}, "points"),
        ({"points": [[101, 2, 2, 2]] * 6}, "points[0][0]"),
        ({"points": [[2, 2, 2]] * 6}, "points[0]"),
        ({"keep": ["main", "main"]}, "keep"),
        ({"keep": ["arms"]}, "keep[0]"),
    ],
)
def test_what_cannot_be_set_is_named(settings: dict[str, Any], key: str) -> None:
    with pytest.raises(mc.ScenarioError) as caught:
        block(settings=settings).problem  # noqa: B018
    assert {problem.key.partition(f"{RULE}.")[2] for problem in caught.value.problems} >= {key}


def test_a_main_lift_that_is_done_has_two_sets() -> None:
    # Also what is no main lift but a squat or hinge; one of all else.
    names_and_floors = {"back_squat": 2, "single_leg_rdl": 2, "bodyweight_squat": 2, "step_up": 2}
    names_and_floors |= {"reverse_lunge": 1, "calf_raise_bent": 1, "box_jump": 1, "plank": 1, "push_up": 1}
    for name, floor in names_and_floors.items():
        versions = block(moves=[{"exercise": name, "sets": [1, 3]}]).problem.lifts[0].versions
        assert {version.total for version in versions} == set(range(floor, 4)), name
