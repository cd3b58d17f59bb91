"""Rows of a comparison, and comparisons of them, as several outputs print them."""

from __future__ import annotations

from typing import Any

from mesocycle.models.comparison import Comparison, Row
from mesocycle.models.outcome import RowStatus
from mesocycle.what_if.ranking import ranked


def row(name: str, objective: int | None = None, scenario: str = "a", **more: Any) -> Row:
    facts: dict[str, Any] = {"status": RowStatus.INFEASIBLE, "reason": "a and b collide in week 1"}
    if objective is not None:
        facts = {
            "status": RowStatus.OPTIMAL, "proven": True, "objective": objective, "bound": objective,
            "weeks": 2, "lifts": 4, "leg_sets": 12, "sets": 20, "minutes_per_week": 88.5,
            "key_run_hours": 30.0, "moved": 2, "seconds": 0.25,
        }  # fmt: skip
    # Unless a test says otherwise the base's rules charge what its own do.
    facts |= {
        "judged": objective,
        "judged_difference": more.get("difference"),
        "judged_by_rule": more.get("difference_by_rule", {}),
    }
    facts |= {"is_base": name == "base", **more, "scenario": scenario, "name": name}
    return Row(**facts)


def comparison(*rows: Row, single: bool = False, interrupted: bool = False) -> Comparison:
    found, summary = ranked(rows, [single and not entry.is_base for entry in rows], interrupted)
    return Comparison(rows=found, summary=summary)
