"""What the log says of a lift's max: records, exposures with their sets, and what follows from them."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from mesocycle.models.clock import Day
from mesocycle.models.living import Answer
from mesocycle.models.training import Part

Unit = Literal["kg", "lb"]
# What an exposure does to the max: it counts; it says at least so much, which is known; it is ignored as an
# outlier; a set of it gives no estimate; no set of it was told, so it only repeats the plan.
Standing = Literal["counts", "at_least", "outlier", "no_estimate", "as_planned"]
Step = Literal["on", "hold", "back"]


class RecordSeen(Part):
    """A record: from its date on it is the max, until exposures after it say otherwise.

    Attributes
    ----------
    date : date or None
        None for one of the scenario without a date, which holds from the start.
    text : str
        As it was written: "85 kg x 5, 2 in reserve".
    one_rm : float
        Estimated 1RM, in the runner's unit.
    """

    date: Day | None
    text: str
    one_rm: float
    source: Literal["scenario", "log"]
    counts: bool = Field(description="Whether its date has come.")


class SetSeen(Part):
    """A work set or a test of a lift.

    Attributes
    ----------
    weight : float or None
        In `unit`; None where nothing was loaded or nothing is told.
    reserve : str
        Where its reserve comes from: `told`, `planned` as the planned repetitions were met, or `unknown`.
    estimate : float or None
        1RM in the runner's unit; None without a weight, or beyond 1 to 10 repetitions.
    at_least : bool
        Whether the 1RM is so much or more.
    best : bool
        Whether it is the set that its session is known by.
    """

    weight: float | None
    unit: Unit | None
    reps: int | None
    rir: int | None
    reserve: Literal["told", "planned", "unknown"]
    estimate: float | None
    at_least: bool = False
    best: bool = False


class ExposureSeen(Part):
    """A done session with the lift in it.

    Attributes
    ----------
    session : str or None
        The id of the planned session; None beside the plan.
    told : bool
        Whether its sets were logged; else it counts as done as planned.
    estimate : float or None
        That of its best set, as 1RM in the runner's unit.
    standing : str
        `counts`, `at_least` (no more than what held), `outlier`, `no_estimate`, or `as_planned` if no set was
        told.
    why : str
        The same in words.
    struggle : str
        What was missed, in words; empty if nothing was.
    step : str
        What follows for the weight: `on`, `hold` or `back` (5 %).
    max : float or None
        What holds after it.
    in_median : bool
        Whether it is one of those whose median holds on the day that is asked about.
    """

    session: str | None
    date: Day
    told: bool
    sets: tuple[SetSeen, ...]
    estimate: float | None
    at_least: bool = False
    standing: Standing
    why: str
    struggle: str = ""
    step: Step = "on"
    max: float | None = None
    in_median: bool = False


class PlanGoesBy(Part):
    """What the published plan goes by: that of the day's session, else the next one, else the last.

    Attributes
    ----------
    week_max : float or None
        Estimated 1RM of the week in the runner's unit; None where the plan has no record.
    work : str
        What its card says: "3 × 5 @ 82.5 kg".
    """

    session: str
    date: Day
    week_max: float | None
    work: str


class LoadReason(Answer):
    """All that the max of a lift rests on, on a day.

    Attributes
    ----------
    max : float or None
        What the log says, as 1RM in `unit`; None where nothing is known.
    counted : tuple of float
        The estimates whose median it is, the oldest first; a record stands for each that is missing.
    step : str
        `on`; `hold`: planned repetitions were missed, or less than one was left; `back`: twice in a row,
        which took 5 % off.
    text : str
        In a sentence where the max comes from.
    plan : PlanGoesBy or None
        What the published plan goes by; it follows the log when the block is planned again.
    """

    exercise: str
    name: str
    date: Day
    unit: Unit
    records: tuple[RecordSeen, ...] = ()
    exposures: tuple[ExposureSeen, ...] = ()
    max: float | None = None
    counted: tuple[float, ...] = ()
    step: Step = "on"
    text: str = ""
    plan: PlanGoesBy | None = None
