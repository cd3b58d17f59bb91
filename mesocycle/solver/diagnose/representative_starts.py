"""The few starts that matter where only feasibility is in question.

Between two starts at which some rule changes its mind, rules see a lift all alike; only the hours to other
lifts tell them apart. Whatever block there is can be moved earlier, lift by lift, until each stands at the
first start of such a piece of the day or exactly the spacing's hours after another lift. So these starts are
enough. The last start of each piece is kept too, for days that hold two lifts and for shorter spacings; with
it, the starts after another lift's hours only matter between two others.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from mesocycle.models.clock import MINUTES_PER_DAY
from mesocycle.solver.placement.slots import Bools, Ints, Options, begins

_ODD = np.uint64(0x9E3779B97F4A7C15)


def representative_starts(
    options: Options, columns: Iterable[tuple[Ints, Ints | int]], reach: int, grid: int
) -> Ints:
    """Return the positions that are enough.

    Parameters
    ----------
    options : Options
        Ordered by lift, version, day and start.
    columns : iterable of (positions, values)
        What some rule states of the options at these positions; with equal values in all columns, alike.
    reach : int
        Minutes from start to start that loaded lifts keep; 0 without spacing.
    grid : int
        Minutes from one start to the next.
    """
    alike = np.zeros(len(options), dtype=np.uint64)
    for number, (positions, values) in enumerate(columns, 1):
        with np.errstate(over="ignore"):
            mixed = (np.asarray(values, dtype=np.int64).astype(np.uint64) + np.uint64(number << 20)) * _ODD
            mixed = (mixed ^ (mixed >> np.uint64(29))) * _ODD
            np.add.at(alike, positions, mixed)
    # Where a piece begins.
    first = begins(options.lift, options.version, options.day)
    first[1:] |= (np.diff(options.start) != grid) | (alike[1:] != alike[:-1])
    keep = first.copy()
    keep[:-1] |= first[1:]
    keep[-1:] = True
    # Two lifts stand at the first and the last start of their pieces; each further one may stand between.
    between = len(np.unique(options.lift)) - 2
    if reach and between > 0:
        keep |= _chained(options, first, reach, between)
    return np.flatnonzero(keep)


def _chained(options: Options, first: Bools, reach: int, hops: int) -> Bools:
    """Loaded starts that follow a first one by exactly the reach, or are the next on the grid, hop by hop."""
    loaded = options.loaded
    starts = np.unique(options.start[loaded])
    follows = np.zeros(len(starts), dtype=bool)
    frontier = np.isin(starts, options.start[first & loaded])
    for _ in range(hops):
        at = np.searchsorted(starts, starts[frontier] + reach)
        # Much later than that nothing was pushed: the piece's own first start serves.
        near = at < len(starts)
        near[near] = starts[at[near]] - starts[frontier][near] <= reach + MINUTES_PER_DAY // 2
        frontier = np.zeros(len(starts), dtype=bool)
        frontier[at[near]] = True
        frontier &= ~follows
        follows |= frontier
        if not frontier.any():
            break
    return loaded & np.isin(options.start, starts[follows])
