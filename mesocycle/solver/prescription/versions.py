"""The versions of a session: how many sets of each exercise, and what follows from them.

The scenario and its rules alone say which versions there are (docs/model.md): every exercise, a superset or
complex as one, has any number of sets from the week's top down to its floor, or is left out. A version is
never listed before something needs it: a long session has tens of thousands. What rules count of versions
are `amounts`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from itertools import product

import numpy as np

from mesocycle.files.library import overhead
from mesocycle.solver.instance.phases import round_half_up
from mesocycle.solver.prescription.amounts import (
    SECONDS_A_MINUTE,
    Amount,
    Ints,
    least_of,
    minutes,
    minutes_of,
    sets_table,
)
from mesocycle.solver.prescription.items import TENTHS, Item

# Versions are listed one by one up to so many; only tests and small sessions list all of them.
MOST_LISTED = 100_000


@dataclass(frozen=True)
class Version:
    """One version of a session: sets of each item, and what follows from them; `dose` is in thousandths."""

    sets: tuple[int, ...]
    minutes: int
    dose: int
    leg_sets: int
    jumps: bool = False

    @property
    def total(self) -> int:
        """All sets."""
        return sum(self.sets)


def units_of(items: Sequence[Item]) -> tuple[tuple[int, ...], ...]:
    """Places of the items that are trimmed together."""
    places: dict[int, list[int]] = {}
    for at, item in enumerate(items):
        places.setdefault(item.unit, []).append(at)
    return tuple(tuple(members) for members in places.values())


def allowed(items: Sequence[Item], share: Fraction) -> tuple[int, ...]:
    """Sets of each item that a week's share allows.

    The total of the session is rounded half up, a superset or complex counting as one exercise, and handed
    out by largest remainder, ties in the order of short_time_priority; none falls below its floor. What is
    new, or done after a break, is capped then.
    """
    units = units_of(items)
    leads = [items[unit[0]] for unit in units]
    order = sorted(range(len(units)), key=lambda at: (min(items[i].place for i in units[at]), at))
    full, floors = [lead.most for lead in leads], [lead.least_of_week for lead in leads]
    quotas = [share * most for most in full]
    sets = [max(floor, math.floor(quota)) for floor, quota in zip(floors, quotas, strict=True)]
    total = max(round_half_up(share * sum(full)), sum(floors))
    while sum(sets) > total:
        above = [at for at in reversed(order) if sets[at] > floors[at]]
        sets[max(above, key=lambda at: sets[at] - quotas[at])] -= 1
    while sum(sets) < total:
        below = [at for at in order if sets[at] < full[at]]
        sets[max(below, key=lambda at: quotas[at] - sets[at])] += 1
    by_item = [0] * len(items)
    for unit, count in zip(units, sets, strict=True):
        for at in unit:
            by_item[at] = min(count, items[at].cap)
    return tuple(by_item)


@dataclass(frozen=True)
class Space:
    """All versions of one session in one week.

    Attributes
    ----------
    items : tuple of Item
        The session.
    own : tuple of int
        Sets that the week allows of each item under all rules.
    tops : tuple of int
        Sets that it allows under hard rules alone: those above `own` can be bought.
    limit : int or None
        Minutes that the runner gives to the session. What takes longer is no version, unless nothing shorter
        is one.
    fixed : tuple of int or None
        The sets of the only version, where the session was done.
    """

    items: tuple[Item, ...]
    own: tuple[int, ...]
    tops: tuple[int, ...]
    limit: int | None = None
    fixed: tuple[int, ...] | None = None

    def only(self, sets: Sequence[int]) -> Space:
        """The same where the session was done with these sets; no more of an item than can be counted."""
        counted = tuple(min(n, item.most) for n, item in zip(sets, self.items, strict=True))
        return replace(self, limit=None, fixed=counted)

    @cached_property
    def _amounts(self) -> dict[object, Amount]:
        return {}

    def amount(self, key: object, make: Callable[[], Amount]) -> Amount:
        """An amount of this session, made once: weeks that share it share its amounts."""
        if key not in self._amounts:
            self._amounts[key] = make()
        return self._amounts[key]

    @cached_property
    def units(self) -> tuple[tuple[int, ...], ...]:
        """Places of the items that are trimmed together."""
        return units_of(self.items) if self.fixed is None else tuple((at,) for at in range(len(self.items)))

    @cached_property
    def ways(self) -> tuple[tuple[int, ...], ...]:
        """Numbers of sets that each unit may have, the most first; 0 leaves it out."""
        return tuple(self._ways(unit) for unit in self.units)

    def _ways(self, unit: tuple[int, ...]) -> tuple[int, ...]:
        if self.fixed is not None:
            return (self.fixed[unit[0]],)
        top = min(self.tops[at] for at in unit)
        floor = min(top, max(self.items[at].floor for at in unit))
        may_go = all(self.items[at].exercise is not None for at in unit)
        return (*range(top, floor - 1, -1), *([0] if may_go and floor else []))

    @cached_property
    def most_minutes(self) -> int | None:
        """No version takes longer."""
        if self.limit is None:
            return None
        return max(self.limit, min(self._alone(), default=0))

    def _alone(self) -> Iterator[int]:
        """Minutes of each unit by itself, with its fewest sets."""
        for unit, ways in zip(self.units, self.ways, strict=True):
            fewest = min((n for n in ways if n), default=0)
            yield minutes_of(self.items, [fewest * (at in unit) for at in range(len(self.items))])

    @property
    def count(self) -> int:
        """How many combinations of sets there are."""
        return math.prod(len(ways) for ways in self.ways)

    def sets_of(self, counts: Sequence[int]) -> tuple[int, ...]:
        """Sets of each item, from sets of each unit."""
        sets = [0] * len(self.items)
        for unit, count in zip(self.units, counts, strict=True):
            for at in unit:
                sets[at] = count
        return tuple(sets)

    def version(self, sets: Sequence[int]) -> Version:
        """Work out one version."""
        pairs = tuple(zip(self.items, sets, strict=True))
        return Version(
            sets=tuple(sets),
            minutes=minutes_of(self.items, sets),
            dose=sum(item.dose_of(n) for item, n in pairs),
            leg_sets=sum(n for item, n in pairs if item.legs),
            jumps=any(n and item.contacts for item, n in pairs),
        )

    def has(self, sets: Sequence[int]) -> bool:
        """Whether so many sets of each item can be counted here."""
        if self.fixed is not None:
            return tuple(sets) == self.fixed
        return len(sets) == len(self.items) and all(n <= top for n, top in zip(sets, self.tops, strict=True))

    def holds(self, version: Version) -> bool:
        """Whether it is one of the versions."""
        if self.fixed is not None:
            return version.sets == self.fixed
        return (
            (not self.items or version.total > 0)
            and (self.most_minutes is None or version.minutes <= self.most_minutes)
            and all(
                {version.sets[at] for at in unit} <= set(ways) and len({version.sets[at] for at in unit}) == 1
                for unit, ways in zip(self.units, self.ways, strict=True)
            )
        )

    def every(self) -> tuple[Version, ...]:
        """List them all, those with the most sets first.

        Raises
        ------
        OverflowError
            If there are more than `MOST_LISTED`.
        """
        if self.count > MOST_LISTED:
            raise OverflowError(f"{self.count} versions are too many to list")
        return in_order(
            version
            for counts in product(*self.ways)
            if self.holds(version := self.version(self.sets_of(counts)))
        )

    def first(self) -> tuple[Version, ...]:
        """A few versions to begin with: all sets, those that can be bought, the least, and the shortest."""
        if self.fixed is not None:
            return (self.version(self.fixed),)
        floors = [min((n for n in ways if n), default=0) for ways in self.ways]
        shortest = min(
            ([n * (at == alone) for at, n in enumerate(floors)] for alone in range(len(floors))),
            key=lambda counts: minutes_of(self.items, self.sets_of(counts)),
            default=[],
        )
        candidates = [
            self.own,
            self.tops,
            least_of(self.items, self.own),
            self.sets_of(floors),
            self.sets_of(shortest),
        ]
        versions = (self.version(sets) for sets in dict.fromkeys(map(tuple, candidates)))
        return in_order(version for version in versions if self.holds(version)) or self.every()

    @property
    def tenths(self) -> Ints:
        """Tenths of seconds that so many sets of an item take."""
        return self.amount("minutes", lambda: minutes(self.items)).table

    @property
    def doses(self) -> Ints:
        """Load on the legs of so many sets of an item."""
        return self.dose.table

    @property
    def dose(self) -> Amount:
        """Load on the legs of a version."""
        return self.amount("dose", lambda: sets_table(self.items, lambda at, n: self.items[at].dose_of(n)))

    def minutes_after(self, tenths: int) -> int:
        """Minutes of a version whose items take so long."""
        return -(-(TENTHS * overhead().warmup_s + tenths) // (TENTHS * SECONDS_A_MINUTE))

    def all_sets(self, counts: Ints) -> Ints:
        """Sets of each item, from sets of each unit, for many versions."""
        sets = np.zeros((len(counts), len(self.items)), dtype=np.int64)
        for at, unit in enumerate(self.units):
            sets[:, list(unit)] = counts[:, at : at + 1]
        return sets

    def room(self, most_minutes: int) -> int:
        """Tenths of seconds for the items of a version of so many minutes."""
        return TENTHS * (SECONDS_A_MINUTE * most_minutes - overhead().warmup_s)

    def sums(self, table: Ints) -> tuple[int, int]:
        """The least and the most that a combination of sets may sum up to."""
        low = high = 0
        for unit, ways in zip(self.units, self.ways, strict=True):
            totals = [sum(int(table[at, n]) for at in unit) for n in ways]
            low, high = low + min(totals), high + max(totals)
        return low, high

    def extremes(self, amount: Amount) -> tuple[int, int]:
        """The least and the most that a combination of sets may hold of an amount that grows with its sum."""
        low, high = self.sums(amount.table)
        if amount.then is None:
            return low, high
        ends = amount.then(np.array([low, high], dtype=np.int64))
        return int(ends[0]), int(ends[1])


def in_order(versions: Iterator[Version]) -> tuple[Version, ...]:
    """Put versions in their order: those with the most sets first."""
    return tuple(sorted(versions, key=lambda version: (-version.total, version.sets)))


def shortest_of(items: tuple[Item, ...], least_minutes: int) -> int:
    """Minutes of the shortest version that any week may have, where it has to last so long if it can."""
    floors = tuple(item.floor for item in items)
    space = Space(items, floors, tuple(item.most for item in items))
    least = min(least_minutes, minutes_of(items, floors))
    sums = {0}
    for unit, ways in zip(space.units, space.ways, strict=True):
        table = minutes(items).table
        sums = {total + sum(int(table[at, n]) for at in unit) for total in sums for n in ways}
    lengths = sorted(space.minutes_after(total) for total in sums if total or not items)
    return next((length for length in lengths if length >= least), lengths[-1] if lengths else 0)
