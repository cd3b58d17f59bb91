"""What each rule's cases charge for a selection of options: the solver's side of the check."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

import numpy as np

from mesocycle.solver.grounding import Grounded
from mesocycle.solver.rules.base import AllLeftOut, Changes, Charge, Fixed, Home, LeaveOut, Limit


def points_by_rule(
    grounded: Grounded, chosen: Sequence[int], changes: Collection[tuple[str, int]] = ()
) -> dict[str, int]:
    """Points of a selection by rule: positions in the option table, one a lift, and what changes when."""
    options = grounded.problem.options
    picked = np.array(sorted(chosen), dtype=np.int64)
    is_chosen = np.zeros(len(options), dtype=bool)
    is_chosen[picked] = True
    kinds = {
        "lift": np.ones(len(picked), dtype=bool),
        "loaded": options.loaded[picked],
        "heavy": options.heavy[picked],
    }
    days = {kind: Counter(options.day[picked][mask].tolist()) for kind, mask in kinds.items()}
    day_of = dict(zip(options.lift[picked].tolist(), options.day[picked].tolist(), strict=True))
    points: dict[str, int] = {}
    for rule, case in grounded.cases:
        match case:
            case Charge():
                amount = int(case.points[is_chosen[case.options]].sum())
            case Limit() if case.points:
                total = int(case.coefficients[is_chosen[case.options]].sum())
                for kind, first, last, coefficient in case.days:
                    total += coefficient * sum(days[kind][day] for day in range(first, last + 1))
                amount = case.points * max(0, total - case.most)
            case LeaveOut():
                amount = sum(p for lift, p in zip(case.lifts, case.points, strict=True) if lift not in day_of)
            case AllLeftOut():
                amount = case.points * day_of.keys().isdisjoint(case.lifts)
            case Home() if case.points:
                weekdays = Counter(day_of[lift] % 7 for lift in case.lifts if lift in day_of)
                amount = case.points * (sum(weekdays.values()) - max(weekdays.values(), default=0))
            case Fixed():
                amount = case.points
            case Changes():
                weeks = {week for scope, week in changes if scope == case.scope}
                amount = case.points * sum(weeks.isdisjoint(stretch) for stretch in case.stretches)
            case _:
                continue
        points[rule] = points.get(rule, 0) + amount
    return points
