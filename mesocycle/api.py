"""The library's functions: thin, typed, without printing or global state.

What plans is loaded with this module; a function that needs more loads it when it is called.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mesocycle.files import scenario as scenario_files
from mesocycle.models.diagnosis import Diagnosis, Repair
from mesocycle.models.paths import parse_path, value_at
from mesocycle.models.plan import Audit, Plan, Status
from mesocycle.models.result import Result
from mesocycle.models.scenario import Scenario
from mesocycle.solver import solve as solver
from mesocycle.solver.model.search import Deadline, Progress
from mesocycle.solver.rules import CATALOGUE
from mesocycle.solver.rules.base import Rule
from mesocycle.solver.rules.check import problems, understand
from mesocycle.solver.rules.settings import scenario_schema
from mesocycle.solver.verify import verify

if TYPE_CHECKING:
    pass

__all__ = [
    "audit",
    "diagnose",
    "load_scenario",
    "rules",
    "scenario_schema",
    "solve",
    "with_repair",
]


# What a runner waits for an explanation; most take a second or two.
DIAGNOSIS_SECONDS = 30.0


def load_scenario(source: str | Path | Mapping[str, Any]) -> Scenario:
    """Read and check a scenario.

    Parameters
    ----------
    source : str, Path or mapping
        A YAML file, or its content as plain data.

    Returns
    -------
    Scenario
        Sound in itself, its rules, exercises and dated runs included.

    Raises
    ------
    ScenarioFileError
        If the file cannot be read or is wrong; all its problems at once, with line and column.
    ScenarioError
        The same for a mapping, without places.
    """
    if not isinstance(source, Mapping):
        return scenario_files.load(source, problems)[0]
    return scenario_files.from_data(source, problems)


# A scenario, its content as plain data, or the file that holds it.
ScenarioLike = Scenario | Mapping[str, Any] | str | Path


def scenario_of(given: ScenarioLike) -> Scenario:
    """The scenario that is given, read first where it is a file or plain data."""
    if isinstance(given, Scenario):
        return given
    if isinstance(given, (Mapping, str, Path)):
        return load_scenario(given)
    kind = type(given).__name__
    raise TypeError(f"expected a Scenario, plain data (a mapping) or the path of a file, found {kind}")


def solve(
    scenario: ScenarioLike,
    *,
    time_limit: float | None = None,
    progress: Progress | None = None,
    deadline: float | None = DIAGNOSIS_SECONDS,
) -> Result:
    """Plan the block of a scenario, to its proven optimum unless a time limit stops it.

    Parameters
    ----------
    scenario : Scenario, mapping, str or Path
        From `load_scenario`, or built directly; plain data and files are loaded first.
    time_limit : float, optional
        Seconds for building and solving together.
    progress : callable, optional
        Called with (points of the best block so far or None, bound or None) while the solver runs.
    deadline : float, optional
        Seconds for the diagnosis where no block exists; 0 leaves it out, None sets no limit.

    Returns
    -------
    Result
        `result.plan` is None where no block exists or none was found in time; see `result.status`, and
        `result.diagnosis` for the rules that collide and what would help.

    Raises
    ------
    ScenarioError
        If the scenario is wrong.
    KeyboardInterrupt
        If interrupted before any block was found; with one found, it is returned unproven.
    """
    read = scenario_of(scenario)
    result = solver.solve(read, time_limit=time_limit, progress=progress)
    return explained(result, read, deadline)


def explained(
    result: Result, scenario: Scenario, deadline: float | None, stop: threading.Event | None = None
) -> Result:
    """Add the diagnosis to a result without a block; others come back as they are."""
    if result.status is not Status.INFEASIBLE or deadline == 0:
        return result
    from mesocycle.solver import diagnose as diagnosis

    began = time.perf_counter()
    found = diagnosis.diagnose(scenario, Deadline(deadline, stop))
    seconds = {**result.run.seconds, "diagnose": round(time.perf_counter() - began, 3)}
    run = result.run.model_copy(update={"seconds": seconds})
    return result.model_copy(update={"diagnosis": found, "run": run})


def diagnose(scenario: ScenarioLike, *, deadline: float | None = DIAGNOSIS_SECONDS) -> Diagnosis:
    """Tell why a scenario has no block, and what would help.

    Parameters
    ----------
    scenario : Scenario, mapping, str or Path
        As for `solve`.
    deadline : float, optional
        Seconds for finding out whether there is a block, and for the diagnosis; None sets no limit.

    Returns
    -------
    Diagnosis
        Its status is `feasible` where a block exists, and `unknown` where the time was up before that was
        known.

    Raises
    ------
    ScenarioError
        If the scenario is wrong.
    """
    from mesocycle.solver import diagnose as diagnosis

    began = time.monotonic()
    read = scenario_of(scenario)
    result = solver.solve(read, time_limit=deadline)
    if result.plan is not None:
        return Diagnosis(status=Status.FEASIBLE)
    if result.status is Status.UNKNOWN:
        return Diagnosis(status=Status.UNKNOWN, complete=False)
    left = None if deadline is None else max(0.0, deadline - (time.monotonic() - began))
    return diagnosis.diagnose(read, Deadline(left))


def with_repair(scenario: Scenario, repair: Repair) -> Scenario:
    """Return a scenario with the changes of a repair.

    Raises
    ------
    ValueError
        If the repair is not one of this scenario.
    """
    from mesocycle.solver import diagnose as diagnosis

    ways = [scenario.model_dump(mode="json", exclude_defaults=lean) for lean in (True, False)]
    for change in repair.changes:
        path = parse_path(change.path)
        if change.before is not None and all(value_at(data, path) != change.before for data in ways):
            raise ValueError(f"{change.path} is not {change.before!r} here: a repair of another scenario")
    return diagnosis.patched(scenario, repair.changes)


def audit(scenario: ScenarioLike, plan: Plan) -> Audit:
    """Judge a plan by the rules of a scenario, without any solver.

    Returns
    -------
    Audit
        Breaches of hard rules, and costs in points by rule.

    Raises
    ------
    ScenarioError
        If the scenario is wrong.
    """
    return verify(understand(scenario_of(scenario)), plan)


def rules() -> tuple[Rule, ...]:
    """The rule catalogue, in reporting order."""
    return CATALOGUE
