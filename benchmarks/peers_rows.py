"""Solves rows by one peer and prints what it found: `peers.py` starts it, a process for each solve.

Nothing of mesocycle is imported, and of the peers only the one asked for: highspy and ortools bring two
builds of one library, which clash in one process (or-tools #5246).
"""

from __future__ import annotations

import json
import math
import sys
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


class Rows(NamedTuple):
    """Rows over whole variables from 0 to `uppers`: row r has the entries `starts[r]` to `starts[r + 1]`.

    The sum of costs, with `offset`, is to be least. A side without a limit is infinite.
    """

    starts: Ints
    variables: Ints
    coefficients: Ints
    low: Floats
    high: Floats
    uppers: Ints
    costs: Ints
    offset: int

    def write(self, path: Path) -> None:
        """Write them to a file."""
        np.savez(path, **self._asdict())

    def entries(self, row: int) -> slice:
        """Where the entries of a row are."""
        return slice(int(self.starts[row]), int(self.starts[row + 1]))

    def wrong(self, values: Floats) -> str:
        """What is wrong with a solution once it is rounded to whole numbers; empty if nothing is."""
        whole = np.rint(values).astype(np.int64)
        if (whole < 0).any() or (whole > self.uppers).any():
            return "a variable outside its limits"
        terms = np.concatenate([[0], np.cumsum(self.coefficients * whole[self.variables])])
        sums = terms[self.starts[1:]] - terms[self.starts[:-1]]
        broken = np.count_nonzero((sums < self.low) | (sums > self.high))
        return f"{broken} rows that do not hold" if broken else ""

    def points(self, values: Floats) -> int:
        """What a solution costs."""
        return int(self.costs @ np.rint(values).astype(np.int64)) + self.offset


class Found(NamedTuple):
    """Seconds of the solver's own call, whether it says that it is done, its solution and its bound."""

    seconds: float
    done: bool
    values: Floats | None
    bound: float


def read(path: Path) -> Rows:
    """Read rows from a file."""
    with np.load(path) as data:
        columns: dict[str, Any] = {name: data[name] for name in Rows._fields if name != "offset"}
        return Rows(**columns, offset=int(data["offset"]))


def highs(rows: Rows, limit: float) -> Found:
    """HiGHS with its defaults, and no gap allowed."""
    highspy = import_module("highspy")
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = len(rows.uppers), len(rows.low)
    model.offset_ = float(rows.offset)
    model.col_cost_ = rows.costs.astype(float)
    model.col_lower_, model.col_upper_ = np.zeros(len(rows.uppers)), rows.uppers.astype(float)
    model.row_lower_, model.row_upper_ = rows.low, rows.high
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = rows.starts.astype(np.int32)
    model.a_matrix_.index_ = rows.variables.astype(np.int32)
    model.a_matrix_.value_ = rows.coefficients.astype(float)
    model.integrality_ = [highspy.HighsVarType.kInteger] * len(rows.uppers)
    solver = highspy.Highs()
    for option, value in (
        ("output_flag", False),
        ("mip_rel_gap", 0.0),
        ("mip_abs_gap", 0.0),
        ("time_limit", limit),
    ):
        solver.setOptionValue(option, value)
    solver.passModel(model)
    began = time.perf_counter()
    solver.run()
    seconds = time.perf_counter() - began
    done = solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
    bound = solver.getInfo().mip_dual_bound
    return Found(seconds, done, np.array(solver.getSolution().col_value) if done else None, bound)


