"""Exercises, sessions and what a runner can lift: the nouns of strength training."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    ValidationError,
    WithJsonSchema,
    model_validator,
)

from mesocycle.models.clock import (
    WEEKDAY_NAMES,
    WEEKDAYS,
    Day,
    Hours,
    TimeOfDay,
    Weekday,
    format_day,
    format_time,
    parse_day,
    parse_time,
    parse_weekday,
)
from mesocycle.models.names import Name
from mesocycle.models.training import WHOLE, Part

_SET = re.compile(r"^(\d{1,4}(?:\.\d{1,2})?)\s*[x×]\s*(\d{1,2})$")
# From this load on the legs, the sets of an exercise count as leg sets.
LEG_LOAD = 0.3
PROPER_NAMES = frozenset({"Bulgarian", "Nordic", "Pallof", "Romanian"})
WEIGHTS = frozenset({"barbell", "trap_bar", "dumbbell", "kettlebell", "sled"})


class Role(StrEnum):
    """The part an exercise plays in a session."""

    MAIN = "main"
    ACCESSORY = "accessory"
    CORE = "core"
    PLYOMETRIC = "plyometric"


class RepsUnit(StrEnum):
    """What is counted in a set: repetitions, seconds or metres, of both sides together or of each."""

    REPS = "reps"
    EACH_SIDE = "each_side"
    SECONDS = "s"
    SECONDS_EACH_SIDE = "s_each_side"
    METRES = "m"


class Harder(Part):
    """A harder movement of the same kind; `ratio` is its 1RM as a share of the easier one's."""

    exercise: str
    ratio: float = Field(gt=0, le=2)


class Exercise(Part):
    """Facts about an exercise.

    Attributes
    ----------
    counts_for : tuple of str
        Movement patterns; the first is its own, the others count half.
    equipment : tuple of tuples
        Alternatives, each a list of what is needed together.
    lower_body_load, eccentric_load : float
        0 to 1: load on the legs of a hard set, and the share of lowering in it (1 is most).
    sets, reps_range, load : pairs
        Usual ranges of sets, repetitions and load in % of 1RM; None where no load is counted.
    rest_seconds, seconds_per_set : int
        Rest after a set; a set with its rest, both sides where unilateral.
    cues : tuple of str
        What to mind while doing it.
    harder : Harder, optional
        What comes next where the weights at hand are too light.
    """

    id: str
    name: str
    pattern: str
    counts_for: tuple[str, ...] = Field(min_length=1)
    role: Role
    muscles: tuple[str, ...] = Field(min_length=1)
    muscles_secondary: tuple[str, ...] = ()
    unilateral: bool
    equipment: tuple[tuple[str, ...], ...] = Field(min_length=1)
    lower_body_load: float = Field(ge=0, le=1)
    eccentric_load: float = Field(ge=0, le=1)
    sets: tuple[int, int]
    reps: int
    reps_range: tuple[int, int]
    reps_unit: RepsUnit
    load: tuple[int, int] | None
    rest_seconds: int = Field(ge=0, le=600)
    seconds_per_set: int = Field(ge=10, le=900)
    source: tuple[str, ...] = ()
    note: str = ""
    cues: tuple[str, ...] = ()
    harder: Harder | None = None

    @property
    def in_text(self) -> str:
        """Its name within a sentence: "back squat", "Romanian deadlift", "single-leg RDL"."""
        return self.name if self.name.split()[0] in PROPER_NAMES else self.name[:1].lower() + self.name[1:]

    @property
    def legs(self) -> bool:
        """Whether its sets count as leg sets."""
        return self.lower_body_load >= LEG_LOAD

    @property
    def weighted(self) -> bool:
        """Whether it is done with a weight that can grow; jumps are not made heavier."""
        words = {word for way in self.equipment for word in way}
        return self.role is not Role.PLYOMETRIC and any(
            word in WEIGHTS or word.endswith("machine") for word in words
        )


