"""The exercises of a session as kit, novelty and order leave them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby

from mesocycle.models.strength import Exercise, Role, Session, SessionExercise
from mesocycle.solver.instance.instance import Instance
from mesocycle.solver.prescription.kit import fits, instead, nearest_first
from mesocycle.solver.prescription.novelty import asks_little

# Jumps first while fresh, then the main lifts, single-leg and other leg work, upper body, calves and core.
JUMP, MAIN, LEGS, UPPER, LAST = range(5)


@dataclass(frozen=True)
class Move:
    """One exercise of a session.

    `asked` is the exercise that was asked for where another stands in for it, `why` is then kit or new.
    `group` joins the members of a superset or complex.
    """

    exercise: Exercise
    entry: SessionExercise
    group: str
    asked: str | None = None
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

    `barred` tells which exercises are too new for the week, `familiar` which may stand in for them.
    """
    library, settings = instance.exercises, instance.settings
    kit = instance.kit if settings.equipment_available is not None else None
    taken = {entry.exercise for entry in session.exercises}
    done: list[Move] = []
    missing: list[tuple[str, str]] = []

    for at, entry in enumerate(session.exercises):
        exercise, label = library[entry.exercise], entry.superset or entry.complex
        group = f"{'superset' if entry.superset else 'complex'} {label}" if label else f"alone {at}"
        why = "kit" if not fits(exercise, kit) else "new" if barred(exercise) else ""
        if not why:
            done.append(Move(exercise, entry, group))
            continue
        free = [one for one in library.values() if one.id not in taken and fits(one, kit)]
        if why == "kit":
            other = instead(exercise, [one for one in free if not barred(one)])
        else:
            other = _in_place_of_new(exercise, free, familiar)
        if other is exercise:
            done.append(Move(exercise, entry, group))
        elif other is None:
            missing.append((entry.exercise, why))
        else:
            taken.add(other.id)
            done.append(Move(other, entry, group, entry.exercise, why))
    return Moves(tuple(_in_order(done) if settings.in_session_order is not None else done), tuple(missing))


def _in_place_of_new(
    exercise: Exercise, free: Sequence[Exercise], familiar: Callable[[Exercise], bool]
) -> Exercise | None:
    """The nearest familiar movement; else itself if it asks little, or the nearest of any kind that does."""
    known = instead(exercise, [one for one in free if familiar(one)])
    if known is not None or asks_little(exercise):
        return known or exercise
    light = [one for one in free if asks_little(one)]
    return instead(exercise, light) or next(iter(nearest_first(exercise, light)), None)


def _in_order(moves: Sequence[Move]) -> list[Move]:
    groups = [tuple(members) for _, members in groupby(moves, key=lambda move: move.group)]
    groups.sort(key=lambda members: min(_rank(move) for move in members if _leads(move, members)))
    return [move for members in groups for move in members]


def _leads(move: Move, members: tuple[Move, ...]) -> bool:
    """The heavy lift of a complex decides where it comes, not its jump."""
    return (
        len(members) == 1 or move.superset or move.exercise.role is not Role.PLYOMETRIC or move is members[0]
    )


def _rank(move: Move) -> int:
    exercise = move.exercise
    if exercise.role is Role.PLYOMETRIC:
        return JUMP
    if exercise.role is Role.MAIN:
        return MAIN
    if {"push", "pull"} & set(exercise.counts_for):
        return UPPER
    if exercise.legs and exercise.counts_for[0] not in ("calf", "carry"):
        return LEGS
    return LAST
