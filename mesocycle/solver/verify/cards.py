"""The exercises of a planned session: which items they are, in which form, and how much heavier by now.

What differs from what is prescribed is reported as faults, each under the rule that prescribes it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations
from typing import NamedTuple

from mesocycle.models.plan import PlannedExercise, PlannedSession, PlannedSet
from mesocycle.models.strength import Exercise, Role
from mesocycle.solver.instance.instance import Instance
from mesocycle.solver.verify.content import at_hand
from mesocycle.solver.verify.expected import ExpectedSession
from mesocycle.solver.verify.facts import Lift, plural, words
from mesocycle.solver.verify.growth import Load, Loads
from mesocycle.solver.verify.items import Form, Item
from mesocycle.solver.verify.ladder import done_at
from mesocycle.solver.verify.loads import is_counted, rack

STRUCTURE = "structure"
# Who prescribes a field of an exercise; all else holds the plan together.
OF_RULE = {
    "variant": "exercise_rotation",
    "weight": "progressive_overload",
    "weight_unit": "progressive_overload",
    "week_max": "progressive_overload",
    "percent": "progressive_overload",
    "relative_percent": "progressive_overload",
    "change": "progressive_overload",
    "set_list": "progressive_overload",
}
TEST = "stop the last set with one in reserve, and write it down"
PRESCRIBED = ("reps", "load", "rir")
# Warm-up sets: repetitions, and the share of the weight.
WARM_UPS = ((5, Fraction(40, 100)), (3, Fraction(60, 100)), (2, Fraction(80, 100)))


class Fault(NamedTuple):
    """What is wrong, and the rule that it breaks."""

    rule: str
    text: str


class ReadItems(NamedTuple):
    """The sets of each item, and the number of the form in which it is done, None where it is left out."""

    sets: tuple[int, ...]
    forms: tuple[int | None, ...]


def read_items(
    planned: PlannedSession, expected: ExpectedSession, name: str, instance: Instance
) -> tuple[ReadItems | None, list[Fault]]:
    """Match each planned exercise with its item; None, with the reason, where that is not possible."""
    names = [exercise.exercise for exercise in planned.exercises]
    faults = list(_lacking(names, name, instance))
    if not expected.items and not names:
        return ReadItems((), ()), faults
    if not names and expected.items[0].exercise is None:
        return ReadItems((planned.sets,), (None,)), faults
    places = _places(planned.exercises, expected)
    if places is None:
        return None, faults or [_unread(names, expected, name)]
    sets = [0] * len(expected.items)
    forms: list[int | None] = [None] * len(expected.items)
    for at, exercise in zip(places, planned.exercises, strict=True):
        sets[at] = exercise.sets
        forms[at] = _form_number(exercise, expected.items[at])
    return ReadItems(tuple(sets), tuple(forms)), faults


def _lacking(names: Sequence[str], name: str, instance: Instance) -> Iterator[Fault]:
    if instance.settings.equipment_available is None:
        return
    for exercise in names:
        known = instance.exercises.get(exercise)
        if known is not None and not at_hand(known, instance.kit):
            yield Fault(
                "equipment_available", f"{name} has {words(exercise)}, which the kit has no way to do"
            )


def _unread(names: Sequence[str], expected: ExpectedSession, name: str) -> Fault:
    text = f"{name} does not hold the exercises of {expected.name}, in their order"
    ways = [{form.exercise for form in item.forms} for item in expected.items]
    if names and not Counter(names) - Counter(
        form.exercise for item in expected.items for form in item.forms
    ):
        return Fault("in_session_order", text)
    if len(names) == sum(item.exercise is not None for item in expected.items):
        # What stands in for an exercise is another than the nearest.
        pairs = zip(expected.items, ways, names, strict=True)
        if {item.why for item, way, exercise in pairs if exercise not in way} == {"kit"}:
            return Fault("equipment_available", text)
    return Fault(STRUCTURE, text)


def _places(planned: Sequence[PlannedExercise], expected: ExpectedSession) -> tuple[int, ...] | None:
    """The items that are done, in their order: those alike in all, else the first that have the names."""
    ways = [{form.exercise for form in item.forms} for item in expected.items]
    first = None
    for places in combinations(range(len(ways)), len(planned)):
        pairs = list(zip(places, planned, strict=True))
        if pairs and all(exercise.exercise in ways[at] for at, exercise in pairs):
            first = first or places
            if all(_form(exercise) in expected.items[at].forms for at, exercise in pairs):
                return places
    return first


def _form(planned: PlannedExercise) -> Form:
    return Form(planned.exercise, planned.variant, planned.reps, planned.load)


def _form_number(planned: PlannedExercise, item: Item) -> int:
    """Which form it is: the one alike in all, else in exercise and variant, else in the exercise."""
    tests: tuple[Callable[[Form], bool], ...] = (
        lambda form: form == _form(planned),
        lambda form: form[:2] == (planned.exercise, planned.variant),
        lambda form: form.exercise == planned.exercise,
    )
    return next(number for test in tests for number, form in enumerate(item.forms) if test(form))


def card_faults(
    planned: PlannedSession, lift: Lift, name: str, loaded: Loads, instance: Instance, is_test: bool
) -> Iterator[Fault]:
    """Compare each exercise with what is prescribed for it, in the week of a test or another."""
    done = iter([exercise for exercise in planned.exercises if exercise.sets])
    for at, ((item, count), number) in enumerate(zip(lift.items, lift.forms, strict=True)):
        if number is None or not count:
            continue
        exercise = next(done)
        load = loaded.get((planned.id, at))
        right = _prescribed(item, item.forms[number], count, load, instance, is_test)
        what = words(exercise.exercise)
        if any(getattr(exercise, key) != getattr(right, key) for key in PRESCRIBED):
            text = f"{name} changes the repetitions, load or reserve prescribed for {what}"
            yield Fault(_prescriber(exercise, item, right, instance), text)
        for key in PlannedExercise.model_fields:
            value, due = getattr(exercise, key), getattr(right, key)
            if key not in ("sets", *PRESCRIBED) and value != due:
                text = f"{name} says {key} {value} of {what}; it is {due}"
                yield Fault(OF_RULE.get(key, STRUCTURE), text)


def _prescriber(planned: PlannedExercise, item: Item, right: PlannedExercise, instance: Instance) -> str:
    limit = instance.settings.never_failure
    if limit is not None and item.legs and right.rir is not None and (planned.rir or 0) < limit.least_rir:
        return "never_failure"
    return "load_rep_zone" if item.main else STRUCTURE


def _prescribed(
    item: Item, form: Form, count: int, load: Load | None, instance: Instance, is_test: bool
) -> PlannedExercise:
    """The exercise as it is to be done in a week, with so many sets."""
    exercise, entry, strength = instance.exercises[form.exercise], item.entry, instance.scenario.strength
    recorded = load is not None and load.recorded
    week_max = None if load is None or not recorded else _rounded(load.week_max)
    if recorded and load is not None and load.too_heavy:
        load = None  # the reserve alone is the guide
    weight = None if load is None or not recorded else float(load.weight)
    done = as_done(item, form, load, instance)
    line = item.line
    tested = (TEST,) if is_test and item.main and is_counted(exercise) and line is None else ()
    minded = (line.cue,) if line is not None and line.cue else ()
    return PlannedExercise(
        exercise=exercise.id,
        sets=0,
        reps=done.reps,
        reps_unit=exercise.reps_unit,
        load=form.load,
        rir=done.rir if is_counted(exercise) else None,
        variant=done.variant,
        tempo=None if entry is None or form.variant is not None else entry.tempo,
        scheme=None if line is None else line.scheme,
        superset=None if entry is None else entry.superset,
        complex=None if entry is None else entry.complex,
        rest_seconds=exercise.rest_seconds * 3 // 4
        if form.variant == "short_rest"
        else exercise.rest_seconds,
        weight=weight,
        weight_unit=None if weight is None else strength.weights.unit,
        week_max=week_max,
        percent=_rounded(load.percent) if load is not None and is_counted(exercise) else None,
        relative_percent=None if load is None else load.relative,
        change=None if load is None else _change(load, recorded),
        set_list=(
            *_warm_ups(item, count, load, exercise, instance),
            *_sets(item, done.reps, count, load, exercise),
        ),
        cues=(*exercise.cues, *minded, *tested),
    )


class AsDone(NamedTuple):
    """Repetitions, reserve and way, as they are done."""

    reps: int | None
    rir: int | None
    variant: str | None


def as_done(item: Item, form: Form, load: Load | None, instance: Instance) -> AsDone:
    """As the form says, but where the weights end: then as the heaviest of them allows."""
    rule, as_due = instance.settings.kit_ceiling, AsDone(form.reps, item.rir, form.variant)
    if rule is None or load is None or not load.ends or item.reps is None or item.rir is None:
        return as_due
    written = (
        item.requested is None
        and item.entry is not None
        and (item.entry.reps or item.entry.load or item.entry.tempo or item.line)
    )
    if written or len(item.forms) > 1:
        return as_due
    exercise = instance.exercises[form.exercise]
    return AsDone(*done_at(load.percent, item.reps, item.rir, exercise, rule))


def _rounded(value: Fraction | None) -> float | None:
    return None if value is None else float(round(value, 1))


def _change(load: Load, recorded: bool) -> float | None:
    """The change since last time: of the weight where it is known, else in %."""
    if load.last is None:
        return None
    return float(load.weight - load.last) if recorded else _rounded(100 * (load.weight / load.last - 1))


def _warm_ups(
    item: Item, count: int, load: Load | None, exercise: Exercise, instance: Instance
) -> Iterator[PlannedSet]:
    """The warm-up sets of a main lift, lighter than its first working set."""
    if load is None or exercise.role is not Role.MAIN or not is_counted(exercise):
        return
    working = load.weight if item.line is None else load.sets[item.line.done(count)[0]]
    before = None
    for reps, share in WARM_UPS:
        made = None
        if load.recorded:
            weights = rack(exercise, instance.kit, instance.scenario.strength.weights)
            made = weights.nearest(share * working)
            if made >= working or made == before:
                continue
            before = made
        weight = None if made is None else float(made)
        yield PlannedSet(
            reps=reps, weight=weight, percent=_rounded(100 * share * working / load.week_max), warm_up=True
        )


def _sets(
    item: Item, done: int | None, count: int, load: Load | None, exercise: Exercise
) -> Iterator[PlannedSet]:
    """The working sets one by one."""
    weight = float(load.weight) if load is not None and load.recorded else None
    if item.line is None:
        percent = load.percent if load is not None and is_counted(exercise) else None
        yield from [PlannedSet(reps=done, weight=weight, percent=_rounded(percent))] * count
        return
    places = item.line.done(count)
    several = len({item.each[at].rir for at in places}) > 1
    for at in places:
        one = item.line.sets[at]
        percent = item.each[at].percent if load is None else 100 * load.sets[at] / load.week_max
        # Neither written in % nor counted on a bar: a percentage of nothing.
        if one.percent is None and (load is None or not is_counted(exercise)):
            percent = None
        yield PlannedSet(
            reps=one.reps,
            most_reps=one.most,
            or_more=one.or_more,
            weight=None if weight is None or load is None else float(load.sets[at]),
            percent=_rounded(percent),
            rir=item.each[at].rir if several else None,
        )


def sets_faults(lift: Lift, name: str) -> Iterator[Fault]:
    """Sets that no version of the session may have, each with what is wrong about it."""
    expected = lift.expected
    for (item, count), floor, top in zip(lift.items, expected.floors, expected.tops, strict=True):
        older = min(item.older, top)
        what = expected.name if item.exercise is None else item.name
        has = f"{name} has {plural(count, 'set')} of {what}"
        if count > top:
            yield Fault(STRUCTURE, f"{has}; the week allows {top}")
        elif 0 < count < older:
            yield Fault("older_athlete", f"{has}; {older} are the least at this age")
        elif count < floor and (count or item.exercise is None):
            yield Fault(STRUCTURE, f"{has}; {floor} are the least")
    if expected.items and not any(lift.sets):
        yield Fault(STRUCTURE, f"{name} holds nothing")
    for unit in expected.units:
        if len({lift.sets[at] for at in unit}) > 1:
            text = f"{name} does more of one exercise than of the one it goes with"
            yield Fault("short_time_priority", text)
    if expected.too_long(lift.sets):
        yield Fault(STRUCTURE, f"{name} takes {lift.minutes} min; {expected.limit} are given to it")


def rotation_faults(
    lifts: Sequence[Lift], planned: Mapping[str, PlannedSession]
) -> Iterator[tuple[Lift, Fault]]:
    """Compare what a session says changes with the forms in which its exercises are done."""
    changes: Counter[tuple[str, int]] = Counter()
    for lift in sorted(lifts, key=lambda lift: (lift.expected.week, lift.expected.twin is not None)):
        stated = planned[lift.expected.id].rotated
        changed, hidden = [], []
        for item, number in zip(lift.expected.items, lift.forms, strict=True):
            key = (lift.expected.session, item.place)
            if len(item.forms) < 2 or lift.expected.twin is not None:
                continue
            after = item.forms[(changes[key] + 1) % len(item.forms)].exercise
            if number is None and after in stated:
                hidden.append((key, after))
            elif number is not None and number != changes[key] % len(item.forms):
                changes[key] += (number - changes[key]) % len(item.forms)
                changed.append(item.forms[number].exercise)
        if not changed and hidden and list(stated) == [hidden[0][1]]:
            # It changes in a week without it; what it does next time shows that.
            changes[hidden[0][0]] += 1
        elif list(stated) != changed:
            text = f"{lift} says that {', '.join(map(words, stated)) or 'nothing'} changes; it is "
            yield lift, Fault(STRUCTURE, text + (", ".join(map(words, changed)) or "nothing"))
