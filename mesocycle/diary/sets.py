"""Sets as runners write them: "back_squat 80x5x3 rir 2" is three sets of five with 80 kg or lb."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from typing import Literal

from pydantic import ValidationError

from mesocycle.files.safe_text import shown
from mesocycle.models.exercise_names import did_you_mean, find, names_of
from mesocycle.models.happened import LoggedSet
from mesocycle.models.strength import Exercise

FORM = (
    'sets are written like "back_squat 80x5x3 rir 2": weight x repetitions x sets; without a weight "x12x3"'
)
MOST_SETS = 20
_SETS = re.compile(
    r"^(?P<name>\S.*?)\s+"
    r"(?:(?P<weight>\d{1,4}(?:\.\d{1,3})?)\s*(?P<unit>kgs?|lbs?)?)?\s*"
    r"[x×]\s*(?P<reps>\d{1,4})"
    r"(?:\s*[x×]\s*(?P<sets>\d{1,2}))?"
    r"(?:\s+rir\s*(?P<rir>\d{1,2}))?"
    r"(?:\s+(?P<kind>warm[- ]?up|work|drop|test))?$",
    re.IGNORECASE,
)
Kind = Literal["warm_up", "work", "drop", "test"]
KINDS: dict[str, Kind] = {"warmup": "warm_up", "work": "work", "drop": "drop", "test": "test"}


class SetReader:
    """Reads sets in the exercises and the unit of a scenario.

    Parameters
    ----------
    exercises : mapping of str to Exercise
        By id.
    unit : "kg" or "lb"
        Of weights that have none.
    """

    def __init__(self, exercises: Mapping[str, Exercise], unit: Literal["kg", "lb"]) -> None:
        self.exercises = exercises
        self.unit = unit

    @cached_property
    def _names(self) -> Mapping[str, str]:
        return names_of(self.exercises.values())

    def exercise(self, name: str) -> str:
        """The id of an exercise.

        Raises
        ------
        ValueError
            If there is none of that name.
        """
        found = name if name in self.exercises else find(name, self._names)
        if found is None:
            raise ValueError(f"there is no exercise {shown(name)}; {did_you_mean(name, self.exercises)}")
        return found

    def sets(self, text: str) -> tuple[LoggedSet, ...]:
        """Read one or several equal sets.

        Raises
        ------
        ValueError
            If they cannot be read.
        """
        match = _SETS.match(text.strip())
        if match is None:
            raise ValueError(f"{shown(text)}: {FORM}")
        exercise = self.exercise(match["name"])
        weight = float(match["weight"]) if match["weight"] else None
        reps, count = int(match["reps"]), int(match["sets"] or 1)
        if weight and not (match["sets"] or match["unit"] or self.exercises[exercise].weighted):
            # Nothing is loaded there: "push_up 12x3" is twelve, three times.
            reps, count, weight = int(weight), reps, None
        if not 1 <= count <= MOST_SETS:
            raise ValueError(f"{shown(text)}: from 1 to {MOST_SETS} sets at once")
        unit: Literal["kg", "lb"] = self.unit
        if match["unit"]:
            unit = "kg" if match["unit"].lower().startswith("k") else "lb"
        kind = KINDS[re.sub(r"[- ]", "", (match["kind"] or "work").lower())]
        try:
            one = LoggedSet(
                exercise=exercise,
                weight=weight,
                unit=unit if weight else None,
                reps=reps,
                rir=int(match["rir"]) if match["rir"] else None,
                kind=kind,
            )
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            where, wrong = ".".join(map(str, first["loc"])), first["msg"].lower()
            raise ValueError(f"{shown(text)}: {where}: {wrong}") from None
        return (one,) * count
