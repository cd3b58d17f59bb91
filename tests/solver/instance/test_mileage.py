"""The mileage of weeks: partial ones, and those in which a race takes the place of another run."""

from __future__ import annotations

from typing import Any

import pytest

import mesocycle as mc
from mesocycle.models.scenario import Scenario
from mesocycle.solver.instance.calendar import Calendar, build_calendar

# 10 km on Tuesday, 60 min at the default 6:00 /km (10 km) on Wednesday, 10 km on Sunday: 30 km a week.
WEEK: dict[str, Any] = {
    "tue": {"type": "intervals", "start": "06:30", "minutes": 50, "distance": "10 km"},
    "wed": {"type": "easy", "start": "07:30", "minutes": 60},
    "sun": {"type": "long", "start": "08:00", "distance": "10 km"},
}
KNOWN = WEEK | {"wed": {"type": "easy", "start": "07:30", "distance": "10 km"}}


def calendar(week: dict[str, Any], **more: Any) -> Calendar:
    running = more.pop("running", {})
    data = {"start": "2026-09-07", "weeks": 2, "runs": {"week": week} | running} | more
    return build_calendar(Scenario.model_validate(data))


def kilometres(days: Calendar) -> list[float | None]:
    return [None if week.metres is None else week.metres / 1000 for week in days.weeks]


def loads(days: Calendar) -> list[float]:
    return [float(week.load) / 1000 for week in days.weeks]


def test_a_partial_week_has_the_distance_of_its_own_runs() -> None:
    # Thursday 10 to Tuesday 22 September: the Sunday of week 1, all of week 2, the Tuesday of week 3.
    days = calendar(KNOWN, start="2026-09-10", end="2026-09-22", weeks=None)
    assert kilometres(days) == [10, 30, 10]
    # They are weighed as whole weeks, so neither is a cutback or the base of the block.
    assert loads(days) == [30, 30, 30]
    assert not any(week.cutback for week in days.weeks)


def test_of_a_wanted_distance_a_partial_week_has_what_its_runs_make_of_it() -> None:
    # From Wednesday: 10 km by the clock and 10 km; then all of it; then 20 and 20 km up to Wednesday.
    days = calendar(
        WEEK, start="2026-09-09", end="2026-09-23", weeks=None, running={"weekly_distance": [30, 30, 60]}
    )
    assert kilometres(days) == [20, 30, 40]
    assert loads(days) == [30, 30, 60]
    # From Tuesday no run is missing: the runner's figure stands.
    assert kilometres(calendar(WEEK, start="2026-09-08", running={"weekly_distance": [31, 31]})) == [31, 31]


def test_cross_training_is_no_distance_inside_either() -> None:
    week = KNOWN | {"sat": {"type": "cross", "start": "09:00", "minutes": 90, "distance": "40 km"}}
    assert kilometres(calendar(week, start="2026-09-10")) == [10, 30]
    by_wish = calendar(week, start="2026-09-10", running={"weekly_distance": [30, 30]})
    assert kilometres(by_wish) == [10, 30]


def test_the_plan_shows_the_distance_inside() -> None:
    data = {"start": "2026-09-10", "weeks": 2, "runs": {"week": KNOWN}}
    result = mc.solve(mc.load_scenario(data))
    assert result.plan is not None
    assert [week.distance_km for week in result.plan.weeks] == [10.0, 30.0]
    shown = [
        sum(run.distance_km or 0 for run in result.runs if run.date.isocalendar()[1] == w) for w in (37, 38)
    ]
    assert shown == [10.0, 30.0]


# A Saturday 5 km race in week 2 of a week whose Saturday is 20 km long: 40 km become 25, which are 62.5 %.
LONG = {
    "tue": {"type": "easy", "start": "07:00", "distance": "10 km"},
    "thu": {"type": "easy", "start": "07:00", "distance": "10 km"},
    "sat": {"type": "long", "start": "08:00", "distance": "20 km"},
}
# The week of a B race is a lighter one in any case, so it has a C race here.
RACE = {"date": "2026-09-19", "distance": "5k", "priority": "C"}
MINOR = RACE | {"priority": "B"}


def cutbacks(days: Calendar) -> list[int]:
    return [week.number for week in days.weeks if week.cutback]


@pytest.mark.parametrize(
    "race",
    [
        {"races": [RACE]},
        {"running": {"dates": {"2026-09-19": {"type": "race", "start": "10:00", "distance": "5 km"}}}},
    ],
)
def test_a_race_in_place_of_a_longer_run_is_no_cutback(race: dict[str, Any]) -> None:
    days = calendar(LONG, weeks=3, **race)
    assert loads(days) == [40, 25, 40]
    assert cutbacks(days) == []


def test_the_same_by_the_clock() -> None:
    week = {day: {"type": "easy", "start": "07:00", "minutes": 60} for day in ("tue", "thu")}
    week["sat"] = {"type": "long", "start": "08:00", "minutes": 120}
    days = calendar(week, weeks=3, races=[RACE])
    # 5 km at nine tenths of 6:00 /km are 27 min instead of 120.
    assert [week.load for week in days.weeks] == [240, 147, 240]
    assert cutbacks(days) == []


def test_a_week_cut_back_beside_its_race_is_one() -> None:
    # The Thursday goes too: 10 km and the long run's 20 are 30 of 40 km, 75 %.
    days = calendar(LONG, weeks=3, races=[RACE], running={"dates": {"2026-09-17": "rest"}})
    assert loads(days) == [40, 15, 40]
    assert cutbacks(days) == [2]


def test_the_runners_own_figures_and_weeks_are_believed() -> None:
    # 25 km were asked for in the week of the race, or the week was named.
    asked = calendar(LONG, weeks=3, races=[RACE], running={"weekly_distance": [40, 25, 40]})
    assert cutbacks(asked) == [2]
    assert cutbacks(calendar(LONG, weeks=3, races=[RACE], running={"cutback_weeks": [2]})) == [2]
    assert cutbacks(calendar(LONG, weeks=3, races=[RACE], running={"cutback_weeks": []})) == []
    # The week of a B race is lighter beside those that he names.
    for named, found in (([], [2]), ([3], [2, 3])):
        assert cutbacks(calendar(LONG, weeks=3, races=[MINOR], running={"cutback_weeks": named})) == found


def test_a_rest_day_in_place_of_the_long_run_is_a_cutback() -> None:
    assert cutbacks(calendar(LONG, weeks=3, running={"dates": {"2026-09-19": "rest"}})) == [2]


def test_race_weeks_and_peak_are_worked_out_once() -> None:
    days = calendar(LONG, weeks=3, races=[MINOR | {"distance": "marathon"}])
    assert days.race_weeks == days.minor_race_weeks == {1}
    # 20 km and the marathon are no peak of training.
    assert loads(days) == [40, 62.195, 40]
    assert days.top == 40_000
