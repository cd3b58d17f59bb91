"""Versions that no block needs, by comparing what every case states of them.

Theorem. Let two versions of a lift be such that the first takes no longer and loads the legs no more, and in
every case that speaks of the lift's versions does no worse: no higher price, no more of a sum that is
limited, no less of one that is demanded. Put the first in the place of the second, at the same start, in any
block. At one start a shorter and lighter version is neither closed nor charged more (`Rule.place`), it
overlaps with nothing new, and no row and no price gets worse. So the block stays legal and costs no more: the
second version is not needed.

All of these are sums over the exercises of a session, so it is enough to compare what is done of the first
few exercises: whatever is added to both, the order between them stays. Where only part of a scale matters (a
demand that is met, a price that has not begun), values beyond it count as equal, as soon as nothing that may
still be added leads back. Nothing here knows a rule by name: what is compared is read off the cases.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

from mesocycle.solver.model.grounding import Cases
from mesocycle.solver.placement.problem import Problem
from mesocycle.solver.placement.slots import SESSIONS, Bools
from mesocycle.solver.prescription.amounts import Amount, Ints, per_set
from mesocycle.solver.prescription.items import LOADED_DOSE, REFERENCE_DOSE
from mesocycle.solver.prescription.lifts import Lift
from mesocycle.solver.prescription.versions import Space, Version, in_order
from mesocycle.solver.rules.base import Apart, Bar, Case, Changes, Close, Home, Limit, Price

LESS, MORE, EQUAL = 1, -1, 0
# So many versions are compared at a time with the best of those before them, in so many pairs of numbers.
ROWS, CHUNK = 512, 4_000_000


class Comparison(NamedTuple):
    """A sum by which versions are compared: which way is better, and on what part of the scale it matters.

    Beyond `until` nothing gets better; on the other side of `since` nothing gets better yet.
    """

    table: Ints
    sense: int
    until: int | None = None
    since: int | None = None


def comparisons(lift: Lift, cases: Iterable[Case]) -> list[Comparison]:
    """What the cases that speak of a lift's versions compare them by.

    Parameters
    ----------
    lift : Lift
        Whose versions.
    cases : iterable of Case
        Those that must not get worse: all of them for an optimum, the hard ones where the question is
        only whether a block exists.
    """
    space, items = lift.space, lift.items
    week = range(7 * lift.week, 7 * lift.week + 7)
    dose = space.doses
    landings = space.amount("landings", lambda: per_set(items, [item.contacts for item in items])).table
    done = space.amount("done", lambda: per_set(items, [1] * len(items))).table
    cases = list(cases)
    found = [
        Comparison(lift.minutes.table, LESS),
        Comparison(dose, LESS),
        Comparison(done, MORE, 1),  # what holds nothing is no version
        *version_rows(lift, cases),
    ]
    for case in cases:
        match case:
            case Price() if case.lift == lift.index and case.points:
                found.append(_compared(space, case.amount, 1))
            case Bar() if case.lift == lift.index:
                found.append(_compared(space, _barred(case.amount), 1))
            case Limit() if case.points != 0:
                for kind, first, last, coefficient in case.days:
                    if week.stop <= first or last < week.start:
                        continue
                    if kind == "jumps":
                        found.append(Comparison(landings, LESS if coefficient > 0 else EQUAL))
                    elif kind != "lift" and coefficient < 0:
                        least = LOADED_DOSE if kind == "loaded" else REFERENCE_DOSE
                        found.append(Comparison(dose, MORE, least, least - 1))
    return _distinct(found)


def version_rows(lift: Lift, cases: Iterable[Case]) -> list[Comparison]:
    """What the rows that tie versions of several lifts together compare those of one lift by."""
    found = []
    for case in cases:
        match case:
            case Limit() if case.points != 0:
                for count in case.versions:
                    if count.lift == lift.index:
                        found.append(_compared(lift.space, count.amount, count.coefficient))
            case Changes():
                for index, whole in zip(case.lifts, case.whole, strict=True):
                    if index == lift.index:
                        found.append(_compared(lift.space, whole, -1))
    return _distinct(found)


def cases_of(problem: Problem, cases: Cases) -> list[list[Case]]:
    """The cases that speak of the versions of each lift."""
    found: list[list[Case]] = [[] for _ in problem.lifts]
    by_week = problem.sessions_by_week()
    for _, case in cases:
        match case:
            case Price() | Bar():
                found[case.lift].append(case)
            case Limit():
                lifts = {count.lift for count in case.versions}
                if any(kind not in SESSIONS for kind, *_ in case.days):
                    weeks = {day // 7 for _, first, last, _ in case.days for day in range(first, last + 1)}
                    lifts |= {lift.index for week in weeks if week < len(by_week) for lift in by_week[week]}
                for lift in sorted(lifts):
                    found[lift].append(case)
            case Changes():
                for lift in case.lifts:
                    found[lift].append(case)
    return found


def is_hard(case: Case) -> bool:
    """Whether a case about versions forbids something."""
    return isinstance(case, Bar) or (isinstance(case, Limit) and case.points is None)


def is_binding(case: Case) -> bool:
    """Whether a case forbids something, whatever it speaks of."""
    match case:
        case Close() | Bar() | Apart():
            return True
        case Limit() | Home():
            return case.points is None
    return False


def _barred(amount: Amount) -> Amount:
    inner = amount.then
    return Amount(
        amount.table, lambda total: ((total if inner is None else inner(total)) > 0).astype(np.int64)
    )


def _compared(space: Space, amount: Amount, sign: int) -> Comparison:
    """Which way an amount is better, read off what it makes of every sum that a version can have."""
    if amount.then is None:
        return Comparison(amount.table, LESS if sign > 0 else MORE)
    low, high = space.sums(amount.table)
    values = sign * amount.then(np.arange(low, high + 1, dtype=np.int64))
    steps = np.diff(values)
    if (steps >= 0).all():
        # Below the last sum that costs as little as the least, less is no better.
        until = low + int(np.flatnonzero(values == values[0])[-1])
        since = low + int(np.flatnonzero(values == values[-1])[0])
        return Comparison(amount.table, LESS, until, since)
    if (steps <= 0).all():
        until = low + int(np.flatnonzero(values == values[-1])[0])
        since = low + int(np.flatnonzero(values == values[0])[-1])
        return Comparison(amount.table, MORE, until, since)
    return Comparison(amount.table, EQUAL)


def _distinct(comparisons: Sequence[Comparison]) -> list[Comparison]:
    """Each comparison once; those that speak of nothing left out."""
    seen: dict[tuple[bytes, tuple[int | None, ...]], Comparison] = {}
    for comparison in comparisons:
        if comparison.table.any():
            seen.setdefault((comparison.table.tobytes(), comparison[1:]), comparison)
    return list(seen.values())


def front(space: Space, comparisons: Sequence[Comparison], longest: int | None = None) -> tuple[Version, ...]:
    """The versions that are needed, those with the most sets first.

    Parameters
    ----------
    space : Space
        All versions.
    comparisons : sequence of Comparison
        From `comparisons`.
    longest : int, optional
        Minutes that no version may pass.
    """
    most = min((m for m in (longest, space.most_minutes) if m is not None), default=None)
    room = None if most is None else space.room(most)
    counts = np.zeros((1, 0), dtype=np.int64)
    sums = np.zeros((1, len(comparisons)), dtype=np.int64)
    tenths = np.zeros(1, dtype=np.int64)
    left = left_after(space, comparisons)
    for at, (unit, ways) in enumerate(zip(space.units, space.ways, strict=True)):
        added = np.array(
            [[comparison.table[list(unit), n].sum() for comparison in comparisons] for n in ways],
            dtype=np.int64,
        )
        longer = np.array([space.tenths[list(unit), n].sum() for n in ways], dtype=np.int64)
        number, way = (part.ravel() for part in np.indices((len(counts), len(ways))))
        counts = np.column_stack([counts[number], np.array(ways, dtype=np.int64)[way]])
        sums, tenths = sums[number] + added[way], tenths[number] + longer[way]
        if room is not None:
            fits = tenths <= room
            counts, sums, tenths = counts[fits], sums[fits], tenths[fits]
        keep = undominated(sums, comparisons, left[at])
        counts, sums, tenths = counts[keep], sums[keep], tenths[keep]
    found = (space.version(space.sets_of(row)) for row in counts.tolist())
    return in_order(version for version in found if space.holds(version))


def left_after(space: Space, comparisons: Sequence[Comparison]) -> list[list[tuple[int, int]]]:
    """After each unit, for each comparison: the least and the most that the units to come may add."""
    left = [[(0, 0)] * len(comparisons)]
    for unit, ways in zip(space.units[:0:-1], space.ways[:0:-1], strict=True):
        sums = [[int(comparison.table[list(unit), n].sum()) for n in ways] for comparison in comparisons]
        left.append(
            [(low + min(part), high + max(part)) for (low, high), part in zip(left[-1], sums, strict=True)]
        )
    return left[::-1]


def undominated(
    sums: Ints, comparisons: Sequence[Comparison], left: Sequence[tuple[int, int]] | None = None
) -> Ints:
    """Positions of sums that no other ones are as good as; of equals the first stays.

    `left` is the least and the most that may still be added to each.
    """
    # All in one sense, less is better; what is equal or must be so is compared both ways.
    columns: list[Ints] = []
    for at, comparison in enumerate(comparisons):
        ends = (0, 0) if left is None else left[at]
        columns += _less_is_better(comparison, sums[:, at], *ends)
    if not columns:
        return np.arange(min(1, len(sums)))
    table = np.column_stack(columns)
    order = np.lexsort([np.arange(len(table)), *table.T[::-1]])
    kept: list[int] = []
    rows = table[order]
    best = np.empty((0, table.shape[1]), dtype=np.int64)
    for first in range(0, len(rows), ROWS):
        part = rows[first : first + ROWS]
        # What comes first is never worse in the first column: only earlier ones can be as good as later ones.
        alive = ~_beaten(part, best)
        inner = part[alive]
        within = np.ones(len(inner), dtype=bool)
        for at in range(len(inner)):
            if within[at]:
                worse = (inner[at] <= inner[at + 1 :]).all(axis=1)
                within[at + 1 :] &= ~worse
        chosen = np.flatnonzero(alive)[within]
        best = np.vstack([best, part[chosen]])
        kept += (first + chosen).tolist()
    result: Ints = np.sort(order[kept])
    return result


def _less_is_better(comparison: Comparison, values: Ints, lowest: int, highest: int) -> list[Ints]:
    """Sums as columns of which less is better, where between `lowest` and `highest` may still be added."""
    until, since = comparison.until, comparison.since
    if comparison.sense == LESS:
        met = values if until is None else np.maximum(values, until - highest)
        if since is not None:
            # What can no longer stay below so much is all alike.
            met = np.where(values + lowest >= since, int(met.max(initial=0)), met)
        return [met]
    if comparison.sense == MORE:
        met = values if until is None else np.minimum(values, until - lowest)
        if since is not None:
            # What can no longer reach so much is all alike.
            met = np.where(values + highest <= since, min(int(met.min(initial=0)), 0), met)
        return [-met]
    return [values, -values]


def _beaten(part: Ints, best: Ints) -> Bools:
    """Which rows some row of the best is as good as."""
    beaten = np.zeros(len(part), dtype=bool)
    step = max(1, CHUNK // max(1, len(part) * part.shape[1]))
    for first in range(0, len(best), step):
        some = best[first : first + step]
        left = np.flatnonzero(~beaten)
        worse = np.any(some[None] > part[left][:, None], axis=2)
        beaten[left] = ~np.all(worse, axis=1)
    return beaten
