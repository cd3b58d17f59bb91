"""Where the runner wants sessions: pins, days and hours."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from mesocycle.models.clock import WEEKDAYS, format_day, format_time
from mesocycle.models.sessions import Session
from mesocycle.solver.verify.facts import Broken, Facts, Finding, Lift, check, judge, price

if TYPE_CHECKING:
    from mesocycle.solver import rules
    from mesocycle.solver.rules.base import Parameters


@check
def pins(facts: Facts, settings: rules.pins.Parameters) -> Iterator[Finding]:
    """A pinned session takes place on its date, or is on its weekday, at its hour."""
    for pin in facts.instance.scenario.strength.pins:
        for expected in facts.expected:
            first = facts.calendar.weeks[expected.week].monday
            dates = [facts.calendar.date_of(7 * expected.week + day) for day in range(7)]
            if expected.name != pin.session or (pin.date is not None and pin.date not in dates):
                continue
            right = pin.date if pin.date is not None else dates[WEEKDAYS.index(pin.day or "")]
            where = format_day(right) + ("" if pin.start is None else f", {format_time(pin.start)}")
            lift = next((lift for lift in facts.lifts if lift.expected.id == expected.id), None)
            if lift is None and pin.date is not None:
                text = f"{expected.name} is left out; you pinned it to {where}"
                yield judge(settings, text, (first,), 1, "sessions")
            elif lift is not None and (lift.date != right or pin.start not in (None, lift.time)):
                text = f"{lift} at {format_time(lift.time)}: you pinned it to {where}"
                yield judge(settings, text, (lift.date,), 1, "sessions")


@check
def session_days(facts: Facts, settings: rules.session_days.Parameters) -> Iterator[Finding]:
    """A session is on the days that are named for it."""
    for lift, session in _with_sessions(facts):
        if session.days and WEEKDAYS[lift.date.weekday()] not in session.days:
            days = ", ".join(day for day in WEEKDAYS if day in session.days)
            yield _wish(settings, session, f"{lift} is not on the days you named for it ({days})", lift)


@check
def session_times(facts: Facts, settings: rules.session_times.Parameters) -> Iterator[Finding]:
    """A session starts in the hours that are named for it."""
    for lift, session in _with_sessions(facts):
        hours = session.time
        if hours is not None and not hours.start_minute <= lift.time < hours.end_minute:
            text = f"{lift} starts at {format_time(lift.time)}, outside the hours you named for it ({hours})"
            yield _wish(settings, session, text, lift)


def _with_sessions(facts: Facts) -> Iterator[tuple[Lift, Session]]:
    return ((lift, facts.instance.session(lift.expected.session)) for lift in facts.lifts)


def _wish(settings: Parameters, session: Session, text: str, lift: Lift) -> Finding:
    if settings.hard or session.must:
        return Broken(text, (lift.date,))
    return price(settings.weight, text, (lift.date,), 1, "sessions")
