"""What is meant: which session, which run, which day. Settled once, when an event is written."""

from __future__ import annotations

from datetime import date, timedelta
from difflib import get_close_matches
from typing import Any, TypeVar

from pydantic import ValidationError

from mesocycle.diary.days import FORM, Towards, day_of, names_a_day
from mesocycle.diary.now import Now
from mesocycle.files.safe_text import shown
from mesocycle.models.clock import WEEKDAYS, format_day, format_time, parse_time, parse_weekday
from mesocycle.models.errors import BlockError
from mesocycle.models.living import LiftNow, RunNow
from mesocycle.models.plan import session_id
from mesocycle.models.scenario import Scenario
from mesocycle.models.training import Part

MOST_LISTED = 6
Made = TypeVar("Made", bound=Part)


def day_meant(word: str, now: Now, towards: Towards) -> date:
    """A day.

    Raises
    ------
    BlockError
        If it is none.
    """
    try:
        return day_of(word, now.today, towards)
    except ValueError as error:
        raise BlockError(str(error)) from None


def day_of_week_meant(word: str, lift: LiftNow, now: Now) -> date:
    """A day for a lift: a weekday is that of its own week, or the next one where that has passed.

    Raises
    ------
    BlockError
        If it is none.
    """
    day = day_meant(word, now, "future")
    try:
        weekday = WEEKDAYS.index(parse_weekday(word))
    except ValueError:
        return day
    own = now.first_monday + timedelta(weeks=lift.week - 1, days=weekday)
    return own if own >= now.today else day


def lift_meant(word: str | None, now: Now, towards: Towards) -> LiftNow:
    """The planned session that is meant by an id, a name, a day, or nothing: today's.

    Raises
    ------
    BlockError
        If there is none, or more than one.
    """
    if word is None:
        return _of_day(now.today, now, "today")
    named = _by_name(word, now)
    if named is not None:
        return named
    if names_a_day(word, now.today):
        day = day_of(word, now.today, towards)
        return _of_day(day, now, f"on {format_day(day)}")
    raise BlockError(f"there is no session {shown(word)}", _near(word, now))


def asked_about(word: str | None, now: Now) -> str | None:
    """The id of the session that a question is about: today's or the next one where none is named.

    Raises
    ------
    BlockError
        If there is none of that name, or more than one.
    """
    if word is not None:
        return lift_meant(word, now, "future").id
    lifts = [lift for lift in now.lifts if lift.card is not None]
    ahead = [lift for lift in lifts if not now.is_past(lift.date, lift.start)] or lifts[-1:]
    return ahead[0].id if ahead else None


def _by_name(word: str, now: Now) -> LiftNow | None:
    """By its id, or by its name, which means that of this week."""
    text = word.strip().lower()
    found = next((lift for lift in now.lifts if lift.id is not None and lift.id.lower() == text), None)
    if found is not None:
        return found
    named = [lift for lift in now.lifts if lift.id is not None and lift.session.lower() == text]
    if not named:
        return None
    week = now.week_of(now.today)
    here = [lift for lift in named if lift.week == week]
    if len(here) == 1:
        return here[0]
    if here:
        raise BlockError(f"week {week} has {shown(word)} more than once", _listed(here))
    raise BlockError(f"this week has no {shown(word)}", f"name it by its id: {_listed(named)}")


def _of_day(day: date, now: Now, when: str) -> LiftNow:
    there = [lift for lift in now.lifts if lift.date == day and lift.id is not None]
    left = [lift for lift in there if lift.status in ("planned", "assumed")] or there
    if len(left) == 1:
        return left[0]
    if left:
        raise BlockError(f"there is more than one lift {when}", f"name it: {_listed(left)}")
    raise BlockError(f"there is no lift {when}", _what_instead(now))


def _what_instead(now: Now) -> str:
    ahead = next((lift for lift in now.lifts if lift.status == "planned" and lift.date > now.today), None)
    told = "" if ahead is None else f"the next is {ahead.id} on {format_day(ahead.date)}; "
    return (
        f"{told}a lift on another day is named by its session or its day, one beside the plan with --as none"
    )


def _near(word: str, now: Now) -> str:
    ids = [lift.id for lift in now.lifts if lift.id is not None]
    near = get_close_matches(word, [*ids, *(lift.session for lift in now.lifts)], 2) or ids[:1]
    told = f"did you mean {' or '.join(dict.fromkeys(near))}? " if near else ""
    return f"{told}a session is named by its id or its name; {FORM}"


def _listed(lifts: list[LiftNow]) -> str:
    told = [f"{lift.id} ({format_day(lift.date)} {format_time(lift.start)})" for lift in lifts[:MOST_LISTED]]
    return ", ".join(told) + ", ..." * (len(lifts) > MOST_LISTED)


def session_settled(word: str, day: date, now: Now) -> str | None:
    """The session that a lift on a day stands for: by id or by name, of the day's week; None for "none".

    Raises
    ------
    BlockError
        If there is no such session.
    """
    text = word.strip().lower()
    if text == "none":
        return None
    exact = next((name for name in now.planned if name.lower() == text), None)
    if exact is not None:
        return exact
    week = now.week_of(day)
    names = dict.fromkeys(one.session for one in now.planned.values())
    name = next((name for name in names if name.lower() == text), None)
    if name is None or week is None:
        raise BlockError(f"there is no session {shown(word)}", _near(word, now))
    return session_id(week, name)


def run_meant(word: str, now: Now, towards: Towards) -> RunNow:
    """The planned run that is meant by its id ("2026-09-15#2"), or by its day.

    Raises
    ------
    BlockError
        If there is none, or more than one.
    """
    head, mark, _ = word.strip().partition("#")
    day = day_meant(head, now, towards)
    planned = [one for one in now.runs if one.id is not None]
    if mark:
        asked = f"{day}#{word.strip().partition('#')[2]}"
        there = [one for one in planned if one.id == asked]
    else:
        there = [one for one in planned if one.id is not None and one.id.startswith(f"{day}#")]
        there = there or [one for one in planned if one.run.date == day]
    if len(there) == 1:
        return there[0]
    if there:
        told = ", ".join(f"{one.id} ({format_time(one.run.start)} {one.run.type})" for one in there)
        raise BlockError(f"{format_day(day)} has more than one run", f"name it: {told}")
    raise BlockError(f"there is no planned run on {format_day(day)}")


def time_meant(text: str) -> int:
    """A time of day, in minutes.

    Raises
    ------
    BlockError
        If it is none.
    """
    try:
        return parse_time(text)
    except ValueError as error:
        raise BlockError(f"{shown(text)}: {error}") from None


def made(kind: type[Made], **facts: Any) -> Made:
    """An event, or a part of one.

    Raises
    ------
    BlockError
        If a value does not fit into it.
    """
    try:
        return kind(**facts)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(map(str, first["loc"])) or kind.__name__
        raise BlockError(f"{where}: {shown(first['input'])}: {first['msg']}") from None


def keep_frame(before: Scenario, changed: Scenario) -> None:
    """Refuse a scenario whose block begins on another day, has other weeks or another unit of weights.

    Raises
    ------
    BlockError
        If it does.
    """
    if (changed.start, changed.week_count) != (before.start, before.week_count):
        raise BlockError(
            f"the block begins on {before.start} and has {before.week_count} weeks",
            "both stay as they are; another block begins with `mesocycle start`",
        )
    unit = before.strength.weights.unit
    if changed.strength.weights.unit != unit:
        raise BlockError(f"the block's weights are in {unit}", "the unit stays as it is")
