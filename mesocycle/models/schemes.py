"""Schemes: sets that are written one by one, as lines that come in their turn."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, PlainSerializer, WithJsonSchema, model_validator

from mesocycle.models.names import Name
from mesocycle.models.training import Part

_SET = re.compile(
    r"^(?P<reps>\d{1,3})(?:\s*(?:-|to)\s*(?P<most>\d{1,3}))?\s*(?P<more>\+)?"
    r"(?:\s*(?:@|at|x|×)?\s*(?P<percent>\d{1,3}(?:\.\d{1,2})?)\s*%)?"
    r"(?:\s*(?:@|at)?\s*(?P<how>rir|rpe)\s*(?P<left>\d{1,2}(?:\.5)?))?$"
)
_BARE = re.compile(r"^\d{1,3}\s*\+?\s*@\s*(?P<number>\d{1,3}(?:\.\d{1,2})?)$")
_SEVERAL = re.compile(r"^(?P<count>\d{1,2})\s*[x×]\s*(?P<one>\d+.*\D.*)$")
_WEIGHT = re.compile(r"[\d.]+\s*(kg|lbs?)$")
_RANGE = re.compile(r"^(\d{1,3})\s*(?:-|–|to)\s*(\d{1,3})$")
_PERCENT = re.compile(r"^(\d{1,3}(?:\.\d{1,2})?)\s*%?$")
_STEP = re.compile(r"^(\d{1,3}(?:\.\d{1,3})?)\s*(kg|lb|lbs|%)$")
MOST_REPS, MOST_RIR, MOST_PERCENT = 120, 6, 110
_EXAMPLE = '"5 @ 75 %", "5+ @ 85 %", "5 rir 2", "8-12 rpe 8" or "5"'
# What a gym loads where another loads 2.5 kg.
POUNDS_FOR_A_KILO = 2


class WrittenSet(Part):
    """One set as it is written: repetitions, and its load as a share or by what is left in reserve.

    `most` is the end of a range of repetitions, `or_more` tells that as many as go up are done. `percent` is
    of what the scheme goes by. It reads and prints as text: "5+ @ 85 %".
    """

    reps: int = Field(ge=1, le=MOST_REPS)
    most: int | None = Field(None, ge=1, le=MOST_REPS)
    or_more: bool = False
    percent: float | None = Field(None, gt=0, le=MOST_PERCENT)
    rir: int | None = Field(None, ge=0, le=MOST_RIR)

    @model_validator(mode="after")
    def _rises(self) -> WrittenSet:
        if self.most is not None and self.most <= self.reps:
            raise ValueError("the first repetitions of a range are the fewer")
        return self

    @property
    def share(self) -> Fraction | None:
        """What is loaded, exactly, as a share of what the scheme goes by."""
        return None if self.percent is None else Fraction(str(self.percent)) / 100

    def __str__(self) -> str:
        count = f"{self.reps}{'' if self.most is None else f'-{self.most}'}{'+' * self.or_more}"
        load = "" if self.percent is None else f" @ {self.percent:g} %"
        return count + load + ("" if self.rir is None else f" rir {self.rir}")


def parse_set(value: Any) -> Any:
    """Read "5 @ 75 %", "5+ @ 85 %", "5 rir 2", "8-12 rpe 8" or a number of repetitions."""
    if isinstance(value, (WrittenSet, dict)):
        return value
    if isinstance(value, bool) or not isinstance(value, (int, str)):
        raise ValueError(f"a set is written like {_EXAMPLE}")
    text = str(value).strip().lower()
    match = _SET.match(text)
    if match is None:
        raise ValueError(_why_not(text))
    return {
        "reps": int(match["reps"]),
        "most": match["most"] and int(match["most"]),
        "or_more": match["more"] is not None,
        "percent": match["percent"] and float(match["percent"]),
        "rir": _rir(match["how"], match["left"]),
    }


def _rir(how: str | None, left: str | None) -> int | None:
    if left is None:
        return None
    number = Fraction(left)
    rir = 10 - number if how == "rpe" else number
    if not 0 <= rir <= MOST_RIR or rir.denominator > 1:
        raise ValueError("a reserve is rir 0 to 6, or rpe 4 to 10, in whole numbers")
    return int(rir)


def _why_not(text: str) -> str:
    """What is wrong with the text of a set."""
    bare = _BARE.match(text)
    if bare is not None and Fraction(bare["number"]) <= 10:
        number = bare["number"]
        return f"@ {number} may be an RPE, a reserve or a load: write rpe {number}, rir 2 or 75 %"
    if bare is not None:
        return (
            f"@ {bare['number']} has no %: write {bare['number']} %; "
            "a fraction takes a point, as a comma ends the set: 67.5 %"
        )
    several = _SEVERAL.match(text)
    if several is not None and _SET.match(several["one"]):
        return f"each set is an entry of its own: write {several['one']} {several['count']} times"
    if _WEIGHT.search(text):
        return f"a set is written in % of what you can lift, not in kg or lb: {_EXAMPLE}"
    if text.startswith(("@", "%")) or re.match(r"^[\d.]+\s*%$", text):
        return f"a set begins with its repetitions: {_EXAMPLE}; a fraction takes a point: 67.5 %"
    return f"a set is written like {_EXAMPLE}"


SetText = Annotated[
    WrittenSet,
    BeforeValidator(parse_set),
    PlainSerializer(str, return_type=str),
    WithJsonSchema({"type": ["string", "integer"], "examples": ["5 @ 75 %", "5+ @ 85 %", "5 rir 2"]}),
]


def parse_percent(value: Any) -> Any:
    """Read "90 %", "85%" or 90."""
    match = _PERCENT.match(value.strip()) if isinstance(value, str) else None
    if isinstance(value, str) and match is None:
        raise ValueError('a percentage is written like "90 %" or 90')
    return value if match is None else float(match[1])


def _share(value: float) -> str:
    return f"{value:g} %"


Percentage = Annotated[
    float,
    Field(ge=20, le=MOST_PERCENT),
    BeforeValidator(parse_percent),
    PlainSerializer(_share, return_type=str),
    WithJsonSchema({"type": ["string", "number"], "examples": ["90 %"]}),
]


class Step(Part):
    """By how much something grows: a weight in kg or lb, or percent."""

    amount: float = Field(ge=0, le=50)
    unit: Literal["kg", "lb", "%"]

    def __str__(self) -> str:
        return f"{self.amount:g} {self.unit}"

    def of(self, training_max: Fraction, unit: str) -> Fraction:
        """The step in a runner's unit; where he loads the other one, what a gym has in its stead."""
        exact = Fraction(str(self.amount))
        if self.unit == "%":
            return training_max * exact / 100
        if self.unit == unit:
            return exact
        return exact * POUNDS_FOR_A_KILO if unit == "lb" else exact / POUNDS_FOR_A_KILO


