"""Changes of a feed -> events: each run at a time of its own, all of them recorded together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from mesocycle.diary.feeds.changes import Change
from mesocycle.diary.now import Now
from mesocycle.diary.settle import made
from mesocycle.importing.day_runs import LATEST, PAUSE
from mesocycle.importing.times import StartTimes
from mesocycle.models.clock import MINUTES_PER_DAY
from mesocycle.models.happened import RunChanged, RunDropped
from mesocycle.models.plan import CalendarRun
from mesocycle.models.training import RunType

GRID = 15
# From when to when a run goes on, in minutes of all days.
Span = tuple[int, int]


def with_starts(now: Now, changes: Sequence[Change], times: StartTimes) -> tuple[list[Change], list[Change]]:
    """Give each run a start at which no other one goes on.

    Parameters
    ----------
    now : Now
        The block.
    changes : sequence of Change
        What the feed has otherwise; a start that it gives holds.
    times : StartTimes
        When the runner says that he runs, for what has no time in the feed.

    Returns
    -------
    list of Change, list of Change
        With their starts; and those for which there is no room, whose runs stay as they are.
    """
    # What has a time of its own comes first; the rest finds room beside it.
    order = sorted(range(len(changes)), key=lambda at: _is_open(changes[at]))
    refused: set[int] = set()
    while True:
        taking = [at for at in order if at not in refused]
        busy = _busy(now, [changes[at] for at in taking])
        fitted: dict[int, Change] = {}
        for at in taking:
            change = _fitted(now, changes[at], times, busy)
            if change is None:
                refused.add(at)
                break  # what stays may be in the way of what was fitted: all anew
            fitted[at] = change
            busy += [] if change.after is None else [_span(change.after)]
        else:
            return [fitted[at] for at in sorted(fitted)], [changes[at] for at in sorted(refused)]


def _is_open(change: Change) -> bool:
    """Whether the feed leaves open when a run starts."""
    return change.entry is not None and change.entry.own_start is None


def _span(run: CalendarRun) -> Span:
    start = run.date.toordinal() * MINUTES_PER_DAY + run.start
    return start, start + run.minutes


def _busy(now: Now, changes: Sequence[Change]) -> list[Span]:
    """When runs go on that do not change."""
    changing = [change.standing.now for change in changes if change.standing is not None]
    return [
        _span(one.run)
        for one in now.runs
        if one.status != "dropped" and not any(one is other for other in changing)
    ]


def _fitted(now: Now, change: Change, times: StartTimes, busy: Sequence[Span]) -> Change | None:
    """A change with a start at which nothing else goes on; None if there is none."""
    after = change.after
    if after is None:
        return change
    starts = _starts(now, change, after, times, busy) if _is_open(change) else [after.start]
    for start in starts:
        run = after.model_copy(update={"start": start})
        first, last = _span(run)
        over = start + run.minutes > MINUTES_PER_DAY and _is_open(change)
        clash = any(first < end and begin < last for begin, end in busy)
        if not (over or clash or now.is_past(run.date, start)):
            return replace(change, after=run)
    return None


def _starts(
    now: Now, change: Change, after: CalendarRun, times: StartTimes, busy: Sequence[Span]
) -> Iterator[int]:
    """Yield the starts that a run may have whose feed gives none, best first."""
    entry, usual = change.entry, times.of(after.date)
    stays = change.standing is not None and (change.standing.run.date == after.date or usual is None)
    if stays:
        yield after.start
    if entry is not None and entry.start is not None:
        yield entry.start
    yield after.start if after.type == RunType.RACE else _habit(now, after)
    yield times.second
    midnight = after.date.toordinal() * MINUTES_PER_DAY
    for _, end in sorted(busy):
        over = -(-(end - midnight + PAUSE) // GRID) * GRID
        if over > 0 and over + after.minutes <= LATEST:
            yield over


def _habit(now: Now, after: CalendarRun) -> int:
    """When the block's runs of a weekday start, or its runs as a whole."""
    planned = [run for run in now.planned_runs.values() if run.type != RunType.RACE]
    same_day = [run.start for run in planned if run.date.weekday() == after.date.weekday()]
    starts = Counter(same_day or [run.start for run in planned])
    return min(starts, key=lambda start: (-starts[start], start), default=after.start)


def events_of(now: Now, changes: Sequence[Change], source: str, batch: int) -> list[RunChanged | RunDropped]:
    """Changes as events.

    Parameters
    ----------
    now : Now
        The block.
    changes : sequence of Change
        With their starts.
    source : str
        How the feed is called.
    batch : int
        The number of the first event.

    Raises
    ------
    BlockError
        If a run cannot be recorded.
    """
    told = {"source": source, "batch": batch}
    left = [change for change in changes if _leaves(change)]
    dropped = [made(RunDropped, **_which(change), **told) for change in left]
    changed = [
        made(RunChanged, **_facts(now, change, change.after), **told)
        for change in changes
        if change.after is not None
    ]
    # One run may take the moment that another one leaves.
    return [*dropped, *changed]


def _leaves(change: Change) -> bool:
    """Whether a run leaves its place: a planned one is known by its id wherever it stands."""
    if change.after is None:
        return True
    one = change.standing
    if one is None or one.now.id is not None:
        return False
    return (one.run.date, one.run.start) != (change.after.date, change.after.start)


def _which(change: Change) -> dict[str, object]:
    one = change.standing
    if one is None:
        raise ValueError("a run that was not there cannot leave")
    if one.now.id is not None:
        return {"run": one.now.id}
    return {"date": one.run.date, "start": one.run.start}


def _facts(now: Now, change: Change, after: CalendarRun) -> dict[str, object]:
    run = None if change.standing is None else change.standing.now.id
    planned = now.planned_runs.get(run or "")
    usual = planned.title if planned is not None and planned.type == after.type else ""
    return {
        "run": run,
        "date": after.date,
        "start": after.start,
        "minutes": after.minutes,
        "distance_km": after.distance_km,
        "type": RunType(after.type),
        "title": None if after.title == usual else after.title,
    }
