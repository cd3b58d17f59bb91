"""Exercises, records and weights: what a runner can do, and with what."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import (
    BeforeValidator,
    Field,
    WithJsonSchema,
    model_validator,
)

from mesocycle.models.clock import (
    Day,
)
from mesocycle.models.names import Name
from mesocycle.models.training import WHOLE, Part
from mesocycle.models.weights import BarWeight, LoadedWeight, Percent, Weight, read_record, split_weight

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
    names : tuple of str
        What else it is called.
    cues : tuple of str
        How to do it, and what to mind.
    harder : Harder, optional
        What comes next, also where the weights at hand are too light; None for the hardest of its kind.
    """

    id: str
    name: str
    names: tuple[str, ...] = ()
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


_Share = Annotated[float, Field(ge=0, le=1)]
_Reps = Annotated[int, Field(ge=1, le=120), WHOLE]
_Pattern = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]


def _sets(value: Any) -> Any:
    if isinstance(value, bool):
        raise ValueError("expected a whole number or [least, most], not true or false")
    if isinstance(value, (list, tuple)) and len(value) > 2 and all(type(each) is int for each in value):
        raise ValueError(
            'whole numbers are [least, most]; sets one by one are texts: ["5 @ 75 %", "5 @ 85 %"], '
            "and repetitions of each set stand under reps: [5, 3, 1]"
        )
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
    load: tuple[Percent, Percent] | None = Field(None, description="Usual load in % of 1RM, [least, most].")
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


class Record(Part):
    """What a runner can lift: a 1RM, or a recent set with its repetitions."""

    one_rm: Weight | None = Field(None, description="The most he can lift once.")
    weight: Weight | None = Field(None, description="Weight of a recent set.")
    reps: Annotated[int, Field(ge=1, le=20), WHOLE] | None = Field(
        None, description="Repetitions of that set."
    )
    rir: Annotated[int, Field(ge=0, le=6), WHOLE] = Field(0, description="Repetitions that were left in it.")
    date: Day | None = Field(None, description="When it was lifted.")
    unit: Literal["kg", "lb"] | None = Field(
        None, description="kg or lb; that of `weights` if left out. Another one is converted."
    )

    @model_validator(mode="before")
    @classmethod
    def _with_units(cls, data: Any) -> Any:
        """Read `one_rm: 220 lb` as a number and its unit."""
        if not isinstance(data, Mapping):
            return data
        read = dict(data)
        for key in ("one_rm", "weight"):
            weight = split_weight(read[key]) if isinstance(read.get(key), str) else None
            if weight is not None:
                read[key], unit = weight
                if unit and read.setdefault("unit", unit) != unit:
                    raise ValueError(f"{key} is in {unit}, unit says {read['unit']}: give one of the two")
        return read

    @model_validator(mode="after")
    def _one_or_the_other(self) -> Record:
        if (self.one_rm is None) == (self.weight is None) or (self.weight is None) != (self.reps is None):
            raise ValueError("a record is a 1RM (one_rm: 120), or a set (weight: 80, reps: 8)")
        return self


RecordText = Annotated[
    Record,
    BeforeValidator(read_record),
    WithJsonSchema(
        {
            "oneOf": [
                {"type": "number", "exclusiveMinimum": 0, "maximum": 1000},
                {"type": "string", "examples": ["80 x 8", "220 lb", "80 kg x 8"]},
                {"type": "object"},
            ]
        }
    ),
]


class Weights(Part):
    """What a runner can load, in his unit; what is left out is a usual gym's."""

    unit: Literal["kg", "lb"] = Field("kg", description="kg or lb, for all weights of the scenario.")
    bar: BarWeight | None = Field(None, description="The empty bar; 20 kg or 45 lb if left out.")
    plates: tuple[LoadedWeight, ...] | None = Field(
        None,
        min_length=1,
        max_length=20,
        description="Pairs of plates he has; any number of the usual ones if left out.",
    )
    dumbbells: tuple[LoadedWeight, ...] | None = Field(
        None, min_length=1, max_length=60, description="Dumbbells he has; steps of 2 kg or 5 lb if left out."
    )
    kettlebells: tuple[LoadedWeight, ...] | None = Field(
        None,
        min_length=1,
        max_length=30,
        description="Kettlebells he has; steps of 4 kg or 5 lb if left out.",
    )
