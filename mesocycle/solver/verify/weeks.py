"""Sets through the block: mileage, taper, lighter weeks, and growth from week to week."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from mesocycle.solver.verify.facts import Facts, Finding, check, judge, plural, price
from mesocycle.solver.verify.shares import deload_shares, early_shares, mileage_shares, taper_shares

if TYPE_CHECKING:
    from mesocycle.solver import rules
    from mesocycle.solver.rules.base import Parameters


# Sets above a lighter week's share are dearer than the sets that its pattern gives up.
DELOAD_SOFT_PRICE = 4
# Training weeks among which the one that leg sets are compared with is looked for.
JUMP_LOOK_BACK = 4


def _above(
    facts: Facts, settings: Parameters, weight: int, shares: list[Fraction], why: str
) -> Iterator[Finding]:
    """Price sets above a rule's own share where the rule is soft; where it is hard none can be planned."""
    if settings.hard:
        return
    for lift in facts.lifts:
        share = shares[lift.wanted.week]
        pairs = zip(lift.wanted.items, lift.sets, strict=True)
        over = sum(max(0, done - item.allowed(share)) for item, done in pairs)
        if over:
            text = f"{lift} has {plural(over, 'set')} more than {why} allows"
            yield price(weight, text, (lift.date,), over, "sets over")


@check
def set_trim_by_mileage(facts: Facts, settings: rules.set_trim_by_mileage.Parameters) -> Iterator[Finding]:
    """Sets above what the week's mileage allows."""
    shares = mileage_shares(facts.calendar, settings)
    yield from _above(facts, settings, settings.weight, shares, "the week's mileage")


@check
def taper_before_race(facts: Facts, settings: rules.taper_before_race.Parameters) -> Iterator[Finding]:
    """Sets above what the taper allows."""
    yield from _above(facts, settings, settings.weight, taper_shares(facts.calendar, settings), "the taper")


@check
def deload_weeks(facts: Facts, settings: rules.deload_weeks.Parameters) -> Iterator[Finding]:
    """Sets given up for the chosen pattern of lighter weeks, and sets above it."""
    lost = dict.fromkeys(sorted(facts.deloads) if facts.deloads_chosen else (), 0)
    for one in facts.wanted:
        if one.week in lost:
            share = facts.shares[one.week].undeloaded
            lost[one.week] += sum(
                item.allowed(share) - own for item, own in zip(one.items, one.own, strict=True)
            )
    for index, sets in lost.items():
        week = facts.calendar.weeks[index]
        text = f"week {week.number} gives up {plural(sets, 'set')} as a lighter week"
        yield price(settings.weight, text, (facts.first_date(week),), sets, "sets")
    shares = deload_shares(facts.calendar, settings, facts.deloads)
    yield from _above(facts, settings, DELOAD_SOFT_PRICE * settings.weight, shares, "a lighter week")


@check
def block_early_emphasis(facts: Facts, settings: rules.block_early_emphasis.Parameters) -> Iterator[Finding]:
    """Sets above what a build week keeps."""
    yield from _above(
        facts, settings, settings.weight, early_shares(facts.calendar, settings), "a build week"
    )


@check
def ramp_limits(facts: Facts, settings: rules.ramp_limits.Parameters) -> Iterator[Finding]:
    """Leg sets grow in steps from one training week to the next."""
    training = [
        week
        for week in facts.calendar.weeks
        if week.number - 1 not in facts.deloads | facts.race_weeks
        and week.phase not in ("taper", "recovery")
        and week.last_day - week.first_day == 6
    ]
    wanted, lifts = facts.wanted_by_week(), facts.lifts_by_week()
    done = [sum(lift.leg_sets for lift in week) for week in lifts]
    room = [sum(one.leg_sets(one.own) for one in week) for week in wanted]
    for place, week in enumerate(training[1:], start=1):
        recent = training[max(0, place - JUMP_LOOK_BACK) : place]
        before = max(recent, key=lambda earlier: (room[earlier.number - 1], earlier.number))
        jump = max(settings.jump_sets, int(Fraction(str(settings.jump_share)) * room[before.number - 1]))
        grown = done[week.number - 1] - done[before.number - 1]
        if grown > jump:
            text = (
                f"week {week.number} has {plural(grown, 'leg set')} more than week {before.number}; "
                f"{jump} more are allowed"
            )
            dates = (facts.first_date(before), facts.first_date(week))
            yield judge(settings, text, dates, grown - jump, "leg sets over")
