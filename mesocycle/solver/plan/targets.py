"""Targets beside a plan: whether its growth gets there by the day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from mesocycle.models.clock import format_day
from mesocycle.models.plan import Plan
from mesocycle.models.strength import Record
from mesocycle.models.targets import Target
from mesocycle.solver.instance.instance import Instance
from mesocycle.solver.prescription.loads import one_rm, percent_for


class Reach(NamedTuple):
    """What a target asks for, and what a plan comes to.

    Attributes
    ----------
    needed : float
        1RM to a tenth, as a plan tells its own.
    plan_max : float or None
        The most that the week's max of the lift comes to by the day; None where the plan does not tell.
    why : str
        Why it does not: a part of a sentence; empty if it does.
    """

    needed: float
    plan_max: float | None
    why: str

    @property
    def reaches(self) -> bool | None:
        """Whether the plan gets there; None where it does not tell."""
        return None if self.plan_max is None else self.plan_max >= self.needed


def reach_of(plan: Plan, exercise: str, target: Target) -> Reach:
    """What a target asks for, beside the week's max of a plan up to its day."""
    needed = float(round(one_rm(target.set), 1))
    done = [
        (session.date, item)
        for session in plan.sessions
        for item in session.exercises
        if item.exercise == exercise
    ]
    known = [item.week_max for day, item in done if day <= target.by and item.week_max is not None]
    if known:
        return Reach(needed, max(known), "")
    if not done:
        return Reach(needed, None, "the plan does not have that lift")
    if all(day > target.by for day, _ in done):
        return Reach(needed, None, "the plan does not have that lift until then")
    return Reach(needed, None, "the plan has no record of that lift to grow from")


def set_text(record: Record, unit: str) -> str:
    """What is to be lifted: "100 kg x 5", "120 kg once"."""
    if record.weight is None:
        return f"{round(record.one_rm or 0, 2):g} {unit} once"
    reserve = f" with {record.rir} in reserve" if record.rir else ""
    return f"{round(record.weight, 2):g} {unit} x {record.reps}{reserve}"


def as_set(max_: Fraction, like: Record) -> Fraction:
    """What a 1RM stands for in the repetitions of a set, to the weight."""
    share = Fraction(100) if like.reps is None else percent_for(like.reps, like.rir)
    return max_ * share / 100


def growth_text(reach: Reach, by: date, unit: str) -> str:
    """Whether a plan gets there, as a part of a sentence: "the plan's growth comes to 97.4 kg by then"."""
    when = f"by {format_day(by)}"
    if reach.plan_max is None:
        return f"nothing tells whether it is reached {when}: {reach.why}"
    enough = "which reaches it" if reach.reaches else "which does not reach it"
    return f"the growth of the plan comes to {reach.plan_max:g} {unit} {when}, {enough}"


def target_notes(instance: Instance, plan: Plan) -> Iterator[str]:
    """Yield which targets the growth of a plan does not reach."""
    strength = instance.scenario.strength
    unit = strength.weights.unit
    for name, target in strength.targets.items():
        reach = reach_of(plan, name, target)
        if not reach.reaches:
            called = instance.exercises[name].in_text
            asked = f"Target {called} {set_text(target.set, unit)} asks for a max of {reach.needed:g} {unit}"
            yield f"{asked}: {growth_text(reach, target.by, unit)}."
