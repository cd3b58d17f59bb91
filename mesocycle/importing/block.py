"""What entries are taken for -> the days of a block: runs, races, lifts, and what is not sure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby

from mesocycle.importing.day_runs import in_order
from mesocycle.importing.entries import Taken, implausible, taken_from
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
    runs : mapping of date to tuple of Taken
        Runs by day, in order of time; a day that the plan keeps free for rest has an empty tuple.
    lifts : tuple of Taken
        Strength sessions of the plan, each with its start.
    unsure : tuple of Taken
        What the runner should look at.
    weekly_metres : tuple of int
        The weeks before the block, oldest first.
    last_lift : date or None
        The last lift before it.
    zone : str
        Name of the time zone of a calendar's times, where one is known.
    notes : tuple of str
        What was left out or assumed.
    """

    name: str
    units: str
    start: date
    last: date
    runs: Mapping[date, tuple[Taken, ...]]
    lifts: tuple[Taken, ...] = ()
    unsure: tuple[Taken, ...] = ()
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
    def races(self) -> tuple[Taken, ...]:
        """Races by day, some perhaps of unknown length."""
        return tuple(one for runs in self.runs.values() for one in runs if one.kind is Kind.RACE)


class NothingToComeError(ValueError):
    """A plan that holds no run from a day on; says so in a sentence. `last` is its last run, if any."""

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
    taken = _in_their_time(_with_race_length(taken_from(feed), feed.race_metres))
    start = _start(feed, taken, today)
    limit = monday_of(start) + timedelta(days=7 * (weeks or MAX_WEEKS) - 1)
    # Lifts and meetings that recur for ever make no block of theirs.
    last = max(one.day for one in taken if start <= one.day <= limit and _of_the_plan(one))
    sunday = monday_of(last) + timedelta(days=6)
    planned = [one for one in taken if start <= one.day <= sunday]
    past = [one for one in taken if one.day < start]
    days, notes = _days(planned, times)
    # Among much else, as in a private calendar, words that nobody knows are no training.
    unknown = [one for one in planned if one.kind is Kind.OTHER and one.reading.confidence < SURE]
    known = len(unknown) <= sum(one.is_run for one in planned)
    block = Gathered(
        name=feed.name,
        units=feed.units or "km",
        start=start,
        last=sunday,
        runs=days,
        lifts=tuple(_timed_lifts(planned, times)),
        weekly_metres=_before(past, monday_of(start)),
        last_lift=max((one.day for one in past if one.kind is Kind.STRENGTH), default=None),
        zone=feed.zone,
    )
    listed = [one for one in planned if _doubt(one) and (known or one.kind is not Kind.OTHER)]
    left_out = [one for one in taken if today <= one.day <= sunday and one.kind is Kind.OTHER]
    left_out = [one for one in left_out if one not in listed]
    later = [one for one in taken if one.day > sunday and _of_the_plan(one)]
    told = [*feed.notes, *_notes(past, later, left_out, sunday), *notes]
    return replace(block, unsure=tuple(map(_doubted, listed)), notes=tuple(told))


def lifts_of(feed: Feed, times: StartTimes) -> list[Taken]:
    """The strength sessions of a plan, each with its start."""
    return list(_timed_lifts(taken_from(feed), times))


def _timed_lifts(taken: Iterable[Taken], times: StartTimes) -> Iterator[Taken]:
    for one in taken:
        if one.kind is Kind.STRENGTH:
            yield one._replace(start=times.lift if one.start is None else one.start)


def _of_the_plan(one: Taken) -> bool:
    """Whether it is a day of the running plan."""
    return one.is_run or one.kind in (Kind.REST, Kind.FREE)


def _start(feed: Feed, taken: list[Taken], today: date) -> date:
    """The first day of the plan in the week of its first run to come: it may be one of rest."""
    runs = sorted(one.day for one in taken if one.is_run)
    coming = [day for day in runs if day >= today]
    if not runs:
        held = entries(len(feed.events)) if feed.events else "no entry"
        raise NothingToComeError(f"no run was found in it ({held})")
    if not coming:
        raise NothingToComeError(f"all its runs lie before {today} (the last on {runs[-1]})", runs[-1])
    earliest = max(today, monday_of(coming[0]))
    begins = (one.day for one in taken if one.day >= earliest and one.kind is not Kind.OTHER)
    first = min(begins)
    # What is left of a week on its Saturday is none to plan; its runs still count as what was run before.
    monday = monday_of(first) + timedelta(days=7)
    is_stub = first.weekday() >= SATURDAY and coming[-1] >= monday
    return monday if is_stub else first


