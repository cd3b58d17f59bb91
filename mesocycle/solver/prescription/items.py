"""What the exercises of a session cost: sets, seconds, load on the legs, patterns, what each counts."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from mesocycle.files.library import overhead
from mesocycle.models.sessions import Kind, Session
from mesocycle.models.strength import Exercise, Role
from mesocycle.solver.instance.phases import round_half_up
from mesocycle.solver.prescription.moves import Move
from mesocycle.solver.prescription.zones import Demands, PrescribedSet, prescribe

if TYPE_CHECKING:
    from mesocycle.solver.rules import RuleSettings

# Dose is counted in thousandths; 8.0 is four hard sets of each of two main lifts.
REFERENCE_DOSE = 8000
# A quarter of the reference: from here on a lift is "loaded" and the rules for heavy legs apply.
LOADED_DOSE = 2000
# Work for the legs is very heavy from this share of 1RM on.
VERY_HEAVY_PERCENT = 80
PLAIN_DOSE = {"heavy": 8000, "moderate": 4000, "none": 0}
PLAIN_SET_MINUTES = 3
# Seconds of a set are counted in tenths: supersets make parts of them.
TENTHS = 10
# A usual repetition takes so long.
USUAL_REP_SECONDS = 4
# More sets than any session has, also one that is given by its minutes.
NO_CAP = 1000
# Floors of article 004 and of the one-set maintenance trials: never zero.
MAIN_FLOOR = 2
# What counts as squat and hinge when time is short, done with one leg or two.
MAIN_PATTERNS = ("squat", "hinge")
# What is kept when time is short, first to last; the runner may say otherwise.
Kept = Literal["main", "single_leg", "calf", "legs", "core", "upper"]
KEEP: tuple[Kept, ...] = ("main", "single_leg", "calf", "legs", "core", "upper")
# What the first set is worth by its place there, the second, the third, and each further one: a first set
# does more than a fourth (Pelland 2024, Iversen 2021, Spiering 2021); the numbers are design values.
Worth = tuple[int, int, int, int]
WORTH: tuple[Worth, ...] = (
    (16, 12, 4, 2),
    (10, 6, 3, 2),
    (10, 6, 3, 2),
    (5, 3, 2, 1),
    (4, 2, 1, 1),
    (4, 2, 1, 1),
)
# A set of a session that is given by its minutes counts between them, each the same.
PLAIN_WORTH = (6, 6, 6, 6)


@dataclass(frozen=True)
class Item:
    """One exercise of a session with all that its sets cost; a plain session is one item without exercise.

    `tenths` of a second are what a set takes with its rest. `worth` is what its sets count when they are not
    done, `place` its own among what is kept when time is short. `unit` joins what is trimmed together. `cap`
    is the most sets of what is new or after a break, `eased` tells that it stays light. `patterns` count each
    set in halves, `contacts` are landings of a set, `reps`, `load` and `rir` the week's own, of `one_set`.
    What is `untrimmed` keeps its sets whatever share the week has; `doses` are loads of so many sets where
    they differ.
    """

    exercise: str | None
    role: Role
    most: int
    least: int
    floor: int
    dose: int
    tenths: int
    setup_seconds: int
    legs: bool
    very_heavy: bool
    to_failure: bool
    worth: Worth
    reps: int | None
    load: int | None
    rir: int | None
    place: int = 0
    unit: int = 0
    cap: int = NO_CAP
    patterns: tuple[tuple[str, int], ...] = ()
    contacts: int = 0
    unilateral: bool = False
    novel: bool = False
    eased: bool = False
    untrimmed: bool = False
    doses: tuple[int, ...] = ()
    one_set: PrescribedSet | None = None
    move: Move | None = None

    @property
    def name(self) -> str:
        """What it is called within a sentence."""
        return self.move.exercise.in_text if self.move is not None else "the session"

    @property
    def least_of_week(self) -> int:
        """Sets below which no share of a week goes."""
        return self.most if self.untrimmed else self.floor

    def dose_of(self, count: int) -> int:
        """Load on the legs of so many sets."""
        return self.doses[min(count, len(self.doses) - 1)] if self.doses else count * self.dose

    def worth_of(self, first: int, last: int) -> int:
        """What its sets from one to another, counted from 1, are worth together."""
        return sum(self.worth[min(number, len(self.worth)) - 1] for number in range(first, last + 1))


def plain_items(session: Session) -> tuple[Item, ...]:
    """The one item of a session that is given by its minutes alone."""
    minutes = session.minutes or 0
    dose = PLAIN_DOSE[session.lower_body or "none"]
    warmup = overhead().warmup_s
    sets = max(2, (minutes * 60 - warmup) // (PLAIN_SET_MINUTES * 60))
    item = Item(
        exercise=None,
        role=Role.MAIN,
        most=sets,
        least=math.ceil(sets / 2),
        floor=math.ceil(sets / 2),
        dose=-(-dose // sets),
        tenths=TENTHS * PLAIN_SET_MINUTES * 60,
        setup_seconds=minutes * 60 - warmup - sets * PLAIN_SET_MINUTES * 60,
        legs=dose > 0,
        very_heavy=dose >= REFERENCE_DOSE,
        to_failure=False,
        worth=PLAIN_WORTH,
        untrimmed=session.kind is Kind.MOBILITY,
        reps=None,
        load=None,
        rir=None,
    )
    return (item,)


def session_items(moves: Sequence[Move], demands: Demands) -> tuple[Item, ...]:
    """Turn the exercises of a session into items; members of a superset or complex share their range."""
    units: dict[str, int] = {}
    members = Counter(move.group for move in moves)
    items = [
        _item(move, units.setdefault(move.group, len(units)), demands, members[move.group] > 1)
        for move in moves
    ]
    return tuple(_together(item, [member for member in items if member.unit == item.unit]) for item in items)


def _together(item: Item, members: Sequence[Item]) -> Item:
    if len(members) == 1:
        return item
    most = min(member.most for member in members)
    return replace(
        item,
        most=most,
        least=min(most, max(member.least for member in members)),
        floor=min(most, max(member.floor for member in members)),
        cap=min(member.cap for member in members),
        untrimmed=any(member.untrimmed for member in members),
    )


def _item(move: Move, unit: int, demands: Demands, joined: bool) -> Item:
    exercise, entry, settings = move.exercise, move.entry, demands.settings
    novel, eased = exercise.id in demands.novel, demands.is_eased(move)
    one_set = prescribe(move, demands)
    line = one_set.line
    low, high = entry.range or exercise.sets
    if line is not None:
        high = len(line.sets)
        low = min(low, high) if entry.is_range else high
    older = settings.older_athlete
    floor = MAIN_FLOOR if exercise.role is Role.MAIN or _kind(exercise) == "main" else 1
    if demands.older and older is not None and (exercise.legs or exercise.role is Role.MAIN):
        floor = max(floor, older.least_sets)
        low = max(low, min(older.least_sets, high))
    factor = Fraction(str(overhead().superset_time_factor)) if move.superset and joined else Fraction(1)
    return Item(
        exercise=exercise.id,
        role=exercise.role,
        most=high,
        least=low,
        floor=min(floor, high),
        dose=_dose(exercise, one_set, novel),
        tenths=int(TENTHS * factor * (exercise.seconds_per_set + _slower(move, one_set.reps))),
        setup_seconds=overhead().setup_s_per_exercise,
        legs=exercise.legs,
        very_heavy=exercise.legs and one_set.load is not None and one_set.load >= VERY_HEAVY_PERCENT,
        to_failure=one_set.rir == 0,
        worth=_worth(exercise, settings),
        place=_place(exercise, settings),
        reps=one_set.reps,
        load=one_set.load,
        rir=one_set.rir,
        one_set=one_set,
        novel=novel,
        eased=eased,
        untrimmed=line is not None and line.lighter,
        doses=_doses(exercise, one_set, novel),
        unit=unit,
        cap=_cap(exercise, low, demands, eased),
        patterns=halves(exercise),
        contacts=contacts(exercise, one_set.reps),
        unilateral=exercise.unilateral,
        move=move,
    )


def _cap(exercise: Exercise, least: int, demands: Demands, eased: bool) -> int:
    """The most sets of what is new, of what stays light, and of all in the first week after a break."""
    back = demands.settings.return_from_break
    caps = [demands.caps.get(exercise.id, NO_CAP)]
    caps += [least] if eased else []
    caps += [back.sets] if demands.returning and back is not None else []
    return min(caps)


def _slower(move: Move, reps: int) -> int:
    """Seconds that a written tempo takes beyond a usual set."""
    if move.entry.tempo is None:
        return 0
    seconds = sum(int(part) if part.isdigit() else 1 for part in move.entry.tempo.split("-"))
    sides = 2 if move.exercise.unilateral else 1
    return max(0, seconds - USUAL_REP_SECONDS) * reps * sides


def _doses(exercise: Exercise, one_set: PrescribedSet, novel: bool) -> tuple[int, ...]:
    """Load on the legs of none, one and more of the sets of a line, the most important first."""
    by_place = [_dose(exercise, each, novel) for each in one_set.each]
    kept = () if one_set.line is None else map(one_set.line.kept, range(len(by_place) + 1))
    return tuple(sum(by_place[at] for at in places) for places in kept)


def _dose(exercise: Exercise, one_set: PrescribedSet, novel: bool) -> int:
    """Load on the legs of a set, in thousandths: more where it nears failure or is new."""
    usual = Fraction(sum(exercise.load), 2) if exercise.load else Fraction(60)
    percent = usual if one_set.load is None else Fraction(one_set.load)
    intensity = min(max(percent / 80, Fraction(3, 5)), Fraction(23, 20))
    dose = 1000 * Fraction(str(exercise.lower_body_load)) * intensity
    if one_set.rir is not None and one_set.rir <= 1:
        dose *= Fraction(5, 4)
    if novel:
        dose *= 1 + Fraction(3, 10) * Fraction(str(exercise.eccentric_load))
    return round_half_up(dose)


def halves(exercise: Exercise) -> tuple[tuple[str, int], ...]:
    """Half sets that one set counts for by pattern: two for its own, one for each of the others."""
    return tuple((pattern, 1 if at else 2) for at, pattern in enumerate(exercise.counts_for))


def contacts(exercise: Exercise, reps: int) -> int:
    """Landings of one set of jumps, both legs together where each side jumps by itself."""
    if exercise.role is not Role.PLYOMETRIC or not exercise.legs:
        return 0
    return 2 * reps if exercise.unilateral else reps


def _place(exercise: Exercise, settings: RuleSettings) -> int:
    """Its place among what is kept when time is short."""
    priority = settings.short_time_priority
    order = KEEP if priority is None else priority.keep
    kind = _kind(exercise)
    return order.index(kind) if kind in order else len(KEEP) - 1


def _worth(exercise: Exercise, settings: RuleSettings) -> Worth:
    """What its sets count when they are not done, by its place."""
    priority = settings.short_time_priority
    return (WORTH if priority is None else priority.points)[_place(exercise, settings)]


def _kind(exercise: Exercise) -> str:
    if exercise.pattern in ("single_leg", "calf"):
        return exercise.pattern
    if exercise.legs and (exercise.role is Role.MAIN or exercise.counts_for[0] in MAIN_PATTERNS):
        return "main"
    if exercise.legs:
        return "legs"
    if exercise.role is Role.CORE:
        return "core"
    return "upper"
