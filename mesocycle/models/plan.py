"""A planned block: sessions, weeks, costs, and its judgement by the rules."""

from __future__ import annotations

import html
from collections.abc import Iterable
from datetime import date, time, timedelta
from enum import StrEnum

from pydantic import Field

from mesocycle.models.clock import DAY_NAMES, Day, TimeOfDay, as_time, format_time
from mesocycle.models.sessions import Kind, Tempo
from mesocycle.models.training import Part, html_table


class Status(StrEnum):
    """How a solve ended: four separate outcomes, none guessed from another."""

    OPTIMAL = "optimal"
    FEASIBLE = "feasible"
    INFEASIBLE = "infeasible"
    UNKNOWN = "unknown"


class PlannedSet(Part):
    """One set of a planned exercise, warm-up sets first."""

    reps: int | None = None
    most_reps: int | None = Field(None, description="The end of a range of repetitions.")
    or_more: bool = Field(False, description="As many as go up, these at least.")
    weight: float | None = None
    percent: float | None = Field(None, description="In % of this week's max.")
    rir: int | None = Field(None, description="What is left in reserve, where sets differ in it.")
    warm_up: bool = False


class PlannedExercise(Part):
    """One exercise of a planned session.

    `load` is the guide in % of 1RM that dose and blackouts go by; what is on the bar is `weight`, which is
    `percent` of this week's max.
    """

    exercise: str
    sets: int
    reps: int | None = None
    reps_unit: str = Field("reps", description="reps, each_side, s, s_each_side or m.")
    load: int | None = None
    rir: int | None = None
    variant: str | None = Field(
        None,
        description="slow_lowering (5 s), slow_lowering_3 (3 s), hold, heavier (fewer repetitions) or "
        "short_rest, where it is done in that way.",
    )
    tempo: Tempo | None = Field(None, description="Seconds down, held and up, as written: 3-1-1.")
    scheme: str | None = Field(None, description="The scheme that it follows.")
    superset: str | None = Field(
        None, description="Exercises of one session with the same label are done in turn."
    )
    complex: str | None = Field(None, description="The same for a heavy lift and its jump.")
    rest_seconds: int | None = None
    weight: float | None = Field(None, description="What to load, where a 1RM or a recent set is known.")
    weight_unit: str | None = Field(None, description="kg or lb.")
    week_max: float | None = Field(
        None, description="Estimated 1RM of the week, where a record is known; in the unit of the weight."
    )
    percent: float | None = Field(None, description="What is loaded, in % of this week's max.")
    relative_percent: float | None = Field(
        None, description="How much more is loaded than the first time, in %; null without a weight."
    )
    change: float | None = Field(
        None, description="Change since last time: of the weight where it is known, else in %."
    )
    set_list: tuple[PlannedSet, ...] = Field((), description="The sets one by one, warm-up sets first.")
    cues: tuple[str, ...] = Field((), description="What to mind, in words.")


class PlannedSession(Part):
    """One session: when, what, how much, and why there."""

    id: str = Field(description="Week and session, such as w03-A; stable when the session moves.")
    week: int
    date: Day
    start: TimeOfDay
    end: TimeOfDay
    session: str
    kind: Kind = Field(Kind.LIFT, description="lift, core, plyo or mobility.")
    exercises: tuple[PlannedExercise, ...] = ()
    dropped: tuple[str, ...] = Field((), description="Exercises left out as the time is too short for them.")
    rotated: tuple[str, ...] = Field((), description="Exercises that change with this session.")
    sets: int = Field(description="Working sets in all.")
    lower_body_dose: float = Field(description="Load on the legs; 8 is a full heavy session.")
    why: str = ""

    @property
    def start_time(self) -> time:
        """When it starts; `start` counts minutes since midnight."""
        return as_time(self.start)

    @property
    def end_time(self) -> time:
        """When it ends."""
        return as_time(self.end)


