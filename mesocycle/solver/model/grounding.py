"""Scenario -> problem -> grounded cases: everything the model is built from, still as data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Container, Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mesocycle.solver.instance.instance import Instance
from mesocycle.solver.instance.phases import WeekFactors
from mesocycle.solver.model.settled import done_cases, settled_cases
from mesocycle.solver.placement.problem import Problem
from mesocycle.solver.placement.slots import KINDS, Bools, Ints, Number, build_options, of_versions
from mesocycle.solver.prescription.lifts import Lift, build_lifts
from mesocycle.solver.rules import CATALOGUE, active, deload_weeks
from mesocycle.solver.rules.base import (
    Bar,
    Case,
    Changes,
    Charge,
    Close,
    Fixed,
    Home,
    LeaveOut,
    Limit,
    Price,
    Rule,
)

Cases = tuple[tuple[str, Case], ...]


@dataclass(frozen=True, eq=False)
class Grounded:
    """A problem with the cases of its rules, in the order of the catalogue."""

    problem: Problem
    cases: Cases

    def closed(self) -> Bools:
        """Which options a hard case closes."""
        return self.shut() | self.barred()

    def barred(self) -> Bools:
        """Which options have a version that a hard case forbids, wherever it stands."""
        return self.by_option(self.barred_versions()) > 0

    def shut(self) -> Bools:
        """Which options are closed where they stand, whatever their version holds."""
        mask = np.zeros(len(self.problem.options), dtype=bool)
        for _, case in self.cases:
            if isinstance(case, Close):
                mask[case.options] = True
        return mask

    def prices(self, rules: Container[str] | None = None) -> Ints:
        """Points of each option: by all rules together, or by some."""
        return self.charges(rules) + self.by_option(self.version_prices(rules))

    def charges(self, rules: Container[str] | None = None) -> Ints:
        """Points of each option where it stands, whatever its version holds."""
        points = np.zeros(len(self.problem.options), dtype=np.int64)
        for rule, case in self.cases:
            if isinstance(case, Charge) and (rules is None or rule in rules):
                np.add.at(points, case.options, case.points)
        return points

    def version_prices(self, rules: Container[str] | None = None) -> list[Ints]:
        """Points of each lift's listed versions wherever they stand."""
        points = [np.zeros(len(lift.versions), dtype=np.int64) for lift in self.problem.lifts]
        for rule, case in self.cases:
            if isinstance(case, Price) and (rules is None or rule in rules):
                points[case.lift] += case.points * case.amount.of(self.problem.lifts[case.lift].sets)
        return points

    def barred_versions(self) -> list[Ints]:
        """By lift, for each listed version, how many hard cases forbid it."""
        barred = [np.zeros(len(lift.versions), dtype=np.int64) for lift in self.problem.lifts]
        for _, case in self.cases:
            if isinstance(case, Bar):
                barred[case.lift] += case.amount.of(self.problem.lifts[case.lift].sets) > 0
        return barred

    def by_option(self, by_version: Sequence[NDArray[Number]]) -> NDArray[Number]:
        """What each lift's listed versions have, by lift, as what each option has."""
        return of_versions(by_version, self.problem.options.lift, self.problem.options.version)


def week_factors(instance: Instance, deloads: frozenset[int]) -> tuple[WeekFactors, ...]:
    """What each week allows under the rules that are on."""
    own = _shares(instance, deloads, soft=True)
    hard = _shares(instance, deloads, soft=False)
    without = _shares(instance, frozenset(), soft=True)
    return tuple(
        WeekFactors(own=o, most=h, without_deload=w) for o, h, w in zip(own, hard, without, strict=True)
    )


def _shares(instance: Instance, deloads: frozenset[int], soft: bool) -> list[Fraction]:
    shares = [Fraction(1)] * len(instance.calendar.weeks)
    for rule, settings in active(instance.settings):
        if not (settings.hard or soft or rule.shares_hold):
            continue
        allowed = rule.factors(instance.calendar, settings, shares, deloads)
        if allowed is not None:
            shares = [min(pair) for pair in zip(shares, allowed, strict=True)]
    return shares


def few_versions(instance: Instance, deloads: frozenset[int]) -> Problem:
    """Build lifts with a few versions each for one pattern of lighter weeks; without options."""
    factors = week_factors(instance, deloads)
    chosen = instance.settings.deload_weeks is not None and deload_weeks.is_choice(instance.calendar)
    return Problem(
        instance=instance,
        factors=factors,
        deload_weeks=deloads,
        deload_is_choice=chosen,
        lifts=build_lifts(instance, factors, deloads),
        options=build_options(instance.calendar, (), instance.scenario.strength.grid_minutes, None),
    )


