"""A model while it is built: its variables, the rows that hold always, and switches for those that may not.

Rows are kept beside the model: `relaxation` reads them, and what they would state of options that are not in
the model (`Hooks`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
from ortools.sat.python import cp_model

from mesocycle.solver.placement.slots import Ints
from mesocycle.solver.rules.base import Count, Demand


@dataclass(frozen=True)
class Unsolved:
    """A variable of rows that are read, but not given to CP-SAT: its index is all there is."""

    index: int


Terms = list[tuple[Any, int]]


@dataclass(frozen=True)
class Switch:
    """One hard rule instance: its case, and a Boolean that enforces its rows."""

    rule: str
    case: Demand
    literal: cp_model.IntVar

    @property
    def scope(self) -> str:
        """The instance's name beside its rule's."""
        return self.case.scope


class Row(NamedTuple):
    """A linear row over variables, given by their index; no bound where it is None."""

    variables: list[int]
    coefficients: list[int]
    low: int | None
    high: int | None


@dataclass
class Hooks:
    """What rows state of any option, in the model or not; each entry begins with its row's number.

    Attributes
    ----------
    placed : list of int
        For each lift the row that places it or leaves it out.
    versions : (row, count): what a version counts there.
    days : (row, kind, first day, last day, coefficient): what any lift of a kind counts there.
    lift_days : (row, lift, first day, last day, coefficient): what one lift counts there.
    stretches : (row, first start, minutes): loaded lifts that start within it count one.
    moments : (row, time): lifts of the moment's day that last over it count one.
    charges : (row, rules): what these rules charge an option.
    soft : (row, points): rows that may be passed at a price.
    defines : (row, variable) that only count lifts by day; `days` speaks of the options themselves.
    """

    placed: list[int] = field(default_factory=list)
    versions: list[tuple[int, Count]] = field(default_factory=list)
    days: list[tuple[int, str, int, int, int]] = field(default_factory=list)
    lift_days: list[tuple[int, int, int, int, int]] = field(default_factory=list)
    stretches: list[tuple[int, int, int]] = field(default_factory=list)
    moments: list[tuple[int, int]] = field(default_factory=list)
    charges: list[tuple[int, frozenset[str]]] = field(default_factory=list)
    soft: list[tuple[int, int]] = field(default_factory=list)
    defines: list[tuple[int, int]] = field(default_factory=list)


def sum_of(terms: Sequence[tuple[cp_model.IntVar, int]]) -> cp_model.LinearExprT:
    """Add up variables times their coefficients."""
    if not terms:
        return 0
    return cp_model.LinearExpr.weighted_sum([v for v, _ in terms], [int(c) for _, c in terms])


class Variables:
    """What rows are added to.

    Attributes
    ----------
    switches : list of Switch
        Empty unless requested.
    rows, hooks : the rows that hold always, and what they state of options.
    uppers : the upper end of each variable, by index.
    terms, offset : the penalty points, all rules together.
    """

    def __init__(self, solved: bool) -> None:
        self.solved = solved
        self.model = cp_model.CpModel()
        self.uppers: list[int] = []
        self.switches: list[Switch] = []
        self.rows: list[Row] = []
        self.hooks = Hooks()
        self.terms: Terms = []
        self.offset = 0

    def variable(self, upper: int = 1) -> Any:
        """A new variable, from 0 to its upper end."""
        self.uppers.append(upper)
        if not self.solved:
            return Unsolved(len(self.uppers) - 1)
        return self.model.new_bool_var("") if upper == 1 else self.model.new_int_var(0, upper, "")

    def linear(self, terms: Sequence[tuple[Any, int]], low: int | None, high: int | None) -> int:
        """Add a row that holds always, and return its number."""
        variables, coefficients = [v for v, _ in terms], [int(c) for _, c in terms]
        if self.solved:
            self._post(variables, coefficients, low, high)
        self.rows.append(Row([v.index for v in variables], coefficients, low, high))
        return len(self.rows) - 1

    def _post(self, variables: list[Any], coefficients: list[int], low: int | None, high: int | None) -> None:
        literals = all(self.uppers[v.index] == 1 for v in variables)
        if literals and high == 1 and low in (None, 1) and all(c == 1 for c in coefficients):
            (self.model.add_at_most_one if low is None else self.model.add_exactly_one)(variables)
        elif variables:
            total = cp_model.LinearExpr.weighted_sum(variables, coefficients)
            if low is None:
                self.model.add(total <= high)
            elif high is None:
                self.model.add(total >= low)
            else:
                self.model.add_linear_constraint(total, low, high)
        elif (low or 0) > 0 or (high is not None and high < 0):
            self.model.add_bool_or([])

    def switch(self, rule: str, case: Demand) -> cp_model.IntVar:
        """A switch for an instance of a rule."""
        literal: cp_model.IntVar = self.variable()
        self.switches.append(Switch(rule, case, literal))
        return literal

    @property
    def objective(self) -> cp_model.LinearExprT:
        """Penalty points of an answer."""
        return sum_of(self.terms) + self.offset

    def costs(self) -> Ints:
        """Penalty points of each variable, by index, but for the constant."""
        costs = np.zeros(len(self.uppers), dtype=np.int64)
        for variable, points in self.terms:
            costs[variable.index] += points
        return costs
