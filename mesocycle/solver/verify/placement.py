"""What the calendar leaves free, and what the runner likes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from mesocycle.models.clock import MINUTES_PER_DAY, WEEKDAY_NAMES, format_day, format_time
from mesocycle.solver.verify.facts import Facts, Finding, Lift, check, judge, price, whose

if TYPE_CHECKING:
    from mesocycle.solver import rules


@check
def availability_window(facts: Facts, settings: rules.availability_window.Parameters) -> Iterator[Finding]:
    """The whole lift, with travel, lies inside a free window."""
    travel = settings.travel_minutes
    for lift in facts.lifts:
        first = lift.time - travel
        last = lift.time + lift.minutes + travel
        free = 0
        for window in facts.calendar.windows[lift.day]:
            free += max(0, min(last, window.end_minute) - max(first, window.start_minute))
        outside = last - first - free
        if outside > 0:
            span = f"{format_time(lift.time)}-{format_time(lift.time + lift.minutes)}"
            travelling = f" with {travel} min of travel at each end" if travel else ""
            text = f"{lift}, {span}, is {outside} min outside your free windows{travelling}"
            yield judge(settings, text, (lift.date,), outside, "min outside", per=10)


@check
def blocked_dates(facts: Facts, settings: rules.blocked_dates.Parameters) -> Iterator[Finding]:
    """No lift on a blocked date."""
    for lift in facts.lifts:
        if lift.day in facts.calendar.blocked:
            yield judge(settings, f"{lift} is on a date you blocked", (lift.date,), 1, "lifts")


@check
def protect_rest_day(facts: Facts, settings: rules.protect_rest_day.Parameters) -> Iterator[Finding]:
    """Declared rest days stay empty; the last days without a run are protected at a price."""
    rest = facts.calendar.rest_days
    last_empty: set[int] = set()
    for week in facts.calendar.weeks:
        empty = {day for day in week.days if day in rest or day not in facts.run_days}
        if len(empty) <= settings.min_full_rest:
            last_empty |= empty
    for lift in facts.lifts:
        if lift.day in rest:
            yield judge(settings, f"{lift} is on your rest day", (lift.date,), 1, "lifts")
        elif lift.day in last_empty or lift.day in facts.calendar.marked_rest - facts.run_days:
            text = f"{lift} takes a rest day of the plan"
            yield price(settings.weight, text, (lift.date,), 1, "lifts")


@check
def no_overlap_with_run(facts: Facts, settings: rules.no_overlap_with_run.Parameters) -> Iterator[Finding]:
    """Time to change lies between a run and a lift, on both sides."""
    near = settings.transition_minutes
    for lift in facts.lifts:
        for neighbour, order in ((facts.run_before(lift), "after"), (facts.run_after(lift), "before")):
            if neighbour is None or neighbour[1] >= near:
                continue
            run, gap = neighbour
            how = f"overlaps with {whose(run)}" if gap < 0 else f"is {gap} min {order} {whose(run)}"
            text = f"{lift} {how}" + (f"; {near} min to change are wanted" if near else "")
            yield judge(settings, text, (lift.date,), near - gap, "min too close", per=10)


@check
def one_lift_per_day(facts: Facts, settings: rules.one_lift_per_day.Parameters) -> Iterator[Finding]:
    """No more lifts on a day than it holds."""
    for day, count in sorted(Counter(lift.day for lift in facts.lifts if lift.is_lift).items()):
        if count > settings.most:
            date = facts.calendar.date_of(day)
            text = f"{count} lifts on {format_day(date)}; {settings.most} is the most"
            yield judge(settings, text, (date,), count - settings.most, "lifts")


@check
def weekly_day_consistency(
    facts: Facts, settings: rules.weekly_day_consistency.Parameters
) -> Iterator[Finding]:
    """Each session keeps its home weekday in all steady weeks."""
    steady = {
        week.number - 1
        for week in facts.calendar.weeks
        if week.phase not in ("taper", "recovery")
        and week.number - 1 not in facts.calendar.race_weeks
        and len(week.days) == 7
        and not any(day in facts.calendar.blocked for day in week.days)
    }
    by_name: dict[str, list[Lift]] = {}
    in_turn = bool(facts.instance.scenario.strength.rotation)
    for lift in facts.lifts:
        if lift.expected.week in steady and not (lift.is_lift and in_turn):
            by_name.setdefault(lift.expected.name, []).append(lift)
    for name in dict.fromkeys(session.name for session in facts.expected):
        lifts = by_name.get(name, [])
        often = Counter(lift.day % 7 for lift in lifts)
        home = min(often, key=lambda weekday: (-often[weekday], weekday), default=0)
        for lift in lifts:
            if lift.day % 7 != home:
                text = f"{lift} is away from its usual {WEEKDAY_NAMES[home]}"
                yield judge(settings, text, (lift.date,), 1, "lifts")


@check
def time_of_day(facts: Facts, settings: rules.time_of_day.Parameters) -> Iterator[Finding]:
    """Lifts start in the preferred hours, if there are any."""
    if not settings.preferred:
        return
    hours = ", ".join(str(window) for window in settings.preferred)
    for lift in facts.lifts:
        time = lift.start % MINUTES_PER_DAY
        if not any(window.start_minute <= time < window.end_minute for window in settings.preferred):
            text = f"{lift} starts at {format_time(time)}, outside your preferred hours ({hours})"
            yield judge(settings, text, (lift.date,), 1, "lifts")
