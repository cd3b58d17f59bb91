"""What each rule's cases charge for a selection of options: the solver's side of the check."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

import numpy as np

from mesocycle.solver.model.grounding import Grounded
from mesocycle.solver.placement.slots import KINDS
from mesocycle.solver.rules.base import Changes, Charge, Fixed, Home, LeaveOut, Limit, Price


def points_by_rule(
    grounded: Grounded, chosen: Sequence[int], changes: Collection[tuple[str, int]] = ()
) -> dict[str, int]:
    """Points of a selection by rule: positions in the option table, one a lift, and what changes when."""
    options = grounded.problem.options
    picked = np.array(sorted(chosen), dtype=np.int64)
    is_chosen = np.zeros(len(options), dtype=bool)
    is_chosen[picked] = True
    picked_options = options.take(picked)
    kinds = {kind: picked_options.of_kind(kind) for kind in KINDS}
    days = {kind: Counter(picked_options.day[mask].tolist()) for kind, mask in kinds.items()}
    sets = {
        lift: grounded.problem.lifts[lift].versions[version].sets
        for lift, version in zip(picked_options.lift.tolist(), picked_options.version.tolist(), strict=True)
    }
    day_of = dict(zip(options.lift[picked].tolist(), options.day[picked].tolist(), strict=True))
    points: dict[str, int] = {}
    for rule, case in grounded.cases:
        match case:
            case Charge():
                amount = int(case.points[is_chosen[case.options]].sum())
            case Price():
                amount = case.points * case.amount.at(sets[case.lift]) if case.lift in sets else 0
            case Limit() if case.points:
                counts = (count for count in case.versions if count.lift in sets)
                total = sum(count.coefficient * count.amount.at(sets[count.lift]) for count in counts)
                for kind, first, last, coefficient in case.days:
                    total += coefficient * sum(days[kind][day] for day in range(first, last + 1))
                amount = case.points * max(0, total - case.most)
            case LeaveOut():
                amount = sum(p for lift, p in zip(case.lifts, case.points, strict=True) if lift not in day_of)
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
