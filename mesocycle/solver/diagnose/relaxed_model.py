"""The model of a stretch with its knobs: which sets of changes make it possible.

A Boolean per level of each knob; an option that a rule closes is open from the level that frees it, and rows
hold until a knob of their rule is turned, from when the knob's own rows hold.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from mesocycle.solver.diagnose.assumption_model import Effort, ask
from mesocycle.solver.diagnose.content import VERSIONS
from mesocycle.solver.diagnose.relaxations import Knob
from mesocycle.solver.diagnose.representative_starts import thin
from mesocycle.solver.diagnose.week_range import Stretch, speaks
from mesocycle.solver.model.block import Block, build_block
from mesocycle.solver.model.grounding import Grounded
from mesocycle.solver.placement.slots import Bools, Ints
from mesocycle.solver.rules.base import Apart, Bar, Case, Close, Home, Limit, When

NEVER = 99
# A level of a knob: the knob's position, and how far it is turned, from 0.
Turn = tuple[int, int]


class Knobbed:
    """A stretch whose hard rules give way where knobs are turned."""

    def __init__(self, stretch: Stretch, knobs: Sequence[Knob], effort: Effort) -> None:
        self.knobs = knobs
        self.effort = effort
        self.openings = openings(stretch, knobs)
        self.block = self._build(stretch)
        self.model = self.block.model
        self.reached = [[self.model.new_bool_var("") for _ in knob.levels] for knob in knobs]
        self._order_levels()
        self._open_options()
        self._switch_rows()

    def _build(self, stretch: Stretch) -> Block:
        self.base: list[tuple[str, Case]] = [
            (rule, case) for rule, case in stretch.grounded.cases if not isinstance(case, Close)
        ]
        self.tags: dict[str, tuple[int, int]] = {}
        rows = [(rule, case) for rule, case in self.base]
        touched = {rule for rule, _ in self.base}
        for at, knob in enumerate(self.knobs):
            for level in range(len(knob.levels)) if touched & set(knob.rules) else ():
                for rule, case in knob.cases(level):
                    if isinstance(case, (Bar, Limit, Apart, Home)) and speaks(case, stretch.weeks):
                        tag = f"row {len(self.tags)} of a knob"
                        self.tags[tag] = (at, level)
                        rows.append((rule, replace(case, when=When(tag))))
        columns = [column for opening in self.openings for column in opening.columns()]
        reach = max((case.minutes for _, case in self.base if isinstance(case, Apart)), default=0)
        keep = thin(stretch.problem.options, columns, reach, stretch.problem.scenario.strength.grid_minutes)
        for opening in self.openings:
            keep = keep[~opening.hopeless[keep]]
        block = build_block(Grounded(stretch.problem, tuple(rows)), switches=True, only=keep)
        block.model.clear_objective()  # type: ignore[no-untyped-call]
        return block

    def _order_levels(self) -> None:
        for levels in self.reached:
            for lower, higher in pairwise(levels):
                self.model.add_implication(higher, lower)

    def _open_options(self) -> None:
        """An option that a rule closes asks for one of the knobs that free it, at its level."""
        chosen = self.block.chosen
        number = {position: at for at, position in enumerate(self.block.positions.tolist())}
        for opening in self.openings:
            knobs = list(opening.need)
            for at in np.flatnonzero(opening.closed[self.block.positions]).tolist():
                position = self.block.positions[at]
                levels = [int(opening.need[knob][position]) for knob in knobs]
                ways = [
                    self.reached[knob][level - 1]
                    for knob, level in zip(knobs, levels, strict=True)
                    if 0 < level < NEVER
                ]
                self.model.add_bool_or([*ways, ~chosen[at]])
            for (knob, level), positions in opening.shut.items():
                for position in positions.tolist():
                    if position in number:
                        self.model.add_bool_or([~self.reached[knob][level], ~chosen[number[position]]])

    def _switch_rows(self) -> None:
        """Rows hold as they are, unless a knob of their rule was turned; then the knob's own rows hold."""
        for switch in self.block.switches:
            if switch.scope not in self.tags:
                turned = [
                    self.reached[at][0] for at, knob in enumerate(self.knobs) if switch.rule in knob.rules
                ]
                self.model.add_bool_or([switch.literal, *turned])
            else:
                at, level = self.tags[switch.scope]
                further = self.reached[at][level + 1 : level + 2]
                self.model.add_bool_or([switch.literal, ~self.reached[at][level], *further])

    def lacks(self, turned: Mapping[int, int]) -> tuple[Turn, ...] | None:
        """Test turned knobs: each knob's position with how many of its levels are used.

        Returns
        -------
        tuple of Turn or None
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
            if level >= turned.get(at, 0)
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
    """How the knobs of one rule free the options that it closes.

    `need` holds by knob the level, from 1, that frees an option; 0 where nothing closes it, NEVER where the
    knob does not help. `shut` holds by knob and level the options that the change would close.
    """

    closed: Bools
    need: dict[int, Ints]
    shut: dict[tuple[int, int], Ints]

    @property
    def hopeless(self) -> Bools:
        """Options that no knob frees."""
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


def openings(stretch: Stretch, knobs: Sequence[Knob]) -> list[Opening]:
    """One for each rule that closes options, extra versions of sessions counted as one."""
    size = len(stretch.problem.options)
    closed = {VERSIONS: stretch.versions >= 0}
    for rule, case in stretch.grounded.cases:
        if isinstance(case, Close):
            closed.setdefault(rule, np.zeros(size, dtype=bool))[case.options] = True
    found = []
    for rule in sorted({*closed, *(rule for knob in knobs for rule in knob.rules)}):
        before = closed.get(rule, np.zeros(size, dtype=bool))
        need: dict[int, Ints] = {}
        shut: dict[tuple[int, int], Ints] = {}
        for at, knob in enumerate(knobs):
            if rule not in knob.rules:
                continue
            need[at] = np.where(before, NEVER, 0)
            for level in range(len(knob.levels)):
                after = np.zeros(size, dtype=bool)
                for name, case in knob.cases(level):
                    if name == rule and isinstance(case, Close):
                        after[case.options] = True
                need[at][before & ~after & (need[at] == NEVER)] = level + 1
                if (after & ~before).any():
                    shut[at, level] = np.flatnonzero(after & ~before)
        found.append(Opening(before, need, shut))
    return found
