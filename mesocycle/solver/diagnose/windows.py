"""Free windows that may be widened, a day's at a time, and days without one that may get one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from mesocycle.models.clock import MINUTES_PER_DAY, WEEKDAY_NAMES, WEEKDAYS, Window, format_day, format_time
from mesocycle.models.paths import Path
from mesocycle.models.scenario import Scenario
from mesocycle.solver.diagnose.relaxations import Cases, Level, Relaxation
from mesocycle.solver.diagnose.week_range import WeekRange
from mesocycle.solver.instance.availability import DEFAULT_WINDOW, WAKING, free_windows
from mesocycle.solver.placement.slots import Ints
from mesocycle.solver.rules import set_by
from mesocycle.solver.rules.base import Close, closed

(RULE,) = set_by("athlete.availability")
# How much wider a window may get; the steps of a level are its quarters of an hour.
WIDER_MINUTES = range(15, 121, 15)
NEVER = len(WIDER_MINUTES) + 1
NEW_WINDOW_STEPS = 10
# Windows of single dates are named where no more days than these are in question.
MOST_DATES = 14


@dataclass(frozen=True, eq=False)
class _Free:
    """Options that the windows of a week range close, with their hours on their day, travel included."""

    scenario: Scenario
    closed: Ints
    day: Ints
    start: Ints
    end: Ints
    usual: Window | None


def window_relaxations(scenario: Scenario, week_range: WeekRange, alone: bool) -> Iterator[Relaxation]:
    """Windows of the week range's days: later ends, earlier starts, and a window where there is none.

    `alone` means that no other weeks fail alike: then the window of one date may be enough.
    """
    settings = week_range.problem.settings.availability_window
    parts = [
        case.options for rule, case in week_range.grounded.cases if rule == RULE and isinstance(case, Close)
    ]
    if settings is None or not parts:
        return
    calendar, options = week_range.problem.calendar, week_range.problem.options
    days = [
        day for week in week_range.weeks for day in calendar.weeks[week].days if day not in calendar.blocked
    ]
    closed = np.concatenate(parts)
    midnight = options.day[closed] * MINUTES_PER_DAY
    free = _Free(
        scenario=scenario,
        closed=closed,
        day=options.day[closed],
        start=options.start[closed] - midnight - settings.travel_minutes,
        end=options.end[closed] - midnight + settings.travel_minutes,
        usual=_usual_window(week_range),
    )
    dated = [day for day in days if calendar.date_of(day) in scenario.athlete.availability]
    for weekday in range(7):
        alike = [day for day in days if day % 7 == weekday and day not in dated]
        if alike:
            yield from _of_key(free, WEEKDAYS[weekday], alike, calendar.windows[alike[0]])
    # One date is a smaller change than a weekday, where the trouble is short.
    single = days if alone and len(days) <= MOST_DATES < len(calendar.windows) else dated
    for day in single if scenario.athlete.availability else ():
        yield from _of_key(free, calendar.date_of(day), [day], calendar.windows[day])


def _usual_window(week_range: WeekRange) -> Window | None:
    """The window that most days of the block have, the longer one among equals."""
    counts = Counter(window for windows in week_range.problem.calendar.windows for window in windows)
    return min(counts, key=lambda w: (-counts[w], w.start_minute - w.end_minute, w), default=None)


def _of_key(
    free: _Free, key: str | date, days: list[int], windows: tuple[Window, ...]
) -> Iterator[Relaxation]:
    """The relaxations of one key of `athlete.availability`, which speaks of these days."""
    on_days = np.isin(free.day, days)
    if not on_days.any():
        return
    if not windows and free.usual is not None:
        # The usual hours first, then any hour of a day that is free all day.
        new = (free.usual, _around(free.usual))
        levels = [
            _level(free, key, [window], NEW_WINDOW_STEPS + 4 * at, f"{_name(key)} free from {_hours(window)}")
            for at, window in enumerate(new)
        ]
        fits = [on_days & (free.start >= w.start_minute) & (free.end <= w.end_minute) for w in new]
        yield _relaxation(free, key, levels, np.select(fits, [1, 2], NEVER))
    for at, window in enumerate(windows):
        floor = windows[at - 1].end_minute if at else min(WAKING[0], window.start_minute)
        roof = windows[at + 1].start_minute if at + 1 < len(windows) else max(WAKING[1], window.end_minute)
        widest = Window(floor, roof)
        for side in ("end", "start"):
            levels = _wider_levels(free, key, windows, at, side, widest)
            if not levels:
                continue
            if side == "end":
                beyond, inside = free.end - window.end_minute, free.start >= window.start_minute
            else:
                beyond, inside = window.start_minute - free.start, free.end <= window.end_minute
            level = 1 + np.searchsorted(WIDER_MINUTES, beyond)
            yield _relaxation(free, key, levels, np.where(on_days & inside, level, NEVER))


def _wider_levels(
    free: _Free, key: str | date, windows: tuple[Window, ...], at: int, side: str, widest: Window
) -> list[Level]:
    """One window of a key ever wider at one side, as far as its neighbours and the waking hours allow."""
    levels: list[Level] = []
    was, word = getattr(windows[at], f"{side}_minute"), "until" if side == "end" else "from"
    for minutes in WIDER_MINUTES:
        wider = _wider(windows[at], side, minutes)
        if wider.end_minute > widest.end_minute or wider.start_minute < widest.start_minute:
            break
        moved = getattr(wider, f"{side}_minute")
        text = f"{_name(key)} free {word} {format_time(moved)} instead of {format_time(was)}"
        written = [*windows[:at], wider, *windows[at + 1 :]]
        levels.append(_level(free, key, written, minutes // 15 + isinstance(key, str), text))
    return levels


def _around(window: Window) -> Window:
    return Window(
        min(window.start_minute, DEFAULT_WINDOW.start_minute),
        max(window.end_minute, DEFAULT_WINDOW.end_minute),
    )


def _hours(window: Window) -> str:
    return f"{format_time(window.start_minute)} to {format_time(window.end_minute)}"


def _wider(window: Window, side: str, minutes: int) -> Window:
    if side == "end":
        return Window(window.start_minute, window.end_minute + minutes)
    return Window(window.start_minute - minutes, window.end_minute)


def _name(key: str | date) -> str:
    return format_day(key) if isinstance(key, date) else f"{WEEKDAY_NAMES[WEEKDAYS.index(key)]}s"


def _level(free: _Free, key: str | date, windows: list[Window], steps: int, text: str) -> Level:
    written: Any = [str(window) for window in windows]
    if not free.scenario.athlete.availability:
        # The first key that is written would leave all other days without a window.
        everywhere = [str(window) for window in free_windows(free.scenario, free.scenario.start)]
        written = {"weekdays": everywhere, "weekend": everywhere, str(key): written}
    return Level(written, steps, text)


def _relaxation(free: _Free, key: str | date, levels: list[Level], need: Ints) -> Relaxation:
    known = free.scenario.athlete.availability
    path: Path = ("athlete", "availability", str(key)) if known else ("athlete", "availability")
    before = [str(window) for window in known[key]] if key in known else None

    def cases(level: int) -> Cases:
        return ((RULE, closed(free.closed[need > level + 1])),)

    return Relaxation(RULE, path, before, (RULE,), tuple(levels), cases)
