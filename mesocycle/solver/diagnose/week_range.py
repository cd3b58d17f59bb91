"""Some weeks of a block as a problem of their own, with the hard rules that speak of them alone.

What is demanded of a stretch is demanded of the block, so a stretch without a block proves that there is
none at all; and a stretch is small.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np

from mesocycle.solver.instance.calendar import Calendar
from mesocycle.solver.instance.instance import Instance
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
from mesocycle.solver.prescription.versions import Version
from mesocycle.solver.rules.base import Apart, Bar, Case, Close, Home, Limit

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
    instance: Instance, patterns: Sequence[frozenset[int]]
) -> tuple[frozenset[int], tuple[WeekFactors, ...], tuple[Lift, ...]]:
    """All lifts of the block with every version that some pattern of lighter weeks offers.

    Where a block fails with these it fails under each of the patterns. The first part are the weeks that may
    be lighter ones.
    """
    each = [week_factors(instance, pattern) for pattern in patterns]
    factors = tuple(
        replace(
            min(week, key=lambda f: f.own),
            most=max(f.most for f in week),
        )
        for week in zip(*each, strict=True)
    )
    return frozenset[int]().union(*patterns), factors, build_lifts(instance, factors)


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
        problem = problem.seen_with(settings=replace(problem.settings, ramp_limits=None))
    calendar = around(problem.calendar, chosen)
    place = {lift.index: at for at, lift in enumerate(mine)}
    few = tuple(
        replace(lift, index=at, twin=None if lift.twin is None else place[lift.twin])
        for at, lift in enumerate(mine)
    )
    part = replace(problem.seen_with(calendar=calendar), lifts=few)
    content = hard_cases(content_cases(part), chosen)
    own = [front(lift.space, comparisons(lift, (case for _, case in content))) for lift in few]
    small = tuple(
        replace(lift, versions=(*versions, *(version for _, version in extra.get(lift.id, ()))))
        for lift, versions in zip(few, own, strict=True)
    )
    free = problem.settings.availability_window
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
    placing = hard_cases(placing_cases(part), chosen)
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


def hard_cases(cases: Cases, weeks: Collection[int]) -> Cases:
    """The hard cases that speak of these weeks alone, or only forbid."""
    found: list[tuple[str, Case]] = []
    for rule, case in cases:
        if speaks(case, weeks):
            steps = case.steps if isinstance(case, Limit) else ()
            found += ((rule, each) for each in steps or (case,))
    return tuple(found)


def speaks(case: Case, weeks: Collection[int]) -> bool:
    """Whether a case is hard and can be judged by the lifts of these weeks."""
    match case:
        case Close():
            return len(case.options) > 0
        case Bar():
            return True
        case Limit(points=None):
            compares = case.since is not None or case.demands
            return not compares or all(week in weeks for week in _weeks_of(case))
        case Apart():
            return case.day // 7 in weeks
        case Home():
            return case.points is None
    return False


def _weeks_of(case: Limit) -> Iterator[int]:
    if case.when.day is not None and not case.days:
        yield case.when.day // 7
    if case.since is not None:
        yield case.since // 7
    for _, first, last, _ in case.days:
        yield from range(first // 7, last // 7 + 1)


def base_problem(instance: Instance, patterns: Sequence[frozenset[int]]) -> tuple[Problem, tuple[Lift, ...]]:
    """The whole block with all its lifts and no options: what stretches are cut from."""
    lighter, factors, lifts = widest_lifts(instance, patterns)
    problem = Problem(
        instance=instance,
        factors=factors,
        deload_weeks=lighter,
        deload_is_choice=False,
        lifts=(),
        options=build_options(instance.calendar, (), instance.scenario.strength.grid_minutes, None),
    )
    return problem, lifts
