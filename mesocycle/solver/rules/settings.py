"""The runner's rule settings on top of the defaults."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, cast

from pydantic import ValidationError
from pydantic.json_schema import GenerateJsonSchema

from mesocycle.files import explain
from mesocycle.models.errors import Problem
from mesocycle.models.scenario import Scenario
from mesocycle.solver.rules import BY_ID, CATALOGUE, RuleSettings
from mesocycle.solver.rules.base import Settings


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


_WORDS: dict[Any, dict[str, Any]] = {"on": {}, True: {}, "hard": {"hard": True}, "soft": {"hard": False}}


def read_settings(scenario: Scenario) -> tuple[RuleSettings | None, list[Problem]]:
    """Read what is written under `rules`, on top of the defaults.

    Returns
    -------
    tuple of RuleSettings and list of Problem
        The settings, None where something is wrong: an unknown rule or parameter, or a value outside its
        range; and what is wrong.
    """
    chosen: dict[str, Settings | None] = {rule.id: rule.parameters() for rule in CATALOGUE}
    wrong: list[Problem] = []
    for name, value in scenario.rules.items():
        if name not in BY_ID:
            wrong.append(Problem(("rules", name), "there is no rule of this name", name, nearest_rule(name)))
            continue
        parameters = BY_ID[name].parameters
        try:
            chosen[name] = _read(parameters, value)
        except ValidationError as error:
            wrong += _explain(name, parameters, error, value)
        except ValueError as error:
            priced = "hard" in parameters.model_fields
            words = "off, hard, soft, or its parameters" if priced else "off, on, or its parameters"
            wrong.append(Problem(("rules", name), str(error), repr(value), words))
    return (None if wrong else RuleSettings(**cast(Any, chosen))), wrong


def nearest_rule(name: str) -> str:
    """What to say to somebody who misspelt a rule."""
    near = difflib.get_close_matches(name, BY_ID, n=1)
    return f"did you mean `{near[0]}`?" if near else "`mesocycle rules` lists them all"


def _read(parameters: type[Settings], value: Any) -> Settings | None:
    if value is False or value == "off":
        return None
    if value is None:
        value = {}
    if isinstance(value, (str, bool)):
        if value not in _WORDS:
            raise ValueError("a rule takes off, hard, soft, or a mapping of its parameters")
        value = _WORDS[value]
        if value and "hard" not in parameters.model_fields:
            raise ValueError(
                "the rule has no price, so it is neither hard nor soft: on, off, or its parameters"
            )
    if not isinstance(value, Mapping):
        raise ValueError("a rule takes off, hard, soft, or a mapping of its parameters")
    return parameters.model_validate(dict(value))


def _explain(name: str, parameters: type[Settings], error: ValidationError, value: Any) -> Iterator[Problem]:
    """What is wrong with the parameters of a rule, in the words for all keys of a scenario."""
    known = parameters.model_fields
    for problem in explain.problems(error, value):
        key = str(problem.path[0]) if problem.path else ""
        message, remedy = problem.message, problem.remedy
        if key and key not in known:
            near = difflib.get_close_matches(key, known, n=1)
            message = "the rule has no such parameter"
            remedy = f"it has {', '.join(known)}" if known else "it has none"
            remedy = f"did you mean `{near[0]}`?" if near else remedy
        elif not remedy and len(problem.path) == 1:
            remedy = _default(known[key].default)
        yield replace(problem, path=("rules", name, *problem.path), message=message, remedy=remedy)


def _default(value: Any) -> str:
    """What to say of a default that is short enough to say."""
    if isinstance(value, bool):
        value = str(value).lower()
    return f"the default is {value}" if isinstance(value, (str, int, float)) else ""
