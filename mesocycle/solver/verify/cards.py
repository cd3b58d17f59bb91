"""The exercises of a planned session: which items they are, in which form, and how much heavier by now.

What differs from what is prescribed is told as faults, each under the rule that prescribes it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations
from typing import NamedTuple

from mesocycle.models.plan import PlannedExercise, PlannedSession
from mesocycle.solver.instance.instance import Instance
from mesocycle.solver.verify.content import at_hand
from mesocycle.solver.verify.facts import Lift
from mesocycle.solver.verify.items import Form, Item
from mesocycle.solver.verify.loading import best_once, exact, nearest_weight, usual_load
from mesocycle.solver.verify.wanted import Wanted
from mesocycle.solver.verify.zones import is_counted

STRUCTURE = "structure"
# Who prescribes a field of an exercise; all else holds the plan together.
OF_RULE = {
    "variant": "exercise_rotation",
    "weight": "progressive_overload",
    "weight_unit": "progressive_overload",
    "progress_percent": "progressive_overload",
}
PRESCRIBED = ("reps", "load", "rir")


class Fault(NamedTuple):
    """What is wrong, and the rule that says so."""

    rule: str
    text: str


class Found(NamedTuple):
    """The sets of each item, and the form in which it is done, None where it is left out."""

    sets: tuple[int, ...]
    turns: tuple[int | None, ...]


class Gym(NamedTuple):
    """What loads are worked out with."""

    instance: Instance
    deloads: frozenset[int]


def find_items(
    session: PlannedSession, wanted: Wanted, name: str, gym: Gym
) -> tuple[Found | None, list[Fault]]:
    """Say which item each planned exercise is; None, with the reason, where that cannot be said."""
    names = [done.exercise for done in session.exercises]
    faults = list(_lacking(names, name, gym))
    if not wanted.items and not names:
        return Found((), ()), faults
    if not names and wanted.items[0].exercise is None:
        return Found((session.sets,), (None,)), faults
    places = _places(session.exercises, wanted)
    if places is None:
        if not faults:
            faults.append(_unread(names, wanted, name))
        return None, faults
    sets, turns = [0] * len(wanted.items), [None] * len(wanted.items)
    found: list[int | None] = list(turns)
    for at, done in zip(places, session.exercises, strict=True):
        sets[at] = done.sets
        found[at] = _form(done, wanted.items[at])
    return Found(tuple(sets), tuple(found)), faults


def _lacking(names: Sequence[str], name: str, gym: Gym) -> Iterator[Fault]:
    for one in names:
        known = (
            gym.instance.exercises.get(one) if gym.instance.settings.equipment_available is not None else None
        )
        if known is not None and not at_hand(known, gym.instance.kit):
            yield Fault("equipment_available", f"{name} has {_words(one)}, which the kit has no way to do")


def _unread(names: Sequence[str], wanted: Wanted, name: str) -> Fault:
    own = [item.exercise.id for item in wanted.items if item.exercise is not None]
    text = f"{name} does not hold the exercises of {wanted.name}, in their order"
    if names and not Counter(names) - Counter(form.exercise for item in wanted.items for form in item.forms):
        return Fault("in_session_order", text)
    if len(names) == len(own):
        # What stands in for an exercise is another than the nearest.
        reasons = {
            item.why
            for item, done in zip(wanted.items, names, strict=True)
            if done not in {form.exercise for form in item.forms}
        }
        if reasons == {"kit"}:
            return Fault("equipment_available", text)
    return Fault(STRUCTURE, text)


def _places(done: Sequence[PlannedExercise], wanted: Wanted) -> tuple[int, ...] | None:
    """The items that are done, in their order: those alike in all, else the first that have the names."""
    ways = [{form.exercise for form in item.forms} for item in wanted.items]
    first = None
    for places in combinations(range(len(ways)), len(done)):
        pairs = list(zip(places, done, strict=True))
        if done and all(one.exercise in ways[at] for at, one in pairs):
            first = first or places
            if all(form_of(one) in wanted.items[at].forms for at, one in pairs):
                return places
    return first


def form_of(done: PlannedExercise) -> Form:
    """The form in which a planned exercise is done."""
    return Form(done.exercise, done.variant, done.reps, done.load)


def _form(done: PlannedExercise, item: Item) -> int:
    """Which form it is: the one alike in all, else in exercise and variant, else in the exercise."""
    tests: tuple[Callable[[Form], bool], ...] = (
        lambda form: form == form_of(done),
        lambda form: form[:2] == (done.exercise, done.variant),
        lambda form: form.exercise == done.exercise,
    )
    return next(at for test in tests for at, form in enumerate(item.forms) if test(form))


def growth(lifts: Sequence[Lift], gym: Gym) -> dict[tuple[str, int], Fraction]:
    """How many percent a movement is heavier than at first, by exercise and week."""
    rule = gym.instance.settings.progressive_overload
    if rule is None:
        return {}
    whole: dict[str, dict[int, bool]] = {}
    for lift in lifts:
        rows = zip(lift.wanted.items, lift.turns, lift.sets, lift.wanted.own, strict=True)
        for item, turn, count, own in rows:
            if turn is not None and count and gym.instance.exercises[item.forms[turn].exercise].weighted:
                weeks = whole.setdefault(item.forms[turn].exercise, {})
                weeks[lift.wanted.week] = weeks.get(lift.wanted.week, True) and (
                    count >= item.least and own == item.full
                )
    new = gym.instance.scenario.athlete.experience == "new"
    needed = rule.new_every_weeks if new else rule.every_weeks
    grown = {}
    for name, weeks in whole.items():
        step = exact(rule.lower_percent if gym.instance.exercises[name].legs else rule.upper_percent)
        load, full = Fraction(100), 0
        for week, is_whole in sorted(weeks.items()):
            phase = gym.instance.calendar.weeks[week].phase
            if is_whole and phase in ("base", "build") and week not in gym.deloads:
                if full == needed:
                    load, full = load * (100 + step) / 100, 0
                full += 1
            grown[name, week] = min(exact(rule.most_percent), load - 100)
    return grown


def card_faults(
    session: PlannedSession, lift: Lift, name: str, grown: Mapping[tuple[str, int], Fraction], gym: Gym
) -> Iterator[Fault]:
    """Compare each exercise with what is prescribed for it."""
    parts = [
        (item, turn)
        for item, turn, count in zip(lift.wanted.items, lift.turns, lift.sets, strict=True)
        if turn is not None and count
    ]
    for (item, turn), done in zip(parts, [one for one in session.exercises if one.sets], strict=True):
        right = _right(item, item.forms[turn], lift.wanted.week, grown, gym)
        what = _words(done.exercise)
        if any(getattr(done, key) != getattr(right, key) for key in PRESCRIBED):
            text = f"{name} changes the repetitions, load or reserve prescribed for {what}"
            yield Fault(_prescriber(done, item, right, gym), text)
        for key in PlannedExercise.model_fields:
            said, wanted = getattr(done, key), getattr(right, key)
            if key not in ("sets", *PRESCRIBED) and said != wanted:
                text = f"{name} says {key} {said} of {what}; it is {wanted}"
                yield Fault(OF_RULE.get(key, STRUCTURE), text)


def _prescriber(done: PlannedExercise, item: Item, right: PlannedExercise, gym: Gym) -> str:
    limit = gym.instance.settings.never_failure
    if limit is not None and item.legs and right.rir is not None and (done.rir or 0) < limit.least_rir:
        return "never_failure"
    return "load_rep_zone" if item.main else STRUCTURE


def _right(
    item: Item, form: Form, week: int, grown: Mapping[tuple[str, int], Fraction], gym: Gym
) -> PlannedExercise:
    """The exercise as it is to be done in a week."""
    exercise, entry = gym.instance.exercises[form.exercise], item.entry
    more = grown.get((exercise.id, week), Fraction(0))
    load = form.load
    if load is None and item.reps is not None and item.rir is not None:
        load = usual_load(item.reps, item.rir)
    record, own = (
        gym.instance.scenario.strength.records.get(exercise.id),
        gym.instance.scenario.strength.weights,
    )
    weight = None
    if record is not None and load is not None:
        target = best_once(record) * load * (100 + more) / 10_000
        made = nearest_weight(target, exercise, gym.instance.kit, own)
        weight = float(made) if 10 * made <= 11 * target else None  # a tenth too heavy is no weight for it
    return PlannedExercise(
        exercise=exercise.id,
        sets=0,
        reps=form.reps,
        reps_unit=exercise.reps_unit,
        load=form.load,
        rir=item.rir if is_counted(exercise) else None,
        variant=form.variant,
        superset=None if entry is None else entry.superset,
        complex=None if entry is None else entry.complex,
        rest_seconds=exercise.rest_seconds,
        weight=weight,
        weight_unit=None if weight is None else own.unit,
        progress_percent=float(round(more, 1)),
    )


def sets_faults(lift: Lift, name: str) -> Iterator[Fault]:
    """Sets that no version of the session may have, each with what is wrong about it."""
    wanted, bounds = lift.wanted, lift.wanted.bounds
    for at, (item, count) in enumerate(zip(wanted.items, lift.sets, strict=True)):
        floor, most, older = bounds.floors[at], wanted.most[at], min(item.older, wanted.most[at])
        has = f"{name} has {count} {'set' if count == 1 else 'sets'} of {_name(item, wanted)}"
        if count > most:
            yield Fault(STRUCTURE, f"{has}; the week allows {most}")
        elif 0 < count < older:
            yield Fault("older_athlete", f"{has}; {older} are the least at this age")
        elif count < floor and (count or item.exercise is None):
            yield Fault(STRUCTURE, f"{has}; {floor} are the least")
    if wanted.items and not any(lift.sets):
        yield Fault(STRUCTURE, f"{name} holds nothing")
    for unit in bounds.units:
        if len({lift.sets[at] for at in unit}) > 1:
            yield Fault(
                "short_time_priority", f"{name} does more of one exercise than of the one it goes with"
            )
    if bounds.too_long(lift.sets):
        yield Fault(STRUCTURE, f"{name} takes {lift.minutes} min; {bounds.limit} are given to it")


def _name(item: Item, wanted: Wanted) -> str:
    return wanted.name if item.exercise is None else item.name


def rotation_faults(
    lifts: Sequence[Lift], sessions: Mapping[str, PlannedSession]
) -> Iterator[tuple[Lift, Fault]]:
    """Compare what a session says changes with the forms in which its exercises are done."""
    turned: Counter[tuple[str, int]] = Counter()
    for lift in sorted(lifts, key=lambda one: (one.wanted.week, one.wanted.twin is not None)):
        said = sessions[lift.wanted.id].rotated
        changed, hidden = [], []
        for item, turn in zip(lift.wanted.items, lift.turns, strict=True):
            key = (lift.wanted.session, item.place)
            if len(item.forms) < 2 or lift.wanted.twin is not None:
                continue
            after = item.forms[(turned[key] + 1) % len(item.forms)].exercise
            if turn is None and after in said:
                hidden.append((key, after))
            elif turn is not None and turn != turned[key] % len(item.forms):
                turned[key] += (turn - turned[key]) % len(item.forms)
                changed.append(item.forms[turn].exercise)
        if not changed and hidden and list(said) == [hidden[0][1]]:
            # It changes in a week without it; what it does next time shows that.
            turned[hidden[0][0]] += 1
        elif list(said) != changed:
            text = f"{lift} says that {', '.join(map(_words, said)) or 'nothing'} changes; it is "
            yield lift, Fault(STRUCTURE, text + (", ".join(map(_words, changed)) or "nothing"))


def _words(exercise: str) -> str:
    return exercise.replace("_", " ")
