"""Entries of a plan -> the days of a block: runs, races, lifts, and what is not sure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby

from mesocycle.importing.day_runs import in_order
from mesocycle.importing.entries import PlanEntry, entries_from, implausible
from mesocycle.importing.feed import Feed, Kind
from mesocycle.importing.times import StartTimes
from mesocycle.importing.titles.read import SURE
from mesocycle.models.clock import MINUTES_PER_DAY, format_day, format_time, monday_of
from mesocycle.models.invariants import FIRST_YEAR, LAST_YEAR, MAX_WEEKS

HISTORY_WEEKS = 8
# Nobody runs more metres in a week; a scenario refuses more than 500 km.
MOST_A_WEEK = 400_000
SATURDAY = 5
NO_LENGTH = "its length is not known, so nothing tapers for it: --race-distance, or `races` of the scenario"


@dataclass(frozen=True)
class Gathered:
    """A plan as a block.

    Attributes
    ----------
    name : str
        What the plan is called; may be empty.
    units : str
        "km" or "mi".
    start, last : date
        First and last day of the block.
    runs : mapping of date to tuple of PlanEntry
        Runs by day, in order of time; a day that the plan keeps free for rest has an empty tuple.
    lifts : tuple of PlanEntry
        Strength sessions of the plan, each with its start.
    unsure : tuple of PlanEntry
        What the runner should look at.
    weekly_metres : tuple of int
        The weeks before the block, oldest first.
    last_lift : date or None
        The last lift before it.
    zone : str
        Name of the time zone of a calendar's times, if known.
    notes : tuple of str
        What was left out or assumed.
    """

    name: str
    units: str
    start: date
    last: date
    runs: Mapping[date, tuple[PlanEntry, ...]]
    lifts: tuple[PlanEntry, ...] = ()
    unsure: tuple[PlanEntry, ...] = ()
    weekly_metres: tuple[int, ...] = ()
    last_lift: date | None = None
    zone: str = ""
    notes: tuple[str, ...] = ()

    @property
    def weeks(self) -> int:
        """Calendar weeks, from the one that holds `start`."""
        return (self.last - monday_of(self.start)).days // 7 + 1

    @property
    def doubles(self) -> int:
        """Days with more than one run."""
        return sum(len(runs) > 1 for runs in self.runs.values())

    @property
    def races(self) -> tuple[PlanEntry, ...]:
        """Races by day, some perhaps of unknown length."""
        return tuple(run for runs in self.runs.values() for run in runs if run.kind is Kind.RACE)


class NothingToComeError(ValueError):
    """A plan that holds no run from a day on; `last` is its last run, if any."""

    def __init__(self, text: str, last: date | None = None) -> None:
        super().__init__(text)
        self.last = last


def gather(feed: Feed, today: date, times: StartTimes, weeks: int | None = None) -> Gathered:
    """Make a block of a plan with dates.

    Parameters
    ----------
    feed : Feed
        With dates.
    today : date
        What lies before it is left out.
    times : StartTimes
        For runs without a time.
    weeks : int, optional
        At most so many; 52 otherwise, or up to the last run or day of rest.

    Raises
    ------
    NothingToComeError
        If there is no run from `today` on.
    """
    plan = plan_of(feed)
    start = _start(feed, plan, today)
    sunday = _last_day(plan, start, weeks or MAX_WEEKS)
    planned = [entry for entry in plan if start <= entry.day <= sunday]
    past = [entry for entry in plan if entry.day < start]
    later = [entry for entry in plan if entry.day > sunday and of_the_plan(entry)]
    unsure = unsure_of(planned)
    no_training = [entry for entry in plan if today <= entry.day <= sunday and entry.kind is Kind.OTHER]
    untold = [entry for entry in no_training if entry not in unsure]
    days, day_notes = days_of(planned, times)
    return Gathered(
        name=feed.name,
        units=feed.units or "km",
        start=start,
        last=sunday,
        runs=days,
        lifts=tuple(_timed_lifts(planned, times)),
        unsure=tuple(map(doubted, unsure)),
        weekly_metres=_before(past, monday_of(start)),
        last_lift=max((entry.day for entry in past if entry.kind is Kind.STRENGTH), default=None),
        zone=feed.zone,
        notes=(*feed.notes, *_notes(past, later, untold, sunday), *day_notes),
    )


def plan_of(feed: Feed) -> list[PlanEntry]:
    """The entries of a plan with dates, but for what no runner's calendar holds."""
    return _plausible_years(_with_race_length(entries_from(feed), feed.race_metres))


