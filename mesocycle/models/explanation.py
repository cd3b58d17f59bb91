"""Why a block is as it is, and what every other choice would cost: facts, each with its sentence."""

from __future__ import annotations

from typing import Any

from pydantic import Field, computed_field

from mesocycle.models.clock import Day, TimeOfDay, format_day, format_time
from mesocycle.models.difference import Move
from mesocycle.models.plan import Status
from mesocycle.models.prices import Alternative, points_text, rules_text
from mesocycle.models.sessions import Kind
from mesocycle.models.training import Part

EXPLANATION_VERSION = 1


class ExerciseSets(Part):
    """Why an exercise has so many sets, and what one more or one less would cost.

    Attributes
    ----------
    full, allowed : int
        Sets in a week without any trim, and what this week's share comes to.
    most : int
        The most that hard rules allow in this week.
    """

    exercise: str
    name: str
    sets: int
    full: int
    allowed: int
    most: int
    more: Alternative | None = None
    fewer: Alternative | None = None
    text: str


class SessionExplained(Part):
    """Why a session is where it is, and what every other day would cost.

    Attributes
    ----------
    date, start, end : None where it is left out.
    forced : bool or None
        Whether no block holds it on another day; None where that is not known.
    verdict : str
        Forced or chosen, in a sentence.
    days : tuple of Alternative
        Every day of its week.
    left_out : Alternative or None
        What it would cost to leave it out.
    exercises : tuple of ExerciseSets
        Only where the session was asked about.
    """

    id: str
    session: str
    kind: Kind
    week: int
    date: Day | None
    start: TimeOfDay | None
    end: TimeOfDay | None
    sets: int
    why: str
    forced: bool | None
    verdict: str
    days: tuple[Alternative, ...] = ()
    left_out: Alternative | None = None
    exercises: tuple[ExerciseSets, ...] = ()

    @property
    def known(self) -> bool:
        """Whether no price of it is unknown."""
        rows = [*self.days, self.left_out]
        rows += [row for exercise in self.exercises for row in (exercise.more, exercise.fewer)]
        prices = [price for row in rows if row is not None for price in (row.frozen, row.week, row.block)]
        return all(price is None or price.possible is not None for price in prices)

    @property
    def headline(self) -> str:
        """What it is and where: "A, week 3: Tue 15 Sep 18:00-18:55, 12 sets"."""
        if self.date is None or self.start is None or self.end is None:
            return f"{self.session}, week {self.week}: left out"
        hours = f"{format_time(self.start)}-{format_time(self.end)}"
        sets = f"{self.sets} set{'s' * (self.sets != 1)}"
        return f"{self.session}, week {self.week}: {format_day(self.date)} {hours}, {sets}"


class Share(Part):
    """What a rule allows of the full sets in a week."""

    rule: str
    share: float
    hard: bool
    text: str


class PatternPrice(Part):
    """Another choice of lighter weeks, and what the best block with it costs more than the plan."""

    lighter_weeks: tuple[int, ...]
    here: bool
    points: int | None = Field(description="Null where no block has it, or time was up.")
    text: str


class SingleMove(Part):
    """A session of a plan that would stand better elsewhere, nothing else changed.

    Attributes
    ----------
    move : Move
        From where to where.
    breaches : int
        How many more times a hard rule would be broken; less than 0 where it mends some.
    points : int
        What the plan would cost more; by rule in `by_rule`, only what differs.
    """

    move: Move
    breaches: int
    points: int
    by_rule: dict[str, int] = Field(default_factory=dict)

    @computed_field  # type: ignore[prop-decorator]
    @property
    def text(self) -> str:
        """The move and what it wins, in a sentence."""
        mends = -self.breaches
        told = f"mends {mends} breach{'es' * (mends != 1)}, " if mends > 0 else ""
        rules = f" ({rules_text(self.by_rule)})" if self.by_rule else ""
        return f"{self.move.text}: {told}{points_text(self.points)}{rules}"


class WeekExplained(Part):
    """Why a week has as many sets as it has.

    Attributes
    ----------
    shares : tuple of Share
        The rules that allow less than all, the least first.
    patterns : tuple of PatternPrice
        Every choice of lighter weeks, where there are several.
    verdict : str
        All of it in a sentence.
    """

    week: int
    start: Day
    phase: str
    lighter: bool
    set_factor: float
    sets: int
    full_sets: int
    distance_km: float | None
    shares: tuple[Share, ...] = ()
    patterns: tuple[PatternPrice, ...] = ()
    verdict: str


class Explanation(Part):
    """Answers about a block.

    Attributes
    ----------
    objective : int
        Points of the plan that is explained; `proven` as in its result.
    settled : dict of str to int
        How many exact prices were proven how, in the words of `Price.proof`.
    complete : bool
        Whether time sufficed for everything.
    """

    schema_version: int = EXPLANATION_VERSION
    name: str
    status: Status
    proven: bool
    objective: int
    sessions: tuple[SessionExplained, ...] = ()
    weeks: tuple[WeekExplained, ...] = ()
    settled: dict[str, int] = Field(default_factory=dict)
    complete: bool = True

    def to_dict(self) -> dict[str, Any]:
        """The explanation as plain data."""
        return self.model_dump(mode="json")

    def __str__(self) -> str:
        lines = []
        for week in self.weeks:
            lines.append(f"week {week.week}: {week.verdict}")
        for session in self.sessions:
            lines += [session.headline, *(f"  {text}" for text in (session.why, session.verdict) if text)]
            lines += [f"  {day.text}" for day in session.days]
            lines += [f"  {exercise.text}" for exercise in session.exercises]
        return "\n".join(lines)
