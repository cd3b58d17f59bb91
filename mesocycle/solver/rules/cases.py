"""The few kinds of data that a rule may yield; only `solver.rows` turns them into rows of the model."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from mesocycle.solver.placement.slots import Ints
from mesocycle.solver.prescription.versions import Amount


@dataclass(frozen=True, eq=False)
class Close:
    """A hard case about single options: these may not be chosen.

    `scope` names the instance for sorting, `text` is the demand as a sentence, `reason` completes
    "Wednesday ..." when a runner asks why not.
    """

    scope: str
    text: str
    reason: str
    options: Ints


@dataclass(frozen=True, eq=False)
class Charge:
    """A soft case about single options: points for each; `reason` as in `Close`."""

    options: Ints
    points: Ints
    reason: str


@dataclass(frozen=True, eq=False)
class Price:
    """A soft case about the versions of a lift: points for each unit of an amount, wherever it stands.

    The amount is never negative. The lift has to take place for it.
    """

    lift: int
    amount: Amount
    points: int


@dataclass(frozen=True, eq=False)
class Bar:
    """A hard case about the versions of a lift: those that hold any of an amount may not be chosen."""

    scope: str
    text: str
    lift: int
    amount: Amount


class Count(NamedTuple):
    """What the version of a lift counts in a sum: nothing where the lift is left out."""

    lift: int
    amount: Amount
    coefficient: int = 1


@dataclass(frozen=True, eq=False)
class Limit:
    """A sum that may not pass `most`: hard where `points` is None, else so many points per unit above it.

    The sum runs over what the versions of lifts count, plus lifts counted by day: ``days`` holds (kind, first
    day, last day, coefficient), kind being lift, loaded, heavy or jumps. So coefficients never differ between
    the starts of one day: `solver.reduce` counts on it. `since` is the first day it speaks of where it
    compares with earlier weeks.
    """

    scope: str
    text: str
    most: int
    points: int | None
    versions: tuple[Count, ...] = ()
    days: tuple[tuple[str, int, int, int], ...] = ()
    since: int | None = None

    @property
    def demands(self) -> bool:
        """Whether doing more of something can help to keep it."""
        return (
            self.most < 0
            or any(coefficient < 0 for *_, coefficient in self.days)
            or any(
                (count.coefficient * count.amount.table < 0).any() or count.coefficient < 0
                for count in self.versions
            )
        )


@dataclass(frozen=True, eq=False)
class Apart:
    """A hard case about pairs: after a loaded lift that starts on `day`, none starts within `minutes`.

    The only case that tells the starts of one day apart.
    """

    scope: str
    text: str
    minutes: int
    day: int


@dataclass(frozen=True, eq=False)
class LeaveOut:
    """Leaving these lifts out costs so many points each."""

    lifts: tuple[int, ...]
    points: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Home:
    """These lifts share one home weekday; each away from it costs points, or is forbidden where None."""

    scope: str
    text: str
    lifts: tuple[int, ...]
    points: int | None


@dataclass(frozen=True, eq=False)
class Fixed:
    """Points that hold whatever is chosen within this model."""

    points: int


@dataclass(frozen=True, eq=False)
class Changes:
    """When something in a session changes: decided with the days, on choices of its own.

    `items` change in turn, each to its next form. A change may fall into each of `weeks`, if the version that
    its lift (`lifts`) has does all of them: `whole` is one then. `stretches` of weeks without one cost
    `points` each; two lie `apart_weeks` apart. Such choices never close or price an option, so the linear
    relaxation stays tight. Of equally good weeks those are taken whose lift is not on one of the days `near`
    before a key run.
    """

    scope: str
    session: str
    items: tuple[int, ...]
    lifts: tuple[int, ...]
    weeks: tuple[int, ...]
    whole: tuple[Amount, ...]
    near: frozenset[int]
    stretches: tuple[tuple[int, ...], ...]
    apart_weeks: int
    points: int


Case = Close | Charge | Price | Bar | Limit | Apart | LeaveOut | Home | Fixed | Changes
NO_OPTIONS: Ints = np.zeros(0, dtype=np.int64)
