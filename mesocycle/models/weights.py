"""Weights and shares of a 1RM as runners write them: "220 lb", "80 kg x 8", "85 %"."""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, ValidationInfo, WithJsonSchema

from mesocycle.models.training import WHOLE

_WEIGHT = re.compile(r"^(\d{1,4}(?:\.\d{1,3})?)\s*(kgs?|kilos?|lbs?|pounds?)?$")
_SET = re.compile(r"^(.{1,20}?)\s*[x×]\s*(\d{1,2})$")
_PERCENT = re.compile(r"^(\d{1,3}(?:\.\d{1,3})?)\s*%$")


def _percent(value: Any) -> Any:
    """Read "85 %" as 85; a share of one is doubtful."""
    if isinstance(value, float) and 0 < value < 1:
        raise ValueError(f"a load is written in % of 1RM: {100 * value:g} for {value:g}")
    match = _PERCENT.match(value.strip()) if isinstance(value, str) else None
    return float(match[1]) if match else value


Percent = Annotated[
    int,
    Field(ge=20, le=100),
    WHOLE,
    BeforeValidator(_percent),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "integer", "minimum": 20, "maximum": 100},
                {"type": "string", "pattern": r"^\s*([2-9]\d|100)(\.0+)?\s*%\s*$", "examples": ["85 %"]},
            ]
        }
    ),
]


def _grams(value: float) -> float:
    """Refuse what no scale shows: sums of odd fractions would take forever."""
    if round(value, 3) != value:
        raise ValueError("a weight has at most three decimals")
    return value


_RECORD = 'expected a 1RM such as 120 or "220 lb", or a set such as "80 x 8"'


def read_record(value: Any) -> Any:
    """Read 120 as a 1RM and "80 x 8" as a set, each with its unit if it has one."""
    if value is None or isinstance(value, (bool, list, tuple)):
        raise ValueError(_RECORD)
    if isinstance(value, (int, float)):
        return {"one_rm": value}
    if not isinstance(value, str):
        return value
    text = value.strip().lower()
    done = _SET.match(text)
    weight = split_weight(done[1] if done else text)
    if weight is None:
        raise ValueError(_RECORD)
    number, unit = weight
    read = {"weight": number, "reps": int(done[2])} if done else {"one_rm": number}
    return read | ({"unit": unit} if unit else {})


def split_weight(text: str) -> tuple[float, str] | None:
    """Read "220 lb" as a number and kg or lb, empty where none is named; None if it is no weight."""
    match = _WEIGHT.match(text.strip().lower())
    if match is None:
        return None
    return float(match[1]), "" if match[2] is None else "kg" if match[2].startswith("k") else "lb"


def _in_his_unit(value: Any, info: ValidationInfo) -> Any:
    """Read "20 kg" where weights are in kg; in another unit it is refused, as plates weigh what they say."""
    weight = split_weight(value) if isinstance(value, str) else None
    if weight is None:
        return value
    number, named = weight
    unit = info.data.get("unit")
    if named and unit and named != unit:
        other = number * _KG_PER_LB if unit == "kg" else number / _KG_PER_LB
        raise ValueError(
            f"the weights are in {unit} (weights.unit): write {round(other, 2):g}, or make the unit {named}"
        )
    return number


_KG_PER_LB = 0.45359237
Weight = Annotated[float, Field(gt=0, le=1000), AfterValidator(_grams)]
_WEIGHT_SCHEMA: dict[str, Any] = {
    "anyOf": [
        {"type": "number", "minimum": 0, "maximum": 1000},
        {
            "type": "string",
            "pattern": r"^\d{1,4}(\.\d{1,3})?\s*(kgs?|kilos?|lbs?|pounds?)?$",
            "examples": ["20 kg"],
        },
    ]
}
BarWeight = Annotated[
    float,
    Field(ge=0, le=100),
    AfterValidator(_grams),
    BeforeValidator(_in_his_unit),
    WithJsonSchema(_WEIGHT_SCHEMA),
]
LoadedWeight = Annotated[Weight, BeforeValidator(_in_his_unit), WithJsonSchema(_WEIGHT_SCHEMA)]
