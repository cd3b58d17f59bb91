"""The forms that an exercise takes in turn when something in a session changes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from mesocycle.models.strength import Exercise, RepsUnit, Role
from mesocycle.solver.prescription.items import USUAL_REP_SECONDS, Item
from mesocycle.solver.prescription.kit import nearest_first
from mesocycle.solver.prescription.moves import Move

if TYPE_CHECKING:
    from mesocycle.solver.rules import exercise_rotation

# A usual repetition takes four seconds; lowering for five or holding for three makes it seven (article 003),
# so fewer of them take as long.
SLOW_REP_SECONDS = 7
LEAST_SLOW_REPS = 3
# Fewer and heavier repetitions, and a shorter rest (design values).
FEWER, SHORT_REST, LEAST_REST = 2, Fraction(3, 4), 60


@dataclass(frozen=True)
class Form:
    """One way of doing an item: an exercise, and the variant where it is done in another way than usual."""

    exercise: Exercise
    variant: str | None
    reps: int | None
    load: int | None

    @property
    def rest_seconds(self) -> int:
        """Rest after a set."""
        rest = self.exercise.rest_seconds
        return int(SHORT_REST * rest) if self.variant == "short_rest" else rest


def forms_of(
    items: Sequence[Item],
    library: Mapping[str, Exercise],
    allowed: Callable[[Exercise], bool],
    settings: exercise_rotation.Parameters | None,
    ends: Callable[[Item], bool] = lambda _: False,
    own_words: bool = False,
) -> tuple[tuple[Form, ...], ...]:
    """List the forms of each item of a session, the first its own; one form where it never changes.

    A form never loads the legs more and takes no longer than the item's own, so that sets, minutes and
    load of a session hold whichever form it takes.

    Parameters
    ----------
    items : sequence of Item
        In the order of the session.
    library : mapping of str to Exercise
        Where others of the same kind are looked up.
    allowed : callable
        Whether an exercise may come in that the session does not name: the runner knows it.
    settings : Parameters of exercise_rotation, optional
        None where the rule is off.
    ends : callable
        Whether the weights at hand end below what an item asks: how it is done follows from that then.
    own_words : bool
        Whether the runner wrote the sessions: repetitions, load and tempo that are his stay as they are.
    """
    taken = {item.exercise for item in items if item.exercise is not None}
    result = []
    turned = 0
    for item in items:
        free = [exercise for exercise in library.values() if exercise.id not in taken and allowed(exercise)]
        # What stands in the session already, or comes into it elsewhere, would be done twice.
        open_ = [exercise for exercise in library.values() if exercise.id not in taken]
        # A form that is listed twice is no change.
        turning = None if ends(item) or (own_words and is_fixed(item)) else settings
        forms = tuple(dict.fromkeys(_forms(item, open_, free, turning)))
        others = forms[1:]
        if others and others[0].variant is not None:
            # Each begins with another way, so that not everything is slow at first.
            first = turned % len(others)
            forms, turned = (forms[0], *others[first:], *others[:first]), turned + 1
        taken |= {form.exercise.id for form in forms}
        result.append(forms)
    return tuple(result)


def is_fixed(item: Item) -> bool:
    """Whether repetitions, load or tempo are written, and no others to take turns with."""
    entry = None if item.move is None else item.move.entry
    return (
        entry is not None
        and entry.rotate is None
        and any(said is not None for said in (entry.reps, entry.load, entry.tempo))
    )


def _forms(
    item: Item,
    may: Sequence[Exercise],
    free: Sequence[Exercise],
    settings: exercise_rotation.Parameters | None,
) -> tuple[Form, ...]:
    move = item.move
    if move is None:
        return ()
    own = Form(move.exercise, None, item.reps, item.load)
    if (
        settings is None
        or settings.mode == "off"
        or (item.one_set is not None and item.one_set.line is not None)
    ):
        return (own,)
    if move.entry.rotate is not None:
        by_name = {exercise.id: exercise for exercise in may}
        others = [by_name[name] for name in move.entry.rotate if name in by_name]
        lighter = [exercise for exercise in others if _no_more(exercise, move.exercise)]
        return (own, *(_exchange(item, move, exercise) for exercise in lighter))
    if item.role in (Role.MAIN, Role.PLYOMETRIC) or move.entry.complex is not None:
        return (own,)
    forms = [own]
    if settings.mode in ("variants", "both"):
        forms += _variants(item, move.exercise)
    if settings.mode == "exercises" or (settings.mode == "both" and len(forms) == 1):
        alike = [exercise for exercise in free if _alike(exercise, move.exercise)]
        forms += [_exchange(item, move, exercise) for exercise in nearest_first(move.exercise, alike)[:1]]
    return tuple(forms)


def _variants(item: Item, exercise: Exercise) -> list[Form]:
    if exercise.reps_unit not in (RepsUnit.REPS, RepsUnit.EACH_SIDE) or item.reps is None:
        return []
    fewer = min(item.reps, max(LEAST_SLOW_REPS, item.reps * USUAL_REP_SECONDS // SLOW_REP_SECONDS))
    forms = [Form(exercise, "hold", fewer, item.load)]
    if exercise.eccentric_load > 0:
        forms.insert(0, Form(exercise, "slow_lowering", fewer, item.load))
    heavier = item.reps - FEWER
    if exercise.weighted and heavier >= exercise.reps_range[0]:
        forms.insert(1, Form(exercise, "heavier", heavier, item.load))
    if exercise.rest_seconds >= LEAST_REST:
        forms.append(Form(exercise, "short_rest", item.reps, item.load))
    return forms


def _alike(exercise: Exercise, own: Exercise) -> bool:
    """Whether an exercise does for the item's own: same family and role, with no more load and time."""
    return (
        exercise.id != own.id
        and exercise.counts_for[0] == own.counts_for[0]
        and exercise.role == own.role
        and _no_more(exercise, own)
    )


def _no_more(exercise: Exercise, own: Exercise) -> bool:
    lighter = exercise.lower_body_load <= own.lower_body_load
    return lighter and exercise.seconds_per_set <= own.seconds_per_set


def _exchange(item: Item, move: Move, exercise: Exercise) -> Form:
    same = exercise.reps_unit == move.exercise.reps_unit
    low, high = exercise.reps_range
    reps = min(max(item.reps, low), high) if same and item.reps is not None else exercise.reps
    return Form(exercise, None, reps, None if exercise.load is None else item.load)
