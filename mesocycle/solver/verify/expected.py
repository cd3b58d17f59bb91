"""The sessions expected in each week and what each demands, from sessions and library alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import cycle, islice, pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from mesocycle.models.clock import MINUTES_PER_DAY
from mesocycle.models.plan import session_id
from mesocycle.models.sessions import Kind, Session
from mesocycle.models.strength import Exercise, Role
from mesocycle.solver.instance.calendar import Calendar, Week
from mesocycle.solver.instance.instance import Instance
from mesocycle.solver.verify.clock import Beat, Clock, follows
from mesocycle.solver.verify.content import Move, content_of, novelty_of
from mesocycle.solver.verify.forms import with_forms
from mesocycle.solver.verify.items import WARMUP_SECONDS, Item, items_of, plain_item
from mesocycle.solver.verify.ladder import ladder
from mesocycle.solver.verify.loads import Demands
from mesocycle.solver.verify.schemes import Lines
from mesocycle.solver.verify.shares import WeekShares, sets_allowed

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

    `session` is the program's, `name` numbers its repeats in a week. `limit` are the minutes that the runner
    gives to the session, None without such a limit. `twin` is the id of the same session earlier in the
    week's list. `missing` are exercises that nothing stands in for, each with kit or new.
    """

    id: str
    week: int
    session: str
    name: str
    kind: Kind
    items: tuple[Item, ...]
    shares: WeekShares
    limit: int | None
    novel: bool
    twin: str | None
    missing: tuple[tuple[str, str], ...]

    @property
    def demanding(self) -> bool:
        """Whether it holds new movements or sets to failure."""
        return self.novel or any(item.to_failure for item in self.items)

    @property
    def has_open_lift(self) -> bool:
        """Whether it has a main lift whose sets are not written one by one."""
        return any(item.main and item.line is None for item in self.items)

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

    def dose(self, sets: Sets) -> int:
        """Load on the legs of so many sets, in thousandths."""
        return sum(item.dose_of(count) for item, count in self.with_sets(sets))

    def leg_sets(self, sets: Sets) -> int:
        """Sets among them that load the legs at all."""
        return sum(count for item, count in self.with_sets(sets) if item.legs)

    def minutes(self, sets: Sets) -> int:
        """Minutes with warm-up and set-up, rounded up; what is not done needs no set-up."""
        work = sum(item.setup_seconds + count * item.seconds for item, count in self.with_sets(sets) if count)
        return int(-(-(WARMUP_SECONDS + work) // 60))

    def allowed(self, share: Fraction) -> Sets:
        """Sets of each item that a share allows: it holds for the session, and units have equal sets.

        What begins, or begins again, has no more of them than its cap.
        """
        units = self.units
        full = [min(self.items[at].most for at in unit) for unit in units]
        floors = [
            min(most, max(self.items[at].floor_of_week for at in unit))
            for most, unit in zip(full, units, strict=True)
        ]
        places = [min(self.items[at].rank for at in unit) for unit in units]
        sets = [0] * len(self.items)
        for unit, count in zip(units, sets_allowed(full, floors, places, share), strict=True):
            for at in unit:
                sets[at] = min(count, self.items[at].full)
        return tuple(sets)

    @property
    def own(self) -> Sets:
        """The sets of the week."""
        return self.bounds[0]

    @property
    def tops(self) -> Sets:
        """Those that can be bought where a trim rule is soft."""
        return self.bounds[1]

    @cached_property
    def bounds(self) -> tuple[Sets, Sets]:
        """The week's own sets and the most."""
        own, most = self.allowed(self.shares.own), self.allowed(self.shares.most)
        return own, tuple(map(max, own, most))

    @property
    def zone(self) -> str:
        """The load zone of its first main lift that goes by the clock; empty without one."""
        return next((item.zone for item in self.items if item.zone), "")

    def short(self, sets: Sets) -> int:
        """Sets not done, each by what it is worth, the last first."""
        pairs = zip(self.with_sets(sets), self.own, strict=True)
        return sum(item.worth(count, own) for (item, count), own in pairs)

    def too_long(self, sets: Sets) -> bool:
        """Whether it takes longer than the runner gives it, though one unit alone would not."""
        minutes = self.minutes(sets)
        if self.limit is None or minutes <= self.limit:
            return False
        alone = (tuple(n if at in unit else 0 for at, n in enumerate(self.floors)) for unit in self.units)
        return minutes > min(map(self.minutes, alone))


class Wanted(NamedTuple):
    """A session of a week: its name there, which numbers its repeats, and what the program has."""

    name: str
    session: Session


def wanted_sessions(instance: Instance) -> list[list[Wanted]]:
    """The sessions that the runner asks for by week: lifts in their turn, then the small ones."""
    wanted: list[list[Wanted]] = []
    for sessions in _of_weeks(instance):
        times: Counter[str] = Counter()
        wanted.append([])
        for session in sessions:
            wanted[-1].append(Wanted(name_of(session, times[session.name]), session))
            times[session.name] += 1
    return wanted


def name_of(session: Session, repeats: int) -> str:
    """What a session is called in a week that has it so many times before."""
    return f"{session.name}{repeats + 1}" if repeats else session.name


def expected_sessions(
    instance: Instance,
    shares: tuple[WeekShares, ...],
    deloads: frozenset[int],
    wanted: Sequence[Sequence[Wanted]] | None = None,
) -> tuple[ExpectedSession, ...]:
    """List all sessions of the block: those that the runner asks for, or others of his program."""
    contents = _Contents(instance, deloads)
    expected: list[ExpectedSession] = []
    for week, sessions in enumerate(wanted_sessions(instance) if wanted is None else wanted):
        ids: dict[str, str] = {}
        for name, session in sessions:
            expected.append(contents.expected(session, name, week, shares[week], ids.get(session.name)))
            ids[session.name] = expected[-1].id
    return tuple(expected)


def _of_weeks(instance: Instance) -> Iterator[list[Session]]:
    """The sessions of each week: lifts in their turn, then the small ones as often as they are asked for."""
    lifts = [session for session in instance.sessions if session.kind is Kind.LIFT]
    written = instance.scenario.strength.rotation
    endless = cycle([session for name in written for session in lifts if session.name == name] or lifts)
    for count, week in zip(_counts(instance), instance.calendar.weeks, strict=True):
        whole = not written and count >= len(lifts)
        turn = cycle(lifts) if whole else endless
        sessions = list(islice(turn, count))
        for session in instance.sessions:
            if session.kind is not Kind.LIFT:
                sessions += [session] * _in_days(session.per_week or 1, week)
        yield sessions


class _Contents:
    """The sessions of a block as its weeks make them; what is new is counted as it comes."""

    def __init__(self, instance: Instance, deloads: frozenset[int]) -> None:
        calendar, settings = instance.calendar, instance.settings
        self.instance = instance
        self.novelty = novelty_of(instance)
        _, self.harder = ladder(instance)
        self.clock = Clock(instance, deloads)
        self.lines = Lines(instance, deloads)
        self.with_room = [has_room(calendar, week, settings) for week in calendar.weeks]
        age, older = instance.scenario.athlete.age, settings.older_athlete
        self.older = age is not None and older is not None and age >= older.from_age
        # Sessions of each movement so far, and what a new lifter began when nothing heavy may begin.
        self.exposures: Counter[str] = Counter()
        self.late: set[str] = set()
        self.beats: dict[tuple[str, int], Beat | None] = {}
        self.known: dict[tuple[object, ...], tuple[Item, ...]] = {}

    def expected(
        self, session: Session, name: str, week: int, shares: WeekShares, twin: str | None
    ) -> ExpectedSession:
        """The session as a week expects it."""
        phase = self.instance.calendar.weeks[week].phase
        if any(entry.phases for entry in session.exercises):
            kept = [entry for entry in session.exercises if phase in (entry.phases or (phase,))]
            session = session.model_copy(update={"exercises": tuple(kept)})
        moves, missing = content_of(
            session,
            self.instance,
            lambda exercise: self._too_new(exercise, week),
            self.novelty.known,
            self.harder,
        )
        demands = tuple(self._demands(move, week) for move in moves)
        if self.with_room[week]:
            # Where no day of the week has room nothing is done, so nothing becomes familiar.
            names = {move.exercise.id for move in moves}
            self.late.update(name for name in names if self._begins_late(name, week))
            self.exposures.update(names)
        return ExpectedSession(
            id=session_id(week + 1, name),
            week=week,
            session=session.name,
            name=name,
            kind=session.kind,
            items=self._items(session, moves, demands),
            shares=shares,
            limit=session.minutes if session.exercises else None,
            novel=any(each.novel for each in demands),
            twin=twin,
            missing=missing,
        )

    def _too_new(self, exercise: Exercise, week: int) -> bool:
        new = self.novelty.new(exercise.id) and not self.novelty.known(exercise)
        return new and not self.exposures[exercise.id] and self.novelty.guards(exercise, week)

    def _demands(self, move: Move, week: int) -> Demands:
        name, settings = move.exercise.id, self.instance.settings
        new, done = self.novelty.new(name), self.exposures[name]
        guard, back = settings.novelty_guard, settings.return_from_break
        caps = []
        if guard is not None and new and done < len(guard.first_sets):
            caps.append(guard.first_sets[done])
        returns = back is not None and week in self.instance.returns
        if back is not None and returns:
            caps.append(back.sets)
        line, eased = self.lines.due(move, week, self.with_room[week]), self._eased(move, week)
        return Demands(
            settings=settings,
            older=self.older,
            beat=self._beat(move, week),
            taper=self.instance.calendar.weeks[week].phase == "taper",
            novel=new and done < NEW_EXPOSURES,
            eased=eased,
            least_rir=back.rir if back is not None and returns else 0,
            cap=min(caps, default=None),
            line=None if eased else line,
        )

    def _eased(self, move: Move, week: int) -> bool:
        """Whether it stays light: it stands in for what is too new, or a new lifter began it late."""
        name = move.exercise.id
        return move.why == "new" or name in self.late or self._begins_late(name, week)

    def _begins_late(self, name: str, week: int) -> bool:
        begins = self.novelty.new(name) and not self.exposures[name]
        return begins and week in self.novelty.heavy and self.instance.scenario.athlete.experience == "new"

    def _beat(self, move: Move, week: int) -> Beat | None:
        """What the clock shows; it goes on for all main lifts, those with written repetitions too."""
        if move.exercise.role is not Role.MAIN:
            return None
        key = (move.exercise.id, week)
        if key not in self.beats:
            self.beats[key] = self.clock.beat(*key, counts=self.with_room[week])
        return self.beats[key] if follows(move) else None

    def _items(
        self, session: Session, moves: tuple[Move, ...], demands: tuple[Demands, ...]
    ) -> tuple[Item, ...]:
        key = (session.name, moves, *(each[2:] for each in demands))
        if key not in self.known:
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
        counts.append(_in_days(full, week))
    return counts


def _in_days(count: int, week: Week) -> int:
    """So many a week as a part of a week has of them, rounded half up."""
    return (2 * count * len(week.days) + 7) // 14


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