_PIN = re.compile(r"^(?P<session>.+)@\s*(?P<when>[^\s@]+)(?:\s+(?P<start>\S+))?$")
_Share = Annotated[float, Field(ge=0, le=1)]
_Reps = Annotated[int, Field(ge=1, le=120), WHOLE]
_Percent = Annotated[int, Field(ge=20, le=100), WHOLE]
_Label = Annotated[Name, Field(max_length=20, pattern=r"\S")]
_Pattern = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]


def _grams(value: float) -> float:
    """Refuse what no scale shows: sums of odd fractions would take forever."""
    if round(value, 3) != value:
        raise ValueError("a weight has at most three decimals")
    return value


def _sets(value: Any) -> Any:
    if isinstance(value, bool):
        raise ValueError("expected a whole number or [least, most], not true or false")
    return (value, value) if isinstance(value, int) else value


SetRange = Annotated[
    tuple[Annotated[int, Field(ge=1, le=10), WHOLE], Annotated[int, Field(ge=1, le=10), WHOLE]],
    BeforeValidator(_sets),
    WithJsonSchema(
        {
            "oneOf": [
                {"type": "integer", "minimum": 1, "maximum": 10},
                {
                    "type": "array",
                    "items": {"type": "integer", "minimum": 1, "maximum": 10},
                    "minItems": 2,
                    "maxItems": 2,
                },
            ]
        }
    ),
]


class OwnExercise(Part):
    """An exercise of the runner's own, or other facts about one of the library's.

    What is left out comes from the exercise of that name, else from the one it is `like`, else from its
    pattern and role.
    """

    like: Name | None = Field(None, description="A library exercise whose facts hold unless given here.")
    name: Annotated[Name, Field(max_length=60, pattern=r"\S")] | None = Field(
        None, description="What it is called in the plan."
    )
    pattern: _Pattern | None = Field(None, description="Movement pattern, such as squat or pull_vertical.")
    counts_for: tuple[_Pattern, ...] | None = Field(
        None, min_length=1, max_length=6, description="Patterns it counts for; those after the first by half."
    )
    role: Role | None = Field(None, description="main, accessory, core or plyometric.")
    muscles: tuple[Name, ...] | None = Field(
        None, min_length=1, max_length=12, description="Muscles it trains."
    )
    unilateral: bool | None = Field(None, description="Is it done on one side at a time?")
    equipment: tuple[tuple[Name, ...], ...] | None = Field(
        None, min_length=1, max_length=8, description="Alternatives, each a list of what is needed together."
    )
    lower_body_load: _Share | None = Field(None, description="Load on the legs of a hard set, 0 to 1.")
    eccentric_load: _Share | None = Field(None, description="How much of it is lowering, 0 to 1.")
    sets: SetRange | None = Field(None, description="Usual sets, [least, most].")
    reps: _Reps | None = Field(None, description="Usual repetitions, seconds or metres of a set.")
    reps_range: tuple[_Reps, _Reps] | None = Field(None, description="Least and most repetitions.")
    reps_unit: RepsUnit | None = Field(None, description="reps, each_side, s, s_each_side or m.")
    load: tuple[_Percent, _Percent] | None = Field(None, description="Usual load in % of 1RM, [least, most].")
    rest_seconds: Annotated[int, Field(ge=0, le=600), WHOLE] | None = Field(
        None, description="Rest after a set, in seconds."
    )
    seconds_per_set: Annotated[int, Field(ge=10, le=900), WHOLE] | None = Field(
        None, description="A set with its rest, in seconds; both sides where unilateral."
    )

    @model_validator(mode="after")
    def _once(self) -> OwnExercise:
        if self.counts_for is not None and len(set(self.counts_for)) < len(self.counts_for):
            raise ValueError("a pattern stands twice under counts_for")
        return self


