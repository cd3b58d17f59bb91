"""Some of the blocks of a space: lifts that stay as they are, and others of which something is asked."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from mesocycle.models.clock import MINUTES_PER_DAY
from mesocycle.models.plan import Reference
from mesocycle.solver.model.rows import Block
from mesocycle.solver.placement.problem import Problem
from mesocycle.solver.placement.slots import Bools, Ints


class Kept(NamedTuple):
    """How a lift takes place: the sets of its items, and the moment at which it starts."""

    sets: tuple[int, ...]
    start: int


@dataclass(frozen=True)
class Wish:
    """What is asked of one lift; a None asks for nothing.

    Attributes
    ----------
    takes_place : bool
        Or is left out.
    days : collection of int, optional
        Days on one of which it stands.
    minute : int, optional
        Minute of the day at which it starts.
    sets : mapping of int to int
        By item, how many sets it has.
    """

    takes_place: bool = True
    days: Collection[int] | None = None
    minute: int | None = None
    sets: Mapping[int, int] = field(default_factory=dict)

    def versions(self, sets: Ints) -> Bools:
        """Which versions, given by their sets, do what is asked."""
        fit = np.full(len(sets), self.takes_place)
        for item, count in self.sets.items():
            fit &= sets[:, item] == count
        return fit

    def starts(self, moments: Ints) -> Bools:
        """Which moments do."""
        fit = np.full(len(moments), self.takes_place)
        if self.days is not None:
            fit &= np.isin(moments // MINUTES_PER_DAY, list(self.days))
        if self.minute is not None:
            fit &= moments % MINUTES_PER_DAY == self.minute
        return fit


@dataclass(frozen=True, eq=False)
class Narrowing:
    """What the blocks in question have in common.

    Attributes
    ----------
    lift : int
        Of which something is asked.
    wish : Wish
        What every question about it has in common.
    kept : mapping of int to Kept or None
        Lifts that stay as they are; None where one stays left out.
    near : Reference, optional
        Of equally good blocks the one nearest to this plan is taken.
    """

    lift: int
    wish: Wish
    kept: Mapping[int, Kept | None]
    near: Reference | None = None

    def sets(self, lift: int, known: Ints) -> list[tuple[int, ...]]:
        """Of the known versions of a lift, given by their sets, those that it may be done in."""
        if lift in self.kept:
            kept = self.kept[lift]
            return [] if kept is None else [kept.sets]
        fit = known[self.wish.versions(known)] if lift == self.lift else known
        return list(map(tuple, fit.tolist()))

    def usable(self, problem: Problem) -> Bools:
        """Which options of a table may be chosen, as far as starts go."""
        options = problem.options
        start_of = np.full(len(problem.lifts), -1, dtype=np.int64)
        for lift, kept in self.kept.items():
            if kept is not None:
                start_of[lift] = kept.start
        starts = start_of[options.lift]
        free: Bools = (starts < 0) | (options.start == starts)
        free &= (options.lift != self.lift) | self.wish.starts(options.start)
        return free

    def demand(self, block: Block) -> None:
        """Let each lift that stays, or is asked about, take place if it has to, and not if it may not."""
        placed = {lift: kept is not None for lift, kept in self.kept.items()}
        for lift, takes_place in {**placed, self.lift: self.wish.takes_place}.items():
            left_out = block.left_out[lift].index
            domain = block.model.proto.variables[left_out].domain
            domain[0] = domain[1] = int(not takes_place)
            block.uppers[left_out] = int(not takes_place)
