"""What happens in a living block: events, one kind each, and the key under which one replaces another.

An event of the same key and kind of thing replaces the one before: a correction. What an event stands for,
which session or which run, is settled when it is written, and stands in it.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, TypeAdapter, model_validator

from mesocycle.models.clock import Day, TimeOfDay, TimeWindow
from mesocycle.models.felt import Soreness, Wellness
from mesocycle.models.happening import Batch
from mesocycle.models.happening import Happening as _Event
from mesocycle.models.names import Name
from mesocycle.models.strength import Record
from mesocycle.models.training import Part, RunType

BY_HAND = "hand"
Why = Literal["sick", "time", "travel", "sore"]
Note = Annotated[str, StringConstraints(max_length=500)]
Rpe = Annotated[float, Field(ge=0, le=10)]
Minutes = Annotated[int, Field(ge=1, le=1440)]
SessionId = Annotated[str, StringConstraints(pattern=r"^w\d\d-.{1,80}$")]
# A planned run: its day, and its number of that day.
RunId = Annotated[str, StringConstraints(pattern=r"^\d{4}-\d\d-\d\d#\d{1,2}$")]
# What an exercise is called in an app, and what an app knows something by.
LogName = Annotated[str, StringConstraints(min_length=1, max_length=100)]
Ref = Annotated[str, StringConstraints(max_length=100)]


class LoggedSet(Part):
    """One set that was done; `reps` are in the unit of the exercise, without a weight it was the body's."""

    exercise: Name
    weight: float | None = Field(None, gt=0, le=1000)
    unit: Literal["kg", "lb"] | None = None
    reps: int | None = Field(None, ge=0, le=1000)
    rir: int | None = Field(None, ge=0, le=10, description="Repetitions in reserve.")
    kind: Literal["warm_up", "work", "drop", "test"] = "work"

    @model_validator(mode="after")
    def _weight_with_unit(self) -> LoggedSet:
        if (self.weight is None) != (self.unit is None):
            raise ValueError("a weight has a unit, kg or lb")
        return self


class Published(_Event):
    """A plan became the plan; `restores` is the revision whose plan it is, where one was taken back."""

    kind: Literal["published"] = "published"
    revision: int = Field(ge=1)
    scenario: int = Field(ge=1, description="The version of the scenario that it was planned for.")
    points: int
    proven: bool
    restores: int | None = Field(None, ge=1)
    hold: int | None = Field(None, ge=0, description="Days within which changes were moves.")
    stay: int | None = Field(None, ge=0, description="Points that a move had to win.")
    moves: int | None = Field(None, ge=0, description="So many moves at most.")

    @property
    def key(self) -> str:
        """A revision."""
        return f"published {self.revision}"


class ScenarioChanged(_Event):
    """Another text of the scenario."""

    kind: Literal["scenario_changed"] = "scenario_changed"
    version: int = Field(ge=1)

    @property
    def key(self) -> str:
        """A version."""
        return f"scenario {self.version}"


class LiftDone(_Event):
    """A lift that was done; exercises without sets of their own were done as planned.

    Attributes
    ----------
    session : str or None
        The planned session that it settles; None for a lift beside the plan.
    start : int
        Minutes since midnight.
    title : str
        What the app calls it.
    source : str
        Who says so: `hand`, or the app that it was read from.
    ref : str
        What the app knows it by.
    """

    kind: Literal["lift_done"] = "lift_done"
    session: SessionId | None = None
    date: Day
    start: TimeOfDay
    minutes: Minutes
    sets: tuple[LoggedSet, ...] = Field((), max_length=200)
    only: bool = Field(False, description="Nothing was done but these sets.")
    rpe: Rpe | None = Field(None, description="Session RPE, 0 to 10.")
    note: Note = ""
    title: Annotated[str, StringConstraints(max_length=200)] = ""
    source: Name = BY_HAND
    ref: Ref = ""
    batch: Batch | None = None

    @property
    def key(self) -> str:
        """The session, else the moment, as each source has it."""
        about = self.session or f"{self.date} {self.start}"
        return f"done {about} {self.source}"


class LiftSkipped(_Event):
    """A lift that is not done."""

    kind: Literal["lift_skipped"] = "lift_skipped"
    session: SessionId
    why: Why | None = None
    note: Note = ""

    @property
    def key(self) -> str:
        """The place of a session."""
        return f"place {self.session}"


class LiftMoved(_Event):
    """A lift that the runner puts elsewhere himself."""

    kind: Literal["lift_moved"] = "lift_moved"
    session: SessionId
    date: Day
    start: TimeOfDay
    note: Note = ""

    @property
    def key(self) -> str:
        """The place of a session."""
        return f"place {self.session}"


class _OfRun(_Event):
    date: Day
    start: TimeOfDay
    minutes: Minutes
    distance_km: float | None = Field(None, gt=0, le=500)
    type: RunType


class RunDone(_OfRun):
    """A run that was done; `run` is the planned one that it settles, if any."""

    kind: Literal["run_done"] = "run_done"
    run: RunId | None = None
    rpe: Rpe | None = None
    source: Name = BY_HAND
    ref: Ref = ""
    batch: Batch | None = None

    @property
    def key(self) -> str:
        """The planned run, else the moment, as each source has it."""
        return f"run done {self.run or f'{self.date} {self.start}'} {self.source}"