def _days(planned: Iterable[Taken], times: StartTimes) -> tuple[dict[date, tuple[Taken, ...]], list[str]]:
    """The runs of each day in order of time; a day of rest alone is empty."""
    days: dict[date, tuple[Taken, ...]] = {}
    notes: list[str] = []
    ordered = sorted(planned, key=lambda one: one.day)
    for day, group in groupby(ordered, key=lambda one: one.day):
        mine = list(group)
        runs = [one for one in mine if one.is_run]
        if runs:
            before = days.get(day - timedelta(days=1), ())
            days[day], gone = in_order(runs, times, before[-1] if before else None)
            notes += gone
            if not days[day]:
                del days[day]
        elif any(one.kind is Kind.REST for one in mine) and not any(
            one.kind in (Kind.STRENGTH, Kind.FREE) for one in mine
        ):
            days[day] = ()
    return days, notes


def _with_race_length(taken: list[Taken], metres: int | None) -> list[Taken]:
    """Give the last race the length that the plan prepares for, where it says none itself."""
    last = max((one.day for one in taken if one.kind is Kind.RACE), default=None)
    return [
        one._replace(reading=replace(one.reading, metres=metres))
        if one.kind is Kind.RACE and one.day == last and metres and not one.reading.metres
        else one
        for one in taken
    ]


def _in_their_time(taken: list[Taken]) -> list[Taken]:
    """Leave out what no calendar of a runner holds: an event of the year 9999 is a mark, not a run."""
    return [one for one in taken if FIRST_YEAR <= one.day.year <= LAST_YEAR]


def _doubt(one: Taken) -> str:
    """What is not sure of an entry; empty if all is."""
    if one.reading.confidence < SURE:
        return one.reading.doubt or f"taken as {one.kind}"
    if one.kind is Kind.RACE and not one.reading.metres:
        return NO_LENGTH
    return implausible(one)


def _doubted(one: Taken) -> Taken:
    return one._replace(reading=replace(one.reading, doubt=_doubt(one)))


def _before(past: Iterable[Taken], monday: date) -> tuple[int, ...]:
    """Metres of the weeks right before the block, as far back as every week has a run."""
    found: list[int] = []
    runs = [one for one in past if one.is_run and one.kind is not Kind.CROSS]
    # What was done counts, not what was planned for the same day.
    done = {one.day for one in runs if one.done}
    runs = [one for one in runs if one.done or one.day not in done]
    for back in range(1, HISTORY_WEEKS + 1):
        first = monday - timedelta(days=7 * back)
        week = [one.metres for one in runs if monday_of(one.day) == first]
        if not 0 < sum(week) <= MOST_A_WEEK:
            break
        found.append(sum(week))
    return tuple(reversed(found))


def _notes(past: list[Taken], later: list[Taken], others: list[Taken], sunday: date) -> Iterator[str]:
    gone = [one for one in past if one.kind is not Kind.OTHER]
    if gone:
        first, last = min(one.day for one in gone), max(one.day for one in gone)
        when = f"{first} to {last}" if first != last else f"{first}"
        yield f"{entries(len(gone))} before the block left out ({when})."
    if any(one.is_run and not one.reading.metres for one in gone):
        yield "Mileage before the block was estimated where past runs have no distance."
    if later:
        yield f"{entries(len(later))} after {sunday} left out: the block ends there."
    if others:
        names = ", ".join(dict.fromkeys(one.reading.title or "(no title)" for one in others[:3]))
        such = "" if len(others) <= 3 else "such as "
        yield f"{entries(len(others))} left out as no training: {such}{names}."


def entries(count: int) -> str:
    """How many entries of a plan: "1 entry", "3 entries"."""
    return f"{count} {'entry' if count == 1 else 'entries'}"


def at(one: Taken) -> str:
    """When something takes place: "Tue 15 Sep 06:30"."""
    start = "" if one.start is None else f" {format_time(one.start % MINUTES_PER_DAY)}"
    return f"{format_day(one.day)}{start}"
