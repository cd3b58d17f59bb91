"""Where the weights end, the work goes on: more repetitions, slower, then a harder movement.

What it does
------------
For an exercise with a record whose heaviest weight at hand lies more than 2.5 % below what the week asks, the
first of these steps is taken that leaves `most_rir` repetitions in reserve or fewer: up to `most_reps`
repetitions (`calf_reps` for calves), the same lowered in 3 s (four fifths of the repetitions are as hard),
the same lowered in 5 s (four sevenths). As many of them are done as leave the reserve of the week, never
fewer than the week is due for. Where the last step leaves too many already on day one, the next harder
movement of the library takes its place, if the kit allows it and it is not too new; its 1RM, without a
record, is a share of the easier one's. Repetitions that are written stay. An accessory that the weights are
too light for on day one does not take its turns (exercise_rotation). The block reports at which step an
exercise stands, and a weight that is under half of what five repetitions with two in reserve ask.

Why
---
Many repetitions with a light weight are too light a signal (004); slow lowering and single-leg work make a
light weight heavy again (003, 004).

Options
-------
most_reps: 8 to 20. calf_reps: 8 to 25. most_rir: 2 to 6.

Source
------
Articles 003, 004. The numbers and the shares of harder movements are design values.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from pydantic import Field

from mesocycle.models.plan import Notice, PlannedSession
from mesocycle.models.strength import Exercise
from mesocycle.solver.placement.problem import Problem
from mesocycle.solver.prescription.ceiling import heaviest
from mesocycle.solver.prescription.loads import percent_for
from mesocycle.solver.rules import base
from mesocycle.solver.rules.notices import exchanges

SLOW = {"slow_lowering_3": ", lowered in 3 s", "slow_lowering": ", lowered in 5 s"}


class Parameters(base.Unpriced):
    most_reps: int = Field(12, ge=8, le=20, description="Most repetitions with the heaviest weight.")
    calf_reps: int = Field(15, ge=8, le=25, description="The same for calves.")
    most_rir: int = Field(4, ge=2, le=6, description="Most repetitions in reserve before the next step.")

    def most_reps_of(self, exercise: Exercise) -> int:
        """The most repetitions of an exercise."""
        return self.calf_reps if exercise.counts_for[0] == "calf" else self.most_reps


SECTION = base.Section.PRESCRIPTION
RELAXATION = base.locked("rules.kit_ceiling", "it sizes sets and forbids none")


def notices(problem: Problem, settings: Parameters) -> Iterator[Notice]:
    """Report which harder movement stands in for what."""
    yield from exchanges(problem, "kit_ceiling", "light", "your weights are too light for")


def plan_notices(
    problem: Problem, settings: Parameters, sessions: Sequence[PlannedSession]
) -> Iterator[Notice]:
    """Report at which step an exercise stands in the end, and weights that are far too light."""
    library, strength = problem.instance.exercises, problem.scenario.strength
    due = {(lift.id, item.exercise): item.reps for lift in problem.lifts for item in lift.items}
    steps: dict[str, str] = {}
    light: dict[str, str] = {}
    for session in sessions:
        for item in session.exercises:
            exercise = library[item.exercise]
            most = heaviest(exercise, problem.instance.kit, strength.weights)
            if item.weight is None or item.week_max is None or most is None or item.weight < most:
                continue
            weight = f"{item.weight:g} {item.weight_unit}"
            more = (item.reps or 0) - (due.get((session.id, item.exercise)) or 0)
            if more > 0 or (more == 0 and item.variant in SLOW):
                steps[item.exercise] = (
                    f"{exercise.name}: your heaviest weight is {weight}, so it goes on with {item.reps} "
                    f"repetitions{SLOW.get(item.variant or '', '')}."
                )
            asked = percent_for(5, 2) / 100 * Fraction(str(item.week_max))
            if 2 * Fraction(str(item.weight)) < asked:
                light[item.exercise] = (
                    f"{exercise.name}: {weight} is too light for strength; about {float(asked):.0f} "
                    f"{item.weight_unit} would serve, or a harder movement."
                )
    for kind, texts in (("step", steps), ("too light", light)):
        for name, text in texts.items():
            yield Notice(rule="kit_ceiling", subject=f"{name} {kind}", text=text)
