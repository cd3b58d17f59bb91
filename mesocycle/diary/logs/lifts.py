"""Logged workouts as lifts of a block: each the session that it fits best, or a lift beside the plan."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from mesocycle.diary.logs.matching import SessionToMatch, WorkoutToMatch, matched_workouts
from mesocycle.diary.now import Now
from mesocycle.importing.logs.log import LoggedWorkout, LogSet
from mesocycle.importing.logs.names import ExerciseNames, label
from mesocycle.models.happened import LiftDone, LoggedSet
from mesocycle.models.strength import Exercise

# How long a workout takes, and when it begins, where neither the log nor the plan says so.
USUAL_MINUTES, USUAL_START = 60, 12 * 60
MOST_SETS, MOST_NOTE = 200, 500
SECONDS, METRES = frozenset({"s", "s_each_side"}), frozenset({"m"})


@dataclass(frozen=True)
class Lifts:
    """What the workouts of a log come to.

    Attributes
    ----------
    events : tuple of LiftDone
        One for each, those that were read before included.
    unknown : mapping of str to int
        Names that no exercise is known for, with the sets that were left out for it.
    """

    events: tuple[LiftDone, ...]
    unknown: Mapping[str, int]


def lifts_of(
    now: Now,
    source: str,
    workouts: Iterable[LoggedWorkout],
    names: ExerciseNames,
) -> Lifts:
    """The workouts of an app as lifts: the new ones and those that it told before, all matched anew."""
    unknown: Counter[str] = Counter()
    known = {_identity(event): event for event in now.state.all_of(LiftDone) if event.source == source}
    for workout in workouts:
        event = _done(workout, source, names, unknown)
        known[_identity(event)] = event
    events = sorted(known.values(), key=lambda event: (event.date, event.start, event.ref))
    found = matched_workouts([_to_match(event) for event in events], list(_sessions(now)))
    settled = (event.model_copy(update={"session": name}) for event, name in zip(events, found, strict=True))
    return Lifts(tuple(settled), unknown)


def _identity(event: LiftDone) -> tuple[object, ...]:
    return (event.ref,) if event.ref else (event.date, event.start)


def _done(
    workout: LoggedWorkout,
    source: str,
    names: ExerciseNames,
    unknown: Counter[str],
) -> LiftDone:
    sets: list[LoggedSet] = []
    strange = 0
    for logged in workout.exercises:
        name = names.find(logged, source)
        if name is None:
            unknown[label(logged)] += len(logged.sets)
            strange += 1
        else:
            sets += _sets(logged.sets, names.exercises[name])
    return LiftDone(
        date=workout.date,
        start=USUAL_START if workout.start is None else workout.start,
        minutes=USUAL_MINUTES if workout.minutes is None else min(1440, max(1, workout.minutes)),
        sets=tuple(sets[:MOST_SETS]),
        # What an app has no name for may be what the plan has.
        only=bool(sets) and not strange,
        rpe=workout.rpe,
        note=workout.note[:MOST_NOTE],
        title=workout.title,
        source=source,
        ref=workout.id,
    )


def _sets(sets: Sequence[LogSet], exercise: Exercise) -> Iterator[LoggedSet]:
    for one in sets:
        count = one.reps
        if exercise.reps_unit in SECONDS:
            count = one.seconds if one.seconds is not None else one.reps
        elif exercise.reps_unit in METRES:
            count = one.metres if one.metres is not None else one.reps
        loaded = one.weight is not None and one.weight > 0 and one.unit is not None
        yield LoggedSet(
            exercise=exercise.id,
            weight=one.weight if loaded else None,
            unit=one.unit if loaded else None,
            reps=count,
            rir=one.rir,
            kind=one.kind,
        )


def _to_match(event: LiftDone) -> WorkoutToMatch:
    names = frozenset(one.exercise for one in event.sets)
    return WorkoutToMatch(event.date, event.start, event.title, names)


def _sessions(now: Now) -> Iterator[SessionToMatch]:
    """The sessions that may have been done by now: those of this week, and of the weeks before."""
    week = (now.today - now.first_monday).days // 7 + 1
    for card in now.planned.values():
        if card.week <= week:
            moment = now.state.foreseen(card)
            yield SessionToMatch(
                moment.date(),
                moment.hour * 60 + moment.minute,
                card.id,
                card.session,
                frozenset(one.exercise for one in card.exercises),
            )


def span_of(workouts: Iterable[LoggedWorkout]) -> tuple[date, date] | None:
    """The first and the last day with sets: between them nothing else was lifted."""
    days = [workout.date for workout in workouts if any(one.sets for one in workout.exercises)]
    return (min(days), max(days)) if days else None
