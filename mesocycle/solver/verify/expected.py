"""The sessions expected in each week and what each demands, from sessions and library alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from mesocycle.models.clock import MINUTES_PER_DAY
from mesocycle.models.plan import session_id
from mesocycle.models.strength import Exercise, Session
from mesocycle.solver.instance.calendar import Calendar, Week
from mesocycle.solver.instance.instance import Instance
from mesocycle.solver.verify.content import Move, content_of, novelty_of
from mesocycle.solver.verify.items import WARMUP_SECONDS, Item, items_of, plain_item, with_forms
from mesocycle.solver.verify.loads import Demands, week_profiles
from mesocycle.solver.verify.shares import WeekShares

if TYPE_CHECKING:
    from mesocycle.solver.rules import RuleSettings


Sets = tuple[int, ...]
NEW_EXPOSURES = 2
DEFAULT_PER_PHASE = {"base": 2, "build": 2, "peak": 2, "taper": 1, "recovery": 2}
# Where no windows hold a lift may start in these hours.
WAKING = (5 * 60, 22 * 60)


@dataclass(frozen=True)
class ExpectedSession:
    """One session of one week (an index from 0), with the sets that the week allows of each item.

    `session` is the program's, `name` numbers its repeats in a week. `own` are the week's sets, `tops` those
    that can be bought where a trim rule is soft, `limit` the minutes that the runner gives to the session,
    None without such a limit. `twin` is the id of the same session earlier in the week's list. `missing` are
    exercises that nothing stands in for, each with kit or new.
    """

    id: str
    week: int
    session: str
    name: str
    items: tuple[Item, ...]
    own: Sets
    tops: Sets
    limit: int | None
    novel: bool
    twin: str | None
    profile: str
    missing: tuple[tuple[str, str], ...]

    @property
    def demanding(self) -> bool:
        """Whether it holds new movements or sets to failure."""
        return self.novel or any(item.to_failure for item in self.items)

    @property
    def very_heavy(self) -> bool:
        """Whether it prescribes 80 % of 1RM or more for the legs."""
        return any(item.very_heavy for item in self.items)

    @cached_property
    def units(self) -> list[list[int]]:
        """Places of the items that go together: what is done in turn has the same sets."""
        numbers = dict.fromkeys(item.unit for item in self.items)
        return [[at for at, item in enumerate(self.items) if item.unit == unit] for unit in numbers]

    @cached_property
    def floors(self) -> Sets:
        """The fewest sets of what is done at all."""
        return tuple(min(count, item.floor) for item, count in self.with_sets(self.tops))

    def with_sets(self, sets: Sets) -> Iterator[tuple[Item, int]]:
        """The items, each with its sets."""
        return zip(self.items, sets, strict=True)

    def worth(self, sets: Sets) -> int:
        """What so many sets are worth, by what is kept when time is short."""
        return sum(count * item.worth for item, count in self.with_sets(sets))

    def dose(self, sets: Sets) -> int:
        """Load on the legs of so many sets, in thousandths."""
        return sum(count * item.dose for item, count in self.with_sets(sets))

    def leg_sets(self, sets: Sets) -> int:
        """Sets among them that load the legs at all."""
        return sum(count for item, count in self.with_sets(sets) if item.legs)

    def minutes(self, sets: Sets) -> int:
        """Minutes with warm-up and set-up, rounded up; what is not done needs no set-up."""
        work = sum(item.setup_seconds + count * item.seconds for item, count in self.with_sets(sets) if count)
        return int(-(-(WARMUP_SECONDS + work) // 60))

    def short(self, sets: Sets) -> int:
        """Sets not done, each by what it is worth; those below an item's least double."""
        pairs = zip(self.with_sets(sets), self.own, strict=True)
        return sum(
            item.worth * (max(0, own - count) + max(0, min(own, item.least) - count))
            for (item, count), own in pairs
        )

    def too_long(self, sets: Sets) -> bool:
        """Whether it takes longer than the runner gives it, though one unit alone would not."""
        minutes = self.minutes(sets)
        if self.limit is None or minutes <= self.limit:
            return False
        alone = (tuple(n if at in unit else 0 for at, n in enumerate(self.floors)) for unit in self.units)
        return minutes > min(map(self.minutes, alone))


def expected_sessions(instance: Instance, shares: tuple[WeekShares, ...]) -> tuple[ExpectedSession, ...]:
    """List all sessions of the block, week by week in the order of the program."""
    contents, sessions = _Contents(instance), instance.sessions
    expected: list[ExpectedSession] = []
    turn = 0
    for week, count in enumerate(_counts(instance)):
        first = 0
        if count < len(sessions):
            first, turn = turn, (turn + count) % len(sessions)
        ids: dict[str, str] = {}
        for place in range(count):
            session = sessions[(first + place) % len(sessions)]
            repeat = place // len(sessions)
            name = f"{session.name}{repeat + 1}" if repeat else session.name
            expected.append(contents.expected(session, name, week, shares[week], ids.get(session.name)))
            ids[session.name] = expected[-1].id
    return tuple(expected)


