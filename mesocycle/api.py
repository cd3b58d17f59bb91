"""The library's functions: thin, typed, without printing or global state."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from mesocycle.files import explain
from mesocycle.files import scenario as scenario_files
from mesocycle.models.errors import ScenarioError
from mesocycle.models.plan import Audit, Plan
from mesocycle.models.result import Result
from mesocycle.models.scenario import Scenario
from mesocycle.solver import solve as solver
from mesocycle.solver.check import problems
from mesocycle.solver.rules import CATALOGUE
from mesocycle.solver.rules.base import Rule
from mesocycle.solver.schema import scenario_schema
from mesocycle.solver.search import Progress

__all__ = ["audit", "load_scenario", "rules", "scenario_schema", "solve"]


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


def solve(scenario: Scenario, *, time_limit: float | None = None, progress: Progress | None = None) -> Result:
    """Plan the block of a scenario, to its proven optimum unless a time limit stops it.

    Parameters
    ----------
    scenario : Scenario
        From `load_scenario`, or built directly.
    time_limit : float, optional
        Seconds for building and solving together.
    progress : callable, optional
        Called with (points of the best block so far or None, bound or None) while the solver runs.

    Returns
    -------
    Result
        `result.plan` is None where no block exists or none was found in time; see `result.status`.

    Raises
    ------
    ScenarioError
        If the scenario is wrong.
    KeyboardInterrupt
        If interrupted before any block was found; with one found, it is returned unproven.
    """
    return solver.solve(scenario, time_limit=time_limit, progress=progress)


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
