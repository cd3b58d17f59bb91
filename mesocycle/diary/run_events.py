"""From what a runner says of a run to an event: what is left out stays as planned."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from mesocycle.diary.now import Now
from mesocycle.diary.settle import day_meant, made, run_meant, time_meant
from mesocycle.files.safe_text import shown
from mesocycle.models.clock import format_day, format_time
from mesocycle.models.errors import BlockError
from mesocycle.models.happened import RunChanged, RunDone, RunDropped
from mesocycle.models.training import RunType, parse_duration, parse_length


@dataclass(frozen=True)
class SaidOfRun:
    """What is said of a run; what is None stays as planned."""

    at: str | None = None
    minutes: str | None = None
    distance: str | None = None
    type: str | None = None
    to: str | None = None
    rpe: float | None = None


def run_done(now: Now, which: str, said: SaidOfRun) -> RunDone:
    """A run that was done; on a day without a planned one it is one beside the plan.

    Raises
    ------
    BlockError
        If it is not clear which, it is still to come, or there is another run at that time.
    """
    facts = _run(now, which, said, "past")
    if facts["date"] > now.today:
        raise BlockError(f"{format_day(facts['date'])} is still to come")
    _refuse_two_at_once(now, facts)
    before = now.state.runs_done.get(facts["run"])
    rpe = before.rpe if said.rpe is None and before is not None else said.rpe
    return made(RunDone, **facts, rpe=rpe)


def run_changed(now: Now, which: str, said: SaidOfRun) -> RunChanged:
    """A run that will be another; on a day without a planned one it is one more.

    Raises
    ------
    BlockError
        If it is not clear which, nothing is said, or there is another run at that time.
    """
    if said == SaidOfRun():
        raise BlockError("what is to change?", "name --at, --minutes, --distance, --type or --to")
    facts = _run(now, which, said, "future")
    _refuse_two_at_once(now, facts)
    event = made(RunChanged, **facts)
    before = now.state.under(event.key)
    # Told again, a run keeps the name that its plan's feed gave it.
    if isinstance(before, RunChanged) and before.type == event.type:
        return event.model_copy(update={"title": before.title})
    return event


def run_dropped(now: Now, which: str, why: str | None) -> RunDropped:
    """A planned run that is left out.

    Raises
    ------
    BlockError
        If it is not clear which.
    """
    return made(RunDropped, run=run_meant(which, now, "future").id, why=why)


def _run(now: Now, which: str, said: SaidOfRun, towards: Literal["past", "future"]) -> dict[str, Any]:
    day = day_meant(which.partition("#")[0], now, towards)
    planned = any(one.id is not None and day in (one.run.date, _day_of(one.id)) for one in now.runs)
    if not planned and "#" not in which:
        return _new_run(day, said)
    meant = run_meant(which, now, towards)
    run = meant.run
    metres = _length(said.distance)
    distance = run.distance_km if metres is None else metres / 1000
    minutes = _minutes(said.minutes)
    if minutes is None:
        # As fast as planned, where only the distance is told.
        share = 1.0 if metres is None or not run.distance_km else metres / (1000 * run.distance_km)
        minutes = round(run.minutes * share)
    return {
        "run": meant.id,
        "date": run.date if said.to is None else day_meant(said.to, now, towards),
        "start": time_meant(said.at) if said.at else run.start,
        "minutes": max(1, minutes),
        "distance_km": distance,
        "type": _type(said.type) or run.type,
    }


def _refuse_two_at_once(now: Now, facts: Mapping[str, Any]) -> None:
    """Refuse a run while another one goes on: with two at once nothing could be planned any more."""
    day, start, end = facts["date"], facts["start"], facts["start"] + facts["minutes"]
    for one in now.runs:
        run = one.run
        # A run beside the plan is the same one where it begins at the same minute.
        itself = one.id == facts["run"] and (one.id is not None or run.start == start)
        apart = run.date != day or run.start + run.minutes <= start or end <= run.start
        if itself or apart or one.status == "dropped":
            continue
        hours = f"{format_time(run.start)}-{format_time(run.start + run.minutes)}"
        drop = f"`mesocycle run drop {one.id}`" if one.id is not None else f"`mesocycle undo {one.event}`"
        raise BlockError(
            f"{format_day(day)} has another run at that time: {run.type}, {hours}",
            f"name another time with --at, or drop that one first: {drop}",
        )


def _day_of(run: str) -> date:
    return date.fromisoformat(run.partition("#")[0])


def _new_run(day: date, said: SaidOfRun) -> dict[str, Any]:
    metres, minutes = _length(said.distance), _minutes(said.minutes)
    if minutes is None or said.at is None:
        raise BlockError(f"there is no planned run on {format_day(day)}", "one more needs --at and --minutes")
    return {
        "run": None,
        "date": day,
        "start": time_meant(said.at),
        "minutes": minutes,
        "distance_km": None if metres is None else metres / 1000,
        "type": _type(said.type) or RunType.EASY,
    }


def _length(text: str | None) -> int | None:
    try:
        return None if text is None else parse_length(text)
    except ValueError as error:
        raise BlockError(f"{shown(text)}: {error}") from None


def _minutes(text: str | None) -> int | None:
    try:
        read = parse_duration(text)
    except ValueError as error:
        raise BlockError(f"{shown(text)}: {error}") from None
    return read if read is None else int(read)


def _type(text: str | None) -> RunType | None:
    if text is None:
        return None
    try:
        return RunType(text.strip().lower())
    except ValueError:
        known = ", ".join(kind for kind in RunType if kind != RunType.REST)
        raise BlockError(f"there is no type of run {shown(text)}", f"one of {known}") from None
