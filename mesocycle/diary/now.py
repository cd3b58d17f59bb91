"""How things stand at a moment: the lifts and runs of a plan with what happened to them.

A past lift that nobody said anything about counts as done as planned, and is called assumed; a past run was
run as planned.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import cached_property
from itertools import pairwise
from typing import Any, NamedTuple

from mesocycle.diary.fold import State
from mesocycle.models.clock import MINUTES_PER_DAY, monday_of
from mesocycle.models.happened import LiftDone, LiftMoved, LiftSkipped, RunChanged, RunDone, RunDropped, Sick
from mesocycle.models.living import DayNow, LiftNow, RaceAhead, RunNow, RunStatus, Today, WeekNow
from mesocycle.models.plan import CalendarRun, Plan, PlannedSession, week_of_id
from mesocycle.models.result import Result
from mesocycle.models.scenario import Scenario
from mesocycle.models.training import KEY_TYPES, RACE_METRES
from mesocycle.solver.instance.calendar import build_calendar
from mesocycle.solver.plan.planning import calendar_runs

# Lifts of so many days are asked about.
ASK_DAYS = 7
_NAMES = {metres: name.replace("_", " ") for name, metres in RACE_METRES.items()}


class Era(NamedTuple):
    """A scenario, and the moment since when it holds."""

    since: datetime
    scenario: Scenario


@dataclass(frozen=True, eq=False)
class Now:
    """A block at a moment.

    Attributes
    ----------
    state : State
        What holds.
    scenario : Scenario
        Of the plan.
    result : Result
        The plan.
    moment : datetime
        On the clock of the block, without a zone.
    planned : mapping of str to PlannedSession
        Sessions by id: what is past as the plan had it then, the rest as it has it now.
    eras : tuple of Era
        The scenarios that held one after the other; none where there was only that of the plan.
    planned_for : mapping of str to Scenario
        The scenarios of the plans that those sessions are of, where that is not the last plan.
    """

    state: State
    scenario: Scenario
    result: Result
    moment: datetime
    planned: Mapping[str, PlannedSession]
    eras: tuple[Era, ...] = ()
    planned_for: Mapping[str, Scenario] = field(default_factory=dict)

    @property
    def wanted(self) -> Scenario:
        """The scenario that holds; the plan may still be one of an older one."""
        return self.eras[-1].scenario if self.eras else self.scenario

    def of_plan(self) -> Now:
        """The same without what the scenario became after the plan was made."""
        known = next((at for at, era in enumerate(self.eras, 1) if era.scenario is self.scenario), None)
        if known is None and self.eras:  # that scenario was taken back since
            return replace(self, eras=(*self.eras, Era(self.moment, self.scenario)))
        return replace(self, eras=self.eras[:known])

    def held(self, moment: datetime) -> Scenario:
        """The scenario that held at a moment; of one before the first, that."""
        eras = self.eras or (Era(datetime.min, self.scenario),)
        return next((era.scenario for era in reversed(eras) if era.since <= moment), eras[0].scenario)

    @property
    def today(self) -> date:
        """The day."""
        return self.moment.date()

    @property
    def minute(self) -> int:
        """The minute of the day."""
        return self.moment.hour * 60 + self.moment.minute

    def is_past(self, day: date, minute: int) -> bool:
        """Whether a moment lies behind."""
        return (day, minute) <= (self.today, self.minute)

    @property
    def plan(self) -> Plan:
        """The plan as it was published."""
        return self.result.plan or Plan(sessions=(), weeks=())

    @property
    def first_monday(self) -> date:
        """The Monday of week 1."""
        return monday_of(self.scenario.start)

    def week_of(self, day: date) -> int | None:
        """The week of the block that holds a day."""
        week = (day - self.first_monday).days // 7 + 1
        return week if 1 <= week <= self.scenario.week_count else None

    # --- lifts -----------------------------------------------------------------------------------------

    @cached_property
    def lifts(self) -> tuple[LiftNow, ...]:
        """All lifts, in order of time."""
        ids = dict.fromkeys([*self.planned, *self.state.done])
        found = [lift for name in ids if (lift := self._lift(name)) is not None]
        found += [self._beside(event) for event in self.state.beside]
        return tuple(sorted(found, key=lambda lift: (lift.date, lift.start, lift.id or "")))

    def lift(self, name: str) -> LiftNow | None:
        """A lift by the id of its session."""
        return next((lift for lift in self.lifts if lift.id == name), None)

    def _lift(self, name: str) -> LiftNow | None:
        planned, done = self.planned.get(name), self.state.done.get(name)
        if done is not None:
            return self._done(name, planned, done)
        if planned is None:
            return None
        place = self.state.places.get(name)
        day, start = planned.date, planned.start
        if isinstance(place, LiftMoved):
            day, start = place.date, place.start
        end = min(start + planned.end - planned.start, MINUTES_PER_DAY)
        absence = self.state.no_lift(day, self.today)
        past = "skipped" if self.state.covered(day) else "assumed"
        facts: dict[str, Any] = {"status": past if self.is_past(day, end) else "planned"}
        if isinstance(place, LiftSkipped):
            facts = {"status": "skipped", "why": place.why, "note": place.note}
        elif isinstance(absence, Sick) or (absence is not None and self.is_past(day, start)):
            # What illness takes is not made up for; what absence takes may find another day.
            facts = {"status": "skipped", "why": absence.kind}
        if place is not None:
            facts["event"] = self.state.in_force[place.key].number
        return LiftNow(
            id=name,
            session=planned.session,
            week=planned.week,
            date=day,
            start=start,
            end=end,
            sets=planned.sets,
            card=planned,
            **facts,
            **_moved(planned, day, start),
        )

    def _done(self, name: str, planned: PlannedSession | None, done: LiftDone) -> LiftNow:
        return LiftNow(
            id=name,
            session=name.partition("-")[2] if planned is None else planned.session,
            week=week_of_id(name),
            date=done.date,
            start=done.start,
            end=min(done.start + done.minutes, MINUTES_PER_DAY),
            status="done",
            sets=_sets(done) + (0 if planned is None or done.only else _not_named(planned, done)),
            rpe=done.rpe,
            note=done.note,
            card=planned,
            event=self.state.in_force[done.key].number,
            **({} if planned is None else _moved(planned, done.date, done.start)),
        )

    def _beside(self, done: LiftDone) -> LiftNow:
        return LiftNow(
            id=None,
            session="",
            week=(done.date - self.first_monday).days // 7 + 1,
            date=done.date,
            start=done.start,
            end=min(done.start + done.minutes, MINUTES_PER_DAY),
            status="done",
            sets=_sets(done),
            rpe=done.rpe,
            note=done.note,
            event=self.state.in_force[done.key].number,
        )

    # --- runs ------------------------------------------------------------------------------------------

    @cached_property
    def planned_runs(self) -> Mapping[str, CalendarRun]:
        """Runs by id, the day and the number of that day: each by the scenario that held when it came."""
        eras = self.eras or (Era(datetime.min, self.scenario),)
        ends = [Era(datetime.min, eras[0].scenario), *eras[1:], Era(datetime.max, eras[-1].scenario)]
        count: Counter[date] = Counter()
        found = {}
        for era, following in pairwise(ends):
            for run in calendar_runs(build_calendar(era.scenario)):
                if run.type == "rest" or not era.since < _moment(run) <= following.since:
                    continue
                count[run.date] += 1
                found[f"{run.date}#{count[run.date]}"] = run
        return found

    @cached_property
    def runs(self) -> tuple[RunNow, ...]:
        """All runs, in order of time."""
        found = [self._run(name, run) for name, run in self.planned_runs.items()]
        done = {(event.date, event.start) for event in self.state.runs_beside}
        # What was added and then done is one run.
        added = {(event.date, event.start): as_run(event, None) for event in self.state.runs_added}
        more: list[RunChanged | RunDone] = [
            *(event for event in self.state.runs_added if (event.date, event.start) not in done),
            *self.state.runs_beside,
        ]
        for event in more:
            number = self.state.in_force[event.key].number
            status = "done" if isinstance(event, RunDone) else self._run_status(event.date, event.start)
            run = as_run(event, added.get((event.date, event.start)))
            found.append(RunNow(id=None, run=run, status=status, changed=True, event=number))
        return tuple(sorted(found, key=lambda one: (one.run.date, one.run.start, one.id or "")))

    def _run(self, name: str, planned: CalendarRun) -> RunNow:
        event = self.state.runs_done.get(name) or self.state.runs_planned.get(name)
        if event is None:
            absence = self.state.absence(planned.date, self.today)
            if absence is not None and absence.runs == "drop":
                number = self.state.in_force[absence.key].number
                return RunNow(id=name, run=planned, status="dropped", event=number)
            return RunNow(id=name, run=planned, status=self._run_status(planned.date, planned.start))
        number = self.state.in_force[event.key].number
        if isinstance(event, RunDropped):
            return RunNow(id=name, run=planned, status="dropped", event=number)
        foreseen = self.state.runs_planned.get(name)
        if isinstance(event, RunDone) and isinstance(foreseen, RunChanged):
            run = as_run(event, as_run(foreseen, planned))
        else:
            run = as_run(event, planned)
        status = "done" if isinstance(event, RunDone) else self._run_status(run.date, run.start)
        return RunNow(id=name, run=run, status=status, changed=run != planned, event=number)

    def _run_status(self, day: date, start: int) -> RunStatus:
        return "assumed" if self.is_past(day, start) else "planned"

    # --- answers ---------------------------------------------------------------------------------------

    def race(self) -> RaceAhead | None:
        """The next A race, else the next race."""
        ahead = [race for race in self.wanted.races if race.date >= self.today]
        if not ahead:
            return None
        race = min(ahead, key=lambda one: (one.priority != "A", one.date))
        name = race.name or _NAMES.get(race.distance, "race")
        return RaceAhead(name=name, date=race.date, days=(race.date - self.today).days)

    def day(self, day: date) -> DayNow:
        """A day with its runs and lifts."""
        absence = self.state.absence(day, self.today)
        return DayNow(
            date=day,
            today=day == self.today,
            absence=None if absence is None else absence.kind,
            runs=tuple(one for one in self.runs if one.run.date == day),
            lifts=tuple(lift for lift in self.lifts if lift.date == day),
        )

    def on_today(self) -> Today:
        """What is on today."""
        day = self.day(self.today)
        week = self.week_of(self.today)
        ahead = [lift for lift in self.lifts if lift.status == "planned" and lift.date > self.today]
        since = self.today - timedelta(days=ASK_DAYS)
        return Today(
            name=self.result.name,
            date=self.today,
            time=self.minute,
            week=week,
            weeks=self.scenario.week_count,
            phase=self._phase(week),
            race=self.race(),
            absence=day.absence,
            runs=day.runs,
            lifts=day.lifts,
            next=ahead[0] if ahead else None,
            ask=tuple(lift for lift in self.lifts if lift.status == "assumed" and lift.date >= since),
            units=self.result.units,
            exercise_names=self.result.exercise_names,
        )

    def on_week(self, week: int) -> WeekNow:
        """A week at a glance."""
        monday = self.first_monday + timedelta(weeks=week - 1)
        days = tuple(self.day(monday + timedelta(days=number)) for number in range(7))
        lifts = [lift for day in days for lift in day.lifts]
        done = [lift for lift in lifts if lift.status in ("done", "assumed")]
        return WeekNow(
            name=self.result.name,
            week=week,
            weeks=self.scenario.week_count,
            phase=self._phase(week),
            race=self.race(),
            days=days,
            lifts_done=len(done),
            lifts=len(lifts),
            sets_done=sum(lift.sets for lift in done),
            sets=sum(lift.sets for lift in lifts),
            units=self.result.units,
        )

    def _phase(self, week: int | None) -> str:
        plan = self.result.plan
        return "" if plan is None or week is None else plan.weeks[week - 1].phase

    def owed(self) -> Iterator[str]:
        """The sessions that the plan's week has today, by id."""
        week = self.week_of(self.today) or 0
        return (name for name, one in self.planned.items() if one.week == week)


