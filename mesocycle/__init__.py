"""Mesocycle plans strength training around running: the optimal block, proven and checked.

>>> import mesocycle as mc
>>> scenario = mc.load_scenario("scenarios/half_marathon.yaml")  # doctest: +SKIP
>>> print(mc.solve(scenario))  # doctest: +SKIP
"""

from mesocycle.api import (
    audit,
    compare,
    diagnose,
    export,
    frontier,
    import_plan,
    load_scenario,
    rules,
    scenario_schema,
    solve,
    with_repair,
)
from mesocycle.importing.plan import Imported
from mesocycle.models.comparison import Comparison, Row
from mesocycle.models.diagnosis import Change, Conflict, ConflictRule, Diagnosis, Repair
from mesocycle.models.errors import InternalError, MesocycleError, Problem, ScenarioError, ScenarioFileError
from mesocycle.models.frontier import Frontier, FrontierPoint
from mesocycle.models.plan import (
    Audit,
    Breach,
    Cost,
    CostCase,
    Plan,
    PlannedExercise,
    PlannedSession,
    PlannedWeek,
    Status,
)
from mesocycle.models.result import Result
from mesocycle.models.scenario import Scenario, Variant
from mesocycle.solver import solve as _solve

__version__ = _solve.MESOCYCLE_VERSION

__all__ = [
    "Audit",
    "Breach",
    "Change",
    "Comparison",
    "Conflict",
    "ConflictRule",
    "Cost",
    "CostCase",
    "Diagnosis",
    "Frontier",
    "FrontierPoint",
    "Imported",
    "InternalError",
    "MesocycleError",
    "Plan",
    "PlannedExercise",
    "PlannedSession",
    "PlannedWeek",
    "Problem",
    "Repair",
    "Result",
    "Row",
    "Scenario",
    "ScenarioError",
    "ScenarioFileError",
    "Status",
    "Variant",
    "__version__",
    "audit",
    "compare",
    "diagnose",
    "export",
    "frontier",
    "import_plan",
    "load_scenario",
    "rules",
    "scenario_schema",
    "solve",
    "with_repair",
]
