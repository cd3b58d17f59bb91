"""The trim ladder: the versions of a session that a week allows, each one set less than the one above.

Sets, minutes and dose of a rung are constants, so every price of a rung is one too (docs/model.md).
Trimming takes upper-body and core work first, then other accessories, then the main lifts, then calves
and single-leg work: what article 004 keeps when time is short stays longest.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction

from mesocycle.files.library import overhead
from mesocycle.models.strength import Exercise, Role, Session

# Dose is counted in thousandths; 8.0 is four hard sets of each of two main lifts.
REFERENCE_DOSE = 8000
# A quarter of the reference: from here on a lift is "loaded" and the rules for heavy legs apply.
LOADED_DOSE = 2000
# An exercise asks something of the legs from here on: its sets count as leg sets.
LEG_LOAD = 0.3
PLAIN_DOSE = {"heavy": 8000, "moderate": 4000, "none": 0}
PLAIN_SET_MINUTES = 3
# Floors of article 004 and of the one-set maintenance trials: never zero.
FLOOR = {Role.MAIN: 2}


@dataclass(frozen=True)
class Item:
    """One exercise of a session with all that its sets cost; a plain session is one item without exercise."""

    exercise: str | None
    role: Role
    most: int
    least: int
    floor: int
    dose: int
    seconds: int
    setup_seconds: int
    legs: bool
    heavy_load: bool
    to_failure: bool
    keep: int
    reps: int | None
    load: int | None
    rir: int | None


@dataclass(frozen=True)
class Rung:
    """One version of a session: sets of each item, and what follows from them.

    `dose` is in thousandths, `short_main` and `short_other` count sets below the week's own top.
    """

    sets: tuple[int, ...]
    minutes: int
    dose: int
    leg_sets: int
    short_main: int
    short_other: int

    @property
    def total(self) -> int:
        """All sets."""
        return sum(self.sets)


def session_items(session: Session, library: dict[str, Exercise], novel: frozenset[str]) -> tuple[Item, ...]:
    """Turn a session into items; `novel` exercises weigh up to 30 % more on the legs."""
    if not session.exercises:
        return (_plain(session),)
    return tuple(
        _item(library[entry.exercise], entry.sets, entry.reps, entry.load, entry.rir, entry.exercise in novel)
        for entry in session.exercises
    )


def _plain(session: Session) -> Item:
    minutes = session.minutes or 0
    dose = PLAIN_DOSE[session.lower_body or "none"]
    warmup = overhead().warmup_s
    sets = max(2, (minutes * 60 - warmup) // (PLAIN_SET_MINUTES * 60))
    return Item(
        exercise=None,
        role=Role.MAIN,
        most=sets,
        least=math.ceil(sets / 2),
        floor=math.ceil(sets / 2),
        dose=-(-dose // sets),
        seconds=PLAIN_SET_MINUTES * 60,
        setup_seconds=minutes * 60 - warmup - sets * PLAIN_SET_MINUTES * 60,
        legs=dose > 0,
        heavy_load=dose >= REFERENCE_DOSE,
        to_failure=False,
        keep=0,
        reps=None,
        load=None,
        rir=None,
    )


def _item(
    exercise: Exercise,
    sets: tuple[int, int] | None,
    reps: int | None,
    load: int | None,
    rir: int | None,
    novel: bool,
) -> Item:
    low, high = sets or exercise.sets
    percent = Fraction(load) if load else Fraction(sum(exercise.load), 2) if exercise.load else Fraction(60)
    intensity = min(max(percent / 80, Fraction(3, 5)), Fraction(23, 20))
    to_failure = rir is not None and rir == 0
    dose = 1000 * Fraction(str(exercise.lower_body_load)) * intensity
    if rir is not None and rir <= 1:
        dose *= Fraction(5, 4)
    if novel:
        dose *= 1 + Fraction(3, 10) * Fraction(str(exercise.eccentric_load))
    legs = exercise.lower_body_load >= LEG_LOAD
    return Item(
        exercise=exercise.id,
        role=exercise.role,
        most=high,
        least=low,
        floor=FLOOR.get(exercise.role, 1),
        dose=round_half_up(dose),
        seconds=exercise.seconds_per_set,
        setup_seconds=overhead().setup_s_per_exercise,
        legs=legs,
        heavy_load=legs and load is not None and load >= 80,
        to_failure=to_failure,
        keep=_keep(exercise, legs),
        reps=reps or exercise.reps,
        load=load,
        rir=rir,
    )


def _keep(exercise: Exercise, legs: bool) -> int:
    """How long an exercise is kept when sets must go; low goes first."""
    if exercise.pattern in ("single_leg", "calf"):
        return 5 if exercise.pattern == "single_leg" else 4
    if exercise.role is Role.MAIN:
        return 3
    if legs:
        return 2
    return 1 if exercise.role is Role.CORE else 0


def round_half_up(value: Fraction) -> int:
    """Round to the nearest integer, halves up."""
    return math.floor(value + Fraction(1, 2))


def cap(item: Item, factor: Fraction) -> int:
    """Sets of an item that a week's factor allows: rounded half up, at least the floor, never above full."""
    return min(item.most, max(item.floor, round_half_up(item.most * factor)))


def build_ladder(items: tuple[Item, ...], factors: tuple[Fraction, ...]) -> tuple[Rung, ...]:
    """List the versions of one session in one week, biggest first.

    Parameters
    ----------
    items : tuple of Item
        The session.
    factors : tuple of Fraction
        Shares of the full sets from which ladders start, falling; the last one is the week's own. More
        than one where a trim rule is soft, so that sets above it can be bought.

    Returns
    -------
    tuple of Rung
        Without repeats. The last has the least sets of each item that the week allows.
    """
    own = tuple(cap(item, factors[-1]) for item in items)
    rungs: dict[tuple[int, ...], Rung] = {}
    for factor in factors:
        sets = [cap(item, factor) for item in items]
        least = [min(top, item.least) for top, item in zip(own, items, strict=True)]
        while True:
            rungs.setdefault(tuple(sets), _rung(items, tuple(sets), own))
            left = [at for at in range(len(items)) if sets[at] > least[at]]
            if not left:
                break
            # The one with the most sets goes first among equals, so that none is stripped before the others.
            sets[min(left, key=lambda at: (items[at].keep, -sets[at], at))] -= 1
    return tuple(sorted(rungs.values(), key=lambda rung: (-rung.total, rung.sets)))


def _rung(items: tuple[Item, ...], sets: tuple[int, ...], own: tuple[int, ...]) -> Rung:
    pairs = tuple(zip(items, sets, strict=True))
    seconds = overhead().warmup_s + sum(item.setup_seconds + n * item.seconds for item, n in pairs)
    short = [(item.role, max(0, top - n)) for (item, n), top in zip(pairs, own, strict=True)]
    return Rung(
        sets=sets,
        minutes=math.ceil(seconds / 60),
        dose=sum(n * item.dose for item, n in pairs),
        leg_sets=sum(n for item, n in pairs if item.legs),
        short_main=sum(n for role, n in short if role is Role.MAIN),
        short_other=sum(n for role, n in short if role is not Role.MAIN),
    )