def parse_step(value: Any) -> Any:
    """Read "5 kg", "10 lb" or "2.5 %"."""
    if isinstance(value, (Step, dict)):
        return value
    match = _STEP.match(value.strip().lower()) if isinstance(value, str) else None
    if match is None:
        raise ValueError('a step is written like "5 kg", "10 lb" or "2.5 %"')
    return {"amount": float(match[1]), "unit": match[2].removesuffix("s")}


StepText = Annotated[
    Step,
    BeforeValidator(parse_step),
    PlainSerializer(str, return_type=str),
    WithJsonSchema({"type": "string", "examples": ["5 kg", "10 lb", "2.5 %"]}),
]
Line = Annotated[tuple[SetText, ...], Field(min_length=1, max_length=10)]


class Grow(Part):
    """What is added to the training max each time through the lines."""

    legs: StepText = Field(description="To lifts of the legs.")
    upper: StepText = Field(description="To all others.")


class Scheme(Part):
    """Lines of sets that come in their turn, in place of zone and growth.

    Attributes
    ----------
    of : float
        The scheme's training max, in % of the 1RM of the record.
    advance : str
        Whether the next line comes with each exposure or with each week.
    lines : tuple of lines
        Each a tuple of sets.
    lighter : tuple of sets
        Done in lighter weeks, tapers and the first week after a break, whichever line is due; the due line
        itself where it is empty. It is not trimmed.
    grow : Grow, optional
        Added to the training max each time through. Without it loads go by the week's max, which grows.
    """

    about: Name = Field("", max_length=300, description="What it is, in a sentence.")
    source: tuple[Name, ...] = Field((), max_length=6, description="Who describes it.")
    of: Percentage = Field(100.0, description='The scheme\'s training max in % of the 1RM, such as "90 %".')
    advance: Literal["exposure", "week"] = Field(
        "exposure", description="When the next line comes: with each time it is expected, or with each week."
    )
    lines: tuple[Line, ...] = Field(
        min_length=1,
        max_length=52,
        description="The sets of each time, such as [5 @ 65 %, 5 @ 75 %, 5+ @ 85 %].",
    )
    lighter: Line | tuple[()] = Field((), description="The sets of lighter weeks, whichever line is due.")
    grow: Grow | None = Field(
        None, description="Added to the training max each time through: {legs: 5 kg, upper: 2.5 kg}."
    )
    cue: Name = Field(
        "", max_length=200, description="What to mind, on each card but those of lighter weeks."
    )

    @model_validator(mode="after")
    def _has_what_it_grows(self) -> Scheme:
        loads = [one.percent is not None for line in (*self.lines, self.lighter) for one in line]
        if self.grow is not None and not all(loads):
            raise ValueError("a training max that grows needs a load in % for each set: 5 @ 75 %")
        return self


def parse_range(value: Any) -> WrittenSet | None:
    """Read "8-12" as a range of repetitions; None for anything else."""
    match = _RANGE.match(value.strip()) if isinstance(value, str) else None
    return None if match is None else WrittenSet.model_validate(parse_set(f"{match[1]}-{match[2]}"))
