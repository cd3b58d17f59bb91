"""What every start of a lift costs where nothing else moves: read off the cases, without a solver.

A lift that moves within its week keeps its sets, and all others keep theirs. So of all cases only those
about single options, about lifts counted by day, about home days and about hours between lifts can change;
what they say of every start of the week is worked out for all starts at once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from mesocycle.models.clock import MINUTES_PER_DAY
from mesocycle.solver.explain.choices import NOWHERE, Choices
from mesocycle.solver.explain.grounds import Against
from mesocycle.solver.placement.slots import KINDS, Bools, Ints
from mesocycle.solver.prescription.lifts import Lift
from mesocycle.solver.rules.base import Apart, Charge, Close, Home, Limit
from mesocycle.solver.verify.cards import STRUCTURE

# Beyond a week before or after the week of a lift no rule counts hours between two lifts.
NEAR_DAYS = 14
LOADED = "loaded"


@dataclass(frozen=True, eq=False)
class Elsewhere:
    """The starts of a lift where nothing else moves, in the order of time.

    Attributes
    ----------
    day, start : Ints
        Day and moment of each.
    against : tuple of Against
        All that forbids some of them.
    points : dict of str to Ints
        By rule, what each costs more than the start that the lift has.
    """

    day: Ints
    start: Ints
    against: tuple[Against, ...]
    points: dict[str, Ints]

    @property
    def forbidden(self) -> Bools:
        """Which starts may not be taken."""
        forbidden: Bools = np.zeros(len(self.day), dtype=bool)
        for one in self.against:
            forbidden = forbidden | one.where
        return forbidden

    @property
    def difference(self) -> Ints:
        """What each start costs more than the one that the lift has."""
        total: Ints = np.zeros(len(self.day), dtype=np.int64)
        for points in self.points.values():
            total = total + points
        return total

    def by_rule(self, at: int) -> dict[str, int]:
        """The same for one start, by rule."""
        return {rule: int(points[at]) for rule, points in self.points.items() if points[at]}


@dataclass(frozen=True, eq=False)
class _ByDay:
    """What a case says of the days of a lift's week beyond what it says of the lift's own day."""

    rule: str
    text: str
    hard: bool
    by_weekday: Ints


class Frozen:
    """The frozen alternatives of all lifts of a plan."""

    def __init__(self, choices: Choices) -> None:
        self.choices = choices
        self.cases = choices.grounded.cases
        self.problem = choices.grounded.problem
        self.options = self.problem.options
        chosen = choices.chosen
        marks = {kind: self.options.of_kind(kind) for kind in KINDS}
        self._day = {lift: int(self.options.day[at]) for lift, at in enumerate(chosen) if at != NOWHERE}
        self._kinds = {
            lift: frozenset(kind for kind, marked in marks.items() if marked[chosen[lift]])
            for lift in self._day
        }
        self._in_week: dict[int, list[Lift]] = {}
        for lift in self._day:
            self._in_week.setdefault(self.problem.lifts[lift].week, []).append(self.problem.lifts[lift])
        self._first = np.searchsorted(self.options.lift, np.arange(len(self.problem.lifts) + 1)).tolist()
        self._rules = [rule for rule, _ in self.cases]
        self._touched = self._touches()
        self._by_day: dict[int, list[_ByDay]] = {lift: [] for lift in self._day}
        for rule, case in self.cases:
            if isinstance(case, Limit) and case.days and case.points != 0:
                self._limit(rule, case)
            elif isinstance(case, Home) and case.points != 0:
                self._home(rule, case)
        # By the day of the first of two lifts.
        self._apart: dict[int, list[tuple[str, Apart]]] = {}
        for rule, case in self.cases:
            if isinstance(case, Apart):
                self._apart.setdefault(case.day, []).append((rule, case))

    def of(self, lift: int) -> Elsewhere:
        """The starts of a placed lift."""
        first, last = self._first[lift], self._first[lift + 1]
        day, start = self.options.day[first:last], self.options.start[first:last]
        weekday = day - 7 * self.problem.lifts[lift].week
        against: list[Against] = list(self._closed(lift))
        points = self._charged(lift)
        for case in self._by_day[lift]:
            if case.hard:
                against.append(Against(case.rule, case.text, (case.by_weekday > 0)[weekday]))
            else:
                points[case.rule] = points.get(case.rule, 0) + case.by_weekday[weekday]
        against += self._near_others(lift, start)
        against += self._out_of_order(self.problem.lifts[lift], day)
        order = np.argsort(start, kind="stable")
        return Elsewhere(
            day=day[order],
            start=start[order],
            against=tuple(Against(a.rule, a.text, a.where[order]) for a in against if a.where.any()),
            points={rule: beyond[order] for rule, beyond in points.items() if beyond.any()},
        )

    def _touches(self) -> tuple[Ints, Ints, Ints]:
        """Option, case and points of all that is said of single options, by option; -1 closes it."""
        parts = [(np.zeros(0, dtype=np.int64),) * 3]
        for number, (_, case) in enumerate(self.cases):
            if isinstance(case, (Close, Charge)):
                points = case.points if isinstance(case, Charge) else np.full(len(case.options), -1)
                parts.append((case.options, np.full(len(case.options), number), points))
        options, cases, points = (np.concatenate(column) for column in zip(*parts, strict=True))
        order = np.argsort(options, kind="stable")
        return options[order], cases[order], points[order]

    def _said_of(self, lift: int) -> tuple[Ints, Ints, Ints]:
        """The same of one lift; its starts counted from 0."""
        options, cases, points = self._touched
        first, last = np.searchsorted(options, [self._first[lift], self._first[lift + 1]])
        return options[first:last] - self._first[lift], cases[first:last], points[first:last]

    def _closed(self, lift: int) -> Iterator[Against]:
        starts, cases, points = self._said_of(lift)
        closing = points < 0
        for number in np.unique(cases[closing]).tolist():
            rule, case = self.cases[number]
            where = np.zeros(self._first[lift + 1] - self._first[lift], dtype=bool)
            where[starts[closing & (cases == number)]] = True
            if isinstance(case, Close):
                yield Against(rule, case.text, where)

    def _charged(self, lift: int) -> dict[str, Ints]:
        starts, cases, points = self._said_of(lift)
        here = int(self.choices.chosen[lift]) - self._first[lift]
        charged: dict[str, Ints] = {}
        for number in np.unique(cases[points >= 0]).tolist():
            mine = cases == number
            total = charged.setdefault(
                self._rules[number], np.zeros(self._first[lift + 1] - self._first[lift], dtype=np.int64)
            )
            np.add.at(total, starts[mine], points[mine])
        return {rule: total - total[here] for rule, total in charged.items()}

    def _limit(self, rule: str, case: Limit) -> None:
        """What a sum over days comes to where a lift moves within its week."""
        # Within a week that lies whole in a stretch all days count alike.
        split = {first // 7 for _, first, _, _ in case.days if first % 7}
        split |= {last // 7 for _, _, last, _ in case.days if last % 7 != 6}
        lifts = [lift for week in sorted(split) for lift in self._in_week.get(week, ())]
        if not lifts:
            return
        total = sum(
            count.coefficient * count.amount.at(sets)
            for count in case.versions
            if (sets := self.choices.sets[count.lift]) is not None
        )
        for kind, first, last, coefficient in case.days:
            counted = (kind in self._kinds[lift] and first <= day <= last for lift, day in self._day.items())
            total += coefficient * sum(counted)
        for lift in lifts:
            weights = np.zeros(7, dtype=np.int64)
            for kind, first, last, coefficient in case.days:
                if kind in self._kinds[lift.index]:
                    monday = 7 * lift.week
                    weights[max(0, first - monday) : max(0, last - monday + 1)] += coefficient
            moved = total + weights - weights[self._day[lift.index] % 7]
            beyond = np.maximum(0, moved - case.most) - max(0, total - case.most)
            self._note(lift.index, rule, case.text, beyond, case.points)

    def _home(self, rule: str, case: Home) -> None:
        """How many lifts stand away from home where one of them moves."""
        placed = [lift for lift in case.lifts if lift in self._day]
        weekdays = Counter(self._day[lift] % 7 for lift in placed)
        away = len(placed) - max(weekdays.values(), default=0)
        for lift in placed:
            others = weekdays - Counter([self._day[lift] % 7])
            at_home = [max([others[day] + 1, *others.values()]) for day in range(7)]
            beyond = len(placed) - np.array(at_home, dtype=np.int64) - away
            self._note(lift, rule, case.text, beyond, case.points)

    def _note(self, lift: int, rule: str, text: str, beyond: Ints, points: int | None) -> None:
        if beyond.any():
            by_weekday = beyond if points is None else points * beyond
            self._by_day[lift].append(_ByDay(rule, text, points is None, by_weekday))

    def _near_others(self, lift: int, start: Ints) -> Iterator[Against]:
        """Lifts that come too close to another one, or overlap with it."""
        chosen, options = self.choices.chosen, self.options
        minutes = int(options.minutes[chosen[lift]])
        for other, day in self._day.items():
            begins, ends = int(options.start[chosen[other]]), int(options.end[chosen[other]])
            if other == lift or abs(day - self._day[lift]) > NEAR_DAYS:
                continue
            overlap = (start < ends) & (start + minutes > begins)
            if overlap.any():
                yield Against(STRUCTURE, f"overlaps with {self.problem.lifts[other].name}", overlap)
            if LOADED not in self._kinds[lift] or LOADED not in self._kinds[other]:
                continue
            for rule, case in self._apart.get(day, ()):
                yield Against(rule, case.text, (start >= begins) & (start < begins + case.minutes))
            for first in range(self._day[lift] - 6, self._day[lift] + 7):
                for rule, case in self._apart.get(first, ()):
                    own = (start // MINUTES_PER_DAY == first) & (start <= begins)
                    yield Against(rule, case.text, own & (start > begins - case.minutes))

    def _out_of_order(self, lift: Lift, day: Ints) -> Iterator[Against]:
        """Days that would turn the order of the week's sessions."""
        for other in self._in_week[lift.week]:
            if other.index in (lift.twin, *lift.after):
                text = f"comes before {other.name}, whose turn is first"
                yield Against(STRUCTURE, text, day < self._day[other.index])
            if lift.index in (other.twin, *other.after):
                text = f"comes after {other.name}, whose turn is second"
                yield Against(STRUCTURE, text, day > self._day[other.index])
