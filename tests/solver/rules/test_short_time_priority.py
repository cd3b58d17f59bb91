"""short_time_priority: what stays when time is short."""

from __future__ import annotations

from typing import Any

import pytest
from tampered import broken, entries, names, planned, with_session
from weeks import Trial, only

from mesocycle.files.library import exercises
from mesocycle.models.plan import Plan
from mesocycle.solver.solve import judge

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


def without(plan: Plan, at: int) -> Plan:
    """The plan with one exercise of its session left out."""
    own = plan.sessions[0].exercises
    gone = (own[at].exercise,)
    return with_session(plan, exercises=own[:at] + own[at + 1 :], dropped=gone)


def test_exercises_go_only_where_the_least_sets_do_not_fit() -> None:
    # With just so many minutes all stay, with one less something goes.
    assert all(all(rung.sets) for rung in block(least()).problem.lifts[0].rungs)
    tight = block(least() - 1)
    fitting = [rung for rung in tight.problem.lifts[0].rungs if rung.minutes < least()]
    assert fitting
    assert not all(all(rung.sets) for rung in fitting)
    assert tight.agreement().kept


@pytest.mark.parametrize("at", [0, 1, 2])
def test_leaving_out_what_fits_is_seen(at: int) -> None:
    week = block(least())
    plan = planned(week, LIFT)
    assert RULE not in broken(week, plan)
    assert RULE in broken(week, without(plan, at))
    loose = block(least(), settings="off")
    assert RULE not in broken(loose, without(planned(loose, LIFT), at))


def test_what_is_worth_less_goes_first() -> None:
    # Time for two of the three: squats count five a set, rows and presses one.
    week = block(least() - 1, also={"planned_sets": "soft"})
    done = names(week.solve().plan.sessions[0])  # type: ignore[union-attr]
    assert "back_squat" in done
    assert len(done) < 3


def test_members_of_a_superset_go_together() -> None:
    pair = [{"exercise": one, "sets": [2, 4], "superset": "S"} for one in ("dumbbell_row", "push_up")]
    week = block(moves=[MOVES[0], *pair])
    assert all(rung.sets[1] == rung.sets[2] for rung in week.problem.lifts[0].rungs)
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
    audit = judge(week.context, other)
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
