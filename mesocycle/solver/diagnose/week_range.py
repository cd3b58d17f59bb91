"""Some weeks of a block as a problem of their own, with the hard rules that speak of them alone.

What is demanded of a week range is demanded of the block, so a week range without a block proves that there
is none at all; and a week range is small.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np

from mesocycle.solver.instance.calendar import Calendar
from mesocycle.solver.instance.instance import Instance
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
class WeekRange:
    """Some weeks (indices, rising): their lifts, all starts of their days, and their hard cases.

    `versions` holds for each option which extra version it is, -1 for the runner's own.
    """

    weeks: tuple[int, ...]
    problem: Problem
    grounded: Grounded
    versions: Ints


def cut(
    problem: Problem,
    lifts: Sequence[Lift],
    weeks: Iterable[int],
    extra: Mapping[str, Sequence[tuple[int, Version]]] = MappingProxyType({}),
    inside: bool = False,
    ramp: bool = True,
) -> WeekRange:
    """Cut weeks out of a block.

    Parameters
    ----------
    problem : Problem
        The whole block; its own lifts and options are not looked at.
    lifts : sequence of Lift
        From `base_problem`.
    weeks : iterable of int
        Indices of the weeks.
    extra : mapping
        Further versions of a lift by its id, each with its number, appended to its rungs.
    inside : bool
        Only starts in free windows, where those must be kept to: enough to know whether a week range fails.
    ramp : bool
        Without ramp_limits fewer versions of each lift matter; a week range that fails without it fails.
    """
    chosen = tuple(sorted(set(weeks)))
    inner = [lift for lift in lifts if lift.week in chosen]
    if not ramp:
        problem = problem.seen_with(settings=replace(problem.settings, ramp_limits=None))
    calendar = around(problem.calendar, chosen)
    place = {lift.index: at for at, lift in enumerate(inner)}
    few = tuple(
        replace(
            lift,
            index=at,
            twin=None if lift.twin is None else place[lift.twin],
            after=tuple(place[before] for before in lift.after),
        )
        for at, lift in enumerate(inner)
    )
    part = replace(problem.seen_with(calendar=calendar), lifts=few)
    content = hard_cases(content_cases(part), chosen)
    needed = [front(lift.space, comparisons(lift, (case for _, case in content))) for lift in few]
    further = [extra.get(lift.id, ()) for lift in few]
    small = tuple(
        replace(lift, versions=(*versions, *(version for _, version in more)))
        for lift, versions, more in zip(few, needed, further, strict=True)
    )
    free = problem.settings.availability_window
    travel = free.travel_minutes if inside and free is not None and free.hard else None
    past, grid = problem.instance.past, problem.scenario.strength.grid_minutes
    options = build_options(calendar, small, grid, travel, after=None if past is None else past.now)
    part = replace(part, lifts=small, options=options)
    numbers = [
        np.array([-1] * len(versions) + [number for number, _ in more], dtype=np.int64)
        for versions, more in zip(needed, further, strict=True)
    ]
    grounded = Grounded(part, joined(content, hard_cases(placing_cases(part), chosen)))
    return WeekRange(chosen, part, grounded, grounded.by_option(numbers))


def around(calendar: Calendar, weeks: Sequence[int]) -> Calendar:
    """The calendar that rules see of a week range: its days, and the runs that reach into them.

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


def asks_less(first: Version, second: Version) -> bool:
    """Whether a version takes no longer and loads no more than a second one, and is no equal of it."""
    less, more = ((version.minutes, version.dose, version.leg_sets) for version in (first, second))
    return all(a <= b for a, b in zip(less, more, strict=True)) and less != more


def hard_cases(cases: Cases, weeks: Collection[int]) -> Cases:
    """The hard cases that speak of these weeks alone, or only forbid."""
    found: list[tuple[str, Case]] = []
    for rule, case in cases:
        if speaks(case, weeks):
            steps = case.steps if isinstance(case, Limit) else ()
            found += ((rule, step) for step in steps or (case,))
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
    """The whole block without options, and all its lifts: what week ranges are cut from.

    The lifts have every version that some pattern of lighter weeks offers: where a block fails with these it
    fails under each of the patterns. All weeks that may be lighter ones count as such.
    """
    by_pattern = [week_factors(instance, pattern) for pattern in patterns]
    factors = tuple(
        replace(min(week, key=lambda f: f.own), most=max(f.most for f in week))
        for week in zip(*by_pattern, strict=True)
    )
    lighter = frozenset[int]().union(*patterns)
    problem = Problem(
        instance=instance,
        factors=factors,
        deload_weeks=lighter,
        deload_is_choice=False,
        lifts=(),
        options=build_options(instance.calendar, (), instance.scenario.strength.grid_minutes, None),
    )
    return problem, build_lifts(instance, factors, lighter)
