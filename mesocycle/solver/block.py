"""The CP-SAT model of a whole block: its variables, its objective, and what is needed to read an answer.

The rows themselves are in `rows`; only this, `rows`, `rotation`, `spacing` and `search` speak to the solver.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace

import numpy as np
from ortools.sat.python import cp_model

from mesocycle.solver.grounding import Grounded
from mesocycle.solver.nearness import Nearness
from mesocycle.solver.reduce import undominated
from mesocycle.solver.rows import Rows, Switch, Terms, sum_of
from mesocycle.solver.rules.base import Charge
from mesocycle.solver.slots import Ints

# A demand on variables; a plain truth where it has none.
Row = cp_model.BoundedLinearExpression | bool | np.bool_


@dataclass(eq=False)
class Block:
    """The model with what is needed to read an answer.

    Attributes
    ----------
    positions : Ints
        Positions in the problem's option table that became variables, in order of `chosen`.
    chosen, left_out : lists of Boolean variables, by option and by lift.
    changes : Boolean variables by chain of changes and week.
    switches : list of Switch
        Empty unless asked for.
    """

    grounded: Grounded
    model: cp_model.CpModel
    positions: Ints
    chosen: list[cp_model.IntVar]
    left_out: list[cp_model.IntVar]
    open_count: int
    near: Nearness | None = None
    switches: list[Switch] = field(default_factory=list)
    changes: dict[tuple[str, int], cp_model.IntVar] = field(default_factory=dict)
    terms: Terms = field(default_factory=list)
    offset: int = 0
    by_rule: dict[str, tuple[Terms, int]] = field(default_factory=dict)

    @property
    def objective(self) -> cp_model.LinearExprT:
        """Penalty points of an answer."""
        return sum_of(self.terms) + self.offset

    def points_of(self, rules: Collection[str]) -> tuple[Terms, int]:
        """Penalty points that some rules charge, as terms and a constant; never below the truth.

        Parameters
        ----------
        rules : collection of str
            Ids of the rules.
        """
        own = prices_of(self.grounded, rules)[self.positions]
        terms = [(self.chosen[at], int(own[at])) for at in np.flatnonzero(own)]
        offset = 0
        for rule, (more, fixed) in self.by_rule.items():
            if rule in rules:
                terms += more
                offset += fixed
        return terms, offset

    def with_goal(self, goal: cp_model.LinearExprT, *rows: Row) -> Block:
        """Copy the model, with another goal to minimise and more rows; the variables speak for both.

        Parameters
        ----------
        goal : linear expression
            Over variables of this block.
        *rows : Row
            Demands on them.
        """
        model = self.model.clone()
        for row in rows:
            model.add(row)
        model.minimize(goal)
        return replace(self, model=model)


def build_block(
    grounded: Grounded,
    switches: bool = False,
    reduce: bool = True,
    only: Ints | None = None,
    near: Nearness | None = None,
    first: Collection[str] = (),
) -> Block:
    """Build the model.

    Parameters
    ----------
    grounded : Grounded
        Problem and cases.
    switches : bool
        Give every hard case a switch instead of building it in; options are not reduced then.
    reduce : bool
        Remove dominated options first. Never done together with switches.
    only : Ints, optional
        With switches, the positions of the options to build; all of them if left out.
    near : Nearness, optional
        Keep the optimum that is nearest to a reference plan, not the one with the earliest starts.
    first : collection of str
        Rules whose points count before all others when options are compared: for each number of sets the
        block with the fewest of their points is kept, and of these the one with the fewest points of all.
    """
    problem = grounded.problem
    prices = grounded.prices()
    if switches:
        positions = open_options = np.arange(len(problem.options)) if only is None else only
    else:
        open_options = np.flatnonzero(~grounded.closed())
        finer = prices if near is None else near.finer(prices)
        if first:
            finer = prices_of(grounded, first) * (1 + int(finer.max(initial=0))) + finer
        positions = undominated(problem, open_options, finer) if reduce else open_options
    rows = Rows(problem, positions, switches)
    rows.place_each_lift()
    rows.charge(prices)
    for rule, case in grounded.cases:
        rows.add(rule, case)
    rows.order_twins()
    rows.keep_apart()
    rows.check_sizes()
    block = Block(
        grounded=grounded,
        model=rows.model,
        positions=positions,
        chosen=rows.chosen,
        left_out=rows.left_out,
        open_count=len(open_options),
        near=near,
        switches=rows.switches,
        changes=rows.changes,
        terms=rows.terms,
        offset=rows.offset,
        by_rule=rows.by_rule,
    )
    block.model.minimize(block.objective)
    return block


def prices_of(grounded: Grounded, rules: Collection[str]) -> Ints:
    """Points of each option by some rules."""
    points = np.zeros(len(grounded.problem.options), dtype=np.int64)
    for rule, case in grounded.cases:
        if rule in rules and isinstance(case, Charge):
            np.add.at(points, case.options, case.points)
    return points
