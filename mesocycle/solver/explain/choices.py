"""A plan as choices: the option that each of its sessions took, among all starts of its week."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from mesocycle.models.plan import Audit, Plan
from mesocycle.solver.instance.instance import Instance
from mesocycle.solver.model.grounding import (
    Grounded,
    content_cases,
    few_versions,
    joined,
    placing_cases,
    with_versions,
)
from mesocycle.solver.model.optimum import Relaxed
from mesocycle.solver.placement.slots import Ints
from mesocycle.solver.verify import judged

# A lift without a place.
NOWHERE = -1


@dataclass(frozen=True, eq=False)
class Choices:
    """A plan with its judgement, and what its sessions chose.

    Attributes
    ----------
    grounded : Grounded
        Each placed lift in the version that it has, at every start of the days of its week, free or not.
    sets : tuple
        By lift, the sets of each item; None where it is left out.
    chosen : Ints
        By lift, its position in the option table; `NOWHERE` where it is left out.
    """

    instance: Instance
    plan: Plan
    audit: Audit
    grounded: Grounded
    sets: tuple[tuple[int, ...] | None, ...]
    chosen: Ints

    @property
    def points(self) -> int:
        """What the plan costs."""
        return self.audit.points

    @property
    def lighter(self) -> frozenset[int]:
        """Its lighter weeks, by index."""
        return self.grounded.problem.deload_weeks


def choices(instance: Instance, plan: Plan, patterns: Iterable[Relaxed] = ()) -> Choices:
    """Read a plan as choices; what is known of patterns of lighter weeks is not worked out again.

    Raises
    ------
    ValueError
        If a session of it is none that the scenario wants, or holds what it cannot hold.
    """
    facts, audit = judged(instance, plan)
    own = next((each for each in patterns if each.few.deload_weeks == facts.deloads), None)
    few = few_versions(instance, facts.deloads) if own is None else own.few
    sets: dict[str, Sequence[int]] = {lift.expected.id: lift.sets for lift in facts.lifts}
    starts = {lift.expected.id: lift.start for lift in facts.lifts}
    _check(plan, sets)
    done = tuple(tuple(sets[lift.id]) if lift.id in sets else None for lift in few.lifts)
    listed = tuple(
        lift.listing([] if own is None else [own]) for lift, own in zip(few.lifts, done, strict=True)
    )
    # Somebody's own plan may stand beside the grid.
    grid = math.gcd(instance.scenario.strength.grid_minutes, *(start for start in starts.values()))
    problem = with_versions(few, listed, whole_day=True, grid=grid)
    content = content_cases(problem) if own is None or own.content is None else own.content
    grounded = Grounded(problem, joined(content, placing_cases(problem)))
    options = grounded.problem.options
    wanted = np.array([starts.get(lift.id, NOWHERE) for lift in listed], dtype=np.int64)
    chosen = np.full(len(listed), NOWHERE, dtype=np.int64)
    there = np.flatnonzero(options.start == wanted[options.lift])
    chosen[options.lift[there]] = there
    return Choices(instance, plan, audit, grounded, done, chosen)


def _check(plan: Plan, known: dict[str, Sequence[int]]) -> None:
    unknown = [session for session in plan.sessions if session.id not in known]
    if unknown:
        one = unknown[0]
        raise ValueError(
            f"{one.id} ({one.session} on {one.date}) is no session of this scenario, or holds other "
            "exercises: was it planned for another one?"
        )
