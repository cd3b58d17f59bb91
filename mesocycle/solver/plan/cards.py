"""What stands on the card of each planned session: forms in their turn, and loads as they have grown."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from mesocycle.models.plan import PlannedExercise, PlannedSet
from mesocycle.models.strength import Role
from mesocycle.solver.placement.problem import Problem
from mesocycle.solver.plan.growth import Exposure, Load, loads_of
from mesocycle.solver.prescription.ceiling import at_ceiling
from mesocycle.solver.prescription.forms import Form
from mesocycle.solver.prescription.items import Item
from mesocycle.solver.prescription.lifts import Lift
from mesocycle.solver.prescription.loads import implement_of, neighbours, percent_for
from mesocycle.solver.prescription.zones import COUNTED, PrescribedSet
from mesocycle.solver.rules import exercise_rotation, strength_test
from mesocycle.solver.rules.base import Changes

TEST = "stop the last set with one in reserve, and write it down"
# Lighter sets before a main lift: share of the working weight, and repetitions (design values).
WARM_UPS = ((Fraction(40, 100), 5), (Fraction(60, 100), 3), (Fraction(80, 100), 2))


@dataclass(frozen=True)
class Card:
    """The exercises of a planned session, and those that change with it."""

    exercises: tuple[PlannedExercise, ...]
    rotated: tuple[str, ...]


@dataclass(frozen=True)
class _Done:
    """One exercise of a placed lift: its item and form, its sets, and those that the week allows (`due`).

    `turns` tells that it is done in other forms in other weeks, `day` when it is done.
    """

    lift: Lift
    item: Item
    form: Form
    sets: int
    due: int
    turns: bool
    day: int


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
                turning, day = len(lift.forms[position]) > 1, int(problem.options.day[at])
                exercises.append(_Done(lift, item, form, count, lift.own[position], turning, day))
        done.append(exercises)
        new = [at for at, turn in state.items() if turn != before.get(at, 0) and lift.twin is None]
        rotated.append(tuple(lift.forms[at][state[at] % len(lift.forms[at])].exercise.id for at in new))
    loads = _loads(problem, [exercise for exercises in done for exercise in exercises])
    testing = problem.settings.strength_test
    test = None if testing is None else strength_test.week_of_test(problem, testing)
    return [
        Card(tuple(_planned(problem, exercise, loads, test) for exercise in exercises), names)
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


def _loads(problem: Problem, done: Sequence[_Done]) -> Mapping[tuple[str, int, str], Load]:
    """What is loaded, by movement, week and session."""
    exposures: dict[str, list[Exposure]] = {}
    for each in done:
        one_set = _one_set(each)
        if each.form.exercise.weighted and one_set is not None:
            exposures.setdefault(each.form.exercise.id, []).append(
                Exposure(
                    each.lift.week,
                    each.lift.name,
                    one_set,
                    each.sets,
                    each.due,
                    each.item.novel,
                    each.day,
                )
            )
    return loads_of(problem, exposures)


def _one_set(done: _Done) -> PrescribedSet | None:
    """What a set is; another exercise in its turn loads what its own repetitions allow."""
    one_set, move, reps = done.item.one_set, done.item.move, done.form.reps
    if one_set is None or move is None or one_set.rir is None or reps in (None, one_set.reps):
        return one_set
    own = done.form.exercise.id == move.exercise.id and done.form.variant != "heavier"
    if own or move.entry.load is not None or move.exercise.reps_unit not in COUNTED:
        return one_set
    return replace(one_set, share=percent_for(reps, one_set.rir) / 100)


def _planned(
    problem: Problem, done: _Done, loads: Mapping[tuple[str, int, str], Load], test: int | None
) -> PlannedExercise:
    exercise, item = done.form.exercise, done.item
    load = loads.get((exercise.id, done.lift.week, done.lift.name))
    entry = item.move.entry if item.move is not None else None
    counted = exercise.reps_unit in COUNTED
    line = None if item.one_set is None else item.one_set.line
    tested = counted and item.role is Role.MAIN and done.lift.week == test and line is None
    cues = [*exercise.cues, *([line.cue] if line and line.cue else []), *[TEST] * tested]
    planned = PlannedExercise(
        exercise=exercise.id,
        sets=done.sets,
        reps=done.form.reps,
        reps_unit=exercise.reps_unit,
        load=done.form.load,
        rir=item.rir if counted else None,
        variant=done.form.variant,
        tempo=entry.tempo if entry is not None and done.form.variant is None else None,
        scheme=entry.scheme if entry is not None and line is not None else None,
        superset=entry.superset if entry is not None else None,
        complex=entry.complex if entry is not None else None,
        rest_seconds=done.form.rest_seconds,
        cues=tuple(cues),
    )
    if load is None:
        return planned.model_copy(update={"set_list": _sets(planned, (), done)})
    record = problem.instance.ladder.one_rms.get(exercise.id)
    if record is not None:
        planned = planned.model_copy(update={"week_max": _shown(record * load.max)})
        if load.weight is None:  # the reserve alone is the guide
            return planned.model_copy(update={"set_list": _sets(planned, (), done)})
    loaded = planned.model_copy(
        update={
            "weight": None if load.weight is None else float(load.weight),
            "weight_unit": None if load.weight is None else problem.scenario.strength.weights.unit,
            "percent": _shown(100 * load.share / load.max) if counted else None,
            "relative_percent": _shown(100 * (load.share / load.first - 1)),
            "change": _change(load, record),
            **_at_ceiling(problem, done, load),
        }
    )
    warm_ups = _warm_ups(problem, done, load)
    return loaded.model_copy(update={"set_list": _sets(loaded, warm_ups, done, load, record)})


def _shown(value: Fraction) -> float:
    """A number as it is shown: to a tenth, halves to even."""
    return float(round(value, 1))


def _at_ceiling(problem: Problem, done: _Done, load: Load) -> dict[str, Any]:
    """What is done otherwise where the weights end: repetitions, reserve and lowering."""
    settings, item, one_set = problem.settings.kit_ceiling, done.item, done.item.one_set
    if settings is None or not load.ends or item.move is None or one_set is None or one_set.rir is None:
        return {}
    entry = item.move.entry
    written = item.move.requested is None and (entry.reps or entry.load or entry.tempo or one_set.line)
    if written or done.turns:
        return {}
    step = at_ceiling(load.share / load.max, one_set.reps, one_set.rir, done.form.exercise, settings)
    return {"reps": step.reps, "rir": step.rir, "variant": step.variant}


def _change(load: Load, record: Fraction | None) -> float | None:
    """What changed since the last time: of the weight where it is known, else in percent."""
    if load.before is None:
        return None
    if record is None:
        return _shown(100 * (load.share / load.before - 1))
    return float((load.share - load.before) * record)


def _warm_ups(problem: Problem, done: _Done, load: Load) -> list[PlannedSet]:
    """Lighter sets before the first working set of a main lift, each heavier than the one before."""
    exercise, line = done.form.exercise, done.item.one_set.line if done.item.one_set is not None else None
    if exercise.role is not Role.MAIN or exercise.reps_unit not in COUNTED:
        return []
    first = load.share if line is None else load.sets[line.kept(done.sets)[0]]
    sets: list[PlannedSet] = []
    for share, reps in WARM_UPS:
        weight = None
        if load.weight is not None:
            implement = implement_of(exercise, problem.instance.kit)
            working = load.weight * first / load.share
            target = share * working
            nearest = neighbours(target, implement, problem.scenario.strength.weights).nearest(target)
            weight = float(nearest)
            if nearest >= working or (sets and weight == sets[-1].weight):
                continue
        percent = _shown(100 * share * first / load.max)
        sets.append(PlannedSet(reps=reps, weight=weight, percent=percent, warm_up=True))
    return sets


def _sets(
    planned: PlannedExercise,
    warm_ups: Sequence[PlannedSet],
    done: _Done,
    load: Load | None = None,
    record: Fraction | None = None,
) -> tuple[PlannedSet, ...]:
    """All sets one by one."""
    one_set = done.item.one_set
    if one_set is None or one_set.line is None:
        work = PlannedSet(reps=planned.reps, weight=planned.weight, percent=planned.percent)
        return (*warm_ups, *[work] * planned.sets)
    places, counted = one_set.line.kept(planned.sets), done.form.exercise.reps_unit in COUNTED
    differ = len({one_set.each[at].rir for at in places}) > 1
    sets = []
    for at in places:
        written, each = one_set.line.sets[at], one_set.each[at]
        known = load is not None and load.weight is not None and record is not None
        share = each.share if load is None else load.sets[at] / load.max
        # What is neither written as a share nor counted on a bar is a share of nothing.
        is_share = written.percent is not None or (load is not None and counted)
        sets.append(
            PlannedSet(
                reps=written.reps,
                most_reps=written.most,
                or_more=written.or_more,
                weight=float(load.sets[at] * record) if load and record and known else None,
                percent=_shown(100 * share) if is_share else None,
                rir=each.rir if differ else None,
            )
        )
    return (*warm_ups, *sets)
