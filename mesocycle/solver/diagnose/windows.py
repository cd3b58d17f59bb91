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
from mesocycle.solver.diagnose.relaxations import Cases, Knob, Level
from mesocycle.solver.diagnose.week_range import Stretch
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
    """Options that the windows of a stretch close, with their hours on their day, travel included."""

    scenario: Scenario
    closed: Ints
    day: Ints
    start: Ints
    end: Ints
    usual: Window | None


def window_knobs(scenario: Scenario, stretch: Stretch, alone: bool) -> Iterator[Knob]:
    """Windows of the stretch's days: later ends, earlier starts, and a window where there is none.

    `alone` tells that no other weeks fail alike: then the window of one date may be enough.
    """
    settings = stretch.problem.settings.availability_window
    parts = [
        case.options for rule, case in stretch.grounded.cases if rule == RULE and isinstance(case, Close)
    ]
    if settings is None or not parts:
        return
    calendar, options = stretch.problem.calendar, stretch.problem.options
    days = [day for week in stretch.weeks for day in calendar.weeks[week].days if day not in calendar.blocked]
    closed = np.concatenate(parts)
    midnight = options.day[closed] * MINUTES_PER_DAY
    free = _Free(
        scenario=scenario,
        closed=closed,
        day=options.day[closed],
        start=options.start[closed] - midnight - settings.travel_minutes,
        end=options.end[closed] - midnight + settings.travel_minutes,
        usual=_usual_window(stretch),
    )
    dated = [day for day in days if calendar.date_of(day) in scenario.athlete.availability]
    for weekday in range(7):
        mine = [day for day in days if day % 7 == weekday and day not in dated]
        if mine:
            yield from _of_key(free, WEEKDAYS[weekday], mine, calendar.windows[mine[0]])
    # One date is a smaller change than a weekday, where the trouble is short.
    single = days if alone and len(days) <= MOST_DATES < len(calendar.windows) else dated
    for day in single if scenario.athlete.availability else ():
        yield from _of_key(free, calendar.date_of(day), [day], calendar.windows[day])


def _usual_window(stretch: Stretch) -> Window | None:
    """The window that most days of the block have, the longer one among equals."""
    counts = Counter(window for windows in stretch.problem.calendar.windows for window in windows)
    return min(counts, key=lambda w: (-counts[w], w.start_minute - w.end_minute, w), default=None)


def _of_key(free: _Free, key: str | date, days: list[int], windows: tuple[Window, ...]) -> Iterator[Knob]:
    """The knobs of one key of `athlete.availability`, which speaks of these days."""
    mine = np.isin(free.day, days)
    if not mine.any():
        return
    if not windows and free.usual is not None:
        # The usual hours first, then any hour of a day that is free all day.
        ways = (free.usual, _around(free.usual))
        new = [
            _level(free, key, [way], NEW_WINDOW_STEPS + 4 * at, f"{_name(key)} free from {_hours(way)}")
            for at, way in enumerate(ways)
        ]
        fits = [mine & (free.start >= way.start_minute) & (free.end <= way.end_minute) for way in ways]
        yield _knob(free, key, new, np.select(fits, [1, 2], NEVER))
    for at, window in enumerate(windows):
        floor = windows[at - 1].end_minute if at else min(WAKING[0], window.start_minute)
        roof = windows[at + 1].start_minute if at + 1 < len(windows) else max(WAKING[1], window.end_minute)
        for side in ("end", "start"):
            levels: list[Level] = []
            for minutes in WIDER_MINUTES:
                wider = _wider(window, side, minutes)
                if wider.end_minute > roof or wider.start_minute < floor:
                    break
                moved, was = (getattr(w, f"{side}_minute") for w in (wider, window))
                word = "until" if side == "end" else "from"
                text = f"{_name(key)} free {word} {format_time(moved)} instead of {format_time(was)}"
                every = [*windows[:at], wider, *windows[at + 1 :]]
                levels.append(_level(free, key, every, minutes // 15 + isinstance(key, str), text))
            if levels:
                beyond, inside = (
                    (free.end - window.end_minute, free.start >= window.start_minute)
                    if side == "end"
                    else (window.start_minute - free.start, free.end <= window.end_minute)
                )
                level = 1 + np.searchsorted(WIDER_MINUTES, beyond)
                yield _knob(free, key, levels, np.where(mine & inside, level, NEVER))


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


def _knob(free: _Free, key: str | date, levels: list[Level], need: Ints) -> Knob:
    known = free.scenario.athlete.availability
    path: Path = ("athlete", "availability", str(key)) if known else ("athlete", "availability")
    before = [str(window) for window in known[key]] if key in known else None

    def cases(level: int) -> Cases:
        return ((RULE, closed(free.closed[need > level + 1])),)

    return Knob(RULE, path, before, (RULE,), tuple(levels), cases)
