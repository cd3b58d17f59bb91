"""What stands on the card of each planned session: forms in their turn, and loads as they have grown."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction

from mesocycle.models.plan import PlannedExercise
from mesocycle.models.strength import Exercise
from mesocycle.solver.placement.problem import Problem
from mesocycle.solver.prescription.forms import Form
from mesocycle.solver.prescription.items import Item
from mesocycle.solver.prescription.lifts import Lift
from mesocycle.solver.prescription.loads import Exposure, guide_load, implement_of, loadable, one_rm, progress
from mesocycle.solver.prescription.zones import COUNTED
from mesocycle.solver.rules import exercise_rotation
from mesocycle.solver.rules.base import Changes
from mesocycle.solver.rules.notices import may_grow

TOO_HEAVY = Fraction(11, 10)


@dataclass(frozen=True)
class Card:
    """The exercises of a planned session, and those that change with it."""

    exercises: tuple[PlannedExercise, ...]
    rotated: tuple[str, ...]


@dataclass(frozen=True)
class _Done:
    """One exercise of a placed lift: which item in which form, how many sets, and whether that is all."""

    lift: Lift
    item: Item
    form: Form
    sets: int
    full: bool


def cards(problem: Problem, chosen: Sequence[int], changes: Collection[tuple[str, int]]) -> list[Card]:
    """Fill the cards of the chosen options, given in order of time."""
    turns = _turns(problem, changes)
    done: list[list[_Done]] = []
    rotated: list[tuple[str, ...]] = []
    for at in chosen:
        lift, sets = problem.lift_at(at), problem.version_at(at).sets
        state = turns.get((lift.session, lift.week), {})
        before = turns.get((lift.session, lift.week - 1), {})
        exercises = []
        for position, (item, count) in enumerate(zip(lift.items, sets, strict=True)):
            if item.exercise is not None and count:
                form = lift.forms[position][state.get(position, 0) % len(lift.forms[position])]
                # All sets of its range, in a week that trims none.
                full = count >= item.least and lift.own[position] >= item.most
                exercises.append(_Done(lift, item, form, count, full))
        done.append(exercises)
        new = [at for at, turn in state.items() if turn != before.get(at, 0) and lift.twin is None]
        rotated.append(tuple(lift.forms[at][state[at] % len(lift.forms[at])].exercise.id for at in new))
    grown = _growth(problem, [exercise for exercises in done for exercise in exercises])
    return [
        Card(tuple(_planned(problem, exercise, grown) for exercise in exercises), names)
        for exercises, names in zip(done, rotated, strict=True)
    ]


def _turns(problem: Problem, changes: Collection[tuple[str, int]]) -> dict[tuple[str, int], dict[int, int]]:
    """How often each item has changed, by session and week."""
    turns: dict[tuple[str, int], dict[int, int]] = {}
    settings = problem.settings.exercise_rotation
    for case in exercise_rotation.ground(problem, settings) if changes and settings is not None else ():
        if not isinstance(case, Changes):
            continue
        weeks = sorted(week for name, week in changes if name == case.scope)
        for index in range(len(problem.calendar.weeks)):
            state = turns.setdefault((case.session, index), {})
            for count in range(sum(week <= index for week in weeks)):
                item = case.items[count % len(case.items)]
                state[item] = state.get(item, 0) + 1
    return turns


def _growth(problem: Problem, done: Sequence[_Done]) -> dict[tuple[str, int], Fraction]:
    """How much heavier a movement is in each week than in its first, in percent."""
    settings = problem.settings.progressive_overload
    if settings is None:
        return {}
    full: dict[str, dict[int, bool]] = {}
    exercises: dict[str, Exercise] = {}
    for placed in done:
        exercise, week = placed.form.exercise, placed.lift.week
        if exercise.weighted:
            exercises[exercise.id] = exercise
            weeks = full.setdefault(exercise.id, {})
            weeks[week] = weeks.get(week, True) and placed.full
    new = problem.scenario.athlete.experience == "new"
    every = settings.new_every_weeks if new else settings.every_weeks
    grown: dict[tuple[str, int], Fraction] = {}
    for name, weeks in full.items():
        percent = settings.lower_percent if exercises[name].legs else settings.upper_percent
        numbers = sorted(weeks)
        growth = progress(
            [
                Exposure(week, weeks[week] and may_grow(problem, problem.calendar.weeks[week]))
                for week in numbers
            ],
            every_weeks=every,
            percent=Fraction(str(percent)),
            most_percent=Fraction(str(settings.most_percent)),
        )
        grown |= {(name, week): value for week, value in zip(numbers, growth, strict=True)}
    return grown


def _planned(problem: Problem, done: _Done, grown: dict[tuple[str, int], Fraction]) -> PlannedExercise:
    exercise, item = done.form.exercise, done.item
    growth = grown.get((exercise.id, done.lift.week), Fraction(0))
    weight = _weight(problem, done, growth)
    entry = item.move.entry if item.move is not None else None
    return PlannedExercise(
        exercise=exercise.id,
        sets=done.sets,
        reps=done.form.reps,
        reps_unit=exercise.reps_unit,
        load=done.form.load,
        rir=item.rir if exercise.reps_unit in COUNTED else None,
        variant=done.form.variant,
        superset=entry.superset if entry is not None else None,
        complex=entry.complex if entry is not None else None,
        rest_seconds=exercise.rest_seconds,
        weight=None if weight is None else float(weight),
        weight_unit=None if weight is None else problem.scenario.strength.weights.unit,
        progress_percent=float(round(growth, 1)),
    )


def _weight(problem: Problem, done: _Done, growth: Fraction) -> Fraction | None:
    """What to load, where the runner has written what he can lift and the exercise is loaded at all."""
    record = problem.scenario.strength.records.get(done.form.exercise.id)
    if record is None or done.item.reps is None:
        return None
    load = done.form.load
    if load is None and done.item.rir is not None:
        load = guide_load(done.item.reps, done.item.rir)
    if load is None:
        return None
    kit = problem.instance.kit
    implement = implement_of(done.form.exercise, kit)
    target = one_rm(record) * Fraction(load, 100) * (1 + growth / 100)
    weight = loadable(target, implement, problem.scenario.strength.weights)
    # The lightest there is may be too heavy: then the reserve alone is the guide.
    return weight if weight <= TOO_HEAVY * target else None
