"""A living block as events of a calendar: each lift once where it stands now, and what is gone cancelled.

The identity of an event follows from the random id of the block and the id of the session or the planned
run: it stays when a lift moves, when the block is planned again, and when it is called otherwise.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator

from mesocycle.diary.now import Now
from mesocycle.diary.sentences import WHY
from mesocycle.models.calendar_events import CalendarEvent
from mesocycle.models.clock import format_day, format_time
from mesocycle.models.living import LiftNow, RunNow
from mesocycle.models.plan import PlannedSession
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
        uid=_uid(block, lift.id or f"lift {lift.date} {lift.start}"),
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


def _run(now: Now, block: str, one: RunNow) -> CalendarEvent:
    run, units = one.run, now.result.units
    return CalendarEvent(
        uid=_uid(block, f"run {one.id or f'{run.date} {run.start}'}"),
        date=run.date,
        start=run.start,
        minutes=run.minutes,
        title=run_title(run, units),
        text=run_text(run, units),
        category="CROSS" if run.type == "cross" else "RUN",
        cancelled=one.status == "dropped",
    )
