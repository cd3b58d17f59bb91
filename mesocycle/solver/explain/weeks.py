"""Why a week is as light as it is: what each rule allows, and what other lighter weeks would cost."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from mesocycle.models.clock import weeks_text
from mesocycle.models.explanation import PatternPrice, Share, WeekExplained
from mesocycle.models.plan import PlannedWeek, Status
from mesocycle.models.prices import points_text
from mesocycle.solver.explain.choices import Choices
from mesocycle.solver.model.optimum import Relaxed
from mesocycle.solver.model.search import Answer
from mesocycle.solver.placement.problem import Problem
from mesocycle.solver.plan.notes import why_fewer
from mesocycle.solver.rules import active

UNKNOWN = "time was up before this was known"


def reasons_for_fewer(problem: Problem, index: int) -> str:
    """Why a week has fewer sets than there are, in a few words; empty where it has all."""
    lifts = problem.sessions_by_week()[index]
    if all(sets >= item.most for lift in lifts for sets, item in zip(lift.own, lift.items, strict=True)):
        return ""
    return why_fewer(problem, index)


def week_of(choices: Choices, index: int, patterns: tuple[PatternPrice, ...]) -> WeekExplained:
    """Why a week has as many sets as it has."""
    problem, planned = choices.grounded.problem, choices.plan.weeks[index]
    shares = tuple(_shares(problem, index))
    return WeekExplained(
        week=planned.week,
        start=planned.start,
        phase=planned.phase,
        lighter=planned.deload,
        set_factor=planned.set_factor,
        sets=planned.sets,
        full_sets=planned.full_sets,
        distance_km=planned.distance_km,
        shares=shares,
        patterns=patterns if len(patterns) > 1 else (),
        verdict=_verdict(problem, planned, shares, patterns),
    )


def _shares(problem: Problem, index: int) -> Iterator[Share]:
    """The rules that allow less than all sets, the least first."""
    found: list[tuple[Fraction, str, bool]] = []
    so_far = [Fraction(1)] * len(problem.calendar.weeks)
    for rule, settings in active(problem.settings):
        allowed = rule.factors(problem.calendar, settings, so_far, problem.deload_weeks)
        if allowed is None:
            continue
        if allowed[index] < 1:
            found.append((allowed[index], rule.id, settings.hard))
        so_far = [min(pair) for pair in zip(so_far, allowed, strict=True)]
    for share, name, hard in sorted(found):
        text = f"{name} allows {round(100 * share)} % of the sets" + ("" if hard else ", more at a price")
        yield Share(rule=name, share=float(share), hard=hard, text=text)


def pattern_prices(choices: Choices, patterns: Sequence[Relaxed]) -> Iterator[PatternPrice]:
    """What the best block with each choice of lighter weeks costs more than the plan."""
    for relaxed in patterns:
        lighter = relaxed.few.deload_weeks
        weeks = tuple(week + 1 for week in sorted(lighter))
        name = f"lighter {weeks_text(weeks)}" if weeks else "no lighter week"
        if lighter == choices.lighter:
            yield PatternPrice(lighter_weeks=weeks, here=True, points=0, text=f"{name}: the plan")
            continue
        answer = _best(relaxed)
        points = None
        if answer.status is Status.OPTIMAL and answer.objective is not None:
            points = answer.objective - choices.points
        told = "costs the same" if points == 0 else points_text(points) if points else "no block"
        if answer.status not in (Status.OPTIMAL, Status.INFEASIBLE):
            told = UNKNOWN
        yield PatternPrice(lighter_weeks=weeks, here=False, points=points, text=f"{name}: {told}")


def _best(relaxed: Relaxed) -> Answer:
    """The best block of a pattern; unknown where the search is stopped."""
    try:
        return relaxed.search().answer
    except KeyboardInterrupt:
        if not relaxed.deadline.stopped:
            raise
        return Answer(Status.UNKNOWN, None, None, None)


def _verdict(
    problem: Problem, week: PlannedWeek, shares: tuple[Share, ...], patterns: tuple[PatternPrice, ...]
) -> str:
    sets = f"{week.sets} of {week.full_sets} sets"
    why = reasons_for_fewer(problem, week.week - 1)
    if not why:
        if week.sets >= week.full_sets:
            return f"{sets}: nothing trims this week."
        return f"{sets}: no rule trims this week; what is missing gave way to time or to runs."
    told = f"{sets}: {why}" + (f" ({round(100 * week.set_factor)} % of the sets)" if shares else "")
    others = [one for one in patterns if not one.here and one.points is not None]
    if problem.deload_is_choice and others:
        best = min(others, key=lambda one: one.points or 0)
        told += f". Of the other choices of lighter weeks the best is {best.text}"
    return f"{told}."