def with_versions(
    problem: Problem,
    lifts: tuple[Lift, ...],
    whole_day: bool = False,
    placed: Sequence[Collection[int]] | None = None,
    grid: int | None = None,
    most: int | None = None,
) -> Problem:
    """The same problem with these versions listed, and options of all or of those `placed`, by lift.

    `whole_day` lists options outside the free windows too, for availability_window to close or price. With a
    `grid`, in minutes, only those that start on it; TooManyError if there are more than `most`.
    """
    free = problem.settings.availability_window
    travel = free.travel_minutes if free is not None and free.hard and not whole_day else None
    grid = grid or problem.scenario.strength.grid_minutes
    past = problem.instance.past
    after = None if past is None else past.now
    options = build_options(problem.calendar, lifts, grid, travel, placed, most, after)
    return replace(problem, lifts=lifts, options=options)


def ground(problem: Problem) -> Grounded:
    """Ground every rule that is on."""
    return Grounded(problem, joined(content_cases(problem), placing_cases(problem)))


def content_cases(problem: Problem, check: Callable[[], None] = lambda: None) -> Cases:
    """The cases about days, lifts and versions: they hold whatever versions are listed.

    `check` is called between rules; it may raise, if the time is up.
    """
    return (*_cases(problem, Rule.ground, check), *done_cases(problem))


def placing_cases(problem: Problem, check: Callable[[], None] = lambda: None) -> Cases:
    """The cases about single options of the problem's table; `check` as in `content_cases`."""
    return _cases(problem, Rule.place, check)


def _cases(
    problem: Problem, part: Callable[[Rule, Problem, Any], Iterable[Case]], check: Callable[[], None]
) -> Cases:
    """What every rule that is on states in one of its two parts."""
    found: list[tuple[str, Case]] = []
    for rule, settings in active(problem.settings):
        check()
        found += ((rule.id, case) for case in part(rule, problem, settings))
    return tuple(found) if problem.instance.past is None else settled_cases(problem, found)


def joined(content: Cases, placing: Cases) -> Cases:
    """Both kinds in the order of the catalogue, what is no rule's last."""
    order = {rule.id: at for at, rule in enumerate(CATALOGUE)}
    return tuple(sorted((*content, *placing), key=lambda pair: order.get(pair[0], len(order))))


def points_by_rule(
    grounded: Grounded, chosen: Sequence[int], changes: Collection[tuple[str, int]] = ()
) -> dict[str, int]:
    """Points of a selection by rule: positions in the option table, one a lift, and what changes when."""
    problem = grounded.problem
    is_chosen = np.zeros(len(problem.options), dtype=bool)
    is_chosen[list(chosen)] = True
    options = problem.options.take(is_chosen)
    days = {kind: Counter(options.day[options.of_kind(kind)].tolist()) for kind in KINDS}
    day_of = dict(zip(options.lift.tolist(), options.day.tolist(), strict=True))
    sets = {problem.lift_at(at).index: problem.version_at(at).sets for at in chosen}
    points: dict[str, int] = {}
    for rule, case in grounded.cases:
        match case:
            case Charge():
                amount = int(case.points[is_chosen[case.options]].sum())
            case Price():
                amount = case.points * case.amount.at(sets[case.lift]) if case.lift in sets else 0
            case Limit() if case.points:
                counts = (count for count in case.versions if count.lift in sets)
                total = sum(count.coefficient * count.amount.at(sets[count.lift]) for count in counts)
                for kind, first, last, coefficient in case.days:
                    total += coefficient * sum(days[kind][day] for day in range(first, last + 1))
                amount = case.points * max(0, total - case.most)
            case LeaveOut():
                amount = sum(p for lift, p in zip(case.lifts, case.points, strict=True) if lift not in day_of)
            case Home() if case.points:
                weekdays = Counter(day_of[lift] % 7 for lift in case.lifts if lift in day_of)
                amount = case.points * (sum(weekdays.values()) - max(weekdays.values(), default=0))
            case Fixed():
                amount = case.points
            case Changes():
                weeks = {week for scope, week in changes if scope == case.scope}
                amount = case.points * sum(weeks.isdisjoint(stretch) for stretch in case.stretches)
            case _:
                continue
        points[rule] = points.get(rule, 0) + amount
    return points
