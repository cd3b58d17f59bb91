"""Dominated slots, removed before the model is built; the optimum stays.

Option *a* stands in for option *b* of the same lift, day and rung if it costs less, or as much and starts
earlier, and keeps no other start out that *b* does not keep out too. All rules but the hours of lift_spacing look at days, so within
one day only the starts that lie less than those hours away on either side can tell two options apart.
That needs days that hold one lift at most; where a day may hold two, nothing is removed.
"""

from __future__ import annotations

import numpy as np

from mesocycle.solver.problem import Problem
from mesocycle.solver.slots import Bools, Ints, Options


def undominated(problem: Problem, open_options: Ints, prices: Ints) -> Ints:
    """Return the options that no other stands in for.

    Parameters
    ----------
    problem : Problem
        With its full option table.
    open_options : Ints
        Positions of the options that no hard rule closes.
    prices : Ints
        Points of every option of the table.

    Returns
    -------
    Ints
        A part of `open_options`, in rising order.
    """
    spacing = problem.settings.get("lift_spacing")
    hours = round(60 * spacing.hard_hours) if spacing is not None and spacing.hard else 0
    keep = np.sort(open_options)
    alone = problem.settings.get("one_lift_per_day")
    if alone is None or not alone.hard or alone.most > 1:
        # Lifts may share a day but not overlap, so every start keeps out others of its day.
        return keep
    while True:
        fewer = _once(problem, keep, prices, hours)
        if len(fewer) == len(keep):
            return keep
        keep = fewer


def _once(problem: Problem, keep: Ints, prices: Ints, reach: int) -> Ints:
    options = problem.options.take(keep)
    price = prices[keep]
    low = np.zeros(len(keep), dtype=np.int64)
    high = np.zeros(len(keep), dtype=np.int64)
    if reach:
        loaded = options.loaded
        starts = np.unique(options.start[loaded])
        # A loaded option keeps out the starts in [low, high); fewer is better at both ends.
        low[loaded] = np.searchsorted(starts, options.start[loaded] - reach, side="right")
        high[loaded] = np.searchsorted(starts, options.start[loaded] + reach, side="left")
    order = np.lexsort((options.start, price, high, low, options.day, options.rung, options.lift))
    same = np.ones(len(order), dtype=bool)
    for column in (options.lift, options.rung, options.day, low, high):
        same[1:] &= np.diff(column[order]) == 0
    # The first of each run of equals is the cheapest, then the earliest.
    first = order[~same | (np.arange(len(order)) == 0)]
    return np.sort(keep[first[_incomparable(options, price, low, high, first)]])


def _incomparable(options: Options, price: Ints, low: Ints, high: Ints, left: Ints) -> Bools:
    """Mark those of `left`, sorted by lift, rung and day, that no other of their group dominates."""
    lift, rung, day = options.lift[left], options.rung[left], options.day[left]
    start = options.start
    new = np.ones(len(left), dtype=bool)
    new[1:] = (np.diff(lift) != 0) | (np.diff(rung) != 0) | (np.diff(day) != 0)
    groups = np.cumsum(new) - 1
    place = np.arange(len(left)) - np.flatnonzero(new)[groups] if len(left) else groups
    good = np.ones(len(left), dtype=bool)
    for distance in range(1, int(place.max(initial=0)) + 1):
        near = np.arange(len(left) - distance)
        near = near[groups[near] == groups[near + distance]]
        for a, b in ((near, near + distance), (near + distance, near)):
            x, y = left[a], left[b]
            cheaper = (price[x] < price[y]) | ((price[x] == price[y]) & (start[x] < start[y]))
            beats = cheaper & (low[x] >= low[y]) & (high[x] <= high[y])
            good[b[beats]] = False
    return good
