"""What is asked about a plan: which sessions, which other day and hour, which week."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from mesocycle.files.safe_text import shown
from mesocycle.models.clock import (
    DAY_NAMES,
    MINUTES_PER_DAY,
    WEEKDAYS,
    format_day,
    format_time,
    parse_day,
    parse_time,
    parse_weekday,
)
from mesocycle.solver.explain.choices import Choices
from mesocycle.solver.prescription.lifts import Lift


@dataclass(frozen=True)
class Question:
    """A question that makes sense for a plan.

    Attributes
    ----------
    lifts : tuple of Lift
        The sessions that it is about, in their order.
    whole : bool
        Whether they were asked about by name or date: then their sets are told too.
    days : dict of int to int
        By lift, the one day that is asked about; empty for all days.
    minute : int or None
        The minute of that day.
    week : int or None
        The index of the week that is asked about.
    """

    lifts: tuple[Lift, ...]
    whole: bool
    days: dict[int, int]
    minute: int | None
    week: int | None


def question(
    choices: Choices,
    session: str | date | None = None,
    why_not: str | date | None = None,
    week: int | None = None,
) -> Question:
    """Read a question.

    Raises
    ------
    ValueError
        If it names what is not there, or cannot be read: what was read, and what would be right.
    """
    problem = choices.grounded.problem
    count = len(problem.calendar.weeks)
    if week is not None and not 1 <= week <= count:
        raise ValueError(f"there is no week {week}: the block has weeks 1 to {count}")
    lifts = problem.lifts if week is None else [lift for lift in problem.lifts if lift.week == week - 1]
    if session is not None:
        lifts = _sessions(choices, lifts, session)
    if why_not is None:
        return Question(tuple(lifts), session is not None, {}, None, None if week is None else week - 1)
    day, minute = _place(why_not)
    if minute is not None:
        _check_grid(choices, minute)
    days = dict(_days(choices, lifts, day, session is not None))
    if not days:
        where = (
            "the block has no session in a week that holds" if week is None else f"week {week} does not hold"
        )
        raise ValueError(f"{where} {_named(day)}")
    asked = tuple(lift for lift in lifts if lift.index in days)
    return Question(asked, session is not None, days, minute, None)


def _sessions(choices: Choices, lifts: Sequence[Lift], session: str | date) -> list[Lift]:
    """The sessions of an id, of a name, or of a date."""
    placed = {planned.id: planned.date for planned in choices.plan.sessions}
    word = session.strip() if isinstance(session, str) else ""
    named = [lift for lift in lifts if word.casefold() == lift.id.casefold()]
    named = named or [
        lift for lift in lifts if word.casefold() in (lift.name.casefold(), lift.session.casefold())
    ]
    if named:
        return named
    day = session if isinstance(session, date) else _date(word)
    if day is not None:
        found = [lift for lift in lifts if placed.get(lift.id) == day]
        if found:
            return found
        near = sorted(placed.values(), key=lambda other: (abs((other - day).days), other))
        told = f": the nearest is on {format_day(near[0])}" if near else ""
        raise ValueError(f"there is no session on {format_day(day)}{told}")
    close = get_close_matches(word, [lift.id for lift in lifts], 1) or [lift.id for lift in lifts[:1]]
    told = f"; a session's id is written like {close[0]}" if close else ""
    raise ValueError(
        f"there is no session {shown(word)}{told}, a date like {choices.instance.scenario.start}"
    )


def _date(word: str) -> date | None:
    try:
        return parse_day(word)
    except ValueError:
        return None


def _place(why_not: str | date) -> tuple[date | int, int | None]:
    """A date or a weekday (from 0, Monday), and perhaps a minute of the day."""
    if isinstance(why_not, date):
        return why_not, None
    words = why_not.split()
    for count in (len(words), len(words) - 1, len(words) - 2):
        if count < 1:
            break
        day, hour = " ".join(words[:count]), " ".join(words[count:])
        found: date | int | None = _date(day)
        if found is None:
            try:
                found = WEEKDAYS.index(parse_weekday(day))
            except ValueError:
                continue
        return found, parse_time(hour) if hour else None
    raise ValueError(f'{shown(why_not)} is no day: it is written like wed, 2026-09-16 or "wed 18:00"')


def _check_grid(choices: Choices, minute: int) -> None:
    grid = choices.instance.scenario.strength.grid_minutes
    if minute % grid:
        before = minute - minute % grid
        after = format_time((before + grid) % MINUTES_PER_DAY)
        raise ValueError(
            f"sessions start every {grid} minutes (strength.grid_minutes): {format_time(before)} or {after}, "
            f"not {format_time(minute)}"
        )


def _days(choices: Choices, lifts: Sequence[Lift], day: date | int, named: bool) -> Iterator[tuple[int, int]]:
    """By lift the day that is asked about, where it lies in its week and in the block."""
    calendar = choices.grounded.problem.calendar
    for lift in lifts:
        week = calendar.weeks[lift.week]
        asked = 7 * lift.week + day if isinstance(day, int) else (day - calendar.monday).days
        if asked in week.days:
            yield lift.index, asked
        elif named and len(lifts) == 1:
            first, last = (format_day(calendar.date_of(end)) for end in (week.days[0], week.days[-1]))
            raise ValueError(
                f"{lift.id} belongs to week {lift.week + 1}, {first} to {last}: {_named(day)} is not in it"
            )


def _named(day: date | int) -> str:
    return format_day(day) if isinstance(day, date) else DAY_NAMES[day]
