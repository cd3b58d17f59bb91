"""Logged runs as runs of a block: each the planned one that it fits best, or one beside the plan."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from mesocycle.diary.logs.matching import RunToMatch, matched_runs
from mesocycle.diary.now import Now, as_run
from mesocycle.importing.entries import SECONDS_PER_KM
from mesocycle.importing.feed import Event as Entry
from mesocycle.importing.feed import Kind
from mesocycle.importing.logs.log import LoggedRun
from mesocycle.importing.titles.read import SURE, read_title
from mesocycle.models.happened import RunChanged, RunDone
from mesocycle.models.plan import CalendarRun
from mesocycle.models.training import RUN_START, RunType

# What is no training: a ride to work, a walk round the house.
SHORTEST_MINUTES = 5


@dataclass(frozen=True)
class Runs:
    """What the runs of a log come to.

    Attributes
    ----------
    events : tuple of RunDone
        One for each, those that were read before included.
    rides : int
        Rides, walks and the like that stand for nothing planned: they were left out.
    at_once : tuple of LoggedRun or RunDone
        Runs at the time of another one, as other apps have it: they were left out.
    missed : tuple of str
        Ids of planned runs in the days of the log that are not in it.
    """

    events: tuple[RunDone, ...]
    rides: int
    at_once: tuple[RunDone, ...]
    missed: tuple[str, ...]


def runs_of(now: Now, source: str, runs: Iterable[LoggedRun]) -> Runs:
    """The runs of an app as runs of the block: the new ones with those that it told before."""
    known = {_identity(event): event for event in now.state.all_of(RunDone) if event.source == source}
    ids = {_identity(event) for event in known.values()}
    for run in runs:
        event = _done(run, source)
        if event.minutes >= SHORTEST_MINUTES:
            known[_identity(event)] = event
    events = sorted(known.values(), key=lambda event: (event.date, event.start, event.ref))
    planned = _planned(now)
    found = matched_runs(
        [_to_match("", event, event.type == RunType.CROSS) for event in events],
        [_to_match(name, run, run.type == RunType.CROSS) for name, run in planned.items()],
    )
    kept: list[RunDone] = []
    at_once: list[RunDone] = []
    rides = 0
    settled = {name for name in found if name is not None}
    others = list(_others(now, source, settled))
    for event, name in zip(events, found, strict=True):
        if name is None and event.type == RunType.CROSS:
            rides += _identity(event) not in ids
        elif name is None and any(_overlap(event, other) for other in [*others, *map(_as_run, kept)]):
            at_once.append(event)
        else:
            kept.append(_settled(event, name, None if name is None else planned[name]))
    days = [event.date for event in kept]
    missed = tuple(_missed(now, planned, settled, days)) if days else ()
    return Runs(tuple(kept), rides, tuple(at_once), missed)


def _identity(event: RunDone) -> tuple[object, ...]:
    return (event.ref,) if event.ref else (event.date, event.start)


def _done(run: LoggedRun, source: str) -> RunDone:
    km = None if not run.metres else min(500.0, run.metres / 1000)
    minutes = run.minutes
    if minutes is None:
        minutes = 0 if km is None else round(km * SECONDS_PER_KM / 60)
    return RunDone(
        date=run.date,
        start=RUN_START if run.start is None else run.start,
        minutes=min(1440, max(1, minutes)),
        distance_km=km,
        type=_type_of(run),
        rpe=run.rpe,
        source=source,
        ref=run.id,
    )


def _type_of(run: LoggedRun) -> RunType:
    """What a run was by its title, where that leaves no doubt; else easy."""
    if not run.is_run:
        return RunType.CROSS
    first, *_ = read_title(Entry(day=run.date, title=run.title), "")
    told = first.kind.value if first.confidence >= SURE and first.kind is not Kind.REST else ""
    return RunType(told) if told in RUNS else RunType.EASY


RUNS = frozenset(kind.value for kind in RunType if kind not in (RunType.REST, RunType.CROSS))


def _planned(now: Now) -> Mapping[str, CalendarRun]:
    """Planned runs up to tomorrow as they were to be run: done ones as they were planned."""
    found: dict[str, CalendarRun] = {}
    for name, run in now.planned_runs.items():
        told = now.state.runs_planned.get(name)
        found[name] = as_run(told, run) if isinstance(told, RunChanged) else run
    return {name: run for name, run in found.items() if (run.date - now.today).days <= 1}


def _to_match(name: str, run: RunDone | CalendarRun, cross: bool) -> RunToMatch:
    metres = None if run.distance_km is None else round(1000 * run.distance_km)
    return RunToMatch(run.date, run.start, name, run.minutes, metres, cross)


def _others(now: Now, source: str, settled: set[str]) -> Iterator[CalendarRun]:
    """Runs that stand there whatever this log says of them."""
    own = {(event.date, event.start) for event in now.state.runs_beside if event.source == source}
    for one in now.runs:
        mine = one.id is None and (one.run.date, one.run.start) in own
        if one.status != "dropped" and one.id not in settled and not mine:
            yield one.run


def _as_run(event: RunDone) -> CalendarRun:
    return as_run(event, None)


def _overlap(one: RunDone, other: CalendarRun) -> bool:
    same_day = one.date == other.date
    return same_day and one.start < other.start + other.minutes and other.start < one.start + one.minutes


def _settled(event: RunDone, name: str | None, planned: CalendarRun | None) -> RunDone:
    facts: dict[str, Any] = {"run": name}
    if planned is not None:
        facts["type"] = RunType(planned.type)
    return event.model_copy(update=facts)


def _missed(
    now: Now, planned: Mapping[str, CalendarRun], settled: set[str], days: Sequence[date]
) -> Iterator[str]:
    """Planned runs between the first and the last day of the log that it does not have."""
    for one in now.runs:
        if one.id is None or one.id in settled or one.status != "assumed":
            continue
        if min(days) <= one.run.date <= max(days) and planned[one.id].type != RunType.CROSS:
            yield one.id
