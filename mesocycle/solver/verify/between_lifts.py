"""Time between lifts.

Spacing is priced by ranges of days: each range of a given length that holds a lift too many costs. A range
that holds k + 1 lifts holds k neighbouring pairs, so the checker goes pair by pair and counts the ranges that
hold both: the same sum, and every case names its two lifts.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from mesocycle.models.clock import format_day, format_hours
from mesocycle.solver.verify.facts import Broken, Facts, Finding, Lift, apart, check, judge, plural, price
from mesocycle.solver.verify.items import LOADED_DOSE

if TYPE_CHECKING:
    from mesocycle.solver import rules


LONG_GAP_PRICE = 2


@check
def lift_spacing(facts: Facts, settings: rules.lift_spacing.Parameters) -> Iterator[Finding]:
    """Hours between the starts of loaded lifts, and days between loaded and between full ones."""
    minutes = round(60 * settings.hard_hours)
    for first, second in pairwise(facts.loaded) if settings.hard else ():
        if second.start - first.start < minutes:
            gap = format_hours(second.start - first.start)
            text = f"{second} starts {gap} after {first}; {format_hours(minutes)} are the least"
            yield Broken(text, (first.date, second.date))
    yield from _after_last_lift(facts, settings)
    yield from _crowded(settings, facts.loaded, settings.days, "loaded lifts")
    if settings.heavy_days > settings.days:
        full = [lift for lift in facts.loaded if lift.full]
        yield from _crowded(settings, full, settings.heavy_days, "full doses")


def _crowded(
    settings: rules.lift_spacing.Parameters, lifts: Sequence[Lift], days: int, what: str
) -> Iterator[Finding]:
    """Price each neighbouring pair by the days it is short."""
    for first, second in pairwise(lifts):
        short = days - (second.day - first.day)
        if short > 0 and days > 1:
            text = f"{apart(first, second)}; {plural(days, 'day')} are wanted between two {what}"
            yield price(settings.weight, text, (first.date, second.date), short, "days short")


def _after_last_lift(facts: Facts, settings: rules.lift_spacing.Parameters) -> Iterator[Finding]:
    """Price the first loaded lift by its days from the last lift before the block."""
    last = facts.calendar.last_lift_day
    if last is None or not facts.loaded:
        return
    lift = facts.loaded[0]
    short = settings.days - (lift.day - last)
    if short > 0 and settings.days > 1:
        before = facts.calendar.date_of(last)
        days = plural(lift.day - last, "day")
        text = f"{lift} is {days} after the last lift on {format_day(before)}; {settings.days} are wanted"
        yield price(settings.weight, text, (before, lift.date), short, "days short")


@check
def even_spacing(facts: Facts, settings: rules.even_spacing.Parameters) -> Iterator[Finding]:
    """Two or three days in a row, by the sessions of their week, hold one lift at most."""
    last_day = facts.calendar.last_day
    for first, second in pairwise([lift for lift in facts.lifts if lift.is_lift]):
        crowded = 0
        for day in range(max(facts.calendar.first_day, second.day - 2), first.day + 1):
            count = len(facts.weeks[day // 7].without_small.expected)
            until = day + (0 if count == 0 else min(3, 7 // count)) - 1
            crowded += second.day <= until <= last_day and until > day
        if crowded:
            text = f"{apart(first, second)}; closer than an even spread"
            yield judge(settings, text, (first.date, second.date), crowded, "crowded stretches")


@check
def max_gap_without_strength(
    facts: Facts, settings: rules.max_gap_without_strength.Parameters
) -> Iterator[Finding]:
    """Ranges of days without leg work, neither tapering nor recovering nor blocked nor light."""
    kinds: list[tuple[int, int | None]] = [(settings.days, 1), (settings.long_days, LONG_GAP_PRICE)]
    if settings.hard:
        kinds.append((settings.most_days, None))
    for length, factor in kinds:
        for gap, days in _empty_ranges(facts, settings, length):
            text, dates = _gap(facts, gap)
            if factor is None:
                yield Broken(f"{text}; {length} days are never passed", dates)
            else:
                limit = f"{length} are wanted" if factor == 1 else f"beyond {length} each day costs more"
                yield price(factor * settings.weight, f"{text}; {limit}", dates, days, "days too long")


def _empty_ranges(
    facts: Facts, settings: rules.max_gap_without_strength.Parameters, length: int
) -> list[tuple[int, int]]:
    """Count the ranges without leg work in each gap; a gap is known by how many lifts lie before it."""
    calendar = facts.calendar
    loaded = [lift.day for lift in facts.loaded]
    not_empty = {
        day
        for week in calendar.weeks
        for day in week.days
        if week.phase in ("taper", "recovery")
        or day in calendar.blocked
        or all(
            session.dose(session.own) < LOADED_DOSE
            for session in facts.weeks[week.number - 1].without_small.expected
        )
    }.union(loaded)
    earliest = calendar.first_day
    # A break that was too long before the block began is not the block's to mend.
    if calendar.last_lift_day is not None and earliest - calendar.last_lift_day <= settings.days:
        earliest = max(calendar.last_lift_day + 1, calendar.first_day - length + 1)
    counts: Counter[int] = Counter()
    for first in range(earliest, calendar.last_day - length + 2):
        if not_empty.isdisjoint(range(first, first + length)):
            counts[bisect_left(loaded, first)] += 1
    return sorted(counts.items())


def _gap(facts: Facts, gap: int) -> tuple[str, tuple[date, date]]:
    """Say from when to when a gap reaches: lifts, the last lift before the block, or the block's ends."""
    calendar, loaded = facts.calendar, facts.loaded
    before = loaded[gap - 1].day if gap else calendar.last_lift_day
    after = loaded[gap].day if gap < len(loaded) else None
    # Nothing is known beyond the block's ends: the gap is counted as if a lift lay just outside.
    first = calendar.first_day - 1 if before is None else before
    last = calendar.last_day + 1 if after is None else after
    dates = (
        calendar.date_of(calendar.first_day if before is None else before),
        calendar.date_of(calendar.last_day if after is None else after),
    )
    start = "the start of the block" if before is None else format_day(dates[0])
    end = "the end of the block" if after is None else format_day(dates[1])
    return f"{last - first} days from {start} to {end} without heavy legs", dates
