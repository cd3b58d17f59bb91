"""The few kinds of data that a rule may yield; only `model.rows` turns them into rows of the model."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from mesocycle.solver.placement.problem import When
from mesocycle.solver.placement.slots import Ints
from mesocycle.solver.prescription.amounts import Amount


class Reason(NamedTuple):
    """Why a day is not taken, as it completes "Wednesday ..." and "Wednesday and Friday ..."."""

    singular: str
    plural: str


@dataclass(frozen=True, eq=False)
class Demand:
    """A case that is an instance of its rule: when that is, and what it demands as a sentence."""

    when: When
    text: str

    @property
    def scope(self) -> str:
        """The instance's name beside its rule's."""
        return self.when.name


@dataclass(frozen=True, eq=False)
class Close(Demand):
    """A hard case about single options: these may not be chosen.

    `reason` completes "Wednesday ..." when a runner asks why not.
    """

    reason: Reason
    options: Ints


def closed(options: Ints) -> Close:
    """The case that closes options without being reported."""
    return Close(When(""), "", Reason("", ""), options)


@dataclass(frozen=True, eq=False)
class Charge:
    """A soft case about single options: points for each; `reason` as in `Close`."""

    options: Ints
    points: Ints
    reason: Reason


@dataclass(frozen=True, eq=False)
class Price:
    """A soft case about the versions of a lift: points for each unit of an amount, wherever it stands.

    The amount is never negative. The lift has to take place for it.
    """

    lift: int
    amount: Amount
    points: int


@dataclass(frozen=True, eq=False)
class Bar(Demand):
    """A hard case about the versions of a lift: those that hold any of an amount may not be chosen."""

    lift: int
    amount: Amount


class Count(NamedTuple):
    """What the version of a lift counts in a sum: nothing where the lift is left out."""

    lift: int
    amount: Amount
    coefficient: int = 1


@dataclass(frozen=True, eq=False)
class Limit(Demand):
    """A sum that may not pass `most`: hard where `points` is None, else so many points per unit above it.

    The sum runs over what the versions of lifts count, plus lifts counted by day: ``days`` holds (kind, first
    day, last day, coefficient), kind being lift, loaded, heavy or jumps. So coefficients never differ between
    the starts of one day: `placement.reduce` counts on it. `since` is the first day it is about where it
    compares with earlier weeks. `steps` are a demand for several things as demands for one, two and more of
    them, of which the first that fails is reported; `step` is which of them it is, from 1.
    """

    most: int
    points: int | None
    versions: tuple[Count, ...] = ()
    days: tuple[tuple[str, int, int, int], ...] = ()
    since: int | None = None
    steps: tuple[Limit, ...] = ()
    step: int = 0

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
class Apart(Demand):
    """A hard case about pairs: after a loaded lift that starts on `day`, none starts within `minutes`.

    The only case that tells the starts of one day apart.
    """

    minutes: int
    day: int


@dataclass(frozen=True, eq=False)
class Quota:
    """So many sessions at most stand on certain days of their weeks: hard; ``days`` holds (lift, days).

    Among its days -1 stands for being left out.
    """

    days: tuple[tuple[int, tuple[int, ...]], ...]
    most: int


@dataclass(frozen=True, eq=False)
class LeaveOut:
    """Leaving these lifts out costs so many points each."""

    lifts: tuple[int, ...]
    points: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Home(Demand):
    """These lifts share one home weekday; each away from it costs points, or is forbidden where None."""

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


Case = Close | Charge | Price | Bar | Limit | Apart | Quota | LeaveOut | Home | Fixed | Changes
NO_OPTIONS: Ints = np.zeros(0, dtype=np.int64)
