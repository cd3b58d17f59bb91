"""What changes in a session, and when: few Booleans beside the options, never on them.

A stretch of weeks without a change is paid for by one Boolean. Weeks in a row make consecutive ones in every
row, so that the linear relaxation is exact. A price for changes near key runs would tie them to the days, and
with them to the home day of each session: that made a block of a year twelve times slower (docs/model.md). So
nearness only decides between weeks that are equally good, once the days are known.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any, Protocol

from ortools.sat.python import cp_model

from mesocycle.models.errors import InternalError
from mesocycle.solver.rules.base import Changes, Count

Terms = list[tuple[Any, int]]
Moments = tuple[tuple[str, int], ...]


class Builder(Protocol):
    """What a chain of changes is added to."""

    def variable(self, upper: int = 1) -> Any:
        """A new variable, from 0 to its upper end."""

    def linear(self, terms: Terms, low: int | None, high: int | None) -> int:
        """Add a row and return its number."""

    def whole(self, count: Count) -> Terms:
        """The options in which a lift does all that changes, each counting one."""


class Rotation:
    """Adds chains of changes to a model; `rows` are their numbers, each with what a version counts there."""

    def __init__(self, builder: Builder) -> None:
        self.builder = builder
        self.rows: list[tuple[int, Count]] = []
        self.by_week: dict[tuple[str, int], list[Any]] = {}

    def add(self, case: Changes) -> tuple[dict[tuple[str, int], Any], Terms]:
        """Add one chain, and return its variables by chain and week, and what they cost."""
        linear, variable = self.builder.linear, self.builder.variable
        changes: dict[int, Any] = {}
        for week, lift, whole in zip(case.weeks, case.lifts, case.whole, strict=True):
            change = changes[week] = variable()
            count = Count(lift, whole, -1)
            doing = [(option, -1) for option, _ in self.builder.whole(count)]
            self.rows.append((linear([(change, 1), *doing], None, 0), count))
            same_week = self.by_week.setdefault((case.session, week), [])
            for earlier in same_week:  # one change in a session of a week
                linear([(change, 1), (earlier, 1)], None, 1)
            same_week.append(change)
        terms: Terms = []
        for stretch in case.stretches:
            missed = variable()
            linear([*((changes[week], 1) for week in stretch if week in changes), (missed, 1)], 1, None)
            terms.append((missed, case.points))
        for first in case.weeks:
            near_by = [changes[week] for week in case.weeks if first <= week < first + case.apart_weeks]
            if len(near_by) > 1:
                linear([(change, 1) for change in near_by], None, 1)
        return {(case.scope, week): change for week, change in changes.items()}, terms


class _Placed:
    """A model of the changes alone, with the days and versions known."""

    def __init__(self, doing: Mapping[int, Collection[int]]) -> None:
        self.model = cp_model.CpModel()
        self.doing = doing

    def variable(self, upper: int = 1) -> Any:
        return self.model.new_int_var(0, upper, "")

    def linear(self, terms: Terms, low: int | None, high: int | None) -> int:
        total = cp_model.LinearExpr.weighted_sum([v for v, _ in terms], [c for _, c in terms])
        if low is not None:
            self.model.add(total >= low)
        if high is not None:
            self.model.add(total <= high)
        return 0

    def whole(self, count: Count) -> Terms:
        sets = self.doing.get(count.lift)
        return [(self.model.new_constant(1), 1)] if sets and count.amount.at(tuple(sets)) else []


def best_weeks(
    cases: Iterable[Changes], sets: Mapping[int, Collection[int]], day: Mapping[int, int]
) -> Moments:
    """Among the equally good weeks of change of a placed block take those clear of key runs, then early ones.

    Parameters
    ----------
    cases : iterable of Changes
        All chains of the block.
    sets, day : mappings
        Sets of each item, and the day, of each lift that takes place.

    Returns
    -------
    tuple of (str, int)
        Chain and week of each change.
    """
    placed = _Placed(sets)
    model, rotation = placed.model, Rotation(placed)
    changes: dict[tuple[str, int], Any] = {}
    weighted: Terms = []
    for case in cases:
        own, terms = rotation.add(case)
        changes |= own
        weighted += [(variable, 2**24 * points) for variable, points in terms]
        for week, lift in zip(case.weeks, case.lifts, strict=True):
            near = day.get(lift, -1) in case.near
            weighted.append((own[case.scope, week], 2**14 * near + 2**13 + week))
    if not changes:
        return ()
    model.minimize(cp_model.LinearExpr.weighted_sum([v for v, _ in weighted], [c for _, c in weighted]))
    solver = cp_model.CpSolver()
    # Without the linear relaxation a year takes minutes, with it milliseconds.
    solver.parameters.num_workers = 1
    solver.parameters.linearization_level = 2
    solver.parameters.catch_sigint_signal = False  # it would leave the process without any handler
    if solver.solve(model) != cp_model.OPTIMAL:
        raise InternalError("the weeks of change were not found")
    return tuple(key for key, change in changes.items() if solver.boolean_value(change))
