"""Cases as rows of the model.

One Boolean per option (lift, start, version), exactly one of them or "left out" per lift; or, where these are
too many, one per start of a shape and one per version (`shapes`). Every price is a constant on a choice; what
ties lifts together is counted by day or summed over versions. No products, no big-M: the linear relaxation
proves the optimum (docs/model.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from mesocycle.models.clock import MINUTES_PER_DAY
from mesocycle.models.sessions import Kind
from mesocycle.solver.model.grounding import Grounded
from mesocycle.solver.model.nearness import Nearness
from mesocycle.solver.model.rotation import Rotation
from mesocycle.solver.model.shapes import Shapes
from mesocycle.solver.model.spacing import Spacing
from mesocycle.solver.model.variables import Terms, Variables, sum_of
from mesocycle.solver.placement.slots import KINDS, Ints, of_versions
from mesocycle.solver.prescription.lifts import Lift
from mesocycle.solver.rules.base import (
    Apart,
    Bar,
    Changes,
    Close,
    Count,
    Demand,
    Fixed,
    Home,
    LeaveOut,
    Limit,
    Quota,
    group,
)


class Block(Variables):
    """The model of a block: the rows of its cases, and what is needed to read an answer.

    Attributes
    ----------
    positions : Ints
        Positions in the problem's option table that became variables, in order of `chosen`.
    chosen, left_out : lists of Boolean variables, by option and by lift.
    versions : list of dict
        By lift, Boolean variables of its versions; empty where options have versions of their own.
    version : Ints
        The version of each option; where shapes are factored, the one placed in the stead of all.
    changes : Boolean variables by chain of changes and week.
    near : distances by which equals are compared, if any.
    """

    def __init__(
        self,
        grounded: Grounded,
        positions: Ints,
        with_switches: bool,
        solved: bool,
        near: Nearness | None,
        shapes: Shapes | None,
        version: Ints | None,
    ) -> None:
        super().__init__(solved)
        self.grounded, self.near, self.shapes = grounded, near, shapes
        self.problem = problem = grounded.problem
        self.factored = shapes is not None and version is None
        self.positions = positions
        self.with_switches = with_switches
        self.chosen = [self.variable() for _ in positions]
        self.left_out = [self.variable() for _ in problem.lifts]
        self.versions: list[dict[int, Any]] = [
            {at: self.variable() for at in shapes.listed(lift.index)}
            if shapes is not None and self.factored
            else {}
            for lift in problem.lifts
        ]
        self.changes: dict[tuple[str, int], Any] = {}
        table = problem.options
        self.options = table.take(positions)
        self.version = self.options.version if version is None else version
        # Position in the table -> number of the variable, or -1 where it was removed.
        self.number = np.full(len(table), -1, dtype=np.int64)
        self.number[positions] = np.arange(len(positions))
        settled = np.array([lift.settled is not None for lift in problem.lifts], dtype=bool)
        # Options that are no choice: their sessions stand where they stand, whatever they break.
        self.settled = settled[self.options.lift] if len(settled) else self.options.is_lift
        self.bounds = np.searchsorted(self.options.lift, np.arange(len(problem.lifts) + 1)).tolist()
        loaded = np.flatnonzero(self.options.loaded)
        self.loaded_order = loaded[np.argsort(self.options.start[loaded], kind="stable")]
        self.loaded_starts = self.options.start[self.loaded_order]
        self.rotation = Rotation(self)
        self.spacing = (
            Spacing(self.model, self.variable, self.options.start, self.chosen, loaded, self.settled)
            if with_switches
            else None
        )
        self.by_day = {kind: self._by_day(self.options.of_kind(kind)) for kind in KINDS}
        self.counts: dict[tuple[str, int], tuple[Any, int] | None] = {}
        # A switch may let any number of lifts share a day.
        self.day_limit = len(self.left_out) if with_switches else problem.most_a_day
        self.one_lift_a_day = not with_switches and problem.lifts_a_day < 2

    def _by_day(self, mask: np.ndarray) -> dict[int, list[int]]:
        chosen = np.flatnonzero(mask)
        return {day: part.tolist() for day, part in group(chosen, self.options.day[chosen])}

    def place_each_lift(self) -> None:
        """Give each lift one of its options, or leave it out."""
        for lift, left_out in enumerate(self.left_out):
            first, last = self.bounds[lift], self.bounds[lift + 1]
            own = [*self.versions[lift].values()] if self.factored else self.chosen[first:last]
            self.hooks.placed.append(self.linear([(v, 1) for v in (*own, left_out)], 1, 1))
            settled = self.problem.lifts[lift].settled
            if settled is not None and settled.start is not None:
                self.linear([(left_out, 1)], 0, 0)
            if self.shapes is None or not self.factored:
                continue
            for shape, versions in self.shapes.members(lift).items():
                starts = first + np.flatnonzero(self.options.version[first:last] == shape)
                placed = [(self.chosen[at], 1) for at in starts.tolist()]
                members = [(self.versions[lift][at], -1) for at in versions]
                self.linear([*placed, *members], 0, 0)

    def valued(self, starts: Ints, versions: Sequence[Ints]) -> Terms:
        """A sum over the choices: a part of the start, by position in the table, and one of the version."""
        own = starts[self.positions]
        if not self.factored:
            own = own + of_versions(versions, self.options.lift, self.version)
        terms = [(self.chosen[at], int(own[at])) for at in np.flatnonzero(own).tolist()]
        for lift, variables in enumerate(self.versions):
            part = versions[lift]
            terms += [(variable, int(part[at])) for at, variable in variables.items() if part[at]]
        return terms

    def charge(self, charges: Ints, versions: Sequence[Ints]) -> None:
        """Price the options, by all rules together: where they stand, and what versions cost anywhere."""
        if self.shapes is not None:
            versions = [own + more for own, more in zip(versions, self.shapes.beyond, strict=True)]
        self.terms += self.valued(charges, versions)

    def charge_at_most(self, rules: frozenset[str], charges: Ints, most: int) -> None:
        """Let these rules charge so many points at most, given what they charge each option of the table."""
        versions = [
            np.zeros(len(lift.versions), dtype=np.int64)
            if self.shapes is None
            else self.shapes.dearer[lift.index]
            for lift in self.problem.lifts
        ]
        self.hooks.charges.append((self.linear(self.valued(charges, versions), None, most), rules))

    def add(self, rule: str, case: object) -> None:
        """Add a case of a rule."""
        match case:
            case Close() if self.with_switches:
                self._close(self.number[case.options], rule, case)
            case Bar() if self.with_switches:
                first, last = self.bounds[case.lift], self.bounds[case.lift + 1]
                barred = case.amount.of(self.problem.lifts[case.lift].sets) > 0
                closed = first + np.flatnonzero(barred[self.version[first:last]])
                self._close(closed, rule, case)
            case Limit():
                self._limit(rule, case)
            case Apart():
                self._apart(rule, case)
            case Quota():
                self._quota(case)
            case LeaveOut():
                pairs = zip(case.lifts, case.points, strict=True)
                self.terms += [(self.left_out[lift], points) for lift, points in pairs]
            case Home():
                self._home(rule, case)
            case Fixed():
                self.offset += case.points
            case Changes() if not self.with_switches:  # wishes alone: they collide with nothing
                changes, terms = self.rotation.add(case)
                self.changes |= changes
                self.terms += terms
                self.hooks.versions += self.rotation.rows
                self.rotation.rows = []

    def _close(self, numbers: Ints, rule: str, case: Demand) -> None:
        closed = [~self.chosen[at] for at in numbers[numbers >= 0].tolist()]
        if closed:
            self.model.add_bool_and(closed).only_enforce_if(self.switch(rule, case))

    def counted(self, count: Count) -> tuple[Terms, int]:
        """What a lift's options count in a sum: as terms, and the most they can come to."""
        first, last = self.bounds[count.lift], self.bounds[count.lift + 1]
        amounts = count.coefficient * count.amount.of(self.problem.lifts[count.lift].sets)
        if self.factored:
            versions = self.versions[count.lift]
            counted, choices = amounts[list(versions)], list(versions.values())
        else:
            counted, choices = amounts[self.version[first:last]], self.chosen[first:last]
        terms = [(choices[at], int(counted[at])) for at in np.flatnonzero(counted).tolist()]
        return terms, int(counted.max(initial=0))

    def whole(self, count: Count) -> Terms:
        """The options in which a lift does all that changes in turn."""
        return self.counted(count)[0]

    def _limit(self, rule: str, case: Limit) -> None:
        terms: Terms = []
        most_possible = 0
        for count in case.versions:
            own, most = self.counted(count)
            terms += own
            most_possible += most
        single = len(case.days) == 1 and case.days[0][1] == case.days[0][2] and not case.versions
        if single and case.most == 1 and case.points is None and not self.with_switches:
            kind, day, _, _ = case.days[0]
            row = self.linear([(self.chosen[at], 1) for at in self.by_day[kind].get(day, ())], None, 1)
            self.hooks.days.append((row, kind, day, day, 1))
            return
        for kind, first, last, coefficient in case.days:
            for day in range(first, last + 1):
                counted = self._count(kind, day)
                if counted is not None:
                    terms.append((counted[0], coefficient))
                    most_possible += max(0, coefficient) * counted[1]
        if most_possible <= case.most or case.points == 0:
            return
        if case.points is None and self.with_switches:
            switched = self.model.add(sum_of(terms) <= case.most)
            switched.only_enforce_if(self.switch(rule, case))
            return
        if case.points is not None:
            excess = self.variable(int(most_possible - case.most))
            self.terms.append((excess, case.points))
            terms.append((excess, -1))
        number = self.linear(terms, None, case.most)
        if case.points is not None:
            self.hooks.soft.append((number, case.points))
        self.hooks.versions += [(number, count) for count in case.versions]
        self.hooks.days += [(number, *part) for part in case.days]

    def _apart(self, rule: str, case: Apart) -> None:
        """One at most in each stretch of time that begins with a start of the day."""
        if self.spacing is not None:
            self.spacing.apart(case.day, case.minutes, self.switch(rule, case))
            return
        order, starts = self.loaded_order, self.loaded_starts
        first, last = np.searchsorted(starts, [case.day * MINUTES_PER_DAY, (case.day + 1) * MINUTES_PER_DAY])
        for begin in np.unique(starts[first:last]).tolist():
            low, high = np.searchsorted(starts, [begin, begin + case.minutes])
            # A stretch that ends where an earlier one ended lies within it.
            inside = low > 0 and starts[low - 1] >= starts[high - 1] - case.minutes + 1
            members = order[low:high]
            most = max(1, int(self.settled[members].sum()))
            if not inside and len(set(self.options.lift[members].tolist())) > 1:
                row = self.linear([(self.chosen[at], 1) for at in members.tolist()], None, most)
                self.hooks.stretches.append((row, begin, case.minutes))

    def _count(self, kind: str, day: int) -> tuple[Any, int] | None:
        """The number of lifts of a kind on a day, and the most it can be; None where it is always 0."""
        key = (kind, day)
        if key not in self.counts:
            there = self.by_day[kind].get(day)
            if there is None:
                self.counts[key] = None
            elif kind != Kind.LIFT and there == self.by_day[Kind.LIFT].get(day):
                self.counts[key] = self._count(Kind.LIFT, day)
            else:
                most = min(self.day_limit, len(set(self.options.lift[there].tolist())))
                most = max(most, int(self.settled[there].sum()))
                count = self.variable(most)
                row = self.linear([*((self.chosen[at], 1) for at in there), (count, -1)], 0, 0)
                self.hooks.defines.append((row, count.index))
                self.counts[key] = (count, most)
        return self.counts[key]

    def _home(self, rule: str, case: Home) -> None:
        """Lifts at home are counted, not lifts away: the tighter relaxation of the two."""
        home = [self.variable() for _ in range(7)]
        self.linear([(weekday, 1) for weekday in home], 1, 1)
        literal = self.switch(rule, case) if self.with_switches and case.points is None else None
        for lift in case.lifts:
            first, last = self.bounds[lift], self.bounds[lift + 1]
            weekdays = self.options.day[first:last] % 7
            monday = 7 * self.problem.lifts[lift].week
            for day in range(7):
                there = [self.chosen[at] for at in (first + np.flatnonzero(weekdays == day)).tolist()]
                if literal is not None:
                    self.model.add(sum(there) <= home[day]).only_enforce_if(literal)
                    continue
                at_home = home[day]
                if case.points is not None:
                    at_home = self.variable()
                    self.linear([(at_home, 1), (home[day], -1)], None, 0)
                    self.terms.append((at_home, -case.points))
                sign = 1 if case.points is None else -1
                row = self.linear([*((start, sign) for start in there), (at_home, -sign)], None, 0)
                self.hooks.lift_days.append((row, lift, monday + day, monday + day, sign))
            if case.points:
                # placed - at home, where placed = 1 - left out
                self.offset += case.points
                self.terms.append((self.left_out[lift], -case.points))

    def _quota(self, case: Quota) -> None:
        """So many sessions at most on certain days."""
        terms: Terms = []
        for lift, days in case.days:
            first, last = self.bounds[lift], self.bounds[lift + 1]
            there = first + np.flatnonzero(np.isin(self.options.day[first:last], days))
            terms += [(self.chosen[at], 1) for at in there.tolist()]
            terms += [(self.left_out[lift], 1)] * (-1 in days)
        row = self.linear(terms, None, case.most)
        pairs = ((lift, day) for lift, days in case.days for day in days if day >= 0)
        self.hooks.lift_days += [(row, lift, day, day, 1) for lift, day in pairs]

    def order_lifts(self) -> None:
        """Of two equal sessions in a week the first comes first, and is left out last: no mirrored blocks.

        What a rotation of the runner's own has in a week comes in its order.
        """
        for lift in self.problem.lifts:
            if lift.twin is not None and not self._is_settled(lift.index, lift.twin):
                self.linear([(self.left_out[lift.twin], 1), (self.left_out[lift.index], -1)], None, 0)
                self._comes_after(lift, lift.twin, [])
            for first in lift.after:
                if first != lift.twin and not self._is_settled(lift.index, first):
                    self._comes_after(lift, first, [(self.left_out[first], -1)])

    def _is_settled(self, *lifts: int) -> bool:
        """Whether the order of some lifts is no question any more."""
        return any(self.problem.lifts[lift].settled is not None for lift in lifts)

    def _comes_after(self, lift: Lift, earlier: int, or_else: Terms) -> None:
        """A lift stands no earlier in its week than another one, or else something holds."""
        second = range(self.bounds[lift.index], self.bounds[lift.index + 1])
        first = range(self.bounds[earlier], self.bounds[earlier + 1])
        monday = 7 * lift.week
        # Where a day holds one lift, the first stands on an earlier day: a tighter row than "no later".
        ahead = int(self.day_limit < 2 or (lift.is_lift and self.one_lift_a_day))
        for day in np.unique(self.options.day[second.start : second.stop]).tolist():
            until = [(self.chosen[at], 1) for at in second if self.options.day[at] <= day]
            before = [(self.chosen[at], -1) for at in first if self.options.day[at] <= day - ahead]
            row = self.linear([*until, *before, *or_else], None, 0)
            self.hooks.lift_days.append((row, lift.index, monday, day, 1))
            self.hooks.lift_days.append((row, earlier, monday, day - ahead, -1))

    def keep_apart(self) -> None:
        """Two lifts never overlap, where a day may hold more than one: lifts that overlap share a start."""
        if self.day_limit < 2:
            return
        for members in self._by_day(np.ones(len(self.options), dtype=bool)).values():
            starts, ends = self.options.start[members], self.options.end[members]
            for start in np.unique(starts).tolist():
                running = [at for at, s, e in zip(members, starts, ends, strict=True) if s <= start < e]
                known = self.one_lift_a_day and self.options.is_lift[running].all()
                if len(set(self.options.lift[running].tolist())) > 1 and not known:
                    most = max(1, int(self.settled[running].sum()))
                    row = self.linear([(self.chosen[at], 1) for at in running], None, most)
                    self.hooks.moments.append((row, start))