def _last_day(plan: list[PlanEntry], start: date, weeks: int) -> date:
    """The Sunday of the plan's last week: lifts and meetings that recur for ever do not count."""
    limit = monday_of(start) + timedelta(days=7 * weeks - 1)
    last = max(entry.day for entry in plan if start <= entry.day <= limit and of_the_plan(entry))
    return monday_of(last) + timedelta(days=6)


def unsure_of(planned: list[PlanEntry]) -> list[PlanEntry]:
    """What the runner should look at.

    In a private calendar, with more unknown titles than runs, unknown titles are no training.
    """
    unknown = [entry for entry in planned if entry.kind is Kind.OTHER and entry.reading.confidence < SURE]
    list_unknown = len(unknown) <= sum(entry.is_run for entry in planned)
    return [entry for entry in planned if _doubt(entry) and (list_unknown or entry.kind is not Kind.OTHER)]


def lifts_of(feed: Feed, times: StartTimes) -> list[PlanEntry]:
    """The strength sessions of a plan, each with its start."""
    return list(_timed_lifts(entries_from(feed), times))


def _timed_lifts(plan: Iterable[PlanEntry], times: StartTimes) -> Iterator[PlanEntry]:
    for entry in plan:
        if entry.kind is Kind.STRENGTH:
            yield entry._replace(start=times.lift if entry.start is None else entry.start)


def of_the_plan(entry: PlanEntry) -> bool:
    """Whether it is a day of the running plan."""
    return entry.is_run or entry.kind in (Kind.REST, Kind.FREE)


def run_days(plan: Iterable[PlanEntry], today: date, events: int) -> list[date]:
    """The days of its runs from a day on, in order; `events` is how many entries its file has.

    Raises
    ------
    NothingToComeError
        If there is none.
    """
    runs = sorted(entry.day for entry in plan if entry.is_run)
    coming = [day for day in runs if day >= today]
    if not runs:
        count = count_entries(events) if events else "no entry"
        raise NothingToComeError(f"no run was found in it ({count})")
    if not coming:
        raise NothingToComeError(f"all its runs lie before {today} (the last on {runs[-1]})", runs[-1])
    return coming


def _start(feed: Feed, plan: list[PlanEntry], today: date) -> date:
    """The first day of the plan, perhaps of rest, in the week of its first run to come."""
    coming = run_days(plan, today, len(feed.events))
    earliest = max(today, monday_of(coming[0]))
    first = min(entry.day for entry in plan if entry.day >= earliest and entry.kind is not Kind.OTHER)
    # A weekend alone is no week to plan; its runs still count as mileage before the block.
    monday = monday_of(first) + timedelta(days=7)
    is_stub = first.weekday() >= SATURDAY and coming[-1] >= monday
    return monday if is_stub else first


def days_of(
    planned: Iterable[PlanEntry], times: StartTimes
) -> tuple[dict[date, tuple[PlanEntry, ...]], list[str]]:
    """The runs of each day in order of time; a day of rest alone is empty."""
    days: dict[date, tuple[PlanEntry, ...]] = {}
    notes: list[str] = []
    ordered = sorted(planned, key=lambda entry: entry.day)
    for day, group in groupby(ordered, key=lambda entry: entry.day):
        entries = list(group)
        kinds = {entry.kind for entry in entries}
        runs = [entry for entry in entries if entry.is_run]
        if runs:
            before = days.get(day - timedelta(days=1), ())
            placed, left_out = in_order(runs, times, before[-1] if before else None)
            notes += left_out
            if placed:
                days[day] = placed
        elif Kind.REST in kinds and not kinds & {Kind.STRENGTH, Kind.FREE}:
            days[day] = ()
    return days, notes


