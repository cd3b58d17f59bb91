"""Events and what they are taken for -> the days of a block: runs, races, lifts, and what is not sure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import groupby
from typing import NamedTuple

from mesocycle.importing.feed import Feed, Kind, Reading
from mesocycle.importing.start_times import StartTimes
from mesocycle.importing.titles.long_runs import with_long_runs
from mesocycle.importing.titles.read import SURE, read_title
from mesocycle.models.clock import MINUTES_PER_DAY, format_day, format_time, monday_of
from mesocycle.models.invariants import MAX_WEEKS

# How long a run takes where nobody says; only to see that two runs of a day do not overlap.
SECONDS_PER_KM, UNKNOWN_MINUTES = 360, 60
# What is assumed of a run without a time, as when it is planned.
RUN_START, RACE_START, NOON = 7 * 60, 10 * 60, 12 * 60
HISTORY_WEEKS = 8
RUNS_A_DAY = 6


class Taken(NamedTuple):
    """A reading on its day, with its start as far as it is known."""

    day: date
    start: int | None
    reading: Reading
    place: str
    done: bool = False

    @property
    def kind(self) -> Kind:
        """What it is taken for."""
        return self.reading.kind

    @property
    def minutes(self) -> int:
        """How long it takes, as far as one can tell."""
        if self.reading.minutes is not None:
            return self.reading.minutes
        metres = self.reading.metres
        return UNKNOWN_MINUTES if metres is None else round(metres * SECONDS_PER_KM / 60_000)


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
    runs : mapping of date to tuple of Taken
        Runs by day, in order of time; a day that the plan keeps free for rest has an empty tuple.
    races : tuple of Taken
        Races, which may be of unknown length.
    lifts : tuple of Taken
        Strength sessions of the plan.
    unsure : tuple of Taken
        What the runner should look at.
    weekly_metres : tuple of int
        The weeks before the block, oldest first.
    last_lift : date or None
        The last lift before it.
    doubles : int
        Days with more than one run.
    notes : tuple of str
        What was left out or assumed.
    """

    name: str
    units: str
    start: date
    last: date
    runs: Mapping[date, tuple[Taken, ...]]
    races: tuple[Taken, ...] = ()
    lifts: tuple[Taken, ...] = ()
    unsure: tuple[Taken, ...] = ()
    weekly_metres: tuple[int, ...] = ()
    last_lift: date | None = None
    race_metres: int | None = None
    notes: tuple[str, ...] = field(default=())

    @property
    def weeks(self) -> int:
        """Calendar weeks, from the one that holds `start`."""
        return (self.last - monday_of(self.start)).days // 7 + 1

    @property
    def doubles(self) -> int:
        """Days with more than one run."""
        return sum(len(runs) > 1 for runs in self.runs.values())


