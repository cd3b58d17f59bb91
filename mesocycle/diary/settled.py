"""What is settled of a plan that is lived by, and how the plan stands."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta

from mesocycle.diary.changed import scenario_now
from mesocycle.diary.estimates import maxes
from mesocycle.diary.now import Now
from mesocycle.models.clock import MINUTES_PER_DAY
from mesocycle.models.happened import LiftDone, LiftMoved
from mesocycle.models.living import LiftNow
from mesocycle.models.plan import Plan, PlannedSession, PlannedWeek, session_id
from mesocycle.solver.lived import Lived
from mesocycle.solver.prescription.exercises import exercises_of
from mesocycle.solver.prescription.program import sessions_of
from mesocycle.solver.rules.check import understand


def lived(now: Now, since: date | None = None) -> Lived:
    """What is settled: what is past, what the runner put somewhere, and all before the day `since`."""
    moment = now.moment
    if since is not None:
        moment = max(moment, datetime.combine(since, datetime.min.time()) - timedelta(minutes=1))
    program = _Program(now)
    kept: list[PlannedSession] = []
    gone: list[str] = []
    older: list[str] = []
    for lift in now.lifts:
        if lift.id is None or lift.card is None or not program.has(lift.id):
            continue
        if lift.status == "skipped":
            gone.append(lift.id)
        elif lift.status != "planned" or _is_settled(now, lift, moment):
            done = program.as_done(lift)
            if done is None:
                gone.append(lift.id)
            else:
                kept.append(done)
                older += [lift.id] * program.is_strange(lift)
    gone += program.never_planned({*gone, *(one.id for one in kept)})
    plan = now.plan.model_copy(update={"sessions": tuple(kept)})
    return Lived(moment, plan, tuple(gone), maxes(now), frozenset(older))


class _Program:
    """The sessions of a block whose scenario may have changed, as those that hold now have them.

    A lift of an older program counts as the session of its name; what the program has no more counts no
    more, and what it did not have yet when a week began is not owed.
    """

    def __init__(self, now: Now) -> None:
        self.now = now
        self.current = sessions_of(now.wanted)
        self.cards = {one.id: one for one in now.plan.sessions}
        self.changed = len(now.eras) > 1
        self.due = self._due() if self.changed else {}

    def _due(self) -> dict[str, int]:
        """Sessions that the program has now, each with its week."""
        due = understand(scenario_now(self.now), begun=True).due
        return {session_id(week, one.name): week for week, owed in enumerate(due, 1) for one in owed}

    def has(self, name: str) -> bool:
        """Whether it has a session."""
        return not self.changed or name in self.due

    def as_done(self, lift: LiftNow) -> PlannedSession | None:
        """A lift as it was done, in the exercises that hold now."""
        if lift.id is None or not self._is_older(lift):
            return _if_any(lift, self.now.state.done.get(lift.id or ""))
        card = lift.card if self.is_strange(lift) else self.cards[lift.id]
        return as_done(lift.model_copy(update={"card": card}), None)

    def is_strange(self, lift: LiftNow) -> bool:
        """Whether no plan has a lift in the exercises that hold now."""
        planned = sessions_of(self.now.scenario) == self.current and lift.id in self.cards
        return self._is_older(lift) and not planned

    def _is_older(self, lift: LiftNow) -> bool:
        """Whether a lift was planned by another program."""
        scenario = self.now.planned_for.get(lift.id or "", self.now.scenario)
        return self.changed and sessions_of(scenario) != self.current

    def never_planned(self, settled: set[str]) -> list[str]:
        """Sessions of weeks that have begun which no plan of that time had.

        In the week that runs as many are owed as were still to come and are no more in the program.
        """
        week = (self.now.today - self.now.first_monday).days // 7 + 1
        planned = {lift.id: lift for lift in self.now.lifts if lift.id is not None}
        extra = [name for name, own in self.due.items() if own <= week and name not in planned]
        ahead = [lift for lift in planned.values() if not self.now.is_past(lift.date, lift.start)]
        gone = sum(lift.week == week and lift.id not in self.due for lift in ahead)
        running = [name for name in extra if self.due[name] == week]
        return [name for name in extra if name not in running[:gone] and name not in settled]


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
    """The plan as it stands: each lift where and as it was done, or will be; without what is left out.

    Where a plan of the program that holds now has it, a lift of an older program is told as that has it; a
    past one of a session that the program has no more is left out.
    """
    program = _Program(now)
    sessions = [
        session
        for lift in now.lifts
        if lift.id is not None and lift.card is not None and lift.status != "skipped"
        if program.has(lift.id) or not now.is_past(lift.date, lift.start)
        if (session := program.as_done(lift)) is not None
    ]
    ordered = tuple(sorted(sessions, key=lambda one: (one.date, one.start, one.id)))
    weeks = tuple(as_filled(now, week, ordered) for week in now.plan.weeks)
    return now.plan.model_copy(update={"sessions": ordered, "weeks": weeks})


def strangers(now: Now, plan: Plan) -> frozenset[str]:
    """Sessions of a plan that the program has no more."""
    program = _Program(now)
    return frozenset(one.id for one in plan.sessions if not program.has(one.id))


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
