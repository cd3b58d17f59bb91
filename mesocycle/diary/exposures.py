"""What was lifted: the sets of every done session, as logged or else as planned, and what each says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

from mesocycle.diary.now import Now
from mesocycle.models.happened import LiftDone, LoggedSet
from mesocycle.models.lift_log import SetSeen, Unit
from mesocycle.models.living import LiftNow
from mesocycle.models.plan import PlannedExercise, PlannedSet
from mesocycle.solver.prescription.loads import percent_for
from mesocycle.solver.prescription.written import KG_PER_LB

# Beyond so many repetitions Epley's formula says little about what goes up once.
MOST_REPS = 10
# Warm-ups are light on purpose, drop sets are done tired.
TELLING = ("work", "test")
Reserve = Literal["told", "planned", "unknown"]


@dataclass(frozen=True)
class SetDone:
    """A work set or a test, and what it says.

    Attributes
    ----------
    weight : Fraction or None
        In `unit`, as it was told.
    rir : int or None
        What was left, as told or else as planned; None if unknown.
    estimate : Fraction or None
        1RM in the runner's unit.
    at_least : bool
        Whether the 1RM is so much or more.
    struggle : str
        What was missed, in words; empty if nothing was.
    """

    weight: Fraction | None
    unit: Unit | None
    reps: int | None
    rir: int | None
    reserve: Reserve
    estimate: Fraction | None
    at_least: bool
    struggle: str = ""

    def seen(self, best: bool) -> SetSeen:
        """The same for an answer."""
        return SetSeen(
            weight=None if self.weight is None else float(self.weight),
            unit=self.unit,
            reps=self.reps,
            rir=self.rir,
            reserve=self.reserve,
            estimate=shown(self.estimate),
            at_least=self.at_least,
            best=best,
        )


@dataclass(frozen=True)
class Exposure:
    """A done session with a lift in it: its sets, of which the best one tells."""

    session: str | None
    date: date
    start: int
    told: bool
    sets: tuple[SetDone, ...]

    @property
    def best(self) -> SetDone | None:
        """The set with the highest estimate; of equal ones that with a known reserve."""
        telling = [one for one in self.sets if one.estimate is not None]
        return max(telling, key=lambda one: (one.estimate or 0, not one.at_least), default=None)

    @property
    def struggle(self) -> str:
        """What was missed first; empty if nothing was."""
        return next((one.struggle for one in self.sets if one.struggle), "")


def shown(value: Fraction | None) -> float | None:
    """A weight as it is shown: to a tenth."""
    return None if value is None else float(round(value, 1))


def in_unit(weight: Fraction, unit: str, wanted: str) -> Fraction:
    """A weight in kg or lb, in the other where that is wanted."""
    if unit == wanted:
        return weight
    return weight * KG_PER_LB if wanted == "kg" else weight / KG_PER_LB


def exact(value: float) -> Fraction:
    """A number as it was written: 0.1 is a tenth."""
    return Fraction(str(value))


def exposures_of(now: Now, exercise: str) -> tuple[Exposure, ...]:
    """Every done session up to today with a lift in it, in order of time.

    A session that counts as done as planned is one only where the plan has a weight.

    Parameters
    ----------
    now : Now
        The block.
    exercise : str
        Its id.
    """
    unit = now.scenario.strength.weights.unit
    found = (_exposure(now, lift, exercise, unit) for lift in lifts_done(now))
    return tuple(one for one in found if one is not None)


def lifts_done(now: Now) -> Iterator[LiftNow]:
    """Lifts that were done, or count as done."""
    return (lift for lift in now.lifts if lift.status in ("done", "assumed") and lift.date <= now.today)


def done_of(now: Now, lift: LiftNow) -> LiftDone | None:
    """What the runner said of a lift; None of an assumed one."""
    if lift.status != "done" or lift.event is None:
        return None
    if lift.id is not None:
        return now.state.done.get(lift.id)
    entry = now.state.entry(lift.event)
    return entry.event if entry is not None and isinstance(entry.event, LiftDone) else None


def planned_of(lift: LiftNow, exercise: str) -> PlannedExercise | None:
    """What the card of a lift has of an exercise."""
    items = () if lift.card is None else lift.card.exercises
    return next((item for item in items if item.exercise == exercise), None)


def _exposure(now: Now, lift: LiftNow, exercise: str, unit: Unit) -> Exposure | None:
    done, planned = done_of(now, lift), planned_of(lift, exercise)
    logged = [one for one in (() if done is None else done.sets) if one.exercise == exercise]
    if logged:
        telling = [one for one in logged if one.kind in TELLING]
        targets = _targets(planned)
        sets = tuple(
            _logged(one, targets[min(at, len(targets) - 1)] if targets else None, unit)
            for at, one in enumerate(telling)
        )
        return Exposure(lift.id, lift.date, lift.start, True, sets) if sets else None
    if planned is None or planned.weight is None or (done is not None and done.only):
        return None
    return Exposure(lift.id, lift.date, lift.start, False, tuple(_as_planned(planned, unit)))


@dataclass(frozen=True)
class _Target:
    """What is planned of a set."""

    reps: int | None
    rir: int | None
    weight: Fraction | None
    unit: str | None


def _targets(planned: PlannedExercise | None) -> Sequence[_Target]:
    """The working sets of a card, in their order."""
    if planned is None:
        return ()
    sets = [one for one in planned.set_list if not one.warm_up]
    every = sets or [PlannedSet(reps=planned.reps, weight=planned.weight)] * planned.sets
    return [_target(one, planned) for one in every]


def _target(one: PlannedSet, planned: PlannedExercise) -> _Target:
    weight = planned.weight if one.weight is None else one.weight
    return _Target(
        planned.reps if one.reps is None else one.reps,
        planned.rir if one.rir is None else one.rir,
        None if weight is None else exact(weight),
        planned.weight_unit,
    )


def _as_planned(planned: PlannedExercise, unit: Unit) -> Iterator[SetDone]:
    for target in _targets(planned):
        reserve: Reserve = "unknown" if target.rir is None else "planned"
        own: Unit = "lb" if target.unit == "lb" else "kg"
        yield _set(target.weight, own, target.reps, target.rir, reserve, unit)


def _logged(one: LoggedSet, target: _Target | None, unit: Unit) -> SetDone:
    """A set as logged; what nobody told of its reserve is as planned, if the repetitions were met."""
    weight = None if one.weight is None else exact(one.weight)
    lighter = heavier = False
    if weight is not None and one.unit and target and target.weight is not None and target.unit:
        wanted = in_unit(target.weight, target.unit, one.unit)
        lighter, heavier = weight < wanted, weight > wanted
    met = target is not None and target.reps is not None and one.reps is not None and one.reps >= target.reps
    reserve: Reserve = "unknown"
    rir = None
    if one.rir is not None:
        reserve, rir = "told", one.rir
    elif met and target is not None and target.rir is not None and one.kind == "work":
        reserve, rir = "planned", target.rir
    # With less than planned on the bar as much was left, or more.
    floor = reserve == "planned" and lighter
    struggle = _struggle(one, target, heavier=heavier)
    return _set(weight, one.unit, one.reps, rir, reserve, unit, floor=floor, struggle=struggle)


def _struggle(one: LoggedSet, target: _Target | None, *, heavier: bool) -> str:
    """What was missed of a set; a test goes to the limit on purpose, and more weight goes up less often."""
    if one.kind == "test" or one.reps is None:
        return ""
    if not heavier and target is not None and target.reps is not None and one.reps < target.reps:
        return f"{one.reps} of {target.reps} repetitions"
    if one.rir == 0 and (target is None or target.rir != 0):
        return "none left in reserve"
    return ""


def _set(
    weight: Fraction | None,
    unit: Unit | None,
    reps: int | None,
    rir: int | None,
    reserve: Reserve,
    wanted: Unit,
    *,
    floor: bool = False,
    struggle: str = "",
) -> SetDone:
    estimate = None
    if weight is not None and unit is not None and reps is not None and 1 <= reps <= MOST_REPS:
        estimate = in_unit(weight, unit, wanted) * 100 / percent_for(reps, rir or 0)
    return SetDone(weight, unit, reps, rir, reserve, estimate, floor or rir is None, struggle)


def sets_done(now: Now, lift: LiftNow) -> Mapping[str, int]:
    """Working sets that were done of each exercise, as logged or else as planned; warm-ups do not count."""
    done = done_of(now, lift)
    counts: dict[str, int] = {}
    for one in () if done is None else done.sets:
        counts[one.exercise] = counts.get(one.exercise, 0) + (one.kind != "warm_up")
    if lift.card is not None and (done is None or not done.only):
        for item in lift.card.exercises:
            counts.setdefault(item.exercise, item.sets)
    return counts