def _moment(run: CalendarRun) -> datetime:
    return datetime.combine(run.date, datetime.min.time()) + timedelta(minutes=run.start)


def _moved(planned: PlannedSession, day: date, start: int) -> dict[str, Any]:
    """Where the plan has a session that stands elsewhere."""
    if (planned.date, planned.start) == (day, start):
        return {}
    return {"planned_date": planned.date, "planned_start": planned.start}


def _sets(done: LiftDone) -> int:
    return sum(one.kind != "warm_up" for one in done.sets)


def _not_named(planned: PlannedSession, done: LiftDone) -> int:
    """Sets of the exercises that nothing was said about."""
    named = {one.exercise for one in done.sets}
    return sum(one.sets for one in planned.exercises if one.exercise not in named)


def as_run(event: RunDone | RunChanged, planned: CalendarRun | None) -> CalendarRun:
    """A run as it was, or will be; a title stays with a run of the same type."""
    same = planned is not None and planned.type == event.type
    title = planned.title if planned is not None and same else ""
    if isinstance(event, RunChanged) and event.title is not None:
        title = event.title
    return CalendarRun(
        date=event.date,
        start=event.start,
        minutes=event.minutes,
        type=event.type,
        key=planned.key if planned is not None and same else event.type in KEY_TYPES,
        distance_km=event.distance_km,
        title=title,
    )
