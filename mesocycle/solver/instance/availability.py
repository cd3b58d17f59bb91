"""When there is time: the free windows of a date, and what runs and rules leave of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from mesocycle.models.clock import MINUTES_PER_DAY, WEEKDAYS, Window
from mesocycle.models.scenario import Scenario
from mesocycle.solver.instance.dated_runs import DatedRun

if TYPE_CHECKING:
    from mesocycle.solver.instance.calendar import Calendar, Week
    from mesocycle.solver.rules import RuleSettings

DEFAULT_WINDOW = Window(6 * 60, 21 * 60)


def free_windows(scenario: Scenario, day: date) -> tuple[Window, ...]:
    """Free windows of a date, in order and merged where they touch; the most specific key wins."""
    free = scenario.athlete.availability
    if not free:
        return (DEFAULT_WINDOW,)
    for key in (day, WEEKDAYS[day.weekday()], "weekend" if day.weekday() >= 5 else "weekdays"):
        if key in free:
            return _merged(free[key])
    return ()


def _merged(windows: tuple[Window, ...]) -> tuple[Window, ...]:
    merged: list[Window] = []
    for window in sorted(windows):
        if merged and window.start_minute <= merged[-1].end_minute:
            merged[-1] = Window(merged[-1].start_minute, max(merged[-1].end_minute, window.end_minute))
        else:
            merged.append(window)
    return tuple(merged)


# Without the availability rule a lift may start in these hours.
WAKING = (5 * 60, 22 * 60)


def has_room(calendar: Calendar, week: Week, settings: RuleSettings) -> bool:
    """Whether some day of a week has room for a lift at all."""
    return any(may_lift(calendar, day, settings) for day in week.days)


def may_lift(calendar: Calendar, day: int, settings: RuleSettings) -> bool:
    """Whether a day has room for a lift at all."""
    travel = settings.blocked_dates
    if travel is not None and travel.hard and day in calendar.blocked:
        return False
    return any(end > start for start, end in _free(calendar, day, settings))


def _free(calendar: Calendar, day: int, settings: RuleSettings) -> Iterator[tuple[int, int]]:
    """Free times of a day between its runs, in minutes since midnight."""
    window, overlap = settings.availability_window, settings.no_overlap_with_run
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
