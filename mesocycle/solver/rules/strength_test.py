"""Once in a block strength is tested in passing.

What it does
------------
In blocks of `least_weeks` weeks or more a test is suggested in the first working week after the first lighter
one, unless it lies in the last `race_days` before an A race: the last set of each main lift is done until one
repetition is left in reserve, and what it was is worth writing down. It costs nothing and moves nothing. A
record whose `date` lies more than `record_weeks` weeks before the block is remarked on.

Why
---
Loads rest on a record, and records age; a set that stops one short of failure tells as much as a maximal
single and costs less. After a lighter week legs are fresh (Rogerson 2024).

Options
-------
least_weeks: 4 to 26. race_days: 7 to 42. record_weeks: 4 to 52.

Source
------
Design values; Rogerson 2024.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from pydantic import Field

from mesocycle.models.clock import format_day
from mesocycle.models.plan import Notice
from mesocycle.models.strength import Role
from mesocycle.solver.placement.problem import Problem
from mesocycle.solver.prescription.clock import week_kinds
from mesocycle.solver.prescription.items import Item
from mesocycle.solver.rules import base


class Parameters(base.Unpriced):
    least_weeks: int = Field(8, ge=4, le=26, description="Weeks of a block that is worth a test.")
    race_days: int = Field(21, ge=7, le=42, description="Days before an A race without one.")
    record_weeks: int = Field(8, ge=4, le=52, description="Weeks after which a record is old.")


SECTION = base.Section.PRESCRIPTION
RELAXATION = base.locked("rules.strength_test", "it suggests a set and forbids none")


def week_of_test(problem: Problem, settings: Parameters) -> int | None:
    """The week (index) of the test, or None where there is none."""
    calendar = problem.calendar
    if len(calendar.weeks) < settings.least_weeks:
        return None
    kinds = week_kinds(problem.instance, problem.deload_weeks)
    lighter = min((week for week in problem.deload_weeks if not kinds[week].working), default=None)
    if lighter is None:
        return None
    expected = {lift.week for lift in problem.lifts if any(map(_is_tested, lift.items))}
    week = next((k.number - 1 for k in kinds[lighter + 1 :] if k.steps and k.number - 1 in expected), None)
    goals = [run.day for run in calendar.races if run.race is not None and run.race.priority == "A"]
    if week is None or any(0 <= day - calendar.weeks[week].last_day <= settings.race_days for day in goals):
        return None
    return week


def _is_tested(item: Item) -> bool:
    """Whether it is a main lift whose sets are not written one by one: those have their own last set."""
    return item.role is Role.MAIN and (item.one_set is None or item.one_set.line is None)


def notices(problem: Problem, settings: Parameters) -> Iterator[Notice]:
    """Suggest the test, and remark on records that are old."""
    week = week_of_test(problem, settings)
    if week is not None:
        yield Notice(
            rule="strength_test",
            subject=f"week {week + 1}",
            text=f"Week {week + 1} is a good one to see where you stand: stop the last set of each main lift "
            "with one repetition in reserve, and write it down.",
            weeks=(week + 1,),
        )
    library, scenario = problem.instance.exercises, problem.scenario
    for name, record in scenario.strength.records.items():
        if record.date is not None and record.date + timedelta(weeks=settings.record_weeks) < scenario.start:
            yield Notice(
                rule="strength_test",
                subject=f"{name} record",
                text=f"Your record of {library[name].in_text} is of {format_day(record.date)} "
                f"{record.date.year}: a newer one would make the weights truer.",
            )
