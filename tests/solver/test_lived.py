"""Blocks that were lived by as nobody plans: the rest is planned, proven, and what is past stays."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from functools import cache

import pytest

import mesocycle as mc
from mesocycle.models.plan import Plan, PlannedSession
from mesocycle.models.result import Result
from mesocycle.models.scenario import Scenario
from mesocycle.solver.instance.instance import Instance
from mesocycle.solver.instance.past import Settled
from mesocycle.solver.lived import Lived, living
from mesocycle.solver.model.stay import Stay
from mesocycle.solver.rules.check import understand
from mesocycle.solver.solve import solved
from mesocycle.solver.verify import verify

NAMES = ("four_lifts_four_runs", "core_on_easy_days", "wave_531_two_days", "five_k_novice", "doubles_am_pm")
MIDNIGHT = datetime.min.time()


@cache
def planned(name: str) -> tuple[Scenario, Plan]:
    scenario = mc.load_scenario(f"scenarios/{name}.yaml")
    plan = solved(scenario).result.plan
    assert plan is not None
    return scenario, plan


def begins(session: PlannedSession) -> datetime:
    return datetime.combine(session.date, MIDNIGHT) + timedelta(minutes=session.start)


def as_lived(scenario: Scenario, plan: Plan, rng: random.Random) -> Lived:
    """Sessions skipped, done on any day of their week at any minute, and with other sets than planned."""
    days = 7 * len(plan.weeks)
    now = datetime.combine(plan.weeks[0].start, MIDNIGHT)
    now += timedelta(days=rng.randrange(3, days - 3), minutes=rng.randrange(1440))
    done, gone = [], []
    for session in plan.sessions:
        if begins(session) > now:
            continue
        if rng.random() < 0.2:
            gone.append(session.id)
            continue
        done.append(_resized(_elsewhere(session, plan, scenario, now, rng), rng))
    ordered = tuple(sorted(done, key=lambda one: (one.date, one.start, one.id)))
    return Lived(now, plan.model_copy(update={"sessions": ordered}), tuple(gone))


def _elsewhere(
    session: PlannedSession, plan: Plan, scenario: Scenario, now: datetime, rng: random.Random
) -> PlannedSession:
    day = plan.weeks[session.week - 1].start + timedelta(days=rng.randrange(7))
    start = rng.randrange(300, 1260)
    moved = session.model_copy(
        update={"date": day, "start": start, "end": start + session.end - session.start}
    )
    inside = scenario.start <= day <= scenario.last_day and begins(moved) <= now
    return moved if inside and rng.random() < 0.4 else session


def _resized(session: PlannedSession, rng: random.Random) -> PlannedSession:
    if len(session.exercises) < 2 or rng.random() < 0.7:
        return session
    exercises = list(session.exercises)
    at = rng.randrange(len(exercises))
    sets = rng.choice((0, 1, exercises[at].sets + 1))
    if sets:
        exercises[at] = exercises[at].model_copy(update={"sets": sets})
    else:
        del exercises[at]
    return session.model_copy(update={"exercises": tuple(exercises)})


@pytest.mark.parametrize("seed", range(40))
def test_what_is_past_stays_and_the_rest_is_proven(seed: int) -> None:
    rng = random.Random(seed)
    scenario, plan = planned(rng.choice(NAMES))
    lived = as_lived(scenario, plan, rng)
    one = solved(scenario, lived=lived, reference=plan.reference)
    assert one.result.proven
    found = one.result.plan
    assert found is not None
    place = {session.id: (session.date, session.start) for session in found.sessions}
    for session in lived.plan.sessions:
        assert place.get(session.id) == (session.date, session.start)
    assert not place.keys() & set(lived.left_out)
    settled = {session.id for session in lived.plan.sessions}
    assert all(begins(session) > lived.now for session in found.sessions if session.id not in settled)
    assert not verify(one.instance, found).breaches


def test_what_was_lived_as_planned_leaves_the_plan_as_it_is() -> None:
    scenario, plan = planned("four_lifts_four_runs")
    now = begins(plan.sessions[5])
    past = tuple(session for session in plan.sessions if begins(session) <= now)
    lived = Lived(now, plan.model_copy(update={"sessions": past}))
    found = solved(scenario, lived=lived, reference=plan.reference).result.plan
    assert found is not None
    # Days that have passed are told as such in the reasons.
    assert [one.model_copy(update={"why": ""}) for one in found.sessions] == [
        one.model_copy(update={"why": ""}) for one in plan.sessions
    ]
    assert (found.weeks, found.notices) == (plan.weeks, plan.notices)


def test_a_lift_outside_its_week_counts_at_the_nearer_end_of_it() -> None:
    scenario, plan = planned("four_lifts_four_runs")
    session = plan.sessions[0]
    late = plan.weeks[1].start + timedelta(days=1)
    done = session.model_copy(update={"date": late})
    now = datetime.combine(late, MIDNIGHT) + timedelta(days=1)
    lived = Lived(now, plan.model_copy(update={"sessions": (done,)}))
    past = living(understand(scenario), lived).past
    assert past is not None
    settled = past.settled[session.id]
    assert settled.start == 6 * 1440 + session.start
    assert settled != Settled(None)


def test_another_plans_sessions_are_refused() -> None:
    scenario, plan = planned("four_lifts_four_runs")
    foreign = plan.sessions[0].model_copy(update={"id": "w01-Z", "session": "Z"})
    lived = Lived(begins(foreign), plan.model_copy(update={"sessions": (foreign,)}))
    with pytest.raises(ValueError, match="w01-Z is no session of the scenario"):
        living(understand(scenario), lived)


def test_no_more_sessions_move_than_may() -> None:
    scenario, plan = planned("doubles_am_pm")
    monday = plan.weeks[1].start
    days = (monday + timedelta(days=1), monday + timedelta(days=2))
    athlete = scenario.athlete.model_copy(update={"blocked": (*scenario.athlete.blocked, days)})
    changed = scenario.model_copy(update={"athlete": athlete})
    now = datetime.combine(monday, MIDNIGHT)
    past = tuple(session for session in plan.sessions if begins(session) <= now)
    lived = Lived(now, plan.model_copy(update={"sessions": past}))
    points: list[int] = []
    for most in range(4):
        near = Stay(plan.reference, 13, most=most)
        one = solved(changed, lived=lived, stay=near, reference=plan.reference)
        if one.result.plan is not None:
            assert len(near.moved(one.result.plan, one.instance)) <= most
            points.append(_points(one.result, near, one.instance))
    assert points == sorted(points, reverse=True)


def _points(result: Result, near: Stay, instance: Instance) -> int:
    assert result.plan is not None
    return (result.objective or 0) + near.price(result.plan, instance)
