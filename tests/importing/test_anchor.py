"""Weeks without dates: from their first day, or back from the race, with every weekday kept."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from mesocycle.importing.anchor import anchored
from mesocycle.importing.feed import NOMINAL_MONDAY, Event, Feed
from mesocycle.models.errors import ScenarioFileError

RACE_SUNDAY = date(2027, 3, 7)


def weeks(*titles: str, **more: object) -> Feed:
    """A plan of so many days, from a Monday on."""
    events = tuple(Event(NOMINAL_MONDAY + timedelta(days=at), title) for at, title in enumerate(titles))
    return Feed(events, dated=False, **more)  # type: ignore[arg-type]


TWO_WEEKS = weeks(
    "Rest",
    "3 mi easy",
    "Rest",
    "4 mi tempo",
    "Rest",
    "3 mi easy",
    "8 mi long run",
    "Rest",
    "3 mi easy",
    "Rest",
    "2 mi easy",
    "Rest",
    "Rest",
    "Half Marathon",
)


def told(feed: Feed) -> dict[date, list[str]]:
    days: dict[date, list[str]] = {}
    for event in feed.events:
        days.setdefault(event.day, []).append(event.title)
    return days


def test_week_one_is_the_week_of_the_start_date_whatever_day_is_given() -> None:
    for day in (date(2026, 11, 23), date(2026, 11, 26), date(2026, 11, 29)):
        feed = anchored(TWO_WEEKS, "plan.yaml", start=day)
        assert feed.dated
        assert [event.day for event in feed.events] == [date(2026, 11, 23) + timedelta(d) for d in range(14)]


def test_counted_back_from_the_race_the_last_day_is_the_race() -> None:
    feed = anchored(TWO_WEEKS, "plan.yaml", race=RACE_SUNDAY)
    assert (feed.events[0].day, feed.events[0].title) == (date(2027, 2, 22), "Rest")
    assert (feed.events[-1].day, feed.events[-1].title) == (RACE_SUNDAY, "Half Marathon")
    assert feed.notes == ("The race is on Sun 7 Mar, and the plan counts back from it.",)


@pytest.mark.parametrize("away", range(-3, 4))
def test_a_race_on_another_weekday_moves_alone(away: int) -> None:
    race = RACE_SUNDAY + timedelta(days=away)
    days = told(anchored(TWO_WEEKS, "plan.yaml", race=race))
    assert days[race] == ["Half Marathon"]
    assert sum(titles.count("Half Marathon") for titles in days.values()) == 1
    assert days[date(2027, 2, 28)] == ["8 mi long run"]  # a Sunday still
    assert max(days) == race


def test_weeks_after_the_race_stay_after_it() -> None:
    more = weeks(*[event.title for event in TWO_WEEKS.events], "Rest", "Rest", "2 mi recovery")
    days = told(anchored(more, "plan.yaml", race=RACE_SUNDAY))
    assert days[date(2027, 3, 10)] == ["2 mi recovery"]


def test_a_plan_that_names_no_race_gets_it_at_its_end() -> None:
    plan = weeks("3 mi easy", "Rest", "Rest", "5 mi tempo", "Rest", "Rest", "2 mi easy", race_metres=42195)
    monday = anchored(plan, "plan.yaml", race=date(2027, 4, 19))
    assert told(monday)[date(2027, 4, 18)] == ["2 mi easy"]
    assert (monday.events[-1].title, monday.events[-1].metres) == ("Race", 42195)
    assert monday.notes[0].startswith("The plan names no race: yours is on Mon 19 Apr")
    sunday = told(anchored(plan, "plan.yaml", race=date(2027, 4, 18)))
    assert sunday[date(2027, 4, 18)] == ["Race"]  # in the place of what the plan has there


def test_a_plan_without_dates_asks_for_one() -> None:
    with pytest.raises(ScenarioFileError, match=r"--start-date 2026-09-07.*--race-date") as error:
        anchored(TWO_WEEKS, "plan.yaml")
    assert error.value.file == "plan.yaml"


@pytest.mark.parametrize(
    ("option", "given"), [("--start-date", {"start": RACE_SUNDAY}), ("--race-date", {"race": RACE_SUNDAY})]
)
def test_a_plan_with_dates_takes_none(option: str, given: dict[str, date]) -> None:
    dated = TWO_WEEKS.shifted(7000)
    assert anchored(dated, "plan.ics") == dated
    with pytest.raises(ScenarioFileError, match=f"has dates of its own: leave out {option}"):
        anchored(dated, "plan.ics", **given)
