"""The linear relaxation of a block, and a bound from it that holds exactly.

Theorem (weak duality). Give every row a multiplier, of the sign that its side requires, and subtract the rows
so weighted from the points. What is left of each variable is its reduced cost. No block has fewer points than
the rows' weighted right-hand sides, plus for each lift its least reduced cost (exactly one of its options, or
"left out", is chosen), plus for every other variable its reduced cost where that is negative (none is above
its upper bound). And a block with an option whose reduced cost lies by more than d above its lift's least has
at least d points more than that bound.

Any multipliers do: they come from a solver in floating point, are scaled and rounded to integers, and all
else is integer arithmetic. So rounding can make the bound smaller, never false.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from ortools.linear_solver.python import model_builder_helper as linear

from mesocycle.models.clock import MINUTES_PER_DAY
from mesocycle.models.errors import InternalError
from mesocycle.solver.model.grounding import Grounded
from mesocycle.solver.model.rows import Block
from mesocycle.solver.model.search import Deadline
from mesocycle.solver.model.variables import Row
from mesocycle.solver.placement.slots import KINDS, Ints
from mesocycle.solver.rules.base import Count

# Multipliers are whole numbers of this part of a point.
SCALE = 2**20
# More than anything may cost: what cannot be had at all is paid with it, so the relaxation has an answer.
DEAR = 100_000
# Sums stay exact in 64 bits below this.
MOST = 2**62
# Four to five times faster than the primal simplex on these rows. Where many starts cost the same it may go
# round in circles: after many more iterations than it ever needs, costs are perturbed.
DUAL, PERTURBED = "use_dual_simplex: true", "perturb_costs_in_dual_simplex: true"
ITERATIONS = 20
# What no option can cost.
CLOSED = 2**60


class Linear:
    """The linear relaxation of a block, built once; its variables may be closed for a while."""

    def __init__(self, block: Block) -> None:
        self.block = block
        self.model = model = linear.ModelBuilderHelper()
        counting = {variable for _, variable in block.hooks.defines}
        costs = block.costs()
        # What only counts lifts may be anything: the lifts themselves have bounds.
        variables = [
            _variable(model, -math.inf if at in counting else 0.0, float(cost))
            for at, cost in enumerate(costs.tolist())
        ]
        self.close([at for at, upper in enumerate(block.uppers) if upper == 0])
        for row in block.rows:
            at = model.add_linear_constraint()
            model.set_constraint_lower_bound(at, -math.inf if row.low is None else row.low)
            model.set_constraint_upper_bound(at, math.inf if row.high is None else row.high)
            model.add_terms_to_constraint(
                at, [variables[v] for v in row.variables], list(map(float, row.coefficients))
            )
            if row.high is not None and row.high < 0:
                model.add_terms_to_constraint(at, [_variable(model, 0.0, DEAR)], [-1.0])
        self.iterations = ITERATIONS * (len(block.rows) + len(costs))

    def close(self, variables: Sequence[int], upper: float = 0.0) -> None:
        """Give variables another upper end."""
        for at in variables:
            self.model.set_var_upper_bound(at, upper)

    def multipliers(self, deadline: Deadline) -> Ints | None:
        """Solve it and return its scaled multipliers, row by row.

        None where the solver did not find its optimum.
        """
        for parameters in (f"{DUAL} max_number_of_iterations: {self.iterations}", f"{DUAL} {PERTURBED}"):
            solver = linear.ModelSolverHelper("glop")
            solver.set_solver_specific_parameters(parameters)
            left = deadline.left()
            if left is not None:
                solver.set_time_limit_in_seconds(max(0.01, left))
            solver.solve(self.model)
            if solver.status() == linear.SolveStatus.OPTIMAL:
                scaled: Ints = np.rint(np.array(solver.dual_values()) * SCALE).astype(np.int64)
                return scaled
        return None


def multipliers(block: Block, deadline: Deadline) -> Ints | None:
    """Solve the linear relaxation of a block and return its scaled multipliers, row by row.

    None where the solver did not find its optimum.
    """
    return Linear(block).multipliers(deadline)


def _variable(model: linear.ModelBuilderHelper, low: float, cost: float) -> linear.Variable:
    variable = linear.Variable(model, model.add_var())
    model.set_var_lower_bound(variable.index, low)
    model.set_var_upper_bound(variable.index, math.inf)
    if cost:
        model.set_var_objective_coefficient(variable.index, cost)
    return variable


@dataclass(frozen=True, eq=False)
class Weighted:
    """The rows of a block with their multipliers, and what they state of any option of its lifts.

    All amounts are points times `SCALE`.
    """

    block: Block
    multipliers: Ints

    @cached_property
    def signed(self) -> Ints:
        """Multipliers of the sign that their row requires; none of rows that only count."""
        values = _signed(self.block.rows, self.multipliers)
        for number, _ in self.block.hooks.defines:
            values[number] = 0
        # Nothing above a soft limit costs more than its price.
        for number, price in self.block.hooks.soft:
            values[number] = max(values[number], -SCALE * price)
        for number in self.block.hooks.placed:
            values[number] = 0  # part of the least reduced cost of the lift
        if np.abs(values).max(initial=0) >= MOST // 2**18:
            raise OverflowError("the multipliers of the relaxation are too large to be summed safely")
        return values

    @cached_property
    def others(self) -> Ints:
        """Reduced costs of all variables but the options, by index; those that only count left at zero."""
        reduced = _reduced(self.block, self.signed)
        reduced[[variable for _, variable in self.block.hooks.defines]] = 0
        return reduced

    @cached_property
    def left_out(self) -> Ints:
        """Reduced cost of leaving each lift out."""
        return self.others[[variable.index for variable in self.block.left_out]]

    @cached_property
    def _days(self) -> dict[str, Ints]:
        """What the day of a lift counts, by kind of lift: a number for each day."""
        count = 7 * len(self.block.grounded.problem.calendar.weeks) + 1
        steps = {kind: np.zeros(count, dtype=np.int64) for kind in KINDS}
        for row, kind, first, last, coefficient in self.block.hooks.days:
            weighted = coefficient * int(self.signed[row])
            if kind == "jumps" and weighted > 0:
                raise InternalError("a rule asks for jumps: probes of places have none")
            steps[kind][max(0, first)] += weighted
            steps[kind][min(last + 1, count - 1)] -= weighted
        return {kind: np.cumsum(values) for kind, values in steps.items()}

    @cached_property
    def _lift_days(self) -> Ints:
        """What one lift's own day counts: by lift and weekday."""
        problem = self.block.grounded.problem
        table = np.zeros((len(problem.lifts), 7), dtype=np.int64)
        for row, lift, first, last, coefficient in self.block.hooks.lift_days:
            table[lift, first % 7 : first % 7 + last - first + 1] += coefficient * int(self.signed[row])
        return table

    def placed(self, grounded: Grounded) -> Ints:
        """Reduced costs of a table's options, but for what their versions count and their lift's multiplier.

        Of a shorter and lighter version that counts for as many kinds it is never more at the same start.
        """
        options = grounded.problem.options
        costs = grounded.charges() * SCALE
        for row, rules in self.block.hooks.charges:
            costs -= int(self.signed[row]) * grounded.charges(rules)
        for kind in KINDS:
            day = self._days[kind]
            if day.any():
                costs -= np.where(options.of_kind(kind), day[options.day], 0)
        costs -= self._lift_days[options.lift, options.day % 7]
        loaded = np.flatnonzero(options.loaded)
        for minutes in {minutes for *_, minutes in self.block.hooks.stretches}:
            own = [(begin, row) for row, begin, length in self.block.hooks.stretches if length == minutes]
            starts = options.start[loaded]
            costs[loaded] -= self._between(own, starts - minutes, starts)
        if self.block.hooks.moments:
            moments = [(time, row) for row, time in self.block.hooks.moments]
            costs -= self._between(moments, options.start - 1, options.end - 1)
        return costs

    def _between(self, pairs: list[tuple[int, int]], after: Ints, until: Ints) -> Ints:
        """Sums of the multipliers of rows whose moment lies in (after, until]."""
        # A sum for each minute of the block is looked up faster than one for each moment is searched for.
        last = MINUTES_PER_DAY * (7 * len(self.block.grounded.problem.calendar.weeks) + 1)
        at_minute = np.zeros(last + 1, dtype=np.int64)
        np.add.at(at_minute, [1 + moment for moment, _ in pairs], self.signed[[row for _, row in pairs]])
        sums = np.cumsum(at_minute)
        total: Ints = sums[np.clip(until + 1, 0, last)] - sums[np.clip(after + 1, 0, last)]
        return total

    @cached_property
    def counts(self) -> list[list[tuple[int, Count]]]:
        """By lift what its versions count, with the rows' multipliers."""
        counts: list[list[tuple[int, Count]]] = [[] for _ in self.block.grounded.problem.lifts]
        for row, count in self.block.hooks.versions:
            multiplier = int(self.signed[row])
            if multiplier:
                counts[count.lift].append((multiplier * count.coefficient, count))
        return counts

    def versions(self, lift: int, sets: Ints) -> Ints:
        """What versions of a lift, given by their sets, count in rows; to be taken off their prices."""
        total = np.zeros(len(sets), dtype=np.int64)
        for weight, count in self.counts[lift]:
            total += weight * count.amount.of(sets)
        return total

    def bound(self, least: Ints) -> int:
        """A lower bound of the points, times `SCALE`, given the least reduced cost of each lift's options."""
        total = SCALE * self.block.offset + _sides(self.block.rows, self.signed)
        total += int(np.minimum(least, self.left_out).sum())
        others = self.others.copy()
        others[: len(self.block.chosen) + len(self.block.left_out)] = 0
        return total + _negative(others, self.block.uppers)


