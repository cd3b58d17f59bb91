"""Which sessions are wanted in which week, and what each asks, told from sessions and library alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from mesocycle.models.plan import session_id
from mesocycle.models.scenario import Scenario
from mesocycle.models.strength import Exercise, Role, Session, SessionExercise
from mesocycle.solver.calendar import Calendar
from mesocycle.solver.verify.shares import WeekShares, sets_allowed

# Dose on the legs in thousandths: a full heavy session, and the quarter from which legs count as loaded.
FULL_DOSE = 8000
LOADED_DOSE = 2000
LEG_WORK = 0.3
VERY_HEAVY_PERCENT = 80
WARMUP_SECONDS = 480
SETUP_SECONDS = 75
PLAIN_DOSES = {"heavy": FULL_DOSE, "moderate": 4000, "none": 0}
PLAIN_SET_SECONDS = 180
EXPOSURES_UNTIL_FAMILIAR = 2
PER_PHASE = {"base": 2, "build": 2, "peak": 2, "taper": 1, "recovery": 2}


@dataclass(frozen=True)
class Item:
    """One exercise of a session, or the whole of a session without exercises (`entry` is None then).

    `full` and `least` are its range of sets, `floor` what no trimming goes below, `dose` thousandths a set.
    """

    entry: SessionExercise | None
    reps: int | None
    main: bool
    full: int
    least: int
    floor: int
    dose: int
    seconds: int
    setup_seconds: int
    legs: bool
    very_heavy: bool
    to_failure: bool

    def allowed(self, share: Fraction) -> int:
        """Sets that a share allows."""
        return sets_allowed(self.full, self.floor, share)


@dataclass(frozen=True)
class Wanted:
    """One session of one week (an index from 0), with the sets that the week allows of each item.

    `own` are the week's full sets, `most` those that can be bought where a trim rule is soft, `least` the
    fewest. `twin` is the id of the same session earlier in the week's list.
    """

    id: str
    week: int
    name: str
    items: tuple[Item, ...]
    novel: bool
    twin: str | None
    own: tuple[int, ...]
    most: tuple[int, ...]
    least: tuple[int, ...]

    @property
    def demanding(self) -> bool:
        """Whether it holds new movements or sets to failure."""
        return self.novel or any(item.to_failure for item in self.items)

    @property
    def very_heavy(self) -> bool:
        """Whether it prescribes 80 % of 1RM or more for the legs."""
        return any(item.very_heavy for item in self.items)

    def dose(self, sets: tuple[int, ...]) -> int:
        """Load on the legs of so many sets, in thousandths."""
        return sum(count * item.dose for item, count in zip(self.items, sets, strict=True))

    def leg_sets(self, sets: tuple[int, ...]) -> int:
        """Sets among them that ask something of the legs."""
        return sum(count for item, count in zip(self.items, sets, strict=True) if item.legs)

    def minutes(self, sets: tuple[int, ...]) -> int:
        """Minutes that they take with warm-up and set-up, rounded up."""
        work = sum(
            item.setup_seconds + count * item.seconds for item, count in zip(self.items, sets, strict=True)
        )
        return -(-(WARMUP_SECONDS + work) // 60)


def sessions_wanted(
    scenario: Scenario,
    calendar: Calendar,
    shares: tuple[WeekShares, ...],
    sessions: tuple[Session, ...],
    exercises: Mapping[str, Exercise],
) -> tuple[Wanted, ...]:
    """List all sessions wanted, week by week in the order of the program."""
    new = _new_movements(scenario, sessions)
    done = dict.fromkeys(new, 0)
    known: dict[tuple[int, frozenset[str]], tuple[Item, ...]] = {}
    wanted: list[Wanted] = []
    turn = 0
    for week, count in enumerate(_counts(scenario, calendar)):
        first = 0
        if count < len(sessions):
            first, turn = turn, (turn + count) % len(sessions)
        ids: dict[int, str] = {}
        for place in range(count):
            which = (first + place) % len(sessions)
            session = sessions[which]
            moves = frozenset(entry.exercise for entry in session.exercises) & new
            novel = frozenset(move for move in moves if done[move] < EXPOSURES_UNTIL_FAMILIAR)
            for move in moves:
                done[move] += 1
            if (which, novel) not in known:
                known[which, novel] = _items(session, exercises, novel)
            again = place // len(sessions)
            name = f"{session.name}{again + 1}" if again else session.name
            one = _wanted(week, name, known[which, novel], bool(novel), ids.get(which), shares[week])
            ids[which] = one.id
            wanted.append(one)
    return tuple(wanted)


def _wanted(
    week: int, name: str, items: tuple[Item, ...], novel: bool, twin: str | None, shares: WeekShares
) -> Wanted:
    own = tuple(item.allowed(shares.own) for item in items)
    return Wanted(
        id=session_id(week + 1, name),
        week=week,
        name=name,
        items=items,
        novel=novel,
        twin=twin,
        own=own,
        most=tuple(item.allowed(shares.most) for item in items),
        least=tuple(min(top, item.least) for top, item in zip(own, items, strict=True)),
    )


def _new_movements(scenario: Scenario, sessions: tuple[Session, ...]) -> frozenset[str]:
    """Name the exercises that are new: those not familiar, if the runner lists those or is new to lifting."""
    familiar = scenario.history.familiar
    if familiar is None and scenario.athlete.experience != "new":
        return frozenset()
    return frozenset(e.exercise for session in sessions for e in session.exercises) - set(familiar or ())


def _counts(scenario: Scenario, calendar: Calendar) -> list[int]:
    """Count the sessions of each week, a partial one by its share of seven days, rounded half up."""
    asked = scenario.strength.sessions_per_week
    counts = []
    for index, week in enumerate(calendar.weeks):
        if isinstance(asked, int):
            full = asked
        elif isinstance(asked, tuple):
            full = asked[index]
        else:
            full = (PER_PHASE | {str(phase): count for phase, count in (asked or {}).items()})[week.phase]
        days = week.last_day - week.first_day + 1
        counts.append((2 * full * days + 7) // 14)
    return counts


def _items(session: Session, exercises: Mapping[str, Exercise], novel: frozenset[str]) -> tuple[Item, ...]:
    if not session.exercises:
        return (_plain(session),)
    return tuple(
        _item(entry, exercises[entry.exercise], entry.exercise in novel) for entry in session.exercises
    )


def _plain(session: Session) -> Item:
    seconds = 60 * (session.minutes or 0) - WARMUP_SECONDS
    sets = max(2, seconds // PLAIN_SET_SECONDS)
    dose = PLAIN_DOSES[session.lower_body or "none"]
    half = (sets + 1) // 2
    return Item(
        entry=None,
        reps=None,
        main=True,
        full=sets,
        least=half,
        floor=half,
        dose=-(-dose // sets),
        seconds=PLAIN_SET_SECONDS,
        setup_seconds=seconds - sets * PLAIN_SET_SECONDS,
        legs=dose > 0,
        very_heavy=dose >= FULL_DOSE,
        to_failure=False,
    )


def _item(entry: SessionExercise, exercise: Exercise, novel: bool) -> Item:
    least, full = entry.sets or exercise.sets
    if entry.load:
        percent = Fraction(entry.load)
    else:
        percent = Fraction(sum(exercise.load), 2) if exercise.load else Fraction(60)
    dose = 1000 * Fraction(str(exercise.lower_body_load))
    dose *= max(Fraction(60, 100), min(Fraction(115, 100), percent / 80))
    if entry.rir is not None and entry.rir <= 1:
        dose *= Fraction(125, 100)
    if novel:
        dose *= 1 + Fraction(30, 100) * Fraction(str(exercise.eccentric_load))
    legs = exercise.lower_body_load >= LEG_WORK
    return Item(
        entry=entry,
        reps=entry.reps or exercise.reps,
        main=exercise.role is Role.MAIN,
        full=full,
        least=least,
        floor=2 if exercise.role is Role.MAIN else 1,
        dose=(2 * dose.numerator + dose.denominator) // (2 * dose.denominator),
        seconds=exercise.seconds_per_set,
        setup_seconds=SETUP_SECONDS,
        legs=legs,
        very_heavy=legs and entry.load is not None and entry.load >= VERY_HEAVY_PERCENT,
        to_failure=entry.rir == 0,
    )
