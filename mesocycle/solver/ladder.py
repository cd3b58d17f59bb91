"""The trim ladder: the versions of a session that a week allows, each one set less than the one above.

Sets, minutes and dose of a rung are constants, so every price of a rung is one too (docs/model.md).
Trimming follows short_time_priority: upper-body and core work first, then other accessories, then the main
lifts, then calves and single-leg work. Members of a superset or complex go together. Only where not even
the least sets fit into the week's time do whole exercises go, in the same order.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from mesocycle.files.library import overhead
from mesocycle.models.strength import Role
from mesocycle.solver.content.items import Item
from mesocycle.solver.factors import round_half_up


@dataclass(frozen=True)
class Rung:
    """One version of a session: sets of each item, and what follows from them.

    `dose` is in thousandths, `short_main` and `short_other` count sets below the week's own top.
    """

    sets: tuple[int, ...]
    minutes: int
    dose: int
    leg_sets: int
    short_main: int
    short_other: int

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
        Shares of the full sets from which ladders start, falling; the last one is the week's own. More
        than one where a trim rule is soft, so that sets above it can be bought.
    room_minutes : int, optional
        The longest time that the week has for it. Where the least sets take longer, versions follow that
        leave exercises out, up to the first that fits.

    Returns
    -------
    tuple of Rung
        Without repeats. The last has the least sets of each item that the week allows, or the fewest
        exercises.
    """
    own = tuple(cap(item, factors[-1]) for item in items)
    rungs: dict[tuple[int, ...], Rung] = {}
    for factor in factors:
        sets = [cap(item, factor) for item in items]
        least = [min(top, item.least) for top, item in zip(own, items, strict=True)]
        for version in _downwards(items, sets, least):
            rungs.setdefault(version, _rung(items, version, own))
    if room_minutes is not None and min(rung.minutes for rung in rungs.values()) > room_minutes:
        for version in _without(items, [min(top, item.least) for top, item in zip(own, items, strict=True)]):
            rungs.setdefault(version, _rung(items, version, own))
            if rungs[version].minutes <= room_minutes:
                break
    return tuple(sorted(rungs.values(), key=lambda rung: (-rung.total, rung.sets)))


def _downwards(items: Sequence[Item], top: Sequence[int], least: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """One set of one unit less at a time, down to the least."""
    sets = list(top)
    yield tuple(sets)
    while left := [at for at in range(len(items)) if sets[at] > least[at]]:
        # The one with the most sets goes first among equals, so that none is stripped before the others.
        unit = items[min(left, key=lambda at: (items[at].keep, -sets[at], at))].unit
        sets = [count - (item.unit == unit) for count, item in zip(sets, items, strict=True)]
        yield tuple(sets)


def _without(items: Sequence[Item], least: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """One unit less at a time, the last in the session first among equals; then fewer sets of what is left."""
    sets = list(least)
    while len(units := {item.unit for item, count in zip(items, sets, strict=True) if count}) > 1:
        gone = min(units, key=lambda unit: (next(i.keep for i in items if i.unit == unit), -unit))
        sets = [0 if item.unit == gone else count for count, item in zip(sets, items, strict=True)]
        yield tuple(sets)
    while any(count > item.floor for count, item in zip(sets, items, strict=True)):
        sets = [max(0, count - 1) for count in sets]
        yield tuple(sets)


def _rung(items: tuple[Item, ...], sets: tuple[int, ...], own: tuple[int, ...]) -> Rung:
    pairs = tuple(zip(items, sets, strict=True))
    seconds = overhead().warmup_s + sum(item.setup_seconds + n * item.seconds for item, n in pairs if n)
    short = [(item.role, max(0, top - n)) for (item, n), top in zip(pairs, own, strict=True)]
    return Rung(
        sets=sets,
        minutes=math.ceil(Fraction(seconds) / 60),
        dose=sum(n * item.dose for item, n in pairs),
        leg_sets=sum(n for item, n in pairs if item.legs),
        short_main=sum(n for role, n in short if role is Role.MAIN),
        short_other=sum(n for role, n in short if role is not Role.MAIN),
    )
