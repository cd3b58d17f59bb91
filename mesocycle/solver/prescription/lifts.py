"""The sessions expected in each week, with their versions."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from mesocycle.models.plan import session_id
from mesocycle.models.strength import Exercise, Session
from mesocycle.solver.instance.availability import has_room
from mesocycle.solver.instance.calendar import Week
from mesocycle.solver.instance.instance import Instance
from mesocycle.solver.instance.phases import WeekFactors
from mesocycle.solver.prescription.amounts import Amount, Ints, all_of, any_of, minutes, per_set, short_of
from mesocycle.solver.prescription.forms import Form, forms_of
from mesocycle.solver.prescription.items import Item, plain_items, session_items
from mesocycle.solver.prescription.kit import fits
from mesocycle.solver.prescription.moves import (
    NEW_EXPOSURES,
    Moves,
    guarded_weeks,
    is_known,
    moves_of,
    new_movements,
)
from mesocycle.solver.prescription.program import expected_per_week
from mesocycle.solver.prescription.versions import Space, Version, cap, in_order
from mesocycle.solver.prescription.zones import Demands, profiles


@dataclass(frozen=True)
class Lift:
    """One expected session of one week: what is to be placed.

    `session` is the program's session; `name` numbers its repeats within a week. `space` are all its
    versions, `versions` those that are listed. `forms` are those of each item, `missing` the exercises that
    nothing stands in for, with the reason.
    """

    index: int
    id: str
    week: int
    session: str
    name: str
    space: Space
    versions: tuple[Version, ...]
    novel: bool
    twin: int | None
    profile: str = ""
    forms: tuple[tuple[Form, ...], ...] = ()
    missing: tuple[tuple[str, str], ...] = ()

    @property
    def items(self) -> tuple[Item, ...]:
        """Its exercises."""
        return self.space.items

    @property
    def own(self) -> tuple[int, ...]:
        """Sets of each item that the week allows under all rules."""
        return self.space.own

    @property
    def demanding(self) -> bool:
        """Whether it holds new movements or sets to failure, which need a longer recovery."""
        return self.novel or any(item.to_failure for item in self.items)

    @cached_property
    def sets(self) -> Ints:
        """Sets of the listed versions, by version and item."""
        rows = [version.sets for version in self.versions]
        return np.array(rows, dtype=np.int64).reshape(len(rows), len(self.items))

    def listing(self, every: Iterable[Sequence[int]]) -> Lift:
        """The same with the versions of these sets listed, and no others."""
        return replace(self, versions=in_order(map(self.space.version, every)))

    def listing_too(self, more: Iterable[Sequence[int]]) -> Lift:
        """The same with the versions of these sets listed as well."""
        known = {version.sets for version in self.versions}
        new = dict.fromkeys(sets for sets in map(tuple, more) if sets not in known)
        return replace(self, versions=in_order(iter((*self.versions, *map(self.space.version, new)))))

    @property
    def minutes(self) -> Amount:
        """Minutes that a version takes."""
        return self.space.amount("minutes", lambda: minutes(self.items))

    @property
    def short(self) -> Amount:
        """Sets below the week's own, by what they count."""
        return self.space.amount("short", lambda: short_of(self.items, self.own))

    def per_set(self, what: str, value: Callable[[Item], int]) -> Amount:
        """What each set of an item counts; `what` names it."""
        return self.space.amount(what, lambda: per_set(self.items, [value(item) for item in self.items]))

    @property
    def leg_sets(self) -> Amount:
        """Sets that load the legs at all."""
        return self.per_set("leg sets", lambda item: int(item.legs))

    def halves(self, pattern: str) -> Amount:
        """Half sets of a movement pattern."""
        return self.per_set(f"halves of {pattern}", lambda item: dict(item.patterns).get(pattern, 0))

    def trains(self, pattern: str) -> Amount:
        """One if a movement pattern is trained at all."""
        meant = [pattern in dict(item.patterns) for item in self.items]
        return self.space.amount(("trains", pattern), lambda: any_of(self.items, meant))

    def holds(self, exercise: str) -> Amount:
        """One if an exercise is done."""
        meant = [item.exercise == exercise for item in self.items]
        return self.space.amount(("holds", exercise), lambda: any_of(self.items, meant))

    def does_all(self, places: Collection[int]) -> Amount:
        """One if all items at these places are done."""
        meant = [at in places for at in range(len(self.items))]
        return self.space.amount(("all", tuple(places)), lambda: all_of(self.items, meant))


