"""Core, plyo and mobility beside the lifts."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from mesocycle.models.clock import format_day
from mesocycle.models.sessions import Kind
from mesocycle.solver.verify.facts import Broken, Facts, Finding, apart, check, judge, price

if TYPE_CHECKING:
    from mesocycle.solver import rules


# What is left out costs so many times the weight.
LEFT_OUT = 3


@check
def small_sessions(facts: Facts, settings: rules.small_sessions.Parameters) -> Iterator[Finding]:
    """On days without key run and lift, spread among their own kind, none left out."""
    yield from _on_full_days(facts, settings)
    yield from _near_their_like(facts, settings)
    for session in facts.left_out:
        if session.kind is Kind.LIFT:
            continue
        date = facts.first_date(session.week)
        text = f"{session.name} of the week from {format_day(date)} is left out"
        if settings.hard:
            yield Broken(text, (date,))
        else:
            yield price(LEFT_OUT * settings.weight, text, (date,), 1, "sessions")


def _on_full_days(facts: Facts, settings: rules.small_sessions.Parameters) -> Iterator[Finding]:
    lift_days = {lift.day for lift in facts.lifts if lift.is_lift}
    limit = facts.instance.settings.one_lift_per_day
    alone = settings.hard or (limit is not None and limit.hard and limit.most == 1)
    for lift in facts.small:
        kind = lift.expected.kind
        if lift.day in facts.key_days:
            text = f"{lift}, a {kind} session, is on the day of a key run"
            yield judge(settings, text, (lift.date,), 1, "sessions")
        if alone and lift.day in lift_days:
            text = f"{lift}, a {kind} session, is on the day of a lift"
            yield judge(settings, text, (lift.date,), 1, "sessions")


def _near_their_like(facts: Facts, settings: rules.small_sessions.Parameters) -> Iterator[Finding]:
    ordered = sorted(facts.small, key=lambda lift: (lift.expected.kind, lift.day))
    for kind, group in groupby(ordered, key=lambda lift: lift.expected.kind):
        for first, second in pairwise(group):
            if first.day == second.day:
                yield Broken(f"{apart(first, second)}; one {kind} session a day is the most", (first.date,))
            crowded = _stretches(facts, kind, first.day, second.day)
            if crowded:
                text = f"{apart(first, second)}; {kind} sessions are closer than an even spread"
                yield judge(settings, text, (first.date, second.date), crowded, "crowded stretches")


def _stretches(facts: Facts, kind: str, first: int, second: int) -> int:
    """Stretches of days that hold both of two sessions; how long they are goes by the week they begin in."""
    found = 0
    for day in range(max(facts.calendar.first_day, second - 2), first + 1):
        count = sum(session.kind == kind for session in facts.weeks[day // 7].expected)
        length = min(3, 7 // count) if count else 1
        found += length > 1 and second < day + length <= facts.calendar.last_day + 1
    return found
