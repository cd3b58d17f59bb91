"""Why no block exists, and what would help: minimal conflicts, then least changes, planned and checked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from mesocycle.models.diagnosis import Diagnosis
from mesocycle.models.plan import Status
from mesocycle.models.scenario import Scenario
from mesocycle.solver.diagnose.mending import patched, repairs
from mesocycle.solver.diagnose.search import MOST_CONFLICTS, Found, Whole, as_told, conflicts
from mesocycle.solver.diagnose.stretch import base_problem
from mesocycle.solver.diagnose.switched import Effort
from mesocycle.solver.search import Deadline
from mesocycle.solver.solve import understand

__all__ = ["diagnose", "patched"]


def diagnose(scenario: Scenario, deadline: Deadline) -> Diagnosis:
    """Explain a scenario that has no block.

    Parameters
    ----------
    scenario : Scenario
        Known to be infeasible: by a search, confirmed by a second one without presolve.
    deadline : Deadline
        For conflicts and repairs together.

    Returns
    -------
    Diagnosis
        With `complete` False where the time was up before the end.
    """
    effort = Effort(deadline)
    context = understand(scenario)
    problem, lifts = base_problem(scenario, context.settings, context.calendar)
    whole = Whole(problem, lifts, effort)
    found = _merged(list(islice(conflicts(whole, whole.failing_weeks()), MOST_CONFLICTS)))
    return Diagnosis(
        status=Status.INFEASIBLE,
        conflicts=tuple(as_told(one, scenario) for one in found),
        repairs=repairs(whole, found) if found else (),
        complete=not effort.out_of_time,
        solves=effort.solves,
    )


def _merged(found: Sequence[Found]) -> list[Found]:
    """Weeks in which the same rules collide on other dates are told with the first of them."""
    first: dict[frozenset[str], int] = {}
    merged: list[Found] = []
    for one in found:
        rules = frozenset(rule for rule, _ in one.core.members)
        at = first.setdefault(rules, len(merged))
        if at == len(merged) or one.weeks == merged[at].weeks:
            merged.append(one)
        else:
            before = merged[at]
            merged[at] = replace(before, alike=tuple(sorted({*before.alike, one.weeks, *one.alike})))
    return merged
