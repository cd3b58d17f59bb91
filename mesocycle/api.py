"""The library's functions: thin, typed, without printing or global state."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from mesocycle.files import explain
from mesocycle.files import scenario as scenario_files
from mesocycle.models.diagnosis import Diagnosis, Repair
from mesocycle.models.errors import ScenarioError
from mesocycle.models.paths import parse_path, value_at
from mesocycle.models.plan import Audit, Plan, Status
from mesocycle.models.result import Result
from mesocycle.models.scenario import Scenario
from mesocycle.solver import diagnose as diagnosis
from mesocycle.solver import solve as solver
from mesocycle.solver.check import problems
from mesocycle.solver.rules import CATALOGUE
from mesocycle.solver.rules.base import Rule
from mesocycle.solver.schema import scenario_schema
from mesocycle.solver.search import Deadline, Progress

__all__ = ["audit", "diagnose", "load_scenario", "rules", "scenario_schema", "solve", "with_repair"]


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
    try:
        scenario = Scenario.model_validate(dict(source))
    except ValidationError as error:
        raise ScenarioError(tuple(explain.problems(error, dict(source)))) from None
    wrong = (*scenario_files.same_day(source), *problems(scenario))
    if wrong:
        raise ScenarioError(wrong)
    return scenario


def solve(
    scenario: Scenario,
    *,
    time_limit: float | None = None,
    progress: Progress | None = None,
    deadline: float | None = DIAGNOSIS_SECONDS,
) -> Result:
    """Plan the block of a scenario, to its proven optimum unless a time limit stops it.

    Parameters
    ----------
    scenario : Scenario
        From `load_scenario`, or built directly.
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
    result = solver.solve(scenario, time_limit=time_limit, progress=progress)
    return explained(result, scenario, deadline)


def explained(
    result: Result, scenario: Scenario, deadline: float | None, stop: threading.Event | None = None
) -> Result:
    """Add the diagnosis to a result without a block; others come back as they are."""
    if result.status is not Status.INFEASIBLE or deadline == 0:
        return result
    began = time.perf_counter()
    found = diagnosis.diagnose(scenario, Deadline(deadline, stop))
    seconds = {**result.run.seconds, "diagnose": round(time.perf_counter() - began, 3)}
    run = result.run.model_copy(update={"seconds": seconds})
    return result.model_copy(update={"diagnosis": found, "run": run})


def diagnose(scenario: Scenario, *, deadline: float | None = DIAGNOSIS_SECONDS) -> Diagnosis:
    """Tell why a scenario has no block, and what would help.

    Parameters
    ----------
    scenario : Scenario
        From `load_scenario`, or built directly.
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
    began = time.monotonic()
    result = solver.solve(scenario, time_limit=deadline)
    if result.plan is not None:
        return Diagnosis(status=Status.FEASIBLE)
    if result.status is Status.UNKNOWN:
        return Diagnosis(status=Status.UNKNOWN, complete=False)
    left = None if deadline is None else max(0.0, deadline - (time.monotonic() - began))
    return diagnosis.diagnose(scenario, Deadline(left))


def with_repair(scenario: Scenario, repair: Repair) -> Scenario:
    """Return a scenario with the changes of a repair.

    Raises
    ------
    ValueError
        If the repair is not one of this scenario.
    """
    ways = [scenario.model_dump(mode="json", exclude_defaults=lean) for lean in (True, False)]
    for change in repair.changes:
        path = parse_path(change.path)
        if change.before is not None and all(value_at(data, path) != change.before for data in ways):
            raise ValueError(f"{change.path} is not {change.before!r} here: a repair of another scenario")
    return diagnosis.patched(scenario, repair.changes)


def audit(scenario: Scenario, plan: Plan) -> Audit:
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
    return solver.judge(solver.understand(scenario), plan)


def rules() -> tuple[Rule, ...]:
    """The rule catalogue, in reporting order."""
    return CATALOGUE
