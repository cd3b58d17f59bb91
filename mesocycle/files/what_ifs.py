"""What-ifs from outside the scenario file: `--set path=value`, and lines of JSON."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from itertools import chain
from typing import Any

from pydantic import ValidationError

from mesocycle.files.reading import strict_json
from mesocycle.files.safe_text import shown
from mesocycle.files.yaml_build import MAX_DEPTH
from mesocycle.files.yaml_source import MAX_BYTES, parse
from mesocycle.models.errors import Problem, ScenarioError, ScenarioFileError
from mesocycle.models.names import hidden_character
from mesocycle.models.scenario import Variant

# "a=1; b=2" makes one variant of two changes; a value may hold a `;` of its own.
_NEXT = re.compile(r";\s*(?=[\w.\[\]-]+\s*=)")
# The whole text stands in the changes.
MOST_NAME = 80
# A key of fewer letters means little by itself.
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
    return Variant(name=_cut(name_of(values)), set=values)


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
    return ", ".join(parts) or "nothing changed"


def _cut(name: str) -> str:
    return name if len(name) <= MOST_NAME else name[: MOST_NAME - 1] + "…"


def _short(path: str) -> str:
    """The last key of a path; two where one says little: `thu`, `start`, `hours`."""
    keys = path.split(".")
    return keys[-1] if len(keys[-1]) >= TELLING else ".".join(keys[-2:])


def _brief(value: Any) -> str:
    return value if isinstance(value, str) and value.isprintable() else shown(value)


def read_variant(data: Any) -> Variant:
    """Read `{"name": ..., "set": {path: value}}`; it is named by what it sets if there is no name.

    Raises
    ------
    ScenarioError
        If it is anything else, or a value is no plain data.
    """
    if not isinstance(data, Mapping) or not isinstance(data.get("set"), Mapping):
        message = (
            "`set` is no object" if isinstance(data, Mapping) and "set" in data else "expected a variant"
        )
        raise _refused(data, message, 'such as {"name": "Ten weeks", "set": {"weeks": 10}}')
    if not all(isinstance(key, str) for key in data["set"]):
        raise _refused(data, "a path in `set` is no text", "such as weeks or strength.sessions_per_week")
    unknown = sorted(str(key) for key in data if key not in ("name", "set"))
    if unknown:
        raise _refused(data, f"`{unknown[0]}` has no meaning here", "a variant holds `name` and `set`")
    _check_plain(dict(data), data)
    try:
        return Variant.model_validate({"name": _cut(name_of(data["set"])), **data})
    except ValidationError as error:
        raise ScenarioError(
            tuple(
                Problem(item["loc"][:1], _message(item), shown(item["input"]))
                for item in error.errors(include_url=False)
                if item["loc"][0] in data  # a name made of wrong values repeats their problems
            )
        ) from None


def _message(item: Mapping[str, Any]) -> str:
    match item["type"]:
        case "string_too_short":
            return "the text is empty"
        case "string_too_long":
            return f"the text is longer than {item['ctx']['max_length']} characters"
        case "string_type":
            return "expected text"
    return str(item["msg"]).removeprefix("Value error, ")


def _check_plain(value: Any, whole: Any, depth: int = 0) -> None:
    """Refuse what cannot be written down again: it could not be shown beside its result."""
    fault = f"the nesting is deeper than {MAX_DEPTH}" if depth > MAX_DEPTH else _fault(value)
    if fault:
        raise _refused(whole, fault, "")
    parts = chain.from_iterable(value.items()) if isinstance(value, Mapping) else value
    if isinstance(value, (Mapping, list, tuple)):
        for part in parts:
            _check_plain(part, whole, depth + 1)


def _fault(value: Any) -> str:
    """Why a value is no plain data; empty if it is, whatever its parts are."""
    if isinstance(value, str):
        half = any("\ud800" <= character <= "\udfff" for character in value)
        return "a text holds half a character" if half else ""
    if isinstance(value, float):
        return "" if math.isfinite(value) else f"{value} is no number"
    known = value is None or isinstance(value, (int, date, Mapping, list, tuple))
    return "" if known else f"a value is no plain data: {type(value).__name__}"


def _refused(data: Any, message: str, remedy: str) -> ScenarioError:
    return ScenarioError((Problem((), message, shown(data), remedy),))


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
        The number of the line, and its content; an error if it cannot be read, which costs no other line.
    """
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            yield number, _line(line)
        except ScenarioError as error:
            located = tuple(replace(problem, line=number, column=1) for problem in error.problems)
            yield number, ScenarioFileError(located, name)


def _line(line: bytes) -> Variant | dict[str, Any]:
    if len(line) > MAX_BYTES:
        raise ScenarioError((Problem((), "the line is larger than 1 MB"),))
    try:
        data = strict_json(line)
    except RecursionError:
        raise ScenarioError((Problem((), "the line is nested too deeply"),)) from None
    except ValueError as error:
        message = getattr(error, "msg", "") or str(error)
        raise _refused(line.decode(errors="replace"), f"no JSON: {message}", "") from None
    if not isinstance(data, dict):
        raise _refused(data, "expected an object", 'such as {"set": {"weeks": 10}}')
    if "set" in data:
        return read_variant(data)
    _check_plain(data, data)
    return data


def _wrong(name: str, value: str, message: str, remedy: str) -> ScenarioFileError:
    return ScenarioFileError((Problem((), message, shown(value), remedy),), name)
