"""How much is run in a calendar week: all of it, what is usual, and what lies inside the block."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import NamedTuple

from mesocycle.models.scenario import Scenario
from mesocycle.models.training import RunType
from mesocycle.solver.instance.dated_runs import DatedRun


class DayRuns(NamedTuple):
    """A day's runs, beside those of the repeating week; the two are the same outside the block."""

    runs: list[DatedRun]
    usual: list[DatedRun]
    inside: bool


@dataclass(frozen=True)
class Mileage:
    """The running of a calendar week, in metres and in minutes; cross-training is left out.

    The usual mileage takes a race for no less than the runs that it replaces. `metres_inside` lie inside the
    block; `complete` if all distances are known.
    """

    metres: int
    minutes: int
    usual_metres: int
    usual_minutes: int
    metres_inside: int
    complete: bool


def template_metres(scenario: Scenario) -> int:
    """Distance of the repeating week as written, at easy pace where a run gives only its minutes."""
    pace = scenario.athlete.easy_pace
    runs = [run for day in scenario.runs.week.values() for run in day]
    return sum(
        run.distance or round((run.lasts or 0) * 60_000 / pace)
        for run in runs
        if run.type not in (RunType.CROSS, RunType.REST)
    )


def add_up(days: list[DayRuns], given: int | None, pace: int) -> Mileage:
    """Add up a week; `given` metres are the runner's own figure for all of it."""
    runs = list(_counted(run for day in days for run in day.runs))
    inside = list(_counted(run for day in days if day.inside for run in day.runs))
    if given is not None:
        # The figure holds for the calendar week; what a partial one has of it are the runs inside.
        timed = sum(run.minutes for run in inside if run.metres is None)
        part = given if len(inside) == len(runs) else _metres(inside) + round(timed * 60_000 / pace)
    return Mileage(
        metres=_metres(runs) if given is None else given,
        minutes=_minutes(runs),
        usual_metres=_usual(days, _metres) if given is None else given,
        usual_minutes=_usual(days, _minutes),
        metres_inside=_metres(inside) if given is None else part,
        complete=given is not None or all(run.metres is not None for run in runs),
    )


def _usual(days: list[DayRuns], total: Callable[[Iterable[DatedRun]], int]) -> int:
    return sum(
        max(total(day.runs), total(day.usual))
        if any(run.type is RunType.RACE for run in day.runs)
        else total(day.runs)
        for day in days
    )


def _counted(runs: Iterable[DatedRun]) -> Iterable[DatedRun]:
    return (run for run in runs if run.type is not RunType.CROSS)


def _metres(runs: Iterable[DatedRun]) -> int:
    return sum(run.metres or 0 for run in _counted(runs))


def _minutes(runs: Iterable[DatedRun]) -> int:
    return sum(run.minutes for run in _counted(runs))