def scip(rows: Rows, limit: float) -> Found:
    """SCIP with its defaults, and no gap allowed."""
    pyscipopt = import_module("pyscipopt")
    model = pyscipopt.Model()
    model.hideOutput()
    for option, value in (("limits/gap", 0.0), ("limits/absgap", 0.0), ("limits/time", limit)):
        model.setParam(option, value)
    variables = [
        model.addVar(vtype="B" if upper == 1 else "I", lb=0, ub=upper, obj=cost)
        for upper, cost in zip(rows.uppers.tolist(), rows.costs.tolist(), strict=True)
    ]
    model.addObjoffset(rows.offset)
    for row, (low, high) in enumerate(zip(rows.low.tolist(), rows.high.tolist(), strict=True)):
        at = rows.entries(row)
        pairs = zip(rows.variables[at].tolist(), rows.coefficients[at].tolist(), strict=True)
        total = pyscipopt.quicksum(coefficient * variables[one] for one, coefficient in pairs)
        if low == high:
            model.addCons(total == low)
        else:
            if math.isfinite(low):
                model.addCons(total >= low)
            if math.isfinite(high):
                model.addCons(total <= high)
    began = time.perf_counter()
    model.optimize()
    seconds = time.perf_counter() - began
    done = model.getStatus() == "optimal"
    values = np.array([model.getVal(variable) for variable in variables]) if done else None
    return Found(seconds, done, values, model.getDualbound())


def cp_sat(workers: int) -> Callable[[Rows, float], Found]:
    """CP-SAT with its defaults but for its workers, and no gap allowed."""

    def solve(rows: Rows, limit: float) -> Found:
        from ortools.sat.python import cp_model

        model = cp_model.CpModel()
        variables = [
            model.new_bool_var("") if upper == 1 else model.new_int_var(0, upper, "")
            for upper in rows.uppers.tolist()
        ]
        for row, (low, high) in enumerate(zip(rows.low.tolist(), rows.high.tolist(), strict=True)):
            own, coefficients = rows.variables[rows.entries(row)], rows.coefficients[rows.entries(row)]
            members = [variables[one] for one in own.tolist()]
            if high == 1 and (coefficients == 1).all() and (rows.uppers[own] == 1).all() and low <= 1:
                (model.add_exactly_one if low == 1 else model.add_at_most_one)(members)
                continue
            total = cp_model.LinearExpr.weighted_sum(members, coefficients.tolist())
            if math.isfinite(low):
                model.add(total >= int(low))
            if math.isfinite(high):
                model.add(total <= int(high))
        model.minimize(cp_model.LinearExpr.weighted_sum(variables, rows.costs.tolist()) + rows.offset)
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = workers
        solver.parameters.relative_gap_limit = solver.parameters.absolute_gap_limit = 0.0
        solver.parameters.max_time_in_seconds = limit
        began = time.perf_counter()
        status = solver.solve(model)
        seconds = time.perf_counter() - began
        done = status == cp_model.OPTIMAL
        values = np.array([solver.value(one) for one in variables], dtype=np.float64) if done else None
        return Found(seconds, done, values, solver.best_objective_bound)

    return solve


SOLVERS = {"highs": highs, "scip": scip, "cpsat2": cp_sat(2), "cpsat8": cp_sat(8)}


def tiny() -> Rows:
    """Two variables of which one is needed: solved first, so that loading a library is not counted."""
    one = np.ones(2, dtype=np.int64)
    return Rows(
        np.array([0, 2]),
        np.array([0, 1]),
        one,
        np.array([1.0]),
        np.array([math.inf]),
        one,
        np.array([1, 2]),
        0,
    )


def told(rows: Rows, found: Found) -> dict[str, object]:
    """What a solver found, with all that contradicts its word that it is done."""
    if not found.done or found.values is None:
        return {"seconds": found.seconds, "points": None, "wrong": ""}
    points, wrong = rows.points(found.values), rows.wrong(found.values)
    if not wrong and math.ceil(found.bound - 1e-6) != points:
        wrong = f"{points} points with a bound of {found.bound}"
    return {"seconds": found.seconds, "points": points, "wrong": wrong}


def main() -> None:
    """Solve a file of rows by one peer."""
    peer, path, limit = sys.argv[1:]
    solve = SOLVERS[peer]
    solve(tiny(), 10.0)
    rows = read(Path(path))
    print(json.dumps(told(rows, solve(rows, float(limit)))))


if __name__ == "__main__":
    main()