@dataclass(frozen=True, eq=False)
class Reduced:
    """Reduced costs of the variables of a model, and a bound: for this model alone, unlike `Weighted`."""

    costs: Ints
    bound: int

    def fix(self, block: Block, target: int) -> None:
        """Fix the variables that no block of at most so many points has.

        Each by itself: one whose reduced cost is more than lies between the bound and the target is zero.
        """
        room = target * SCALE - self.bound
        for at in np.flatnonzero(self.costs > max(0, room)).tolist():
            domain = block.model.proto.variables[at].domain
            domain[0] = domain[1] = 0


def reduced(block: Block, solved: Ints | None) -> Reduced | None:
    """The reduced costs of a model under the multipliers of its relaxation; None where there are none."""
    if solved is None:
        return None
    solved = _signed(block.rows, solved)
    if int(np.abs(solved).max(initial=0)) >= MOST // 2**18:
        return None
    costs = _reduced(block, solved)
    bound = SCALE * block.offset + _sides(block.rows, solved) + _negative(costs, block.uppers)
    return Reduced(costs, bound)


def fix(block: Block, target: int, deadline: Deadline) -> None:
    """Fix the variables of a model that no block of at most so many points has."""
    found = reduced(block, multipliers(block, deadline))
    if found is not None:
        found.fix(block, target)


