"""Whole activities, as watches and their services list them: runs, workouts without sets, and the rest."""

from __future__ import annotations

from dataclasses import dataclass, field

from mesocycle.importing.logs.figures import NOTHING, number
from mesocycle.importing.logs.findings import LeftOutError
from mesocycle.importing.logs.gathering import name_of, note_of, title_of
from mesocycle.importing.logs.log import LoggedExercise, LoggedRun, LoggedWorkout
from mesocycle.importing.logs.moments import Moment
from mesocycle.importing.logs.sports import sport_of
from mesocycle.importing.logs.table import Records

MOST_ID = 60
MOST_RPE = 10


@dataclass
class Activities:
    """The activities of a file, by their identity; one that is told twice counts once."""

    workouts: dict[str, LoggedWorkout] = field(default_factory=dict)
    runs: dict[str, LoggedRun] = field(default_factory=dict)
    sports: dict[str, str] = field(default_factory=dict)

    def add(
        self,
        begun: Moment,
        sport: str,
        *,
        identity: str = "",
        minutes: int | None,
        metres: int | None = None,
        title: str = "",
        note: str = "",
        rpe: float | None = None,
        exercises: tuple[LoggedExercise, ...] = (),
        line: int = 0,
    ) -> None:
        """Add an activity.

        Parameters
        ----------
        begun : Moment
            When it began.
        sport : str
            As the file has it; what it means decides between workout and run.
        identity : str
            The app's own; otherwise the moment, and the sport beside another of the same moment.
        minutes, metres, title, note, rpe, exercises, line
            As of a `LoggedWorkout` and a `LoggedRun`.

        Raises
        ------
        LeftOutError
            If it has no type, or neither a time nor a distance.
        """
        kind, sport = sport_of(sport), "" if sport in NOTHING else name_of(sport)
        if not sport or (kind != "strength" and not minutes and not metres):
            what = "no type" if not sport else "neither a time nor a distance"
            raise LeftOutError(f"the activity has {what}")
        name = name_of(identity, MOST_ID) or begun.id
        if not identity and self.sports.setdefault(name, sport) != sport:
            name = f"{name} {sport}"
        if kind == "strength" or exercises:
            done = LoggedWorkout(
                id=name,
                date=begun.date,
                start=begun.start,
                minutes=minutes,
                title=title_of(title),
                note=note_of(note),
                rpe=rpe,
                exercises=exercises,
                line=line,
            )
            self.workouts.setdefault(name, done)
            return
        run = LoggedRun(
            id=name,
            date=begun.date,
            start=begun.start,
            minutes=minutes,
            metres=metres,
            type=sport,
            is_run=kind == "run",
            title=title_of(title),
            rpe=rpe,
            line=line,
        )
        self.runs.setdefault(name, run)

    def records(self) -> Records:
        """All of them."""
        return Records(list(self.workouts.values()), list(self.runs.values()))


def lasted(sport: str, moving: float | None, elapsed: float | None) -> float | None:
    """How long an activity took: rests between sets are part of it, pauses on the way are not."""
    first, second = (elapsed, moving) if sport_of(sport) == "strength" else (moving, elapsed)
    return first or second


def effort_of(cell: str) -> float | None:
    """RPE of an activity, 1 to 10; None for none, and for what is none.

    Raises
    ------
    LeftOutError
        If it is no number.
    """
    value = number(cell, "", "the effort", 1e6)
    return value if value and value <= MOST_RPE else None
