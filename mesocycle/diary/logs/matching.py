"""Which planned session a logged workout was, and which planned run a logged run.

They are matched so that they fit best in all, by an exact search over the sets of planned ones that are
taken. So it does not matter in which order, or in how many parts, a log is read.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple, TypeVar

from mesocycle.models.clock import monday_of

# What fits perfectly, and what a day's and an hour's distance take off.
PERFECT, DAY_OFF, HOUR_OFF = 1000, 20, 1
# Of the shorter list of exercises at least one in so many is in both.
SHARED = 3
# A run that was another day's is as long as planned, give or take such a share.
LENGTH_SHARE = 0.2
# Nothing is matched that is further away than a week; and nobody does more in one.
FAR_DAYS, MOST_A_WEEK = 7, 28

Item = TypeVar("Item", bound="Dated")
Other = TypeVar("Other", bound="Dated")


@dataclass(frozen=True)
class Dated:
    """Something on a day; `start` is in minutes since midnight, None if not known."""

    date: date
    start: int | None


@dataclass(frozen=True)
class SessionToMatch(Dated):
    """A planned session."""

    id: str
    name: str
    exercises: frozenset[str]


@dataclass(frozen=True)
class WorkoutToMatch(Dated):
    """A logged workout, with those of its exercises that are known."""

    title: str
    exercises: frozenset[str]


@dataclass(frozen=True)
class RunToMatch(Dated):
    """A planned or a logged run; `cross` is a ride or a swim."""

    id: str
    minutes: int | None
    metres: int | None
    cross: bool = False


def matched_workouts(
    workouts: Sequence[WorkoutToMatch], sessions: Sequence[SessionToMatch]
) -> tuple[str | None, ...]:
    """The id of the session that each workout was; None of one beside the plan."""
    found = _matched(workouts, sessions, _workout_fit)
    return tuple(None if one is None else one.id for one in found)


def matched_runs(runs: Sequence[RunToMatch], planned: Sequence[RunToMatch]) -> tuple[str | None, ...]:
    """The id of the planned run that each run was; None of one beside the plan."""
    found = _matched(runs, planned, _run_fit)
    return tuple(None if one is None else one.id for one in found)


def _workout_fit(workout: WorkoutToMatch, session: SessionToMatch) -> int:
    """How well a workout fits a session; 0 if it does not, as one of another week."""
    if monday_of(workout.date) != monday_of(session.date):
        return 0
    same_day = workout.date == session.date
    named = workout.title.strip().lower() == session.name.lower()
    shared = len(workout.exercises & session.exercises)
    fewest = min(len(workout.exercises), len(session.exercises))
    if shared and SHARED * shared >= fewest:
        fit = PERFECT * 2 * shared // (len(workout.exercises) + len(session.exercises))
    elif same_day and not shared and (named or not workout.exercises):
        # A watch records no sets, and names that are not known may be anything.
        fit = PERFECT // 4
    else:
        return 0
    return max(1, fit + named * PERFECT // 4 - _apart(workout, session))


def _run_fit(run: RunToMatch, planned: RunToMatch) -> int:
    """How well a run fits a planned one; 0 if it does not."""
    if run.cross != planned.cross:
        return 0
    off = _length_off(run, planned)
    days = abs((run.date - planned.date).days)
    if days > 1 or (days and (off is None or off > LENGTH_SHARE)):
        return 0
    # What was run on the day itself counts before anything of another day.
    fit = PERFECT // 2 - min(PERFECT // 4, round(PERFECT * (off or 0) / 4))
    return max(1, fit + (0 if days else PERFECT) - _apart(run, planned))


def _length_off(run: RunToMatch, planned: RunToMatch) -> float | None:
    """By which share a run is longer or shorter than planned; None if that is not known."""
    for mine, theirs in ((run.metres, planned.metres), (run.minutes, planned.minutes)):
        if mine and theirs:
            return abs(mine - theirs) / theirs
    return None


def _apart(one: Dated, other: Dated) -> int:
    days = abs((one.date - other.date).days)
    hours = 0 if one.start is None or other.start is None else abs(one.start - other.start) // 60
    return DAY_OFF * days + HOUR_OFF * hours


def _matched(
    items: Sequence[Item], others: Sequence[Other], fit: Callable[[Item, Other], int]
) -> list[Other | None]:
    """The best match of items and others, each at most once; the earlier ones among equals."""
    there = sorted(others, key=_when)
    days = [other.date for other in there]
    weeks: Counter[date] = Counter()
    order, rows = [], []
    for at in sorted(range(len(items)), key=lambda at: _when(items[at])):
        item = items[at]
        weeks[monday_of(item.date)] += 1
        if weeks[monday_of(item.date)] > MOST_A_WEEK:
            continue
        near = range(
            bisect_left(days, item.date - timedelta(days=FAR_DAYS)),
            bisect_right(days, item.date + timedelta(days=FAR_DAYS)),
        )
        order.append(at)
        rows.append({column: worth for column in near if (worth := fit(item, there[column]))})
    found: list[Other | None] = [None] * len(items)
    for at, column in zip(order, best_choice(rows), strict=True):
        found[at] = None if column is None else there[column]
    return found


def _when(one: Dated) -> tuple[date, int]:
    return one.date, -1 if one.start is None else one.start


class _Way(NamedTuple):
    """A choice for the rows so far: what it is worth, and the last of it."""

    worth: int
    column: int | None = None
    before: _Way | None = None


def best_choice(rows: Sequence[Mapping[int, int]]) -> list[int | None]:
    """Of rows, each with what its columns are worth to it, the choice of columns that is worth most in all.

    Row by row over the sets of columns that are taken and that a later row could still take: exact, as each
    set keeps the best way to it.
    """
    last = {column: at for at, row in enumerate(rows) for column in row}
    ways: dict[int, _Way] = {0: _Way(0)}
    for at, row in enumerate(rows):
        done = sum(1 << column for column in row if last[column] == at)
        further: dict[int, _Way] = {}
        for taken, way in ways.items():
            free = {column: worth for column, worth in row.items() if not taken >> column & 1}
            for column, worth in (*free.items(), (None, 0)):
                after = (taken if column is None else taken | 1 << column) & ~done
                if after not in further or further[after].worth < way.worth + worth:
                    further[after] = _Way(way.worth + worth, column, way)
        ways = further
    step: _Way | None = max(ways.values(), key=lambda way: way.worth)
    choice: list[int | None] = []
    for _ in rows:
        assert step is not None
        choice.append(step.column)
        step = step.before
    return choice[::-1]
