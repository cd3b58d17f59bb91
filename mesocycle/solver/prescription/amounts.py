"""Amounts: what the versions of a session hold of something, as sums over its exercises.

So `pricing` can look through all versions without listing them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from mesocycle.files.library import overhead
from mesocycle.solver.prescription.items import TENTHS, Item

Ints = NDArray[np.int64]
SECONDS_A_MINUTE = 60


@dataclass(frozen=True, eq=False)
class Amount:
    """What versions hold of something: a sum over the items, then perhaps a function of the sum.

    Attributes
    ----------
    table : Ints
        Items by numbers of sets: what so many sets of an item count.
    then : callable, optional
        What the sum comes to, where that is not the sum itself.
    slope, low, high : Fraction, int, int
        What `then` makes of a sum lies between ``slope * sum + low`` and ``slope * sum + high``; used where
        versions are looked through unlisted. Without `then` it is the sum.
    """

    table: Ints
    then: Callable[[Ints], Ints] | None = None
    slope: Fraction = Fraction(1)
    low: int = 0
    high: int = 0

    def of(self, sets: Ints) -> Ints:
        """The amounts of versions, given by their sets: versions by items."""
        total: Ints = self.table[np.arange(len(self.table)), sets].sum(axis=1, dtype=np.int64)
        return total if self.then is None else self.then(total)

    def at(self, sets: Sequence[int]) -> int:
        """The amount of one version."""
        return int(self.of(np.array([sets], dtype=np.int64))[0])


def per_set(items: Sequence[Item], values: Sequence[int]) -> Amount:
    """So much for each set of each item."""
    return Amount(np.array(values, dtype=np.int64)[:, None] * _counts(items))


def sets_table(items: Sequence[Item], count: Callable[[int, int], int]) -> Amount:
    """What `count` makes of an item's place and a number of its sets."""
    width = _counts(items).shape[1]
    table = [[count(at, n) for n in range(width)] for at in range(len(items))]
    return Amount(np.array(table, dtype=np.int64).reshape(len(items), width))


def above(items: Sequence[Item], tops: Sequence[int]) -> Amount:
    """Sets above so many of each item."""
    return sets_table(items, lambda at, n: max(0, n - tops[at]))


def short_of(items: Sequence[Item], own: Sequence[int]) -> Amount:
    """Sets not done by what each is worth, counted from the last one done."""
    return sets_table(items, lambda at, n: items[at].worth_of(n + 1, own[at]))


def any_of(items: Sequence[Item], meant: Sequence[bool]) -> Amount:
    """One if something of the items that are meant is done."""
    table = np.array(meant, dtype=np.int64)[:, None] * (_counts(items) > 0)
    return Amount(table, _some, Fraction(0), 0, 1)


def all_of(items: Sequence[Item], meant: Sequence[bool]) -> Amount:
    """One if all of the items that are meant are done."""
    missing = np.array(meant, dtype=np.int64)[:, None] * (_counts(items) == 0)
    return Amount(-missing, _none_missing, Fraction(0), 0, 1)


def minutes(items: Sequence[Item]) -> Amount:
    """Minutes with warm-up and set-up, rounded up."""
    counts = _counts(items)
    tenths = np.array([item.tenths for item in items], dtype=np.int64)[:, None]
    setup = np.array([TENTHS * item.setup_seconds for item in items], dtype=np.int64)[:, None]
    warmup, minute = TENTHS * overhead().warmup_s, TENTHS * SECONDS_A_MINUTE
    base = warmup // minute
    table = counts * tenths + (counts > 0) * setup
    return Amount(table, _whole_minutes(warmup, minute), Fraction(1, minute), base, base + 2)


def _counts(items: Sequence[Item]) -> Ints:
    width = 1 + max((item.most for item in items), default=0)
    counts: Ints = np.broadcast_to(np.arange(width, dtype=np.int64), (len(items), width))
    return counts


def _some(total: Ints) -> Ints:
    return np.minimum(total, 1)


def _none_missing(total: Ints) -> Ints:
    none: Ints = (total == 0).astype(np.int64)
    return none


def _whole_minutes(warmup: int, minute: int) -> Callable[[Ints], Ints]:
    return lambda total: -(-(warmup + total) // minute)


def least_of(items: Sequence[Item], own: Sequence[int]) -> tuple[int, ...]:
    """The least sets of each item, in a week that allows these."""
    return tuple(min(top, item.least) for top, item in zip(own, items, strict=True))


def minutes_of(items: Sequence[Item], sets: Sequence[int]) -> int:
    """Minutes of a version with its warm-up, rounded up; what is not done needs no set-up."""
    pairs = zip(items, sets, strict=True)
    tenths = sum(TENTHS * item.setup_seconds + n * item.tenths for item, n in pairs if n)
    return -(-(TENTHS * overhead().warmup_s + tenths) // (TENTHS * SECONDS_A_MINUTE))
