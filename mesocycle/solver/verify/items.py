"""What each exercise of a session asks, told a second time: sets, seconds, load on the legs, forms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from mesocycle.models.strength import Exercise, Role, Session, SessionExercise
from mesocycle.solver.verify.content import Done, May
from mesocycle.solver.verify.shares import FULL, sets_allowed
from mesocycle.solver.verify.zones import Prescribed, is_counted, prescribed

if TYPE_CHECKING:
    from mesocycle.solver import rules
    from mesocycle.solver.rules import RuleSettings


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
# What is kept when time is short, and what a set counts by its place there; all else counts one.
KEPT = ("single_leg", "calf", "main", "legs", "core", "upper")
COUNTS = {0: 5, 1: 5, 2: 5, 3: 2}
PLAIN_COUNTS = 3


class Form(NamedTuple):
    """One way of doing an item: exercise, slow_lowering or hold or as usual, repetitions, % of 1RM."""

    exercise: str
    variant: str | None
    reps: int | None
    load: int | None


@dataclass(frozen=True)
class Item:
    """One exercise of a session, or the whole of a session without exercises (`exercise` is None then).

    `full` and `least` are its range of sets, `floor` what no trimming goes below (`older` an older athlete's
    own, 0 for none), `share` caps the sets of what is new, `dose` is in thousandths a set. `unit` is shared
    by what is done in turn, `place` is the entry's in the program. `counts` is what a set counts that is not
    done. `patterns` are half sets a set, `contacts` landings.
    """

    entry: SessionExercise | None
    exercise: Exercise | None
    reps: int | None
    load: int | None
    rir: int | None
    main: bool
    full: int
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
    counts: int = 1
    older: int = 0
    share: Fraction = FULL
    asked: str | None = None
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
        return sets_allowed(self.full, self.floor, min(share, self.share))


class Asked(NamedTuple):
    """What week and runner ask of a session: its zone, what is new in it, rules, whether older."""

    profile: str
    novel: frozenset[str]
    settings: RuleSettings
    older: bool


def plain_item(session: Session) -> Item:
    """The one item of a session that is told by its minutes."""
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
        full=sets,
        least=half,
        floor=half,
        dose=-(-dose // sets),
        seconds=Fraction(PLAIN_SET_SECONDS),
        setup_seconds=seconds - sets * PLAIN_SET_SECONDS,
        legs=dose > 0,
        very_heavy=dose >= FULL_DOSE,
        to_failure=False,
        counts=PLAIN_COUNTS,
    )


def items_of(done: Sequence[Done], asked: Asked) -> tuple[Item, ...]:
    """The items of a session; those done in turn have one range of sets, floor and share."""
    several = [sum(other.unit == one.unit for other in done) > 1 for one in done]
    alone = [_item(one, asked, joined) for one, joined in zip(done, several, strict=True)]
    units: dict[int, list[Item]] = {}
    for item in alone:
        units.setdefault(item.unit, []).append(item)
    joined = []
    for item in alone:
        members = units[item.unit]
        full = min(one.full for one in members)
        joined.append(
            replace(
                item,
                full=full,
                least=min(full, max(one.least for one in members)),
                floor=min(full, max(one.floor for one in members)),
                share=min(one.share for one in members),
            )
        )
    return tuple(joined)


def _item(done: Done, asked: Asked, joined: bool) -> Item:
    exercise, entry, settings = done.exercise, done.entry, asked.settings
    least, full = entry.sets or exercise.sets
    one = prescribed(exercise, entry, done.asked is not None, asked.profile, settings)
    main, novel = exercise.role is Role.MAIN, exercise.id in asked.novel
    senior = settings.older_athlete if asked.older and (main or exercise.legs) else None
    older = 0 if senior is None else senior.least_sets
    guard = settings.novelty_guard
    lands = exercise.role is Role.PLYOMETRIC and exercise.legs
    return Item(
        entry=entry,
        exercise=exercise,
        reps=one.reps,
        load=one.load,
        rir=one.rir,
        main=main,
        full=full,
        least=max(least, min(older, full)),
        floor=min(full, max(2 if main else 1, older)),
        dose=_dose(exercise, one, novel),
        seconds=exercise.seconds_per_set * (IN_TURN if entry.superset and joined else FULL),
        setup_seconds=SETUP_SECONDS,
        legs=exercise.legs,
        very_heavy=exercise.legs and one.load is not None and one.load >= VERY_HEAVY_PERCENT,
        to_failure=one.rir == 0,
        unit=done.unit,
        place=done.place,
        counts=_counts(exercise, settings.short_time_priority),
        older=min(full, older),
        share=Fraction(str(guard.first_share)) if guard is not None and novel else FULL,
        asked=done.asked,
        why=done.why,
        patterns=MappingProxyType(dict.fromkeys(exercise.counts_for, 1) | {exercise.counts_for[0]: 2}),
        contacts=one.reps * (2 if exercise.unilateral else 1) if lands else 0,
        unilateral=exercise.unilateral,
    )


def _dose(exercise: Exercise, one: Prescribed, novel: bool) -> int:
    """Thousandths a set: by load, more where it nears failure or is new."""
    if one.load is not None:
        percent = Fraction(one.load)
    else:
        percent = Fraction(sum(exercise.load), 2) if exercise.load else Fraction(60)
    dose = 1000 * Fraction(str(exercise.lower_body_load))
    dose *= max(Fraction(60, 100), min(Fraction(115, 100), percent / 80))
    if one.rir in (0, 1):
        dose *= Fraction(125, 100)
    if novel:
        dose *= 1 + Fraction(30, 100) * Fraction(str(exercise.eccentric_load))
    return (2 * dose.numerator + dose.denominator) // (2 * dose.denominator)


def _counts(exercise: Exercise, settings: rules.short_time_priority.Parameters | None) -> int:
    """What a set counts, by the place of its kind among those kept."""
    if exercise.pattern in ("single_leg", "calf"):
        kind = exercise.pattern
    elif exercise.role is Role.MAIN:
        kind = "main"
    elif exercise.legs:
        kind = "legs"
    else:
        kind = "core" if exercise.role is Role.CORE else "upper"
    order = KEPT if settings is None else settings.keep
    return COUNTS.get(order.index(kind), 1) if kind in order else 1


def with_forms(
    items: tuple[Item, ...],
    library: Mapping[str, Exercise],
    fits: May,
    new: May,
    settings: rules.exercise_rotation.Parameters | None,
) -> tuple[Item, ...]:
    """Add the forms that each item may take in turn, its own first."""
    used = {item.exercise.id for item in items if item.exercise is not None}
    result = []
    for item in items:
        forms = tuple(dict.fromkeys(_forms(item, library, used, fits, new, settings)))
        used |= {form.exercise for form in forms}
        result.append(replace(item, forms=forms))
    return tuple(result)


def _forms(
    item: Item,
    library: Mapping[str, Exercise],
    used: set[str],
    fits: May,
    new: May,
    settings: rules.exercise_rotation.Parameters | None,
) -> Iterator[Form]:
    own, entry = item.exercise, item.entry
    if own is None or entry is None:
        return
    yield Form(own.id, None, item.reps, item.load)
    mode = "off" if settings is None else settings.mode
    light = [
        one
        for one in library.values()
        if one.lower_body_load <= own.lower_body_load and one.seconds_per_set <= own.seconds_per_set
    ]
    if mode == "off":
        return
    if entry.rotate is not None:
        for name in entry.rotate:
            if library[name] in light and fits(library[name]):
                yield _instead(item, own, library[name])
        return
    if own.role in (Role.MAIN, Role.PLYOMETRIC) or entry.complex is not None:
        return
    varies = mode != "exercises" and is_counted(own) and item.reps is not None
    if varies and item.reps is not None:
        # Seven seconds for a repetition instead of four; not fewer than three of them.
        fewer = min(item.reps, max(3, 4 * item.reps // 7))
        if own.eccentric_load > 0:
            yield Form(own.id, "slow_lowering", fewer, item.load)
        yield Form(own.id, "hold", fewer, item.load)
    elif mode != "variants":
        alike = (
            one
            for one in light
            if one.id not in used and one.counts_for[0] == own.counts_for[0] and one.role == own.role
        )
        near = sorted((one for one in alike if fits(one) and not new(one)), key=lambda one: _apart(own, one))
        if near:
            yield _instead(item, own, near[0])


def _apart(own: Exercise, other: Exercise) -> tuple[int, int, float]:
    """How far another exercise of the kind is: its movement, its sides, its load on the legs."""
    return (
        own.pattern != other.pattern,
        own.unilateral != other.unilateral,
        abs(own.lower_body_load - other.lower_body_load),
    )


def _instead(item: Item, own: Exercise, other: Exercise) -> Form:
    reps = other.reps
    if item.reps is not None and other.reps_unit == own.reps_unit:
        reps = max(other.reps_range[0], min(item.reps, other.reps_range[1]))
    return Form(other.id, None, reps, item.load if other.load else None)
