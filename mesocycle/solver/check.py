"""What is wrong with a scenario beyond what it can tell itself: exercises, rules, dated runs, room."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from fractions import Fraction

from mesocycle.files.library import exercises, programs
from mesocycle.models.clock import MINUTES_PER_DAY, WEEKDAYS, format_day, format_time
from mesocycle.models.errors import Problem
from mesocycle.models.scenario import Scenario
from mesocycle.solver.calendar import Calendar, build_calendar
from mesocycle.solver.ladder import build_ladder, session_items
from mesocycle.solver.lifts import sessions_of, wanted_per_week
from mesocycle.solver.settings import resolve, setting_problems


def problems(scenario: Scenario) -> Iterator[Problem]:
    """Yield everything wrong; what needs sound exercises and rules only if those are."""
    calendar = build_calendar(scenario)
    found = [*setting_problems(scenario), *_content(scenario), *_overlaps(scenario, calendar)]
    yield from found
    if not found:
        yield from _room(scenario, calendar)


def _content(scenario: Scenario) -> Iterator[Problem]:
    known = exercises()
    strength = scenario.strength
    if not strength.sessions and strength.program not in programs():
        yield Problem(
            ("strength", "program"),
            "there is no program of this name",
            strength.program,
            _near(strength.program, programs()),
        )
    for at, session in enumerate(strength.sessions):
        for index, entry in enumerate(session.exercises):
            if entry.exercise not in known:
                path = ("strength", "sessions", at, "exercises", index, "exercise")
                yield Problem(
                    path, "the library has no such exercise", entry.exercise, _near(entry.exercise, known)
                )
    for index, name in enumerate(scenario.history.familiar or ()):
        if name not in known:
            yield Problem(
                ("history", "familiar", index), "the library has no such exercise", name, _near(name, known)
            )


def _near(name: str, known: Iterable[str]) -> str:
    names = list(known)
    near = difflib.get_close_matches(name, names, n=3, cutoff=0.5)
    return f"did you mean {', '.join(near)}?" if near else f"one of {', '.join(names[:8])} ..."


def _overlaps(scenario: Scenario, calendar: Calendar) -> Iterator[Problem]:
    seen: set[tuple[str | int, ...]] = set()
    before = None
    for after in calendar.runs:
        before, earlier = (after if before is None or after.end > before.end else before), before
        if earlier is None or after.start >= earlier.end:
            continue
        exception = after.date in scenario.runs.dates
        path = ("runs", "dates", str(after.date)) if exception else ("runs", "week", WEEKDAYS[after.day % 7])
        if path not in seen:
            seen.add(path)
            yield Problem(
                path,
                f"two runs overlap on {format_day(after.date)}: one from {format_time(earlier.start)} to "
                f"{format_time(earlier.end)}, the next starts at {format_time(after.start)}",
                remedy="move one, or shorten it; runs grow with `weekly_distance`",
            )


def _room(scenario: Scenario, calendar: Calendar) -> Iterator[Problem]:
    """Every session, at its shortest, fits some window of some day, and the longest that is allowed."""
    if not sum(wanted_per_week(scenario, calendar)):
        return
    settings = resolve(scenario)
    free = settings.get("availability_window")
    duration = settings.get("session_duration")
    travel = settings.get("blocked_dates")
    blocked = calendar.blocked if travel is not None and travel.hard else frozenset()
    days = [day for day in range(calendar.first_day, calendar.last_day + 1) if day not in blocked]
    if not days:  # no lift can take place, and none has to: nothing needs room
        return
    longest = max((w.end_minute - w.start_minute for day in days for w in calendar.windows[day]), default=0)
    if not longest and free and free.hard:
        where = ("athlete", "availability")
        yield Problem(where, "no day of the block has a free window", remedy="write when a lift may happen")
        return
    longest = longest - 2 * free.travel_minutes if free and free.hard else MINUTES_PER_DAY
    own = bool(scenario.strength.sessions)
    for at, session in enumerate(sessions_of(scenario)):
        items = session_items(session, dict(exercises()), frozenset())
        shortest = min(rung.minutes for rung in build_ladder(items, (Fraction(1), Fraction(0))))
        path = ("strength", "sessions", at) if own else ("strength", "program")
        if shortest > longest:
            yield Problem(
                path,
                f"session {session.name} takes at least {shortest} min, "
                f"the longest free window has {longest} min",
                remedy="shorten the session, or widen athlete.availability",
            )
        elif duration is not None and duration.hard and shortest > duration.most_minutes:
            yield Problem(
                path,
                f"session {session.name} takes at least {shortest} min, "
                f"session_duration allows {duration.most_minutes}",
                remedy="shorten the session, or raise rules.session_duration.most_minutes",
            )
