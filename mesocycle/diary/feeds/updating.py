"""The runs of a block from a changed feed: what the runner is shown before anything is recorded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from mesocycle.diary.feeds.changes import Change, Compared, compared, missed
from mesocycle.diary.feeds.events import with_starts
from mesocycle.diary.feeds.runs import metres_told
from mesocycle.diary.now import Now
from mesocycle.files.safe_text import visible
from mesocycle.importing.block import NothingToComeError
from mesocycle.importing.draft import lines
from mesocycle.importing.entries import PlanEntry
from mesocycle.importing.plan import ImportOptions, coming
from mesocycle.importing.to_come import ToCome, to_come
from mesocycle.models.clock import format_day
from mesocycle.models.errors import BlockError, ScenarioFileError
from mesocycle.models.happened import BY_HAND
from mesocycle.models.numbers import counted
from mesocycle.models.run_changes import RunDifference, RunsUpdate
from mesocycle.models.training import RunType
from mesocycle.output.run_changes import HEADS, change_line, run_line

Source = str | Path | Iterable[PlanEntry]
LONGEST_NAME = 80


@dataclass(frozen=True)
class Update:
    """What a feed has otherwise, to be shown, and to be recorded."""

    answer: RunsUpdate
    changes: tuple[Change, ...]


def first_day(now: Now) -> date:
    """The first day that a feed may change.

    Raises
    ------
    BlockError
        If the block is over.
    """
    if now.today > now.scenario.last_day:
        raise BlockError(
            f"the block ended on {format_day(now.scenario.last_day)}", "a feed changes what is still to come"
        )
    return max(now.today, now.scenario.start)


def read(source: Source, options: ImportOptions, last: date) -> ToCome:
    """What a feed, or what was read of one, has from `options.today` to the last day of the block.

    Raises
    ------
    ScenarioFileError
        If it cannot be read, or has no run to come.
    """
    if isinstance(source, (str, Path)):
        return coming(Path(source), options, last)
    entries = list(source)
    try:
        return to_come(entries, options.today, last, options.times, len(entries))
    except NothingToComeError as error:
        raise ScenarioFileError.of("the entries", str(error)) from None


def source_name(source: Source) -> str:
    """How a feed is called in the history: by the name of its file."""
    name = visible(Path(source).name)[:LONGEST_NAME].strip() if isinstance(source, (str, Path)) else ""
    return "the feed" if name in ("", "-", BY_HAND) else name


def update_of(now: Now, feed: ToCome, name: str, options: ImportOptions, keep_missing: bool) -> Update:
    """Compare a feed with the runs of a block.

    Parameters
    ----------
    now : Now
        The block as it stands.
    feed : ToCome
        From `read`.
    name : str
        How it is called.
    options : ImportOptions
        With the times at which the runner runs.
    keep_missing : bool
        Runs that the feed does not have stay.
    """
    found = compared(now, feed, keep_missing)
    changes, refused = with_starts(now, found.changes, options.times)
    kinds = list(HEADS)
    changes.sort(key=lambda one: (kinds.index(one.kind), _day(one)))
    units = now.result.units
    answer = RunsUpdate(
        name=now.result.name,
        source=name,
        since=options.today,
        differences=tuple(_difference(one, units) for one in changes),
        kept=tuple(run_line(run, units, why) for run, why in found.kept),
        unsure=tuple(lines(one for one in feed.unsure if (one.day, one.reading.title) not in found.settled)),
        notes=feed.notes,
        remarks=tuple(_remarks(now, feed, found, changes, refused)),
    )
    return Update(answer, tuple(changes))


def _day(change: Change) -> tuple[date, int]:
    run = change.before or change.after
    return (date.min, 0) if run is None else (run.date, run.start)


def _difference(change: Change, units: str) -> RunDifference:
    one = change.standing
    return RunDifference(
        kind=change.kind,
        run=None if one is None else one.now.id,
        before=change.before,
        after=change.after,
        text=_text(change, units),
    )


def _text(change: Change, units: str) -> str:
    """A change in a line; what the feed does not say is told as assumed, or not at all."""
    before, after, entry = change.before, change.after, change.entry
    if after is None or entry is None:
        return "" if before is None else run_line(before, units)
    assumed = []
    if entry.own_start is None and (before is None or before.start != after.start):
        assumed.append("time")
    if before is None and entry.reading.minutes is None and metres_told(entry) is None:
        assumed.append("length")
    text = (
        run_line(after, units)
        if before is None
        else change_line(before, after, units, entry.reading.minutes is not None)
    )
    return f"{text} ({' and '.join(assumed)} assumed)" if assumed else text


def _remarks(
    now: Now, feed: ToCome, found: Compared, changes: Sequence[Change], refused: Sequence[Change]
) -> Iterator[str]:
    units = now.result.units
    for change in refused:
        if change.after is not None:
            yield f"not taken, as no time is free for it: {_text(change, units)}"
    for before, after in found.races:
        told = (
            change_line(before, after, units) if after else run_line(before, units, "the feed has it no more")
        )
        yield f"races stand in the scenario, which `mesocycle scenario --edit` changes: {told}"
    if any(one.kind == "new" and one.after is not None and one.after.type == RunType.RACE for one in changes):
        yield "nothing tapers for a race that the scenario does not have: `mesocycle scenario --edit`"
    for run, past in missed(now, feed, changes):
        which = f"the run of {format_day(run.date)} ({run.type}) looks like that of {past}"
        yield f"{which}, which counts as run: `mesocycle run drop {past}` if it was not"
    if found.beyond:
        first, last = (format_day(day) for day in feed.covers)
        yield f"the feed tells of {first} to {last}: {counted(found.beyond, 'run')} on other days left alone"
    if found.missing:
        yield f"{counted(found.missing, 'run')} left alone that the feed does not have"
    if feed.lifts:
        ignored = counted(feed.lifts, "strength session")
        yield f"{ignored} of the feed left alone: Mesocycle places the lifts"
