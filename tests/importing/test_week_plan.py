"""Plans of weeks without dates: invented ones, and real ones where they lie beside the checkout."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from mesocycle.importing.feed import NOMINAL_MONDAY, Feed, Kind, Reading
from mesocycle.importing.tables.week_plan import looks_like_scenario, looks_like_week_plan, read_week_plan
from mesocycle.importing.titles.read import SURE, read_title
from mesocycle.models.errors import ScenarioFileError

PLANS = Path(__file__).parent / "plans"
REAL = Path(__file__).parents[3] / "shared" / "plans" / "calendar-hack"
HEAD = "id: a\nname: A\ndescription: d\nsource: s\nunits: mi\ntype: 5K\nschedule:\n"
REST = "  - title: Rest\n"


def plan(name: str) -> Feed:
    return read_week_plan((PLANS / name).read_bytes(), name)


def readings(feed: Feed) -> list[Reading]:
    return [reading for event in feed.events for reading in read_title(event, feed.units)]


def unsure(feed: Feed) -> list[str]:
    return [reading.title for reading in readings(feed) if reading.confidence < SURE]


def doubles(feed: Feed) -> int:
    return sum(len(read_title(event, feed.units)) > 1 for event in feed.events)


def wrong(text: str) -> ScenarioFileError:
    with pytest.raises(ScenarioFileError, match="problem") as caught:
        read_week_plan(text.encode(), "plan.yaml")
    return caught.value


def week(*workouts: str, days: int = 7) -> str:
    lines = [*workouts, *[REST] * (days - len(workouts))]
    return HEAD + "- workouts:\n" + "".join(lines)


@pytest.mark.parametrize(
    ("name", "days", "twice", "doubted"),
    [
        ("half_miles.yaml", 84, 5, ["parkrun", "Easy run OR day off"]),
        ("run_walk_km.yaml", 35, 0, []),
        ("short.json", 14, 0, []),
    ],
)
def test_a_plan_is_read_day_by_day(name: str, days: int, twice: int, doubted: list[str]) -> None:
    feed = plan(name)
    assert (len(feed.events), doubles(feed), unsure(feed)) == (days, twice, doubted)


@pytest.mark.parametrize(
    ("name", "units", "metres"),
    [("half_miles.yaml", "mi", 21_097), ("run_walk_km.yaml", "km", 5_000), ("short.json", "km", 10_000)],
)
def test_units_and_race_are_the_plans_own(name: str, units: str, metres: int) -> None:
    feed = plan(name)
    assert (feed.units, feed.race_metres, feed.dated) == (units, metres, False)


def test_days_count_from_the_nominal_monday_without_a_gap() -> None:
    days = [event.day for event in plan("half_miles.yaml").events]
    assert days == [NOMINAL_MONDAY + timedelta(days=n) for n in range(84)]


def test_weeks_after_the_race_are_kept() -> None:
    feed = plan("half_miles.yaml")
    race = next(event.day for event in feed.events if event.title == "Half Marathon")
    assert (feed.events[-1].day - race).days == 14


def test_the_upper_end_of_a_range_counts() -> None:
    event = next(e for e in plan("half_miles.yaml").events if e.place == "week 1, sat")
    assert (event.title, event.metres) == ("{4:6.4} run", 6437)


def test_turns_of_running_and_walking_are_counted_in_minutes() -> None:
    event = next(e for e in plan("run_walk_km.yaml").events if e.place == "week 2, tue")
    (reading,) = read_title(event, "km")
    assert (reading.kind, reading.minutes) == (Kind.EASY, 20)


def test_tags_say_what_a_title_does_not() -> None:
    event = next(e for e in plan("short.json").events if e.title == "16 km")
    assert event.kind is Kind.LONG


def test_a_picture_written_as_two_escapes_is_read() -> None:
    assert any("\U0001f525" in event.title for event in plan("short.json").events)


def test_the_name_of_a_plan_is_cleaned() -> None:
    assert plan("short.json").name == "Two weeks"


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        (week(days=6), 8, "the week has 6 workouts, not 7"),
        (week("  - distance: 4\n"), 9, "the workout has no title"),
        (week("  - title: [a]\n"), 9, "the workout has no title"),
        (week("  - Rest\n"), 9, "the workout is no mapping"),
        (week("  - title: Run\n    distance: far\n"), 10, "the distance is no number up to 500 km"),
        (week("  - title: Run\n    distance: [1, 2, 3]\n"), 10, "the distance is no number up to 500 km"),
        (week("  - title: Run\n    distance: -1\n"), 10, "the distance is no number up to 500 km"),
        (week("  - title: Run\n    distance: 5000\n"), 10, "the distance is no number up to 500 km"),
        (week("  - title: Run\n    distance: true\n"), 10, "the distance is no number up to 500 km"),
        (week("  - title: Run\n    tags: Easy Run\n"), 10, "the tags are no list of words"),
        (HEAD + "  - 3\n", 8, "the week has no list of workouts"),
        (HEAD + "  - workouts: none\n", 8, "the week has no list of workouts"),
        (HEAD + "  many\n", 7, "the plan holds no list of weeks"),
        (week().replace("units: mi", "units: ells"), 5, "the unit is neither km nor mi"),
        (week().replace("units: mi\n", ""), 1, "the plan does not name its unit"),
    ],
)
def test_a_wrong_shape_is_told_with_its_line(text: str, line: int, message: str) -> None:
    (problem,) = wrong(text).problems
    assert (problem.line, problem.message) == (line, message)


def test_every_problem_is_told_at_once() -> None:
    assert len(wrong(week("  - 1\n", "  - 2\n", "  - title: Run\n    distance: x\n")).problems) == 3


def test_a_plan_of_very_many_weeks_is_refused() -> None:
    assert wrong(HEAD + "- {}\n" * 300).problems[0].message == "the plan has more than 200 weeks"


def test_a_scenario_is_told_apart_from_a_plan() -> None:
    error = wrong("start: 2026-09-07\nweeks: 8\nruns:\n  week: {}\n")
    assert error.problems[0].message == "this is a scenario already, so there is nothing to import"


def test_broken_yaml_is_an_error_with_a_line() -> None:
    assert wrong("name: x\nschedule: ]\n").problems[0].line == 2


@pytest.mark.parametrize(
    ("data", "is_plan", "is_scenario"),
    [
        ({"schedule": []}, True, False),
        ({"start": date(2026, 9, 7), "runs": {}}, False, True),
        ({"start": 1, "schedule": [], "runs": {}}, False, True),
        ({"name": "x"}, False, False),
        ([], False, False),
        (None, False, False),
    ],
)
def test_data_tell_what_they_are_meant_as(data: object, is_plan: bool, is_scenario: bool) -> None:
    assert (looks_like_week_plan(data), looks_like_scenario(data)) == (is_plan, is_scenario)


def test_a_title_may_be_a_number_or_a_date_to_yaml() -> None:
    feed = read_week_plan(week("  - title: 6\n", "  - title: 2026-01-01\n").encode(), "p")
    assert [event.title for event in feed.events[:2]] == ["6", "2026-01-01"]


def test_a_day_without_a_title_is_free() -> None:
    assert read_week_plan(week("  - title: ''\n").encode(), "p").events[0].kind is Kind.FREE


def test_a_distance_of_nought_says_nothing() -> None:
    assert (
        read_week_plan(week("  - title: Run\n    distance: [0, 0]\n").encode(), "p").events[0].metres is None
    )


real = pytest.mark.skipif(not REAL.is_dir(), reason="the real plans do not lie beside this checkout")


@real
def test_every_real_plan_has_seven_days_a_week() -> None:
    over = {len(read_week_plan(p.read_bytes(), p.name).events) % 7 for p in REAL.glob("*.yaml")}
    assert over == {0}


@real
def test_few_titles_of_real_plans_are_unsure() -> None:
    feeds = [read_week_plan(p.read_bytes(), p.name) for p in REAL.glob("*.yaml")]
    shares = [len(unsure(feed)) / len(feed.events) for feed in feeds]
    assert max(shares) <= 0.05


@real
def test_no_title_of_a_real_plan_is_unknown() -> None:
    feeds = [read_week_plan(p.read_bytes(), p.name) for p in REAL.glob("*.yaml")]
    assert not [r.title for feed in feeds for r in readings(feed) if r.kind is Kind.OTHER]
