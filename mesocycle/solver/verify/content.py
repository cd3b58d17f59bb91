"""What is done in a session, told a second time: kit, new movements, order."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from mesocycle.models.scenario import Scenario
from mesocycle.models.strength import Exercise, Role, Session, SessionExercise
from mesocycle.solver.instance.calendar import Calendar
from mesocycle.solver.instance.instance import Instance

if TYPE_CHECKING:
    from mesocycle.solver.rules import RuleSettings


May = Callable[[Exercise], bool]
# A new lifter who names nothing he knows may still be given what asks little.
ASKS_MUCH = 0.8


@dataclass(frozen=True)
class Done:
    """One exercise of a session: what is done for the entry at `place`.

    `asked` is what was asked for where something stands in for it, `why` is kit or new. `unit` is equal for
    those that are done in turn.
    """

    exercise: Exercise
    entry: SessionExercise
    place: int
    unit: int
    asked: str | None = None
    why: str = ""


@dataclass(frozen=True)
class Novelty:
    """What is new to the runner, when nothing new begins, and what may then stand in."""

    new: Callable[[str], bool]
    known: May
    guarded: frozenset[int]


def at_hand(exercise: Exercise, kit: frozenset[str] | None) -> bool:
    """Whether the kit has one way to do it."""
    return kit is None or any(kit.issuperset(way) for way in exercise.equipment)


def novelty(scenario: Scenario, calendar: Calendar, settings: RuleSettings) -> Novelty:
    """Work out what is new: what is not familiar, if that is listed; all of it for a new lifter."""
    listed = scenario.history.familiar
    begins = scenario.athlete.experience == "new"
    if listed is None:
        return Novelty(lambda _: begins, asks_little, guarded_weeks(calendar, settings))
    return Novelty(
        lambda name: name not in listed, lambda one: one.id in listed, guarded_weeks(calendar, settings)
    )


def asks_little(one: Exercise) -> bool:
    """Whether a new lifter may begin with it at any time."""
    return one.lower_body_load < ASKS_MUCH and one.eccentric_load < ASKS_MUCH


def guarded_weeks(calendar: Calendar, settings: RuleSettings) -> frozenset[int]:
    """Weeks of peak and taper, and those with a day in the stretch that ends with an A race; none if off."""
    rule = settings.novelty_guard
    if rule is None:
        return frozenset()
    weeks = {week.number - 1 for week in calendar.weeks if week.phase in ("peak", "taper")}
    for run in calendar.races:
        if run.race is not None and run.race.priority == "A":
            # The race's own day and so many before it.
            days = range(run.day - rule.race_days, run.day + 1)
            weeks |= {week.number - 1 for week in calendar.weeks if set(week.days) & set(days)}
    return frozenset(weeks)


def content_of(
    session: Session,
    instance: Instance,
    too_new: May,
    known: May,
) -> tuple[tuple[Done, ...], tuple[tuple[str, str], ...]]:
    """List what is done in a session of a week, and what nothing stands in for, with the reason."""
    library, settings = instance.exercises, instance.settings
    kit = instance.kit if settings.equipment_available is not None else None
    used = {entry.exercise for entry in session.exercises}
    done: list[Done] = []
    missing: list[tuple[str, str]] = []
    for place, (entry, unit) in enumerate(zip(session.exercises, _units(session), strict=True)):
        wanted = library[entry.exercise]
        found: Exercise | None = wanted
        why = ""
        if not at_hand(wanted, kit):
            why = "kit"
            found = nearest(wanted, library, used, lambda one: at_hand(one, kit) and not too_new(one))
        elif too_new(wanted):
            found = _for_new(wanted, library, used, lambda one: at_hand(one, kit), known)
            why = "new" if found is not wanted else ""
        if found is None:
            missing.append((entry.exercise, why))
            continue
        used.add(found.id)
        done.append(Done(found, entry, place, unit, entry.exercise if why else None, why))
    if settings.in_session_order is not None:
        done = _in_order(done)
    # Units are numbered as they are done.
    order = list(dict.fromkeys(one.unit for one in done))
    return tuple(replace(one, unit=order.index(one.unit)) for one in done), tuple(missing)


def _for_new(
    wanted: Exercise, library: Mapping[str, Exercise], used: set[str], may: May, known: May
) -> Exercise | None:
    """What is done where something begins too late: the known, else itself or another that asks little."""
    found = nearest(wanted, library, used, lambda one: may(one) and known(one))
    if found is None and asks_little(wanted):
        found = wanted
    if found is None:
        found = nearest(wanted, library, used, lambda one: may(one) and asks_little(one))
    if found is None:
        found = nearest(wanted, library, used, lambda one: may(one) and asks_little(one), akin=False)
    return found


def _units(session: Session) -> Iterator[int]:
    """A number for each exercise, the same for those with the same label."""
    seen: dict[tuple[str | None, str | None], int] = {}
    for at, entry in enumerate(session.exercises):
        if entry.superset is None and entry.complex is None:
            yield at
        else:
            yield seen.setdefault((entry.superset, None if entry.superset else entry.complex), at)


def nearest(
    gone: Exercise, library: Mapping[str, Exercise], used: set[str], may: May, akin: bool = True
) -> Exercise | None:
    """The exercise that comes nearest to one that cannot be done: kind, family, role, sides, load.

    One that is `akin` counts for one of its patterns.
    """
    kinds = set(gone.counts_for)
    pool = [
        one
        for one in library.values()
        if one.id != gone.id
        and one.id not in used
        and (not akin or not kinds.isdisjoint(one.counts_for))
        and may(one)
    ]
    traits: tuple[Callable[[Exercise], Any], ...] = (
        lambda one: one.pattern,
        lambda one: one.counts_for[0],
        lambda one: one.role,
        lambda one: one.unilateral,
    )
    for trait in traits:
        pool = [one for one in pool if trait(one) == trait(gone)] or pool
    return min(pool, key=lambda one: abs(one.lower_body_load - gone.lower_body_load), default=None)


def _in_order(done: list[Done]) -> list[Done]:
    """Jumps, main lifts, leg work, upper body, the rest; each unit where its first kind belongs."""
    ranks: dict[int, int] = {}
    first: dict[int, Done] = {}
    for one in done:
        lead = first.setdefault(one.unit, one)
        # The jump of a complex follows its lift wherever that is done.
        follows = one is not lead and one.entry.superset is None and one.exercise.role is Role.PLYOMETRIC
        if not follows:
            ranks[one.unit] = min(ranks.get(one.unit, 9), _rank(one.exercise))
    return sorted(done, key=lambda one: ranks[one.unit])


def _rank(one: Exercise) -> int:
    if one.role in (Role.PLYOMETRIC, Role.MAIN):
        return 0 if one.role is Role.PLYOMETRIC else 1
    if "push" in one.counts_for or "pull" in one.counts_for:
        return 3
    return 2 if one.legs and one.counts_for[0] not in ("calf", "carry") else 4
