"""Candidate slots with all their facts, as numpy columns.

An *option* is one lift at one start in one of its listed versions. Runs are data, so everything between
a run and a lift is a fact about one option, computed here for all options at once.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, fields
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from mesocycle.models.clock import MINUTES_PER_DAY
from mesocycle.models.sessions import Kind
from mesocycle.solver.instance.availability import WAKING
from mesocycle.solver.instance.calendar import Calendar
from mesocycle.solver.prescription.items import LOADED_DOSE, REFERENCE_DOSE
from mesocycle.solver.prescription.lifts import Lift
from mesocycle.solver.prescription.versions import Version

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Number = TypeVar("Number", np.int64, np.bool_)
# Further away than any block is long: "there is none".
NEVER = 10_000_000
# The kinds of sessions, by what options know of them.
SESSIONS = tuple(Kind)
LIFT = SESSIONS.index(Kind.LIFT)
# What options are counted as, day by day: loaded and heavy lifts count as lifts too.
KINDS = (*SESSIONS, "loaded", "heavy", "jumps")
# What options know of their version; all else about it is the same wherever it stands.
OF_VERSION = ("minutes", "dose", "jumps")


class TooManyError(Exception):
    """More options or versions may matter than fit into memory, as where no set has a price."""


@dataclass(frozen=True, eq=False)
class Options:
    """The option table; every column has one entry per option, ordered by lift, version and start.

    Attributes
    ----------
    lift, version : position of the lift and of its version among those listed.
    kind : what the session is, by its place in `SESSIONS`.
    day : day number. `start`, `end` : moments in minutes.
    minutes, dose, jumps : of the version; dose in thousandths.
    since_run : minutes since the end of the last run that ended before; `run_before` is its position, or -1.
    to_run : minutes to the next run; `run_after` its position, or -1. Negative stretches mean an overlap.
    to_key : minutes to the next key run that starts after the lift starts; `key_after` its position, or -1.
    """

    lift: Ints
    version: Ints
    kind: Ints
    day: Ints
    start: Ints
    end: Ints
    minutes: Ints
    dose: Ints
    jumps: Bools
    since_run: Ints
    run_before: Ints
    to_run: Ints
    run_after: Ints
    to_key: Ints
    key_after: Ints

    def __len__(self) -> int:
        return len(self.lift)

    @property
    def is_lift(self) -> Bools:
        """Whether the option is of a lift, not of a small session."""
        lifts: Bools = self.kind == LIFT
        return lifts

    @property
    def loads_legs(self) -> Bools:
        """Whether the option loads the legs: a quarter of the reference dose or more."""
        return self.dose >= LOADED_DOSE

    @property
    def loaded(self) -> Bools:
        """Whether it is a loaded lift: one that loads the legs."""
        return self.is_lift & self.loads_legs

    @property
    def heavy(self) -> Bools:
        """Whether it is a lift that reaches the full reference dose."""
        return self.is_lift & (self.dose >= REFERENCE_DOSE)

    def of_kind(self, kind: str) -> Bools:
        """Options that count as one of `KINDS`."""
        marked: Bools = self.kind == SESSIONS.index(Kind(kind)) if kind in SESSIONS else getattr(self, kind)
        return marked

    def take(self, keep: Ints | Bools) -> Options:
        """The same table with only some options."""
        return Options(**{f.name: getattr(self, f.name)[keep] for f in fields(self)})


def begins(*columns: Ints) -> Bools:
    """Where a run of entries that are equal in all columns begins."""
    new = np.zeros(len(columns[0]), dtype=bool)
    new[:1] = True
    for column in columns:
        new[1:] |= np.diff(column) != 0
    return new


def of_versions(values: Sequence[NDArray[Number]], lift: Ints, version: Ints) -> NDArray[Number]:
    """What listed versions have, by lift, as what options have that are given by lift and version."""
    if not len(lift):
        return np.zeros(0, dtype=values[0].dtype if values else np.int64)
    first = np.cumsum([0, *map(len, values)])
    found: NDArray[Number] = np.concatenate(values)[first[lift] + version]
    return found


def build_options(
    calendar: Calendar,
    lifts: tuple[Lift, ...],
    grid_minutes: int,
    travel_minutes: int | None,
    placed: Sequence[Collection[int]] | None = None,
    most: int | None = None,
    after: int | None = None,
) -> Options:
    """List every start of every listed version of every lift.

    Parameters
    ----------
    calendar : Calendar
        Dated runs and free windows.
    lifts : tuple of Lift
        What is to be placed.
    grid_minutes : int
        Lifts start on this grid, counted from midnight.
    travel_minutes : int or None
        Kept free at both ends of each window; None looks at all waking hours and around the windows too.
    placed : sequence of collections of int, optional
        By lift, the versions to list options of; all of them if left out.
    most : int, optional
        More options than that are too many.
    after : int, optional
        The moment after which a lift starts that is not settled; one that is stands where it stands.

    Raises
    ------
    TooManyError
        If there are too many.
    """
    cache: dict[tuple[object, int], Ints] = {}
    columns: list[tuple[int, int, int, Ints]] = []
    for lift in lifts:
        if lift.settled is not None:
            columns += _of_settled(lift, placed)
            continue
        days = calendar.weeks[lift.week].days
        windows_of = {
            day: calendar.windows[day] if travel_minutes is not None else _waking(calendar.windows[day])
            for day in days
        }
        for number, version in enumerate(lift.versions):
            if placed is not None and number not in placed[lift.index]:
                continue
            for day in days:
                key = (windows_of[day], version.minutes)
                if key not in cache:
                    cache[key] = _starts(windows_of[day], version.minutes, grid_minutes, travel_minutes or 0)
                starts = cache[key]
                if after is not None and day * MINUTES_PER_DAY <= after:
                    starts = starts[day * MINUTES_PER_DAY + starts > after]
                if len(starts):
                    columns.append((lift.index, number, day, starts))
    sizes = np.array([len(starts) for *_, starts in columns], dtype=np.int64)
    if most is not None and sizes.sum() > most:
        raise TooManyError
    keys = np.array([key for *key, _ in columns], dtype=np.int64).reshape(-1, 3)
    lift_column, version_column, day_column = np.repeat(keys.T, sizes, axis=1)
    in_day = np.concatenate([np.zeros(0, dtype=np.int64), *(starts for *_, starts in columns)])
    listed = [lift.versions for lift in lifts]
    kinds = np.array([SESSIONS.index(lift.kind) for lift in lifts], dtype=np.int64)
    return _with_facts(calendar, listed, kinds, lift_column, version_column, day_column, in_day)


def _of_settled(lift: Lift, placed: Sequence[Collection[int]] | None) -> Iterator[tuple[int, int, int, Ints]]:
    """The only place of a settled lift, in each version that is listed; none where it is left out."""
    start = None if lift.settled is None else lift.settled.start
    for number in range(len(lift.versions)):
        if start is not None and (placed is None or number in placed[lift.index]):
            day, minute = divmod(start, MINUTES_PER_DAY)
            yield lift.index, number, day, np.array([minute], dtype=np.int64)


def _waking(windows: tuple[tuple[int, int], ...]) -> tuple[tuple[int, int], ...]:
    """The waking hours, and what the runner's own windows add to them."""
    start = min([WAKING[0], *(window[0] for window in windows)])
    end = max([WAKING[1], *(window[1] for window in windows)])
    return ((start, end),)


