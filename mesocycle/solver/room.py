"""Whether a week has room for a lift: what windows, runs and rules leave free."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from mesocycle.models.clock import MINUTES_PER_DAY
from mesocycle.solver.calendar import Calendar, DatedRun, Week

# Without the availability rule a lift may start in these hours.
WAKING = (5 * 60, 22 * 60)


def has_room(calendar: Calendar, week: Week, settings: Mapping[str, Any]) -> bool:
    """Whether some day of a week has room for a lift at all."""
    travel = settings.get("blocked_dates")
    blocked = calendar.blocked if travel is not None and travel.hard else frozenset()
    return any(
        end > start
        for day in week.days
        if day not in blocked
        for start, end in _free(calendar, day, settings)
    )


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
