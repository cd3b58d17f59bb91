"""Which entry of a feed is which run of a block: the best match of all of them together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

import numpy as np
from ortools.graph.python.linear_sum_assignment import SimpleLinearSumAssignment

from mesocycle.diary.feeds.runs import Measures, as_told, metres_told, same_name
from mesocycle.importing.entries import PlanEntry
from mesocycle.models.clock import MINUTES_PER_DAY, monday_of
from mesocycle.models.errors import InternalError
from mesocycle.models.plan import CalendarRun

# A run stays in its week when it moves, or is this near: from a Sunday to the Monday after.
NEAR_DAYS = 2
# What a pair costs. Each step of it outweighs all that is below it for up to 500 runs: first as many exact
# pairs as there can be, then pairs of one day and type, then of one week and type or name, and then as little
# left over and changed as can be.
NOT_EXACT, SAME_DAY, ALIKE = 10**11, 2 * 10**8, 4 * 10**5
LEFT_OVER = 200
# Below that: how unlike two runs are. A day counts by its square, so that runs keep their order.
A_DAY, ANOTHER_TYPE, ANOTHER_NAME, ANOTHER_LENGTH, ANOTHER_TIME = 2, 60, 20, 20, 8


def matched(
    places: Sequence[Sequence[CalendarRun]], entries: Sequence[PlanEntry], measures: Measures
) -> dict[int, int]:
    """Find the entry of each run.

    Parameters
    ----------
    places : sequence of sequence of CalendarRun
        Where each run of the block stands; one that was changed also as it was before.
    entries : sequence of PlanEntry
        Of the feed.
    measures : Measures
        Of the block.

    Returns
    -------
    dict of int to int
        By position, the entry of each run that has one.
    """
    by_week: defaultdict[date, list[int]] = defaultdict(list)
    for at, entry in enumerate(entries):
        by_week[monday_of(entry.day)].append(at)
    costs: dict[tuple[int, int], int] = {}
    for run, forms in enumerate(places):
        for place in forms:
            for at in _near(place.date, by_week):
                cost = _cost(place, entries[at], measures)
                if cost is not None:
                    costs[run, at] = min(cost, costs.get((run, at), cost))
    return cheapest(costs, len(places), len(entries))


def _near(day: date, by_week: dict[date, list[int]]) -> Iterator[int]:
    """Entries of the week of a day, and of those around it."""
    for weeks in (-1, 0, 1):
        yield from by_week.get(monday_of(day) + timedelta(weeks=weeks), ())


def cheapest(costs: dict[tuple[int, int], int], runs: int, entries: int) -> dict[int, int]:
    """The pairs that cost least together with what is left over.

    An assignment problem in whole numbers, of which the solver proves the optimum. Each run may also go to
    a place of its own that means "left over", and so may each entry; where a run and an entry are a pair, the
    two places are one too, and cost nothing. So assignments are the matches, each at its cost.
    """
    if not costs:
        return {}
    unpaired = NOT_EXACT // 2 + LEFT_OVER
    arcs = [(run, at, cost) for (run, at), cost in costs.items()]
    arcs += [(runs + at, entries + run, 0) for run, at in costs]
    arcs += [(run, entries + run, unpaired) for run in range(runs)]
    arcs += [(runs + at, at, unpaired) for at in range(entries)]
    left, right, price = zip(*sorted(arcs), strict=True)
    problem = SimpleLinearSumAssignment()
    problem.add_arcs_with_cost(np.array(left, np.int32), np.array(right, np.int32), np.array(price, np.int64))
    status = problem.solve()
    if status != problem.OPTIMAL:
        raise InternalError(f"runs could not be matched: {status}")
    mates = ((run, problem.right_mate(run)) for run in range(runs))
    return {run: at for run, at in mates if at < entries}


def _cost(place: CalendarRun, entry: PlanEntry, measures: Measures) -> int | None:
    """What it costs to take an entry for a run; None if it cannot be that run."""
    days = (entry.day - place.date).days
    if abs(days) > NEAR_DAYS and monday_of(entry.day) != monday_of(place.date):
        return None
    alike, named = entry.kind == place.type, same_name(place, entry, measures.units)
    apart = abs(place.start - entry.usual_start) * ANOTHER_TIME // MINUTES_PER_DAY
    if days == 0 and (alike or named) and as_told(place, entry, measures) == place:
        return apart
    unlike = A_DAY * days**2 + (days < 0) + apart + _length_apart(place, entry)
    unlike += 0 if alike else ANOTHER_TYPE
    unlike += 0 if named else ANOTHER_NAME
    if days == 0 and alike:
        return NOT_EXACT - SAME_DAY + unlike
    if alike or named:
        return NOT_EXACT - ALIKE + unlike
    return None if days else NOT_EXACT + unlike


def _length_apart(place: CalendarRun, entry: PlanEntry) -> int:
    """How much a length differs, as far as both are known."""
    metres = metres_told(entry)
    pairs = [(metres, 1000 * place.distance_km if place.distance_km else None)]
    pairs.append((entry.reading.minutes, place.minutes))
    for told, known in pairs:
        if told and known:
            return round(ANOTHER_LENGTH * abs(told - known) / max(told, known))
    return 0
