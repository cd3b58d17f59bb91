"""The JSON Schema of scenario files: it takes what the program takes, and refuses a typo."""

from __future__ import annotations

import copy
import json
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import mesocycle as mc
from mesocycle.files.yaml_source import read

SCENARIOS = sorted((Path(__file__).parents[2] / "scenarios").glob("*.yaml"))
SCHEMA = mc.scenario_schema()
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)


def plain(value: Any) -> Any:
    """YAML's dates as the text that JSON has."""
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value


def content(path: Path) -> dict[str, Any]:
    found = plain(read(path).data)
    assert isinstance(found, dict)
    return found


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    json.dumps(SCHEMA, allow_nan=False)
    assert SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert SCHEMA["required"] == ["start", "runs"]


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_every_scenario_is_right(path: Path) -> None:
    assert [error.message for error in VALIDATOR.iter_errors(content(path))] == []


def test_there_are_scenarios() -> None:
    assert len(SCENARIOS) >= 5


MINIMAL: dict[str, Any] = {"start": "2026-09-07", "runs": {"week": {"tue": {"type": "easy", "minutes": 45}}}}


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("athlet",), {}),
        (("runs", "weak"), {}),
        (("runs", "week", "tuesay"), "rest"),
        (("runs", "week", "tue", "tpye"), "easy"),
        (("runs", "week", "tue", "type"), "eazy"),
        (("runs", "week", "tue"), "rset"),
        (("start",), "7 September"),
        (("weeks",), 53),
        (("policy",), "stack_hrd"),
        (("athlete",), {"availability": {"thu": ["17-20"]}}),
        (("athlete",), {"easy_pace": "5:30"}),
        (("rules",), {"min_gap_after_runs": "off"}),
        (("rules",), {"min_gap_after_run": {"hour": 3}}),
        (("rules",), {"min_gap_after_run": {"hours": 10}}),
        (("rules",), {"min_gap_after_run": "of"}),
        (("strength",), {"grid_minutes": 7}),
        (("strength",), {"sessions": [{"name": "A", "exercises": [{"exercise": "plank", "sets": 11}]}]}),
    ],
)  # fmt: skip
def test_a_typo_is_refused_by_the_schema_and_by_the_program(path: tuple[str, ...], value: Any) -> None:
    data = copy.deepcopy(MINIMAL)
    assert VALIDATOR.is_valid(data)
    mc.load_scenario(data)
    here = data
    for key in path[:-1]:
        here = here[key]
    here[path[-1]] = value
    checked = jsonschema.Draft202012Validator(SCHEMA, format_checker=jsonschema.FormatChecker())
    assert not checked.is_valid(data)
    with pytest.raises(mc.ScenarioError, match="problem"):
        mc.load_scenario(data)


def test_every_rule_is_in_the_schema_with_its_description() -> None:
    rules = SCHEMA["properties"]["rules"]["properties"]
    assert list(rules) == [rule.id for rule in mc.rules()]
    for rule in mc.rules():
        words, parameters = rules[rule.id]["oneOf"]
        assert words["description"] == parameters["description"] == f"{rule.title}."
        for word in words["enum"]:
            mc.load_scenario(MINIMAL | {"rules": {rule.id: word}})
