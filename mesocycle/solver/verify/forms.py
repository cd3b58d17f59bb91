"""The forms that an item takes in turn, worked out a second time."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import replace

from mesocycle.models.strength import Exercise, Role
from mesocycle.solver.instance.instance import Instance
from mesocycle.solver.verify.content import Novelty, at_hand
from mesocycle.solver.verify.items import Form, Item
from mesocycle.solver.verify.ladder import HARDLY_LESS, ladder
from mesocycle.solver.verify.loads import USUAL_RIR, is_counted, percent_of, rack


def with_forms(items: tuple[Item, ...], instance: Instance, novelty: Novelty) -> tuple[Item, ...]:
    """Add the forms that each item may take in turn, its own first; each begins with the next way."""
    begun = 0
    used = {item.exercise.id for item in items if item.exercise is not None}
    result = []
    for item in items:
        forms = tuple(dict.fromkeys(_forms(item, used, instance, novelty)))
        ways = deque(forms[1:])
        if ways and ways[0].variant:
            ways.rotate(-begun)
            begun += 1
        forms = (*forms[:1], *ways)
        used |= {form.exercise for form in forms}
        result.append(replace(item, forms=forms))
    return tuple(result)


def _weights_end(item: Item, exercise: Exercise, instance: Instance) -> bool:
    """Whether the heaviest weight is too light for an accessory on day one: then it does not take turns."""
    known = instance.settings.kit_ceiling is not None and instance.scenario.strength.records
    if not known or exercise.role is Role.MAIN or not is_counted(exercise):
        return False
    most = ladder(instance)[0].get(exercise.id)
    weights = rack(exercise, instance.kit, instance.scenario.strength.weights)
    if most is None or item.reps is None or weights.step is not None:
        return False
    return weights.weights[-1] * HARDLY_LESS * 100 < most * percent_of(item.reps + USUAL_RIR)


def _forms(item: Item, used: set[str], instance: Instance, novelty: Novelty) -> Iterator[Form]:
    exercise, entry, rule = item.exercise, item.entry, instance.settings.exercise_rotation
    if exercise is None or entry is None:
        return
    yield Form(exercise.id, None, item.reps, item.load)
    if rule is None or rule.mode == "off" or item.line or _weights_end(item, exercise, instance):
        return
    own = bool(instance.scenario.strength.sessions) and entry.rotate is None
    if own and any(said is not None for said in (entry.reps, entry.load, entry.tempo)):
        return  # what the runner wrote himself stays
    light = [
        candidate
        for candidate in instance.exercises.values()
        if candidate.lower_body_load <= exercise.lower_body_load
        and candidate.seconds_per_set <= exercise.seconds_per_set
        and at_hand(candidate, instance.kit)
    ]
    if entry.rotate is not None:
        # Nothing is done twice in a session.
        listed = [instance.exercises[name] for name in entry.rotate if name not in used]
        yield from (_instead(item, exercise, candidate) for candidate in listed if candidate in light)
    elif exercise.role not in (Role.MAIN, Role.PLYOMETRIC) and entry.complex is None:
        if rule.mode != "exercises" and is_counted(exercise) and item.reps is not None:
            yield from _variants(exercise, item.reps, item.load)
        elif rule.mode != "variants":
            free = [
                candidate for candidate in light if candidate.id not in used and not novelty.new(candidate.id)
            ]
            yield from _exchange(item, exercise, free)


def _variants(exercise: Exercise, reps: int, load: int | None) -> Iterator[Form]:
    """Lowered slowly or held: seven seconds for a repetition instead of four, not fewer than three.

    Between the two heavier, with two repetitions fewer; at the end with less rest.
    """
    fewer = min(reps, max(3, 4 * reps // 7))
    ways = [("slow_lowering", fewer)] * (exercise.eccentric_load > 0) + [("hold", fewer)]
    if exercise.weighted and reps - 2 >= exercise.reps_range[0]:
        ways.insert(1, ("heavier", reps - 2))
    if exercise.rest_seconds >= 60:
        ways.append(("short_rest", reps))
    yield from (Form(exercise.id, way, count, load) for way, count in ways)


def _exchange(item: Item, exercise: Exercise, free: Sequence[Exercise]) -> Iterator[Form]:
    """The nearest of a kind: by movement, sides, load on the legs."""
    alike = [
        candidate
        for candidate in free
        if candidate.counts_for[0] == exercise.counts_for[0] and candidate.role == exercise.role
    ]
    if alike:
        nearest = min(
            alike,
            key=lambda candidate: (
                exercise.pattern != candidate.pattern,
                exercise.unilateral != candidate.unilateral,
                abs(exercise.lower_body_load - candidate.lower_body_load),
            ),
        )
        yield _instead(item, exercise, nearest)


def _instead(item: Item, exercise: Exercise, substitute: Exercise) -> Form:
    reps = substitute.reps
    if item.reps is not None and substitute.reps_unit == exercise.reps_unit:
        reps = max(substitute.reps_range[0], min(item.reps, substitute.reps_range[1]))
    return Form(substitute.id, None, reps, item.load if substitute.load else None)
