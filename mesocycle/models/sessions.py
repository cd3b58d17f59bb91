"""Sessions of the week, what is done in them, and where they have to be."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Annotated, Any, Literal, cast

from pydantic import (
    BeforeValidator,
    Discriminator,
    Field,
    PlainSerializer,
    Tag,
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
from mesocycle.models.schemes import SetText, WrittenSet, parse_range, parse_set
from mesocycle.models.strength import SetRange
from mesocycle.models.training import WHOLE, Part, Phase
from mesocycle.models.weights import Percent

_TEMPO = re.compile(r"^\d{1,2}-\d{1,2}-(\d{1,2}|x)(-\d{1,2})?$")


_PIN = re.compile(r"^(?P<session>.+)@\s*(?P<when>[^\s@]+)(?:\s+(?P<start>\S.*))?$")


_Label = Annotated[Name, Field(max_length=20, pattern=r"\S")]


def _is_written(value: Any) -> bool:
    """Whether a list holds sets one by one, not a range of their number."""
    return isinstance(value, (list, tuple)) and any(isinstance(one, (str, WrittenSet, dict)) for one in value)


def _reps(value: Any) -> Any:
    """Read 5, "8-12" or [5, 3, 1]: a number, a range, or one for each set."""
    if isinstance(value, str) and not value.strip().isdigit():
        found = parse_range(value)
        if found is None:
            raise ValueError("repetitions are a number, a range such as 8-12, or one for each set: [5, 3, 1]")
        return (found,)
    if isinstance(value, (list, tuple)):
        return tuple(map(parse_set, value))
    return value


def _plain_reps(value: Any) -> Any:
    """Repetitions as a file holds them."""
    if not isinstance(value, tuple):
        return value
    return str(value[0]) if len(value) == 1 and value[0].most is not None else [str(one) for one in value]


def _tempo(value: Any) -> Any:
    """Read "3-1-1" or "3-1-x", seconds down, held and up; a fourth number, a pause above, may follow."""
    text = value.strip().lower() if isinstance(value, str) else ""
    if not _TEMPO.match(text):
        raise ValueError('a tempo is written like "3-1-1": seconds down, held, up')
    return text


Tempo = Annotated[
    str,
    BeforeValidator(_tempo),
    WithJsonSchema({"type": "string", "pattern": _TEMPO.pattern, "examples": ["3-1-1"]}),
]


Written = Annotated[tuple[SetText, ...], Field(min_length=1, max_length=10)]


# Integers alone are a range: a text tells sets one by one.
_WRITTEN = {
    "type": "array",
    "items": {"type": ["string", "integer"]},
    "contains": {"type": "string"},
    "minItems": 1,
    "maxItems": 10,
    "examples": [["5 @ 75 %", "5 @ 80 %", "5 @ 85 %"]],
}


SetsText = Annotated[
    Annotated[SetRange, Tag("range")] | Annotated[Written, Tag("written"), WithJsonSchema(_WRITTEN)],
    Discriminator(lambda value: "written" if _is_written(value) else "range"),
]


RepsText = Annotated[
    Annotated[int, Field(ge=1, le=120), WHOLE] | Written,
    BeforeValidator(_reps),
    PlainSerializer(_plain_reps),
    WithJsonSchema(
        {
            "oneOf": [
                {"type": "integer", "minimum": 1, "maximum": 120},
                {
                    "type": "string",
                    "pattern": r"^\s*\d{1,3}(\s*(-|–|to)\s*\d{1,3})?\s*$",
                    "examples": ["8-12"],
                },
                {
                    "type": "array",
                    "items": {"type": ["integer", "string"]},
                    "minItems": 1,
                    "maxItems": 10,
                    "examples": [[5, 3, 1]],
                },
            ]
        }
    ),
]


class SessionExercise(Part):
    """One exercise of a session."""

    exercise: Name = Field(description="Id of an exercise of the library.")
    sets: SetsText | None = Field(
        None,
        description="A fixed number, or [least, most], or the sets one by one: [5 @ 75 %, 5 @ 85 %]; "
        "the library's range if left out.",
    )
    reps: RepsText | None = Field(
        None,
        description="Repetitions or seconds per set, a range such as 8-12, or one for each set: [5, 3, 1]; "
        "follow the phase if left out.",
    )
    scheme: Name | None = Field(
        None, description="A scheme of `schemes` or a built-in one, in place of sets, reps, load and rir."
    )
    load: Percent | None = Field(None, description="Load in % of 1RM; follows reps and rir if left out.")
    rir: Annotated[int, Field(ge=0, le=6), WHOLE] | None = Field(None, description="Repetitions in reserve.")
    tempo: Tempo | None = Field(
        None, description="Seconds down, held and up, such as 3-1-1; x for as fast as it goes."
    )
    superset: _Label | None = Field(
        None, description="Neighbours with the same label are done in turn, as a superset."
    )
    complex: _Label | None = Field(
        None, description="Neighbours with the same label: a heavy lift, then its jump."
    )
    phases: tuple[Phase, ...] = Field(
        (),
        max_length=5,
        description="The phases in which it is done, such as [base, build]; all if left out.",
    )
    rotate: tuple[Name, ...] | None = Field(
        None,
        max_length=6,
        description="Exercises that may take its place when something changes; [] for none.",
    )

    @property
    def range(self) -> tuple[int, int] | None:
        """The least and the most sets, where they are written so."""
        return cast(tuple[int, int], self.sets) if self.sets and not _is_written(self.sets) else None

    @property
    def written(self) -> tuple[WrittenSet, ...]:
        """The sets that are written one by one; a range of repetitions counts as one of them."""
        if _is_written(self.sets):
            return cast(tuple[WrittenSet, ...], self.sets)
        return self.reps if isinstance(self.reps, tuple) else ()

    @property
    def is_range(self) -> bool:
        """Whether all sets have one range of repetitions: 8-12."""
        return isinstance(self.reps, tuple) and len(self.reps) == 1 and self.reps[0].most is not None

    @property
    def fixed_reps(self) -> int | None:
        """Repetitions that are the same for each set, where they are written so."""
        return self.reps if isinstance(self.reps, int) else None


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

    def in_phase(self, phase: str) -> Session:
        """The session as it is in weeks of a phase."""
        if all(not entry.phases for entry in self.exercises):
            return self
        kept = tuple(entry for entry in self.exercises if not entry.phases or phase in entry.phases)
        return self.model_copy(update={"exercises": kept})

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
