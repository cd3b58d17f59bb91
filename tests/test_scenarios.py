"""Every example scenario loads, is proven optimal, passes the independent checker, and says why."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

import mesocycle as mc

# Other tests cover these lines, and counting them again would take most of the time.
pytestmark = pytest.mark.uncounted

SCENARIOS = sorted((Path(__file__).parents[1] / "scenarios").glob("*.yaml"))
every = pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)


@cache
def solved(path: Path) -> tuple[mc.Scenario, mc.Result]:
    scenario = mc.load_scenario(path)
    return scenario, mc.solve(scenario)


def test_there_are_some() -> None:
    assert len(SCENARIOS) >= 5


@every
def test_the_first_line_says_what_it_shows(path: Path) -> None:
    first = path.read_text(encoding="utf-8").splitlines()[0]
    assert first.startswith("# ")
    assert first.endswith(".")
    assert len(first) > 30


@every
def test_it_is_planned_to_its_proven_optimum_and_the_checker_agrees(path: Path) -> None:
    scenario, result = solved(path)
    assert (result.status, result.proven) == (mc.Status.OPTIMAL, True)
    assert result.objective == result.bound
    assert result.plan is not None
    audit = mc.audit(scenario, result.plan)
    assert audit.breaches == ()
    assert audit.points == result.objective
    assert audit.costs == result.costs


@every
def test_every_session_says_why(path: Path) -> None:
    _, result = solved(path)
    assert result.plan is not None
    assert result.plan.sessions
    for session in result.plan.sessions:
        assert session.why.endswith(".")
        assert session.why[0].isupper()
        assert len(session.why) > 20


@every
def test_weeks_add_up(path: Path) -> None:
    scenario, result = solved(path)
    assert result.plan is not None
    assert len(result.plan.weeks) == scenario.week_count
    for week in result.plan.weeks:
        mine = [session for session in result.plan.sessions if session.week == week.week]
        assert week.sessions == len(mine)
        assert week.sets == sum(session.sets for session in mine) <= week.full_sets
        assert week.minutes == sum(session.end - session.start for session in mine)
        assert 0 < week.set_factor <= 1
    for session in result.plan.sessions:
        assert scenario.start <= session.date <= scenario.last_day
        assert session.sets == sum(item.sets for item in session.exercises) or not session.exercises