class RunChanged(_OfRun):
    """A planned run that will be another; without `run` it is one more.

    Attributes
    ----------
    title : str or None
        The run's own name; as planned if left out, where its type is as planned.
    source : str
        Who says so: `hand`, or the plan that it was read from.
    """

    kind: Literal["run_changed"] = "run_changed"
    run: RunId | None = None
    title: Annotated[Name, StringConstraints(max_length=200)] | None = None
    source: Name = BY_HAND
    batch: Batch | None = None

    @property
    def key(self) -> str:
        """The planned run, else the moment."""
        return f"run {self.run or f'{self.date} {self.start}'}"


class RunDropped(_Event):
    """A run that is left out: a planned one, else the one more of a moment."""

    kind: Literal["run_dropped"] = "run_dropped"
    run: RunId | None = None
    date: Day | None = None
    start: TimeOfDay | None = None
    why: Why | None = None
    source: Name = BY_HAND
    batch: Batch | None = None

    @model_validator(mode="after")
    def _one_run(self) -> RunDropped:
        if not (self.run is None) == (self.date is not None) == (self.start is not None):
            raise ValueError("it is a planned run, or the one more of a day and a time")
        return self

    @property
    def key(self) -> str:
        """The planned run, else the moment."""
        return f"run {self.run or f'{self.date} {self.start}'}"


class _Days(_Event):
    first: Day
    last: Day | None = Field(None, description="The last day of it; open if left out.")
    runs: Literal["keep", "drop"] = Field("keep", description="What it does to the runs of these days.")
    note: Note = ""

    @model_validator(mode="after")
    def _in_order(self) -> _Days:
        if self.last is not None and self.last < self.first:
            raise ValueError("it ends before it starts")
        return self

    def until(self, today: date) -> date | None:
        """The last of them as far as is known today; None for an end that is open."""
        return self.last

    def holds(self, day: date, today: date) -> bool:
        """Whether a day is one of them, as far as is known today."""
        last = self.until(today)
        return self.first <= day and (last is None or day <= last)


class Sick(_Days):
    """Days of illness."""

    kind: Literal["sick"] = "sick"

    def until(self, today: date) -> date | None:
        """The last day; while it lasts that is today."""
        return max(self.first, today) if self.last is None else self.last

    @property
    def key(self) -> str:
        """Its first day."""
        return f"sick {self.first}"


class Away(_Days):
    """Days without a place to lift."""

    kind: Literal["away"] = "away"

    @property
    def key(self) -> str:
        """Its first day."""
        return f"away {self.first}"


class Available(_Event):
    """When a lift may happen on a day, instead of what the scenario says."""

    kind: Literal["available"] = "available"
    date: Day
    windows: tuple[TimeWindow, ...] = Field(max_length=12)

    @property
    def key(self) -> str:
        """The day."""
        return f"available {self.date}"


class Pinned(_Event):
    """A session that has to stay on a day, or at a time of it."""

    kind: Literal["pinned"] = "pinned"
    session: SessionId
    date: Day
    start: TimeOfDay | None = None

    @property
    def key(self) -> str:
        """The session."""
        return f"pin {self.session}"


class Unpinned(_Event):
    """A session that may move again."""

    kind: Literal["unpinned"] = "unpinned"
    session: SessionId

    @property
    def key(self) -> str:
        """The session."""
        return f"pin {self.session}"


class Recorded(_Event):
    """What was lifted on a day: a 1RM or a set."""

    kind: Literal["record"] = "record"
    exercise: Name
    date: Day
    record: Record

    @property
    def key(self) -> str:
        """The lift and the day."""
        return f"record {self.exercise} {self.date}"


class LogImported(_Event):
    """The log of an app was read; between its first and its last day nothing else was lifted.

    Attributes
    ----------
    source : str
        The app.
    first, last : date or None
        The first and the last day with a lift whose sets it tells; None where there is none.
    names : mapping of str to str
        What the runner said of names that the library does not have, with the exercises that are meant.
    """

    kind: Literal["log_imported"] = "log_imported"
    source: Name
    first: Day | None = None
    last: Day | None = None
    names: dict[LogName, Name] = Field(default_factory=dict, max_length=200)
    batch: Batch | None = None

    @property
    def key(self) -> str:
        """The app."""
        return f"log {self.source}"


class TakenBack(_Event):
    """An event that does not hold, or that holds again."""

    kind: Literal["undone"] = "undone"
    event: int = Field(ge=1)
    taken_back: bool = True
    batch: Batch | None = None

    @property
    def key(self) -> str:
        """The event."""
        return f"undone {self.event}"


Event = Annotated[
    Published
    | ScenarioChanged
    | LiftDone
    | LiftSkipped
    | LiftMoved
    | RunDone
    | RunChanged
    | RunDropped
    | Sick
    | Away
    | Available
    | Pinned
    | Unpinned
    | Recorded
    | Soreness
    | Wellness
    | LogImported
    | TakenBack,
    Field(discriminator="kind"),
]
EVENT: TypeAdapter[Event] = TypeAdapter(Event)
