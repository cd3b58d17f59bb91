"""A block with one selection held fast, and what was seen of a rule over many."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from ortools.sat.python import cp_model

from mesocycle.solver.model.rows import Block

# What changes when: chain of changes (a session, or a session and its main lift) and week, from 0.
Moments = Collection[tuple[str, int]]


@dataclass
class Seen:
    """How many selections the rule allowed and forbade, and of the allowed, cost nothing or something."""

    kept: int = 0
    broken: int = 0
    free: int = 0
    paid: int = 0

    @property
    def both_outcomes(self) -> bool:
        """Whether the rule said yes and no."""
        return self.kept > 0 and self.broken > 0

    @property
    def both_prices(self) -> bool:
        """Whether something was free and something was not."""
        return self.free > 0 and self.paid > 0


class Pinned:
    """A block that is solved again and again with one selection held fast."""

    def __init__(self, block: Block) -> None:
        self.block = block
        self.number = {int(position): at for at, position in enumerate(block.positions)}
        self.solver = cp_model.CpSolver()
        self.solver.parameters.num_workers = 1
        self.solver.parameters.cp_model_probing_level = 0
        self.solver.parameters.symmetry_level = 0

    def objective(self, picked: Sequence[int], changes: Moments = ()) -> int | None:
        """Points of the selection, None if the block does not hold it."""
        block, lifts = self.block, self.block.grounded.problem.options.lift
        if any(at not in self.number for at in picked) or any(key not in block.changes for key in changes):
            return None
        placed = {int(lifts[at]) for at in picked}
        literals: list[cp_model.LiteralT] = [block.chosen[self.number[at]] for at in picked]
        literals += [out for lift, out in enumerate(block.left_out) if lift not in placed]
        literals += [change if key in changes else ~change for key, change in block.changes.items()]
        block.model.clear_assumptions()
        block.model.add_assumptions(literals)
        status = self.solver.solve(block.model)
        assert status in (cp_model.OPTIMAL, cp_model.INFEASIBLE)
        return round(self.solver.objective_value) if status == cp_model.OPTIMAL else None
