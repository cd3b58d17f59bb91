"""Which sessions are wanted in which week, and what each asks, told from sessions and library alone."""

from __future__ import annotations

from dataclasses import dataclass

from mesocycle.models.plan import session_id
from mesocycle.models.scenario import Scenario
from mesocycle.models.strength import Exercise, Session
from mesocycle.solver.instance.calendar import Calendar
from mesocycle.solver.instance.instance import Instance
from mesocycle.solver.verify.content import at_hand, content_of, novelty
from mesocycle.solver.verify.items import (
    FULL_DOSE,
    LOADED_DOSE,
    Asked,
    Form,
    Item,
    items_of,
    plain_item,
    with_forms,
)
from mesocycle.solver.verify.shares import WeekShares
from mesocycle.solver.verify.versions import Bounds, has_room, minutes_of
from mesocycle.solver.verify.zones import week_profiles

__all__ = ["FULL_DOSE", "LOADED_DOSE", "Form", "Item", "Wanted", "sessions_wanted"]

EXPOSURES_UNTIL_FAMILIAR = 2
PER_PHASE = {"base": 2, "build": 2, "peak": 2, "taper": 1, "recovery": 2}


@dataclass(frozen=True)
class Wanted:
    """One session of one week (an index from 0), with the sets that the week allows of each item.

    `session` is the program's, `name` numbers its repeats in a week. `own` are the week's full sets, `most`
    those that can be bought where a trim rule is soft; `bounds` tell
    which versions there may be. `twin` is the id of the same session earlier in the week's list. `missing`
    are exercises that nothing stands in for, each with kit or new.
    """

    id: str
    week: int
    session: str
    name: str
    items: tuple[Item, ...]
    novel: bool
    twin: str | None
    profile: str
    own: tuple[int, ...]
    most: tuple[int, ...]
    bounds: Bounds
    missing: tuple[tuple[str, str], ...] = ()

    @property
    def demanding(self) -> bool:
        """Whether it holds new movements or sets to failure."""
        return self.novel or any(item.to_failure for item in self.items)

    @property
    def very_heavy(self) -> bool:
        """Whether it prescribes 80 % of 1RM or more for the legs."""
        return any(item.very_heavy for item in self.items)

    @property
    def least(self) -> tuple[int, ...]:
        """The fewest sets of what is done."""
        return self.bounds.least

    def counted(self, sets: tuple[int, ...]) -> int:
        """What so many sets count, by what is kept when time is short."""
        return sum(count * item.counts for item, count in zip(self.items, sets, strict=True))

    def dose(self, sets: tuple[int, ...]) -> int:
        """Load on the legs of so many sets, in thousandths."""
        return sum(count * item.dose for item, count in zip(self.items, sets, strict=True))

    def leg_sets(self, sets: tuple[int, ...]) -> int:
        """Sets among them that ask something of the legs."""
        return sum(count for item, count in zip(self.items, sets, strict=True) if item.legs)

    def minutes(self, sets: tuple[int, ...]) -> int:
        """Minutes that they take with warm-up and set-up, rounded up."""
        return minutes_of(self.items, sets)


def sessions_wanted(instance: Instance, shares: tuple[WeekShares, ...]) -> tuple[Wanted, ...]:
    """List all sessions wanted, week by week in the order of the program."""
    contents, sessions = _Contents(instance), instance.sessions
    wanted: list[Wanted] = []
    turn = 0
    for week, count in enumerate(_counts(instance.scenario, instance.calendar)):
        first = 0
        if count < len(sessions):
            first, turn = turn, (turn + count) % len(sessions)
        ids: dict[str, str] = {}
        own_week: list[Wanted] = []
        for place in range(count):
            session = sessions[(first + place) % len(sessions)]
            again = place // len(sessions)
            name = f"{session.name}{again + 1}" if again else session.name
            one = contents.wanted(session, name, week, shares[week], ids.get(session.name))
            ids[session.name] = one.id
            own_week.append(one)
        wanted += own_week
    return tuple(wanted)


class _Contents:
    """The sessions of a block as its weeks make them; what is new is counted as it comes."""

    def __init__(self, instance: Instance) -> None:
        scenario, calendar, settings = instance.scenario, instance.calendar, instance.settings
        self.instance = instance
        self.novelty = novelty(scenario, calendar, settings)
        self.profiles = week_profiles(calendar, settings, scenario.athlete.experience == "new")
        self.rooms = [has_room(calendar, week, settings) for week in calendar.weeks]
        age, older = scenario.athlete.age, settings.older_athlete
        self.older = age is not None and older is not None and age >= older.from_age
        self.exposures: dict[str, int] = {}
        self.seen: dict[tuple[object, ...], tuple[Item, ...]] = {}

    def _begins(self, one: Exercise) -> bool:
        return self.novelty.new(one.id) and not self.novelty.known(one) and not self.exposures.get(one.id)

    def wanted(self, session: Session, name: str, week: int, shares: WeekShares, twin: str | None) -> Wanted:
        """The session as a week wants it."""
        guarded = week in self.novelty.guarded
        done, missing = content_of(
            session,
            self.instance,
            lambda one: guarded and self._begins(one),
            self.novelty.known,
        )
        new = {one.exercise.id for one in done if self.novelty.new(one.exercise.id)}
        novel = frozenset(move for move in new if self.exposures.get(move, 0) < EXPOSURES_UNTIL_FAMILIAR)
        # Where no day of the week has room nothing is done, so nothing becomes familiar.
        for move in new if self.rooms[week] else ():
            self.exposures[move] = self.exposures.get(move, 0) + 1
        profile = self.profiles[week]
        key = (session.name, tuple(one.exercise.id for one in done), novel, profile)
        if key not in self.seen:
            asked = Asked(profile, novel, self.instance.settings, self.older)
            items = items_of(done, asked) if session.exercises else (plain_item(session),)
            self.seen[key] = with_forms(
                items,
                self.instance.exercises,
                lambda one: at_hand(one, self.instance.kit),
                lambda one: self.novelty.new(one.id),
                self.instance.settings.exercise_rotation,
            )
        items = self.seen[key]
        own = tuple(item.allowed(shares.own) for item in items)
        most = tuple(item.allowed(shares.most) for item in items)
        return Wanted(
            id=session_id(week + 1, name),
            week=week,
            session=session.name,
            name=name,
            items=items,
            novel=bool(novel),
            twin=twin,
            profile=profile,
            own=own,
            most=most,
            bounds=Bounds(items, own, most, session.minutes if session.exercises else None),
            missing=missing,
        )


def _counts(scenario: Scenario, calendar: Calendar) -> list[int]:
    """Count the sessions of each week, a partial one by its share of seven days, rounded half up."""
    asked = scenario.strength.sessions_per_week
    counts = []
    for index, week in enumerate(calendar.weeks):
        if isinstance(asked, int):
            full = asked
        elif isinstance(asked, tuple):
            full = asked[index]
        else:
            full = (PER_PHASE | {str(phase): count for phase, count in (asked or {}).items()})[week.phase]
        days = week.last_day - week.first_day + 1
        counts.append((2 * full * days + 7) // 14)
    return counts
