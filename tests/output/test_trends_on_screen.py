"""Trends of example blocks: they fit a terminal and a phone, and what is done as planned is the plan."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from functools import cache, partial
from pathlib import Path

import pytest
from rich.console import Console

import mesocycle as mc
from mesocycle.diary.content import Entry
from mesocycle.diary.fold import State
from mesocycle.diary.load_reason import load_reason
from mesocycle.diary.now import Now
from mesocycle.diary.trends import trends_of
from mesocycle.models.happened import Event, Published, ScenarioChanged
from mesocycle.models.result import Result
from mesocycle.models.scenario import Scenario
from mesocycle.output.load_reason import show_load_reason
from mesocycle.output.screen import as_text
from mesocycle.output.trends import show_trends

SCENARIOS = Path(__file__).parents[2] / "scenarios"
# In pounds and miles; without distances; with core work on other days; by a scheme.
NAMES = ("eight_weeks_stronger", "thirty_minutes", "core_on_easy_days", "wave_531_two_days")
FIRST: tuple[Event, ...] = (
    ScenarioChanged(version=1),
    Published(revision=1, scenario=1, points=0, proven=True),
)


@cache
def planned(name: str) -> tuple[Scenario, Result]:
    scenario = mc.load_scenario(SCENARIOS / f"{name}.yaml")
    return scenario, mc.solve(scenario)


def now_of(name: str, days: int) -> Now:
    """A block of which nobody said anything, late so many days after its start."""
    scenario, result = planned(name)
    moment = datetime.combine(scenario.start, time(22)) + timedelta(days=days)
    entries = tuple(Entry(at, event, moment.replace(tzinfo=UTC), moment) for at, event in enumerate(FIRST, 1))
    sessions = () if result.plan is None else result.plan.sessions
    return Now(State(entries), scenario, result, moment, {one.id: one for one in sessions})


def widest(render: Callable[[Console], object], columns: int) -> int:
    return max(map(len, as_text(render, columns).splitlines()))


@pytest.mark.parametrize("columns", [40, 80])
@pytest.mark.parametrize("days", [-3, 0, 20, 400])
@pytest.mark.parametrize("name", NAMES)
def test_every_line_fits(name: str, days: int, columns: int) -> None:
    now = now_of(name, days)
    told = trends_of(now, now.scenario)
    assert widest(lambda console: show_trends(told, console), columns) <= columns
    for lift in told.lifts:
        reason = load_reason(now, lift.exercise)
        assert reason.max == lift.maxes[-1]
        assert widest(partial(show_load_reason, reason), columns) <= columns


@pytest.mark.parametrize("name", NAMES)
def test_what_is_done_as_planned_is_the_plan(name: str) -> None:
    now = now_of(name, 400)
    plan = now.result.plan
    assert plan is not None
    told = trends_of(now, now.scenario)
    for seen, week in zip(told.weeks, plan.weeks, strict=True):
        assert seen.sets == seen.planned_sets == week.pattern_sets
        assert seen.lift_minutes == seen.planned_lift_minutes == week.minutes
        assert (seen.km, seen.legs_dose) == (seen.planned_km, seen.planned_legs_dose)
    assert told.streak == sum(any(one.week == week.week for one in plan.sessions) for week in plan.weeks)


def test_distances_are_told_in_the_runners_own_unit() -> None:
    now = now_of("eight_weeks_stronger", 6)
    text = as_text(lambda console: show_trends(trends_of(now, now.scenario), console), 80)
    assert "Distance a week, mi" in text
    assert "  planned                  █  35 so far" in text
