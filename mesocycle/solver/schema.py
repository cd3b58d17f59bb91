"""The JSON Schema of the scenario file, rule parameters included."""

from __future__ import annotations

from typing import Any

from pydantic.json_schema import GenerateJsonSchema

from mesocycle.models.scenario import Scenario
from mesocycle.solver.rules import CATALOGUE


def scenario_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of scenario files, for editors and other tools."""
    schema = Scenario.model_json_schema(mode="validation")
    rules = {}
    for rule in CATALOGUE:
        parameters = rule.parameters.model_json_schema(mode="validation")
        parameters.pop("title", None)
        parameters["description"] = f"{rule.title}."
        strengths = ["hard", "soft"] if "hard" in rule.parameters.model_fields else []
        words = {"enum": ["off", "on", *strengths, False, True], "description": f"{rule.title}."}
        rules[rule.id] = {"oneOf": [words, parameters]}
    schema["properties"]["rules"] |= {"properties": rules, "additionalProperties": False}
    return {
        "$schema": GenerateJsonSchema.schema_dialect,
        "$id": "mesocycle-scenario-1",
        **schema,
        "title": "Mesocycle scenario, version 1",
    }
