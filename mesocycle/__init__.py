"""Mesocycle plans strength training around running: the optimal block, proven and checked.

>>> import mesocycle as mc
>>> scenario = mc.load_scenario("scenarios/half_marathon.yaml")  # doctest: +SKIP
>>> print(mc.solve(scenario))  # doctest: +SKIP
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mesocycle.api import (
        audit,
        compare,
        diagnose,
        frontier,
        load_scenario,
        rules,
        scenario_schema,
        solve,
        with_repair,
    )
    from mesocycle.exchange import export, import_plan
    from mesocycle.importing.plan import Imported
    from mesocycle.models.comparison import Comparison, Frontier, FrontierPoint, Row
    from mesocycle.models.diagnosis import Change, Conflict, ConflictRule, Diagnosis, Repair
    from mesocycle.models.errors import (
        InternalError,
        MesocycleError,
        Problem,
        ScenarioError,
        ScenarioFileError,
    )
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

    __version__: str

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

# Where names are to be found; all others are in `mesocycle.api`.
_HOMES = {
    name: f"mesocycle.{module}"
    for module, names in {
        "exchange": "export import_plan",
        "importing.plan": "Imported",
        "models.comparison": "Comparison Frontier FrontierPoint Row",
        "models.diagnosis": "Change Conflict ConflictRule Diagnosis Repair",
        "models.errors": "InternalError MesocycleError Problem ScenarioError ScenarioFileError",
        "models.plan": "Audit Breach Cost CostCase Plan PlannedExercise PlannedSession PlannedWeek Status",
        "models.result": "Result",
        "models.scenario": "Scenario Variant",
    }.items()
    for name in names.split()
}


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


if not TYPE_CHECKING:  # with it in sight, mypy would take any misspelt name for one of ours

    def __getattr__(name: str) -> object:
        """Load a public name when it is asked for: the solver alone takes half a second."""
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        if name == "__version__":
            from importlib.metadata import version

            found = version("mesocycle")
        else:
            found = getattr(import_module(_HOMES.get(name, "mesocycle.api")), name)
        globals()[name] = found
        return found