class SessionExercise(Part):
    """One exercise of a session."""

    exercise: Name = Field(description="Id of an exercise of the library.")
    sets: SetRange | None = Field(
        None, description="A fixed number, or [least, most]; the library's range if left out."
    )
    reps: _Reps | None = Field(
        None, description="Repetitions or seconds per set; follow the phase if left out."
    )
    load: _Percent | None = Field(None, description="Load in % of 1RM; follows reps and rir if left out.")
    rir: Annotated[int, Field(ge=0, le=6), WHOLE] | None = Field(None, description="Repetitions in reserve.")
    superset: _Label | None = Field(
        None, description="Neighbours with the same label are done in turn, as a superset."
    )
    complex: _Label | None = Field(
        None, description="Neighbours with the same label: a heavy lift, then its jump."
    )
    rotate: tuple[Name, ...] | None = Field(
        None,
        max_length=6,
        description="Exercises that may take its place when something changes; [] for none.",
    )


class Kind(StrEnum):
    """What a session is: a lift, or one of the small sessions that need no place of their own."""

    LIFT = "lift"
    CORE = "core"
    PLYO = "plyo"
    MOBILITY = "mobility"


class Session(Part):
    """One strength session of the week: its exercises, or only its minutes and its load on the legs."""

    name: Name = Field(min_length=1, max_length=40, description="A short name, such as A.")
    exercises: tuple[SessionExercise, ...] = Field((), max_length=20, description="What is done, in order.")
    minutes: Annotated[int, Field(ge=10, le=180), WHOLE] | None = Field(
        None, description="How long it takes; with exercises, the most it may take."
    )
    lower_body: Literal["heavy", "moderate", "none"] | None = Field(
        None, description="Without exercises: its load on the legs."
    )
    kind: Kind = Field(
        Kind.LIFT,
        description="lift, or core, plyo or mobility: beside the lifts, also on easy days and eves.",
    )
    per_week: Annotated[int, Field(ge=1, le=7), WHOLE] | None = Field(
        None, description="How often a week, for core, plyo and mobility; 1 if left out."
    )
    days: tuple[Weekday, ...] = Field(
        (), max_length=7, description="The weekdays on which it should be, such as [wed]."
    )
    time: Hours | None = Field(
        None, description='When it should start: morning, midday, afternoon, evening, or "17:00-19:00".'
    )
    must: bool = Field(False, description="true: days and time are a must, not a wish at a price.")

    @property
    def is_lift(self) -> bool:
        """Whether it is a lift, and counts for sessions_per_week."""
        return self.kind is Kind.LIFT

    @property
    def wishes(self) -> str:
        """Its days and hours in a sentence: "Wednesday, 17:00-22:00"."""
        days = [WEEKDAY_NAMES[at] for at, day in enumerate(WEEKDAYS) if day in self.days]
        return ", ".join(filter(None, (" or ".join(days), "" if self.time is None else str(self.time))))


class Pin(Part):
    """Where one session has to be: on one date, or on one weekday of every week."""

    session: Name = Field(max_length=41, description="The session's name; A2 is the second A of a week.")
    date: Day | None = Field(None, description="The date on which it takes place.")
    day: Weekday | None = Field(None, description="Or the weekday on which it is, in every week.")
    start: TimeOfDay | None = Field(None, description="When it starts; any time if left out.")

    @model_validator(mode="after")
    def _one_or_the_other(self) -> Pin:
        if (self.date is None) == (self.day is None):
            raise ValueError("a pin names a date (date: 2026-10-07) or a weekday (day: wed)")
        return self

    @property
    def where(self) -> str:
        """What it says, in words: "Legs on Wed 7 Oct at 18:00", "Legs on Wednesdays"."""
        weekday = WEEKDAY_NAMES[WEEKDAYS.index(self.day or WEEKDAYS[0])]
        when = f"{weekday}s" if self.date is None else format_day(self.date)
        return f"{self.session} on {when}" + ("" if self.start is None else f" at {format_time(self.start)}")

    @classmethod
    def of_text(cls, text: str) -> Pin:
        """Read "Legs@wed", "Legs@2026-10-07" or "Legs@wed 18:00".

        Raises
        ------
        ValueError
            If it is written otherwise, or there is no such day or hour.
        """
        match = _PIN.match(text.strip())
        if match is None:
            raise ValueError('a pin is written like "Legs@wed", "Legs@2026-10-07" or "Legs@wed 18:00"')
        when = match["when"]
        try:
            day, date = parse_weekday(when), None
        except ValueError:
            if not any(letter.isdigit() for letter in when):
                raise
            day, date = None, parse_day(when)
        start = None if match["start"] is None else parse_time(match["start"])
        try:
            return cls(session=match["session"].strip(), day=day, date=date, start=start)
        except ValidationError as error:
            (wrong,) = error.errors()
            raise ValueError(str(wrong.get("ctx", {}).get("error") or wrong["msg"])) from None

    def __str__(self) -> str:
        when = self.day if self.date is None else self.date.isoformat()
        return f"{self.session}@{when}" + ("" if self.start is None else f" {format_time(self.start)}")


