"""Scenario -> problem -> grounded cases: everything the model is built from, still as data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from mesocycle.models.scenario import PolicySwitches, Scenario
from mesocycle.solver.calendar import Calendar
from mesocycle.solver.factors import WeekFactors
from mesocycle.solver.lifts import build_lifts
from mesocycle.solver.problem import Problem
from mesocycle.solver.rules import CATALOGUE, deload_weeks
from mesocycle.solver.rules.base import Case, Charge, Close
from mesocycle.solver.slots import Bools, Ints, build_options


@dataclass(frozen=True, eq=False)
class Grounded:
    """A problem with the cases of its rules, in the order of the catalogue."""

    problem: Problem
    cases: tuple[tuple[str, Case], ...]

    def closed(self) -> Bools:
        """Which options a hard case closes."""
        mask = np.zeros(len(self.problem.options), dtype=bool)
        for _, case in self.cases:
            if isinstance(case, Close):
                mask[case.options] = True
        return mask

    def prices(self) -> Ints:
        """Points of each option, all rules together."""
        points = np.zeros(len(self.problem.options), dtype=np.int64)
        for _, case in self.cases:
            if isinstance(case, Charge):
                np.add.at(points, case.options, case.points)
        return points


def week_factors(
    calendar: Calendar, settings: Mapping[str, Any], deloads: frozenset[int]
) -> tuple[WeekFactors, ...]:
    """What each week allows under the rules that are on."""
    own = _shares(calendar, settings, deloads, soft=True)
    hard = _shares(calendar, settings, deloads, soft=False)
    without = _shares(calendar, settings, frozenset(), soft=True)
    return tuple(
        WeekFactors(own=o, ladder=(h, o) if h != o else (o,), without_deload=w)
        for o, h, w in zip(own, hard, without, strict=True)
    )


def _shares(
    calendar: Calendar, settings: Mapping[str, Any], deloads: frozenset[int], soft: bool
) -> list[Fraction]:
    shares = [Fraction(1)] * len(calendar.weeks)
    for rule in CATALOGUE:
        chosen = settings.get(rule.id)
        # A gentle start cannot be bought off: the ramp's shares hold, hard or soft.
        if chosen is None or not (chosen.hard or soft or rule.id == "ramp_limits"):
            continue
        allowed = rule.factors(calendar, chosen, shares, deloads)
        if allowed is not None:
            shares = [min(pair) for pair in zip(shares, allowed, strict=True)]
    return shares


def build_problem(
    scenario: Scenario,
    settings: Mapping[str, Any],
    calendar: Calendar,
    policy: PolicySwitches,
    deloads: frozenset[int],
    whole_day: bool = False,
) -> Problem:
    """Build lifts and options for one pattern of lighter weeks.

    `whole_day` lists options outside the free windows too, for availability_window to close or price.
    """
    factors = week_factors(calendar, settings, deloads)
    lifts = build_lifts(scenario, calendar, factors, settings)
    free = settings.get("availability_window")
    travel = free.travel_minutes if free is not None and free.hard and not whole_day else None
    options = build_options(calendar, lifts, scenario.strength.grid_minutes, travel)
    return Problem(
        scenario=scenario,
        settings=settings,
        calendar=calendar,
        policy=policy,
        factors=factors,
        deload_weeks=deloads,
        deload_is_choice="deload_weeks" in settings and deload_weeks.is_choice(calendar),
        lifts=lifts,
        options=options,
    )


def ground(problem: Problem) -> Grounded:
    """Ground every rule that is on."""
    return Grounded(problem, tuple(_cases(problem)))


def _cases(problem: Problem) -> Iterator[tuple[str, Case]]:
    for rule in CATALOGUE:
        settings = problem.settings.get(rule.id)
        if settings is not None:
            for case in rule.ground(problem, settings):
                yield rule.id, case
