"""From what happened to what is planned again: the scenario as it is now, and what is settled of the plan."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from fractions import Fraction

from mesocycle.diary.estimates import lifts_known, told_max
from mesocycle.diary.now import Now
from mesocycle.models.clock import MINUTES_PER_DAY
from mesocycle.models.happened import (
    Available,
    Event,
    LiftDone,
    LiftMoved,
    RunChanged,
    RunDone,
    RunDropped,
    Sick,
)
from mesocycle.models.living import LiftNow
from mesocycle.models.plan import CalendarRun, Plan, PlannedSession, PlannedWeek
from mesocycle.models.scenario import Scenario
from mesocycle.models.sessions import Pin
from mesocycle.models.strength import Record
from mesocycle.models.training import Run, RunType
from mesocycle.solver.lived import Lived
from mesocycle.solver.prescription.exercises import exercises_of
from mesocycle.solver.prescription.written import read_names
from mesocycle.solver.rules import set_by
from mesocycle.solver.rules.check import understand

(PINS,) = set_by("strength.pins")


def scenario_now(now: Now) -> Scenario:
    """The scenario with the runs, days, windows and pins as they are now.

    Phases, and what `auto` decided, stay as they were published: past weeks are not judged anew.
    """
    scenario = now.scenario
    athlete, strength = scenario.athlete, scenario.strength
    windows = {day: event.windows for day, event in now.state.windows.items()}
    pins = [
        Pin(session=event.session.partition("-")[2], date=event.date, start=event.start)
        for event in now.state.pins.values()
    ]
    changes = {
        "policy": understand(scenario).policy,
        "phases": tuple(week.phase for week in now.plan.weeks),
        "runs": scenario.runs.model_copy(update={"dates": {**scenario.runs.dates, **dict(_dates(now))}}),
        "athlete": athlete.model_copy(
            update={
                "availability": {**athlete.availability, **windows},
                "blocked": (*_still_blocked(athlete.blocked, windows), *_blocked(now)),
            }
        ),
        "strength": strength.model_copy(
            update={"pins": (*strength.pins, *pins), "records": {**_logged(now), **strength.records}}
        ),
    }
    return scenario.model_copy(update=changes)


def _logged(now: Now) -> dict[str, Record]:
    """Records of lifts that have none in the scenario: what the log says."""
    known = read_names(now.scenario).scenario.strength.records
    unit = now.scenario.strength.weights.unit
    return {
        name: Record(one_rm=round(float(most), 3), unit=unit)
        for name, (_, most) in maxes(now).items()
        if name not in known
    }


def _dates(now: Now) -> Iterator[tuple[date, tuple[Run, ...]]]:
    """The runs of each day that has others than were planned."""
    planned: defaultdict[date, list[CalendarRun]] = defaultdict(list)
    current: defaultdict[date, list[CalendarRun]] = defaultdict(list)
    for run in now.planned_runs.values():
        planned[run.date].append(run)
    for one in now.runs:
        if one.status != "dropped":
            current[one.run.date].append(one.run)
    for day in sorted({*planned, *current}):
        if planned[day] != current[day]:
            yield day, tuple(map(_run, current[day]))


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
        last = event.until(now.today) or now.scenario.last_day
        yield event.first, last + timedelta(days=isinstance(event, Sick))


def lived(now: Now, since: date | None = None) -> Lived:
    """What is settled: what is past, what the runner put somewhere, and all before the day `since`."""
    moment = now.moment
    if since is not None:
        moment = max(moment, datetime.combine(since, datetime.min.time()) - timedelta(minutes=1))
    kept: list[PlannedSession] = []
    gone: list[str] = []
    for lift in now.lifts:
        if lift.id is None or lift.card is None:
            continue
        if lift.status == "skipped":
            gone.append(lift.id)
        elif lift.status != "planned" or _is_settled(now, lift, moment):
            done = _if_any(lift, now.state.done.get(lift.id))
            if done is None:
                gone.append(lift.id)
            else:
                kept.append(done)
    plan = now.plan.model_copy(update={"sessions": tuple(kept)})
    return Lived(moment, plan, tuple(gone), maxes(now))


def maxes(now: Now) -> dict[str, tuple[date, Fraction]]:
    """What was told of each lift's max, by sets or a record, and the last day of that."""
    told = {one.exercise for event in now.state.all_of(LiftDone) for one in event.sets}
    told |= {event.exercise for event in now.state.records}
    found = ((name, told_max(now, name)) for name in sorted(told & lifts_known(now).keys()))
    return {name: most for name, most in found if most is not None}


def _is_settled(now: Now, lift: LiftNow, moment: datetime) -> bool:
    start = datetime.combine(lift.date, datetime.min.time()) + timedelta(minutes=lift.start)
    return start <= moment or isinstance(now.state.places.get(lift.id or ""), LiftMoved)


def as_done(lift: LiftNow, done: LiftDone | None) -> PlannedSession:
    """A planned session where and as it took place: exercises that nothing was said about as planned."""
    card = lift.card
    if card is None:
        raise ValueError(f"{lift.id} was not planned")
    length = card.end - card.start
    start = min(lift.start, MINUTES_PER_DAY - length)
    place = {"date": lift.date, "start": start, "end": start + length}
    if done is None or not (done.sets or done.only):
        return card.model_copy(update=place)
    named = [one.exercise for one in done.sets]
    counts = {name: sum(o.kind != "warm_up" for o in done.sets if o.exercise == name) for name in named}
    exercises = tuple(
        one.model_copy(update={"sets": counts.get(one.exercise, 0 if done.only else one.sets)})
        for one in card.exercises
        if counts.get(one.exercise, 0 if done.only else one.sets)
    )
    sets = sum(one.sets for one in exercises)
    return card.model_copy(update={**place, "exercises": exercises, "sets": sets})


def _if_any(lift: LiftNow, done: LiftDone | None) -> PlannedSession | None:
    """A session as it was done; none if nothing of what was planned was."""
    session = as_done(lift, done)
    planned = lift.card is not None and lift.card.exercises
    return session if session.exercises or not planned else None


def before(now: Now) -> Plan:
    """The plan as it stands: each lift where and as it was done, or will be; without what is left out."""
    sessions = [
        session
        for lift in now.lifts
        if lift.id is not None and lift.card is not None and lift.status != "skipped"
        if (session := _if_any(lift, now.state.done.get(lift.id))) is not None
    ]
    ordered = tuple(sorted(sessions, key=lambda one: (one.date, one.start, one.id)))
    weeks = tuple(as_filled(now, week, ordered) for week in now.plan.weeks)
    return now.plan.model_copy(update={"sessions": ordered, "weeks": weeks})


def as_filled(now: Now, week: PlannedWeek, sessions: tuple[PlannedSession, ...]) -> PlannedWeek:
    """A week with what its sessions come to; an exercise counts one for its movement, a half for others."""
    own = [one for one in sessions if one.week == week.week]
    exercises = exercises_of(now.scenario)
    halves: Counter[str] = Counter()
    for exercise in (exercise for one in own for exercise in one.exercises):
        known = exercises.get(exercise.exercise)
        for at, pattern in enumerate(() if known is None else known.counts_for):
            halves[pattern] += exercise.sets * (1 if at else 2)
    return week.model_copy(
        update={
            "sets": sum(one.sets for one in own),
            "minutes": sum(one.end - one.start for one in own),
            "sessions": len(own),
            "pattern_sets": {pattern: count / 2 for pattern, count in sorted(halves.items()) if count},
        }
    )


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
