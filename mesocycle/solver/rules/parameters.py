"""What a rule is set by, where it stands in the catalogue, and what may give in it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import Annotated, Any, ClassVar

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator

# Points for a natural unit. One point is one hour short of the recovery due before a key run; all else is
# measured in it (docs/model.md, "Prices").
Weight = Annotated[int, Field(ge=0, le=1000)]


class Section(StrEnum):
    """Where a rule stands in the catalogue: what it is about."""

    CALENDAR = "Calendar"
    AROUND_RUNS = "Around runs"
    AROUND_RACES = "Around races"
    BETWEEN_LIFTS = "Between lifts"
    HOW_MUCH = "How much"
    THROUGH_THE_BLOCK = "Through the block"
    CONTENT = "What is lifted"
    # These size sessions or remark on them: nothing of theirs is grounded, and nothing can break them.
    PRESCRIPTION = "Prescription"
    COMFORT = "Comfort"


class Settings(BaseModel):
    """Settings of a rule."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    @field_validator("*", mode="before")
    @classmethod
    def _no_truth(cls, value: Any, info: ValidationInfo) -> Any:
        """Refuse true and false for a number: Python takes them for 1 and 0."""
        if isinstance(value, bool) and cls.model_fields[str(info.field_name)].annotation is not bool:
            raise ValueError("expected a number, not true or false")
        return value


class Parameters(Settings):
    """Settings of most rules; `weight` is points per natural unit where the rule is soft."""

    hard: bool = Field(False, description="True: never broken. False: broken at a price.")
    weight: Weight = 1


class Unpriced(Settings):
    """Settings of a rule that has no price: it sizes sessions or reports, and nothing can break it."""

    hard: ClassVar[bool] = True


Chosen = Parameters | Unpriced


@dataclass(frozen=True)
class Give:
    """How a number may give: by so much a step, towards the easier side, at most so many steps.

    `text` states the change with ``{to}`` and ``{was}``, `none` where nothing is left; `price` is what a step
    counts beside a quarter of an hour of a free window, which counts one.
    """

    parameter: str
    by: float
    steps: int
    text: str
    price: int = 1
    none: str = ""


@dataclass(frozen=True)
class Drop:
    """A list whose entries may be dropped, each or all of them; `text` and `price` as in `Give`."""

    parameter: str
    text: str
    price: int


@dataclass(frozen=True)
class Relaxation:
    """What may give in a rule when no block exists.

    `key` is the scenario's key that sets the rule, `gives` are the numbers that may give, `drops` a list that
    may, `also` names what gives elsewhere in the scenario. As a last resort a rule becomes soft: broken at a
    price. `locked` says why it never gives; empty where it may.
    """

    key: str
    gives: tuple[Give, ...] = ()
    also: str = ""
    drops: Drop | None = None
    locked: str = ""


def locked(key: str, why: str) -> Relaxation:
    """A rule that never gives."""
    return Relaxation(key, locked=why)


def in_order(settings: Settings, *names: str) -> None:
    """Raise ValueError if the named numbers fall from one to the next."""
    for low, high in pairwise(names):
        if getattr(settings, low) > getattr(settings, high):
            raise ValueError(f"{low} {getattr(settings, low):g} is above {high} {getattr(settings, high):g}")
