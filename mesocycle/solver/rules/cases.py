"""The few kinds of data that a rule may yield; only `solver.rows` turns them into rows of the model."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mesocycle.solver.slots import Ints


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
class Limit:
    """A sum that may not pass `most`: hard where `points` is None, else so many points per unit above it.

    The sum runs over chosen options times their coefficient, plus lifts counted by day:
    ``days`` holds (kind, first day, last day, coefficient), kind being lift, loaded or heavy.
    Coefficients never differ between the starts of one day: `solver.reduce` counts on it. `since` is the
    first day it speaks of where it compares with earlier weeks.
    """

    scope: str
    text: str
    most: int
    points: int | None
    options: Ints
    coefficients: Ints
    days: tuple[tuple[str, int, int, int], ...] = ()
    since: int | None = None


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
class AllLeftOut:
    """Leaving all of these lifts out costs so many points."""

    lifts: tuple[int, ...]
    points: int


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

    `items` change in turn, each to its next form. A change may fall into each of `weeks`, if that week's lift
    (`lifts`) takes place. `stretches` of weeks without one cost `points` each; two lie `apart_weeks` apart.
    Such choices never close or price an option, so the linear relaxation stays tight. Of equally good weeks
    those are taken whose lift is one of the options of `clear`.
    """

    scope: str
    session: str
    items: tuple[int, ...]
    lifts: tuple[int, ...]
    weeks: tuple[int, ...]
    clear: tuple[Ints, ...]
    stretches: tuple[tuple[int, ...], ...]
    apart_weeks: int
    points: int


Case = Close | Charge | Limit | Apart | LeaveOut | AllLeftOut | Home | Fixed | Changes
NO_OPTIONS: Ints = np.zeros(0, dtype=np.int64)
