"""How much is lifted: sessions, sets and minutes of a week, and sets through the block."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from mesocycle.models.sessions import Kind
from mesocycle.solver.verify.expected import has_room
from mesocycle.solver.verify.facts import Broken, Facts, Finding, WeekFacts, check, judge, plural, price
from mesocycle.solver.verify.loads import exact
from mesocycle.solver.verify.shares import FULL, deload_shares, early_shares, mileage_shares, taper_shares

if TYPE_CHECKING:
    from mesocycle.solver import rules
    from mesocycle.solver.rules.base import Parameters


# Sets above a lighter week's share are dearer than the sets that its pattern gives up.
DELOAD_SOFT_PRICE = 4
# Training weeks among which the one that leg sets are compared with is looked for.
JUMP_LOOK_BACK = 4


@check
def sessions_per_week(facts: Facts, settings: rules.sessions_per_week.Parameters) -> Iterator[Finding]:
    """The least number takes place each week; what is left out costs."""
    for index, in_week in enumerate(week.without_small for week in facts.weeks):
        expected, count = len(in_week.expected), len(in_week.lifts)
        exempt = 0 if _is_exempt(facts, in_week) else min(settings.minimum, expected)
        least = expected if settings.hard else exempt
        if count < least:
            text = f"week {index + 1} has {plural(count, 'lift')}; {least} must take place"
            # Never priced: where the rule is soft the least number still holds.
            yield Broken(text, (facts.first_date(index),))
    for session in () if settings.hard else facts.left_out:
        if session.kind is not Kind.LIFT:
            continue
        text = f"{session.name} of week {session.week + 1} is left out"
        yield price(settings.weight, text, (facts.first_date(session.week),), 1, "lifts")


def _is_exempt(facts: Facts, in_week: WeekFacts) -> bool:
    week, calendar = in_week.week, facts.calendar
    return (
        week.phase in ("taper", "recovery")
        or not calendar.race_weeks.isdisjoint((week.number - 1, week.number - 2))
        or len(week.days) < 7
        or sum(day in calendar.blocked for day in week.days) >= 4
    )


@check
def planned_sets(facts: Facts, settings: rules.planned_sets.Parameters) -> Iterator[Finding]:
    """The sets that the week allows are done; a session left out is short of them all."""
    for lift in facts.lifts:
        units = lift.expected.short(lift.sets)
        if units:
            missing = sum(max(0, own - done) for own, done in zip(lift.expected.own, lift.sets, strict=True))
            text = f"{lift} is {plural(missing, 'set')} short of what the week allows"
            yield judge(settings, text, (lift.date,), units, "sets by what they are worth")
    for session in facts.left_out:
        sets = plural(sum(session.own), "set")
        text = f"{session.name} of week {session.week + 1} is left out with {sets}"
        dates = (facts.first_date(session.week),)
        worth = session.short((0,) * len(session.items))
        yield price(settings.weight, text, dates, worth, "sets by what they are worth")


@check
def session_duration(facts: Facts, settings: rules.session_duration.Parameters) -> Iterator[Finding]:
    """A session is never too long, and better neither short nor long."""
    for lift in filter(lambda lift: lift.is_lift, facts.lifts):
        minutes = lift.minutes
        if settings.hard and minutes > settings.most_minutes:
            text = f"{lift} takes {minutes} min; {settings.most_minutes} are the most"
            yield Broken(text, (lift.date,))
        # A session that the week itself makes short is not blamed for it.
        whole = lift.expected.minutes(lift.expected.own)
        least = min(settings.least_minutes, whole)
        if settings.hard and minutes < least:
            yield Broken(f"{lift} takes {minutes} min; {least} are the least", (lift.date,))
        short = min(settings.short_minutes, whole)
        outside = max(short - minutes, minutes - settings.long_minutes)
        if outside > 0:
            text = f"{lift} takes {minutes} min; {short} to {settings.long_minutes} are wanted"
            yield price(settings.weight, text, (lift.date,), outside, "min outside", per=5)


@check
def weekly_lifting_time(facts: Facts, settings: rules.weekly_lifting_time.Parameters) -> Iterator[Finding]:
    """Minutes of a week lie between the least and the most; the least holds in full, untrimmed weeks."""
    for index, (week, sessions, lifts) in enumerate(week.without_small for week in facts.weeks):
        minutes = sum(lift.minutes for lift in lifts)
        dates = (facts.first_date(index),)
        if minutes > settings.most_minutes:
            text = f"week {week.number} holds {minutes} min of lifting; {settings.most_minutes} are the most"
            yield judge(settings, text, dates, minutes - settings.most_minutes, "min over")
        whole = len(sessions) >= 2 and len(week.days) == 7 and facts.shares[index].own == FULL
        if whole and minutes < settings.least_minutes:
            text = f"week {week.number} holds {minutes} min of lifting; {settings.least_minutes} are wanted"
            yield judge(settings, text, dates, settings.least_minutes - minutes, "min short")


def _above(
    facts: Facts, settings: Parameters, shares: list[Fraction], why: str, factor: int = 1
) -> Iterator[Finding]:
    """Price sets above a rule's own share where the rule is soft; where it is hard none can be planned."""
    if settings.hard:
        return
    for lift in facts.lifts:
        tops = lift.expected.allowed(shares[lift.expected.week])
        over = sum(max(0, count - top) for count, top in zip(lift.sets, tops, strict=True))
        if over:
            text = f"{lift} has {plural(over, 'set')} more than {why} allows"
            yield price(factor * settings.weight, text, (lift.date,), over, "sets over")


