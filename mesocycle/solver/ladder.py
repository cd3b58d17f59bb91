"""The trim ladder: the versions of a session that a week offers, biggest first.

Sets, minutes and dose of a version are constants, so every price of it is one too (docs/model.md). A version
is worth offering if no other takes as little time, asks as little of the legs and is short of as little;
where all sets fit into the week's time, it also saves more than a little against the better ones. Measuring
says that nothing is lost beside free sets (benchmarks/ladder_loss.py). What a set is worth follows
short_time_priority. Members of a superset or complex go together. Only where not even the least
sets fit into the week's time may exercises be left out.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby

from mesocycle.files.library import overhead
from mesocycle.solver.content.items import TENTHS, Item
from mesocycle.solver.factors import round_half_up

# Where all sets fit, a version that saves no more seconds or dose than this against a better one is left out;
# where they do not, no more than the second pair.
NEAR = (150, 900)
NEAR_TIGHT = (20, 600)
# So many combinations of sets are all offered where all sorts of things may decide between them.
EVERY_VERSION = 150


@dataclass(frozen=True)
class Rung:
    """One version of a session: sets of each item, and what follows from them.

    `dose` is in thousandths, `short` counts sets below the week's own top by what they are worth.
    """

    sets: tuple[int, ...]
    minutes: int
    dose: int
    leg_sets: int
    short: int

    @property
    def total(self) -> int:
        """All sets."""
        return sum(self.sets)


def cap(item: Item, factor: Fraction) -> int:
    """Sets of an item that a week's factor allows: rounded half up, at least the floor, never above full."""
    return min(item.most, max(item.floor, round_half_up(item.most * min(factor, item.share))))


def tops_of(items: tuple[Item, ...], factors: tuple[Fraction, ...]) -> tuple[tuple[int, ...], ...]:
    """Sets from which the versions of these shares start; different shares often come to the same."""
    return tuple(dict.fromkeys(tuple(cap(item, factor) for item in items) for factor in factors))


def ladder_between(
    items: tuple[Item, ...],
    tops: tuple[tuple[int, ...], ...],
    room_minutes: int | None,
    strict: bool = False,
) -> tuple[Rung, ...]:
    """List the versions of one session in one week, biggest first.

    Parameters
    ----------
    items : tuple of Item
        The session.
    tops : tuple of tuples of int
        Sets from which versions start, from `tops_of`; the last one is the week's own. More than one where a
        trim rule is soft, so that sets above it can be bought.
    room_minutes : int or None
        The longest time that the week has for it. Where the least sets take longer, versions leave exercises
        out.
    strict : bool
        More than time, load and the worth of sets may decide: minutes of the week, bands of patterns,
        landings. Then every combination is offered, or, of very many, those that no other matches in time,
        load and worth.

    Returns
    -------
    tuple of Rung
        Without repeats; the one with all sets that the week allows is always among them.
    """
    own = tops[-1]
    least = least_of(items, own)
    versions = [*tops, *_front(_ranges(items, own, least, room_minutes), items, own, room_minutes, strict)]
    for top in tops[:-1]:
        versions += _downwards(items, top, least)
    rungs = {version: rung_of(items, version, own) for version in versions}
    if room_minutes is not None and min(rung.minutes for rung in rungs.values()) > room_minutes:
        floors = tuple(min(low, item.floor) for low, item in zip(least, items, strict=True))
        ways = _ranges(items, own, floors, 0)
        rungs |= {version: rung_of(items, version, own) for version in _front(ways, items, own, None, strict)}
    return tuple(sorted(rungs.values(), key=lambda rung: (-rung.total, rung.sets)))


def shortest_of(items: Sequence[Item]) -> int:
    """Minutes of the shortest version there can be: one unit, with the fewest of its sets."""
    fewest = [min(item.least, item.floor) for item in items]
    units = {item.unit for item in items}
    return min(
        minutes_of(items, [count * (item.unit == unit) for count, item in zip(fewest, items, strict=True)])
        for unit in units
    )


def least_of(items: Sequence[Item], own: Sequence[int]) -> tuple[int, ...]:
    """The least sets of each item, in a week that allows these."""
    return tuple(min(top, item.least) for top, item in zip(own, items, strict=True))


def short_of(item: Item, top: int, sets: int) -> int:
    """Sets not done; those below the item's least count double, so that sets go before exercises do."""
    return max(0, top - sets) + max(0, min(top, item.least) - sets)


