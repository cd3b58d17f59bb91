"""A week range as a model whose hard rules can be switched on and off, one instance at a time."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

import numpy as np
from ortools.sat.python import cp_model

from mesocycle.models.errors import InternalError
from mesocycle.solver.diagnose.conflicts import Instance
from mesocycle.solver.diagnose.representative_starts import representative_starts
from mesocycle.solver.diagnose.week_range import WeekRange
from mesocycle.solver.model.block import build_block
from mesocycle.solver.model.rows import Block
from mesocycle.solver.model.search import PARAMETERS, Deadline, solver_with
from mesocycle.solver.placement.slots import Ints
from mesocycle.solver.rules.base import Apart, Close, Demand, Limit

# Nothing is optimised, so presolve costs more than it saves, and its errors (or-tools #5274, #5295) cannot
# reach a diagnosis either. Most questions are answered by propagation at once, six times faster than with the
# relaxation; the rest count lifts against places, where clauses alone take for ever and the relaxation none.
QUICK: dict[str, int | bool | float] = {
    **PARAMETERS,
    "linearization_level": 0,
    "cp_model_presolve": False,
    "max_deterministic_time": 0.02,
}
THOROUGH: dict[str, int | bool | float] = {**PARAMETERS, "cp_model_presolve": False}


@dataclass
class Effort:
    """What a diagnosis has spent, and when it must end."""

    deadline: Deadline
    solves: int = 0
    out_of_time: bool = False


def ask(model: cp_model.CpModel, effort: Effort) -> tuple[cp_model.CpSolver, bool | None]:
    """Whether a model without an objective holds under its assumptions; None if the time was up first."""
    solver = cp_model.CpSolver()
    for parameters in (QUICK, THOROUGH):
        if effort.deadline.passed:
            break
        solver = solver_with(parameters, effort.deadline)
        effort.solves += 1
        match solver.solve(model):
            case cp_model.OPTIMAL | cp_model.FEASIBLE:
                return solver, True
            case cp_model.INFEASIBLE:
                return solver, False
            case cp_model.UNKNOWN:
                continue
        raise InternalError("the solver could not read the model of a stretch")
    effort.out_of_time = True
    return solver, None


@dataclass(eq=False)
class AssumptionModel:
    """The model of a week range. Instances are named by (rule, scope); their order is the catalogue's.

    `every_start` builds all starts, not only the representative ones, `every_version` also those that a rule
    bars; `inside` leaves out what is closed anyway. `witness` holds positions that keep the instances of the
    last question that was answered with yes.
    """

    week_range: WeekRange
    effort: Effort
    every_start: bool = False
    every_version: bool = False
    inside: bool = False
    block: Block = field(init=False)
    witness: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        grounded = self.week_range.grounded
        only = np.arange(len(grounded.problem.options)) if self.every_start else enough(self.week_range)
        if self.inside:
            only = only[~grounded.closed()[only]]
        elif not self.every_version:
            only = only[~grounded.barred()[only]]
        self.block = build_block(grounded, switches=True, only=only)
        self.block.model.clear_objective()  # type: ignore[no-untyped-call]
        for lift in grounded.problem.lifts:
            if lift.settled is not None and lift.settled.start is not None:
                self.block.model.add(self.block.left_out[lift.index] == 0)
        self.demands: dict[Instance, Demand] = {}
        self._literals: dict[Instance, list[cp_model.IntVar]] = {}
        for switch in self.block.switches:
            # A choice that keeps more than was requested answers more questions.
            self.block.model.add_hint(switch.literal, True)
            name = (switch.rule, switch.case.scope)
            self.demands[name] = switch.case
            self._literals.setdefault(name, []).append(switch.literal)
        # What holds together, so that any part of it does; and what does not, nor what contains it.
        self._kept: list[tuple[set[Instance], tuple[int, ...]]] = []
        self._fails: list[frozenset[Instance]] = []

    @property
    def instances(self) -> tuple[Instance, ...]:
        """All of them, in order."""
        return tuple(self._literals)

    def step(self, name: Instance) -> int:
        """Which of the steps of a demand for several things an instance is, from 1; 0 for other demands."""
        case = self.demands[name]
        return case.step if isinstance(case, Limit) else 0

    def holds_all(self) -> bool | None:
        """Whether all instances can hold together; None if the time was up first."""
        return self.holds(self.instances)

    def holds(self, on: Collection[Instance]) -> bool | None:
        """Whether some choice of starts keeps these instances; None if the time was up first."""
        for kept, chosen in self._kept:
            if kept.issuperset(on):
                self.witness = chosen
                return True
        if any(fails.issubset(on) for fails in self._fails):
            return False
        model = self.block.model
        model.clear_assumptions()
        model.add_assumptions(
            [literal for name in self.instances if name in on for literal in self._literals[name]]
        )
        solver, answer = ask(model, self.effort)
        if answer:
            value = solver.boolean_value
            pairs = zip(self.block.positions.tolist(), self.block.chosen, strict=True)
            self.witness = tuple(at for at, variable in pairs if value(variable))
            held = {name for name, literals in self._literals.items() if all(map(value, literals))}
            self._kept.append((held, self.witness))
        elif answer is False:
            self._fails.append(frozenset(on))
        return answer


def enough(week_range: WeekRange) -> Ints:
    """Positions of the representative starts of a week range; all of them where these would not do."""
    options = week_range.problem.options
    if crowded(week_range) and week_range.problem.most_a_day > 2:
        return np.arange(len(options))
    columns = [(case.options, 1) for _, case in week_range.grounded.cases if isinstance(case, Close)]
    grid = week_range.problem.scenario.strength.grid_minutes
    return representative_starts(options, columns, reach(week_range), grid)


def crowded(week_range: WeekRange) -> bool:
    """Whether three lifts might share a day, so that one of them would stand between the two others."""
    weeks = [lift.week for lift in week_range.problem.lifts]
    return any(weeks.count(week) > 2 for week in week_range.weeks)


def reach(week_range: WeekRange) -> int:
    """Minutes from start to start that loaded lifts keep."""
    return max((case.minutes for _, case in week_range.grounded.cases if isinstance(case, Apart)), default=0)
