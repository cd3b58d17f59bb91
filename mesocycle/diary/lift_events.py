"""From what a runner says of a lift to an event: what is left out is filled in, what cannot be is refused."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from mesocycle.diary.now import Now
from mesocycle.diary.sets import SetReader
from mesocycle.diary.settle import day_meant, day_of_week_meant, lift_meant, made, session_settled, time_meant
from mesocycle.files.safe_text import shown
from mesocycle.models.clock import format_day, format_time
from mesocycle.models.errors import BlockError
from mesocycle.models.happened import (
    BY_HAND,
    LiftDone,
    LiftMoved,
    LiftSkipped,
    LoggedSet,
    Pinned,
    Recorded,
    Unpinned,
)
from mesocycle.models.living import LiftNow
from mesocycle.models.strength import Record
from mesocycle.models.weights import read_record
from mesocycle.solver.prescription.exercises import exercises_of

# What a lift beside the plan takes, where nothing is said.
USUAL_MINUTES = 45
_RESERVE = re.compile(r"^(?P<set>.*?)\s+rir\s*(?P<rir>\d{1,2})$", re.IGNORECASE)


@dataclass(frozen=True)
class Said:
    """What is said of a lift that was done; what is None was left out."""

    which: str | None = None
    at: str | None = None
    sets: Sequence[str] = ()
    only: bool = False
    minutes: int | None = None
    rpe: float | None = None
    stands_for: str | None = None
    note: str = ""


def done(now: Now, said: Said) -> LiftDone:
    """A lift that was done.

    Raises
    ------
    BlockError
        If it is not clear which, or it is still to come.
    """
    lift, day = _which(now, said)
    if day > now.today:
        raise BlockError(
            f"{format_day(day)} is still to come",
            "a lift that was done early is recorded by its day: `mesocycle done DATE --as SESSION`",
        )
    if lift is not None and not now.scenario.start <= day <= now.scenario.last_day:
        first, last = format_day(now.scenario.start), format_day(now.scenario.last_day)
        raise BlockError(f"{format_day(day)} lies outside the block, which lasts from {first} to {last}")
    told = None if lift is None else now.state.under(f"done {lift.id} {BY_HAND}")
    before = told if isinstance(told, LiftDone) else None
    facts: dict[str, Any] = {"minutes": _length(lift)} if before is None else _kept(before, day)
    facts |= {"sets": _sets(now, said.sets), "only": said.only} if said.sets or said.only else {}
    news = {"minutes": said.minutes, "rpe": said.rpe, "note": said.note or None}
    facts |= {name: value for name, value in news.items() if value is not None}
    if said.at or "start" not in facts:
        facts["start"] = _start(now, said, lift, day)
    return made(LiftDone, session=None if lift is None else lift.id, date=day, **facts)


def _kept(before: LiftDone, day: date) -> dict[str, Any]:
    """What was told before, which stays where it is not told anew."""
    names = ("minutes", "sets", "only", "rpe", "note", *(["start"] if before.date == day else []))
    return {name: getattr(before, name) for name in names}


def _length(lift: LiftNow | None) -> int:
    return USUAL_MINUTES if lift is None or lift.card is None else lift.card.end - lift.card.start


def _start(now: Now, said: Said, lift: LiftNow | None, day: date) -> int:
    """When a lift began: as told, else as planned, or just now where that is still to come."""
    if said.at:
        start = time_meant(said.at)
        if not now.is_past(day, start):
            raise BlockError(f"{format_day(day)} {format_time(start)} is still to come")
        return start
    if lift is not None and now.is_past(day, lift.start):
        return lift.start
    return max(0, now.minute - USUAL_MINUTES)


def _which(now: Now, said: Said) -> tuple[LiftNow | None, date]:
    """The session that was done, None for one beside the plan; and its day."""
    if said.stands_for is None:
        lift = lift_meant(said.which, now, "past")
        return lift, lift.date
    day = now.today if said.which is None else day_meant(said.which, now, "past")
    name = session_settled(said.stands_for, day, now)
    if name is None:
        return None, day
    known = now.lift(name)
    if known is None:
        start = max(0, now.minute - USUAL_MINUTES)
        blank = LiftNow(
            id=name, session="", week=0, date=day, start=start, end=start, status="planned", sets=0
        )
        return blank, day
    return known, day


def _sets(now: Now, texts: Iterable[str]) -> tuple[LoggedSet, ...]:
    reader = _reader(now)
    try:
        return tuple(one for text in texts for one in reader.sets(text))
    except ValueError as error:
        raise BlockError(str(error)) from None


def _reader(now: Now) -> SetReader:
    return SetReader(exercises_of(now.scenario), now.scenario.strength.weights.unit)


def skipped(now: Now, which: str | None, why: str | None, note: str = "") -> LiftSkipped:
    """A lift that is not done.

    Raises
    ------
    BlockError
        If it is not clear which, or it was done.
    """
    lift = lift_meant(which, now, "past" if which is None else "future")
    _refuse_done(lift)
    return made(LiftSkipped, session=lift.id, why=why, note=note)


def moved(now: Now, which: str, to: str, at: str | None, note: str = "") -> LiftMoved:
    """A lift that the runner puts elsewhere.

    Raises
    ------
    BlockError
        If it is not clear which or where, it was done, or the place lies behind.
    """
    lift = lift_meant(which, now, "future")
    _refuse_done(lift)
    day = day_of_week_meant(to, lift, now)
    start = time_meant(at) if at else lift.start
    if now.is_past(day, start):
        raise BlockError(
            f"{format_day(day)} {format_time(start)} has passed",
            f"a lift that was done is recorded: `mesocycle done {day} --as {lift.id}`",
        )
    _refuse_after(now, day)
    return made(LiftMoved, session=lift.id, date=day, start=start, note=note)


def _refuse_after(now: Now, day: date) -> None:
    last = now.scenario.last_day
    if day > last:
        raise BlockError(f"{format_day(day)} is after the block, which ends on {format_day(last)}")


def _refuse_done(lift: LiftNow) -> None:
    if lift.status == "done":
        raise BlockError(
            f"{lift.id} was done on {format_day(lift.date)}",
            f"`mesocycle undo {lift.event}` takes that back",
        )


def pinned(now: Now, which: str, day: str, at: str | None) -> Pinned:
    """A session that has to stay.

    Raises
    ------
    BlockError
        If it is not clear which, it was done, or the day lies behind, in another week or after the block.
    """
    lift = lift_meant(which, now, "future")
    _refuse_done(lift)
    date_ = day_of_week_meant(day, lift, now)
    start = time_meant(at) if at else None
    if date_ < now.today or (start is not None and now.is_past(date_, start)):
        raise BlockError(f"{format_day(date_)}{'' if start is None else f' {format_time(start)}'} has passed")
    _refuse_after(now, date_)  # no plan could keep to it
    if now.week_of(date_) != lift.week:
        monday = now.first_monday + timedelta(weeks=lift.week - 1)
        raise BlockError(
            f"{lift.id} belongs to the week of {format_day(monday)}, {format_day(date_)} lies in another",
            f"`mesocycle move {lift.id} {date_} HH:MM` puts it there",
        )
    return made(Pinned, session=lift.id, date=date_, start=start)


def unpinned(now: Now, which: str) -> Unpinned:
    """A session that may move again.

    Raises
    ------
    BlockError
        If it is not clear which, or it has no pin.
    """
    lift = lift_meant(which, now, "future")
    if lift.id not in now.state.pins:
        pins = ", ".join(now.state.pins)
        raise BlockError(f"{lift.id} has no pin", f"pins: {pins}" if pins else "there are none")
    return made(Unpinned, session=lift.id)


def record(now: Now, exercise: str, text: str, on: str | None) -> Recorded:
    """What was lifted: "120" or "120 kg" once, "80 x 8", "85 kg x 5 rir 2".

    Raises
    ------
    BlockError
        If the exercise is unknown, the set cannot be read, or the day is still to come.
    """
    day = now.today if on is None else day_meant(on, now, "past")
    if day > now.today:
        raise BlockError(f"{format_day(day)} is still to come")
    reserve = _RESERVE.match(text.strip())
    try:
        name = _reader(now).exercise(exercise)
        read = read_record(reserve["set"] if reserve else text)
        facts: dict[str, Any] = {"unit": now.scenario.strength.weights.unit, **read}
    except ValueError as error:
        raise BlockError(f"{shown(text)}: {error}" if "expected" in str(error) else str(error)) from None
    if reserve:
        facts["rir"] = int(reserve["rir"])
    return made(Recorded, exercise=name, date=day, record=made(Record, **facts))
