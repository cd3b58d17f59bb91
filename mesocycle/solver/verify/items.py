"""What each exercise of a session demands, worked out a second time: sets, seconds, dose, forms."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from mesocycle.models.strength import Exercise, Role, Session, SessionExercise
from mesocycle.solver.instance.instance import Instance
from mesocycle.solver.verify.content import Move, Novelty, at_hand
from mesocycle.solver.verify.loads import Demands, PrescribedSet, exact, is_counted, prescribed_set
from mesocycle.solver.verify.shares import FULL, sets_allowed

if TYPE_CHECKING:
    from mesocycle.solver import rules


# Dose on the legs in thousandths: a full heavy session, and the quarter from which legs count as loaded.
FULL_DOSE = 8000
LOADED_DOSE = 2000
VERY_HEAVY_PERCENT = 80
WARMUP_SECONDS = 480
SETUP_SECONDS = 75
# A set of a superset takes six tenths of its time.
IN_TURN = Fraction(6, 10)
PLAIN_DOSES = {"heavy": FULL_DOSE, "moderate": 4000, "none": 0}
PLAIN_SET_SECONDS = 180
# What is kept when time is short, and what a set is worth by its place there; all else one.
KEEP = ("single_leg", "calf", "main", "legs", "core", "upper")
WORTH = {0: 5, 1: 5, 2: 5, 3: 2}
PLAIN_WORTH = 3


class Form(NamedTuple):
    """One way of doing an item: exercise, slow_lowering or hold or as usual, repetitions, % of 1RM."""

    exercise: str
    variant: str | None
    reps: int | None
    load: int | None


@dataclass(frozen=True)
class Item:
    """One exercise of a session, or the whole of a session without exercises (`exercise` is None then).

    `most` and `least` are its range of sets, `floor` what no trimming goes below (`older` an older athlete's
    own, 0 for none), `share` caps the sets of what is new, `dose` is in thousandths a set. `unit` is shared
    by what is done in turn, `place` is the entry's in the program. `worth` is what a set counts that is not
    done. `patterns` are half sets a set, `contacts` landings.
    """

    entry: SessionExercise | None
    exercise: Exercise | None
    reps: int | None
    load: int | None
    rir: int | None
    main: bool
    most: int
    least: int
    floor: int
    dose: int
    seconds: Fraction
    setup_seconds: int
    legs: bool
    very_heavy: bool
    to_failure: bool
    unit: int = 0
    place: int = 0
    worth: int = 1
    older: int = 0
    share: Fraction = FULL
    requested: str | None = None
    why: str = ""
    patterns: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    contacts: int = 0
    unilateral: bool = False
    forms: tuple[Form, ...] = ()

    @property
    def name(self) -> str:
        """What it is called in a sentence."""
        return "the session" if self.exercise is None else self.exercise.id.replace("_", " ")

    def allowed(self, share: Fraction) -> int:
        """Sets that a share allows."""
        return sets_allowed(self.most, self.floor, min(share, self.share))


def plain_item(session: Session) -> Item:
    """The one item of a session that is given by its minutes."""
    seconds = 60 * (session.minutes or 0) - WARMUP_SECONDS
    sets = max(2, seconds // PLAIN_SET_SECONDS)
    dose = PLAIN_DOSES[session.lower_body or "none"]
    half = (sets + 1) // 2
    return Item(
        entry=None,
        exercise=None,
        reps=None,
        load=None,
        rir=None,
        main=True,
        most=sets,
        least=half,
        floor=half,
        dose=-(-dose // sets),
        seconds=Fraction(PLAIN_SET_SECONDS),
        setup_seconds=seconds - sets * PLAIN_SET_SECONDS,
        legs=dose > 0,
        very_heavy=dose >= FULL_DOSE,
        to_failure=False,
        worth=PLAIN_WORTH,
    )


def items_of(moves: Sequence[Move], demands: Demands) -> tuple[Item, ...]:
    """The items of a session; those done in turn have one range of sets, floor and share."""
    sizes = Counter(move.unit for move in moves)
    items = [_item(move, demands, sizes[move.unit] > 1) for move in moves]
    return tuple(_joined(item, [member for member in items if member.unit == item.unit]) for item in items)


def _joined(item: Item, members: Sequence[Item]) -> Item:
    most = min(member.most for member in members)
    return replace(
        item,
        most=most,
        least=min(most, max(member.least for member in members)),
        floor=min(most, max(member.floor for member in members)),
        share=min(member.share for member in members),
    )


def _item(move: Move, demands: Demands, joined: bool) -> Item:
    exercise, entry, settings = move.exercise, move.entry, demands.settings
    least, most = entry.sets or exercise.sets
    one_set = prescribed_set(move, demands)
    main, novel = exercise.role is Role.MAIN, exercise.id in demands.novel
    rule = settings.older_athlete if demands.older and (main or exercise.legs) else None
    older = 0 if rule is None else rule.least_sets
    guard = settings.novelty_guard
    lands = exercise.role is Role.PLYOMETRIC and exercise.legs
    return Item(
        entry=entry,
        exercise=exercise,
        reps=one_set.reps,
        load=one_set.load,
        rir=one_set.rir,
        main=main,
        most=most,
        least=max(least, min(older, most)),
        floor=min(most, max(2 if main else 1, older)),
        dose=_dose(exercise, one_set, novel),
        seconds=exercise.seconds_per_set * (IN_TURN if entry.superset and joined else FULL),
        setup_seconds=SETUP_SECONDS,
        legs=exercise.legs,
        very_heavy=exercise.legs and one_set.load is not None and one_set.load >= VERY_HEAVY_PERCENT,
        to_failure=one_set.rir == 0,
        unit=move.unit,
        place=move.place,
        worth=_worth(exercise, settings.short_time_priority),
        older=min(most, older),
        share=exact(guard.first_share) if guard is not None and novel else FULL,
        requested=move.requested,
        why=move.why,
        patterns=MappingProxyType(dict.fromkeys(exercise.counts_for, 1) | {exercise.counts_for[0]: 2}),
        contacts=one_set.reps * (2 if exercise.unilateral else 1) if lands else 0,
        unilateral=exercise.unilateral,
    )


def _dose(exercise: Exercise, one_set: PrescribedSet, novel: bool) -> int:
    """Thousandths a set: by load, more where it nears failure or is new."""
    if one_set.load is not None:
        percent = Fraction(one_set.load)
    else:
        percent = Fraction(sum(exercise.load), 2) if exercise.load else Fraction(60)
    dose = 1000 * exact(exercise.lower_body_load)
    dose *= max(Fraction(60, 100), min(Fraction(115, 100), percent / 80))
    if one_set.rir in (0, 1):
        dose *= Fraction(125, 100)
    if novel:
        dose *= 1 + Fraction(30, 100) * exact(exercise.eccentric_load)
    return (2 * dose.numerator + dose.denominator) // (2 * dose.denominator)


def _worth(exercise: Exercise, settings: rules.short_time_priority.Parameters | None) -> int:
    """What a set counts, by the place of its kind among those kept."""
    if exercise.pattern in ("single_leg", "calf"):
        kind = exercise.pattern
    elif exercise.role is Role.MAIN:
        kind = "main"
    elif exercise.legs:
        kind = "legs"
    else:
        kind = "core" if exercise.role is Role.CORE else "upper"
    order = KEEP if settings is None else settings.keep
    return WORTH.get(order.index(kind), 1) if kind in order else 1


def with_forms(items: tuple[Item, ...], instance: Instance, novelty: Novelty) -> tuple[Item, ...]:
    """Add the forms that each item may take in turn, its own first."""
    used = {item.exercise.id for item in items if item.exercise is not None}
    result = []
    for item in items:
        forms = tuple(dict.fromkeys(_forms(item, used, instance, novelty)))
        used |= {form.exercise for form in forms}
        result.append(replace(item, forms=forms))
    return tuple(result)


def _forms(item: Item, used: set[str], instance: Instance, novelty: Novelty) -> Iterator[Form]:
    exercise, entry, rule = item.exercise, item.entry, instance.settings.exercise_rotation
    if exercise is None or entry is None:
        return
    yield Form(exercise.id, None, item.reps, item.load)
    if rule is None or rule.mode == "off":
        return
    light = [
        candidate
        for candidate in instance.exercises.values()
        if candidate.lower_body_load <= exercise.lower_body_load
        and candidate.seconds_per_set <= exercise.seconds_per_set
        and at_hand(candidate, instance.kit)
    ]
    if entry.rotate is not None:
        listed = [instance.exercises[name] for name in entry.rotate]
        yield from (_instead(item, exercise, candidate) for candidate in listed if candidate in light)
    elif exercise.role not in (Role.MAIN, Role.PLYOMETRIC) and entry.complex is None:
        if rule.mode != "exercises" and is_counted(exercise) and item.reps is not None:
            yield from _variants(exercise, item.reps, item.load)
        elif rule.mode != "variants":
            free = [
                candidate for candidate in light if candidate.id not in used and not novelty.new(candidate.id)
            ]
            yield from _exchange(item, exercise, free)


def _variants(exercise: Exercise, reps: int, load: int | None) -> Iterator[Form]:
    """Lowered slowly or held: seven seconds for a repetition instead of four, not fewer than three."""
    fewer = min(reps, max(3, 4 * reps // 7))
    if exercise.eccentric_load > 0:
        yield Form(exercise.id, "slow_lowering", fewer, load)
    yield Form(exercise.id, "hold", fewer, load)


def _exchange(item: Item, exercise: Exercise, free: Sequence[Exercise]) -> Iterator[Form]:
    """The nearest of a kind: by movement, sides, load on the legs."""
    alike = [
        candidate
        for candidate in free
        if candidate.counts_for[0] == exercise.counts_for[0] and candidate.role == exercise.role
    ]
    if alike:
        nearest = min(
            alike,
            key=lambda candidate: (
                exercise.pattern != candidate.pattern,
                exercise.unilateral != candidate.unilateral,
                abs(exercise.lower_body_load - candidate.lower_body_load),
            ),
        )
        yield _instead(item, exercise, nearest)


def _instead(item: Item, exercise: Exercise, substitute: Exercise) -> Form:
    reps = substitute.reps
    if item.reps is not None and substitute.reps_unit == exercise.reps_unit:
        reps = max(substitute.reps_range[0], min(item.reps, substitute.reps_range[1]))
    return Form(substitute.id, None, reps, item.load if substitute.load else None)