def build_lifts(instance: Instance, factors: tuple[WeekFactors, ...]) -> tuple[Lift, ...]:
    """List the lifts of the block in order of week and session, with a few versions of each.

    Weeks with fewer lifts than the program has sessions go on in rotation; weeks with more repeat from
    the first session.
    """
    contents = _Contents(instance, factors)
    calendar, sessions = instance.calendar, instance.sessions
    lifts: list[Lift] = []
    rotation = 0
    for week, count in zip(calendar.weeks, expected_per_week(instance.scenario, calendar), strict=True):
        start = 0
        if count < len(sessions):
            start, rotation = rotation, (rotation + count) % len(sessions)
        in_week: dict[int, int] = {}
        places = [(start + position) % len(sessions) for position in range(count)]
        for position, (place, version) in enumerate(
            zip(places, contents.versions(places, week), strict=True)
        ):
            session = sessions[place]
            repeat = position // len(sessions)
            name = session.name if repeat == 0 else f"{session.name}{repeat + 1}"
            lifts.append(
                Lift(
                    index=len(lifts),
                    id=session_id(week.number, name),
                    week=week.number - 1,
                    session=session.name,
                    name=name,
                    space=version.space,
                    versions=version.few,
                    novel=version.novel,
                    twin=in_week.get(place),
                    profile=contents.profiles[week.number - 1],
                    forms=version.forms,
                    missing=version.moves.missing,
                )
            )
            in_week[place] = lifts[-1].index
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
    forms: tuple[tuple[Form, ...], ...]
    space: Space
    few: tuple[Version, ...]
    novel: bool


class _Contents:
    """The sessions of a block as its weeks make them; equal weeks share a version."""

    def __init__(self, instance: Instance, factors: tuple[WeekFactors, ...]) -> None:
        scenario, settings = instance.scenario, instance.settings
        self.instance, self.factors = instance, factors
        self.at_hand = {
            exercise.id: exercise for exercise in instance.exercises.values() if fits(exercise, instance.kit)
        }
        self.is_new = new_movements(scenario)
        self.is_known = is_known(scenario)
        self.guarded = guarded_weeks(instance)
        age, older = scenario.athlete.age, settings.older_athlete
        self.older = age is not None and older is not None and age >= older.from_age
        self.profiles = profiles(instance)
        self.exposures: dict[str, int] = {}
        self.contents: dict[tuple[Any, ...], _Draft] = {}
        self.known: dict[tuple[Any, ...], _Version] = {}

    def versions(self, places: Sequence[int], week: Week) -> list[_Version]:
        """The sessions of a week, given by their places in the program; counts their movements as done."""
        index = week.number - 1
        with_room = has_room(self.instance.calendar, week, self.instance.settings)
        return [self._version(self._draft(place, index, with_room), index) for place in places]

    def _version(self, draft: _Draft, index: int) -> _Version:
        own, tops = (
            tuple(cap(item, share) for item in draft.items)
            for share in (self.factors[index].own, self.factors[index].most)
        )
        key = (draft.key, own, tops)
        if key not in self.known:
            session = self.instance.sessions[draft.key[0]]
            space = Space(draft.items, own, tops, session.minutes if session.exercises else None)
            self.known[key] = _Version(draft.moves, draft.forms, space, space.first(), bool(draft.novel))
        return self.known[key]

    def _draft(self, place: int, index: int, has_room: bool) -> _Draft:
        barred = index in self.guarded
        session = self.instance.sessions[place]
        moves = moves_of(
            session,
            self.instance,
            lambda exercise: barred and self._begins(exercise),
            self.is_known,
        )
        names = {move.exercise.id for move in moves.done if self.is_new(move.exercise.id)}
        novel = frozenset(name for name in names if self.exposures.get(name, 0) < NEW_EXPOSURES)
        for name in names if has_room else ():  # nothing is done in a week without room
            self.exposures[name] = self.exposures.get(name, 0) + 1
        key = (place, moves, novel, self.profiles[index])
        if key not in self.contents:
            self.contents[key] = _Draft(key, moves, novel, *self._content(session, moves, novel, index))
        return self.contents[key]

    def _begins(self, exercise: Exercise) -> bool:
        new = self.is_new(exercise.id) and not self.is_known(exercise)
        return new and not self.exposures.get(exercise.id)

    def _content(
        self, session: Session, moves: Moves, novel: frozenset[str], index: int
    ) -> tuple[tuple[Item, ...], tuple[tuple[Form, ...], ...]]:
        demands = Demands(self.profiles[index], novel, self.instance.settings, self.older)
        items = session_items(moves.done, demands) if session.exercises else plain_items(session)
        forms = forms_of(
            items,
            self.at_hand,
            lambda exercise: not self.is_new(exercise.id),
            self.instance.settings.exercise_rotation,
        )
        return items, forms