@check
def set_trim_by_mileage(facts: Facts, settings: rules.set_trim_by_mileage.Parameters) -> Iterator[Finding]:
    """Sets above what the week's mileage allows."""
    return _above(facts, settings, mileage_shares(facts.calendar, settings), "the week's mileage")


@check
def taper_before_race(facts: Facts, settings: rules.taper_before_race.Parameters) -> Iterator[Finding]:
    """Sets above what the taper allows."""
    return _above(facts, settings, taper_shares(facts.calendar, settings), "the taper")


@check
def block_early_emphasis(facts: Facts, settings: rules.block_early_emphasis.Parameters) -> Iterator[Finding]:
    """Sets above what a build week keeps."""
    return _above(facts, settings, early_shares(facts.calendar, settings), "a build week")


@check
def deload_weeks(facts: Facts, settings: rules.deload_weeks.Parameters) -> Iterator[Finding]:
    """Sets given up for the chosen pattern of lighter weeks, and sets above it."""
    races = facts.calendar.minor_race_weeks
    chosen = not any(week.cutback for index, week in enumerate(facts.calendar.weeks) if index not in races)
    for index in sorted(facts.deloads) if chosen else ():
        share = facts.shares[index].without_deload
        lost = sum(sum(session.allowed(share)) - sum(session.own) for session in facts.weeks[index].expected)
        text = f"week {index + 1} gives up {plural(lost, 'set')} as a lighter week"
        yield price(settings.weight, text, (facts.first_date(index),), lost, "sets")
    shares = deload_shares(facts.calendar, settings, facts.deloads)
    yield from _above(facts, settings, shares, "a lighter week", DELOAD_SOFT_PRICE)


@check
def ramp_limits(facts: Facts, settings: rules.ramp_limits.Parameters) -> Iterator[Finding]:
    """Leg sets grow in steps from one training week to the next."""
    training = [
        index
        for index, week in enumerate(facts.calendar.weeks)
        if index not in facts.deloads | facts.calendar.race_weeks
        and week.phase not in ("taper", "recovery")
        and len(week.days) == 7
        and has_room(facts.calendar, week, facts.instance.settings)
        and index not in facts.missed
    ]
    done = [sum(lift.expected.leg_sets(lift.sets) for lift in lifts) for _, _, lifts in facts.weeks]
    room = [sum(session.leg_sets(session.own) for session in sessions) for _, sessions, _ in facts.weeks]
    for place, index in enumerate(training[1:], start=1):
        recent = training[max(0, place - JUMP_LOOK_BACK) : place]
        before = max(recent, key=lambda earlier: (room[earlier], earlier))
        jump = max(settings.jump_sets, int(exact(settings.jump_share) * room[before]))
        grown = done[index] - done[before]
        if grown > jump:
            text = (
                f"week {index + 1} has {plural(grown, 'leg set')} more than week {before + 1}; "
                f"{jump} more are allowed"
            )
            dates = (facts.first_date(before), facts.first_date(index))
            yield judge(settings, text, dates, grown - jump, "leg sets over")
