"""Which days take a lift: hard and easy days, long runs, long days, races."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from mesocycle.models.clock import WEEKDAYS, format_day, weekday_name
from mesocycle.models.training import RunType
from mesocycle.solver.instance.calendar import DatedRun
from mesocycle.solver.verify.facts import Broken, Facts, Finding, check, judge, plural, price

if TYPE_CHECKING:
    from mesocycle.solver import rules


def _is_day_after(facts: Facts, day: int) -> bool:
    """Whether a day follows a key day, is none, and leaves one more before the next key day."""
    return day - 1 in facts.key_days and not facts.key_days & {day, day + 1}


@check
def hard_easy_policy(facts: Facts, settings: rules.hard_easy_policy.Parameters) -> Iterator[Finding]:
    """Loaded lifts lie on the days that the policy names."""
    stack = facts.instance.policy.hard_easy == "stack_hard"
    fallback = facts.instance.settings.day_after_hard_fallback
    has_fallback = stack and fallback is not None and fallback.allowed
    for lift in facts.loaded:
        hard, running = lift.day in facts.key_days, lift.day in facts.run_days
        if (hard if stack else running and not hard) or (has_fallback and _is_day_after(facts, lift.day)):
            continue
        kind = "a hard day" if hard else "an easy day" if running else "a rest day"
        where = "hard" if stack else "easy"
        text = f"{lift} is on {kind}; {facts.instance.policy.hard_easy} lifts on {where} days"
        yield judge(settings, text, (lift.date,), 1, "lifts")


@check
def long_run_stack(facts: Facts, settings: rules.long_run_stack.Parameters) -> Iterator[Finding]:
    """The day of the long run takes no leg work, or light work only."""
    if facts.instance.policy.long_run == "allow":
        return
    light = round(1000 * settings.light_dose) if facts.instance.policy.long_run == "light_only" else 0
    days = {run.day for run in facts.calendar.runs if run.type is RunType.LONG}
    for lift in facts.loading:
        if lift.day in days and lift.dose > light:
            above = f" with a dose of {lift.dose / 1000:g}; {light / 1000:g} counts as light" if light else ""
            yield judge(settings, f"{lift} is on the day of the long run{above}", (lift.date,), 1, "lifts")


@check
def day_after_hard_fallback(
    facts: Facts, settings: rules.day_after_hard_fallback.Parameters
) -> Iterator[Finding]:
    """The day after a key run is a second choice; days of tiredness hand their lift on to it."""
    if facts.instance.policy.hard_easy == "stack_hard" and settings.allowed:
        for lift in facts.loaded:
            if _is_day_after(facts, lift.day):
                text = f"{lift} is on the day after a key run, the second choice"
                yield judge(settings, text, (lift.date,), 1, "lifts")
    loaded_days = {lift.day for lift in facts.loaded}
    for day in sorted(facts.key_days):
        date = facts.calendar.date_of(day)
        tired = WEEKDAYS[date.weekday()] in settings.too_tired_on or date in settings.too_tired_on
        if not tired or day >= facts.calendar.last_day:
            continue
        for lift in facts.loaded:
            if lift.day == day:
                yield Broken(f"{lift} loads the legs although you are too tired after the run", (date,))
        if day + 1 not in loaded_days:
            after = facts.calendar.date_of(day + 1)
            text = f"nothing loads the legs on {format_day(after)}; {weekday_name(date)}'s lift belongs there"
            yield Broken(text, (date, after))


@check
def daily_stress_cap(facts: Facts, settings: rules.daily_stress_cap.Parameters) -> Iterator[Finding]:
    """Running and lifting minutes of a day stay under the cap, as far as the lift is to blame."""
    running: Counter[int] = Counter()
    for run in facts.calendar.runs:
        running[run.day] += run.minutes
    for lift in facts.lifts:
        if lift.day not in running:
            continue
        over = min(lift.minutes, running[lift.day] + lift.minutes - settings.minutes)
        if over > 0:
            text = (
                f"{lift} makes {running[lift.day] + lift.minutes} min of training that day; "
                f"{settings.minutes} are the most"
            )
            yield judge(settings, text, (lift.date,), over, "min over", per=10)


def _days_after(settings: rules.post_race_recovery.Parameters, race: DatedRun) -> int:
    metres = race.metres or 0
    if metres <= 10_000:
        return int(settings.short_days)
    if metres <= 21_200:
        return int(settings.half_days)
    return int(settings.marathon_days if metres <= 42_300 else settings.ultra_days)


@check
def post_race_recovery(facts: Facts, settings: rules.post_race_recovery.Parameters) -> Iterator[Finding]:
    """From a race to so many days after it nothing loads the legs."""
    for race in facts.calendar.races:
        days = _days_after(settings, race)
        for lift in facts.loading:
            if lift.start >= race.start and lift.day <= race.day + days:
                since = lift.day - race.day
                when = f"{plural(since, 'day')} after" if since else "on the day of"
                rest = f"{plural(days, 'day')} of rest follow it" if days else "the legs rest that day"
                text = f"{lift} is {when} the race of {format_day(race.date)}; {rest}"
                yield judge(settings, text, (race.date, lift.date), 1, "lifts")


@check
def race_blackout(facts: Facts, settings: rules.race_blackout.Parameters) -> Iterator[Finding]:
    """Before an A or B race nothing loads the legs; very heavy sessions end earlier still, at a price."""
    for race in facts.calendar.races:
        if race.race is None or race.race.priority == "C":
            continue
        goal = race.race.priority == "A"
        none = settings.a_days if goal else settings.b_days
        light = settings.a_heavy_days if goal else settings.b_heavy_days
        for lift in facts.loading:
            ahead = race.day - lift.day
            if ahead < 0 or lift.start >= race.start:
                continue
            when = f"{plural(ahead, 'day')} before" if ahead else "on the day of"
            place = f"{lift} is {when} the {race.race.priority} race of {format_day(race.date)}"
            dates = (lift.date, race.date)
            if ahead < none:
                text = f"{place}; the last {none} days stay free of leg work"
                yield judge(settings, text, dates, none - ahead, "days short")
            elif ahead < light and lift.expected.very_heavy:
                text = f"{place} and prescribes 80 % or more; {light} days are wanted"
                yield price(settings.weight, text, dates, light - ahead, "days short")
