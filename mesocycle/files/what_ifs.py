"""What-ifs from outside the scenario file: `--set path=value`, and lines of JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pydantic import ValidationError

from mesocycle.files import explain
from mesocycle.files.shown import shown
from mesocycle.files.yaml_source import MAX_BYTES, parse
from mesocycle.models.errors import Problem, ScenarioFileError
from mesocycle.models.names import hidden_character
from mesocycle.models.scenario import Variant

# "a=1; b=2" makes one variant of two changes; a value may hold a `;` of its own.
_NEXT = re.compile(r";\s*(?=[\w.\[\]-]+\s*=)")
# Nobody reads a longer name; the whole text stands in the changes.
MOST_NAME = 80
# A key of fewer letters says little by itself.
TELLING = 8

Line = Variant | dict[str, Any] | ScenarioFileError


def read_set(text: str) -> Variant:
    """Read `path=value`, or several of them with `;` between, as one variant named by its text.

    Raises
    ------
    ScenarioFileError
        If there is no `=`, or the value cannot be read as YAML.
    """
    values: dict[str, Any] = {}
    for part in _NEXT.split(text.strip()):
        path, equals, value = part.partition("=")
        if not equals or not path.strip() or hidden_character(part):
            raise _wrong("--set", text, "expected path=value", "such as strength.sessions_per_week=3")
        values[path.strip()] = _value(value, text)
    return Variant(name=name_of(values), set=values)


def _value(text: str, whole: str) -> Any:
    try:
        return parse(f"value: {text}".encode(errors="replace"), "--set").data["value"]
    except (ScenarioFileError, KeyError):
        raise _wrong(
            "--set", whole, "the value cannot be read", "lists as [06:00-08:00], text as it is"
        ) from None


def name_of(values: Mapping[str, Any]) -> str:
    """Name a variant by what it sets: "sessions_per_week=3, policy=auto"."""
    short = {path: _short(path) for path in values}
    alike = len(set(short.values())) < len(short)
    parts = (f"{path if alike else short[path]}={_brief(value)}" for path, value in values.items())
    name = ", ".join(parts) or "nothing changed"
    return name if len(name) <= MOST_NAME else name[: MOST_NAME - 1] + "…"


def _short(path: str) -> str:
    """The last key of a path; two where one says little: `thu`, `start`, `hours`."""
    keys = path.split(".")
    return keys[-1] if len(keys[-1]) >= TELLING else ".".join(keys[-2:])


def _brief(value: Any) -> str:
    return value if isinstance(value, str) and value.isprintable() else shown(value)


def read_lines(lines: Iterable[bytes], name: str = "-") -> Iterator[tuple[int, Line]]:
    """Read lines of JSON: variants (`{"name": ..., "set": {...}}`), or scenarios as plain data.

    Parameters
    ----------
    lines : iterable of bytes
        One JSON object each; empty lines are passed over.
    name : str
        How problems name the stream.

    Yields
    ------
    int, and Variant, dict or ScenarioFileError
        The number of the line, and what it holds; an error where it cannot be read: the others are good.
    """
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            yield number, _line(line, number)
        except ScenarioFileError as error:
            yield number, ScenarioFileError(error.problems, name)
        except ValidationError as error:
            wrong = tuple(_located(problem, number) for problem in explain.problems(error, {}))
            yield number, ScenarioFileError(wrong, name)


def _line(line: bytes, number: int) -> Variant | dict[str, Any]:
    if len(line) > MAX_BYTES:
        raise _wrong("", "", "the line is larger than 1 MB", line=number)
    try:
        data = json.loads(line, object_pairs_hook=_unique)
    except RecursionError:
        raise _wrong("", "", "the line is nested too deeply", line=number) from None
    except ValueError as error:
        message = getattr(error, "msg", "") or str(error)
        raise _wrong("", line.decode(errors="replace"), f"no JSON: {message}", line=number) from None
    if not isinstance(data, dict):
        raise _wrong("", data, 'expected an object, such as {"set": {"weeks": 10}}', line=number)
    if "set" not in data:
        return data
    unknown = sorted(set(data) - {"name", "set"})
    if unknown or not isinstance(data["set"], dict):
        what = f"`{unknown[0]}` has no meaning here" if unknown else "`set` is no object"
        raise _wrong("", data, what, 'a variant is {"name": ..., "set": {path: value}}', line=number)
    return Variant.model_validate({"name": name_of(data["set"]), **data})


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    data: dict[str, Any] = {}
    for key, value in pairs:
        if key in data:
            raise ValueError(f"the key {key!r} stands twice")
        data[key] = value
    return data


def _located(problem: Problem, line: int) -> Problem:
    return Problem(problem.path, problem.message, problem.value, problem.remedy, line=line, column=1)


def _wrong(name: str, value: Any, message: str, remedy: str = "", line: int = 0) -> ScenarioFileError:
    problem = Problem((), message, shown(value) if value != "" else "", remedy, line, 1 if line else 0)
    return ScenarioFileError((problem,), name)
