"""Reading a log that a test writes itself."""

from __future__ import annotations

import tempfile
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from mesocycle.importing.logs.log import Log, LoggedWorkout, LogSet
from mesocycle.importing.logs.read import read_log
from mesocycle.models.errors import Problem, ScenarioFileError

BERLIN = ZoneInfo("Europe/Berlin")


def log(content: str | bytes, *, zone: ZoneInfo = BERLIN, units: str = "", date_order: str = "") -> Log:
    """The log of a file with this content, whose name says nothing."""
    raw = content.encode() if isinstance(content, str) else content
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "log"
        path.write_bytes(raw)
        return read_log(path, zone=zone, units=units, date_order=date_order)


def wrong(content: str | bytes, **options: str) -> Problem:
    """What is wrong with it, where nothing of it can be read."""
    with pytest.raises(ScenarioFileError, match="1 problem") as caught:
        log(content, **options)  # type: ignore[arg-type]
    return caught.value.problems[0]


def sets(
    workout: LoggedWorkout, exercise: int = 0
) -> list[tuple[float | None, str | None, int | None, int | None]]:
    """Weight, unit, repetitions and reserve of each set of an exercise."""
    return [(one.weight, one.unit, one.reps, one.rir) for one in workout.exercises[exercise].sets]


def kinds(workout: LoggedWorkout, exercise: int = 0) -> list[str]:
    """The kind of each set of an exercise."""
    return [one.kind for one in workout.exercises[exercise].sets]


def only_set(found: Log) -> LogSet:
    """The one set of a log."""
    ((exercise,),) = [workout.exercises for workout in found.workouts]
    (one,) = exercise.sets
    return one
