"""Chosen options -> Plan: from numbers back to sessions and weeks."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from mesocycle.models.clock import MINUTES_PER_DAY
from mesocycle.models.plan import CalendarRun, Notice, Plan, PlannedSession, PlannedWeek
from mesocycle.solver.instance.calendar import Calendar
from mesocycle.solver.placement.problem import Problem
from mesocycle.solver.plan.cards import Card, cards
from mesocycle.solver.rules import active


def build_plan(problem: Problem, chosen: Sequence[int], changes: Collection[tuple[str, int]] = ()) -> Plan:
    """Build the plan of a selection; without reasons.

    Parameters
    ----------
    problem : Problem
        With its option table.
    chosen : sequence of int
        One position in the option table for each placed lift.
    changes : collection of (str, int)
        What changes in which week (an index).
    """
    ordered = sorted(chosen, key=lambda at: (int(problem.options.start[at]), problem.lift_at(at).id))
    filled = cards(problem, ordered, changes)
    sessions = tuple(_session(problem, at, card) for at, card in zip(ordered, filled, strict=True))
    return Plan(
        sessions=sessions,
        weeks=tuple(_weeks(problem, ordered, sessions)),
        notices=tuple(_notices(problem, sessions)),
    )


def _session(problem: Problem, at: int, card: Card) -> PlannedSession:
    lift, version = problem.lift_at(at), problem.version_at(at)
    day = int(problem.options.day[at])
    start = int(problem.options.start[at]) - day * MINUTES_PER_DAY
    return PlannedSession(
        id=lift.id,
        week=lift.week + 1,
        date=problem.date(day),
        start=start,
        end=start + version.minutes,
        session=lift.name,
        exercises=card.exercises,
        dropped=tuple(
            item.exercise
            for item, sets in zip(lift.items, version.sets, strict=True)
            if item.exercise is not None and not sets
        ),
        rotated=card.rotated,
        kind=lift.kind,
        sets=version.total,
        lower_body_dose=round(version.dose / 1000, 3),
    )


def _weeks(problem: Problem, chosen: Sequence[int], sessions: Sequence[PlannedSession]) -> list[PlannedWeek]:
    weeks = []
    lifts = problem.sessions_by_week()
    for week, factors in zip(problem.calendar.weeks, problem.factors, strict=True):
        placed = [session for session in sessions if session.week == week.number]
        wanted = lifts[week.number - 1]
        weeks.append(
            PlannedWeek(
                week=week.number,
                start=week.monday,
                distance_km=None if week.metres is None else week.metres / 1000,
                phase=week.phase,
                profile=next((lift.zone for lift in wanted if lift.zone), ""),
                set_factor=float(factors.own),
                deload=week.number - 1 in problem.deload_weeks,
                sets=sum(session.sets for session in placed),
                full_sets=sum(item.most for lift in wanted for item in lift.items),
                minutes=sum(session.end - session.start for session in placed),
                sessions=len(placed),
                pattern_sets=_patterns(problem, chosen, week.number - 1),
            )
        )
    return weeks


def _patterns(problem: Problem, chosen: Sequence[int], week: int) -> dict[str, float]:
    """Sets of a week by movement pattern, by name."""
    halves: dict[str, int] = {}
    for at in chosen:
        lift = problem.lift_at(at)
        if lift.week == week:
            for item, count in zip(lift.items, problem.version_at(at).sets, strict=True):
                for pattern, half_sets in item.patterns:
                    halves[pattern] = halves.get(pattern, 0) + half_sets * count
    return {pattern: count / 2 for pattern, count in sorted(halves.items()) if count}


def _notices(problem: Problem, sessions: Sequence[PlannedSession]) -> Iterator[Notice]:
    for rule, settings in active(problem.settings):
        yield from rule.notices(problem, settings)
    for rule, settings in active(problem.settings):
        yield from rule.plan_notices(problem, settings, sessions)


def calendar_runs(calendar: Calendar) -> tuple[CalendarRun, ...]:
    """The fixed runs as the result shows them."""
    return tuple(
        CalendarRun(
            date=run.date,
            start=run.start - run.day * MINUTES_PER_DAY,
            minutes=run.minutes,
            type=str(run.type),
            key=run.key,
            distance_km=None if run.metres is None else run.metres / 1000,
            title=run.title,
        )
        for run in calendar.runs
    )
