"""The CP-SAT model of a whole block: the only place, with `search`, that speaks to the solver.

One Boolean per option (lift, start, rung), exactly one of them or "left out" per lift. Every price is a
constant on an option; what ties lifts together is counted by day or summed over options. No products, no
big-M: the linear relaxation proves the optimum (docs/model.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from ortools.sat.python import cp_model

from mesocycle.models.clock import MINUTES_PER_DAY
from mesocycle.solver.grounding import Grounded
from mesocycle.solver.nearness import Nearness
from mesocycle.solver.reduce import undominated
from mesocycle.solver.rotation import Rotation
from mesocycle.solver.rules.base import AllLeftOut, Apart, Changes, Close, Fixed, Home, LeaveOut, Limit, group
from mesocycle.solver.slots import Ints
from mesocycle.solver.spacing import Spacing

# Rows whose coefficients sum past 2^31 have given wrong answers (or-tools #5293); we stay far below.
MOST_COEFFICIENTS = 2**28


@dataclass(frozen=True)
class Switch:
    """One hard rule instance: a Boolean that enforces its rows, and the sentence it stands for."""

    rule: str
    scope: str
    text: str
    literal: cp_model.IntVar


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
    terms: list[tuple[cp_model.IntVar, int]] = field(default_factory=list)
    offset: int = 0

    @property
    def objective(self) -> cp_model.LinearExprT:
        """Penalty points of an answer."""
        return _sum(self.terms) + self.offset


def build_block(
    grounded: Grounded,
    switches: bool = False,
    reduce: bool = True,
    only: Ints | None = None,
    near: Nearness | None = None,
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
    """
    problem = grounded.problem
    prices = grounded.prices()
    if switches:
        positions = open_options = np.arange(len(problem.options)) if only is None else only
    else:
        open_options = np.flatnonzero(~grounded.closed())
        finer = prices if near is None else near.finer(prices)
        positions = undominated(problem, open_options, finer) if reduce else open_options
    model = cp_model.CpModel()
    block = Block(
        grounded=grounded,
        model=model,
        positions=positions,
        chosen=[model.new_bool_var("") for _ in positions],
        left_out=[model.new_bool_var("") for _ in problem.lifts],
        open_count=len(open_options),
        near=near,
    )
    builder = _Builder(block, switches)
    builder.place_each_lift()
    builder.charge(prices)
    for rule, case in grounded.cases:
        builder.add(rule, case)
    builder.order_twins()
    builder.keep_apart()
    builder.check_sizes()
    model.minimize(block.objective)
    return block


def _sum(terms: Sequence[tuple[cp_model.IntVar, int]]) -> cp_model.LinearExprT:
    if not terms:
        return 0
    return cp_model.LinearExpr.weighted_sum([v for v, _ in terms], [int(c) for _, c in terms])


