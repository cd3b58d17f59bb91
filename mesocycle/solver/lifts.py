"""Which session is wanted in which week, and in which versions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mesocycle.files.library import programs
from mesocycle.models.plan import session_id
from mesocycle.models.scenario import Scenario
from mesocycle.models.strength import Exercise, Session
from mesocycle.solver.calendar import Calendar, Week
from mesocycle.solver.content.binding import binds
from mesocycle.solver.content.forms import Form, forms_of
from mesocycle.solver.content.items import Demands, Item, plain_items, session_items
from mesocycle.solver.content.kit import fits, kit_of
from mesocycle.solver.content.movements import movements
from mesocycle.solver.content.moves import Moves, moves_of
from mesocycle.solver.content.novelty import NEW_EXPOSURES, guarded_weeks, is_known, new_movements
from mesocycle.solver.content.zones import profiles
from mesocycle.solver.factors import WeekFactors, round_half_up
from mesocycle.solver.ladder import Rung, ladder_between, least_of, minutes_of, tops_of
from mesocycle.solver.room import room_minutes, share_of_week

DEFAULT_PER_PHASE = {"base": 2, "build": 2, "peak": 2, "taper": 1, "recovery": 2}


@dataclass(frozen=True)
class Lift:
    """One wanted session of one week: what is to be placed.

    `session` is the program's session; `name` numbers its repeats within a week. `forms` are those of each
    item, `missing` the exercises that nothing stands in for, with the reason; `own` are the sets of each item
    that the week's share allows.
    """

    index: int
    id: str
    week: int
    session: str
    name: str
    items: tuple[Item, ...]
    rungs: tuple[Rung, ...]
    novel: bool
    twin: int | None
    profile: str = ""
    forms: tuple[tuple[Form, ...], ...] = ()
    missing: tuple[tuple[str, str], ...] = ()
    own: tuple[int, ...] = ()

    @property
    def demanding(self) -> bool:
        """Whether it holds new movements or sets to failure, which ask for a longer recovery."""
        return self.novel or any(item.to_failure for item in self.items)

    def halves(self, pattern: str) -> NDArray[np.int64]:
        """Half sets of a movement pattern, by rung."""
        each = [dict(item.patterns).get(pattern, 0) for item in self.items]
        return self._by_rung(each)

    def holds(self, exercise: str) -> NDArray[np.bool_]:
        """Which rungs hold an exercise."""
        return self._by_rung([int(item.exercise == exercise) for item in self.items]) > 0

    def _by_rung(self, each: list[int]) -> NDArray[np.int64]:
        sets = np.array([rung.sets for rung in self.rungs], dtype=np.int64).reshape(len(self.rungs), -1)
        total: NDArray[np.int64] = sets @ np.array(each, dtype=np.int64)
        return total


def sessions_of(scenario: Scenario) -> tuple[Session, ...]:
    """The runner's own sessions, else those of the program."""
    return scenario.strength.sessions or programs()[scenario.strength.program].sessions


def asked_per_week(scenario: Scenario, calendar: Calendar) -> tuple[int, ...]:
    """Sessions asked for in each week, as if all weeks were whole."""
    wanted = scenario.strength.sessions_per_week
    if isinstance(wanted, tuple):
        return wanted
    if isinstance(wanted, int):
        return (wanted,) * len(calendar.weeks)
    by_phase = DEFAULT_PER_PHASE | dict(wanted or {})
    return tuple(by_phase[week.phase] for week in calendar.weeks)


def in_week(count: int, week: Week) -> int:
    """Sessions of a week where so many are asked for; a partial week counts by its days, rounded half up."""
    return round_half_up(Fraction(count * len(week.days), 7))


def wanted_per_week(scenario: Scenario, calendar: Calendar) -> tuple[int, ...]:
    """Sessions wanted in each week."""
    asked = asked_per_week(scenario, calendar)
    return tuple(in_week(count, week) for count, week in zip(asked, calendar.weeks, strict=True))


def build_lifts(
    scenario: Scenario, calendar: Calendar, factors: tuple[WeekFactors, ...], settings: Mapping[str, Any]
) -> tuple[Lift, ...]:
    """List the lifts of the block in order of week and session.

    Weeks with fewer lifts than the program has sessions go on in rotation; weeks with more repeat from
    the first session.
    """
    contents = _Contents(scenario, calendar, factors, settings)
    count_of = len(contents.sessions)
    lifts: list[Lift] = []
    rotation = 0
    for week, count in zip(calendar.weeks, wanted_per_week(scenario, calendar), strict=True):
        start = rotation if count < count_of else 0
        rotation = (rotation + count) % count_of if count < count_of else rotation
        in_week: dict[int, int] = {}
        places = [(start + position) % count_of for position in range(count)]
        for position, version in enumerate(contents.versions(places, week)):
            which = places[position]
            session = contents.sessions[which]
            repeat = position // count_of
            name = session.name if repeat == 0 else f"{session.name}{repeat + 1}"
            lifts.append(
                Lift(
                    index=len(lifts),
                    id=session_id(week.number, name),
                    week=week.number - 1,
                    session=session.name,
                    name=name,
                    items=version.items,
                    rungs=version.rungs,
                    novel=version.novel,
                    twin=in_week.get(which),
                    profile=contents.profiles[week.number - 1],
                    forms=version.forms,
                    missing=version.moves.missing,
                    own=version.own,
                )
            )
            in_week[which] = lifts[-1].index
    return tuple(lifts)


