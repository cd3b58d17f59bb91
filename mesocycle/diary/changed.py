"""From what happened to what is planned again: the scenario as it is now."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from mesocycle.diary.estimates import maxes
from mesocycle.diary.now import Now
from mesocycle.models.clock import monday_of
from mesocycle.models.happened import Available, Event, RunChanged, RunDone, RunDropped, Sick
from mesocycle.models.plan import CalendarRun
from mesocycle.models.scenario import Scenario
from mesocycle.models.sessions import Pin
from mesocycle.models.strength import Record
from mesocycle.models.training import Run, RunType
from mesocycle.solver.instance.calendar import build_calendar
from mesocycle.solver.plan.planning import calendar_runs
from mesocycle.solver.prescription.program import requested_per_week
from mesocycle.solver.prescription.written import read_names
from mesocycle.solver.rules import set_by
from mesocycle.solver.rules.check import understand

(PINS,) = set_by("strength.pins")


def scenario_now(now: Now) -> Scenario:
    """The scenario with the runs, days, windows and pins as they are now.

    What `auto` decided, phases and numbers of sessions stay as they were published up to this week: what is
    past is not judged anew. What the runner changed in the scenario since holds from now on.
    """
    scenario = now.wanted
    athlete, strength = scenario.athlete, scenario.strength
    windows = {day: event.windows for day, event in now.state.windows.items()}
    pins = [
        Pin(session=event.session.partition("-")[2], date=event.date, start=event.start)
        for event in now.state.pins.values()
    ]
    changes = {
        "policy": understand(scenario).policy,
        "phases": _phases(now),
        "runs": scenario.runs.model_copy(
            update={"dates": {**scenario.runs.dates, **dict(_dates(now))}, "weekly_distance": distances(now)}
        ),
        "athlete": athlete.model_copy(
            update={
                "availability": {**athlete.availability, **windows},
                "blocked": (*_still_blocked(athlete.blocked, windows), *_blocked(now)),
            }
        ),
        "strength": strength.model_copy(
            update={
                "pins": (*strength.pins, *pins),
                "records": {**_logged(now), **strength.records},
                "sessions_per_week": _per_week(now),
            }
        ),
    }
    return scenario.model_copy(update=changes)


def _phases(now: Now) -> tuple[str, ...]:
    """Phases as they were published; of a changed scenario its own from next week on."""
    published = tuple(week.phase for week in now.plan.weeks)
    if now.wanted is now.scenario:
        return published
    weeks = understand(now.wanted).calendar.weeks
    return tuple(
        phase if number <= _weeks_begun(now) else week.phase
        for number, (phase, week) in enumerate(zip(published, weeks, strict=True), 1)
    )


def _per_week(now: Now) -> Any:
    """How many lifts weeks have: each by the scenario that held when it began."""
    counts = [one.scenario.strength.sessions_per_week for one in now.eras]
    if all(count == counts[0] for count in counts):
        return now.wanted.strength.sessions_per_week
    # Not by the plan's phases: those of next week and later are another scenario's.
    asked = {
        id(one.scenario): requested_per_week(one.scenario, build_calendar(one.scenario)) for one in now.eras
    }
    mondays = (now.first_monday + timedelta(weeks=number) for number in range(now.wanted.week_count))
    return tuple(
        asked[id(now.held(datetime.combine(monday, datetime.min.time())))][number]
        for number, monday in enumerate(mondays)
    )


def _weeks_begun(now: Now) -> int:
    """So many weeks have begun."""
    return max(0, (now.today - now.first_monday).days // 7 + 1)


def _logged(now: Now) -> dict[str, Record]:
    """Records of lifts that have none in the scenario: what the log says."""
    known = read_names(now.wanted).scenario.strength.records
    unit = now.wanted.strength.weights.unit
    return {
        name: Record(one_rm=round(float(most), 3), unit=unit)
        for name, (_, most) in maxes(now).items()
        if name not in known
    }


def _dates(now: Now) -> Iterator[tuple[date, tuple[Run, ...]]]:
    """The runs of each week that has others than the scenario tells: all of them, as no share holds there."""
    told: defaultdict[date, list[CalendarRun]] = defaultdict(list)
    current: defaultdict[date, list[CalendarRun]] = defaultdict(list)
    for run in calendar_runs(build_calendar(now.wanted)):
        if run.type != RunType.REST:
            told[run.date].append(run)
    for one in now.runs:
        if one.status != "dropped":
            current[one.run.date].append(one.run)
    days = sorted({*told, *current})
    others = {monday_of(day) for day in days if told[day] != current[day]}
    for day in days:
        if monday_of(day) in others:
            yield day, tuple(map(_run, current[day]))


def distances(now: Now) -> tuple[int, ...]:
    """How far each week goes where the scenario says that: with what was run instead, more or less."""
    if not now.wanted.runs.weekly_distance:
        return ()
    planned, current = Counter[date](), Counter[date]()
    for run in now.planned_runs.values():
        planned[monday_of(run.date)] += _metres(run)
    for one in now.runs:
        if one.status != "dropped":
            current[monday_of(one.run.date)] += _metres(one.run)
    mondays = [now.first_monday + timedelta(weeks=number) for number in range(now.wanted.week_count)]
    return tuple(
        max(0, (_told_metres(now, number) or planned[monday]) + current[monday] - planned[monday])
        for number, monday in enumerate(mondays)
    )


def _told_metres(now: Now, week: int) -> int | None:
    """How far a week (an index) goes by the scenario that held at its end."""
    ends = datetime.combine(now.first_monday + timedelta(weeks=week + 1), datetime.min.time())
    told = now.held(ends).runs.weekly_distance
    return told[week] if told else None


def _metres(run: CalendarRun) -> int:
    return 0 if run.type == RunType.CROSS else round(1000 * (run.distance_km or 0))


def _run(run: CalendarRun) -> Run:
    return Run(
        type=RunType(run.type),
        start=run.start,
        minutes=run.minutes,
        distance=None if run.distance_km is None else f"{round(1000 * run.distance_km)} m",
        key=run.key,
        title=run.title,
    )


def _still_blocked(
    blocked: Iterable[tuple[date, date]], windows: Mapping[date, Sequence[object]]
) -> Iterator[tuple[date, date]]:
    """Blocked days of the scenario without those that the runner has opened since: the later word holds."""
    for first, last in blocked:
        days = {first + timedelta(days=number) for number in range((last - first).days + 1)}
        if any(windows.get(day) for day in days):
            yield from ((day, day) for day in sorted(days) if not windows.get(day))
        else:
            yield first, last


def _blocked(now: Now) -> Iterator[tuple[date, date]]:
    """Days without a lift: those of illness and the day after, and those of absence.

    Illness without an end lasts today, as far as is known; absence lasts to the end of the block.
    """
    for event in now.state.absences:
        last = event.until(now.today) or now.wanted.last_day
        yield event.first, last + timedelta(days=isinstance(event, Sick))


def spared(now: Now, blocked: Scenario) -> frozenset[str]:
    """Sessions whose day something happened to: that they move is no choice."""
    last = now.state.in_force[now.state.published.key].number
    hit = {day for first, end in blocked.athlete.blocked for day in _days(first, end)}
    for entry in now.state.in_force.values():
        if entry.number > last:
            hit.update(_days_of(now, entry.event))
    return frozenset(lift.id for lift in now.lifts if lift.id is not None and lift.date in hit)


def _days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=number) for number in range((last - first).days + 1))


def _days_of(now: Now, event: Event) -> Iterator[date]:
    """Days whose runs or windows an event changes."""
    if isinstance(event, (Available, RunChanged, RunDone, RunDropped)) and event.date is not None:
        yield event.date
    if isinstance(event, (RunChanged, RunDone, RunDropped)) and event.run is not None:
        planned = now.planned_runs.get(event.run)
        yield from () if planned is None else (planned.date,)
