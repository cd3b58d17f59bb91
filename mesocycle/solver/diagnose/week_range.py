"""Some weeks of a block as a problem of their own, with the hard rules that speak of them alone.

What is demanded of a stretch is demanded of the block, so a stretch without a block proves that there is
none at all; and a stretch is small.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Any

import numpy as np

from mesocycle.models.scenario import Scenario
from mesocycle.solver.instance.calendar import Calendar
from mesocycle.solver.instance.phases import WeekFactors
from mesocycle.solver.model.fronts import comparisons, front
from mesocycle.solver.model.grounding import (
    Cases,
    Grounded,
    content_cases,
    joined,
    placing_cases,
    week_factors,
)
from mesocycle.solver.placement.problem import Problem
from mesocycle.solver.placement.slots import Ints, build_options
from mesocycle.solver.prescription.lifts import Lift, build_lifts
from mesocycle.solver.prescription.policy import resolve_policy
from mesocycle.solver.prescription.versions import Version
from mesocycle.solver.rules import deload_weeks
from mesocycle.solver.rules.base import Apart, Bar, Case, Close, Home, Limit

_SCOPE = re.compile(r"(?P<date>\d{4}-\d\d-\d\d)|(?:week |w)(?P<week>\d\d)")

# Runs further away than that reach into no rule of a day: recovery counts 120 hours at most.
NEAR_DAYS = 6


@dataclass(frozen=True, eq=False)
class Stretch:
    """Some weeks (indices, rising): their lifts, all starts of their days, and their hard cases.

    `versions` tells of each option which extra version it is, -1 for the runner's own.
    """

    weeks: tuple[int, ...]
    problem: Problem
    grounded: Grounded
    versions: Ints


def widest_lifts(
    scenario: Scenario,
    calendar: Calendar,
    settings: Mapping[str, Any],
    patterns: Sequence[frozenset[int]],
) -> tuple[frozenset[int], tuple[WeekFactors, ...], tuple[Lift, ...]]:
    """All lifts of the block with every version that some pattern of lighter weeks offers.

    Where a block fails with these it fails under each of the patterns. The first part are the weeks that may
    be lighter ones.
    """
    each = [week_factors(calendar, settings, pattern) for pattern in patterns]
    factors = tuple(
        replace(
            min(week, key=lambda f: f.own),
            most=max(f.most for f in week),
        )
        for week in zip(*each, strict=True)
    )
    return frozenset[int]().union(*patterns), factors, build_lifts(scenario, calendar, factors, settings)


def cut(
    problem: Problem,
    lifts: Sequence[Lift],
    weeks: Iterable[int],
    extra: Mapping[str, Sequence[tuple[int, Version]]] = MappingProxyType({}),
    inside: bool = False,
    ramp: bool = True,
) -> Stretch:
    """Cut weeks out of a block.

    Parameters
    ----------
    problem : Problem
        The whole block; its own lifts and options are not looked at.
    lifts : sequence of Lift
        From `widest_lifts`.
    weeks : iterable of int
        Indices of the weeks.
    extra : mapping
        Further versions of a lift by its id, each with its number, appended to its rungs.
    inside : bool
        Only starts in free windows, where those must be kept to: enough to know whether a stretch fails.
    ramp : bool
        Without ramp_limits fewer versions of each lift matter; a stretch that fails without it fails.
    """
    chosen = tuple(sorted(set(weeks)))
    mine = [lift for lift in lifts if lift.week in chosen]
    if not ramp:
        settings = {rule: value for rule, value in problem.settings.items() if rule != "ramp_limits"}
        problem = replace(problem, settings=MappingProxyType(settings))
    calendar = around(problem.calendar, chosen)
    place = {lift.index: at for at, lift in enumerate(mine)}
    few = tuple(
        replace(lift, index=at, twin=None if lift.twin is None else place[lift.twin])
        for at, lift in enumerate(mine)
    )
    part = replace(problem, calendar=calendar, lifts=few)
    content = hard_cases(content_cases(part), calendar.monday, chosen)
    own = [front(lift.space, comparisons(lift, (case for _, case in content))) for lift in few]
    small = tuple(
        replace(lift, versions=(*versions, *(version for _, version in extra.get(lift.id, ()))))
        for lift, versions in zip(few, own, strict=True)
    )
    free = problem.settings.get("availability_window")
    travel = free.travel_minutes if inside and free is not None and free.hard else None
    options = build_options(calendar, small, problem.scenario.strength.grid_minutes, travel)
    part = replace(part, lifts=small, options=options)
    numbers = [
        [-1] * len(needed) + [number for number, _ in extra.get(lift.id, ())]
        for lift, needed in zip(mine, own, strict=True)
    ]
    first = np.cumsum([0, *(len(row) for row in numbers)], dtype=np.int64)
    flat = np.array([number for row in numbers for number in row], dtype=np.int64)
    versions = flat[first[options.lift] + options.version] if len(options) else flat[:0]
    placing = hard_cases(placing_cases(part), calendar.monday, chosen)
    return Stretch(chosen, part, Grounded(part, joined(content, placing)), versions)


def around(calendar: Calendar, weeks: Sequence[int]) -> Calendar:
    """The calendar that rules see of a stretch: its days, and the runs that reach into them.

    Weeks and races stay whole: weeks are looked up by their number, and a race reaches far.
    """
    first, last = calendar.weeks[weeks[0]].first_day, calendar.weeks[weeks[-1]].last_day
    near = range(first - NEAR_DAYS, last + NEAR_DAYS + 1)
    return replace(
        calendar,
        first_day=first,
        last_day=last,
        runs=tuple(run for run in calendar.runs if run.day in near),
        last_lift_day=calendar.last_lift_day if first == calendar.first_day else None,
    )


def asks_less(one: Version, other: Version) -> bool:
    """Whether a version takes no longer and loads no more than another, and is no equal of it."""
    mine, theirs = (one.minutes, one.dose, one.leg_sets), (other.minutes, other.dose, other.leg_sets)
    return all(a <= b for a, b in zip(mine, theirs, strict=True)) and mine != theirs


def hard_cases(cases: Cases, monday: date, weeks: Collection[int]) -> Cases:
    """The hard cases that speak of these weeks alone, or only forbid."""
    found: list[tuple[str, Case]] = []
    for rule, case in cases:
        if speaks(case, monday, weeks):
            if rule == "sessions_per_week" and isinstance(case, Limit):
                found += ((rule, fewer) for fewer in _one_by_one(case))
            else:
                found.append((rule, case))
    return tuple(found)


def _one_by_one(case: Limit) -> Iterator[Limit]:
    """A demand for so many lifts as demands for one, two and more of them: it may be the first that fails."""
    for least in range(1, -case.most + 1):
        text = case.text.replace(f"at least {-case.most} lifts", f"at least {least} lift{'s' * (least > 1)}")
        scope = case.scope if least == 1 else f"{case.scope} {least}"
        yield replace(case, most=-least, text=text, scope=scope)


def speaks(case: Case, monday: date, weeks: Collection[int]) -> bool:
    """Whether a case is hard and can be judged by the lifts of these weeks."""
    match case:
        case Close():
            return len(case.options) > 0
        case Bar():
            return True
        case Limit(points=None):
            compares = case.since is not None or case.demands
            return not compares or all(week in weeks for week in _weeks_of(case, monday))
        case Apart():
            return case.day // 7 in weeks
        case Home():
            return case.points is None
    return False


def _weeks_of(case: Limit, monday: date) -> Iterator[int]:
    at = anchor(case.scope, monday)
    if at is not None and not case.days:
        yield at // 7
    if case.since is not None:
        yield case.since // 7
    for _, first, last, _ in case.days:
        yield from range(first // 7, last // 7 + 1)


def anchor(scope: str, monday: date) -> int | None:
    """The day that an instance's name speaks of, a week by its Monday; None where it names no time."""
    match = _SCOPE.match(scope)
    if match is None:
        return None
    if match["date"]:
        return (date.fromisoformat(match["date"]) - monday).days
    return 7 * (int(match["week"]) - 1)


def patterns_of(calendar: Calendar, settings: Mapping[str, Any]) -> tuple[frozenset[int], ...]:
    """The choices of lighter weeks."""
    lighter = settings.get("deload_weeks")
    return (frozenset(),) if lighter is None else deload_weeks.patterns(calendar, lighter)


def base_problem(
    scenario: Scenario,
    settings: Mapping[str, Any],
    calendar: Calendar,
    patterns: Sequence[frozenset[int]],
) -> tuple[Problem, tuple[Lift, ...]]:
    """The whole block with all its lifts and no options: what stretches are cut from."""
    lighter, factors, lifts = widest_lifts(scenario, calendar, settings, patterns)
    policy, _ = resolve_policy(scenario, calendar)
    problem = Problem(
        scenario=scenario,
        settings=settings,
        calendar=calendar,
        policy=policy,
        factors=factors,
        deload_weeks=lighter,
        deload_is_choice=False,
        lifts=(),
        options=build_options(calendar, (), scenario.strength.grid_minutes, None),
    )
    return problem, lifts
