"""The exercises of a session, worked out a second time: kit, new movements, order."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from mesocycle.models.sessions import Session, SessionExercise
from mesocycle.models.strength import Exercise, Role
from mesocycle.solver.instance.instance import Instance
from mesocycle.solver.verify.season import a_races

Test = Callable[[Exercise], bool]
# A new lifter who lists nothing familiar may still begin with what loads the legs less than this.
HEAVY_START = 0.8
# Metres of a short race, and of a half marathon at most.
SHORT_RACE, HALF_MARATHON = 15_000, 25_000


@dataclass(frozen=True)
class Move:
    """One exercise of a session: what is done for the entry at `place`.

    `requested` is the exercise of the entry where another stands in for it, `why` is then kit, new or light.
    `unit` is equal for those that are done in turn.
    """

    exercise: Exercise
    entry: SessionExercise
    place: int
    unit: int
    requested: str | None = None
    why: str = ""


@dataclass(frozen=True)
class Novelty:
    """What is new to the runner, what may then stand in, and the weeks in which nothing new begins.

    In the `heavy` weeks, the guarded ones among them, nothing begins that is heavy on the legs.
    """

    new: Callable[[str], bool]
    known: Test
    guarded: frozenset[int]
    heavy: frozenset[int]

    def guards(self, exercise: Exercise, week: int) -> bool:
        """Whether a week is too late for an exercise to begin."""
        return week in (self.guarded if is_light(exercise) else self.heavy)


def at_hand(exercise: Exercise, kit: frozenset[str] | None) -> bool:
    """Whether the kit has one way to do it."""
    return kit is None or any(kit.issuperset(way) for way in exercise.equipment)


def novelty_of(instance: Instance) -> Novelty:
    """Work out what is new: what is not familiar, if that is listed; all of it for a new lifter."""
    familiar = instance.scenario.history.familiar
    guarded, heavy = _guarded_weeks(instance)
    if familiar is None:
        is_new = instance.scenario.athlete.experience == "new"
        return Novelty(lambda _: is_new, is_light, guarded, heavy)
    return Novelty(
        lambda name: name not in familiar, lambda exercise: exercise.id in familiar, guarded, heavy
    )


def is_light(exercise: Exercise) -> bool:
    """Whether a new lifter may begin with it at any time."""
    return exercise.lower_body_load < HEAVY_START and exercise.eccentric_load < HEAVY_START


def _guarded_weeks(instance: Instance) -> tuple[frozenset[int], frozenset[int]]:
    """Weeks of peak and taper, and those with one of the days that end with an A race; none if off.

    Then the same with the days in which nothing heavy begins.
    """
    rule, calendar = instance.settings.novelty_guard, instance.calendar
    if rule is None:
        return frozenset(), frozenset()
    guarded = {week.number - 1 for week in calendar.weeks if week.phase in ("peak", "taper")}
    heavy: set[int] = set()
    for day, metres in a_races(calendar).items():
        short, half, long = rule.heavy_days
        before = short if metres <= SHORT_RACE else half if metres <= HALF_MARATHON else long
        for weeks, days in ((guarded, rule.race_days), (heavy, before)):
            # The race's own day and so many before it.
            last = range(day - days, day + 1)
            weeks |= {week.number - 1 for week in calendar.weeks if set(week.days) & set(last)}
    return frozenset(guarded), frozenset(guarded | heavy)


def content_of(
    session: Session, instance: Instance, too_new: Test, known: Test, harder: Mapping[str, str]
) -> tuple[tuple[Move, ...], tuple[tuple[str, str], ...]]:
    """List what is done in a session of a week, and what nothing stands in for, with the reason."""
    library, settings = instance.exercises, instance.settings
    kit = instance.kit if settings.equipment_available is not None else None
    used = {entry.exercise for entry in session.exercises}
    moves: list[Move] = []
    missing: list[tuple[str, str]] = []
    for place, (entry, unit) in enumerate(zip(session.exercises, _units(session), strict=True)):
        requested = library[entry.exercise]
        exercise: Exercise | None = requested
        why = "" if at_hand(requested, kit) else "kit"
        above = library.get(harder.get(requested.id, ""))
        if not why and above is not None and above.id not in used and not too_new(above):
            exercise, why = above, "light"
        elif why or too_new(requested):
            free = [
                candidate
                for candidate in library.values()
                if candidate.id not in used and at_hand(candidate, kit)
            ]
            if why:
                exercise = nearest(requested, [candidate for candidate in free if not too_new(candidate)])
            else:
                exercise = _in_place_of_new(requested, free, known)
                why = "new" if exercise is not requested else ""
        if exercise is None:
            missing.append((entry.exercise, why))
            continue
        used.add(exercise.id)
        moves.append(Move(exercise, entry, place, unit, entry.exercise if why else None, why))
    if settings.in_session_order is not None:
        moves = _in_order(moves)
    # Units are numbered as they are done.
    order = list(dict.fromkeys(move.unit for move in moves))
    return tuple(replace(move, unit=order.index(move.unit)) for move in moves), tuple(missing)


def _in_place_of_new(requested: Exercise, free: Sequence[Exercise], known: Test) -> Exercise | None:
    """The nearest of the known; else the exercise itself or the nearest other, if light."""
    familiar = nearest(requested, [exercise for exercise in free if known(exercise)])
    if familiar is not None or is_light(requested):
        return familiar or requested
    light = [exercise for exercise in free if is_light(exercise)]
    return nearest(requested, light) or nearest(requested, light, akin=False)


def _units(session: Session) -> Iterator[int]:
    """A number for each exercise, the same for those with the same label."""
    seen: dict[tuple[str | None, str | None], int] = {}
    for at, entry in enumerate(session.exercises):
        if entry.superset is None and entry.complex is None:
            yield at
        else:
            yield seen.setdefault((entry.superset, None if entry.superset else entry.complex), at)


def nearest(requested: Exercise, free: Sequence[Exercise], akin: bool = True) -> Exercise | None:
    """The nearest exercise to one that cannot be done: by pattern, family, role, sides, load.

    One that is `akin` counts for one of its patterns.
    """
    patterns = set(requested.counts_for)
    pool = [exercise for exercise in free if not akin or not patterns.isdisjoint(exercise.counts_for)]
    traits: tuple[Callable[[Exercise], Any], ...] = (
        lambda exercise: exercise.pattern,
        lambda exercise: exercise.counts_for[0],
        lambda exercise: exercise.role,
        lambda exercise: exercise.unilateral,
    )
    for trait in traits:
        pool = [exercise for exercise in pool if trait(exercise) == trait(requested)] or pool
    load = requested.lower_body_load
    return min(pool, key=lambda exercise: abs(exercise.lower_body_load - load), default=None)


def _in_order(moves: list[Move]) -> list[Move]:
    """Jumps, main lifts, leg work, upper body, the rest; each unit where its first kind belongs."""
    ranks: dict[int, int] = {}
    first: dict[int, Move] = {}
    for move in moves:
        lead = first.setdefault(move.unit, move)
        # The jump of a complex follows its lift wherever that is done.
        jumps = move.exercise.role is Role.PLYOMETRIC
        if move is lead or move.entry.superset is not None or not jumps:
            ranks[move.unit] = min(ranks.get(move.unit, 9), _rank(move.exercise))
    return sorted(moves, key=lambda move: ranks[move.unit])


def _rank(exercise: Exercise) -> int:
    if exercise.role in (Role.PLYOMETRIC, Role.MAIN):
        return 0 if exercise.role is Role.PLYOMETRIC else 1
    if "push" in exercise.counts_for or "pull" in exercise.counts_for:
        return 3
    return 2 if exercise.legs and exercise.counts_for[0] not in ("calf", "carry") else 4
