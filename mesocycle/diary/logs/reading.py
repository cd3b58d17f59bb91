"""A log of another app as events: what is new in it, what fits otherwise by now, and what is unknown."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from mesocycle.diary.logs.lifts import lifts_of, span_of
from mesocycle.diary.logs.runs import runs_of
from mesocycle.diary.now import Now
from mesocycle.files.safe_text import shown
from mesocycle.importing.logs.log import Log, LoggedDay, LoggedRun, LoggedWorkout
from mesocycle.importing.logs.names import ExerciseNames
from mesocycle.models.errors import BlockError
from mesocycle.models.exercise_names import did_you_mean, find, names_of
from mesocycle.models.felt import Soreness, Wellness
from mesocycle.models.happened import Event, LiftDone, LogImported, RunDone, TakenBack
from mesocycle.models.living import LogRead
from mesocycle.solver.prescription.exercises import exercises_of
from mesocycle.solver.prescription.written import read_names

# Lifts of so many weeks before the block tell of maxes too.
WEEKS_BEFORE = 8
# Where an app asks how sore somebody is, it does not ask where.
EVERYWHERE = "whole body"


@dataclass(frozen=True)
class NewEvents:
    """What a log adds to a block.

    Attributes
    ----------
    events : tuple of Event
        To be written, together.
    summary : LogRead
        What it comes to.
    """

    events: tuple[Event, ...]
    summary: LogRead

    def together(self, first: int) -> Sequence[Event]:
        """The events as one batch, the first of which has this number."""
        return [event.model_copy(update={"batch": first}) for event in self.events]


def with_names(now: Now, app: str, told: Mapping[str, str]) -> dict[str, str]:
    """Ids of exercises by what an app calls them: what the runner said now, and what he said before.

    Raises
    ------
    BlockError
        If there is no such exercise.
    """
    exercises = exercises_of(read_names(now.wanted).scenario)
    names = names_of(exercises.values())
    before = now.state.under(f"log {app}")
    found = dict(before.names) if isinstance(before, LogImported) else {}
    for name, meant in told.items():
        known = meant if meant in exercises else find(meant, names)
        if known is None:
            raise BlockError(f"there is no exercise {shown(meant)}", did_you_mean(meant, exercises))
        found[name] = known
    return found


def new_events(now: Now, log: Log, names: Mapping[str, str]) -> NewEvents:
    """What a log tells that is not recorded yet.

    All that its app told is matched anew to what was planned, so that a log may be read twice, in parts or in
    another order.

    Parameters
    ----------
    now : Now
        The block.
    log : Log
        What was read.
    names : mapping of str to str
        From `with_names`.
    """
    exercises = exercises_of(read_names(now.wanted).scenario)
    known = ExerciseNames(exercises, {name: meant for name, meant in names.items() if meant in exercises})
    part = _of_now(now, log)
    lifts = lifts_of(now, log.app, part.workouts, known)
    runs = runs_of(now, log.app, part.runs)
    covering = list(_covering(now, part, names))
    told: list[Event] = [*lifts.events, *runs.events, *_felt(now, part), *covering]
    held = now.state.in_force
    new = [event for event in told if event.key not in held or not _same(held[event.key].event, event)]
    keys = {event.key for event in told}
    back = [
        TakenBack(event=entry.number)
        for key, entry in held.items()
        if isinstance(entry.event, (LiftDone, RunDone)) and entry.event.source == log.app and key not in keys
    ]
    done = {event.session for event in lifts.events} | now.state.done.keys()
    return NewEvents(
        (*back, *new),
        LogRead(
            name=now.result.name,
            app=log.app,
            first=None if part.span is None else part.span[0],
            last=None if part.span is None else part.span[1],
            workouts=len(part.workouts),
            sessions=tuple(event.session for event in lifts.events if event.session is not None),
            beside=sum(event.session is None for event in lifts.events),
            runs=len(part.runs),
            runs_planned=tuple(event.run for event in runs.events if event.run is not None),
            runs_beside=sum(event.run is None for event in runs.events),
            rides=runs.rides,
            at_once=len(runs.at_once),
            days=len(part.wellness),
            new=sum(not isinstance(event, LogImported) for event in new),
            changed=len(back),
            skipped=tuple(_skipped(now, covering, done)),
            missed=runs.missed,
            unknown=dict(sorted(lifts.unknown.items(), key=lambda pair: (-pair[1], pair[0]))),
            earlier=sum(
                len(every) - len(own)
                for every, own in (
                    (log.workouts, part.workouts),
                    (log.runs, part.runs),
                    (log.wellness, part.wellness),
                )
            ),
            notes=log.notes,
        ),
    )


def _of_now(now: Now, log: Log) -> Log:
    """The part of a log that a block takes: up to now, and lifts of some weeks before it."""
    first = now.scenario.start - timedelta(weeks=WEEKS_BEFORE)
    withheld = frozenset(_withheld(now, log.app))

    def past(one: LoggedWorkout | LoggedRun) -> bool:
        return one.id not in withheld and now.is_past(one.date, one.start or 0)

    return replace(
        log,
        workouts=tuple(one for one in log.workouts if first <= one.date and past(one)),
        runs=tuple(one for one in log.runs if now.scenario.start <= one.date and past(one)),
        wellness=tuple(one for one in log.wellness if now.scenario.start <= one.date <= now.today),
    )


def _withheld(now: Now, app: str) -> Iterator[str]:
    """What the runner took back by itself: it does not come again with the next export."""
    alone = {
        entry.event.event
        for entry in now.state.entries
        if isinstance(entry.event, TakenBack) and entry.event.batch is None
    }
    for entry in now.state.entries:
        event, held_back = entry.event, entry.number in now.state.taken_back & alone
        if held_back and isinstance(event, (LiftDone, RunDone)) and event.source == app:
            yield event.ref


def _same(held: Event, told: Event) -> bool:
    """Whether two events say the same, whenever they were recorded."""
    return held.model_copy(update={"batch": None}) == told if hasattr(held, "batch") else held == told


def _covering(now: Now, log: Log, names: Mapping[str, str]) -> Iterator[LogImported]:
    """Which days the app's log tells of, with what was read of it before, and what its names mean."""
    before = now.state.under(f"log {log.app}")
    assert before is None or isinstance(before, LogImported)
    days = span_of(log.workouts)
    spans = [days] if days is not None else []
    if before is not None and before.first is not None and before.last is not None:
        spans.append((before.first, before.last))
    if spans or names:
        yield LogImported(
            source=log.app,
            first=min((first for first, _ in spans), default=None),
            last=max((last for _, last in spans), default=None),
            names=dict(sorted(names.items())),
        )


def _felt(now: Now, log: Log) -> Iterator[Soreness | Wellness]:
    """How the days were felt; what was told of a day already stays."""
    sore = {event.date for event in now.state.soreness}
    well = {event.date for event in now.state.wellness}
    for day in log.wellness:
        if day.soreness is not None and day.date not in sore:
            yield Soreness(date=day.date, site=EVERYWHERE, level=day.soreness)
        if day.date not in well and (day.sleep_minutes, day.fatigue) != (None, None):
            yield Wellness(date=day.date, sleep_hours=_hours(day), fatigue=day.fatigue)


def _hours(day: LoggedDay) -> float | None:
    return None if day.sleep_minutes is None else round(day.sleep_minutes / 60, 2)


def _skipped(now: Now, covering: Sequence[LogImported], done: Collection[str | None]) -> Iterator[str]:
    """Sessions that count as skipped from now on, as the log tells those days and has none for them."""
    spans = [(event.first, event.last) for event in covering if event.first and event.last]
    for lift in now.lifts:
        untold = lift.status == "assumed" and lift.id not in done
        if lift.id is not None and untold and any(first <= lift.date <= last for first, last in spans):
            yield lift.id