class _Builder:
    """Turns cases into rows; lives only while the model is built."""

    def __init__(self, block: Block, switches: bool) -> None:
        self.block = block
        self.model = block.model
        self.with_switches = switches
        table = block.grounded.problem.options
        self.options = table.take(block.positions)
        # Position in the table -> number of the variable, or -1 where it was removed.
        self.number = np.full(len(table), -1, dtype=np.int64)
        self.number[block.positions] = np.arange(len(block.positions))
        self.kinds = {
            "lift": np.ones(len(self.options), dtype=bool),
            "loaded": self.options.loaded,
            "heavy": self.options.heavy,
        }
        loaded = np.flatnonzero(self.options.loaded)
        self.loaded_order = loaded[np.argsort(self.options.start[loaded], kind="stable")]
        self.loaded_starts = self.options.start[self.loaded_order]
        self.rotation = Rotation(self.model)
        self.spacing = Spacing(self.model, self.options.start, block.chosen, loaded) if switches else None
        self.by_day = {kind: self._split(mask) for kind, mask in self.kinds.items()}
        self.counts: dict[tuple[str, int], tuple[cp_model.IntVar, int] | None] = {}
        one = block.grounded.problem.settings.get("one_lift_per_day")
        lifts = len(block.left_out)
        self.day_limit = one.most if one is not None and one.hard and not switches else lifts

    def _split(self, mask: np.ndarray) -> dict[int, list[int]]:
        chosen = np.flatnonzero(mask)
        return {day: part.tolist() for day, part in group(chosen, self.options.day[chosen])}

    def place_each_lift(self) -> None:
        block = self.block
        bounds = np.searchsorted(self.options.lift, np.arange(len(block.left_out) + 1))
        for lift, left_out in enumerate(block.left_out):
            self.model.add_exactly_one([*block.chosen[bounds[lift] : bounds[lift + 1]], left_out])

    def charge(self, prices: Ints) -> None:
        own = prices[self.block.positions]
        self.block.terms += [(self.block.chosen[at], int(own[at])) for at in np.flatnonzero(own)]

    def add(self, rule: str, case: object) -> None:
        match case:
            case Close() if self.with_switches:
                numbers = self.number[case.options]
                closed = [~self.block.chosen[at] for at in numbers[numbers >= 0].tolist()]
                if closed:
                    self.model.add_bool_and(closed).only_enforce_if(self._switch(rule, case.scope, case.text))
            case Limit():
                self._limit(rule, case)
            case Apart():
                self._apart(rule, case)
            case LeaveOut():
                pairs = zip(case.lifts, case.points, strict=True)
                self.block.terms += [(self.block.left_out[lift], points) for lift, points in pairs]
            case AllLeftOut():
                self._all_left_out(case)
            case Home():
                self._home(rule, case)
            case Fixed():
                self.block.offset += case.points
            case Changes() if not self.with_switches:  # wishes alone: they collide with nothing
                self._change(case)

    def _switch(self, rule: str, scope: str, text: str) -> cp_model.IntVar:
        literal = self.model.new_bool_var("")
        self.block.switches.append(Switch(rule, scope, text, literal))
        return literal

    def _limit(self, rule: str, case: Limit) -> None:
        numbers = self.number[case.options]
        there = numbers >= 0
        pairs = zip(numbers[there].tolist(), case.coefficients[there].tolist(), strict=True)
        terms = [(self.block.chosen[at], c) for at, c in pairs]
        most_possible = sum(c for _, c in terms if c > 0)
        single = len(case.days) == 1 and case.days[0][1] == case.days[0][2]
        if single and case.most == 1 and case.points is None and not self.with_switches:
            kind, day, _, _ = case.days[0]
            self.model.add_at_most_one([self.block.chosen[at] for at in self.by_day[kind].get(day, ())])
            return
        for kind, first, last, coefficient in case.days:
            for day in range(first, last + 1):
                count = self._count(kind, day)
                if count is not None:
                    terms.append((count[0], coefficient))
                    most_possible += max(0, coefficient) * count[1]
        if most_possible <= case.most:
            return
        if case.points is None:
            if self.with_switches:
                row = self.model.add(_sum(terms) <= case.most)
                row.only_enforce_if(self._switch(rule, case.scope, case.text))
            elif case.most == 1 and not case.days and all(c == 1 for _, c in terms):
                self.model.add_at_most_one([variable for variable, _ in terms])
            else:
                self.model.add(_sum(terms) <= case.most)
        elif case.points:
            excess = self.model.new_int_var(0, int(most_possible - case.most), "")
            self.model.add(_sum([*terms, (excess, -1)]) <= case.most)
            self.block.terms.append((excess, case.points))

    def _apart(self, rule: str, case: Apart) -> None:
        """One at most in each stretch of time that begins with a start of the day."""
        if self.spacing is not None:
            self.spacing.apart(case.day, case.minutes, self._switch(rule, case.scope, case.text))
            return
        order, starts = self.loaded_order, self.loaded_starts
        first, last = np.searchsorted(starts, [case.day * MINUTES_PER_DAY, (case.day + 1) * MINUTES_PER_DAY])
        for begin in np.unique(starts[first:last]).tolist():
            low, high = np.searchsorted(starts, [begin, begin + case.minutes])
            # A stretch that ends where an earlier one ended lies within it.
            inside = low > 0 and starts[low - 1] >= starts[high - 1] - case.minutes + 1
            members = order[low:high]
            if not inside and len(set(self.options.lift[members].tolist())) > 1:
                self.model.add_at_most_one([self.block.chosen[at] for at in members.tolist()])

    def _count(self, kind: str, day: int) -> tuple[cp_model.IntVar, int] | None:
        """The number of lifts of a kind on a day, and the most it can be; None where it is always 0."""
        key = (kind, day)
        if key not in self.counts:
            there = self.by_day[kind].get(day)
            if there is None:
                self.counts[key] = None
            elif kind != "lift" and len(there) == len(self.by_day["lift"][day]):
                self.counts[key] = self._count("lift", day)
            else:
                most = min(self.day_limit, len(set(self.options.lift[there].tolist())))
                count = self.model.new_int_var(0, most, "")
                self.model.add(sum(self.block.chosen[at] for at in there) == count)
                self.counts[key] = (count, most)
        return self.counts[key]

    def _home(self, rule: str, case: Home) -> None:
        """Lifts at home are counted, not lifts away: the tighter relaxation of the two."""
        home = [self.model.new_bool_var("") for _ in range(7)]
        self.model.add_exactly_one(home)
        literal = (
            self._switch(rule, case.scope, case.text) if self.with_switches and case.points is None else None
        )
        first = np.searchsorted(self.options.lift, case.lifts)
        last = np.searchsorted(self.options.lift, np.array(case.lifts) + 1)
        for lift, begin, end in zip(case.lifts, first.tolist(), last.tolist(), strict=True):
            weekday = self.options.day[begin:end] % 7
            at_home = []
            for day in np.unique(weekday).tolist():
                there = [self.block.chosen[at] for at in (begin + np.flatnonzero(weekday == day)).tolist()]
                if case.points is None:
                    row = self.model.add(sum(there) <= home[day])
                    if literal is not None:
                        row.only_enforce_if(literal)
                    continue
                both = self.model.new_bool_var("")
                self.model.add(sum(there) >= both)
                self.model.add_implication(both, home[day])
                at_home.append(both)
            if case.points:
                # placed - at home, where placed = 1 - left out
                self.block.offset += case.points
                self.block.terms.append((self.block.left_out[lift], -case.points))
                self.block.terms += [(both, -case.points) for both in at_home]

    def _change(self, case: Changes) -> None:
        changes, terms = self.rotation.add(case, [self.block.left_out[lift] for lift in case.lifts])
        self.block.changes |= changes
        self.block.terms += terms

    def _all_left_out(self, case: AllLeftOut) -> None:
        away = [self.block.left_out[lift] for lift in case.lifts]
        missing = away[0]
        if len(away) > 1:
            missing = self.model.new_bool_var("")
            self.model.add(sum(away) - missing <= len(away) - 1)
        self.block.terms.append((missing, case.points))

    def order_twins(self) -> None:
        """Of two equal sessions in a week the first comes first, and is left out last: no mirrored blocks."""
        lifts = self.block.grounded.problem.lifts
        bounds = np.searchsorted(self.options.lift, np.arange(len(lifts) + 1))
        for lift in lifts:
            if lift.twin is None:
                continue
            self.model.add_implication(self.block.left_out[lift.twin], self.block.left_out[lift.index])
            mine = range(bounds[lift.index], bounds[lift.index + 1])
            other = range(bounds[lift.twin], bounds[lift.twin + 1])
            for day in sorted({int(self.options.day[at]) for at in mine}):
                until = [self.block.chosen[at] for at in mine if self.options.day[at] <= day]
                before = [self.block.chosen[at] for at in other if self.options.day[at] <= day]
                self.model.add(sum(until) <= sum(before))

    def keep_apart(self) -> None:
        """Two lifts never overlap, where a day may hold more than one: lifts that overlap share a start."""
        if self.day_limit < 2:
            return
        for members in self.by_day["lift"].values():
            starts, ends = self.options.start[members], self.options.end[members]
            for start in np.unique(starts).tolist():
                running = [at for at, s, e in zip(members, starts, ends, strict=True) if s <= start < e]
                if len(set(self.options.lift[running].tolist())) > 1:
                    self.model.add_at_most_one([self.block.chosen[at] for at in running])

    def check_sizes(self) -> None:
        total = sum(abs(c) for _, c in self.block.terms) + abs(self.block.offset)
        if total >= MOST_COEFFICIENTS:
            raise OverflowError(f"the weights add up to {total}, which the solver cannot sum safely")
