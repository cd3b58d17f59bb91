"""Events in sentences, for the history and for what was recorded."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import groupby

from mesocycle.models.clock import format_day, format_time
from mesocycle.models.felt import Soreness, Wellness
from mesocycle.models.happened import (
    BY_HAND,
    Available,
    Away,
    Event,
    LiftDone,
    LiftMoved,
    LiftSkipped,
    LoggedSet,
    LogImported,
    Pinned,
    Published,
    Recorded,
    RunChanged,
    RunDone,
    RunDropped,
    ScenarioChanged,
    Sick,
    TakenBack,
    Unpinned,
)
from mesocycle.models.strength import Record
from mesocycle.models.training import in_units

WHY = {"sick": "sick", "time": "no time", "travel": "travelling", "sore": "sore", "away": "away"}
AS_PLANNED = "as planned"


class Sentences:
    """Tells events.

    Parameters
    ----------
    units : "km" or "mi"
        How distances are told.
    names : mapping of str to str
        What exercises are called within a sentence, by id.
    """

    def __init__(self, units: str, names: Mapping[str, str]) -> None:
        self.units = units
        self.names = names

    def of(self, event: Event) -> str:  # noqa: C901  # one case a kind
        """An event in a sentence without its full stop."""
        match event:
            case Published():
                sure = "proven" if event.proven else "not proven"
                again = "" if event.restores is None else f", the plan of revision {event.restores} again"
                return f"revision {event.revision} published: {event.points} points, {sure}{again}"
            case ScenarioChanged():
                return "the block began" if event.version == 1 else f"version {event.version} of the scenario"
            case LiftDone():
                return self._done(event)
            case LiftSkipped():
                return f"{event.session} skipped{_because(event.why)}{_noted(event.note)}"
            case LiftMoved():
                place = f"{format_day(event.date)} {format_time(event.start)}"
                return f"{event.session} moved to {place}{_noted(event.note)}"
            case RunDone():
                which = "" if event.run is not None else " beside the plan"
                return f"run done{which}: {self._run(event)}{_effort(event.rpe)}{_from(event.source)}"
            case RunChanged():
                which = "one more run" if event.run is None else f"run of {_of_run(event.run)} changed"
                return f"{which}: {self._run(event)}{_from(event.source)}"
            case RunDropped():
                return f"run of {_dropped(event)} dropped{_because(event.why)}{_from(event.source)}"
            case Sick() | Away():
                return _absence(event)
            case Available():
                hours = ", ".join(map(str, event.windows)) or "no time for a lift"
                return f"{format_day(event.date)}: {hours}"
            case Pinned():
                when = "" if event.start is None else f" {format_time(event.start)}"
                return f"{event.session} stays on {format_day(event.date)}{when}"
            case Unpinned():
                return f"{event.session} may move again"
            case Recorded():
                record = _record(event.record)
                return f"record: {self._name(event.exercise)} {record} on {format_day(event.date)}"
            case Soreness():
                return f"{event.site} sore on {format_day(event.date)}: {event.level} of 10"
            case Wellness():
                return _wellness(event)
            case LogImported():
                days = "no lift" if event.first is None else f"lifts from {_span(event.first, event.last)}"
                return f"the log of {event.source} was read: {days}"
            case TakenBack():
                return f"event {event.event} {'taken back' if event.taken_back else 'holds again'}"

    def _done(self, event: LiftDone) -> str:
        what = event.session or "a lift beside the plan"
        when = f"{format_day(event.date)} {format_time(event.start)}, {event.minutes} min"
        content = self._content(event)
        mark = ", " if content == AS_PLANNED else ": " if content else ""
        return f"{what} done {when}{mark}{content}{_about(event)}"

    def lifted(self, event: LiftDone) -> str:
        """What was done in a lift: "back squat 3 x 5 at 80 kg; the rest as planned, RPE 7"."""
        return f"{self._content(event)}{_about(event)}".removeprefix(", ").lstrip()

    def _content(self, event: LiftDone) -> str:
        """Its sets, and what became of the rest of the session."""
        rest = "" if event.session is None else "nothing else" if event.only else "the rest as planned"
        if event.sets or not rest:
            return "; ".join(filter(None, (self.sets(event.sets), rest)))
        return "nothing of it" if event.only else AS_PLANNED

    def sets(self, sets: tuple[LoggedSet, ...]) -> str:
        """Sets, equal ones in a row together: "back squat 3 x 5 at 80 kg, 2 in reserve"."""
        return "; ".join(self._sets(one, len(list(same))) for one, same in groupby(sets))

    def _sets(self, one: LoggedSet, count: int) -> str:
        told = f"{self._name(one.exercise)} {count} x {'?' if one.reps is None else one.reps}"
        told += "" if one.weight is None else f" at {one.weight:g} {one.unit}"
        told += "" if one.rir is None else f", {one.rir} in reserve"
        return told + {"warm_up": " (warm-up)", "drop": " (drop set)", "test": " (test)"}.get(one.kind, "")

    def _name(self, exercise: str) -> str:
        return self.names.get(exercise, exercise)

    def _run(self, event: RunDone | RunChanged) -> str:
        title = event.title if isinstance(event, RunChanged) else None
        named = f"{title} ({event.type})" if title else str(event.type)
        parts = [f"{format_day(event.date)} {format_time(event.start)}", named]
        if event.distance_km is not None:
            parts.append(f"{in_units(1000 * event.distance_km, self.units):.4g} {self.units}")
        return ", ".join([*parts, f"{event.minutes} min"])


def _because(why: str | None) -> str:
    return "" if why is None else f", {WHY[why]}"


def _noted(note: str) -> str:
    return f' ("{note}")' if note else ""


def _about(event: LiftDone) -> str:
    """How hard a lift was, what was noted, and where that is from."""
    return f"{_effort(event.rpe)}{_noted(event.note)}{_from(event.source)}"


def _effort(rpe: float | None) -> str:
    return "" if rpe is None else f", RPE {rpe:g}"


def _from(source: str) -> str:
    return "" if source == BY_HAND else f", from {source}"


def _absence(event: Sick | Away) -> str:
    if event.last is None:
        when = f"from {format_day(event.first)} on"
    elif event.last == event.first:
        when = f"on {format_day(event.first)}"
    else:
        when = f"{format_day(event.first)} to {format_day(event.last)}"
    runs = ", runs are dropped" if event.runs == "drop" else ""
    return f"{event.kind} {when}{runs}{_noted(event.note)}"


def _wellness(event: Wellness) -> str:
    slept = "" if event.sleep_hours is None else f"slept {event.sleep_hours:g} h"
    tired = "" if event.fatigue is None else f"fatigue {event.fatigue} of 10"
    return f"{format_day(event.date)}: {', '.join(filter(None, (slept, tired)))}"


def _of_run(run: str) -> str:
    """A run by its day: "Tue 15 Sep", "Tue 15 Sep (2nd)"."""
    day, _, number = run.partition("#")
    which = "" if number == "1" else f" (number {number})"
    return f"{format_day(date.fromisoformat(day))}{which}"


def _span(first: date, last: date | None) -> str:
    end = first if last is None else last
    return f"{format_day(first)} {first.year} to {format_day(end)} {end.year}"


def _dropped(event: RunDropped) -> str:
    if event.run is not None:
        return _of_run(event.run)
    return "" if event.date is None else f"{format_day(event.date)} {format_time(event.start or 0)}"


def _record(record: Record) -> str:
    unit = f" {record.unit}" if record.unit else ""
    if record.one_rm is not None:
        return f"{record.one_rm:g}{unit} once"
    reserve = f", {record.rir} in reserve" if record.rir else ""
    return f"{record.weight:g}{unit} x {record.reps}{reserve}"