class PlannedWeek(Part):
    """One week of the block. `set_factor` is the share of the full sets that the week allows."""

    week: int
    start: Day
    distance_km: float | None
    phase: str
    profile: str = Field("", description="Load zone of the main lifts: foundation, strength, power or taper.")
    set_factor: float
    deload: bool
    sets: int
    full_sets: int = Field(description="Sets of the planned sessions without any trim.")
    minutes: int
    sessions: int
    pattern_sets: dict[str, float] = Field(default_factory=dict, description="Sets by movement pattern.")


class CostCase(Part):
    """One thing that the plan pays for, in its natural unit and in points."""

    text: str
    dates: tuple[Day, ...]
    amount: float
    unit: str
    points: int


class Cost(Part):
    """All that one rule charges."""

    rule: str
    points: int
    cases: tuple[CostCase, ...]


class Breach(Part):
    """One hard rule that a plan breaks."""

    rule: str
    text: str
    dates: tuple[Day, ...]


class Notice(Part):
    """A remark of a rule without a price: about a `subject`, in `weeks` where it matters."""

    rule: str
    subject: str
    text: str
    weeks: tuple[int, ...] = ()


class Plan(Part):
    """A block: its sessions by time, its weeks, and remarks of the rules without a price."""

    sessions: tuple[PlannedSession, ...]
    weeks: tuple[PlannedWeek, ...]
    notices: tuple[Notice, ...] = ()

    @property
    def reference(self) -> Reference:
        """What a later plan should stay near to."""
        return Reference(
            sessions=tuple(
                Standing(id=s.id, date=s.date, start=s.start, end=s.end, sets=s.sets) for s in self.sessions
            ),
            lighter_weeks=tuple(week.week for week in self.weeks if week.deload),
        )

    def _repr_html_(self) -> str:
        return self.calendar_html(())

    def calendar_html(self, runs: Iterable[CalendarRun]) -> str:
        """The weeks as an HTML table for a notebook, with runs beside the lifts."""
        by_day: dict[date, str] = {}
        for run in runs:
            cell = f"{html.escape(run.type)} {format_time(run.start)}<br>"
            by_day[run.date] = by_day.get(run.date, "") + cell
        for session in self.sessions:
            cell = f"<b>{html.escape(session.session)} {format_time(session.start)}</b><br>"
            by_day[session.date] = by_day.get(session.date, "") + cell
        rows = []
        for week in self.weeks:
            days = (week.start + timedelta(days=day) for day in range(7))
            body = "".join(f"<td>{by_day.get(day, '')}</td>" for day in days)
            rows.append(f"<tr><th>{week.week}</th>{body}<td>{week.sets} sets</td></tr>")
        return html_table(("Week", *DAY_NAMES, "Sets"), rows)


class Standing(Part):
    """Where a session of a plan stands, and how big it is."""

    id: str
    date: Day
    start: TimeOfDay
    end: TimeOfDay
    sets: int


class Reference(Part):
    """Another plan of the same runner: of equally good blocks the nearest to it wins.

    Attributes
    ----------
    sessions : tuple of Standing
        By their ids.
    lighter_weeks : tuple of int
        Its lighter weeks, counted from 1.
    """

    sessions: tuple[Standing, ...]
    lighter_weeks: tuple[int, ...] = ()


class CalendarRun(Part):
    """A fixed run as the calendar shows it beside the lifts."""

    date: Day
    start: TimeOfDay
    minutes: int
    type: str
    key: bool
    distance_km: float | None
    title: str = ""

    @property
    def start_time(self) -> time:
        """When it starts; `start` counts minutes since midnight."""
        return as_time(self.start)


class Audit(Part):
    """A plan judged by the rules, without any solver: what it breaks, and what it costs."""

    breaches: tuple[Breach, ...]
    costs: tuple[Cost, ...]
    remarks: tuple[Breach, ...] = Field((), description="What is settled and broke a rule.")

    @property
    def points(self) -> int:
        """All costs together."""
        return sum(cost.points for cost in self.costs)


def session_id(week: int, name: str) -> str:
    """Name a planned session by its week and session: stable when it moves to another day."""
    return f"w{week:02d}-{name}"


def week_of_id(name: str) -> int:
    """The week that a planned session belongs to, read off its id."""
    return int(name.partition("-")[0].removeprefix("w"))
