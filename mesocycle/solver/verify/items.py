"""What each exercise of a session demands, worked out a second time: sets, seconds, dose."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from mesocycle.models.sessions import Session, SessionExercise
from mesocycle.models.strength import Exercise, Role
from mesocycle.solver.verify.content import Move
from mesocycle.solver.verify.loads import (
    Demands,
    PrescribedSet,
    exact,
    prescribed_set,
    set_of_line,
)
from mesocycle.solver.verify.schemes import Line
from mesocycle.solver.verify.shares import FULL

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
# What is kept when time is short, and what the sets are worth by place there, the last for each further set.
KEEP = ("main", "single_leg", "calf", "legs", "core", "upper")
POINTS = ((16, 12, 4, 2), (10, 6, 3, 2), (10, 6, 3, 2), (5, 3, 2, 1), (4, 2, 1, 1), (4, 2, 1, 1))
PLAIN_POINTS = (6, 6, 6, 6)


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
    own, 0 for none), `cap` limits the sets of what begins or begins again, `dose` is in thousandths a set.
    `unit` is shared by what is done in turn, `place` is the entry's in the program. `rank` is the place among
    what is kept when time is short, `points` what the first and further sets are worth. `patterns` are half
    sets a set, `contacts` landings. `percent` is the exact one of 1RM, `zone` and `wave` are the clock's.
    `line` are sets written one by one, `each` what they prescribe; what is `whole` is trimmed in no week.
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
    rank: int = 0
    points: tuple[int, ...] = PLAIN_POINTS
    older: int = 0
    cap: int | None = None
    novel: bool = False
    eased: bool = False
    percent: Fraction | None = None
    zone: str = ""
    wave: int = 0
    requested: str | None = None
    why: str = ""
    patterns: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    contacts: int = 0
    unilateral: bool = False
    whole: bool = False
    line: Line | None = None
    each: tuple[PrescribedSet, ...] = ()
    forms: tuple[Form, ...] = ()

    @property
    def name(self) -> str:
        """What it is called in a sentence."""
        return "the session" if self.exercise is None else self.exercise.id.replace("_", " ")

    @property
    def floor_of_week(self) -> int:
        """What no share of a week goes below: all of a line that is the lighter one already."""
        light_already = self.line is not None and self.line.light
        return self.most if self.whole or light_already else self.floor

    def dose_of(self, count: int) -> int:
        """Load on the legs of so many sets, in thousandths."""
        if self.line is None or self.exercise is None:
            return count * self.dose
        places = self.line.done(count)
        return sum(_dose(self.exercise, self.each[at], self.novel) for at in places)

    @property
    def entry_is_open(self) -> bool:
        """Whether no load is written for it."""
        return self.entry is None or self.entry.load is None

    @property
    def full(self) -> int:
        """The most sets that it may have."""
        return self.most if self.cap is None else min(self.most, self.cap)

    def worth(self, done: int, due: int) -> int:
        """What the sets are worth that are not done of those that are due."""
        last = len(self.points) - 1
        return sum(self.points[min(number, last)] for number in range(done, due))


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
        whole=session.kind == "mobility",
    )


def items_of(moves: Sequence[Move], demands: Sequence[Demands]) -> tuple[Item, ...]:
    """The items of a session; those done in turn have one range of sets and one floor."""
    sizes = Counter(move.unit for move in moves)
    items = [_item(move, its, sizes[move.unit] > 1) for move, its in zip(moves, demands, strict=True)]
    return tuple(_joined(item, [member for member in items if member.unit == item.unit]) for item in items)


def _joined(item: Item, members: Sequence[Item]) -> Item:
    most = min(member.most for member in members)
    return replace(
        item,
        most=most,
        least=min(most, max(member.least for member in members)),
        floor=min(most, max(member.floor for member in members)),
        cap=min(member.full for member in members),
        rank=min(member.rank for member in members),
    )


def _item(move: Move, demands: Demands, joined: bool) -> Item:
    exercise, entry, settings = move.exercise, move.entry, demands.settings
    least, most = entry.range or exercise.sets
    one_set, line = prescribed_set(move, demands), demands.line
    if line is not None:
        most = len(line.sets)
        least = min(least, most) if entry.is_range else most
    rank, points = _kept(exercise, settings.short_time_priority)
    main = exercise.role is Role.MAIN
    rule = settings.older_athlete if demands.older and (main or exercise.legs) else None
    older = 0 if rule is None else rule.least_sets
    lands = exercise.role is Role.PLYOMETRIC and exercise.legs
    caps = [demands.cap, max(least, min(older, most)) if demands.eased else None]
    return Item(
        entry=entry,
        exercise=exercise,
        reps=one_set.reps,
        load=one_set.load,
        rir=one_set.rir,
        main=main,
        most=most,
        least=max(least, min(older, most)),
        floor=min(most, max(2 if main or _kind(exercise) == "main" else 1, older)),
        dose=_dose(exercise, one_set, demands.novel),
        seconds=(exercise.seconds_per_set + _slow(entry.tempo, exercise, one_set.reps))
        * (IN_TURN if entry.superset and joined else FULL),
        setup_seconds=SETUP_SECONDS,
        legs=exercise.legs,
        very_heavy=exercise.legs and one_set.load is not None and one_set.load >= VERY_HEAVY_PERCENT,
        to_failure=one_set.rir == 0,
        unit=move.unit,
        place=move.place,
        rank=rank,
        points=points,
        older=min(most, older),
        cap=min((cap for cap in caps if cap is not None), default=None),
        novel=demands.novel,
        eased=demands.eased,
        percent=one_set.percent,
        zone=_zone(demands),
        wave=0 if demands.beat is None else demands.beat.wave,
        requested=move.requested,
        why=move.why,
        patterns=MappingProxyType(dict.fromkeys(exercise.counts_for, 1) | {exercise.counts_for[0]: 2}),
        contacts=one_set.reps * (2 if exercise.unilateral else 1) if lands else 0,
        unilateral=exercise.unilateral,
        line=line,
        each=() if line is None else tuple(set_of_line(one, line, exercise, settings) for one in line.sets),
    )


def _slow(tempo: str | None, exercise: Exercise, reps: int) -> int:
    """Seconds by which a written tempo makes a set longer than with four a repetition."""
    if tempo is None:
        return 0
    one = sum(1 if part == "x" else int(part) for part in tempo.split("-"))
    return max(0, one - 4) * reps * (1 + exercise.unilateral)


def _zone(demands: Demands) -> str:
    if demands.beat is None:
        return ""
    if demands.eased:
        return "foundation"
    return "taper" if demands.taper else demands.beat.zone


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


def _kept(
    exercise: Exercise, settings: rules.short_time_priority.Parameters | None
) -> tuple[int, tuple[int, ...]]:
    """The place of its kind among those kept, and what its sets are worth; what is not listed is last."""
    kind = _kind(exercise)
    order, points = (KEEP, POINTS) if settings is None else (settings.keep, settings.points)
    rank = order.index(kind) if kind in order else len(KEEP) - 1
    return rank, points[rank]


def _kind(exercise: Exercise) -> str:
    """What it is when time is short: a squat or hinge with either leg counts as a main lift."""
    if exercise.pattern in ("single_leg", "calf"):
        return exercise.pattern
    if exercise.legs:
        main = exercise.role is Role.MAIN or exercise.counts_for[0] in ("squat", "hinge")
        return "main" if main else "legs"
    return "core" if exercise.role is Role.CORE else "upper"
