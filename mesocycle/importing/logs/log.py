"""What a reader makes of a training log: workouts, runs and days, and what was left out.

Records are as their file has them: names of exercises and sports stay, and nothing is matched to a block.
Each has an `id` that is the same in every export of the same app, so that a log may be read twice, in parts
or in another order.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Unit = Literal["kg", "lb"]
SetKind = Literal["warm_up", "work", "drop", "test"]


@dataclass(frozen=True, slots=True)
class LogSet:
    """One set that was done.

    Attributes
    ----------
    weight : float or None
        In `unit`; None where nothing was loaded.
    unit : "kg", "lb" or None
        None without a weight, and where neither the file nor its reader's caller says what weights are in.
    reps, seconds, metres : int or None
        What was counted, how long and how far.
    rir : int or None
        Repetitions in reserve, 0 to 10; from `rpe` where the file has that alone.
    rpe : float or None
        As the file has it, 1 to 10.
    """

    weight: float | None = None
    unit: Unit | None = None
    reps: int | None = None
    seconds: int | None = None
    metres: int | None = None
    rir: int | None = None
    rpe: float | None = None
    kind: SetKind = "work"


@dataclass(frozen=True, slots=True)
class LoggedExercise:
    """An exercise with its sets, in the order they were done.

    Attributes
    ----------
    name : str
        As the file has it: "Squat (Barbell)".
    equipment : str
        Where the file has a column of its own for it; else "".
    """

    name: str
    sets: tuple[LogSet, ...]
    equipment: str = ""


@dataclass(frozen=True, slots=True)
class LoggedWorkout:
    """A session of strength; apps that record no sets give one without exercises.

    Attributes
    ----------
    id : str
        The app's own, else the moment it began.
    date : date
        The day it began.
    start : int or None
        Minutes since midnight; None where the file has days alone.
    minutes : int or None
        How long it took, 1 to 1440.
    rpe : float or None
        Of the whole session, 0 to 10.
    line : int
        Where it begins in the file; 0 where there are no lines.
    """

    id: str
    date: date
    start: int | None
    minutes: int | None
    title: str = ""
    note: str = ""
    rpe: float | None = None
    exercises: tuple[LoggedExercise, ...] = ()
    line: int = 0


@dataclass(frozen=True, slots=True)
class LoggedRun:
    """A run, or another activity that is no strength session.

    Attributes
    ----------
    id, date, start, minutes, rpe, line
        As of a `LoggedWorkout`.
    metres : int or None
        How far it went.
    type : str
        As the file has it: "Trail Run", "Laufen", "Ride".
    is_run : bool
        Whether `type` is a run: on roads, trails, a track or a treadmill.
    """

    id: str
    date: date
    start: int | None
    minutes: int | None
    metres: int | None
    type: str
    is_run: bool
    title: str = ""
    rpe: float | None = None
    line: int = 0


@dataclass(frozen=True, slots=True)
class LoggedDay:
    """How a day was felt; soreness and fatigue from 0, none, to 10, sleep of the night before it."""

    date: date
    soreness: int | None = None
    fatigue: int | None = None
    sleep_minutes: int | None = None

    @property
    def id(self) -> str:
        """Its date."""
        return self.date.isoformat()


@dataclass(frozen=True)
class Log:
    """One file, read.

    Attributes
    ----------
    app : str
        Whose export it is: "Hevy".
    workouts, runs, wellness : tuple
        By date and start.
    notes : tuple of str
        What was left out, with its line, and what was assumed; in sentences, of a bounded number.
    unknown_columns : tuple of str
        Names of columns that the app is not known for; they were not read.
    left_out : int
        How many rows could not be read.
    truncated : bool
        Whether the file ends in the middle of something.
    """

    app: str
    workouts: tuple[LoggedWorkout, ...] = ()
    runs: tuple[LoggedRun, ...] = ()
    wellness: tuple[LoggedDay, ...] = ()
    notes: tuple[str, ...] = ()
    unknown_columns: tuple[str, ...] = ()
    left_out: int = 0
    truncated: bool = False

    @property
    def span(self) -> tuple[date, date] | None:
        """The first and last day of its workouts and runs; None if it has none."""
        days = [*(workout.date for workout in self.workouts), *(run.date for run in self.runs)]
        return (min(days), max(days)) if days else None