class NothingToComeError(ValueError):
    """A plan that holds no run from a day on; says so in a sentence."""


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
        At most so many; 52 otherwise, or up to the last event.

    Raises
    ------
    NothingToComeError
        If there is no run from `today` on.
    """
    taken = _taken(feed)
    running = [one for one in taken if one.kind not in (Kind.OTHER, Kind.STRENGTH, Kind.FREE, Kind.REST)]
    coming = [one for one in running if one.day >= today]
    if not coming:
        raise NothingToComeError(_nothing(feed, running, today))
    # The plan's own first day may be one of rest: the block begins with the plan, not with its first run.
    start = min(one.day for one in taken if one.day >= today and one.kind is not Kind.OTHER)
    limit = monday_of(start) + timedelta(days=7 * (weeks or MAX_WEEKS) - 1)
    planned = [one for one in taken if start <= one.day <= limit]
    last = max(one.day for one in planned if one.kind is not Kind.OTHER)
    past = [one for one in taken if one.day < start]
    days, notes = _days(planned, times)
    # Among much else, as in a private calendar, words that nobody knows are no training.
    unknown = [one for one in planned if one.kind is Kind.OTHER and one.reading.confidence < SURE]
    unknown_told = len(unknown) <= len(coming)
    return Gathered(
        name=feed.name,
        units=feed.units or "km",
        start=start,
        last=monday_of(last) + timedelta(days=6),
        runs=days,
        races=tuple(one for runs in days.values() for one in runs if one.kind is Kind.RACE),
        lifts=tuple(_timed_lifts(planned, times)),
        unsure=tuple(one for one in planned if one.reading.confidence < SURE and _told(one, unknown_told)),
        weekly_metres=_before(past, monday_of(start)),
        last_lift=max((one.day for one in past if one.kind is Kind.STRENGTH), default=None),
        race_metres=feed.race_metres,
        notes=tuple(_notes(feed, past, taken, limit, unknown_told)) + tuple(notes),
    )


def lifts_of(feed: Feed, times: StartTimes) -> list[Taken]:
    """The strength sessions of a plan, each with its start."""
    return list(_timed_lifts(_taken(feed), times))


def _timed_lifts(taken: Iterable[Taken], times: StartTimes) -> Iterator[Taken]:
    for one in taken:
        if one.kind is Kind.STRENGTH:
            yield one._replace(start=times.lift if one.start is None else one.start)


def _taken(feed: Feed) -> list[Taken]:
    """What each event is taken for; the longest run of a week may be its long run without saying so."""
    events = [(event, reading) for event in feed.events for reading in read_title(event, feed.units)]
    readings = with_long_runs([(event.day, reading) for event, reading in events])
    return [
        Taken(event.day, event.start_minute, reading, event.place, event.done)
        for (event, _), reading in zip(events, readings, strict=True)
    ]


def _told(one: Taken, unknown_told: bool) -> bool:
    return one.kind is not Kind.OTHER or unknown_told


def _nothing(feed: Feed, running: list[Taken], today: date) -> str:
    if not running:
        held = entries(len(feed.events)) if feed.events else "no entry"
        return f"no run was found in it ({held})"
    days = sorted(one.day for one in running)
    return f"all its runs lie before {today} (the last on {days[-1]})"


def _days(planned: Iterable[Taken], times: StartTimes) -> tuple[dict[date, tuple[Taken, ...]], list[str]]:
    """The runs of each day in order of time; a day of rest alone is empty."""
    days: dict[date, tuple[Taken, ...]] = {}
    notes: list[str] = []
    ordered = sorted(planned, key=lambda one: one.day)
    for day, group in groupby(ordered, key=lambda one: one.day):
        mine = list(group)
        runs = [one for one in mine if one.kind not in (Kind.OTHER, Kind.STRENGTH, Kind.FREE, Kind.REST)]
        if runs:
            days[day], gone = _in_order(runs, times)
            notes += gone
        elif any(one.kind is Kind.REST for one in mine) and not any(
            one.kind in (Kind.STRENGTH, Kind.FREE) for one in mine
        ):
            days[day] = ()
    return days, notes


def _in_order(runs: list[Taken], times: StartTimes) -> tuple[tuple[Taken, ...], list[str]]:
    """Give each run of a day its start; what stands at the time of another is the same run told twice."""
    timed = [one for one in runs if one.start is not None]
    timeless = [one for one in runs if one.start is None]
    started = [one._replace(start=_start(one, at > 0, times)) for at, one in enumerate(timeless)]
    started += [one._replace(start=_start(one, False, times)) for one in timed]
    order: list[Taken] = []
    notes: list[str] = []
    for one in sorted(started, key=_usual_start):
        twin = next((other for other in order if _overlap(one, other)), None)
        if twin is not None or len(order) == RUNS_A_DAY:
            why = f"as {twin.reading.title} stands there" if twin else "as a day holds six runs at most"
            notes.append(f"{format_day(one.day)}: {one.reading.title} was left out, {why}.")
            continue
        order.append(one)
    return tuple(order), notes


def _start(one: Taken, later: bool, times: StartTimes) -> int | None:
    """When a run starts: as the plan says, else at the runner's usual time; a race has its own."""
    if one.reading.half == "pm" and (one.start is None or one.start < NOON):
        return times.second
    if one.start is not None or one.kind is Kind.RACE:
        return one.start
    return times.second if later and one.reading.half != "am" else times.of(one.day)


def _usual_start(one: Taken) -> int:
    """When a run starts, or what is assumed where nobody says."""
    if one.start is not None:
        return one.start
    return RACE_START if one.kind is Kind.RACE else RUN_START


def _overlap(one: Taken, other: Taken) -> bool:
    """Whether two runs of a day cannot both be run."""
    first, second = _usual_start(other), _usual_start(one)
    return first + other.minutes > second and second + one.minutes > first


def _before(past: Iterable[Taken], monday: date) -> tuple[int, ...]:
    """Kilometres of the weeks right before the block, as far back as every week has some."""
    found: list[int] = []
    runs = [one for one in past if one.kind not in (Kind.CROSS, Kind.OTHER) and one.reading.metres]
    # What was done counts, not what was planned for the same day.
    done = {one.day for one in runs if one.done}
    runs = [one for one in runs if one.done or one.day not in done]
    for back in range(1, HISTORY_WEEKS + 1):
        first = monday - timedelta(days=7 * back)
        week = [one.reading.metres or 0 for one in runs if monday_of(one.day) == first]
        if not week:
            break
        found.append(sum(week))
    return tuple(reversed(found))


def _notes(
    feed: Feed, past: list[Taken], taken: list[Taken], limit: date, unknown_told: bool
) -> Iterator[str]:
    yield from feed.notes
    gone = [one for one in past if one.kind is not Kind.OTHER]
    if gone:
        first, last = min(one.day for one in gone), max(one.day for one in gone)
        yield f"{entries(len(gone), 'past ')} left out ({first} to {last})."
    later = [one for one in taken if one.day > limit and one.kind is not Kind.OTHER]
    if later:
        yield f"{entries(len(later))} after {limit} left out: the block ends there."
    others = [
        one.reading.title
        for one in taken
        if one.kind is Kind.OTHER
        and one.day <= limit
        and not (unknown_told and one.reading.confidence < SURE)
    ]
    if others:
        names = ", ".join(dict.fromkeys(others[:3]))
        yield f"{entries(len(others))} left out as no training, such as {names}."


def entries(count: int, which: str = "") -> str:
    """How many entries of a plan: "1 past entry", "3 entries"."""
    return f"{count} {which}{'entry' if count == 1 else 'entries'}"


def at(one: Taken) -> str:
    """When something takes place: "Tue 15 Sep 06:30"."""
    start = "" if one.start is None else f" {format_time(one.start % MINUTES_PER_DAY)}"
    return f"{format_day(one.day)}{start}"
