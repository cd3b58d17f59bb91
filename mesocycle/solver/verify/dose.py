"""How much is lifted: sessions, sets and minutes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from mesocycle.solver.verify.facts import Broken, Facts, Finding, check, judge, plural, price
from mesocycle.solver.verify.shares import FULL

if TYPE_CHECKING:
    from mesocycle.solver import rules


@check
def sessions_per_week(facts: Facts, settings: rules.sessions_per_week.Parameters) -> Iterator[Finding]:
    """The least number takes place each week; what is left out costs."""
    calendar = facts.calendar
    for week, wanted, lifts in zip(
        calendar.weeks, facts.wanted_by_week(), facts.lifts_by_week(), strict=True
    ):
        if settings.hard:
            least = len(wanted)
        elif (
            week.phase in ("taper", "recovery")
            or not facts.race_weeks.isdisjoint((week.number - 1, week.number - 2))
            or week.last_day - week.first_day < 6
            or sum(day in calendar.blocked for day in week.days) >= 4
        ):
            least = 0
        else:
            least = min(settings.minimum, len(wanted))
        if len(lifts) < least:
            text = f"week {week.number} has {plural(len(lifts), 'lift')}; {least} must take place"
            # Never priced: where the rule is soft the least number still holds.
            yield Broken(text, (facts.first_date(week),))
    if settings.hard:
        return
    for one in facts.left_out:
        week = calendar.weeks[one.week]
        text = f"{one.name} of week {week.number} is left out"
        yield price(settings.weight, text, (facts.first_date(week),), 1, "lifts")


@check
def planned_sets(facts: Facts, settings: rules.planned_sets.Parameters) -> Iterator[Finding]:
    """The sets that the week allows are done; a session left out is short of them all."""
    for lift in facts.lifts:
        units = lift.wanted.bounds.short(lift.sets)
        if units:
            missing = sum(max(0, own - done) for own, done in zip(lift.wanted.own, lift.sets, strict=True))
            text = f"{lift} is {plural(missing, 'set')} short of what the week allows"
            yield judge(settings, text, (lift.date,), units, "sets by what they are worth")
    for one in facts.left_out:
        week = facts.calendar.weeks[one.week]
        text = f"{one.name} of week {week.number} is left out with {plural(sum(one.own), 'set')}"
        units = one.counted(one.own)
        yield price(settings.weight, text, (facts.first_date(week),), units, "sets by what they are worth")


@check
def session_duration(facts: Facts, settings: rules.session_duration.Parameters) -> Iterator[Finding]:
    """A session is never too long, and better neither short nor long."""
    for lift in facts.lifts:
        minutes = lift.minutes
        if settings.hard and minutes > settings.most_minutes:
            text = f"{lift} takes {minutes} min; {settings.most_minutes} are the most"
            yield Broken(text, (lift.date,))
        # A session that the week itself makes short is not blamed for it.
        whole = lift.wanted.minutes(lift.wanted.own)
        if settings.hard and minutes < min(settings.least_minutes, whole):
            least = min(settings.least_minutes, whole)
            yield Broken(f"{lift} takes {minutes} min; {least} are the least", (lift.date,))
        short = min(settings.short_minutes, whole)
        outside = max(short - minutes, minutes - settings.long_minutes)
        if outside > 0:
            text = f"{lift} takes {minutes} min; {short} to {settings.long_minutes} are wanted"
            yield price(settings.weight, text, (lift.date,), outside, "min outside", per=5)


@check
def weekly_lifting_time(facts: Facts, settings: rules.weekly_lifting_time.Parameters) -> Iterator[Finding]:
    """Minutes of a week lie between the least and the most; the least holds in full, untrimmed weeks."""
    calendar = facts.calendar
    for week, wanted, lifts in zip(
        calendar.weeks, facts.wanted_by_week(), facts.lifts_by_week(), strict=True
    ):
        minutes = sum(lift.minutes for lift in lifts)
        dates = (facts.first_date(week),)
        if minutes > settings.most_minutes:
            text = f"week {week.number} holds {minutes} min of lifting; {settings.most_minutes} are the most"
            yield judge(settings, text, dates, minutes - settings.most_minutes, "min over")
        whole = len(wanted) >= 2 and week.last_day - week.first_day == 6
        if whole and facts.shares[week.number - 1].own == FULL and minutes < settings.least_minutes:
            text = f"week {week.number} holds {minutes} min of lifting; {settings.least_minutes} are wanted"
            yield judge(settings, text, dates, settings.least_minutes - minutes, "min short")
