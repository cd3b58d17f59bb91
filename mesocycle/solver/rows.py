"""Cases as rows of the CP-SAT model.

One Boolean per option (lift, start, rung), exactly one of them or "left out" per lift. Every price is a
constant on an option; what ties lifts together is counted by day or summed over options. No products, no
big-M: the linear relaxation proves the optimum (docs/model.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from ortools.sat.python import cp_model

from mesocycle.models.clock import MINUTES_PER_DAY
from mesocycle.solver.problem import Problem
from mesocycle.solver.rotation import Rotation
from mesocycle.solver.rules.base import AllLeftOut, Apart, Changes, Close, Fixed, Home, LeaveOut, Limit, group
from mesocycle.solver.slots import Ints
from mesocycle.solver.spacing import Spacing

# Rows whose coefficients sum past 2^31 have given wrong answers (or-tools #5293); we stay far below.
MOST_COEFFICIENTS = 2**28
Terms = list[tuple[cp_model.IntVar, int]]


@dataclass(frozen=True)
class Switch:
    """One hard rule instance: a Boolean that enforces its rows, and the sentence it stands for."""

    rule: str
    scope: str
    text: str
    literal: cp_model.IntVar


def sum_of(terms: Sequence[tuple[cp_model.IntVar, int]]) -> cp_model.LinearExprT:
    """Add up variables times their coefficients."""
    if not terms:
        return 0
    return cp_model.LinearExpr.weighted_sum([v for v, _ in terms], [int(c) for _, c in terms])


class Rows:
    """A model while it is built.

    Attributes
    ----------
    chosen, left_out : lists of Boolean variables, by option and by lift.
    changes : Boolean variables by chain of changes and week.
    switches : list of Switch
        Empty unless asked for.
    terms, offset : the penalty points, all rules together.
    by_rule : dict of str to (terms, offset)
        The part of them that a rule's cases added, without the prices of options.
    """

    def __init__(self, problem: Problem, positions: Ints, with_switches: bool) -> None:
        self.problem = problem
        self.positions = positions
        self.with_switches = with_switches
        self.model = cp_model.CpModel()
        self.chosen = [self.model.new_bool_var("") for _ in positions]
        self.left_out = [self.model.new_bool_var("") for _ in problem.lifts]
        self.changes: dict[tuple[str, int], cp_model.IntVar] = {}
        self.switches: list[Switch] = []
        self.terms: Terms = []
        self.offset = 0
        self.by_rule: dict[str, tuple[Terms, int]] = {}
        table = problem.options
        self.options = table.take(positions)
        # Position in the table -> number of the variable, or -1 where it was removed.
        self.number = np.full(len(table), -1, dtype=np.int64)
        self.number[positions] = np.arange(len(positions))
        self.kinds = {
            "lift": np.ones(len(self.options), dtype=bool),
            "loaded": self.options.loaded,
            "heavy": self.options.heavy,
        }
        loaded = np.flatnonzero(self.options.loaded)
        self.loaded_order = loaded[np.argsort(self.options.start[loaded], kind="stable")]
        self.loaded_starts = self.options.start[self.loaded_order]
        self.rotation = Rotation(self.model)
        self.spacing = Spacing(self.model, self.options.start, self.chosen, loaded) if with_switches else None
        self.by_day = {kind: self._split(mask) for kind, mask in self.kinds.items()}
        self.counts: dict[tuple[str, int], tuple[cp_model.IntVar, int] | None] = {}
        one = problem.settings.get("one_lift_per_day")
        lifts = len(self.left_out)
        self.day_limit = one.most if one is not None and one.hard and not with_switches else lifts

    def _split(self, mask: np.ndarray) -> dict[int, list[int]]:
        chosen = np.flatnonzero(mask)
        return {day: part.tolist() for day, part in group(chosen, self.options.day[chosen])}

    def place_each_lift(self) -> None:
        """Give each lift one of its options, or leave it out."""
        bounds = np.searchsorted(self.options.lift, np.arange(len(self.left_out) + 1))
        for lift, left_out in enumerate(self.left_out):
            self.model.add_exactly_one([*self.chosen[bounds[lift] : bounds[lift + 1]], left_out])

    def charge(self, prices: Ints) -> None:
        """Price the options, by all rules together."""
        own = prices[self.positions]
        self.terms += [(self.chosen[at], int(own[at])) for at in np.flatnonzero(own)]

    def add(self, rule: str, case: object) -> None:
        """Add a case of a rule."""
        terms, offset = len(self.terms), self.offset
        self._add(rule, case)
        if len(self.terms) > terms or self.offset != offset:
            own, fixed = self.by_rule.get(rule, ([], 0))
            own += self.terms[terms:]
            self.by_rule[rule] = (own, fixed + self.offset - offset)

    def _add(self, rule: str, case: object) -> None:
        match case:
            case Close() if self.with_switches:
                numbers = self.number[case.options]
                closed = [~self.chosen[at] for at in numbers[numbers >= 0].tolist()]
                if closed:
                    self.model.add_bool_and(closed).only_enforce_if(self._switch(rule, case.scope, case.text))
            case Limit():
                self._limit(rule, case)
            case Apart():
                self._apart(rule, case)
            case LeaveOut():
                pairs = zip(case.lifts, case.points, strict=True)
                self.terms += [(self.left_out[lift], points) for lift, points in pairs]
            case AllLeftOut():
                self._all_left_out(case)
            case Home():
                self._home(rule, case)
            case Fixed():
                self.offset += case.points
            case Changes() if not self.with_switches:  # wishes alone: they collide with nothing
                self._change(case)

    def _switch(self, rule: str, scope: str, text: str) -> cp_model.IntVar:
        literal = self.model.new_bool_var("")
        self.switches.append(Switch(rule, scope, text, literal))
        return literal

    def _limit(self, rule: str, case: Limit) -> None:
        numbers = self.number[case.options]
        there = numbers >= 0
        pairs = zip(numbers[there].tolist(), case.coefficients[there].tolist(), strict=True)
        terms = [(self.chosen[at], c) for at, c in pairs]
        most_possible = sum(c for _, c in terms if c > 0)
        single = len(case.days) == 1 and case.days[0][1] == case.days[0][2]
        if single and case.most == 1 and case.points is None and not self.with_switches:
            kind, day, _, _ = case.days[0]
            self.model.add_at_most_one([self.chosen[at] for at in self.by_day[kind].get(day, ())])
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
                row = self.model.add(sum_of(terms) <= case.most)
                row.only_enforce_if(self._switch(rule, case.scope, case.text))
            elif case.most == 1 and not case.days and all(c == 1 for _, c in terms):
                self.model.add_at_most_one([variable for variable, _ in terms])
            else:
                self.model.add(sum_of(terms) <= case.most)
        elif case.points:
            excess = self.model.new_int_var(0, int(most_possible - case.most), "")
            self.model.add(sum_of([*terms, (excess, -1)]) <= case.most)
            self.terms.append((excess, case.points))

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
                self.model.add_at_most_one([self.chosen[at] for at in members.tolist()])

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
                self.model.add(sum(self.chosen[at] for at in there) == count)
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
                there = [self.chosen[at] for at in (begin + np.flatnonzero(weekday == day)).tolist()]
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
                self.offset += case.points
                self.terms.append((self.left_out[lift], -case.points))
                self.terms += [(both, -case.points) for both in at_home]

    def _change(self, case: Changes) -> None:
        changes, terms = self.rotation.add(case, [self.left_out[lift] for lift in case.lifts])
        self.changes |= changes
        self.terms += terms

    def _all_left_out(self, case: AllLeftOut) -> None:
        away = [self.left_out[lift] for lift in case.lifts]
        missing = away[0]
        if len(away) > 1:
            missing = self.model.new_bool_var("")
            self.model.add(sum(away) - missing <= len(away) - 1)
        self.terms.append((missing, case.points))

    def order_twins(self) -> None:
        """Of two equal sessions in a week the first comes first, and is left out last: no mirrored blocks."""
        lifts = self.problem.lifts
        bounds = np.searchsorted(self.options.lift, np.arange(len(lifts) + 1))
        for lift in lifts:
            if lift.twin is None:
                continue
            self.model.add_implication(self.left_out[lift.twin], self.left_out[lift.index])
            mine = range(bounds[lift.index], bounds[lift.index + 1])
            other = range(bounds[lift.twin], bounds[lift.twin + 1])
            for day in sorted({int(self.options.day[at]) for at in mine}):
                until = [self.chosen[at] for at in mine if self.options.day[at] <= day]
                before = [self.chosen[at] for at in other if self.options.day[at] <= day]
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
                    self.model.add_at_most_one([self.chosen[at] for at in running])

    def check_sizes(self) -> None:
        """Refuse points that the solver cannot sum safely."""
        total = sum(abs(c) for _, c in self.terms) + abs(self.offset)
        if total >= MOST_COEFFICIENTS:
            raise OverflowError(f"the weights add up to {total}, which the solver cannot sum safely")
