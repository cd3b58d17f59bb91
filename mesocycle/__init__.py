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
        diagnose,
        load_scenario,
        rules,
        scenario_schema,
        solve,
        with_repair,
    )
    from mesocycle.diary.block import Block
    from mesocycle.exchange import compare_plans, export, import_plan
    from mesocycle.importing.plan import Imported
    from mesocycle.living import backup, restore, start
    from mesocycle.models.block_changes import CaseChange, RuleChange, WeekChange
    from mesocycle.models.comparison import Comparison, Frontier, FrontierPoint, Row
    from mesocycle.models.diagnosis import Change, Conflict, ConflictRule, Diagnosis, Repair
    from mesocycle.models.difference import Move, PlanDifference, SessionChange
    from mesocycle.models.errors import (
        BlockError,
        InternalError,
        MesocycleError,
        Problem,
        ScenarioError,
        ScenarioFileError,
    )
    from mesocycle.models.explanation import Explanation, SessionExplained, WeekExplained
    from mesocycle.models.living import History, Noted, Replan, Today, WeekNow
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
    from mesocycle.models.prices import Alternative, Price
    from mesocycle.models.result import Result
    from mesocycle.models.scenario import Scenario, Variant
    from mesocycle.models.trends import Trends
    from mesocycle.models.work import ExerciseChange, Work
    from mesocycle.what_else import compare, explain, frontier

    __version__: str

__all__ = [
    "Alternative",
    "Audit",
    "Block",
    "BlockError",
    "Breach",
    "CaseChange",
    "Change",
    "Comparison",
    "Conflict",
    "ConflictRule",
    "Cost",
    "CostCase",
    "Diagnosis",
    "ExerciseChange",
    "Explanation",
    "Frontier",
    "FrontierPoint",
    "History",
    "Imported",
    "InternalError",
    "MesocycleError",
    "Move",
    "Noted",
    "Plan",
    "PlanDifference",
    "PlannedExercise",
    "PlannedSession",
    "PlannedWeek",
    "Price",
    "Problem",
    "Repair",
    "Replan",
    "Result",
    "Row",
    "RuleChange",
    "Scenario",
    "ScenarioError",
    "ScenarioFileError",
    "SessionChange",
    "SessionExplained",
    "Status",
    "Today",
    "Trends",
    "Variant",
    "WeekChange",
    "WeekExplained",
    "WeekNow",
    "Work",
    "__version__",
    "audit",
    "backup",
    "compare",
    "compare_plans",
    "diagnose",
    "explain",
    "export",
    "frontier",
    "import_plan",
    "load_scenario",
    "restore",
    "rules",
    "scenario_schema",
    "solve",
    "start",
    "with_repair",
]

# Where names are to be found; all others are in `mesocycle.api`.
_HOMES = {
    name: f"mesocycle.{module}"
    for module, names in {
        "diary.block": "Block",
        "exchange": "compare_plans export import_plan",
        "importing.plan": "Imported",
        "models.block_changes": "CaseChange RuleChange WeekChange",
        "models.comparison": "Comparison Frontier FrontierPoint Row",
        "models.diagnosis": "Change Conflict ConflictRule Diagnosis Repair",
        "models.difference": "Move PlanDifference SessionChange",
        "living": "backup restore start",
        "models.errors": "BlockError InternalError MesocycleError Problem ScenarioError ScenarioFileError",
        "models.explanation": "Explanation SessionExplained WeekExplained",
        "models.living": "History Noted Replan Today WeekNow",
        "models.plan": "Audit Breach Cost CostCase Plan PlannedExercise PlannedSession PlannedWeek Status",
        "models.prices": "Alternative Price",
        "models.result": "Result",
        "models.scenario": "Scenario Variant",
        "models.trends": "Trends",
        "models.work": "ExerciseChange Work",
        "what_else": "compare explain frontier",
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
