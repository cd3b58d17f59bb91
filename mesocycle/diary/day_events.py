"""From what a runner says of days to an event: illness, absence, and when a lift may happen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Literal

from mesocycle.diary.days import stretch_of
from mesocycle.diary.now import Now
from mesocycle.diary.settle import day_meant, made
from mesocycle.files.safe_text import shown
from mesocycle.models.clock import Window, format_day, parse_window
from mesocycle.models.errors import BlockError
from mesocycle.models.felt import Soreness, Wellness
from mesocycle.models.happened import Available, Away, Sick

KINDS: dict[str, Callable[..., Sick | Away]] = {"sick": partial(made, Sick), "away": partial(made, Away)}


def absent(
    now: Now, kind: Literal["sick", "away"], days: str, runs: Literal["keep", "drop"], note: str = ""
) -> Sick | Away:
    """Days of illness or absence.

    Raises
    ------
    BlockError
        If the days cannot be read, or overlap others of the kind that begin elsewhere.
    """
    try:
        # Illness is recorded when it is there, absence before it comes.
        first, last = stretch_of(days, now.today, "past" if kind == "sick" else "future")
    except ValueError as error:
        raise BlockError(str(error)) from None
    event: Sick | Away = KINDS[kind](first=first, last=last, runs=runs, note=note)
    for other in now.state.absences:
        before, after = last is not None and last < other.first, other.last is not None and other.last < first
        if other.kind == kind and other.first != first and not before and not after:
            number = now.state.in_force[other.key].number
            raise BlockError(
                f"{kind} from {format_day(other.first)} on is recorded already",
                f"change that one: `mesocycle {kind} {other.first}..{last or ''}`, "
                f"or take it back: `mesocycle undo {number}`",
            )
    return event


def available(now: Now, day: str, windows: Sequence[str]) -> Available:
    """When a lift may happen on a day; never, without windows.

    Raises
    ------
    BlockError
        If the day or a window cannot be read.
    """
    read: list[Window] = []
    for text in windows:
        try:
            read.append(parse_window(text))
        except ValueError as error:
            raise BlockError(f"{shown(text)}: {error}") from None
    return made(Available, date=day_meant(day, now, "future"), windows=tuple(sorted(read)))


def sore(now: Now, site: str, level: int, on: str | None) -> Soreness:
    """How sore a site is.

    Raises
    ------
    BlockError
        If the day cannot be read or is still to come, or a value does not fit.
    """
    return made(Soreness, date=_day_felt(now, on), site=site, level=level)


def wellness(
    now: Now, sleep: float | None = None, fatigue: int | None = None, on: str | None = None
) -> Wellness:
    """Sleep and fatigue; what is left out stays as it was told of that day.

    Raises
    ------
    BlockError
        If nothing is said, the day cannot be read or is still to come, or a value does not fit.
    """
    if sleep is None and fatigue is None:
        raise BlockError("what is to be recorded?", "name --sleep, --fatigue, or both")
    day = _day_felt(now, on)
    told = next((event for event in now.state.wellness if event.date == day), None)
    if told is not None:
        sleep = told.sleep_hours if sleep is None else sleep
        fatigue = told.fatigue if fatigue is None else fatigue
    return made(Wellness, date=day, sleep_hours=sleep, fatigue=fatigue)


def _day_felt(now: Now, on: str | None) -> date:
    day = now.today if on is None else day_meant(on, now, "past")
    if day > now.today:
        raise BlockError(f"{format_day(day)} is still to come")
    return day
