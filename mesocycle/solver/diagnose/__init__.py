"""Why no block exists, and what would help: minimal conflicts, then least changes, planned and checked."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice

from mesocycle.models.clock import weeks_text
from mesocycle.models.diagnosis import Conflict, Diagnosis
from mesocycle.models.plan import Plan, Status
from mesocycle.models.scenario import Scenario
from mesocycle.solver.diagnose.assumption_model import Effort
from mesocycle.solver.diagnose.repair import patched, repairs
from mesocycle.solver.diagnose.runs import run_hints
from mesocycle.solver.diagnose.search import (
    MOST_CONFLICTS,
    FoundConflict,
    WholeBlock,
    as_reported,
    conflicts,
    whole_block,
)
from mesocycle.solver.lived import Lived
from mesocycle.solver.model.search import Deadline

__all__ = ["diagnose", "first_conflict", "patched"]


def diagnose(
    scenario: Scenario, deadline: Deadline, lived: Lived | None = None, base: Plan | None = None
) -> Diagnosis:
    """Explain a scenario that has no block.

    What is settled is a fact: it never gives, and repairs change the rest alone.

    Parameters
    ----------
    scenario : Scenario
        Known to be infeasible: by a search, confirmed by a second one without presolve.
    deadline : Deadline
        For conflicts and repairs together.
    lived : Lived, optional
        What is settled of the block already.
    base : Plan, optional
        The plan beside which repairs move sessions; that of the first repair if left out.

    Returns
    -------
    Diagnosis
        With `complete` False where the time was up before the end.
    """
    # Half of the time is kept for repairs: they help even where a conflict could not be made minimal.
    effort = Effort(deadline.part(0.5))
    whole, found, hints = _collisions(scenario, effort, MOST_CONFLICTS, lived)
    effort = replace(effort, deadline=deadline)
    whole = replace(whole, effort=effort)
    return Diagnosis(
        status=Status.INFEASIBLE,
        conflicts=tuple(as_reported(conflict, whole) for conflict in found),
        repairs=repairs(whole, found, base) if found else (),
        # Another weekday for a run would change those of the past too.
        hints=(*hints, *run_hints(whole, found)) if found and lived is None else hints,
        complete=not effort.out_of_time,
        solves=effort.solves,
    )


def first_conflict(scenario: Scenario, deadline: Deadline) -> Conflict | None:
    """Return the earliest conflict of a scenario that has no block, without looking for repairs.

    None where the time was up before one was found.
    """
    whole, found, _ = _collisions(scenario, Effort(deadline), 1)
    return as_reported(found[0], whole) if found else None


def _collisions(
    scenario: Scenario, effort: Effort, most: int, lived: Lived | None = None
) -> tuple[WholeBlock, list[FoundConflict], tuple[str, ...]]:
    whole = whole_block(scenario, effort, lived=lived)
    found = list(islice(conflicts(whole, whole.failing_weeks()), most))
    hints: tuple[str, ...] = ()
    if not found and not effort.out_of_time:
        # No conflict is common to all choices of lighter weeks: each fails for reasons of its own.
        whole = whole_block(scenario, effort, pattern=0, lived=lived)
        found = list(islice(conflicts(whole, whole.failing_weeks()), most))
        lighter = tuple(week + 1 for week in sorted(whole.problem.deload_weeks))
        if lighter:
            hints = (f"This is reported for a lighter {weeks_text(lighter)}; every other choice fails too.",)
    return whole, found, hints