class _Contents:
    """The sessions of a block as its weeks make them; what is new is counted as it comes."""

    def __init__(self, instance: Instance) -> None:
        calendar, settings = instance.calendar, instance.settings
        self.instance = instance
        self.novelty = novelty_of(instance)
        self.profiles = week_profiles(instance)
        self.with_room = [has_room(calendar, week, settings) for week in calendar.weeks]
        age, older = instance.scenario.athlete.age, settings.older_athlete
        self.older = age is not None and older is not None and age >= older.from_age
        self.exposures: dict[str, int] = {}
        self.known: dict[tuple[object, ...], tuple[Item, ...]] = {}

    def expected(
        self, session: Session, name: str, week: int, shares: WeekShares, twin: str | None
    ) -> ExpectedSession:
        """The session as a week expects it."""
        guarded = week in self.novelty.guarded
        moves, missing = content_of(
            session,
            self.instance,
            lambda exercise: guarded and self._begins(exercise),
            self.novelty.known,
        )
        novel = self._novel(moves, week)
        items = self._items(session, moves, novel, self.profiles[week])
        return ExpectedSession(
            id=session_id(week + 1, name),
            week=week,
            session=session.name,
            name=name,
            items=items,
            own=tuple(item.allowed(shares.own) for item in items),
            tops=tuple(item.allowed(shares.most) for item in items),
            limit=session.minutes if session.exercises else None,
            novel=bool(novel),
            twin=twin,
            profile=self.profiles[week],
            missing=missing,
        )

    def _begins(self, exercise: Exercise) -> bool:
        new = self.novelty.new(exercise.id) and not self.novelty.known(exercise)
        return new and not self.exposures.get(exercise.id)

    def _novel(self, moves: tuple[Move, ...], week: int) -> frozenset[str]:
        """What is still new in a session; counts the session as done."""
        new = {move.exercise.id for move in moves if self.novelty.new(move.exercise.id)}
        novel = frozenset(name for name in new if self.exposures.get(name, 0) < NEW_EXPOSURES)
        # Where no day of the week has room nothing is done, so nothing becomes familiar.
        for name in new if self.with_room[week] else ():
            self.exposures[name] = self.exposures.get(name, 0) + 1
        return novel

    def _items(
        self, session: Session, moves: tuple[Move, ...], novel: frozenset[str], profile: str
    ) -> tuple[Item, ...]:
        key = (session.name, tuple(move.exercise.id for move in moves), novel, profile)
        if key not in self.known:
            demands = Demands(profile, novel, self.instance.settings, self.older)
            items = items_of(moves, demands) if session.exercises else (plain_item(session),)
            self.known[key] = with_forms(items, self.instance, self.novelty)
        return self.known[key]


def _counts(instance: Instance) -> list[int]:
    """Count the sessions of each week, a partial one by its share of seven days, rounded half up."""
    requested = instance.scenario.strength.sessions_per_week
    counts = []
    for index, week in enumerate(instance.calendar.weeks):
        if isinstance(requested, int):
            full = requested
        elif isinstance(requested, tuple):
            full = requested[index]
        else:
            by_phase = {str(phase): count for phase, count in (requested or {}).items()}
            full = (DEFAULT_PER_PHASE | by_phase)[week.phase]
        counts.append((2 * full * len(week.days) + 7) // 14)
    return counts


def has_room(calendar: Calendar, week: Week, settings: RuleSettings) -> bool:
    """Whether some day of a week leaves any time for a lift."""
    hard = {name: rule for name, rule in settings.items() if rule.hard}
    days = [day for day in week.days if "blocked_dates" not in hard or day not in calendar.blocked]
    return any(minutes > 0 for day in days for minutes in _free_minutes(calendar, day, hard))


def _free_minutes(calendar: Calendar, day: int, hard: Mapping[str, Any]) -> Iterator[int]:
    """Minutes free at a time: between a window's start, its end, and the day's runs."""
    windows, travel = [WAKING], 0
    if "availability_window" in hard:
        windows = [(window.start_minute, window.end_minute) for window in calendar.windows[day]]
        travel = hard["availability_window"].travel_minutes
    taken = []
    if "no_overlap_with_run" in hard:
        near = hard["no_overlap_with_run"].transition_minutes
        midnight = day * MINUTES_PER_DAY
        runs = [run for run in calendar.runs if run.day == day]
        taken = [(run.start - midnight - near, run.end - midnight + near) for run in runs]
    for start, end in windows:
        first, last = start + travel, end - travel
        if first >= last:
            continue
        marks = {first, last} | {min(max(mark, first), last) for pair in taken for mark in pair}
        free = 0
        for begin, finish in pairwise(sorted(marks)):
            busy = any(leave < finish and begin < back for leave, back in taken)
            free = 0 if busy else free + finish - begin
            yield free
