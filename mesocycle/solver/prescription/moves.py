"""The exercises of a session as kit, novelty and order leave them, and what is new to the runner."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby

from mesocycle.models.scenario import Scenario
from mesocycle.models.sessions import Session, SessionExercise
from mesocycle.models.strength import Exercise, Role
from mesocycle.solver.instance.instance import Instance
from mesocycle.solver.prescription.kit import fits, instead, nearest_first

# A movement is new for its first two exposures (repeated-bout effect: Doma 2017, Nosaka 2005).
NEW_EXPOSURES = 2
# From here on a movement is too heavy, or lowers too much, to be begun in a guarded week.
HEAVY_START = 0.8
# Jumps first while fresh, then the main lifts, single-leg and other leg work, upper body, calves and core.
JUMP, MAIN, LEGS, UPPER, LAST = range(5)


@dataclass(frozen=True)
class Move:
    """One exercise of a session.

    `requested` is the exercise of the entry where another stands in for it, `why` is then kit, new or light.
    `group` joins the members of a superset or complex.
    """

    exercise: Exercise
    entry: SessionExercise
    group: str
    requested: str | None = None
    why: str = ""

    @property
    def superset(self) -> bool:
        """Whether its group is a superset."""
        return self.entry.superset is not None


@dataclass(frozen=True)
class Moves:
    """A session's exercises in the order in which they are done, and what nothing stands in for."""

    done: tuple[Move, ...]
    missing: tuple[tuple[str, str], ...] = ()


def moves_of(
    session: Session,
    instance: Instance,
    barred: Callable[[Exercise], bool] = lambda _: False,
    familiar: Callable[[Exercise], bool] = lambda _: True,
) -> Moves:
    """Read a session: exchange what the kit lacks or the week bars, then put it in order.

    An exercise that is `barred` is too new for the week; one that is `familiar` may stand in for it.
    """
    library, settings = instance.exercises, instance.settings
    kit = instance.kit if settings.equipment_available is not None else None
    taken = {entry.exercise for entry in session.exercises}
    done: list[Move] = []
    missing: list[tuple[str, str]] = []

    for at, entry in enumerate(session.exercises):
        exercise, label = library[entry.exercise], entry.superset or entry.complex
        group = f"{'superset' if entry.superset else 'complex'} {label}" if label else f"alone {at}"
        harder = instance.ladder.harder.get(exercise.id) if fits(exercise, kit) else None
        if harder is not None and harder not in taken and not barred(library[harder]):
            taken.add(harder)
            done.append(Move(library[harder], entry, group, entry.exercise, "light"))
            continue
        why = "kit" if not fits(exercise, kit) else "new" if barred(exercise) else ""
        if not why:
            done.append(Move(exercise, entry, group))
            continue
        free = [
            candidate for candidate in library.values() if candidate.id not in taken and fits(candidate, kit)
        ]
        if why == "kit":
            substitute = instead(exercise, [candidate for candidate in free if not barred(candidate)])
        else:
            substitute = _in_place_of_new(exercise, free, familiar)
        if substitute is exercise:
            done.append(Move(exercise, entry, group))
        elif substitute is None:
            missing.append((entry.exercise, why))
        else:
            taken.add(substitute.id)
            done.append(Move(substitute, entry, group, entry.exercise, why))
    return Moves(tuple(_in_order(done) if settings.in_session_order is not None else done), tuple(missing))


def _in_place_of_new(
    exercise: Exercise, free: Sequence[Exercise], familiar: Callable[[Exercise], bool]
) -> Exercise | None:
    """The nearest familiar movement; else itself if it is light, or the nearest light one of any kind."""
    known = instead(exercise, [candidate for candidate in free if familiar(candidate)])
    if known is not None or is_light(exercise):
        return known or exercise
    light = [candidate for candidate in free if is_light(candidate)]
    return instead(exercise, light) or next(iter(nearest_first(exercise, light)), None)


def _in_order(moves: Sequence[Move]) -> list[Move]:
    groups = [tuple(members) for _, members in groupby(moves, key=lambda move: move.group)]
    groups.sort(key=lambda members: min(rank_of(move.exercise) for move in members if _leads(move, members)))
    return [move for members in groups for move in members]


def _leads(move: Move, members: tuple[Move, ...]) -> bool:
    """The heavy lift of a complex decides where it comes, not its jump."""
    return (
        len(members) == 1 or move.superset or move.exercise.role is not Role.PLYOMETRIC or move is members[0]
    )


def rank_of(exercise: Exercise) -> int:
    """Where an exercise comes in a session: jumps first, calves and core last."""
    if exercise.role is Role.PLYOMETRIC:
        return JUMP
    if exercise.role is Role.MAIN:
        return MAIN
    if {"push", "pull"} & set(exercise.counts_for):
        return UPPER
    if exercise.legs and exercise.counts_for[0] not in ("calf", "carry"):
        return LEGS
    return LAST


def new_movements(scenario: Scenario) -> Callable[[str], bool]:
    """Return a test for new exercises: those not familiar; without a list all, for a new lifter."""
    familiar = scenario.history.familiar
    if familiar is None:
        is_new = scenario.athlete.experience == "new"
        return lambda _: is_new
    known = frozenset(familiar)
    return lambda name: name not in known


def is_light(exercise: Exercise) -> bool:
    """Whether it may begin at any time, for want of anything better."""
    return max(exercise.lower_body_load, exercise.eccentric_load) < HEAVY_START


def is_known(scenario: Scenario) -> Callable[[Exercise], bool]:
    """Return a test for what stands in for a new exercise first: the familiar; without a list the light."""
    familiar = scenario.history.familiar
    if familiar is None:
        return is_light
    known = frozenset(familiar)
    return lambda exercise: exercise.id in known


@dataclass(frozen=True)
class Guarded:
    """Weeks (indices) in which nothing new begins, and in which nothing new and heavy does."""

    new: frozenset[int] = frozenset()
    heavy: frozenset[int] = frozenset()

    def bars(self, exercise: Exercise, week: int) -> bool:
        """Whether an exercise that is new to the runner may not begin in a week."""
        return week in (self.new if is_light(exercise) else self.heavy)


def guarded_weeks(instance: Instance) -> Guarded:
    """Find the weeks of peak, of taper, and of the days before an A race, more of them for what is heavy."""
    calendar, guard = instance.calendar, instance.settings.novelty_guard
    if guard is None:
        return Guarded()
    goals = [
        (run.day, run.race) for run in calendar.races if run.race is not None and run.race.priority == "A"
    ]
    late, heavy = set(), set()
    for index, week in enumerate(calendar.weeks):
        ahead = [(day - week.last_day, race) for day, race in goals if week.first_day <= day]
        if week.phase in ("peak", "taper") or any(days <= guard.race_days for days, _ in ahead):
            late.add(index)
        if any(days <= guard.heavy_days_before(race.distance) for days, race in ahead):
            heavy.add(index)
    return Guarded(frozenset(late), frozenset(late | heavy))
