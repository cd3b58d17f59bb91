"""Hours and order between lifts that load the legs and the runs next to them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from mesocycle.models.clock import format_hours
from mesocycle.models.training import RunType
from mesocycle.solver.instance.calendar import DatedRun
from mesocycle.solver.verify.facts import Broken, Facts, Finding, Lift, check, judge, price, whose
from mesocycle.solver.verify.items import FULL_DOSE

if TYPE_CHECKING:
    from mesocycle.solver import rules


EASY_TYPES = (RunType.EASY, RunType.RECOVERY, RunType.CROSS)


def _end(gap: int) -> str:
    return f"ends {format_hours(gap)} before" if gap >= 0 else "runs into"


@check
def no_lower_lift_before_key_same_day(
    facts: Facts, settings: rules.no_lower_lift_before_key_same_day.Parameters
) -> Iterator[Finding]:
    """On the day of a key run, legs are loaded after it."""
    for lift in facts.loading:
        run, _ = next(facts.key_runs_after(lift), (None, 0))
        if run is not None and run.day == lift.day:
            text = f"{lift} loads the legs before {whose(run)} of the same day"
            yield judge(settings, text, (lift.date,), 1, "lifts")


@check
def no_lower_lift_day_before_key(
    facts: Facts, settings: rules.no_lower_lift_day_before_key.Parameters
) -> Iterator[Finding]:
    """The days before a key run stay free of leg work, or of any lift."""
    first_run = {run.day: run for run in reversed(facts.calendar.runs) if run.key}
    any_lift = settings.scope == "any_lift"
    for lift in facts.lifts:
        if not (lift.loads_legs or (any_lift and lift.is_lift)):
            continue
        for ahead in range(1, settings.days + 1):
            run = first_run.get(lift.day + ahead)
            if run is not None:
                when = "on the eve of" if ahead == 1 else f"{ahead} days before"
                text = f"{lift} is {when} {whose(run)}"
                yield judge(settings, text, (lift.date, run.date), 1, "lifts")


@check
def recovery_before_intensity(
    facts: Facts, settings: rules.recovery_before_intensity.Parameters
) -> Iterator[Finding]:
    """Hours from a lift to the next key run: a floor, and a target that grows with the dose."""
    floor = round(60 * settings.hard_hours)
    for lift in facts.loading:
        following = list(facts.key_runs_after(lift))
        for run, gap in following:
            if not settings.hard or gap >= floor:
                break
            text = f"{lift} {_end(gap)} {whose(run)}; {format_hours(floor)} are never undercut"
            yield Broken(text, (lift.date, run.date))
        if not following:
            continue
        run, gap = following[0]
        most = round(60 * (settings.novel_hours if lift.expected.demanding else settings.soft_hours))
        target = floor + (most - floor) * min(lift.dose, FULL_DOSE) // FULL_DOSE
        short = target - max(0, gap)
        if short > 0:
            work = "new movements or sets to failure" if lift.expected.demanding else "this much leg work"
            text = f"{lift} {_end(gap)} {whose(run)}; {format_hours(target)} are wanted after {work}"
            dates = (lift.date, run.date)
            yield price(settings.weight, text, dates, short, "hours short", per=60, amount=short / 60)


@check
def min_gap_after_run(facts: Facts, settings: rules.min_gap_after_run.Parameters) -> Iterator[Finding]:
    """Hours from the end of a run to a lift; half as dear again after a key run."""
    target = round(60 * settings.hours)
    for lift in facts.loading:
        run, gap = facts.run_before(lift) or (None, 0)
        short = target - max(0, gap)
        if run is not None and short > 0:
            start = f"starts {format_hours(gap)} after" if gap >= 0 else "starts during"
            text = f"{lift} {start} {whose(run)}; {format_hours(target)} are wanted"
            units = short * (3 if run.key else 2)
            yield judge(settings, text, (lift.date,), units, "hours short", per=120, amount=short / 60)


@check
def min_gap_before_run(facts: Facts, settings: rules.min_gap_before_run.Parameters) -> Iterator[Finding]:
    """Hours from a lift to the next run of the day, unless that is a key run."""
    target = round(60 * settings.hours)
    for lift, run, gap in _before_easy_runs(facts):
        short = target - max(0, gap)
        if short > 0:
            text = f"{lift} {_end(gap)} {whose(run)}; {format_hours(target)} are wanted"
            yield judge(settings, text, (lift.date,), short, "hours short", per=60, amount=short / 60)


@check
def session_order(facts: Facts, settings: rules.session_order.Parameters) -> Iterator[Finding]:
    """On a day with a run that is no key run, the run comes first; how much that matters is the policy's."""
    order = facts.instance.policy.order
    for lift, run, _ in _before_easy_runs(facts):
        if order != "run_first" and facts.calendar.weeks[run.day // 7].phase == "base":
            continue
        matters_less = order == "priority_first" or run.type in EASY_TYPES
        text = f"{lift} comes before {whose(run)} of the same day"
        yield judge(settings, text, (lift.date,), 3 if matters_less else 10, "lifts", per=10, amount=1)


def _before_easy_runs(facts: Facts) -> Iterator[tuple[Lift, DatedRun, int]]:
    """Loaded lifts whose next run is one of the same day and no key run, with the minutes to it."""
    for lift in facts.loading:
        run, gap = facts.run_after(lift) or (None, 0)
        if run is not None and run.day == lift.day and not run.key:
            yield lift, run, gap
