"""The runner's rule settings on top of the defaults."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from typing import Any, cast

from pydantic import ValidationError
from pydantic.json_schema import GenerateJsonSchema

from mesocycle.files.safe_text import shown
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
            wrong += _explain(name, parameters, error)
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


def _explain(name: str, parameters: type[Settings], error: ValidationError) -> Iterator[Problem]:
    known = list(parameters.model_fields)
    seen: set[tuple[str | int, ...]] = set()
    for item in error.errors(include_url=False):
        path = ("rules", name, *item["loc"][:2])
        if path in seen:
            continue
        seen.add(path)
        value = "" if len(path) == 2 else shown(item["input"])
        limits = item.get("ctx", {})
        key = str(path[2]) if len(path) > 2 else ""
        if item["type"] == "extra_forbidden":
            near = difflib.get_close_matches(key, known, n=1)
            has = f"it has {', '.join(known)}" if known else "it has none"
            remedy = f"did you mean `{near[0]}`?" if near else has
            yield Problem(path, "the rule has no such parameter", value, remedy)
            continue
        words = {
            "greater_than_equal": f"the number is too small; at least {limits.get('ge')}",
            "less_than_equal": f"the number is too large; at most {limits.get('le')}",
            "literal_error": f"expected {limits.get('expected')}",
            "multiple_of": f"expected a multiple of {limits.get('multiple_of')}",
            "float_parsing": "expected a number",
            "float_type": "expected a number",
            "int_parsing": "expected a whole number",
            "int_type": "expected a whole number",
            "int_from_float": "expected a whole number",
            "bool_parsing": "expected true or false",
            "bool_type": "expected true or false",
            "value_error": str(limits.get("error", "")),
        }
        field = parameters.model_fields.get(key)
        default = "" if field is None or len(path) > 3 else _default(field.default)
        yield Problem(path, words.get(item["type"], "this is not the right kind of value"), value, default)


def _default(value: Any) -> str:
    """What to say of a default that is short enough to say."""
    if isinstance(value, bool):
        value = str(value).lower()
    return f"the default is {value}" if isinstance(value, (str, int, float)) else ""
