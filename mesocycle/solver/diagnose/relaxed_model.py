"""The model of a week range with its relaxations: which sets of changes make it possible.

A Boolean per level of each relaxation. An option that a rule closes is open from the level that frees it;
rows hold until a relaxation of their rule is used, and from then the relaxation's own rows hold.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from mesocycle.solver.diagnose.assumption_model import Effort, ask, reach
from mesocycle.solver.diagnose.content import VERSIONS
from mesocycle.solver.diagnose.relaxations import Relaxation
from mesocycle.solver.diagnose.representative_starts import representative_starts
from mesocycle.solver.diagnose.week_range import WeekRange, speaks
from mesocycle.solver.model.block import build_block
from mesocycle.solver.model.grounding import Grounded
from mesocycle.solver.model.rows import Block
from mesocycle.solver.placement.slots import Bools, Ints
from mesocycle.solver.rules.base import Apart, Bar, Case, Close, Home, Limit, When

NEVER = 99
# A relaxation's position and the position of one of its levels.
UsedLevel = tuple[int, int]


class RelaxedModel:
    """A week range whose hard rules give way where levels of relaxations are used."""

    def __init__(self, week_range: WeekRange, relaxations: Sequence[Relaxation], effort: Effort) -> None:
        self.relaxations = relaxations
        self.effort = effort
        self.openings = openings(week_range, relaxations)
        self.block = self._build(week_range)
        self.model = self.block.model
        self.reached = [
            [self.model.new_bool_var("") for _ in relaxation.levels] for relaxation in relaxations
        ]
        self._order_levels()
        self._open_options()
        self._switch_rows()

    def _build(self, week_range: WeekRange) -> Block:
        rows: list[tuple[str, Case]] = [
            (rule, case) for rule, case in week_range.grounded.cases if not isinstance(case, Close)
        ]
        self.tags: dict[str, UsedLevel] = {}
        touched = {rule for rule, _ in rows}
        for at, relaxation in enumerate(self.relaxations):
            for level in range(len(relaxation.levels)) if touched & set(relaxation.rules) else ():
                for rule, case in relaxation.cases(level):
                    if isinstance(case, (Bar, Limit, Apart, Home)) and speaks(case, week_range.weeks):
                        tag = f"row {len(self.tags)} of a relaxation"
                        self.tags[tag] = (at, level)
                        rows.append((rule, replace(case, when=When(tag))))
        columns = [column for opening in self.openings for column in opening.columns()]
        problem = week_range.problem
        grid = problem.scenario.strength.grid_minutes
        keep = representative_starts(problem.options, columns, reach(week_range), grid)
        for opening in self.openings:
            keep = keep[~opening.hopeless[keep]]
        block = build_block(Grounded(problem, tuple(rows)), switches=True, only=keep)
        block.model.clear_objective()  # type: ignore[no-untyped-call]
        return block

    def _order_levels(self) -> None:
        for levels in self.reached:
            for lower, higher in pairwise(levels):
                self.model.add_implication(higher, lower)

    def _open_options(self) -> None:
        """An option that a rule closes requires one of the relaxations that free it, at its level."""
        chosen = self.block.chosen
        number = {position: at for at, position in enumerate(self.block.positions.tolist())}
        for opening in self.openings:
            for at in np.flatnonzero(opening.closed[self.block.positions]).tolist():
                position = self.block.positions[at]
                levels = [(where, int(need[position])) for where, need in opening.need.items()]
                freeing = [self.reached[where][level - 1] for where, level in levels if 0 < level < NEVER]
                self.model.add_bool_or([*freeing, ~chosen[at]])
            for (where, level), positions in opening.shut.items():
                for position in positions.tolist():
                    if position in number:
                        self.model.add_bool_or([~self.reached[where][level], ~chosen[number[position]]])

    def _switch_rows(self) -> None:
        """Rows hold as they are until a relaxation of their rule is used; then its own rows hold."""
        for switch in self.block.switches:
            if switch.scope not in self.tags:
                pairs = zip(self.reached, self.relaxations, strict=True)
                used = [levels[0] for levels, relaxation in pairs if switch.rule in relaxation.rules]
                self.model.add_bool_or([switch.literal, *used])
            else:
                at, level = self.tags[switch.scope]
                further = self.reached[at][level + 1 : level + 2]
                self.model.add_bool_or([switch.literal, ~self.reached[at][level], *further])

    def shortage(self, used: Mapping[int, int]) -> tuple[UsedLevel, ...] | None:
        """Test how many levels of which relaxations, by their position, are used.

        Returns
        -------
        tuple of UsedLevel or None
            None if they are enough. Otherwise levels one of which at least has to be used as well.

        Raises
        ------
        TimeoutError
            If the time was up first.
        """
        unused = {
            variable.index: (at, level)
            for at, levels in enumerate(self.reached)
            for level, variable in enumerate(levels)
            if level >= used.get(at, 0)
        }
        self.model.clear_assumptions()
        self.model.add_assumptions([~self.reached[at][level] for at, level in unused.values()])
        solver, answer = ask(self.model, self.effort)
        if answer is None:
            raise TimeoutError
        if answer:
            return None
        core = {~at if at < 0 else at for at in solver.sufficient_assumptions_for_infeasibility()}
        # A core may name what was never assumed (or-tools #5141): then all of them are the answer.
        known = core <= unused.keys()
        return tuple(sorted(unused[at] for at in (core if known else unused)))


@dataclass(frozen=True, eq=False)
class Opening:
    """How the relaxations of one rule free the options that it closes.

    `need` holds by relaxation the level, from 1, that frees an option; 0 where nothing closes it, NEVER where
    the relaxation does not help. `shut` holds by relaxation and level the options that the change closes.
    """

    closed: Bools
    need: dict[int, Ints]
    shut: dict[tuple[int, int], Ints]

    @property
    def hopeless(self) -> Bools:
        """Options that no relaxation frees."""
        mask = self.closed.copy()
        for need in self.need.values():
            mask &= need == NEVER
        return mask

    def columns(self) -> Iterator[tuple[Ints, Ints | int]]:
        """What tells options apart."""
        yield np.flatnonzero(self.closed), 1
        for need in self.need.values():
            helped = np.flatnonzero((need > 0) & (need < NEVER))
            yield helped, need[helped]
        for shut in self.shut.values():
            yield shut, 1


def openings(week_range: WeekRange, relaxations: Sequence[Relaxation]) -> list[Opening]:
    """One for each rule that closes options, extra versions of sessions counted as one."""
    size = len(week_range.problem.options)
    closed = {VERSIONS: week_range.versions >= 0}
    for rule, case in week_range.grounded.cases:
        if isinstance(case, Close):
            closed.setdefault(rule, np.zeros(size, dtype=bool))[case.options] = True
    found = []
    for rule in sorted({*closed, *(rule for relaxation in relaxations for rule in relaxation.rules)}):
        before = closed.get(rule, np.zeros(size, dtype=bool))
        need: dict[int, Ints] = {}
        shut: dict[tuple[int, int], Ints] = {}
        for at, relaxation in enumerate(relaxations):
            if rule not in relaxation.rules:
                continue
            need[at] = np.where(before, NEVER, 0)
            for level in range(len(relaxation.levels)):
                after = np.zeros(size, dtype=bool)
                for name, case in relaxation.cases(level):
                    if name == rule and isinstance(case, Close):
                        after[case.options] = True
                need[at][before & ~after & (need[at] == NEVER)] = level + 1
                if (after & ~before).any():
                    shut[at, level] = np.flatnonzero(after & ~before)
        found.append(Opening(before, need, shut))
    return found
