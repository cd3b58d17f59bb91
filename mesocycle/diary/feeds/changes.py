"""A changed feed beside the runs of a block: what it has otherwise now, of what is still to come.

What the runner said himself stays, and so do the scenario's races; that is told. Nothing is written here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from mesocycle.diary.feeds.matching import matched
from mesocycle.diary.feeds.runs import Measures, as_new, as_told, same_name
from mesocycle.diary.feeds.standing import Standing, ahead, standing_runs
from mesocycle.diary.now import Now
from mesocycle.importing.entries import PlanEntry
from mesocycle.importing.feed import Kind
from mesocycle.importing.to_come import ToCome
from mesocycle.models.plan import CalendarRun
from mesocycle.models.run_changes import ChangeKind


@dataclass(frozen=True)
class Change:
    """A run that the feed has otherwise.

    Attributes
    ----------
    standing : Standing or None
        The run of the block; None of a new one.
    entry : PlanEntry or None
        Of the feed; None where it no longer has the run.
    after : CalendarRun or None
        The run as the feed has it.
    """

    standing: Standing | None
    entry: PlanEntry | None
    after: CalendarRun | None

    @property
    def before(self) -> CalendarRun | None:
        """The run as it stands; None where it is new, or left out so far."""
        return None if self.standing is None or self.standing.dropped else self.standing.run

    @property
    def kind(self) -> ChangeKind:
        """What becomes of the run."""
        if self.after is None:
            return "gone"
        if self.before is None:
            return "new"
        return "changed" if self.before.date == self.after.date else "moved"


@dataclass
class Compared:
    """What a feed has otherwise than a block.

    Attributes
    ----------
    changes : list of Change
        For the runner to confirm.
    kept : list of (CalendarRun, str)
        Runs as the feed has them, or as only the block has them, each with why the block's stay.
    races : list of (CalendarRun, CalendarRun or None)
        Races of the scenario as the feed has them, where that differs; None where it does not have one.
    missing : int
        Runs that the feed does not have, and that stay as that is wished.
    beyond : int
        Runs on days of which the feed says nothing.
    settled : set of (date, str)
        Day and title of entries that are as the block has them.
    """

    changes: list[Change] = field(default_factory=list)
    kept: list[tuple[CalendarRun, str]] = field(default_factory=list)
    races: list[tuple[CalendarRun, CalendarRun | None]] = field(default_factory=list)
    missing: int = 0
    beyond: int = 0
    settled: set[tuple[date, str]] = field(default_factory=set)


def compared(now: Now, feed: ToCome, keep_missing: bool = False) -> Compared:
    """Compare what a feed has to come with the runs of a block.

    Parameters
    ----------
    now : Now
        The block as it stands; what lies behind its moment is not looked at.
    feed : ToCome
        From today to the last day of the block.
    keep_missing : bool
        Runs that the feed does not have stay.
    """
    found = Compared()
    standing = standing_runs(now)
    entries = _open_entries(now, feed.runs)
    pairs = matched([ahead(now, one) for one in standing], entries, measures_of(now))
    taken = set(pairs.values())
    new = [entry for at, entry in enumerate(entries) if at not in taken and not entry.done]
    lost: list[Standing] = []
    for at, one in enumerate(standing):
        if at not in pairs:
            lost.append(one)
        elif not entries[pairs[at]].done:
            _sort_pair(now, one, entries[pairs[at]], found)
    new = _without_races(now, lost, new, found)
    for one in lost:
        _sort_lost(now, one, feed, keep_missing, found)
    for entry in new:
        run = as_new(entry, now.wanted.athlete.easy_pace)
        absent = _without_runs(now, run.date)
        if absent:
            found.kept.append((run, absent))
        else:
            found.changes.append(Change(None, entry, run))
    return found


def measures_of(now: Now) -> Measures:
    """How a block tells and reckons lengths."""
    return Measures(now.result.units, now.wanted.athlete.easy_pace)


def _open_entries(now: Now, runs: Iterable[PlanEntry]) -> list[PlanEntry]:
    """What is still to come. Of today's entries that were done, or have no time, those that are left.

    Each stands for a run of today that is behind by now, where it is like one.
    """
    coming: list[PlanEntry] = []
    today: list[PlanEntry] = []
    for entry in runs:
        if entry.day == now.today and (entry.done or entry.own_start is None):
            today.append(entry)
        elif not entry.done and not now.is_past(entry.day, entry.own_start or 0):
            coming.append(entry)
    planned = [one.run for one in now.runs if one.run.date == now.today and one.status != "dropped"]
    pairs = matched([(run,) for run in planned], today, measures_of(now))
    mates = {at: planned[run] for run, at in pairs.items()}
    left = [entry for at, entry in enumerate(today) if _is_left(now, mates.get(at), entry)]
    return [*left, *coming]


def _is_left(now: Now, mate: CalendarRun | None, entry: PlanEntry) -> bool:
    """Whether an entry of today may still be to come, beside the run of today that is most like it."""
    if mate is None:
        return not entry.done
    alike = entry.kind == mate.type or same_name(mate, entry, now.result.units)
    return not (alike and now.is_past(mate.date, mate.start))


def _sort_pair(now: Now, one: Standing, entry: PlanEntry, found: Compared) -> None:
    """Take in a run that the feed has too."""
    after = as_told(one.run, entry, measures_of(now))
    absent = _without_runs(now, entry.day)
    if after == one.run and not one.dropped:
        found.settled.add((entry.day, entry.reading.title))
    elif one.race:
        found.races.append((one.run, after))
    elif one.said or absent:
        found.kept.append((after, one.said or absent))
    else:
        found.changes.append(Change(one, entry, after))


def _without_runs(now: Now, day: date) -> str:
    """Why there are no runs on a day, where the runner said so."""
    absence = now.state.absence(day, now.today)
    if absence is None or absence.runs == "keep":
        return ""
    return f"you are {absence.kind} then, and its runs are left out"


def _without_races(now: Now, lost: list[Standing], new: list[PlanEntry], found: Compared) -> list[PlanEntry]:
    """Put races that the feed no longer has beside those that it has now; the other new entries are left."""
    races = [one for one in lost if one.race and _lies_ahead(now, one)]
    others = [entry for entry in new if entry.kind is Kind.RACE][: len(races)]
    for one, entry in zip(races, others, strict=False):
        found.races.append((one.run, as_told(one.run, entry, measures_of(now))))
        lost.remove(one)
    return [entry for entry in new if not any(entry is other for other in others)]


def _lies_ahead(now: Now, one: Standing) -> bool:
    return all(not now.is_past(form.date, form.start) for form in one.forms)


def _sort_lost(now: Now, one: Standing, feed: ToCome, keep_missing: bool, found: Compared) -> None:
    """Take in a run that the feed does not have."""
    run, (first, last) = one.run, feed.covers
    units = now.result.units
    # What the runner left out the feed need not have; where he put it what was past, it cannot.
    if one.dropped or not _lies_ahead(now, one):
        return
    if any(entry.day == run.date and same_name(run, entry, units) for entry in feed.others):
        return  # it has it, and its title is only read otherwise
    if not first <= run.date <= last:
        found.beyond += 1
    elif one.said:
        found.kept.append((run, "the feed does not have it"))
    elif one.race:
        found.races.append((run, None))
    elif keep_missing:
        found.missing += 1
    else:
        found.changes.append(Change(one, None, None))


def missed(now: Now, feed: ToCome, changes: Sequence[Change]) -> Iterator[tuple[CalendarRun, str]]:
    """New runs that look like one of this week that counts as run, each with the id of that one.

    The feed no longer has it on its day, and nobody said that it was run: it may have been moved.
    """
    units = now.result.units
    past = [
        one
        for one in now.runs
        if one.status == "assumed" and one.id is not None and one.event is None and one.run.date < now.today
    ]
    week = now.week_of(now.today)
    for one in past:
        there = any(
            entry.day == one.run.date and (entry.kind == one.run.type or same_name(one.run, entry, units))
            for entry in feed.earlier
        )
        if there or now.week_of(one.run.date) != week or not feed.covers[0] <= one.run.date:
            continue
        alike = (
            change.after
            for change in changes
            if change.kind == "new"
            and change.after is not None
            and change.after.type == one.run.type
            and now.week_of(change.after.date) == week
        )
        run = next(alike, None)
        if run is not None:
            yield run, one.id or ""
