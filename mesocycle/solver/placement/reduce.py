"""Options that the optimum does not need, removed before the model is built.

Of all optima take the one, S, whose starts add up to the least. Within a day only two things tell starts
apart, besides their prices: the hours of lift_spacing, and that lifts do not overlap. So a lift of S may go
to any other start of its day with the same version that does not come too close to another lift. Hence every
lift *x* of S is *held* in its place:

* From the left. For each earlier start that costs no more there is a lift of S before *x* that would come
  too close to that start; otherwise *x* could go there, and S was not the earliest.
* From the right. For each later start that costs less there is one after *x* that would.

An option that no option left could hold is not in S and goes. All of S stays, so this may be done in any
order and be stopped at any time. The most readable optimum (`canonical.readability`) stays too, as it prefers
earlier quarters of an hour; within a quarter, on a grid of 5 or 10 minutes, the earliest start is taken.

The options far enough before *x* only grow in number from one start to the next, those far enough after it
only shrink. So counts will do: an option holds *x* against another start if and only if the counts differ.

Where a day may hold several lifts, *x* may be held by *y* of the same day, and *y* by *z*. Each of them
starts before the last, so such a chain is no longer than the number of lifts that a day may hold.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from mesocycle.models.clock import MINUTES_PER_DAY
from mesocycle.solver.placement.problem import Problem
from mesocycle.solver.placement.slots import NEVER, Bools, Ints, begins

# Two to four are needed as a rule; what more would remove is left to the solver.
MOST_SWEEPS = 10
NONE: Ints = np.zeros(0, dtype=np.int64)


def undominated(
    problem: Problem, open_options: Ints, prices: Ints, check: Callable[[], None] = lambda: None
) -> Ints:
    """Return the options that the earliest optimum may consist of.

    Parameters
    ----------
    problem : Problem
        With its full option table.
    open_options : Ints
        Positions of the options that no hard rule closes.
    prices : Ints
        Points of every option of the table.
    check : callable
        Called between days; it may raise, if the time is up.

    Returns
    -------
    Ints
        A part of `open_options`, in rising order.
    """
    spacing = problem.settings.lift_spacing
    keep = np.sort(open_options)
    # By day, and within a day as in the table: by lift, version and start.
    keep = keep[np.argsort(problem.options.day[keep], kind="stable")]
    options = problem.options.take(keep)
    table = _Table(
        day=options.day,
        lift=options.lift,
        version=options.version,
        start=options.start,
        minutes=options.end - options.start,
        loaded=options.loaded,
        price=prices[keep],
        reach=round(60 * spacing.hard_hours) if spacing is not None and spacing.hard else 0,
        most=problem.most_a_day,
    )
    return np.sort(keep[table.held(check)])


@dataclass(frozen=True, eq=False)
class _Table:
    """The open options by day; `reach` minutes lie between loaded starts, a day holds `most` lifts."""

    day: Ints
    lift: Ints
    version: Ints
    start: Ints
    minutes: Ints
    loaded: Bools
    price: Ints
    reach: int
    most: int

    def held(self, check: Callable[[], None]) -> Ints:
        """Sweep over the days, forth and back, for as long as options go."""
        names, counts = np.unique(self.day, return_counts=True)
        bounds = [0, *np.cumsum(counts).tolist()]
        left = {day: np.arange(bounds[at], bounds[at + 1]) for at, day in enumerate(names.tolist())}
        around = math.ceil(self.reach / MINUTES_PER_DAY)
        stale = set(left)
        for sweep in range(MOST_SWEEPS):
            # A day sees what this sweep has taken from the one before: a chain of days goes in one sweep.
            for day in sorted(left, reverse=sweep % 2 == 1):
                if day not in stale:
                    continue
                stale.remove(day)
                check()
                earlier = self._loaded_of(left.get(day - back) for back in range(1, around + 1))
                later = self._loaded_of(left.get(day + on) for on in range(1, around + 1))
                fewer = self._of_day(left[day], earlier, later)
                if len(fewer) < len(left[day]):
                    left[day] = fewer
                    near = set(range(day - around, day + around + 1)) & left.keys()
                    stale |= near if self.most > 1 else near - {day}
        return np.concatenate([NONE, *left.values()])

    def _loaded_of(self, parts: Iterable[Ints | None]) -> Ints:
        near = np.concatenate([NONE, *(part for part in parts if part is not None)])
        loaded: Ints = near[self.loaded[near]]
        return loaded

    def _of_day(self, here: Ints, earlier: Ints, later: Ints) -> Ints:
        """Those `here` that are held, given the loaded options left on the days before and after."""
        held = here[:0]
        lifts = 1 + np.count_nonzero(np.diff(self.lift[here]))
        for _ in range(min(self.most, int(lifts))):
            # Held from the days before, then also by those, and so on: chains of growing length.
            longer = here[_cheapest(self._runs(here, self._before(here, earlier, held)), self.price[here])]
            if len(longer) == len(held):
                break
            held = longer
        others = held if self.most > 1 else held[:0]
        runs = self._runs(held, self._after(held, later, others))
        # From the end, and with equals.
        return held[_cheapest(runs[-1] - runs[::-1], self.price[held][::-1], equals=True)[::-1]]

    def _before(self, here: Ints, earlier: Ints, others: Ints) -> Ints:
        """How many options of other lifts lie far enough before each, but for a constant of the version."""
        counts = np.zeros(len(here), dtype=np.int64)
        for loaded in (True, False):
            alike = self.loaded[here] == loaded
            at, lift = self.start[here[alike]], self.lift[here[alike]]
            reach = self.reach * (loaded & self.loaded[others])
            free = self.start[others] + np.maximum(self.minutes[others], reach)
            counts[alike] = _count(free, self.lift[others], at, lift, "right")
            if loaded:
                free = self.start[earlier] + self.reach
                counts[alike] += _count(free, self.lift[earlier], at, lift, "right")
        return counts

    def _after(self, here: Ints, later: Ints, others: Ints) -> Ints:
        """How many options of other lifts do not lie far enough after each, but for a constant likewise."""
        start, lift, minutes = self.start[here], self.lift[here], self.minutes[here]
        reach = self.reach * self.loaded[here]
        near = self.loaded[others]
        counts = np.zeros(len(here), dtype=np.int64)
        for limits, until in (
            (others[near], start + np.maximum(minutes, reach)),
            (others[~near], start + minutes),
            (later, start + reach),
        ):
            counts += _count(self.start[limits], self.lift[limits], until, lift, "left")
        return counts

    def _runs(self, here: Ints, counts: Ints) -> Ints:
        """Number the runs of equal count within a lift and version: starts that the same options hold."""
        return np.cumsum(begins(self.lift[here], self.version[here], counts))


def _count(limits: Ints, owners: Ints, moments: Ints, lifts: Ints, side: Literal["left", "right"]) -> Ints:
    """How many limits lie before each moment, without those that belong to its own lift.

    Right up to a number that is the same for all moments of a lift.
    """
    every: Ints = np.sort(limits)
    own: Ints = np.sort(owners * NEVER + limits)
    return np.searchsorted(every, moments, side) - np.searchsorted(own, lifts * NEVER + moments, side)


def _cheapest(runs: Ints, price: Ints, equals: bool = False) -> Bools:
    """Mark what costs less than all before it in its run; with `equals` also what costs as much."""
    # Each run lies below the one before it, so the least so far is always of the same run.
    value = price - (np.ptp(price) + 1) * runs
    least = np.minimum.accumulate(value)[:-1]
    return np.concatenate([[True], value[1:] < least + equals])
