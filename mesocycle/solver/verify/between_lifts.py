"""Time between lifts.

Spacing is priced by stretches of days: each stretch of a given length that holds a lift too many costs.
A stretch that holds k + 1 lifts holds k neighbouring pairs, so the checker goes pair by pair and counts the
stretches that hold both: the same sum, and every case names its two lifts.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from mesocycle.models.clock import format_day, format_hours
from mesocycle.solver.verify.facts import Broken, Facts, Finding, Lift, apart, check, judge, plural, price
from mesocycle.solver.verify.wanted import LOADED_DOSE

if TYPE_CHECKING:
    from mesocycle.solver import rules


LONG_GAP_PRICE = 2


@check
def lift_spacing(facts: Facts, settings: rules.lift_spacing.Parameters) -> Iterator[Finding]:
    """Hours between the starts of loaded lifts, and days between loaded and between full ones."""
    loaded = list(facts.loaded)
    hours = round(60 * settings.hard_hours)
    if settings.hard:
        for one, after in pairwise(loaded):
            if after.start - one.start < hours:
                gap = format_hours(after.start - one.start)
                text = f"{after} starts {gap} after {one}; {format_hours(hours)} are the least"
                yield Broken(text, (one.date, after.date))
    if loaded:
        yield from _after_last_lift(facts, settings, loaded[0])
    full = [lift for lift in loaded if lift.full]
    yield from _crowded(settings, loaded, settings.days, "loaded lifts")
    if settings.heavy_days > settings.days:
        yield from _crowded(settings, full, settings.heavy_days, "full doses")


def _crowded(
    settings: rules.lift_spacing.Parameters, lifts: list[Lift], wanted: int, what: str
) -> Iterator[Finding]:
    """Price each neighbouring pair by the days it is short."""
    for one, after in pairwise(lifts):
        short = wanted - (after.day - one.day)
        if short > 0 and wanted > 1:
            text = f"{apart(one, after)}; {plural(wanted, 'day')} are wanted between two {what}"
            yield price(settings.weight, text, (one.date, after.date), short, "days short")


def _after_last_lift(facts: Facts, settings: rules.lift_spacing.Parameters, lift: Lift) -> Iterator[Finding]:
    """Price the first lift by its days from the last one before the block."""
    last = facts.calendar.last_lift_day
    if last is None:
        return
    short = settings.days - (lift.day - last)
    if short > 0 and settings.days > 1:
        before = facts.calendar.date_of(last)
        days = plural(lift.day - last, "day")
        text = f"{lift} is {days} after the last lift on {format_day(before)}; {settings.days} are wanted"
        yield price(settings.weight, text, (before, lift.date), short, "days short")


@check
def even_spacing(facts: Facts, settings: rules.even_spacing.Parameters) -> Iterator[Finding]:
    """Stretches of two or three days, by the lifts wanted in their week, hold one lift at most."""
    wanted = Counter(one.week for one in facts.wanted)
    last_day = facts.calendar.last_day
    for one, after in pairwise(facts.lifts):
        stretches = 0
        for first in range(max(facts.calendar.first_day, after.day - 2), one.day + 1):
            count = wanted[first // 7]
            until = first + (0 if count == 0 else min(3, 7 // count)) - 1
            stretches += after.day <= until <= last_day and until > first
        if stretches:
            text = f"{apart(one, after)}; closer than an even spread"
            yield judge(settings, text, (one.date, after.date), stretches, "crowded stretches")


@check
def max_gap_without_strength(
    facts: Facts, settings: rules.max_gap_without_strength.Parameters
) -> Iterator[Finding]:
    """Stretches of days without leg work, neither tapering nor recovering nor blocked."""
    calendar = facts.calendar
    if not any(one.dose(one.own) >= LOADED_DOSE for one in facts.wanted):
        return
    exempt = sorted(
        day
        for week in calendar.weeks
        for day in week.days
        if week.phase in ("taper", "recovery") or day in calendar.blocked
    )
    loaded = [lift.day for lift in facts.loaded]
    kinds: list[tuple[int, int | None]] = [(settings.days, 1), (settings.long_days, LONG_GAP_PRICE)]
    if settings.hard:
        kinds.append((settings.most_days, None))
    for length, dear in kinds:
        for gap, days in _empty_stretches(facts, settings, loaded, exempt, length):
            said, dates = _gap(facts, loaded, gap)
            if dear is None:
                yield Broken(f"{said}; {length} days are never passed", dates)
            else:
                limit = f"{length} are wanted" if dear == 1 else f"beyond {length} each day costs more"
                yield price(dear * settings.weight, f"{said}; {limit}", dates, days, "days too long")


def _empty_stretches(
    facts: Facts,
    settings: rules.max_gap_without_strength.Parameters,
    loaded: list[int],
    exempt: list[int],
    length: int,
) -> Iterator[tuple[int, int]]:
    """Count the stretches without leg work in each gap; a gap is known by how many lifts lie before it."""
    calendar = facts.calendar
    earliest = calendar.first_day
    # A break that was too long before the block began is not the block's to mend.
    if calendar.last_lift_day is not None and earliest - calendar.last_lift_day <= settings.days:
        earliest = max(calendar.last_lift_day + 1, calendar.first_day - length + 1)
    counts: Counter[int] = Counter()
    for first in range(earliest, calendar.last_day - length + 2):
        after = first + length
        gap = bisect_left(loaded, first)
        if gap < len(loaded) and loaded[gap] < after:
            continue
        at = bisect_left(exempt, first)
        if at == len(exempt) or exempt[at] >= after:
            counts[gap] += 1
    yield from sorted(counts.items())


def _gap(facts: Facts, loaded: list[int], gap: int) -> tuple[str, tuple[date, date]]:
    """Say from when to when a gap reaches: lifts, the last lift before the block, or the block's ends."""
    calendar = facts.calendar
    before = loaded[gap - 1] if gap else calendar.last_lift_day
    after = loaded[gap] if gap < len(loaded) else None
    # At the block's ends a lift just outside is thought of: nothing is known of it.
    first = calendar.first_day - 1 if before is None else before
    last = calendar.last_day + 1 if after is None else after
    dates = (
        calendar.date_of(calendar.first_day if before is None else before),
        calendar.date_of(calendar.last_day if after is None else after),
    )
    start = "the start of the block" if before is None else format_day(dates[0])
    end = "the end of the block" if after is None else format_day(dates[1])
    return f"{last - first} days from {start} to {end} without heavy legs", dates
