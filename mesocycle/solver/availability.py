"""When there is time: the free windows of a date."""

from __future__ import annotations

from datetime import date

from mesocycle.models.clock import WEEKDAYS, Window
from mesocycle.models.scenario import Scenario

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
