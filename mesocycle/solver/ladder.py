"""The trim ladder: the versions of a session that a week offers, biggest first.

Sets, minutes and dose of a version are constants, so every price of it is one too (docs/model.md). A version
is worth offering if no other takes as little time, asks as little of the legs and is short of as little; where
all sets fit into the week's time, it also saves more than a little against the better ones. Measuring says
that nothing is lost beside free sets (benchmarks/ladder_loss.py). What a set is worth follows
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
from mesocycle.solver.content.items import Item
from mesocycle.solver.factors import round_half_up

# Where all sets fit, a version that saves no more seconds or dose than this against a better one is not offered.
NEAR = (120, 600)


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


def build_ladder(
    items: tuple[Item, ...], factors: tuple[Fraction, ...], room_minutes: int | None = None
) -> tuple[Rung, ...]:
    """List the versions of one session in one week, biggest first.

    Parameters
    ----------
    items : tuple of Item
        The session.
    factors : tuple of Fraction
        Shares of the full sets from which versions start, falling; the last one is the week's own. More
        than one where a trim rule is soft, so that sets above it can be bought.
    room_minutes : int, optional
        The longest time that the week has for it. Where the least sets take longer, versions leave exercises
        out.

    Returns
    -------
    tuple of Rung
        Without repeats; the one with all sets that the week allows is always among them.
    """
    return ladder_between(items, tops_of(items, factors), room_minutes)


def tops_of(items: tuple[Item, ...], factors: tuple[Fraction, ...]) -> tuple[tuple[int, ...], ...]:
    """Sets from which the versions of these shares start; different shares often come to the same."""
    return tuple(dict.fromkeys(tuple(cap(item, factor) for item in items) for factor in factors))


def ladder_between(
    items: tuple[Item, ...], tops: tuple[tuple[int, ...], ...], room_minutes: int | None
) -> tuple[Rung, ...]:
    """List the versions below each top; the last of them is the week's own."""
    own = tops[-1]
    least = tuple(min(top, item.least) for top, item in zip(own, items, strict=True))
    tight = room_minutes is not None and minutes_of(items, own) > room_minutes
    versions = [*tops, *_front(_ranges(items, own, least, room_minutes), *((0, 0) if tight else NEAR))]
    for top in tops[:-1]:
        versions += _downwards(items, top, least)
    rungs = {version: rung_of(items, version, own) for version in versions}
    if room_minutes is not None and min(rung.minutes for rung in rungs.values()) > room_minutes:
        ways = _ranges(items, own, tuple(min(top, i.floor) for top, i in zip(own, items, strict=True)), 0)
        rungs |= {version: rung_of(items, version, own) for version in _front(ways)}
    return tuple(sorted(rungs.values(), key=lambda rung: (-rung.total, rung.sets)))


@dataclass(frozen=True)
class _Way:
    """So many sets of some units: what they take, what they ask of the legs, and the worth of those not done."""

    seconds: Fraction
    dose: int
    lost: int
    sets: tuple[int, ...]

    def with_(self, other: _Way) -> _Way:
        """Both together."""
        return _Way(
            self.seconds + other.seconds,
            self.dose + other.dose,
            self.lost + other.lost,
            self.sets + other.sets,
        )


def _ranges(
    items: Sequence[Item], own: Sequence[int], least: Sequence[int], room_minutes: int | None
) -> list[list[_Way]]:
    """The ways of each unit in the order of the session: from all its sets to the least, and none if it must be."""
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
        seconds=sum(((i.setup_seconds + count * i.seconds) * (count > 0) for i, _ in unit), Fraction(0)),
        dose=sum(count * item.dose for item, _ in unit),
        lost=sum((top - count) * item.worth for item, top in unit),
        sets=(count,) * len(unit),
    )


def _front(units: Sequence[Sequence[_Way]], seconds: int = 0, dose: int = 0) -> list[tuple[int, ...]]:
    """The combinations that are worth offering, the one that loses least first."""
    front = [_Way(Fraction(0), 0, 0, ())]
    for ways in units:
        front = _undominated([one.with_(way) for one in front for way in ways], 0, 0)
    return [way.sets for way in _undominated(front, seconds, dose) if any(way.sets)]


def _undominated(ways: list[_Way], seconds: int, dose: int) -> list[_Way]:
    """Those that save more than so much against each that loses no more."""
    kept: list[_Way] = []
    for way in sorted(ways, key=lambda one: (one.lost, one.seconds, one.dose)):
        if not any(one.seconds <= way.seconds + seconds and one.dose <= way.dose + dose for one in kept):
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
    work = sum(item.setup_seconds + n * item.seconds for item, n in zip(items, sets, strict=True) if n)
    return math.ceil(Fraction(overhead().warmup_s + work) / 60)


def rung_of(items: tuple[Item, ...], sets: tuple[int, ...], own: tuple[int, ...]) -> Rung:
    """Work out one version."""
    pairs = tuple(zip(items, sets, strict=True))
    return Rung(
        sets=sets,
        minutes=minutes_of(items, sets),
        dose=sum(n * item.dose for item, n in pairs),
        leg_sets=sum(n for item, n in pairs if item.legs),
        short=sum(max(0, top - n) * item.units for (item, n), top in zip(pairs, own, strict=True)),
    )
