"""How long a lift may be in each week: the longest stretch that windows, runs and rules leave."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from mesocycle.models.clock import MINUTES_PER_DAY
from mesocycle.solver.calendar import Calendar, DatedRun, Week

# Without the availability rule a lift may start in these hours.
WAKING = (5 * 60, 22 * 60)


def room_minutes(calendar: Calendar, week: Week, settings: Mapping[str, Any]) -> int | None:
    """The longest a lift of a week may be; None where no day of it has room at all."""
    duration, travel = settings.get("session_duration"), settings.get("blocked_dates")
    blocked = calendar.blocked if travel is not None and travel.hard else frozenset()
    longest = [
        end - start
        for day in week.days
        if day not in blocked
        for start, end in _free(calendar, day, settings)
        if end > start
    ]
    if not longest:
        return None
    most = duration.most_minutes if duration is not None and duration.hard else MINUTES_PER_DAY
    return min(max(longest), int(most))


def share_of_week(settings: Mapping[str, Any], room: int | None, shortest: int, week: int) -> int | None:
    """The room of one session, where the least sets of all are more than the week's hard minutes.

    Each session then has its part of them, by what its least sets take (`shortest` of `week` minutes).
    """
    rule = settings.get("weekly_lifting_time")
    if rule is None or not rule.hard or week <= rule.most_minutes:
        return room
    mine = int(rule.most_minutes) * shortest // week
    return mine if room is None else min(room, mine)


def _free(calendar: Calendar, day: int, settings: Mapping[str, Any]) -> Iterator[tuple[int, int]]:
    """Free stretches of a day between its runs, in minutes since midnight."""
    window, overlap = settings.get("availability_window"), settings.get("no_overlap_with_run")
    windows: tuple[tuple[int, int], ...] = (WAKING,)
    margin = change = 0
    if window is not None and window.hard:
        windows, margin = calendar.windows[day], window.travel_minutes
    runs: tuple[DatedRun, ...] = ()
    if overlap is not None and overlap.hard:
        runs, change = calendar.runs_on(day), overlap.transition_minutes
    midnight = day * MINUTES_PER_DAY
    for start, end in windows:
        start, end = start + margin, end - margin
        for run in runs:
            yield start, min(end, run.start - midnight - change)
            start = max(start, run.end - midnight + change)
        yield start, end