def _signed(rows: Sequence[Row], multipliers: Ints) -> Ints:
    """Multipliers of the sign that the sides of their rows require."""
    upper = np.array([0 if row.low is None else MOST for row in rows], dtype=np.int64)
    lower = np.array([0 if row.high is None else -MOST for row in rows], dtype=np.int64)
    return np.clip(multipliers, lower, upper)


def _sides(rows: Sequence[Row], signed: Ints) -> int:
    """The rows' right-hand sides, weighted."""
    pairs = zip(signed.tolist(), rows, strict=True)
    return sum(weight * ((row.low if weight > 0 else row.high) or 0) for weight, row in pairs)


def _negative(reduced: Ints, uppers: Sequence[int]) -> int:
    """What variables with a negative reduced cost come to at their upper ends."""
    return sum(int(reduced[at]) * uppers[at] for at in np.flatnonzero(reduced < 0).tolist())


def _reduced(block: Block, multipliers: Ints) -> Ints:
    """Costs of all variables less what the rows count of them, times `SCALE`."""
    sizes = [len(row.variables) for row in block.rows]
    variables = np.array([v for row in block.rows for v in row.variables], dtype=np.int64)
    coefficients = np.array([c for row in block.rows for c in row.coefficients], dtype=np.int64)
    reduced = block.costs() * SCALE
    np.subtract.at(reduced, variables, coefficients * np.repeat(multipliers, sizes))
    return reduced


def whole(scaled: int) -> int:
    """The least whole number of points that is no less."""
    return -(-scaled // SCALE)
