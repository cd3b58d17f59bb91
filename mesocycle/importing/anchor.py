"""Weeks without dates -> a plan with dates: from its first day, or back from the race."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from mesocycle.importing.feed import NOMINAL_MONDAY, Event, Feed, Kind
from mesocycle.importing.titles.cleaning import one_line
from mesocycle.importing.titles.read import read_title
from mesocycle.models.clock import format_day, monday_of, weekday_name
from mesocycle.models.errors import Problem, ScenarioFileError

NEITHER = Problem(
    (),
    "the plan has weeks and no dates",
    remedy="say when it starts (--start-date 2026-09-07), or when the race is (--race-date 2026-11-29)",
)


def anchored(feed: Feed, file: str, start: date | None = None, race: date | None = None) -> Feed:
    """Give a plan its dates; a dated plan comes back unchanged.

    Parameters
    ----------
    feed : Feed
        As a reader returned it.
    file : str
        How errors name the file.
    start : date, optional
        The day its first week begins, or any day of that week.
    race : date, optional
        The day of its race; the plan keeps its weekdays, only the race may move to another.

    Raises
    ------
    ScenarioFileError
        If a plan without dates is given neither, or a dated plan is given either.
    """
    if feed.dated:
        if start is not None or race is not None:
            option = "--start-date" if start is not None else "--race-date"
            raise ScenarioFileError(
                (Problem((), f"the plan has dates of its own: leave out {option}"),), file
            )
        return feed
    if race is not None:
        return _back_from(feed, file, race)
    if start is None:
        raise ScenarioFileError((NEITHER,), file)
    note = f"Week 1 of the plan is the week of {format_day(monday_of(start))}."
    return feed.shifted((monday_of(start) - NOMINAL_MONDAY).days).with_notes([note])


def _back_from(feed: Feed, file: str, race: date) -> Feed:
    if not feed.events:
        raise ScenarioFileError((Problem((), "the plan holds no day"),), file)
    goal = race_of(feed)
    named = goal is not None
    note = f"The race is on {format_day(race)}, and the plan counts back from it."
    if goal is None:
        goal = Event(feed.events[-1].day, "Race", metres=feed.race_metres, kind=Kind.RACE)
        feed = replace(feed, events=(*feed.events, goal))
        note = f"The plan names no race: yours is on {format_day(race)}, and the plan counts back from it."
    # To the nearest day of the race's own weekday, so that every other day keeps its weekday too.
    away = (race - goal.day).days
    dated = feed.shifted(away - ((away + 3) % 7 - 3))
    place = feed.events.index(goal)
    planned = dated.events[place]
    if named and planned.day != race:
        note += f" The plan has it on a {weekday_name(planned.day)}."
    first, last = sorted((planned.day, race))
    # The race replaces what the plan has on its day, and between it and a later race of the plan.
    rest = [e for at, e in enumerate(dated.events) if at != place]
    kept = [e for e in rest if e.day != race and not (race < planned.day and first < e.day <= last)]
    left_out = ", ".join(f"{format_day(e.day)} {one_line(e.title, 60)}" for e in rest if e not in kept)
    note += f" Left out for it: {left_out}." if left_out else ""
    events = sorted([*kept, replace(planned, day=race)], key=lambda e: e.day)
    return replace(dated, events=tuple(events)).with_notes([note])


def race_of(feed: Feed) -> Event | None:
    """The race that a plan leads to: its last one."""
    races = [e for e in feed.events if any(r.kind is Kind.RACE for r in read_title(e, feed.units))]
    return races[-1] if races else None