def _starts(windows: tuple[tuple[int, int], ...], minutes: int, grid: int, travel: int) -> Ints:
    parts = [
        np.arange(-(-(start + travel) // grid) * grid, end - travel - minutes + 1, grid, dtype=np.int64)
        for start, end in windows
    ]
    return np.concatenate(parts) if parts else np.zeros(0, dtype=np.int64)


def _with_facts(
    calendar: Calendar,
    listed: Sequence[Sequence[Version]],
    kinds: Ints,
    lift: Ints,
    version: Ints,
    day: Ints,
    in_day: Ints,
) -> Options:
    """The option table, given the versions and the kind of each lift."""
    facts = (
        [np.array([getattr(known, name) for known in versions], dtype=np.int64) for versions in listed]
        for name in OF_VERSION
    )
    minutes, dose, jumps = (of_versions(fact, lift, version) for fact in facts)
    start = day * MINUTES_PER_DAY + in_day
    end = start + minutes
    starts = np.array([run.start for run in calendar.runs], dtype=np.int64)
    # Runs are in order of start; a long run may end after a later one, so ends are made to rise.
    ends = np.maximum.accumulate(np.array([run.end for run in calendar.runs], dtype=np.int64))
    keys = np.array([at for at, run in enumerate(calendar.runs) if run.key], dtype=np.int64)
    began = np.searchsorted(starts, start, side="right")
    padded_ends = np.concatenate([np.array([-NEVER]), ends])
    padded_starts = np.concatenate([starts, np.array([NEVER])])
    key_starts = np.concatenate([starts[keys], np.array([NEVER])])
    next_key = np.searchsorted(starts[keys], start, side="left")
    padded_keys = np.concatenate([keys, np.array([-1])])
    return Options(
        lift=lift,
        version=version,
        kind=kinds[lift] if len(lift) else lift,
        day=day,
        start=start,
        end=end,
        minutes=minutes,
        dose=dose,
        jumps=jumps.astype(bool),
        since_run=start - padded_ends[began],
        run_before=began - 1,
        to_run=padded_starts[began] - end,
        run_after=np.where(began < len(starts), began, -1),
        to_key=key_starts[next_key] - end,
        key_after=padded_keys[next_key],
    )
