"""What is assumed where the runner says nothing, in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mesocycle.models.clock import MINUTES_PER_DAY
from mesocycle.models.scenario import Scenario
from mesocycle.models.training import RACE_START, RunType
from mesocycle.solver.dated_runs import DatedRun


def assumptions(scenario: Scenario, runs: Sequence[DatedRun], by_distance: bool) -> Iterator[str]:
    """Yield what had to be assumed; `by_distance` tells that weeks are compared by it, not by minutes."""
    given = [run for day in (*scenario.runs.week.values(), *scenario.runs.dates.values()) for run in day]
    given = [run for run in given if run.type is not RunType.REST]
    if any(run.start is None and run.type is not RunType.RACE for run in given):
        yield "Runs without a start time are taken to start at 07:00."
    if any(race.start is None for race in scenario.races) and any(
        run.start % MINUTES_PER_DAY == RACE_START for run in runs if run.type is RunType.RACE
    ):
        yield "Races without a start time are taken to start at 10:00."
    if any(run.minutes is None and run.distance is None for run in given):
        yield "Runs without minutes or distance are taken as 45 min, long runs as 100 min."
    if not scenario.athlete.availability:
        yield "No availability given: lifts may start between 06:00 and 21:00 on any day."
    if not by_distance:
        known = any(run.metres is not None for run in runs if run.type is not RunType.CROSS)
        which = "Some runs have no distance" if known else "No run has a distance"
        yield f"{which}, so weeks are compared by minutes of running."
    if scenario.history.familiar is None and scenario.athlete.experience == "trained":
        yield "No history of exercises given: all of them are taken as familiar."
