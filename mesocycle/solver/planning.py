"""Chosen options -> Plan: from numbers back to sessions and weeks."""

from __future__ import annotations

from collections.abc import Sequence

from mesocycle.models.clock import MINUTES_PER_DAY
from mesocycle.models.plan import CalendarRun, Plan, PlannedExercise, PlannedSession, PlannedWeek
from mesocycle.solver.calendar import Calendar
from mesocycle.solver.ladder import Rung
from mesocycle.solver.lifts import Lift
from mesocycle.solver.problem import Problem


def build_plan(problem: Problem, chosen: Sequence[int]) -> Plan:
    """Build the plan of a selection, one position in the option table per placed lift; without reasons."""
    sessions = sorted((_session(problem, at) for at in chosen), key=lambda s: (s.date, s.start, s.id))
    return Plan(sessions=tuple(sessions), weeks=tuple(_weeks(problem, sessions)))


def _session(problem: Problem, at: int) -> PlannedSession:
    options = problem.options
    lift = problem.lifts[int(options.lift[at])]
    rung = lift.rungs[int(options.rung[at])]
    day = int(options.day[at])
    start = int(options.start[at]) - day * MINUTES_PER_DAY
    return PlannedSession(
        id=lift.id,
        week=lift.week + 1,
        date=problem.date(day),
        start=start,
        end=start + rung.minutes,
        session=lift.name,
        exercises=_exercises(lift, rung),
        sets=rung.total,
        lower_body_dose=round(rung.dose / 1000, 3),
    )


def _exercises(lift: Lift, rung: Rung) -> tuple[PlannedExercise, ...]:
    return tuple(
        PlannedExercise(exercise=item.exercise, sets=sets, reps=item.reps, load=item.load, rir=item.rir)
        for item, sets in zip(lift.items, rung.sets, strict=True)
        if item.exercise is not None
    )


def _weeks(problem: Problem, sessions: list[PlannedSession]) -> list[PlannedWeek]:
    weeks = []
    for week, factors in zip(problem.calendar.weeks, problem.factors, strict=True):
        mine = [session for session in sessions if session.week == week.number]
        weeks.append(
            PlannedWeek(
                week=week.number,
                start=week.monday,
                distance_km=None if week.metres is None else week.metres / 1000,
                phase=week.phase,
                set_factor=float(factors.own),
                deload=week.number - 1 in problem.deload_weeks,
                sets=sum(session.sets for session in mine),
                full_sets=sum(
                    i.most for lift in problem.lifts if lift.week == week.number - 1 for i in lift.items
                ),
                minutes=sum(session.end - session.start for session in mine),
                sessions=len(mine),
            )
        )
    return weeks


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
