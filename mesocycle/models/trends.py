"""What was lifted and run, week by week; weeks that are still to come are left out."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from mesocycle.models.clock import Day
from mesocycle.models.felt import Soreness, Wellness
from mesocycle.models.lift_log import Unit
from mesocycle.models.living import Answer
from mesocycle.models.training import Part


class Adherence(Part):
    """What became of planned lifts whose time has come.

    Attributes
    ----------
    planned : int
        How many there were.
    done, assumed : int
        Logged; past, and nobody said anything, so they count as done as planned.
    moved : int
        How many of those, or of what is still to come, stood elsewhere than planned.
    skipped : dict of str to int
        By reason: sick, time, travel, sore, away, or none.
    beside : int
        Lifts beside the plan.
    """

    planned: int = 0
    done: int = 0
    assumed: int = 0
    moved: int = 0
    skipped: dict[str, int] = Field(default_factory=dict)
    beside: int = 0


class WeekSeen(Part):
    """A week as it was planned, and as it was.

    Attributes
    ----------
    open : bool
        Whether it is still going on: then what was planned, too, is what was due so far.
    planned_km, km : float or None
        Distance of its runs; None where no run has one.
    run_minutes, lift_minutes : int
        As they were, assumed ones included.
    planned_sets, sets : dict of str to float
        Hard sets by movement pattern; a pattern that an exercise also trains counts half.
    planned_working_sets, working_sets : int
        Working sets in all, those of small sessions included.
    planned_legs_dose, legs_dose : float
        Load on the legs; 8 is a full heavy session.
    soreness : dict of str to int
        The most of the week, by site.
    """

    week: int
    start: Day
    open: bool
    adherence: Adherence
    planned_km: float | None
    km: float | None
    planned_run_minutes: int
    run_minutes: int
    planned_lift_minutes: int
    lift_minutes: int
    planned_sets: dict[str, float]
    sets: dict[str, float]
    planned_working_sets: int
    working_sets: int
    planned_legs_dose: float
    legs_dose: float
    soreness: dict[str, int] = Field(default_factory=dict)


class LiftSeen(Part):
    """The estimated 1RM of a lift at the end of each week, as `WeekSeen` has them; None where none is known.

    `plan` is the week's max that the published plan goes by.
    """

    exercise: str
    name: str
    unit: Unit
    maxes: tuple[float | None, ...]
    plan: tuple[float | None, ...]


class TargetSeen(Part):
    """How far a target is, and whether the growth of the published plan gets there.

    Attributes
    ----------
    set : str
        What is aimed at: "100 kg x 5".
    needed : float
        The 1RM that it asks for, in `unit`.
    now : float or None
        The 1RM by the log, or by the records where nothing is logged.
    now_set : str
        That as such a set: "92.5 kg x 5"; empty if nothing is known.
    share : float or None
        `now` in % of what is needed.
    plan_max : float or None
        The most that the published plan's week max comes to by then.
    reaches : bool or None
        Whether that is enough; None where the plan does not tell.
    text : str
        The same in a sentence.
    """

    exercise: str
    name: str
    unit: Unit
    set: str
    by: Day
    needed: float
    now: float | None
    now_set: str
    share: float | None
    plan_max: float | None
    reaches: bool | None
    text: str


class Trends(Answer):
    """What the weeks up to today show; nothing is interpreted.

    Attributes
    ----------
    streak : int
        Weeks in a row, up to now, in which every lift was done.
    streak_assumed : int
        How many lifts of these nobody said anything about.
    """

    name: str
    date: Day
    units: Literal["km", "mi"]
    weeks: tuple[WeekSeen, ...]
    adherence: Adherence
    lifts: tuple[LiftSeen, ...]
    streak: int
    streak_assumed: int
    targets: tuple[TargetSeen, ...] = ()
    soreness: tuple[Soreness, ...] = ()
    wellness: tuple[Wellness, ...] = ()