def _with_race_length(plan: list[PlanEntry], metres: int | None) -> list[PlanEntry]:
    """Give the last race the length that the plan prepares for, if its own entry has none."""
    last = max((entry.day for entry in plan if entry.kind is Kind.RACE), default=None)
    return [
        entry._replace(reading=replace(entry.reading, metres=metres))
        if entry.kind is Kind.RACE and entry.day == last and metres and not entry.reading.metres
        else entry
        for entry in plan
    ]


def _plausible_years(plan: list[PlanEntry]) -> list[PlanEntry]:
    """Leave out what no runner's calendar holds: an event of the year 9999 is a placeholder, not a run."""
    return [entry for entry in plan if FIRST_YEAR <= entry.day.year <= LAST_YEAR]


def _doubt(entry: PlanEntry) -> str:
    """Why an entry is not sure; empty if it is."""
    if entry.reading.confidence < SURE:
        return entry.reading.doubt or f"taken as {entry.kind}"
    if entry.kind is Kind.RACE and not entry.reading.metres:
        return NO_LENGTH
    return implausible(entry)


def doubted(entry: PlanEntry) -> PlanEntry:
    """An entry with the reason why it is not sure."""
    return entry._replace(reading=replace(entry.reading, doubt=_doubt(entry)))


def _before(past: Iterable[PlanEntry], monday: date) -> tuple[int, ...]:
    """Metres of the weeks right before the block, back to the first week without a run."""
    weeks: list[int] = []
    runs = [entry for entry in past if entry.is_run and entry.kind is not Kind.CROSS]
    # What was done counts, not what was planned for the same day.
    done = {run.day for run in runs if run.done}
    runs = [run for run in runs if run.done or run.day not in done]
    for back in range(1, HISTORY_WEEKS + 1):
        first = monday - timedelta(days=7 * back)
        metres = sum(run.metres for run in runs if monday_of(run.day) == first)
        if not 0 < metres <= MOST_A_WEEK:
            break
        weeks.append(metres)
    return tuple(reversed(weeks))


def _notes(
    past: list[PlanEntry], later: list[PlanEntry], no_training: list[PlanEntry], sunday: date
) -> Iterator[str]:
    before = [entry for entry in past if entry.kind is not Kind.OTHER]
    if before:
        first, last = min(entry.day for entry in before), max(entry.day for entry in before)
        when = f"{first} to {last}" if first != last else f"{first}"
        yield f"{count_entries(len(before))} before the block left out ({when})."
    if any(entry.is_run and not entry.reading.metres for entry in before):
        yield "Mileage before the block was estimated where past runs have no distance."
    yield from left_out(later, no_training, sunday)


def left_out(later: list[PlanEntry], no_training: list[PlanEntry], last: date) -> Iterator[str]:
    """Sentences about what lies after the last day, and about what is no training."""
    if later:
        yield f"{count_entries(len(later))} after {last} left out: the block ends there."
    if no_training:
        names = ", ".join(dict.fromkeys(entry.reading.title or "(no title)" for entry in no_training[:3]))
        such = "" if len(no_training) <= 3 else "such as "
        yield f"{count_entries(len(no_training))} left out as no training: {such}{names}."


def count_entries(count: int) -> str:
    """How many entries of a plan: "1 entry", "3 entries"."""
    return f"{count} {'entry' if count == 1 else 'entries'}"


def when_text(entry: PlanEntry) -> str:
    """When an entry takes place: "Tue 15 Sep 06:30"."""
    start = "" if entry.start is None else f" {format_time(entry.start % MINUTES_PER_DAY)}"
    return f"{format_day(entry.day)}{start}"
