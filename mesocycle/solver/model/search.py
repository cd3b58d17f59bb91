"""Runs the solver on a block: parameters, limits, honest statuses."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

import numpy as np
from ortools.sat.python import cp_model

from mesocycle.models.errors import InternalError
from mesocycle.models.plan import Status
from mesocycle.solver.model.rows import Block

# Few workers never use the linear relaxation by default and then never close the gap (docs/model.md).
# Probing, symmetry and repeated presolve find nothing here and cost half the time.
PARAMETERS: dict[str, int | bool] = {
    "num_workers": 1,
    "linearization_level": 2,
    "random_seed": 1,
    "cp_model_probing_level": 0,
    "symmetry_level": 0,
    "max_presolve_iterations": 1,
    "catch_sigint_signal": False,
}
# How long Ctrl-C may go unnoticed while the solver runs.
POLL_SECONDS = 0.1

Progress = Callable[[int | None, int | None], None]


@dataclass(frozen=True)
class Answer:
    """What the solver found.

    `chosen` holds positions in the option table, None without a block; `changes` what changes in which week;
    `versions` the version of each lift that takes place.
    """

    status: Status
    objective: int | None
    bound: int | None
    chosen: tuple[int, ...] | None
    changes: tuple[tuple[str, int], ...] = ()
    canonical: bool = False
    versions: Mapping[int, int] = field(default_factory=dict)


class TimeUpError(Exception):
    """Time was up while something was built."""


class Deadline:
    """A moment on the monotonic clock; building counts against it too."""

    def __init__(self, seconds: float | None, stopped: threading.Event | None = None) -> None:
        self._end = None if seconds is None else time.monotonic() + seconds
        # Set when a stop is requested.
        self.event = stopped or threading.Event()

    def left(self) -> float | None:
        """Seconds left, never below zero; None without a limit."""
        if self.event.is_set():
            return 0.0
        return None if self._end is None else max(0.0, self._end - time.monotonic())

    def part(self, share: float) -> Deadline:
        """A deadline after so much of what is left; whoever stops the one stops the other."""
        left = self.left()
        return Deadline(None if left is None else share * left, self.event)

    def stop(self) -> None:
        """Let the time be up now."""
        self.event.set()

    @property
    def stopped(self) -> bool:
        """Whether a stop was requested, whatever the time."""
        return self.event.is_set()

    @property
    def passed(self) -> bool:
        """Whether the time is up."""
        return self.left() == 0.0

    def check(self) -> None:
        """Raise TimeUpError if the time is up."""
        if self.passed:
            raise TimeUpError


class _Watch(cp_model.CpSolverSolutionCallback):
    def __init__(self, progress: Progress) -> None:
        super().__init__()
        self.progress = progress

    def on_solution_callback(self) -> None:
        self.progress(round(self.objective_value), _ceil(self.best_objective_bound))


def _ceil(bound: float) -> int:
    return int(np.ceil(bound - 1e-6))


def solver_with(parameters: Mapping[str, int | bool | float], deadline: Deadline) -> cp_model.CpSolver:
    """Make a solver; never with a gap limit, so that OPTIMAL means optimal."""
    solver = cp_model.CpSolver()
    for name, value in parameters.items():
        setattr(solver.parameters, name, value)
    left = deadline.left()
    if left is not None:
        solver.parameters.max_time_in_seconds = left
    return solver


def search(
    block: Block,
    deadline: Deadline,
    progress: Progress | None = None,
    workers: int = 1,
    confirm: bool = True,
    work: float | None = None,
    any_block: bool = False,
) -> Answer:
    """Solve a block to its optimum, or as far as the time allows.

    Parameters
    ----------
    block : Block
        The model.
    deadline : Deadline
        When to stop.
    progress : callable, optional
        Called with every better incumbent and bound.
    workers : int
        Solver threads.
    confirm : bool
        Report INFEASIBLE only if a second solve without presolve agrees.
    work : float, optional
        Most work, in the solver's deterministic measure.
    any_block : bool
        Stop at the first block, and look for it without the linear relaxation.

    Returns
    -------
    Answer
        OPTIMAL only if objective and bound are equal.

    Raises
    ------
    KeyboardInterrupt
        If interrupted with nothing found.
    """
    parameters: dict[str, int | bool | float] = {**PARAMETERS, "num_workers": workers}
    if work is not None:
        parameters["max_deterministic_time"] = work
    if any_block:
        parameters |= {"linearization_level": 0, "stop_after_first_solution": True}
    solver = solver_with(parameters, deadline)
    watch = _Watch(progress) if progress else None
    if progress:
        solver.best_bound_callback = lambda bound: progress(None, _ceil(bound))
    status = status_of(run_model(solver, block.model, watch, deadline))
    if status is Status.UNKNOWN and deadline.stopped:
        raise KeyboardInterrupt
    if status is Status.INFEASIBLE and confirm:
        status = confirmed(block, deadline, workers)
    if status in (Status.INFEASIBLE, Status.UNKNOWN):
        return Answer(status, None, None, None)
    objective, bound = round(solver.objective_value), _ceil(solver.best_objective_bound)
    if status is Status.OPTIMAL and objective != bound:
        raise InternalError(f"the solver says optimal with objective {objective} and bound {bound}")
    return read_answer(block, solver, Answer(status, objective, bound, None))


def confirmed(block: Block, deadline: Deadline, workers: int) -> Status:
    """INFEASIBLE if a second solve without presolve confirms it, else UNKNOWN.

    Presolve has called feasible models infeasible (or-tools #5274, #5295).
    """
    solver = solver_with({**PARAMETERS, "num_workers": workers, "cp_model_presolve": False}, deadline)
    again = status_of(run_model(solver, block.model, None, deadline))
    return Status.INFEASIBLE if again is Status.INFEASIBLE else Status.UNKNOWN


def run_model(
    solver: cp_model.CpSolver, model: cp_model.CpModel, watch: _Watch | None, deadline: Deadline
) -> cp_model.CpSolverStatus:
    """Solve in a thread, so that Ctrl-C reaches Python; it stops the deadline and the search.

    The solver's own signal handler ends the process with `bad_function_call` (ortools 9.15).
    """
    codes: list[cp_model.CpSolverStatus] = []
    errors: list[BaseException] = []

    def work() -> None:
        try:
            codes.append(solver.solve(model, watch))
        except BaseException as error:  # handed on to the caller's thread
            errors.append(error)
        finally:
            done.set()

    # An event, as an interrupted `Thread.join` takes the thread for dead (Python 3.11).
    done = threading.Event()
    thread = threading.Thread(target=work, name="mesocycle-solver", daemon=True)
    thread.start()
    while not done.is_set():
        try:
            done.wait(POLL_SECONDS)
        except KeyboardInterrupt:
            deadline.stop()
        if deadline.stopped:
            solver.stop_search()
    if errors:
        raise errors[0]
    return codes[0]


def status_of(code: object) -> Status:
    """What the solver's code means: four outcomes, and nothing falls through."""
    match code:
        case cp_model.OPTIMAL:
            return Status.OPTIMAL
        case cp_model.FEASIBLE:
            return Status.FEASIBLE
        case cp_model.INFEASIBLE:
            return Status.INFEASIBLE
        case cp_model.UNKNOWN:
            return Status.UNKNOWN
    raise InternalError(f"the solver could not read the model: {code}")


def read_answer(block: Block, solver: cp_model.CpSolver, answer: Answer) -> Answer:
    """The same answer with what is chosen, and what changes when."""
    on = [at for at, variable in enumerate(block.chosen) if solver.boolean_value(variable)]
    chosen = tuple(block.positions[on].tolist())
    lifts = block.grounded.problem.options.lift[block.positions[on]].tolist()
    versions = dict(zip(lifts, block.version[on].tolist(), strict=True)) | {
        lift: version
        for lift, variables in enumerate(block.versions)
        for version, variable in variables.items()
        if solver.boolean_value(variable)
    }
    changes = tuple(key for key, variable in block.changes.items() if solver.boolean_value(variable))
    return replace(answer, chosen=chosen, versions=versions, changes=changes)