@dataclass(frozen=True)
class _Draft:
    """A session of some weeks before its versions; `key` begins with its place in the program."""

    key: tuple[Any, ...]
    moves: Moves
    novel: frozenset[str]
    items: tuple[Item, ...]
    forms: tuple[tuple[Form, ...], ...]


@dataclass(frozen=True)
class _Version:
    """What a session is in some weeks."""

    moves: Moves
    items: tuple[Item, ...]
    forms: tuple[tuple[Form, ...], ...]
    rungs: tuple[Rung, ...]
    own: tuple[int, ...]
    novel: bool


class _Contents:
    """The sessions of a block as its weeks make them; equal weeks share a version."""

    def __init__(
        self,
        scenario: Scenario,
        calendar: Calendar,
        factors: tuple[WeekFactors, ...],
        settings: Mapping[str, Any],
    ) -> None:
        self.calendar, self.factors, self.settings = calendar, factors, settings
        self.sessions = sessions_of(scenario)
        self.library: Mapping[str, Exercise] = movements(scenario)
        self.kit = kit_of(scenario)
        self.at_hand = {name: one for name, one in self.library.items() if fits(one, self.kit)}
        self.is_new = new_movements(scenario)
        self.is_known = is_known(scenario)
        self.guarded = guarded_weeks(calendar, settings)
        age, older = scenario.athlete.age, settings.get("older_athlete")
        self.older = age is not None and older is not None and age >= older.from_age
        self.new = scenario.athlete.experience == "new"
        self.profiles = profiles(calendar, settings, self.new)
        self.exposures: dict[str, int] = {}
        self.contents: dict[tuple[Any, ...], _Draft] = {}
        self.known: dict[tuple[Any, ...], _Version] = {}

    def versions(self, places: Sequence[int], week: Week) -> list[_Version]:
        """The sessions of a week, given by their places in the program; counts their movements as done."""
        index = week.number - 1
        room = room_minutes(self.calendar, week, self.settings)
        drafts = [self._draft(which, index, room is not None) for which in places]
        tops = [tops_of(draft.items, self.factors[index].ladder) for draft in drafts]
        least = [
            minutes_of(draft.items, least_of(draft.items, top[-1]))
            for draft, top in zip(drafts, tops, strict=True)
        ]
        full = [(d.items, top[-1], minutes_of(d.items, top[-1])) for d, top in zip(drafts, tops, strict=True)]
        strict = binds(self.settings, full, self.new)
        versions = []
        for draft, top, shortest in zip(drafts, tops, least, strict=True):
            mine = share_of_week(self.settings, room, shortest, sum(least))
            key = (draft.key, top, mine, strict)
            if key not in self.known:
                rungs = self._rungs(self.sessions[draft.key[0]], draft.items, top, mine, strict)
                self.known[key] = _Version(
                    draft.moves, draft.items, draft.forms, rungs, top[-1], bool(draft.novel)
                )
            versions.append(self.known[key])
        return versions

    def _draft(self, which: int, index: int, has_room: bool) -> _Draft:
        barred = index in self.guarded
        session = self.sessions[which]
        moves = moves_of(
            session,
            self.library,
            self.kit,
            self.settings,
            lambda one: barred and self._begins(one),
            self.is_known,
        )
        names = {move.exercise.id for move in moves.done if self.is_new(move.exercise.id)}
        novel = frozenset(name for name in names if self.exposures.get(name, 0) < NEW_EXPOSURES)
        for name in names if has_room else ():  # nothing is done in a week without room
            self.exposures[name] = self.exposures.get(name, 0) + 1
        key = (which, moves, novel, self.profiles[index])
        if key not in self.contents:
            self.contents[key] = _Draft(key, moves, novel, *self._content(session, moves, novel, index))
        return self.contents[key]

    def _begins(self, one: Exercise) -> bool:
        return self.is_new(one.id) and not self.exposures.get(one.id) and not self.is_known(one)

    def _content(
        self, session: Session, moves: Moves, novel: frozenset[str], index: int
    ) -> tuple[tuple[Item, ...], tuple[tuple[Form, ...], ...]]:
        demands = Demands(self.profiles[index], novel, self.settings, self.older)
        items = session_items(moves.done, demands) if session.exercises else plain_items(session)
        forms = forms_of(
            items,
            self.at_hand,
            lambda one: not self.is_new(one.id),
            self.settings.get("exercise_rotation"),
        )
        return items, forms

    def _rungs(
        self,
        session: Session,
        items: tuple[Item, ...],
        tops: tuple[tuple[int, ...], ...],
        room: int | None,
        strict: bool,
    ) -> tuple[Rung, ...]:
        limit = session.minutes if session.exercises else None
        if limit is None:
            return ladder_between(items, tops, room, strict)
        rungs = ladder_between(items, tops, limit if room is None else min(room, limit), strict)
        # The runner's own limit of this session: what is longer is not offered.
        return tuple(rung for rung in rungs if rung.minutes <= limit) or rungs[-1:]