def _record(value: Any) -> Any:
    """Read 120 as a 1RM and "80 x 8" as a set."""
    if value is None or isinstance(value, (bool, list, tuple)):
        raise ValueError('expected a 1RM such as 120, or a set such as "80 x 8"')
    if isinstance(value, (int, float)):
        return {"one_rm": value}
    if isinstance(value, str):
        match = _SET.match(value.strip().lower())
        if match is None:
            raise ValueError('expected a 1RM such as 120, or a set such as "80 x 8"')
        return {"weight": float(match[1]), "reps": int(match[2])}
    return value


_Weight = Annotated[float, Field(gt=0, le=1000), AfterValidator(_grams)]


class Record(Part):
    """What a runner can lift: a 1RM, or a recent set with its repetitions, in the unit of `weights`."""

    one_rm: _Weight | None = Field(None, description="The most he can lift once.")
    weight: _Weight | None = Field(None, description="Weight of a recent set.")
    reps: Annotated[int, Field(ge=1, le=20), WHOLE] | None = Field(
        None, description="Repetitions of that set."
    )
    rir: Annotated[int, Field(ge=0, le=6), WHOLE] = Field(0, description="Repetitions that were left in it.")
    date: Day | None = Field(None, description="When it was lifted.")

    @model_validator(mode="after")
    def _one_or_the_other(self) -> Record:
        if (self.one_rm is None) == (self.weight is None) or (self.weight is None) != (self.reps is None):
            raise ValueError("a record is a 1RM (one_rm: 120), or a set (weight: 80, reps: 8)")
        return self


RecordText = Annotated[
    Record,
    BeforeValidator(_record),
    WithJsonSchema(
        {
            "oneOf": [
                {"type": "number", "exclusiveMinimum": 0, "maximum": 1000},
                {"type": "string", "examples": ["80 x 8"]},
                {"type": "object"},
            ]
        }
    ),
]


class Weights(Part):
    """What a runner can load, in his unit; what is left out is a usual gym's."""

    unit: Literal["kg", "lb"] = Field("kg", description="kg or lb, for all weights of the scenario.")
    bar: Annotated[float, Field(ge=0, le=100), AfterValidator(_grams)] | None = Field(
        None, description="The empty bar; 20 kg or 45 lb if left out."
    )
    plates: tuple[_Weight, ...] | None = Field(
        None,
        min_length=1,
        max_length=20,
        description="Pairs of plates he has; any number of the usual ones if left out.",
    )
    dumbbells: tuple[_Weight, ...] | None = Field(
        None, min_length=1, max_length=60, description="Dumbbells he has; steps of 2 kg or 5 lb if left out."
    )
    kettlebells: tuple[_Weight, ...] | None = Field(
        None,
        min_length=1,
        max_length=30,
        description="Kettlebells he has; steps of 4 kg or 5 lb if left out.",
    )
