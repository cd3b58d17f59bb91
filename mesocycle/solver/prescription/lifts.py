"""The sessions expected in each week, with their versions."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from mesocycle.models.plan import session_id
from mesocycle.models.sessions import Kind
from mesocycle.solver.instance.instance import Instance
from mesocycle.solver.instance.past import Settled
from mesocycle.solver.instance.phases import WeekFactors
from mesocycle.solver.prescription.amounts import Amount, Ints, all_of, any_of, minutes, per_set, short_of
from mesocycle.solver.prescription.contents import Contents
from mesocycle.solver.prescription.forms import Form
from mesocycle.solver.prescription.items import Item
from mesocycle.solver.prescription.versions import Space, Version, in_order


@dataclass(frozen=True)
class Lift:
    """One expected session of one week: what is to be placed.

    `session` is the program's session; `name` numbers its repeats within a week; `kind` tells a lift from the
    small sessions beside it. `twin` is the same session earlier in the week, `after` are the lifts of the
    week that a rotation of the runner's own has before it. `space` are all its versions, `versions` those
    that are listed. `forms` are those of each item, `missing` the exercises that nothing stands in for, with
    the reason. `settled` is what is not to be decided about it any more.
    """

    index: int
    id: str
    week: int
    session: str
    name: str
    kind: Kind
    space: Space
    versions: tuple[Version, ...]
    novel: bool
    twin: int | None
    after: tuple[int, ...] = ()
    forms: tuple[tuple[Form, ...], ...] = ()
    missing: tuple[tuple[str, str], ...] = ()
    settled: Settled | None = None

    @property
    def is_lift(self) -> bool:
        """Whether it is a lift, not a small session."""
        return self.kind is Kind.LIFT

    @property
    def items(self) -> tuple[Item, ...]:
        """Its exercises."""
        return self.space.items

    @property
    def own(self) -> tuple[int, ...]:
        """Sets of each item that the week allows under all rules."""
        return self.space.own

    @property
    def zone(self) -> str:
        """Load zone of its main lifts: that of the first whose repetitions follow the clock; else empty."""
        sets = (item.one_set for item in self.items)
        return next((one_set.zone for one_set in sets if one_set is not None and one_set.zone), "")

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

    @property
    def takes_place(self) -> Amount:
        """One, whatever is done of it."""
        return self.space.amount("takes place", lambda: any_of(self.items, [True] * len(self.items)))

    def holds(self, exercise: str) -> Amount:
        """One if an exercise is done."""
        meant = [item.exercise == exercise for item in self.items]
        return self.space.amount(("holds", exercise), lambda: any_of(self.items, meant))

    def does_all(self, places: Collection[int]) -> Amount:
        """One if all items at these places are done."""
        meant = [at in places for at in range(len(self.items))]
        return self.space.amount(("all", tuple(places)), lambda: all_of(self.items, meant))


def build_lifts(
    instance: Instance, factors: tuple[WeekFactors, ...], deloads: frozenset[int]
) -> tuple[Lift, ...]:
    """List the sessions of the block in order of week and program, with a few versions of each."""
    contents = Contents(instance, factors, deloads)
    calendar, sessions = instance.calendar, instance.sessions
    lifts: list[Lift] = []
    past = instance.past
    for week, expected in zip(calendar.weeks, instance.due, strict=True):
        in_week: dict[int, int] = {}
        before: tuple[int, ...] = ()
        places = [each.place for each in expected]
        for (place, name), content in zip(expected, contents.of_week(places, week), strict=True):
            lifts.append(
                Lift(
                    index=len(lifts),
                    id=session_id(week.number, name),
                    week=week.number - 1,
                    session=sessions[place].name,
                    name=name,
                    kind=sessions[place].kind,
                    space=content.space,
                    versions=content.few,
                    novel=content.novel,
                    twin=in_week.get(place),
                    after=before if sessions[place].is_lift else (),
                    forms=content.forms,
                    missing=content.moves.missing,
                )
            )
            if past is not None and lifts[-1].id in past.settled:
                lifts[-1] = _settled(lifts[-1], past.settled[lifts[-1].id])
            in_week[place] = lifts[-1].index
            if lifts[-1].is_lift and instance.scenario.strength.rotation:
                before = (*before, lifts[-1].index)
    return tuple(lifts)


def _settled(lift: Lift, settled: Settled) -> Lift:
    """A session as it took place, in its only version; without any where it was left out."""
    if settled.start is None:
        return replace(lift, versions=(), settled=settled)
    space = lift.space.only(settled.sets)
    return replace(lift, space=space, versions=space.first(), settled=settled)
