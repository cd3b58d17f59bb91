"""A living block as events of a calendar: each lift once where it stands now, and what is gone cancelled.

The identity of an event follows from the random id of the block and the id of the session or the planned
run: it stays when a lift moves, when the block is planned again, and when it is called otherwise.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator

from mesocycle.diary.now import Now, as_run
from mesocycle.diary.sentences import WHY
from mesocycle.models.calendar_events import CalendarEvent
from mesocycle.models.clock import MINUTES_PER_DAY, format_day, format_time
from mesocycle.models.happened import LiftDone, RunChanged, RunDone
from mesocycle.models.living import LiftNow, RunNow
from mesocycle.models.plan import CalendarRun, PlannedSession
from mesocycle.output.events import card_text, title
from mesocycle.output.run_words import run_text, run_title


def events_of(now: Now, block: str, older: Iterable[PlannedSession], runs: bool) -> tuple[CalendarEvent, ...]:
    """All events of a block.

    Parameters
    ----------
    now : Now
        The block as it stands.
    block : str
        Its random id.
    older : iterable of PlannedSession
        Sessions of all its revisions, the newest last: those that are gone are cancelled.
    runs : bool
        Also the runs.
    """
    found = [_lift(now, block, lift) for lift in now.lifts]
    known = {lift.id for lift in now.lifts}
    gone = {one.id: one for one in older if one.id not in known}
    found += [_gone(block, one) for one in gone.values()]
    found += [_run(now, block, run) for run in now.runs if runs]
    standing = {event.uid for event in found}
    # Of two words about one moment either may have been taken back: one event of each identity.
    beside = {event.uid: event for event in _taken_back(now, block, runs)}
    found += [event for uid, event in beside.items() if uid not in standing]
    return tuple(sorted(found, key=lambda event: (event.date, event.start, event.uid)))


def _uid(block: str, part: str) -> str:
    """A unique name such as "w03-a-0f3c...@mesocycle"."""
    digest = hashlib.sha256(json.dumps([block, part]).encode()).hexdigest()[:20]
    readable = re.sub(r"[^a-z0-9]+", "-", part.lower()).strip("-")[:40]
    return f"{readable}-{digest}@mesocycle"


def _lift(now: Now, block: str, lift: LiftNow) -> CalendarEvent:
    named = "Strength" if lift.card is None else title(lift.card)
    card = "" if lift.card is None else card_text(lift.card, now.result.exercise_names)
    return CalendarEvent(
        uid=_uid(block, lift.id or _beside("lift", lift)),
        date=lift.date,
        start=lift.start,
        minutes=max(1, lift.end - lift.start),
        title=f"{named} (done)" if lift.status == "done" else named,
        text="\n\n".join(filter(None, (*_told(lift), card))),
        cancelled=lift.status == "skipped",
    )


def _told(lift: LiftNow) -> Iterator[str]:
    """What is to be said beside the card: that it was done, skipped, or stands elsewhere."""
    effort = "" if lift.rpe is None else f", RPE {lift.rpe:g}"
    if lift.status == "done":
        yield f"Done: {lift.sets} sets{effort}."
    if lift.status == "skipped":
        yield "Skipped." if lift.why is None else f"Skipped: {WHY[lift.why]}."
    if lift.planned_date is not None and lift.planned_start is not None:
        yield f"Planned for {format_day(lift.planned_date)} {format_time(lift.planned_start)}."


def _gone(block: str, session: PlannedSession) -> CalendarEvent:
    return CalendarEvent(
        uid=_uid(block, session.id),
        date=session.date,
        start=session.start,
        minutes=max(1, session.end - session.start),
        title=title(session),
        text="No longer in the plan.",
        cancelled=True,
    )


def _taken_back(now: Now, block: str, runs: bool) -> Iterator[CalendarEvent]:
    """What was ever told of beside the plan, for a calendar that has it while it no longer holds."""
    for event in (entry.event for entry in now.state.entries):
        if isinstance(event, LiftDone) and event.session is None:
            yield CalendarEvent(
                uid=_uid(block, _beside("lift", event)),
                date=event.date,
                start=event.start,
                minutes=min(event.minutes, MINUTES_PER_DAY - event.start),
                title="Strength",
                text="Taken back.",
                cancelled=True,
            )
        elif runs and isinstance(event, (RunChanged, RunDone)) and event.run is None:
            gone = RunNow(id=None, run=as_run(event, None), status="dropped")
            yield _run(now, block, gone).model_copy(update={"text": "Taken back."})


def _beside(kind: str, one: LiftNow | LiftDone | CalendarRun) -> str:
    """What is beside the plan is known by its moment."""
    return f"{kind} {one.date} {one.start}"


def _run(now: Now, block: str, one: RunNow) -> CalendarEvent:
    run, units = one.run, now.result.units
    return CalendarEvent(
        uid=_uid(block, _beside("run", run) if one.id is None else f"run {one.id}"),
        date=run.date,
        start=run.start,
        minutes=run.minutes,
        title=run_title(run, units),
        text=run_text(run, units),
        category="CROSS" if run.type == "cross" else "RUN",
        cancelled=one.status == "dropped",
    )
