"""What a living block answers: today, a week, its history, and what was recorded."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from mesocycle.models.clock import Day, TimeOfDay
from mesocycle.models.diagnosis import Diagnosis
from mesocycle.models.difference import PlanDifference
from mesocycle.models.happened import Why
from mesocycle.models.plan import CalendarRun, PlannedSession, Status
from mesocycle.models.training import Part

LIVING_VERSION = 1
LiftStatus = Literal["planned", "done", "assumed", "skipped"]
RunStatus = Literal["planned", "done", "assumed", "dropped"]


class Answer(Part):
    """The base of what is answered as a whole."""

    schema_version: int = LIVING_VERSION

    def to_dict(self) -> dict[str, Any]:
        """The answer as plain data."""
        return self.model_dump(mode="json")


class LiftNow(Part):
    """A lift as it stands.

    Attributes
    ----------
    id : str or None
        Of the planned session; None for a lift beside the plan.
    status : str
        `planned`: to come; `done`; `assumed`: it is past, nobody said anything, so it counts as done as
        planned; `skipped`.
    planned_date, planned_start : where the plan has it, if that is elsewhere.
    why : str or None
        Why it was skipped: sick, time, travel, sore, or away.
    sets : int
        Working sets, as done or else as planned.
    card : PlannedSession or None
        What is planned.
    event : int or None
        The event that says so.
    """

    id: str | None
    session: str
    week: int
    date: Day
    start: TimeOfDay
    end: TimeOfDay
    status: LiftStatus
    planned_date: Day | None = None
    planned_start: TimeOfDay | None = None
    why: Why | Literal["away"] | None = None
    sets: int
    rpe: float | None = None
    note: str = ""
    card: PlannedSession | None = None
    event: int | None = None


class RunNow(Part):
    """A run as it stands; `id` is its planned day and its number of that day, None beside the plan."""

    id: str | None
    run: CalendarRun
    status: RunStatus
    changed: bool = Field(False, description="Whether it differs from what was planned.")
    event: int | None = None


class RaceAhead(Part):
    """The next race that the block leads to."""

    name: str
    date: Day
    days: int


class Today(Answer):
    """What is on today.

    Attributes
    ----------
    week : int or None
        Of the block; None before and after it.
    absence : str or None
        `sick` or `away`, where the runner said so.
    next : LiftNow or None
        The next lift after today.
    ask : tuple of LiftNow
        Lifts of the last days that nobody said anything about.
    """

    name: str
    date: Day
    time: TimeOfDay
    week: int | None
    weeks: int
    phase: str = ""
    race: RaceAhead | None = None
    absence: Literal["sick", "away"] | None = None
    runs: tuple[RunNow, ...] = ()
    lifts: tuple[LiftNow, ...] = ()
    next: LiftNow | None = None
    ask: tuple[LiftNow, ...] = ()
    units: str = "km"
    exercise_names: dict[str, str] = Field(default_factory=dict)


class DayNow(Part):
    """A day of a week."""

    date: Day
    today: bool
    absence: Literal["sick", "away"] | None = None
    runs: tuple[RunNow, ...] = ()
    lifts: tuple[LiftNow, ...] = ()


class WeekNow(Answer):
    """A week at a glance."""

    name: str
    week: int
    weeks: int
    phase: str
    race: RaceAhead | None = None
    days: tuple[DayNow, ...]
    lifts_done: int = Field(description="Assumed ones included.")
    lifts: int
    sets_done: int
    sets: int
    units: str = "km"


class HistoryLine(Part):
    """An event, in a sentence and in fields.

    Attributes
    ----------
    written : str
        When, on the clock of the block.
    in_force : bool
        Whether it holds.
    taken_back : bool
        Whether it was taken back; else what does not hold was corrected by a later event.
    """

    number: int
    kind: str
    written: str
    text: str
    in_force: bool
    taken_back: bool
    event: dict[str, Any]


class History(Answer):
    """All events of a block, the oldest first."""

    name: str
    events: tuple[HistoryLine, ...]


class Compromise(Part):
    """A way to plan the rest again: so many of the next sessions move, and so many points it costs then.

    `points` are those of the rules, with the small prices of changes later on.
    """

    moves: int
    points: int
    paid: int = Field(0, description="Points of them for days that are past.")
    later: int = Field(0, description="Points of them for changes later on, which no rule prices.")
    moved: tuple[str, ...] = Field((), description="Ids of the sessions that move.")
    chosen: bool = False


class Replan(Answer):
    """The rest of a block, planned again.

    Attributes
    ----------
    status : Status
        Of the plan that was chosen.
    proven : bool
        Whether every compromise is proven, and none is missing.
    frontier : tuple of Compromise
        From the fewest moves to the best plan; empty where there is no plan.
    difference : PlanDifference or None
        Between the plan as it stands and the one that was chosen.
    plan : dict
        The result that was chosen, as `Result.to_dict`.
    published : int or None
        The revision that it became; None for a dry run, or where nothing changes.
    forced : tuple of str
        Ids of sessions that change their day too, as something happened to it: no moves.
    """

    name: str
    status: Status
    proven: bool
    frontier: tuple[Compromise, ...]
    difference: PlanDifference | None
    plan: dict[str, Any]
    published: int | None = None
    forced: tuple[str, ...] = ()
    broken: tuple[str, ...] = Field((), description="What the plan as it stands breaks, and why it changes.")
    fewest: int | None = Field(
        None, description="The fewest moves that a plan takes, where that is more than were allowed."
    )
    diagnosis: Diagnosis | None = Field(
        None, description="Why there is no plan, and what would help; facts never give."
    )

    @property
    def same(self) -> bool:
        """Whether the plan stays as it is."""
        return self.difference is not None and self.difference.same

    def to_dict(self) -> dict[str, Any]:
        """The answer as plain data."""
        data = self.model_dump(mode="json", exclude={"difference"})
        return data | {"difference": None if self.difference is None else self.difference.to_dict()}


class LogRead(Answer):
    """What the log of another app tells.

    Attributes
    ----------
    app : str
        Whose log it is.
    first, last : date or None
        Its first and last day among those that the block takes.
    workouts, runs, days : int
        So many it has there; `earlier` are of days that the block does not take, or were taken back.
    sessions, runs_planned : tuple of str
        Ids of what was planned, and was done.
    beside, runs_beside : int
        What was done beside the plan.
    rides, at_once : int
        Left out: rides and walks that stand for nothing planned, and runs at the time of another one.
    new, changed : int
        So many events are new, and so many that were read before fit otherwise by now.
    skipped : tuple of str
        Ids of sessions that are not in it, and count as skipped.
    missed : tuple of str
        Ids of planned runs that are not in it; they still count as run.
    unknown : dict of str to int
        Names that no exercise is known for, with the sets that were left out.
    recorded : tuple of int
        Numbers of the events that were written; none for a dry run, or where nothing is new.
    """

    name: str
    app: str
    first: Day | None
    last: Day | None
    workouts: int
    sessions: tuple[str, ...]
    beside: int
    runs: int
    runs_planned: tuple[str, ...]
    runs_beside: int
    rides: int
    at_once: int
    days: int
    new: int
    changed: int
    skipped: tuple[str, ...]
    missed: tuple[str, ...]
    unknown: dict[str, int]
    earlier: int
    notes: tuple[str, ...] = ()
    recorded: tuple[int, ...] = ()


class Noted(Answer):
    """What was recorded.

    Attributes
    ----------
    events : tuple of HistoryLine
        What was written, or what stood there already.
    already : bool
        Whether nothing had to be written.
    remarks : tuple of str
        What it breaks or costs, and what to do next.
    """

    events: tuple[HistoryLine, ...]
    already: bool
    remarks: tuple[str, ...] = ()