@dataclass(frozen=True)
class _Way:
    """So many sets of some units: tenths of a second, load on the legs, worth of the sets not done."""

    tenths: int
    dose: int
    lost: int
    sets: tuple[int, ...]

    def with_(self, other: _Way) -> _Way:
        """Both together."""
        return _Way(
            self.tenths + other.tenths,
            self.dose + other.dose,
            self.lost + other.lost,
            self.sets + other.sets,
        )


def _ranges(
    items: Sequence[Item], own: Sequence[int], least: Sequence[int], room_minutes: int | None
) -> list[list[_Way]]:
    """The ways of each unit of the session: from all its sets to the least, and none if it must be."""
    triples = list(zip(items, own, least, strict=True))
    shortest = minutes_of(items, least)
    may_go = room_minutes is not None and shortest > room_minutes
    ways = []
    for _, members in groupby(triples, key=lambda triple: triple[0].unit):
        unit = list(members)
        _, top, low = unit[0]
        counts = [*range(top, low - 1, -1), *([0] if may_go else [])]
        ways.append([_way([(item, most) for item, most, _ in unit], count) for count in counts])
    return ways


def _way(unit: Sequence[tuple[Item, int]], count: int) -> _Way:
    return _Way(
        tenths=sum((TENTHS * i.setup_seconds + count * i.tenths) * (count > 0) for i, _ in unit),
        dose=sum(count * item.dose for item, _ in unit),
        lost=sum(short_of(item, top, count) * item.worth for item, top in unit),
        sets=(count,) * len(unit),
    )


def _front(
    units: Sequence[Sequence[_Way]],
    items: Sequence[Item],
    own: Sequence[int],
    room_minutes: int | None,
    strict: bool,
) -> list[tuple[int, ...]]:
    """The combinations that are worth offering, the one that loses least first."""
    tight = room_minutes is not None and minutes_of(items, own) > room_minutes
    most = TENTHS * (60 * room_minutes - overhead().warmup_s) if tight and room_minutes is not None else None
    every = strict and math.prod(len(ways) for ways in units) <= EVERY_VERSION
    front = [_Way(0, 0, 0, ())]
    for ways in units:
        longer = [one.with_(way) for one in front for way in ways]
        longer = [way for way in longer if most is None or way.tenths <= most]
        front = longer if every else _undominated(longer, 0, 0)
    if not strict:
        front = _undominated(front, *(NEAR_TIGHT if tight else NEAR))
    return [way.sets for way in front if any(way.sets)]


def _undominated(ways: list[_Way], seconds: int, dose: int) -> list[_Way]:
    """Those that save more than so much against each that loses no more."""
    kept: list[_Way] = []
    for way in sorted(ways, key=lambda one: (one.lost, one.tenths, one.dose)):
        long, heavy = way.tenths + TENTHS * seconds, way.dose + dose
        if not any(one.tenths <= long and one.dose <= heavy for one in kept):
            kept.append(way)
    return kept


def _downwards(items: Sequence[Item], top: Sequence[int], least: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """One set of the unit that is worth least at a time, down to the least."""
    sets = list(top)
    while left := [at for at in range(len(items)) if sets[at] > least[at]]:
        # The one with the most sets goes first among equals, so that none is stripped before the others.
        unit = items[min(left, key=lambda at: (items[at].worth, -sets[at], at))].unit
        sets = [count - (item.unit == unit) for count, item in zip(sets, items, strict=True)]
        yield tuple(sets)


def minutes_of(items: Sequence[Item], sets: Sequence[int]) -> int:
    """Minutes of a version with its warm-up, rounded up."""
    pairs = zip(items, sets, strict=True)
    tenths = sum(TENTHS * item.setup_seconds + n * item.tenths for item, n in pairs if n)
    return -(-(TENTHS * overhead().warmup_s + tenths) // (TENTHS * 60))


def rung_of(items: tuple[Item, ...], sets: tuple[int, ...], own: tuple[int, ...]) -> Rung:
    """Work out one version."""
    pairs = tuple(zip(items, sets, strict=True))
    return Rung(
        sets=sets,
        minutes=minutes_of(items, sets),
        dose=sum(n * item.dose for item, n in pairs),
        leg_sets=sum(n for item, n in pairs if item.legs),
        short=sum(short_of(item, top, n) * item.units for (item, n), top in zip(pairs, own, strict=True)),
    )
