"""Versions that see all starts alike are placed as one.

What a case states of an option is a part of its start and a part of its version, for as long as two
versions of a lift may start at the same times, count for as many kinds, and are charged alike there but for a
constant. Such versions form a *shape*. A model then has a variable for each start of a shape and one for each
version, and as many versions of a shape are chosen as starts: it grows with starts + versions, not with their
product.

Theorem. Of two versions of one shape the first is enough if it costs no more and does no worse in any row
that speaks of versions: put in the place of the second, at the same start, nothing gets worse. So only those
that no other one is as good as stay, by the rows that exist.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from mesocycle.solver.model.fronts import LESS, Comparison, cases_of, undominated, version_rows
from mesocycle.solver.model.grounding import Grounded
from mesocycle.solver.placement.slots import KINDS, OF_VERSION, Bools, Ints, Options
from mesocycle.solver.prescription.amounts import Amount
from mesocycle.solver.prescription.lifts import Lift

# A version that is not placed.
NOWHERE = -1


@dataclass(frozen=True, eq=False)
class Shapes:
    """Which version of each lift is placed in the stead of which.

    Attributes
    ----------
    placed : list of Ints
        By lift, for each listed version, the version of its shape that has options; `NOWHERE` where a
        version is not needed.
    beyond : list of Ints
        Points that a version is charged beyond the one placed in its stead, at each start.
    dearer : list of Ints
        The same by the rules of a ceiling alone.
    """

    placed: list[Ints]
    beyond: list[Ints]
    dearer: list[Ints]

    def listed(self, lift: int) -> list[int]:
        """The versions of a lift that are needed."""
        return np.flatnonzero(self.placed[lift] != NOWHERE).tolist()

    def members(self, lift: int) -> dict[int, list[int]]:
        """The same by the version that is placed in their stead."""
        members: dict[int, list[int]] = {}
        for at in self.listed(lift):
            members.setdefault(int(self.placed[lift][at]), []).append(at)
        return members

    def apart(self, options: Options, positions: Ints, most: int) -> tuple[Ints, Ints] | None:
        """The options of each version by itself: positions of those placed in its stead, and the versions.

        None where there are more than `most`.
        """
        by_lift = [self.members(lift) for lift in range(len(self.placed))]
        lifts, versions = options.lift[positions].tolist(), options.version[positions].tolist()
        members = [by_lift[lift].get(version, []) for lift, version in zip(lifts, versions, strict=True)]
        sizes = np.array([len(own) for own in members], dtype=np.int64)
        if sizes.sum() > most:
            return None
        return np.repeat(positions, sizes), np.array([at for own in members for at in own], dtype=np.int64)


def first_alike(lift: Lift) -> Ints:
    """For each listed version the first of which options know the same: every case sees them alike."""
    first: dict[tuple[Any, ...], int] = {}
    seen = [tuple(getattr(version, name) for name in OF_VERSION) for version in lift.versions]
    return np.array([first.setdefault(key, number) for number, key in enumerate(seen)], dtype=np.int64)


def shapes_of(
    grounded: Grounded,
    alike: Sequence[Ints],
    usable: Bools,
    charges: Sequence[Ints],
    resized: Sequence[Ints] | None = None,
    check: Callable[[], None] = lambda: None,
) -> tuple[Shapes, Ints]:
    """Group the listed versions of each lift by shape.

    Parameters
    ----------
    grounded : Grounded
        With options of the versions in `alike` alone.
    alike : sequence of Ints
        By lift, from `first_alike`.
    usable : Bools
        Which options may be chosen.
    charges : sequence of Ints
        What options are charged where they stand: the points, then perhaps those of a ceiling.
    resized : sequence of Ints, optional
        By lift and version, whether a reference plan has other sets: those with the same ones stay.
    check : callable
        Called between lifts; it may raise, if the time is up.

    Returns
    -------
    Shapes, Ints
        And the positions of their options.
    """
    problem, options = grounded.problem, grounded.problem.options
    marks: list[Ints | Bools] = [options.of_kind(kind) for kind in KINDS]
    if problem.most_a_day > 1:  # they may overlap
        marks.append(options.minutes)
    several = any(len(lift.versions) > 1 for lift in problem.lifts)
    prices, barred = grounded.version_prices(), grounded.barred_versions()
    rows = cases_of(problem, grounded.cases) if several else []
    result = Shapes([], [], [])
    positions = [np.zeros(0, dtype=np.int64)]
    firsts = np.searchsorted(options.lift, np.arange(len(problem.lifts) + 1))
    for lift, own in zip(problem.lifts, alike, strict=True):
        check()
        of_lift = np.arange(firsts[lift.index], firsts[lift.index + 1])
        numbers, starts = np.unique(options.version[of_lift], return_index=True)
        shape = np.full(len(lift.versions), NOWHERE, dtype=np.int64)
        more = np.zeros((len(charges), len(lift.versions)), dtype=np.int64)
        seen: dict[tuple[bytes, ...], tuple[int, list[int]]] = {}
        starts_of: dict[int, Ints] = {}
        for number, run in zip(numbers.tolist(), np.split(of_lift, starts[1:]), strict=bool(len(of_lift))):
            there = run[usable[run]]
            if not len(there):
                continue
            base = [int(charge[there[0]]) for charge in charges]
            profile = [charge[there] - first for charge, first in zip(charges, base, strict=True)]
            key = tuple(
                part.tobytes()
                for part in (options.start[there], *(mark[there[:1]] for mark in marks), *profile)
            )
            if key not in seen:
                seen[key] = (number, base)
                starts_of[number] = there
            shape[number] = seen[key][0]
            more[:, number] = np.array(base) - np.array(seen[key][1])
        placed, beyond = shape[own], more[:, own]
        placed[barred[lift.index] > 0] = NOWHERE
        costs = prices[lift.index] + beyond[0]
        columns = [costs, *beyond[1:], *([] if resized is None else [resized[lift.index]])]
        # A shape of which every version is barred has no starts.
        positions += [starts_of[number] for number in np.unique(placed[placed != NOWHERE]).tolist()]
        shared = np.flatnonzero(np.bincount(placed[placed != NOWHERE]) > 1).tolist()
        compared = version_rows(lift, rows[lift.index]) if shared else []
        for number in shared:
            members = np.flatnonzero(placed == number)
            kept = _needed(lift.sets[members], [column[members] for column in columns], compared)
            placed[np.delete(members, kept)] = NOWHERE
        result.placed.append(placed)
        result.beyond.append(beyond[0])
        result.dearer.append(beyond[-1])
    return result, np.sort(np.concatenate(positions))


def _needed(sets: Ints, columns: Sequence[Ints], rows: Sequence[Comparison]) -> Ints:
    """Positions of versions that no other is as good as: less in the columns, and by the rows."""
    sums = np.column_stack([*columns, *(Amount(row.table).of(sets) for row in rows)])
    every = [Comparison(np.zeros((0, 0), dtype=np.int64), LESS)] * len(columns)
    return undominated(sums, [*every, *rows])
